"""Who sends what where: the flows of a turn, nation by nation or as one, then what partners give (LG6, LG7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import attrs

from game.core.flow import Arc, Path, Solved, paths, solve_ranked
from game.core.ids import PlaceId, Seat
from game.core.share import share
from game.core.supply import SHORT_UNDER
from game.core.theatre import Lane
from rules.logistics.net import Haul, Net, Used, build
from rules.logistics.scene import (
    Need,
    Scene,
    loan_points,
    needs,
    staff,
    supplies,
    territory,
    under_way,
)
from rules.logistics.tables import BRIDGED, CONVOY_KMH, JOINT, LOAN_CAPITAL, SHARED, Loan

#: Ranks that a destination may have: ordered first to third, where anybody is short, the rest (LG3).
SHORT_RANK, LAST_RANK = 4, 5
#: The node that a loan comes from.
LENT = "lent"


@attrs.frozen(slots=True)
class Sent:
    """Goods that leave `origin` for `to`: `giver`'s, and `owner`'s from then on. No lanes: they are there already."""

    giver: Seat
    owner: Seat
    origin: PlaceId
    to: PlaceId
    amount: int
    lift: str = ""
    lanes: tuple[str, ...] = ()
    turns: int = 0
    risk: int = 0


@attrs.frozen(slots=True)
class Cut:
    """One thing that binds: "road", "ferry", "port", "airfield", "sea", "air" or "stock", and which; `start` is the
    end of a lane that goods come from, `arc` its arc."""

    kind: str
    ref: str
    cap: int
    start: PlaceId = ""
    arc: str = ""


@attrs.define(slots=True, eq=False)
class Dispatch:
    """Everything that one turn sends. `wanted` and `met` by owner and place; `left` in stock by nation and place;
    `cuts` by nation, where its own needs are not met; `loads` by directed arc of lane ("LANE>END")."""

    wanted: dict[tuple[Seat, PlaceId], int]
    left: dict[Seat, dict[PlaceId, int]]
    ranks: dict[tuple[Seat, PlaceId], int]
    needs: list[Need]
    met: dict[tuple[Seat, PlaceId], int] = attrs.field(factory=dict)
    sent: list[Sent] = attrs.field(factory=list)
    cuts: dict[Seat, tuple[Cut, ...]] = attrs.field(factory=dict)
    loads: Used = attrs.field(factory=dict)
    spent: dict[Seat, int] = attrs.field(factory=dict)

    def lacking(self, seat: Seat) -> dict[PlaceId, int]:
        return {
            p: n - self.met.get((s, p), 0)
            for (s, p), n in self.wanted.items()
            if s == seat and n > self.met.get((s, p), 0)
        }


def dispatch(scene: Scene, taken: Mapping[str, int] | None = None) -> Dispatch:
    """The turn's flows: hosts before guests, each out of its own stocks, then partners out of what is left.

    `taken` is what of the net is gone before anybody sends, by arc; less than nothing widens it: for "what if".
    """
    found = needs(scene)
    wanted: dict[tuple[Seat, PlaceId], int] = {}
    for need in found:
        at = (need.owner, need.place)
        wanted[at] = wanted.get(at, 0) + need.wants
    coming = under_way(scene)
    wanted = {at: n - coming.get(at, 0) for at, n in wanted.items() if n > coming.get(at, 0)}
    out = Dispatch(wanted, supplies(scene), _ranks(scene, found), found, loads=dict(taken or {}))
    done: list[Seat] = []
    for group in groups(scene):
        _own(scene, out, group)
        done += group
        for giver, taker in _pairs(group, done):
            _give(scene, out, giver, taker)
    return out


def groups(scene: Scene) -> list[tuple[Seat, ...]]:
    """Seats that solve together (G3), hosts before guests: who bases in fewer other nations goes first (LG4)."""
    access = scene.board.access
    rank = {s: (len({*access.get(s, ())} - {s}), s) for s in scene.seats}
    out: list[list[Seat]] = []
    for seat in sorted(scene.seats, key=rank.__getitem__):
        for group in out:
            if any(scene.level(seat, other) >= JOINT for other in group):
                group.append(seat)
                break
        else:
            out.append([seat])
    return [tuple(group) for group in out]


def _pairs(group: tuple[Seat, ...], done: list[Seat]) -> list[tuple[Seat, Seat]]:
    """Givers and takers that could not be settled before `group`."""
    return [
        two
        for new in group
        for other in done
        if other not in group or (other < new)
        for two in ((new, other), (other, new))
    ]


def _ranks(scene: Scene, found: list[Need]) -> dict[tuple[Seat, PlaceId], int]:
    out: dict[tuple[Seat, PlaceId], int] = {}
    for need in found:
        short = need.held * 100 < SHORT_UNDER * need.day
        at = (need.owner, need.place)
        out[at] = min(out.get(at, LAST_RANK), SHORT_RANK if short else LAST_RANK)
    for seat in scene.seats:
        row = staff(scene, seat)
        for n, place in enumerate((row.first, row.second, row.third), 1):
            if (seat, place) in out:
                out[seat, place] = min(n, out[seat, place])
    return out


def _own(scene: Scene, out: Dispatch, group: tuple[Seat, ...]) -> None:
    """LG6: one nation's solve, or the joint one of nations at G3."""
    wanted = {seat: out.lacking(seat) for seat in group}
    rows = [staff(scene, seat).routing for seat in group]
    haul = Haul(
        group,
        group,
        frozenset().union(*(territory(scene.places, scene.board, seat) for seat in group)),
        _sum(out.left[seat] for seat in group),
        _sum(wanted.values()),
        "careful" if "careful" in rows else "short",
    )
    solved, net = _solve(scene, out, haul, group)
    if solved is None or net is None:
        return
    cuts = _cuts(solved, net, haul)
    for seat in group:
        out.cuts[seat] = cuts if out.lacking(seat) else ()


