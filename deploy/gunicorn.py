"""How gunicorn serves Lianxin; `gunicorn --config deploy/gunicorn.py 'server.app:create_app()'`.

The settings themselves stand in `server/serving.py`, so that `lianxin serve` from a wheel runs with the same.
"""

from __future__ import annotations

from server.base.settings import Settings
from server.serving import options

globals().update(options(Settings.from_environment()))
