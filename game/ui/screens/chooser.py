"""The scenario chooser: cards, the map as everybody knows it at the start, what it is about and what it asks."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import attrs

from game.io.seating import Chair, Seating
from game.ui import theme
from game.ui.layout import Column, Rect
from game.ui.screens import screen
from game.ui.screens.backdrop import FAULTS, Problem, backdrop, complaint, heading, margin, problem_of, words
from game.ui.screens.title import seat_name
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Item, Label, Panel, Para, Prose, Rows, Widget

if TYPE_CHECKING:
    from game.io.library import Entry
    from game.ui.app import App
    from game.ui.house import House
    from game.ui.mapview import MapView
    from game.ui.table import Table


@attrs.define
class Preview:
    """A scenario set out but not begun: nobody sits at its table and nothing of it is kept."""

    table: Table
    map: MapView
    fitted: Rect | None = None


#: What a preview shows of the sea: neither zones nor lanes, which are for play.
QUIET = frozenset({"zones", "lanes"})
#: The crisis as a preview frames it, where a scenario has these places; else all that it has.
FRAME = ("KSEO", "PPYO", "TTPE", "TKHH", "JSAS", "JYOK", "JKAD")


def preview(house: House, entry: Entry) -> Preview | Problem:
    """Read a scenario and set it out."""
    try:
        computers = Seating(tuple(Chair(seat, player="idle") for seat in entry.seats))
        table = house.begin(str(entry.path), computers, 0, None)
        table.read_ahead()
        found = Preview(table, table.map_view("preview"))
        found.map.layers -= QUIET
        return found
    except FAULTS as error:
        return problem_of(error, house.language)


class ChooserScreen:
    """Step one of a new game. Scenarios are read beside the window, each once."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.entries = house.entries()
        self.chosen = next((n for n, e in enumerate(self.entries) if e.id == "one_sky"), 0)
        self.read: dict[str, Future[Preview | Problem]] = {}
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scenario")
        self._ask()

    @property
    def entry(self) -> Entry:
        return self.entries[self.chosen]

    @property
    def shown(self) -> Preview | Problem | None:
        """What is known of the chosen scenario; None while it is read."""
        found = self.read[self.entry.id]
        return found.result() if found.done() else None

    def _ask(self) -> None:
        if self.entry.id not in self.read:
            self.read[self.entry.id] = self._pool.submit(preview, self.house, self.entry)

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        left = margin(room)
        out = backdrop(room) + heading(self.house, room, self._say("chooser"), 1)
        whole = Rect(left, u(104), room.width - 2 * left, room.height - u(104) - u(28))
        cards, detail = whole.left(min(u(350), whole.w * 36 // 100), u(22))
        items = tuple(self._card(n, entry) for n, entry in enumerate(self.entries))
        out.append(Rows(id="cards", rect=cards, items=items, value=self.chosen, height=66))
        out.append(Panel(id="detail", rect=detail, shadow=True))
        inner = detail.inset(u(18), u(16))
        foot, body = inner.foot(u(44), u(14))
        out += self._buttons(room, foot)
        shown = self.shown
        if isinstance(shown, Problem):
            out += complaint(room, shown.line, body.top(u(34))[0])
        elif shown is None:
            out.append(Busy(id="busy", rect=body.top(u(40))[0], text=self._say("reading")))
        else:
            out += self._detail(room, body, shown)
        return out

    def _card(self, n: int, entry: Entry) -> Item:
        level = "•" * complexity(entry)
        sub = self._say("card", minutes=entry.minutes, seats=len(entry.seats), level=level)
        return Item(n, entry.title, sub, tone=theme.AMBER if n == self.chosen else "")

    def _buttons(self, room: Room, foot: Rect) -> list[Widget]:
        u = room.u
        back, rest = foot.left(u(130))
        go, _ = rest.end(u(250))
        return [
            Button(id="back", rect=back, text=self._say("back"), icon="chevron-left", kind="quiet", key="Esc"),
            Button(
                id="seats",
                rect=go,
                text=self._say("to_seats"),
                icon="users",
                kind="primary",
                key="Enter",
                on=isinstance(self.shown, Preview),
            ),
        ]

    def _detail(self, room: Room, body: Rect, shown: Preview) -> list[Widget]:
        u = room.u
        view = shown.table.sitting.public()
        map_rect, rest = body.top(max(u(110), body.h * 50 // 100), u(14))
        column = Column(rest, u(4))
        pane = shown.map.pane(map_rect, view, room)
        if shown.fitted != map_rect:
            shown.fitted = map_rect
            known = [place for place in FRAME if place in view.places]
            shown.map.jump_to(known if len(known) > 5 else view.places)
            pane = shown.map.pane(map_rect, view, room)
        out: list[Widget] = [pane]
        out.append(Label(id="name", rect=column.take(u(26)), text=shown.table.title, style="heading"))
        out += self._facts(room, column.take(u(42), u(10)), shown.table)
        out.append(Prose(id="about", rect=column.rest, paras=self._paras(shown.table)))
        return out

    def _facts(self, room: Room, rect: Rect, table: Table) -> list[Widget]:
        seats = ", ".join(table.say(f"ui_screens.short.{seat}") for seat in table.board.seats)
        out: list[Widget] = []
        values = {
            "seats": seats,
            "length": self._say("turns", n=table.turns, minutes=self.entry.minutes),
            "complexity": self._say(f"complexity_{complexity(self.entry)}"),
            "victory": self._say("victory"),
        }
        wide, rest = rect.left(rect.w * 45 // 100, room.u(12))
        for cell, (name, value) in zip((wide, *rest.columns(3, room.u(12))), values.items(), strict=True):
            head, rest = cell.top(room.u(18))
            out.append(Label(id=f"fact.{name}.head", rect=head, text=self._say(f"fact_{name}"), style="caption"))
            tip = ", ".join(seat_name(self.house, s) for s in table.board.seats) if name == "seats" else ""
            out.append(Label(id=f"fact.{name}", rect=rest.top(room.u(22))[0], text=value, style="strong", tip=tip))
        return out

    def _paras(self, table: Table) -> tuple[Para, ...]:
        asked = tuple(
            Para(question.text if hasattr(question, "text") else str(question["text"]), mark="circle-question-mark")
            for question in table.questions
        )
        return (
            Para(table.purpose, gap=0),
            Para(self._say("questions"), "caption", gap=12),
            *asked,
            Para(self._say("sources"), "small", gap=12),
        )

    def _say(self, id: str, **values: object) -> str:
        return words(self.house, id, **values)

    def act(self, act: Act, app: App) -> None:
        shown = self.shown
        if act.id == "quit":
            app.quit()
        elif act.id == "back" or (act.id == "key" and act.value == "Esc"):
            self._leave(app, screen("title", self.house))
        elif act.id == "cards":
            self._choose(int(act.value))
        elif act.id == "key" and act.value in ("Up", "Down"):
            self._choose(self.chosen + (1 if act.value == "Down" else -1))
        elif isinstance(shown, Preview) and act.id == "preview":
            shown.map.act(act.value, app.front.room)
        elif isinstance(shown, Preview) and act.id == "seats":
            self._leave(app, screen("seats", self.house, str(self.entry.path)))
        elif isinstance(shown, Preview) and act.id == "key":
            shown.map.key(str(act.value))

    def _leave(self, app: App, to: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        app.go(to)  # type: ignore[arg-type]

    def _choose(self, n: int) -> None:
        if 0 <= n < len(self.entries):
            self.chosen = n
            self._ask()

    def tick(self, now: int) -> int | None:
        shown = self.shown
        if shown is None:
            return 60
        return shown.map.tick(now) if isinstance(shown, Preview) else None


def complexity(entry: Entry) -> int:
    """1 to 3: by how many sit at the table and how long."""
    return min(3, 1 + (len(entry.seats) > 2) + (entry.minutes > 60))
