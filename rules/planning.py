"""Planning (chapter 3): who may talk to whom, telegrams, and sealed offers.

J1  Allies at the table may talk as the planning level of their pact allows: P0 by telegram alone; P1 sixty seconds a
    turn; P2 one table and one pen; P3 one staff. What a seat saw may be said only where the sensing track shares it.
    Everybody else keeps silent: the screen says so, and the table keeps it.
J2  A seat may send one telegram a turn to each ally, and to each nation it is at peace with: one line of at most
    twelve words. It is free, a record, and delivered next turn, to the nation it was sent to alone.
J3  Nations that stand apart and are at peace bargain by sealed offers: pay out of the budget for a turn in which the
    other fires (pin) or does not (wait). An offer is delivered next turn and stands for that turn alone. Nobody
    offers more than the budget holds.
J4  Who was offered may accept: the pay is laid aside as that turn opens, and as it ends goes to who kept the bargain,
    or back to who offered. Both learn whether it was kept, and nobody else that there was one.
J5  Advice: a promise that one's own sealed plan would break.

Not here yet: allies' sealed orders seen and joined, consent and delay, doubled effort, joint wargames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from game.core.design import Form
from game.core.events import Add, Drop, Event, Input, Make
from game.core.ids import Seat, date, pair
from game.core.luck import Luck
from game.core.model import Row, State, known
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase, Proposal, Temper
from game.core.setting import Board, TurnKind
from game.core.staff import Talk
from game.core.view import View
from game.core.words import Value, say

DELIVER = "planning.deliver"
STRIKE = "planning.strike"
OFFERS = "planning.offers"
BARGAINS = "planning.bargains"

#: Words and letters of a telegram (game.md §2; the letters D).
MOST_WORDS, LETTERS = 12, 90
#: Telegrams that a staff has ready, by code; their sentences stand in the word list.
READY = ("need_interceptors", "need_hulls", "we_hold", "under_attack", "watch_your_radar", "join_us", "thanks")
#: Seconds at the table by planning level (game.md §2); an hour stands for as long as they like.
SECONDS = (0, 60, 3600, 3600)
ASKED_FOR = ("pin", "wait")


@attrs.frozen(slots=True)
class Telegram(Order):
    """Send the nation `subject` one line of at most twelve words: a code of READY, or words of one's own."""

    VERB: ClassVar[str] = "telegram"
    COST: ClassVar[int] = 0
    OPEN: ClassVar[tuple[str, ...]] = ("text",)

    text: str


@attrs.frozen(slots=True)
class Offer(Order):
    """Offer the nation `subject` `pay` of the budget for what ASKED_FOR names."""

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


ORDERS: tuple[type[Order], ...] = (Telegram, Offer, Accept)
PARTS: Mapping[str, type[Row]] = {"offers": Bid, "bargains": Bargain}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {}


# Who may talk (J1) ----------------------------------------------------------------------------------------------


def friends(view: View) -> tuple[Seat, ...]:
    """The other seats of one's side, by name."""
    return tuple(s for s in sorted(view.nations) if s != view.seat and view.board.same_side(view.seat, s))


def strangers(view: View) -> tuple[Seat, ...]:
    """Seats that stand apart and are at peace, by name."""
    board = view.board
    return tuple(s for s in sorted(view.nations) if s != view.seat and _at_peace(board, view.seat, s))


def _at_peace(board: Board, one: Seat, other: Seat) -> bool:
    return not board.same_side(one, other) and pair(one, other) in board.peace


def talks(view: View) -> Iterator[Talk]:
    if not view.seat:
        return
    for ally in friends(view):
        pact = view.pact(ally)
        level = 0 if pact is None else max(0, pact.planning)
        yield Talk(ally, say("planning.talk", seat=ally, level=f"P{level}"), SECONDS[level])
    for other in strangers(view):
        yield Talk(other, say("planning.talk_offers", seat=other), 0)


# What may be ordered --------------------------------------------------------------------------------------------


def works(kind: TurnKind, phase: str) -> bool:
    return phase in (*kind.opening, *kind.closing)


def bargains(kind: TurnKind) -> bool:
    """Whether a turn of this kind has both: a bargain is struck as it opens and judged as it ends."""
    return STRIKE in kind.opening and DELIVER in kind.closing


def options(view: View) -> Iterator[Template]:
    if works(view.kind, DELIVER):
        for other in (*friends(view), *strangers(view)):
            yield Template(Telegram, view.seat, other, (("text", READY),))
    if not bargains(view.kind):
        return
    for other in strangers(view):
        if view.own.budget > 0:
            pays = tuple(range(1, view.own.budget + 1))
            yield Template(Offer, view.seat, other, (("ask", ASKED_FOR), ("pay", pays)))
        if _open_bid(view, other) is not None:
            yield Template(Accept, view.seat, other)


def _open_bid(view: View, other: Seat) -> Bid | None:
    """What `other` has offered this seat for the present turn."""
    found: Bid | None = view.part(OFFERS).get(f"{pair(view.seat, other)}.{other}")
    return found if found is not None and found.turn == view.turn and found.partner == view.seat else None


def _refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"planning.{what}", **values), say(f"planning.{what}.do", **values), order.id)