def _give(scene: Scene, out: Dispatch, giver: Seat, taker: Seat) -> None:
    """LG7: what `giver` has left, for what `taker` still lacks."""
    level = scene.level(giver, taker)
    if level < 0 or not scene.board.same_side(giver, taker):
        return
    loan = 0
    if level < BRIDGED:
        lent = [o for o in scene.of(Loan, giver) if o.subject == taker]
        if not lent or scene.nations[giver].capital - out.spent.get(giver, 0) < LOAN_CAPITAL:
            return
        loan = min(lent[0].points, loan_points(scene.board)) * 100
    lacking, left = out.lacking(taker), {p: n for p, n in out.left[giver].items() if n}
    if not lacking or not left:
        return
    lifts = (giver, taker) if level >= SHARED else ()
    lands = _lands(scene, giver, taker)
    haul = Haul((giver,), lifts, lands, left, lacking, staff(scene, giver).routing, loan)
    before = len(out.sent)
    _solve(scene, out, haul, (taker,), (giver,))
    amount = sum(s.amount for s in out.sent[before:])
    if loan and amount:
        out.spent[giver] = out.spent.get(giver, 0) + LOAN_CAPITAL


def _lands(scene: Scene, giver: Seat, taker: Seat) -> frozenset[PlaceId]:
    """Where what `giver` gives to `taker` may go: its own territory, and the taker's as far as a third nation on
    whose soil it lies has an agreement with the giver."""
    own = territory(scene.places, scene.board, giver)
    owners = {s for s in scene.nations if s == taker or scene.level(giver, s) >= BRIDGED}
    theirs = territory(scene.places, scene.board, taker)
    return own | frozenset([p for p in theirs if scene.places[p].owner in owners])


def _sum(tables: Iterable[Mapping[PlaceId, int]]) -> dict[PlaceId, int]:
    total: dict[PlaceId, int] = {}
    for table in tables:
        for place, n in table.items():
            if n:
                total[place] = total.get(place, 0) + n
    return dict(sorted(total.items()))


def _solve(
    scene: Scene, out: Dispatch, haul: Haul, takers: tuple[Seat, ...], givers: tuple[Seat, ...] = ()
) -> tuple[Solved | None, Net | None]:
    """Solve a haul and enter it: what goes where, whose it was and becomes, what it uses of the net."""
    if not haul.sources or not haul.sinks:
        return None, None
    net = build(scene, haul, out.loads)
    touched = {p for arc in net.arcs for p in (arc.start, arc.end)}
    sources = {p: n for p, n in haul.sources.items() if p in touched or p in haul.sinks}
    sinks = {p: n for p, n in haul.sinks.items() if p in touched or p in sources}
    lone = [p for p in sources if p not in touched]
    if not sources or not sinks:
        return None, None
    for place in lone:  # a stock that no way leaves still serves its own place
        net.arcs.append(_stub(place))
    if haul.loan:  # one purse that draws on every stock
        net.arcs.extend([Arc(f"{LENT}:{place}", LENT, place, n) for place, n in sources.items()])
        sources = {LENT: haul.loan}
    rank = {p: min(out.ranks.get((s, p), LAST_RANK) for s in takers) for p in sinks}
    solved, ways = _flow(tuple(net.arcs), tuple(sources.items()), tuple(sinks.items()), tuple(rank.items()))
    for id, n in solved.by_arc.items():
        out.loads[id] = out.loads.get(id, 0) + n
    for path in ways:
        source, arcs = path.source, path.arcs
        if source == LENT:
            source, arcs = arcs[0].partition(":")[2], arcs[1:]
        legs = _legs(scene, net, arcs)
        for giver, owner, amount in _whose(out, takers, givers or takers, source, path.sink, path.amount):
            out.left[giver][source] -= amount
            out.met[owner, path.sink] = out.met.get((owner, path.sink), 0) + amount
            if arcs or giver != owner:
                out.sent.append(Sent(giver, owner, source, path.sink, amount, *legs))
    return solved, net


