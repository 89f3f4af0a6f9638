"""How far sensors see: one's own, and those of allies that pass on what they see (I1, I4, MD2)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import Seat
from game.core.reach import sees
from game.core.sensing import BLIND, PASSING, fixed_radars, level_between
from game.core.staff import Ring
from game.core.view import View
from game.core.words import Message, say


def rings(view: View) -> Iterator[Ring]:
    """Counters by their ranges and fixed radars by theirs; `seat` is the nation whose sensor it is."""
    board = view.board
    routes = {s: route for s in view.nations if (route := route_from(view, s))}
    for id, counter in view.counters.items():
        route = routes.get(counter.owner, "")
        if not route or not sees(board, view.places, view.parts, id, counter):
            continue
        if km := board.figure(counter, "sensor_range"):
            yield Ring("detection", counter.at, km, counter.owner, _sees(id, counter.owner, route, km), id)
        if km := board.figure(counter, "launch_range"):
            yield Ring("detection", counter.at, km, counter.owner, _warns(id, counter.owner, route, km), id)
    for radar in fixed_radars(board):
        place, seat, km = str(radar["place"]), str(radar["owner"]), int(radar["launch_km"])
        route = _route_of_radar(view, seat, routes)
        if route and place in view.places and view.places[place].radar < BLIND:
            yield Ring("detection", place, km, seat, _warns(place, seat, route, km), place)
            if watch := int(radar.get("watch_km", 0)):
                yield Ring("detection", place, watch, seat, _sees(place, seat, route, watch), place)


def route_from(view: View, seat: Seat) -> str:
    """By which route this seat learns what sensors of `seat` see: "own", one of PASSING, or "" for none."""
    if seat == view.seat:
        return "own"
    if not view.seat or not view.board.same_side(view.seat, seat):
        return ""
    passing = PASSING[level_between(view.pacts, view.seat, seat)]
    return passing.route if passing.quality else ""


def _route_of_radar(view: View, seat: Seat, routes: dict[Seat, str]) -> str:
    """A nation without a seat at the table may still have a radar and a pact."""
    return routes.get(seat) or (route_from(view, seat) if seat not in view.nations else "")


def _sees(source: str, seat: Seat, route: str, km: int) -> Message:
    return say("intelligence.ring_sees", source=source, seat=seat, route=route, km=km)


def _warns(source: str, seat: Seat, route: str, km: int) -> Message:
    return say("intelligence.ring_warns", source=source, seat=seat, route=route, km=km)
