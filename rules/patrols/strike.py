"""What is sunk at sea: submarines against convoys and forces, blockade, and mines (S6 to S11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from game.core.events import Add, Drop, Effect, Event, Input, Make
from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Counter, Pact, State
from game.core.odds import PPM, Odds, binomial
from game.core.odds_search import SINKS, escape, mined, sunk
from game.core.orders import Book
from game.core.sea import MINES, REPORTED, TRADE, Minefield, Reported, zones_passed
from game.core.setting import Board
from game.core.share import share
from game.core.supply import SHIPMENTS, Shipment, condition, shipments
from game.core.words import say
from rules.patrols.tables import (
    ESCORT,
    FOUND,
    HULL,
    LEAST_ATTACK,
    MINE_RISK,
    POOLED,
    STOPS,
    Left,
    duties,
    rolled,
    seam,
    tally,
)

Parts = Mapping[str, Mapping[str, Any]]
AFLOAT = ("ship", "support", "grey")


@attrs.frozen(slots=True)
class Traffic:
    """Ships of merchants and convoys of one nation in a zone: hulls by row, "trade" and "shipment" rows apart."""

    merchants: Mapping[str, int]
    convoys: Mapping[str, int]

    @property
    def ships(self) -> int:
        return sum(self.merchants.values()) + sum(self.convoys.values())


def zones_of(board: Board, lanes: tuple[str, ...]) -> frozenset[PlaceId]:
    """The sea zones that a way by lanes goes through."""
    sites, known = board.theatre.sites, board.theatre.lanes
    ends = (p for id in lanes if id in known for p in (known[id].a, known[id].b))
    return frozenset(p for p in ends if sites[p].sea)


def traffic(board: Board, parts: Parts) -> dict[PlaceId, dict[Seat, Traffic]]:
    """Merchants and convoys by zone and nation."""
    merchants: dict[tuple[PlaceId, Seat], dict[str, int]] = {}
    convoys: dict[tuple[PlaceId, Seat], dict[str, int]] = {}
    for id, row in parts.get(TRADE, {}).items():
        for zone in row.zones:
            if row.afloat:
                merchants.setdefault((zone, row.owner), {})[id] = row.afloat
    for id, going in shipments(parts).items():
        if going.lift == "sea":
            for zone in zones_of(board, going.lanes):
                convoys.setdefault((zone, going.owner), {})[id] = hulls(going)
    out: dict[PlaceId, dict[Seat, Traffic]] = {}
    for zone, nation in sorted({*merchants, *convoys}):
        one = Traffic(merchants.get((zone, nation), {}), convoys.get((zone, nation), {}))
        out.setdefault(zone, {})[nation] = one
    return out


def hulls(going: Shipment) -> int:
    return -(-going.amount // HULL)


def attack(board: Board, boat: Counter, escort: int) -> int:
    """S6: the chance in ppm that a boat which was not found attacks, against `escort` points."""
    left = max(LEAST_ATTACK, PPM - ESCORT * escort)
    return board.figure(boat, "attack") * left // PPM * condition(board, boat).attack // 100


def escorts(before: State, zone: PlaceId, foe: Seat, nation: Seat = "") -> int:
    """Points of escort in a zone against a foe's boats: all of them, or those that guard a nation's ships (S7)."""
    board = before.setting.board
    return sum(board.figure(c, "asw") * c.steps for c in _escorting(before, zone, foe, nation))


def _escorting(before: State, zone: PlaceId, foe: Seat, nation: Seat = "") -> Iterator[Counter]:
    board = before.setting.board
    for id, _ in duties(before.parts, "escort"):
        c = before.counters.get(id)
        against = c is not None and c.at == zone and board.hostile(c.owner, foe)
        if c is not None and against and (not nation or guards(board, before.pacts, c.owner, nation)):
            yield c


def guards(board: Board, pacts: Mapping[str, Pact], owner: Seat, nation: Seat) -> bool:
    """Whether a nation's escorts guard another's ships: its own, its friends', and those of its partner in the pact
    under test where patrols are one group (facts C8, MAR: escorts pooled)."""
    test = seam(pacts)
    if test is not None and owner != nation and {owner, nation} == set(test[0].owners):
        return test[1] >= POOLED
    return board.same_side(owner, nation)


class Sunk:
    """What this phase has already sunk of trade and shipments."""

    def __init__(self, before: State) -> None:
        self.before = before
        self.gone: dict[tuple[str, str], int] = {}

    def left(self, seen: Traffic) -> Traffic:
        return Traffic(
            {id: n - self.gone.get((TRADE, id), 0) for id, n in seen.merchants.items()},
            {id: n - self.gone.get((SHIPMENTS, id), 0) for id, n in seen.convoys.items()},
        )

    def take(self, seen: Traffic, n: int) -> list[Effect]:
        """Effects of sinking `n` ships, shared over all there by their number."""
        claims = {f"t:{id}": k for id, k in seen.merchants.items()} | {f"s:{id}": k for id, k in seen.convoys.items()}
        effects: list[Effect] = []
        for claim, k in share(n, {c: v * (n + 1) for c, v in claims.items()}).items():
            kind, _, id = claim.partition(":")
            k = min(k, claims[claim])
            if not k:
                continue
            table = TRADE if kind == "t" else SHIPMENTS
            before = self.gone.get((table, id), 0)
            self.gone[table, id] = before + k
            if kind == "t":
                effects.append(Add(TRADE, id, "afloat", -k))
            else:
                amount = self.before.table(SHIPMENTS)[id].amount
                effects.append(Add(SHIPMENTS, id, "amount", -(min(amount, HULL * (before + k)) - HULL * before)))
        return effects


def strike(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S6 and S8: boats on the hunt that were not found, then groups on blockade."""
    board = before.setting.board
    there = traffic(board, before.parts)
    gone, left = Sunk(before), Left(before)
    packs: dict[tuple[PlaceId, Seat, str], list[tuple[CounterId, Counter, int]]] = {}
    found = before.table(FOUND)
    for id, duty in duties(before.parts, "hunt"):
        boat = before.counters.get(id)
        hidden = 0 if boat is None else boat.steps - (found[id].boats if id in found else 0)
        if boat is not None and hidden > 0 and board.theatre.sites[boat.at].sea:
            prey = "forces" if duty.n else "convoys"
            packs.setdefault((boat.at, boat.owner, prey), []).append((id, boat, hidden))
    for (zone, seat, prey), boats in sorted(packs.items()):
        yield from (_convoys if prey == "convoys" else _forces)(before, zone, seat, boats, there, gone, left, luck)
    yield from _blockades(before, there, gone, luck)
    for id in found:
        yield Event("S5", "", f"{id}.over", say("patrols.quiet"), effects=(Drop(FOUND, id),))


