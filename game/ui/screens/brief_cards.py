"""Small cards beside a brief: who may talk to whom and how long, and what the seat has in hand."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.view import View
from game.report.assess import SeatScore
from game.ui import parts, theme
from game.ui.layout import Rect
from game.ui.screens.film_parts import seat_name, store
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Panel, Para, Prose, Widget
from game.words import term, text


def talk(table: Table, view: View, at: Rect, room: Room) -> list[Widget]:
    """Who may talk, standing on `at`; nothing for a seat without an ally at the table."""
    paras = tuple(_talk(table, view))
    if not paras:
        return []
    return _card("talk", (Para(table.say("ui_screens.talk"), "caption", mark="users"), *paras), at, room)


def _talk(table: Table, view: View) -> Iterator[Para]:
    names = table.names(view)
    for found in table.rulebook.talks(view):
        if found.seat in view.board.seats:
            yield Para(seat_name(table, found.seat), "strong", right=found.level, gap=8)
            yield Para(_line(text(found.how, table.language, names)), "small", gap=1)
            yield Para(_line(text(found.about, table.language, names)), "small", gap=1)


def _line(words: str) -> str:
    return words[:1].upper() + words[1:]


def hand(table: Table, view: View, score: SeatScore, at: Rect, room: Room) -> list[Widget]:
    """Capital, rounds and missiles left, and what was lost so far, standing on `at`."""
    say = table.say
    paras = [Para(say("ui_screens.hand"), "caption", mark="shield")]
    if view.own.capital >= 0:
        paras.append(Para(say("ui_screens.capital"), right=str(view.own.capital), gap=6))
    if view.own.budget > 0:
        paras.append(Para(say("ui_screens.budget"), right=str(view.own.budget), gap=3))
    paras.append(Para(say("ui_screens.support"), right=say("ui_screens.percent", n=view.own.support), gap=3))
    names = table.names(view)
    for kind, left in (("rounds", score.rounds), ("missiles", score.missiles)):
        for what, n in left.items():
            paras.append(Para(store(table, names, kind, what), right=str(n), gap=3))
    lost = {what: n for what, n in score.losses.items() if n}
    for what, n in lost.items():
        words = say("ui_screens.lost", what=term("domain", what, table.language))
        paras.append(Para(words, mark="triangle-alert", tone=theme.BAD, right=say("ui_screens.minus", n=n), gap=3))
    return _card("hand", tuple(paras), at, room)


def _card(id: str, paras: tuple[Para, ...], at: Rect, room: Room) -> list[Widget]:
    u = room.u
    pad = u(14)
    prose = Prose(id=f"{id}.text", rect=Rect(0, 0, at.w - 2 * pad, 0), paras=paras)
    tall = min(parts.prose_height(paras, at.w - 2 * pad, room, prose) + u(2), u(250))
    rect = Rect(at.x, at.y - tall - 2 * u(12), at.w, tall + 2 * u(12))
    text = Prose(id=prose.id, rect=Rect(rect.x + pad, rect.y + u(12), at.w - 2 * pad, tall), paras=paras)
    return [Panel(id=f"{id}.panel", rect=rect, kind="glass", radius=10, shadow=True), text]
