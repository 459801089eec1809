"""Every route × every role, in one table that covers the URL map with no row left over.

The table is written by hand: it says who may, the policy has to agree. A caller who may gets past the guard
(whatever the route then says of the empty request); a caller who may not is stopped by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.accounts import service
from server.base.db import writing
from server.base.settings import Settings
from tests.cast import LIYAN, ORG, OWN_PAGE, SHOUZHENG, SIMIN, WENLAN, XIAOHUA, XIUYUN, YAQIN, Cast
from tests.factories.phone import Phone

# who may: - nobody special, p a phone, r a revoked phone, l leader, s supervisor, h headquarters,
# a administrator, u auditor. "anybody" needs no name at all.
TABLE = """
GET    /                                         anybody
GET    /<page:address>                           anybody
GET    /healthz                                  anybody
GET    /readyz                                   anybody
GET    /api/openapi.json                         anybody
GET    /api/about                                anybody
POST   /api/enrolments                           anybody
GET    /api/enrolments/remembered                anybody
POST   /api/desk/session                         anybody
POST   /api/desk/session/refresh                 anybody
DELETE /api/desk/session                         anybody
POST   /api/demo/enrolment                       anybody
GET    /api/demo/draft                           anybody
GET    /api/demo/volunteers                      anybody
POST   /api/demo/network                         anybody
GET    /api/demo/stage                           anybody
GET    /api/desk/me                              l s h a u
POST   /api/sync                                 p r
POST   /api/quarantine                           p r
GET    /api/forms/<sha256:sha256>                p l s h a
GET    /api/forms/media/<sha256:sha256>          p l s h a
GET    /api/desk/forms                           h a
POST   /api/desk/forms/check                     h a
POST   /api/desk/forms/publish                   h a
GET    /api/desk/forms/<sha256:sha256>/workbook  h a
PUT    /api/photos/<sha256:sha256>               p r
GET    /api/visits/<id:visit>/photos/<sha256:sha256>  p l s
GET    /api/visits/<id:visit>/photos/<sha256:sha256>/preview  p l s
GET    /api/desk/queue                           l s
GET    /api/desk/changes                         l s
GET    /api/desk/filters                         l s h a u
GET    /api/desk/visits/<id:visit>               l s
GET    /api/desk/visits/<id:visit>/compare       l s
GET    /api/desk/visits/<id:visit>/versions      s
POST   /api/desk/visits/<id:visit>/versions/preview  s
POST   /api/visits/<id:visit>/settlements        s
POST   /api/visits/<id:visit>/notes              l s
GET    /api/desk/notices                         l s
POST   /api/desk/notices/read                    l s
POST   /api/visits/<id:visit>/decisions          s
PUT    /api/visits/<id:visit>/follows/<id:entity>  s
POST   /api/decisions/<id:decision>/undo         s
POST   /api/desk/approvals                       s
GET    /api/desk/quarantine                      s
GET    /api/desk/quarantine/<id:item>            s
GET    /api/desk/quarantine/<id:item>/download   s
GET    /api/desk/quarantine/<id:item>/photos/<sha256:sha256>  s
POST   /api/desk/quarantine/<id:item>/release    s
GET    /api/desk/quarantine/<id:item>/record     s
POST   /api/desk/quarantine/<id:item>/mend       s
POST   /api/desk/quarantine/<id:item>/close      s
GET    /api/exports                              s h
POST   /api/exports                              s h
GET    /api/exports/<id:job>                     s h
POST   /api/exports/<id:job>/cancel              s h
POST   /api/exports/<id:job>/file                s h
GET    /api/desk/users                           a
POST   /api/desk/users                           a
POST   /api/desk/users/<id:user_id>/password     a
POST   /api/desk/users/<id:user_id>/stop         a
POST   /api/desk/users/<id:user_id>/grants       a
POST   /api/desk/users/<id:user_id>/enrolment-codes  a
DELETE /api/desk/grants/<id:grant_id>            a
POST   /api/desk/devices/<id:device_id>/revoke   a
GET    /api/desk/audit                           u
"""
ROWS = {(method, rule): set(who) for method, rule, *who in map(str.split, TABLE.strip().splitlines())}
CALLERS = set("prlshau")
DESKS = {"l": XIAOHUA, "s": LIYAN, "h": WENLAN, "a": SIMIN, "u": SHOUZHENG}
STOPPED = {"sign_in_needed", "signature_wrong", "forbidden", "device_revoked"}
ID, SHA256 = "0193b000-0000-7000-8000-0000000000ff", "0" * 64

Caller = Callable[[str, str], TestResponse]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A demo on a loopback bind, which has the routes that exist nowhere else too."""
    return Settings(**{**vars(settings), "demo": True})


def served(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_table_has_every_route_and_no_row_left_over(app: Flask) -> None:
    assert served(app) - set(ROWS) == set(), "routes without a row"
    assert set(ROWS) - served(app) == set(), "rows without a route"
    assert all(who <= CALLERS or who == {"anybody"} for who in ROWS.values())


def test_every_route_lets_in_whom_the_table_names_and_nobody_else(cast: Cast) -> None:
    callers = everybody(cast)
    wrong = []
    for (method, rule), may in ROWS.items():
        path = re.sub(r"<page:\w+>", "me", rule)
        path = re.sub(r"<sha256:\w+>", SHA256, re.sub(r"<id:\w+>", ID, path))
        for who, call in callers.items():
            response = call(method, path)
            said = response.get_json(silent=True) or {}
            let_in = said.get("code") not in STOPPED or rule.endswith("/refresh")
            expected = may == {"anybody"} or who in may
            if let_in != expected or response.status_code == 500:
                wrong.append((method, rule, who, response.status_code, said.get("code")))
    assert wrong == []


def everybody(cast: Cast) -> dict[str, Caller]:
    phone, revoked = cast.phone(XIUYUN), cast.phone(YAQIN)
    with cast.app.app_context(), writing():
        service.revoke_device(ORG, revoked.device, cast.clock())
    tokens = {who: cast.desk(person).token for who, person in DESKS.items()}
    return {
        "nobody": lambda method, path: ask(cast, method, path, None),
        "p": by_phone(cast, phone),
        "r": by_phone(cast, revoked),
        **{who: by_desk(cast, token) for who, token in tokens.items()},
    }


def by_phone(cast: Cast, phone: Phone) -> Caller:
    return lambda method, path: ask(cast, method, path, phone.sign(method, path, body_of(method, path)))


def by_desk(cast: Cast, token: str) -> Caller:
    return lambda method, path: ask(cast, method, path, token)


def body_of(method: str, path: str) -> bytes:
    return b"{}" if method == "POST" and path in WITH_BODY else b""


WITH_BODY = {"/api/sync", "/api/quarantine", "/api/enrolments", "/api/exports", "/api/desk/users"}


def ask(cast: Cast, method: str, path: str, token: str | None) -> TestResponse:
    headers: dict[str, Any] = {**OWN_PAGE}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    kind = "application/octet-stream" if path == "/api/quarantine" else "application/json"
    client = cast.app.test_client()
    return client.open(path, method=method, headers=headers, data=body_of(method, path), content_type=kind)
