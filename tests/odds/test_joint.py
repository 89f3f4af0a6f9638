"""Readings of the joint that never build it, against the joint built whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.core import chain as chain_module
from game.core import joint as joint_module
from game.core import odds as odds_module
from game.core import raid as raid_module
from game.core.joint import (
    estimate_spent,
    estimate_totals,
    mean_spent,
    settle,
    spent_of,
    totals_of,
)
from game.core.odds import PPM, TOTAL, Odds, convolve
from game.core.raid import Counts, Layer, _chances, deal, raid

Case = tuple[Counts, tuple[Layer, ...]]
NOISE = 2  # weights of a million million that float error may move
EDGE = TOTAL // 10**9  # draws this near to the edge of two outcomes may read either
ppm = st.one_of(st.sampled_from([0, 300_000, 500_000, 850_000, PPM]), st.integers(0, PPM))
draws = st.integers(0, 2**64 - 1)


@st.composite
def layers(draw: st.DrawFn, classes: int) -> Layer:
    salvo = draw(st.sampled_from([1, 1, 2]))
    kill = draw(st.lists(ppm, min_size=classes, max_size=classes))
    track = draw(st.lists(ppm, min_size=classes, max_size=classes))
    if draw(st.booleans()):  # neighbors met alike
        kill, track = kill[:1] * classes, track[:1] * classes
    bound, looks = salvo * draw(st.integers(0, 2)), draw(st.integers(1, 3))
    return Layer("layer", draw(st.integers(0, 9)), tuple(kill), tuple(track), draw(ppm), looks, bound, salvo)


@st.composite
def raids(draw: st.DrawFn) -> Case:
    classes = draw(st.integers(1, 3))
    most = (8, 4, 2)[classes - 1]
    threats = tuple(draw(st.lists(st.integers(0, most), min_size=classes, max_size=classes)))
    return threats, tuple(draw(layers(classes)) for _ in range(draw(st.integers(0, 3))))


T = TypeVar("T")

TWO_LOOKS = Layer("two looks", 7, (600_000, 600_000, 0), (850_000, 850_000, PPM), 350_000, 2, 1)
ALIKE = Layer("alike", 6, (500_000, 700_000, 700_000), (950_000,) * 3, 750_000, 1, 2)
PAIRS = Layer("pairs", 8, (0, 550_000, 550_000), (PPM, 900_000, 900_000), 0, 1, 2, 2)
SHOWN: Case = ((2, 3, 2), (TWO_LOOKS, ALIKE, PAIRS))
LONE: Case = (
    (12,),
    tuple(Layer("x", n, (600_000,), (920_000,), 850_000, looks, 1) for n, looks in ((14, 2), (6, 1))),
)


def near(odds: Odds[T], want: Mapping[T, float]) -> None:
    """Each outcome weighs its chance, to NOISE."""
    got = dict(zip(odds.outcomes, odds.weights, strict=True))
    for outcome in got.keys() | want.keys():
        assert abs(got.get(outcome, 0) - want.get(outcome, 0.0) * TOTAL) <= NOISE, outcome


def margin(chances: Iterable[tuple[T, float]]) -> dict[T, float]:
    out: dict[T, float] = {}
    for outcome, chance in chances:
        out[outcome] = out.get(outcome, 0.0) + chance
    return out


def by_layer(spent: Counts, case: Case) -> Counts:
    """Rounds by layer of all classes, from those of the first class, then of the next."""
    return tuple([sum(spent[k :: len(case[1])]) for k in range(len(case[1]))])


@settings(max_examples=80, deadline=None)
@given(raids(), st.lists(draws, min_size=60, max_size=60))
@example(SHOWN, [n * 2**64 // 999 for n in range(999)])
@example(LONE, [n * 2**64 // 999 for n in range(999)])
def test_a_draw_settles_as_the_whole_joint_reads_it(case: Case, luck: list[int]) -> None:
    joint = raid(*case)
    edges = joint.cumulative
    for draw in luck:
        at = joint.index(draw)
        place = draw * TOTAL >> 64
        if min(place - (edges[at] - joint.weights[at]), edges[at] - place) > EDGE:
            settled = settle(*case, draw)
            assert (settled.leakers, settled.spent) == (
                joint.outcomes[at].leakers,
                by_layer(joint.outcomes[at].spent, case),
            )
            assert settled.total == joint.outcomes[at].total


@settings(max_examples=80, deadline=None)
@given(raids())
@example(SHOWN)
@example(LONE)
def test_margins_are_those_of_the_whole_joint(case: Case) -> None:
    joint = _chances(*case)
    near(totals_of(*case), margin((sum(live), x) for live, _, x in joint))
    near(spent_of(*case), margin((sum(spent), x) for _, spent, x in joint))
    for k, mean in enumerate(mean_spent(*case)):
        assert mean == pytest.approx(1000 * sum(by_layer(spent, case)[k] * x for _, spent, x in joint), abs=1)


@settings(max_examples=80, deadline=None)
@given(raids())
@example(SHOWN)
def test_margins_stand_worst_first(case: Case) -> None:
    for odds in (totals_of(*case), spent_of(*case)):
        assert list(odds.outcomes) == sorted(set(odds.outcomes), reverse=True)


@settings(max_examples=40, deadline=None)
@given(raids(), st.integers(0, PPM))
@example(SHOWN, 80_000)
def test_cases_of_the_network_mix(case: Case, failure: int) -> None:
    threats, on = case
    off = tuple(Layer("off", x.rounds, x.kill, tuple(t // 2 for t in x.track), 0, 1, x.salvo, x.salvo) for x in on)
    parts = [(PPM - failure, threats, on), (failure, threats, off)]
    both = [(part, x * ppm / PPM) for ppm, n, stack in parts for *part, x in _chances(n, stack)]
    near(estimate_totals(parts), margin((sum(live), x) for (live, _), x in both))
    near(estimate_spent(parts), margin((sum(spent), x) for (_, spent), x in both))


@st.composite
def one_look(draw: st.DrawFn) -> Layer:
    salvo = draw(st.integers(1, 2))
    return Layer(
        "layer",
        draw(st.integers(0, 20)),
        (draw(ppm),),
        (draw(ppm),),
        draw(ppm),
        1,
        salvo * draw(st.integers(0, 2)),
        salvo,
    )


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(0, 14), st.lists(one_look(), min_size=1, max_size=3), st.lists(draws, min_size=20))
def test_the_same_luck_with_better_kill_tracking_or_rounds_leaks_no_more(
    data: st.DataObject, n: int, stack: list[Layer], luck: list[int]
) -> None:
    at = data.draw(st.integers(0, len(stack) - 1))
    old = stack[at]
    what = data.draw(st.sampled_from(["kill", "track", "control", "rounds"]))
    new = {
        "kill": lambda: evolve(old, kill=(data.draw(st.integers(old.kill[0], PPM)),)),
        "track": lambda: evolve(old, track=(data.draw(st.integers(old.track[0], PPM)),)),
        "control": lambda: evolve(old, control=data.draw(st.integers(old.control, PPM))),
        "rounds": lambda: evolve(old, rounds=data.draw(st.integers(old.rounds, 30))),
    }[what]()
    worse, better = ((n,), tuple(stack)), ((n,), (*stack[:at], new, *stack[at + 1 :]))
    for draw in luck:
        was, now = settle(*worse, draw), settle(*better, draw)
        place = draw * TOTAL >> 64
        at = was.odds.outcomes.index(was.total)
        assert now.total <= was.total or place - (was.odds.cumulative[at] - was.odds.weights[at]) <= NOISE


def clear() -> None:
    for module in (odds_module, raid_module, chain_module, joint_module):
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def test_settling_does_not_depend_on_what_was_asked_before() -> None:
    luck = [n * 2**64 // 40 for n in range(40)]
    asked = [(case, draw) for case in (SHOWN, LONE, ((5, 2, 4), SHOWN[1])) for draw in luck]
    clear()
    forth = {(case, draw): settle(*case, draw) for case, draw in asked}
    clear()
    back = {(case, draw): settle(*case, draw) for case, draw in reversed(asked)}
    assert forth == back


def test_classes_are_fought_apart() -> None:
    """Where rounds are enough for all, each class leaks as if it came alone, and all leak as their sum."""
    look = Layer("look", 40, (600_000, 500_000), (900_000, 800_000), 750_000, 2, 1)
    both = (look, evolve(look, looks=1))
    four, six = (
        totals_of((n,), tuple(evolve(x, kill=x.kill[c : c + 1], track=x.track[c : c + 1]) for x in both))
        for c, n in enumerate((4, 6))
    )
    want = convolve(four, six)
    near(totals_of((4, 6), both), {n: w / TOTAL for n, w in zip(want.outcomes, want.weights, strict=True)})


def test_the_deal_by_hand() -> None:
    """Six shots at two gliders and four others: one each, gliders first; no more than may be fired at one."""
    plain = Layer("plain", 6, (500_000, 700_000), (PPM, PPM), PPM, 1, 2)
    assert deal((2, 4), (plain,)) == ((2, 4),)
    assert deal((2, 4), (evolve(plain, rounds=5),)) == ((2, 3),)
    assert deal((2, 4), (evolve(plain, rounds=12),)) == ((4, 8),)
    assert deal((2, 4), (evolve(plain, rounds=12, per_threat=0),)) == ((4, 8),)
    assert deal((2, 4), (evolve(plain, rounds=3, kill=(0, 700_000)),)) == ((0, 3),)
    before = evolve(plain, kill=(0, 500_000))
    assert deal((2, 4), (before, plain)) == ((0, 6), (3, 3))  # the four count as two


def test_a_draw_out_of_range_and_layers_of_other_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="take it from luck"):
        settle(*LONE, 2**64)
    with pytest.raises(ValueError, match="2 classes"):
        settle((1, 1), LONE[1], 0)
