"""The public window, for the projector: what everybody may know, in type for the back of the room.

It asks the sitting for `public()` and `wire()` alone, and for where the table stands; whatever a seat holds, this
screen is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from game.core.ids import Seat
from game.report.shots import WIRE
from game.table.beats import Beat
from game.table.clock import Phase
from game.table.places import Place
from game.ui import parts
from game.ui.layout import Column, Rect, centered
from game.ui.theme import Room
from game.ui.widgets import Act, Label, Panel, Para, Prose, Steps, Widget
from game.words import term, text

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.table import Table

SIDE_POINTS, WIRE_POINTS = 446, 148
#: How long a headline stands, ms.
HEADLINE_MS = 7000
SECOND = 1000
#: Who may talk, by where the table stands: "one" the seat at the screen, "allies" as far as they have agreed, "all",
#: or "none" while a film runs.
TALK = {
    Place.COVERED: "one",
    Place.BRIEF: "one",
    Place.PLANNING: "one",
    Place.RESOLVING: "none",
    Place.ALARM_COVERED: "one",
    Place.ALARM: "one",
    Place.BETWEEN: "allies",
    Place.FACILITATOR: "none",
    Place.OVER: "all",
}
CLOCK_TONES = {Phase.WARNS: "#F0B84A", Phase.OVER: "#F07A6A"}


def toggle_public(app: App, table: Table) -> None:
    """Open the projector's window, or close it."""
    if app.public is not None:
        app.close_public()
    else:
        app.open_public(PublicScreen(table), f"{table.title} · {table.say('ui_replay.public_window')}", (1280, 720))


