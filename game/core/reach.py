"""How far aircraft act from where they stand, what carries what, and who is not at hand: shared nouns of movement,
intelligence, patrols and missile defense.

Combat air does not use lanes: a wing may act on any place or zone within its radius, great-circle (facts A3).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.core.ids import CounterId, PlaceId
from game.core.kept import kept
from game.core.model import Counter, Place, Row, known
from game.core.setting import Board
from game.core.supply import condition

#: Rows of Refueled by counter id, and of Aboard by the id of what is carried: written by movement.
REFUELED = "movement.refueled"
ABOARD = "movement.aboard"
FIGHTER_KM = 1000
BOMBER_KM = 5000
PATROL_KM = 1500  # D
#: The level of damage at which a runway or port is closed, and beyond which none goes (facts C3: a fifth each).
CLOSED = 5
#: The kind of place from which forces come.
OFF_MAP = "off-map base"


@attrs.frozen(slots=True)
class Refueled(Row):
    """Tankers stand by for a wing and add `km` to its radius until told otherwise; `by` is their counter."""

    SEEN = "ally"

    km: int = known("ally")
    by: CounterId = known("ally", "")


@attrs.frozen(slots=True)
class Aboard(Row):
    """A counter on its way by ship: it stands where its carrier `by` stands, and is to be landed at `to`."""

    SEEN = "ally"

    by: CounterId = known("ally")
    to: PlaceId = known("owner", "")


def radius(board: Board, parts: Mapping[str, Mapping[str, Any]], id: CounterId, counter: Counter) -> int:
    """km within which an air counter may act; 0 for anything that does not fly to act."""
    formation = board.formation(counter)
    if formation.domain != "air" or formation.symbol in ("TKR", "LIFT"):
        return 0
    own = {"BMR": BOMBER_KM, "MPA": PATROL_KM, "AEW": PATROL_KM}.get(formation.symbol, FIGHTER_KM)
    row = parts.get(REFUELED, {}).get(id)
    return formation.figure("combat_radius", own) + (0 if row is None else row.km)


def cargo(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[CounterId, Aboard]:
    """What is aboard ships, of a State's or a View's parts, by the id of what is carried."""
    return parts.get(ABOARD, {})


def loads(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[CounterId, list[CounterId]]:
    """What each carrier has aboard, by the carrier's id."""
    table = parts.get(ABOARD)
    return _loads(table) if table else {}


@kept(64)
def _loads(table: Mapping[CounterId, Aboard]) -> dict[CounterId, list[CounterId]]:
    out: dict[CounterId, list[CounterId]] = {}
    for id, row in table.items():
        out.setdefault(row.by, []).append(id)
    return out


@lru_cache(maxsize=16)
def raided(board: Board) -> frozenset[PlaceId]:
    """MD1: places on land that may be raided: those that the scenario lists, else all."""
    land = frozenset(id for id, site in board.theatre.sites.items() if not site.sea)
    listed = board.design("missile_defense", "targets", ())
    return land.intersection(listed) if listed else land


def grounded(board: Board, places: Mapping[PlaceId, Place], counter: Counter) -> bool:
    """M6: whether it is an aircraft on a closed runway, which neither moves, nor watches, nor flies to act."""
    place = places.get(counter.at)
    return place is not None and place.runway >= CLOSED and board.formation(counter).domain == "air"


def away(board: Board, parts: Mapping[str, Mapping[str, Any]], id: CounterId, counter: Counter) -> bool:
    """M12 and M16: whether it is aboard a ship or stands off the map, where it fights for nobody."""
    return id in cargo(parts) or board.theatre.sites[counter.at].kind == OFF_MAP


def sees(
    board: Board, places: Mapping[PlaceId, Place], parts: Mapping[str, Any], id: CounterId, counter: Counter
) -> bool:
    """Whether its own sensors look out: not those of what is aboard, without supply, or on a closed runway."""
    return id not in cargo(parts) and not grounded(board, places, counter) and condition(board, counter).attack > 0
