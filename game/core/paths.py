"""Shortest ways over lanes. Lengths are whole km, at least 1; ties are broken by lane ids, never by layout."""

from collections.abc import Mapping
from heapq import heappop, heappush

import attrs

from game.core.ids import PlaceId

LaneId = str

#: From every place: (lane, km, where to), by lane id.
Ways = Mapping[PlaceId, tuple[tuple[LaneId, int, PlaceId], ...]]


@attrs.frozen
class Route:
    """places: first to last; lanes: the lanes between them, one fewer; km: their sum."""

    places: tuple[PlaceId, ...]
    lanes: tuple[LaneId, ...]
    km: int


def without(ways: Ways, name: str) -> Ways:
    """`ways` less one lane or place."""
    return {
        here: tuple(step for step in steps if name not in (here, step[0], step[2])) for here, steps in ways.items()
    }


def shortest(ways: Ways, a: PlaceId, b: PlaceId) -> Route | None:
    """Dijkstra with the lane ids so far in the key: the first way out of the heap is first by km, then by ids."""
    queue: list[tuple[int, tuple[LaneId, ...], tuple[PlaceId, ...]]] = [(0, (), (a,))]
    done: set[PlaceId] = set()
    ways[b]  # an unknown id is an error, not a missing road
    while queue:
        km, lanes, places = heappop(queue)
        here = places[-1]
        if here == b:
            return Route(places, lanes, km)
        if here not in done:
            done.add(here)
            for lane, length, there in ways[here]:
                if there not in done:
                    heappush(queue, (km + length, (*lanes, lane), (*places, there)))
    return None


def reached(ways: Ways, a: PlaceId, most: int) -> dict[PlaceId, int]:
    """km to every place within `most`, nearest first; equals by id."""
    found: dict[PlaceId, int] = {}
    queue = [(0, a)]
    while queue:
        km, here = heappop(queue)
        if here not in found:
            found[here] = km
            for _, length, there in ways[here]:
                if km + length <= most and there not in found:
                    heappush(queue, (km + length, there))
    return found
