"""Laws of who shoots at what: no counter gives more than it may, nothing goes to a raid that it does not serve."""

from __future__ import annotations

from collections import Counter

import attrs
from hypothesis import given
from hypothesis import strategies as st

from game.core.sensing import level_between
from rules.missile_defense.engage import guards, prepare
from rules.missile_defense.launch import by_class, counts_to
from rules.missile_defense.station import FIRE_CONTROL, covers, hosts, interceptor, reserves
from rules.missile_defense.tables import ALERTS, FLIGHTS, POSTURES, Alerted
from tests.worlds import World, opening, states


@given(states("one_sky", True))
def test_no_counter_fires_more_than_it_may(world: World) -> None:
    state = world.state
    flights = state.table(FLIGHTS)
    offered: Counter[str] = Counter()
    for defense in prepare(state, flights).values():
        for crew in defense.crews:
            for shooter in crew:
                offered[shooter.id] += shooter.rounds
    board = state.setting.board
    for id, n in offered.items():
        counter = state.counters[id]
        posture = state.table(POSTURES).get(id)
        channels = board.figure(counter, "channels") * counter.steps
        assert n <= counter.rounds - (posture.reserve if posture else 0)
        assert not channels or n <= channels


@given(states("one_sky", True), st.booleans())
def test_nobody_shoots_for_a_place_that_it_does_not_serve(world: World, asked: bool) -> None:
    state = world.state
    if asked:
        alerts = {
            s: Alerted(s, state.turn, state.pulse, False, ask="JP" if s != "JP" else "US") for s in ("JP", "KR")
        }
        state = attrs.evolve(state, parts={**state.parts, ALERTS: alerts})
    flights = state.table(FLIGHTS)
    board = state.setting.board
    for key, defense in prepare(state, flights).items():
        place = flights[key].target
        owner = state.places[place].owner
        for crew in defense.crews:
            for shooter in crew:
                counter = state.counters[shooter.id]
                munition = interceptor(board, counter)
                assert munition is not None and covers(board, counter, place)
                assert board.same_side(counter.owner, owner)
                at_home = hosts(board, counter.owner, owner)
                assert at_home or level_between(state.pacts, counter.owner, owner) >= FIRE_CONTROL


@given(states("one_sky", True))
def test_upper_layers_come_first_and_reach_what_they_meet(world: World) -> None:
    flights = world.state.table(FLIGHTS)
    for key, defense in prepare(world.state, flights).items():
        order = [layer.name.partition(".")[0] for layer in defense.layers]
        assert order == sorted(order, key=("upper", "lower").index)
        assert sum(defense.threats) == flights[key].flying
        for layer in defense.layers:
            assert len(layer.kill) == len(defense.threats) and any(layer.kill)


@given(states("one_sky", True))
def test_guards_are_those_with_rounds(world: World) -> None:
    board = world.state.setting.board
    able = {k for k, c in world.state.counters.items() if c.rounds and interceptor(board, c) is not None}
    assert {g.id for g in guards(world.state, {})} == able


@given(st.integers(0, 200))
def test_what_may_be_ordered_is_within_what_is_there(n: int) -> None:
    assert all(0 <= r <= n for r in reserves(n)) and 0 in reserves(n)
    counts = counts_to(n)
    assert list(counts) == sorted(counts, reverse=True) and (n in counts) == (n > 0)


@given(st.sampled_from(sorted(opening("one_sky").setting.board.munitions)), st.integers(0, 60))
def test_a_volley_splits_into_classes_without_loss(munition: str, flying: int) -> None:
    board = opening("one_sky").setting.board
    shares = board.munitions[munition].shares
    if shares:
        assert sum(by_class(board, munition, flying)) == flying
