"""The two cookies: which phone this is, and the desk's refresh token.

Both HttpOnly and SameSite=Strict, Secure wherever the request came by TLS. The desk's is sent only to the
session's own path, and those routes also want a header that no form of another site can set.
"""

from __future__ import annotations

from flask import Response, after_this_request, request

from server.accounts.tokens import Refresh, read_refresh
from server.base.problems import Problem
from sync.core.ids import is_uuid

DEVICE = "lx_device"
DESK = "lx_desk"
DESK_PATH = "/api/desk/session"
OWN_PAGE = ("X-Lianxin", "desk")
_DEVICE_AGE_S = 400 * 86_400  # browsers keep no cookie longer
_MOST_DEVICES = 6  # a shared phone holds one device for each of its users


def remember_device(device_id: str) -> None:
    """Let the browser tell, after its storage is gone, that it was this phone."""
    known = [device_id, *(each for each in devices() if each != device_id)]
    value = ".".join(known[:_MOST_DEVICES])

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            DEVICE, value, max_age=_DEVICE_AGE_S, path="/api/", secure=request.is_secure,
            httponly=True, samesite="Strict",
        )  # fmt: skip
        return response


def devices() -> list[str]:
    """The devices that this browser was, newest first."""
    return [each for each in request.cookies.get(DEVICE, "").split(".")[:_MOST_DEVICES] if is_uuid(each)]


def keep_refresh(token: Refresh, days: int) -> None:
    """Hand out the refresh token."""

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            DESK, str(token), max_age=days * 86_400, path=DESK_PATH, secure=request.is_secure,
            httponly=True, samesite="Strict",
        )  # fmt: skip
        return response


def drop_refresh() -> None:
    """Take the refresh token away."""

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.delete_cookie(
            DESK, path=DESK_PATH, secure=request.is_secure, httponly=True, samesite="Strict"
        )
        return response


def refresh_token() -> Refresh | None:
    """The refresh token that came, from our own page."""
    require_own_page()
    return read_refresh(request.cookies.get(DESK, ""))


def require_own_page() -> None:
    """Refuse what another site may have sent in the user's name."""
    name, value = OWN_PAGE
    if request.headers.get(name) != value:
        raise Problem("header_needed")
