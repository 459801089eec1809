"""For whoever runs gunicorn themselves: `gunicorn --config deploy/gunicorn.py 'server.app:create_app()'`.

`lianxin serve` does the same in one process; both take their settings from `server/serving.py`.
"""

from __future__ import annotations

from server.base.settings import Settings
from server.serving import options

globals().update(options(Settings.from_environment()))
