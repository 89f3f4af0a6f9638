"""Staff estimates are the rules' own odds: of what a seat knows, and of no more."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.levels import LEVELS
from game.core.model import State
from game.core.odds import PPM
from game.core.orders import Plan
from game.core.raid import raid
from game.core.view import view
from rules.missile_defense.engage import prepare
from rules.missile_defense.estimate import feared, known_level, planned
from rules.missile_defense.tables import FLIGHTS, Defend, Flight, Raid
from tests.worlds import examples, opening


def with_level(state: State, level: int, announced: int = 1) -> State:
    pact = attrs.evolve(state.pacts["JP-KR"], sensing=level, announced=announced)
    pooled = {k: attrs.evolve(p, logistics=3) for k, p in state.pacts.items()}
    return attrs.evolve(state, turn=2, pulse=1, pacts={**pooled, "JP-KR": attrs.evolve(pact, logistics=3)})


def truth(state: State, place: str, n: int) -> int:
    """Mean leakers in thousandths of the engagement itself, network up or down as it is."""
    flight = {"P03>x": Flight("KP", "P03", "POPS", place, "nodong", n, "runway")}
    defense = prepare(attrs.evolve(state, parts={FLIGHTS: flight}), flight)["P03>x"]
    return raid(defense.threats, defense.layers).mean_millis(lambda o: o.total)


@pytest.mark.parametrize("place", ("JIWA", "JSAS"))
@pytest.mark.parametrize("level", range(5))
@examples(4)
@given(n=st.integers(1, 24))
def test_what_is_feared_is_what_would_be(place: str, level: int, n: int) -> None:
    """With pooled stocks Japan knows every magazine: its estimate weighs the very odds, network up and down."""
    state = with_level(opening("one_sky"), level)
    down = attrs.evolve(state, pacts={**state.pacts, "JP-KR": attrs.evolve(state.pacts["JP-KR"], outage=True)})
    failure = LEVELS[level].failure
    mean = truth(state, place, n) * (PPM - failure) + truth(down, place, n) * failure
    estimate = feared(view(state, "JP"), Plan("JP"), place, {"MID": n})
    assert abs(estimate.leakers_millis - mean // PPM) <= 2
    assert (estimate.level, estimate.failure) == (LEVELS[level].name, failure)
    assert not estimate.assumed


def test_an_allys_magazine_that_is_not_known_is_taken_as_full_and_said_so() -> None:
    first = with_level(opening("one_sky"), 1)
    apart = attrs.evolve(first, pacts={k: attrs.evolve(p, logistics=0) for k, p in first.pacts.items()})
    estimate = feared(view(apart, "KR"), Plan("KR"), "KKUN", {"MID": 4})
    assert estimate.assumed
    assert all(apart.counters[id].owner != "KR" for id in estimate.assumed)


def test_a_plan_counts_in_its_own_estimate() -> None:
    seen = view(with_level(opening("one_sky"), 1), "JP")
    bare = tuple(Defend("JP", id, "all", "shoot_shoot", c.rounds) for id, c in seen.mine.items() if c.rounds)
    before = feared(seen, Plan("JP"), "JIWA", {"MID": 8})
    after = feared(seen, Plan("JP", bare), "JIWA", {"MID": 8})
    assert after.leakers_millis > before.leakers_millis


def test_a_rival_knows_what_was_announced() -> None:
    state = with_level(opening("one_sky"), 4, announced=2)
    assert known_level(view(state, "KP"), "JP") == 2
    assert known_level(view(state, "JP"), "JP") == 4
    estimate = planned(view(state, "KP"), Raid("KP", "P03", "JIWA", 12, "runway"))
    assert estimate is not None and estimate.level == "L2"
    assert planned(view(state, "KP"), Raid("KP", "P11", "JIWA", 12, "runway")) is None
