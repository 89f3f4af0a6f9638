"""First Watch as a guided game: a bet, one raid seen at two levels of sharing with the same luck, then three turns
with a coach beside the screen.

The opening is no picture book: it plays the scenario's first day twice from one seed, the second time with the pact's
sensing at its highest, and shows what the seat was told both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from game.core.view import View, view
from game.io.seating import Chair, Seating
from game.report.film import Frame, frames
from game.table.hotseat import player_of
from game.table.match import Match
from game.ui.layout import Column, Rect, centered
from game.ui.screens.film_effects import effects
from game.ui.theme import AMBER, BAD, GOOD, LINK, Room
from game.ui.widgets import Act, Bars, Button, Label, Pane, Panel, Para, Prose, Widget
from game.words import text
from game.words.names import Names

if TYPE_CHECKING:
    from game.ui.app import App, Screen
    from game.ui.house import House
    from game.ui.mapview import MapView
    from game.ui.table import Table

SCENARIO, SEAT, PACT = "first_watch", "JP", "JP-KR"
#: The phase that the two screens are compared at, and the places that both show.
LAUNCH, SHOWN = "missile_defense.launch", ("PWON", "KSEJ", "JIWA", "JHAK")
#: How long the launch passes over the map, ms, and how many times.
PASS_MS, PASSES = 3200, 4
LEVELS = (1, 4)
#: What one may bet: how many fewer get through.
BETS = (0, 1, 2, 3, 4, 5)


@attrs.frozen
class Told:
    """One day as the seat lived it: what its screen held when the launch was told, the frames it was told, how many
    got through, the odds' rows."""

    level: int
    screen: View = attrs.field(eq=False, repr=False)
    frames: tuple[Frame, ...]
    names: Names
    leakers: int
    bars: tuple[tuple[str, int], ...]
    drawn: str
    mean_hundredths: int


def day(house: House, level: int, seed: int) -> Told:
    """The scenario's first day at a sensing level: computer staffs plan, and luck is named by the seed alone."""
    setting, state, rules = house.read(SCENARIO)
    pact = attrs.evolve(state.pacts[PACT], sensing=level)
    state = attrs.evolve(state, pacts={**state.pacts, PACT: pact})
    players = {
        seat: player for seat in setting.board.seats if (player := player_of(setting, seat, "doctrine")) is not None
    }
    match = Match(state, rules, seed, players)
    match.play_turn()
    told = frames(match.steps, SEAT)
    raid = max(
        (f for f in told if f.told and f.told.rolls and f.kind == "raid"), key=lambda f: f.weight, default=None
    )
    roll = raid.told.rolls[0] if raid is not None and raid.told is not None else None
    bars = roll.odds if roll is not None else ()
    whole = sum(ppm for _, ppm in bars) or 1
    mean = sum(int(label) * ppm * 100 for label, ppm in bars if label.isdigit()) // whole
    drawn = roll.result if roll is not None else "0"
    names = Names.of(setting.board, view(match.state, SEAT).counters)
    launch = next(step for step in match.steps if step.phase == LAUNCH)
    return Told(level, view(launch.after, SEAT), told, names, int(drawn) if drawn.isdigit() else 0, bars, drawn, mean)


