"""The map that the floor and the benchmark game share: places scattered over a square, links between near ones."""

from __future__ import annotations

import random
from functools import lru_cache
from math import sqrt

import attrs

#: About this many links a place, each way counted: 350 for 120 places.
LINKS_A_PLACE = 35 / 12


@attrs.frozen(slots=True, eq=False)
class Field:
    """`at`: positions, one place to each unit of area, so that a bigger field is no denser. `pairs`: the two ends of
    every link, each pair once, smaller number first."""

    at: tuple[tuple[float, float], ...]
    pairs: tuple[tuple[int, int], ...]

    def neighbors(self) -> list[list[int]]:
        """The places one link away from each place."""
        out: list[list[int]] = [[] for _ in self.at]
        for one, other in self.pairs:
            out[one].append(other)
            out[other].append(one)
        return out


@lru_cache(maxsize=8)
def field(places: int, seed: int = 1944) -> Field:
    """A connected field: the shortest tree over all places, then the shortest links that are left."""
    rng = random.Random(seed)
    side = sqrt(places)
    at = tuple((rng.random() * side, rng.random() * side) for _ in range(places))

    def apart(one: int, other: int) -> float:
        (x, y), (u, v) = at[one], at[other]
        dx, dy = x - u, y - v
        return dx * dx + dy * dy

    pairs = set()
    nearest = {n: (apart(0, n), 0) for n in range(1, places)}
    while nearest:
        new = min(nearest, key=lambda n: nearest[n])
        old = nearest.pop(new)[1]
        pairs.add((min(old, new), max(old, new)))
        for n in nearest:
            nearest[n] = min(nearest[n], (apart(new, n), new))
    by_length = sorted((apart(one, other), one, other) for one in range(places) for other in range(one + 1, places))
    wanted = round(places * LINKS_A_PLACE / 2)
    for _, one, other in by_length:
        if len(pairs) >= wanted:
            break
        pairs.add((one, other))
    return Field(at, tuple(sorted(pairs)))
