"""Searching for submarines: coverage, the seam between allies, barriers, and what comes of a boat that is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from game.core.events import Effect, Event, Input, Make, Roll
from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Contact, Counter, Pact, State
from game.core.odds import PPM, binomial
from game.core.odds_search import barrier, coverage, either, pooled_search, random_search
from game.core.orders import Book
from game.core.sea import zones_passed
from game.core.setting import Board
from game.core.supply import condition
from game.core.words import say
from rules.patrols.tables import (
    BARRIER,
    FOUND,
    HANDED_OVER,
    KILL,
    LOST_AT_SEAM,
    POOLED,
    QUIET,
    SEAMS,
    Found,
    Left,
    duties,
    seam,
)

Parts = Mapping[str, Mapping[str, Any]]


def sorties(board: Board, counter: Counter) -> int:
    """Sorties of a wing in a pulse, in thousandths: half a turn's, by the steps and the supply that are left."""
    formation = board.formation(counter)
    each = formation.figure("sorties") * 1000 * counter.steps // formation.steps
    return each // 2 * condition(board, counter).attack // 100


def swept(board: Board, counter: Counter, zone: PlaceId) -> int:
    """Coverage of `zone` by one wing in a pulse, in ppm (facts C4)."""
    f = board.formation(counter)
    area = board.theatre.sites[zone].area_kkm2
    figures = f.figure("sweep_width"), f.figure("search_speed"), f.figure("search_time")
    return coverage(*figures, sorties(board, counter), area)


def covers(board: Board, wings: Iterable[tuple[Counter, PlaceId]]) -> dict[PlaceId, dict[Seat, int]]:
    """Coverage by zone and nation of wings on patrol."""
    out: dict[PlaceId, dict[Seat, int]] = {}
    for counter, zone in wings:
        nations = out.setdefault(zone, {})
        nations[counter.owner] = nations.get(counter.owner, 0) + swept(board, counter, zone)
    return out


def chance(board: Board, pacts: Mapping[str, Pact], zone: PlaceId, cover: Mapping[Seat, int], level: int = -1) -> int:
    """S2, S3: the chance in ppm that searches of one side find a boat in `zone`; `level` in place of the pact's."""
    test = seam(pacts)
    apart = dict(cover)
    found = 0
    if test is not None and zone in board.design("patrols", "seams", SEAMS):
        pact, now = test
        level = now if level < 0 else level
        shares = [apart.pop(owner, 0) for owner in pact.owners]
        if level >= POOLED:
            found = pooled_search(sum(shares))
        else:
            # Each searches its own half, so its coverage there is double; a boat is in either half alike.
            halves = sum(random_search(2 * share) for share in shares) // 2
            found = halves * (PPM - LOST_AT_SEAM[level]) // PPM
    return either(found, random_search(sum(apart.values())))


def quiet(board: Board, boat: Counter) -> int:
    return int(board.design("patrols", "quiet", QUIET).get(board.formation(boat).symbol, PPM))


def gates(board: Board, parts: Parts, counters: Mapping[CounterId, Counter]) -> dict[PlaceId, list[Counter]]:
    """Counters that keep a barrier, by the strait they are in."""
    out: dict[PlaceId, list[Counter]] = {}
    for id, _ in duties(parts, "barrier"):
        counter = counters.get(id)
        if counter is not None and board.theatre.sites[counter.at].choke_km:
            out.setdefault(counter.at, []).append(counter)
    return out


def searches(state: State) -> dict[PlaceId, list[tuple[Seat, int]]]:
    """Coverage by zone, one entry a nation, of all wings on patrol."""
    found = [(id, duty) for id, duty in duties(state.parts, "patrol") if id in state.counters]
    wings = [(state.counters[id], duty.zone) for id, duty in found]
    return {zone: sorted(nations.items()) for zone, nations in covers(state.setting.board, wings).items()}


