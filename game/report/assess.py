"""A game assessed: scores with their reasons, losses, what is left, turning points, answers to the key questions.

To a seat this is its own game, as it knows it. To the truth it is everybody's, and turning points are found by
counterfactual: what the score would have been had one event not happened, all else of its phase as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from game.core.apply import RuleFault, apply
from game.core.events import Event, Input
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Book
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.core.turn import FACILITATOR
from game.core.view import View, view
from game.core.words import Message, say
from game.report.film import TRUTH, Frame
from game.report.result import SCORES
from game.report.timeline import Reel

#: The phase that scores, and the rule by which it speaks of a seat.
SCORING, SCORED = "assessment.score", "A1"
MOST_POINTS = 8


@attrs.frozen(slots=True)
class ScoreLine:
    """A line of a seat's aims as last assessed. `known` is False while nobody has told the seat how it stands;
    `reasons` are the inputs of the event that scored it."""

    id: str
    title: str
    measure: str
    subjects: tuple[str, ...]
    points: int
    most: int
    n: int
    known: bool
    reasons: tuple[Input, ...] = ()


@attrs.frozen(slots=True)
class SeatScore:
    """How a seat stands. `losses` are steps by domain, `rounds` and `missiles` what is left by munition, `spent` and
    `fired` what is gone; `name` opens the event that scored it ("" for none)."""

    seat: Seat
    points: int
    most: int
    lines: tuple[ScoreLine, ...]
    losses: Mapping[str, int]
    rounds: Mapping[str, int]
    missiles: Mapping[str, int]
    spent: Mapping[str, int]
    fired: Mapping[str, int]
    name: str = ""


@attrs.frozen(slots=True)
class TurningPoint:
    """An event, and by how many points it moved each seat's final score; `swing` is the sum of the moves without
    their signs. `chance` is how likely what was drawn, or worse, was in ppm; -1 where nothing was drawn."""

    frame: Frame
    moved: tuple[tuple[Seat, int], ...]
    swing: int
    chance: int


@attrs.frozen(slots=True)
class KeyQuestion:
    """A question of the scenario with the events that answer it, in the order they came, heaviest first in `best`."""

    id: str
    text: str
    rules: tuple[str, ...]
    frames: tuple[Frame, ...]

    @property
    def best(self) -> tuple[Frame, ...]:
        return tuple(sorted(self.frames, key=lambda frame: -frame.weight))


@attrs.frozen(slots=True)
class Series:
    """Whole numbers over turns for a small chart: (turn, n), by which a turn's end is meant, 0 the opening. `most` is
    the ceiling of points, 0 where there is none."""

    seat: Seat
    title: Message
    values: tuple[tuple[int, int], ...]
    most: int = 0


@attrs.frozen(slots=True)
class Assessment:
    """What `eyes` may know of how a game went; `over` once the last turn is assessed."""

    eyes: str
    over: bool
    seats: tuple[SeatScore, ...]
    turning: tuple[TurningPoint, ...]
    questions: tuple[KeyQuestion, ...]
    series: tuple[Series, ...]


def assess(reel: Reel, setting: Setting, eyes: str, rulebook: Rulebook | None = None) -> Assessment:
    """A seat's game in its own eyes, or everybody's to the truth. Turning points want the `rulebook` that scores, and
    are for the truth of a game that is over."""
    seats = tuple(s for s in setting.board.seats if eyes in (TRUTH, s))
    over = reel.last.over
    whole = over and rulebook is not None and eyes == TRUTH
    return Assessment(
        eyes,
        over,
        tuple([seat_score(reel, seat) for seat in seats]),
        turning_points(reel, rulebook) if whole and rulebook is not None else (),
        key_questions(reel, setting, eyes),
        tuple([s for seat in seats for s in series(reel, seat)]),
    )


# Scores -----------------------------------------------------------------------------------------------------------


def seat_score(reel: Reel, seat: Seat) -> SeatScore:
    """How `seat` stands in its own eyes, at the end of the reel."""
    return score_of(view(reel.last, seat), reel.frames(seat))


def score_of(seen: View, film: tuple[Frame, ...]) -> SeatScore:
    """How a seat stands by its View, with reasons from what it was told in `film`."""
    scored = _scored(film, seen.seat)
    inputs = scored.told.inputs if scored is not None and scored.told is not None else ()
    lines = tuple(_lines(seen, inputs))
    known = [line for line in lines if line.known]
    return SeatScore(
        seen.seat,
        sum(line.points for line in known),
        sum(line.most for line in known),
        lines,
        _tallies(seen, "lost"),
        _left(seen, "rounds", "system"),
        _left(seen, "missiles", "missile"),
        _tallies(seen, "spent"),
        _tallies(seen, "fired"),
        scored.name if scored is not None else "",
    )


def _scored(film: tuple[Frame, ...], seat: Seat) -> Frame | None:
    """The last event that scored a seat, as it was told."""
    about = [f for f in film if f.told is not None and (f.told.rule, f.told.subject) == (SCORED, seat)]
    return about[-1] if about else None


def _lines(seen: View, inputs: tuple[Input, ...]) -> Iterator[ScoreLine]:
    rows = {row.line: row for row in seen.part(SCORES).values() if row.owner == seen.seat}
    for line in seen.lines:
        row = rows.get(line.id)
        reasons = tuple(given for given in inputs if given.name.partition(".")[0] == line.id)
        points, n = (row.points, row.measure) if row is not None else (0, 0)
        yield ScoreLine(
            line.id, line.title, line.measure, line.subjects, points, line.most, n, row is not None, reasons
        )


def _tallies(seen: View, kind: str) -> dict[str, int]:
    """Own running counts "JP.lost.air" by the last part of their names."""
    prefix = f"{seen.seat}.{kind}."
    return {key.removeprefix(prefix): row.n for key, row in seen.tallies.items() if key.startswith(prefix)}


def _left(seen: View, field: str, kind: str) -> dict[str, int]:
    """Rounds or missiles in own counters by munition; by formation where it names none."""
    out: dict[str, int] = {}
    for counter in seen.mine.values():
        name = getattr(seen.board.formation(counter), kind)
        n = getattr(counter, field)
        if name or n:
            out[name or counter.formation] = out.get(name or counter.formation, 0) + n
    return dict(sorted(out.items()))


# Series -----------------------------------------------------------------------------------------------------------


def series(reel: Reel, seat: Seat) -> Iterator[Series]:
    """A seat's points by turn, each line of them, and its rounds and missiles left by munition, in its own eyes."""
    ends = {moment.turn: view(moment.state, seat) for moment in reel.moments}
    starts = {turn: view(reel.start(turn).state, seat) for turn in sorted(ends)[:1]}
    seen = {turn - 1: found for turn, found in starts.items()} | {
        turn: found for turn, found in ends.items() if turn <= len(reel.last.setting.calendar)
    }
    yield from _points(reel, seat)
    for field, kind, title in (("rounds", "system", _rounds_title), ("missiles", "missile", _missiles_title)):
        by_turn = {turn: _left(found, field, kind) for turn, found in seen.items()}
        for what in sorted({name for left in by_turn.values() for name in left}):
            values = tuple((turn, left.get(what, 0)) for turn, left in by_turn.items())
            if any(n for _, n in values):
                yield Series(seat, title(what), values)


