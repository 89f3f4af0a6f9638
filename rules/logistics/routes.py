"""Ways by sea and by air: shortest, or careful of what a staff reckons with on the way (LG3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import lru_cache
from heapq import heappop, heappush

import attrs

from game.core.ids import PlaceId, Seat
from game.core.kept import kept
from game.core.sea import held_by_rivals
from game.core.theatre import Theatre
from rules.logistics.scene import Scene
from rules.logistics.tables import AIR_COST, HAZARD

MILLION = 1_000_000


@attrs.frozen(slots=True)
class Way:
    """A way over lanes in order; `cost` is what the solver weighs, `loss` the chance in ppm of losing what goes."""

    cost: int
    km: int
    lanes: tuple[str, ...]
    loss: int


@lru_cache(maxsize=4096)
def risk(ppm: int) -> int:
    """-ln(1 - loss) in thousandths, rounded (facts C3); a sure loss counts as one in a million escaping."""
    exact = Context(prec=30)
    kept = exact.divide(Decimal(max(1, MILLION - ppm)), Decimal(MILLION))
    return int((-exact.ln(kept) * 1000).to_integral_value())


def price(km: int, ppm: int, caution: int) -> int:
    """km + lambda x (-ln(1 - loss)) x 1000, rounded (facts C3)."""
    return km + caution * risk(ppm)


def arrived(amount: int, losses: Iterable[int]) -> int:
    """LG8: what is left of a shipment after losses in ppm, one lane after another; rounded down."""
    for ppm in losses:
        amount = amount * (MILLION - ppm) // MILLION
    return amount


Hazards = tuple[tuple[PlaceId, int], ...]


@kept(64)
def hazards(scene: Scene, seat: Seat) -> Hazards:
    """Zones where a nation reckons with losses, by what everybody sees and what it has seen itself."""
    board, sites = scene.board, scene.board.theatre.sites
    table = board.design("logistics", "hazard", HAZARD)
    out: dict[PlaceId, int] = {}
    for contact in scene.contacts.values():
        site = sites.get(contact.at)
        if contact.owner == seat and site is not None and site.sea and contact.what in ("submarine", "ship", ""):
            out[contact.at] = int(table["contact"])
    for zone in held_by_rivals(board, scene.parts, seat):
        out[zone] = int(table["held"])
    return tuple(sorted(out.items()))


@lru_cache(maxsize=4096)
def sea_ways(theatre: Theatre, origin: PlaceId, feared: Hazards, caution: int) -> dict[PlaceId, Way]:
    """The best way by sea from a port to every port and zone, by place; ports end a way."""
    danger = dict(feared)
    found: dict[PlaceId, Way] = {}
    queue: list[tuple[int, tuple[str, ...], int, int, PlaceId]] = [(0, (), 0, 0, origin)]
    while queue:
        cost, lanes, km, loss, here = heappop(queue)
        if here in found:
            continue
        found[here] = Way(cost, km, lanes, loss)
        if here != origin and not theatre.sites[here].sea:
            continue
        for lane in theatre.lanes_at(here):
            there = lane.other(here)
            if lane.kind not in ("sea", "port") or not lane.supply or lane.closed or there in found:
                continue
            ppm = _either(lane.loss_ppm, danger.get(there, 0))
            step = price(lane.km, ppm, caution)
            heappush(queue, (cost + step, (*lanes, lane.id), km + lane.km, _either(loss, ppm), there))
    found.pop(origin)
    return found


def _either(one: int, other: int) -> int:
    """The chance in ppm of being lost to one or the other."""
    return MILLION - (MILLION - one) * (MILLION - other) // MILLION


@lru_cache(maxsize=1024)
def air_ways(theatre: Theatre, origin: PlaceId) -> dict[PlaceId, Way]:
    """The shortest way over the map's airlift lanes to every airfield on them."""
    found: dict[PlaceId, Way] = {}
    queue: list[tuple[int, tuple[str, ...], int, PlaceId]] = [(0, (), 0, origin)]
    while queue:
        km, lanes, loss, here = heappop(queue)
        if here in found:
            continue
        found[here] = Way(km * AIR_COST, km, lanes, loss)
        for lane in theatre.lanes_at(here):
            there = lane.other(here)
            if lane.kind == "airlift" and lane.supply and not lane.closed and there not in found:
                heappush(queue, (km + lane.km, (*lanes, lane.id), _either(loss, lane.loss_ppm), there))
    found.pop(origin)
    return found
