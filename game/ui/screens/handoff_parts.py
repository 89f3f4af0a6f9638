"""Pieces of the screen between two people: the strip of seats, a seat's plate, the pause. They ask for no View."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from game.core.words import say
from game.table.places import Act as Deed
from game.table.places import Place
from game.ui import kit, theme
from game.ui.layout import Column, Rect, centered
from game.ui.theme import Room
from game.ui.widgets import Button, Label, Panel, Picture, Widget
from game.words import text

if TYPE_CHECKING:
    import pygame

    from game.core.ids import Seat
    from game.table.hotseat import Sitting

Name = Callable[[str], str]


def spoken(language: str, id: str, /, **values: Any) -> str:
    """A sentence of the title's and the hand-off's words."""
    return text(say(f"ui_title.{id}", **values), language)


def seat_strip(room: Room, sitting: Sitting, name: Name, language: str) -> list[Widget]:
    """Every seat with its state, in the order of play, at the foot."""
    u = room.u
    order = sitting.seating.order
    wide = min(u(178), (room.width - u(40)) // len(order) - u(8))
    left = (room.width - len(order) * (wide + u(8)) + u(8)) // 2
    y = room.height - u(84)
    out: list[Widget] = []
    for n, seat in enumerate(order):
        state, icon = state_of(sitting, seat)
        label = name(seat)
        rect = Rect(left + n * (wide + u(8)), y, wide, u(56))
        on = not sitting.paused or sitting.may(Deed.TAKE)
        out.append(
            Button(
                id=f"seat.{seat}",
                rect=rect,
                text=label,
                sub=spoken(language, f"state_{state}"),
                icon=icon,
                kind="plain" if seat == sitting.next else "quiet",
                align="left",
                on=on,
                tip=spoken(language, "seat_tip", seat=label),
                value=seat,
            )
        )
    return out


def state_of(sitting: Sitting, seat: Seat) -> tuple[str, str]:
    """A seat's state and its icon: sealed, next, to come, or a computer's."""
    chair = sitting.seating.chair(seat)
    if chair.player:
        return "computer", "settings-2"
    if seat == sitting.next:
        return ("asked", "triangle-alert") if sitting.place is Place.ALARM_COVERED else ("next", "play")
    return ("sealed", "check") if seat in sitting.sealed else ("to_come", "clock")


def paused_card(room: Room, box: Rect, wrong: str, language: str) -> list[Widget]:
    u = room.u
    box = centered(box.w, min(u(250), box.h), box)
    column = Column(box.inset(u(44), u(34)), u(8))
    return [
        Panel(id="card", rect=box, shadow=True),
        Label(
            id="paused",
            rect=column.take(u(20), u(14)),
            text=spoken(language, "paused"),
            style="caption",
            align="center",
            color=theme.WARN,
        ),
        Label(
            id="paused.title",
            rect=column.take(u(46)),
            text=spoken(language, "paused_title"),
            style="title",
            align="center",
        ),
        Label(
            id="paused.note",
            rect=column.take(u(24), u(18)),
            text=wrong or spoken(language, "paused_note"),
            style="bad" if wrong else "muted",
            align="center",
        ),
        Button(
            id="unpause",
            rect=column.take(u(46)),
            text=spoken(language, "go_on"),
            icon="play",
            kind="primary",
            key="Enter",
        ),
    ]


def plate(seat: Seat, rect: Rect, alarm: bool) -> Picture:
    """The seat's mark: its letters on a plate, the same for every seat whoever looks."""

    def paint(to: pygame.Surface, at: pygame.Rect) -> None:
        edge = theme.BAD if alarm else theme.EDGE["f"]
        kit.shadow(to, at, at.h // 9, at.h // 10, 150)
        kit.box(to, at, at.h // 9, theme.PLATE["f"] if not alarm else theme.PLATE["h"], edge, 2)
        kit.put(to, seat, at.center, "cond_bold", at.h * 6 // 10, edge if alarm else "#123F61", "center", at.h // 16)

    return Picture(id="symbol", rect=rect, key=(seat, rect, alarm), paint=paint)