def _rounds_title(what: str) -> Message:
    return say("ui_film.rounds_left", what=what)


def _missiles_title(what: str) -> Message:
    return say("ui_film.missiles_left", what=what)


def _points(reel: Reel, seat: Seat) -> Iterator[Series]:
    """The sum, then every line, as each turn's end told them."""
    whole: list[tuple[int, int]] = []
    by_line: dict[str, list[tuple[int, int]]] = {}
    for frame in reel.frames(seat):
        if frame.told is None or (frame.told.rule, frame.told.subject) != (SCORED, seat):
            continue
        points = {i.name.removesuffix(".points"): i.value for i in frame.told.inputs if i.name.endswith(".points")}
        numbers = {id: n for id, n in points.items() if isinstance(n, int)}
        whole.append((frame.turn, sum(numbers.values())))
        for id, n in numbers.items():
            by_line.setdefault(id, []).append((frame.turn, n))
    lines = reel.last.setting.lines.get(seat, ())
    yield Series(seat, say("ui_film.points_by_turn"), tuple(whole), sum(line.most for line in lines))
    for line in lines:
        if line.id in by_line:
            yield Series(seat, say("ui_film.line_by_turn", line=line.title), tuple(by_line[line.id]), line.most)


# Key questions ----------------------------------------------------------------------------------------------------


def key_questions(reel: Reel, setting: Setting, eyes: str) -> tuple[KeyQuestion, ...]:
    """The scenario's questions, each with the events of its rules that `eyes` were told; where it asks about places,
    with those that name one of them."""
    film = reel.frames(eyes)
    out = []
    for asked in setting.texts.get("questions", ()):
        rules, at = tuple(asked["rules"]), frozenset(asked.get("at", ()))
        heard = [(f, f.told) for f in film if f.told is not None and f.told.rule in rules]
        named = [f for f, told in heard if not at or any(value in at for _, value in told.message.values)]
        frames = tuple(named)
        out.append(KeyQuestion(asked["id"], asked["text"], rules, frames))
    return tuple(out)


# Turning points ---------------------------------------------------------------------------------------------------


def turning_points(reel: Reel, rulebook: Rulebook, most: int = MOST_POINTS) -> tuple[TurningPoint, ...]:
    """The events that moved final scores most, the greatest first. Truth: for a game that is over."""
    if SCORING not in rulebook.phases:
        return ()
    found: list[TurningPoint] = []
    names = {frame.name: frame for frame in reel.frames(TRUTH)}
    for moment in reel.moments:
        for step in moment.steps:
            if moment.phase == SCORING and step.phase != FACILITATOR:
                continue
            scores = _scores(step.after, rulebook)
            for n, event in enumerate(step.events):
                if not event.effects:
                    continue
                without = _without(step.before, step.events, n)
                then = _scores(without, rulebook) if without is not None else scores
                moved = tuple((s, p - then.get(s, 0)) for s, p in scores.items() if p != then.get(s, 0))
                if moved:
                    chance = event.rolls[0].up_to if event.rolls else -1
                    swing = sum(abs(p) for _, p in moved)
                    found.append(TurningPoint(names[step.id(event)], moved, swing, chance))
    found.sort(key=lambda point: -point.swing)
    return tuple(found[:most])


def _without(before: State, events: tuple[Event, ...], n: int) -> State | None:
    """The State had event `n` not happened; None where the others can't be without it."""
    try:
        return apply(before, events[:n] + events[n + 1 :])
    except RuleFault:
        return None


def _scores(state: State, rulebook: Rulebook) -> dict[Seat, int]:
    """Every seat's points if the game ended so: the scoring phase itself, asked as after the last turn."""
    last = attrs.evolve(state, turn=len(state.setting.calendar), pulse=0)
    out: dict[Seat, int] = {}
    for event in rulebook.phases[SCORING](last, Book({}), Luck(0)):
        if event.rule == SCORED:
            points = (given.value for given in event.inputs if given.name.endswith(".points"))
            out[event.seat] = sum(n for n in points if isinstance(n, int))
    return out
