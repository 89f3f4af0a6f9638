"""A game laid out in time: moments with their States, and what given eyes were told at each.

A moment is the start of a turn, or the end of a phase; acts of the facilitator belong to the moment before them, so
that moments count alike for everybody. A `Reel` holds the truth and stays behind the screens: they get a `Timeline`
of some eyes, a View from `scene`, or, where truth was asked for by name, a `Truth`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

import attrs

from game.core.ids import date
from game.core.model import State
from game.core.setting import Setting
from game.core.turn import FACILITATOR, Step
from game.core.view import View, view
from game.io.replay import steps as steps_of
from game.io.save import Saved
from game.io.todays import Todays
from game.report.film import TRUTH, Frame, Reader


@attrs.frozen(slots=True)
class Moment:
    """The start of a turn (no phase), or a phase done; `steps` are the phase and the acts that followed it."""

    k: int
    turn: int
    pulse: int
    hour: int
    phase: str
    state: State = attrs.field(eq=False, repr=False)
    steps: tuple[Step, ...] = attrs.field(eq=False, repr=False)

    @property
    def date(self) -> str:
        return date(self.turn, self.pulse)


@attrs.frozen(slots=True, eq=False)
class Truth:
    """The whole State at a moment, for those who asked to see the truth: a debrief, the facilitator."""

    state: State


Scene = View | Truth


@attrs.frozen(slots=True, eq=False)
class Reel:
    """A game's moments in sequence, those of the turn under way included. Scenes and films are kept once made."""

    moments: tuple[Moment, ...]
    _scenes: dict[tuple[int, str], Scene] = attrs.field(factory=dict, repr=False)
    _films: dict[str, tuple[tuple[Frame, ...], ...]] = attrs.field(factory=dict, repr=False)

    @staticmethod
    def of(saved: Saved, setting: Setting) -> Reel:
        """A saved game, in today's rows whatever wrote it; SaveFault where it cannot be read."""
        today = Todays(saved).of

        def turns() -> Iterator[tuple[State, Iterable[Step]]]:
            for turn in saved.turns:
                steps = steps_of(saved, turn, setting)
                yield (
                    today(saved.state(turn, setting)),
                    [attrs.evolve(s, before=today(s.before), after=today(s.after)) for s in steps],
                )

        return Reel.joined(turns())

    @staticmethod
    def joined(turns: Iterable[tuple[State, Iterable[Step]]]) -> Reel:
        """Turns by their opening State and their steps so far."""
        out: list[Moment] = []
        for opening, steps in turns:
            out.append(Moment(len(out), opening.turn, 0, opening.hour, "", opening, ()))
            for step in steps:
                if step.phase == FACILITATOR:
                    last = out[-1]
                    out[-1] = attrs.evolve(last, state=step.after, steps=(*last.steps, step))
                else:
                    out.append(Moment(len(out), step.turn, step.pulse, step.hour, step.phase, step.after, (step,)))
        return Reel(tuple(out))

    @property
    def last(self) -> State:
        return self.moments[-1].state

    def start(self, turn: int) -> Moment:
        """The moment at which `turn` begins, the last one's for turns that have not come."""
        return next((m for m in self.moments if m.turn >= turn), self.moments[-1])

    def turn(self, turn: int) -> tuple[Step, ...]:
        """The steps of one turn."""
        return tuple([step for m in self.moments if m.turn == turn for step in m.steps])

    def film(self, eyes: str) -> tuple[tuple[Frame, ...], ...]:
        """What `eyes` (a seat, "" for the public, "truth") were told, moment by moment."""
        found = self._films.get(eyes)
        if found is None:
            found = self._films[eyes] = tuple(self._read(eyes))
        return found

    def _read(self, eyes: str) -> Iterator[tuple[Frame, ...]]:
        reader = Reader(eyes)
        for moment in self.moments:
            yield tuple([frame for step in moment.steps for frame in reader.read(step)])

    def frames(self, eyes: str) -> tuple[Frame, ...]:
        return tuple([frame for told in self.film(eyes) for frame in told])


def scene(reel: Reel, k: int, eyes: str) -> Scene:
    """What `eyes` held after moment `k`: a seat's View as it stood then ("" the public's), or the Truth."""
    moment = reel.moments[max(0, min(k, len(reel.moments) - 1))]
    key = (moment.k, eyes)
    found = reel._scenes.get(key)
    if found is None:
        found = Truth(moment.state) if eyes == TRUTH else view(moment.state, eyes)
        reel._scenes[key] = found
    return found


