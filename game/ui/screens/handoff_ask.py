"""Dialogs over a covered screen: a code that is asked for, and what may be done with a seat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from game.table.places import Act as Deed
from game.table.places import Place
from game.table.players import PLAYERS
from game.ui import theme
from game.ui.layout import Column, Rect, centered
from game.ui.screens.handoff_parts import spoken
from game.ui.theme import Room
from game.ui.widgets import Button, Field, Label, Panel, Widget

if TYPE_CHECKING:
    from game.core.ids import Seat
    from game.table.hotseat import Sitting

MOST_CODE = 40


@attrs.frozen
class Asked:
    """A code that is asked for before something is done: whose, what for, and the deed itself."""

    title: str
    why: str
    do: Callable[[str], None] = attrs.field(eq=False, default=lambda code: None)


def dialog(room: Room, asked: Asked, typed: str, wrong: str, language: str) -> list[Widget]:
    u = room.u
    box = centered(u(440), u(252), Rect(0, 0, room.width, room.height))
    column = Column(box.inset(u(28), u(22)), u(8))
    out = scrim(room)
    out.append(Panel(id="ask", rect=box, layer=1, shadow=True))
    out.append(Label(id="ask.title", rect=column.take(u(28)), text=asked.title, style="heading", layer=1))
    out.append(Label(id="ask.why", rect=column.take(u(22), u(10)), text=asked.why, style="muted", layer=1))
    field = column.take(u(42))
    out.append(
        Field(
            id="ask.code",
            rect=field,
            text=typed,
            hint=spoken(language, "code_hint_here"),
            secret=True,
            most=MOST_CODE,
            center=True,
            layer=1,
        )
    )
    line = column.take(u(20))
    if wrong:
        out.append(
            Label(
                id="ask.wrong",
                rect=line,
                text=wrong,
                style="small",
                color=theme.BAD,
                layer=1,
                icon="triangle-alert",
            )
        )
    no, yes = column.take(u(42)).columns(2, u(10))
    out.append(Button(id="ask.no", rect=no, text=spoken(language, "cancel"), kind="quiet", key="Esc", layer=1))
    label = spoken(language, "confirm")
    out.append(Button(id="ask.yes", rect=yes, text=label, icon="check", kind="primary", key="Enter", layer=1))
    return out


def menu(room: Room, sitting: Sitting, seat: Seat, name: str, language: str) -> list[Widget]:
    """What may be done with a seat."""
    u = room.u
    found = deeds(sitting, seat)
    box = centered(u(420), u(148) + u(50) * len(found), Rect(0, 0, room.width, room.height))
    column = Column(box.inset(u(24), u(20)), u(8))
    out = scrim(room)
    out.append(Panel(id="menu", rect=box, layer=1, shadow=True))
    out.append(Label(id="menu.seat", rect=column.take(u(28)), text=name, style="heading", layer=1))
    chair = sitting.seating.chair(seat)
    who = spoken(language, "menu_who", people=", ".join(chair.people), player=chair.player)
    out.append(Label(id="menu.who", rect=column.take(u(22), u(12)), text=who, style="muted", layer=1))
    for id, icon, key in found:
        rect = column.take(u(42))
        out.append(
            Button(
                id=f"menu.{id}",
                rect=rect,
                text=spoken(language, f"menu_{id}"),
                icon=icon,
                key=key,
                layer=1,
                align="left",
                tip=spoken(language, f"menu_{id}_tip"),
                value=id,
            )
        )
    label = spoken(language, "cancel")
    out.append(Button(id="menu.close", rect=column.take(u(38)), text=label, kind="quiet", key="Esc", layer=1))
    return out


def deeds(sitting: Sitting, seat: Seat) -> list[tuple[str, str, str]]:
    """(deed, icon, key) that the table allows for a seat now."""
    chair = sitting.seating.chair(seat)
    out: list[tuple[str, str, str]] = []
    waits = not chair.player and seat not in sitting.sealed and seat != sitting.next
    if waits and sitting.may(Deed.CALL):
        out.append(("call", "play", "N"))
    if not chair.player and seat in sitting.sealed and sitting.may(Deed.REOPEN):
        out.append(("reopen", "undo-2", "Z"))
    if sitting.may(Deed.TAKE):
        if chair.player:
            out.append(("person", "users", "P"))
        names = [name for name in reversed(PLAYERS) if name != chair.player]
        out += [(name, "settings-2", str(n)) for n, name in enumerate(names, 1)]
    if sitting.place is Place.ALARM_COVERED and seat == sitting.next and sitting.may(Deed.ANSWER):
        out.append(("absent", "x", "X"))
    return out


def scrim(room: Room) -> list[Widget]:
    return [Panel(id="scrim", rect=Rect(0, 0, room.width, room.height), kind="scrim", radius=0, layer=1)]
