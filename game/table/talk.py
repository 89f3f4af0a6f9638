"""Talk at the table that has a clock: once a turn for two seats, as long as their planning level allows (J1)."""

from __future__ import annotations

import attrs

from game.core.ids import Seat
from game.table.clock import Clock, Phase


@attrs.frozen(slots=True)
class Talking:
    """Two seats whose people talk at the table now, and for how long yet, ms."""

    seats: tuple[Seat, Seat]
    left: int


class Conversations:
    """Those of one turn. Everybody may see who talks: it is done aloud."""

    def __init__(self) -> None:
        self._clocks: dict[tuple[Seat, Seat], Clock] = {}

    def begun(self, one: Seat, other: Seat) -> bool:
        return (min(one, other), max(one, other)) in self._clocks

    def begin(self, one: Seat, other: Seat, seconds: int, now: int) -> None:
        self._clocks[min(one, other), max(one, other)] = Clock(seconds * 1000).run(now)

    def stop(self, now: int) -> None:
        """All clocks stand still until `run`."""
        self._clocks = {seats: clock.stop(now) for seats, clock in self._clocks.items()}

    def run(self, now: int) -> None:
        self._clocks = {seats: clock.run(now) for seats, clock in self._clocks.items()}

    def under_way(self, now: int) -> tuple[Talking, ...]:
        """Conversations that are not over, the one with least time left first."""
        live = (Talking(seats, c.left(now)) for seats, c in self._clocks.items() if c.phase(now) is not Phase.OVER)
        return tuple(sorted(live, key=lambda t: (t.left, t.seats)))
