"""The opening: orders are taken, sources bring, goods leave (LG2 to LG7, LG11, LG13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from game.core.events import Add, Drop, Effect, Event, Input, Make, Put
from game.core.ids import PlaceId, Seat, first_free, pair
from game.core.luck import Luck
from game.core.model import State, Stock
from game.core.orders import Book, Order
from game.core.supply import CROSSINGS, REFITS, SHIPMENTS, SUPPLY, TEMPOS, Crossing, Refit, Shipment
from game.core.words import Message, say
from rules.logistics.dispatch import Dispatch, Sent, dispatch, legs
from rules.logistics.net import width
from rules.logistics.reload import may_reload
from rules.logistics.scene import Scene, brought, lift, of_state, ordered, stock_key
from rules.logistics.tables import BRIDGED, LIFTS, LOAN_CAPITAL, STAFFS, Allot, Loan, Reload, Staff, Supply, Tempo

O = TypeVar("O", bound=Order)  # noqa: E741 - the field's own letter for an order type


def route(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    scene = of_state(before, book)
    found = dispatch(scene)
    yield from _priorities(book)
    yield from _tempos(before, book)
    yield from _refits(before, book, scene)
    yield from _sources(before, scene)
    yield from _loans(before, book, found)
    yield from _shipments(before, scene, found)
    yield from _lifts(book, found)
    yield from _crossings(before, found)


def allies(before: State, seat: Seat) -> tuple[Seat, ...]:
    return tuple(s for s in before.nations if s != seat and before.setting.board.same_side(s, seat))


def _priorities(book: Book) -> Iterator[Event]:
    for order in book.of(Supply):
        row = Staff(order.seat, order.first, order.second, order.third, order.routing)
        text = say(
            "logistics.priorities", first=order.first, second=order.second, third=order.third, routing=order.routing
        )
        make = (Make(STAFFS, order.seat, row),)
        yield Event("LG3", order.seat, order.seat, text, effects=make, all_to=(order.seat,), order=order.id)


def _tempos(before: State, book: Book) -> Iterator[Event]:
    """LG11: an order to all leaves out whoever has an order of its own."""
    own = {order.subject for order in book.of(Tempo)}
    for order in book.of(Tempo):
        whole = order.subject == order.seat
        if whole:
            meant = [id for id, c in before.counters.items() if c.owner == order.seat and id not in own]
        else:
            counter = before.counters.get(order.subject)
            meant = [order.subject] if counter is not None and counter.owner == order.seat else []
        if not meant and not whole:
            text = say("logistics.gone", unit=order.subject)
            yield Event("LG11", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        text = say("logistics.pace_all" if whole else "logistics.pace", unit=order.subject, pace=order.pace)
        told = {id: ordered(before.setting.board, before.counters[id], order.pace) for id in meant}
        effects = tuple([Put("counters", id, "tempo", n) for id, n in told.items() if before.counters[id].tempo != n])
        inputs = (Input("tempo", TEMPOS[order.pace], "facts C3"),)
        yield Event("LG11", order.seat, order.id, text, inputs, (), effects, (order.seat,), order=order.id)


def _refits(before: State, book: Book, scene: Scene) -> Iterator[Event]:
    """LG13: who goes into port to reload. The order stays open until the turn closes."""
    for order in book.of(Reload):
        counter = before.counters.get(order.subject)
        if counter is None or counter.owner != order.seat or order.goods not in may_reload(scene, order.subject):
            text = say("logistics.no_reload_now", unit=order.subject)
            yield Event("LG13", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        row = Refit(order.seat, counter.at, order.goods, before.turn)
        text = say("logistics.refit", unit=order.subject, place=counter.at, goods=order.goods)
        make = (Make(REFITS, order.subject, row),)
        yield Event("LG13", order.seat, order.id, text, effects=make, all_to=(order.seat,))


def _sources(before: State, scene: Scene) -> Iterator[Event]:
    for key, (owner, place, goods, amount) in brought(scene).items():
        there = key in before.stocks
        row = Stock(owner, place, goods, amount)
        effect: Effect = Add("stocks", key, "amount", amount) if there else Make("stocks", key, row)
        text = say("logistics.source", place=place, amount=points(amount))
        if goods != SUPPLY:
            text = say("logistics.source_rounds", place=place, amount=amount, goods=goods)
        source = (Input("amount" if goods == SUPPLY else "new_rounds", amount, "logistics.sources (D)"),)
        yield Event("LG2", owner, key, text, source, effects=(effect,), all_to=(owner,))


def points(amount: int) -> str:
    """Hundredths of a point as a table prints them: "12.4"."""
    return f"{amount // 100}.{amount % 100 // 10}"


def _loans(before: State, book: Book, found: Dispatch) -> Iterator[Event]:
    for order in book.of(Loan):
        lent = sum(s.amount for s in found.sent if (s.giver, s.owner) == (order.seat, order.subject))
        effects: tuple[Effect, ...] = ()
        hints: tuple[tuple[Seat, Message], ...] = ()
        if order.seat in found.spent and lent:
            text = say("logistics.lent", seat=order.subject, amount=points(lent), cost=LOAN_CAPITAL)
            effects = (Add("nations", order.seat, "capital", -LOAN_CAPITAL),)
            hints = ((order.subject, say("logistics.lent_us", seat=order.seat, amount=points(lent))),)
        else:
            text = say("logistics.not_lent", seat=order.subject)
        inputs = (Input("amount", lent, order.id),)
        yield Event("LG7", order.seat, order.id, text, inputs, (), effects, (order.seat,), hints, order.id)


def _shipments(before: State, scene: Scene, found: Dispatch) -> Iterator[Event]:
    """LG6: one event for each nation that something is sent to, with everything that leaves for it."""
    taken: dict[str, object] = dict(before.table(SHIPMENTS))
    made: set[str] = set(before.stocks) | set(brought(scene))
    for owner in scene.seats:
        mine = [s for s in found.sent if s.owner == owner]
        short = found.lacking(owner)
        if not mine and not short:
            continue
        effects: list[Effect] = []
        inputs = []
        for sent in mine:
            effects += _leaves(before, sent, taken, made)
            inputs.append(Input("sent", sent.amount, way(sent.origin, sent.to, sent.lift)))
        inputs += _carried(scene, found, owner, mine)
        for cut in found.cuts.get(owner, ()):
            lane = scene.board.theatre.lanes.get(cut.ref)
            where = way(cut.start, lane.other(cut.start), "") if lane is not None else cut.ref
            inputs.append(Input(f"cut.{cut.kind}", cut.cap, "LG5" if cut.kind in LIFTS else f"{where}, LG4"))
        total, lacks = sum(s.amount for s in mine), sum(short.values())
        text = say("logistics.sent", n=len(mine), amount=points(total), short=points(lacks) if lacks else "")
        hints = tuple((s, _ally_hint(owner, mine)) for s in allies(before, owner)) if mine else ()
        yield Event("LG6", owner, owner, text, tuple(inputs), (), tuple(effects), (owner,), hints)
    yield from _given(found)


def way(origin: PlaceId, to: PlaceId, lift: str) -> str:
    """As a source of an input: "KBUS > KKUN by rail"."""
    return f"{origin} > {to} by {lift}" if lift else f"{origin} > {to}"


def _carried(scene: Scene, found: Dispatch, owner: Seat, mine: list[Sent]) -> Iterator[Input]:
    """What goes over each lane that has a width, and what of a nation's lift is used, by whomever, beside what they
    can carry (LG4, LG5)."""
    lanes, loads = scene.board.theatre.lanes, dict[tuple[str, str], int]()
    for sent in mine:
        for id, start in legs(lanes, sent):
            loads[id, start] = loads.get((id, start), 0) + sent.amount
    for (id, start), n in sorted(loads.items()):
        cap = width(scene, lanes[id])
        if cap is not None:
            yield Input("load", n, f"{start} > {lanes[id].other(start)}, {points(cap)} a turn, facts A3")
    for by in LIFTS:
        own = f"{by}lift:{owner}"
        used = sum(n for id, n in found.loads.items() if id == own or id.startswith(f"{own}:"))
        if used:
            what = f"of {points(lift(scene, owner, by))} a turn, LG5"
            yield Input("sealift_used" if by == "sea" else "airlift_used", used, what)


def _ally_hint(owner: Seat, mine: list[Sent]) -> Message:
    return say("logistics.ally_sends", seat=owner, n=len(mine))


def _leaves(before: State, sent: Sent, taken: dict[str, object], made: set[str]) -> Iterator[Effect]:
    yield Add("stocks", stock_key(sent.giver, sent.origin), "amount", -sent.amount)
    if not sent.lanes:
        key = stock_key(sent.owner, sent.to)
        if key in made:
            yield Add("stocks", key, "amount", sent.amount)
        else:
            made.add(key)
            yield Make("stocks", key, Stock(sent.owner, sent.to, SUPPLY, sent.amount))
        return
    key = first_free(f"{sent.owner}.{sent.origin}>{sent.to}.{SUPPLY}.{before.turn}", taken)
    row = Shipment(
        sent.owner,
        sent.origin,
        sent.to,
        SUPPLY,
        sent.lift,
        sent.amount,
        sent.amount,
        sent.lanes,
        before.turn + sent.turns,
    )
    taken[key] = row
    yield Make(SHIPMENTS, key, row)


def _given(found: Dispatch) -> Iterator[Event]:
    """LG7: what went to a partner, as the giver is told. What it takes stands in the taker's event."""
    pairs: dict[tuple[Seat, Seat], int] = {}
    for sent in found.sent:
        if sent.giver != sent.owner and sent.giver not in found.spent:
            pairs[sent.giver, sent.owner] = pairs.get((sent.giver, sent.owner), 0) + sent.amount
    for (giver, taker), n in pairs.items():
        text = say("logistics.given", seat=taker, amount=points(n))
        hints = ((taker, say("logistics.given_us", seat=giver, amount=points(n))),)
        yield Event("LG7", giver, f"{giver}>{taker}", text, (Input("amount", n, taker),), (), (), (giver,), hints)


