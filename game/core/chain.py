"""One class of a raid through its layers, one after another: who is live before each, read forward or backward.

Classes are fought apart (``raid``), so live threats are one number and chances over them a list.
"""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen

from game.core.raid import Layer, battery_of, deal
from game.core.volley import DUST, Battery, Dense, add, fires, past, tracked

Chain = tuple[Battery, ...]
Live = tuple[Dense, ...]  # chances of the live threats before each layer and beyond the last


@lru_cache(maxsize=1 << 12)
def chains(threats: tuple[int, ...], layers: tuple[Layer, ...]) -> tuple[tuple[tuple[int, ...], Chain], ...]:
    """Of each class: which layers have rounds for it, and what they have; ValueError as in ``raid``."""
    rounds = deal(threats, layers)
    out = []
    for c, n in enumerate(threats):
        met = tuple([k for k in range(len(layers)) if n and rounds[k][c] and layers[k].track[c]])
        out.append((met, tuple([battery_of(layers[k], rounds[k][c], c) for k in met])))
    return tuple(out)


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
