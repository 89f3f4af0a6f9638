"""The odds: exact distributions over ordered outcomes, weighed in whole numbers.

Floats live here, in ``raid`` and in ``salvo`` and nowhere else, and with + - * / alone in loops written
out: ``**``, ``sum`` and ``math`` round differently between machines or Python versions, and a digest must
not. Exponentials and logarithms go through ``decimal``. What leaves is whole: weights of one in a million
million (``TOTAL``), parts per million, thousandths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Generic, Literal, TypeVar

from attrs import field, frozen

TOTAL = 10**12
PPM = 10**6
DRAWS = 64  # bits of a named draw

T = TypeVar("T")
T2 = TypeVar("T2")
Row = tuple[float, ...]
Worst = Literal["low", "high"]


@frozen
class Odds(Generic[T]):
    """Outcomes from worst to best for the defender, with whole weights that sum to ``TOTAL``.

    A draw is read as a quantile, so the same luck against better odds never gives a worse outcome.
    ValueError if the lengths differ, a weight is negative or the weights miss ``TOTAL``.
    """

    outcomes: tuple[T, ...]
    weights: tuple[int, ...]
    cumulative: tuple[int, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        cumulative = tuple(accumulate(self.weights))
        if len(self.outcomes) != len(self.weights):
            n, m = len(self.outcomes), len(self.weights)
            raise ValueError(f"odds: {n} outcomes but {m} weights; give one each")
        if not cumulative or cumulative[-1] != TOTAL or min(self.weights) < 0:
            raise ValueError(f"odds: weights must be 0 or more and sum to {TOTAL}; build odds with weigh()")
        object.__setattr__(self, "cumulative", cumulative)

    def index(self, draw: int) -> int:
        """Place of the outcome that a 64-bit draw (0 <= draw < 2**64) stands for; never one of weight 0."""
        if not 0 <= draw < 1 << DRAWS:
            raise ValueError(f"odds: draw {draw} is not in 0 .. 2**{DRAWS} - 1; take it from luck")
        return bisect_right(self.cumulative, draw * TOTAL >> DRAWS)

    def read(self, draw: int) -> T:
        """The outcome that a 64-bit draw stands for."""
        return self.outcomes[self.index(draw)]

    def chance(self, i: int) -> int:
        """Chance of outcome i, in ppm to the nearest."""
        return _nearest(self.weights[i] * PPM, TOTAL)

    def chance_up_to(self, i: int) -> int:
        """Chance of outcome i or a worse one, in ppm to the nearest."""
        return _nearest(self.cumulative[i] * PPM, TOTAL)

    def chance_that(self, holds: Callable[[T], bool]) -> int:
        """Chance, in ppm to the nearest, of the outcomes for which ``holds`` is true."""
        hit = sum(w for o, w in zip(self.outcomes, self.weights, strict=True) if holds(o))
        return _nearest(hit * PPM, TOTAL)

    def mean_millis(self, of: Callable[[T], int]) -> int:
        """Mean of a whole number read off each outcome, in thousandths to the nearest."""
        total = sum(w * of(o) for o, w in zip(self.outcomes, self.weights, strict=True))
        return _nearest(total * 1000, TOTAL)

    def of(self, read: Callable[[T], T2]) -> Odds[T2]:
        """The same odds over what ``read`` makes of each outcome; neighbors that read alike are joined.

        ``read`` must keep the order: leakers of a raid's outcome do, rounds spent do not.
        """
        outcomes: list[T2] = []
        weights: list[int] = []
        for outcome, weight in zip(self.outcomes, self.weights, strict=True):
            value = read(outcome)
            if outcomes and outcomes[-1] == value:
                weights[-1] += weight
            else:
                outcomes.append(value)
                weights.append(weight)
        return Odds(tuple(outcomes), tuple(weights))


def _nearest(a: int, b: int) -> int:
    return (2 * a + b) // (2 * b)


def certain(outcome: T) -> Odds[T]:
    """Odds of one outcome."""
    return Odds((outcome,), (TOTAL,))


def whole_weights(chances: Iterable[float]) -> list[int]:
    """Whole weights of a float distribution, by rounding its running total and taking differences.

    A distribution whose running total lies nowhere above another's keeps that after rounding.
    """
    weights: list[int] = []
    run, before = 0.0, 0
    for chance in chances:
        run += chance
        upto = int(run * TOTAL + 0.5)
        weights.append(upto - before)
        before = upto
    _settle(weights, TOTAL - before)
    return weights


def _settle(weights: list[int], short: int) -> None:
    """Give the last outcome what float error left over, or take it back from the last that have it."""
    i = len(weights) - 1
    while short:
        change = max(short, -weights[i])
        weights[i] += change
        short -= change
        i -= 1


def weigh(outcomes: Sequence[T], chances: Iterable[float]) -> Odds[T]:
    """Odds over outcomes listed worst to best, from chances that sum to 1 but for float error."""
    return Odds(tuple(outcomes), tuple(whole_weights(chances)))


def _in_order(values: Iterable[T], parts: Sequence[Odds[Any]], worst: Worst | None) -> list[T]:
    """Outcomes of several odds in one order, worst first: by ``rank`` where they have one, else as they run."""
    if hasattr(parts[0].outcomes[0], "rank"):
        return sorted(values, key=lambda outcome: outcome.rank)  # type: ignore[attr-defined]
    order: list[Any] = sorted(values)
    if worst is None and len(order) > 1:
        rising = {a < b for part in parts for a, b in zip(part.outcomes, part.outcomes[1:], strict=False)}
        if len(rising) != 1 and any(part.outcomes != parts[0].outcomes for part in parts):
            raise ValueError("odds: the parts do not agree which end is worse; say worst='low' or 'high'")
        worst = "high" if rising == {False} else "low"
    return order[::-1] if worst == "high" else order


def mixture(parts: Sequence[tuple[int, Odds[T]]], worst: Worst | None = None) -> Odds[T]:
    """Odds that are each part's with its chance in ppm.

    Outcomes are ordered by their ``rank`` if they have one (worst first), else with the ``worst`` end first,
    else as the parts run. ValueError if the chances miss 1,000,000 or the parts leave the order open.
    """
    if sum(ppm for ppm, _ in parts) != PPM:
        raise ValueError(f"mixture: chances {[ppm for ppm, _ in parts]} must sum to {PPM} ppm")
    live = [(ppm, odds) for ppm, odds in parts if ppm]
    if len(live) == 1:
        return live[0][1]
    mass: dict[T, int] = {}
    for ppm, odds in live:
        for outcome, weight in zip(odds.outcomes, odds.weights, strict=True):
            mass[outcome] = mass.get(outcome, 0) + ppm * weight
    return _from_whole(_in_order(mass, [odds for _, odds in live], worst), mass, PPM)


def _from_whole(order: Sequence[T], mass: dict[T, int], scale: int) -> Odds[T]:
    """Odds from whole masses that sum to ``TOTAL * scale``."""
    upto = [_nearest(run, scale) for run in accumulate(mass[outcome] for outcome in order)]
    return Odds(tuple(order), tuple(b - a for a, b in zip([0, *upto], upto, strict=False)))


def convolve(a: Odds[int], b: Odds[int], worst: Worst | None = None) -> Odds[int]:
    """Odds of the sum of two independent numbers, with the ``worst`` end first or as both run."""
    mass: dict[int, int] = {}
    for x, v in zip(a.outcomes, a.weights, strict=True):
        for y, w in zip(b.outcomes, b.weights, strict=True):
            mass[x + y] = mass.get(x + y, 0) + v * w
    return _from_whole(_in_order(mass, [a, b], worst), mass, TOTAL)


@lru_cache(maxsize=1 << 14)
def binomial_row(n: int, p: float) -> Row:
    """Chances of 0 .. n successes in n trials of chance p.

    Ratios outwards from the mode, then scaled to 1, so that no tail underflows before the bulk is known.
    """
    if p <= 0.0 or n == 0:
        return (1.0, *([0.0] * n))
    if p >= 1.0:
        return (*([0.0] * n), 1.0)
    q = 1.0 - p
    mode = min(n, int((n + 1) * p))
    row = [0.0] * (n + 1)
    row[mode] = total = x = 1.0
    up = p / q
    for i in range(mode, n):
        x = x * up * (n - i) / (i + 1)
        row[i + 1] = x
        total += x
    x = 1.0
    down = q / p
    for i in range(mode, 0, -1):
        x = x * down * i / (n - i + 1)
        row[i - 1] = x
        total += x
    scale = 1.0 / total
    return tuple([x * scale for x in row])


def share(ppm: int) -> float:
    """Parts per million as a float."""
    return ppm / PPM


@lru_cache(maxsize=1 << 12)
def binomial(n: int, ppm: int, worst: Worst) -> Odds[int]:
    """Odds of 0 .. n successes at ``ppm`` each; ``worst`` says whether few or many successes are bad."""
    return _counted(binomial_row(n, share(ppm)), worst)


def _counted(row: Sequence[float], worst: Worst) -> Odds[int]:
    """Odds of the places in a row, worst first."""
    if worst == "low":
        return weigh(range(len(row)), row)
    return weigh(range(len(row) - 1, -1, -1), reversed(row))


def power(p: float, n: int) -> float:
    """p to the whole power n >= 0, by multiplication."""
    x = 1.0
    while n:
        if n & 1:
            x *= p
        p *= p
        n >>= 1
    return x


def single_kill(ppm: int, shots: int) -> int:
    """Chance in ppm that n shots of chance ``ppm`` kill one threat (facts C1.1)."""
    return _nearest(PPM**shots - (PPM - ppm) ** shots, PPM ** max(shots - 1, 0))


def shots_for_goal(threats: int, kill: int, goal: int) -> int:
    """Fewest shots at each threat for the chance of no leaker to reach ``goal`` (all ppm; facts C1.1, Ex 2).

    Exact in whole numbers. ValueError if no number of shots can do it.
    """
    if not 0 < kill <= PPM or not 0 <= goal <= PPM or (goal == PPM and kill < PPM):
        raise ValueError(f"shots for a goal: no shots at {kill} ppm ever reach {goal} ppm; lower the goal")
    from fractions import Fraction

    shots = 0
    while (1 - Fraction(PPM - kill, PPM) ** shots) ** threats < Fraction(goal, PPM):
        shots += 1
    return shots


def shots_to_the_decimal(threats: int, kill: int, goal: int) -> int:
    """The same before rounding up, ln(1-K)/ln(1-p), K the threats-th root of the goal; ten-thousandths."""
    from decimal import Context, Decimal

    exact = Context(prec=40)
    ln = exact.ln
    each = exact.exp(exact.divide(ln(exact.divide(Decimal(goal), PPM)), threats))
    shots = exact.divide(ln(1 - each), ln(exact.divide(Decimal(PPM - kill), PPM)))
    return int((shots * 10_000).to_integral_value(context=exact))


def warhead_leak(layers: Iterable[tuple[int, int]]) -> float:
    """Chance that a tracked warhead passes layers of (kill ppm, shots)."""
    leak = 1.0
    for kill, shots in layers:
        leak *= power(1.0 - share(kill), shots)
    return leak


def wilkening(warheads: int, track: int, layers: Iterable[tuple[int, int]], common_mode: bool) -> Odds[int]:
    """Leakers of a raid under layers of (kill ppm, shots a warhead), most leakers first (facts C1.2).

    Tracking fails for each warhead alone, or in common mode for all at once: same mean, another shape.
    """
    leak, tracked = warhead_leak(layers), share(track)
    if not common_mode:
        return _counted(binomial_row(warheads, 1.0 - tracked * (1.0 - leak)), "high")
    row = [tracked * chance for chance in binomial_row(warheads, leak)]
    row[warheads] += 1.0 - tracked
    return _counted(row, "high")


def trials(leakers: int, per: int, chance: int, exposure: int, most: int) -> Odds[int]:
    """Losses from leakers * exposure / per trials of chance ``chance``, at most ``most``; most losses first.

    Chances in ppm. The fraction of a trial left over is one more trial with that chance of taking place.
    """
    whole, over = divmod(leakers * exposure, per * PPM)
    row = list(binomial_row(whole, share(chance)))
    last = over / (per * PPM) * share(chance)
    row = [x * (1.0 - last) + y * last for x, y in zip([*row, 0.0], [0.0, *row], strict=True)]
    capped = row[: most + 1]
    for chance_of in row[most + 1 :]:
        capped[most] += chance_of
    return _counted(capped, "high")
