"""Who sits where: a person, a group with an approver or a computer to a seat; codes, order of play, clock, seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.io.library import find
from game.io.library import scenarios as entries_of
from game.io.seating import Chair, Seating, code_of
from game.ui import theme
from game.ui.house import House, new_seed
from game.ui.layout import Column, Rect
from game.ui.screens import screen
from game.ui.screens.backdrop import Problem, attempt, backdrop, complaint, heading, margin, words
from game.ui.screens.seats_form import Place, computer_fields, people_fields, places_for
from game.ui.screens.title import seat_name
from game.ui.theme import Room
from game.ui.widgets import (
    Act,
    Busy,
    Button,
    Field,
    Item,
    Label,
    Panel,
    Para,
    Prose,
    Rows,
    Slider,
    Tabs,
    Toggle,
    Widget,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from game.core.ids import Seat
    from game.ui.app import App
    from game.ui.table import Table

KINDS = ("person", "group", "computer")
ICONS = {"person": "eye", "group": "users", "computer": "settings-2"}
#: Minutes that a clock may have; 0 for none.
MINUTES = (0, 2, 3, 5, 8, 10, 12, 15, 20, 30, 45, 60)
SEED_DIGITS = 18


class SeatsScreen:
    """Step two of a new game. `name` is the scenario's id or path."""

    def __init__(
        self,
        house: House,
        name: str,
        players: Mapping[Seat, str] | None = None,
        seed: int | None = None,
        save: Path | None = None,
    ) -> None:
        self.house = house
        self.path = find(name)
        entry = next((e for e in entries_of() if e.path == self.path), None)
        self.title = entry.title if entry else self.path.stem
        self.id = entry.id if entry else self.path.stem
        seats = entry.seats if entry else tuple(house.read(str(self.path))[0].board.seats)
        self.places = places_for(seats, players)
        self.chosen: Seat = self.places[0].seat
        self.minutes = 0
        self.facilitated, self.facilitator_code = False, ""
        #: `drawn`: the seed is nobody's choice.
        self.seed, self.drawn = str(new_seed() if seed is None else seed), seed is None
        self.save = save
        self.problem = ""
        self.starting = False
        #: Begin as soon as the screen is shown, as `play SCENARIO --seat JP=person` does.
        self.at_once = False

    def entered(self, app: App) -> None:
        if self.at_once and not self.fault():
            self._start(app)

    @property
    def place(self) -> Place:
        return next(place for place in self.places if place.seat == self.chosen)

    def seating(self) -> Seating:
        """The table as it is set up, codes hashed."""
        chairs = tuple(place.chair() for place in self.places)
        minutes = {place.seat: MINUTES[self.minutes] for place in self.places if place.kind != "computer"}
        facilitator = Chair("", code=code_of(self.facilitator_code)) if self.facilitated else None
        return Seating(chairs, minutes, facilitator)

    @property
    def coded(self) -> bool:
        """Whether some seat has a code: then nobody may read off the screen what the luck will be."""
        return any(place.code and place.kind != "computer" for place in self.places)

    # What is shown

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        left = margin(room)
        out = backdrop(room) + heading(self.house, room, self._say("seats", title=self.title), 2)
        whole = Rect(left, u(104), room.width - 2 * left, room.height - u(104) - u(28))
        foot, body = whole.foot(u(44), u(16))
        table, rest = body.left(min(u(470), body.w * 46 // 100), u(20))
        out += self._order(room, table)
        out.append(Panel(id="form", rect=rest, shadow=True))
        out += self._form(room, rest.inset(u(20), u(14)))
        out += self._foot(room, foot)
        return out

    def _order(self, room: Room, rect: Rect) -> list[Widget]:
        u = room.u
        head, rows = rect.top(u(18), u(8))
        note, rows = rows.foot(u(20), u(8))
        items = tuple(self._item(n, place) for n, place in enumerate(self.places))
        return [
            Label(id="order", rect=head, text=self._say("order"), style="caption"),
            Rows(id="places", rect=rows, items=items, value=self.chosen, height=56),
            Label(id="fog", rect=note, text=self._say("fog"), style="small", icon="eye-off"),
        ]

    def _item(self, n: int, place: Place) -> Item:
        last = len(self.places) - 1
        acts = [("switch", "users", self._say("switch"))]
        acts += [("up", "chevron-up", self._say("up"))] if n else []
        acts += [("down", "chevron-down", self._say("down"))] if n < last else []
        return Item(
            place.seat,
            f"{n + 1}   {seat_name(self.house, place.seat)}",
            self._who(place),
            icon=ICONS[place.kind],
            tone=theme.AMBER if place.kind != "computer" else "",
            acts=tuple(acts),
        )

    def _who(self, place: Place) -> str:
        if place.kind == "computer":
            return self._say("who_computer", player=self._say(f"player_{place.player}"))
        coded = int(bool(place.code))
        return self._say(f"who_{place.kind}", people=place.people, approver=place.approver, coded=coded)

    def _form(self, room: Room, rect: Rect) -> list[Widget]:
        u = room.u
        place = self.place
        column = Column(rect, u(6))
        out: list[Widget] = [
            Label(id="form.seat", rect=column.take(u(30)), text=seat_name(self.house, place.seat), style="heading"),
            Tabs(
                id="kind",
                rect=column.take(u(30), u(14)),
                items=tuple((kind, self._say(f"kind_{kind}")) for kind in KINDS),
                value=place.kind,
                pills=True,
            ),
        ]
        fields = computer_fields if place.kind == "computer" else people_fields
        out += fields(room, column, place, self.house.language)
        out += self._shared(room, column.rest)
        return out

    def _shared(self, room: Room, rect: Rect) -> list[Widget]:
        """What holds for the whole table: clock and facilitator; before it what stands for this seat, if it fits."""
        u = room.u
        box, above = rect.foot(u(104))
        column = Column(box, u(6))
        line = Rect(box.x, box.y - u(6), box.w, 1)
        out: list[Widget] = [Panel(id="shared.line", rect=line, kind="raised", radius=0)]
        out.append(Label(id="shared", rect=column.take(u(16)), text=self._say("whole_table"), style="caption"))
        if self.place.kind != "computer" and above.h > u(70):
            about = Para(self._say(f"about_{self.place.kind}"), "muted", gap=0)
            out.append(Prose(id="about", rect=above.inset(0, u(6)), paras=(about,)))
        minutes = MINUTES[self.minutes]
        shown = self._say("minutes", n=minutes) if minutes else self._say("no_clock")
        out.append(
            Slider(
                id="minutes",
                rect=column.take(u(42)),
                low=0,
                high=len(MINUTES) - 1,
                value=self.minutes,
                text=self._say("clock"),
                shown=shown,
            )
        )
        row = column.take(u(34))
        on, rest = row.left(row.w * 6 // 10, u(12))
        out.append(Toggle(id="facilitated", rect=on, text=self._say("facilitated"), value=self.facilitated))
        if self.facilitated:
            hint = self._say("facilitator_hint")
            out.append(Field(id="facilitator_code", rect=rest, text=self.facilitator_code, hint=hint, secret=True))
        return out

    def _foot(self, room: Room, foot: Rect) -> list[Widget]:
        u = room.u
        back, rest = foot.left(u(130), u(16))
        go, middle = rest.end(u(250), u(16))
        out: list[Widget] = [
            Button(id="back", rect=back, text=self._say("back"), icon="chevron-left", kind="quiet", key="Esc"),
        ]
        if self.problem:
            out += complaint(room, self.problem, middle)
        elif self.starting:
            out.append(Busy(id="busy", rect=middle, text=self._say("starting")))
        else:
            out += self._seed(room, middle)
        fault = self.fault()
        label = self._say("start")
        out.append(
            Button(
                id="start",
                rect=go,
                text=label,
                icon="play",
                kind="primary",
                key="Ctrl+Enter",
                on=not fault and not self.starting,
                tip=fault,
            )
        )
        return out

    def _seed(self, room: Room, rect: Rect) -> list[Widget]:
        u = room.u
        label, rest = rect.left(u(44))
        field, rest = rest.left(u(150), u(8))
        new, rest = rest.left(u(124), u(16))
        people = sum(place.kind != "computer" for place in self.places)
        summary = self._say("summary", people=people, computers=len(self.places) - people)
        tip = self._say("new_seed_tip")
        if self.coded:
            hidden, rest = Rect(rect.x, rect.y, rect.w, rect.h).left(u(330), u(16))
            return [
                Label(
                    id="seed.hidden",
                    rect=hidden,
                    text=self._say("seed_hidden"),
                    style="small",
                    icon="eye-off",
                    tip=self._say("seed_secret"),
                ),
                Label(id="summary", rect=rest, text=summary, style="muted", align="right"),
            ]
        return [
            Label(id="seed.head", rect=label, text=self._say("seed"), style="body", color=theme.MUTED),
            Field(id="seed", rect=field.inset(0, u(4)), text=self.seed, most=SEED_DIGITS, tip=self._say("seed_tip")),
            Button(
                id="new_seed",
                rect=new.inset(0, u(4)),
                text=self._say("new_seed"),
                icon="redo-2",
                kind="quiet",
                tip=tip,
            ),
            Label(id="summary", rect=rest, text=summary, style="muted", align="right"),
        ]

    def fault(self) -> str:
        """Why the game cannot begin, and what to do; "" if it can."""
        if not self.seed.isascii() or not self.seed.isdigit():
            return self._say("fault_seed")
        for place in self.places:
            if place.kind == "group" and not place.approver.strip():
                return self._say("fault_approver", seat=seat_name(self.house, place.seat))
        people = [place for place in self.places if place.kind != "computer"]
        return "" if people else self._say("fault_people")

    def _say(self, id: str, **values: object) -> str:
        return words(self.house, id, **values)

    # What is done

    def act(self, act: Act, app: App) -> None:
        if act.id == "quit":
            app.quit()
        elif self.starting:
            return
        elif act.id == "back" or (act.id == "key" and act.value == "Esc"):
            app.go(screen("chooser", self.house))
        elif act.id == "start":
            self._start(app)
        elif act.id == "places":
            self._row(act.value)
        elif act.id == "key":
            self._key(str(act.value))
        else:
            self._set(act)

    def _row(self, value: object) -> None:
        if isinstance(value, tuple):
            what, seat = value
            self.chosen = seat
            if what == "switch":
                self.place.kind = "person" if self.place.kind == "computer" else "computer"
            else:
                self._move(1 if what == "down" else -1)
        else:
            self.chosen = str(value)

    def _key(self, name: str) -> None:
        by = {"Up": -1, "Down": 1}.get(name.removeprefix("Shift+"))
        if by is None:
            return
        if name.startswith("Shift+"):
            self._move(by)
            return
        at = self.places.index(self.place) + by
        if 0 <= at < len(self.places):
            self.chosen = self.places[at].seat

    def _move(self, by: int) -> None:
        at = self.places.index(self.place)
        if 0 <= at + by < len(self.places):
            self.places.insert(at + by, self.places.pop(at))

    def _set(self, act: Act) -> None:
        self.problem = ""
        if act.id in ("kind", "player", "people", "approver", "code", "consent"):
            shown = not self.coded
            setattr(self.place, act.id, str(act.value))
            if shown and self.coded and self.drawn:
                self.seed = str(new_seed())  # the one that stood there has been read
        elif act.id == "minutes":
            self.minutes = int(act.value)
        elif act.id == "facilitated":
            self.facilitated = bool(act.value)
        elif act.id == "facilitator_code":
            self.facilitator_code = str(act.value)
        elif act.id == "seed":
            self.drawn = False
            self.seed = "".join(c for c in str(act.value) if c.isascii() and c.isdigit())
        elif act.id == "new_seed":
            self.drawn = True
            self.seed = str(new_seed())

    def _start(self, app: App) -> None:
        from game.io.recent import new_save

        self.starting, self.problem = True, ""
        seed = int(self.seed)

        def begun() -> Table:
            save = self.save or new_save(self.id)
            table = self.house.begin(str(self.path), self.seating(), seed, save)
            table.read_ahead()
            return table

        def done(found: Table | Problem) -> None:
            self.starting = False
            if isinstance(found, Problem):
                self.problem = found.line
                return
            app.at_end.append(found.sitting.close)
            found.next(app)

        attempt(self.house, app, begun, done)

    def tick(self, now: int) -> int | None:
        return 60 if self.starting else None
