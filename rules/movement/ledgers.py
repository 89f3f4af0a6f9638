"""What a staff keeps on forces under way, in a ledger and on the map: who, where to, and when they are there."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import CounterId, PlaceId
from game.core.orders import Plan
from game.core.reach import REFUELED, cargo
from game.core.staff import Entry, Ledger, Voyage
from game.core.view import View
from game.core.words import Message, say
from rules.movement.arrivals import date_in, dues, held_back, may_enter, pool
from rules.movement.transit import bound, pulses_left


def ledgers(view: View, plan: Plan) -> Iterator[Ledger]:
    rows = (*_ways(view), *_dues(view), *_pool(view), *_cargo(view), *_tankers(view))
    if rows:
        columns = (
            say("movement.column_unit"),
            say("movement.column_at"),
            say("movement.column_to"),
            say("movement.column_when"),
        )
        yield Ledger("movement.coming", say("movement.ledger_coming"), columns, rows)


def _entry(view: View, id: CounterId, to: PlaceId, when: Message, warn: bool = False) -> Entry:
    here = say("movement.cell_place", place=view.counters[id].at)
    return Entry((say("movement.cell_unit", unit=id), here, say("movement.cell_place", place=to), when), id, warn)


def _ways(view: View) -> Iterator[Entry]:
    for id, row in bound(view.parts).items():
        if id in view.mine:
            n = pulses_left(view, id, view.mine[id], row.to, row.gone)
            yield _entry(view, id, row.to, say("movement.in_pulses", n=n, when=date_in(view, n)), not n)


def _dues(view: View) -> Iterator[Entry]:
    for id, (to, when) in dues(view).items():
        if id in view.counters:
            yield _entry(view, id, to, say("movement.on_date", when=when))


def voyages(view: View) -> Iterator[Voyage]:
    """Own ships under way, and own and allied forces that are still to come."""
    for id, row in bound(view.parts).items():
        if id in view.mine:
            n = pulses_left(view, id, view.mine[id], row.to, row.gone)
            when = date_in(view, n)
            text = say("movement.voyage", unit=id, place=row.to, n=n, when=when)
            yield Voyage(id, view.mine[id].at, row.to, when, text)
    for id, (to, when) in dues(view).items():
        if id in view.counters:
            text = say("movement.due", unit=id, place=to, when=when)
            yield Voyage(id, view.counters[id].at, to, when, text)


def _pool(view: View) -> Iterator[Entry]:
    for id, (days, _) in pool(view.board).items():
        places = may_enter(view, id)
        if places and held_back(view, id, view.mine[id]):
            yield _entry(view, id, places[0], say("movement.if_called", days=days))


def _cargo(view: View) -> Iterator[Entry]:
    for id, row in cargo(view.parts).items():
        if id in view.mine:
            yield _entry(view, id, row.to, say("movement.aboard_of", other=row.by))


def _tankers(view: View) -> Iterator[Entry]:
    for id, row in view.parts.get(REFUELED, {}).items():
        if id in view.mine:
            yield _entry(view, id, view.mine[id].at, say("movement.tanked", other=row.by, km=row.km))
