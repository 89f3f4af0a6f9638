"""The screen between two people: dark all over, with whose turn it is and nothing of what anybody knows.

It is drawn from the seating, the turn's number and the clock alone. No map and no view is asked for, so that whatever
lay on the screen before leaves no pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from game.core.words import say
from game.io.seating import Chair
from game.table.beats import Bell, TableFault
from game.table.clock import MINUTE, Phase
from game.table.match import MatchFault
from game.table.places import Act as Deed
from game.table.places import Place
from game.table.players import PLAYERS
from game.ui import kit, theme
from game.ui.layout import Column, Rect, centered
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Field, Label, Panel, Picture, Widget
from game.words import Names, text

if TYPE_CHECKING:
    import pygame

    from game.core.ids import Seat
    from game.ui.app import App
    from game.ui.table import Table

MOST_CODE = 40
EXTENSION = 2 * MINUTE
#: The card's height in points: all its lines at once, whoever is next.
CARD = 380


@attrs.frozen
class Asked:
    """A code that is asked for before something is done: whose, what for, and the deed itself."""

    title: str
    why: str
    do: Callable[[str], None] = attrs.field(eq=False)


class HandoffScreen:
    """`table` is covered, or covered for the Alarm."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.sitting = table.sitting
        self.code = ""
        self.wrong = ""
        self.asked: Asked | None = None
        self.typed = ""
        self.chosen: Seat = ""
        self._now = 0
        self._app: App | None = None

    def entered(self, app: App) -> None:
        self._app = app

    # What is shown

    def widgets(self, room: Room) -> list[Widget]:
        whole = Rect(0, 0, room.width, room.height)
        out: list[Widget] = [Panel(id="ground", rect=whole, kind="ink", radius=0)]
        out += self._head(room)
        out += self._seats(room)
        if self.asked is not None:
            return out + self._dialog(room, self.asked)
        if self.chosen:
            return out + self._menu(room, self.chosen)
        return out + (self._paused(room) if self.sitting.paused else self._card(room))

    @property
    def alarm(self) -> bool:
        return self.sitting.place is Place.ALARM_COVERED

    def _seat(self, seat: Seat) -> str:
        return seat_name_of(self.table, seat)

    def _say(self, id: str, **values: object) -> str:
        return text(say(f"ui_title.{id}", **values), self.table.language)  # type: ignore[arg-type]

    def _head(self, room: Room) -> list[Widget]:
        """Clock and what the table may do with it, at the top."""
        u = room.u
        bar = Rect(u(28), u(20), room.width - u(56), u(40))
        out: list[Widget] = []
        head = self._say("hand_game", title=self.table.title, turn=self.sitting.turn, turns=self.table.turns)
        out.append(Label(id="game", rect=bar.left(u(360))[0], text=head, style="muted"))
        buttons = [
            ("leave", "log-out", "F10"),
            ("facilitate", "eye", "F8"),
            ("extend", "plus", "F7"),
            ("pause", "pause", "F6"),
        ]
        rest = bar
        for id, icon, key in buttons:
            if not self._may(id):
                continue
            cell, rest = rest.end(u(150), u(8))
            label = self._say("go_on" if id == "pause" and self.sitting.paused else f"hand_{id}")
            shown = "play" if id == "pause" and self.sitting.paused else icon
            out.append(
                Button(
                    id=id,
                    rect=cell.inset(0, u(3)),
                    text=label,
                    icon=shown,
                    key=key,
                    kind="quiet",
                    tip=self._say(f"hand_{id}_tip"),
                )
            )
        return out

    def _may(self, id: str) -> bool:
        if id == "leave":
            return self.table.house is not None
        if id == "pause":
            return self.sitting.may(Deed.UNPAUSE if self.sitting.paused else Deed.PAUSE)
        if id == "extend":
            clock = self.sitting.clock
            return clock is not None and bool(clock.length) and self.sitting.may(Deed.EXTEND)
        return self.sitting.seating.facilitator is not None and self.sitting.may(Deed.FACILITATE)

    def _card(self, room: Room) -> list[Widget]:
        u = room.u
        seat = self.sitting.next
        if not seat:
            return []
        chair = self.sitting.seating.chair(seat)
        box = self._box(room)
        column = Column(box.inset(u(44), u(20)), u(6))
        title = self._say("hand_alarm" if self.alarm else "hand_over")
        accent = theme.BAD if self.alarm else theme.AMBER
        out: list[Widget] = [Panel(id="card", rect=box, shadow=True)]
        out.append(
            Label(
                id="hand_over",
                rect=column.take(u(20), u(10)),
                text=title,
                style="caption",
                align="center",
                color=accent,
            )
        )
        plate = column.take(u(58), u(12))
        out.append(_plate(seat, centered(u(84), u(58), plate), self.alarm))
        out.append(Label(id="seat", rect=column.take(u(42)), text=self._seat(seat), style="title", align="center"))
        out.append(Label(id="who", rect=column.take(u(22)), text=self._who(chair), style="muted", align="center"))
        out += self._clock(room, column)
        out += self._entry(room, column, chair)
        return out

    def _box(self, room: Room) -> Rect:
        u = room.u
        return centered(u(500), u(CARD), Rect(0, u(62), room.width, room.height - u(62) - u(94)))

    def _who(self, chair: Chair) -> str:
        people = ", ".join(chair.people)
        id = "hand_asked" if self.alarm else "hand_next"
        return self._say(id, people=people, approver=chair.approver, turn=self.sitting.turn)

    def _clock(self, room: Room, column: Column) -> list[Widget]:
        clock = self.sitting.clock
        minutes = self.sitting.seating.minutes.get(self.sitting.next, 0)
        if self.alarm:
            line, color = self._say("clock_alarm"), theme.BAD
        elif clock is not None and clock.length:
            phase = clock.phase(self._now)
            line = self._say(f"clock_{phase.value}", left=minutes_of(clock.left(self._now)))
            color = {Phase.WARNS: theme.WARN, Phase.OVER: theme.BAD}.get(phase, theme.MUTED)
        elif minutes:
            line, color = self._say("clock_waits", n=minutes), theme.MUTED
        else:
            return []
        return [Label(id="clock", rect=column.take(room.u(22)), text=line, style="body", align="center", color=color)]

    def _entry(self, room: Room, column: Column, chair: Chair) -> list[Widget]:
        u = room.u
        out: list[Widget] = []
        column.skip(u(8))
        if chair.code:
            out.append(
                Field(
                    id="code",
                    rect=column.take(u(44), u(10)),
                    text=self.code,
                    hint=self._say("seat_code"),
                    secret=True,
                    most=MOST_CODE,
                    center=True,
                )
            )
        label = self._say("show_alarm" if self.alarm else "show_map")
        kind = "danger" if self.alarm else "primary"
        out.append(Button(id="reveal", rect=column.take(u(46), u(8)), text=label, icon="eye", kind=kind, key="Enter"))
        note = self.wrong or self._say("not_drawn")
        out.append(
            Label(
                id="note",
                rect=column.take(u(20)),
                text=note,
                style="small",
                align="left" if self.wrong else "center",
                color=theme.BAD if self.wrong else "",
                icon="triangle-alert" if self.wrong else "",
            )
        )
        return out

    def _paused(self, room: Room) -> list[Widget]:
        u = room.u
        box = self._box(room)
        box = centered(box.w, min(u(250), box.h), box)
        column = Column(box.inset(u(44), u(34)), u(8))
        return [
            Panel(id="card", rect=box, shadow=True),
            Label(
                id="paused",
                rect=column.take(u(20), u(14)),
                text=self._say("paused"),
                style="caption",
                align="center",
                color=theme.WARN,
            ),
            Label(
                id="paused.title",
                rect=column.take(u(46)),
                text=self._say("paused_title"),
                style="title",
                align="center",
            ),
            Label(
                id="paused.note",
                rect=column.take(u(24), u(18)),
                text=self._say("paused_note"),
                style="muted",
                align="center",
            ),
            Button(
                id="unpause",
                rect=column.take(u(46)),
                text=self._say("go_on"),
                icon="play",
                kind="primary",
                key="Enter",
            ),
        ]

    def _seats(self, room: Room) -> list[Widget]:
        """Every seat with its state, in the order of play, at the foot."""
        u = room.u
        order = self.sitting.seating.order
        wide = min(u(178), (room.width - u(40)) // len(order) - u(8))
        left = (room.width - len(order) * (wide + u(8)) + u(8)) // 2
        y = room.height - u(84)
        out: list[Widget] = []
        for n, seat in enumerate(order):
            state, icon = self._state(seat)
            label = self._seat(seat)
            rect = Rect(left + n * (wide + u(8)), y, wide, u(56))
            on = not self.sitting.paused or self.sitting.may(Deed.TAKE)
            out.append(
                Button(
                    id=f"seat.{seat}",
                    rect=rect,
                    text=label,
                    sub=self._say(f"state_{state}"),
                    icon=icon,
                    kind="plain" if seat == self.sitting.next else "quiet",
                    align="left",
                    on=on,
                    tip=self._say("seat_tip", seat=label),
                    value=seat,
                )
            )
        return out

    def _state(self, seat: Seat) -> tuple[str, str]:
        """A seat's state and its icon: sealed, next, to come, or a computer's."""
        chair = self.sitting.seating.chair(seat)
        if chair.player:
            return "computer", "settings-2"
        if seat == self.sitting.next:
            return ("asked", "triangle-alert") if self.alarm else ("next", "play")
        return ("sealed", "check") if seat in self.sitting.sealed else ("to_come", "clock")

    def _menu(self, room: Room, seat: Seat) -> list[Widget]:
        """What may be done with a seat."""
        u = room.u
        deeds = self._deeds(seat)
        box = centered(u(420), u(148) + u(50) * len(deeds), Rect(0, 0, room.width, room.height))
        column = Column(box.inset(u(24), u(20)), u(8))
        out = _scrim(room)
        out.append(Panel(id="menu", rect=box, layer=1, shadow=True))
        out.append(Label(id="menu.seat", rect=column.take(u(28)), text=self._seat(seat), style="heading", layer=1))
        chair = self.sitting.seating.chair(seat)
        who = self._say("menu_who", people=", ".join(chair.people), player=chair.player)
        out.append(Label(id="menu.who", rect=column.take(u(22), u(12)), text=who, style="muted", layer=1))
        for id, icon, key in deeds:
            rect = column.take(u(42))
            out.append(
                Button(
                    id=f"menu.{id}",
                    rect=rect,
                    text=self._say(f"menu_{id}"),
                    icon=icon,
                    key=key,
                    layer=1,
                    align="left",
                    tip=self._say(f"menu_{id}_tip"),
                    value=id,
                )
            )
        label = self._say("cancel")
        out.append(Button(id="menu.close", rect=column.take(u(38)), text=label, kind="quiet", key="Esc", layer=1))
        return out

    def _deeds(self, seat: Seat) -> list[tuple[str, str, str]]:
        """(deed, icon, key) that the table allows for a seat now."""
        chair = self.sitting.seating.chair(seat)
        out: list[tuple[str, str, str]] = []
        waits = not chair.player and seat not in self.sitting.sealed and seat != self.sitting.next
        if waits and self.sitting.may(Deed.CALL):
            out.append(("call", "play", "N"))
        if not chair.player and seat in self.sitting.sealed and self.sitting.may(Deed.REOPEN):
            out.append(("reopen", "undo-2", "Z"))
        if self.sitting.may(Deed.TAKE):
            if chair.player:
                out.append(("person", "users", "P"))
            names = [name for name in reversed(PLAYERS) if name != chair.player]
            out += [(name, "settings-2", str(n)) for n, name in enumerate(names, 1)]
        if self.alarm and seat == self.sitting.next and self.sitting.may(Deed.ANSWER):
            out.append(("absent", "x", "X"))
        return out

    def _dialog(self, room: Room, asked: Asked) -> list[Widget]:
        u = room.u
        box = centered(u(440), u(252), Rect(0, 0, room.width, room.height))
        column = Column(box.inset(u(28), u(22)), u(8))
        out = _scrim(room)
        out.append(Panel(id="ask", rect=box, layer=1, shadow=True))
        out.append(Label(id="ask.title", rect=column.take(u(28)), text=asked.title, style="heading", layer=1))
        out.append(Label(id="ask.why", rect=column.take(u(22), u(10)), text=asked.why, style="muted", layer=1))
        field = column.take(u(42))
        out.append(
            Field(
                id="ask.code",
                rect=field,
                text=self.typed,
                hint=self._say("code_hint_here"),
                secret=True,
                most=MOST_CODE,
                center=True,
                layer=1,
            )
        )
        line = column.take(u(20))
        if self.wrong:
            out.append(
                Label(
                    id="ask.wrong",
                    rect=line,
                    text=self.wrong,
                    style="small",
                    color=theme.BAD,
                    layer=1,
                    icon="triangle-alert",
                )
            )
        no, yes = column.take(u(42)).columns(2, u(10))
        out.append(Button(id="ask.no", rect=no, text=self._say("cancel"), kind="quiet", key="Esc", layer=1))
        label = self._say("confirm")
        out.append(Button(id="ask.yes", rect=yes, text=label, icon="check", kind="primary", key="Enter", layer=1))
        return out

    # What is done

    def act(self, act: Act, app: App) -> None:
        self._now = app.now
        if act.id == "quit":
            app.quit()
        elif self.asked is not None:
            self._asked(act, app)
        elif self.chosen:
            self._chosen(act, app)
        elif act.id.startswith("seat."):
            self.chosen, self.wrong = str(act.value), ""
        elif act.id == "code":
            self.code, self.wrong = str(act.value), ""
        elif act.id in ("reveal", "code.enter"):
            self._do(app, lambda: self.sitting.reveal(self.sitting.next, self.code, app.now))
        elif act.id == "leave":
            self._leave(app)
        elif act.id in ("pause", "unpause"):
            self._white("unpause" if self.sitting.paused else "pause", app)
        elif act.id in ("extend", "facilitate"):
            self._white(act.id, app)

    def _do(self, app: App, deed: Callable[[], object]) -> None:
        """Do it and go where the table stands then; or say in one line why not, and let the code be typed again."""
        try:
            deed()
        except MatchFault as fault:
            self.wrong = self._line(fault)
            self.code = self.typed = ""
            return
        self.asked, self.chosen, self.code, self.typed, self.wrong = None, "", "", "", ""
        if self.sitting.place not in (Place.COVERED, Place.ALARM_COVERED) or self.sitting.up:
            self.table.next(app)

    def _line(self, fault: MatchFault) -> str:
        names = Names.of(self.table.board, {})
        return text(fault.message, self.table.language, names) if isinstance(fault, TableFault) else str(fault)

    def _white(self, what: str, app: App) -> None:
        """Pause, extend and look: the facilitator's to do where there is one, with the code."""
        sitting, now = self.sitting, app.now
        deeds: dict[str, Callable[[str], object]] = {
            "pause": lambda code: sitting.pause(now, code),
            "unpause": lambda code: sitting.unpause(now, code),
            "extend": lambda code: sitting.extend(EXTENSION, code),
            "facilitate": lambda code: sitting.facilitate(code, now),
        }
        chair = sitting.seating.facilitator
        self._with_code(app, chair, self._say("ask_facilitator"), self._say(f"ask_{what}"), deeds[what])

    def _with_code(self, app: App, chair: Chair | None, title: str, why: str, deed: Callable[[str], object]) -> None:
        """Do it at once, or ask for the chair's code first if it has one."""
        if chair is None or not chair.code:
            self._do(app, lambda: deed(""))
            return
        self.chosen = ""
        self.asked = Asked(title, why, lambda code: self._do(app, lambda: deed(code)))

    def _asked(self, act: Act, app: App) -> None:
        assert self.asked is not None
        if act.id == "ask.code":
            self.typed, self.wrong = str(act.value), ""
        elif act.id in ("ask.yes", "ask.code.enter"):
            self.asked.do(self.typed)
        elif act.id == "ask.no":
            self.asked, self.typed, self.wrong = None, "", ""

    def _chosen(self, act: Act, app: App) -> None:
        seat = self.chosen
        if act.id == "menu.close":
            self.chosen = ""
        elif act.id.startswith("menu."):
            self._deed(str(act.value), seat, app)

    def _deed(self, what: str, seat: Seat, app: App) -> None:
        sitting, now = self.sitting, app.now
        chair = sitting.seating.chair(seat)
        name = self._seat(seat)
        if what == "call":
            self._do(app, lambda: sitting.call(seat, now))
        elif what == "reopen":
            title = self._say("ask_seat", seat=name)
            self._with_code(app, chair, title, self._say("ask_reopen"), lambda code: sitting.reopen(seat, code, now))
        elif what == "absent":
            owner = sitting.seating.facilitator
            title, why = self._say("ask_facilitator"), self._say("ask_absent")
            self._with_code(app, owner, title, why, lambda code: sitting.leave_unanswered(now, code))
        else:
            new = attrs.evolve(chair, player="" if what == "person" else what)
            # A computer takes a seat at once, unless somebody facilitates; who takes one back gives its code.
            owner = chair if what == "person" and chair.code else sitting.seating.facilitator
            title = self._say("ask_seat", seat=name) if owner is chair else self._say("ask_facilitator")
            self._with_code(app, owner, title, self._say("ask_take", seat=name), lambda c: sitting.take(new, now, c))

    def _leave(self, app: App) -> None:
        from game.ui.screens import screen

        if self.table.house is not None:
            self.sitting.close()
            app.go(screen("title", self.table.house))

    def tick(self, now: int) -> int | None:
        self._now = now
        if self.sitting.paused:
            return None
        bell = self.sitting.tick(now)
        if bell is Bell.EXPIRED and self._app is not None:
            self.table.next(self._app)
        clock = self.sitting.clock
        return 250 if clock is not None and clock.runs and clock.length else None


def seat_name_of(table: Table, seat: Seat) -> str:
    found = text(say(f"ui_title.seat_{seat}"), table.language)
    return seat if found.startswith("ui_title.") else found


def minutes_of(ms: int) -> str:
    """ "4:05" of a time in ms; below zero it has a sign."""
    sign, seconds = ("-" if ms < 0 else ""), (abs(ms) + 999) // 1000
    return f"{sign}{seconds // 60}:{seconds % 60:02}"


def _scrim(room: Room) -> list[Widget]:
    return [Panel(id="scrim", rect=Rect(0, 0, room.width, room.height), kind="scrim", radius=0, layer=1)]


def _plate(seat: Seat, rect: Rect, alarm: bool) -> Picture:
    """The seat's mark: its letters on a plate, the same for every seat whoever looks."""

    def paint(to: pygame.Surface, at: pygame.Rect) -> None:
        edge = theme.BAD if alarm else theme.EDGE["f"]
        kit.shadow(to, at, at.h // 9, at.h // 10, 150)
        kit.box(to, at, at.h // 9, theme.PLATE["f"] if not alarm else theme.PLATE["h"], edge, 2)
        kit.put(to, seat, at.center, "cond_bold", at.h * 6 // 10, edge if alarm else "#123F61", "center", at.h // 16)

    return Picture(id="symbol", rect=rect, key=(seat, rect, alarm), paint=paint)
