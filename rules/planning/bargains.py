"""Sealed offers between nations that stand apart: made, answered, kept or broken (J3, J4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from game.core.events import Add, Drop, Effect, Event, Input, Make
from game.core.ids import Seat, date, pair
from game.core.luck import Luck
from game.core.model import Row, State, known
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.view import View
from game.core.words import say
from rules.planning.refusing import bargaining, refuse
from rules.planning.talk import strangers

OFFERS = "planning.offers"
BARGAINS = "planning.bargains"

#: What an offer asks for: that the other fires or waits against our pay, or the other's pay for our doing so.
ASKED_FOR = ("pin", "wait")
FOR_PAY = {"pay_pin": "pin", "pay_wait": "wait"}
MOST_PRICE = 6  # D: the most pay that one may ask for


@attrs.frozen(slots=True)
class Offer(Order):
    """Offer the nation `subject` `pay` of the budget for what ASKED_FOR names, or for FOR_PAY to be paid so much."""

    VERB: ClassVar[str] = "offer"
    COST: ClassVar[int] = 0

    ask: str
    pay: int


@attrs.frozen(slots=True)
class Accept(Order):
    """Accept the offer that lies on the table from the nation `subject`."""

    VERB: ClassVar[str] = "accept"
    COST: ClassVar[int] = 0


@attrs.frozen(slots=True)
class Decline(Order):
    """Refuse the offer that lies on the table from the nation `subject`."""

    VERB: ClassVar[str] = "decline"
    COST: ClassVar[int] = 0


@attrs.frozen(slots=True)
class Bid(Row):
    """An offer that lies on the table until `turn` ends. Its key is "CN-KP.CN"."""

    SEEN = "owner"

    partner: Seat = known("owner")
    ask: str = known("owner")
    pay: int = known("owner")
    turn: int = known("owner")

    @property
    def owners(self) -> tuple[Seat, ...]:
        return (self.owner, self.partner)

    @property
    def payer(self) -> Seat:
        return self.partner if self.ask in FOR_PAY else self.owner

    @property
    def doer(self) -> Seat:
        return self.owner if self.ask in FOR_PAY else self.partner

    @property
    def deed(self) -> str:
        return FOR_PAY.get(self.ask, self.ask)


@attrs.frozen(slots=True)
class Bargain(Row):
    """A bargain struck in this turn: `partner` fires or does not, against the pay that was laid aside. `fired` is
    what it had fired before."""

    SEEN = "owner"

    partner: Seat = known("owner")
    ask: str = known("owner")
    pay: int = known("owner")
    fired: int = known("hidden")

    @property
    def owners(self) -> tuple[Seat, ...]:
        return (self.owner, self.partner)


def options(view: View) -> Iterator[Template]:
    if not bargaining(view.kind):
        return
    for other in strangers(view):
        free = _purse(view, Plan(view.seat), "")
        if free > 0:
            pays = tuple(range(1, free + 1))
            yield Template(Offer, view.seat, other, (("ask", ASKED_FOR), ("pay", pays)))
        prices = tuple(range(1, MOST_PRICE + 1))
        yield Template(Offer, view.seat, other, (("ask", tuple(FOR_PAY)), ("pay", prices)))
        bid = open_bid(view, other)
        if bid is not None:
            if bid.payer != view.seat or bid.pay <= free:
                yield Template(Accept, view.seat, other)
            yield Template(Decline, view.seat, other)


def open_bid(view: View, other: Seat) -> Bid | None:
    """What `other` has offered this seat for the present turn."""
    found: Bid | None = view.part(OFFERS).get(f"{pair(view.seat, other)}.{other}")
    return found if found is not None and found.turn == view.turn and found.partner == view.seat else None


def fault(view: View, plan: Plan, order: Offer | Accept | Decline) -> Refusal | None:
    if not bargaining(view.kind):
        return refuse("J3", "no_bargains", order, kind=view.kind.name)
    if order.subject not in strangers(view):
        return refuse("J3", "no_partner", order, seat=order.subject)
    if not isinstance(order, Offer):
        return _answer_fault(view, plan, order)
    if order.ask in FOR_PAY:
        most = MOST_PRICE
    elif order.ask in ASKED_FOR:
        most = _purse(view, plan, order.id)
    else:
        return refuse("J3", "no_ask", order, ask=order.ask)
    return None if 1 <= order.pay <= most else refuse("J3", "no_pay", order, pay=order.pay, have=most)


def _answer_fault(view: View, plan: Plan, order: Accept | Decline) -> Refusal | None:
    bid = open_bid(view, order.subject)
    if bid is None:
        return refuse("J4", "no_offer", order, seat=order.subject)
    if any(o.VERB in ("accept", "decline") and o.subject == order.subject and o.id != order.id for o in plan.orders):
        return refuse("J4", "one_answer", order, seat=order.subject)
    if isinstance(order, Decline) or bid.payer != view.seat:
        return None
    have = _purse(view, plan, order.id)
    return None if bid.pay <= have else refuse("J4", "no_pay", order, pay=bid.pay, have=have)


def _purse(view: View, plan: Plan, but: str) -> int:
    """What is left of the budget to promise, beside own offers that stand and the plan's orders except `but`."""
    stand: list[Bid | None] = [
        bid for bid in view.part(OFFERS).values() if bid.owner == view.seat and bid.turn == view.turn
    ]
    taken = [open_bid(view, o.subject) for o in plan.orders if isinstance(o, Accept) and o.id != but]
    promised = sum(bid.pay for bid in (*stand, *taken) if bid is not None and bid.payer == view.seat)
    promised += sum(o.pay for o in plan.orders if isinstance(o, Offer) and o.ask in ASKED_FOR and o.id != but)
    return max(0, view.own.budget - promised)


