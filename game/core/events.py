"""What happened, and what it changed. An effect without an event is impossible; so the ledger of events is the
whole story, and any result can be opened: paragraph, inputs with sources, odds, draw, result, effects, who may see.
"""

from __future__ import annotations

from typing import Any

import attrs

from game.core.ids import Seat
from game.core.words import Message, Value


@attrs.frozen(slots=True)
class Add:
    """Change a count by `n`. Adds to one cell sum up."""

    table: str
    key: str
    field: str
    n: int


@attrs.frozen(slots=True)
class Put:
    """Set a field. Two Puts on one cell must agree."""

    table: str
    key: str
    field: str
    value: Any


@attrs.frozen(slots=True)
class Make:
    """A new row, or a row written anew (a contact seen again). Makes come before Adds and Puts of the phase."""

    table: str
    key: str
    row: Any


@attrs.frozen(slots=True)
class Drop:
    """Remove a row. Drops come last."""

    table: str
    key: str


Effect = Add | Put | Make | Drop


@attrs.frozen(slots=True)
class Input:
    """A number or word that went into a result, and where it came from ("facts C1.7 L3", "J01", "K3")."""

    name: str
    value: Value
    source: str = ""


@attrs.frozen(slots=True)
class Roll:
    """One draw read through its exact odds.

    `key` names the draw without the seed. `value` is the 64-bit draw. `chance` is the chance, in ppm, of this
    outcome alone, `up_to` that of this or a worse one. `odds` are (label, ppm) of the outcomes as the table
    prints them, worst first, at most a dozen.
    """

    key: str
    value: int
    result: str
    chance: int
    up_to: int
    odds: tuple[tuple[str, int], ...] = ()


@attrs.frozen(slots=True)
class Event:
    """A result. `all_to` are the seats that see the whole sum; `hints` gives others a text without it.

    `order` names the sealed order that the event settles. A rule speaks of a subject once a pulse at most, so date,
    rule and subject name an event in its game: "3a.MD7.JIWA" (`event_id`).
    """

    rule: str
    seat: Seat
    subject: str
    message: Message
    inputs: tuple[Input, ...] = ()
    rolls: tuple[Roll, ...] = ()
    effects: tuple[Effect, ...] = ()
    all_to: tuple[Seat, ...] = ()
    hints: tuple[tuple[Seat, Message], ...] = ()
    order: str = ""


def event_id(event: Event, date: str) -> str:
    return f"{date}.{event.rule}.{event.subject}"


@attrs.frozen(slots=True)
class Told:
    """An event as one seat learns of it: whole, or a hint with no inputs, rolls or effects.

    `subject` is "" in a hint, where it could name what the seat does not know.
    """

    id: str
    phase: str
    rule: str
    message: Message
    whole: bool
    inputs: tuple[Input, ...] = ()
    rolls: tuple[Roll, ...] = ()
    subject: str = ""


def told(event: Event, seat: Seat, date: str, phase: str = "") -> Told | None:
    """What `seat` learns of `event`; None when nothing. A hint's id holds the rule and date but no subject."""
    if seat in event.all_to:
        id = event_id(event, date)
        return Told(id, phase, event.rule, event.message, True, event.inputs, event.rolls, event.subject)
    for who, message in event.hints:
        if who == seat:
            return Told(f"{date}.{event.rule}", phase, event.rule, message, False)
    return None
