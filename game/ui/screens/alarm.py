"""The Alarm: thirty seconds, what this screen holds of the launch, and what may be answered. Nothing else.

Below the level at which tracks are passed there is little to answer, and the screen shows no more than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from game.core.ids import date as date_of
from game.core.rulebook import Question
from game.core.view import View
from game.core.words import Value
from game.table.beats import Bell
from game.table.match import MatchFault
from game.table.places import Place
from game.ui import parts, theme
from game.ui.layout import Column, Rect, centered
from game.ui.paint.things import Effect
from game.ui.screens.film_effects import affinity, position
from game.ui.screens.film_parts import capital, seat_name
from game.ui.screens.plan_words import Words
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Choice, Label, Panel, Para, Prose, Touch, Widget
from game.words import Token, marked, tokens
from game.words.load import sentence

if TYPE_CHECKING:
    from game.ui.app import App

BAND_POINTS = 92
#: Of the panel, apart from what it tells and asks.
FIXED_POINTS = 100
PANEL_POINTS = 452
ROW_POINTS, FIELD_POINTS = 44, 24
#: More values than this, and a field becomes a list that drops down.
MOST_BUTTONS = 6
TICK_MS = 50
#: The sights over the map run through in this time, again and again.
LOOP_MS = 2600
#: How long it stands on the screen that time has run out.
GONE_MS = 6000
LAST_SECONDS = 10


class AlarmScreen:
    """`choice` is what would be answered now: at first the template's own first values."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.question: Question | None = table.sitting.question()
        self.view: View | None = table.sitting.view()
        self.map = table.map_view()
        self.choice: dict[str, Value] = {name: domain[0] for name, domain in self.question.template.domains}
        self.notice = ""
        self.app: App | None = None
        self._now = -1
        self._gone_at = -1
        self._places = _places(self.question, table)
        self.map.fly_to(self._places)

    def entered(self, app: App) -> None:
        self.app = app
        self._now = app.now

    @property
    def left(self) -> int:
        """Milliseconds left."""
        clock = self.table.sitting.clock
        return max(0, clock.left(max(0, self._now))) if clock is not None else 0

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        if self.question is None or self.view is None or self.table.sitting.place is not Place.ALARM:
            return self._gone(room)
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        band, rest = whole.top(u(BAND_POINTS))
        panel = self._panel_rect(rest, room)
        self.map.effects = self._effects()
        out: list[Widget] = [self.map.pane(whole, self.view, room, (band, panel))]
        out += self._band(band, room)
        out += self._panel(panel, room)
        return out

    def _band(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        assert self.question is not None and self.view is not None
        seconds = (self.left + 999) // 1000
        bar = rect.foot(u(8))[0]
        part = bar.w * self.left // max(1, self.question.seconds * 1000)
        inner = rect.inset(u(24), 0)
        tone = theme.TEXT if seconds > LAST_SECONDS else "#FFD0C8"
        date = date_of(self.view.turn, self.view.pulse)
        who = seat_name(self.table, self.question.seat)
        out: list[Widget] = [
            Panel(id="band", rect=rect, kind="alarm", radius=0),
            Label(
                id="band.title",
                rect=Rect(inner.x, rect.y + u(12), u(420), u(42)),
                text=say("ui_screens.alarm"),
                style="title",
                icon="triangle-alert",
            ),
            Label(
                id="band.sub",
                rect=Rect(inner.x, rect.y + u(54), inner.w - u(340), u(20)),
                text=say("ui_screens.alarm.sub", seat=who, date=date),
                style="body",
                color="#FBD9D3",
            ),
            Label(
                id="seconds",
                rect=Rect(inner.right - u(330), rect.y + u(8), u(240), u(66)),
                text=str(seconds),
                style="countdown",
                align="right",
                color=tone,
                tip=say("ui_screens.alarm.seconds", n=seconds),
            ),
            Label(
                id="seconds.word",
                rect=Rect(inner.right - u(80), rect.y + u(38), u(80), u(24)),
                text=say("ui_screens.alarm.left"),
                style="body",
                color="#FBD9D3",
            ),
            Panel(id="bar", rect=bar, kind="alarm_well", radius=0),
            Panel(id="bar.left", rect=Rect(bar.x, bar.y, part, bar.h), kind="alarm_bar", radius=0),
        ]
        return out

    def _fields(self) -> tuple[tuple[str, tuple[Value, ...]], ...]:
        """The fields with something to choose."""
        assert self.question is not None
        return tuple((name, domain) for name, domain in self.question.template.domains if len(domain) > 1)

    def _listed(self, room: int) -> frozenset[str]:
        """Fields that drop down, so that the rest finds room: the longest first."""
        fields = dict(self._fields())
        listed = {name for name, domain in fields.items() if len(domain) > MOST_BUTTONS}

        def rows() -> int:
            return sum(1 if name in listed else (len(domain) + 1) // 2 for name, domain in fields.items())

        while rows() * ROW_POINTS + len(fields) * FIELD_POINTS > room:
            plain = [name for name in fields if name not in listed and len(fields[name]) > 2]
            if not plain:
                break
            listed.add(max(plain, key=lambda name: len(fields[name])))
        return frozenset(listed)

    def _told(self, wide: int, room: Room) -> Prose:
        assert self.question is not None and self.view is not None
        names = self.table.names(self.view)

        def spell(token: Token) -> str:
            return names.token(token.kind, token.id, self.table.language)

        paras = (
            Para(self.table.say("ui_screens.alarm.holds"), "caption"),
            Para(marked(self.question.about, self.table.language), "quote", gap=6),
        )
        prose = Prose(id="about", rect=Rect(0, 0, wide, 0), paras=paras, spell=spell, names=self.question.seat)
        return attrs.evolve(prose, rect=Rect(0, 0, wide, parts.prose_height(paras, wide, room, prose) + room.u(2)))

    def _panel_rect(self, rest: Rect, room: Room) -> Rect:
        u = room.u
        told = self._told(u(PANEL_POINTS - 40), room).rect.h
        most = rest.h - u(24)
        listed = self._listed(round((most - told) / room.scale) - FIXED_POINTS)
        rows = sum(1 if name in listed else (len(domain) + 1) // 2 for name, domain in self._fields())
        tall = told + u(FIXED_POINTS + rows * ROW_POINTS + len(self._fields()) * FIELD_POINTS)
        return Rect(rest.right - u(PANEL_POINTS + 12), rest.y + u(12), u(PANEL_POINTS), min(most, tall))

    def _panel(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        assert self.question is not None and self.view is not None
        words = Words(self.table.names(self.view), self.table.language)
        told = self._told(u(PANEL_POINTS - 40), room)
        column = Column(rect.inset(u(20), u(16)), u(6))
        out: list[Widget] = [
            Panel(id="panel", rect=rect, kind="panel", radius=10, shadow=True),
            attrs.evolve(told, rect=column.take(told.rect.h, u(10))),
        ]
        listed = self._listed(round((rect.h - told.rect.h) / room.scale) - FIXED_POINTS + 2)
        verb = self.question.template.order.VERB
        key = 0
        for name, domain in self._fields():
            out.append(
                Label(
                    id=f"field.{name}",
                    rect=column.take(u(FIELD_POINTS - 6)),
                    text=self._field(words, verb, name).upper(),
                    style="caption",
                )
            )
            if name in listed:
                items = tuple((value, words.value(name, value)) for value in domain)
                row = column.take(u(ROW_POINTS - 6))
                out.append(Choice(id=f"choice.{name}", rect=row, items=items, value=self.choice[name]))
                continue
            for start in range(0, len(domain), 2):
                cells = column.take(u(ROW_POINTS - 6)).columns(2, u(8))
                for cell, (n, value) in zip(cells, list(enumerate(domain))[start : start + 2], strict=False):
                    key += 1
                    chosen = self.choice[name] == value
                    out.append(
                        Button(
                            id=f"choice.{name}.{n}",
                            rect=cell,
                            text=capital(words.value(name, value)),
                            kind="primary" if chosen else "plain",
                            icon="check" if chosen else "",
                            key=str(key) if key <= 9 else "",
                            align="left",
                            value=(name, value),
                        )
                    )
        foot = rect.inset(u(20), u(16)).foot(u(44))[0]
        out.append(
            Button(id="answer", rect=foot, text=self.table.say("ui_screens.answer"), kind="primary", key="Enter")
        )
        if self.notice:
            out.append(
                Label(
                    id="notice",
                    rect=Rect(foot.x, foot.y - u(22), foot.w, u(18)),
                    text=self.notice,
                    style="small",
                    color=theme.BAD,
                    tip=self.notice,
                )
            )
        return out

    def _field(self, words: Words, verb: str, name: str) -> str:
        """What is asked: as the Alarm says it, else as any form does."""
        id = f"ui_screens.field.{verb}.{name}"
        return self.table.say(id) if sentence(id, self.table.language) else words.field(verb, name)

    def _effects(self) -> tuple[Effect, ...]:
        """Only what the words tell: a launch somewhere, or missiles from there to here."""
        assert self.view is not None and self.question is not None
        if not self._places:
            return ()
        t = (max(0, self._now) % LOOP_MS) / LOOP_MS
        origin = self._places[0]
        found = [Effect("pulse", position(self.view, origin), t, affinity="h")]
        if len(self._places) > 1:
            n = self.question.about.as_dict().get("missiles", 0)
            many = min(24, n) if isinstance(n, int) and n > 0 else 1
            end = position(self.view, self._places[1])
            whose = affinity(self.view, origin)
            found.append(Effect("raid", end, 0.1 + 0.75 * t, position(self.view, origin), many, whose))
        return tuple(found)

    def _gone(self, room: Room) -> list[Widget]:
        """Time has run out: the screen is covered again."""
        u = room.u
        say = self.table.say
        whole = Rect(0, 0, room.width, room.height)
        rect = centered(u(520), u(232), whole)
        column = Column(rect.inset(u(32), u(28)), u(10))
        return [
            Panel(id="ground", rect=whole, kind="ink", radius=0),
            Panel(id="gone.panel", rect=rect, kind="panel", radius=10, shadow=True),
            Label(
                id="gone.title",
                rect=column.take(u(34)),
                text=say("ui_screens.gone"),
                style="heading",
                icon="clock",
                color=theme.WARN,
            ),
            Prose(id="gone.text", rect=column.take(u(72)), paras=(Para(say("ui_screens.gone.text")),)),
            Button(id="on", rect=column.take(u(42)), text=say("ui_screens.on"), kind="primary", key="Enter"),
        ]

    # What is done to it

    def act(self, act: Act, app: App) -> None:
        self.app = app
        if act.id == "quit":
            app.quit()
        elif act.id == "on":
            self.table.next(app)
        elif act.id == "answer":
            self._answer(app)
        elif act.id.startswith("choice."):
            name, value = act.value if isinstance(act.value, tuple) else (act.id.removeprefix("choice."), act.value)
            self.choice[name] = value
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, app.front.room)
        elif act.id == "about" and isinstance(act.value, tuple):
            self.map.fly_to((act.value[2],))
        elif act.id == "key":
            self.map.key(str(act.value))

    def _answer(self, app: App) -> None:
        if self.question is None:
            return
        order = self.question.template.fill(**self.choice)
        try:
            taken = self.table.sitting.answer(order, app.now)
        except MatchFault as fault:
            self.notice = str(fault)
            return
        if taken is None:
            self._over()
        else:
            self.table.next(app)

    def _over(self) -> None:
        """Nothing that the seat held stays on the screen."""
        self.question = self.view = None
        self.map.effects = ()
        self._gone_at = self._now

    def tick(self, now: int) -> int | None:
        self._now = now
        if self.question is None:
            if self.app is not None and now - self._gone_at >= GONE_MS:
                self._gone_at = now
                self.table.next(self.app)
            return GONE_MS
        if self.table.sitting.tick(now) is Bell.EXPIRED:
            self._over()
            return TICK_MS
        moving = self.map.tick(now)
        return min(TICK_MS, moving) if moving is not None else TICK_MS


def _places(question: Question, table: Table) -> tuple[str, ...]:
    """The places that the words name, in their order."""
    named = (part for part in tokens(marked(question.about, table.language)) if isinstance(part, Token))
    return tuple(dict.fromkeys(t.id for t in named if t.kind in "px" and t.id in table.board.theatre.sites))
