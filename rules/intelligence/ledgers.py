"""What a staff keeps of its eyes: what each sensing level adds to its own screen, and where launchers were seen."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import PlaceId, Seat, date
from game.core.kept import kept
from game.core.model import Counter
from game.core.orders import Plan
from game.core.reach import sees
from game.core.sensing import PASSING, blinded, front_pact, radar_sight
from game.core.setting import Board
from game.core.staff import Entry, Ledger
from game.core.view import View
from game.core.words import say
from rules.intelligence.warning import active


def ledgers(view: View, plan: Plan) -> Iterator[Ledger]:
    found = front_pact(view.pacts, view.seat)
    if found is not None:
        key, pact = found
        partner = next((s for s in pact.owners if s != view.seat), "")
        if partner and view.board.same_side(view.seat, partner):
            yield _sources(view, key, partner, 0 if pact.outage else max(0, pact.sensing))
    launchers = active(view.contacts.values(), view.hour)
    if launchers:
        yield _launchers(view, launchers)


def _sources(view: View, key: str, partner: Seat, now: int) -> Ledger:
    """A line a level: how it comes, how late, how good, and how many places the partner's eyes add to one's own."""
    blind = blinded(view.board, {p: row.radar for p, row in view.places.items() if row.radar > 0})
    shut = [id for id, c in view.counters.items() if not sees(view.board, view.places, view.parts, id, c)]
    own = sighted(view.counters, view.board, view.seat, blind, frozenset(shut))
    added = len(sighted(view.counters, view.board, partner, blind, frozenset(shut)) - own)
    routes = [c.route for c in view.contacts.values()]
    rows = tuple(
        Entry(
            (
                say("intelligence.cell_level", level=level, now=int(level == now)),
                say("intelligence.cell_route", route=passing.route),
                say("intelligence.cell_delay", delay=passing.delay),
                say("intelligence.cell_quality", quality=passing.quality),
                added if passing.quality else 0,
                routes.count(passing.route),
            )
        )
        for level, passing in enumerate(PASSING)
    )
    columns = (
        say("intelligence.column_level"),
        say("intelligence.column_route"),
        say("intelligence.column_delay"),
        say("intelligence.column_quality"),
        say("intelligence.column_added"),
        say("intelligence.column_held"),
    )
    note = say("intelligence.own_places", n=len(own), held=routes.count("own"))
    return Ledger("intelligence.sources", say("intelligence.ledger_sources", pact=key), columns, rows, note)


@kept(64)
def sighted(
    counters: dict[str, Counter], board: Board, seat: Seat, blind: frozenset[PlaceId], idle: frozenset[str]
) -> frozenset[PlaceId]:
    """Places and zones that sensors of `seat` look at: its counters', without those `idle`, and its fixed radars'."""
    ranges = board.having("sensor_range")
    found = set(radar_sight(board, seat, blind))
    for id, counter in counters.items():
        km = ranges.get(counter.formation)
        if km and counter.owner == seat and id not in idle:
            found.update(board.theatre.within(counter.at, km))
    return frozenset(found)


def _launchers(view: View, found: dict[PlaceId, int]) -> Ledger:
    rows = []
    for place, n in found.items():
        newest = max((c for c in view.contacts.values() if c.at == place), key=lambda c: c.hour)
        cells = (say("intelligence.cell_place", place=place), n, date(newest.turn, newest.pulse))
        rows.append(Entry(cells, place))
    columns = (
        say("intelligence.column_place"),
        say("intelligence.column_launchers"),
        say("intelligence.column_seen"),
    )
    return Ledger("intelligence.launchers", say("intelligence.ledger_launchers"), columns, tuple(rows))
