"""Search, barriers, mines, belief and torpedoes: the worked examples of facts C4, and laws against odds built anew.

The second reckoning here is in fractions and in decimals of 60 digits, boat by boat and torpedo by torpedo; it shares
no line with what it checks.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.odds import PPM, TOTAL
from game.core.odds_search import (
    barrier,
    coverage,
    either,
    escape,
    exhaustive_search,
    mined,
    pooled_search,
    random_search,
    sunk,
    to_power,
    willingness,
)

EXACT = Context(prec=60)
COVER = st.integers(0, 6 * PPM)
CHANCE = st.integers(0, PPM)


def decimal_random(cover: int) -> Decimal:
    """1 - exp(-c) of a coverage in ppm, by the series, in ppm."""
    x = EXACT.divide(Decimal(cover), PPM)
    term, total, n = Decimal(1), Decimal(1), 0
    while term > Decimal(10) ** -40:
        n += 1
        term = EXACT.divide(EXACT.multiply(term, x), n)
        total = EXACT.add(total, term)
    return PPM * (1 - EXACT.divide(Decimal(1), total))


# Facts C4, Ex 17 to 20 ------------------------------------------------------------------------------------------


def test_example_17_a_wing_over_two_hundred_thousand_square_km() -> None:
    one = coverage(15, 400, 8, 1000, 200)
    assert (one, random_search(one)) == (240_000, 213_372)
    assert random_search(2 * one) == 381_217
    seven = coverage(15, 400, 8, 7000, 300)
    assert (seven, random_search(seven)) == (1_120_000, 673_720)


def test_the_gap_that_coordination_can_close_at_coverage_one() -> None:
    assert random_search(PPM) == 632_121
    assert exhaustive_search(PPM) == PPM


def test_example_18_barriers_one_and_three_deep() -> None:
    assert barrier(30, 300, 24, 10) == 260_000
    assert barrier(30, 300, 24, 10, 3) == 594_776


def test_example_19_three_boats_at_a_convoy() -> None:
    """Found with 0.4 each, so that 0.6 x 0.5 is the chance to attack; Bin(3, 0.5) ships each."""
    assert sunk([(3, 300_000, 6)], 9).mean_millis(lambda n: n) == 1350


def test_a_blockade_run_and_run_again() -> None:
    assert [to_power(600_000, runs) for runs in (1, 2, 3, 4)] == [600_000, 360_000, 216_000, 129_600]


def test_example_20_ten_mines_on_the_way() -> None:
    assert mined(10, 20_000) == 182_927


def test_three_turns_of_sweeping_leave_four_and_a_half_of_twenty() -> None:
    assert 20 * escape(1_500_000) // 100 == 44_626  # 4.4626


def test_shippers_believe_and_stay_in_port() -> None:
    """logistic(4 - 20 b): nearly all at no loss, half at one ship in five."""
    assert [willingness(b) for b in (0, 100_000, 200_000, 400_000)] == [982_014, 880_797, 500_000, 17_986]


# Laws -----------------------------------------------------------------------------------------------------------


@given(COVER)
def test_random_search_is_the_series_to_half_a_millionth(cover: int) -> None:
    assert abs(random_search(cover) - decimal_random(cover)) <= Decimal("0.5")


@given(COVER, COVER)
def test_more_search_never_hurts(one: int, other: int) -> None:
    low, high = sorted((one, other))
    for search in (random_search, exhaustive_search, pooled_search):
        assert 0 <= search(low) <= search(high) <= PPM


@given(COVER)
def test_a_joint_search_gains_at_most_the_gap(cover: int) -> None:
    gap = exhaustive_search(cover) - random_search(cover)
    assert 0 <= pooled_search(cover) - random_search(cover) <= max(0, gap)


@given(st.integers(1, 60), st.integers(10, 400), st.integers(1, 40), st.integers(1, 40), st.integers(1, 6))
def test_barriers_are_the_closed_form(width: int, gap: int, speed: int, target: int, lines: int) -> None:
    root = EXACT.sqrt(1 + EXACT.divide(Decimal(speed * speed), target * target))
    one = min(Decimal(1), EXACT.divide(width, gap) * root)
    wanted = PPM * (1 - EXACT.power(1 - one, lines))
    assert abs(barrier(width, gap, speed, target, lines) - wanted) <= 1 + 2 * lines


@given(st.integers(1, 60), CHANCE)
def test_every_mine_is_one_more_chance(mines: int, each: int) -> None:
    survives = Fraction(PPM - each, PPM) ** mines
    assert abs(mined(mines, each) - (1 - survives) * PPM) <= 1
    assert mined(mines - 1, each) <= mined(mines, each)


@given(CHANCE, CHANCE)
def test_either_of_two_is_no_less_than_one(one: int, other: int) -> None:
    assert either(one, other) == either(other, one)
    assert max(one, other) <= either(one, other) <= min(PPM, one + other)


@given(CHANCE, CHANCE)
def test_who_believes_more_sails_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert willingness(high) <= willingness(low)


# Torpedoes: every course of an engagement, listed ---------------------------------------------------------------


def listed(boats: list[tuple[int, int]], ships: int) -> dict[int, Fraction]:
    """Ships sunk by boats of (attack in ppm, torpedoes), by listing what each of them does."""
    out: dict[int, Fraction] = {}
    each = []
    for attack, torpedoes in boats:
        p, salvos = Fraction(attack, PPM), torpedoes // 2
        courses = [(0, 1 - p)]
        courses += [(k, p * Fraction(comb(salvos, k), 2**salvos)) for k in range(salvos + 1)]
        each.append(courses)
    for course in product(*each):
        n, chance = 0, Fraction(1)
        for k, share in course:
            n, chance = n + k, chance * share
        n = min(n, ships)
        out[n] = out.get(n, Fraction(0)) + chance
    return out


GROUPS = st.lists(st.tuples(st.integers(1, 2), CHANCE, st.integers(0, 8)), min_size=1, max_size=2)


@given(GROUPS, st.integers(1, 12))
def test_ships_sunk_are_every_course_listed(groups: list[tuple[int, int, int]], ships: int) -> None:
    odds = sunk(groups, ships)
    wanted = listed([(attack, torpedoes) for n, attack, torpedoes in groups for _ in range(n)], ships)
    have = dict(zip(odds.outcomes, odds.weights, strict=True))
    assert list(odds.outcomes) == sorted(odds.outcomes, reverse=True)
    for n, chance in wanted.items():
        assert abs(Fraction(have.get(n, 0), TOTAL) - chance) <= Fraction(12, TOTAL)
    assert set(have) <= set(wanted)


@pytest.mark.parametrize("ships", (1, 3, 40))
@given(attack=st.integers(0, PPM - 1), n=st.integers(1, 6))
def test_a_boat_that_dares_more_never_sinks_fewer_by_the_same_luck(ships: int, attack: int, n: int) -> None:
    meek, bold = sunk([(n, attack, 6)], ships), sunk([(n, attack + 1 + (PPM - attack - 1) // 2, 6)], ships)
    for sixteenth in range(16):
        draw = sixteenth << 60
        assert bold.read(draw) >= meek.read(draw)
