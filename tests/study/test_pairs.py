"""Pairs of games: the same luck on both sides, the choice held, and shares told as they are."""

from __future__ import annotations

from decimal import Decimal, getcontext
from functools import cache
from pathlib import Path
from statistics import stdev

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.__main__ import chapters
from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.library import find
from game.study import telling
from game.study.pairs import (
    ALONE,
    TOGETHER,
    Choice,
    Game,
    Held,
    Mean,
    Outcome,
    in_force,
    mean_between,
    one_by_one,
    outcome,
    share_between,
    told,
)
from game.study.run import Run, opening
from game.table.match import Match
from game.table.players import Doctrine
from game.words import text


@cache
def one_sky() -> tuple[Path, State, Rulebook, Choice]:
    path = find("one_sky")
    state, rulebook = opening(chapters, str(path))
    choice = Choice.of(state.setting.texts)
    assert choice is not None
    return path, state, rulebook, choice


def test_one_sky_says_what_it_tests() -> None:
    _, state, _, choice = one_sky()
    assert (choice.pact, choice.track, choice.levels) == ("JP-KR", "sensing", (1, 4))
    assert Choice.of({"test": None}) is None
    assert set(choice.seats) <= set(state.setting.board.seats)


@pytest.mark.parametrize("arm", [TOGETHER, ALONE])
def test_leaders_keep_to_the_choice_and_pay_its_price(arm: str) -> None:
    _, state, rulebook, choice = one_sky()
    cast = {s: Held(Doctrine(), choice.pact, choice.track, choice.level(arm)) for s in state.setting.board.seats}
    end = Match(state, rulebook, 7, cast).play()
    assert getattr(end.pacts[choice.pact], choice.track) == choice.level(arm)
    paid = state.nations["JP"].capital - end.nations["JP"].capital
    assert (paid > 0) == (arm == TOGETHER)


def test_leaders_under_test_move_no_other_track_of_the_pact() -> None:
    """Week One opens four tracks: what is measured must be the one."""
    state, rulebook = opening(chapters, str(find("week_one")))
    choice = Choice.of(state.setting.texts)
    assert choice is not None
    for level in choice.levels:
        cast = {s: Held(Doctrine(), choice.pact, choice.track, level) for s in state.setting.board.seats}
        end = Match(state, rulebook, 3, cast).play(2).pacts[choice.pact]
        before = state.pacts[choice.pact]
        assert end.sensing == level
        assert (end.planning, end.logistics, end.patrols) == (before.planning, before.logistics, before.patrols)


def test_a_level_is_in_force_when_its_network_is_up() -> None:
    _, state, rulebook, choice = one_sky()
    pact = attrs.evolve(state.pacts[choice.pact], sensing=4)
    up = attrs.evolve(state, pacts={**state.pacts, choice.pact: pact})
    down = attrs.evolve(state, pacts={**state.pacts, choice.pact: attrs.evolve(pact, outage=True)})
    assert (in_force(up, choice), in_force(down, choice)) == (4, 0)
    found = outcome(state, rulebook, choice, 1)
    assert found.together.pulses == found.alone.pulses == 4
    assert 0 < found.together.stood <= 4 and not found.alone.stood


def test_a_table_is_compared_with_what_it_did_not_do() -> None:
    choice = one_sky()[3]
    assert [choice.at(n).levels for n in (1, 3, 4, 0)] == [(1, 4), (1, 3), (1, 4), (0, 4)]


def test_two_games_of_one_choice_are_the_same_game() -> None:
    """The null law: what differs in a pair is the choice, never the luck."""
    _, state, rulebook, choice = one_sky()
    null = attrs.evolve(choice, levels=(1, 1))
    for found in one_by_one(state, rulebook, null, 3):
        assert found.together == found.alone


def test_workers_play_the_same_pairs() -> None:
    path, state, rulebook, choice = one_sky()
    run = Run(chapters, path, choice, 6, 2)
    try:
        while not run.over:
            run.wait(5)
        assert run.done == 6
        assert run.outcomes() == list(one_by_one(state, rulebook, choice, 6))
    finally:
        run.close()


def game(bases: int, capital: int, stood: int) -> Game:
    """Six leakers less a point each, and Washington, whose score is not the pair's."""
    points = {"JP.bases": bases, "JP.capital": capital, "US.wings": 2 * bases}
    return Game(points, {key: 100 - n for key, n in points.items()}, stood, 4)


def pair(seed: int, together: int, alone: int) -> Outcome:
    return Outcome(seed, game(together, 0, 3), game(alone, 4, 0))


def test_means_and_shares_are_counted_by_hand() -> None:
    _, _, _, choice = one_sky()
    found = told(choice, [pair(1, 10, 2), pair(2, 4, 0), pair(3, 3, 2), pair(4, 0, 0)])
    assert found.gained == {"JP.bases": Mean(13 * 1000 // 4, 95_750, 99_000)}
    assert found.paid == {"JP.capital": Mean(-4000, 100_000, 96_000)}
    assert found.others == {"US.wings": Mean(26 * 1000 // 4, 91_500, 98_000)}
    assert (found.n, found.better_alone, found.equal) == (4, 2, 1)
    assert found.net == -750, "Washington's points are not the pair's"
    assert (found.stood, found.stood_alone) == (750_000, 0)
    with pytest.raises(ValueError, match="no pairs"):
        told(choice, [])


@given(st.permutations([pair(n, n % 5, n % 3) for n in range(8)]))
def test_the_order_of_pairs_does_not_matter(outcomes: list[Outcome]) -> None:
    choice = one_sky()[3]
    assert told(choice, outcomes) == told(choice, sorted(outcomes, key=lambda o: o.seed))


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=60))
def test_the_mean_is_bounded_by_its_own_spread(sums: list[int]) -> None:
    half = Decimal("1960") * Decimal(stdev(sums)) / Decimal(len(sums)).sqrt()
    mean, low, high = mean_between(sums)
    assert mean == sum(sums) * 1000 // len(sums)
    assert half - 1 <= mean - low == high - mean <= half + 2


def test_one_game_bounds_nothing() -> None:
    assert mean_between([7]) == (7000, 7000, 7000)


@given(n=st.integers(1, 400), data=st.data())
def test_the_interval_is_wilsons(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    getcontext().prec = 40
    z, p = Decimal("1.96"), Decimal(hits) / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
    low, high = share_between(hits, n)
    assert abs(low - max(Decimal(0), middle - half) * 10**6) <= 2
    assert abs(high - min(Decimal(1), middle + half) * 10**6) <= 2
    assert low <= hits * 10**6 / n <= high


def test_what_is_told_reads_well() -> None:
    _, state, rulebook, choice = one_sky()
    found = told(choice, [outcome(state, rulebook, choice, 1)])
    lines = [text(row.whole) for row in telling.paid(choice, found, state.setting.lines)]
    assert len(lines) == 2
    assert lines[0].endswith("-3.0 of 3 (capital 0.0, at L1 4.0)")
    assert text(telling.net(choice, found)).startswith("In all L4 changed the score of the pair by ")
    assert "confidence" not in text(telling.net(choice, found)), "one game bounds nothing"
    assert text(telling.heading(choice, 1)).endswith("in 1 pair of games with the same luck")
    verdict = telling.verdict(choice, attrs.evolve(found, n=10, better_alone=3, equal=2), 4)
    assert text(verdict) == "This table ended at L4. L1 would have scored more in 3 of 10 games."
    verdict = telling.verdict(choice, attrs.evolve(found, n=10, better_alone=3, equal=2), 1)
    assert text(verdict) == "This table ended at L1. L4 would have scored more in 5 of 10 games."
