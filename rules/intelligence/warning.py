"""Warning of the coming turn, from contacts alone (I14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.core.events import Event, Input
from game.core.ids import PlaceId, Seat
from game.core.model import Contact, State
from game.core.words import say
from rules.intelligence.contacts import STALE

LAUNCHERS = frozenset({"missile", "coastal"})


def active(contacts: Iterable[Contact], hour: int) -> dict[PlaceId, int]:
    """Places where launchers are held that were seen less than a week ago, and how many contacts; most first."""
    found: dict[PlaceId, int] = {}
    for row in contacts:
        if row.what in LAUNCHERS and row.at and hour - row.hour < STALE:
            found[row.at] = found.get(row.at, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def warned(before: State, seat: Seat, contacts: Iterable[Contact]) -> Iterator[Event]:
    found = active(contacts, before.hour)
    if found:
        place = next(iter(found))
        text = say("intelligence.warning", place=place, n=found[place], more=len(found) - 1)
        yield Event("I14", seat, seat, text, (Input("areas", len(found), "contacts held"),), all_to=(seat,))
