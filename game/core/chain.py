"""One class of a raid: what a layer's shots do to its threats, and its way through the layers, one after another.

Classes are fought apart (``raid``), so live threats are one number and distributions are lists of chances by number.
A layer's means against one class are a ``Battery``, and all that the class meets is a chain of them, read forward or
backward. What may be asked of many raids is kept.
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


# ---------------------------------------------------------------- shots at like threats: kills (facts C1.4, C1.5)


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


# ---------------------------------------------------------------- one layer


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


# ---------------------------------------------------------------- one layer after another

Chain = tuple[Battery, ...]
Live = tuple[Dense, ...]  # chances of the live threats before each layer and beyond the last


@lru_cache(maxsize=1 << 12)
def forward(chain: Chain, threats: int) -> tuple[Live, tuple[float, ...]]:
    """Live threats all along the chain, and the mean rounds of each layer."""
    live: list[Dense] = [[*([0.0] * threats), 1.0]]
    means = []
    for battery in chain:
        out, mean = [0.0] * (threats + 1), 0.0
        for n, chance in enumerate(live[-1]):
            if chance > DUST:
                low, row, rounds = past(battery, n)
                add(out, low, row, chance)
                mean += chance * rounds
        live.append(out)
        means.append(mean)
    return tuple(live), tuple(means)


@lru_cache(maxsize=1 << 12)
def _goals(chain: Chain, threats: int, left: int) -> Live:
    """Chance of ``left`` leakers from the live threats beyond each layer, where they can be."""
    live = forward(chain, threats)[0]
    goals = [[1.0 if n == left else 0.0 for n in range(threats + 1)]]
    for k in range(len(chain) - 1, 0, -1):
        out = [0.0] * (threats + 1)
        for n, chance in enumerate(live[k]):
            if chance > DUST and n >= left:
                low, row, _ = past(chain[k], n)
                start = max(low, left)
                total = 0.0
                for x, y in zip(row[start - low :], goals[-1][start:], strict=False):
                    total += x * y
                out[n] = total
        goals.append(out)
    return tuple(goals[::-1])


@frozen
class Stage:
    """Before one layer: chances of the live threats, and those of its rounds together with the leakers asked for."""

    live: Dense
    rounds: dict[int, float]


@lru_cache(maxsize=1 << 12)
def stage(chain: Chain, threats: int, left: int, spent: tuple[int, ...]) -> Stage:
    """The next layer, given all leakers and the rounds that the layers before it spent."""
    k = len(spent)
    live: Dense = [*([0.0] * threats), 1.0]
    if spent:
        before = stage(chain, threats, left, spent[:-1])
        # Scaled so that the leakers are certain: dust is then dust beside them, however rare they are.
        live = _beyond(chain[k - 1], before.live, spent[-1], 1.0 / before.rounds[spent[-1]])
    return Stage(live, _rounds(chain[k], live, _goals(chain, threats, left)[k], left))


def _beyond(battery: Battery, live: Dense, spent: int, scale: float) -> Dense:
    """Live threats beyond a layer that spends so many rounds."""
    out = [0.0] * len(live)
    for n, chance in enumerate(live):
        if chance > DUST:
            for seen, x in enumerate(tracked(battery, n)):
                weight = chance * x * scale
                if weight > DUST:
                    for rounds, row in fires(battery, seen):
                        if rounds == spent:
                            add(out, n - len(row) + 1, row[::-1], weight)
    return out


def _rounds(battery: Battery, live: Dense, goal: Dense, left: int) -> dict[int, float]:
    """Chance of each number of rounds fired together with the goal beyond the layer."""
    reach: dict[int, Dense] = {}
    for n, chance in enumerate(live):
        if chance > DUST and n >= left:
            wanted = goal[n : left - 1 : -1] if left else goal[n::-1]  # by kills
            for seen, x in enumerate(tracked(battery, n)):
                weight = chance * x
                if weight > DUST:
                    into = reach.setdefault(seen, [0.0] * (seen + 1))
                    into[: n - left + 1] = [a + weight * b for a, b in zip(into, wanted, strict=False)]
    out: dict[int, float] = {}
    for seen, wanted in reach.items():
        for rounds, row in fires(battery, seen):
            total = 0.0
            for a, b in zip(row, wanted, strict=False):
                total += a * b
            out[rounds] = out.get(rounds, 0.0) + total
    return out


@lru_cache(maxsize=1 << 12)
def all_rounds(chain: Chain, threats: int) -> dict[int, float]:
    """Chance of each number of rounds that all layers spend together."""
    now: dict[int, Dense] = {0: [*([0.0] * threats), 1.0]}
    for battery in chain:
        then: dict[int, Dense] = {}
        for spent, live in now.items():
            for n, chance in enumerate(live):
                if chance > DUST:
                    for rounds, low, row in _past_by_rounds(battery, n):
                        add(then.setdefault(spent + rounds, [0.0] * (threats + 1)), low, row, chance)
        now = then
    out: dict[int, float] = {}
    for spent, live in now.items():
        total = 0.0
        for chance in live:
            total += chance
        out[spent] = total
    return out


@lru_cache(maxsize=1 << 13)
def _past_by_rounds(battery: Battery, live: int) -> tuple[tuple[int, int, Dense], ...]:
    """Who gets past the layer of so many live threats, by rounds fired: the fewest, and chances from there on."""
    kills: dict[int, Dense] = {}
    for seen, chance in enumerate(tracked(battery, live)):
        if chance > DUST:
            for rounds, row in fires(battery, seen):
                add(kills.setdefault(rounds, [0.0] * (live + 1)), 0, row, chance)
    out = []
    for rounds, found in kills.items():
        most = live
        while most and found[most] <= DUST:
            most -= 1
        out.append((rounds, live - most, found[most::-1]))
    return tuple(out)