def fault(view: View, plan: Plan, order: Telegram | Offer | Accept) -> Refusal | None:
    if isinstance(order, Telegram):
        return _wire_fault(view, order)
    if not bargains(view.kind):
        return _refuse("J3", "no_bargains", order, kind=view.kind.name)
    if order.subject not in strangers(view):
        return _refuse("J3", "no_partner", order, seat=order.subject)
    if isinstance(order, Accept):
        return None if _open_bid(view, order.subject) else _refuse("J4", "no_offer", order, seat=order.subject)
    if order.ask not in ASKED_FOR:
        return _refuse("J3", "no_ask", order, ask=order.ask)
    promised = sum(o.pay for o in plan.orders if isinstance(o, Offer) and o.id != order.id)
    have = max(0, view.own.budget - promised)
    return None if 1 <= order.pay <= have else _refuse("J3", "no_pay", order, pay=order.pay, have=have)


def _wire_fault(view: View, order: Telegram) -> Refusal | None:
    if not works(view.kind, DELIVER):
        return _refuse("J2", "no_wires", order, kind=view.kind.name)
    if order.subject not in (*friends(view), *strangers(view)):
        return _refuse("J2", "no_line", order, seat=order.subject)
    words = len(order.text.split())
    if not words or words > MOST_WORDS or len(order.text) > LETTERS or not order.text.isprintable():
        return _refuse("J2", "not_twelve", order, words=words, most=MOST_WORDS, letters=LETTERS)
    return None


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    """J5: accepting to wait, or to pin, against one's own plan."""
    fires = any(o.VERB == "raid" for o in plan.orders)
    for order in plan.orders:
        bid = _open_bid(view, order.subject) if isinstance(order, Accept) else None
        if bid is not None and (bid.ask == "wait") == fires:
            yield Doubt("J5", say("planning.breaks", seat=order.subject, ask=bid.ask, pay=bid.pay), order.id)


# The phases -----------------------------------------------------------------------------------------------------


def strike(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """J4, at the opening of a turn: bargains accepted, their pay laid aside."""
    purse = {seat: nation.budget for seat, nation in before.nations.items()}
    for order in book.of(Accept):
        key = f"{pair(order.seat, order.subject)}.{order.subject}"
        bid: Bid | None = before.table(OFFERS).get(key)
        payer = order.subject
        if bid is None or bid.partner != order.seat or purse.get(payer, 0) < bid.pay:
            text = say("planning.void", seat=payer)
            yield Event("J4", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        purse[payer] -= bid.pay
        struck = Bargain(payer, order.seat, bid.ask, bid.pay, fired(before, order.seat))
        effects = (Add("nations", payer, "budget", -bid.pay), Drop(OFFERS, key), Make(BARGAINS, key, struck))
        text = say("planning.struck", seat=payer, to=order.seat, ask=bid.ask, pay=bid.pay)
        inputs = (Input("ask", bid.ask, key), Input("pay", bid.pay, key))
        yield Event("J4", order.seat, order.id, text, inputs, (), effects, bid.owners, order=order.id)


def fired(state: State, seat: Seat) -> int:
    """Missiles of any kind that a nation has fired so far."""
    return sum(row.n for key, row in state.tallies.items() if key.startswith(f"{seat}.fired."))


def deliver(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """At the end of a turn: telegrams (J2), bargains judged (J4), offers laid down and taken away (J3)."""
    for wire in book.of(Telegram):
        text = say("planning.telegram", seat=wire.seat, to=wire.subject, text=wire.text)
        yield Event("J2", wire.seat, wire.id, text, all_to=(wire.seat, wire.subject), order=wire.id)
    for key, bargain in before.table(BARGAINS).items():
        yield _judged(before, key, bargain)
    fresh = {f"{pair(o.seat, o.subject)}.{o.seat}": o for o in book.of(Offer)}
    for key, bid in before.table(OFFERS).items():
        if key not in fresh:
            text = say("planning.lapsed", seat=bid.owner, to=bid.partner, ask=bid.ask, pay=bid.pay)
            yield Event("J3", bid.owner, key, text, effects=(Drop(OFFERS, key),), all_to=bid.owners)
    for key, order in fresh.items():
        made = Bid(order.seat, order.subject, order.ask, order.pay, before.turn + 1)
        text = say("planning.offered", seat=order.seat, to=order.subject, ask=order.ask, pay=order.pay)
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


PHASES: Mapping[str, Phase] = {"strike": strike, "deliver": deliver}


# Computer players -----------------------------------------------------------------------------------------------

#: What a tally of one's own is worth a telegram for, first one that holds, and what it says.
WORTH_A_WIRE = (("leaked", "under_attack"), ("lost", "need_interceptors"))


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    if works(view.kind, DELIVER):
        yield from _wire(view)
    if bargains(view.kind):
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
    """Who is rich and bold pays for a second front; who means to fire anyway takes the money."""
    armed = any(c.missiles for c in view.mine.values())
    for other in strangers(view):
        bid = _open_bid(view, other)
        if bid is not None and (bid.ask == "pin") == (armed and temper.aggression >= 30):
            why = say("planning.why_accept", seat=other, pay=bid.pay)
            yield Proposal(Accept(view.seat, other), 30, why, f"accept.{other}")
        if view.own.budget > 1 and temper.aggression >= 40:
            why = say("planning.why_offer", seat=other)
            yield Proposal(Offer(view.seat, other, "pin", (view.own.budget + 1) // 2), 8, why, f"offer.{other}")
