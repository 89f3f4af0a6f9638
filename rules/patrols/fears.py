"""What a nation must expect to lose at sea: exact odds for its routes, from the boats that it knows of (S2 to S7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs

from game.core.events import Input
from game.core.ids import PlaceId, Seat
from game.core.odds import PPM
from game.core.odds_search import sunk, willingness
from game.core.orders import Plan
from game.core.sea import TRADE, Trade
from game.core.setting import Board
from game.core.staff import Forecast, bars
from game.core.view import View
from game.core.words import say
from rules.patrols.search import chance
from rules.patrols.tables import ESCORT, LEAST_ATTACK, QUIET, Guard, duties, routes
from rules.patrols.trade import way

#: Boats that a contact of unknown strength is taken for (D); of boats not known of, one in so many is on station
#: (facts B2, J06).
ASSUMED, ON_STATION = 2, 3


@attrs.frozen(slots=True)
class Pack:
    """Boats that are feared in a zone: those of a contact, or where none is known those that the public order of
    battle bases beside it."""

    nation: Seat
    zone: PlaceId
    boats: int
    known: bool
    counted: bool = True


def fears(view: View, plan: Plan, cover: Mapping[PlaceId, Mapping[Seat, int]]) -> Iterator[Forecast]:
    """A chart for each own route on which boats are known or to be expected: merchants lost in the turn."""
    known = routes(view.board)
    for id, row in view.part(TRADE).items() or _unsailed(view).items():
        if row.owner != view.seat or id not in known:
            continue
        zones, most = way(view.board, view.parts, known[id])
        packs = [*_seen(view, zones), *_expected(view, zones)]
        ships = (most * willingness(row.belief) + PPM // 2) // PPM
        if packs and ships:
            yield _route(view, plan, id, ships, packs, cover)


def _unsailed(view: View) -> dict[str, Trade]:
    """Routes as a staff expects them before the first merchants have sailed."""
    rows = routes(view.board).items()
    return {id: Trade(r["nation"], tuple(r["zones"]), 0, 0, int(r.get("belief", 0))) for id, r in rows}


def _seen(view: View, zones: tuple[PlaceId, ...]) -> Iterator[Pack]:
    for c in view.contacts.values():
        if c.at in zones and c.what == "submarine" and view.board.hostile(view.seat, c.nation):
            yield Pack(c.nation, c.at, c.steps if c.steps > 0 else ASSUMED, True, c.steps > 0)


def _expected(view: View, zones: tuple[PlaceId, ...]) -> Iterator[Pack]:
    """A third of a rival's boats (facts B2, J06) in the first zone of the way that their base opens on, where none of
    that nation is known on the way."""
    board = view.board
    known = {c.nation for c in view.contacts.values() if c.at in zones and c.what == "submarine"}
    for f in board.formations.values():
        if f.domain != "submarine" or f.owner in known or f.owner not in board.seats:
            continue
        if board.hostile(view.seat, f.owner) and f.base in board.theatre.sites:
            beside = _beside(board, f.base)
            zone = next((z for z in zones if z in beside), "")
            if zone:
                yield Pack(f.owner, zone, max(1, f.steps // ON_STATION), False)


@lru_cache(maxsize=256)
def _beside(board: Board, base: PlaceId) -> frozenset[PlaceId]:
    """The sea zones that a base opens on."""
    theatre = board.theatre
    ends = (lane.b if lane.a == base else lane.a for lane in theatre.lanes.values() if base in (lane.a, lane.b))
    return frozenset(p for p in ends if theatre.sites[p].sea)


def _route(
    view: View, plan: Plan, id: str, ships: int, packs: list[Pack], cover: Mapping[PlaceId, Mapping[Seat, int]]
) -> Forecast:
    groups: list[tuple[int, int, int]] = []
    inputs = [Input("ships", ships, id)]
    for pack in packs:
        attack, torpedoes, quiet = usual(view.board, pack.nation)
        found = chance(view.board, view.pacts, pack.zone, cover.get(pack.zone, {})) * quiet // PPM
        points = escort(view, plan, pack.zone)
        left = max(LEAST_ATTACK, PPM - ESCORT * points)
        each = (PPM - found) * (attack * left // PPM) // PPM
        groups.append((pack.boats * max(1, view.kind.pulses), each, torpedoes))
        inputs += [
            Input("boats", pack.boats, pack.zone),
            Input("find_boat", found, "S2, S3"),
            Input("escort", points, pack.zone),
            Input("escorted", each, "S6, S7"),
        ]
    odds = sunk(groups, ships)
    mean = odds.mean_millis(lambda n: n)
    seen = [pack for pack in packs if pack.known]
    lines = [say("patrols.fear", n=len(seen), ships=ships, mean=mean)]
    lines += [
        say("patrols.fear_expected", n=pack.boats, seat=pack.nation, place=pack.zone)
        for pack in packs
        if not pack.known
    ]
    vague = tuple(sorted({pack.zone for pack in packs if not pack.counted}))
    title = say("patrols.fear_title", route=id)
    where = packs[0].zone
    return Forecast("S6", "", where, title, tuple(lines), bars(odds), mean, (), 0, tuple(inputs), vague)


def usual(board: Board, nation: Seat) -> tuple[int, int, int]:
    """The chance to attack, the torpedoes and the quiet of a nation's best boats, as the order of battle says."""
    found = [f for f in board.formations.values() if f.owner == nation and f.domain == "submarine"]
    table = board.design("patrols", "quiet", QUIET)
    return max(
        ((f.figure("attack"), f.figure("torpedoes"), int(table.get(f.symbol, PPM))) for f in found),
        default=(0, 0, PPM),
    )


def escort(view: View, plan: Plan, zone: PlaceId) -> int:
    """Points of own escort in a zone, by the plan and by duties that stand, where the plan has each group go."""
    ids = {id for id, _ in duties(view.parts, "escort")} - {o.subject for o in plan.orders if isinstance(o, Guard)}
    ids |= {o.subject for o in plan.orders if isinstance(o, Guard) and o.duty == "escort"}
    sent = {o.subject: o for o in plan.orders if o.VERB == "deploy"}
    points = 0
    for id in sorted(ids & view.mine.keys()):
        group = view.mine[id]
        gone = int(getattr(sent.get(id), "steps", 0))  # a part that is sent away has no duty yet
        at = getattr(sent[id], "to", "") if gone >= group.steps else group.at
        left = group.steps if gone >= group.steps else group.steps - gone
        points += view.board.figure(group, "asw") * left if at == zone else 0
    return points
