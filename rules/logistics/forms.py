"""What may be ordered, and why not: one template and one judgment for each class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from game.core.ids import CounterId, PlaceId, Seat
from game.core.kept import kept
from game.core.model import Counter
from game.core.orders import Order, Plan, Refusal, Template
from game.core.setting import Board
from game.core.supply import TEMPOS, daily_use, surges
from game.core.view import View
from game.core.words import Value, say
from rules.logistics.net import landing
from rules.logistics.reload import may_reload
from rules.logistics.repair import damaged, may_repair, stores
from rules.logistics.scene import Scene, consumers, lift, loan_points, of_view, runs, territory
from rules.logistics.tables import (
    BRIDGED,
    LIFTS,
    LOAN_CAPITAL,
    REPAIR_POINTS,
    ROUTINGS,
    SHARES,
    Allot,
    Loan,
    Reload,
    Repair,
    Supply,
    Tempo,
)

PACES = ("normal", "idle", "surge")


@kept(64)
def destinations(mine: dict[CounterId, Counter], board: Board, seat: Seat) -> tuple[PlaceId, ...]:
    """Places and zones where a nation's counters or consumers use supply, by name."""
    found = {c.at for c in mine.values() if daily_use(board, c)}
    found |= {row["place"] for row in consumers(board) if row["owner"] == seat}
    return tuple(sorted(found))


@kept(64)
def users(mine: dict[CounterId, Counter], board: Board) -> tuple[CounterId, ...]:
    return tuple(id for id, c in mine.items() if daily_use(board, c))


def reached(scene: Scene, seat: Seat, by: str) -> tuple[PlaceId, ...]:
    """LG5: where lift of a kind may be kept for: ports or airfields that take goods in, zones with own ships."""
    if not lift(scene, seat, by):
        return ()
    sites = scene.board.theatre.sites
    lands = [p for p in sorted(territory(scene.places, scene.board, seat)) if landing(scene, p, by) > 0]
    zones = {c.at for c in scene.counters.values() if c.owner == seat and sites[c.at].sea} if by == "sea" else ()
    return (*lands, *sorted(zones))


def debtors(scene: Scene, seat: Seat) -> tuple[Seat, ...]:
    """LG7: partners below G1 to whom a nation may lend."""
    if scene.nations[seat].capital < LOAN_CAPITAL or not stores(scene, seat):
        return ()
    side = scene.board.same_side
    return tuple(s for s in scene.nations if s != seat and side(s, seat) and 0 <= scene.level(seat, s) < BRIDGED)


@kept(64)
def templates(view: View) -> tuple[Template, ...]:
    return tuple(_templates(view))


def options(view: View) -> Iterator[Template]:
    yield from templates(view)


def _templates(view: View) -> Iterator[Template]:
    seat, scene = view.seat, of_view(view, ())
    opens = runs(view.kind, "route") and not view.pulse
    if opens:
        places = destinations(view.mine, view.board, seat)
        if places:
            second = ("", *places)
            domains = (("first", places), ("second", second), ("third", second), ("routing", tuple(ROUTINGS)))
            yield Template(Supply, seat, seat, domains)
        yield from _lifts(scene, seat)
        for other in debtors(scene, seat):
            yield Template(Loan, seat, other, (("points", (loan_points(view.board),)),))
        if places:
            yield Template(Tempo, seat, seat, (("pace", PACES),))
        for id in users(view.mine, view.board):
            yield Template(Tempo, seat, id, (("pace", PACES if surges(view.board, view.mine[id]) else PACES[:2]),))
    if opens and runs(view.kind, "reload"):
        for id in view.mine:
            goods = may_reload(scene, id)
            if goods:
                yield Template(Reload, seat, id, (("goods", goods),))
    if runs(view.kind, "repair") and sum(stores(scene, seat).values()) >= REPAIR_POINTS:
        for place in sorted(territory(view.places, view.board, seat)):
            if may_repair(scene, seat, place) and (what := damaged(scene, place)):
                yield Template(Repair, seat, place, (("what", what),))


def _lifts(scene: Scene, seat: Seat) -> Iterator[Template]:
    by_place: dict[PlaceId, list[str]] = {}
    for by in LIFTS:
        for place in reached(scene, seat, by):
            by_place.setdefault(place, []).append(by)
    for place, kinds in sorted(by_place.items()):
        yield Template(Allot, seat, place, (("by", tuple(kinds)), ("share", SHARES)))