class TutorialScreen:
    """Welcome and bet, the two days, then the game. `house` begins it."""

    def __init__(self, house: House, seed: int | None = None) -> None:
        from game.ui.house import new_seed

        self.house = house
        self.seed = new_seed() if seed is None else seed
        self.bet: int | None = None
        self.days: tuple[Told, ...] = ()
        self.working = False
        self.starting = False
        self.maps: tuple[MapView, ...] = ()
        self._since = self._now = 0

    def _say(self, id: str, **values: int | str) -> str:
        from game.core.words import say

        return text(say(f"ui_tutorial.{id}", **values), self.house.language)

    def widgets(self, room: Room) -> list[Widget]:
        ground = Panel(id="ground", rect=Rect(0, 0, room.width, room.height), kind="ink", radius=0)
        return [ground, *(self._two_days(room) if self.days else self._welcome(room))]

    def _welcome(self, room: Room) -> list[Widget]:
        u = room.u
        box = centered(u(760), u(560), Rect(0, 0, room.width, room.height))
        column = Column(box, u(14))
        out: list[Widget] = [
            Label(id="step", rect=column.take(u(18)), text=self._say("step_bet"), style="caption", color=AMBER),
            Label(id="title", rect=column.take(u(44)), text=self._say("title"), style="title"),
        ]
        paras = (Para(self._say("welcome"), "body"), Para(self._say("question"), "strong", gap=12))
        out.append(Prose(id="text", rect=column.take(u(200)), paras=paras))
        out.append(Label(id="ask", rect=column.take(u(24)), text=self._say("ask"), style="panel"))
        for rect, bet in zip(column.take(u(64)).columns(len(BETS), u(10)), BETS, strict=True):
            words = self._say("bet_none") if not bet else self._say("bet", n=bet)
            kind = "primary" if bet == self.bet else "plain"
            out.append(Button(id=f"bet.{bet}", rect=rect, text=words, key=str(bet), kind=kind))
        row = column.take(u(42))
        back, _ = row.left(u(140))
        go, _ = row.end(u(280))
        out.append(Button(id="back", rect=back, text=self._say("back"), icon="chevron-left", kind="quiet", key="Esc"))
        words = self._say("working") if self.working else self._say("show")
        out.append(
            Button(
                id="show",
                rect=go,
                text=words,
                icon="radar",
                kind="primary",
                key="Enter",
                on=self.bet is not None and not self.working,
                tip=self._say("bet_first") if self.bet is None else "",
            )
        )
        return out

    def _two_days(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height).inset(u(48), u(30))
        column = Column(whole, u(10))
        out: list[Widget] = [
            Label(id="step", rect=column.take(u(18)), text=self._say("step_days"), style="caption", color=AMBER),
            Label(id="title", rect=column.take(u(40)), text=self._say("same_luck"), style="title"),
        ]
        foot, rest = column.rest.foot(u(112), u(12))
        for told, rect in zip(self.days, rest.columns(2, u(20)), strict=True):
            out += self._one_day(told, rect, room)
        out += self._verdict(foot, room)
        return out

    def _one_day(self, told: Told, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        id = f"day.{told.level}"
        out: list[Widget] = [Panel(id=id, rect=rect, shadow=True)]
        column = Column(rect.inset(u(18), u(14)), u(8))
        out.append(
            Label(id=f"{id}.level", rect=column.take(u(24)), text=self._say(f"level_{told.level}"), style="heading")
        )
        big = self._say("through", n=told.leakers)
        tone = BAD if told.leakers else GOOD
        out.append(Label(id=f"{id}.through", rect=column.take(u(38)), text=big, style="title", color=tone))
        row, rest = column.rest.top(max(u(120), column.rest.h - u(104)), u(10))
        plan, chart = row.left(row.w * 11 // 20, u(16))
        out.append(self._map(told, plan, room))
        paras = tuple(
            Para(text(f.message, self.house.language, told.names), mark=_mark(f), tone=LINK, gap=8)
            for f in told.frames
            if f.kind in ("raid", "hit", "network") and f.weight >= 12
        )
        out.append(Prose(id=f"{id}.told", rect=rest, paras=paras))
        mean = self._say("mean", whole=told.mean_hundredths // 100, hundredths=f"{told.mean_hundredths % 100:02}")
        if told.bars:
            out.append(
                Bars(
                    id=f"{id}.odds",
                    rect=chart,
                    bars=told.bars,
                    title=self._say("odds"),
                    note=mean,
                    marked=told.drawn,
                )
            )
        else:
            out.append(Label(id=f"{id}.odds", rect=chart, text=self._say("no_odds"), style="small"))
        return out

    def _map(self, told: Told, rect: Rect, room: Room) -> Widget:
        """What the seat's screen held when it learned of the launch."""
        shown = self.maps[self.days.index(told)]
        launch = next((f for f in told.frames if f.phase == LAUNCH), None)
        t = max(0, self._now - self._since) % PASS_MS / PASS_MS
        shown.effects = effects(launch, told.screen, t) if launch is not None and self._passing else ()
        shown.id = f"map.{told.level}"
        pane = shown.pane(rect, told.screen, room)
        return attrs.evolve(pane, tip="")

    @property
    def _passing(self) -> bool:
        return bool(self.days) and self._now - self._since < PASS_MS * PASSES

    def _verdict(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        low, high = self.days
        fewer = low.leakers - high.leakers
        words = self._say("verdict", fewer=fewer, bet=self.bet or 0) if fewer > 0 else self._say("verdict_none")
        out: list[Widget] = [Panel(id="verdict.ground", rect=rect, kind="card")]
        inner = rect.inset(u(18), u(12))
        go, left = inner.end(u(280), u(20))
        out.append(Prose(id="verdict", rect=left, paras=(Para(words, "strong"), Para(self._say("caution"), "muted"))))
        top, bottom = go.top(u(40), u(8))
        play, on = self._say("starting" if self.starting else "play"), not self.starting
        out.append(Button(id="play", rect=top, text=play, icon="play", kind="primary", key="Enter", on=on))
        again = self._say("again")
        out.append(Button(id="again", rect=bottom, text=again, icon="rewind", kind="quiet", key="R", on=on))
        return out

    def act(self, act: Act, app: App) -> None:
        if act.id.startswith("bet."):
            self.bet = int(act.id.removeprefix("bet."))
        elif act.id == "show" and self.bet is not None:
            self.working = True
            app.work(self._played, self._shown)
        elif act.id == "again":
            from game.ui.house import new_seed

            self.seed, self.days, self.working = new_seed(), (), False
        elif act.id == "play":
            self.starting = True
            app.work(lambda: begin(self.house, self.seed), lambda table: table.next(app))
        elif act.id == "back":
            from game.ui.screens import screen

            app.go(screen("title", self.house))
        elif act.id == "quit":
            app.quit()

    def _played(self) -> tuple[tuple[Told, ...], tuple[MapView, ...]]:
        """Both days and a map for each, beside the window."""
        days = tuple(day(self.house, level, self.seed) for level in LEVELS)
        chairs = tuple(Chair(seat, "doctrine") for seat in days[0].screen.board.seats)
        table = self.house.begin(SCENARIO, Seating(chairs), self.seed, None)
        table.read_ahead()
        return days, tuple(table.map_view() for _ in days)

    def _shown(self, played: tuple[tuple[Told, ...], tuple[MapView, ...]]) -> None:
        self.days, self.maps = played
        for shown in self.maps:
            shown.layers -= {"lanes", "zones"}
            shown.jump_to(SHOWN)
        self.working, self._since = False, self._now

    def tick(self, now: int) -> int | None:
        self._now = now
        for shown in self.maps:
            shown.tick(now)
        return 60 if self.working else 33 if self._passing else None


def _mark(frame: Frame) -> str:
    return {"raid": "rocket", "hit": "flame", "network": "satellite-dish"}.get(frame.kind, "info").replace(
        "flame", "zap"
    )


def begin(house: House, seed: int) -> Table:
    """First Watch with one person as Japan, and a coach."""
    from game.io.recent import new_save

    setting, _, _ = house.read(SCENARIO)
    chairs = tuple(Chair(seat, "" if seat == SEAT else "doctrine") for seat in setting.board.seats)
    table = house.begin(SCENARIO, Seating(chairs), seed, new_save(SCENARIO))
    coach = Coach(table)
    table.coach = coach.over
    return table


# The coach


#: Screen class -> its hints on the first turn, in order; on later turns brief and plan have another each.
HINTS: dict[str, tuple[str, ...]] = {
    "BriefScreen": ("brief", "brief_plan"),
    "PlanScreen": ("plan_map", "plan_courses", "plan_change", "plan_odds", "plan_seal"),
    "FilmScreen": ("film",),
    "AlarmScreen": ("alarm",),
    "DebriefScreen": ("debrief",),
}
LATER: dict[str, tuple[str, ...]] = {**HINTS, "BriefScreen": ("later_brief",), "PlanScreen": ("later_plan",)}


class Coach:
    """Gives each hint once, in its order; it never blocks what lies under it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.given: set[str] = set()

    def over(self, inner: Screen) -> Screen:
        return Coached(inner, self)

    def due(self, name: str) -> str:
        """The hint to give on a screen of that class, "" for none."""
        hints = HINTS if self.table.sitting.turn <= 1 else LATER
        return next((hint for hint in hints.get(name, ()) if hint not in self.given), "")


class Coached:
    """A screen with the coach's note over it."""

    def __init__(self, inner: Screen, coach: Coach) -> None:
        self.inner = inner
        self.coach = coach

    @property
    def hint(self) -> str:
        return self.coach.due(type(self.inner).__name__)

    def widgets(self, room: Room) -> Sequence[Widget]:
        out = list(self.inner.widgets(room))
        hint = self.hint
        if not hint or any(w.layer for w in out):
            return out
        u = room.u
        words = self.coach.table.say(f"ui_tutorial.hint.{hint}")
        rect = free_spot(out, room, u(430), u(124))
        out.append(Panel(id="coach", rect=rect, kind="lit", shadow=True))
        inner = rect.inset(u(16), u(12))
        foot, text_rect = inner.foot(u(32), u(6))
        out.append(Prose(id="coach.text", rect=text_rect, paras=(Para(words, "body"),)))
        ok, _ = foot.end(u(150))
        out.append(Button(id="coach.ok", rect=ok, text=self.coach.table.say("ui_tutorial.got_it"), key="F4"))
        return out

    def act(self, act: Act, app: App) -> None:
        hint = self.hint
        if act.id == "coach.ok" and hint:
            self.coach.given.add(hint)
            return
        self.inner.act(act, app)
        if hint and app.front.screen is not self:
            self.coach.given.add(hint)  # whoever has gone on needs it no longer

    def tick(self, now: int) -> int | None:
        return self.inner.tick(now)

    def entered(self, app: App) -> None:
        """Passed on to a screen that wants to know that it is shown."""
        entered = getattr(self.inner, "entered", None)
        if entered is not None:
            entered(app)


def free_spot(widgets: Iterable[Widget], room: Room, w: int, h: int) -> Rect:
    """Where a note of this size covers the least: what lies on the map or the bare ground counts."""
    u = room.u
    left, middle, right = u(24), (room.width - w) // 2, room.width - w - u(24)
    spots = [
        Rect(x, y, w, h)
        for y in (u(64), (room.height - h) // 2, room.height - h - u(24))
        for x in (middle, left, right)
    ]
    whole = room.width * room.height
    taken = [x.rect for x in widgets if not isinstance(x, Pane) and x.rect.w * x.rect.h < 0.6 * whole]

    def covers(spot: Rect) -> int:
        shared = (
            (min(spot.right, r.right) - max(spot.x, r.x), min(spot.bottom, r.bottom) - max(spot.y, r.y))
            for r in taken
        )
        return sum(dx * dy for dx, dy in shared if dx > 0 and dy > 0)

    return min(spots, key=covers)
