"""The clock of a seat that plans, and that of the Alarm. It is told the time (`now`, ms) and never looks.

A Clock is a value: `run`, `stop` and `extended` give another. Running out does nothing by itself: whoever holds the
clock asks for its `phase` and decides. A `now` that went backward counts as no time.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

MINUTE = 60_000
#: How long before its end a clock warns at most, ms.
WARNING = 30_000


class Phase(StrEnum):
    """How a clock stands: FREE has no end; it WARNS for its last 30 seconds, a short one for its second half."""

    FREE = "free"
    RUNNING = "running"
    WARNS = "warns"
    OVER = "over"


@attrs.frozen(slots=True)
class Clock:
    """`length` in ms, 0 for no end; `spent` ms before `since`; `since` the `now` at which it was last let run, None
    while it stands still."""

    length: int
    spent: int = 0
    since: int | None = None

    @classmethod
    def of_minutes(cls, minutes: int) -> Clock:
        return cls(minutes * MINUTE)

    @property
    def runs(self) -> bool:
        return self.since is not None

    def used(self, now: int) -> int:
        """Time run so far, ms."""
        return self.spent + (0 if self.since is None else max(0, now - self.since))

    def left(self, now: int) -> int:
        """Time left, ms; below zero once it has run out; 0 for a clock without end."""
        return self.length - self.used(now) if self.length else 0

    def phase(self, now: int) -> Phase:
        if not self.length:
            return Phase.FREE
        left = self.left(now)
        return Phase.OVER if left <= 0 else Phase.WARNS if left <= min(WARNING, self.length // 2) else Phase.RUNNING

    def run(self, now: int) -> Clock:
        """Let it run; one that runs already is the same."""
        return self if self.runs else attrs.evolve(self, since=now)

    def stop(self, now: int) -> Clock:
        return attrs.evolve(self, spent=self.used(now), since=None)

    def extended(self, ms: int) -> Clock:
        """With `ms` more (less, if below zero; never to less than 1 ms in all); a clock without end stays so."""
        return attrs.evolve(self, length=max(1, self.length + ms)) if self.length else self


class Clocks:
    """The clocks of a table by whose they are, one of them running at most; `news` tells each phase of one once."""

    def __init__(self) -> None:
        self._clocks: dict[str, Clock] = {}
        self._told: set[tuple[str, Phase]] = set()

    def get(self, whose: str) -> Clock | None:
        return self._clocks.get(whose)

    def begin(self, whose: str, length: int) -> None:
        """A clock of `length` ms that stands still; one that is there already is kept."""
        self._clocks.setdefault(whose, Clock(length))

    def run(self, whose: str, now: int) -> None:
        """Let this one run, if it has begun; all others stand still."""
        self._clocks = {w: c.run(now) if w == whose else c.stop(now) for w, c in self._clocks.items()}

    def stop(self, now: int) -> None:
        self._clocks = {w: c.stop(now) for w, c in self._clocks.items()}

    def drop(self, whose: str) -> None:
        self._clocks.pop(whose, None)
        self._told = {told for told in self._told if told[0] != whose}

    def extend(self, whose: str, ms: int) -> None:
        """More time for one, which may then warn anew."""
        self._clocks[whose] = self._clocks[whose].extended(ms)
        self._told = {told for told in self._told if told[0] != whose}

    def over(self, whose: str, now: int) -> bool:
        clock = self._clocks.get(whose)
        return clock is not None and clock.phase(now) is Phase.OVER

    def news(self, whose: str, now: int) -> Phase | None:
        """WARNS or OVER, the first time that a running clock is found there; else None."""
        clock = self._clocks.get(whose)
        phase = clock.phase(now) if clock is not None and clock.runs else Phase.FREE
        if phase not in (Phase.WARNS, Phase.OVER) or (whose, phase) in self._told:
            return None
        self._told.add((whose, phase))
        return phase
