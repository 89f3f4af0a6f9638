"""What a staff works out from its View before it seals: the same flows and issues as the phases, once a plan."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.ids import PlaceId, Seat
from game.core.kept import kept
from game.core.model import Pact, changed
from game.core.orders import Order, Plan
from game.core.supply import SUPPLY, shipments
from game.core.view import View
from game.core.words import Message, say
from rules.logistics.dispatch import Cut, Dispatch, dispatch, front_pair, legs, total_met
from rules.logistics.issue import Issued, Places, issue
from rules.logistics.route import points
from rules.logistics.routes import arrived
from rules.logistics.scene import Scene, fallen, of_view, runs, supplies
from rules.logistics.tables import JOINT, SHARED, Allot, Loan, Supply, Tempo

#: What stands for an ally's stock that is not known, in a "what if": as much as can be used.
PLENTY = 100_000
#: Ten points a week more: what a wider bottleneck is measured with.
WIDER = 1000


@attrs.frozen(slots=True, eq=False)
class Estimate:
    """A turn as a staff foresees it, without luck: `came` to a place at its end, `issued` to each of its own."""

    scene: Scene
    flow: Dispatch
    came: Places
    issued: dict[str, Issued]

    def cuts(self, seat: Seat) -> tuple[Cut, ...]:
        """What binds a nation; nothing while all that it wants can be sent."""
        return self.flow.cuts.get(seat, ()) if self.flow.lacking(seat) else ()


def estimate(view: View, plan: Plan) -> Estimate | None:
    """None in a turn without logistics."""
    if not runs(view.kind, "route"):
        return None
    counting = tuple(o for o in plan.orders if isinstance(o, Supply | Allot | Loan | Tempo))
    return foreseen(view, counting)


@kept(32)
def foreseen(view: View, orders: tuple[Order, ...]) -> Estimate:
    scene = of_view(view, orders)
    flow = dispatch(scene)
    came = arrivals(scene, flow)
    on_hand = dict(came)
    for seat, stocks in supplies(scene).items():
        for place, n in stocks.items():
            on_hand[seat, place] = on_hand.get((seat, place), 0) + n
    for sent in flow.sent:
        on_hand[sent.giver, sent.origin] = max(0, on_hand.get((sent.giver, sent.origin), 0) - sent.amount)
        if not sent.lanes:
            on_hand[sent.owner, sent.to] = on_hand.get((sent.owner, sent.to), 0) + sent.amount
    issued, _ = issue(scene.board.theatre, flow.needs, on_hand)
    return Estimate(scene, flow, came, {row.need.id: row for row in issued if row.need.owner == view.seat})


def arrivals(scene: Scene, flow: Dispatch) -> Places:
    """Supply that comes ashore at the end of this turn, by owner and place, if nobody interferes."""
    out: Places = {}
    lanes = scene.board.theatre.lanes
    rows = [(s.owner, s.to, s.amount, s.lanes) for s in flow.sent if s.lanes and not s.turns]
    rows += [
        (r.owner, r.to, r.amount, r.lanes)
        for r in shipments(scene.parts).values()
        if r.goods == SUPPLY and r.due <= scene.turn and r.amount > 0 and not fallen(scene.board, scene.places, r)
    ]
    for owner, to, amount, way in rows:
        n = arrived(amount, [lanes[id].loss_ppm for id in way if id in lanes])
        out[owner, to] = out.get((owner, to), 0) + n
    return out


# Naming what binds ----------------------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class Named:
    """A part of the cut in words, with the lanes to light and the arcs to widen."""

    text: Message
    lanes: tuple[str, ...]
    arcs: tuple[str, ...]
    source: str


def named(scene: Scene, cuts: tuple[Cut, ...]) -> Iterator[Named]:
    """The parts of a cut by name: roads out of a port, or several out of any place, are its inland throughput."""
    days = scene.kind.hours
    roads = [c for c in cuts if c.kind == "road"]
    for place in sorted({c.start for c in roads}):
        mine = [c for c in roads if c.start == place]
        cap = points(sum(c.cap for c in mine) * 168 // days)
        lanes, arcs = tuple(c.ref for c in mine), tuple(c.arc for c in mine)
        if len(mine) > 1 or _gate(scene, place):
            yield Named(say("logistics.cut_inland", place=place, cap=cap), lanes, arcs, place)
        else:
            end = scene.board.theatre.lanes[mine[0].ref].other(place)
            yield Named(say("logistics.cut_road", start=place, end=end, cap=cap), lanes, arcs, mine[0].ref)
    for cut in cuts:
        cap = points(cut.cap * 168 // days)
        if cut.kind == "ferry":
            end = scene.board.theatre.lanes[cut.ref].other(cut.start)
            yield Named(
                say("logistics.cut_ferry", start=cut.start, end=end, cap=cap), (cut.ref,), (cut.arc,), cut.ref
            )
        elif cut.kind == "port":
            yield Named(
                say("logistics.cut_port", place=cut.ref, cap=cap), _at(scene, cut.ref, "port"), (cut.arc,), cut.ref
            )
        elif cut.kind == "airfield":
            lanes = _at(scene, cut.ref, "airlift")
            yield Named(say("logistics.cut_airfield", place=cut.ref, cap=cap), lanes, (cut.arc,), cut.ref)
        elif cut.kind == "sea":
            yield Named(say("logistics.cut_sea", seat=cut.ref, cap=cap), (), (cut.arc,), "")
        elif cut.kind == "air":
            yield Named(say("logistics.cut_air", seat=cut.ref, cap=cap), (), (cut.arc,), "")
        elif cut.kind == "stock":
            yield Named(say("logistics.cut_stock", place=cut.ref, amount=points(cut.cap)), (), (), cut.ref)


def _gate(scene: Scene, place: PlaceId) -> bool:
    """Whether goods come in here over the sea."""
    return scene.board.theatre.sites[place].port > 0 or bool(_at(scene, place, "ferry"))


def _at(scene: Scene, place: PlaceId, kind: str) -> tuple[str, ...]:
    return tuple(lane.id for lane in scene.board.theatre.lanes_at(place) if lane.kind == kind)


# What if --------------------------------------------------------------------------------------------------------


def wider(found: Estimate, seat: Seat, part: Named) -> int:
    """What ten points a week more through a part of the cut would bring the seat, in hundredths of a point."""
    if not part.arcs:
        return 0
    more = WIDER * found.scene.kind.hours // 168
    whatif = dispatch(found.scene, {id: -(more // len(part.arcs)) for id in part.arcs})
    return total_met(whatif, (seat,)) - total_met(found.flow, (seat,))


def without_bridge(found: Estimate, seats: tuple[Seat, ...]) -> int | None:
    """What bridges between allies bring `seats` this turn; None where the map has none."""
    theatre = found.scene.board.theatre
    arcs = [f"{ln.id}>{end}" for ln in theatre.lanes.values() if ln.owner_rule for end in (ln.a, ln.b)]
    if not arcs:
        return None
    return total_met(found.flow, seats) - total_met(dispatch(found.scene, dict.fromkeys(arcs, 10**12)), seats)


def bridges_used(found: Estimate, seat: Seat) -> Iterator[tuple[str, tuple[PlaceId, PlaceId]]]:
    """Bridges between allies that carry a seat's goods: lane, and from where to where."""
    lanes = found.scene.board.theatre.lanes
    for sent in found.flow.sent:
        for id, start in legs(lanes, sent):
            if lanes[id].owner_rule and sent.owner == seat:
                yield id, (start, lanes[id].other(start))


