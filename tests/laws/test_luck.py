"""Law: luck is a function of names, fresh each turn, fair, and independent of what was drawn before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.luck import Luck

N, BINS = 60_000, 100
TOP = 1 << 64
#: Quantiles of chi-square on 99 degrees of freedom: one fair generator in ten million lies outside.
LEAST, MOST = 39.0, 189.0

NEIGHBORS: dict[str, Callable[[int], int]] = {
    "subjects": lambda n: Luck(1, 1, 1).draw("MD7", f"J{n}"),
    "turns": lambda n: Luck(1, n, 1).draw("MD7", "J01"),
    "pulses": lambda n: Luck(1, 1, n).draw("MD7", "J01"),
    "seeds": lambda n: Luck(n, 1, 1).draw("MD7", "J01"),
    "rules": lambda n: Luck(1, 1, 1).draw(f"MD{n}", "J01"),
}


def chi_square(values: list[int], bins: int) -> float:
    found = Counter(values)
    mean = len(values) / bins
    return sum((found[b] - mean) ** 2 / mean for b in range(bins))


@pytest.mark.parametrize("what", NEIGHBORS)
def test_draws_of_neighboring_names_fill_all_bins_alike(what: str) -> None:
    draws = [NEIGHBORS[what](n) for n in range(N)]
    assert LEAST < chi_square([d * BINS // TOP for d in draws], BINS) < MOST
    assert LEAST < chi_square([d % BINS for d in draws], BINS) < MOST


@pytest.mark.parametrize("what", NEIGHBORS)
def test_neighbors_tell_nothing_about_one_another(what: str) -> None:
    """Pairs of neighbors fill a square of ten by ten alike."""
    cells = [NEIGHBORS[what](n) * 10 // TOP for n in range(N)]
    pairs = [10 * a + b for a, b in pairwise(cells)]
    assert LEAST < chi_square(pairs, BINS) < MOST


@given(st.integers(0, TOP), st.integers(1, 20), st.integers(0, 2), st.text(max_size=8), st.lists(st.text(max_size=4)))
def test_a_draw_hangs_on_its_names_alone(seed: int, turn: int, pulse: int, name: str, earlier: list[str]) -> None:
    luck = Luck(seed).at(turn, pulse)
    fresh = Luck(seed, turn, pulse).draw("R1", name)
    for other in earlier:
        luck.draw("R0", other)
        luck.hit(500_000, "R0", other)
    assert luck.draw("R1", name) == fresh
    assert 0 <= fresh < TOP


@given(st.integers(0, 2**32), st.integers(1, 20), st.integers(0, 2))
def test_each_name_draws_for_itself(seed: int, turn: int, pulse: int) -> None:
    here = Luck(seed, turn, pulse)
    draws = {
        here.draw("R1", "a"),
        here.draw("R1", "b"),
        here.draw("R2", "a"),
        here.at(turn + 1, pulse).draw("R1", "a"),
        here.at(turn, pulse + 1).draw("R1", "a"),
        Luck(seed + 1, turn, pulse).draw("R1", "a"),
    }
    assert len(draws) == 6


@given(st.integers(0, 2**32), st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_a_higher_chance_never_turns_a_hit_into_a_miss(seed: int, low: int, high: int) -> None:
    luck = Luck(seed)
    low, high = sorted((low, high))
    assert luck.hit(high, "R1", "a") or not luck.hit(low, "R1", "a")
    assert luck.hit(1_000_000, "R1", "a") and not luck.hit(0, "R1", "a")


@pytest.mark.parametrize("ppm", (1_000, 20_000, 300_000, 500_000, 985_000))
def test_hits_come_as_often_as_their_chance(ppm: int) -> None:
    hits = sum(Luck(3).hit(ppm, "R1", str(n)) for n in range(N))
    mean, variance = N * ppm / 1e6, N * ppm / 1e6 * (1 - ppm / 1e6)
    assert (hits - mean) ** 2 < 30 * variance  # 5.5 standard deviations


@given(st.integers(1, 50), st.integers(0, 2**32))
def test_a_pick_is_one_of_so_many(n: int, seed: int) -> None:
    assert 0 <= Luck(seed).pick(n, "R1", "a") < n


def test_picks_are_all_alike() -> None:
    assert chi_square([Luck(5).pick(BINS, "R1", str(n)) for n in range(N)], BINS) < MOST


def test_labels_differ_and_name_nothing() -> None:
    labels = {Luck(7).label("contact", seat, f"P{n:02}") for seat in ("JP", "KR") for n in range(200)}
    assert len(labels) == 400
    assert all(len(x) == 6 and x.isalnum() for x in labels)
    assert Luck(7).label("a") != Luck(8).label("a") and Luck(7, 3).label("a") == Luck(7, 4).label("a")


def test_luck_set_by_name_is_that_name_alone() -> None:
    luck = Luck(1, 2, 1, {"MD7|a": 5})
    assert luck.draw("MD7", "a") == 5 == luck.at(3, 2).draw("MD7", "a")
    assert luck.draw("MD7", "b") == Luck(1, 2, 1).draw("MD7", "b")
