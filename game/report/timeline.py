"""A game laid out in time: moments with their States, and what given eyes were told at each.

A moment is the start of a turn, or the end of a phase; acts of the facilitator belong to the moment before them, so
that moments count alike for everybody. A `Reel` holds the truth and stays behind the screens: they get a `Timeline`
of some eyes, a View from `scene`, or, where truth was asked for by name, a `Truth`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

import attrs

from game.core.events import told
from game.core.ids import Seat, date
from game.core.model import Contact, State
from game.core.setting import Setting
from game.core.turn import FACILITATOR, Step
from game.core.view import View, view
from game.core.words import Message, say
from game.io.replay import steps as steps_of
from game.io.save import Saved
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
        """A saved game; SaveFault where it cannot be read."""
        return Reel.joined(
            (saved.state(turn, setting), tuple(steps_of(saved, turn, setting))) for turn in saved.turns
        )

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
    """A place on a timeline: moment `k`, and which of the things told there (`index`, -1 where there were none)."""

    at: int
    k: int
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
        here = self._pulse(n)
        return self._ahead(n, lambda spot: self._pulse(spot.at) != here)

    def prev_pulse(self, n: int) -> int:
        """The first spot of this pulse, or of the one before if it stands there already."""
        return self._begin(n, self._pulse)

    def next_turn(self, n: int) -> int:
        here = self.at(n).turn
        return self._ahead(n, lambda spot: spot.turn != here)

    def prev_turn(self, n: int) -> int:
        """The first spot of this turn, or of the one before if it stands there already."""
        return self._begin(n, lambda at: self.at(at).turn)

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

    def _pulse(self, n: int) -> tuple[int, int, bool]:
        """Which pulse of which turn, and whether pulses are over: before and after them the pulse is 0."""
        spot = self.at(n)
        return spot.turn, spot.pulse, spot.pulse == 0 and spot.at > self._last_pulse(spot.turn)

    def _last_pulse(self, turn: int) -> int:
        return max((s.at for s in self.spots if s.turn == turn and s.pulse), default=len(self.spots))

    def _ahead(self, n: int, wanted: Callable[[Spot], bool]) -> int:
        n = self.at(n).at
        return next((spot.at for spot in self.spots[n + 1 :] if wanted(spot)), n)

    def _back(self, n: int, wanted: Callable[[Spot], bool]) -> int:
        n = self.at(n).at
        return next((spot.at for spot in reversed(self.spots[:n]) if wanted(spot)), n)

    def _begin(self, n: int, of: Callable[[int], object]) -> int:
        n = self.at(n).at
        if n and of(n) != of(n - 1):
            n -= 1
        while n and of(n) == of(n - 1):
            n -= 1
        return n


def timeline(reel: Reel, eyes: str) -> Timeline:
    """The timeline of `eyes`: a spot for each thing they were told, or one for a moment of silence."""
    spots: list[Spot] = []
    for moment, heard in zip(reel.moments, reel.film(eyes), strict=True):
        where = (moment.k, moment.turn, moment.pulse, moment.hour, moment.phase)
        for index, frame in enumerate(heard or (None,)):
            spots.append(Spot(len(spots), *where, index if frame is not None else -1, frame))
    return Timeline(eyes, tuple(spots))


# Two seats at one second ----------------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class Apart:
    """One thing that two seats hold otherwise: what each was told of it, or each one's contact with its key; None for
    a seat that has nothing of it. `message` says it in a line."""

    message: Message
    left: Frame | tuple[str, Contact] | None
    right: Frame | tuple[str, Contact] | None


@attrs.frozen(slots=True)
class Sides:
    """Two seats at one moment. `told` is what one was told and the other was not, or not so well; `held` the contacts
    that one holds and the other does not, or otherwise. Matched by the truth behind them: for a debrief alone."""

    left: Scene
    right: Scene
    told: tuple[Apart, ...]
    held: tuple[Apart, ...]


def side_by_side(reel: Reel, k: int, left: Seat, right: Seat) -> Sides:
    """What `left` and `right` held after moment `k`, and where they part."""
    moment = reel.moments[max(0, min(k, len(reel.moments) - 1))]
    told = tuple(_told_apart(reel, moment.k, left, right))
    held = tuple(_held_apart(moment.state, left, right))
    return Sides(scene(reel, moment.k, left), scene(reel, moment.k, right), told, held)


#: What two seats may see differently; their own staff work, moves and scores are nobody else's to see.
SEEN_KINDS = frozenset({"raid", "hit", "contact", "network", "politics"})


def _told_apart(reel: Reel, k: int, left: Seat, right: Seat) -> Iterator[Apart]:
    heard = {seat: _by_matter(reel, k, seat) for seat in (left, right)}
    for matter in dict.fromkeys((*heard[left], *heard[right])):
        one, other = heard[left].get(matter), heard[right].get(matter)
        if one is not None and other is not None:
            if one.message != other.message:
                yield Apart(say("ui_film.told_otherwise", one=left, other=right), one, other)
        else:
            names = (left, right) if one is not None else (right, left)
            yield Apart(say("ui_film.told_alone", one=names[0], other=names[1]), one, other)


def _by_matter(reel: Reel, k: int, seat: Seat) -> dict[tuple[str, str], Frame]:
    """What a seat was told at moment `k`, by what it is about: the same key for what two seats were told of it."""
    out: dict[tuple[str, str], Frame] = {}
    film = iter(reel.film(seat)[k])
    for step in reel.moments[k].steps:
        for event in step.events:
            if told(event, seat, step.date) is None:
                continue
            frame = next(film)
            about = event.subject.removeprefix(f"{event.seat}.")
            if frame.kind not in SEEN_KINDS or about in (event.seat, ""):
                continue
            row = step.after.contacts.get(event.subject) or step.before.contacts.get(event.subject)
            out[("contact", row.subject) if row is not None else (event.rule, about)] = frame
    return out


def _held_apart(state: State, left: Seat, right: Seat) -> Iterator[Apart]:
    held: dict[Seat, dict[str, tuple[str, Contact]]] = {left: {}, right: {}}
    for key, row in state.contacts.items():
        if row.owner in held:
            held[row.owner][row.subject] = (key, row)
    for subject in sorted({*held[left], *held[right]}):
        one, other = held[left].get(subject), held[right].get(subject)
        if one is not None and other is not None:
            if _content(one[1]) != _content(other[1]):
                text = say("ui_film.held_otherwise", one=left, other=right, **_what(one[1]))
                yield Apart(text, one, other)
            continue
        names = (left, right) if one is not None else (right, left)
        row = (one or other or ("", Contact("", "")))[1]
        yield Apart(say("ui_film.held_alone", one=names[0], other=names[1], **_what(row)), one, other)


def _content(row: Contact) -> tuple[int | str, ...]:
    return row.what, row.at, row.steps, row.quality, row.hour


def _what(row: Contact) -> dict[str, int | str]:
    return {"what": row.what, "place": row.at, "date": date(row.turn, row.pulse), "route": row.route}


__all__ = [
    "Apart",
    "Moment",
    "Reel",
    "Scene",
    "Sides",
    "Spot",
    "Timeline",
    "Truth",
    "scene",
    "side_by_side",
    "timeline",
]
