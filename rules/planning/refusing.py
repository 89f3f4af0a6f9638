"""What every order of the chapter asks first, and how it is refused."""

from __future__ import annotations

from game.core.orders import Order, Refusal
from game.core.setting import TurnKind
from game.core.words import Value, say

DELIVER = "planning.deliver"
STRIKE = "planning.strike"


def works(kind: TurnKind, phase: str) -> bool:
    return phase in (*kind.opening, *kind.closing)


def bargaining(kind: TurnKind) -> bool:
    """Whether a turn of this kind has both: a bargain is struck as it opens and judged as it ends."""
    return STRIKE in kind.opening and DELIVER in kind.closing


def refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"planning.{what}", **values), say(f"planning.{what}.do", **values), order.id)
