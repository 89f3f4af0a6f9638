"""The window's own loop: time goes on in it, as all that waits for a moment needs."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.ui.xvfb import ROOT

#: A program of its own, with no more of pygame begun than the game begins.
PROGRAM = """
from game.ui import start


class Watch:
    heard = []

    def widgets(self, room):
        from game.ui.screens.backdrop import backdrop

        return backdrop(room)

    def act(self, act, app):
        pass

    def entered(self, app):
        self.app = app

    def tick(self, now):
        self.heard.append(now)
        if now - self.heard[0] >= 60:
            self.app.quit()
        elif len(self.heard) > 400:
            raise SystemExit("time stands still")
        return 5


start.run(lambda app: Watch())
"""


def test_time_goes_on_while_nobody_touches_anything() -> None:
    env = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    call = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-800:]
