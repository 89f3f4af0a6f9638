"""Politics, rule by rule: what two capitals may buy together, and one may cut alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.model import State
from game.core.orders import Plan
from game.core.rulebook import Temper
from game.core.view import view
from rules import politics
from rules.politics import Step
from tests.rules.small import assert_agree, play, refusal, settled, state

PACT = "JP-KR"


def cabinet(level: int = 1, jp: int = 4, kr: int = 4) -> State:
    return state(level=level, turn=1, pulse=0, capital={"JP": jp, "KR": kr})


def step(seat: str, level: int) -> Step:
    return Step(seat, PACT, "sensing", level)


def capitals(now: State) -> tuple[int, int]:
    return now.nations["JP"].capital, now.nations["KR"].capital


def test_p1_leaders_step_in_cabinet_turns_on_their_own_pact_under_test() -> None:
    assert refusal(politics, state(level=1), step("JP", 3)) == "P1"
    assert refusal(politics, cabinet(), step("JP", 3)) == ""
    assert refusal(politics, cabinet(), step("US", 3)) == "P1"
    assert refusal(politics, cabinet(), Step("JP", "JP-US", "sensing", 3)) == "P1"
    assert refusal(politics, cabinet(), Step("JP", PACT, "patrols", 1)) == "P1"
    assert refusal(politics, cabinet(), step("JP", 1)) == "P1"
    assert refusal(politics, cabinet(), step("JP", 5)) == "P1"


@pytest.mark.parametrize(("jp", "kr", "reached", "left"), [(3, 3, 3, 2), (4, 3, 3, 2), (2, 4, 2, 3), (4, 4, 4, 0)])
def test_p2_both_capitals_reach_the_lower_proposal_and_p3_both_pay_its_price(
    jp: int, kr: int, reached: int, left: int
) -> None:
    after, events = play(politics.decide, cabinet(), step("JP", jp), step("KR", kr))
    assert after.pacts[PACT].sensing == reached
    assert capitals(after) == (left, left)  # prices 0, 0, 1, 2, 4 from L0
    assert settled(events, step("JP", jp)).rule == "P3" == settled(events, step("KR", kr)).rule


def test_p2_one_capital_alone_changes_nothing_and_is_told_who_did_not_come() -> None:
    order = step("JP", 3)
    after, events = play(politics.decide, cabinet(), order)
    assert after == cabinet()
    event = settled(events, order)
    assert event.rule == "P2"
    assert event.message.as_dict()["absent"] == "KR"
    assert [seat for seat, _ in event.hints] == ["KR"]


def test_p3_what_the_purse_cannot_pay_is_refused_with_the_price() -> None:
    assert refusal(politics, cabinet(jp=1), step("JP", 2)) == ""
    assert refusal(politics, cabinet(jp=1), step("JP", 3)) == "P3"
    dear = state(level=1, turn=1, pulse=0, politics={"prices": [0, 0, 3, 9, 9]})
    assert refusal(politics, dear, step("JP", 2)) == ""
    assert refusal(politics, dear, step("JP", 3)) == "P3"


def test_p3_if_one_cannot_pay_in_the_end_nobody_does() -> None:
    poor = cabinet(kr=1)
    after, events = play(politics.decide, poor, step("JP", 4), step("KR", 4))
    assert after == poor
    assert {e.rule for e in events} == {"P3"}
    assert len(events) == 2


def test_p4_a_cut_needs_one_capital_costs_nothing_and_goes_before_a_raise() -> None:
    cut, hope = step("KR", 1), step("JP", 4)
    after, events = play(politics.decide, cabinet(level=3), cut, hope)
    assert after.pacts[PACT].sensing == 1
    assert capitals(after) == (4, 4)
    assert settled(events, hope).message.id == "politics.they_cut"
    assert settled(events, cut).rule == "P4"


def test_p4_of_two_cuts_the_lower_counts() -> None:
    after, _ = play(politics.decide, cabinet(level=4), step("KR", 2), step("JP", 1))
    assert after.pacts[PACT].sensing == 1


def test_p5_rivals_see_the_announced_level_and_neither_proposals_nor_what_works() -> None:
    after, events = play(politics.decide, cabinet(), step("JP", 4), step("KR", 3))
    seen = view(after, "KP").pacts[PACT]
    assert (seen.announced, seen.sensing) == (3, -1)
    heard = [e for e in events if "KP" in e.all_to]
    assert [e.rule for e in heard] == ["P5"]
    assert heard[0].inputs == ()


def test_p6_advice_on_the_last_capital_and_on_a_network_that_fails() -> None:
    seen = view(cabinet(), "JP")
    doubts = list(politics.doubt(seen, Plan("JP", (step("JP", 4),))))
    assert [(d.rule, d.message.id) for d in doubts] == [
        ("P6", "politics.last_capital"),
        ("P6", "politics.fails_often"),
    ]
    assert list(politics.doubt(seen, Plan("JP", (step("JP", 3),)))) == []


@given(st.integers(0, 4), st.integers(0, 5), st.sampled_from(("JP", "KR", "US", "KP")), st.booleans())
def test_options_and_faults_agree(level: int, capital: int, seat: str, war: bool) -> None:
    now = state(level=level) if war else cabinet(level, capital, capital)
    tried = [
        Step(seat, pact, track, n)
        for pact in (PACT, "JP-US", "X")
        for track in ("sensing", "patrols")
        for n in range(-1, 6)
    ]
    assert_agree(politics, now, seat, tried)


@settings(max_examples=60)
@given(st.integers(0, 4), st.integers(0, 5), st.integers(0, 5), st.integers(0, 4), st.integers(0, 4))
def test_a_cabinet_settles_every_order_and_never_overdraws(level: int, jp: int, kr: int, one: int, two: int) -> None:
    before = cabinet(level, jp, kr)
    after, events = play(politics.decide, before, step("JP", one), step("KR", two))
    assert sorted(e.order for e in events if e.order) == sorted((step("JP", one).id, step("KR", two).id))
    paid = tuple(b - a for b, a in zip(capitals(before), capitals(after), strict=True))
    assert paid[0] == paid[1] >= 0
    if after.pacts[PACT].sensing > level:
        assert after.pacts[PACT].sensing == min(one, two)
    elif after.pacts[PACT].sensing < level:
        assert paid == (0, 0)


@given(st.integers(0, 4), st.integers(0, 5), st.integers(0, 100))
def test_what_a_staff_proposes_may_be_ordered(level: int, capital: int, risk: int) -> None:
    for seat in ("JP", "KR", "KP"):
        seen = view(cabinet(level, capital, capital), seat)
        for proposal in politics.propose(seen, Temper(risk=risk)):
            assert isinstance(proposal.order, Step)
            assert politics.fault(seen, Plan(seat), proposal.order) is None
            assert proposal.order.level > level


TRACKS = {"tracks": ["sensing", "planning", "logistics", "patrols"]}


@given(st.integers(0, 4), st.sampled_from(("JP", "KR", "US")), st.sampled_from(TRACKS["tracks"]))
def test_p7_options_and_faults_agree_on_every_track(capital: int, seat: str, track: str) -> None:
    now = state(level=1, turn=1, pulse=0, capital={"JP": capital, "KR": capital}, politics=TRACKS)
    assert_agree(politics, now, seat, [Step(seat, PACT, track, n) for n in range(-1, 6)])


@settings(max_examples=60)
@given(st.sampled_from(("planning", "logistics", "patrols")), st.integers(0, 3), st.integers(0, 3), st.integers(0, 4))
def test_p7_a_track_is_raised_together_or_not_at_all_and_p8_told_to_all(
    track: str, jp: int, kr: int, capital: int
) -> None:
    before = state(level=1, turn=1, pulse=0, capital={"JP": capital, "KR": capital}, politics=TRACKS)
    now = getattr(before.pacts[PACT], track)
    after, events = play(politics.decide, before, Step("JP", PACT, track, jp), Step("KR", PACT, track, kr))
    reached = getattr(after.pacts[PACT], track)
    paid = sum(capitals(before)) - sum(capitals(after))
    if min(jp, kr) < now:
        assert (reached, paid) == (min(jp, kr), 0)
    elif reached > now:
        assert reached == min(jp, kr)
        assert paid == (reached - now) * (3 if track == "planning" else 2)
    else:
        assert (reached, paid) == (now, 0)
    heard = [e for e in events if "KP" in e.all_to]
    assert [e.rule for e in heard] == (["P8"] if reached != now else [])
    assert after.pacts[PACT].announced == before.pacts[PACT].announced


def test_p7_two_staffs_propose_the_same_track() -> None:
    now = state(level=4, turn=1, pulse=0, capital={"JP": 4, "KR": 4}, politics=TRACKS)
    asked = {next(iter(politics.propose(view(now, seat), Temper()))).order for seat in ("JP", "KR")}
    level = now.pacts[PACT].planning + 1
    assert {(o.track, o.level) for o in asked if isinstance(o, Step)} == {("planning", level)}
