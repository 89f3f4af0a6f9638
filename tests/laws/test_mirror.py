"""Law: the two capitals of a pact stand alike. Swap what they hold and propose, and the result is swapped."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from game.core.model import State
from game.core.orders import Plan
from game.core.turn import Step
from game.core.view import view
from rules.politics import Step as Proposal
from tests.worlds import World, examples, opening

PURSES = st.integers(0, 6)
LEVELS = st.none() | st.integers(0, 4)
SWAP = {"JP": "KR", "KR": "JP"}


def decided(now: int, purses: dict[str, int], levels: dict[str, int | None]) -> tuple[State, tuple[Step, ...]]:
    first = opening("one_sky")
    nations = {s: attrs.evolve(n, capital=purses.get(s, 0)) for s, n in first.nations.items()}
    pact = attrs.evolve(first.pacts["JP-KR"], sensing=now, announced=now)
    state = attrs.evolve(first, nations=nations, pacts={**first.pacts, "JP-KR": pact})
    world = World("one_sky", state)
    plans = {}
    for seat, level in levels.items():
        order = Proposal(seat, "JP-KR", "sensing", -1 if level is None else level)
        legal = level is not None and world.rules.fault(view(state, seat), Plan(seat), order) is None
        plans[seat] = Plan(seat, (order,) if legal else ())
    turn = world.resolve(plans=plans)
    return turn.state, turn.steps


@examples(200)
@given(st.integers(0, 4), PURSES, PURSES, LEVELS, LEVELS)
def test_swapped_capitals_decide_alike(now: int, one: int, other: int, here: int | None, there: int | None) -> None:
    state, steps = decided(now, {"JP": one, "KR": other}, {"JP": here, "KR": there})
    mirror, again = decided(now, {"KR": one, "JP": other}, {"KR": here, "JP": there})
    assert state.pacts["JP-KR"] == mirror.pacts["JP-KR"]
    for seat, twin in SWAP.items():
        assert state.nations[seat].capital == mirror.nations[twin].capital
        told = sorted(
            e.message.id for s in steps if s.phase == "politics.decide" for e in s.events if seat in e.all_to
        )
        twins = sorted(
            e.message.id for s in again if s.phase == "politics.decide" for e in s.events if twin in e.all_to
        )
        assert told == twins


@examples(200)
@given(st.integers(0, 4), PURSES, PURSES, LEVELS, LEVELS)
def test_a_raise_is_paid_by_both_and_a_cut_by_neither(
    now: int, one: int, other: int, here: int | None, there: int | None
) -> None:
    state, _ = decided(now, {"JP": one, "KR": other}, {"JP": here, "KR": there})
    paid = {"JP": one - state.nations["JP"].capital, "KR": other - state.nations["KR"].capital}
    level = state.pacts["JP-KR"].sensing
    prices = state.setting.board.design("politics", "prices", ())
    due = max(0, prices[level] - prices[now])
    assert paid == {"JP": due, "KR": due}
    assert level <= now or (here is not None and there is not None and level <= min(here, there))
