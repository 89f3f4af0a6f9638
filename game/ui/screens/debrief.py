"""The debrief of a game that is over: one page for the table to talk over, from which every result opens and every
moment can be seen again, replayed, or branched off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from game.core.ids import Seat
from game.core.setting import Setting
from game.core.view import View
from game.report.assess import Assessment, assess
from game.report.film import TRUTH, Frame
from game.report.timeline import Reel
from game.study.pairs import Choice
from game.ui.layout import Rect
from game.ui.screens import screen
from game.ui.screens.assess import Listed, charts, question_list, score_paras, turning_list, verdict
from game.ui.screens.film_effects import effects
from game.ui.screens.film_parts import card_text, seat_name, when
from game.ui.screens.replay_reading import Reading, truth_view
from game.ui.screens.why import Why, why, why_widgets
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Label, Panel, Prose, Rows, Tabs, Touch, Widget

if TYPE_CHECKING:
    from game.ui.app import App, Screen

LAYER = 2
#: The time at which a frame's sights are held still over the map.
STILL = 0.5


@attrs.frozen(eq=False)
class Review:
    """A finished game, read whole. `reading` is there where it is kept in a file."""

    reel: Reel
    setting: Setting
    found: Assessment
    reading: Reading | None

    @staticmethod
    def of(table: Table) -> Review:
        setting = table.setting()
        reading = Reading(table) if table.save is not None else None
        match = table.sitting.whole()
        turns = (match.past, tuple(match.steps))
        kept = Reel.joined((steps[0].before, steps) for steps in turns if steps)
        reel = reading.reel if reading is not None else kept
        return Review(reel, setting, assess(reel, setting, TRUTH, table.rulebook), reading)


class DebriefScreen:
    """`seat`: whose aims are laid open; `tab`: "turning" or "questions"; `spot`: the frame shown on the map."""

    def __init__(self, table: Table) -> None:
        self.table = table
        table.sitting.whole()  # says so if the game is not over
        self.review: Review | None = None
        board = table.board
        #: Whose friends the map of the truth shows as friends: a seat of the larger side.
        self.side: Seat = max(board.seats, key=lambda one: sum(board.same_side(one, s) for s in board.seats))
        self.seat: Seat = next(iter((*table.sitting.persons, self.side)))
        self.tab = "turning"
        self.spot: Frame | None = None
        self.why: Why | None = None
        self.app: App | None = None
        self.map = table.map_view()
        self._asked = False
        self._lists: dict[str, Listed] = {}
        self._view: View | None = None
        self._truth: View | None = None

    def entered(self, app: App) -> None:
        self.app = app

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        out: list[Widget] = [Panel(id="ground", rect=whole, kind="ink", radius=0)]
        page = whole.inset(u(24), u(16))
        head, page = page.top(u(66), u(10))
        foot, page = page.foot(u(44))
        page = Rect(page.x, page.y, page.w, page.h - u(12))
        out += self._head(head, room)
        out += self._foot(foot, room)
        if self.review is None:
            rect = Rect(page.x, page.y, u(360), u(44))
            return [*out, Busy(id="busy", rect=rect, text=self.table.say("ui_screens.assessing"))]
        left, right = page.left(page.w * 38 // 100, u(12))
        out += self._scores(left, room)
        upper, lower = right.top(right.h * 42 // 100, u(12))
        out += charts(self.table, self.view, self.review.found, self.seat, upper, room)
        out += self._events(lower, room)
        if self.spot is not None:
            out += self._map(self.spot, room)
        if self.why is not None:
            out += why_widgets(self.table, self.why, room)
        return out

    @property
    def tests(self) -> bool:
        """Whether the scenario tests a choice that may be played both ways from here."""
        return self.table.house is not None and Choice.of(self.table.setting().texts) is not None

    @property
    def view(self) -> View:
        """Everything as it was at the end, which gives things their names."""
        if self._view is None:
            assert self.review is not None
            self._view = truth_view(self.review.reel.last, self.side)
        return self._view

    def _head(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        title = say("ui_screens.debrief", title=self.table.title)
        words = verdict(self.table, self.review.found) if self.review is not None else ""
        return [
            Label(id="title", rect=Rect(rect.x, rect.y, rect.w, u(40)), text=title, style="title"),
            Label(
                id="verdict", rect=Rect(rect.x, rect.y + u(42), rect.w, u(22)), text=words, style="muted", tip=words
            ),
        ]

    def _scores(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        assert self.review is not None
        inner = rect.inset(u(18), u(12))
        tabs, inner = inner.top(u(32), u(10))
        seats = tuple((s.seat, seat_name(self.table, s.seat)) for s in self.review.found.seats)
        shorts = tuple((s, self.table.say(f"ui_screens.short.{s}")) for s, _ in seats) if len(seats) > 3 else seats
        score = next(s for s in self.review.found.seats if s.seat == self.seat)
        victory = self.review.setting.texts["seats"].get(self.seat, {}).get("victory", "")
        ask, inner = inner.foot(u(36))
        inner = Rect(inner.x, inner.y, inner.w, inner.h - u(8))
        return [
            Panel(id="scores", rect=rect, kind="card"),
            Tabs(id="seat", rect=tabs, items=shorts, value=self.seat),
            Prose(id="lines", rect=inner, paras=score_paras(self.table, self.view, score, str(victory))),
            Button(
                id="score.why",
                rect=ask.left(u(220))[0],
                text=self.table.say("ui_screens.score_why"),
                icon="circle-question-mark",
                key="W",
                on=self._scored() is not None,
            ),
        ]

    def _scored(self) -> Frame | None:
        """The event that scored the seat at the end."""
        assert self.review is not None
        found = [f for f in self.review.reel.frames(TRUTH) if f.told is not None and f.event is not None]
        about = [f for f in found if f.event is not None and (f.event.rule, f.event.subject) == ("A1", self.seat)]
        return about[-1] if about else None

    def _events(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        inner = rect.inset(u(18), u(10))
        tabs, inner = inner.top(u(32), u(8))
        items = (("turning", say("ui_screens.turning")), ("questions", say("ui_screens.questions")))
        listed = self.listed
        return [
            Panel(id="events", rect=rect, kind="card"),
            Tabs(id="tab", rect=tabs, items=items, value=self.tab),
            Rows(id=self.tab, rect=inner, items=listed.items, height=44, empty=say(f"ui_screens.{self.tab}.none")),
        ]

    @property
    def listed(self) -> Listed:
        if self.tab not in self._lists:
            assert self.review is not None
            found = self.review.found
            self._lists[self.tab] = (
                turning_list(self.table, self.view, found.turning)
                if self.tab == "turning"
                else question_list(self.table, self.view, found.questions)
            )
        return self._lists[self.tab]

    def _foot(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        kept = self.table.save is not None
        tips = {"pairs": say("study.no_choice")}
        tip = "" if kept else say("ui_screens.not_kept")
        out: list[Widget] = []
        for id, icon, key, x, wide, kind, on in (
            ("leave", "log-out", "Esc", rect.x, 170, "quiet", True),
            ("pairs", "chart-line", "P", rect.right - u(190 + 10 + 190 + 10 + 270), 270, "plain", self.tests),
            ("branch", "undo-2", "G", rect.right - u(190 + 10 + 190), 190, "plain", kept),
            ("replay", "play", "R", rect.right - u(190), 190, "primary", kept),
        ):
            words = say(f"ui_screens.debrief.{id}")
            cell = Rect(x, rect.y, u(wide), rect.h)
            out.append(
                Button(
                    id=id,
                    rect=cell,
                    text=words,
                    icon=icon,
                    key=key,
                    kind=kind,
                    on=on,
                    tip="" if on else tips.get(id, tip),
                )
            )
        return out

    def _map(self, frame: Frame, room: Room) -> list[Widget]:
        """The moment of a frame, as it was, over the page."""
        u = room.u
        say = self.table.say
        whole = Rect(0, 0, room.width, room.height)
        rect = whole.inset(u(48), u(36))
        view = self._truth or self.view
        text = card_text(self.table, view, frame, rect.w - u(420), room)
        tall = max(u(64), text.rect.h + u(36))
        foot, sheet = rect.inset(u(1)).foot(tall)
        pane = attrs.evolve(self.map.pane(sheet, view, room), layer=LAYER)
        x = foot.x + u(18)
        return [
            Panel(id="spot.scrim", rect=whole, kind="scrim", radius=0, layer=LAYER),
            Panel(id="spot.panel", rect=rect, radius=0, shadow=True, layer=LAYER),
            pane,
            Label(
                id="spot.when",
                rect=Rect(x, foot.y + u(8), u(300), u(18)),
                text=when(self.table, frame),
                style="caption",
                layer=LAYER,
            ),
            attrs.evolve(text, id="spot.text", rect=Rect(x, foot.y + u(26), text.rect.w, text.rect.h), layer=LAYER),
            Button(
                id="spot.why",
                rect=Rect(rect.right - u(374), foot.y + (tall - u(40)) // 2, u(170), u(40)),
                text=say("ui_screens.why"),
                icon="circle-question-mark",
                key="W",
                layer=LAYER,
            ),
            Button(
                id="spot.close",
                rect=Rect(rect.right - u(188), foot.y + (tall - u(40)) // 2, u(170), u(40)),
                text=say("ui_screens.close"),
                key="Esc",
                kind="primary",
                layer=LAYER,
            ),
        ]

    # What is done to it

    def act(self, act: Act, app: App) -> None:
        self.app = app
        if self.why is not None and act.id.startswith("why."):
            self.why = self.why.after(act)
        elif act.id == "quit":
            app.quit()
        elif act.id == "seat":
            self.seat = act.value
        elif act.id == "tab":
            self.tab = act.value
        elif act.id == self.tab:
            self._row(act.value)
        elif act.id == "score.why":
            self._open(self._scored())
        elif act.id == "spot.why":
            self._open(self.spot)
        elif act.id == "spot.close":
            self.spot, self.map.effects = None, ()
        elif act.id == "spot.text" and isinstance(act.value, tuple):
            self.map.fly_to((act.value[2],))
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, app.front.room)
        elif act.id == "key" and self.spot is not None:
            self.map.key(str(act.value))
        elif act.id == "pairs":
            app.go(screen("pairs", self.table, self))
        elif act.id in ("replay", "branch", "leave"):
            self._leave(act.id, app)

    def _row(self, value: object) -> None:
        """A row chosen, or one of its own buttons: ("why", n)."""
        what, n = value if isinstance(value, tuple) else ("show", value)
        if not isinstance(n, int):
            return
        frame = self.listed.frames[n]
        if what == "why" or not frame.places:
            self._open(frame)
        else:
            self._show(frame)

    def _open(self, frame: Frame | None) -> None:
        if frame is not None and frame.told is not None:
            self.why = why(self.table, self.view, frame.told, frame.event)

    def _show(self, frame: Frame) -> None:
        assert self.review is not None
        reel = self.review.reel
        state = next(m.state for m, told in zip(reel.moments, reel.film(TRUTH), strict=True) if frame in told)
        self.spot, self._truth = frame, truth_view(state, self.side)
        self.map.effects = effects(frame, self._truth, STILL)
        self.map.fly_to(frame.places[:4])

    def _leave(self, where: str, app: App) -> None:
        to: Screen
        if where == "leave":
            if self.table.house is None:
                app.quit()
                return
            to = screen("title", self.table.house)
        elif where == "branch" and self.review is not None and self.review.reading is not None:
            from game.ui.screens.replay_branch import BranchScreen

            turn = self.spot.turn if self.spot is not None else 1
            to = BranchScreen(self.review.reading, turn, self.seat, self)
        elif where == "replay" and self.review is not None and self.review.reading is not None:
            to = screen("replay", self.table, reading=self.review.reading, back=self)
        else:
            return
        app.go(to)

    def tick(self, now: int) -> int | None:
        if self.review is None:
            self._read()
            return 60
        return self.map.tick(now) if self.spot is not None else None

    def _read(self) -> None:
        """Read the game beside the window, where there is one."""
        if self._asked:
            return
        self._asked = True
        if self.app is None:
            self._have(Review.of(self.table))
        else:
            self.app.work(lambda: Review.of(self.table), self._have)

    def _have(self, review: Review) -> None:
        self.review = review


__all__ = ["DebriefScreen", "Review"]
