"""The engine's odds against every raid enumerated threat by threat and shot by shot."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.core.odds import PPM, TOTAL
from game.core.raid import Layer, Outcome, _chances, estimate, raid
from tests.odds.enumeration import enumerate_raid

Case = tuple[tuple[int, ...], tuple[Layer, ...]]
ppm = st.one_of(st.sampled_from([0, 300_000, 500_000, 850_000, PPM]), st.integers(0, PPM))


@st.composite
def layers(draw: st.DrawFn, classes: int) -> Layer:
    salvo = draw(st.sampled_from([1, 1, 2]))
    return Layer(
        "layer",
        draw(st.integers(0, 6)),
        tuple(draw(st.lists(ppm, min_size=classes, max_size=classes))),
        tuple(draw(st.lists(ppm, min_size=classes, max_size=classes))),
        draw(ppm),
        draw(st.integers(1, 3)),
        salvo * draw(st.integers(0, 2)),
        salvo,
    )


@st.composite
def raids(draw: st.DrawFn) -> Case:
    threats = tuple(
        draw(
            st.one_of(
                st.lists(st.integers(0, 2), min_size=3, max_size=4).filter(lambda n: sum(n) <= 5),
                st.lists(st.integers(1, 5), min_size=1, max_size=1),
            )
        )
    )
    return threats, tuple(draw(layers(len(threats))) for _ in range(draw(st.integers(1, 3))))


SCARCE = Layer("scarce", 4, (600_000, 700_000, 800_000), (PPM, 850_000, 500_000), 500_000, 2, 1)
FULL = Layer("full", 6, (500_000, 0, 400_000), (650_000, PPM, 920_000), 850_000, 2)
PAIRS = Layer("pairs", 5, (700_000, 300_000, 550_000), (900_000, 850_000, PPM), 350_000, 1, 2, 2)


@settings(max_examples=60, deadline=None)
@given(raids())
@example(((2, 1, 2), (FULL, SCARCE, PAIRS)))
@example(((1, 2, 2), (PAIRS, FULL, SCARCE)))
def test_total_variation_is_at_most_a_million_millionth(case: Case) -> None:
    want = enumerate_raid(*case)
    got = {(left, spent): Fraction(chance) for left, spent, chance in _chances(*case)}
    assert got.keys() <= want.keys()
    apart = sum([abs(got.get(key, Fraction(0)) - chance) for key, chance in want.items()], Fraction(0))
    assert sum(want.values()) == 1
    assert apart / 2 <= Fraction(1, 10**12)


@settings(max_examples=20, deadline=None)
@given(raids(), st.integers(0, PPM))
@example(((2, 2, 1), (SCARCE, FULL)), 80_000)
def test_a_network_failure_mixes_the_raid_with_and_without_it(case: Case, failure: int) -> None:
    threats, on = case
    off = tuple(Layer("off", x.rounds, x.kill, tuple(t // 2 for t in x.track), 0, 1, x.salvo, x.salvo) for x in on)
    want = {key: chance * (PPM - failure) / PPM for key, chance in enumerate_raid(threats, on).items()}
    for key, chance in enumerate_raid(threats, off).items():
        want[key] = want.get(key, Fraction(0)) + chance * failure / PPM
    odds = estimate([(PPM - failure, threats, on), (failure, threats, off)])
    run = Fraction(0)
    for place, outcome in enumerate(sorted((Outcome(*key) for key in want), key=lambda o: o.rank)):
        run += want[outcome.leakers, outcome.spent]
        upto = sum(w for o, w in zip(odds.outcomes, odds.weights, strict=True) if o.rank <= outcome.rank)
        assert abs(upto - run * TOTAL) <= 2, place


@settings(max_examples=30, deadline=None)
@given(raids())
def test_outcomes_stand_worst_first_each_once_and_weigh_what_they_should(case: Case) -> None:
    odds = raid(*case)
    ranks = [outcome.rank for outcome in odds.outcomes]
    assert ranks == sorted(set(ranks))
    assert sum(odds.weights) == TOTAL
    assert min(odds.weights) > 0
    for outcome in odds.outcomes:
        assert all(0 <= left <= n for left, n in zip(outcome.leakers, case[0], strict=True))
        by_class = [outcome.spent[i : i + len(case[1])] for i in range(0, len(outcome.spent), len(case[1]))]
        fired = [sum(row) for row in zip(*by_class, strict=True)]
        assert all(0 <= n <= layer.rounds for n, layer in zip(fired, case[1], strict=True))
