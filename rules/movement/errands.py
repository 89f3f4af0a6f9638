"""Tankers for wings whose targets lie too far, and sweepers to where mines went off (M3, M14)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import CounterId, PlaceId
from game.core.model import Contact, Counter
from game.core.reach import REFUELED, radius
from game.core.rulebook import Proposal, Temper
from game.core.sea import REPORTED, TRADE
from game.core.view import View
from game.core.words import say
from rules.movement.arrivals import held_back
from rules.movement.deploy import Deploy
from rules.movement.tankers import Refuel, may_serve
from rules.movement.transit import bound
from rules.movement.ways import ways_out

#: The quality of a contact from which on it may be shot at (facts C2).
CLASSIFIED = 2


def lengthen(view: View, id: CounterId, counter: Counter, temper: Temper) -> Iterator[Proposal]:
    """Tankers for a wing with nothing to strike or to search within its radius, and something with them."""
    own = radius(view.board, {}, id, counter)
    searches = view.board.figure(counter, "sorties") > 0
    if not own or not (searches or counter.missiles > 0) or id in view.parts.get(REFUELED, {}):
        return
    prey = [c for c in view.contacts.values() if c.at and _prey(c, searches)]
    km = view.board.theatre.km
    if not prey or any(km(counter.at, c.at) <= own for c in prey):
        return
    for by in may_serve(view, id)[:1]:
        longer = own + view.board.figure(view.mine[by], "tanker_range")
        gained = [c.at for c in prey if km(counter.at, c.at) <= longer]
        if gained:
            place = max(gained, key=lambda p: (gained.count(p), p))
            why = say("movement.why_refuel", unit=id, place=place)
            value = 16 + temper.aggression // 4 + min(10, 2 * len(gained))
            yield Proposal(Refuel(view.seat, id, by), value, why, f"tanker.{by}")


def _prey(contact: Contact, searches: bool) -> bool:
    """Whether a wing may act against a contact: search wings against boats, wings with missiles against ships."""
    if searches:
        return contact.what == "submarine"
    return contact.what in ("ship", "support") and contact.quality >= CLASSIFIED


def mined_ways(view: View) -> dict[PlaceId, int]:
    """Zones where a mine went off and merchants of one's own side sail, and how many."""
    out: dict[PlaceId, int] = {}
    for row in view.parts.get(TRADE, {}).values():
        if view.board.same_side(view.seat, row.owner):
            for zone in row.zones:
                out[zone] = out.get(zone, 0) + row.sailed
    return {zone: out[zone] for zone in view.parts.get(REPORTED, {}) if out.get(zone)}


def to_mines(view: View, id: CounterId, counter: Counter, mined: dict[PlaceId, int]) -> Iterator[Proposal]:
    """Sweepers to the mined zone where most merchants sail, unless mines went off where they are."""
    if counter.at in mined or held_back(view, id, counter) or id in bound(view.parts):
        return
    way = ways_out(view, id, counter)
    near = [zone for zone in mined if zone in way]
    if near:
        best = max(near, key=lambda zone: (mined[zone], zone))
        why = say("movement.why_to_mines", unit=id, place=best, n=mined[best])
        yield Proposal(Deploy(view.seat, id, best, counter.steps), 34, why, f"sea.{id}")
