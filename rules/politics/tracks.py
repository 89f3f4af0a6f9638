"""Tracks that leaders may move, what a step on them costs, and who may order one (P1, P3, P6 to P8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from game.core.ids import Seat
from game.core.levels import LEVELS
from game.core.model import TRACK_LETTERS, TRACKS, Pact
from game.core.orders import Doubt, Order, Plan, Refusal, Template
from game.core.setting import Board, TurnKind
from game.core.view import View
from game.core.words import Value, say

PHASE = "politics.decide"
SENSING = "sensing"

#: Capital that each capital pays to stand at a sensing level, counted from L0 (D; facts C8 asks 1 a step to L3 and 3
#: for L4, with budget and lead time beside it. L1 is free: the agreement of 2016 is there and need only be used).
PRICES = (0, 0, 1, 2, 4)
#: Capital that a step of the other tracks costs by capital, where it is not 1 (facts C8; lead time 0, D).
STEPS: Mapping[str, Mapping[Seat, int]] = {"planning": {"KR": 2}, "industry": {"JP": 0}}
#: The tracks that leaders may move where the scenario does not say.
OPEN_TRACKS = (SENSING,)
#: A level whose network fails at least this often, in ppm a pulse, is worth a word of warning (D).
FAILS_OFTEN = 50_000


@attrs.frozen(slots=True)
class Step(Order):
    """Propose that the pact `subject` ("JP-KR") stand at `level` of `track`."""

    VERB: ClassVar[str] = "step"

    track: str
    level: int


def tracks(board: Board) -> tuple[str, ...]:
    """P7: the tracks that leaders may move here."""
    return tuple(board.design("politics", "tracks", OPEN_TRACKS))


def price(board: Board, seat: Seat, track: str, low: int, high: int) -> int:
    """Capital that `seat` pays for a raise from level `low` to `high`; 0 for a cut."""
    if track == SENSING:
        prices = board.design("politics", "prices", PRICES)
        return max(0, int(prices[high]) - int(prices[low]))
    each = board.design("politics", "steps", STEPS).get(track, {}).get(seat, 1)
    return max(0, high - low) * int(each)


def sits(kind: TurnKind) -> bool:
    return PHASE in (*kind.opening, *kind.pulse, *kind.closing)


def standing(pact: Pact, track: str) -> int:
    return int(getattr(pact, track))


def own_pacts(view: View) -> Iterator[tuple[str, Pact]]:
    for key, pact in view.pacts.items():
        if pact.front and view.seat in pact.owners:
            yield key, pact


def affordable(view: View, pact: Pact, track: str, purse: int) -> tuple[int, ...]:
    """Levels that may be proposed: those above that `purse` can pay, nearest first, then those below."""
    now = standing(pact, track)
    above = range(now + 1, TRACKS[track] + 1)
    paid = tuple(n for n in above if price(view.board, view.seat, track, now, n) <= purse)
    return (*paid, *range(now - 1, -1, -1))


def options(view: View) -> Iterator[Template]:
    if not sits(view.kind):
        return
    for key, pact in own_pacts(view):
        for track in tracks(view.board):
            levels = affordable(view, pact, track, view.own.capital)
            if levels:
                yield Template(Step, view.seat, key, (("track", (track,)), ("level", levels)))


def _refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"politics.{what}", **values), say(f"politics.{what}.do", **values), order.id)


def fault(view: View, plan: Plan, order: Step) -> Refusal | None:
    pact = dict(own_pacts(view)).get(order.subject)
    if not sits(view.kind):
        return _refuse("P1", "no_session", order, kind=view.kind.name)
    if pact is None:
        return _refuse("P1", "no_pact", order, pact=order.subject)
    if order.track not in tracks(view.board):
        return _refuse("P1", "no_track", order, track=order.track)
    now, letter = standing(pact, order.track), TRACK_LETTERS[order.track]
    if not 0 <= order.level <= TRACKS[order.track] or order.level == now:
        return _refuse("P1", "no_level", order, letter=letter, level=order.level, now=now, most=TRACKS[order.track])
    purse = view.own.capital - _promised(view, plan, order)
    if order.level not in affordable(view, pact, order.track, purse):
        cost = price(view.board, view.seat, order.track, now, order.level)
        return _refuse("P3", "too_dear", order, letter=letter, level=order.level, cost=cost, have=max(0, purse))
    return None


def _promised(view: View, plan: Plan, order: Step) -> int:
    """Capital that the plan's other steps may cost."""
    pacts = dict(own_pacts(view))
    others = [o for o in plan.orders if isinstance(o, Step) and o.id != order.id and o.subject in pacts]
    return sum(
        price(view.board, view.seat, o.track, standing(pacts[o.subject], o.track), o.level)
        for o in others
        if 0 <= o.level <= TRACKS.get(o.track, -1)
    )


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    pacts = dict(own_pacts(view))
    for order in plan.orders:
        if not isinstance(order, Step) or order.subject not in pacts or order.track not in tracks(view.board):
            continue
        now = standing(pacts[order.subject], order.track)
        if not now < order.level <= TRACKS[order.track]:
            continue
        cost = price(view.board, view.seat, order.track, now, order.level)
        if cost and cost == view.own.capital:
            yield Doubt("P6", say("politics.last_capital", cost=cost), order.id)
        failure = LEVELS[order.level].failure if order.track == SENSING else 0
        if failure >= FAILS_OFTEN:
            text = say("politics.fails_often", level=order.level, percent=failure // 10_000)
            yield Doubt("P6", text, order.id)
