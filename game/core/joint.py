"""A raid's joint odds read without building them: leakers, rounds spent, and one draw through both.

``raid`` lists every (leakers by class, rounds by layer) and grows with the product of its layers. Here the same
process is a chain of layers (``chain``), read in four ways:

leakers_of, totals_of    rounds summed out: one pass forward
spent_of, mean_spent     leakers summed out: one pass forward, by rounds spent so far or in the mean
settle                   one draw: all leakers by their odds, then what is left of the draw through the rounds of
                         the first layer given those leakers, then of the next given both; more rounds first

The last is the order of ``Outcome.rank``, which puts leakers by class behind the rounds: ``settle`` reads the total
and the rounds that ``raid(...).read`` reads, but for float error at the edge of two outcomes, and never tells
classes apart that the layers do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from game.core.chain import Goal, backward, code_of, enter, forward, links, meet, rounds_towards, split, worth
from game.core.odds import DRAWS, TOTAL, Odds, certain, mixture, weigh
from game.core.raid import Case, Counts, Dense, Layer, worst_first

FAINT = 1e-13  # too faint for a weight of TOTAL; float error must not make an outcome of it


@frozen
class Settled:
    """What a raid came to: leakers of all classes, rounds spent by layer, and the odds of the leakers.

    chance  of exactly these leakers, up_to of these or more; both in ppm
    """

    total: int
    spent: Counts
    chance: int
    up_to: int
    odds: Odds[int]


@lru_cache(maxsize=1 << 12)
def leakers_of(threats: Counts, layers: tuple[Layer, ...]) -> Odds[Counts]:
    """Exact odds of leakers by class: most leakers first, then most of the dangerous classes."""
    if not layers:
        return certain(threats)
    last, _ = forward(links(threats, layers, True), threats)
    places = worth(threats)
    found = [(live, last[-1][code_of(live, places)]) for live, _ in worst_first(threats)]
    kept = [(live, chance) for live, chance in found if chance > FAINT]
    return weigh([live for live, _ in kept], [chance for _, chance in kept])


def totals_of(threats: Counts, layers: tuple[Layer, ...]) -> Odds[int]:
    """Exact odds of the leakers of all classes together, most first."""
    return _course(threats, layers)[0]


def mean_spent(threats: Counts, layers: tuple[Layer, ...]) -> Counts:
    """Mean rounds spent by each layer, in thousandths to the nearest."""
    return _course(threats, layers)[1]


@lru_cache(maxsize=1 << 12)
def _course(threats: Counts, layers: tuple[Layer, ...]) -> tuple[Odds[int], Counts, tuple[Dense, ...]]:
    """Odds of all leakers, mean rounds in thousandths, and the live threats before each layer."""
    before, means = forward(links(threats, layers, False), threats)
    kept = [(n, chance) for n, chance in enumerate(before[-1]) if chance > FAINT]
    odds = weigh([n for n, _ in reversed(kept)], [chance for _, chance in reversed(kept)])
    return odds, tuple([int(mean * 1000.0 + 0.5) for mean in means]), before


@lru_cache(maxsize=1 << 12)
def spent_of(threats: Counts, layers: tuple[Layer, ...]) -> Odds[int]:
    """Exact odds of the rounds that all layers spend together, most first."""
    chain = links(threats, layers, False)
    now: dict[int, Dense] = {0: enter(chain, threats)}
    for link in chain:
        then: dict[int, Dense] = {}
        for spent, live in now.items():
            for fired, left in split(meet(link, live)).items():
                before = then.get(spent + fired)
                then[spent + fired] = [x + y for x, y in zip(before, left, strict=True)] if before else left
        now = then
    chances = []
    for spent in sorted(now, reverse=True):
        total = 0.0
        for chance in now[spent]:
            total += chance
        if total > FAINT:
            chances.append((spent, total))
    return weigh([spent for spent, _ in chances], [chance for _, chance in chances])


def estimate_totals(parts: Sequence[Case]) -> Odds[int]:
    """Odds of all leakers where the layers are uncertain: (chance in ppm, threats, layers) by case."""
    return mixture([(ppm, totals_of(threats, layers)) for ppm, threats, layers in parts], "high")


def estimate_spent(parts: Sequence[Case]) -> Odds[int]:
    """Odds of all rounds spent where the layers are uncertain, by case as in ``estimate_totals``."""
    return mixture([(ppm, spent_of(threats, layers)) for ppm, threats, layers in parts], "high")


def settle(threats: Counts, layers: tuple[Layer, ...], draw: int) -> Settled:
    """Read one 64-bit draw (0 <= draw < 2**64) through the joint odds; ValueError if it is out of range.

    The place of the draw in the slot of its leakers is itself a draw, for the rounds: whole numbers throughout.
    """
    odds = totals_of(threats, layers)
    at = odds.index(draw)
    total = odds.outcomes[at]
    spent: Counts = ()
    place = draw * TOTAL - ((odds.cumulative[at] - odds.weights[at]) << DRAWS)
    width = odds.weights[at] << DRAWS
    for _ in layers:
        rounds = _rounds(threats, layers, total, spent)[0]
        i = bisect_right(rounds.cumulative, place * TOTAL // width)
        place = place * TOTAL - (rounds.cumulative[i] - rounds.weights[i]) * width
        width *= rounds.weights[i]
        spent = (*spent, rounds.outcomes[i])
    return Settled(total, spent, odds.chance(at), odds.chance_up_to(at), odds)


@lru_cache(maxsize=1 << 12)
def _rounds(
    threats: Counts, layers: tuple[Layer, ...], total: int, spent: Counts
) -> tuple[Odds[int], Dense, dict[int, float]]:
    """Odds of the next layer's rounds given the leakers and the rounds before; who enters it; chances unscaled."""
    chain = links(threats, layers, False)
    k = len(spent)
    live = enter(chain, threats)
    if spent:
        _, before, chances = _rounds(threats, layers, total, spent[:-1])
        # Scaled so that the leakers are certain: dust is then dust beside them, however rare they are.
        live = [x / chances[spent[-1]] for x in split(meet(chain[k - 1], before), spent[-1])[spent[-1]]]
    chances = rounds_towards(meet(chain[k], live), _goals(threats, layers, total)[k])
    whole = 0.0
    for fired in sorted(chances):
        whole += chances[fired]
    kept = [fired for fired in sorted(chances, reverse=True) if chances[fired] > whole * FAINT]
    return weigh(kept, [chances[fired] / whole for fired in kept]), live, chances


@lru_cache(maxsize=1 << 10)
def _goals(threats: Counts, layers: tuple[Layer, ...], total: int) -> tuple[Goal, ...]:
    """Chance of the leakers from the live threats beyond each layer."""
    chain = links(threats, layers, False)
    return backward(chain, _course(threats, layers)[2], total)
