"""From a bare machine to a running program: what `deploy/run`, `deploy/lianxin` and `tests/run` share.

Standard library only, because it runs before anything is installed. One file answers one question:

* `words`        how to speak to the person in front of the terminal, and how to fail in one line
* `places`       where things are, and whether they can be written
* `stamps`       whether a step's inputs have changed since it last succeeded
* `commands`     how another program is run, watched and, if it fails, explained
* `environment`  the Python environment
* `node`         which Node builds the app
* `webapp`       the built app
* `pins`         which exact versions (runs inside the environment)
* `options`      what `deploy/run` understands on its command line
* `serving`      gunicorn, from start to a clean stop
* `start`        `deploy/run` itself: the steps in order, then the box
"""
