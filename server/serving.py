"""How gunicorn serves Lianxin, from ``lianxin serve`` and from ``deploy/gunicorn.py`` alike.

Everything that a county may want to change is a setting (``LIANXIN_*``); what stands here holds everywhere.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from server.app import create_app
from server.base import presence
from server.base.settings import Settings

_YOUNG = 50_000  # objects that come before garbage is looked for: about one exchange's
_MEMORY = Path("/dev/shm")  # noqa: S108


def options(settings: Settings) -> dict[str, Any]:
    """gunicorn's settings for this server."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": "gthread",
        "workers": settings.workers,
        "threads": settings.threads,
        # A phone on a bad link may take long; a worker that answers nobody for this long is replaced.
        "timeout": 120,
        # A stop lets running requests end, so that a phone hears what became of its visit.
        "graceful_timeout": 15,
        "keepalive": 30,
        # Heartbeats lie in memory: on a slow disk a write to a file could look like a dead worker.
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        # Two servers of one home would otherwise share one control socket.
        "control_socket_disable": True,
        "loglevel": "warning",
        "accesslog": None,  # the application writes its own line a request, with the request's id
        "proc_name": "lianxin",
        "on_starting": lambda _: presence.hold(settings.data),
        "post_worker_init": _begin,
        "worker_exit": _stop_jobs,
    }


def _begin(worker: Any) -> None:
    """Each process takes from the table of jobs, and goes its rounds.

    What is there by now stays: it is not looked through for garbage again and again. A batch of visits makes
    tens of thousands of small things, and lets all of them go by itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)
    worker.wsgi.extensions["lianxin.jobs"].start()
    worker.wsgi.extensions["lianxin.rounds"].start()


def _stop_jobs(_arbiter: Any, worker: Any) -> None:
    worker.wsgi.extensions["lianxin.rounds"].stop()
    worker.wsgi.extensions["lianxin.jobs"].stop()


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn inside this process, so that signals reach it as they should."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in each worker, after its fork."""
        return create_app(self._settings)
