"""How far a counter gets in a pulse, and where it may stay (M3 to M6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from heapq import heappop, heappush

import attrs

from game.core.ids import CounterId, PlaceId, Seat
from game.core.kept import kept
from game.core.model import Counter, Place
from game.core.reach import CLOSED, loads
from game.core.sea import held_by_rivals
from game.core.setting import Board
from game.core.supply import condition
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
FAR = 1_000_000  # km, more than any way on any map
#: Sealift, which nobody sends into waters that a rival holds (M11).
SHUNS = frozenset({"support"})


def manner(board: Board, counter: Counter) -> str:
    """How a counter moves: its domain, but coastal batteries, which have no ballistic missile, as batteries do."""
    return manners(board)[counter.formation]


@lru_cache(maxsize=16)
def manners(board: Board) -> dict[str, str]:
    def of(domain: str, missile: str) -> str:
        return "battery" if domain == "missile" and not missile else domain

    return {id: of(f.domain, f.missile) for id, f in board.formations.items()}


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


# How far it gets (M3, M11) ---------------------------------------------------------------------------------


def pulse_km(board: Board, counter: Counter, hours: int) -> int:
    """M3: km that a counter makes in a pulse of `hours`."""
    return most_km(board, manner(board, counter), hours) * condition(board, counter).way // 100


def barred(view: View, id: CounterId, counter: Counter) -> frozenset[PlaceId]:
    """M11: zones that it does not enter, since a rival holds them."""
    if not (manner(view.board, counter) in SHUNS or id in loads(view.parts)):
        return frozenset()
    return held_by_rivals(view.board, view.parts, counter.owner)


def in_reach(view: View, counter: Counter) -> dict[PlaceId, int]:
    """M3: km to every place and zone that `counter` can get to in a pulse, nearest first, basing apart."""
    board = view.board
    most = pulse_km(board, counter, view.kind.pulse_hours)
    return reach(ground(view.places, board), counter.owner, manner(board, counter), counter.at, most)


def reach(
    on: Ground, seat: Seat, domain: str, at: PlaceId, most: int, shunned: frozenset[PlaceId] = frozenset()
) -> dict[PlaceId, int]:
    theatre = on.board.theatre
    if domain == "air":
        return air_ways(theatre, at, most)
    if domain in SPEED:
        return sea_ways(theatre, at, most, shunned)
    return land_ways(theatre, at, most, LAND_LANES.get(domain, ()), usable(on, seat, domain))


@lru_cache(maxsize=2048)
def air_ways(theatre: Theatre, start: PlaceId, most: int) -> dict[PlaceId, int]:
    """Great-circle km to places and zones."""
    return {p: theatre.km(start, p) for p in theatre.within(start, most) if p != start}


@lru_cache(maxsize=2048)
def sea_ways(
    theatre: Theatre, start: PlaceId, most: int, shunned: frozenset[PlaceId] = frozenset()
) -> dict[PlaceId, int]:
    """km by sea to zones and ports; a port ends a way, it is never passed through; `shunned` zones are no way."""
    return {p: km for p, (km, _) in _sea_tree(theatre, start, shunned).items() if km <= most and p != start}


@lru_cache(maxsize=2048)
def _sea_tree(theatre: Theatre, start: PlaceId, shunned: frozenset[PlaceId]) -> dict[PlaceId, tuple[int, PlaceId]]:
    return _tree(theatre, start, FAR, ("sea", "port"), lambda p: theatre.sites[p].sea, shunned)


def sea_path(
    theatre: Theatre, start: PlaceId, to: PlaceId, shunned: frozenset[PlaceId] = frozenset()
) -> tuple[tuple[PlaceId, int], ...]:
    """The shortest way by sea: each place after `start` with its km from there; empty where there is none."""
    tree = _sea_tree(theatre, start, shunned)
    out: list[tuple[PlaceId, int]] = []
    here = to
    while here != start:
        if here not in tree:
            return ()
        km, before = tree[here]
        out.append((here, km))
        here = before
    return tuple(reversed(out))


@lru_cache(maxsize=2048)
def land_ways(
    theatre: Theatre, start: PlaceId, most: int, kinds: tuple[str, ...], mine: frozenset[PlaceId]
) -> dict[PlaceId, int]:
    """km by road and ferry through the places in `mine` alone."""
    found = _tree(theatre, start, most, kinds, lambda p: p in mine, frozenset())
    return {p: km for p, (km, _) in found.items() if p in mine and p != start}


def _tree(
    theatre: Theatre,
    start: PlaceId,
    most: int,
    kinds: tuple[str, ...],
    through: Callable[[PlaceId], bool],
    shunned: frozenset[PlaceId],
) -> dict[PlaceId, tuple[int, PlaceId]]:
    """Shortest km from `start` by lanes of `kinds`, at most `most`, going on only from places let `through`, each
    with the place before it; nearest first, ties by name."""
    found: dict[PlaceId, tuple[int, PlaceId]] = {}
    queue = [(0, start, start)]
    while queue:
        km, here, before = heappop(queue)
        if here in found:
            continue
        found[here] = (km, before)
        if here != start and not through(here):
            continue
        for lane in theatre.lanes_at(here):
            there = lane.other(here)
            if lane.kind not in kinds or not lane.supply or lane.closed or there in found or there in shunned:
                continue
            if km + lane.km <= most:
                heappush(queue, (km + lane.km, there, here))
    return found


# Both together --------------------------------------------------------------------------------------------------


def ways_out(view: View, id: CounterId, counter: Counter) -> tuple[PlaceId, ...]:
    """Where `counter` may be sent, nearest first, room apart (M3, M4, M6): ships as far as the sea goes (M10)."""
    board = view.board
    domain = manner(board, counter)
    most = FAR if domain in SPEED else pulse_km(board, counter, view.kind.pulse_hours)
    shunned = barred(view, id, counter)
    return _ways_out(ground(view.places, board), counter.owner, domain, counter.at, most, shunned)


@lru_cache(maxsize=4096)
def _ways_out(
    on: Ground, seat: Seat, domain: str, at: PlaceId, most: int, shunned: frozenset[PlaceId]
) -> tuple[PlaceId, ...]:
    shut = on.shut(domain)
    if at in shut:
        return ()
    fit = basing(on, seat, domain) - shut
    return tuple(p for p in reach(on, seat, domain, at, most, shunned) if p in fit)


def berths(view: View, id: CounterId, counter: Counter) -> dict[PlaceId, int]:
    """Where `counter` may be sent, nearest first, and the most of its steps that fit there (M3 to M6)."""
    places = ways_out(view, id, counter)
    if view.board.formation(counter).domain != "air":
        return dict.fromkeys(places, counter.steps)
    free, most = rooms(view.counters, view.board), counter.steps
    return {p: min(most, free[p]) for p in places if free[p]}


def berth(view: View, id: CounterId, counter: Counter, place: PlaceId) -> int:
    """The most of `counter`'s steps that may go to one place: what `berths` says of it."""
    if place not in ways_out(view, id, counter):
        return 0
    return min(counter.steps, room(view, place)) if view.board.formation(counter).domain == "air" else counter.steps
