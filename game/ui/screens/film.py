"""The film of a turn: what happened, frame by frame, over the map of the eyes that watch.

One person alone at the table watches with its own eyes as the turn resolves; a table of several sees what everybody
hears, and each seat its own film once it is revealed (`own_film`). Where a phase asks somebody the film stops, and
goes on from there after the answer.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import attrs

from game.core.ids import date as date_of
from game.core.view import View
from game.table.beats import Beat
from game.table.hotseat import Sitting
from game.table.match import MatchFault
from game.table.places import Act as Move
from game.table.places import Place
from game.ui import theme
from game.ui.layout import Rect
from game.ui.paint.things import Effect
from game.ui.screens.film_effects import BUSY, effects, length_ms
from game.ui.screens.film_parts import BAR_POINTS, bar, frame_card, phase_name, seat_name, strip
from game.ui.screens.film_reel import FilmReel, Shown
from game.ui.screens.film_summary import summary
from game.ui.screens.replay_reading import TONES
from game.ui.screens.why import Why, why, why_widgets
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Label, Panel, Tabs, Touch, Track, Widget

if TYPE_CHECKING:
    from game.ui.app import App, Screen

SPEEDS = (1, 2, 4)
FOOT_POINTS = 62
TICK_MS = 16
#: For how long the turn goes on beside the window before what came of it is taken in, seconds.
STRETCH_S = 0.1
#: From this weight on a frame has a mark on the track.
MARK_WEIGHT = 50


def own_film(table: Table, back: Screen) -> FilmScreen:
    """The film that the revealed seat was told since it sealed; closed, it goes `back`."""
    first, beats = table.sitting.film()
    turn = beats[0].turn if beats else first.turn
    return FilmScreen(table, reel=FilmReel.of(table.sitting.up, turn, first, beats), back=back)


class FilmScreen:
    """With a `reel` it shows that; without, it has the table's turn resolved as it goes."""

    def __init__(self, table: Table, *, reel: FilmReel | None = None, back: Screen | None = None) -> None:
        self.table = table
        self.back = back
        self.live = reel is None
        self.reel = reel or self._current()
        self.map = table.map_view()
        self.playing = True
        self.skipping = False
        self.speed = 1
        self.ended = table.sitting.place in (Place.BETWEEN, Place.OVER) if self.live else False
        self.why: Why | None = None
        self.notice = ""
        self.app: App | None = None
        self._now = 0
        self._since = -1
        #: Whether a part of the turn is being resolved beside the window: nothing else may touch the table then.
        self.resolving = False
        self._t = 1.0 if self.reel.at >= 0 else 0.0
        if self.ended and self.reel.at < 0:
            self.reel.at = len(self.reel.shown) - 1

    def _current(self) -> FilmReel:
        """The film of this turn so far, or a new one; never of other eyes."""
        sitting = self.table.sitting
        held = self.table.film
        over = sitting.place in (Place.BETWEEN, Place.OVER)
        turn = sitting.turn - 1 if over else sitting.turn
        if isinstance(held, FilmReel) and (held.eyes, held.turn) == (sitting.up, turn):
            return held
        reel = FilmReel(sitting.up, turn, sitting.view() if sitting.up else sitting.public())
        self.table.film = reel
        return reel

    def entered(self, app: App) -> None:
        self.app = app

    # What it shows

    @property
    def shown(self) -> Shown | None:
        return self.reel.shown[self.reel.at] if 0 <= self.reel.at < len(self.reel.shown) else None

    @property
    def scene(self) -> View:
        """What the eyes hold at this point of this frame."""
        shown = self.shown
        if shown is None:
            return self.reel.shown[0].before if self.reel.shown else self.reel.last
        return shown.after if self._t >= BUSY * 0.7 else shown.before

    @property
    def over(self) -> bool:
        """Whether there is nothing more to come, and all of it was shown."""
        at_end = self.reel.at >= len(self.reel.shown) - 1 and (self._t >= 1 or self.shown is None)
        return at_end and (self.ended or not self.live)

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        top = whole.top(u(BAR_POINTS))[0]
        foot = Rect(u(12), whole.bottom - u(FOOT_POINTS + 12), whole.w - u(24), u(FOOT_POINTS))
        view, shown = self.scene, self.shown
        card: list[Widget] = []
        if shown is not None and not self.over:
            card = frame_card(self.table, view, shown.frame, u(12), foot.y - u(12), room)
        panel = summary(self.table, self.reel, self, room, foot) if self.over else []
        covered = (top, foot, *(w.rect for w in (*card, *panel) if isinstance(w, Panel)))
        self.map.effects = self._effects(view)
        out: list[Widget] = [self.map.pane(whole, view, room, covered)]
        frame = shown.frame if shown is not None else None
        stage = self.table.say("ui_screens.film" if self.reel.eyes else "ui_screens.wire")
        date = frame.date if frame is not None else date_of(self.reel.turn, 0)
        out += bar(self.table, view, room, stage, self.reel.turn, date)
        phase = frame.phase if frame is not None else self.reel.phase
        out += strip(self.table, view.kind, phase, Rect(top.x + u(252), top.y, top.w - u(252 + 256), top.h), room)
        out += card
        if self.live and not self.ended and not self.over and (shown is None or self._t >= 1):
            out += self._busy(foot, room)
        out += self._foot(foot, room)
        out += panel
        if self.notice:
            rect = Rect(u(12), top.bottom + u(12), u(520), u(40))
            out += [
                Panel(id="notice.panel", rect=rect, kind="warn"),
                Label(id="notice", rect=rect.inset(u(12), 0), text=self.notice, icon="triangle-alert"),
            ]
        if self.why is not None:
            out += why_widgets(self.table, self.why, room)
        return out

    def _effects(self, view: View) -> tuple[Effect, ...]:
        shown = self.shown
        return effects(shown.frame, view, self._t) if shown is not None and not self.over else ()

    def _busy(self, foot: Rect, room: Room) -> list[Widget]:
        u = room.u
        rect = Rect(foot.x, foot.y - u(56), u(330), u(44))
        phase = phase_name(self.table, self.reel.phase) if self.reel.phase else ""
        return [
            Panel(id="busy.panel", rect=rect, kind="glass"),
            Busy(id="busy", rect=rect.inset(u(8), 0), text=self.table.say("ui_screens.resolving", phase=phase)),
        ]

    def _foot(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        out: list[Widget] = [Panel(id="foot", rect=rect, shadow=True)]
        inner = rect.inset(u(12), u(11))
        steps, inner = inner.left(u(38 + 46 + 38 + 12), u(14))
        x = steps.x
        for id, icon, wide in (
            ("back", "skip-back", 38),
            ("play", "pause" if self.playing else "play", 46),
            ("forward", "skip-forward", 38),
        ):
            tip = say(f"ui_screens.{'pause' if icon == 'pause' else id}.tip")
            kind = "primary" if id == "play" else "plain"
            out.append(Button(id=id, rect=Rect(x, steps.y, u(wide), steps.h), icon=icon, kind=kind, tip=tip))
            x += u(wide + 6)
        speeds, inner = inner.left(u(118), u(16))
        out.append(
            Tabs(
                id="speed",
                rect=Rect(speeds.x, speeds.y + u(8), speeds.w, speeds.h - u(16)),
                items=tuple((n, f"{n}x") for n in SPEEDS),
                value=self.speed,
                keys=("Shift+1", "Shift+2", "Shift+4"),
                pills=True,
                tip=say("ui_screens.speed.tip"),
            )
        )
        on, inner = inner.end(u(230), u(16))
        out.append(self._onward(on))
        count, inner = inner.end(u(92), u(10))
        n = len(self.reel.shown)
        words = say("ui_screens.frame", at=self.reel.at + 1, n=n) if n else ""
        out.append(Label(id="count", rect=count, text=words, style="figure_muted", align="right"))
        if n:
            out.append(
                Track(
                    id="track",
                    rect=Rect(inner.x, inner.y + u(4), inner.w, inner.h),
                    low=0,
                    high=max(1, n - 1),
                    value=max(0, self.reel.at),
                    marks=self._marks(),
                    tip=say("ui_screens.track.tip"),
                )
            )
        return out

    def _marks(self) -> tuple[tuple[int, str, str], ...]:
        frames = self.reel.frames
        return tuple(
            (n, TONES.get(f.kind, theme.MUTED), phase_name(self.table, f.phase))
            for n, f in enumerate(frames)
            if f.weight >= MARK_WEIGHT
        )

    def _onward(self, rect: Rect) -> Button:
        say = self.table.say
        if not self.over:
            tip = say("ui_screens.skip.tip")
            return Button(id="skip", rect=rect, text=say("ui_screens.skip"), icon="fast-forward", key="S", tip=tip)
        id = "leave" if not self.live else "review" if self.table.sitting.place is Place.OVER else "next"
        words = say(f"ui_screens.film.{id}", who=self._who_next())
        return Button(id=id, rect=rect, text=words, kind="primary", key="Enter")

    def _who_next(self) -> str:
        sitting = self.table.sitting
        if sitting.sole or not sitting.next or sitting.next == sitting.up:
            return ""
        return seat_name(self.table, sitting.next)

    # What is done to it

    def act(self, act: Act, app: App) -> None:
        self.app = app
        if self.why is not None and act.id.startswith("why."):
            self.why = self.why.after(act)
        elif act.id == "quit":
            app.quit()
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, app.front.room)
        elif act.id == "card.text" and isinstance(act.value, tuple):
            self.map.fly_to((act.value[2],))
        elif act.id == "summary.lines" and isinstance(act.value, int):
            self.show(act.value)
        elif act.id in ACTS:
            ACTS[act.id](self)
        elif act.id == "speed":
            self.speed = act.value
        elif act.id == "track":
            self.show(act.value)
        elif act.id in ("next", "review", "leave"):
            self._leave(app)
        elif act.id == "key":
            self._key(str(act.value), app)

    def _key(self, name: str, app: App) -> None:
        if name == "Esc" and self.back is not None:
            app.go(self.back)
        elif name in KEYS:
            ACTS[KEYS[name]](self)
        else:
            self.map.key(name)

    def _leave(self, app: App) -> None:
        if self.back is not None:
            app.go(self.back)
            return
        if self.table.sitting.may(Move.NEXT_TURN):
            self.table.sitting.next_turn(self._now)
        self.table.next(app)

    def show(self, n: int) -> None:
        """A frame, from its beginning; the camera goes where it happens."""
        if not self.reel.shown:
            return
        self.reel.at = max(0, min(n, len(self.reel.shown) - 1))
        self._since, self._t = -1, 0.0
        places = self.reel.shown[self.reel.at].frame.places
        if places:
            self.map.fly_to(places[:4])

    def back_one(self) -> None:
        self.playing = False
        self.show(self.reel.at - 1)

    def forward(self) -> None:
        if self.reel.at < len(self.reel.shown) - 1:
            self.show(self.reel.at + 1)
        else:
            self._t = 1.0

    def play(self) -> None:
        if self.over and not self.playing:
            self.show(0)
        self.playing = not self.playing

    def again(self) -> None:
        self.playing = True
        self.show(0)

    def skip(self) -> None:
        self.playing = self.skipping = True
        if not self.live or self.ended:
            self._to_end()

    def open_why(self) -> None:
        shown = self.shown
        if shown is not None and shown.frame.told is not None:
            self.playing = False
            self.why = why(self.table, shown.after, shown.frame.told)

    def _to_end(self) -> None:
        self.reel.at, self._t = len(self.reel.shown) - 1, 1.0
        self.playing = self.skipping = False

    # Its clock

    def tick(self, now: int) -> int | None:
        passed, self._now = max(0, now - self._now), now
        wishes = [self.map.tick(now)]
        if self.why is None and self.playing and not self.table.sitting.paused:
            wishes.append(self._run(passed))
        wanted = [w for w in wishes if w is not None]
        return min(wanted) if wanted else None

    def _run(self, passed: int) -> int | None:
        shown = self.shown
        if shown is not None and self._t < 1 and not self.skipping:
            if self._since < 0:
                self._since, passed = self._now, 0
            words = self.table.text(shown.frame.message, shown.after)
            whole = length_ms(shown.frame, len(words)) / self.speed
            self._t = min(1.0, self._t + passed / whole)
            return TICK_MS if self._t < BUSY else max(TICK_MS, round((1 - self._t) * whole))
        if self.reel.at < len(self.reel.shown) - 1:
            if self.skipping:
                self._to_last()
            else:
                self.show(self.reel.at + 1)
            return TICK_MS
        if not self.live or self.ended:
            if self.skipping:
                self._to_end()
            self.playing = False
            return None
        return self._go_on()

    def _to_last(self) -> None:
        self.reel.at, self._t = len(self.reel.shown) - 1, 1.0

    def _go_on(self) -> int:
        """A stretch more of the turn, beside the window: computer seats plan, phases are resolved. In how many ms to
        ask again."""
        if self.app is None:
            self._went_on(stretch(self.table.sitting, self._now))
            return 1
        if not self.resolving:
            self.resolving = True
            now = self._now
            self.app.work(lambda: stretch(self.table.sitting, now), self._went_on)
        return TICK_MS

    def _went_on(self, found: Stretch) -> None:
        self.resolving = False
        sitting = self.table.sitting
        for beat in found.beats:
            self.reel.take(beat)
        if found.fault:
            self.notice, self.playing = found.fault, False
        elif found.more:
            return
        elif sitting.place in (Place.BETWEEN, Place.OVER):
            self.ended = True
        elif self.app is not None:
            self.table.next(self.app)


@attrs.frozen
class Stretch:
    """What came of a stretch of a turn: its beats, whether more comes without a person, a fault in one line."""

    beats: tuple[Beat, ...] = ()
    more: bool = True
    fault: str = ""


def stretch(sitting: Sitting, now: int) -> Stretch:
    """Go on with a turn until somebody is asked, it is over, something is to be seen, or STRETCH_S have passed."""
    beats: list[Beat] = []
    until = perf_counter() + STRETCH_S
    try:
        while perf_counter() < until:
            if sitting.prepare():
                continue
            beat = sitting.step(now)
            if beat is None:
                return Stretch(tuple(beats), more=False)
            beats.append(beat)
            if beat.told:
                break
    except MatchFault as fault:
        return Stretch(tuple(beats), fault=str(fault))
    return Stretch(tuple(beats))


ACTS = {
    "back": FilmScreen.back_one,
    "forward": FilmScreen.forward,
    "play": FilmScreen.play,
    "again": FilmScreen.again,
    "skip": FilmScreen.skip,
    "why": FilmScreen.open_why,
}
KEYS = {",": "back", ".": "forward", "Space": "play", "Enter": "forward"}