def _lifts(book: Book, found: Dispatch) -> Iterator[Event]:
    for order in book.of(Allot):
        used = found.loads.get(f"{order.by}lift:{order.seat}:{order.subject}", 0)
        text = say("logistics.lift_used", place=order.subject, by=order.by, share=order.share, amount=points(used))
        inputs = (Input("amount", used, order.id),)
        yield Event("LG5", order.seat, order.id, text, inputs, all_to=(order.seat,), order=order.id)


def _crossings(before: State, found: Dispatch) -> Iterator[Event]:
    """Everybody sees ferries run between allies; where they run under an agreement of the two, rivals weigh their
    ends the more (facts C8, LOG)."""
    lanes, sites = before.setting.board.theatre.lanes, before.setting.board.theatre.sites
    was = before.table(CROSSINGS)
    now: dict[str, int] = {}
    for id, n in found.loads.items():
        lane = lanes.get(id.partition(">")[0])
        if lane is not None and lane.owner_rule and n:
            now[lane.id] = now.get(lane.id, 0) + n
    for id in sorted({*was, *now}):
        start, end = lanes[id].a, lanes[id].b
        pact = before.pacts.get(pair(sites[start].owner, sites[end].owner))
        agreed = pact is not None and pact.logistics >= BRIDGED
        if id in now:
            effects: tuple[Effect, ...] = (Make(CROSSINGS, id, Crossing("", now[id], agreed)),)
            text = say("logistics.crossing", start=start, end=end, agreed=agreed)
        else:
            effects, text = (Drop(CROSSINGS, id),), say("logistics.no_crossing", start=start, end=end)
        known = id in was and id in now and was[id].agreed == agreed
        told = () if known else ("", *before.nations)
        yield Event("LG7", "", id, text, effects=effects, all_to=told)
