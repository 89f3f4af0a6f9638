"""A game as somebody watching computer players sees it: the main events of each turn, then how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from game.core.events import Event
from game.core.ids import Seat
from game.core.model import State
from game.core.turn import Step
from game.report.explain import Speech, roll_line
from game.report.result import table
from game.words import finished, text

#: More than this many events of a turn are for the log.
MOST = 14
WIDTH = 100


def main_events(steps: Iterable[Step]) -> list[tuple[Step, Event]]:
    """Events that everybody hears of, and those that luck and effect together made; in the order they came."""
    return [(step, e) for step in steps for e in step.events if "" in e.all_to or (e.rolls and e.effects)]


def turn_lines(steps: tuple[Step, ...], turn: int, speech: Speech) -> Iterator[str]:
    """One turn: its main events, each with its draw."""
    first = next(iter(steps), None)
    kind = first.before.setting.kind(turn).name if first else ""
    yield speech.say("report.turn", turn=turn, kind=kind)
    found = main_events(steps)
    for step, event in found[:MOST]:
        yield from _lines(
            f"{step.date:<3} {event.rule:<5} {finished(text(event.message, speech.language, speech.names))}", 2, 10
        )
        for roll in event.rolls:
            yield from _lines(roll_line(roll, speech), 12, 2)
    if not found:
        yield f"  {speech.say('report.quiet')}"
    if len(found) > MOST:
        yield f"  {speech.say('report.more', n=len(found) - MOST)}"
    yield ""


def _lines(words: str, indent: int, hang: int) -> list[str]:
    pad = " " * indent
    return wrap(words, WIDTH, initial_indent=pad, subsequent_indent=pad + " " * hang, break_on_hyphens=False)


def standing(state: State, speech: Speech) -> Iterator[str]:
    """Every seat's score by line, in plain columns."""
    names = {seat: _capital(speech.names.seat(seat, speech.language)) for seat in state.setting.board.seats}
    rows = list(table(state.setting, state, names))
    wide = max((len(line) for _, line, _ in rows), default=0)
    for seat, line, points in rows:
        yield f"{seat:<{wide + 2}}  {points:>9}" if seat else f"  {line:<{wide}}  {points:>9}"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def cast(players: Mapping[Seat, str], speech: Speech) -> str:
    """Who plays what, in a line."""
    return ", ".join(f"{_capital(speech.names.seat(seat, speech.language))}: {p}" for seat, p in players.items())
