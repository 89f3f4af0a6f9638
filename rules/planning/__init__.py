"""Planning (chapter 3): who may talk to whom, telegrams, and sealed offers.

J1  Allies at the table may talk as the planning level of their pact allows: P0 by telegram alone; P1 sixty seconds a
    turn; P2 one table and one pen; P3 one staff. What a seat saw may be said only as far as the sensing track shares
    it: L0 nothing, L1 that something was there, a turn ago; L2 and L3 where and of which kind; L4 all of it. The
    United States may relay the rest for a staff point (I5). Everybody else keeps silent: the screen says so, with a
    clock, and the table keeps it.
J2  A seat may send one telegram a turn to each ally, and to each nation it is at peace with: one line of at most
    twelve words. Where a language sets no space between words, two of its letters count as a word. It is free, a
    record, and delivered next turn, to the nation it was sent to alone.
J3  Nations that stand apart and are at peace bargain by sealed offers: one of them pays out of its budget for a turn
    in which the other fires missiles of any kind (pin) or none (wait). Who offers names the pay, and whether it would
    give it or take it. An offer is delivered next turn and stands for that turn alone. Nobody promises more than its
    budget holds, and nobody is paid twice in a turn.
J4  Who was offered may accept or refuse: the pay is laid aside as that turn opens, and as it ends goes to who kept
    the bargain, or back to who paid. Both learn whether it was kept, and nobody else that there was one. An offer
    that nobody answers lapses.
J5  Advice: a promise that one's own sealed plan would break.

Not here yet: allies' sealed orders seen and joined, consent and delay, doubled effort, joint wargames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.design import Form
from game.core.events import Event
from game.core.luck import Luck
from game.core.model import Row, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase
from game.core.view import View
from game.core.words import say
from rules.planning import bargains
from rules.planning.bargains import Accept, Bargain, Bid, Decline, Offer
from rules.planning.doctrine import doubt, propose
from rules.planning.refusing import DELIVER, works
from rules.planning.talk import friends, strangers, talks
from rules.planning.wires import READY, Telegram
from rules.planning.wires import fault as wire_fault

__all__ = [
    "ASKS",
    "DESIGN",
    "ORDERS",
    "PARTS",
    "PHASES",
    "READY",
    "Accept",
    "Decline",
    "Offer",
    "Telegram",
    "doubt",
    "fault",
    "options",
    "propose",
    "talks",
]

ORDERS: tuple[type[Order], ...] = (Telegram, Offer, Accept, Decline)
PARTS: Mapping[str, type[Row]] = {"offers": Bid, "bargains": Bargain}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {}


def options(view: View) -> Iterator[Template]:
    if works(view.kind, DELIVER):
        for other in (*friends(view), *strangers(view)):
            yield Template(Telegram, view.seat, other, (("text", READY),))
    yield from bargains.options(view)


def fault(view: View, plan: Plan, order: Telegram | Offer | Accept | Decline) -> Refusal | None:
    return wire_fault(view, order) if isinstance(order, Telegram) else bargains.fault(view, plan, order)


def deliver(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """At the end of a turn: telegrams handed over (J2), then bargains."""
    for wire in book.of(Telegram):
        text = say("planning.telegram", seat=wire.seat, to=wire.subject, text=wire.text)
        yield Event("J2", wire.seat, wire.id, text, all_to=(wire.seat, wire.subject), order=wire.id)
    yield from bargains.settle(before, book)


PHASES: Mapping[str, Phase] = {"strike": bargains.strike, "deliver": deliver}
