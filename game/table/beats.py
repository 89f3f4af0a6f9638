"""What a hot-seat table hands to screens: the film's beats, the clock's bells, and faults in one line."""

from __future__ import annotations

from enum import StrEnum

import attrs

from game.core.events import Told, told
from game.core.ids import Seat
from game.core.turn import Step
from game.core.view import View
from game.core.words import Message
from game.table.match import MatchFault


class TableFault(MatchFault):
    """An act that cannot be done here. `message` says it in words: what, and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        values = " ".join(f"{k}={v}" for k, v in message.values)
        super().__init__(f"{message.id} {values}".rstrip())


class Bell(StrEnum):
    """What a clock has to say, once each: it warns; it has run out, which seals nothing; the Alarm's has, so the
    standing answer counts."""

    WARNS = "warns"
    OVERRUN = "overrun"
    EXPIRED = "expired"


@attrs.frozen(slots=True)
class Beat:
    """A phase of the film as `eyes` see it ("" the public): what they are told, and their View after it."""

    phase: str
    turn: int
    pulse: int
    hour: int
    date: str
    eyes: Seat
    told: tuple[Told, ...]
    view: View = attrs.field(eq=False, repr=False)


def heard(step: Step, eyes: Seat) -> tuple[Told, ...]:
    """What `eyes` are told of a phase."""
    found = (told(event, eyes, step.date, step.phase) for event in step.events)
    return tuple(one for one in found if one is not None)


def beat(step: Step, eyes: Seat, view: View) -> Beat:
    return Beat(step.phase, step.turn, step.pulse, step.hour, step.date, eyes, heard(step, eyes), view)
