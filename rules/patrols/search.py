"""Searching for submarines: coverage, the seam between allies, barriers, and what comes of a boat that is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from game.core.events import Effect, Event, Input, Make, Roll
from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Contact, Counter, Pact, Place, State
from game.core.odds import PPM, binomial
from game.core.odds_search import barrier, coverage, either, pooled_search, random_search
from game.core.orders import Book
from game.core.reach import grounded
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
    rolled,
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


#: Wings on patrol in a zone, by id.
Wings = Mapping[CounterId, Counter]


def flying(
    board: Board,
    places: Mapping[PlaceId, Place],
    counters: Mapping[CounterId, Counter],
    zones: Mapping[CounterId, PlaceId],
) -> dict[PlaceId, dict[CounterId, Counter]]:
    """The wings over each zone, of those that have one to search and whose runway is open (S1)."""
    out: dict[PlaceId, dict[CounterId, Counter]] = {}
    for id, zone in sorted(zones.items()):
        wing = counters.get(id)
        if wing is not None and not grounded(board, places, wing):
            out.setdefault(zone, {})[id] = wing
    return out


def covers(board: Board, zone: PlaceId, wings: Wings) -> dict[Seat, int]:
    """Coverage of a zone by nation."""
    out: dict[Seat, int] = {}
    for counter in wings.values():
        out[counter.owner] = out.get(counter.owner, 0) + swept(board, counter, zone)
    return dict(sorted(out.items()))


def sums(board: Board, zone: PlaceId, wings: Wings) -> Iterator[Input]:
    """What a coverage is made of, wing by wing."""
    if wings:
        yield Input("area", board.theatre.sites[zone].area_kkm2, zone)
    for id, counter in wings.items():
        yield Input(f"{id}.sorties", sorties(board, counter), "facts B2")
        yield Input(f"{id}.sweep_width", board.figure(counter, "sweep_width"), "facts B2")
        yield Input(f"{id}.search_speed", board.figure(counter, "search_speed"), "facts B2")
        yield Input(f"{id}.search_time", board.figure(counter, "search_time"), "facts B2")
        yield Input(f"{id}.coverage", swept(board, counter, zone), "facts C4")


def chance(board: Board, pacts: Mapping[str, Pact], zone: PlaceId, cover: Mapping[Seat, int], level: int = -1) -> int:
    """S2, S3: the chance in ppm that searches of one side find a boat in `zone`; `level` in place of the pact's."""
    joint, apart, _ = _split(board, pacts, zone, cover, level)
    return either(joint, random_search(apart))


def _split(
    board: Board, pacts: Mapping[str, Pact], zone: PlaceId, cover: Mapping[Seat, int], level: int
) -> tuple[int, int, int]:
    """The chance that the parties to the pact under test find a boat at their seam, the coverage that is not theirs,
    and their level; away from the seam all coverage is of the second kind and the level -1."""
    test = seam(pacts)
    if test is None or zone not in board.design("patrols", "seams", SEAMS):
        return 0, sum(cover.values()), -1
    pact, now = test
    level = now if level < 0 else level
    shares = [cover.get(owner, 0) for owner in pact.owners]
    apart = sum(cover.values()) - sum(shares)
    if level >= POOLED:
        return pooled_search(sum(shares)), apart, level
    # Each searches its own half, so its coverage there is double; a boat is in either half alike.
    halves = sum(random_search(2 * share) for share in shares) // 2
    return halves * (PPM - LOST_AT_SEAM[level]) // PPM, apart, level


def curve(board: Board, pacts: Mapping[str, Pact], zone: PlaceId, cover: Mapping[Seat, int]) -> Iterator[Input]:
    """By which law of search a coverage becomes a chance, as terms of a sum."""
    joint, apart, level = _split(board, pacts, zone, cover, -1)
    if level >= POOLED and joint:
        yield Input("pooled", joint, "facts C4, M3")
    elif joint:
        yield Input("lost_at_line", LOST_AT_SEAM[level], f"facts C4, M{level}")
        yield Input("halves", joint, "facts C4")
    if apart:
        yield Input("random", random_search(apart), "facts C4")


def quiet(board: Board, boat: Counter) -> int:
    return int(board.design("patrols", "quiet", QUIET).get(board.formation(boat).symbol, PPM))


def gates(
    board: Board, parts: Parts, counters: Mapping[CounterId, Counter]
) -> dict[PlaceId, dict[CounterId, Counter]]:
    """Counters that keep a barrier, by the strait they are in."""
    out: dict[PlaceId, dict[CounterId, Counter]] = {}
    for id, _ in duties(parts, "barrier"):
        counter = counters.get(id)
        if counter is not None and board.theatre.sites[counter.at].choke_km:
            out.setdefault(counter.at, {})[id] = counter
    return out


def searches(state: State) -> dict[PlaceId, dict[CounterId, Counter]]:
    """The wings on patrol by zone."""
    return flying(
        state.setting.board,
        state.places,
        state.counters,
        {id: duty.zone for id, duty in duties(state.parts, "patrol")},
    )


@attrs.frozen(slots=True)
class Net:
    """All that may find one counter's boats in a pulse: wings over their zone and who bars the straits on their way,
    with the chance of each in ppm. `ppm` is that of both, as quiet as the boats are."""

    wings: Wings
    cover: Mapping[Seat, int]
    base: int
    keepers: Wings
    gate: int
    quiet: int

    @property
    def ppm(self) -> int:
        return either(self.base, self.gate) * self.quiet // PPM


