"""Networks that fail or are attacked, and what is relayed (I5 to I7): the first phase of a pulse."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Event, Input, Make, Put, Roll
from game.core.levels import LEVELS
from game.core.luck import Luck
from game.core.model import Contact, Pact, State
from game.core.orders import Book
from game.core.setting import Board
from game.core.words import say
from rules.intelligence.contacts import arrived, handed, key_of, replaces
from rules.intelligence.tasks import CYBER, Cyber, Jam, Relay, attacks_left

#: The lowest level that works over a network.
NETWORKED = 2
RELAYED_QUALITY = 2  # D
SURE = 1_000_000


def network(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """I7, I6, then I5. What is relayed goes by its own channel, whether or not a network is down."""
    attacks = tuple(o for o in book.of(Jam) if o.pulse <= before.pulse)
    carried = _carried(before, attacks)
    for order in attacks:
        yield _attack(before, order, carried)
    jammed = {o.subject for o in carried}
    for key, pact in before.pacts.items():
        if pact.front:
            yield from _hold(before, key, pact, key in jammed, luck)
    yield from _relays(before, book, luck)


def _carried(before: State, attacks: tuple[Jam, ...]) -> list[Jam]:
    """The attacks that a seat has the means for, in canonical sequence, on pacts that can be attacked."""
    rows = before.table(CYBER)
    carried: list[Jam] = []
    for order in attacks:
        used = sum(o.seat == order.seat for o in carried)
        pact = before.pacts.get(order.subject)
        if pact is not None and pact.front and used < attacks_left(before.setting.board, rows, order.seat):
            carried.append(order)
    return carried


def _attack(before: State, order: Jam, carried: list[Jam]) -> Event:
    have = attacks_left(before.setting.board, before.table(CYBER), order.seat)
    left = have - sum(o.seat == order.seat for o in carried)
    done = order in carried
    return Event(
        "I7",
        order.seat,
        order.id,
        say("intelligence.jammed" if done else "intelligence.not_jammed", pact=order.subject, left=left),
        (Input("attacks_left", left, "intelligence.cyber (D)"),),
        effects=(Make(CYBER, order.seat, Cyber(order.seat, left)),) if done else (),
        all_to=(order.seat,),
        order=order.id,
    )


def failure(board: Board, level: int) -> int:
    """The chance in ppm that a network of this level is down in a pulse."""
    chances = board.design("intelligence", "failure", tuple(row.failure for row in LEVELS))
    return int(chances[level])


def _hold(before: State, key: str, pact: Pact, jammed: bool, luck: Luck) -> Iterator[Event]:
    """I6 for one network: told to its parties, who see an attack but not whose it was."""
    networked = pact.sensing >= NETWORKED
    ppm = failure(before.setting.board, pact.sensing) if networked else 0
    down = networked and (jammed or luck.hit(ppm, "I6", key))
    if not networked and not pact.outage:
        return
    rolls: tuple[Roll, ...] = ()
    if ppm and not jammed:
        odds = (("down", ppm), ("up", SURE - ppm))
        result, chance = ("down", ppm) if down else ("up", SURE - ppm)
        rolls = (Roll(f"I6|{key}", luck.draw("I6", key), result, chance, ppm if down else SURE, odds),)
    broken = "intelligence.network_attacked" if jammed else "intelligence.network_down"
    yield Event(
        "I6",
        pact.owner,
        key,
        say(broken if down else "intelligence.network_up", pact=key, level=pact.sensing),
        (Input("level", pact.sensing, key), Input("failure", ppm, f"facts C1.7 L{pact.sensing}")),
        rolls,
        effects=(Put("pacts", key, "outage", down),) if down != pact.outage else (),
        all_to=pact.owners,
    )


def _relays(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """I5. Of two relays of one thing to one seat the better is taken, and both seats are told the same."""
    best: dict[str, Contact] = {}
    told: list[Relay] = []
    for order in book.of(Relay):
        contact = before.contacts.get(order.subject)
        if contact is None or contact.owner != order.seat:
            text = say("intelligence.not_relayed", contact=order.subject, seat=order.to)
            yield Event("I5", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        passed = handed(contact, order.to, RELAYED_QUALITY, "relay")
        key = key_of(luck, order.to, contact.subject)
        held = best.get(key, before.contacts.get(key))
        if replaces(passed, held):
            best[key] = passed
        told.append(order)
    for order in told:
        text = say("intelligence.relayed", contact=order.subject, seat=order.to)
        inputs = (Input("quality", min(before.contacts[order.subject].quality, RELAYED_QUALITY), "I5 (D)"),)
        yield Event("I5", order.seat, order.id, text, inputs, all_to=(order.seat,), order=order.id)
    for key, passed in best.items():
        yield arrived(before, "I5", key, passed, before.contacts.get(key), "")
