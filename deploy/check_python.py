# -*- coding: utf-8 -*-
# ruff: noqa
# mypy: ignore-errors
# Asks one thing before any modern syntax is read: is this Python new enough? If it is not, the script
# starts again under a newer one from PATH, else says so in one line. Must itself parse on any Python.
import os
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def start_again_with_a_newer_python():
    for name in NEWER:
        try:
            with open(os.devnull, "w") as nowhere:
                works = subprocess.call([name, "-c", ""], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            works = False
        if works:
            os.execvp(name, [name] + sys.argv)


if sys.version_info < OLDEST:
    start_again_with_a_newer_python()
    line = (
        u"需要 Python 3.11 或更新的版本，这里是 %d.%d：请先安装新的 Python（例如 apt install python3）。"
        u" Python 3.11 or newer is needed, this is %d.%d: please install a newer Python first.\n"
        % (sys.version_info[0], sys.version_info[1], sys.version_info[0], sys.version_info[1])
    )
    getattr(sys.stderr, "buffer", sys.stderr).write(line.encode("utf-8"))
    sys.exit(1)
