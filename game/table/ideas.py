"""What the three courses of action of a seat are about, read off its View.

The ideas know no chapter. Every order leans one way: it uses force (its rung), it goes out (it names a rival, or a
place that is not of one's own side), it ties (it names an ally, an ally's place or a pact), or it stays at home. It
is done by something at sea or not, and it belongs to a front: that of the rivals whose land is nearest.

Three kinds of seats: who fights for allies on two fronts from their soil weighs one front against the other; who has
allies defends home, defends together, or goes forward; who has none strikes, denies the sea, or probes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from game.core.ids import PlaceId, Seat
from game.core.model import Counter
from game.core.orders import Order
from game.core.rulebook import Rulebook, Temper
from game.core.setting import Board
from game.core.view import View
from game.core.words import Message, say

FORCE, OUT, TIES, HOME = ("force", "out", "ties", "home")
#: Whose forces are at sea, by domain; search wings work there too.
AFLOAT = ("ship", "submarine", "support", "grey")


@attrs.frozen(slots=True)
class Idea:
    """What makes a course: the temperament it asks with, the weight of each lean (absent: none of that), the share of
    the staff points that it spends at most, in percent, and leans of which it wants one order at least.

    `front` is the coalition of rivals whose front weighs most, "*" for both in turn; `sea` the weight of orders to
    forces at sea, in percent, and `land` of all others.
    """

    key: str
    name: Message
    idea: Message
    temper: Temper
    weights: Mapping[str, int]
    share: int = 100
    wants: tuple[str, ...] = ()
    front: str = ""
    sea: int = 100
    land: int = 100


def _idea(
    key: str, temper: Temper, weights: Mapping[str, int], share: int = 100, wants: tuple[str, ...] = ()
) -> Idea:
    return Idea(key, say(f"ui_desk.{key}"), say(f"ui_desk.{key}_idea"), temper, weights, share, wants)


HOLD = _idea("hold", Temper(20, 20, 80), {HOME: 1})
SHARE = _idea("share", Temper(40, 70, 100), {TIES: 6, HOME: 2}, wants=(TIES,))
FORWARD = _idea("forward", Temper(85, 70, 20), {FORCE: 6, OUT: 4, TIES: 1, HOME: 1}, wants=(FORCE, OUT))
PROBE = _idea("probe", Temper(60, 60, 95), {FORCE: 4, OUT: 4, HOME: 1}, 50)
STRIKE = attrs.evolve(_idea("strike", Temper(85, 70, 20), {FORCE: 6, OUT: 4, HOME: 1}, wants=(FORCE, OUT)), sea=10)
DENY = attrs.evolve(_idea("deny", Temper(60, 60, 60), {FORCE: 6, OUT: 4, HOME: 1}, wants=(FORCE,)), land=10)
BALANCE = attrs.evolve(_idea("balance", Temper(40, 30, 80), {FORCE: 1, OUT: 1, TIES: 1, HOME: 1}), front="*")
#: From so many km on, no front is near; and how near to rivals' land what goes over to a front must come (D).
FAR_KM, NEAR_KM = 3000, 1500
#: A front that a course does not favor, in percent of the one that it does (D).
OTHER_FRONT = 20


def first(coalition: str, ally: Seat) -> Idea:
    """The weight of effort to one front, named by the ally that is fought for there."""
    weights = {FORCE: 2, OUT: 2, TIES: 2, HOME: 1}
    key, name = f"first.{coalition}", say("ui_desk.first", seat=ally)
    return Idea(key, name, say("ui_desk.first_idea", seat=ally), Temper(60, 50, 40), weights, front=coalition)


def ideas(view: View) -> tuple[Idea, Idea, Idea]:
    """The three that fit a seat."""
    allies = [s for s in view.nations if s != view.seat and view.board.same_side(view.seat, s)]
    if not allies:
        return (STRIKE, DENY, PROBE) if _two_arms(view) else (HOLD, FORWARD, PROBE)
    there = fronts(view.board, view.seat)
    if len(there) == 2 and _abroad(view):
        one, other = (first(side, ally) for side, ally in there)
        return one, other, BALANCE
    return HOLD, SHARE, FORWARD


def _two_arms(view: View) -> bool:
    """Whether a seat has launchers and boats that may be turned against ships both."""
    board = view.board
    kinds = {board.formation(c).domain for c in view.mine.values() if c.missiles or board.figure(c, "attack")}
    return {"missile", "submarine"} <= kinds


def _abroad(view: View) -> bool:
    """Whether most of a seat's forces stand on the soil of others or at sea."""
    away = sum(view.places[c.at].owner != view.seat for c in view.mine.values() if c.at in view.places)
    return 2 * away > len(view.mine)


