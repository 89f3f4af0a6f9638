"""Computer players. Each decides from a View alone and can say in one line why.

`idle` gives no order. `random` gives legal orders picked by named luck: a sparring partner for the fuzzer, no more.
`doctrine` takes the best of what the chapters' own staffs propose, as far as staff points go. A chapter brings its
doctrine with it (`propose`, `reply`), so a new chapter needs no new player.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from game.core.luck import Luck
from game.core.orders import CONTINGENCIES, NO_LIMIT, Contingency, Order, Plan, Template, Trigger
from game.core.rulebook import Question, Rulebook, Temper
from game.core.view import View
from game.core.words import Message, say


class Player(Protocol):
    """What a computer seat answers. Both see the seat's View; `luck` is named by turn and seat, never by the game's
    own draws."""

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan: ...
    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None: ...


@attrs.frozen(slots=True)
class Idle:
    """Seals empty plans and leaves every question to the standing answer."""

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        return Plan(view.seat, intent="Wait and see.")

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return None


@attrs.frozen(slots=True)
class Random:
    """Legal orders by named luck, contingencies and standing answers too. It never looks ahead."""

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        name = f"{view.seat}.{view.turn}"
        plan = Plan(view.seat, intent="Keep them guessing.")
        pool = [(t, f"{t.order.VERB}.{t.subject}") for t in rulebook.options(view)]
        while pool and plan.cost() < view.own.staff:
            template, subject = pool.pop(luck.pick(len(pool), "player", f"{name}.{len(pool)}"))
            order = pick(template, luck, f"{name}.{subject}")
            trial = plan.having(order)
            if trial.cost() <= view.own.staff and rulebook.fault(view, trial, order) is None:
                as_contingency = luck.hit(200_000, "player", f"{name}.{subject}.later")
                plan = self._later(view, plan, order, luck) if as_contingency else trial
        return plan

    def _later(self, view: View, plan: Plan, order: Order, luck: Luck) -> Plan:
        """The same order as a contingency on damage at some place, while there is room for one."""
        if len(plan.contingencies) >= CONTINGENCIES or view.kind.pulses < 2:
            return plan
        places = list(view.places)
        place = places[luck.pick(len(places), "player", f"{order.id}.watch")]
        trigger = Trigger("damage" if luck.hit(500_000, "player", f"{order.id}.kind") else "contacts", place, 1)
        return attrs.evolve(plan, contingencies=(*plan.contingencies, Contingency(trigger, order)))

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return pick(question.template, luck, f"{view.seat}.{view.turn}.{view.pulse}.answer")


def pick(template: Template, luck: Luck, name: str) -> Order:
    """One order of a template, every choice as likely as the next."""
    return template.fill(
        **{field: domain[luck.pick(len(domain), "player", f"{name}.{field}")] for field, domain in template.domains}
    )


@attrs.frozen(slots=True)
class Doctrine:
    """A staff with a temperament that follows the chapters' own doctrine, best proposals first."""

    temper: Temper = attrs.field(factory=Temper)

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        found = sorted(rulebook.proposals(view, self.temper), key=lambda p: (-p.value, p.order.id))
        plan = Plan(view.seat, roe=NO_LIMIT)
        left = view.own.staff
        slots: set[str] = set()
        ids: set[str] = set()
        orders: list[Order] = []
        why: list[tuple[str, Message]] = []
        for proposal in found:
            order = proposal.order
            if left < order.COST or order.id in ids or (proposal.slot and proposal.slot in slots):
                continue
            if rulebook.fault(view, plan, order) is not None:
                continue
            left -= order.COST
            ids.add(order.id)
            slots.add(proposal.slot)
            orders.append(order)
            why.append((order.id, proposal.why))
        roe = max((rulebook.rung(view, o) for o in orders), default=0)
        whole = attrs.evolve(plan, orders=tuple(orders), roe=roe, why=tuple(why))
        return _lawful(whole, view, rulebook)

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return rulebook.reply(view, question, self.temper)


def _lawful(plan: Plan, view: View, rulebook: Rulebook) -> Plan:
    """The plan less what its better orders rule out: each was judged alone before."""
    while refused := {refusal.order for refusal in rulebook.faults(view, plan)}:
        worst = next((o for o in reversed(plan.orders) if o.id in refused), None)
        if worst is None:
            break
        kept = tuple(o for o in plan.orders if o is not worst)
        plan = attrs.evolve(plan, orders=kept, why=tuple(w for w in plan.why if w[0] != worst.id))
    return attrs.evolve(plan, intent=_intent(plan.orders))


def _intent(orders: Sequence[Order]) -> str:
    """One line: how many orders of which kind, in the order of play."""
    if not orders:
        return "Hold and watch."
    verbs = list(dict.fromkeys(o.VERB for o in orders))
    return f"{', '.join(verbs)}.".capitalize()


def reason(plan: Plan, order: Order) -> Message:
    """Why an order stands in a plan, in one line."""
    return dict(plan.why).get(order.id) or say("kernel.no_reason", order=order.id)


def players(tempers: Mapping[str, Temper], seat: str) -> Mapping[str, Player]:
    """The computer players that may take `seat`, by the name that a command gives."""
    return {"idle": Idle(), "random": Random(), "doctrine": Doctrine(tempers.get(seat, Temper()))}


PLAYERS = ("idle", "random", "doctrine")
