"""A raid's joint odds read without building them: leakers, rounds spent, and one draw through both.

``raid`` lists every (leakers, rounds) and grows with the product of its classes and layers. Here each class is a
chain of layers (``chain``) by itself, since classes are fought apart, and the raid is read in four ways:

totals_of             leakers of all classes: the convolution of those of each
spent_of, mean_spent  rounds of all layers, and the mean by layer
settle                one draw: all leakers by their odds; what is left of the draw through the leakers of the first
                      class given all, then of the next; then class by class through the rounds of the first layer
                      given its leakers, of the next given both; more leakers and more rounds first

The last is the order of ``Outcome.rank``: ``settle`` reads what ``raid(...).read`` reads, but for float error at the
edge of two outcomes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from game.core.chain import Chain, Dense, all_rounds, forward, product, stage
from game.core.odds import DRAWS, TOTAL, Odds, certain, mixture, weigh
from game.core.raid import Case, Counts, Layer, chains

FAINT = 1e-13  # too faint for a weight of TOTAL; float error must not make an outcome of it


@frozen
class Settled:
    """What a raid came to: leakers of all classes and of each, rounds spent by layer, and the odds of the leakers.

    chance  of exactly these leakers, up_to of these or more; both in ppm
    """

    total: int
    leakers: Counts
    spent: Counts
    chance: int
    up_to: int
    odds: Odds[int]


@lru_cache(maxsize=1 << 12)
def _sums(threats: Counts, layers: tuple[Layer, ...]) -> tuple[tuple[Dense, Dense], ...]:
    """Of each class, chances of its leakers and of those of all classes from it on."""
    out: list[tuple[Dense, Dense]] = []
    rest: Dense = [1.0]
    for (_, chain), n in zip(reversed(chains(threats, layers)), reversed(threats), strict=True):
        own = forward(chain, n)[0][-1]
        rest = product(own, rest)
        out.append((own, rest))
    return tuple(reversed(out))


@lru_cache(maxsize=1 << 12)
def totals_of(threats: Counts, layers: tuple[Layer, ...]) -> Odds[int]:
    """Exact odds of the leakers of all classes together, most first."""
    return _most_first(dict(enumerate(_sums(threats, layers)[0][1])) if threats else {0: 1.0})


def _most_first(chances: Mapping[int, float], whole: float = 1.0) -> Odds[int]:
    """Odds of numbers, most first, from chances that sum to ``whole``."""
    kept = [n for n in sorted(chances, reverse=True) if chances[n] > whole * FAINT]
    return weigh(kept, [chances[n] / whole for n in kept])


@lru_cache(maxsize=1 << 12)
def mean_spent(threats: Counts, layers: tuple[Layer, ...]) -> Counts:
    """Mean rounds spent by each layer, in thousandths to the nearest."""
    means = [0.0] * len(layers)
    for (met, chain), n in zip(chains(threats, layers), threats, strict=True):
        for k, mean in zip(met, forward(chain, n)[1], strict=True):
            means[k] += mean
    return tuple([int(mean * 1000.0 + 0.5) for mean in means])


@lru_cache(maxsize=1 << 12)
def spent_of(threats: Counts, layers: tuple[Layer, ...]) -> Odds[int]:
    """Exact odds of the rounds that all layers spend together, most first."""
    whole: Dense = [1.0]
    for (_, chain), n in zip(chains(threats, layers), threats, strict=True):
        found = all_rounds(chain, n)
        whole = product([found.get(spent, 0.0) for spent in range(max(found) + 1)], whole)
    return _most_first(dict(enumerate(whole)))


def estimate_totals(parts: Sequence[Case]) -> Odds[int]:
    """Odds of all leakers where the layers are uncertain: (chance in ppm, threats, layers) by case."""
    return mixture([(ppm, totals_of(threats, layers)) for ppm, threats, layers in parts], "high")


def estimate_spent(parts: Sequence[Case]) -> Odds[int]:
    """Odds of all rounds spent where the layers are uncertain, by case as in ``estimate_totals``."""
    return mixture([(ppm, spent_of(threats, layers)) for ppm, threats, layers in parts], "high")


class _Draw:
    """One draw, read through one odds after another: its place in the slot of what was read is itself a draw, for
    what is read next. Whole numbers throughout."""

    def __init__(self, draw: int) -> None:
        self.place, self.width = draw, 1 << DRAWS

    def read(self, odds: Odds[int]) -> int:
        if len(odds.outcomes) == 1:
            return odds.outcomes[0]
        at = bisect_right(odds.cumulative, self.place * TOTAL // self.width)
        self.place = self.place * TOTAL - (odds.cumulative[at] - odds.weights[at]) * self.width
        self.width *= odds.weights[at]
        return odds.outcomes[at]


def settle(threats: Counts, layers: tuple[Layer, ...], draw: int) -> Settled:
    """Read one 64-bit draw (0 <= draw < 2**64) through the joint odds; ValueError if it is out of range."""
    odds = totals_of(threats, layers)
    at = odds.index(draw)
    luck = _Draw(draw)
    total = luck.read(odds)
    left: Counts = ()
    for _ in threats:
        left = (*left, luck.read(_leakers(threats, layers, len(left), total - sum(left))))
    spent = [0] * len(layers)
    for (met, chain), n, through in zip(chains(threats, layers), threats, left, strict=True):
        fired: Counts = ()
        for k in met:
            fired = (*fired, luck.read(_rounds(chain, n, through, fired)))
            spent[k] += fired[-1]
    return Settled(total, left, tuple(spent), odds.chance(at), odds.chance_up_to(at), odds)


@lru_cache(maxsize=1 << 12)
def _leakers(threats: Counts, layers: tuple[Layer, ...], c: int, total: int) -> Odds[int]:
    """Odds of the leakers of class ``c``, given those of it and all classes after it."""
    if c == len(threats) - 1:
        return certain(total)
    sums = _sums(threats, layers)
    rest = sums[c + 1][1]
    chances = {n: x * rest[total - n] for n, x in enumerate(sums[c][0]) if 0 <= total - n < len(rest)}
    return _most_first(chances, sums[c][1][total])


@lru_cache(maxsize=1 << 12)
def _rounds(chain: Chain, threats: int, left: int, spent: Counts) -> Odds[int]:
    """Odds of the next layer's rounds against one class, given its leakers and the rounds before."""
    chances = stage(chain, threats, left, spent).rounds
    whole = 0.0
    for fired in sorted(chances):
        whole += chances[fired]
    return _most_first(chances, whole)