Pack = list[tuple[CounterId, Counter, int]]


def _odds(
    before: State, zone: PlaceId, seat: Seat, boats: Pack, prey: Mapping[Seat, int]
) -> tuple[Odds[int], tuple[Input, ...]]:
    """Exact odds of what a pack sinks, of ships or steps by nation. Boats meet each nation's escort as often as they
    meet its ships."""
    board, ships = before.setting.board, sum(prey.values())
    points = {nation: escorts(before, zone, seat, nation) for nation in prey}
    escort = sum(points[nation] * n for nation, n in prey.items()) // ships
    groups = [(n, attack(board, boat, escort), board.figure(boat, "torpedoes")) for _, boat, n in boats]
    inputs = [Input("ships", ships, zone)]
    if len(prey) > 1:
        inputs += [Input(f"{nation}.escort", points[nation], zone) for nation in prey]
    inputs.append(Input("escort", escort, zone))
    for (id, boat, n), (_, ppm, torpedoes) in zip(boats, groups, strict=True):
        inputs += [
            Input(f"{id}.hidden", n, "S5"),
            Input(f"{id}.attack", board.figure(boat, "attack"), "facts B2"),
            Input(f"{id}.escorted", ppm, "S7"),
            Input(f"{id}.torpedoes", torpedoes, "facts B2"),
            Input(f"{id}.sinks", SINKS, "facts C4"),
        ]
    return sunk(groups, ships), tuple(inputs)


