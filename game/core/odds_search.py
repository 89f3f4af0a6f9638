"""Chances of search, barriers, mines and belief, as whole parts per million (facts C4).

Exponentials go through `decimal` and are rounded once, so every machine has the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from math import isqrt

from game.core.odds import PPM, Odds, binomial, certain, convolve, mixture

_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)
#: Each torpedo salvo that is aimed sinks its ship with this chance (facts C4: Bin(torp/2, 0.5)).
SINKS = 500_000


@lru_cache(maxsize=4096)
def escape(coverage: int) -> int:
    """exp(-c) in ppm for a coverage c in ppm: the chance to escape a random search."""
    return int((_EXACT.exp(Decimal(-coverage) / PPM) * PPM).to_integral_value())


def coverage(width_km: int, speed_kmh: int, hours: int, sorties_milli: int, area_kkm2: int) -> int:
    """W v T N / A in ppm; `sorties_milli` in thousandths of a sortie, the area in thousands of km2."""
    return width_km * speed_kmh * hours * sorties_milli // area_kkm2 if area_kkm2 else 0


def random_search(cover: int) -> int:
    """Koopman: 1 - exp(-c)."""
    return PPM - escape(cover)


def exhaustive_search(cover: int) -> int:
    """The upper bound: min(1, c)."""
    return min(PPM, cover)


def pooled_search(cover: int) -> int:
    """Half exhaustive, half random: what one joint search reaches (facts C4, M3)."""
    return (exhaustive_search(cover) + random_search(cover)) // 2


def barrier(width_km: int, gap_km: int, speed: int, target_speed: int, lines: int = 1) -> int:
    """Crossover barrier: min(1, (W/L) sqrt(1 + (v/u)^2)), of `lines` independent ones."""
    if not gap_km or not target_speed or lines <= 0:
        return 0
    root = isqrt((target_speed**2 + speed**2) * PPM * PPM) // target_speed
    one = min(PPM, width_km * root // gap_km)
    return PPM - to_power(PPM - one, lines)


def to_power(ppm: int, n: int) -> int:
    """A chance in ppm to the whole power n, rounded once."""
    return (ppm**n + PPM ** (n - 1) // 2) // PPM ** (n - 1) if n > 0 else PPM


def either(one: int, other: int) -> int:
    """The chance in ppm that at least one of two independent things happens."""
    return PPM - (PPM - one) * (PPM - other) // PPM


def mined(mines: int, each: int) -> int:
    """1 - (1-q)^m in ppm: the risk of one transit."""
    return PPM - to_power(PPM - each, mines) if mines > 0 else 0


def willingness(belief: int) -> int:
    """logistic(4 - 20 b) in ppm for a believed loss b in ppm (facts C4)."""
    x = Decimal(4) - Decimal(20 * belief) / PPM
    return int((Decimal(PPM) / (1 + _EXACT.exp(-x))).to_integral_value())


@lru_cache(maxsize=1024)
def boat(attack: int, torpedoes: int) -> Odds[int]:
    """Ships sunk by one boat that was not found: it attacks with `attack` ppm and sinks Bin(torp/2, 0.5); most
    first."""
    return mixture(((PPM - attack, certain(0)), (attack, binomial(torpedoes // 2, SINKS, "high"))), "high")


def sunk(boats: Iterable[tuple[int, int, int]], ships: int) -> Odds[int]:
    """Odds of the ships sunk of `ships`, most first: (boats, attack in ppm, torpedoes a boat) of each group."""
    total: Odds[int] = certain(0)
    for n, attack, torpedoes in boats:
        one = boat(attack, torpedoes)
        for _ in range(n):
            total = convolve(total, one, "high").of(lambda k: min(k, ships))
    return total
