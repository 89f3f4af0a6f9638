"""Who may talk to whom, for how long, and of what (J1)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import Seat, pair
from game.core.sensing import PASSING
from game.core.setting import Board
from game.core.staff import ALL_TURN, Talk
from game.core.view import View
from game.core.words import say

#: Seconds at the table by planning level (game.md §2).
SECONDS = (0, 60, ALL_TURN, ALL_TURN)


def friends(view: View) -> tuple[Seat, ...]:
    """The other seats of one's side, by name."""
    return tuple(s for s in sorted(view.nations) if s != view.seat and view.board.same_side(view.seat, s))


def strangers(view: View) -> tuple[Seat, ...]:
    """Seats that stand apart and are at peace, by name."""
    board = view.board
    return tuple(s for s in sorted(view.nations) if s != view.seat and _at_peace(board, view.seat, s))


def _at_peace(board: Board, one: Seat, other: Seat) -> bool:
    return not board.same_side(one, other) and pair(one, other) in board.peace


def talks(view: View) -> Iterator[Talk]:
    if not view.seat:
        return
    for ally in friends(view):
        pact = view.pact(ally)
        level = 0 if pact is None else max(0, pact.planning)
        shared = 0 if pact is None else max(0, pact.sensing)
        about = say("planning.may_say", level=f"L{shared}", quality=PASSING[shared].quality)
        yield Talk(ally, f"P{level}", say("planning.talk", level=f"P{level}"), about, SECONDS[level])
    for other in strangers(view):
        yield Talk(other, "", say("planning.talk_offers"), say("planning.may_say", level="", quality=0), 0)
