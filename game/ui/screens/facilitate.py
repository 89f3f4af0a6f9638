"""The facilitator's console: everything as it is, and what the white cell may do to it.

Before the code is given, nothing of the game is on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from game.core.events import Told
from game.core.ids import Seat
from game.core.turn import Step
from game.core.view import View
from game.table.facilitator import note
from game.table.match import Match, MatchFault
from game.table.places import Place
from game.ui.layout import Column, Rect, centered
from game.ui.paint.things import LAYERS
from game.ui.screens import facilitate_forms as forms
from game.ui.screens import facilitate_tabs as tabs
from game.ui.screens.facilitate_forms import TABS, Draft
from game.ui.screens.public import toggle_public
from game.ui.screens.replay_reading import fault_words, truth_view
from game.ui.screens.why import Why, why, why_widgets
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Field, Label, Panel, Para, Prose, Tabs, Touch, Widget
from game.words import Names, term

if TYPE_CHECKING:
    from game.ui.app import App, Screen
    from game.ui.table import Table

PANEL_POINTS, HEADER_POINTS = 446, 48
MINUTE = 60_000


class FacilitateScreen:
    def __init__(self, table: Table, back: Screen | None = None) -> None:
        self.table = table
        self.back = back
        self.code = self._given = ""
        self.notice, self.bad = "", False
        self.tab = "seats"
        self.seat: Seat = table.sitting.seating.order[0]
        self.draft = Draft()
        self.find = ""
        self.why: Why | None = None
        self.map = table.map_view()
        self.map.layers = frozenset(LAYERS) - {"graticule"}
        self.now = 0
        self._view: tuple[object, View | None] = (None, None)

    @property
    def inside(self) -> bool:
        return self.table.sitting.place is Place.FACILITATOR

    @property
    def match(self) -> Match:
        return self.table.sitting.whole()

    def view(self) -> View:
        state = self.match.state
        if self._view[0] is not state or self._view[1] is None:
            board = self.table.board
            friends = max(board.seats, key=lambda seat: sum(board.same_side(seat, other) for other in board.seats))
            self._view = (state, truth_view(state, friends))
        found = self._view[1]
        assert found is not None
        return found

    def names(self) -> Names:
        return self.table.names(self.view())

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        if not self.inside:
            return self._gate(room)
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        header, rest = whole.top(u(HEADER_POINTS))
        side = Rect(u(10), rest.y + u(10), u(PANEL_POINTS), rest.h - u(20))
        legend = Rect(whole.right - u(206), rest.y + u(10), u(196), self.map.legend_height(room))
        out: list[Widget] = [
            self.map.pane(whole, self.view(), room, (header, side)),
            *self._header(header, room),
            *self.map.toggles(legend, room),
            Panel(id="side", rect=side, shadow=True),
        ]
        column = Column(side.inset(u(16), u(8)), u(10))
        items = tuple((name, self.table.say(f"ui_replay.f_tab.{name}")) for name in TABS)
        out.append(Tabs(id="tabs", rect=column.take(u(34)), items=items, value=self.tab))
        body = column.rest
        if self.notice:
            out += self._toast(Rect(side.right + u(10), whole.bottom - u(76), u(460), u(66)), room)
        out += self._tab(body, room)
        if self.why is not None:
            out += why_widgets(self.table, self.why, room)
        return out

    def _toast(self, rect: Rect, room: Room) -> list[Widget]:
        """What came of the last act, beside the panel so that no form moves."""
        u = room.u
        mark, tone = ("triangle-alert", "#F07A6A") if self.bad else ("check", "#5FC9A6")
        paras = (Para(self.notice, "bad" if self.bad else "good", mark=mark, tone=tone),)
        rect = Rect(rect.x, rect.y, min(rect.w, room.width - rect.x - u(10)), rect.h)
        return [
            Panel(id="toast", rect=rect, kind="glass", shadow=True),
            Prose(id="notice", rect=rect.inset(u(16), u(12)), paras=paras),
        ]

    def _tab(self, rect: Rect, room: Room) -> list[Widget]:
        table = self.table
        if self.tab == "seats":
            return tabs.seats_tab(table, rect, room, self.now, self.seat)
        if self.tab == "inject":
            return tabs.inject_tab(table, self.draft, rect, room)
        match, names = self.match, self.names()
        if self.tab == "log":
            return tabs.log_tab(table, match, names, rect, self.find, room)
        if self.tab == "results":
            return tabs.results_tab(table, match, self.draft, names, rect, room)
        self.draft = forms.chosen(match.state, self.draft, names)
        return tabs.set_tab(table, match, self.draft, names, rect, room)

    def _header(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say, sitting = self.table.say, self.table.sitting
        inner = rect.inset(u(14), u(8))
        view = self.view()
        kind = term("kind", view.kind.name, self.table.language).replace("_", " ")
        when = say("ui_replay.turn_title", turn=view.turn, of=self.table.turns, kind=kind, pulse=view.pulse)
        out: list[Widget] = [
            Panel(id="header", rect=rect, kind="ink", radius=0),
            Label(
                id="title",
                rect=Rect(inner.x, inner.y - u(2), u(300), u(20)),
                text=say("ui_replay.f_title", game=self.table.title),
                style="panel",
            ),
            Label(id="when", rect=Rect(inner.x, inner.y + u(17), u(300), u(16)), text=when, style="small"),
        ]
        wide = rect.w >= u(1150)
        for id, icon, key, points, on in (
            ("leave", "log-out", "Esc", 130, True),
            ("replay", "rewind", "R", 122, self.table.save is not None),
            ("public", "eye", "F3", 128, True),
            ("extend", "clock", "E", 140, sitting.clock is not None),
            ("pause", "play" if sitting.paused else "pause", "P", 124, True),
        ):
            cell, inner = inner.end(u(points if wide else max(92, points - 30)), u(8))
            name = "unpause" if id == "pause" and sitting.paused else id
            look = "primary" if name == "unpause" else "quiet" if id == "leave" else "plain"
            words = say(f"ui_replay.f_{name}") if wide else ""
            tip = say(f"ui_replay.f_{name}.tip")
            out.append(Button(id=id, rect=cell, text=words, icon=icon, key=key, kind=look, on=on, tip=tip))
        return out

    def _gate(self, room: Room) -> list[Widget]:
        """Before the code: nothing of the game."""
        u = room.u
        say = self.table.say
        whole = Rect(0, 0, room.width, room.height)
        rect = centered(u(460), u(300), whole)
        column = Column(rect.inset(u(34), u(28)), u(12))
        nobody = self.table.sitting.seating.facilitator is None
        out: list[Widget] = [
            Panel(id="ground", rect=whole, kind="ink", radius=0),
            Panel(id="gate", rect=rect, shadow=True),
            Label(
                id="gate.title",
                rect=column.take(u(40)),
                text=say("ui_replay.f_gate"),
                style="title",
                align="center",
            ),
            Prose(
                id="gate.words",
                rect=column.take(u(44)),
                paras=(Para(say("ui_table.no_facilitator" if nobody else "ui_replay.f_gate_words"), "muted"),),
            ),
        ]
        if not nobody:
            hint = say("ui_replay.f_code")
            out.append(Field(id="code", rect=column.take(u(40)), text=self.code, hint=hint, secret=True, center=True))
        back, enter = column.take(u(40)).columns(2, u(10))
        out.append(Button(id="gate.back", rect=back, text=say("ui_replay.leave"), kind="quiet", key="Esc"))
        out.append(
            Button(
                id="gate.enter",
                rect=enter,
                text=say("ui_replay.f_enter"),
                icon="lock-open",
                kind="primary",
                key="Enter",
                on=not nobody,
            )
        )
        if self.notice:
            out.append(Label(id="notice", rect=column.take(u(20)), text=self.notice, style="bad", align="center"))
        return out

    # What it does

    def act(self, act: Act, app: App) -> None:
        self.now = app.now or self.now
        if act.id == "quit":
            app.quit()
        elif not self.inside:
            self._gate_act(act, app)
        elif self.why is not None:
            self.why = self.why.after(act)
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, app.front.room)
        elif self.map.layer_act(act):
            pass
        elif act.id == "key":
            self._key(str(act.value), app)
        elif act.id in ("leave", "replay", "public", "pause", "extend"):
            self._header_act(act.id, app)
        elif act.id.startswith("do."):
            self._do(act.id.removeprefix("do."))
        elif act.id in ("chair", "nudge", "unasked"):
            self._chair(act)
        else:
            self._edit(act)

    def _gate_act(self, act: Act, app: App) -> None:
        if act.id == "code":
            self.code, self.notice = str(act.value), ""
        elif act.id in ("gate.enter", "code.enter"):
            if self._try(lambda: self.table.sitting.facilitate(self.code, app.now)):
                self._given = self.code
            else:
                app.front.hands.focus = "code"
            self.code = ""
        elif act.id == "gate.back" or (act.id == "key" and act.value == "Esc"):
            if self.back is not None:
                app.go(self.back)
            else:
                self.table.next(app)

    def _key(self, name: str, app: App) -> None:
        if name == "F3":
            toggle_public(app, self.table)
        elif name == "Esc":
            self._header_act("leave", app)
        else:
            self.map.key(name)

    def _header_act(self, id: str, app: App) -> None:
        sitting, now = self.table.sitting, app.now
        if id == "leave":
            if self._try(lambda: sitting.leave(now)):
                self.table.next(app)
        elif id == "replay":
            from game.ui.screens.replay import ReplayScreen

            app.go(ReplayScreen(self.table, eyes="truth", back=self))
        elif id == "public":
            toggle_public(app, self.table)
        elif id == "extend":
            self._try(lambda: sitting.extend(2 * MINUTE), "f_extended")
        elif sitting.paused:
            self._try(lambda: sitting.unpause(now), "f_unpaused")
        else:
            self._try(lambda: sitting.pause(now), "f_paused")

    def _chair(self, act: Act) -> None:
        sitting = self.table.sitting
        chair = sitting.seating.chair(self.seat)
        if act.id == "chair":
            new = attrs.evolve(chair, player=str(act.value))
            self._try(lambda: sitting.take(new, self.now), "f_taken")
        elif act.id == "unasked":
            self._try(self._leave_unanswered, "f_unasked_done")
        else:
            words = self.table.say("ui_replay.f_nudge_words")
            self._try(lambda: note(self.match, words, (self.seat,)), "f_nudged")

    def _leave_unanswered(self) -> None:
        """The Alarm is at the table, not in the facilitator's place: out, say so, and in again."""
        sitting = self.table.sitting
        sitting.leave(self.now)
        try:
            sitting.leave_unanswered(self.now, self._given)
        finally:
            sitting.facilitate(self._given, self.now)

    def _edit(self, act: Act) -> None:
        head, _, rest = act.id.partition(".")
        value = act.value
        self.notice = ""
        if act.id == "tabs":
            self.tab = str(value)
        elif act.id == "seats":
            self.seat = str(value)
        elif act.id == "log.find":
            self.find = str(value)
        elif act.id == "log":
            self._open(str(value))
        elif act.id == "told.all":
            everybody = frozenset(self.table.board.seats)
            self.draft = attrs.evolve(self.draft, told=frozenset() if self.draft.told == everybody else everybody)
        elif head == "told":
            self.draft = attrs.evolve(self.draft, told=self.draft.told ^ {rest})
        elif act.id == "results":
            self._choose(str(value))
        elif act.id in ("table", "row", "field"):
            changed: dict[str, Any] = {"key" if act.id == "row" else act.id: str(value), "value": ""}
            self.draft = attrs.evolve(self.draft, **changed)
        elif act.id in ("value", "reason", "amount", "mode", "cell"):
            self.draft = attrs.evolve(self.draft, **{act.id: value})

    def _choose(self, id: str) -> None:
        """A result to take back or replace; its first count is offered to be replaced."""
        found = forms.result(self.match, id)
        first = forms.cells(found[1])[:1] if found is not None else ()
        self.draft = attrs.evolve(self.draft, event=id, cell=first[0][0] if first else ("", "", ""), amount="")

    def _open(self, id: str) -> None:
        found = forms.result(self.match, id)
        if found is None:
            return
        step, event = found
        told = Told(id, step.phase, event.rule, event.message, True, event.inputs, event.rolls, event.subject)
        self.why = why(self.table, self.view(), told, event)

    def _do(self, what: str) -> None:
        jobs: dict[str, Callable[[Match, Draft], Step]] = {
            "set": forms.do_set,
            "amend": forms.do_amend,
            "note": forms.do_note,
        }
        if self._try(lambda: jobs[what](self.match, self.draft), f"f_done_{what}"):
            self.draft = attrs.evolve(self.draft, value="", amount="", reason="", event="")

    def _try(self, job: Callable[[], object], good: str = "") -> bool:
        """Do it, and say so; or say in a line why it cannot be."""
        try:
            job()
        except MatchFault as fault:
            self.notice, self.bad = fault_words(self.table, fault), True
            return False
        self.notice, self.bad = (self.table.say(f"ui_replay.{good}") if good else ""), False
        return True

    def tick(self, now: int) -> int | None:
        self.now = now
        return self.map.tick(now) if self.inside else None
