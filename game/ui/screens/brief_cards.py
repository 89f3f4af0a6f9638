"""Small cards beside a brief: who may talk to whom and how long, and what the seat has in hand."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.model import TRACK_LETTERS
from game.core.view import View
from game.report.assess import SeatScore
from game.ui import parts, theme
from game.ui.layout import Rect
from game.ui.screens.film_parts import seat_name
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Panel, Para, Prose, Widget
from game.words import term

#: What a level of the planning track lets allies say (game.md 2).
MOST_TALK = 3


def talk(table: Table, view: View, at: Rect, room: Room) -> list[Widget]:
    """Who may talk, standing on `at`; nothing for a seat without an ally at the table."""
    paras = tuple(_talk(table, view))
    if not paras:
        return []
    return _card("talk", (Para(table.say("ui_screens.talk"), "caption", mark="users"), *paras), at, room)


def _talk(table: Table, view: View) -> Iterator[Para]:
    for pact in view.pacts.values():
        if view.seat not in pact.owners or pact.planning < 0:
            continue
        other = next(seat for seat in pact.owners if seat != view.seat)
        if other not in view.board.seats:
            continue
        level = min(pact.planning, MOST_TALK)
        tracks = f"{TRACK_LETTERS['planning']}{pact.planning}"
        if pact.sensing >= 0:
            tracks += f" {TRACK_LETTERS['sensing']}{pact.sensing}"
        yield Para(seat_name(table, other), "strong", right=tracks, gap=8)
        yield Para(table.say(f"ui_screens.talk.{level}"), "small", gap=1)
    for talk in table.rulebook.talks(view):
        if view.pact(talk.seat) is None:
            yield Para(seat_name(table, talk.seat), "strong", gap=8)
            yield Para(table.say("ui_screens.talk.offers"), "small", gap=1)


def hand(table: Table, view: View, score: SeatScore, at: Rect, room: Room) -> list[Widget]:
    """Capital, rounds and missiles left, and what was lost so far, standing on `at`."""
    say = table.say
    paras = [Para(say("ui_screens.hand"), "caption", mark="shield")]
    if view.own.capital >= 0:
        paras.append(Para(say("ui_screens.capital"), right=str(view.own.capital), gap=6))
    paras.append(Para(say("ui_screens.support"), right=say("ui_screens.percent", n=view.own.support), gap=3))
    names = table.names(view)
    for kind, left in (("rounds", score.rounds), ("missiles", score.missiles)):
        for what, n in left.items():
            name = names.any(what, table.language)
            paras.append(Para(say(f"ui_screens.{kind}", what=name), right=str(n), gap=3))
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
