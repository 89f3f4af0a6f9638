"""A real window with a real mouse and real keys: the program under Xvfb, driven by xdotool.

No window manager runs: the window lies at the root's corner, so that its coordinates are the screen's. Where widgets
stand is read from the trace that the program itself writes (`game.ui.trace`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import attrs
import pytest

ROOT = Path(__file__).parents[2]
SIZE = (1280, 720)
PATIENCE = 30.0


def want_display() -> None:
    """Skip the test where there is no such display."""
    missing = [name for name in ("Xvfb", "xdotool", "import") if shutil.which(name) is None]
    if missing:
        packages = "apt-get install xvfb xdotool imagemagick"
        pytest.skip(f"a real window needs {', '.join(missing)}, which is not installed here: {packages}")


@contextmanager
def display(size: tuple[int, int] = SIZE) -> Iterator[str]:
    """A display of its own, ":N"."""
    out, into = os.pipe()
    screen = f"{size[0]}x{size[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(into), "-screen", "0", screen, "-nolisten", "tcp"],
        pass_fds=(into,),
        stderr=subprocess.DEVNULL,
    )
    os.close(into)
    try:
        with os.fdopen(out) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@attrs.frozen
class Sight:
    """What stands on a window, by its trace."""

    screen: str
    size: tuple[int, int]
    busy: bool
    focus: str
    widgets: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Sight:
        widgets = {w["id"]: w for w in line["widgets"]}
        return cls(line["screen"], tuple(line["size"]), line["busy"], line["focus"], widgets)

    def has(self, id: str) -> bool:
        return id in self.widgets

    def rect(self, id: str) -> tuple[int, int, int, int]:
        x, y, w, h = self.widgets[id]["rect"]
        return x, y, w, h

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        """What tells one state of the program from the next."""
        return self.screen, tuple(sorted(self.widgets))


class Person:
    """The program in its window, and the hands before it."""

    def __init__(self, display: str, home: Path, *call: str) -> None:
        self.display = display
        self.trace = home / f"trace-{time.monotonic_ns()}.jsonl"
        self._read = 0
        self._seen: dict[str, Sight] = {}
        env = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "XDG_", "WAYLAND", "DISPLAY"))}
        env |= {
            "DISPLAY": display,
            "SDL_AUDIODRIVER": "dummy",
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "TWOFRONTS_TRACE": str(self.trace),
        }
        self.env = env
        self.errors = home / f"{self.trace.stem}.err"
        with self.errors.open("w") as errors:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "game", *call], cwd=ROOT, env=env, stdout=errors, stderr=errors
            )

    def _look(self) -> None:
        if not self.trace.exists():
            return
        with self.trace.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            entry = json.loads(line)
            self._seen[entry["window"]] = Sight.of(entry)

    def sight(self, window: str = "seat") -> Sight | None:
        self._look()
        return self._seen.get(window)

    def wait(
        self, wanted: Callable[[Sight], bool], what: str, window: str = "seat", seconds: float = PATIENCE
    ) -> Sight:
        """Until the window shows what is wanted; fails with what it shows instead."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            now = self.sight(window)
            if now is not None and wanted(now):
                return now
            assert self.program.poll() is None, f"the program has gone: {self.errors.read_text()}"
            time.sleep(0.01)
        now = self.sight(window)
        stands = f"{now.screen} with {', '.join(now.widgets)}" if now else "nothing"
        raise AssertionError(f"waited {seconds} s for {what}; there is {stands}; {self.errors.read_text()}")

    def _do(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True, timeout=20)

    def keys(self, *names: str) -> None:
        self._do("key", "--delay", 30, *names)

    def type(self, words: str) -> None:
        self._do("type", "--delay", 30, words)

    def click(self, id: str, across: float = 0.5, down: float = 0.5) -> None:
        """Click a widget; `across` and `down` say where in it, of its width and height."""
        sight = self.wait(lambda s: s.has(id), id)
        x, y, w, h = sight.rect(id)
        self.click_at(round(x + w * across), round(y + h * down))

    def click_at(self, x: int, y: int) -> None:
        self._do("mousemove", x, y, "mousedown", 1, "mouseup", 1)

    def windows(self, count: int) -> list[str]:
        """The program's windows, in the order in which they were opened, once there are so many that stay."""
        before: list[str] = []
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            call = ["xdotool", "search", "--pid", str(self.program.pid)]
            done = subprocess.run(call, env=self.env, capture_output=True, text=True)
            found = sorted(done.stdout.split(), key=int)
            if len(found) == count and found == before:
                return found
            before = found
            time.sleep(0.1)
        raise AssertionError(f"{count} windows do not come to stand: {before}")

    def lay(self, window: str, x: int, y: int) -> None:
        """Move a window on the screen."""
        self._do("windowmove", "--sync", window, x, y)

    def pixels(self, path: Path) -> Any:
        """The whole screen as a picture, as somebody before it sees it."""
        import pygame

        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True, timeout=30)
        return pygame.image.load(path)

    def kill(self) -> None:
        self.program.send_signal(signal.SIGKILL)
        self.program.wait(10)

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.program.wait(5)
        if self.program.poll() is None:
            self.kill()
