"""The title: go on, begin, open, learn; and the games played last, with nothing of what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from game.io.fault import PackFault
from game.io.passcode import opens
from game.io.recent import Recent, recent_games
from game.io.save import open_save
from game.io.sealed import Locked, sealed_for
from game.table.places import Place
from game.ui import theme
from game.ui.layout import Column, Rect
from game.ui.screens import screen
from game.ui.screens.backdrop import Problem, attempt, backdrop, complaint, words
from game.ui.screens.handoff_ask import Asked, dialog
from game.ui.start import MARK, NAME
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Item, Label, Panel, Rows, Widget

if TYPE_CHECKING:
    from game.core.ids import Seat
    from game.table.hotseat import Sitting
    from game.ui.app import App
    from game.ui.house import House
    from game.ui.table import Table

T = TypeVar("T")
#: Button: icon, key.
MENU = {
    "new": ("swords", "N"),
    "load": ("folder-open", "L"),
    "facilitator": ("eye", "F"),
    "tutorial": ("map-pinned", "T"),
    "settings": ("settings-2", "S"),
    "quit": ("log-out", "Q"),
}
SHOWN = 4
#: Below this many points of height the menu stands in two columns.
LOW = 660


class Waiting:
    """The picture alone, while the first screen is made."""

    def widgets(self, room: Room) -> list[Widget]:
        return backdrop(room, dim=False)

    def act(self, act: Act, app: App) -> None:
        if act.id == "quit":
            app.quit()

    def tick(self, now: int) -> int | None:
        return None


def seat_name(house: House, seat: Seat) -> str:
    name = words(house, f"seat_{seat}")
    return seat if name.startswith("ui_title.") else name


def next_seat(game: Recent) -> Seat:
    """Who has still to plan, first in the order of play: known to all at the table. "" if all have sealed."""
    try:
        saved = open_save(game.path)
        sealed: set[Seat] = set()
        for mark in saved.marks(saved.turns[-1]):
            if mark.kind == "plan":
                sealed.add(str(saved.payload(mark)[0]))
            elif mark.kind == "open":
                sealed.discard(saved.seat(mark))
    except (PackFault, OSError, IndexError, TypeError):
        return ""
    return next((seat for seat, who in game.seats if seat not in sealed and who not in COMPUTERS), "")


COMPUTERS = ("idle", "random", "doctrine")


def resume(
    house: House,
    app: App,
    path: Path,
    done: Callable[[str], None],
    then: Callable[[Table], None] | None = None,
    code: str = "",
) -> None:
    """Open a game beside the window and go on with it; `done` gets a fault's line. With the `code` of the seat that
    is next, its screen is shown at once."""

    def opened(found: tuple[Table, tuple[str, ...]] | Problem) -> None:
        if isinstance(found, Problem):
            done(found.line)
            return
        table, _ = found
        app.at_end.append(table.sitting.close)
        if then is not None:
            then(table)
            return
        sitting = table.sitting
        if sitting.place is Place.COVERED and code and _next_has(sitting, code):
            sitting.reveal(sitting.next, code, app.now)
        table.next(app)

    def read(codes: Iterable[str]) -> tuple[Table, tuple[str, ...]]:
        table, notes = house.open(path, None, codes)
        table.read_ahead()
        return table, notes

    attempt(house, app, lambda: unsealed(house, read, code), opened)


def _next_has(sitting: Sitting, code: str) -> bool:
    kept = sitting.seating.chair(sitting.next).code
    return bool(kept) and opens(kept, code)


def unsealed(house: House, job: Callable[[tuple[str, ...]], T], code: str) -> T | Problem:
    """What a job makes of a sealed game, or that this is no code of it."""
    try:
        return job((code,) if code else ())
    except Locked as fault:
        return Problem(
            words(house, "wrong_code" if code else "ask_sealed_why", owners=owners_of(house, fault.owners))
        )


def owners_of(house: House, owners: Iterable[Seat]) -> str:
    """Whose codes, by their names."""
    return ", ".join(seat_name(house, owner) if owner else words(house, "facilitator") for owner in owners)


def asked_for(house: House, path: Path) -> Asked | None:
    """The dialog that asks for a sealed game's code; None for an open one."""
    owners = sealed_for(path)
    if not owners:
        return None
    return Asked(words(house, "ask_sealed"), words(house, "ask_sealed_why", owners=owners_of(house, owners)))