@attrs.frozen(slots=True)
class Spot:
    """A place on a timeline: moment `k`, and which of the things told there (`index`, -1 where there were none).

    `leg` counts the pulses of the game, and what comes before and after the pulses of a turn as one each.
    """

    at: int
    k: int
    leg: int
    turn: int
    pulse: int
    hour: int
    phase: str
    index: int
    frame: Frame | None

    @property
    def date(self) -> str:
        return date(self.turn, self.pulse)


@attrs.frozen(slots=True)
class Timeline:
    """The spots of a game as `eyes` may walk them. Every step takes a spot's number and gives one; at either end the
    same number comes back."""

    eyes: str
    spots: tuple[Spot, ...]

    def __len__(self) -> int:
        return len(self.spots)

    def at(self, n: int) -> Spot:
        """The spot `n`, the nearest one where there is no such."""
        return self.spots[max(0, min(n, len(self.spots) - 1))]

    def next(self, n: int) -> int:
        return self.at(n + 1).at

    def prev(self, n: int) -> int:
        return self.at(n - 1).at

    def next_event(self, n: int) -> int:
        return self._ahead(n, lambda spot: spot.frame is not None)

    def prev_event(self, n: int) -> int:
        return self._back(n, lambda spot: spot.frame is not None)

    def next_pulse(self, n: int) -> int:
        """The first spot of the next pulse; of what comes before or after the pulses too, which has none."""
        here = self.at(n).leg
        return self._ahead(n, lambda spot: spot.leg != here)

    def prev_pulse(self, n: int) -> int:
        """The first spot of this pulse, or of the one before if it stands there already."""
        return self._begin(n, lambda spot: spot.leg)

    def next_turn(self, n: int) -> int:
        here = self.at(n).turn
        return self._ahead(n, lambda spot: spot.turn != here)

    def prev_turn(self, n: int) -> int:
        """The first spot of this turn, or of the one before if it stands there already."""
        return self._begin(n, lambda spot: spot.turn)

    def jump(self, turn: int, pulse: int = 0) -> int:
        """The first spot of a turn or of one of its pulses; the last spot where the game did not get so far."""
        found = (s.at for s in self.spots if (s.turn, s.pulse) == (turn, pulse) or s.turn > turn)
        return next(found, len(self.spots) - 1)

    def of_moment(self, k: int) -> int:
        """The first spot of moment `k`: where to stand when the eyes change."""
        return self.at(bisect_left(self.spots, k, key=lambda spot: spot.k)).at

    def end_of(self, k: int) -> int:
        """The last spot of moment `k`."""
        return self.at(bisect_right(self.spots, k, key=lambda spot: spot.k) - 1).at

    def named(self, name: str) -> int | None:
        """The spot of the event that goes by `name` for these eyes; None where there is none."""
        return next((s.at for s in self.spots if s.frame is not None and s.frame.name == name), None)

    def _ahead(self, n: int, wanted: Callable[[Spot], bool]) -> int:
        n = self.at(n).at
        return next((spot.at for spot in self.spots[n + 1 :] if wanted(spot)), n)

    def _back(self, n: int, wanted: Callable[[Spot], bool]) -> int:
        n = self.at(n).at
        return next((spot.at for spot in reversed(self.spots[:n]) if wanted(spot)), n)

    def _begin(self, n: int, of: Callable[[Spot], int]) -> int:
        n = self.at(n).at
        if n and of(self.spots[n]) != of(self.spots[n - 1]):
            n -= 1
        while n and of(self.spots[n]) == of(self.spots[n - 1]):
            n -= 1
        return n


def timeline(reel: Reel, eyes: str) -> Timeline:
    """The timeline of `eyes`: a spot for each thing they were told, or one for a moment of silence."""
    spots: list[Spot] = []
    leg, last = 0, (0, 0)
    for moment, heard in zip(reel.moments, reel.film(eyes), strict=True):
        leg, last = leg + ((moment.turn, moment.pulse) != last), (moment.turn, moment.pulse)
        where = (moment.k, leg, moment.turn, moment.pulse, moment.hour, moment.phase)
        for index, frame in enumerate(heard or (None,)):
            spots.append(Spot(len(spots), *where, index if frame is not None else -1, frame))
    return Timeline(eyes, tuple(spots))
