"""Who holds the sea, which merchants sail, and incidents at disputed islands (S12 to S15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from game.core.events import Add, Drop, Effect, Event, Input, Make, Put, Roll
from game.core.ids import PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Counter, State
from game.core.odds_search import willingness
from game.core.orders import Book
from game.core.sea import CONTROL, REPORTED, TRADE, Control, Trade, held_by_rivals
from game.core.setting import Board
from game.core.words import say
from rules.patrols.forms import ended
from rules.patrols.tables import (
    CALM,
    FEAR,
    INCIDENT,
    INCIDENT_COST,
    ISLANDS,
    ISLANDS_INCIDENT,
    MEMORY,
    ROUND,
    STALE,
    SUPERIOR,
    duties,
    routes,
    seam,
    tally,
)


def weights(
    board: Board, parts: Mapping[str, Mapping[str, Any]], counters: Mapping[str, Counter]
) -> dict[PlaceId, dict[str, int]]:
    """S14: weight by zone and coalition: missiles a pulse of the groups there, and a point a step on patrol."""
    out: dict[PlaceId, dict[str, int]] = {}
    sites = board.theatre.sites

    def add(zone: PlaceId, owner: str, n: int) -> None:
        side = board.coalition.get(owner, "")
        if side and n:
            held = out.setdefault(zone, {})
            held[side] = held.get(side, 0) + n

    for counter in counters.values():
        if sites[counter.at].sea and board.formation(counter).domain == "ship":
            add(counter.at, counter.owner, counter.steps * max(1, board.figure(counter, "antiship")))
    for id, duty in duties(parts, "patrol"):
        wing = counters.get(id)
        if wing is not None:
            add(duty.zone, wing.owner, wing.steps)
    return out


def holder_of(board: Board, weight: Mapping[str, int]) -> str:
    """The coalition that is superior to all others there together; "" for none."""
    total = sum(weight.values())
    for side, n in sorted(weight.items()):
        if n * 100 >= SUPERIOR * (total - n) and n > 0:
            return side
    return ""


def control(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S14: told to everybody where it changes; where nobody is, it stays as it was."""
    board = before.setting.board
    rows = before.table(CONTROL)
    for zone, weight in sorted(weights(board, before.parts, before.counters).items()):
        side = holder_of(board, weight)
        row = rows.get(zone)
        old = "" if row is None else row.side
        if side != old:
            effects = (Make(CONTROL, zone, Control("", side)),)
            what = "patrols.held" if side else "patrols.disputed"
            inputs = tuple(Input(f"{name}.weight", n, zone) for name, n in sorted(weight.items()))
            text = say(what, place=zone, side=side)
            # How strong each is there is for nobody to read: it would count groups and wings that nobody has seen.
            hints = tuple((seat, text) for seat in ("", *before.nations))
            yield Event("S14", "", zone, text, inputs, (), effects, (), hints)


# Merchants --------------------------------------------------------------------------------------------------------


def pressure(before: State, nation: str, zones: tuple[PlaceId, ...]) -> int:
    """S13: what inspection adds to the believed loss of a nation's route, less what coast guards take away; ppm."""
    board = before.setting.board
    total = 0
    for id, duty in [*duties(before.parts, "press"), *duties(before.parts, "calm")]:
        counter = before.counters.get(id)
        if counter is None or counter.at not in zones:
            continue
        points = board.figure(counter, "grey") * counter.steps
        if duty.what == "press" and board.hostile(counter.owner, nation):
            total += FEAR * points
        elif duty.what == "calm" and board.same_side(counter.owner, nation):
            total -= CALM * points
    return max(0, total)


def way(
    board: Board, parts: Mapping[str, Mapping[str, Any]], route: Mapping[str, Any]
) -> tuple[tuple[PlaceId, ...], int]:
    """The zones that a route goes by this turn, and its ships: the way round, where it has one and a rival holds a
    zone of the first way (S12)."""
    zones, ships = tuple(route["zones"]), int(route["ships"])
    around = tuple(route.get("around", ()))
    if around and not held_by_rivals(board, parts, route["nation"]).isdisjoint(zones):
        return around, ships * ROUND // 100
    return zones, ships


