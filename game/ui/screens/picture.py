"""One screen drawn without a window, as a PNG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.ui.screens.title import Waiting

if TYPE_CHECKING:
    from game.ui.app import App, Screen

#: Screens fly and fade for a while; after this many ms they are at rest.
AT_REST = 4000


def draw(first: Callable[[App], Screen], path: Path, size: tuple[int, int]) -> None:
    """Save what the screen shows once its work is done. OSError if the file cannot be written."""
    from game.ui.app import App

    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode(size)
    app = App(Waiting(), size)
    try:
        app.go(first(app))
        app.pump([], 1)
        app.wait_for_work()
        app.pump([], AT_REST)
        app.wait_for_work()
        try:
            pygame.image.save(app.surface, path)
        except pygame.error as error:
            raise OSError(f"{path}: the picture cannot be written: {error}") from None
    finally:
        # pygame itself stays: fonts are kept for the process, and die with their module.
        app.end()
