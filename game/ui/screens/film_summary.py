"""What a turn came to, when its film is over: its weightiest frames in the order they came, to be seen again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.view import View
from game.table.places import Place
from game.ui import parts
from game.ui.layout import Rect
from game.ui.screens.film_parts import BAR_POINTS, seat_name
from game.ui.screens.film_reel import FilmReel
from game.ui.screens.replay_reading import ICONS, TONES
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Button, Item, Label, Panel, Para, Prose, Rows, Widget
from game.words import finished

if TYPE_CHECKING:
    from game.ui.screens.film import FilmScreen

MOST = 8
LEAST_WEIGHT = 20
PANEL_POINTS = 480


def summary(table: Table, reel: FilmReel, film: FilmScreen, room: Room, foot: Rect) -> list[Widget]:
    u = room.u
    view = reel.last
    items = _items(table, reel, view)
    note = _note(table, film) if film.live else ""
    hold = (Para(table.say("ui_screens.hold"), "caption"), Para(note, gap=4))
    blank = Prose(id="summary.hold", rect=Rect(0, 0, u(PANEL_POINTS - 60), 0), paras=hold)
    low = parts.prose_height(hold, blank.rect.w, room, blank) + u(18) if note else 0
    top = u(BAR_POINTS + 12)
    tall = u(78) + max(u(56), len(items) * u(51)) + (low + u(6) if note else 0) + u(14)
    rect = Rect(foot.right - u(PANEL_POINTS), top, u(PANEL_POINTS), min(tall, foot.y - top - u(12)))
    inner = rect.inset(u(18), u(14))
    head, inner = inner.top(u(26), u(2))
    sub, inner = inner.top(u(18), u(12))
    out: list[Widget] = [
        Panel(id="summary", rect=rect, kind="glass", radius=10, shadow=True),
        Label(
            id="summary.title",
            rect=head.left(head.w - u(150))[0],
            text=table.say("ui_screens.summary", turn=reel.turn, turns=table.turns),
            style="heading",
        ),
        Label(
            id="summary.sub",
            rect=sub,
            text=table.say(
                "ui_screens.summary.own" if reel.eyes else "ui_screens.summary.wire",
                n=len(reel.shown),
                seat=seat_name(table, reel.eyes) if reel.eyes else "",
            ),
            style="small",
        ),
        Button(
            id="again",
            rect=head.end(u(147))[0],
            text=table.say("ui_screens.again"),
            icon="undo-2",
            kind="quiet",
            key="R",
            on=bool(reel.shown),
        ),
    ]
    if note:
        below, inner = inner.foot(low)
        inner = Rect(inner.x, inner.y, inner.w, inner.h - u(6))
        out.append(Panel(id="summary.note", rect=below, kind="warn"))
        out.append(Prose(id="summary.hold", rect=below.inset(u(12), u(8)), paras=hold))
    out.append(
        Rows(id="summary.lines", rect=inner, items=items, height=46, empty=table.say("ui_screens.summary.none"))
    )
    return out


def _items(table: Table, reel: FilmReel, view: View) -> tuple[Item, ...]:
    heavy = [n for n, shown in enumerate(reel.shown) if shown.frame.weight >= LEAST_WEIGHT]
    ranked = sorted(heavy, key=lambda n: -reel.shown[n].frame.weight)[:MOST]
    out = []
    for n in sorted(ranked):
        frame = reel.shown[n].frame
        words = finished(table.text(frame.message, reel.shown[n].after))
        words = words[:1].upper() + words[1:]
        out.append(
            Item(
                n,
                words,
                table.say("ui_screens.line", date=frame.date, rule=frame.told.rule if frame.told else ""),
                icon=ICONS.get(frame.kind, "info"),
                tone=TONES.get(frame.kind, ""),
                tip=words,
            )
        )
    return tuple(out)


def _note(table: Table, film: FilmScreen) -> str:
    """What the scenario asks the table to talk over before the turn that comes."""
    if table.sitting.place is not Place.BETWEEN:
        return ""
    return next((str(h["text"]) for h in table.holds if h["turn"] == table.sitting.turn), "")
