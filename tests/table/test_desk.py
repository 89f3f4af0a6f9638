"""The desk: no edit is lost, undo and redo are the identity, and what it refuses is what could not be sealed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.orders import CONTINGENCIES, Contingency, Order, Plan, Trigger
from game.core.rulebook import TRIPS
from game.core.view import view
from game.core.words import say
from game.table.courses import courses
from game.table.desk import Desk, with_order
from rules.missile_defense.tables import Alert, Defend, Raid, Rank
from tests.worlds import World, choose, examples, opening, plan, rulebook, seats, states


def sit(name: str, seat: str, turn: int = 1) -> Desk:
    return Desk(view(attrs.evolve(opening(name), turn=turn), seat), rulebook(name))


# Edits ----------------------------------------------------------------------------------------------------------


def orders_of(world: World, seat: str) -> list[Order]:
    seen = view(world.state, seat)
    return [choose(t, world.salt, n) for t in world.rules.options(seen) for n in ("one", "two")]


def wander(desk: Desk, orders: list[Order], draw: Any, other: Plan) -> None:
    """One edit, undo or redo, whichever is drawn."""
    order = draw(st.sampled_from(orders))
    ids = [o.id for o in desk.plan.orders] or ["nothing"]
    answer = Alert(desk.view.seat, "*", draw(st.booleans()))
    later = Contingency(Trigger("damage", "JIWA", 1), order)
    steps: dict[str, Callable[[], object]] = {
        "add": lambda: desk.add(order),
        "add with a reason": lambda: desk.add(order, say("kernel.no_reason", order=order.id)),
        "drop": lambda: desk.drop(draw(st.sampled_from(ids))),
        "roe": lambda: desk.roe(draw(st.integers(0, 9))),
        "intent": lambda: desk.intent(draw(st.sampled_from(("", "Hold.", "Go.")))),
        "stand": lambda: desk.stand(answer),
        "unstand": lambda: desk.unstand(answer.id),
        "expect": lambda: desk.expect(later),
        "unexpect": lambda: desk.unexpect(draw(st.sampled_from(desk.plan.contingencies or (later,)))),
        "take": lambda: desk.take(other),
        "clear": lambda: desk.clear(),
        "undo": lambda: desk.undo(),
        "redo": lambda: desk.redo(),
        "recall": lambda: desk.recall(desk.trace()[0]) if desk.trace() else None,
    }
    steps[draw(st.sampled_from([*steps, "undo", "undo", "redo"]))]()


@examples(25)
@given(states(), st.data())
def test_undo_then_redo_is_the_identity_and_no_plan_is_lost(world: World, data: st.DataObject) -> None:
    seat = data.draw(st.sampled_from(seats(world.state)))
    orders = orders_of(world, seat)
    if not orders:
        return
    desk = Desk(view(world.state, seat), world.rules)
    first, held = desk.plan, [desk.plan]
    for _ in range(data.draw(st.integers(1, 25))):
        wander(desk, orders, data.draw, plan(world, seat))
        held.append(desk.plan)
    reached = {id(p) for m in (*desk.done, *desk.undone, *desk.overtaken) for p in (m.before, m.after)}
    assert {id(p) for p in held} <= reached | {id(first)}
    here, done, undone = desk.plan, list(desk.done), list(desk.undone)
    back = [desk.undo() for _ in done]
    assert back == done[::-1] and desk.plan == first and desk.undo() is None
    forth = [desk.redo() for _ in done]
    assert forth == done and desk.plan == here and (desk.done, desk.undone) == (done, undone)
    for before, after in pairwise(done):
        assert before.after is after.before


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    desk = sit("first_watch", "JP")
    order = Rank("JP", "JP", "JIWA")
    assert desk.add(order) and not desk.add(order) and not desk.drop("JP.raid.J01") and not desk.roe(desk.plan.roe)
    desk.undo()
    assert not desk.clear() and desk.redo() is not None  # nothing happened in between: redo still stands
    assert [m.what.id for m in desk.done] == ["ui_desk.add"]


def test_an_order_with_the_same_id_replaces_the_first_where_it_stood() -> None:
    desk = sit("first_watch", "JP")
    desk.add(Rank("JP", "JP", "JIWA"), say("kernel.no_reason", order="x"))
    desk.add(Defend("JP", "J11", "all", "single"))
    desk.add(Rank("JP", "JP", "JMAI"))
    assert desk.plan.orders == (Rank("JP", "JP", "JMAI"), Defend("JP", "J11", "all", "single"))
    assert not desk.plan.why  # the reason spoke of the order that went


def test_what_was_overtaken_can_be_listed_and_recalled() -> None:
    desk = sit("first_watch", "JP")
    desk.add(Rank("JP", "JP", "JIWA"))
    desk.add(Defend("JP", "J11", "all", "single"))
    lost = desk.plan
    desk.undo()
    desk.roe(3)
    assert [m.what.id for m in desk.trace()] == ["ui_desk.add"] and desk.redo() is None
    assert desk.recall(desk.trace()[0]) and desk.plan == lost
    desk.undo()
    assert desk.plan.roe == 3


def test_a_course_taken_over_keeps_ones_own_line_of_intent_and_standing_answers() -> None:
    desk = sit("one_sky", "JP", 2)
    answer = Alert("JP", "*", True)
    desk.intent("Spare the rounds.")
    desk.stand(answer)
    course = courses(desk.view, desk.rulebook)[0]
    desk.take(course.plan, course.name)
    assert desk.plan.orders == course.plan.orders and desk.plan.why == course.plan.why
    assert (desk.plan.intent, desk.plan.standing, desk.plan.roe) == ("Spare the rounds.", (answer,), course.plan.roe)
    assert desk.done[-1].what == course.name and desk.may_seal


# Forms ----------------------------------------------------------------------------------------------------------


@given(states())
def test_every_form_is_on_the_desk_and_every_place_on_it_makes_an_order(world: World) -> None:
    for seat in seats(world.state):
        desk = Desk(view(world.state, seat), world.rules)
        assert desk.templates is desk.templates
        found = [t for subject, forms in desk.by_subject().items() for t in forms if t.subject == subject]
        assert sorted(map(repr, found)) == sorted(map(repr, desk.templates))
        for form in desk.templates:
            offered = {v for _, domain in form.domains for v in domain}
            assert set(desk.places(form)) == offered & desk.view.places.keys()
            for place in desk.places(form)[:4]:
                order = desk.at_place(form, place)
                assert order is not None and order in desk.dragged(form.subject, place)
                known = desk.template(order)
                assert known is not None and (known.order, known.subject) == (form.order, form.subject)
                assert place in [getattr(order, name) for name in desk.place_fields(form)]
                for found_on in (form, known):
                    assert all(getattr(order, name) in domain for name, domain in found_on.domains)
            assert desk.at_place(form, "XXXX") is None


@pytest.mark.parametrize("missiles", (4, 8))
def test_an_order_dragged_to_a_place_keeps_what_else_was_chosen(missiles: int) -> None:
    desk = sit("first_watch", "KP")
    form = next(t for t in desk.by_subject()["P03"] if t.order is Raid)
    order = desk.at_place(form, "JIWA", missiles=missiles, aim="runway")
    assert order == Raid("KP", "P03", "JIWA", missiles, "runway", 1)


# Judgment -------------------------------------------------------------------------------------------------------


@examples(20)
@given(states(), st.data())
def test_what_is_refused_is_what_could_not_be_sealed(world: World, data: st.DataObject) -> None:
    """From a plan without fault: an order is refused just when the plan with it has one."""
    for seat in seats(world.state):
        desk = Desk(view(world.state, seat), world.rules, plan(world, seat))
        assert desk.may_seal and desk.left == desk.staff - desk.cost >= 0
        strange = [Raid(seat, "P03", "JIWA", 5, "moon"), Rank(seat, "JP", "JIWA"), Defend(seat, "J11", "all", "none")]
        for order in (*orders_of(world, seat)[:12], *strange):
            refusal = desk.refusal(order)
            sealed = not world.rules.faults(desk.view, with_order(desk.plan, order))
            assert (refusal is None) == sealed, order
            if refusal is not None:
                assert refusal.rule and refusal.reason and refusal.remedy
                desk.add(order)
                assert not desk.may_seal and refusal.rule in {r.rule for r in desk.faults()}
                desk.undo()
                assert desk.may_seal


def test_an_order_too_many_is_refused_for_want_of_staff_and_may_still_be_written_down() -> None:
    desk = sit("one_sky", "JP", 2)
    watch, deploy = (next(t.fill() for t in desk.templates if verb == t.order.VERB) for verb in ("watch", "deploy"))
    posts = [Defend("JP", id, "all", "single") for id in ("J01", "J11", "J11b")]
    for order in (*posts, watch, deploy):
        assert desk.refusal(order) is None
        desk.add(order)
    more = next(t.fill() for t in desk.templates if t.order.VERB == "deploy" and t.subject == "J07")
    assert more.id != deploy.id
    refusal = desk.refusal(more)
    assert refusal is not None and refusal.rule == "K1" and desk.left == 0
    assert desk.refusal(watch) is None  # it stands there already
    desk.add(more)
    assert desk.left == -1 and not desk.may_seal and [r.rule for r in desk.faults()] == ["K1"]
    assert desk.refusal(Rank("JP", "JP", "JIWA")) is None  # it costs nothing: no worse than before


def test_a_tight_rule_of_engagement_refuses_a_raid_by_name() -> None:
    desk = sit("first_watch", "KP")
    raid = Raid("KP", "P03", "JIWA", 4, "runway")
    assert desk.refusal(raid) is None
    desk.roe(5)
    refusal = desk.refusal(raid)
    assert refusal is not None and (refusal.rule, refusal.order) == ("K3", raid.id)


def test_doubts_follow_the_plan() -> None:
    desk = sit("first_watch", "KP")
    desk.add(Raid("KP", "P03", "JMAI", 4, "aircraft"))
    assert [d.rule for d in desk.doubts()] == ["MD11"]
    desk.undo()
    assert not desk.doubts()


@given(states())
def test_whatever_can_be_watched_may_stand_in_a_contingency(world: World) -> None:
    for seat in seats(world.state):
        desk = Desk(view(world.state, seat), world.rules)
        measures = desk.contingency_measures()
        assert set(measures) == set(TRIPS)
        assert measures["tally"] and set(measures["contacts"]) == set(desk.view.places)
        own = {p for p in measures["damage"] if desk.view.places[p].owner == seat}
        sites = desk.view.board.theatre.sites
        assert own == {p for p, row in desk.view.places.items() if row.owner == seat and not sites[p].sea}
        for order in orders_of(world, seat)[:1]:
            for measure, subjects in measures.items():
                for subject in subjects:
                    trial = Contingency(Trigger(measure, subject, 1), order)
                    assert desk.staff < order.COST or desk.contingency_refusal(trial) is None
            bad = desk.contingency_refusal(Contingency(Trigger("weather", "JIWA", 1), order))
            assert bad is not None and bad.rule == "K4"


def test_a_third_contingency_is_refused() -> None:
    desk = sit("one_sky", "JP", 2)
    for n in range(CONTINGENCIES):
        later = Contingency(Trigger("damage", "JIWA", n + 1), Rank("JP", "JP", "JIWA"))
        assert desk.contingency_refusal(later) is None and desk.expect(later) and not desk.expect(later)
    refusal = desk.contingency_refusal(Contingency(Trigger("damage", "JSAS", 1), Rank("JP", "JP", "JSAS")))
    assert refusal is not None and refusal.rule == "K4"
    desk.unexpect(desk.plan.contingencies[0])
    assert len(desk.plan.contingencies) == 1


def test_standing_answers_have_forms_of_their_own_and_replace_one_another() -> None:
    desk = sit("one_sky", "JP", 2)
    (form,) = desk.standing_templates()
    assert form.order is Alert and Alert not in {t.order for t in desk.templates}
    for flush in (True, False):
        answer = form.fill(flush=flush)
        assert desk.refusal(answer) is None and desk.template(answer) == form
        desk.stand(answer)
        assert desk.plan.standing == (answer,) and desk.may_seal
    desk.unstand(answer.id)
    assert not desk.plan.standing
    assert not sit("one_sky", "JP", 1).standing_templates()
