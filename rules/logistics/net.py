"""The net that a nation's goods may use this turn, as arcs for the solver of record (LG4, LG5).

Sealift and airlift are hubs: goods go aboard wherever there is stock, pass a lane as wide as the lift is, and come
ashore where there is room. So the lift binds as one number wherever it sails, and the cut can name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from game.core.flow import Arc
from game.core.ids import PlaceId, Seat
from game.core.reach import CLOSED
from game.core.theatre import Lane, Theatre
from rules.logistics.routes import Hazards, Way, air_ways, hazards, sea_ways
from rules.logistics.scene import Scene, bridge_cap, lift
from rules.logistics.tables import (
    AIR_POINTS,
    BRIDGED,
    LANDING_HOURS,
    LIFTS,
    PORT_POINTS,
    ROUTINGS,
    Allot,
)


@attrs.frozen(slots=True)
class Part:
    """What an arc stands for: "road", "ferry" (ref: lane), "port", "airfield" (ref: place), "sea", "air" (ref: seat
    whose lift it is), "load" (ref: place where goods go aboard)."""

    kind: str
    ref: str
    by: str = ""


@attrs.frozen(slots=True, eq=False)
class Haul:
    """Whose goods go where: `owners` of goods, for the bridge; `lifts`, the seats whose sealift and airlift serve;
    `loan`, the most that may go in all where it is one, in hundredths of a point."""

    owners: tuple[Seat, ...]
    lifts: tuple[Seat, ...]
    territory: frozenset[PlaceId]
    sources: Mapping[PlaceId, int]
    sinks: Mapping[PlaceId, int]
    routing: str
    loan: int = 0


@attrs.frozen(slots=True, eq=False)
class Net:
    """Arcs with what each stands for, and the ways by lift from each place of loading."""

    arcs: list[Arc]
    parts: dict[str, Part]
    ways: dict[tuple[str, PlaceId], dict[PlaceId, Way]]


Used = dict[str, int]
NO_CAP = 10**9


def build(scene: Scene, haul: Haul, used: Used) -> Net:
    """The net of a haul, less what others use of it already."""
    net = Net([], {}, {})
    for arc, part in roads(scene.board.theatre, haul.territory, scene.kind.hours):
        gone = used.get(arc.id)
        if gone:
            _arc(net, part, arc.id, arc.start, arc.end, arc.cap - gone, arc.cost)
        else:
            net.arcs.append(arc)
            net.parts[arc.id] = part
    for lane in ferries(scene.board.theatre, haul.territory):
        cap = ferry_cap(scene, haul, lane)
        for start in (lane.a, lane.b) if cap else ():
            end = lane.other(start)
            id = f"{lane.id}>{end}"
            _arc(net, Part(lane.kind, lane.id), id, start, end, cap - used.get(id, 0), lane.km)
    for by in LIFTS:
        caps = {seat: lift(scene, seat, by) for seat in haul.lifts}
        if any(caps.values()):
            _hub(net, scene, haul, used, by, caps)
    return net


def _arc(net: Net, part: Part, id: str, start: str, end: str, cap: int, cost: int = 0) -> None:
    """An arc, where there is something left of it to use."""
    if cap > 0:
        net.arcs.append(Arc(id, start, end, cap, cost))
        net.parts[id] = part


@lru_cache(maxsize=256)
def roads(theatre: Theatre, lands: frozenset[PlaceId], hours: int) -> tuple[tuple[Arc, Part], ...]:
    """LG4: roads and railroads inside a territory, each way, with what they carry in a turn of `hours`."""
    out = []
    for lane in theatre.lanes.values():
        if lane.kind == "road" and lane.supply and not lane.closed and lane.a in lands and lane.b in lands:
            cap, part = NO_CAP if lane.cap is None else lane.cap * hours // 24, Part("road", lane.id)
            if cap:
                out += [
                    (Arc(f"{lane.id}>{end}", lane.other(end), end, cap, lane.km), part) for end in (lane.b, lane.a)
                ]
    return tuple(out)


@lru_cache(maxsize=256)
def ferries(theatre: Theatre, lands: frozenset[PlaceId]) -> tuple[Lane, ...]:
    found = (lane for lane in theatre.lanes.values() if lane.kind == "ferry" and lane.supply and not lane.closed)
    return tuple(lane for lane in found if lane.a in lands and lane.b in lands)


def width(scene: Scene, lane: Lane) -> int | None:
    """LG4: hundredths of a point that a lane carries each way in this turn, damage apart; None: no bound."""
    if lane.owner_rule:
        return bridge_cap(scene, scene.places[lane.a].owner, scene.places[lane.b].owner)
    return None if lane.cap is None else lane.cap * scene.kind.hours // 24


def ferry_cap(scene: Scene, haul: Haul, lane: Lane) -> int:
    """LG4, LG7: hundredths of a point that a ferry carries each way in this turn; 0 where goods may not cross."""
    ends = scene.places[lane.a], scene.places[lane.b]
    if lane.owner_rule:
        one, other = ends[0].owner, ends[1].owner
        ruled = any(s in (one, other) for s in haul.owners)
        if ruled and not haul.loan and scene.level(one, other) < BRIDGED:
            return 0
    cap = width(scene, lane)
    return whole(NO_CAP if cap is None else cap, max(ends[0].port, ends[1].port))


def whole(cap: int, damage: int) -> int:
    """Facts C3: a fifth less for each level of damage."""
    return cap * (CLOSED - min(CLOSED, max(0, damage))) // CLOSED


def landing(scene: Scene, place: PlaceId, by: str) -> int:
    """LG4: hundredths of a point that a port or airfield takes in this turn; a sea zone takes what comes."""
    site, row = scene.board.theatre.sites[place], scene.places[place]
    if site.sea:
        return NO_CAP if by == "sea" else 0
    points, damage = (site.port * PORT_POINTS, row.port) if by == "sea" else (site.air * AIR_POINTS, row.runway)
    return whole(points * scene.kind.hours // LANDING_HOURS, damage)


def loads_at(scene: Scene, place: PlaceId, by: str) -> bool:
    """LG5: goods go aboard at any port or airfield in use."""
    site, row = scene.board.theatre.sites[place], scene.places[place]
    return (site.port > 0 and row.port < CLOSED) if by == "sea" else (site.air > 0 and row.runway < CLOSED)


def _hub(net: Net, scene: Scene, haul: Haul, used: Used, by: str, caps: Mapping[Seat, int]) -> None:
    theatre = scene.board.theatre
    aboard, sails = f"{by}+", f"{by}-"
    feared = hazards(scene, haul.lifts[0])
    origins = tuple([p for p, n in haul.sources.items() if n > 0 and p in haul.territory and loads_at(scene, p, by)])
    zones = tuple([p for p in haul.sinks if theatre.sites[p].sea]) if by == "sea" else ()
    parts = _voyages(theatre, haul.territory, by, origins, zones, feared, ROUTINGS[haul.routing])
    if not parts:
        return
    voyages = max(parts, key=lambda part: sum(haul.sources[p] for p in part.ways))
    ashore = voyages.ashore
    # The hub parts ways in two: near stocks go aboard first, near ports take in first.
    for place, ways in voyages.ways.items():
        net.ways[by, place] = ways
        cost = voyages.nearest[place]
        _arc(net, Part("load", place, by), f"load:{by}:{place}", place, aboard, haul.sources[place], cost)
    kept = reserved(scene, haul.lifts, by, caps, ashore)
    for seat, cap in caps.items():
        free = cap - sum(n for (s, _), n in kept.items() if s == seat)
        id = f"{by}lift:{seat}"
        _arc(net, Part(by, seat, by), id, aboard, sails, free - used.get(id, 0))
    for (seat, place), n in kept.items():
        id = f"{by}lift:{seat}:{place}"
        _arc(net, Part(by, seat, by), id, aboard, f"{by}@{place}", n - used.get(id, 0))
    quays = {place for _, place in kept}
    quay = "port" if by == "sea" else "airfield"
    for place, cost in ashore.items():
        cap, start = landing(scene, place, by), sails
        if place in quays:
            start = f"{by}@{place}"
            _arc(net, Part("quay", place, by), f"{by}@{place}", sails, start, cap)
        id = f"{quay}:{place}"
        _arc(net, Part(quay, place, by), id, start, place, cap - used.get(id, 0), cost)


@attrs.frozen(slots=True, eq=False)
class Voyages:
    """Places of loading from each of which every place ashore can be reached: the ways from each, and the cost of the
    nearest landing; `ashore`, places where goods may come ashore with the cost of the best way there."""

    ways: Mapping[PlaceId, dict[PlaceId, Way]]
    nearest: Mapping[PlaceId, int]
    ashore: Mapping[PlaceId, int]


@lru_cache(maxsize=1024)
def _voyages(
    theatre: Theatre,
    lands: frozenset[PlaceId],
    by: str,
    origins: tuple[PlaceId, ...],
    zones: tuple[PlaceId, ...],
    feared: Hazards,
    caution: int,
) -> tuple[Voyages, ...]:
    """Origins by what they reach, as named first: a lift that can't sail from one to another is no hub for both. An
    origin that no lane of the kind leaves is in none."""
    ends = (*landings(theatre, lands, by), *zones)
    groups: dict[frozenset[PlaceId], dict[PlaceId, dict[PlaceId, Way]]] = {}
    for origin in origins:
        ways = sea_ways(theatre, origin, feared, caution) if by == "sea" else air_ways(theatre, origin)
        reach = frozenset([place for place in ends if place in ways or place == origin])
        if reach - {origin}:
            groups.setdefault(reach | {origin}, {})[origin] = ways
    return tuple([_from(ways, [p for p in ends if p in reach]) for reach, ways in groups.items()])


def _from(ways: Mapping[PlaceId, dict[PlaceId, Way]], ends: Iterable[PlaceId]) -> Voyages:
    ashore = {}
    for place in ends:
        costs = [table[place].cost for table in ways.values() if place in table]
        if costs:
            ashore[place] = min(costs)
    nearest = {origin: min(table[p].cost for p in ashore if p in table) for origin, table in ways.items()}
    return Voyages(ways, nearest, ashore)


@lru_cache(maxsize=256)
def landings(theatre: Theatre, lands: frozenset[PlaceId], by: str) -> tuple[PlaceId, ...]:
    """Ports or airfields of a territory."""
    sites = theatre.sites
    return tuple([p for p in sorted(lands) if (sites[p].port if by == "sea" else sites[p].air)])


def reserved(
    scene: Scene, seats: tuple[Seat, ...], by: str, caps: Mapping[Seat, int], ashore: Mapping[PlaceId, int]
) -> dict[tuple[Seat, PlaceId], int]:
    """LG5: lift kept for a destination by order; what is kept for where nothing can go is free for others."""
    out: dict[tuple[Seat, PlaceId], int] = {}
    for seat in seats:
        for order in scene.of(Allot, seat):
            if order.by == by and order.subject in ashore:
                left = caps[seat] - sum(n for (s, _), n in out.items() if s == seat)
                out[seat, order.subject] = min(left, caps[seat] * order.share // 100)
    return out
