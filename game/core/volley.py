"""Shots at like threats: the kills among the missiles of one class that one layer tracks (facts C1.4, C1.5).

A layer's means against one class are a ``Battery``. Distributions are lists of chances by number of kills; what is
asked of many raids is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from game.core.odds import Row, binomial_row, power

Dense = list[float]
Fires = tuple[tuple[int, Sequence[float]], ...]  # kills by number, for each number of rounds that may be fired

DUST = 1e-18  # chances below this are dropped; a raid drops far less than the 1e-12 that weights can tell


@frozen(cache_hash=True)
class Battery:
    """What one layer has for one class: ``shots`` are salvos of ``salvo`` rounds, ``most`` of them a threat and look
    (0 = no bound); chances of a salvo's kill, of a threat's being tracked in time and of one controller."""

    shots: int
    salvo: int
    looks: int
    most: int
    kill: float
    track: float
    control: float


def add(into: Dense, at: int, row: Sequence[float], weight: float) -> None:
    """into[at + i] += weight * row[i]"""
    end = at + len(row)
    into[at:end] = [x + weight * y for x, y in zip(into[at:end], row, strict=True)]


def product(a: Sequence[float], b: Sequence[float]) -> Dense:
    """The sum of two independent counts, the shorter row leading."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return [a[0] * x for x in b]
    out = [0.0] * (len(a) + len(b) - 1)
    for n, chance in enumerate(a):
        if chance > DUST:
            for place, other in enumerate(b, n):  # not add: the call would cost as much as a short row
                out[place] += chance * other
    return out


def even(targets: int, shots: int, kill: float) -> Sequence[float]:
    """Kills when one controller shares the shots out."""
    each, extra = divmod(shots, targets)
    if not each:
        return binomial_row(extra, kill)
    live = power(1.0 - kill, each)
    rest = binomial_row(targets - extra, 1.0 - live)
    return product(binomial_row(extra, 1.0 - live * (1.0 - kill)), rest) if extra else rest


@lru_cache(maxsize=1 << 12)
def _growing(targets: int, kill: float) -> tuple[list[Dense], Dense, Dense]:
    """Kills after 0, 1, 2 ... blind shots so far worked out, and the chances to stay at a count or pass it."""
    hit = [(targets - n) * kill / targets for n in range(targets + 1)]
    return [[1.0]], [1.0 - h for h in hit], [0.0, *hit]


def blind(targets: int, shots: int, kill: float) -> Sequence[float]:
    """Kills when each shot goes to any of ``targets`` like threats, dead or alive."""
    rows, stay, hit = _growing(targets, kill)
    while len(rows) <= shots:
        row = rows[-1]
        grown = [x * s + y * h for x, s, y, h in zip([*row, 0.0], stay, [0.0, *row], hit, strict=False)]
        rows.append(grown)
    return rows[shots]


def fired(targets: int, shots: int, looks: int, most: int) -> int:
    """Shots of this look: bounded a threat, or one each until the last look fires what is left."""
    return min(shots, most * targets if most else targets if looks > 1 else shots if targets else 0)


@lru_cache(maxsize=1 << 13)
def looks_of(
    targets: int, shots: int, looks: int, most: int, kill: float, controlled: bool
) -> Mapping[int, Sequence[float]]:
    """Kills by shots spent over all looks that are left; ``most`` = shots a threat and look, 0 unbounded."""
    fire = even if controlled else blind
    now = fired(targets, shots, looks, most)
    if not now:
        return {0: (1.0,)}
    row = fire(targets, now, kill)
    if looks == 1 or now == shots:
        return {now: row}
    out: dict[int, Dense] = {}
    for killed, chance in enumerate(row):
        if chance > DUST:
            for spent, kills in _next_look(targets - killed, shots - now, looks - 1, most, kill, controlled):
                add(out.setdefault(now + spent, [0.0] * (targets + 1)), killed, kills, chance)
    return out


def _next_look(left: int, shots: int, looks: int, most: int, kill: float, controlled: bool) -> Fires:
    more = fired(left, shots, looks, most)
    if not more:
        return ((0, (1.0,)),)
    if looks == 1:
        return ((more, (even if controlled else blind)(left, more, kill)),)
    return tuple(looks_of(left, shots, looks, most, kill, controlled).items())


@lru_cache(maxsize=1 << 14)
def fires(battery: Battery, targets: int) -> Fires:
    """Kills among so many tracked threats, by rounds fired."""
    k = battery.control
    parts = [
        (weight, looks_of(targets, battery.shots, battery.looks, battery.most, battery.kill, controlled))
        for controlled, weight in ((True, k), (False, 1.0 - k))
        if weight
    ]
    if len(parts) == 1:
        return tuple([(spent * battery.salvo, row) for spent, row in parts[0][1].items()])
    out: dict[int, Dense] = {}
    for weight, found in parts:
        for spent, row in found.items():
            into = out.setdefault(spent * battery.salvo, [0.0] * (targets + 1))
            add(into, 0, row, weight)
    return tuple(out.items())


@lru_cache(maxsize=1 << 14)
def _kills(battery: Battery, targets: int) -> tuple[Sequence[float], float]:
    """Kills among so many tracked threats, and the mean of the rounds fired."""
    found = fires(battery, targets)
    if len(found) == 1:
        return found[0][1], float(found[0][0])
    out, mean = [0.0] * (targets + 1), 0.0
    for spent, row in found:
        add(out, 0, row, 1.0)
        chance = 0.0
        for x in row:
            chance += x
        mean += spent * chance
    return out, mean


def tracked(battery: Battery, live: int) -> Row:
    """Chance of each number of tracked threats."""
    return binomial_row(live, battery.track)


@lru_cache(maxsize=1 << 14)
def past(battery: Battery, live: int) -> tuple[int, Dense, float]:
    """Who gets past the layer of so many live threats: the fewest, chances from there on; mean rounds fired."""
    kills, mean = [0.0] * (live + 1), 0.0
    for seen, chance in enumerate(tracked(battery, live)):
        if chance > DUST:
            row, rounds = _kills(battery, seen)
            add(kills, 0, row, chance)
            mean += chance * rounds
    most = live
    while kills[most] <= DUST:
        most -= 1
    return live - most, kills[most::-1], mean
