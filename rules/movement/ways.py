"""How far a counter gets in a pulse, and where it may stay (M3 to M6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from heapq import heappop, heappush

import attrs

from game.core.ids import CounterId, PlaceId, Seat
from game.core.kept import kept
from game.core.model import Counter, Place
from game.core.setting import Board
from game.core.theatre import Site, Theatre
from game.core.view import View

#: km/h along sea lanes (facts A3: 37 a warship, 24 a convoy).
SPEED: Mapping[str, int] = {"ship": 37, "submarine": 37, "support": 24, "grey": 24}
#: km in a pulse of the rest, and the kinds of lane they use (D).
LAND_KM: Mapping[str, int] = {"battery": 1000, "ground": 1000, "missile": 300}
LAND_LANES: Mapping[str, tuple[str, ...]] = {
    "battery": ("road", "ferry"),
    "ground": ("road", "ferry"),
    "missile": ("road",),
}
AIR_KM = 2000  # D: a squadron with its ground crews, in 3.5 days
#: Squadron steps that one point of air capacity bases (the choice that facts A leaves open: two).
STEPS_A_POINT = 2
CLOSED = 5  # the level of damage at which a runway or port is closed (facts C3)


@lru_cache(maxsize=256)
def most_km(board: Board, domain: str, hours: int) -> int:
    """How far a counter of `domain` gets in a pulse of `hours`."""
    if domain in SPEED:
        return int(board.design("movement", "speed", SPEED)[domain]) * hours
    if domain == "air":
        return int(board.design("movement", "air_km", AIR_KM))
    return int(board.design("movement", "land_km", LAND_KM).get(domain, 0))


# Where it may stay (M4 to M6) -----------------------------------------------------------------------------------


@attrs.frozen(slots=True, eq=False)
class Ground:
    """What movement asks of the places as they stand: whose they are, and which are closed to aircraft and ships.

    Places alike in that share one Ground, however else they are hurt, so that answers can be kept on it.
    """

    board: Board
    owners: Mapping[PlaceId, Seat]
    no_planes: frozenset[PlaceId]
    no_ships: frozenset[PlaceId]

    def shut(self, domain: str) -> frozenset[PlaceId]:
        """M6: places that let no counter of `domain` in or out."""
        return self.no_ships if domain in SPEED else self.no_planes if domain == "air" else frozenset()


@kept(64)
def ground(places: dict[PlaceId, Place], board: Board) -> Ground:
    owners = tuple([(p, row.owner) for p, row in places.items()])
    no_planes = frozenset([p for p, row in places.items() if row.runway >= CLOSED])
    no_ships = frozenset([p for p, row in places.items() if row.port >= CLOSED])
    return _ground(board, owners, no_planes, no_ships)


@lru_cache(maxsize=64)
def _ground(
    board: Board,
    owners: tuple[tuple[PlaceId, Seat], ...],
    no_planes: frozenset[PlaceId],
    no_ships: frozenset[PlaceId],
) -> Ground:
    return Ground(board, dict(owners), no_planes, no_ships)


@lru_cache(maxsize=256)
def usable(on: Ground, seat: Seat, domain: str) -> frozenset[PlaceId]:
    """M4 without the kind of place: the owner is `seat` itself or gives it access; launchers stay at home."""
    owners = {seat} if domain == "missile" else {seat, *on.board.access.get(seat, ())} - {""}
    return frozenset(p for p, owner in on.owners.items() if owner in owners)


@lru_cache(maxsize=256)
def basing(on: Ground, seat: Seat, domain: str) -> frozenset[PlaceId]:
    """M4: where counters of `domain` may stay, room and damage apart."""
    afloat, mine = domain in SPEED, usable(on, seat, domain)

    def fits(site: Site) -> bool:
        if site.sea:
            return afloat
        return site.id in mine and (site.port > 0 if afloat else site.air > 0 if domain == "air" else True)

    return frozenset(id for id, site in on.board.theatre.sites.items() if id in on.owners and fits(site))


def takes(view: View, seat: Seat, place: PlaceId, domain: str) -> bool:
    return place in basing(ground(view.places, view.board), seat, domain)


def closed(view: View, place: PlaceId, domain: str) -> bool:
    """M6 for one place, as far as the seat can see the damage."""
    return place in ground(view.places, view.board).shut(domain)


def capacity(board: Board, place: PlaceId) -> int:
    return int(board.design("movement", "steps_a_point", STEPS_A_POINT)) * board.theatre.sites[place].air


@kept(64)
def squadrons(counters: dict[CounterId, Counter], board: Board) -> dict[PlaceId, int]:
    """Squadron steps by place; places without any are left out."""
    out: dict[PlaceId, int] = {}
    for counter in counters.values():
        if board.formation(counter).domain == "air":
            out[counter.at] = out.get(counter.at, 0) + counter.steps
    return out


@kept(64)
def rooms(counters: dict[CounterId, Counter], board: Board) -> dict[PlaceId, int]:
    """M5: squadron steps that each place can still base."""
    free = dict(capacities(board))
    for place, steps in squadrons(counters, board).items():
        free[place] = max(0, free[place] - steps)
    return free


@lru_cache(maxsize=16)
def capacities(board: Board) -> dict[PlaceId, int]:
    return {p: capacity(board, p) for p in board.theatre.sites}


def room(view: View, place: PlaceId) -> int:
    """M5 for one place, by what the seat can see."""
    return rooms(view.counters, view.board)[place]


# How far it gets (M3) -------------------------------------------------------------------------------------------


def in_reach(view: View, counter: Counter) -> dict[PlaceId, int]:
    """M3: km to every place and zone that `counter` can get to in a pulse, nearest first, basing apart."""
    board = view.board
    domain = board.formation(counter).domain
    return reach(ground(view.places, board), counter.owner, domain, counter.at, view.kind.pulse_hours)


def reach(on: Ground, seat: Seat, domain: str, at: PlaceId, hours: int) -> dict[PlaceId, int]:
    theatre, most = on.board.theatre, most_km(on.board, domain, hours)
    if domain == "air":
        return air_ways(theatre, at, most)
    if domain in SPEED:
        return sea_ways(theatre, at, most)
    return land_ways(theatre, at, most, LAND_LANES.get(domain, ()), usable(on, seat, domain))


@lru_cache(maxsize=2048)
def air_ways(theatre: Theatre, start: PlaceId, most: int) -> dict[PlaceId, int]:
    """Great-circle km to places and zones."""
    return {p: theatre.km(start, p) for p in theatre.within(start, most) if p != start}


@lru_cache(maxsize=2048)
def sea_ways(theatre: Theatre, start: PlaceId, most: int) -> dict[PlaceId, int]:
    """km by sea to zones and ports; a port ends a way, it is never passed through."""
    return _ways(theatre, start, most, ("sea", "port"), lambda p: theatre.sites[p].sea)


@lru_cache(maxsize=2048)
def land_ways(
    theatre: Theatre, start: PlaceId, most: int, kinds: tuple[str, ...], mine: frozenset[PlaceId]
) -> dict[PlaceId, int]:
    """km by road and ferry through the places in `mine` alone."""
    found = _ways(theatre, start, most, kinds, lambda p: p in mine)
    return {p: km for p, km in found.items() if p in mine}


def _ways(
    theatre: Theatre, start: PlaceId, most: int, kinds: tuple[str, ...], through: Callable[[PlaceId], bool]
) -> dict[PlaceId, int]:
    """Shortest km from `start` by lanes of `kinds`, at most `most`, going on only from places let `through`."""
    found: dict[PlaceId, int] = {}
    queue = [(0, start)]
    while queue:
        km, here = heappop(queue)
        if here in found:
            continue
        found[here] = km
        if here != start and not through(here):
            continue
        for lane in theatre.lanes_at(here):
            there = lane.other(here)
            if lane.kind in kinds and lane.supply and not lane.closed and km + lane.km <= most and there not in found:
                heappush(queue, (km + lane.km, there))
    found.pop(start)
    return found


# Both together --------------------------------------------------------------------------------------------------


def ways_out(view: View, counter: Counter) -> tuple[PlaceId, ...]:
    """Where `counter` may go in a pulse, nearest first, room apart (M3, M4, M6)."""
    board = view.board
    domain = board.formation(counter).domain
    return _ways_out(ground(view.places, board), counter.owner, domain, counter.at, view.kind.pulse_hours)


@lru_cache(maxsize=4096)
def _ways_out(on: Ground, seat: Seat, domain: str, at: PlaceId, hours: int) -> tuple[PlaceId, ...]:
    shut = on.shut(domain)
    if at in shut:
        return ()
    fit = basing(on, seat, domain) - shut
    return tuple(p for p in reach(on, seat, domain, at, hours) if p in fit)


def berths(view: View, counter: Counter) -> dict[PlaceId, int]:
    """Where `counter` may go in a pulse, nearest first, and the most of its steps that fit there (M3 to M6)."""
    places = ways_out(view, counter)
    if view.board.formation(counter).domain != "air":
        return dict.fromkeys(places, counter.steps)
    free, most = rooms(view.counters, view.board), counter.steps
    return {p: min(most, free[p]) for p in places if free[p]}


def berth(view: View, counter: Counter, place: PlaceId) -> int:
    """The most of `counter`'s steps that may go to one place: what `berths` says of it."""
    if place not in ways_out(view, counter):
        return 0
    return min(counter.steps, room(view, place)) if view.board.formation(counter).domain == "air" else counter.steps
