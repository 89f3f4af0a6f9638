"""A chapter for tests of packs: one part, two phases, one measure.

SI1  Who listens hears.
SI2  Who calls is heard.
"""

from collections.abc import Iterable
from typing import Any

import attrs

from game.core.ids import PlaceId
from game.core.model import Row, State, known
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.view import View


@attrs.frozen(slots=True)
class Watch(Row):
    """Who listens where; `drift` may be negative."""

    hours: int = known("owner", most=48)
    at: PlaceId = known("owner", "")
    loud: bool = known("public", False)
    drift: int = known("owner", 0, signed=True)


def nothing(before: State, book: Book, luck: object) -> Iterable[Any]:
    return ()


def heard(state: State, seat: str, subject: str) -> int:
    return 0


ORDERS: tuple[type[Order], ...] = ()
PARTS = {"watch": Watch}
PHASES = {"listen": nothing, "call": nothing}
ASKS: dict[str, Any] = {}
MEASURES = {"heard": heard}


def options(view: View) -> Iterable[Template]:
    return ()


def fault(view: View, plan: Plan, order: Any) -> Refusal | None:
    return None


def doubt(view: View, plan: Plan) -> Iterable[Doubt]:
    return ()
