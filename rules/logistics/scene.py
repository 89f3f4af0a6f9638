"""What the chapter reasons over: the truth for its phases, a seat's View and plan for its staff, in one form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from game.core.ids import CounterId, PlaceId, Seat, pair
from game.core.kept import kept
from game.core.model import Contact, Counter, Nation, Pact, Place, State, Stock
from game.core.orders import Book, Order
from game.core.setting import Board, TurnKind
from game.core.supply import SUPPLY, TEMPOS, Shipment, by_days, carried, condition, daily_use, shipments, surges
from game.core.view import View
from rules.logistics.tables import BRIDGE, LOAN, SHARED, STAFFS, Staff, Supply, Tempo

O = TypeVar("O", bound=Order)  # noqa: E741 - the field's own letter for an order type


@attrs.frozen(slots=True, eq=False)
class Scene:
    """Tables as somebody knows them, and the orders that count. `seats` are those whose amounts are known."""

    board: Board
    kind: TurnKind
    turn: int
    seats: tuple[Seat, ...]
    nations: Mapping[Seat, Nation]
    places: dict[PlaceId, Place]
    counters: Mapping[CounterId, Counter]
    stocks: Mapping[str, Stock]
    pacts: Mapping[str, Pact]
    contacts: Mapping[str, Contact]
    parts: Mapping[str, Mapping[str, Any]]
    orders: tuple[Order, ...] = ()

    def of(self, order: type[O], seat: Seat) -> Iterator[O]:
        for given in self.orders:
            if type(given) is order and given.seat == seat:
                yield given

    def level(self, one: Seat, other: Seat) -> int:
        """The logistics level between two nations, G0 to G3; -1 where they have no pact."""
        pact = self.pacts.get(pair(one, other))
        return -1 if pact is None else max(0, pact.logistics)


def of_state(before: State, book: Book) -> Scene:
    board = before.setting.board
    return Scene(
        board,
        before.kind,
        before.turn,
        tuple(before.nations),
        before.nations,
        before.places,
        before.counters,
        before.stocks,
        before.pacts,
        before.contacts,
        before.parts,
        tuple(book.orders.values()),
    )


def of_view(view: View, orders: tuple[Order, ...]) -> Scene:
    """As a seat knows things: its own amounts, and its partners' from G2."""
    known = [s for s in view.nations if s == view.seat or ((p := view.pact(s)) is not None and p.logistics >= SHARED)]
    return Scene(
        view.board,
        view.kind,
        view.turn,
        tuple(known),
        view.nations,
        view.places,
        view.counters,
        view.stocks,
        view.pacts,
        view.contacts,
        view.parts,
        orders,
    )


def runs(kind: TurnKind, phase: str) -> bool:
    """LG1: whether a turn of this kind has the chapter's phase."""
    name = f"logistics.{phase}"
    return name in kind.opening or name in kind.pulse or name in kind.closing


@kept(64)
def territory(places: dict[PlaceId, Place], board: Board, seat: Seat) -> frozenset[PlaceId]:
    """Land places that a nation's goods may use: its own, and those of nations that give it access."""
    owners = {seat, *board.access.get(seat, ())} - {""}
    return frozenset([p for p, row in places.items() if row.owner in owners])


def staff(scene: Scene, seat: Seat) -> Staff:
    """LG3: a nation's priorities, as ordered now or as they stand."""
    for order in scene.of(Supply, seat):
        return Staff(seat, order.first, order.second, order.third, order.routing)
    found: Staff | None = scene.parts.get(STAFFS, {}).get(seat)
    return Staff(seat) if found is None or not found.routing else found


def tempos(scene: Scene) -> dict[CounterId, int]:
    """LG11: percent of normal that counters are ordered to now; an order to one goes before an order to all."""
    given = {o.subject: o.pace for o in scene.orders if isinstance(o, Tempo)}
    if not given:
        return {}
    told = {id: given.get(id, given.get(c.owner, "")) for id, c in scene.counters.items()}
    return {id: ordered(scene.board, scene.counters[id], pace) for id, pace in told.items() if pace}


def ordered(board: Board, counter: Counter, pace: str) -> int:
    """LG11: percent of normal for a counter that is told so; a surge is for aircraft, others work as usual."""
    tempo = TEMPOS.get(pace, 100)
    return tempo if surges(board, counter) else min(100, tempo)


@attrs.frozen(slots=True)
class Need:
    """What one counter, or one consumer of the scenario's, takes at its place: all in hundredths of a point.

    `use` in this turn, `room` for more beyond that, `held` now. `day` is what a normal day takes.
    """

    id: str
    owner: Seat
    place: PlaceId
    held: int
    use: int
    full: int
    day: int
    stock: bool = False

    @property
    def wants(self) -> int:
        """So much, and it is full when the turn has gone by."""
        return max(0, self.full + self.use - self.held)