def by_level(found: Estimate, seat: Seat) -> tuple[tuple[int, int], ...]:
    """(level, what this seat would get or have at hand) at G0 to G3 of its pact under test. An ally's stocks that are
    not known are taken as plenty, so the higher levels are the most that they could bring."""
    front = front_pair(found.scene, seat)
    if front is None:
        return ()
    key, other = front
    return tuple((level, total_met(_at_level(found.scene, key, other, level), (seat,))) for level in range(JOINT + 1))


def _at_level(scene: Scene, key: str, other: Seat, level: int) -> Dispatch:
    pact: Pact = scene.pacts[key]
    seats, stocks = scene.seats, scene.stocks
    if other not in seats:
        seats = (*seats, other)
        stocks = {
            k: changed(s, {"amount": PLENTY}) if s.owner == other and s.commodity == SUPPLY and s.amount < 0 else s
            for k, s in stocks.items()
        }
    pacts = {**scene.pacts, key: changed(pact, {"logistics": level})}
    return dispatch(attrs.evolve(scene, seats=seats, stocks=stocks, pacts=pacts))


def pooled(scene: Scene, seat: Seat) -> tuple[Seat, ...]:
    """A seat and those whose stocks it shares."""
    return (seat, *(s for s in scene.seats if s != seat and scene.level(seat, s) >= SHARED))


def at_place(found: Estimate, seat: Seat) -> dict[PlaceId, list[Issued]]:
    """What a seat's own get and have, by where they stand."""
    out: dict[PlaceId, list[Issued]] = {}
    for row in found.issued.values():
        if row.need.owner == seat:
            out.setdefault(row.need.place, []).append(row)
    return out
