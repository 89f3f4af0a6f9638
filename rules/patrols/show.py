"""What a staff shows of the sea: who holds it, where a boat would be found, mines of one's own, merchants."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Input
from game.core.ids import CounterId, PlaceId, Seat
from game.core.model import Counter
from game.core.odds_search import willingness
from game.core.orders import Plan
from game.core.sea import CONTROL, DUTIES, MINES, REPORTED, TRADE, Duty
from game.core.staff import Entry, Forecast, Ledger, Patch
from game.core.view import View
from game.core.words import Message, say
from rules.patrols.fears import fears
from rules.patrols.forms import plays
from rules.patrols.search import chance, covers, curve, flying, sums
from rules.patrols.tables import LOST_AT_SEAM, POOLED, SEAMS, Patrol, duties, routes, seam


def searched(view: View, plan: Plan) -> dict[PlaceId, dict[CounterId, Counter]]:
    """Wings over each zone under a plan: its own patrols, and duties that the seat knows of."""
    known = {id: duty.zone for id, duty in duties(view.parts, "patrol")}
    planned = {o.subject: o.zone for o in plan.orders if isinstance(o, Patrol)}
    return flying(view.board, view.places, view.counters, {**known, **planned})


def cover_of(view: View, plan: Plan) -> dict[PlaceId, dict[Seat, int]]:
    """Coverage by zone and nation under a plan."""
    return {zone: covers(view.board, zone, wings) for zone, wings in searched(view, plan).items()}


def patches(view: View, plan: Plan) -> Iterator[Patch]:
    if not plays(view.kind):
        return
    mine = view.board.coalition.get(view.seat, "")
    for zone, row in view.part(CONTROL).items():
        tone = "disputed" if not row.side else "own" if row.side == mine else "rival"
        label = (
            say("patrols.tip_held", place=zone, side=row.side)
            if row.side
            else say("patrols.tip_disputed", place=zone)
        )
        yield Patch("control", zone, tone, 1_000_000, "", label)
    for zone, cover in cover_of(view, plan).items():
        ppm = chance(view.board, view.pacts, zone, cover)
        label = say("patrols.tip_chance", place=zone, ppm=ppm)
        yield Patch("patrol", zone, "chance", ppm, f"{(ppm + 5_000) // 10_000} %", label)
    for zone, report in view.part(REPORTED).items():
        yield Patch(
            "patrol", zone, "mines", 1_000_000, "?", say("patrols.tip_reported", place=zone, turn=report.turn)
        )
    for field in view.part(MINES).values():
        label = say("patrols.tip_mines", place=field.zone, n=field.mines)
        yield Patch("patrol", field.zone, "mines", 1_000_000, str(field.mines), label)


def forecast(view: View, plan: Plan) -> Iterator[Forecast]:
    """A line for each zone that the plan searches: the chance to find a boat, and what a level more would change;
    then what may be lost on routes where boats are known."""
    cover = cover_of(view, plan)
    yield from _finds(view, plan, cover)
    if plays(view.kind):
        yield from fears(view, plan, cover)


def _finds(view: View, plan: Plan, cover: dict[PlaceId, dict[Seat, int]]) -> Iterator[Forecast]:
    wings = searched(view, plan)
    for order in plan.orders:
        if not isinstance(order, Patrol) or order.zone not in cover:
            continue
        ppm = chance(view.board, view.pacts, order.zone, cover[order.zone])
        lines = [say("patrols.forecast_chance", place=order.zone, ppm=ppm)]
        lines += [m for m in (_seam_line(view, order.zone, cover[order.zone]),) if m is not None]
        inputs = (
            *sums(view.board, order.zone, wings[order.zone]),
            *curve(view.board, view.pacts, order.zone, cover[order.zone]),
            Input("find_boat", ppm, "S2, S3"),
        )
        title = say("patrols.forecast", place=order.zone)
        yield Forecast("S2", order.subject, order.zone, title, tuple(lines), (), 0, (), 0, inputs)


def _seam_line(view: View, zone: PlaceId, cover: dict[Seat, int]) -> Message | None:
    test = seam(view.pacts)
    if test is None or test[1] >= POOLED or zone not in view.board.design("patrols", "seams", SEAMS):
        return None
    ppm = chance(view.board, view.pacts, zone, cover, POOLED)
    return say("patrols.at_level", level=POOLED, ppm=ppm)


def ledgers(view: View, plan: Plan) -> Iterator[Ledger]:
    if not plays(view.kind):
        return
    yield from _zones(view, plan)
    yield from _merchants(view)
    yield from _boats(view)


def _zones(view: View, plan: Plan) -> Iterator[Ledger]:
    """Every zone, those searched and held first: who holds it; where it is searched the chance to find a boat, now
    and at each patrols level."""
    cover, control = cover_of(view, plan), view.part(CONTROL)
    test = seam(view.pacts)
    ours = test is not None and view.seat in test[0].owners
    held_by = {zone: row.side for zone, row in control.items() if row.side}
    sites = view.board.theatre.sites
    zones = [id for id, site in sites.items() if site.sea]
    rows = []
    for zone in sorted(zones, key=lambda z: (z not in cover, z not in held_by, sites[z].name)):
        side = held_by.get(zone)
        nobody = say("patrols.cell_nobody" if control else "patrols.cell_unsettled")
        held = say("patrols.cell_held", side=side) if side else nobody
        levels = (-1, *range(len(LOST_AT_SEAM))) if ours else (-1,)
        found = (_found(view, zone, cover[zone], level) if zone in cover else "" for level in levels)
        rows.append(Entry((say("patrols.cell_zone", place=zone), held, *found), zone))
    columns = [say("patrols.column_zone"), say("patrols.column_held"), say("patrols.column_chance")]
    if ours:
        columns += [say("patrols.column_level", level=n) for n in range(len(LOST_AT_SEAM))]
    note = say("patrols.note_zones", pact="-".join(test[0].owners) if test is not None and ours else "")
    yield Ledger("patrols.zones", say("patrols.ledger_zones"), tuple(columns), tuple(rows), note)


def _found(view: View, zone: PlaceId, cover: dict[Seat, int], level: int) -> Message:
    return say("patrols.cell_chance", ppm=chance(view.board, view.pacts, zone, cover, level))


def _merchants(view: View) -> Iterator[Ledger]:
    known = routes(view.board)
    rows = tuple(
        Entry(
            (
                say("patrols.cell_route", route=id, seat=row.owner),
                row.sailed,
                row.afloat,
                say("patrols.cell_chance", ppm=row.belief),
                say("patrols.cell_chance", ppm=willingness(row.belief)),
            ),
            row.zones[0] if row.zones else "",
            row.belief > 150_000,
        )
        for id, row in view.part(TRADE).items()
        if id in known
    )
    if rows:
        columns = (
            say("patrols.column_route"),
            say("patrols.column_sailed"),
            say("patrols.column_afloat"),
            say("patrols.column_belief"),
            say("patrols.column_willing"),
        )
        yield Ledger("patrols.merchants", say("patrols.ledger_merchants"), columns, rows)


def _boats(view: View) -> Iterator[Ledger]:
    """Submarines left, where they lie and what they are there for."""
    tasks: dict[str, Duty] = {id: row for id, row in view.part(DUTIES).items() if id in view.mine}
    rows = tuple(
        Entry(
            (
                say("patrols.cell_unit", unit=id),
                say("patrols.cell_zone", place=c.at),
                c.steps,
                view.board.formation(c).steps,
                say("patrols.cell_duty", duty=tasks[id].what if id in tasks else "hold"),
            ),
            id,
        )
        for id, c in view.mine.items()
        if view.board.formation(c).domain == "submarine"
    )
    if rows:
        columns = (
            say("patrols.column_boats"),
            say("patrols.column_zone"),
            say("patrols.column_left"),
            say("patrols.column_of"),
            say("patrols.column_duty"),
        )
        yield Ledger("patrols.boats", say("patrols.ledger_boats"), columns, rows)