# The phases --------------------------------------------------------------------------------------------------------


def strike(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """J4, at the opening of a turn: bargains accepted, their pay laid aside, and what is refused."""
    purse = {seat: nation.budget for seat, nation in before.nations.items()}
    answered: set[str] = set()
    bound: set[Seat] = set()  # whose deed is paid for this turn: it is paid for once
    answers: tuple[Accept | Decline, ...] = (*book.of(Accept), *book.of(Decline))
    for order in answers:
        key = f"{pair(order.seat, order.subject)}.{order.subject}"
        bid: Bid | None = before.table(OFFERS).get(key)
        open_now = bid is not None and bid.partner == order.seat and bid.turn == before.turn and key not in answered
        if bid is not None and open_now and isinstance(order, Decline):
            answered.add(key)
            yield _answered(order, bid, "refused", (Drop(OFFERS, key),))
        elif bid is not None and open_now and bid.doer not in bound and purse.get(bid.payer, 0) >= bid.pay:
            answered.add(key)
            bound.add(bid.doer)
            purse[bid.payer] -= bid.pay
            struck = Bargain(bid.payer, bid.doer, bid.deed, bid.pay, fired(before, bid.doer))
            laid = Add("nations", bid.payer, "budget", -bid.pay)
            yield _answered(order, bid, "struck", (laid, Drop(OFFERS, key), Make(BARGAINS, key, struck)))
        else:
            text = say("planning.void", seat=order.subject)
            yield Event("J4", order.seat, order.id, text, all_to=(order.seat,), order=order.id)


def _answered(order: Accept | Decline, bid: Bid, what: str, effects: tuple[Effect, ...]) -> Event:
    text = say(f"planning.{what}", seat=bid.payer, to=bid.doer, ask=bid.deed, pay=bid.pay, by=order.seat)
    inputs = (Input("ask", bid.deed, bid.owner), Input("pay", bid.pay, bid.owner))
    return Event("J4", order.seat, order.id, text, inputs, (), effects, bid.owners, order=order.id)


def fired(state: State, seat: Seat) -> int:
    """Missiles of any kind that a nation has fired so far."""
    return sum(row.n for key, row in state.tallies.items() if key.startswith(f"{seat}.fired."))


def settle(before: State, book: Book) -> Iterator[Event]:
    """At the end of a turn: bargains judged (J4), offers laid down and taken away (J3)."""
    for key, bargain in before.table(BARGAINS).items():
        yield _judged(before, key, bargain)
    fresh = {f"{pair(o.seat, o.subject)}.{o.seat}": o for o in book.of(Offer)}
    for key, bid in before.table(OFFERS).items():
        if key not in fresh:
            text = say("planning.lapsed", by=bid.owner, seat=bid.payer, to=bid.doer, ask=bid.deed, pay=bid.pay)
            yield Event("J3", bid.owner, key, text, effects=(Drop(OFFERS, key),), all_to=bid.owners)
    for key, order in fresh.items():
        made = Bid(order.seat, order.subject, order.ask, order.pay, before.turn + 1)
        text = say("planning.offered", by=made.owner, seat=made.payer, to=made.doer, ask=made.deed, pay=made.pay)
        effects = (Make(OFFERS, key, made),)
        yield Event("J3", order.seat, order.id, text, (), (), effects, made.owners, order=order.id)


def _judged(before: State, key: str, bargain: Bargain) -> Event:
    """Kept or broken, by what the partner fired since the bargain was struck."""
    n = fired(before, bargain.partner) - bargain.fired
    kept = (n > 0) == (bargain.ask == "pin")
    to = bargain.partner if kept else bargain.owner
    inputs = (
        Input("ask", bargain.ask, key),
        Input("pay", bargain.pay, key),
        Input("fired", n, f"{bargain.partner}, {date(before.turn, 0)}"),
    )
    what = "planning.kept" if kept else "planning.broken"
    text = say(what, seat=bargain.owner, to=bargain.partner, ask=bargain.ask, pay=bargain.pay)
    effects = (Add("nations", to, "budget", bargain.pay), Drop(BARGAINS, key))
    return Event("J4", bargain.owner, f"{key}.judged", text, inputs, (), effects, bargain.owners)
