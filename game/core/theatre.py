"""The map as values: places, sea zones, lanes, and what can be asked of them.

Distances are whole km. Every answer is kept once worked out, and depends on names and figures alone: not on the
order of a file, nor on how dicts or sets are laid out. Ids that the theatre does not know raise KeyError.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from game.core.ids import PlaceId, Seat
from game.core.paths import LaneId, Ways, reached, shortest, without
from game.core.paths import Route as Route
from game.core.sphere import Vector, direction, km_between

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T")

PLACE_KINDS = (
    "airbase",
    "army base",
    "border",
    "city",
    "front sector",
    "island",
    "landing beach",
    "missile area",
    "naval base",
    "off-map base",
    "port",
    "radar",
)
ZONE_KINDS = ("sea zone", "strait")
LANE_KINDS = ("sea", "port", "road", "ferry", "airlift")
DEPTHS = ("shallow", "deep")
OWNER_RULES = ("", "allied_bridge")  # facts A3: what the logistics track must allow, by the goods' owner

ANSWERS_KEPT = 1 << 16


@attrs.frozen(eq=False)
class Site:
    """A place on land or the coast, or a sea zone (`sea`), whose position is then its anchor.

    Positions in thousandths of a degree. `air` and `port`: throughput, 0 to 10 (facts A). Of zones alone: `depth`,
    `area_kkm2` in thousands of km2, `choke_km` (0: none). `inset`: drawn in a box off the map.
    """

    id: PlaceId
    name: str
    kind: str
    owner: Seat
    lat_e3: int
    lon_e3: int
    air: int = 0
    port: int = 0
    sea: bool = False
    depth: str = ""
    area_kkm2: int = 0
    choke_km: int = 0
    inset: bool = False
    note: str = ""


@attrs.frozen(eq=False)
class Lane:
    """A way between two places, both ways alike; its id is "A-B:kind".

    cap: hundredths of a supply point a day; None: no cap of its own. loss_ppm: lost on the way, of a million.
    supply: whether supply may use it. owner_rule: one of OWNER_RULES. closed: out of use on this map.
    """

    id: LaneId
    a: PlaceId
    b: PlaceId
    kind: str
    km: int
    cap: int | None = None
    loss_ppm: int = 0
    supply: bool = True
    owner_rule: str = ""
    closed: bool = False

    def other(self, place: PlaceId) -> PlaceId:
        return self.b if place == self.a else self.a


Kinds = Iterable[str] | None
Closed = Iterable[str]


def _by_id(found: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(found.items()))


@attrs.frozen(eq=False)
class Theatre:
    """Places and lanes by id, in the order of their ids. Equal to itself alone, so that functions can cache on it.

    In every question: `kinds` names the kinds of lanes that may be used (None: all); `closed` names lanes and places
    out of use, on top of the lanes that the map closes. A closed place closes every lane that touches it.
    """

    name: str
    title: str
    sites: Mapping[PlaceId, Site] = attrs.field(converter=_by_id)
    lanes: Mapping[LaneId, Lane] = attrs.field(converter=_by_id)
    _kept: dict[tuple[object, ...], Any] = attrs.field(init=False, factory=dict, repr=False)
    _rows: dict[PlaceId, dict[PlaceId, int]] = attrs.field(init=False, factory=dict, repr=False)

    # Great circles

    def km(self, a: PlaceId, b: PlaceId) -> int:
        """Great-circle km, as missiles and aircraft go."""
        return self._distances(a)[b]

    def within(self, a: PlaceId, radius_km: int) -> tuple[PlaceId, ...]:
        """Ids no farther than `radius_km` from `a`, nearest first, `a` itself among them."""
        ids, kms = self._nearest(a)
        return ids[: bisect_right(kms, radius_km)]

    @cached_property
    def _directions(self) -> dict[PlaceId, Vector]:
        return {id: direction(site.lat_e3, site.lon_e3) for id, site in self.sites.items()}

    def _distances(self, a: PlaceId) -> dict[PlaceId, int]:
        try:
            return self._rows[a]
        except KeyError:
            here, rows = self._directions[a], self._rows
            row = {b: rows[b][a] if b in rows else km_between(here, at) for b, at in self._directions.items()}
            return rows.setdefault(a, row)

    def _nearest(self, a: PlaceId) -> tuple[tuple[PlaceId, ...], tuple[int, ...]]:
        def work() -> tuple[tuple[PlaceId, ...], tuple[int, ...]]:
            found = sorted((km, id) for id, km in self._distances(a).items())
            return tuple(id for _, id in found), tuple(km for km, _ in found)

        return self._keep(("nearest", a), work)

    # Lanes

    def lanes_at(self, a: PlaceId) -> tuple[Lane, ...]:
        """Every lane that touches `a`, by id; lanes that the map closes among them."""
        return self._lanes_at[a]

    @cached_property
    def _lanes_at(self) -> dict[PlaceId, tuple[Lane, ...]]:
        found: dict[PlaceId, list[Lane]] = {id: [] for id in self.sites}
        for lane in self.lanes.values():
            found[lane.a].append(lane)
            found[lane.b].append(lane)
        return {id: tuple(lanes) for id, lanes in found.items()}

    def neighbors(self, a: PlaceId, kinds: Kinds = None, closed: Closed = ()) -> tuple[PlaceId, ...]:
        """Ids one open lane away, by id."""
        ways = self._ways(_names(kinds), _closures(closed))
        return tuple(sorted({there for _, _, there in ways[a]}))

    def route(self, a: PlaceId, b: PlaceId, kinds: Kinds = None, closed: Closed = ()) -> Route | None:
        """The shortest way; of equals, the one whose lane ids come first. None: no way."""
        key = ("route", a, b, _names(kinds), _closures(closed))
        return self._keep(key, lambda: shortest(self._ways(key[3], key[4]), a, b))

    def reach(self, a: PlaceId, km: int, kinds: Kinds = None, closed: Closed = ()) -> Mapping[PlaceId, int]:
        """km by lane to every place within `km`, nearest first, `a` itself at 0 among them."""
        key = ("reach", a, km, _names(kinds), _closures(closed))
        return MappingProxyType(self._keep(key, lambda: reached(self._ways(key[3], key[4]), a, km)))

    # What holds the net together

    def chokes(self, a: PlaceId, b: PlaceId, kinds: Kinds = None, closed: Closed = ()) -> tuple[str, ...]:
        """Lanes, and places between, each of which alone cuts `a` from `b`; in order from `a`. Empty if nothing does,
        or if they are apart already."""
        key = ("chokes", a, b, _names(kinds), _closures(closed))
        return self._keep(key, lambda: self._chokes(a, b, key[3], key[4]))

    def _chokes(
        self, a: PlaceId, b: PlaceId, kinds: frozenset[str] | None, closed: frozenset[str]
    ) -> tuple[str, ...]:
        # What cuts them must lie on every route, so on this one.
        route = self.route(a, b, kinds, closed)
        if route is None or a == b:
            return ()
        along = [x for step in zip(route.lanes, route.places[1:], strict=True) for x in step][:-1]
        return tuple(x for x in along if shortest(without(self._ways(kinds, closed), x), a, b) is None)

    def cut(
        self, a: PlaceId, b: PlaceId, kinds: Kinds = None, closed: Closed = (), *, by_cap: bool = False
    ) -> tuple[LaneId, ...]:
        """The fewest lanes whose loss cuts `a` from `b`, by id; of equals, those nearest to `b`.

        by_cap: the lanes of the least sum of caps instead; one without a cap counts more than all caps together.
        Empty if they are apart already, or one and the same.
        """
        key = ("cut", a, b, _names(kinds), _closures(closed), by_cap)
        return self._keep(key, lambda: self._cut(a, b, self._ways(key[3], key[4]), by_cap))

    def _cut(self, a: PlaceId, b: PlaceId, ways: Ways, by_cap: bool) -> tuple[LaneId, ...]:
        if a == b:
            return ()
        import networkx as nx

        uncapped = 1 + sum(lane.cap or 0 for lane in self.lanes.values())
        net: nx.DiGraph[PlaceId] = nx.DiGraph()
        net.add_nodes_from(ways)
        for here, steps in ways.items():
            for id, _, there in steps:
                cap = self.lanes[id].cap
                worth = 1 if not by_cap else uncapped if cap is None else cap
                before = net.get_edge_data(here, there, {"capacity": 0})["capacity"]
                net.add_edge(here, there, capacity=before + worth)
        near, _ = nx.minimum_cut(net, a, b)[1]
        return tuple(sorted(id for here in near for id, _, there in ways[here] if there not in near))

    @cached_property
    def graph(self) -> nx.MultiGraph[PlaceId]:
        """The open lanes as a frozen MultiGraph, keyed by lane id; nodes carry `site`, edges `lane`, `km`, `kind`."""
        import networkx as nx

        graph: nx.MultiGraph[PlaceId] = nx.MultiGraph(name=self.name)
        for id, site in self.sites.items():
            graph.add_node(id, site=site)
        for id, lane in self.lanes.items():
            if not lane.closed:
                graph.add_edge(lane.a, lane.b, key=id, lane=lane, km=lane.km, kind=lane.kind)
        nx.freeze(graph)
        return graph

    def _ways(self, kinds: frozenset[str] | None, closed: frozenset[str]) -> Ways:
        """From every place: (lane, km, where to) of the open lanes, by lane id."""

        def work() -> Ways:
            if closed:
                return {
                    here: tuple(way for way in ways if closed.isdisjoint((here, way[0], way[2])))
                    for here, ways in self._ways(kinds, frozenset()).items()
                }
            return {
                here: tuple(
                    (lane.id, lane.km, lane.other(here))
                    for lane in lanes
                    if not lane.closed and (kinds is None or lane.kind in kinds)
                )
                for here, lanes in self._lanes_at.items()
            }

        return self._keep(("ways", kinds, closed), work)

    def _keep(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        kept = self._kept
        if key not in kept:
            found = work()
            if len(kept) >= ANSWERS_KEPT:
                kept.clear()
            kept[key] = found
        answer: T = kept[key]
        return answer


def _names(kinds: Kinds) -> frozenset[str] | None:
    return None if kinds is None else _closures(kinds)


def _closures(names: Iterable[str]) -> frozenset[str]:
    if isinstance(names, frozenset):
        return names
    return frozenset([names]) if isinstance(names, str) else frozenset(names)
