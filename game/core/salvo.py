"""Surface salvos: Hughes' staff estimate, Armstrong's exact hits and losses, and steps lost to leakers.

Facts C2 and C1.8. Attack and defense are counts of shots; losses are the defender's, most first.
"""

from __future__ import annotations

from functools import lru_cache

from game.core.odds import PPM, Odds, Row, binomial_row, share, trials, weigh

OPEN = 850_000  # chance in ppm that a leaking salvo kills an aircraft step in the open (facts C1.8)
SHELTERED = 380_000
PER_SALVO = 12  # missiles


def hughes(
    shooters: int,
    good_shots: int,
    targets: int,
    intercepts: int,
    to_kill_tenths: int,
    scouting: int = PPM,
    readiness: int = PPM,
) -> int:
    """Units lost in thousandths, (sigma alpha A - tau b3 B) / b1 between 0 and B, rounded down.

    ``good_shots`` and ``intercepts`` are per unit, ``to_kill_tenths`` tenths of a hit to a firepower kill,
    ``scouting`` and ``readiness`` the ppm of them that work. A staff estimate: no luck in it.
    """
    through = scouting * good_shots * shooters - readiness * intercepts * targets
    return min(max(through * 10 * 1000 // (to_kill_tenths * PPM), 0), targets * 1000)


@lru_cache(maxsize=1 << 10)
def _hit_row(shots: int, hit: int, intercepts: int, intercept: int) -> Row:
    """Chances of 0 .. shots hits, max(Bin(shots, hit) - Bin(intercepts, intercept), 0)."""
    stopped = binomial_row(intercepts, share(intercept))
    row = [0.0] * (shots + 1)
    for good, chance in enumerate(binomial_row(shots, share(hit))):
        for n, other in enumerate(stopped):
            row[max(good - n, 0)] += chance * other
    return tuple(row)


def armstrong_hits(shots: int, hit: int, intercepts: int, intercept: int) -> Odds[int]:
    """Odds of the hits of a salvo, most hits first; ``hit`` and ``intercept`` in ppm (Armstrong 2005)."""
    row = _hit_row(shots, hit, intercepts, intercept)
    return weigh(range(shots, -1, -1), reversed(row))


def steps_lost(hits: int, damage_tenths: int, to_kill_tenths: int, most: int) -> tuple[int, int]:
    """(steps lost, damage left over in tenths of a hit) from whole hits on damage carried so far.

    A force that loses every step carries nothing on.
    """
    steps, left = divmod(10 * hits + damage_tenths, to_kill_tenths)
    return (most, 0) if steps >= most else (steps, left)


def armstrong_losses(
    hits: Odds[int], to_kill_tenths: int, most: int, damage_tenths: int = 0
) -> Odds[tuple[int, int]]:
    """Odds of (steps lost, tenths of a hit carried on) when every hit does the same damage, worst first."""
    return hits.of(lambda n: steps_lost(n, damage_tenths, to_kill_tenths, most))


@lru_cache(maxsize=1 << 8)
def armstrong_spread(
    shots: int, hit: int, intercepts: int, intercept: int, units: int, mean: int, deviation: int
) -> Odds[int]:
    """Odds of the loss in hundredths of a unit when a hit takes N(mean, deviation) thousandths of one.

    Most lost first; the loss lies between 0 and ``units``, to the nearest hundredth but that the worst outcome
    is the loss of all and no less. For the staff table: a game's own losses go by whole hits.
    """
    top = 100 * units
    upto = [0.0] * (top + 1)  # chance to lose less than that many hundredths and a half; at the end, than all
    for hits, chance in enumerate(_hit_row(shots, hit, intercepts, intercept)):
        for i in range(top):
            edge = 10 * i + 5 if i < top - 1 else 10 * top
            upto[i] += chance * (_normal_below(edge, hits * mean, deviation, hits) if hits else 1.0)
    upto[top] = 1.0
    chances = [b - a for a, b in zip([0.0, *upto], upto, strict=False)]
    return weigh(range(top, -1, -1), [max(chance, 0.0) for chance in reversed(chances)])


_PI = "3.14159265358979323846264338327950288419716939937510582097494"


def _normal_below(x: int, mean: int, deviation: int, draws: int) -> float:
    """P(N <= x) for N of that mean and ``draws`` independent parts of that deviation; the series for erf."""
    from decimal import Context, Decimal

    exact = Context(prec=50)
    z = exact.divide(Decimal(x - mean), exact.multiply(Decimal(deviation), exact.sqrt(Decimal(draws))))
    if abs(z) > 8:
        return 1.0 if z > 0 else 0.0
    square = exact.multiply(z, z)
    term = total = z
    n, small = 0, Decimal("1e-20")
    while abs(term) > small:
        n += 1
        term = exact.divide(exact.multiply(term, square), Decimal(2 * n + 1))
        total = exact.add(total, term)
    density = exact.divide(exact.exp(exact.divide(-square, Decimal(2))), exact.sqrt(2 * Decimal(_PI)))
    return float(exact.add(Decimal("0.5"), exact.multiply(density, total)))


def aircraft_losses(leakers: int, sheltered: bool, exposure: int, most: int) -> Odds[int]:
    """Odds of aircraft steps lost to leaking missiles, at most ``most``, most lost first (facts C1.8).

    ``exposure`` is the ppm of the aircraft that the missiles find there; 12 missiles are a salvo.
    """
    return trials(leakers, PER_SALVO, SHELTERED if sheltered else OPEN, exposure, most)
