"""The first frame: a window with the title's picture in it, shown before anything else of the game is read.

pygame alone is imported before it. The rest follows behind the picture, and between imports the window answers.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pygame

    from game.ui.app import App, Screen

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

DATA = Path(__file__).parent / "data"
NAME = "Two Fronts"
#: Drivers whose window nobody sees.
BLIND = ("dummy", "offscreen", "evdev")
SIZES = ((1600, 900), (1280, 720))
#: Where the name stands, there on the title screen too: left in points, middle in thousandths of the height, size and
#: space between letters in points.
MARK = (80, 236, 78, 7)
WHITE = "#F4F7F9"
#: What is read behind the first frame, the slow ones first told apart so that the window answers between them.
REST = (
    "attrs",
    "game.core.view",
    "game.core.rulebook",
    "game.io.scenario",
    "game.io.save",
    "game.words",
    "game.table.hotseat",
    "game.ui.app",
    "game.ui.house",
    "game.ui.screens.title",
)
WRONG = (
    "Two Fronts needs pygame-ce, and another pygame is installed in its place: "
    "pip uninstall -y pygame pygame-ce && pip install pygame-ce"
)


class NoWindow(Exception):  # noqa: N818 - one line for whoever wanted one
    """A window cannot be opened: why, and what to do."""


def engine() -> None:
    """Import pygame; NoWindow unless it is pygame-ce."""
    try:
        pg = import_module("pygame")
    except ImportError as error:
        raise NoWindow(f"{WRONG} ({error})") from None
    if not getattr(pg, "IS_CE", False):
        raise NoWindow(WRONG)


def display() -> bool:
    """Whether there is a display that somebody can see."""
    given = os.environ.get("SDL_VIDEODRIVER", "")
    if given in BLIND:
        return False
    if not given and sys.platform.startswith(("linux", "freebsd")):
        # SDL would go on to drivers that draw where nobody looks, and say so on stderr.
        if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            return False
    engine()
    import pygame

    try:
        pygame.display.init()
    except pygame.error:
        return False
    if pygame.display.get_driver() in BLIND:
        pygame.display.quit()
        return False
    return True


def open_window(size: tuple[int, int] | None = None) -> pygame.Surface:
    """The window with its first frame in it. NoWindow if there is none to be had."""
    engine()
    import pygame

    try:
        pygame.display.init()
        pygame.display.set_caption(NAME)
        surface = pygame.display.set_mode(size or _size(pygame.display.get_desktop_sizes()), pygame.RESIZABLE)
    except pygame.error as error:
        raise NoWindow(f"no window can be opened here: {error}") from None
    pygame.font.init()
    picture = pygame.image.load(DATA / "title.small.jpg")
    surface.blit(covering(picture, surface.get_size()), (0, 0))
    _mark(surface)
    pygame.display.flip()
    return surface


def _size(desktops: Sequence[tuple[int, int]]) -> tuple[int, int]:
    w, h = desktops[0] if desktops else (0, 0)
    return next((size for size in SIZES if size[0] <= 0.95 * w and size[1] <= 0.9 * h), SIZES[-1])


def covering(picture: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """The picture scaled to cover `size`, its middle in the middle."""
    import pygame

    w, h = size
    pw, ph = picture.get_size()
    scale = max(w / pw, h / ph)
    part = pygame.Rect(0, 0, min(pw, round(w / scale)), min(ph, round(h / scale)))
    part.center = (pw // 2, ph // 2)
    return pygame.transform.smoothscale(picture.subsurface(part), size)


def _mark(surface: pygame.Surface) -> None:
    """The game's name, letter by letter as the title screen sets it."""
    import pygame

    from game.ui.theme import FACES, fit_scale

    scale = fit_scale(*surface.get_size())
    left, size, track = (round(n * scale) for n in (MARK[0], *MARK[2:]))
    middle = surface.get_height() * MARK[1] // 1000
    font = pygame.font.Font(DATA / "fonts" / FACES["cond_bold"], size)
    for letter in NAME.upper():
        image = font.render(letter, True, WHITE)
        surface.blit(image, (left, middle - image.get_height() // 2))
        left += font.size(letter)[0] + track


def read_rest() -> bool:
    """Import all that the title needs, answering the window between; False if it was closed meanwhile."""
    import pygame

    for name in REST:
        import_module(name)
        pygame.event.pump()
        if pygame.event.peek(pygame.QUIT):
            return False
    return True


def run(first: Callable[[App], Screen], size: tuple[int, int] | None = None) -> None:
    """Open the window, and go on with the screen that `first` gives, until it is closed."""
    surface = open_window(size)
    try:
        if read_rest():
            _go_on(first, surface)
    finally:
        import pygame

        pygame.quit()


def _go_on(first: Callable[[App], Screen], surface: pygame.Surface) -> None:
    from game.io.wishes import read_wishes
    from game.ui.app import App
    from game.ui.screens.title import Waiting

    wishes = read_wishes()
    app = App(Waiting(), surface.get_size(), wishes.scale / 100)
    if wishes.full:
        app.set_full(True)
    app.go(first(app))
    app.run()