def needs(scene: Scene) -> list[Need]:
    """LG1: everything that uses supply, of the nations whose amounts are known."""
    board, hours, ordered = scene.board, scene.kind.hours, tempos(scene)
    carries = carried(board)
    out = []
    for id, counter in scene.counters.items():
        if counter.owner not in scene.seats or counter.supply < 0:
            continue
        day = daily_use(board, counter)
        if day:
            pace = min(ordered.get(id, counter.tempo), by_days(counter.supply, day).tempo)  # LG10, LG11
            use = -(-daily_use(board, counter, pace) * hours // 24)
            full = day * carries[counter.formation]
            out.append(Need(id, counter.owner, counter.at, counter.supply, use, full, day))
    for row in consumers(board):
        if row["owner"] in scene.seats:
            out.append(_consumer(scene, row))
    return out


def consumers(board: Board) -> tuple[Mapping[str, Any], ...]:
    return tuple(board.design("logistics", "consumers", ()))


def stock_key(owner: Seat, place: PlaceId, goods: str = SUPPLY) -> str:
    return f"{owner}.{place}.{goods}"


def _consumer(scene: Scene, row: Mapping[str, Any]) -> Need:
    key = stock_key(row["owner"], row["place"], row["name"])
    stock = scene.stocks.get(key)
    held = stock.amount if stock is not None else 0
    week = int(row["use"]) * 100
    use, day = week * scene.kind.hours // 168, max(1, week // 7)
    return Need(key, row["owner"], row["place"], max(0, held), use, int(row["hold"]) * 100, day, stock=True)


@kept(64)
def brought(scene: Scene) -> dict[str, tuple[Seat, PlaceId, str, int]]:
    """LG2: what sources bring this turn, by the key of the stock: (owner, place, goods, amount)."""
    out: dict[str, tuple[Seat, PlaceId, str, int]] = {}
    for row in scene.board.design("logistics", "sources", ()):
        goods = str(row.get("goods", SUPPLY))
        amount = int(row["amount"]) * (100 if goods == SUPPLY else 1) * scene.kind.hours // 168
        owner, place = str(row["owner"]), str(row["place"])
        before = out.get(key := stock_key(owner, place, goods))
        if amount and owner in scene.seats:
            out[key] = (owner, place, goods, amount + (before[3] if before else 0))
    return out


def supplies(scene: Scene) -> dict[Seat, dict[PlaceId, int]]:
    """Supply in stock by nation and place, with what sources bring this turn; unknown amounts are left out."""
    out: dict[Seat, dict[PlaceId, int]] = {seat: {} for seat in scene.seats}
    for stock in scene.stocks.values():
        if stock.commodity == SUPPLY and stock.amount > 0 and stock.owner in out:
            out[stock.owner][stock.place] = stock.amount
    for owner, place, goods, amount in brought(scene).values():
        if goods == SUPPLY:
            out[owner][place] = out[owner].get(place, 0) + amount
    return out


def fallen(board: Board, places: Mapping[PlaceId, Place], row: Shipment) -> bool:
    """LG8: whether a shipment comes to a place that a rival has come to hold."""
    place = places.get(row.to)
    return place is not None and bool(place.owner) and board.hostile(row.owner, place.owner)


def under_way(scene: Scene) -> dict[tuple[Seat, PlaceId], int]:
    """Supply on its way by owner and destination."""
    out: dict[tuple[Seat, PlaceId], int] = {}
    for row in shipments(scene.parts).values():
        if row.goods == SUPPLY and row.amount > 0:
            out[row.owner, row.to] = out.get((row.owner, row.to), 0) + row.amount
    return out


@kept(256)
def lift(scene: Scene, seat: Seat, by: str) -> int:
    """LG5: sealift or airlift of a nation this turn, in hundredths of a point."""
    board = scene.board
    figure, table = ("supply_lift", "sealift") if by == "sea" else ("airlift", "airlift")
    having = board.having(figure)
    steps = sum(
        [
            having[c.formation] * c.steps * condition(board, c).defense // 100
            for c in scene.counters.values()
            if c.owner == seat and c.formation in having
        ]
    )
    week = steps + int(board.design("logistics", table, {}).get(seat, 0))
    return week * 100 * scene.kind.hours // 168


def bridge_cap(scene: Scene, one: Seat, other: Seat) -> int:
    """Hundredths of a point that a bridge between allies carries in this turn at their level (facts A3)."""
    caps = scene.board.design("logistics", "bridge", BRIDGE)
    level = min(len(caps) - 1, max(0, scene.level(one, other)))
    return int(caps[level]) * 100 * scene.kind.hours // 168


def loan_points(board: Board) -> int:
    return int(board.design("logistics", "loan", LOAN))