class TitleScreen:
    """`games` are those played last, newest first; of the user's own folder unless given."""

    def __init__(self, house: House, games: tuple[Recent, ...] | None = None) -> None:
        self.house = house
        titles = {entry.id: entry.title for entry in house.entries()}
        self.games = recent_games(titles) if games is None else games
        running = [game for game in self.games if not game.over]
        self.newest = running[0] if running else None
        self._next = next_seat(running[0]) if running else ""
        self.opening: Path | None = None
        self.problem = ""
        #: The sealed game whose code is asked for, and what is typed.
        self.asked: tuple[Recent, Asked] | None = None
        self.code = ""

    def widgets(self, room: Room) -> list[Widget]:
        u, h = room.u, room.height
        left, middle = u(MARK[0]), h * MARK[1] // 1000
        out = backdrop(room, dim=False)
        wide = room.width - left - u(20)
        top = middle - u(50)
        out.append(Label(id="mark", rect=Rect(left, top, wide, u(100)), text=NAME.upper(), style="mark"))
        out.append(Panel(id="rule", rect=Rect(left + u(3), middle + u(48), u(86), u(4)), kind="amber", radius=2))
        column = Column(Rect(left + u(3), middle + u(68), u(520), h), u(2))
        out.append(Label(id="subtitle", rect=column.take(u(26)), text=self._say("subtitle"), style="heading"))
        out.append(Label(id="what", rect=column.take(u(22)), text=self._say("what"), style="body", color="#C3D0D8"))
        column.skip(u(16))
        out += self._menu(room, Rect(left + u(3), column.y, u(380), h - column.y - u(48)))
        out += self._recent(room)
        foot = Rect(left + u(3), h - u(38), room.width - left - u(40), u(20))
        out.append(Label(id="note", rect=foot, text=self._say("note"), style="small", color="#AEBDC7"))
        if self.asked is not None:
            out += dialog(room, self.asked[1], self.code, self.problem, self.house.language)
        elif self.problem:
            out += complaint(room, self.problem, Rect(left + u(3), h - u(84), u(700), u(34)))
        return out

    def _menu(self, room: Room, rect: Rect) -> list[Widget]:
        u = room.u
        column = Column(rect, u(8))
        out: list[Widget] = []
        if self.opening is not None:
            out.append(Busy(id="busy", rect=column.take(u(46)), text=self._say("opening")))
        elif self.newest is not None:
            out.append(self._continue(column.take(u(46)), self.newest))
        names = list(MENU)
        if room.height < u(LOW):
            cells = [cell for _ in range(3) for cell in column.take(u(38)).columns(2, u(8))]
        else:
            cells = [column.take(u(38)) for _ in range(4)]
            cells += column.take(u(38)).columns(2, u(8))
        for cell, name in zip(cells, names, strict=True):
            icon, key = MENU[name]
            kind = "primary" if name == "new" and self.newest is None else "plain"
            out.append(
                Button(
                    id=name,
                    rect=cell,
                    text=self._say(name),
                    icon=icon,
                    key=key,
                    kind=kind,
                    align="left",
                    tip=self._say(f"{name}_tip"),
                )
            )
        return out

    def _continue(self, rect: Rect, game: Recent) -> Button:
        seat = seat_name(self.house, self._next) if self._next else ""
        label = self._say("continue", title=game.title, turn=game.turn, seat=seat)
        return Button(
            id="continue", rect=rect, text=label, icon="play", key="Enter", kind="primary", align="left", tip=label
        )

    def _recent(self, room: Room) -> list[Widget]:
        u = room.u
        if not self.games or room.width < u(900):
            return []
        count = min(SHOWN, len(self.games))
        w, h = u(350), u(44) + count * u(51) + u(6)
        box = Rect(room.width - w - u(36), room.height - h - u(36), w, h)
        inner = box.inset(u(14), u(12))
        head, rest = inner.top(u(18), u(8))
        items = tuple(self._item(game) for game in self.games[:SHOWN])
        return [
            Panel(id="recent.panel", rect=box, kind="glass", shadow=True),
            Label(id="recent.title", rect=head, text=self._say("recent"), style="caption"),
            Rows(id="recent", rect=rest, items=items, height=46),
        ]

    def _item(self, game: Recent) -> Item:
        over = game.over
        sub = self._say("recent_over" if over else "recent_turn", turn=game.turn)
        people = [(seat, who) for seat, who in game.seats if who not in COMPUTERS]
        seats = " · ".join(f"{seat} {who}".strip() for seat, who in people) or self._say("no_people")
        return Item(
            game.path,
            game.title,
            f"{sub}  ·  {seats}",
            icon="flag" if over else "play",
            tone="" if over else theme.AMBER,
            tip=str(game.path),
        )

    def _say(self, id: str, **values: object) -> str:
        return words(self.house, id, **values)

    def act(self, act: Act, app: App) -> None:
        if act.id == "quit" or (act.id == "key" and act.value == "Esc" and self.asked is None):
            app.quit()
        elif self.opening is not None:
            return
        elif self.asked is not None:
            self._asked(self.asked[0], act, app)
        elif act.id == "continue" and self.newest is not None:
            self._resume(self.newest, app)
        elif act.id == "recent":
            self._resume(next(g for g in self.games if g.path == act.value), app)
        elif act.id == "new":
            app.go(screen("chooser", self.house))
        elif act.id in ("load", "facilitator"):
            app.go(screen("games", self.house, facilitate=act.id == "facilitator"))
        elif act.id in ("tutorial", "settings"):
            app.go(screen(act.id, self.house))

    def _resume(self, game: Recent, app: App) -> None:
        asked = asked_for(self.house, game.path)
        self.problem = ""
        if asked is not None:
            self.asked = (game, asked)
            return
        self.opening = game.path
        resume(self.house, app, game.path, self._failed)

    def _asked(self, game: Recent, act: Act, app: App) -> None:
        if act.id == "ask.code":
            self.code, self.problem = str(act.value), ""
        elif act.id == "ask.no":
            self.asked, self.code, self.problem = None, "", ""
        elif act.id in ("ask.yes", "ask.code.enter"):
            code, self.code, self.opening = self.code, "", game.path
            resume(self.house, app, game.path, self._failed, code=code)

    def _failed(self, line: str) -> None:
        self.opening, self.problem = None, line

    def tick(self, now: int) -> int | None:
        return 60 if self.opening is not None else None
