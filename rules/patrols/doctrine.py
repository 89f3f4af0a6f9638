"""What a staff would do at sea: search where boats were seen or one's ships sail, hunt where rivals' ships do."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.aims import weight
from game.core.ids import PlaceId
from game.core.model import Counter
from game.core.rulebook import Proposal, Temper
from game.core.sea import DUTIES, REPORTED, TRADE, Trade
from game.core.supply import SHIPMENTS
from game.core.view import View
from game.core.words import say
from rules.patrols.forms import duties_of, duty, plays, zones_in_reach
from rules.patrols.strike import zones_of
from rules.patrols.tables import Guard, Hunt, Inspect, Mine, Patrol, Sweep, routes

#: Worth of a duty that one's own lines of score count, beyond its own (D).
SERVED = 12
#: What it is worth to have sweepers sweep where one's own ships pass and no mine has gone off: more than to have them
#: look out for boats (D).
SWEEPS = 14


def shipping(view: View) -> tuple[dict[PlaceId, int], dict[PlaceId, int]]:
    """Ships by zone as the seat knows of them: its own side's, and its rivals' merchants."""
    ours: dict[PlaceId, int] = {}
    theirs: dict[PlaceId, int] = {}
    for row in view.part(TRADE).values() or expected(view):
        side = ours if view.board.same_side(view.seat, row.owner) else theirs
        if side is theirs and not view.board.hostile(view.seat, row.owner):
            continue
        for zone in row.zones:
            side[zone] = side.get(zone, 0) + max(1, row.sailed)
    for going in view.part(SHIPMENTS).values():
        if going.lift == "sea":
            for zone in zones_of(view.board, going.lanes):
                ours[zone] = ours.get(zone, 0) + 1
    return ours, theirs


def expected(view: View) -> list[Trade]:
    """What the routes lead a staff to expect before the first merchants have sailed."""
    known = routes(view.board).values()
    return [Trade(r["nation"], tuple(r["zones"]), int(r["ships"]), int(r["ships"]), 0) for r in known]


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """What is on the best duty that it has needs no order, and is not taken off it for a lesser one."""
    standing = view.part(DUTIES)
    found = sorted(_proposed(view, temper), key=lambda p: -p.value)
    best: dict[str, Proposal] = {}
    for proposal in found:
        best.setdefault(proposal.slot, proposal)
    for proposal in found:
        first = best[proposal.slot].order
        kept = not isinstance(first, Patrol) and duty(first) == standing.get(first.subject)
        if not kept and duty(proposal.order) != standing.get(proposal.order.subject):
            yield proposal


def _proposed(view: View, temper: Temper) -> Iterator[Proposal]:
    if not plays(view.kind):
        return
    ours, theirs = shipping(view)
    boats = {c.at for c in view.contacts.values() if c.what == "submarine"}
    warships = {c.at for c in view.contacts.values() if c.what in ("ship", "support")}
    for id, counter in view.mine.items():
        formation = view.board.formation(counter)
        if formation.figure("sorties"):
            yield from _patrol(view, id, counter, ours, boats)
        elif view.board.theatre.sites[counter.at].sea:
            yield from _at_sea(view, id, counter, temper, ours, theirs, warships)


def _patrol(
    view: View, id: str, counter: Counter, ours: dict[PlaceId, int], boats: set[PlaceId]
) -> Iterator[Proposal]:
    """The zone with a boat, else with most ships of one's own side; wings spread by slot."""
    zones = zones_in_reach(view, id, counter)
    worth = {z: (60 if z in boats else 0) + min(30, 3 * ours.get(z, 0)) for z in zones}
    best = sorted((z for z in zones if worth[z]), key=lambda z: (-worth[z], z))
    for zone in best[:3]:
        what = "patrols.why_patrol_boat" if zone in boats else "patrols.why_patrol"
        value = 8 + worth[zone] // 2 + aims(view, "cargo.delivered")
        yield Proposal(Patrol(view.seat, id, zone), value, say(what, unit=id, place=zone), f"patrol.{zone}")


def aims(view: View, what: str) -> int:
    """What a duty is worth beyond its own sake to a seat whose lines of score count what it serves (D)."""
    return SERVED if weight(view.lines, "tally", what) > 0 else 0


def _at_sea(
    view: View,
    id: str,
    counter: Counter,
    temper: Temper,
    ours: dict[PlaceId, int],
    theirs: dict[PlaceId, int],
    warships: set[PlaceId],
) -> Iterator[Proposal]:
    board, at, seat = view.board, counter.at, view.seat
    formation = board.formation(counter)
    slot = f"sea.{id}"
    if formation.domain == "submarine" and formation.figure("attack") and (at in warships or at in theirs):
        prey = "forces" if at in warships and at not in theirs else "convoys"
        value = 22 + min(20, 2 * theirs.get(at, 0)) + temper.aggression // 10 + aims(view, "ships.sunk")
        yield Proposal(Hunt(seat, id, prey), value, say("patrols.why_hunt", unit=id, place=at), slot)
    able = duties_of(board, counter)
    if "blockade" in able and at in theirs and temper.aggression >= 40:
        value = 6 + min(14, theirs[at]) + aims(view, "ships.sunk")
        yield Proposal(Guard(seat, id, "blockade"), value, say("patrols.why_blockade", unit=id, place=at), slot)
    if "escort" in able and at in ours:
        value = 12 + min(14, 2 * ours[at]) + aims(view, "cargo.delivered")
        yield Proposal(Guard(seat, id, "escort"), value, say("patrols.why_escort", unit=id, place=at), slot)
    elif "barrier" in able and board.theatre.sites[at].choke_km:
        yield Proposal(Guard(seat, id, "barrier"), 12, say("patrols.why_barrier", unit=id, place=at), slot)
    if formation.figure("mines") and at in theirs and temper.aggression >= 40:
        value = 16 + min(10, theirs[at]) + aims(view, "ships.sunk")
        mine = Mine(seat, id, formation.figure("mines"))
        yield Proposal(mine, value, say("patrols.why_mine", unit=id, place=at), slot)
    if formation.figure("clear") and (at in ours or at in view.part(REPORTED)):
        why = say("patrols.why_sweep_reported" if at in view.part(REPORTED) else "patrols.why_sweep", place=at)
        yield Proposal(Sweep(seat, id), 30 if at in view.part(REPORTED) else SWEEPS, why, slot)
    if formation.figure("grey"):
        how = "press" if at in theirs else "calm" if at in ours else ""
        if how:
            yield Proposal(Inspect(seat, id, how), 10, say("patrols.why_inspect", unit=id, place=at, how=how), slot)
