"""A plan to start from, and three courses of action that differ in idea.

Each idea (`ideas`) asks the chapters' staffs with a temperament of its own, weighs their proposals by how they lean
and where they belong, and takes the best as far as staff points go. So a new chapter needs no new course.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

import attrs

from game.core.luck import Luck
from game.core.orders import NO_LIMIT, Order, Plan, Template
from game.core.rulebook import Proposal, Rulebook, Temper
from game.core.view import View
from game.core.words import Message, say
from game.table.ideas import (
    FORCE,
    HOLD,
    HOME,
    NEAR_KM,
    OTHER_FRONT,
    OUT,
    TIES,
    Idea,
    at_sea,
    front_of,
    ideas,
    lean,
    off,
    where,
)
from game.table.players import Doctrine

#: Orders of one form that are looked at, and forms, when what the staffs propose does not tell two courses apart.
FORM_ORDERS, FORMS = 24, 60
#: Orders in which two courses differ at least, wherever a seat can act in that many ways, and plans tried for it.
APART, MOST_TRIED = 2, 200
#: What may go over from one front to another, by domain, soonest first, and places that are tried for it.
SHIFTED = ("air", "ship", "battery")
PLACES = 6
#: By how many percent of an order's first weight each one of its chapter that costs staff divides the next (D).
CROWD = 40


@attrs.frozen(slots=True)
class Course:
    """A named course of action: its idea in one line, and a plan that may be sealed, with a reason for each order."""

    key: str
    name: Message
    idea: Message
    plan: Plan


#: Reasons for an order that no staff proposed, by its lean.
WHY: Mapping[str, Message] = {
    FORCE: say("ui_desk.why_force"),
    OUT: say("ui_desk.why_out"),
    TIES: say("ui_desk.why_ties"),
    HOME: say("ui_desk.why_home"),
}


def default_plan(view: View, rulebook: Rulebook, temper: Temper | None = None) -> Plan:
    """What the seat's own doctrine would seal, without a line of intent; an empty plan where that may not be."""
    plan = Doctrine(temper or Temper()).plan(view, rulebook, Luck(0))
    plan = attrs.evolve(plan, intent="")
    return Plan(view.seat) if rulebook.faults(view, plan) else plan


def courses(view: View, rulebook: Rulebook) -> tuple[Course, Course, Course]:
    """Three courses of action that may be sealed. No two order the same, if the seat has that many ways to act."""
    forms = tuple(islice(rulebook.options(view), FORMS))
    staffs = [Staff.of(view, rulebook, idea, forms) for idea in ideas(view)]
    staffs = [s if s.able else Staff.of(view, rulebook, HOLD, forms) for s in staffs]
    pool = tuple({p.order: p for staff in staffs for p in staff.proposals}.values())
    taken: set[frozenset[Order]] = set()
    out: list[Course] = []
    for staff in staffs:
        plan = staff.apart(pool, taken)
        taken.add(frozenset(plan.orders))
        out.append(Course(staff.idea.key, staff.idea.name, staff.idea.idea, plan))
    return out[0], out[1], out[2]


