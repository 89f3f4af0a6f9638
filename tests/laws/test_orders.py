"""Laws: what is offered may be given, what may be given is offered, and every sealed order ends in one event."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.orders import CONTINGENCIES, INTENT_LETTERS, Contingency, Order, Plan, Template, Trigger
from game.core.rulebook import Rulebook
from game.core.view import View, view
from rules import SEQUENCE
from rules.missile_defense.tables import AIMS, DOCTRINES
from tests.worlds import World, choose, examples, seats, states, worlds

ORDERS = [o for o in Rulebook(SEQUENCE).orders.values() if not o.ASKED]


@given(states())
def test_no_option_has_a_fault(world: World) -> None:
    for seat in seats(world.state):
        seen = view(world.state, seat)
        for template in world.rules.options(seen):
            assert len(template) > 0
            for order in (template.fill(), choose(template, world.salt, "any")):
                assert world.rules.fault(seen, Plan(seat), order) is None, order
                assert order.seat == seat and type(order) in world.rules.owner


@examples(15)
@given(worlds(), st.data())
def test_every_option_resolves(world: World, data: st.DataObject) -> None:
    """Any single option beside the others' plans: no RuleFault, whatever comes of it."""
    for seat in seats(world.state):
        templates = list(world.rules.options(view(world.state, seat)))
        if templates:
            template = data.draw(st.sampled_from(templates))
            world.resolve(plans={**world.plans, seat: Plan(seat, (choose(template, world.salt, "lone"),))})


@given(worlds())
def test_generated_plans_may_be_sealed(world: World) -> None:
    for seat, plan in world.plans.items():
        assert not world.rules.faults(view(world.state, seat), plan)


def settled(world: World) -> Counter[str]:
    return Counter(e.order for step in world.resolve().steps for e in step.events if e.order)


@given(worlds())
def test_every_sealed_order_ends_in_one_event(world: World) -> None:
    ended = settled(world)
    for plan in world.plans.values():
        for order in plan.orders:
            assert ended[order.id] == 1, order
    for id, n in ended.items():
        assert n == 1, id


@given(worlds())
def test_no_order_lapses_but_with_its_counter(world: World) -> None:
    """A chapter that forgets an order shows here: the kernel settles it at the end of the turn."""
    later = {c.order.id for plan in world.plans.values() for c in plan.contingencies}
    for step in world.resolve().steps:
        for event in step.events:
            if event.rule == "K6" and event.order not in later:
                assert event.message.id == "kernel.lapsed_gone", event


# What may be given is offered -----------------------------------------------------------------------------------


def universe(seen: View, order: type[Order], world: World) -> Order:
    """Any order at all of a class: fields from everything that has a name, numbers from everywhere near."""
    salt = world.salt
    names: list[str] = [*seen.counters, *seen.pacts, *seen.contacts, *seen.nations, "nothing", ""]
    subject = salt.one([*seen.mine, *seen.pacts, *seen.contacts, seen.seat, *names], seen.seat, order.VERB, "subject")
    values: dict[str, Any] = {}
    for field in attrs.fields(order)[2:]:
        about = (seen.seat, order.VERB, field.name)
        pool: list[Any] = {
            "aim": [*AIMS, "moon"],
            "doctrine": [*DOCTRINES, "all at once"],
            "track": ["sensing", "planning", "moon"],
            "contact": [*seen.contacts, "JP.AAAAAA"],
            "into": [*seen.mine, "nothing"],
            "to": [*seen.places, *seen.nations],
        }.get(field.name, [*seen.places, "", "all", "nowhere"])
        if field.type in ("int", int):
            pool = [-1, *range(30), 48, 64]
        values[field.name] = salt.one(pool, *about)
    return order(seen.seat, str(subject), **values)


def lies_in(order: Order, template: Template) -> bool:
    if type(order) is not template.order or order.subject != template.subject or order.seat != template.seat:
        return False
    return all(getattr(order, name) in domain for name, domain in template.domains)


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.VERB)
@examples(60)
@given(data=st.data())
def test_what_has_no_fault_is_offered(order: type[Order], data: st.DataObject) -> None:
    world = data.draw(states("one_sky"))
    for seat in seats(world.state):
        seen = view(world.state, seat)
        templates = [t for t in world.rules.options(seen) if t.order is order]
        tries = [universe(seen, order, world)]
        for t in templates[:3]:  # one choice changed in an order that is offered
            near = choose(t, world.salt, "near")
            name = data.draw(st.sampled_from([n for n, _ in t.domains]))
            others = [v for o in templates for v in o.domain(name)]  # what fits another counter, say
            strange = (getattr(universe(seen, order, world), name), data.draw(st.sampled_from(others)))
            changes: list[dict[str, Any]] = [{name: value} for value in strange]
            tries += [attrs.evolve(near, **change) for change in changes]
        for given_order in tries:
            if any(getattr(given_order, name) not in t.domain(name) for t in templates for name in order.OPEN):
                continue  # words of one's own, which no template lists (decision 38)
            offered = any(lies_in(given_order, t) for t in templates)
            refusal = world.rules.fault(seen, Plan(seat), given_order)
            assert offered == (refusal is None), (given_order, refusal)
            if refusal is not None:
                assert refusal.rule and refusal.reason.id and refusal.remedy.id.endswith(".do")


# Plans as a whole (K1 to K5) -------------------------------------------------------------------------------------


@given(worlds())
def test_the_kernel_refuses_what_no_plan_may_hold(world: World) -> None:
    for seat, plan in world.plans.items():
        seen = view(world.state, seat)

        def rules_of(changed: Plan, seen: View = seen) -> set[str]:
            return {r.rule for r in world.rules.faults(seen, changed)}

        assert "K5" in rules_of(attrs.evolve(plan, intent="x" * (INTENT_LETTERS + 1)))
        assert "K5" in rules_of(attrs.evolve(plan, intent="two\nlines"))
        assert "K3" in rules_of(attrs.evolve(plan, roe=10))
        assert "K2" in rules_of(attrs.evolve(plan, seat="US" if seat != "US" else "JP"))
        for order in plan.orders:
            assert "K2" in rules_of(attrs.evolve(plan, orders=(*plan.orders, order)))
            c = Contingency(Trigger("damage", "JIWA", 1), order)
            assert "K4" in rules_of(attrs.evolve(plan, contingencies=(c,) * (CONTINGENCIES + 1)))
            if (rung := world.rules.rung(seen, order)) > 0:
                assert "K3" in rules_of(attrs.evolve(plan, roe=rung - 1))
        poor = attrs.evolve(
            seen, nations={**seen.nations, seat: attrs.evolve(seen.own, staff=max(0, plan.cost() - 1))}
        )
        assert ("K1" in rules_of(plan, poor)) == (plan.cost() > 0)