class PublicScreen:
    """It takes no input: what it shows follows the table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.map = table.map_view("public.map")
        self.now = 0
        self._stood: tuple[object, ...] = ()
        self._since = 0
        self._wire: tuple[object, tuple[Beat, ...]] = (None, ())

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        side, left = whole.end(u(SIDE_POINTS))
        wire, map = left.foot(u(WIRE_POINTS))
        view = self.table.sitting.public()
        out: list[Widget] = [
            self.map.pane(map, view, room),
            Panel(id="wire", rect=wire, kind="ink", radius=0),
            Panel(id="side", rect=side, kind="panel", radius=0),
        ]
        out += self._wire_strip(wire, room)
        out += self._side(side, room)
        if self.table.sitting.paused:
            out += self._paused(whole, room)
        return out

    def _side(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        view = self.table.sitting.public()
        column = Column(rect.inset(u(30), u(24)))
        kind = text_of_kind(self.table, view.kind.name)
        when = say("ui_replay.public_when", turn=view.turn, of=self.table.turns, kind=kind)
        if self.table.sitting.place is Place.OVER:
            when = say("ui_replay.after_last")
        day = say("ui_replay.public_day", day=view.hour // 24 + 1, hour=f"{view.hour % 24:02}")
        out: list[Widget] = [
            Label(id="game", rect=column.take(u(26)), text=self.table.title, style="far_caption"),
            Label(id="when", rect=column.take(u(32)), text=when, style="far_strong"),
            Label(id="day", rect=column.take(u(30), u(20)), text=day, style="far"),
            Panel(id="rule", rect=column.take(u(2), u(18)), kind="well", radius=0),
        ]
        words = self.headline()
        turn_of = Prose(id="turn_of", rect=column.rest, paras=(Para(words, "far_quote"),))
        h = parts.prose_height(turn_of.paras, column.rest.w, room, turn_of)
        out.append(attrs.evolve(turn_of, rect=column.take(min(h, u(102)), u(6))))
        out += self._clock(column, room)
        icon, talk = self.talk()
        out.append(
            Prose(
                id="talk",
                rect=column.take(u(66), u(14)),
                paras=(Para(talk, "far", mark=icon, tone="#E3A93B"),),
            )
        )
        out.append(
            Label(id="seats", rect=column.take(u(26), u(6)), text=say("ui_replay.public_seats"), style="far_caption")
        )
        for seat in self.table.board.seats:
            if column.rest.h >= u(32):
                out += self._seat(seat, column.take(u(32), u(4)), room)
        return out

    def headline(self) -> str:
        """Whose turn it is, or what the table does."""
        sitting = self.table.sitting
        seat = sitting.up or sitting.next
        return self.table.say(f"ui_replay.public_{sitting.place}", seat=self._name(seat), turn=sitting.turn - 1)

    def talk(self) -> tuple[str, str]:
        """(icon, who may talk)."""
        sitting = self.table.sitting
        for two in () if sitting.paused else sitting.talking(self.now):
            one, other = (self._name(s) for s in two.seats)
            return "volume-2", self.table.say("ui_replay.talk_pair", one=one, other=other, left=minutes(two.left))
        who = "none" if sitting.paused else TALK[sitting.place]
        seat = sitting.up or sitting.next
        icon = "volume-x" if who == "none" else "volume-2"
        return icon, self.table.say(f"ui_replay.talk_{who}", seat=self._name(seat), since=minutes(self._stands()))

    def _name(self, seat: Seat) -> str:
        name = term("seat", seat, self.table.language) if seat else ""
        return name[:1].upper() + name[1:]

    def _stands(self) -> int:
        """For how long the table has stood where it does, ms."""
        return max(0, self.now - self._since)

    def _clock(self, column: Column, room: Room) -> list[Widget]:
        u = room.u
        clock = self.table.sitting.clock
        rect = column.take(u(104), u(8))
        if clock is None or not clock.length:
            return [Label(id="clock", rect=rect, text=minutes(self._stands()), style="far_clock", color="#4E6473")]
        tone = CLOCK_TONES.get(clock.phase(self.now), "")
        return [Label(id="clock", rect=rect, text=minutes(clock.left(self.now)), style="far_clock", color=tone)]

    def _seat(self, seat: Seat, rect: Rect, room: Room) -> list[Widget]:
        """Whether a seat is at the screen, has sealed, or waits; never what it holds."""
        u = room.u
        sitting = self.table.sitting
        now = sitting.up or (sitting.next if sitting.place in (Place.COVERED, Place.ALARM_COVERED) else "")
        computer = seat not in sitting.persons
        state = "computer" if computer else "now" if seat == now else "sealed" if seat in sitting.sealed else "open"
        if not computer and sitting.place in (Place.RESOLVING, Place.BETWEEN, Place.OVER) and seat != now:
            state = "open"
        icon = {"computer": "settings-2", "now": "chevron-right", "sealed": "lock", "open": "minus"}[state]
        tone = {"now": "#E3A93B", "sealed": "#5FC9A6"}.get(state, "")
        name, right = rect.left(u(236), u(6))
        return [
            Label(
                id=f"seat.{seat}",
                rect=name,
                text=self._name(seat),
                style="far_strong" if state == "now" else "far",
                icon=icon,
                color=tone,
            ),
            Label(
                id=f"state.{seat}",
                rect=right,
                text=self.table.say(f"ui_replay.state_{state}"),
                style="far",
                align="right",
                color=tone,
            ),
        ]

    # The wire service

    def wire(self) -> tuple[Beat, ...]:
        """What everybody was told this turn and the last."""
        key = self.table.sitting.public()
        if self._wire[0] is not key:
            self._wire = (key, self.table.sitting.wire())
        return self._wire[1]

    def headlines(self) -> tuple[tuple[str, str], ...]:
        """(date, words), newest first: announcements, then where the scenario asks the table to hold and discuss."""
        sitting = self.table.sitting
        names = self.table.names(sitting.public())
        out = []
        for beat in reversed(self.wire()):
            for told in reversed(beat.told):
                headline = WIRE.get(told.message.id)
                message = headline(told.message.as_dict()) if headline else told.message
                out.append((beat.date, text(message, self.table.language, names)))
        return tuple(out)

    def hold(self) -> str:
        """What the scenario asks the table to stop for and discuss at this turn's end, or before its start."""
        place = self.table.sitting.place
        if place not in (Place.BETWEEN, Place.COVERED, Place.BRIEF, Place.OVER):
            return ""
        turn = self.table.sitting.turn
        return next((str(hold["text"]) for hold in self.table.holds if hold["turn"] == turn), "")

    def _wire_strip(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        inner = rect.inset(u(28), u(18))
        lines = self.headlines()
        hold = self.hold()
        pages = (*((date, words, "wire") for date, words in lines), *((("", hold, "hold"),) if hold else ()))
        if not pages:
            pages = (("", say("ui_film.wire_quiet"), "wire"),)
        at = self._stands() // HEADLINE_MS % len(pages)
        date, words, kind = pages[at]
        caption, body = inner.top(u(24), u(8))
        title = say(f"ui_replay.{kind}", date=date)
        out: list[Widget] = [
            Label(
                id="wire.caption",
                rect=caption.left(caption.w - u(120))[0],
                text=title,
                style="far_caption",
                color="#E3A93B",
                icon="satellite-dish" if kind == "wire" else "users",
            ),
            Prose(id="wire.text", rect=body, paras=(Para(words, "far_quote" if len(words) < 70 else "far_strong"),)),
        ]
        if len(pages) > 1:
            dots = caption.end(u(18 * len(pages)))[0]
            colors = ("#E3A93B",)
            out.append(Steps(id="wire.pages", rect=dots, items=("",) * len(pages), value=at + 1, colors=colors))
        return out

    def _paused(self, whole: Rect, room: Room) -> list[Widget]:
        u = room.u
        rect = centered(u(560), u(150), whole)
        return [
            Panel(id="paused.scrim", rect=whole, kind="scrim", radius=0, layer=1),
            Panel(id="paused.panel", rect=rect, shadow=True, layer=1),
            Label(
                id="paused",
                rect=rect,
                text=self.table.say("ui_replay.paused"),
                style="far_title",
                align="center",
                layer=1,
            ),
        ]

    # Time

    def act(self, act: Act, app: App) -> None:
        """Nobody works it."""

    def tick(self, now: int) -> int | None:
        """Each full second, as long as something counts."""
        sitting = self.table.sitting
        stands = (sitting.place, sitting.up, sitting.turn, sitting.paused)
        if stands != self._stood:
            self._stood, self._since = stands, now
        self.now = now
        flight = self.map.tick(now)
        wait = SECOND - (now - self._since) % SECOND
        return wait if flight is None else min(wait, flight)


def minutes(ms: int) -> str:
    """ "12:05"; "-0:31" once a clock has run out."""
    seconds = -(-ms // SECOND)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02}"


def text_of_kind(table: Table, kind: str) -> str:
    return term("kind", kind, table.language).replace("_", " ")
