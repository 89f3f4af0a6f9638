"""What the staff shows before sealing: arrivals and days, the bottleneck by name, loads on lanes, ledgers (LG6)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Input
from game.core.ids import PlaceId, Seat
from game.core.model import UNKNOWN
from game.core.orders import Plan
from game.core.staff import Entry, Forecast, Ledger, Trace
from game.core.supply import SHORT_UNDER, SUPPLY, condition
from game.core.view import View
from game.core.words import Message, say
from rules.logistics.dispatch import front_pair, legs
from rules.logistics.estimate import (
    Estimate,
    Named,
    at_place,
    bridges_used,
    by_level,
    estimate,
    named,
    pooled,
    wider,
    without_bridge,
)
from rules.logistics.issue import Issued, lasts
from rules.logistics.reload import magazine
from rules.logistics.route import points
from rules.logistics.scene import Scene

#: Destinations that a forecast lists; those in want first (D).
LISTED = 12


def days(hundredths: int) -> str:
    """Hundredths of a day as people read them: "7.4"."""
    return f"{hundredths // 100}.{hundredths % 100 // 10}"


def forecast(view: View, plan: Plan) -> Iterator[Forecast]:
    found = estimate(view, plan)
    if found is None or not found.issued:
        return
    parts = tuple(named(found.scene, found.cuts(view.seat)))
    places = sorted(at_place(found, view.seat).items(), key=lambda at: (min(r.days for r in at[1]), at[0]))
    late = () if found.flow.lacking(view.seat) else tuple(in_want(view, found))
    head = _head(found, view.seat, parts, late)
    moved = [(place, rows) for place, rows in places if _moves(rows)]
    steady = len(places) - len(moved)
    lines = (
        *(head, *(part.text for part in parts)),
        *(_line(found, view.seat, place, rows) for place, rows in moved[:LISTED]),
        *((say("logistics.steady", n=steady),) if steady else ()),
    )
    lacks = (head,) if head.id == "logistics.no_way" else ()
    yield Forecast(
        "LG6",
        "",
        places[0][0],
        say("logistics.forecast"),
        lines,
        (),
        0,
        (),
        0,
        tuple(Input("amount", n, place) for (seat, place), n in found.came.items() if seat == view.seat),
        _assumed(found.scene, view),
        tuple(sorted({lane for part in parts for lane in part.lanes})),
        tuple(part.text for part in parts) or tuple(say("logistics.cell_place", place=p) for p in late) or lacks,
    )


def _head(found: Estimate, seat: Seat, parts: tuple[Named, ...], late: tuple[PlaceId, ...]) -> Message:
    """What can't be sent, and which bridge between allies is not to blame: one in use that no minimum cut holds.
    `late`: where all that is wanted is sent, and somebody runs short before it comes."""
    lack = sum(found.flow.lacking(seat).values())
    if not lack:
        return say("logistics.late", n=len(late)) if late else say("logistics.all_met")
    if not parts:
        return say("logistics.no_way", amount=points(lack))
    binding = {lane for part in parts for lane in part.lanes}
    start, end = next((ends for id, ends in bridges_used(found, seat) if id not in binding), ("", ""))
    return say("logistics.lacks", amount=points(lack), start=start, end=end)


def _moves(rows: list[Issued]) -> bool:
    """Whether the days of the worst off at a place change, as they are told."""
    worst = min(rows, key=lambda r: (r.days, r.need.id))
    return days(worst.days) != days(worst.need.held * 100 // worst.need.day)


def _line(found: Estimate, seat: Seat, place: PlaceId, rows: list[Issued]) -> Message:
    worst = min(rows, key=lambda r: (r.days, r.need.id))
    came = found.came.get((seat, place), 0)
    before = worst.need.held * 100 // worst.need.day
    return say(
        "logistics.at_place",
        place=place,
        amount=points(came),
        unit=_name(worst),
        days=days(worst.days),
        was=days(before),
    )


def _name(row: Issued) -> str:
    """A counter's token; a consumer's own name."""
    return row.need.id.split(".", 2)[2] if row.need.stock else f"[u:{row.need.id}]"


def _assumed(scene: Scene, view: View) -> tuple[str, ...]:
    """Allies whose stocks and needs are not known, and so count for nothing here."""
    side = view.board.same_side
    return tuple(s for s in view.nations if s not in scene.seats and side(s, view.seat))


def traces(view: View, plan: Plan) -> Iterator[Trace]:
    found = estimate(view, plan)
    if found is None:
        return
    hours, lanes = found.scene.kind.hours, view.board.theatre.lanes
    loads: dict[tuple[str, PlaceId], int] = {}
    for sent in found.flow.sent:
        if view.seat not in (sent.owner, sent.giver):
            continue
        for leg in legs(lanes, sent):
            loads[leg] = loads.get(leg, 0) + sent.amount
    cut = {lane for part in named(found.scene, found.cuts(view.seat)) for lane in part.lanes}
    for (id, start), n in sorted(loads.items()):
        cap = lanes[id].cap
        label = say("logistics.load", start=start, end=lanes[id].other(start), amount=points(n))
        yield Trace("supply", id, start, n * 24 // hours, UNKNOWN if cap is None else cap, id in cut, label)
    for id in sorted(cut - {id for id, _ in loads}):
        lane = lanes[id]
        label = say("logistics.load", start=lane.a, end=lane.b, amount=points(0))
        yield Trace("supply", id, lane.a, 0, UNKNOWN if lane.cap is None else lane.cap, True, label)


# Ledgers --------------------------------------------------------------------------------------------------------


def ledgers(view: View, plan: Plan) -> Iterator[Ledger]:
    found = estimate(view, plan)
    if found is None:
        return
    yield _days(view, found)
    yield _stocks(view, found)
    yield _rounds(view, found)
    yield from _levels(view, found)


def _days(view: View, found: Estimate) -> Ledger:
    rows = []
    for row in sorted(found.issued.values(), key=lambda r: (r.days, r.need.id)):
        now = row.need.held * 100 // row.need.day
        out = lasts(row.after, row.need.day, 0)
        why = (say("logistics.why_days", use=points(row.used), got=points(row.got), full=points(row.need.full)),)
        cells = (say("logistics.cell_unit", unit=_name(row)), say("logistics.cell_place", place=row.need.place))
        source = row.need.place if row.need.stock else row.need.id
        rows.append(Entry((*cells, days(now), points(row.got), days(out)), source, out < SHORT_UNDER, why))
    columns = (
        say("logistics.col_unit"),
        say("logistics.col_place"),
        say("logistics.col_days"),
        say("logistics.col_gets"),
        say("logistics.col_after"),
    )
    return Ledger("logistics.days", say("logistics.board_days"), columns, tuple(rows), say("logistics.note_days"))


def _stocks(view: View, found: Estimate) -> Ledger:
    rows = []
    for stock in view.stocks.values():
        if stock.amount < 0 or stock.owner not in found.scene.seats:
            continue
        amount: str | int = stock.amount
        if stock.commodity not in view.board.munitions and stock.commodity != "antiship":
            amount = points(stock.amount)
        whose = say("logistics.cell_seat", seat=stock.owner)
        what = say("logistics.goods_supply") if stock.commodity == SUPPLY else _goods(view, stock.commodity)
        rows.append(Entry((say("logistics.cell_place", place=stock.place), whose, what, amount), stock.place))
    columns = (
        say("logistics.col_place"),
        say("logistics.col_whose"),
        say("logistics.col_goods"),
        say("logistics.col_amount"),
    )
    return Ledger("logistics.stocks", say("logistics.board_stocks"), columns, tuple(rows))


def _goods(view: View, id: str) -> Message:
    found = view.board.munitions.get(id)
    return say("logistics.cell", what=found.name) if found is not None else say("logistics.cell_goods", goods=id)


def _rounds(view: View, found: Estimate) -> Ledger:
    """Interceptors and missiles left: in the launchers, room for more, and in stock, by munition; own and shared."""
    held: dict[str, list[int]] = {}
    for counter in view.mine.values():
        for goods, (field, full) in magazine(view.board, counter).items():
            line = held.setdefault(goods, [0, 0])
            line[0] += getattr(counter, field)
            line[1] += full
    rows = []
    seats = pooled(found.scene, view.seat)
    for goods, (have, full) in sorted(held.items()):
        own = _in_stock(view, (view.seat,), goods)
        shared = _in_stock(view, seats, goods) - own
        rows.append(Entry((_goods(view, goods), have, full, own, shared), "", 2 * have < full))
    columns = (
        say("logistics.col_goods"),
        say("logistics.col_have"),
        say("logistics.col_full"),
        say("logistics.col_stock"),
        say("logistics.col_shared"),
    )
    return Ledger("logistics.rounds", say("logistics.board_rounds"), columns, tuple(rows))


def _in_stock(view: View, seats: tuple[Seat, ...], goods: str) -> int:
    return sum(max(0, s.amount) for s in view.stocks.values() if s.owner in seats and s.commodity == goods)


def _levels(view: View, found: Estimate) -> Iterator[Ledger]:
    """What each level of the pact under test would change here, and what the bridge and the bottleneck are worth."""
    front = front_pair(found.scene, view.seat)
    if front is None:
        return
    now = found.scene.level(view.seat, front[1])
    table = by_level(found, view.seat)
    have = dict(table)[now]
    rows = []
    for level, n in table:
        what = say("logistics.level_now", level=level) if level == now else say("logistics.level", level=level)
        rows.append(Entry((what, points(n), _signed(n - have))))
    bridge = without_bridge(found, found.scene.seats)
    if bridge is not None:
        rows.append(Entry((say("logistics.bridge_worth"), "", _signed(bridge))))
    for part in named(found.scene, found.cuts(view.seat)):
        rows.append(_wider(found, view.seat, part))
    columns = (say("logistics.col_level"), say("logistics.col_sent"), say("logistics.col_change"))
    note = say("logistics.note_levels", seat=front[1]) if front[1] not in found.scene.seats else None
    title = say("logistics.board_levels", seat=front[1])
    yield Ledger("logistics.levels", title, columns, tuple(rows), note)


def _wider(found: Estimate, seat: Seat, part: Named) -> Entry:
    return Entry((part.text, "", _signed(wider(found, seat, part))), part.source)


def _signed(n: int) -> str:
    return f"+{points(n)}" if n > 0 else f"-{points(-n)}" if n < 0 else "0"


def in_want(view: View, found: Estimate) -> list[PlaceId]:
    """Destinations whose worst off will be short when the turn closes, worst first."""
    worst = {p: min(r.days for r in rows) for p, rows in at_place(found, view.seat).items()}
    return sorted((p for p, n in worst.items() if n < SHORT_UNDER), key=lambda p: (worst[p], p))


def unsupplied(view: View) -> list[str]:
    """Own counters that are short or out of supply now."""
    return [id for id, c in view.mine.items() if condition(view.board, c).name != "full"]
