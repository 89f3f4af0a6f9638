"""What every order of the chapter asks first (M1), and how it is refused."""

from __future__ import annotations

from game.core.orders import Order, Refusal
from game.core.setting import TurnKind
from game.core.words import Value, say

PHASE = "movement.move"


def moves(kind: TurnKind) -> bool:
    """M1: whether anything moves in a turn of this kind."""
    return PHASE in kind.pulse and kind.pulses > 0


def refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"movement.{what}", **values), say(f"movement.{what}.do", **values), order.id)
