"""Politics (chapter 2): what leaders choose.

P1  Where the turn has politics, the leaders of a pact under test may propose a level of its sensing track, L0 to L4.
P2  A raise needs both capitals in the same turn. The level reached is the lower of the two proposals, if that is
    above the present one. One capital alone changes nothing and pays nothing.
P3  A raise costs leadership capital in both capitals: the price of the new level less that of the present one.
    Who can't pay can't propose; if one can't pay when the pact is settled, nothing changes and nobody pays.
P4  One capital may cut the level alone, at no price. A cut goes before a raise; of two cuts the lower level counts.
P5  A change is announced: rivals see the announced level, allies and partners the one that works.
P6  Advice: what a step leaves in the purse, and what a level brings that nobody asked for.

Not here yet: support and its movements, income of capital, cards, grievances, framing, budget and lead times, a level
announced before it works, the other five tracks, base access, and who fights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from game.core.events import Add, Event, Input, Put
from game.core.ids import Seat
from game.core.levels import LEVELS
from game.core.luck import Luck
from game.core.model import TRACKS, Pact, Row, State
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase, Proposal, Temper
from game.core.setting import Board, TurnKind
from game.core.view import View
from game.core.words import Message, Value, say

PHASE = "politics.decide"

#: Capital that each capital pays to stand at a level, counted from L0 (D; facts C8 asks 1 a step to L3 and 3 for L4,
#: with budget and lead time beside it. L1 is free: the agreement of 2016 is there and need only be used).
PRICES = (0, 0, 1, 2, 4)

#: The tracks that leaders may move so far.
OPEN_TRACKS = ("sensing",)

#: A level whose network fails at least this often, in ppm a pulse, is worth a word of warning (D).
FAILS_OFTEN = 50_000


@attrs.frozen(slots=True)
class Step(Order):
    """Propose that the pact `subject` ("JP-KR") stand at `level` of `track`."""

    VERB: ClassVar[str] = "step"

    track: str
    level: int


ORDERS: tuple[type[Order], ...] = (Step,)
PARTS: Mapping[str, type[Row]] = {}
ASKS: Mapping[str, Ask] = {}


def price(board: Board, low: int, high: int) -> int:
    """Capital for a raise from level `low` to `high`; 0 for a cut."""
    prices = board.design("politics", "prices", PRICES)
    return max(0, int(prices[high]) - int(prices[low]))


def sits(kind: TurnKind) -> bool:
    return PHASE in (*kind.opening, *kind.pulse, *kind.closing)


def own_pacts(view: View) -> Iterator[tuple[str, Pact]]:
    for key, pact in view.pacts.items():
        if pact.front and view.seat in pact.owners:
            yield key, pact


def affordable(view: View, pact: Pact, purse: int) -> tuple[int, ...]:
    """Levels that may be proposed: those above that `purse` can pay, nearest first, then those below."""
    above = range(pact.sensing + 1, TRACKS["sensing"] + 1)
    paid = tuple(n for n in above if price(view.board, pact.sensing, n) <= purse)
    return (*paid, *range(pact.sensing - 1, -1, -1))


def options(view: View) -> Iterator[Template]:
    if not sits(view.kind):
        return
    for key, pact in own_pacts(view):
        levels = affordable(view, pact, view.own.capital)
        if levels:
            yield Template(Step, view.seat, key, (("track", OPEN_TRACKS), ("level", levels)))


def _refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"politics.{what}", **values), say(f"politics.{what}.do", **values), order.id)


def fault(view: View, plan: Plan, order: Step) -> Refusal | None:
    pact = dict(own_pacts(view)).get(order.subject)
    if not sits(view.kind):
        return _refuse("P1", "no_session", order, kind=view.kind.name)
    if pact is None:
        return _refuse("P1", "no_pact", order, pact=order.subject)
    if order.track not in OPEN_TRACKS:
        return _refuse("P1", "no_track", order, track=order.track)
    if not 0 <= order.level <= TRACKS["sensing"] or order.level == pact.sensing:
        return _refuse("P1", "no_level", order, level=order.level, now=pact.sensing)
    purse = view.own.capital - _promised(view, plan, order)
    if order.level not in affordable(view, pact, purse):
        cost = price(view.board, pact.sensing, order.level)
        return _refuse("P3", "too_dear", order, level=order.level, cost=cost, have=max(0, purse))
    return None


def _promised(view: View, plan: Plan, order: Step) -> int:
    """Capital that the plan's other steps may cost."""
    pacts = dict(own_pacts(view))
    others = [o for o in plan.orders if isinstance(o, Step) and o.id != order.id and o.subject in pacts]
    return sum(
        price(view.board, pacts[o.subject].sensing, o.level) for o in others if 0 <= o.level <= TRACKS["sensing"]
    )


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    pacts = dict(own_pacts(view))
    for order in plan.orders:
        if not isinstance(order, Step) or order.subject not in pacts or not 0 <= order.level < len(LEVELS):
            continue
        cost = price(view.board, pacts[order.subject].sensing, order.level)
        if cost and cost == view.own.capital:
            yield Doubt("P6", say("politics.last_capital", cost=cost), order.id)
        failure = LEVELS[order.level].failure
        if order.level > pacts[order.subject].sensing and failure >= FAILS_OFTEN:
            text = say("politics.fails_often", level=order.level, percent=failure // 10_000)
            yield Doubt("P6", text, order.id)


# The phase ------------------------------------------------------------------------------------------------------


def decide(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """P2 to P5 for every pact that somebody proposed to change."""
    proposed: dict[str, dict[Seat, Step]] = {}
    for order in book.of(Step):
        proposed.setdefault(order.subject, {})[order.seat] = order
    purse = {seat: nation.capital for seat, nation in before.nations.items()}
    for key, orders in proposed.items():
        pact = before.pacts.get(key)
        party = pact is not None and pact.front and all(seat in pact.owners for seat in orders)
        if pact is None or not party:
            yield from (_nothing(before, o, "P1", "void", ()) for o in orders.values())
        else:
            yield from _settle(before, key, pact, orders, purse)


def _settle(
    before: State, key: str, pact: Pact, orders: Mapping[Seat, Step], purse: dict[Seat, int]
) -> Iterator[Event]:
    now = pact.sensing
    inputs = (
        Input("level", now, key),
        *(Input(f"proposal_{seat}", o.level, o.id) for seat, o in orders.items()),
    )
    cuts = [o.level for o in orders.values() if o.level < now]
    raises = [o.level for o in orders.values() if o.level > now]
    if cuts:
        yield from _cut(before, key, min(cuts), now, orders, inputs)
    elif len(raises) < len(pact.owners):
        absent = next((s for s in pact.owners if s not in orders or orders[s].level == now), "")
        for seat, o in orders.items():
            hints = () if absent in ("", seat) else ((absent, say("politics.they_proposed", seat=seat, pact=key)),)
            yield _nothing(before, o, "P2", "alone", inputs, hints, absent=absent)
    else:
        yield from _raise(before, key, min(raises), now, orders, purse, inputs)


def _raise(
    before: State,
    key: str,
    level: int,
    now: int,
    orders: Mapping[Seat, Step],
    purse: dict[Seat, int],
    inputs: tuple[Input, ...],
) -> Iterator[Event]:
    cost = price(before.setting.board, now, level)
    poor = sorted(seat for seat in orders if purse[seat] < cost)
    if poor:
        for o in orders.values():
            yield _nothing(before, o, "P3", "not_paid", inputs, seat=poor[0], level=level)
        return
    for seat, o in orders.items():
        purse[seat] -= cost
        paid = Input("price", cost, "politics.prices (D)")
        text = say("politics.paid", pact=key, track=o.track, level=level, cost=cost)
        effects = (Add("nations", seat, "capital", -cost),) if cost else ()
        yield Event("P3", seat, o.id, text, (*inputs, paid), effects=effects, all_to=(seat,), order=o.id)
    yield _announce(before, key, level, now, inputs, "P2", "agreed")
    yield _announced(before, key, level)


def _cut(
    before: State, key: str, level: int, now: int, orders: Mapping[Seat, Step], inputs: tuple[Input, ...]
) -> Iterator[Event]:
    for seat, o in orders.items():
        what = "politics.cut" if o.level < now else "politics.they_cut"
        text = say(what, pact=key, track=o.track, level=level)
        yield Event("P4", seat, o.id, text, inputs, all_to=(seat,), order=o.id)
    yield _announce(before, key, level, now, inputs, "P4", "lowered")
    yield _announced(before, key, level)


def _announce(
    before: State, key: str, level: int, now: int, inputs: tuple[Input, ...], rule: str, what: str
) -> Event:
    """The change itself, as the partners learn of it."""
    pact = before.pacts[key]
    text = say(f"politics.{what}", pact=key, level=level, before=now)
    effects = (Put("pacts", key, "sensing", level),)
    return Event(rule, pact.owner, key, text, inputs, effects=effects, all_to=pact.owners)


def _announced(before: State, key: str, level: int) -> Event:
    pact = before.pacts[key]
    text = say("politics.announced", one=pact.owner, other=pact.partner, level=level)
    effects = (Put("pacts", key, "announced", level),)
    return Event("P5", pact.owner, key, text, effects=effects, all_to=("", *before.nations))


def _nothing(
    before: State,
    order: Step,
    rule: str,
    what: str,
    inputs: tuple[Input, ...],
    hints: tuple[tuple[Seat, Message], ...] = (),
    **values: Value,
) -> Event:
    text = say(f"politics.{what}", pact=order.subject, **values)
    return Event(rule, order.seat, order.id, text, inputs, all_to=(order.seat,), hints=hints, order=order.id)


PHASES: Mapping[str, Phase] = {"decide": decide}


# Computer players -----------------------------------------------------------------------------------------------


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """The best level that the purse can pay; who shuns risk stops where the network seldom fails."""
    if not sits(view.kind):
        return
    bold = temper.risk >= 40
    for key, pact in own_pacts(view):
        paid = [n for n in affordable(view, pact, view.own.capital) if n > pact.sensing]
        wise = [n for n in paid if bold or LEVELS[n].failure < FAILS_OFTEN]
        if wise:
            level = max(wise)
            cost = price(view.board, pact.sensing, level)
            why = say("politics.why_step", pact=key, level=level, cost=cost)
            yield Proposal(Step(view.seat, key, "sensing", level), 60 + temper.patience // 5, why, f"step.{key}")
