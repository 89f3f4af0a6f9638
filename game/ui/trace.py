"""What stands on the window, for whoever drives it from outside or reports a fault of it.

With TWOFRONTS_TRACE=FILE the program appends a JSON line to FILE each time other widgets, or widgets elsewhere, come
to stand on a window: {"window": "seat" or "public", "screen": its class, "size": [w, h], "busy": whether work goes on
beside it, "focus": the widget that the keyboard stands on, "widgets": [{"id", "kind", "layer", "rect": [x, y, w, h],
"on", "key"}]}. No texts and no figures: it holds what one could point at, not what it says.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from game.ui.app import Canvas
    from game.ui.widgets import Widget

NAME = "TWOFRONTS_TRACE"


class Trace:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._last: dict[str, str] = {}

    def write(self, window: str, canvas: Canvas, *, busy: bool = False) -> None:
        line = json.dumps(
            {
                "window": window,
                "screen": type(canvas.screen).__name__,
                "size": canvas.surface.get_size(),
                "busy": busy,
                "focus": canvas.hands.focus,
                "widgets": [_entry(w) for w in canvas.shown.widgets],
            }
        )
        if self._last.get(window) != line:
            self._last[window] = line
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _entry(widget: Widget) -> dict[str, object]:
    return {
        "id": widget.id,
        "kind": type(widget).__name__,
        "layer": widget.layer,
        "rect": list(widget.rect),
        "on": getattr(widget, "on", True),
        "key": getattr(widget, "key", ""),
    }


def asked() -> Trace | None:
    """The trace that the environment asks for, if it does."""
    path = os.environ.get(NAME)
    return Trace(Path(path)) if path else None
