"""S1: the first frame of the title against a bare pygame window, both in fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.timing import Row, Timed, Times, ratio, rounds, seconds

ROOT = Path(__file__).resolve().parents[2]
#: The least that shows a window: import, open, flip.
BARE = """
import pygame
pygame.display.init()
pygame.display.set_mode((1280, 720), pygame.RESIZABLE)
pygame.display.flip()
"""
#: The whole way from the command to the first frame, and no further.
FIRST = """
import sys
from game.__main__ import main
from game.ui import start
start.read_rest = lambda: sys.exit(0)
main(["--window", "--size", "1280x720"])
"""


def process(do: str) -> Timed:
    driver = {} if os.environ.get("DISPLAY") else {"SDL_VIDEODRIVER": "dummy"}
    environment = {**os.environ, **driver, "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    command = [sys.executable, "-c", do]
    return lambda: seconds(
        lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    )


def rows(n: int) -> tuple[list[Row], Times]:
    """Fresh processes in pairs; the first pair, which may write bytecode, does not count."""
    cases = {"window": process(FIRST), "bare": process(BARE)}
    rounds(cases, 1)
    times = rounds(cases, 2 * n)
    note = "" if os.environ.get("DISPLAY") else "without a display"
    return [Row("S1", "first frame / bare pygame window", ratio(times, "window", "bare"), 1.8, 1.4, note=note)], times
