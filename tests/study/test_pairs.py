"""Pairs of games: the same luck on both sides, the choice held, and shares told as they are."""

from __future__ import annotations

from decimal import Decimal, getcontext
from functools import cache
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.__main__ import chapters
from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.library import find
from game.study import telling
from game.study.pairs import ALONE, TOGETHER, Choice, Held, Outcome, one_by_one, outcome, share_between, told
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


def pair(seed: int, together: int, alone: int) -> Outcome:
    return Outcome(seed, {"JP.bases": together, "JP.capital": 0}, {"JP.bases": alone, "JP.capital": 4})


def test_means_and_shares_are_counted_by_hand() -> None:
    _, _, _, choice = one_sky()
    found = told(choice, [pair(1, 10, 2), pair(2, 4, 0), pair(3, 3, 2), pair(4, 0, 0)])
    assert found.gained == {"JP.bases": 13 * 1000 // 4}
    assert found.paid == {"JP.capital": -4000}
    assert (found.n, found.better_alone, found.equal) == (4, 2, 1)
    with pytest.raises(ValueError, match="no pairs"):
        told(choice, [])


@given(st.permutations([pair(n, n % 5, n % 3) for n in range(8)]))
def test_the_order_of_pairs_does_not_matter(outcomes: list[Outcome]) -> None:
    choice = one_sky()[3]
    assert told(choice, outcomes) == told(choice, sorted(outcomes, key=lambda o: o.seed))


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
    lines = [text(m) for m in telling.paid(choice, found, state.setting.lines)]
    assert len(lines) == 2
    assert text(telling.heading(choice, 1)).endswith("in 1 pair of games with the same luck")
    verdict = telling.verdict(choice, attrs.evolve(found, n=10, better_alone=3, equal=2), 4)
    assert text(verdict) == "This table ended at L4. L1 would have scored more in 3 of 10 games."
    verdict = telling.verdict(choice, attrs.evolve(found, n=10, better_alone=3, equal=2), 1)
    assert text(verdict) == "This table ended at L1. L4 would have scored more in 5 of 10 games."
