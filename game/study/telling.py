"""What pairs of games say, in words: what the choice gained and cost, and how often the other one was better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from game.core.ids import Seat
from game.core.model import TRACK_LETTERS
from game.core.setting import HUNDREDTHS, Line
from game.core.words import Message, Value, say
from game.study.pairs import Choice, Mean, Told

Lines = Mapping[str, tuple[Line, ...]]
#: A mean that shows, in thousandths; and lines of other seats that are told.
TENTH, MOST_OTHERS = 50, 6


@attrs.frozen(slots=True)
class Row:
    """One line of a score over all pairs: in one sentence, and in parts for a table."""

    whole: Message
    line: Message
    points: Message
    counted: Message


def level(choice: Choice, n: int) -> str:
    """A level as people write it: "L4", "G0"."""
    return f"{TRACK_LETTERS[choice.track]}{n}"


def heading(choice: Choice, n: int) -> Message:
    low, high = (level(choice, n) for n in choice.levels)
    return say("study.heading", pact=choice.pact, track=choice.track, low=low, high=high, n=n)


Tell = Callable[[Choice, Told, Lines], Iterator[Row]]


def gained(choice: Choice, told: Told, lines: Lines) -> Iterator[Row]:
    return _means(choice, told.gained, lines, choice.seats)


def paid(choice: Choice, told: Told, lines: Lines) -> Iterator[Row]:
    return _means(choice, told.paid, lines, choice.seats)


def others(choice: Choice, told: Told, lines: Lines) -> Iterator[Row]:
    """What it changed for the other seats: the lines that moved most, as many as people read."""
    moved = [key for key, mean in told.others.items() if abs(mean.points) >= TENTH]
    shown = sorted(moved, key=lambda key: (-abs(told.others[key].points), key))[:MOST_OTHERS]
    return _means(choice, {key: told.others[key] for key in shown}, lines, tuple(lines))


def _means(choice: Choice, means: Mapping[str, Mean], lines: Lines, seats: tuple[Seat, ...]) -> Iterator[Row]:
    """One row a score line, seats in the scenario's order."""
    for seat in seats:
        for line in lines.get(seat, ()):
            mean = means.get(f"{seat}.{line.id}")
            if mean is None:
                continue
            scale = 100 if line.measure in HUNDREDTHS else 1
            values: dict[str, Value] = {
                "seat": seat,
                "line": line.title,
                "points": signed(mean.points),
                "most": line.most,
                "measure": line.subjects[0] if line.measure == "tally" and len(line.subjects) == 1 else line.measure,
                "together": mean.together // scale,
                "alone": mean.alone // scale,
                "low": level(choice, choice.levels[0]),
            }
            yield Row(
                say("study.mean", **values),
                say("study.line", **values),
                say("study.points", **values),
                say("study.counted", **values),
            )


#: What is told of the lines of a score, each part with its heading.
PARTS: Mapping[str, tuple[Message, Tell]] = {
    "gains": (say("study.gains"), gained),
    "pays": (say("study.pays"), paid),
    "others": (say("study.others"), others),
}


def signed(thousandths: int) -> str:
    """A mean with its sign: "+1.2", "-0.4", "0.0"."""
    tenths = (abs(thousandths) + 50) // 100
    sign = "" if not tenths else "+" if thousandths > 0 else "-"
    return f"{sign}{tenths // 10}.{tenths % 10}"


def net(choice: Choice, told: Told) -> Message:
    """What these seats gained in all, and how sure that is."""
    high = level(choice, choice.levels[1])
    sure = told.n > 1
    return say(
        "study.net", high=high, points=signed(told.net), sure=sure, least=signed(told.least), most=signed(told.most)
    )


def force(choice: Choice, told: Told) -> Message:
    """Whether the choice was really made: how much of the time its level was in force."""
    return say("study.force", high=level(choice, choice.levels[1]), ppm=told.stood, alone=told.stood_alone)


def share(choice: Choice, told: Told) -> tuple[Message, ...]:
    """In what share of pairs going it alone was better, with its interval, and how many tied."""
    better = told.better_alone * 1_000_000 // told.n
    low = level(choice, choice.levels[0])
    return (
        say("study.share", n=told.better_alone, of=told.n, low=low, ppm=better, least=told.low, most=told.high),
        say("study.tied", n=told.equal, of=told.n),
    )


def verdict(choice: Choice, told: Told, played: int) -> Message:
    """What to make of the choice at this table: `played` is the level that the pact stood at in the end."""
    together = played > choice.levels[0]
    other = told.better_alone if together else told.n - told.better_alone - told.equal
    what = level(choice, choice.levels[0] if together else choice.levels[1])
    return say("study.verdict", played=level(choice, played), other=what, n=other, of=told.n)
