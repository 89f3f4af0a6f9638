"""After a game: the choice that its scenario tests, played both ways many times with the same luck while one waits.

The games run in processes of their own; what is there so far is shown as it grows.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from game.core.words import Message, say
from game.study import telling
from game.study.pairs import PAIRS, Choice, Told, told
from game.study.run import Run
from game.ui.layout import Rect
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Bars, Button, Label, Panel, Para, Prose, Widget
from game.words import Names, text

if TYPE_CHECKING:
    from game.ui.app import App, Screen

#: How often what has come in is told anew, in ms.
LOOK = 250


class PairsScreen:
    """`back` is the screen that it was opened from. The game is over, its scenario tests a choice, and the house
    gives the workers the rulebook."""

    def __init__(self, table: Table, back: Screen, pairs: int = PAIRS) -> None:
        self.table = table
        self.back = back
        found = Choice.of(table.setting().texts)
        assert found is not None and table.house is not None
        pact = table.sitting.whole().state.pacts[found.pact]
        self.played: int = getattr(pact, found.track)
        self.choice: Choice = found.at(self.played)
        self.run: Run | None = Run(table.house.chapters, table.scenario, self.choice, pairs)
        self.wanted = pairs
        self.told: Told | None = None
        self.problem = ""
        self.names = Names.of(table.board)

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        page = whole.inset(u(28), u(18))
        head, page = page.top(u(88), u(10))
        foot, page = page.foot(u(44))
        page = Rect(page.x, page.y, page.w, page.h - u(12))
        out: list[Widget] = [Panel(id="ground", rect=whole, kind="ink", radius=0)]
        out += self._head(head, room)
        upper, lower = page.top(page.h * 62 // 100, u(12))
        left, right = upper.left(upper.w * 37 // 100, u(12))
        middle, right = right.left(right.w * 46 // 100, u(12))
        for what, rect in zip(telling.PARTS, (left, middle, right), strict=True):
            out += self._means(what, rect, room)
        out += self._share(lower, room)
        if self.problem:
            out.append(Label(id="problem", rect=foot.left(u(230), u(16))[1], text=self.problem, tip=self.problem))
        out.append(
            Button(
                id="back",
                rect=foot.left(u(230))[0],
                text=self._say(say("ui_study.back")),
                icon="chevron-left",
                kind="primary",
                key="Esc",
            )
        )
        return out

    def _say(self, message: Message) -> str:
        return text(message, self.table.language, self.names)

    def _head(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        n = 0 if self.told is None else self.told.n
        title = self._say(say("ui_study.title", title=self.table.title))
        line = self._say(telling.heading(self.choice, self.wanted))
        done = self._say(say("ui_study.done", n=n, of=self.wanted))
        bar, x = u(200), rect.right - u(320)
        return [
            Label(id="title", rect=Rect(rect.x, rect.y, rect.w, u(40)), text=title, style="title"),
            Label(id="choice", rect=Rect(rect.x, rect.y + u(46), rect.w - u(340), u(24)), text=line, tip=line),
            Panel(id="bar.well", rect=Rect(x, rect.y + u(50), bar, u(14)), kind="well", radius=7),
            Panel(
                id="bar",
                rect=Rect(x, rect.y + u(50), max(u(14), bar * n // self.wanted), u(14)),
                kind="amber",
                radius=7,
            ),
            Label(id="done", rect=Rect(x + bar + u(12), rect.y + u(46), u(108), u(22)), text=done, style="small"),
        ]

    def _means(self, what: str, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        title, tell = telling.PARTS[what]
        paras = [Para(self._say(title), "caption")]
        if self.told is not None:
            for row in tell(self.choice, self.told, self.table.setting().lines):
                paras.append(Para(self._say(row.line), right=self._say(row.points), gap=8))
                paras.append(Para(self._say(row.counted), "small", gap=0))
        return [
            Panel(id=f"{what}.panel", rect=rect, kind="card"),
            Prose(id=what, rect=rect.inset(u(18), u(14)), paras=tuple(paras)),
        ]

    def _share(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        out: list[Widget] = [Panel(id="share.panel", rect=rect, kind="card")]
        inner = rect.inset(u(18), u(14))
        chart, words = inner.left(inner.w * 30 // 100, u(24))
        paras: list[Para] = []
        if self.told is not None:
            found = self.told
            low, high = (telling.level(self.choice, n) for n in self.choice.levels)
            alone = found.better_alone * 1_000_000 // found.n
            tied = found.equal * 1_000_000 // found.n
            same = self._say(say("ui_study.same"))
            n = (found.better_alone, found.equal, found.n - found.better_alone - found.equal)
            names = (low, same, high)
            shares = (alone, tied, 1_000_000 - alone - tied)
            bars = tuple((f"{name} {k}", ppm) for name, k, ppm in zip(names, n, shares, strict=True))
            out.append(Bars(id="shares", rect=chart, bars=bars, title=self._say(say("ui_study.better"))))
            paras.append(Para(self._say(telling.verdict(self.choice, found, self.played)), "strong"))
            judged = (telling.net(self.choice, found), *telling.share(self.choice, found))
            paras += [Para(self._say(line), gap=6) for line in (*judged, telling.force(self.choice, found))]
        paras.append(Para(self._say(say("study.stand_in")), "small", gap=10))
        out.append(Prose(id="share", rect=words, paras=tuple(paras)))
        return out

    # What is done to it

    def act(self, act: Act, app: App) -> None:
        if act.id in ("back", "quit"):
            self._close()
            if act.id == "quit":
                app.quit()
            else:
                app.go(self.back)

    def _close(self) -> None:
        if self.run is not None:
            self.run.close()
        self.run = None

    def tick(self, now: int) -> int | None:
        if self.run is None:
            return None
        try:
            found = self.run.outcomes()
        except BrokenProcessPool:
            self.problem = self._say(say("ui_study.stopped"))
            self._close()
            return None
        if found:
            self.told = told(self.choice, found)
        if self.run.over:
            self._close()
            return None
        return LOOK
