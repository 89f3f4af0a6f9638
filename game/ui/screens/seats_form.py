"""One seat as it is being set up, and the fields in which that is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from game.io.seating import MOST_LETTERS, MOST_PEOPLE, Chair, code_of
from game.table.players import PLAYERS
from game.ui.layout import Column, Rect
from game.ui.screens.handoff_parts import spoken
from game.ui.theme import Room
from game.ui.widgets import Choice, Field, Label, Para, Prose, Widget

if TYPE_CHECKING:
    from game.core.ids import Seat

#: Who is a person unless the caller says otherwise, where the scenario has that seat.
FIRST = "JP"


@attrs.define
class Place:
    """One seat as it is being set up: what was typed, codes and all, until the game begins."""

    seat: Seat
    kind: str = "computer"
    player: str = "doctrine"
    people: str = ""
    approver: str = ""
    code: str = ""
    consent: str = ""

    def chair(self) -> Chair:
        if self.kind == "computer":
            return Chair(self.seat, self.player)
        names = [name.strip()[:MOST_LETTERS] for name in self.people.split(",")]
        people = tuple(name for name in names if name)[:MOST_PEOPLE]
        if self.kind == "person":
            return Chair(self.seat, "", people, code=code_of(self.code))
        approver = self.approver.strip()[:MOST_LETTERS]
        return Chair(self.seat, "", people, approver, code_of(self.code), code_of(self.consent))


def places_for(seats: tuple[Seat, ...], players: Mapping[Seat, str] | None) -> list[Place]:
    """Seats as asked for: "person" or a player's name. Unless told otherwise Japan is a person, else the first."""
    if players is None:
        first = FIRST if FIRST in seats else seats[0]
        players = {first: "person"}
    out = []
    for seat in seats:
        who = players.get(seat, "doctrine")
        out.append(Place(seat, "person") if who == "person" else Place(seat, "computer", who))
    return sorted(out, key=lambda place: place.kind == "computer")


def computer_fields(room: Room, column: Column, place: Place, language: str) -> list[Widget]:
    u = room.u
    items = tuple((name, spoken(language, f"player_{name}")) for name in reversed(PLAYERS))
    caption = Label(id="player.head", rect=column.take(u(16)), text=spoken(language, "player"), style="caption")
    choice = Choice(id="player", rect=column.take(u(36), u(8)), items=items, value=place.player)
    about = Para(spoken(language, f"about_{place.player}"), "muted", gap=0)
    return [caption, choice, Prose(id="player.about", rect=column.take(u(48)), paras=(about,))]


def people_fields(room: Room, column: Column, place: Place, language: str) -> list[Widget]:
    group = place.kind == "group"
    rows = [("people", "names" if group else "name", place.people, False, ("code", "code", place.code, True))]
    if group:
        rows.append(("approver", "approver", place.approver, False, ("consent", "consent", place.consent, True)))
    out: list[Widget] = []
    for id, label, value, secret, other in rows:
        strip = column.take(room.u(56), room.u(8))
        wide, narrow = strip.left((strip.w - room.u(12)) * 6 // 10, room.u(12))
        out += _field(room, wide, language, id, label, value, secret)
        out += _field(room, narrow, language, *other)
    return out


def _field(room: Room, rect: Rect, language: str, id: str, label: str, value: str, secret: bool) -> list[Widget]:
    head, rest = rect.top(room.u(16), room.u(4))
    hint = spoken(language, f"{label}_hint")
    return [
        Label(id=f"{id}.head", rect=head, text=spoken(language, label), style="caption"),
        Field(id=id, rect=rest, text=value, hint=hint, secret=secret, most=40 if secret else 200),
    ]
