"""The window's own loop: time goes on in it, as all that waits for a moment needs."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.ui.xvfb import ROOT

#: Programs of their own, with no more of pygame begun than the game begins.
SCREEN = """
import time
import pygame
from game.ui import start


class Watch:
    heard = []
    pressed = 0

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
"""
TIME = f"""{SCREEN}

start.run(lambda app: Watch())
"""
HELD = f"""{SCREEN}

def press():
    pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_F5, mod=0, unicode=""))


class Slow(Watch):
    def entered(self, app):
        super().entered(app)
        press()

    def act(self, act, app):
        self.pressed += 1
        if self.pressed > 1:
            raise SystemExit("a key that is only held acts again")
        time.sleep(1.6)
        press()


start.run(lambda app: Slow())
"""


def run(program: str) -> None:
    env = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    call = [sys.executable, "-c", program]
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-800:]


def test_time_goes_on_while_nobody_touches_anything() -> None:
    run(TIME)


def test_a_key_held_over_a_slow_frame_is_still_the_same_press() -> None:
    run(HELD)
