"""What supply does to a counter, and what is on its way: shared nouns of logistics and every chapter it bites in.

A counter carries supply (`Counter.supply`, hundredths of a supply point); its days are derived, never stored. Where a
game has no logistics chapter everybody is in full supply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from game.core.ids import CounterId, PlaceId
from game.core.model import Counter, Row, known
from game.core.setting import Board

#: The commodity that units use up; other stocks are of munitions, by their ids.
SUPPLY = "supply"
#: Rows of Shipment, by "OWNER.ORIGIN>TO.GOODS.n"; the logistics chapter makes and ends them.
SHIPMENTS = "logistics.shipments"

#: Hundredths of a day under which a counter is short (facts C3: three days).
SHORT_UNDER = 300
#: Hundredths of a supply point that a step uses a day at normal tempo, by domain (D; facts H).
USE: Mapping[str, int] = {
    "ship": 10,
    "submarine": 4,
    "air": 12,
    "battery": 3,
    "missile": 2,
    "ground": 8,
    "support": 3,
    "grey": 2,
}


@attrs.frozen(slots=True)
class Condition:
    """What days of supply allow, in percent: `attack` of what a counter may do of its own will, `defense` of what it
    does when it is come for; `tempo` is the most that it can be ordered to (facts C3)."""

    name: str
    attack: int
    defense: int
    tempo: int


#: Facts C3: under three days tempo is capped at 0.6; at none units fight at half and cannot attack.
FULL = Condition("full", 100, 100, 160)
SHORT = Condition("short", 60, 100, 60)
OUT = Condition("out", 0, 50, 30)


@attrs.frozen(slots=True)
class Shipment(Row):
    """Goods under way: `amount` in hundredths of a supply point, or rounds where `goods` names a munition.

    `lanes` are lane ids in order from `origin` to `to`. `lift` says what carries it: "rail", "ferry", "air", "sea".
    """

    SEEN = "ally"
    LIVES = "amount"

    origin: PlaceId = known("ally")
    to: PlaceId = known("ally")
    goods: str = known("ally")
    lift: str = known("ally")
    amount: int = known("ally")
    sent: int = known("ally", 0)
    lanes: tuple[str, ...] = known("ally", ())


def daily_use(board: Board, counter: Counter, tempo: int = 100) -> int:
    """Hundredths of a supply point a day that all its steps use at `tempo` percent; rounded up, so never free."""
    formation = board.formation(counter)
    step = formation.figure("supply_use", board.design("logistics", "use", USE).get(formation.domain, 0))
    return -(-step * counter.steps * tempo // 100)


def days(board: Board, counter: Counter) -> int:
    """Hundredths of a day that what it carries lasts at normal tempo."""
    use = daily_use(board, counter)
    return counter.supply * 100 // use if use else 10**6


def condition(board: Board, counter: Counter) -> Condition:
    """FULL, SHORT or OUT. An ally's stock that a View does not know (-1) is taken as full."""
    if "logistics" not in board.chapters or counter.supply < 0:
        return FULL
    if counter.supply == 0 and daily_use(board, counter):
        return OUT
    return SHORT if days(board, counter) < SHORT_UNDER else FULL


def shipments(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Shipment]:
    """What is under way, of a State's or a View's parts."""
    return parts.get(SHIPMENTS, {})


def able(board: Board, counters: Iterable[tuple[CounterId, Counter]]) -> list[tuple[CounterId, Counter]]:
    """Those that have supply enough to attack at all."""
    return [(id, counter) for id, counter in counters if condition(board, counter).attack]