@attrs.frozen(slots=True)
class Staff:
    """One idea at work on one View: what the chapters propose under its temperament, the heaviest first."""

    view: View
    rulebook: Rulebook
    idea: Idea
    forms: tuple[Template, ...]
    points: int
    proposals: tuple[Proposal, ...]

    @staticmethod
    def of(view: View, rulebook: Rulebook, idea: Idea, forms: tuple[Template, ...]) -> Staff:
        points = (view.own.staff * idea.share + 99) // 100
        weighed = [
            (p.value * idea.weights.get(lean(view, rulebook, p.order), 0), p)
            for p in rulebook.proposals(view, idea.temper)
        ]
        weighed.sort(key=lambda w: (-w[0], w[1].order.id))
        return Staff(view, rulebook, idea, forms, points, tuple(p for _, p in weighed))

    @property
    def able(self) -> bool:
        """Whether the staffs propose something of what an idea of the sea is about."""
        sea = self.idea.land < self.idea.sea
        return not sea or any(at_sea(self.view, p.order) and self.lean(p.order) == FORCE for p in self.proposals)

    def apart(self, pool: Iterable[Proposal], taken: set[frozenset[Order]]) -> Plan:
        """The best plan of this idea that differs from those taken in APART orders at least; else the best that is
        not one of them; else none."""
        other = None
        for plan in islice(self.plans(pool), MOST_TRIED):
            orders = frozenset(plan.orders)
            if all(len(orders ^ t) >= APART for t in taken):
                return plan
            if other is None and orders not in taken:
                other = plan
        return other or next(
            (p for p in self.plans(pool) if frozenset(p.orders) not in taken), Plan(self.view.seat, roe=0)
        )

    def plans(self, pool: Iterable[Proposal]) -> Iterator[Plan]:
        """Plans that fit the idea, best first; towards the end any that is legal. `pool`: what all staffs propose."""
        best = self.wanted(self.best())
        yield best
        less = (self.without(best, o) for o in reversed(best.orders) if best.orders[1:])
        yield from chain(less, self.otherwise(best, pool)) if self.idea.share < 100 else self.otherwise(best, pool)
        yield from (self.without(best, o) for o in reversed(best.orders))
        for order in chain.from_iterable(map(variants, self.forms)):
            yield from self.with_room(best, order)

    def best(self) -> Plan:
        """What weighs most, order by order; each further order of a chapter weighs less, so that a course does
        several things."""
        plan = Plan(self.view.seat)
        slots: set[str] = set()
        given: dict[object, int] = {}
        left = [(p.value * self.weight(p.order), p) for p in self.proposals if self.weight(p.order)]
        while left:
            weight = {id(p): w * 100 // (100 + CROWD * given.get(self.kind(p.order), 0)) for w, p in left}
            _, proposal = max(left, key=lambda row: weight[id(row[1])])
            left = [row for row in left if row[1] is not proposal]
            if any(o.id == proposal.order.id for o in plan.orders) or proposal.slot in slots:
                continue
            trial = self.having(plan, proposal.order, proposal.why)
            if trial is not None:
                plan = trial
                slots |= {proposal.slot} - {""}
                if proposal.order.COST:
                    given[self.kind(proposal.order)] = given.get(self.kind(proposal.order), 0) + 1
        return self.closed(plan)

    def kind(self, order: Order) -> object:
        """What a course should do several of: orders of other chapters, or on the other front."""
        return self.front(order) if self.idea.front == "*" else self.rulebook.owner[type(order)].__name__

    def front(self, order: Order) -> str:
        return front_of(self.view.board, self.view.seat, where(self.view, order))

    def wanted(self, plan: Plan) -> Plan:
        """`plan` with an order that leans as the idea wants, if it has none and one makes sense."""
        wants = self.idea.wants
        if self.idea.front not in ("", "*"):
            return self.shifted(plan)
        if not wants or any(self.lean(o) in wants for o in plan.orders):
            return plan
        fit = (o for o in chain.from_iterable(map(variants, self.forms)) if self.lean(o) in wants)
        return next((p for order in fit for p in self.with_room(plan, order)), plan)

    def shifted(self, plan: Plan) -> Plan:
        """`plan` with a wing, or else ships or a battery, that goes over from the other front."""
        board, mine, seat = self.view.board, self.view.mine, self.view.seat
        found_in = self.rulebook.options(self.view)
        moves = [f for f in found_in if f.subject in mine and any(name == "to" for name, _ in f.domains)]
        for domain in SHIFTED:
            for form in moves:
                unit = mine[form.subject]
                here = front_of(board, seat, unit.at) in ("", self.idea.front)
                if (
                    here
                    or board.formation(unit).domain != domain
                    or any(o.subject == form.subject for o in plan.orders)
                ):
                    continue
                near = (p for p in map(str, form.domain("to")) if off(self.view, p) <= NEAR_KM)
                there = (p for p in near if front_of(board, seat, p) == self.idea.front)
                why = say("ui_desk.why_shift", unit=form.subject)
                for place in islice(there, PLACES):
                    found = next(self.with_room(plan, form.fill(to=place), why), None)
                    if found is not None:
                        return found
        return plan

    def otherwise(self, plan: Plan, pool: Iterable[Proposal]) -> Iterator[Plan]:
        """Plans one order away: what the other staffs propose, then an order with another choice made in it, then
        what else leans the idea's way."""
        for proposal in pool:
            trial = self.having(plan, proposal.order, proposal.why) if self.weight(proposal.order) else None
            if trial is not None:
                yield self.closed(trial)
        for order in plan.orders:
            for form in self.forms:
                if type(order) is form.order and order.subject == form.subject:
                    for other in changed(form, order):
                        yield from self.with_room(plan, other)
        orders = [o for o in chain.from_iterable(map(variants, self.forms)) if self.weight(o)]
        for order in sorted(orders, key=lambda o: -self.weight(o)):
            yield from self.with_room(plan, order)

    def lean(self, order: Order) -> str:
        return lean(self.view, self.rulebook, order)

    def weight(self, order: Order) -> int:
        """The weight of an order in this idea, in percent: by lean, by front, and by sea or land."""
        idea = self.idea
        percent = idea.sea if at_sea(self.view, order) else idea.land
        if idea.front not in ("", "*") and self.front(order) != idea.front:
            percent = percent * OTHER_FRONT // 100
        return idea.weights.get(self.lean(order), 0) * percent

    def having(self, plan: Plan, order: Order, why: Message) -> Plan | None:
        """`plan` with an order in it; None where it may not be, or costs more than the idea spends."""
        trial = attrs.evolve(plan.having(order), why=(*plan.why, (order.id, why)), roe=NO_LIMIT)
        illegal = order.ASKED or trial.cost() > self.points or self.rulebook.faults(self.view, trial)
        return None if illegal else trial

    def with_room(self, plan: Plan, order: Order, why: Message | None = None) -> Iterator[Plan]:
        """`plan` with an order that nobody proposed, added or in place of the last one that takes a staff's time; not
        if it raises a doubt, or gives a unit a second task."""
        if order.subject in self.view.mine and any(o.subject == order.subject for o in plan.orders):
            plan = attrs.evolve(
                plan, orders=tuple(o for o in plan.orders if o.id == order.id or o.subject != order.subject)
            )
        before = {d.rule for d in self.rulebook.doubts(self.view, plan)}
        last = next((o for o in reversed(plan.orders) if o.COST and o.id != order.id), None)
        for base in (plan, plan if last is None else plan.without(last.id)):
            trial = self.having(base, order, why or WHY[self.lean(order)])
            if trial is not None and {d.rule for d in self.rulebook.doubts(self.view, trial)} <= before:
                yield self.closed(trial)

    def without(self, plan: Plan, order: Order) -> Plan:
        return self.closed(plan.without(order.id))

    def closed(self, plan: Plan) -> Plan:
        """The rule of engagement no wider than the orders need, and reasons for these orders alone."""
        roe = max((self.rulebook.rung(self.view, o) for o in plan.orders), default=0)
        reasons = dict(plan.why)
        return attrs.evolve(plan, roe=roe, why=tuple((o.id, reasons[o.id]) for o in plan.orders))


def variants(template: Template) -> Iterator[Order]:
    """The form's best guess, then the same with one choice changed."""
    guess = template.fill()
    yield guess
    yield from changed(template, guess)


def changed(template: Template, order: Order) -> Iterator[Order]:
    """An order with one choice changed, finer ones first: a few orders, the same number from every field."""
    each = max(1, FORM_ORDERS // max(1, len(template.domains)))
    for name, domain in reversed(template.domains):
        choices = [value for value in domain if value != getattr(order, name)]
        for value in choices[:each]:
            yield attrs.evolve(order, **{name: value})  # type: ignore[arg-type]
