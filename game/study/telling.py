"""What pairs of games say, in words: what the choice gained and cost, and how often the other one was better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.model import TRACK_LETTERS
from game.core.setting import Line
from game.core.words import Message, say
from game.study.pairs import Choice, Told

Lines = Mapping[str, tuple[Line, ...]]


def level(choice: Choice, n: int) -> str:
    """A level as people write it: "L4", "G0"."""
    return f"{TRACK_LETTERS[choice.track]}{n}"


def heading(choice: Choice, n: int) -> Message:
    low, high = (level(choice, n) for n in choice.levels)
    return say("study.heading", pact=choice.pact, track=choice.track, low=low, high=high, n=n)


def gained(choice: Choice, told: Told, lines: Lines) -> Iterator[Message]:
    return _means(choice, told.gained, lines)


def paid(choice: Choice, told: Told, lines: Lines) -> Iterator[Message]:
    return _means(choice, told.paid, lines)


def _means(choice: Choice, means: Mapping[str, int], lines: Lines) -> Iterator[Message]:
    """One line a score line, seats in the scenario's order."""
    for seat in choice.seats:
        for line in lines.get(seat, ()):
            if f"{seat}.{line.id}" in means:
                n = means[f"{seat}.{line.id}"]
                tenths = (abs(n) + 50) // 100
                sign = "" if not tenths else "+" if n > 0 else "-"
                points = f"{sign}{tenths // 10}.{tenths % 10}"
                yield say("study.mean", seat=seat, line=line.title, points=points, most=line.most)


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
