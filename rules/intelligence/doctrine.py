"""Advice on intelligence, and what a staff would propose (I9)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import PlaceId, Seat
from game.core.model import Contact
from game.core.orders import Doubt, Plan
from game.core.rulebook import Proposal, Temper
from game.core.sensing import PASSING, level_between
from game.core.view import View
from game.core.words import say
from rules.intelligence.networks import NETWORKED
from rules.intelligence.tasks import Jam, Relay, Watch, jams, relays, watch_places, watches

#: The patience from which on a staff keeps something for the last pulse, as with raids (D).
WAITS = 30


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    for order in plan.orders:
        if isinstance(order, Watch) and _peaceful(view, order.at):
            yield Doubt("I9", say("intelligence.own_waters", place=order.at), order.id)
        elif isinstance(order, Jam) and order.subject in view.pacts:
            announced = view.pacts[order.subject].announced
            if announced < NETWORKED:
                yield Doubt("I9", say("intelligence.no_network_told", pact=order.subject, level=announced), order.id)
        elif isinstance(order, Relay):
            contact = view.contacts.get(order.subject)
            if contact is not None and _told_anyway(view, contact, order.to):
                yield Doubt("I9", say("intelligence.told_anyway", seat=order.to, contact=order.subject), order.id)


def _peaceful(view: View, place: PlaceId) -> bool:
    """Whether a place is of the seat's own side."""
    row = view.places.get(place)
    return row is not None and bool(row.owner) and view.board.same_side(view.seat, row.owner)


def _told_anyway(view: View, contact: Contact, to: Seat) -> bool:
    """Whether the sensing track hands this contact over by itself, as well as a relay would."""
    passing = PASSING[level_between(view.pacts, view.seat, to)]
    return contact.source == view.seat and passing.delay == "pulse"


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    yield from _watch(view)
    yield from _jam(view, temper)
    yield from _relay(view)


def _watch(view: View) -> Iterator[Proposal]:
    """Each wing over a launch area of a rival, or else over a contact that is not quite known: where something has
    been seen first, then the nearest."""
    held = {c.at for c in view.contacts.values()}
    for template in watches(view):
        near = watch_places(view.board, view.places, view.mine[template.subject])
        places = sorted(near, key=lambda p: p not in held)
        areas = [p for p in places if _launch_area(view, p)]
        vague = [p for p in places if any(c.at == p and c.quality < 3 for c in view.contacts.values())]
        if areas:
            why = say("intelligence.why_area", unit=template.subject, place=areas[0])
            yield Proposal(template.fill(at=areas[0]), 24, why, f"watch.{areas[0]}")
        elif vague:
            why = say("intelligence.why_vague", unit=template.subject, place=vague[0])
            yield Proposal(template.fill(at=vague[0]), 16, why, f"watch.{vague[0]}")


def _launch_area(view: View, place: PlaceId) -> bool:
    site = view.board.theatre.sites[place]
    owner = view.places[place].owner
    return site.kind == "missile area" and view.board.hostile(view.seat, owner)


def _jam(view: View, temper: Temper) -> Iterator[Proposal]:
    """A means that is gone once used: only for a network from L3 up, never by the timid, and in the last pulse, when
    most is in the air, by all who would keep raids of their own for it."""
    for template in jams(view):
        pact = view.pacts[template.subject]
        if pact.announced > NETWORKED and temper.aggression >= 30:
            why = say("intelligence.why_jam", pact=template.subject, level=pact.announced)
            pulse = template.domain("pulse")[-1 if temper.patience >= WAITS else 0]
            yield Proposal(template.fill(pulse=pulse), 10 * pact.announced + temper.aggression // 5, why, "jam")


def _relay(view: View) -> Iterator[Proposal]:
    """The freshest launcher seen, to the ally who learns least of it."""
    for template in relays(view):
        contact = view.contacts[template.subject]
        if contact.what != "missile" or contact.hour + view.kind.pulse_hours < view.hour:
            continue
        for ally in template.domain("to"):
            seat = str(ally)
            if not _told_anyway(view, contact, seat) and level_between(view.pacts, contact.source, seat) < 3:
                why = say("intelligence.why_relay", contact=template.subject, seat=seat)
                yield Proposal(template.fill(to=seat), 12, why, f"relay.{seat}")
                break