def _convoys(
    before: State,
    zone: PlaceId,
    seat: Seat,
    boats: Pack,
    there: Mapping[PlaceId, Mapping[Seat, Traffic]],
    gone: Sunk,
    left: Left,
    luck: Luck,
) -> Iterator[Event]:
    """Boats attack all hostile shipping in their zone as one, and what they sink is shared by number."""
    board = before.setting.board
    seen = {n: gone.left(t) for n, t in there.get(zone, {}).items() if board.hostile(seat, n)}
    ships = {nation: t.ships for nation, t in seen.items() if t.ships > 0}
    if not ships:
        return
    odds, inputs = _odds(before, zone, seat, boats, ships)
    draw = luck.draw("S6", f"{seat}.{zone}.convoys")
    n = odds.read(draw)
    if not n:
        return
    roll = rolled("S6", f"{seat}.{zone}.convoys", odds, draw)
    effects: list[Effect] = []
    hints = [(seat, say("patrols.we_sank", place=zone, n=n)), ("", say("patrols.wire_sunk", place=zone, n=n))]
    for nation, k in share(n, {s: v * (n + 1) for s, v in ships.items()}).items():
        k = min(k, ships[nation])
        if k:
            effects += gone.take(seen[nation], k)
            effects += tally(before, f"{nation}.ships.lost", nation, k)
            hints.append((nation, say("patrols.ships_sunk", place=zone, n=k)))
    effects += tally(before, f"{seat}.ships.sunk", seat, n)
    text = say("patrols.sunk", seat=seat, place=zone, n=n)
    yield Event("S6", seat, f"{seat}.{zone}.convoys", text, inputs, (roll,), tuple(effects), (), tuple(hints))


def _forces(
    before: State,
    zone: PlaceId,
    seat: Seat,
    boats: Pack,
    there: Mapping[PlaceId, Mapping[Seat, Traffic]],
    gone: Sunk,
    left: Left,
    luck: Luck,
) -> Iterator[Event]:
    """Boats attack the warships in their zone: each torpedo salvo that goes home costs a step."""
    board = before.setting.board
    prey = {
        id: left.steps[id]
        for id, c in before.counters.items()
        if c.at == zone and board.formation(c).domain in AFLOAT and board.hostile(seat, c.owner) and left.steps[id]
    }
    if not prey:
        return
    steps: dict[Seat, int] = {}
    for id, n in prey.items():
        steps[before.counters[id].owner] = steps.get(before.counters[id].owner, 0) + n
    odds, inputs = _odds(before, zone, seat, boats, steps)
    draw = luck.draw("S6", f"{seat}.{zone}.forces")
    n = odds.read(draw)
    if not n:
        return
    roll = rolled("S6", f"{seat}.{zone}.forces", odds, draw)
    effects: list[Effect] = []
    hints = [(seat, say("patrols.we_hit", place=zone, n=n)), ("", say("patrols.wire_hit", place=zone))]
    hit: dict[Seat, int] = {}
    for id, k in share(n, {c: v * (n + 1) for c, v in prey.items()}).items():
        k = min(k, prey[id])
        if k:
            effects += left.take(id, k)
            owner = before.counters[id].owner
            hit[owner] = hit.get(owner, 0) + k
    effects += left.tallies()
    hints += [(owner, say("patrols.warships_hit", place=zone, n=k)) for owner, k in hit.items()]
    text = say("patrols.torpedoed", seat=seat, place=zone, n=n)
    yield Event("S6", seat, f"{seat}.{zone}.forces", text, inputs, (roll,), tuple(effects), (), tuple(hints))