_Amounts = tuple[tuple[PlaceId, int], ...]


@lru_cache(maxsize=512)
def _flow(
    arcs: tuple[Arc, ...], sources: _Amounts, sinks: _Amounts, rank: _Amounts
) -> tuple[Solved, tuple[Path, ...]]:
    """The flow of record and its paths. Kept: staffs foresee what the phase works out."""
    solved = solve_ranked(arcs, dict(sources), dict(sinks), dict(rank))
    return solved, paths(arcs, solved)


def _stub(place: PlaceId) -> Arc:
    return Arc(f"stub:{place}", place, f"stub@{place}", 0)


def _whose(
    out: Dispatch, takers: tuple[Seat, ...], givers: tuple[Seat, ...], source: PlaceId, sink: PlaceId, amount: int
) -> list[tuple[Seat, Seat, int]]:
    """Goods of one path by giver and taker: takers in proportion to what they lack, each its own stock first."""
    lack = {s: n for s in takers if (n := out.wanted.get((s, sink), 0) - out.met.get((s, sink), 0)) > 0}
    have = {s: out.left[s].get(source, 0) for s in givers}
    rows = []
    for owner, n in share(amount, lack).items():
        for _, giver in sorted((s != owner, s) for s in have):
            part = min(n, have[giver])
            if part:
                rows.append((giver, owner, part))
                have[giver] -= part
                n -= part
    return rows


def _legs(scene: Scene, net: Net, arcs: tuple[str, ...]) -> tuple[str, tuple[str, ...], int, int]:
    """What carries a path's goods, over which lanes, how many turns more than this one, and the risk by sea."""
    lanes: list[str] = []
    lift, km, loss = "", 0, 0
    aboard = ("", "")
    for id in arcs:
        part = net.parts[id]
        if part.kind in ("road", "ferry"):
            lanes.append(part.ref)
            lift = lift or ("rail" if part.kind == "road" else "ferry")
        elif part.kind == "load":
            aboard = (part.by, part.ref)
        elif part.kind in ("port", "airfield"):
            way = net.ways[aboard].get(part.ref)
            if way is not None:
                lanes += way.lanes
                loss = way.loss
                km += way.km if part.by == "sea" else 0
            lift = part.by
    hours = max(1, scene.kind.hours)
    return lift, tuple(lanes), max(0, -(-km // (CONVOY_KMH * hours)) - 1), loss


def legs(lanes: Mapping[str, Lane], sent: Sent) -> Iterator[tuple[str, PlaceId]]:
    """The lanes that goods go over, each with the end that they come from."""
    here = sent.origin
    for id in sent.lanes:
        yield id, here
        here = lanes[id].other(here)


def _cuts(solved: Solved, net: Net, haul: Haul) -> tuple[Cut, ...]:
    arcs = {arc.id: arc for arc in net.arcs}
    out = [Cut("stock", place, haul.sources[place]) for place in solved.short_sources]
    for id in solved.cut:
        part = net.parts[id]
        kind = {"load": "stock", "quay": "port" if part.by == "sea" else "airfield"}.get(part.kind, part.kind)
        start = arcs[id].start if kind in ("road", "ferry") else ""
        out.append(Cut(kind, part.ref, arcs[id].cap, start, id))
    return tuple(dict.fromkeys(out))


def front_pair(scene: Scene, seat: Seat) -> tuple[str, Seat] | None:
    """The pact under test of a seat, and the partner."""
    for key, pact in scene.pacts.items():
        if pact.front and seat in pact.owners:
            return key, pact.partner if pact.owner == seat else pact.owner
    return None


def total_met(found: Dispatch, seats: Iterable[Seat]) -> int:
    """Hundredths of a point that `seats` get or have at hand where it is wanted."""
    wanted = set(seats)
    return sum(n for (seat, _), n in found.met.items() if seat in wanted)
