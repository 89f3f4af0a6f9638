"""Whole games as text, turn by turn: what could be ordered, what was, every event with its sum, who learned what.

`python -m tests.playthroughs --write` writes the files anew. A changed line is a changed rule: read it as a diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from game.core.digest import digest
from game.core.events import Add, Drop, Effect, Event, Input, Make, Put, Roll, told
from game.core.ids import Seat
from game.core.model import UNKNOWN, Row, State
from game.core.orders import Order, Plan
from game.core.rulebook import Question
from game.core.turn import Step
from game.core.words import Message
from game.table.match import Match
from game.table.players import players
from tests.worlds import pack, rulebook

HERE = Path(__file__).parent
#: Scenario, computer players, seed.
GAMES = (
    ("one_sky", "random", 1),
    ("one_sky", "random", 40),
    ("one_sky", "doctrine", 1),
    ("one_sky", "doctrine", 2),
    ("first_watch", "doctrine", 1),
    ("first_watch", "random", 3),
    ("week_one", "doctrine", 1),
    ("week_one", "random", 43),
    ("the_bridge", "doctrine", 1),
    ("sea_lane_lottery", "doctrine", 1),
)


@attrs.define
class Heard:
    """What was used in a game: for the test that every part of the rulebook is."""

    lines: list[str] = attrs.field(factory=list)
    orders: set[str] = attrs.field(factory=set)
    rules: set[str] = attrs.field(factory=set)
    phases: set[str] = attrs.field(factory=set)


def file_of(name: str, player: str, seed: int) -> Path:
    return HERE / f"{name}-{player}-{seed}.txt"


def play(name: str, player: str, seed: int) -> Heard:
    setting, state = pack(name)
    texts = setting.texts["seats"]
    seated = {s: players({s: texts[s]["temper"]}, s)[player] for s in setting.board.seats}
    match = Match(state, rulebook(name), seed, seated)
    out = Heard([f"{setting.board.title}: {player} players, seed {seed}"])
    while not match.state.over:
        _turn(match, out)
    out.lines.append(f"end {digest(match.state)}")
    return out


def _turn(match: Match, out: Heard) -> None:
    state = match.state
    out.lines += ["", f"turn {state.turn} {state.kind.name}, hour {state.hour}"]
    out.lines += [f"  options {seat}: {_count(match, seat)}" for seat in match.seats]
    shown = False
    for item in match.run_turn():
        if not shown:
            shown = True
            for seat in match.seats:
                out.lines += _plan(match.plans[seat], out)
        if isinstance(item, Question):
            out.lines += _question(item, out)
        else:
            out.phases.add(item.phase)
            out.lines += _step(item, out)
    out.lines += _held(match.state)
    out.lines.append(f"  digest {digest(match.state)}")


def _count(match: Match, seat: Seat) -> str:
    """How many orders a seat may choose from, by kind: a changed number is a changed rule."""
    found: dict[str, int] = {}
    for template in match.rulebook.options(match.view(seat)):
        found[template.order.VERB] = found.get(template.order.VERB, 0) + len(template)
    return ", ".join(f"{verb} {n}" for verb, n in sorted(found.items())) or "none"


def _order(order: Order) -> str:
    values = ((a.name, getattr(order, a.name)) for a in attrs.fields(type(order))[2:])
    return " ".join([order.id, *(f"{name}={value}" for name, value in values if value != "")])


def _plan(plan: Plan, out: Heard) -> Iterator[str]:
    yield f"  plan {plan.seat}, to rung {plan.roe}: {plan.intent}"
    why = dict(plan.why)
    for order in plan.orders:
        out.orders.add(order.VERB)
        yield f"    {_order(order)}" + (f"  because {_message(why[order.id])}" if order.id in why else "")
    for c in plan.contingencies:
        out.orders.add(c.order.VERB)
        yield f"    if {c.trigger.measure} {c.trigger.subject} >= {c.trigger.least}: {_order(c.order)}"


def _question(question: Question, out: Heard) -> Iterator[str]:
    out.orders.add(question.template.order.VERB)
    domains = " ".join(f"{name}={len(domain)}" for name, domain in question.template.domains)
    yield f"  asked {question.seat}: {_message(question.about)}  answers {domains}"


def _message(message: Message) -> str:
    return " ".join([message.id, *(f"{k}={v}" for k, v in message.values if v != "")])


def _step(step: Step, out: Heard) -> Iterator[str]:
    if step.events:
        yield f"  {step.date} {step.phase}"
    for event in step.events:
        out.rules.add(event.rule)
        yield f"    {event.rule} {event.seat or '-'} {event.subject}: {_message(event.message)}"
        if event.inputs:
            yield f"      from {', '.join(map(_input, event.inputs))}"
        for roll in event.rolls:
            yield f"      draw {_roll(roll)}"
        for fx in event.effects:
            yield f"      {_effect(fx)}"
        yield f"      told {_told(event, step)}"


def _input(given: Input) -> str:
    return f"{given.name} {given.value}" + (f" [{given.source}]" if given.source else "")


def _roll(roll: Roll) -> str:
    odds = " ".join(f"{label}:{ppm}" for label, ppm in roll.odds)
    return f"{roll.key} {roll.value} = {roll.result}, {roll.chance} ppm, {roll.up_to} to here" + (
        f" of {odds}" if odds else ""
    )


def _effect(fx: Effect) -> str:
    at = f"{fx.table}.{fx.key}"
    if isinstance(fx, Add):
        return f"{at}.{fx.field} {fx.n:+d}"
    if isinstance(fx, Put):
        return f"{at}.{fx.field} = {fx.value}"
    if isinstance(fx, Drop):
        return f"{at} dropped"
    assert isinstance(fx, Make)
    return f"{at} made: {_row(fx.row)}"


def _row(row: Row) -> str:
    values = ((a.name, getattr(row, a.name)) for a in attrs.fields(type(row)))
    return " ".join(f"{name}={value}" for name, value in values if value not in ("", UNKNOWN))


def _told(event: Event, step: Step) -> str:
    seats = ("", *step.before.setting.board.seats)
    parts = []
    for seat in seats:
        what = told(event, seat, step.date)
        if what is not None:
            parts.append((seat or "public") + ("" if what.whole else f" ({_message(what.message)})"))
    return ", ".join(parts) or "nobody"


def _held(state: State) -> Iterator[str]:
    for key, row in state.contacts.items():
        yield f"  holds {key}: {_row(row)}"