# Fronts ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def fronts(board: Board, seat: Seat) -> tuple[tuple[str, Seat], ...]:
    """Coalitions of rivals with forces on this map, each with the ally whose land lies nearest to theirs, by name."""
    out: list[tuple[str, Seat]] = []
    for side in sorted({s for nation, s in board.coalition.items() if board.hostile(seat, nation)}):
        armed = any(board.coalition.get(f.owner) == side for f in board.formations.values())
        theirs, ours = _land(board, side), _land(board, board.coalition.get(seat, ""))
        near = [(board.theatre.km(a, b), ours[a]) for a in ours for b in theirs if ours[a] != seat]
        if armed and near:
            out.append((side, min(near)[1]))
    return tuple(out) if len({ally for _, ally in out}) == len(out) else ()


@lru_cache(maxsize=64)
def _land(board: Board, side: str) -> dict[PlaceId, Seat]:
    """Places on land of a coalition, by owner."""
    sites = board.theatre.sites.values()
    return {s.id: s.owner for s in sites if not s.sea and side and board.coalition.get(s.owner) == side}


@lru_cache(maxsize=4096)
def front_of(board: Board, seat: Seat, place: PlaceId) -> str:
    """The coalition of rivals whose land is nearest to a place."""
    if place not in board.theatre.sites:
        return ""
    near = [(board.theatre.km(place, p), side) for side, _ in fronts(board, seat) for p in _land(board, side)]
    return min(near, default=(0, ""))[1]


def where(view: View, order: Order) -> PlaceId:
    """The place that an order is about: the first that it names, else where its unit or its contact is. What moves is
    about the place that it leaves, unless it comes from afar."""
    named = [name for name in attrs.astuple(order, recurse=False)[1:] if isinstance(name, str)]
    place = next((name for name in named if name in view.board.theatre.sites), "")
    held: Counter | None = view.mine.get(order.subject)
    if held is not None and (not place or (hasattr(order, "to") and off(view, held.at) < FAR_KM)):
        return held.at
    contact = next((view.contacts[name] for name in named if name in view.contacts), None)
    return place or (contact.at if contact is not None else "")


def at_sea(view: View, order: Order) -> bool:
    """Whether an order is given to forces at sea, or to a wing that searches it."""
    unit = view.mine.get(order.subject)
    formation = view.board.formation(unit) if unit is not None else None
    return formation is not None and (formation.domain in AFLOAT or bool(formation.figure("sorties")))


# Leans -----------------------------------------------------------------------------------------------------------


def lean(view: View, rulebook: Rulebook, order: Order) -> str:
    """Which way an order leans: FORCE, OUT, TIES or HOME."""
    if rulebook.rung(view, order) > 0:
        return FORCE
    named = attrs.astuple(order, recurse=False)[1:]
    whose = [owner for name in named if isinstance(name, str) for owner in _owners(view, order.subject, name)]
    if any(o != view.seat and view.board.same_side(view.seat, o) for o in whose if o):
        return TIES
    return OUT if any(o != view.seat for o in whose) else HOME


def _owners(view: View, subject: str, name: str) -> tuple[str, ...]:
    """Whose the thing is that goes by a name: a nation, a pact, a place ("" for the open sea); else nobody's. Where
    one's own units stand, one is at home, and on the open sea away from rivals too."""
    if name in view.nations:
        return (name,)
    if name in view.pacts:
        return view.pacts[name].owners
    if name not in view.places:
        return ()
    unit = view.mine.get(subject)
    back = unit is not None and not view.places[name].owner and off(view, name) > off(view, unit.at)
    return (view.seat,) if back or any(c.at == name for c in view.mine.values()) else (view.places[name].owner,)


def off(view: View, place: PlaceId) -> int:
    """km from a place to the nearest land of a rival; far from what is not on the map."""
    return _nearest(view.board, view.seat, place) if place in view.board.theatre.sites else FAR_KM


@lru_cache(maxsize=4096)
def _nearest(board: Board, seat: Seat, place: PlaceId) -> int:
    rivals = {side for nation, side in board.coalition.items() if board.hostile(seat, nation)}
    return min((board.theatre.km(place, p) for side in rivals for p in _land(board, side)), default=0)
