"""A plan to start from, and three courses that differ: legal, reasoned, and made from the View alone."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given

from game.core.model import State
from game.core.orders import Order, Plan, Template
from game.core.rulebook import Rulebook, Temper
from game.core.staff import Ring
from game.core.view import View, view
from game.core.words import say
from game.table.courses import Course, courses, default_plan, variants
from game.table.ideas import front_of, ideas, lean, where
from game.table.match import Match
from game.table.players import players
from tests import toy
from tests.laws.fog import difference, scrambled
from tests.worlds import World, examples, opening, pack, rulebook, seats, states

GAMES = (
    ("first_watch", 1),
    ("one_sky", 1),
    ("one_sky", 2),
    ("sea_lane_lottery", 1),
    ("the_bridge", 1),
    ("week_one", 1),
)


def turns(name: str, seed: int) -> Iterator[State]:
    """The State at the start of every turn of a game between computer players."""
    setting, state = pack(name)
    texts = setting.texts["seats"]
    seated = {s: players({s: texts[s]["temper"]}, s)["doctrine"] for s in setting.board.seats}
    match = Match(state, rulebook(name), seed, seated)
    while not match.state.over:
        yield match.state
        for _ in match.run_turn():
            pass


def ways(seen: View, rules: Rulebook, enough: int = 2, words: bool = True) -> int:
    """How many orders the seat may give, each by itself, counted up to `enough`; without `words` no telegrams."""
    found: set[Order] = set()
    for template in rules.options(seen):
        if template.order.OPEN and not words:
            continue
        for order in variants(template):
            if seen.own.staff >= order.COST and not rules.faults(seen, Plan(seen.seat, (order,))):
                found.add(order)
            if len(found) >= enough:
                return enough
    return len(found)


def check(found: tuple[Course, ...], seen: View, rules: Rulebook) -> None:
    assert len({c.key for c in found}) == 3 == len({c.name for c in found}) == len({c.idea for c in found})
    for course in found:
        assert not rules.faults(seen, course.plan), course
        assert [id for id, _ in course.plan.why] == [o.id for o in course.plan.orders]
        assert course.plan.cost() <= (seen.own.staff if course.key != "probe" else (seen.own.staff + 1) // 2)
        assert course.plan.roe == max((rules.rung(seen, o) for o in course.plan.orders), default=0)
    different = len({frozenset(c.plan.orders) for c in found})
    assert different == min(3, 1 + ways(seen, rules)), (seen.seat, seen.turn)


@pytest.mark.parametrize(("name", "seed"), GAMES)
def test_every_seat_has_three_courses_on_every_turn(name: str, seed: int) -> None:
    rules = rulebook(name)
    for state in turns(name, seed):
        for seat in seats(state):
            check(courses(view(state, seat), rules), view(state, seat), rules)


@examples(12)
@given(states(midway=False))
def test_courses_are_legal_and_differ_wherever_a_game_may_be(world: World) -> None:
    for seat in seats(world.state):
        seen = view(world.state, seat)
        check(courses(seen, world.rules), seen, world.rules)
        assert not world.rules.faults(seen, default_plan(seen, world.rules, Temper(90, 90, 0)))


@examples(8)
@given(states(midway=False))
def test_courses_are_the_same_whatever_else_is_true(world: World) -> None:
    for seat in seats(world.state):
        here, there = (view(s, seat) for s in (world.state, scrambled(world.state, seat)))
        assert not difference(courses(here, world.rules), courses(there, world.rules)), seat
        assert default_plan(here, world.rules) == default_plan(there, world.rules)


def test_the_ideas_differ_and_not_only_the_numbers() -> None:
    """Japan in the first war week: hold the bases; put the Aegis group over Korea; look for the launchers."""
    states_of = list(turns("one_sky", 1))
    seen, rules = view(states_of[1], "JP"), rulebook("one_sky")
    found = {c.key: {lean(seen, rules, o) for o in c.plan.orders} for c in courses(seen, rules)}
    assert found == {"hold": {"home"}, "share": {"home", "ties"}, "forward": {"home", "out"}}


def test_who_holds_fast_fires_nothing_and_who_goes_forward_does() -> None:
    states_of = list(turns("one_sky", 1))
    seen, rules = view(states_of[1], "KP"), rulebook("one_sky")
    fire = {c.key: sum(lean(seen, rules, o) == "force" for o in c.plan.orders) for c in courses(seen, rules)}
    assert fire["hold"] == 0 and fire["forward"] == 3
    probe = next(c.plan for c in courses(seen, rules) if c.key == "probe")
    assert 0 < probe.cost() <= (seen.own.staff + 1) // 2


def test_a_seat_gets_the_ideas_that_fit_it() -> None:
    def keys(name: str, seat: str) -> list[str]:
        return [i.key for i in ideas(view(opening(name), seat))]

    assert keys("one_sky", "KR") == keys("week_one", "JP") == ["hold", "share", "forward"]
    assert keys("one_sky", "KP") == keys("first_watch", "JP") == ["hold", "forward", "probe"]
    assert keys("week_one", "CN") == ["strike", "deny", "probe"]
    assert keys("week_one", "US") == ["first.china", "first.north", "balance"]
    assert keys("one_sky", "US") == ["hold", "share", "forward"]  # one front: China has no forces on that map


def test_washington_weighs_taiwan_against_korea() -> None:
    """Each first course acts on its own front above all, and brings something over from the other one."""
    seen, rules = view(opening("week_one"), "US"), rulebook("week_one")
    plans = {c.key: c.plan for c in courses(seen, rules)}

    def on(key: str, side: str) -> int:
        spent = [o for o in plans[key].orders if o.COST]
        return sum(front_of(seen.board, "US", where(seen, o)) == side for o in spent)

    assert on("first.china", "china") > on("first.china", "north")
    assert on("first.north", "north") > on("first.north", "china")
    assert min(on("balance", "china"), on("balance", "north")) >= 3
    for key, side in (("first.china", "china"), ("first.north", "north")):
        moved = [id for id, why in plans[key].why if why.id == "ui_desk.why_shift"]
        assert len(moved) == 1
        order = next(o for o in plans[key].orders if o.id == moved[0])
        assert front_of(seen.board, "US", str(getattr(order, "to", ""))) == side


def test_beijing_strikes_with_missiles_or_denies_the_sea() -> None:
    seen, rules = view(opening("week_one"), "CN"), rulebook("week_one")
    plans = {c.key: c.plan for c in courses(seen, rules)}

    def raids(key: str) -> int:
        return sum(o.VERB == "raid" for o in plans[key].orders)

    assert raids("strike") == 4 and raids("deny") <= 2
    assert sum(o.VERB in ("hunt", "mine", "guard") for o in plans["deny"].orders) >= 5


def test_any_two_courses_differ_in_two_orders_where_a_seat_can_act_in_many_ways() -> None:
    for name in ("week_one", "one_sky", "the_bridge"):
        rules = rulebook(name)
        for seat in seats(opening(name)):
            seen = view(opening(name), seat)
            sets = [frozenset(c.plan.orders) for c in courses(seen, rules)]
            if ways(seen, rules, enough=12, words=False) == 12:
                for n, one in enumerate(sets):
                    assert all(len(one ^ other) >= 2 for other in sets[n + 1 :]), (name, seat)


def test_the_default_plan_is_the_seats_own_doctrine() -> None:
    seen, rules = view(opening("first_watch"), "KP"), rulebook("first_watch")
    bold, mild = (default_plan(seen, rules, Temper(aggression=a)) for a in (90, 10))
    assert [o.id for o in bold.orders] == ["KP.raid.P03"] and bold.why and not bold.intent
    assert not mild.orders


def test_chapters_that_nobody_thought_of_have_courses_too() -> None:
    """The toy's chapters propose nothing: their forms alone make courses, a counter moved or a convoy sent."""
    rules = toy.rulebook()
    for state in (toy.opening(toy.setting()), attrs.evolve(toy.opening(toy.setting()), turn=2)):
        for seat in toy.SEATS:
            seen = view(state, seat)
            check(courses(seen, rules), seen, rules)
            assert default_plan(seen, rules) == Plan(seat, roe=0)


def test_what_a_chapter_forecasts_is_gathered_in_the_sequence_of_play() -> None:
    def ring(name: str) -> Ring:
        return Ring("detection", "EAST", 10, "JP", say("kernel.staff.do"), name)

    one = toy.changed(toy.SUPPLY, rings=lambda seen: [ring("one")])
    other = toy.changed(
        toy.RAID, rings=lambda seen: (ring("two"),), standing=lambda seen: [Template(toy.Cover, "JP", "*")]
    )
    rules, seen = toy.rulebook(one, other), view(toy.opening(toy.setting()), "JP")
    assert [r.source for r in rules.rings(seen)] == ["one", "two"]
    assert [t.order for t in rules.standing(seen)] == [toy.Cover]
    assert rules.forecasts(seen, Plan("JP")) == () == toy.rulebook().rings(seen)
