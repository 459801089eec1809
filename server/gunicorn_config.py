"""gunicorn reads its settings from a module's names: they are all in ``serving.options``."""

from __future__ import annotations

from server.base.settings import Settings
from server.serving import options

globals().update(options(Settings.from_environment()))
