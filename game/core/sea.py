"""The state of the sea: shared nouns of movement, patrols and logistics.

Each is a row class with the name of its table; one chapter writes it, others read it through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from game.core.ids import CounterId, PlaceId, Seat
from game.core.kept import kept
from game.core.model import Row, known
from game.core.setting import Board

#: Rows of Way by counter id: written by movement for the pulse.
WAYS = "movement.ways"
#: Rows of Control by sea zone: written by patrols.
CONTROL = "patrols.control"
#: Rows of Minefield by "OWNER.ZONE": written by patrols.
MINES = "patrols.mines"
#: Rows of Duty by counter id, of Trade by the id of a route, and of Reported by sea zone: written by patrols.
DUTIES = "patrols.duties"
TRADE = "patrols.trade"
REPORTED = "patrols.reported"


@attrs.frozen(slots=True)
class Way(Row):
    """The zones that a counter came through in this pulse, in order; where it stopped is not among them."""

    SEEN = "ally"

    zones: tuple[PlaceId, ...] = known("ally", ())


@attrs.frozen(slots=True)
class Control(Row):
    """Who holds a sea zone: the name of a coalition, or "" while it is disputed. Its owner is nobody."""

    SEEN = "public"

    side: str = known("public", "")


@attrs.frozen(slots=True)
class Minefield(Row):
    """Mines that `owner` laid in a zone, counted one by one."""

    SEEN = "ally"
    LIVES = "mines"

    zone: PlaceId = known("ally")
    mines: int = known("ally")


@attrs.frozen(slots=True)
class Duty(Row):
    """What a counter does at sea until it is told otherwise. `what` is a verb or a duty; `zone` where a wing
    searches; `n` mines."""

    SEEN = "owner"

    what: str = known("owner")
    zone: PlaceId = known("owner", "")
    n: int = known("owner", 0)


@attrs.frozen(slots=True)
class Trade(Row):
    """A trade route as everybody can see it: merchants that sail this turn, and the loss in ppm that shippers believe
    in."""

    zones: tuple[PlaceId, ...] = known("public", ())
    sailed: int = known("public", 0)
    afloat: int = known("public", 0)
    belief: int = known("public", 0)


@attrs.frozen(slots=True)
class Reported(Row):
    """A zone, its key, where mines went off, as everybody reads in the press: the last turn that one did."""

    turn: int = known("public", 0)


Parts = Mapping[str, Mapping[str, Any]]


def zones_passed(parts: Parts, counter: CounterId) -> tuple[PlaceId, ...]:
    """The zones that a counter came through in this pulse."""
    way = parts.get(WAYS, {}).get(counter)
    return () if way is None else way.zones


def holder(parts: Parts, zone: PlaceId) -> str:
    """The coalition that holds `zone`; "" for nobody."""
    row = parts.get(CONTROL, {}).get(zone)
    return "" if row is None else row.side


def held_by_rivals(board: Board, parts: Parts, seat: Seat) -> frozenset[PlaceId]:
    """Zones that a coalition of rivals holds."""
    control = parts.get(CONTROL)
    return _held(control, board, seat) if control else frozenset()


@kept(64)
def _held(control: Mapping[PlaceId, Control], board: Board, seat: Seat) -> frozenset[PlaceId]:
    rivals = {side for other, side in board.coalition.items() if side and board.hostile(seat, other)}
    return frozenset([zone for zone, row in control.items() if row.side in rivals])
