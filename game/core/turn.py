"""How a turn flows: phases in sequence, each over one frozen State, each giving events, each applied at once.

`resolve` is a generator: it yields a `Step` after each phase, and a `Question` where a phase asks (send it the
answer, or None for the standing one). Whoever drives it owns files, screens and clocks; a batch just runs it out.
Sent back after a Step, a tuple of events is the facilitator's act: a step of its own, applied before the next phase.
What is not pretty: orders that no phase settles lapse at the end of the turn, so a chapter that forgets to settle an
order shows up as a lapse in play, and as a failed law in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping

import attrs

from game.core.apply import RuleFault, apply
from game.core.events import Event, Input, event_id
from game.core.ids import Seat, date
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Book, Order, Plan
from game.core.rulebook import TRIPS, Question, Rulebook
from game.core.view import view
from game.core.words import say


@attrs.frozen(slots=True)
class Step:
    """One phase done: its events, and the State before and after. `date` is "3a"; phases are "chapter.phase"."""

    phase: str
    turn: int
    pulse: int
    hour: int
    events: tuple[Event, ...]
    before: State = attrs.field(eq=False, repr=False)
    after: State = attrs.field(eq=False, repr=False)

    @property
    def date(self) -> str:
        return date(self.turn, self.pulse)

    def id(self, event: Event) -> str:
        return event_id(event, self.date)


#: What may be sent: an answer to a Question, a facilitator's events after a Step, or nothing.
Reply = Order | tuple[Event, ...] | None
Answers = Generator[Step | Question, Reply, State]
FACILITATOR = "facilitator"


class _Turn:
    """The moving parts while one turn resolves: the State so far, the open orders, the ids used."""

    def __init__(self, state: State, plans: Mapping[Seat, Plan], luck: Luck, rulebook: Rulebook) -> None:
        self.state = state
        self.opening = state.counters
        self.book = Book(plans)
        self.luck = luck
        self.rules = rulebook
        self.ids: set[str] = set()

    def clock(self, pulse: int, hour: int) -> None:
        self.state = attrs.evolve(self.state, pulse=pulse, hour=hour)

    def step(self, phase: str, events: Iterable[Event]) -> Step:
        """Apply a phase's events and settle the orders that they name."""
        before = self.state
        done = tuple(events)
        stamp = date(before.turn, before.pulse)
        settled = set()
        for event in done:
            id = event_id(event, stamp)
            if id in self.ids:
                raise RuleFault(f"{phase}: {event.rule} speaks twice of {event.subject} at {stamp}")
            self.ids.add(id)
            if event.order:
                settled.add(event.order)
        self.state = apply(before, done)
        self.book = self.book.settled(settled)
        return Step(phase, before.turn, before.pulse, before.hour, done, before, self.state)

    def give(self, phase: str, events: Iterable[Event]) -> Generator[Step, Reply, None]:
        """A phase's step, and after it whatever the facilitator does."""
        acts = yield self.step(phase, events)
        while acts and isinstance(acts, tuple):
            acts = yield self.step(FACILITATOR, acts)

    def run(self, phases: Iterable[str]) -> Generator[Step | Question, Reply, None]:
        for phase in phases:
            resolve_phase = self.rules.phases.get(phase)
            if resolve_phase is None:
                continue  # a chapter left out of this game
            luck = self.luck.at(self.state.turn, self.state.pulse)
            ask = self.rules.asks.get(phase)
            if ask is not None:
                answers = []
                for question in tuple(ask(self.state, self.book, luck)):
                    reply = yield question
                    answers.append(self._answer(question, reply))
                self.book = self.book.with_orders(answers)
            yield from self.give(phase, resolve_phase(self.state, self.book, luck))

    def _answer(self, question: Question, reply: Reply) -> Order:
        """The reply if it is one of those offered; else the standing answer, else the mildest (K7)."""
        if isinstance(reply, Order) and legal_answer(question, reply):
            return reply
        template = question.template
        for standing in self.book.plan(question.seat).standing:
            if type(standing) is template.order and standing.subject in (template.subject, "*"):
                meant = attrs.evolve(standing, subject=template.subject)
                if legal_answer(question, meant):
                    return meant
        return template.fill()

    def trip(self) -> Iterable[Event]:
        """Contingencies whose trigger holds now, judged again (K8)."""
        for seat in sorted(self.book.plans):
            plan = self.book.plans[seat]
            seen = view(self.state, seat) if plan.contingencies else None
            for n, c in enumerate(plan.contingencies, 1):
                if seen is None or TRIPS[c.trigger.measure](seen, c.trigger.subject) < c.trigger.least:
                    continue
                refusal = self.rules.fault(seen, plan, c.order)
                inputs = (Input(c.trigger.measure, c.trigger.least, c.trigger.subject),)
                if refusal is None:
                    self.book = self.book.with_orders([c.order])
                    text = say("kernel.tripped", order=c.order.id, n=n)
                    yield Event("K4", seat, f"{seat}.{n}", text, inputs, all_to=(seat,))
                else:
                    text = say("kernel.trip_refused", order=c.order.id, n=n, rule=refusal.rule)
                    yield Event("K8", seat, f"{seat}.{n}", text, inputs, all_to=(seat,))

    def lapses(self) -> Iterable[Event]:
        for id, order in self.book.orders.items():
            gone = order.subject in self.opening and order.subject not in self.state.counters
            why = "kernel.lapsed_gone" if gone else "kernel.lapsed"
            text = say(why, order=id, subject=order.subject)
            yield Event("K6", order.seat, id, text, all_to=(order.seat,), order=id)


def legal_answer(question: Question, reply: Order) -> bool:
    """Whether `reply` is one of the answers that `question` offers."""
    template = question.template
    if type(reply) is not template.order or reply.seat != question.seat or reply.subject != template.subject:
        return False
    return all(getattr(reply, name) in domain for name, domain in template.domains)


def resolve(state: State, plans: Mapping[Seat, Plan], luck: Luck, rulebook: Rulebook) -> Answers:
    """Play one turn. Yields Steps and Questions; returns the State at the start of the next turn."""
    kind = state.kind
    start = state.hour
    now = _Turn(state, plans, luck, rulebook)
    yield from now.run(kind.opening)
    for pulse in range(1, kind.pulses + 1):
        now.clock(pulse, start + (pulse - 1) * kind.pulse_hours)
        if pulse > 1:
            yield from now.give("kernel.contingencies", now.trip())
        yield from now.run(kind.pulse)
    now.clock(0, start + kind.hours)
    yield from now.run(kind.closing)
    yield from now.give("kernel.lapses", now.lapses())
    return attrs.evolve(now.state, turn=state.turn + 1, pulse=0)


def run_out(turn: Answers, answer: Callable[[Question], Order | None]) -> tuple[State, tuple[Step, ...]]:
    """Drive a turn to its end; `answer` replies to each question."""
    steps: list[Step] = []
    reply: Order | None = None
    try:
        while True:
            item = turn.send(reply)
            reply = None
            if isinstance(item, Question):
                reply = answer(item)
            else:
                steps.append(item)
    except StopIteration as end:
        return end.value, tuple(steps)
