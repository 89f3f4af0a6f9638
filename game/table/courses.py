"""A plan to start from, and three courses of action that differ in idea.

The ideas know no chapter. Every order leans one way, read off the View: it uses force (its rung), it goes out (it
names a rival, or a place that is not of one's own side), it ties (it names an ally, an ally's place or a pact), or it
stays at home. Each idea asks the chapters' staffs with a temperament of its own, weighs their proposals
by lean, and takes the best as far as staff points go. So a new chapter needs no new course.
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
from game.table.players import Doctrine

FORCE, OUT, TIES, HOME = ("force", "out", "ties", "home")
#: Orders of one form that are looked at, and forms, when what the staffs propose does not tell two courses apart.
FORM_ORDERS, FORMS = 24, 60
#: By how many percent of an order's first weight each one of its chapter that costs staff divides the next (D).
CROWD = 40


@attrs.frozen(slots=True)
class Course:
    """A named course of action: its idea in one line, and a plan that may be sealed, with a reason for each order."""

    key: str
    name: Message
    idea: Message
    plan: Plan


@attrs.frozen(slots=True)
class Idea:
    """What makes a course: the temperament it asks with, the weight of each lean (absent: none of that), the share of
    the staff points that it spends at most, in percent, and leans of which it wants one order at least."""

    key: str
    name: Message
    idea: Message
    temper: Temper
    weights: Mapping[str, int]
    share: int = 100
    wants: tuple[str, ...] = ()


HOLD = Idea("hold", say("ui_desk.hold"), say("ui_desk.hold_idea"), Temper(20, 20, 80), {HOME: 1})
SHARE = Idea(
    "share",
    say("ui_desk.share"),
    say("ui_desk.share_idea"),
    Temper(40, 70, 60),
    {TIES: 6, HOME: 2},
    wants=(TIES,),
)
FORWARD = Idea(
    "forward",
    say("ui_desk.forward"),
    say("ui_desk.forward_idea"),
    Temper(85, 70, 20),
    {FORCE: 6, OUT: 4, TIES: 1, HOME: 1},
    wants=(FORCE, OUT),
)
PROBE = Idea(
    "probe", say("ui_desk.probe"), say("ui_desk.probe_idea"), Temper(60, 60, 95), {FORCE: 4, OUT: 4, HOME: 1}, 50
)
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


def ideas(view: View) -> tuple[Idea, Idea, Idea]:
    """The three that fit a seat: who has no ally at the table may probe instead of share."""
    allies = any(s != view.seat and view.board.same_side(view.seat, s) for s in view.nations)
    return (HOLD, SHARE, FORWARD) if allies else (HOLD, FORWARD, PROBE)


def courses(view: View, rulebook: Rulebook) -> tuple[Course, Course, Course]:
    """Three courses of action that may be sealed. No two order the same, if the seat has that many ways to act."""
    forms = tuple(islice(rulebook.options(view), FORMS))
    staffs = [Staff.of(view, rulebook, idea, forms) for idea in ideas(view)]
    pool = tuple({p.order: p for staff in staffs for p in staff.proposals}.values())
    taken: set[frozenset[Order]] = set()
    out: list[Course] = []
    for staff in staffs:
        plan = next((p for p in staff.plans(pool) if frozenset(p.orders) not in taken), Plan(view.seat, roe=0))
        taken.add(frozenset(plan.orders))
        out.append(Course(staff.idea.key, staff.idea.name, staff.idea.idea, plan))
    return out[0], out[1], out[2]


def lean(view: View, rulebook: Rulebook, order: Order) -> str:
    """Which way an order leans: FORCE, OUT, TIES or HOME."""
    if rulebook.rung(view, order) > 0:
        return FORCE
    named = attrs.astuple(order, recurse=False)[1:]
    whose = [owner for name in named if isinstance(name, str) for owner in _owners(view, name)]
    if any(o != view.seat and view.board.same_side(view.seat, o) for o in whose if o):
        return TIES
    return OUT if any(o != view.seat for o in whose) else HOME


def _owners(view: View, name: str) -> tuple[str, ...]:
    """Whose the thing is that goes by a name: a nation, a pact, a place ("" for the open sea); else nobody's. Where
    one's own units stand, one is at home."""
    if name in view.nations:
        return (name,)
    if name in view.pacts:
        return view.pacts[name].owners
    if name not in view.places:
        return ()
    return (view.seat,) if any(c.at == name for c in view.mine.values()) else (view.places[name].owner,)


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
            weight = {id(p): w * 100 // (100 + CROWD * given.get(self.chapter(p.order), 0)) for w, p in left}
            _, proposal = max(left, key=lambda row: weight[id(row[1])])
            left = [row for row in left if row[1] is not proposal]
            if any(o.id == proposal.order.id for o in plan.orders) or proposal.slot in slots:
                continue
            trial = self.having(plan, proposal.order, proposal.why)
            if trial is not None:
                plan = trial
                slots |= {proposal.slot} - {""}
                if proposal.order.COST:
                    given[self.chapter(proposal.order)] = given.get(self.chapter(proposal.order), 0) + 1
        return self.closed(plan)

    def chapter(self, order: Order) -> object:
        return self.rulebook.owner[type(order)].__name__

    def wanted(self, plan: Plan) -> Plan:
        """`plan` with an order that leans as the idea wants, if it has none and one makes sense."""
        wants = self.idea.wants
        if not wants or any(self.lean(o) in wants for o in plan.orders):
            return plan
        fit = (o for o in chain.from_iterable(map(variants, self.forms)) if self.lean(o) in wants)
        return next((p for order in fit for p in self.with_room(plan, order)), plan)

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
        return self.idea.weights.get(self.lean(order), 0)

    def having(self, plan: Plan, order: Order, why: Message) -> Plan | None:
        """`plan` with an order in it; None where it may not be, or costs more than the idea spends."""
        trial = attrs.evolve(plan.having(order), why=(*plan.why, (order.id, why)), roe=NO_LIMIT)
        illegal = order.ASKED or trial.cost() > self.points or self.rulebook.faults(self.view, trial)
        return None if illegal else trial

    def with_room(self, plan: Plan, order: Order) -> Iterator[Plan]:
        """`plan` with an order that nobody proposed, added or in place of the last one; not if it raises a doubt."""
        before = {d.rule for d in self.rulebook.doubts(self.view, plan)}
        for base in (plan, attrs.evolve(plan, orders=plan.orders[:-1])):
            trial = self.having(base, order, WHY[self.lean(order)])
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
