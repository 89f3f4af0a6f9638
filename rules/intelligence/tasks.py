"""The chapter's orders: what may be watched, attacked and relayed (I2, I3, I5, I7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from game.core.ids import PlaceId, Seat
from game.core.model import Counter, Pact, Place, Row, known
from game.core.orders import Order, Plan, Refusal, Template
from game.core.reach import grounded
from game.core.setting import Board, TurnKind
from game.core.view import View
from game.core.words import Value, say

NETWORK, OBSERVE = "intelligence.network", "intelligence.observe"
CYBER = "intelligence.cyber"

#: How far from its place a search wing keeps watch (D: 8 h on station at 400 km/h after the way out, facts C4).
WATCH_KM = 1500
#: Attacks on networks that a seat has for the whole game, where a scenario says nothing (D; facts C8, card 14).
ATTACKS: Mapping[Seat, int] = {"CN": 1}
#: Who may relay (game.md: "the US may relay for a staff point").
RELAYS: tuple[Seat, ...] = ("US",)


@attrs.frozen(slots=True)
class Watch(Order):
    """Keep the search wing `subject` over one place or zone."""

    VERB: ClassVar[str] = "watch"

    at: PlaceId


@attrs.frozen(slots=True)
class Jam(Order):
    """Attack the network of the pact `subject` ("JP-KR") in one pulse."""

    VERB: ClassVar[str] = "jam"
    RUNG: ClassVar[int] = 2

    pulse: int


@attrs.frozen(slots=True)
class Relay(Order):
    """Tell an ally of the contact `subject`, a key of the own table of contacts."""

    VERB: ClassVar[str] = "relay"

    to: Seat


@attrs.frozen(slots=True)
class Cyber(Row):
    """Attacks on networks that a seat has left. No row: none was used yet."""

    SEEN: ClassVar[str] = "owner"

    left: int = known("owner", 0)


def runs(kind: TurnKind, phase: str) -> bool:
    return kind.pulses > 0 and phase in kind.pulse


def attacks_left(board: Board, rows: Mapping[str, Cyber], seat: Seat) -> int:
    row = rows.get(seat)
    return int(board.design("intelligence", "cyber", ATTACKS).get(seat, 0)) if row is None else row.left


def searches(board: Board, counter: Counter) -> bool:
    return counter.formation in board.having("sweep_width")


def watch_places(board: Board, places: Mapping[PlaceId, Place], counter: Counter) -> tuple[PlaceId, ...]:
    """Places and zones that a search wing may watch from an open runway, nearest first."""
    if not searches(board, counter) or grounded(board, places, counter):
        return ()
    return board.theatre.within(counter.at, int(board.design("intelligence", "watch_km", WATCH_KM)))


def rival_networks(view: View) -> Iterator[tuple[str, Pact]]:
    board = view.board
    for key, pact in view.pacts.items():
        if pact.front and not any(board.same_side(view.seat, owner) for owner in pact.owners):
            yield key, pact


def pulses_left(view: View) -> tuple[int, ...]:
    return tuple(range(max(1, view.pulse), view.kind.pulses + 1))


def relay_to(view: View, key: str) -> tuple[Seat, ...]:
    """Allies to whom the seat may relay the contact `key`: not the one whose sensor it was."""
    contact = view.contacts.get(key)
    if contact is None or view.seat not in view.board.design("intelligence", "relays", RELAYS):
        return ()
    allies = (s for s in view.nations if s != view.seat and view.board.same_side(view.seat, s))
    return tuple(s for s in allies if s != contact.source)


def watches(view: View) -> Iterator[Template]:
    if runs(view.kind, OBSERVE):
        held = {c.at for c in view.contacts.values()}
        for id, counter in view.mine.items():
            places = sorted(watch_places(view.board, view.places, counter), key=lambda p: p not in held)
            if places:
                yield Template(Watch, view.seat, id, (("at", tuple(places)),))


def jams(view: View) -> Iterator[Template]:
    if runs(view.kind, NETWORK) and attacks_left(view.board, view.part(CYBER), view.seat):
        for key, _ in rival_networks(view):
            yield Template(Jam, view.seat, key, (("pulse", pulses_left(view)),))


def relays(view: View) -> Iterator[Template]:
    if runs(view.kind, NETWORK):
        for key in view.contacts:
            allies = relay_to(view, key)
            if allies:
                yield Template(Relay, view.seat, key, (("to", allies),))


def refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"intelligence.{what}", **values), say(f"intelligence.{what}.do", **values), order.id)


def watch_fault(view: View, order: Watch) -> Refusal | None:
    if not runs(view.kind, OBSERVE):
        return refuse("I3", "no_pulse", order, kind=view.kind.name)
    counter = view.mine.get(order.subject)
    if counter is None or not searches(view.board, counter):
        return refuse("I2", "no_wing", order, unit=order.subject)
    if grounded(view.board, view.places, counter):
        return refuse("I2", "grounded", order, unit=order.subject, place=counter.at)
    if order.at not in watch_places(view.board, view.places, counter):
        most = int(view.board.design("intelligence", "watch_km", WATCH_KM))
        return refuse("I2", "too_far", order, unit=order.subject, place=order.at, most=most)
    return None


def jam_fault(view: View, plan: Plan, order: Jam) -> Refusal | None:
    if not runs(view.kind, NETWORK):
        return refuse("I3", "no_pulse", order, kind=view.kind.name)
    left = attacks_left(view.board, view.part(CYBER), view.seat)
    planned = 1 + sum(isinstance(o, Jam) and o.id != order.id for o in plan.orders)
    if left < planned:
        return refuse("I7", "no_means", order, left=left)
    if order.subject not in dict(rival_networks(view)):
        return refuse("I7", "no_network", order, pact=order.subject)
    if order.pulse not in pulses_left(view):
        return refuse("I7", "wrong_pulse", order, pulse=order.pulse, pulses=view.kind.pulses)
    return None


def relay_fault(view: View, order: Relay) -> Refusal | None:
    if not runs(view.kind, NETWORK):
        return refuse("I3", "no_pulse", order, kind=view.kind.name)
    if view.seat not in view.board.design("intelligence", "relays", RELAYS):
        return refuse("I5", "no_relay", order, seat=view.seat)
    if order.subject not in view.contacts:
        return refuse("I5", "no_contact", order, contact=order.subject)
    if order.to not in relay_to(view, order.subject):
        return refuse("I5", "no_ally", order, seat=order.to, contact=order.subject)
    return None
