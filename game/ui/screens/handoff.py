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
from game.ui import theme
from game.ui.layout import Column, Rect, centered
from game.ui.screens.handoff_ask import MOST_CODE, Asked, dialog, menu
from game.ui.screens.handoff_parts import paused_card, plate, seat_strip
from game.ui.screens.public import toggle_public
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Field, Label, Panel, Widget
from game.words import Names, text

if TYPE_CHECKING:
    from game.core.ids import Seat
    from game.ui.app import App
    from game.ui.table import Table

EXTENSION = 2 * MINUTE
#: The card's height in points: all its lines at once, whoever is next.
CARD = 408


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
        out += seat_strip(room, self.sitting, self._seat, self.table.language)
        if self.asked is not None:
            return out + dialog(room, self.asked, self.typed, self.wrong, self.table.language)
        if self.chosen:
            return out + menu(room, self.sitting, self.chosen, self._seat(self.chosen), self.table.language)
        if self.sitting.paused:
            return out + paused_card(room, self._box(room), self.wrong, self.table.language)
        return out + self._card(room)

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
            ("public", "users", "F3"),
            ("facilitate", "eye", "F8"),
            ("extend", "plus", "F7"),
            ("pause", "pause", "F6"),
        ]
        rest = bar
        for id, icon, key in buttons:
            if not self._may(id):
                continue
            wide = bar.w >= u(1160)
            cell, rest = rest.end(u(148 if wide else 92), u(8))
            label = "" if not wide else self._say("go_on" if id == "pause" and self.sitting.paused else f"hand_{id}")
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
        if id == "public":
            return True
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
        strip = column.take(u(58), u(12))
        out.append(plate(seat, centered(u(84), u(58), strip), self.alarm))
        out.append(Label(id="seat", rect=column.take(u(42)), text=self._seat(seat), style="title", align="center"))
        out.append(Label(id="who", rect=column.take(u(22)), text=self._who(chair), style="muted", align="center"))
        out += self._clock(room, column)
        out += self._talk(room, column)
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

    def _talk(self, room: Room, column: Column) -> list[Widget]:
        """Who talks at the table against a clock: all may see it."""
        for two in self.sitting.talking(self._now):
            one, other = (self._seat(s) for s in two.seats)
            line = self.table.say("ui_replay.talk_pair", one=one, other=other, left=minutes_of(two.left))
            at = column.take(room.u(22))
            return [Label(id="talking", rect=at, text=line, style="body", align="center", color=theme.AMBER)]
        return []

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
        elif act.id == "public":
            toggle_public(app, self.table)
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
            self.chosen = ""
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
        counts = clock is not None and clock.runs and bool(clock.length)
        return 250 if counts or self.sitting.talking(now) else None


def seat_name_of(table: Table, seat: Seat) -> str:
    found = text(say(f"ui_title.seat_{seat}"), table.language)
    return seat if found.startswith("ui_title.") else found


def minutes_of(ms: int) -> str:
    """ "4:05" of a time in ms; below zero it has a sign."""
    sign, seconds = ("-" if ms < 0 else ""), (abs(ms) + 999) // 1000
    return f"{sign}{seconds // 60}:{seconds % 60:02}"