def sail(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S12, at the opening of a turn: as many merchants as are willing put to sea."""
    for id, route in routes(before.setting.board).items():
        row: Trade | None = before.table(TRADE).get(id)
        belief = int(route.get("belief", 0)) if row is None else row.belief
        ppm = willingness(belief)
        zones, ships = way(before.setting.board, before.parts, route)
        n = (ships * ppm + 500_000) // 1_000_000
        new = Trade(route["nation"], zones, n, n, belief)
        what = "patrols.sail" if zones == tuple(route["zones"]) else "patrols.sail_around"
        text = say(what, route=id, seat=route["nation"], n=n, of=ships, ppm=ppm)
        inputs = (Input("belief", belief, id), Input("willing", ppm, "facts C4"))
        effects = (Make(TRADE, id, new),)
        yield Event("S12", route["nation"], id, text, inputs, (), effects, ("", *before.nations))


def trade(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S12, S13 and S15 at the end of a turn; the laying of mines ends with it."""
    for id, row in before.table(TRADE).items():
        lost = row.sailed - row.afloat
        share = lost * 1_000_000 // row.sailed if row.sailed else row.belief
        fear = pressure(before, row.owner, row.zones)
        belief = min(1_000_000, (row.belief * MEMORY + share * (100 - MEMORY)) // 100 + fear)
        effects: list[Effect] = [
            Put(TRADE, id, "belief", belief),
            Put(TRADE, id, "afloat", 0),
            *tally(before, f"{row.owner}.cargo.delivered", row.owner, row.afloat),
            *tally(before, f"{row.owner}.cargo.lost", row.owner, lost),
        ]
        text = say("patrols.trade", route=id, seat=row.owner, n=row.afloat, lost=lost, ppm=belief)
        inputs = (
            Input("sailed", row.sailed, id),
            Input("ships_lost", lost, id),
            Input("fear", fear, "S13"),
            Input("believed", belief, "facts C4"),
        )
        yield Event("S12", row.owner, f"{id}.end", text, inputs, (), tuple(effects), ("", *before.nations))
    yield from _incident(before, luck)
    for zone, report in before.table(REPORTED).items():
        if before.turn - report.turn >= STALE:
            yield Event("S10", "", zone, say("patrols.no_more_mines", place=zone), effects=(Drop(REPORTED, zone),))
    for id, duty in duties(before.parts, "mine"):
        yield ended(id, duty)


def _incident(before: State, luck: Luck) -> Iterator[Event]:
    """S15: closer patrols meet more often at Dokdo/Takeshima; coast guards of two nations at Senkaku/Diaoyu."""
    if not before.setting.board.design("patrols", "incidents", True):
        return
    yield from _senkaku(before, luck)
    test = seam(before.pacts)
    if test is None:
        return
    pact, level = test
    ppm = INCIDENT[level]
    subject = pact.owner + pact.partner
    if not ppm or not luck.hit(ppm, "S15", subject):
        return
    effects = _resented(before, pact.owners)
    roll = Roll(f"S15|{subject}", luck.draw("S15", subject), "incident", ppm, ppm)
    text = say("patrols.incident", n=INCIDENT_COST)
    inputs = (Input("incident", ppm, f"facts C8, M{level}"),)
    yield Event("S15", pact.owner, "incident", text, inputs, (roll,), effects, ("", *before.nations))


def _resented(before: State, seats: Iterable[Seat]) -> tuple[Effect, ...]:
    """What an incident costs in support, in each of these nations."""
    known = ((seat, before.nations[seat].support) for seat in seats if seat in before.nations)
    return tuple(Add("nations", seat, "support", -min(INCIDENT_COST, held)) for seat, held in known)


def _senkaku(before: State, luck: Luck) -> Iterator[Event]:
    """S15: where coast guards of Japan and China are on duty around the islands, both publics take it ill."""
    found = [id for what in ("press", "calm") for id, _ in duties(before.parts, what)]
    there = {before.counters[id].owner for id in found if id in before.counters and before.counters[id].at == ISLANDS}
    if not there >= {"CN", "JP"} or not luck.hit(ISLANDS_INCIDENT, "S15", ISLANDS):
        return
    effects = _resented(before, ("CN", "JP"))
    roll = Roll(f"S15|{ISLANDS}", luck.draw("S15", ISLANDS), "incident", ISLANDS_INCIDENT, ISLANDS_INCIDENT)
    inputs = (Input("incident", ISLANDS_INCIDENT, "S15 (D)"),)
    text = say("patrols.incident_senkaku", n=INCIDENT_COST)
    yield Event("S15", "JP", "incident.senkaku", text, inputs, (roll,), effects, ("", *before.nations))