def _blockades(
    before: State, there: Mapping[PlaceId, Mapping[Seat, Traffic]], gone: Sunk, luck: Luck
) -> Iterator[Event]:
    """S8: each step stops a ship or not; escorts that guard the ships there are as many steps that do not."""
    board = before.setting.board
    for id, _ in duties(before.parts, "blockade"):
        group = before.counters.get(id)
        if group is None or not board.theatre.sites[group.at].sea:
            continue
        able = group.steps * condition(board, group).attack // 100
        seen = {
            n: t
            for n, t0 in there.get(group.at, {}).items()
            if board.hostile(group.owner, n) and (t := gone.left(t0)).ships
        }
        ships = {nation: t.ships for nation, t in seen.items()}
        free = able - _kept_off(before, group, ships)
        if free <= 0 or not ships:
            continue
        odds = binomial(min(free, sum(ships.values())), STOPS, "high")
        draw = luck.draw("S8", id)
        n = odds.read(draw)
        if not n:
            continue
        roll = rolled("S8", id, odds, draw)
        effects: list[Effect] = []
        wire = say("patrols.wire_stopped", place=group.at, n=n)
        hints = [(group.owner, say("patrols.we_stopped", unit=id, place=group.at, n=n)), ("", wire)]
        for nation, k in share(n, {s: v * (n + 1) for s, v in ships.items()}).items():
            k = min(k, ships[nation])
            if k:
                effects += gone.take(seen[nation], k)
                effects += tally(before, f"{nation}.ships.lost", nation, k)
                hints.append((nation, say("patrols.ships_stopped", place=group.at, n=k)))
        text = say("patrols.stopped", unit=id, place=group.at, n=n)
        inputs = (
            Input("steps", able, id),
            Input("kept_off", able - free, group.at),
            Input("ships", sum(ships.values()), group.at),
            Input("stops", STOPS, "patrols (D)"),
        )
        yield Event("S8", group.owner, f"{id}.blockade", text, inputs, (roll,), tuple(effects), (), tuple(hints))


def _kept_off(before: State, group: Counter, ships: Mapping[Seat, int]) -> int:
    """Steps of a blockade that escorts keep busy: it meets each nation's as often as it meets that nation's ships."""
    steps = {n: sum(c.steps for c in _escorting(before, group.at, group.owner, n)) for n in ships}
    return sum(steps[n] * k for n, k in ships.items()) // max(1, sum(ships.values()))


# Mines ------------------------------------------------------------------------------------------------------------


