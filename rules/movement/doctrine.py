"""Advice on movement, and what a staff would propose (M8)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.aims import weight
from game.core.ids import CounterId, PlaceId, Seat
from game.core.model import Counter
from game.core.orders import Doubt, Plan
from game.core.reach import OFF_MAP, REFUELED
from game.core.rulebook import Proposal, Temper
from game.core.sea import DUTIES, TRADE, held_by_rivals
from game.core.setting import Board
from game.core.view import View
from game.core.words import say
from rules.movement.arrivals import CallUp, entries, held_back, may_enter, off_map, pool
from rules.movement.cover import bring, leaked, leaking, reinforce
from rules.movement.deploy import Deploy
from rules.movement.errands import lengthen, mined_ways, to_mines
from rules.movement.join import Join, partners
from rules.movement.refusing import moves
from rules.movement.tankers import near
from rules.movement.threat import fired_on, hunted, wings
from rules.movement.transit import bound
from rules.movement.ways import FAR, SPEED, berths, manner, room, sea_path, squadrons, ways_out

#: Squadron steps at one airfield that are worth spreading (D).
CROWDED = 4
#: The patrols level at which one staff places the escorts of both (facts C8, M3), and for how many times as many
#: unguarded merchants a group leaves its own waters (D).
ONE_PATROL, PULL = 3, 3
#: Missiles a pulse in reach of an airfield from which on a staff takes a raid on it for certain (D).
SATURATES = 200
#: How far a search wing goes to be safe, in km (D): half of its radius.
SEARCH_KM = 700
#: The most that keeping a force out of harm's way is worth to a plan (D).
MOST_SPREAD = 42
#: Ships that are worth more at the end than on the way there: carriers and what lifts an army (symbols of facts B1).
GREAT_SHIPS = frozenset({"CV", "LHD", "LPD", "LST", "MER"})
#: What a ship is for beside its missiles, by figure, and what duties at sea bring in lines of score.
TASKS, SEA_AIMS = ("asw", "mines", "clear"), ("cargo.delivered", "ships.sunk")
#: Port capacity of a place worth bringing a ship to from afar (D).
GREAT_PORT = 4


def at(view: View, place: PlaceId, domain: str) -> dict[CounterId, Counter]:
    """Counters of `domain` at a place that the seat can see: its own and its allies'."""
    board = view.board
    return {k: c for k, c in view.counters.items() if c.at == place and board.formation(c).domain == domain}


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    going = {o.subject: o for o in plan.orders if isinstance(o, Deploy) and o.subject in view.mine}
    for id, order in going.items():
        counter = view.mine[id]
        domain = view.board.formation(counter).domain
        here = counter.at
        if domain == "battery":
            left = [k for k, c in at(view, here, "battery").items() if k not in going or going[k].steps < c.steps]
            if not left and at(view, here, "air"):
                yield Doubt("M8", say("movement.bare", unit=id, place=here), order.id)
        elif domain == "air" and at(view, here, "battery") and not at(view, order.to, "battery"):
            yield Doubt("M8", say("movement.to_bare", unit=id, place=order.to), order.id)
        yield from _doubts_of_way(view, id, counter, order)


def _doubts_of_way(view: View, id: CounterId, counter: Counter, order: Deploy) -> Iterator[Doubt]:
    """M11 and M14: a warship through waters that a rival holds, a wing away from its tankers."""
    row = view.parts.get(REFUELED, {}).get(id)
    if row is not None and row.by in view.mine:
        there = attrs.evolve(counter, at=order.to)
        if not near(view.board, view.mine[row.by], there):
            yield Doubt("M14", say("movement.tanker_leaves", unit=id), order.id)
    shunned = held_by_rivals(view.board, view.parts, view.seat)
    if shunned and manner(view.board, counter) in SPEED:
        for place, _ in sea_path(view.board.theatre, counter.at, order.to):
            if place in shunned:
                yield Doubt("M11", say("movement.held_waters", unit=id, place=place), order.id)
                return


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """Spread wings, bring batteries to where missiles come through, join parts. Who takes risks spreads less."""
    if not moves(view.kind):
        return
    hit = leaked(view)
    sore = leaking(view, hit)
    mined = mined_ways(view)
    yield from _call_up(view)
    tankers = any(c.formation in view.board.having("tanker_range") for c in view.mine.values())
    pooled = _pooled(view)
    taken: dict[PlaceId, int] = {}
    for id, counter in view.mine.items():
        domain = manner(view.board, counter)
        if domain == "air":
            yield from _spread(view, id, counter, temper, taken)
            if tankers:
                yield from lengthen(view, id, counter, temper)
        elif sore and domain == "battery" and counter.rounds > 0:
            yield from reinforce(view, id, counter, sore, hit)
            yield from bring(view, id, counter, sore, hit)
        elif domain in SPEED and far_out(view.board, counter):
            yield from _bring_in(view, id, counter)
        elif mined and domain == "ship" and view.board.figure(counter, "clear"):
            yield from to_mines(view, id, counter, mined)
        elif domain == "ship":
            yield from _stand_off(view, id, counter, temper)
            if pooled and view.board.figure(counter, "asw"):
                yield from _pool(view, id, counter, pooled)
        for other in partners(view, id)[:1]:
            why = say("movement.why_join", unit=id, other=other)
            yield Proposal(Join(view.seat, id, other), 4, why, f"join.{counter.formation}.{counter.at}")