# Refusals -------------------------------------------------------------------------------------------------------


def refuse(rule: str, reason: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"logistics.{reason}", **values), say(f"logistics.{reason}.do", **values), order.id)


@kept(64)
def _offers(view: View) -> dict[tuple[type[Order], str], dict[str, tuple[Value, ...]]]:
    return {(t.order, t.subject): dict(t.domains) for t in templates(view)}


def fault(view: View, plan: Plan, order: Order) -> Refusal | None:
    """Every choice of a template is legal beside no other order; the reason for what is not is looked for after."""
    offer = _offers(view).get((type(order), order.subject))
    if offer is not None and all(getattr(order, name) in domain for name, domain in offer.items()):
        return _crowded(view, plan, order) if isinstance(order, Allot) else None
    needed = "repair" if isinstance(order, Repair) else "route"
    if not runs(view.kind, needed):
        return refuse("LG1", "no_session", order, kind=view.kind.name)
    if needed == "route" and view.pulse:
        return refuse("LG1", "too_late", order)
    return _WHY[type(order)](view, order)


def _crowded(view: View, plan: Plan, order: Allot) -> Refusal | None:
    """LG5: shares of one lift come to no more than the whole."""
    others = sum(o.share for o in plan.orders if isinstance(o, Allot) and o.by == order.by and o.id != order.id)
    if others + order.share > 100:
        return refuse("LG5", "lift_full", order, by=order.by, share=order.share, free=max(0, 100 - others))
    return None


def _supply(view: View, order: Supply) -> Refusal:
    if order.subject != view.seat:
        return refuse("LG3", "supply_own", order, seat=view.seat)
    if order.routing not in ROUTINGS:
        return refuse("LG3", "no_routing", order, routing=order.routing)
    places = destinations(view.mine, view.board, view.seat)
    named = [p for p in (order.first, order.second, order.third) if p and p not in places]
    return refuse("LG3", "no_destination", order, place=named[0] if named else order.first)


def _lift(view: View, order: Allot) -> Refusal:
    if order.by not in LIFTS or not lift(of_view(view, ()), view.seat, order.by):
        return refuse("LG5", "no_lift", order, by=order.by)
    if order.share not in SHARES:
        return refuse("LG5", "no_share", order, share=order.share)
    return refuse("LG5", "no_landing", order, place=order.subject, by=order.by)


def _loan(view: View, order: Loan) -> Refusal:
    scene = of_view(view, ())
    if order.subject == view.seat or scene.level(view.seat, order.subject) < 0:
        return refuse("LG7", "no_pact", order, seat=order.subject)
    if scene.level(view.seat, order.subject) >= BRIDGED:
        return refuse("LG7", "no_need", order, seat=order.subject)
    if view.own.capital < LOAN_CAPITAL:
        return refuse("LG7", "no_capital", order, cost=LOAN_CAPITAL)
    most = loan_points(view.board)
    if order.points != most:
        return refuse("LG7", "no_points", order, points=order.points, most=most)
    return refuse("LG7", "nothing_to_lend", order)


def _tempo(view: View, order: Tempo) -> Refusal:
    if order.pace not in TEMPOS:
        return refuse("LG11", "no_pace", order, pace=order.pace)
    if order.subject in view.mine and not surges(view.board, view.mine[order.subject]):
        return refuse("LG11", "no_surge", order, unit=order.subject)
    return refuse("LG11", "not_yours", order, unit=order.subject)


def _reload(view: View, order: Reload) -> Refusal:
    if order.subject not in view.mine:
        return refuse("LG13", "not_yours", order, unit=order.subject)
    return refuse("LG13", "no_reload", order, unit=order.subject, goods=order.goods)


def _repair(view: View, order: Repair) -> Refusal:
    scene = of_view(view, ())
    if not may_repair(scene, view.seat, order.subject):
        return refuse("LG14", "no_engineers", order, place=order.subject)
    if order.what not in damaged(scene, order.subject):
        return refuse("LG14", "not_damaged", order, place=order.subject, what=order.what)
    return refuse("LG14", "no_material", order, most=REPAIR_POINTS // 100)


_WHY: Mapping[type[Order], Callable[[View, Any], Refusal]] = {
    Supply: _supply,
    Allot: _lift,
    Loan: _loan,
    Tempo: _tempo,
    Reload: _reload,
    Repair: _repair,
}
