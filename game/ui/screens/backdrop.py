"""What the screens before a game share: their ground, games opened beside the window, faults in one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import pygame

from game.core.words import say
from game.io.fault import PackFault
from game.table.beats import TableFault
from game.table.match import MatchFault
from game.ui import theme
from game.ui.layout import Rect
from game.ui.start import DATA, covering
from game.ui.theme import Room
from game.ui.widgets import Label, Panel, Picture, Widget
from game.words import text

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.house import House

FAULTS = (PackFault, MatchFault, OSError)
#: How dark the map lies behind a screen that is read, of 255.
DIM = 214


def words(house: House, id: str, **values: Any) -> str:
    """A text of the screens before a game."""
    return text(say(f"ui_title.{id}", **values), house.language)


def backdrop(room: Room, *, dim: bool = True) -> list[Widget]:
    """The whole window: the title's map, darkened where words stand over it. Nothing of any game is in it."""
    whole = Rect(0, 0, room.width, room.height)
    look = ("title", room.width, room.height, dim)
    return [
        Panel(id="ground", rect=whole, kind="ink", radius=0),
        Picture(id="map", rect=whole, key=look, paint=lambda to, at: _paint(to, at, dim)),
    ]


def _paint(to: pygame.Surface, at: pygame.Rect, dim: bool) -> None:
    to.blit(_scaled(at.w, at.h, dim), at)


@lru_cache(maxsize=2)
def _scaled(w: int, h: int, dim: bool) -> pygame.Surface:
    out = covering(pygame.image.load(DATA / "title.jpg"), (w, h))
    if dim:
        night = pygame.Surface((w, h))
        night.fill(theme.INK)
        night.set_alpha(DIM)
        out.blit(night, (0, 0))
    return out.convert() if pygame.display.get_surface() else out


def heading(house: House, room: Room, title: str, step: int = 0) -> list[Widget]:
    """A screen's name, with the way to a new game under it where `step` is a step of it."""
    u = room.u
    left = margin(room)
    out: list[Widget] = [
        Label(id="title", rect=Rect(left, u(26), room.width - 2 * left, u(44)), text=title, style="title")
    ]
    x = left
    for n, name in enumerate(("scenario", "seats"), 1) if step else ():
        label = words(house, f"step_{name}", n=n)
        color = theme.AMBER if n == step else theme.MUTED
        out.append(Label(id=f"step.{n}", rect=Rect(x, u(72), u(110), u(18)), text=label, style="small", color=color))
        x += u(96)
    return out


def margin(room: Room) -> int:
    """Left and right of a screen: as much as there is beyond 1120 points, at least 28."""
    return max(room.u(28), (room.width - room.u(1120)) // 2)


@attrs.frozen(slots=True)
class Problem:
    """Why something could not be done, in one line."""

    line: str


def problem_of(error: Exception, language: str) -> Problem:
    """The fault as one line: what, where, what to do."""
    if isinstance(error, TableFault):
        return Problem(text(error.message, language))
    if isinstance(error, OSError):
        return Problem(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    lines = str(error).splitlines()
    return Problem(lines[0] if lines else type(error).__name__)


def attempt(house: House, app: App, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
    """Do `job` beside the window; `done` gets what it gave, or the Problem that it met."""

    def tried() -> Any:
        try:
            return job()
        except FAULTS as error:
            return problem_of(error, house.language)

    app.work(tried, done)


def complaint(room: Room, line: str, rect: Rect) -> list[Widget]:
    """A fault in one line, whole in its tip."""
    if not line:
        return []
    inner = rect.inset(room.u(12), 0)
    return [
        Panel(id="problem.panel", rect=rect, kind="bad", radius=5),
        Label(id="problem", rect=inner, text=line, style="body", icon="triangle-alert", tip=line),
    ]
