"""MD13: exact hits (facts C2, Ex 10), two kinds of missile at one group, and what the staff expects."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.model import Counter
from game.core.odds import Odds, binomial
from game.core.salvo import armstrong_hits
from game.core.setting import Board, Figure
from rules.missile_defense.salvo import Fire, Weapon, net_hits, salvo_odds, staff_estimate, stop_chance, weapon
from rules.missile_defense.tables import Salvo
from tests.worlds import opening


def board(**figures: int) -> Board:
    """One Sky's board with a target "J01" of these figures."""
    given_board = opening("one_sky").setting.board
    form = attrs.evolve(given_board.formations["J01"], figures={k: Figure(n, "") for k, n in figures.items()})
    return attrs.evolve(given_board, formations={**given_board.formations, "J01": form})


def target(steps: int = 1) -> Counter:
    return Counter("JP", "J01", "SJW", steps)


def fire(n: int, hit: int, kind: str = "CM") -> Fire:
    return Fire(Salvo("KP", f"P{n}", "KP.X", n), Weapon(n, 200, hit, kind), n, "J01")


def chances(odds: Odds[int]) -> Iterator[tuple[int, int]]:
    return zip(odds.outcomes, odds.weights, strict=True)


def test_example_10_as_the_game_draws_it() -> None:
    """Four shots at even chances, two intercepts at even chances: 22, 20, 15, 6 and 1 of 64 for 0 to 4 hits."""
    odds, _ = salvo_odds(board(intercepts=2, intercept_kill=500_000), target(), [fire(4, 500_000)])
    assert dict(chances(odds)) == {n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))}


def test_two_shooters_arrive_as_one_salvo() -> None:
    both = [fire(3, 500_000), fire(1, 500_000)]
    odds, _ = salvo_odds(board(intercepts=2, intercept_kill=500_000), target(), both)
    assert dict(chances(odds)) == {n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))}


@given(st.integers(1, 12), st.integers(0, 1_000_000), st.integers(0, 12), st.integers(0, 1_000_000))
def test_net_hits_are_armstrongs(shots: int, hit: int, intercepts: int, kill: int) -> None:
    ours = dict(chances(net_hits(binomial(shots, hit, "high"), intercepts, kill)))
    theirs = dict(chances(armstrong_hits(shots, hit, intercepts, kill)))
    assert ours.keys() == theirs.keys()
    assert all(abs(ours[n] - theirs[n]) <= 2 for n in ours)


def test_a_ballistic_missile_is_stopped_at_even_chances_whatever_the_ship_does_to_cruise_missiles() -> None:
    here = board(intercepts=1, intercept_kill=1_000_000)
    odds, _ = salvo_odds(here, target(), [fire(1, 1_000_000, "ASBM")])
    assert dict(chances(odds)) == {1: 5 * 10**11, 0: 5 * 10**11}
    assert stop_chance(here, target(), "CM") == 1_000_000


def test_intercepts_are_split_over_both_kinds_by_their_number() -> None:
    """Two cruise and two ballistic missiles at two sure intercepts: one cruise missile is stopped for certain, and
    one ballistic one at even chances."""
    here = board(intercepts=2, intercept_kill=1_000_000)
    odds, _ = salvo_odds(here, target(), [fire(2, 1_000_000), fire(2, 1_000_000, "ASBM")])
    assert dict(w for w in chances(odds) if w[1]) == {3: 5 * 10**11, 2: 5 * 10**11}


@pytest.mark.parametrize(("id", "kind"), (("P11", "CM"), ("J01", "CM"), ("P03", ""), ("J09", ""), ("J11", "")))
def test_who_shoots_at_ships(id: str, kind: str) -> None:
    state = opening("one_sky")
    found = weapon(state.setting.board, state.counters[id])
    assert (found.kind if found else "") == kind


def test_the_staff_expects_good_shots_less_intercepts() -> None:
    """Hughes: six good shots less four intercepts at two hits a ship are one ship."""
    given_board = opening("one_sky").setting.board
    boats = attrs.evolve(given_board.formations["J01"], figures={"antiship": Figure(3, "")})
    ships = attrs.evolve(
        given_board.formations["J02"], figures={"intercepts": Figure(2, ""), "hits_to_kill": Figure(20, "")}
    )
    here = attrs.evolve(given_board, formations={**given_board.formations, "J01": boats, "J02": ships})
    assert staff_estimate(here, Counter("JP", "J01", "SJW", 2), 2, Counter("JP", "J02", "SJW", 2)) == 1000
