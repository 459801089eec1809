"""How gunicorn serves Lianxin; `gunicorn --config deploy/gunicorn.py 'server.app:create_app()'`.

Everything that a county may want to change is a setting of the server itself (`LIANXIN_*`, see
`lianxin settings`); what stands here holds for every installation.
"""

from __future__ import annotations

from pathlib import Path

from server.base.settings import Settings

_settings = Settings.from_environment()
_memory = Path("/dev/shm")  # noqa: S108

bind = (
    f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
)
worker_class = "gthread"
workers = _settings.workers
threads = _settings.threads
# A phone on a bad link may take long; a worker that answers nobody for this long is replaced.
timeout = 120
# A stop lets running requests end, so that a phone hears what became of its visit.
graceful_timeout = 15
keepalive = 30
# Heartbeats lie in memory: on a slow disk a write to a file could look like a dead worker.
worker_tmp_dir = str(_memory) if _memory.is_dir() else None
# Two servers of one home would otherwise share one control socket.
control_socket_disable = True
loglevel = "warning"
accesslog = None  # the application writes its own line a request, with the request's id
proc_name = "lianxin"
