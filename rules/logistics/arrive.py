"""The closing: goods arrive, are issued and used, and what is short is short (LG8 to LG10)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Drop, Effect, Event, Input, Make
from game.core.ids import PlaceId, Seat
from game.core.luck import Luck
from game.core.model import State, Stock, changed
from game.core.orders import Book
from game.core.supply import SHIPMENTS, SUPPLY, Shipment, condition, shipments
from game.core.words import Message, say
from rules.logistics.issue import Issued, Places, issue
from rules.logistics.route import points, way
from rules.logistics.routes import arrived
from rules.logistics.scene import fallen, needs, of_state, stock_key


def arrive(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    scene = of_state(before, book)
    due = {k: row for k, row in shipments(before.parts).items() if row.due <= before.turn}
    landed = {k: ashore(before, row) for k, row in due.items()}
    came: Places = {}
    for key, row in due.items():
        at = (row.owner, row.to)
        came[at] = came.get(at, 0) + landed[key]
    on_hand = dict(came)
    for stock in before.stocks.values():
        if stock.commodity == SUPPLY and stock.amount > 0:
            at = (stock.owner, stock.place)
            on_hand[at] = on_hand.get(at, 0) + stock.amount
    theatre = before.setting.board.theatre
    issued, left = issue(theatre, needs(scene), on_hand)
    back = _taken_back(before, due, came, left)
    for seat in before.nations:
        yield from _landed(before, seat, due, landed)
        yield from _used(before, seat, issued, left, back)
    yield from _conditions(before, issued)


def ashore(before: State, row: Shipment) -> int:
    """LG8: what is left of a shipment after the losses of its lanes; nothing where a rival holds the place by now."""
    board = before.setting.board
    if fallen(board, before.places, row):
        return 0
    return arrived(row.amount, [board.theatre.lanes[id].loss_ppm for id in row.lanes if id in board.theatre.lanes])


def _taken_back(before: State, due: dict[str, Shipment], came: Places, left: Places) -> Places:
    """LG9: what oilers bring to a zone and nobody takes goes back to where it came from; by owner and origin."""
    out: Places = {}
    sites = before.setting.board.theatre.sites
    for at in came:
        if sites[at[1]].sea and left.get(at):
            row = next(r for r in due.values() if (r.owner, r.to) == at)
            home = (row.owner, row.origin)
            out[home] = out.get(home, 0) + left.pop(at)
            left[at] = 0
    return out


def _landed(before: State, seat: Seat, due: dict[str, Shipment], landed: dict[str, int]) -> Iterator[Event]:
    mine = {k: row for k, row in due.items() if row.owner == seat}
    if not mine:
        return
    got, sent = sum(landed[k] for k in mine), sum(row.sent for row in mine.values())
    inputs = tuple([given for k, row in mine.items() for given in _way(before, row, landed[k])])
    effects = tuple(Drop(SHIPMENTS, k) for k in mine)
    lost = sent - got
    text = say("logistics.arrived", amount=points(got), lost=points(lost) if lost else "")
    yield Event("LG8", seat, seat, text, inputs, effects=effects, all_to=(seat,))


def _way(before: State, row: Shipment, landed: int) -> Iterator[Input]:
    """What of a shipment arrives, what was taken on the way, and what its lanes lose of the rest (LG8)."""
    yield Input("landed", landed, way(row.origin, row.to, row.lift))
    if row.sent > row.amount:
        yield Input("taken", row.sent - row.amount, f"{row.origin} > {row.to}, of {points(row.sent)}")
    if fallen(before.setting.board, before.places, row):
        yield Input("fallen", row.amount, row.to)
        return
    lanes = before.setting.board.theatre.lanes
    for lane in (lanes[id] for id in row.lanes if id in lanes):
        if lane.loss_ppm:
            yield Input("lane_loss", lane.loss_ppm, f"{lane.a} - {lane.b}, facts A3, C3")


def _used(before: State, seat: Seat, issued: list[Issued], left: Places, back: Places) -> Iterator[Event]:
    """LG9: what was taken out of stock and used, and the stocks as they stand then."""
    effects: list[Effect] = []
    rest = {at[1]: n for at, n in left.items() if at[0] == seat}
    for (owner, place), n in back.items():
        if owner == seat:
            key = stock_key(seat, place)
            there = before.stocks[key].amount if key in before.stocks else 0
            rest[place] = rest.get(place, there) + n
    for place, n in rest.items():
        effects += _stock(before, seat, place, SUPPLY, n)
    used = 0
    for row in issued:
        if row.need.owner != seat:
            continue
        used += row.used
        delta = row.after - row.need.held
        if row.need.stock:
            owner, place, name = row.need.id.split(".", 2)
            effects += _stock(before, owner, place, name, row.after)
        elif delta:
            effects.append(Add("counters", row.need.id, "supply", delta))
    if used or effects:
        text = say("logistics.used", amount=points(used), left=points(sum(rest.values())))
        yield Event("LG9", seat, seat, text, (Input("used", used, "LG1"),), effects=tuple(effects), all_to=(seat,))


def _stock(before: State, owner: Seat, place: PlaceId, goods: str, amount: int) -> Iterator[Effect]:
    key = stock_key(owner, place, goods)
    row = before.stocks.get(key)
    if row is None and amount:
        yield Make("stocks", key, Stock(owner, place, goods, amount))
    elif row is not None and amount != row.amount:
        yield Add("stocks", key, "amount", amount - row.amount)


def _conditions(before: State, issued: list[Issued]) -> Iterator[Event]:
    """LG10: who comes to be short, out of supply, or well supplied again."""
    board = before.setting.board
    for row in issued:
        if row.need.stock:
            continue
        counter = before.counters[row.need.id]
        now = condition(board, changed(counter, {"supply": row.after}))
        if now.name != condition(board, counter).name:
            text = _condition(now.name, row)
            inputs = (Input("days", row.days, "facts C3"),)
            yield Event("LG10", row.need.owner, row.need.id, text, inputs, all_to=(row.need.owner,))


def _condition(name: str, row: Issued) -> Message:
    unit, place = row.need.id, row.need.place
    if name == "full":
        return say("logistics.supplied", unit=unit, place=place)
    if name == "short":
        return say("logistics.short", unit=unit, place=place)
    return say("logistics.out", unit=unit, place=place)