def search(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S1 to S5: every boat counter, against all who are hostile to it."""
    board = before.setting.board
    looking = searches(before)
    held = gates(board, before.parts, before.counters)
    left = Left(before)
    for id, boat in before.counters.items():
        if board.formation(boat).domain != "submarine":
            continue
        wings = {k: w for k, w in looking.get(boat.at, {}).items() if board.hostile(w.owner, boat.owner)}
        cover = covers(board, boat.at, wings)
        base = chance(board, before.pacts, boat.at, cover) if cover else 0
        keepers, gate = _gate(before, held, id, boat)
        net = Net(wings, cover, base, keepers, gate, quiet(board, boat))
        if net.ppm:
            yield from _hunted(before, id, boat, net, left, luck)


def _finders(before: State, id: CounterId, zone: PlaceId, net: Net, luck: Luck) -> dict[Seat, Seat]:
    """S5: who learns of a boat that is found, each with the nation whose search it was. At a seam below M2 it was in
    one half or the other; from M2 either party tells the other."""
    cover = net.cover
    found = {seat: seat for seat in sorted({*cover, *(k.owner for k in net.keepers.values())})}
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
    before: State, held: Mapping[PlaceId, Wings], id: CounterId, boat: Counter
) -> tuple[dict[CounterId, Counter], int]:
    """S4: who keeps barriers where a boat is or came through in this pulse, and the chance to be found there."""
    board = before.setting.board
    total = 0
    keepers: dict[CounterId, Counter] = {}
    for zone in (*zones_passed(before.parts, id), boat.at):
        mine = {k: c for k, c in held.get(zone, {}).items() if board.hostile(c.owner, boat.owner)}
        if mine:
            lines = sum(c.steps for c in mine.values())
            total = either(total, barrier(BARRIER[0], board.theatre.sites[zone].choke_km, *BARRIER[1:], lines))
            keepers |= mine
    return keepers, total


def _hunted(before: State, id: CounterId, boat: Counter, net: Net, left: Left, luck: Luck) -> Iterator[Event]:
    """One draw for the boats found, one for those lost; contacts for who found them."""
    odds, draw = binomial(boat.steps, net.ppm, "low"), luck.draw("S2", id)
    found = odds.read(draw)
    if not found:
        return
    kills, second = binomial(found, KILL, "low"), luck.draw("S5", id)
    lost = kills.read(second)
    effects: list[Effect] = [Make(FOUND, id, Found("", found))]
    if lost:
        effects += [*left.take(id, lost), *left.tallies()]
    killed = rolled("S5", id, kills, second)
    inputs = (
        *_found_by(before, boat.at, net),
        Input("quiet", net.quiet, "facts B2"),
        Input("find_boat", net.ppm, "S2"),
        Input("boats", boat.steps, id),
        Input("kill_boat", KILL, "patrols (D)"),
    )
    what = say("patrols.boats_lost", unit=id, place=boat.at, n=lost)
    if not lost:
        what = say("patrols.boats_hunted", unit=id, place=boat.at)
    wire = (("", say("patrols.wire_boat", place=boat.at)),) if lost else ()
    # How well they are searched for is the searchers' secret; its owner learns what came of it.
    rolls = (rolled("S2", id, odds, draw), killed)
    yield Event("S5", boat.owner, id, what, inputs, rolls, tuple(effects), (), ((boat.owner, what), *wire))
    yield from _contacts(before, id, boat, net, (found, lost), killed, luck)


def _found_by(before: State, zone: PlaceId, net: Net) -> Iterator[Input]:
    board = before.setting.board
    yield from sums(board, zone, net.wings)
    yield from curve(board, before.pacts, zone, net.cover)
    for id, keeper in net.keepers.items():
        yield Input(f"{id}.lines", keeper.steps, keeper.at)
    if net.gate:
        yield Input("barrier", net.gate, "facts C4")


def _contacts(
    before: State, id: CounterId, boat: Counter, net: Net, count: tuple[int, int], killed: Roll, luck: Luck
) -> Iterator[Event]:
    """S5: a contact for each nation that learns of it. It may open its own part of the search, and what came of the
    attack; how many boats there were, and how well others search, it does not know."""
    found, lost = count
    for seat, source in sorted(_finders(before, id, boat.at, net, luck).items()):
        if seat not in before.nations:
            continue
        key = f"{seat}.{luck.label('contact', seat, id)}"
        route = "own" if source == seat else "real_time"
        date = (before.hour, before.turn, before.pulse)
        now = Contact(seat, id, boat.owner, "submarine", boat.at, found, 3, *date, source, route)
        text = say("patrols.found", contact=key, place=boat.at, n=found, lost=lost)
        own = _own_part(before, boat.at, net, seat) if source == seat else ()
        inputs = (*own, Input("found", found, boat.at), Input("kill_boat", KILL, "patrols (D)"))
        roll = attrs.evolve(killed, key=f"S5|{key}")
        make = (Make("contacts", key, now),)
        yield Event("S5", seat, f"{key}.boat", text, inputs, (roll,), make, all_to=(seat,))


def _own_part(before: State, zone: PlaceId, net: Net, seat: Seat) -> tuple[Input, ...]:
    """What a nation put into a search: its wings, its barrier, and the chance by them alone."""
    wings = {id: w for id, w in net.wings.items() if w.owner == seat}
    keepers = {id: k for id, k in net.keepers.items() if k.owner == seat}
    cover = {s: c for s, c in net.cover.items() if s == seat}
    return tuple(_found_by(before, zone, attrs.evolve(net, wings=wings, cover=cover, keepers=keepers, gate=0)))
