"""What supply does to a counter, and what is on its way: shared nouns of logistics and every chapter it bites in.

A counter carries supply (`Counter.supply`, hundredths of a supply point); its days are derived, never stored. Where a
game has no logistics chapter everybody is in full supply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.core.ids import CounterId, PlaceId
from game.core.model import UNKNOWN, Counter, Row, known
from game.core.setting import Board

#: The commodity that units use up; other stocks are of munitions, by their ids.
SUPPLY = "supply"
#: Rows of Shipment, by "OWNER.ORIGIN>TO.GOODS.n"; the logistics chapter makes and ends them.
SHIPMENTS = "logistics.shipments"
#: Rows of Refit by counter id, Crossing by lane id: the logistics chapter writes them.
REFITS = "logistics.refits"
CROSSINGS = "logistics.crossings"

#: Tempo orders: percent of normal use, and of what is done for it (facts C3).
TEMPOS: Mapping[str, int] = {"idle": 30, "normal": 100, "surge": 160}
#: Goods of anti-ship missiles that have no id of their own.
ANTISHIP = "antiship"
#: Who gains by a surge: aircraft fly more often, ships and launchers have no more tubes (D).
SURGES = ("air",)
#: Percent at which a counter that is told to be idle defends and moves, as one without supply does (D).
IDLE_PERCENT = 50
#: Days that a counter carries at normal tempo when it is full, by domain (D; facts H).
CARRIED: Mapping[str, int] = {
    "ship": 20,
    "submarine": 40,
    "air": 7,
    "battery": 10,
    "missile": 14,
    "ground": 10,
    "support": 20,
    "grey": 20,
}
#: Percent by which bridgeheads of a bridge in use weigh more with whoever chooses targets (facts C8, LOG).
BRIDGEHEAD_WEIGHT = 150

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
    does when it is come for, `way` of the way that it makes; `tempo` is the most that it can be ordered to (facts
    C3)."""

    name: str
    attack: int
    defense: int
    way: int
    tempo: int


#: Facts C3: under three days tempo is capped at 0.6; at none units fight at half and cannot attack.
FULL = Condition("full", 100, 100, 100, 160)
SHORT = Condition("short", 60, 100, 100, 60)
OUT = Condition("out", 0, 50, 50, 30)


@attrs.frozen(slots=True)
class Shipment(Row):
    """Goods under way: `amount` in hundredths of a supply point, or rounds where `goods` names a munition.

    `lanes` are lane ids in order from `origin` to `to`. `lift` says what carries it: "rail", "ferry", "air", "sea".
    `due` is the turn at whose end it arrives.
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
    due: int = known("ally", 0)


@attrs.frozen(slots=True)
class Refit(Row):
    """A counter that takes on munitions in port for a whole turn and does not fight meanwhile."""

    SEEN = "ally"

    place: PlaceId = known("ally")
    goods: str = known("owner", "")
    turn: int = known("ally", 0)


@attrs.frozen(slots=True)
class Crossing(Row):
    """A bridge between allies is in use: everybody can see the ferries, and whether they run under an agreement of
    the two (`agreed`). `amount` crossed in the last turn, in hundredths of a supply point, and is not told."""

    SEEN = "public"

    amount: int = known("hidden", 0)
    agreed: bool = known("public", False)


def daily_use(board: Board, counter: Counter, tempo: int = 100) -> int:
    """Hundredths of a supply point a day that all its steps use at `tempo` percent; rounded up, so never free."""
    return -(-step_use(board)[counter.formation] * counter.steps * tempo // 100)


@lru_cache(maxsize=16)
def step_use(board: Board) -> Mapping[str, int]:
    """Hundredths of a supply point that a step uses a day at normal tempo, by formation."""
    table = board.design("logistics", "use", USE)
    return {id: form.figure("supply_use", table.get(form.domain, 0)) for id, form in board.formations.items()}


@lru_cache(maxsize=16)
def carried(board: Board) -> Mapping[str, int]:
    """Days that a full counter carries at normal tempo, by formation."""
    table = board.design("logistics", "carried", CARRIED)
    return {id: form.figure("supply_days", table.get(form.domain, 0)) for id, form in board.formations.items()}


def days(board: Board, counter: Counter) -> int:
    """Hundredths of a day that what it carries lasts at normal tempo."""
    use = daily_use(board, counter)
    return counter.supply * 100 // use if use else 10**6


def load(board: Board, counter: Counter) -> int:
    """Hundredths of a supply point that the counter carries when it is full; what it opens a game with, too."""
    return carried(board)[counter.formation] * daily_use(board, counter)


def refitting(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Refit]:
    """Counters that lie in port to reload this turn and do not fight, by id."""
    return parts.get(REFITS, {})


def bridgeheads(board: Board, parts: Mapping[str, Mapping[str, Any]]) -> frozenset[PlaceId]:
    """Places at the ends of bridges between allies that were in use last turn under an agreement of the two, as
    everybody can see; a target there weighs BRIDGEHEAD_WEIGHT percent (facts C8: the price of the track LOG, so not
    of what crosses without it). The scenario may name more in `logistics.bridgeheads`."""
    known = board.theatre.lanes
    lanes = [known[id] for id, row in parts.get(CROSSINGS, {}).items() if row.agreed and id in known]
    if not lanes:
        return frozenset()
    return frozenset(p for lane in lanes for p in (lane.a, lane.b)) | frozenset(
        board.design("logistics", "bridgeheads", ())
    )


def condition(board: Board, counter: Counter) -> Condition:
    """FULL, SHORT or OUT, as its tempo allows. What a View does not know of an ally (-1) is taken as full, and as
    normal."""
    if "logistics" not in board.chapters:
        return FULL
    found = FULL if counter.supply < 0 else by_days(counter.supply, daily_use(board, counter))
    if counter.tempo in (100, UNKNOWN):
        return found
    return paced(found, counter.tempo, surges(board, counter))


def surges(board: Board, counter: Counter) -> bool:
    """LG11: whether a counter does more at a surge than at normal tempo."""
    return board.formation(counter).domain in SURGES


@lru_cache(maxsize=64)
def paced(found: Condition, tempo: int, more: bool) -> Condition:
    """LG11: what a condition leaves at a tempo below or above normal."""
    if tempo > 100:
        return attrs.evolve(found, attack=min(tempo, found.tempo)) if more and found.attack else found
    idle = IDLE_PERCENT if tempo <= TEMPOS["idle"] else 100
    return attrs.evolve(
        found,
        attack=min(tempo, found.attack),
        defense=min(idle, found.defense),
        way=min(idle, found.way),
        tempo=min(tempo, found.tempo),
    )


def by_days(held: int, day: int) -> Condition:
    """The condition of who holds so much and uses so much a day, in hundredths of a point."""
    if not day or held * 100 >= SHORT_UNDER * day:
        return FULL
    return SHORT if held else OUT


def shipments(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Shipment]:
    """What is under way, of a State's or a View's parts."""
    return parts.get(SHIPMENTS, {})


def able(board: Board, counters: Iterable[tuple[CounterId, Counter]]) -> list[tuple[CounterId, Counter]]:
    """Those that have supply enough to attack at all."""
    return [(id, counter) for id, counter in counters if condition(board, counter).attack]
