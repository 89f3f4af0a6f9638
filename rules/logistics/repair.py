"""Engineers: a level of damage more than the garrison repairs (LG14)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Effect, Event, Input
from game.core.ids import PlaceId, Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Book
from game.core.supply import SUPPLY
from game.core.words import say
from rules.logistics.scene import Scene, of_state, stock_key, territory
from rules.logistics.tables import BRIDGED, REPAIR_POINTS, Repair

KINDS = ("runway", "port", "radar")


def may_repair(scene: Scene, seat: Seat, place: PlaceId) -> bool:
    """LG14: own places; those of a host from G1."""
    row = scene.places.get(place)
    if row is None or place not in territory(scene.places, scene.board, seat):
        return False
    return row.owner == seat or scene.level(seat, row.owner) >= BRIDGED


def damaged(scene: Scene, place: PlaceId) -> tuple[str, ...]:
    row = scene.places[place]
    return tuple(kind for kind in KINDS if getattr(row, kind) > 0)


def stores(scene: Scene, seat: Seat) -> dict[str, int]:
    """A nation's supply stocks by key, largest first."""
    rows = [(-s.amount, k) for k, s in scene.stocks.items() if s.owner == seat and s.commodity == SUPPLY]
    return {key: -n for n, key in sorted(rows) if n < 0}


def repair(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    scene = of_state(before, book)
    stocks: dict[Seat, dict[str, int]] = {}
    mended: set[tuple[PlaceId, str]] = set()
    for order in book.of(Repair):
        have = stocks.setdefault(order.seat, stores(scene, order.seat))
        able = may_repair(scene, order.seat, order.subject) and order.what in damaged(scene, order.subject)
        twice = (order.subject, order.what) in mended and getattr(scene.places[order.subject], order.what) < 2
        if not able or twice or sum(have.values()) < REPAIR_POINTS:
            text = say("logistics.not_mended", place=order.subject, what=order.what)
            yield Event("LG14", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        mended.add((order.subject, order.what))
        effects: list[Effect] = [Add("places", order.subject, order.what, -1)]
        effects += _spend(have, REPAIR_POINTS, stock_key(order.seat, order.subject))
        owner = scene.places[order.subject].owner
        hints = ((owner, say("logistics.guest_mends", seat=order.seat, place=order.subject, what=order.what)),)
        text = say("logistics.mended", place=order.subject, what=order.what)
        inputs = (Input("supply", REPAIR_POINTS, "D"),)
        host = hints if owner != order.seat else ()
        yield Event("LG14", order.seat, order.id, text, inputs, (), tuple(effects), (order.seat,), host, order.id)


def _spend(have: dict[str, int], amount: int, near: str) -> Iterator[Effect]:
    """The engineers' material: what is at hand first, then out of the largest stock."""
    for key in sorted(have, key=lambda k: k != near):
        part = min(have[key], amount)
        if part:
            have[key] -= part
            amount -= part
            yield Add("stocks", key, "amount", -part)
