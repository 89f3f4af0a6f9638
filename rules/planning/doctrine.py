"""Advice on promises (J5), and what a staff would cable, offer and answer."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.aims import to_fire
from game.core.ids import Seat
from game.core.orders import Doubt, Plan
from game.core.rulebook import Proposal, Temper
from game.core.view import View
from game.core.words import say
from rules.planning.bargains import Accept, Bid, Decline, Offer, open_bid
from rules.planning.refusing import DELIVER, bargaining, works
from rules.planning.talk import friends, strangers
from rules.planning.wires import Telegram

#: A budget from which one pays others for a second front rather than asking to be paid, and the price asked (D).
RICH, ASKS_PRICE = 3, 1
#: What a tally of one's own is worth a telegram for, first one that holds, and what it says.
WORTH_A_WIRE = (("leaked", "under_attack"), ("lost", "need_interceptors"))
#: Verbs of orders that fire missiles, which J4 counts.
FIRE = ("raid", "salvo")


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    """J5: accepting to wait, or to pin, against one's own plan, contingencies among it."""
    fires = any(o.VERB in FIRE for o in (*plan.orders, *(c.order for c in plan.contingencies)))
    for order in plan.orders:
        bid = open_bid(view, order.subject) if isinstance(order, Accept) else None
        if bid is not None and bid.doer == view.seat and (bid.deed == "wait") == fires:
            yield Doubt("J5", say("planning.breaks", seat=order.subject, ask=bid.deed, pay=bid.pay), order.id)


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    if works(view.kind, DELIVER):
        yield from _wire(view)
    if bargaining(view.kind):
        yield from _bargain(view, temper)


def _wire(view: View) -> Iterator[Proposal]:
    """A staff cables when it has been hit, and one ally a turn: a partner of a pact under test before others."""
    mine = f"{view.seat}."
    hit = (text for kind, text in WORTH_A_WIRE if any(k.startswith(mine + kind) for k in view.tallies))
    what = next(hit, "")
    if what:
        allies = sorted(friends(view), key=lambda s: (not _under_test(view, s), s))
        for ally in allies[:1]:
            why = say("planning.why_wire", seat=ally)
            yield Proposal(Telegram(view.seat, ally, what), 2, why, "wire")


def _under_test(view: View, ally: Seat) -> bool:
    pact = view.pact(ally)
    return pact is not None and pact.front


def _bargain(view: View, temper: Temper) -> Iterator[Proposal]:
    """Who is rich and bold pays for a second front; who is poor and means to fire anyway asks to be paid for it. Who
    has no more missiles than it keeps to be feared does not promise fire."""
    others = strangers(view)
    armed = bool(others) and to_fire(view)
    for other in others:
        bid = open_bid(view, other)
        if bid is not None:
            yield _reply(view, bid, armed and temper.aggression >= 30)
        if temper.aggression < 40:
            continue
        if view.own.budget >= RICH:
            why, pay = say("planning.why_offer", seat=other), (view.own.budget + 1) // 2
            yield Proposal(Offer(view.seat, other, "pin", pay), 8, why, f"offer.{other}")
        elif armed:
            why = say("planning.why_price", seat=other)
            yield Proposal(Offer(view.seat, other, "pay_pin", ASKS_PRICE), 8, why, f"offer.{other}")


def _reply(view: View, bid: Bid, warlike: bool) -> Proposal:
    """Pay is taken for what one would do anyway, and given for fire while there is some; the rest is refused."""
    slot, other = f"accept.{bid.owner}", bid.owner
    pays = bid.payer == view.seat
    if pays and bid.deed == "pin" and 2 * bid.pay <= view.own.budget:
        return Proposal(Accept(view.seat, other), 30, say("planning.why_offer", seat=other), slot)
    if not pays and (bid.deed == "pin") == warlike:
        return Proposal(Accept(view.seat, other), 30, say("planning.why_accept", seat=other, pay=bid.pay), slot)
    return Proposal(Decline(view.seat, other), 3, say("planning.why_decline", seat=other), slot)