def mines(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """S9 to S11: mines that lie there take their toll, sweepers sweep, and new ones are laid."""
    board = before.setting.board
    fields: dict[str, Minefield] = dict(before.table(MINES))
    left, gone = Left(before), Sunk(before)
    change: dict[str, int] = {}
    for key, field in fields.items():
        yield from _transits(before, key, field, left, gone, change, luck)
    for id, _ in duties(before.parts, "sweep"):
        sweeper = before.counters.get(id)
        if sweeper is not None:
            yield from _swept(before, id, sweeper, fields, change, luck)
    laid: dict[str, int] = {}
    for id, duty in duties(before.parts, "mine"):
        layer = before.counters.get(id)
        if layer is not None and board.theatre.sites[layer.at].sea:
            n = min(duty.n, board.figure(layer, "mines"))
            key = f"{layer.owner}.{layer.at}"
            laid[key] = laid.get(key, 0) + n
            effects: tuple[Effect, ...] = (Add(MINES, key, "mines", n),)
            if key not in fields and laid[key] == n:
                effects = (Make(MINES, key, Minefield(layer.owner, layer.at, 0)), *effects)
            text = say("patrols.laid", unit=id, place=layer.at, n=n)
            yield Event("S9", layer.owner, f"{id}.mines", text, effects=effects, all_to=(layer.owner,))


def _transits(
    before: State, key: str, field: Minefield, left: Left, gone: Sunk, change: dict[str, int], luck: Luck
) -> Iterator[Event]:
    """S10: who is in a mined zone in this pulse or comes through it; merchants and convoys always do."""
    board = before.setting.board
    ppm = mined(field.mines, MINE_RISK)
    for id, counter in before.counters.items():
        there = counter.at == field.zone or field.zone in zones_passed(before.parts, id)
        if not there or not board.hostile(field.owner, counter.owner) or not left.steps[id]:
            continue
        odds = binomial(left.steps[id], ppm // 4, "high")  # a group follows its sweeps: a quarter of its hulls (D)
        draw = luck.draw("S10", f"{key}.{id}")
        n = min(odds.read(draw), field.mines - change.get(key, 0))
        if n > 0:
            change[key] = change.get(key, 0) + n
            roll = rolled("S10", f"{key}.{id}", odds, draw)
            heard = Make(REPORTED, field.zone, Reported("", before.turn))
            effects = (*left.take(id, n), *left.tallies(), Add(MINES, key, "mines", -n), heard)
            text = say("patrols.mined", unit=id, place=field.zone, n=n)
            inputs = (Input("mines", field.mines, key), Input("mined", ppm // 4, "facts C4, a quarter (D)"))
            wire = say("patrols.wire_mined", place=field.zone)
            hints = ((counter.owner, text), ("", wire))
            yield Event("S10", counter.owner, f"{id}.{key}", text, inputs, (roll,), effects, (), hints)
    for nation, seen in traffic(board, before.parts).get(field.zone, {}).items():
        seen = gone.left(seen)
        if not board.hostile(field.owner, nation) or not seen.ships:
            continue
        odds = binomial(seen.ships, ppm // 4, "high")
        draw = luck.draw("S10", f"{key}.{nation}")
        n = min(odds.read(draw), field.mines - change.get(key, 0))
        if n > 0:
            change[key] = change.get(key, 0) + n
            roll = rolled("S10", f"{key}.{nation}", odds, draw)
            lost = tally(before, f"{nation}.ships.lost", nation, n)
            heard = Make(REPORTED, field.zone, Reported("", before.turn))
            effects = (*gone.take(seen, n), *lost, Add(MINES, key, "mines", -n), heard)
            text = say("patrols.ships_mined", place=field.zone, n=n)
            inputs = (Input("mines", field.mines, key), Input("mined", ppm // 4, "facts C4, a quarter (D)"))
            hints = ((nation, text), ("", say("patrols.wire_mined", place=field.zone)))
            yield Event("S10", nation, f"{nation}.{key}", text, inputs, (roll,), effects, (), hints)


def _swept(
    before: State,
    id: CounterId,
    sweeper: Counter,
    fields: Mapping[str, Minefield],
    change: dict[str, int],
    luck: Luck,
) -> Iterator[Event]:
    """S11: each mine is left with exp(-rate), rate half a turn's by steps and supply."""
    board = before.setting.board
    rate = board.figure(sweeper, "clear") * sweeper.steps // 2 * condition(board, sweeper).attack // 100
    for key, field in fields.items():
        there = field.mines - change.get(key, 0)
        if field.zone != sweeper.at or not board.hostile(field.owner, sweeper.owner) or there <= 0:
            continue
        odds = binomial(there, PPM - escape(rate), "low")
        draw = luck.draw("S11", f"{id}.{key}")
        n = odds.read(draw)
        change[key] = change.get(key, 0) + n
        roll = rolled("S11", f"{id}.{key}", odds, draw)
        effects = (Add(MINES, key, "mines", -n),) if n else ()
        text = say("patrols.swept", unit=id, place=field.zone, n=n)
        inputs = (Input("mines", there, key), Input("sweeps", PPM - escape(rate), "facts C4"))
        yield Event("S11", sweeper.owner, f"{id}.{key}", text, inputs, (roll,), effects, (), ((sweeper.owner, text),))