def search(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S1 to S5: every boat counter, against all who are hostile to it."""
    board = before.setting.board
    looking = searches(before)
    held = gates(board, before.parts, before.counters)
    left = Left(before)
    for id, boat in before.counters.items():
        if board.formation(boat).domain != "submarine":
            continue
        cover = {s: c for s, c in looking.get(boat.at, ()) if board.hostile(s, boat.owner)}
        base = chance(board, before.pacts, boat.at, cover) if cover else 0
        gate, keepers = _gate(before, held, id, boat)
        ppm = either(base, gate) * quiet(board, boat) // PPM
        if ppm:
            finders = _finders(before, id, boat.at, cover, {k.owner for k in keepers}, luck)
            yield from _hunted(before, id, boat, ppm, base, gate, finders, left, luck)


def _finders(
    before: State, id: CounterId, zone: PlaceId, cover: Mapping[Seat, int], keepers: set[Seat], luck: Luck
) -> dict[Seat, Seat]:
    """S5: who learns of a boat that is found, each with the nation whose search it was. At a seam below M2 it was in
    one half or the other; from M2 either party tells the other."""
    found = {seat: seat for seat in sorted({*cover, *keepers})}
    test = seam(before.pacts)
    if test is None:
        return found
    pact, level = test
    here = [s for s in pact.owners if s in found]
    if len(here) == 2 and level < HANDED_OVER and zone in before.setting.board.design("patrols", "seams", SEAMS):
        share = [cover.get(s, 0) for s in here]
        first = luck.pick(max(1, sum(share)), "S5", f"{id}.half") < share[0]
        del found[here[1] if first else here[0]]
    elif len(here) == 1 and level >= HANDED_OVER:
        found[next(s for s in pact.owners if s not in here)] = here[0]
    return found


def _gate(
    before: State, held: Mapping[PlaceId, list[Counter]], id: CounterId, boat: Counter
) -> tuple[int, list[Counter]]:
    """S4: the chance to be found at barriers where it is or came through in this pulse, and who keeps them."""
    board = before.setting.board
    total, keepers = 0, []
    for zone in (*zones_passed(before.parts, id), boat.at):
        mine = [k for k in held.get(zone, ()) if board.hostile(k.owner, boat.owner)]
        if mine:
            lines = sum(k.steps for k in mine)
            total = either(total, barrier(BARRIER[0], board.theatre.sites[zone].choke_km, *BARRIER[1:], lines))
            keepers += mine
    return total, keepers


def _hunted(
    before: State,
    id: CounterId,
    boat: Counter,
    ppm: int,
    base: int,
    gate: int,
    finders: Mapping[Seat, Seat],
    left: Left,
    luck: Luck,
) -> Iterator[Event]:
    """One draw for the boats found, one for those lost; contacts for who found them."""
    odds = binomial(boat.steps, ppm, "low")
    draw = luck.draw("S2", id)
    at = odds.index(draw)
    found = odds.outcomes[at]
    if not found:
        return
    kills = binomial(found, KILL, "low")
    second = luck.draw("S5", id)
    place = kills.index(second)
    lost = kills.outcomes[place]
    effects: list[Effect] = [Make(FOUND, id, Found("", found))]
    if lost:
        effects += [*left.take(id, lost), *left.tallies()]
    rolls = (
        Roll(f"S2|{id}", draw, str(found), odds.chance(at), odds.chance_up_to(at)),
        Roll(f"S5|{id}", second, str(lost), kills.chance(place), kills.chance_up_to(place)),
    )
    inputs = (
        Input("search", base, "facts C4"),
        Input("barrier", gate, "facts C4"),
        Input("chance", ppm, "facts C4, B2"),
        Input("boats", boat.steps, id),
        Input("kill", KILL, "patrols (D)"),
    )
    what = say("patrols.boats_lost", unit=id, place=boat.at, n=lost)
    if not lost:
        what = say("patrols.boats_hunted", unit=id, place=boat.at)
    wire = (("", say("patrols.wire_boat", place=boat.at)),) if lost else ()
    # How well they are searched for is the searchers' secret; its owner learns what came of it.
    yield Event("S5", boat.owner, id, what, inputs, rolls, tuple(effects), (), ((boat.owner, what), *wire))
    yield from _contacts(before, id, boat, found, lost, finders, luck)


def _contacts(
    before: State, id: CounterId, boat: Counter, found: int, lost: int, finders: Mapping[Seat, Seat], luck: Luck
) -> Iterator[Event]:
    """S5: a contact for each nation that learns of it."""
    for seat, source in sorted(finders.items()):
        if seat not in before.nations:
            continue
        key = f"{seat}.{luck.label('contact', seat, id)}"
        route = "own" if source == seat else "real_time"
        date = (before.hour, before.turn, before.pulse)
        now = Contact(seat, id, boat.owner, "submarine", boat.at, found, 3, *date, source, route)
        text = say("patrols.found", contact=key, place=boat.at, n=found, lost=lost)
        yield Event("S5", seat, f"{key}.boat", text, effects=(Make("contacts", key, now),), all_to=(seat,))
