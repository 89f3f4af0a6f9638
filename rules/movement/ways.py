"""How far a counter gets in a pulse, and where it may stay (M3 to M6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from heapq import heappop, heappush

from game.core.ids import PlaceId, Seat
from game.core.model import Counter
from game.core.setting import Board
from game.core.theatre import Theatre
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


def most_km(board: Board, domain: str, hours: int) -> int:
    """How far a counter of `domain` gets in a pulse of `hours`."""
    if domain in SPEED:
        return int(board.design("movement", "speed", SPEED)[domain]) * hours
    if domain == "air":
        return int(board.design("movement", "air_km", AIR_KM))
    return int(board.design("movement", "land_km", LAND_KM).get(domain, 0))


def usable(view: View, seat: Seat, place: PlaceId, domain: str) -> bool:
    """M4 without the kind of place: the owner is `seat` itself or gives it access; launchers stay at home."""
    owner = view.places[place].owner
    return owner == seat or (domain != "missile" and bool(owner) and owner in view.board.access.get(seat, ()))


def takes(view: View, seat: Seat, place: PlaceId, domain: str) -> bool:
    """M4: whether a counter of `domain` may stay at `place`, room and damage apart."""
    site = view.board.theatre.sites.get(place)
    if site is None or place not in view.places:
        return False
    if site.sea:
        return domain in SPEED
    fits = site.port > 0 if domain in SPEED else site.air > 0 if domain == "air" else True
    return fits and usable(view, seat, place, domain)


def closed(view: View, place: PlaceId, domain: str) -> bool:
    """M6, as far as the seat can see the damage."""
    row = view.places[place]
    return (domain in SPEED and row.port >= CLOSED) or (domain == "air" and row.runway >= CLOSED)


def room(view: View, place: PlaceId) -> int:
    """M5: squadron steps that an airfield can still base, by what the seat can see."""
    board = view.board
    there = (c.steps for c in view.counters.values() if c.at == place and board.formation(c).domain == "air")
    return max(0, capacity(board, place) - sum(there))


def capacity(board: Board, place: PlaceId) -> int:
    return int(board.design("movement", "steps_a_point", STEPS_A_POINT)) * board.theatre.sites[place].air


def in_reach(view: View, counter: Counter) -> dict[PlaceId, int]:
    """M3: km to every place and zone that `counter` can get to in a pulse, nearest first, basing apart."""
    board, theatre = view.board, view.board.theatre
    domain = board.formation(counter).domain
    most = most_km(board, domain, view.kind.pulse_hours)
    if domain == "air":
        return {p: theatre.km(counter.at, p) for p in theatre.within(counter.at, most) if p != counter.at}
    if domain in SPEED:
        return sea_ways(theatre, counter.at, most)
    mine = tuple(p for p in view.places if not theatre.sites[p].sea and usable(view, counter.owner, p, domain))
    return land_ways(theatre, counter.at, most, LAND_LANES.get(domain, ()), mine)


@lru_cache(maxsize=1024)
def sea_ways(theatre: Theatre, start: PlaceId, most: int) -> dict[PlaceId, int]:
    """km by sea to zones and ports; a port ends a way, it is never passed through."""
    return _ways(theatre, start, most, ("sea", "port"), lambda p: theatre.sites[p].sea)


@lru_cache(maxsize=1024)
def land_ways(
    theatre: Theatre, start: PlaceId, most: int, kinds: tuple[str, ...], mine: tuple[PlaceId, ...]
) -> dict[PlaceId, int]:
    """km by road and ferry through the places in `mine` alone."""
    allowed = frozenset(mine)
    found = _ways(theatre, start, most, kinds, lambda p: p in allowed)
    return {p: km for p, km in found.items() if p in allowed}


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


def berths(view: View, counter: Counter) -> dict[PlaceId, int]:
    """Where `counter` may go in a pulse, nearest first, and the most of its steps that fit there (M3 to M6)."""
    domain = view.board.formation(counter).domain
    if closed(view, counter.at, domain):
        return {}
    out: dict[PlaceId, int] = {}
    for place in in_reach(view, counter):
        if takes(view, counter.owner, place, domain) and not closed(view, place, domain):
            steps = min(counter.steps, room(view, place)) if domain == "air" else counter.steps
            if steps:
                out[place] = steps
    return out
