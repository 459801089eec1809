"""What one may be allowed to do. Every route names one; ``policy.py`` says which role has which."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    SYNC = "sync"  # exchange with a phone: reads only the feeds of its user's teams
    DESK_USE = "desk.use"  # sign in at a desk and see oneself
    FORMS_READ = "forms.read"
    FORMS_PUBLISH = "forms.publish"  # look a workbook over, publish it, fetch those that were published
    VISITS_READ = "visits.read"  # with names and answers
    PHOTOS_READ = "photos.read"  # of visits that one may read; on a phone, of one's own
    VISITS_REVIEW = "visits.review"
    QUARANTINE_READ = "quarantine.read"
    QUARANTINE_RELEASE = "quarantine.release"
    EXPORTS_MAKE = "exports.make"
    EXPORTS_NAMES = "exports.names"  # with names, not numbers, in the columns of people
    EXPORTS_SENSITIVE = "exports.sensitive"  # with the answers whose class is sensitive
    USERS_MANAGE = "users.manage"
    AUDIT_READ = "audit.read"