def _spread(
    view: View, id: CounterId, counter: Counter, temper: Temper, taken: dict[PlaceId, int]
) -> Iterator[Proposal]:
    """A wing away from an airfield that launchers reach and where rivals look for it, to one of the same nation where
    nobody looks for wings, search wings no farther than they can still work from; else half of it to the emptiest one
    with a battery. `taken` is the room that other wings were given before."""
    board, at_home, here = view.board, wings(view.board), counter.at
    threat, crowd = fired_on(board, view.seat), squadrons(view.counters, board).get(here, 0)
    if not threat.get(here) or not at_home.get(here):
        return
    km = board.theatre.km
    most = SEARCH_KM if board.figure(counter, "sorties") else FAR
    free = {p: n for p, k in berths(view, id, counter).items() if (n := min(k, room(view, p) - taken.get(p, 0))) > 0}
    quiet = [p for p in free if not at_home.get(p) and _same_host(view, here, p) and km(here, p) <= most]
    if quiet:
        to = min(quiet, key=lambda p: (-free[p], threat.get(p, 0), km(here, p), p))
        why, steps = say("movement.why_disperse", unit=id, place=here, to=to), free[to]
        taken[to] = taken.get(to, 0) + steps
    else:
        steps = counter.steps // 2
        guarded = [p for p, n in free.items() if n >= steps > 0 and at(view, p, "battery")]
        if not guarded:
            return
        to = max(guarded, key=lambda p: (room(view, p), -km(here, p), p))
        if crowd < CROWDED or squadrons(view.counters, board).get(to, 0) + steps >= crowd:
            return
        why = say("movement.why_spread", unit=id, place=here)
    sure = min(100, 100 * threat[here] // SATURATES)
    value = (22 + 4 * steps * stake(view, "air") * sure // 100) * (150 - temper.risk) // 100
    yield Proposal(Deploy(view.seat, id, to, steps), min(MOST_SPREAD, value), why, f"spread.{id}")


def _same_host(view: View, here: PlaceId, there: PlaceId) -> bool:
    """Whether two places are one nation's: who hosts a wing counts it, and it stays on its own front."""
    return view.places[here].owner == view.places[there].owner and not off_map_place(view, there)


def stake(view: View, domain: str) -> int:
    """Points that a step of one's own costs when it is lost, 1 to 3; 1 where one's aims do not say."""
    return max(1, min(3, -weight(view.lines, "lost", domain) // 1000))


def _stand_off(view: View, id: CounterId, counter: Counter, temper: Temper) -> Iterator[Proposal]:
    """A great ship without a duty out of reach of what rivals have against ships on land, while nobody needs it; any
    ship whose loss one's own lines count dearly, where they count nothing that its duty serves."""
    board, threat = view.board, hunted(view.board, view.seat)
    formation = board.formation(counter)
    dear = stake(view, "ship") >= 3
    if not (dear or formation.symbol in GREAT_SHIPS) or id in bound(view.parts) or not threat.get(counter.at):
        return
    needed = id in view.parts.get(DUTIES, {}) or any(formation.figure(task) for task in TASKS)
    if needed and not (dear and not any(weight(view.lines, "tally", what) for what in SEA_AIMS)):
        return
    sites = board.theatre.sites
    clear = [p for p in ways_out(view, id, counter) if not threat.get(p) and not off_map_place(view, p)]
    to = next((p for p in clear if sites[p].port), next(iter(clear), ""))
    if to:
        why = say("movement.why_stand_off", unit=id, place=counter.at, to=to)
        value = (10 + 4 * counter.steps * stake(view, "ship")) * (150 - temper.risk) // 100
        yield Proposal(Deploy(view.seat, id, to, counter.steps), min(MOST_SPREAD, value), why, f"sea.{id}")


# Forces from far away (M10, M12 to M15) --------------------------------------------------------------------------


def _call_up(view: View) -> Iterator[Proposal]:
    for id in pool(view.board):
        entries = may_enter(view, id)
        if entries:
            days = pool(view.board)[id][0]
            why = say("movement.why_callup", unit=id, place=entries[0], days=days)
            yield Proposal(CallUp(view.seat, id, entries[0]), 46, why, f"callup.{id}")


def _bring_in(view: View, id: CounterId, counter: Counter) -> Iterator[Proposal]:
    """A ship that stands far out to the largest port that takes it, of equals the nearest by sea."""
    sites = view.board.theatre.sites
    if held_back(view, id, counter) or id in bound(view.parts):
        return
    ports = [p for p in ways_out(view, id, counter) if sites[p].port >= GREAT_PORT and not off_map_place(view, p)]
    if ports:
        threat = hunted(view.board, view.seat)
        best = max(ports, key=lambda p: (not threat.get(p), sites[p].port))
        why = say("movement.why_bring_in", unit=id, place=best)
        yield Proposal(Deploy(view.seat, id, best, counter.steps), 44, why, f"bring.{id}")


def far_out(board: Board, counter: Counter) -> bool:
    """Whether a ship stands off the map, or in the zone where its formation comes in."""
    off = off_map(board, counter)
    return off or (_from_afar(board, counter.formation) and counter.at in entries(board, counter.formation))


def _from_afar(board: Board, formation: str) -> bool:
    base = board.formations[formation].base
    return base in board.theatre.sites and board.theatre.sites[base].kind == OFF_MAP


def off_map_place(view: View, place: PlaceId) -> bool:
    return view.board.theatre.sites[place].kind == OFF_MAP


# One patrol of two navies (facts C8, MAR: at M3 escorts are pooled and hulls leave home waters) --------------------


def _pooled(view: View) -> tuple[Seat, ...]:
    """The parties to a pact of this seat under which one staff places the escorts of both; else none."""
    found = (p for p in view.pacts.values() if p.front and view.seat in p.owners and p.patrols >= ONE_PATROL)
    return next((p.owners for p in found), ())


def _pool(view: View, id: CounterId, counter: Counter, pair: tuple[Seat, ...]) -> Iterator[Proposal]:
    """A group of escorts from where it guards few merchants of the pair to where many sail among boats unguarded."""
    sites = view.board.theatre.sites
    if not sites[counter.at].sea or held_back(view, id, counter) or id in bound(view.parts):
        return
    worth = _unguarded(view, id, counter, pair)
    there = {zone: n for zone, n in worth.items() if zone != counter.at and zone in ways_out(view, id, counter)}
    if not there:
        return
    best = max(there, key=lambda zone: (there[zone], zone))
    if there[best] > PULL * worth.get(counter.at, 0):
        why = say("movement.why_pool", unit=id, place=best, left=counter.at)
        yield Proposal(Deploy(view.seat, id, best, counter.steps), 40, why, "pool")


def _unguarded(view: View, id: CounterId, counter: Counter, pair: tuple[Seat, ...]) -> dict[PlaceId, int]:
    """Merchants of the pair by zone, double where boats were seen, a point of escort: with this group there."""
    board = view.board
    boats = {c.at for c in view.contacts.values() if c.what == "submarine"}
    ships: dict[PlaceId, int] = {}
    for row in view.parts.get(TRADE, {}).values():
        if row.owner in pair:
            for zone in row.zones:
                ships[zone] = ships.get(zone, 0) + row.sailed * (2 if zone in boats else 1)
    points: dict[PlaceId, int] = {}
    for other, c in view.counters.items():
        if other != id and c.owner in pair:
            points[c.at] = points.get(c.at, 0) + board.figure(c, "asw") * max(0, c.steps)
    own = board.figure(counter, "asw") * counter.steps
    return {zone: 100 * n // (1 + own + points.get(zone, 0)) for zone, n in ships.items()}
