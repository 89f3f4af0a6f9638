"""How far aircraft act from where they stand: a shared noun of movement, patrols and salvos (facts A3).

Combat air does not use lanes: a wing may act on any place or zone within its radius, great-circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from game.core.ids import CounterId
from game.core.model import Counter, Row, known
from game.core.setting import Board

#: Rows of Refueled by counter id: written by movement for the turn.
REFUELED = "movement.refueled"
FIGHTER_KM = 1000
BOMBER_KM = 5000
PATROL_KM = 1500  # D


@attrs.frozen(slots=True)
class Refueled(Row):
    """Tankers stand by for a wing this turn and add `km` to its radius; `by` is the tanker counter."""

    SEEN = "ally"

    km: int = known("ally")
    by: CounterId = known("ally", "")


def radius(board: Board, parts: Mapping[str, Mapping[str, Any]], id: CounterId, counter: Counter) -> int:
    """km within which an air counter may act; 0 for anything that does not fly to act."""
    formation = board.formation(counter)
    if formation.domain != "air" or formation.symbol in ("TKR", "LIFT"):
        return 0
    own = {"BMR": BOMBER_KM, "MPA": PATROL_KM, "AEW": PATROL_KM}.get(formation.symbol, FIGHTER_KM)
    row = parts.get(REFUELED, {}).get(id)
    return formation.figure("combat_radius", own) + (0 if row is None else row.km)
