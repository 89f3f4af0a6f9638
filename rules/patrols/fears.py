"""What a nation must expect to lose at sea: exact odds for its routes, from the boats that it knows of (S2 to S7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.events import Input
from game.core.ids import PlaceId, Seat
from game.core.model import Contact
from game.core.odds import PPM
from game.core.odds_search import sunk, willingness
from game.core.orders import Plan
from game.core.setting import Board
from game.core.staff import Forecast, bars
from game.core.view import View
from game.core.words import say
from rules.patrols.search import chance
from rules.patrols.tables import ESCORT, LEAST_ATTACK, QUIET, TRADE, Guard, duties, routes
from rules.patrols.trade import way

#: Boats that a contact of unknown strength is taken for (D).
ASSUMED = 2


def fears(view: View, plan: Plan, cover: Mapping[PlaceId, Mapping[Seat, int]]) -> Iterator[Forecast]:
    """A chart for each own route on which boats are known: merchants lost in the turn, most first."""
    known = routes(view.board)
    for id, row in view.part(TRADE).items():
        if row.owner != view.seat or id not in known:
            continue
        zones, most = way(view.board, view.parts, known[id])
        boats = [c for c in view.contacts.values() if c.at in zones and _boat(view, c)]
        ships = (most * willingness(row.belief) + PPM // 2) // PPM
        if boats and ships:
            yield _route(view, plan, id, ships, boats, cover)


def _boat(view: View, contact: Contact) -> bool:
    return contact.what == "submarine" and view.board.hostile(view.seat, contact.nation)


def _route(
    view: View, plan: Plan, id: str, ships: int, boats: list[Contact], cover: Mapping[PlaceId, Mapping[Seat, int]]
) -> Forecast:
    groups: list[tuple[int, int, int]] = []
    inputs = [Input("ships", ships, id)]
    for contact in boats:
        attack, torpedoes, quiet = usual(view.board, contact.nation)
        found = chance(view.board, view.pacts, contact.at, cover.get(contact.at, {})) * quiet // PPM
        left = max(LEAST_ATTACK, PPM - ESCORT * escort(view, plan, contact.at))
        each = (PPM - found) * (attack * left // PPM) // PPM
        n = contact.steps if contact.steps > 0 else ASSUMED
        groups.append((n * max(1, view.kind.pulses), each, torpedoes))
        inputs += [
            Input("boats", n, contact.at),
            Input("find_boat", found, "S2, S3"),
            Input("escorted", each, "S6, S7"),
        ]
    odds = sunk(groups, ships)
    mean = odds.mean_millis(lambda n: n)
    lines = (say("patrols.fear", route=id, n=len(boats), ships=ships, mean=mean),)
    vague = tuple(sorted({c.at for c in boats if c.steps <= 0}))
    title = say("patrols.fear_title", route=id)
    return Forecast("S6", "", boats[0].at, title, lines, bars(odds), mean, (), 0, tuple(inputs), vague)


def usual(board: Board, nation: Seat) -> tuple[int, int, int]:
    """The chance to attack, the torpedoes and the quiet of a nation's best boats, as the order of battle says."""
    found = [f for f in board.formations.values() if f.owner == nation and f.domain == "submarine"]
    table = board.design("patrols", "quiet", QUIET)
    return max(
        ((f.figure("attack"), f.figure("torpedoes"), int(table.get(f.symbol, PPM))) for f in found),
        default=(0, 0, PPM),
    )


def escort(view: View, plan: Plan, zone: PlaceId) -> int:
    """Points of own escort in a zone, by the plan and by duties that stand."""
    ids = {id for id, _ in duties(view.parts, "escort")} - {o.subject for o in plan.orders if isinstance(o, Guard)}
    ids |= {o.subject for o in plan.orders if isinstance(o, Guard) and o.duty == "escort"}
    groups = [view.mine[id] for id in sorted(ids) if id in view.mine]
    return sum(view.board.figure(c, "asw") * c.steps for c in groups if c.at == zone)
