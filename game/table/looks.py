"""What happened since a seat sealed its last plan: the steps of the last two turns, and how far each had looked."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.ids import Seat
from game.core.turn import Step
from game.io.save import Saved
from game.table.match import Match


@attrs.define
class Looks:
    """`steps` by turn as they came, the facilitator's acts among them; `seen`: (seat, turn) -> how many of that
    turn's steps there were when the seat sealed its plan for it. Nothing of it needs a file: a save tells it."""

    steps: dict[int, list[Step]] = attrs.field(factory=dict)
    seen: dict[tuple[Seat, int], int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, saved: Saved) -> Looks:
        """How far each seat had looked, from the records of the last two turns."""
        looks = cls()
        for turn in saved.turns[-2:]:
            n = 0
            for mark in saved.marks(turn):
                n += mark.kind in ("step", "act")
                if mark.kind == "plan":
                    looks.seen[saved.plan(mark).seat, turn] = n
        return looks

    def take(self, match: Match) -> None:
        """Note the steps that the match has taken since; of turns before the last one nothing is kept."""
        for step in (*match.past, *match.steps):
            known = self.steps.setdefault(step.turn, [])
            if not any(step is one for one in known):
                known.append(step)
        last = match.state.turn - 1
        self.steps = {turn: steps for turn, steps in self.steps.items() if turn >= last}
        self.seen = {key: n for key, n in self.seen.items() if key[1] >= last}

    def mark(self, seat: Seat, turn: int) -> None:
        self.seen[seat, turn] = len(self.steps.get(turn, ()))

    def since(self, seat: Seat, turn: int) -> Iterator[Step]:
        """What came after the seat sealed for the turn before `turn`."""
        yield from self.steps.get(turn - 1, ())[self.seen.get((seat, turn - 1), 0) :]
        yield from self.steps.get(turn, ())
