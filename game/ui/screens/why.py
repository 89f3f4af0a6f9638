"""WHY? An event opened over any screen: its terms with their sources, what could have come and what came, what it
changed, and the paragraph of the rule.

A screen holds a `Why` while one is open, puts its widgets after its own, and gives it the acts whose ids begin with
"why.".
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.events import Event, Told
from game.core.view import View
from game.report.explain import Speech
from game.report.opened import Draw, Opened, opened_for, told_lines
from game.ui import parts
from game.ui.layout import Column, Rect, centered
from game.ui.table import Table
from game.ui.theme import LINK, Room
from game.ui.widgets import Act, Bars, Button, Item, Label, Panel, Para, Prose, Rows, Tabs, Widget

LAYER = 4
#: A value longer than this many letters stands under its name, not beside it.
LONG = 16


@attrs.frozen(slots=True)
class Why:
    """An opened event. `draw`: which of its draws is shown; `told`: to whom it was told, for the truth alone."""

    found: Opened
    draw: int = 0
    told: tuple[str, ...] = ()

    def after(self, act: Act) -> Why | None:
        """What is open after an act of its own; None: closed."""
        if act.id == "why.draws":
            return attrs.evolve(self, draw=act.value)
        return None if act.id == "why.close" else self


def why(table: Table, view: View, what: Told, event: Event | None = None) -> Why:
    """Open what some eyes were told, in the words of their View. `event`: for the truth alone."""
    return why_said(table.speech(view), what, event)


def why_said(speech: Speech, what: Told, event: Event | None = None) -> Why:
    found = opened_for(what, speech, event)
    told = tuple(line for _, line in told_lines(event, found, speech)) if event is not None else ()
    return Why(found, told=told)


def why_widgets(table: Table, opened: Why, room: Room, layer: int = LAYER) -> list[Widget]:
    """The dialog over the whole window; closed by "why.close"."""
    u = room.u
    whole = Rect(0, 0, room.width, room.height)
    found = opened.found
    wide = bool(found.inputs)
    pad = u(24)
    w = u(920 if wide else 600)
    title = _title(table, found, min(w, whole.w - u(48)) - 2 * pad, room, layer)
    rows = _items(found)
    left = sum(u(26) if item.head else u(40) for item in rows) + u(24)
    right = sum(h for _, h in _right(table, opened, u(380), room, layer)) if wide else 0
    inside = max(left, right) if wide else sum(h for _, h in _right(table, opened, w - 2 * pad, room, layer))
    h = pad + title.rect.h + u(16) + inside + u(16) + u(36) + u(18)
    rect = centered(w, min(h, u(620)), whole.inset(u(24)))
    inner = rect.inset(pad, u(18))
    head, body = inner.top(title.rect.h, u(14))
    foot, body = body.foot(u(36))
    body = Rect(body.x, body.y, body.w, body.h - u(14))
    out: list[Widget] = [
        Panel(id="why.scrim", rect=whole, kind="scrim", radius=0, layer=layer),
        Panel(id="why.panel", rect=rect, radius=10, shadow=True, layer=layer),
        attrs.evolve(title, rect=head),
    ]
    if wide:
        side, terms = body.end(u(380), u(28))
        out += _terms(table, rows, terms, room, layer)
    else:
        side = body
    y = side.y
    for widget, tall in _right(table, opened, side.w, room, layer):
        if widget.id == "why.rule":
            tall = max(u(60), side.bottom - y) if y + tall > side.bottom else tall
        out.append(attrs.evolve(widget, rect=Rect(side.x, y, side.w, tall - u(10))))
        y += tall
    out.append(
        Button(
            id="why.close",
            rect=foot.end(u(150))[0],
            text=table.say("ui_screens.close"),
            kind="primary",
            key="Esc",
            layer=layer,
        )
    )
    out.append(_number(table, opened, foot, room, layer))
    return out


def _title(table: Table, found: Opened, w: int, room: Room, layer: int) -> Prose:
    paras = (
        Para(table.say("ui_screens.why_caption", rule=found.rule), "caption"),
        Para(found.sentence, "heading", gap=6),
    )
    title = Prose(id="why.title", rect=Rect(0, 0, w, 0), paras=paras, layer=layer)
    return attrs.evolve(title, rect=Rect(0, 0, w, parts.prose_height(paras, w, room, title) + room.u(2)))


def _items(found: Opened) -> tuple[Item, ...]:
    """Terms by what they are of: "upper layer, SM-3: rounds" stands under "upper layer, SM-3"."""
    out: list[Item] = []
    group = ""
    for n, term in enumerate(found.inputs):
        label, colon, value = term.words.rpartition(": ")
        if not colon:
            label, value = term.words, ""
        head, _, name = label.rpartition(": ")
        if head != group:
            group = head
            if head:
                out.append(Item(("head", n), head, head=True))
        long = len(value) > LONG
        source = f"{value} · {term.source}" if long and term.source else value if long else term.source
        out.append(Item(n, name[:1].upper() + name[1:], source, "" if long else value, tip=term.line))
    return tuple(out)


def _terms(table: Table, items: tuple[Item, ...], rect: Rect, room: Room, layer: int) -> list[Widget]:
    column = Column(rect, room.u(6))
    return [
        Label(
            id="why.terms.title",
            rect=column.take(room.u(18)),
            text=table.say("ui_screens.why_terms"),
            style="caption",
            layer=layer,
        ),
        Rows(id="why.terms", rect=column.rest, items=items, height=40, cards=False, layer=layer),
    ]


def _right(table: Table, opened: Why, w: int, room: Room, layer: int) -> Iterator[tuple[Widget, int]]:
    """The draw, what it changed, to whom it was told, and the rule: each with the height it wants."""
    u = room.u
    found = opened.found
    blank = Rect(0, 0, w, 0)
    if len(found.draws) > 1:
        names = tuple((n, str(n + 1)) for n in range(len(found.draws)))
        yield Tabs(id="why.draws", rect=blank, items=names, value=opened.draw, layer=layer), u(40)
    if found.draws:
        yield from _draw(table, found.draws[opened.draw], blank, room, layer)
    paras: list[Para] = []
    if found.effects:
        paras.append(Para(table.say("ui_screens.why_effects"), "caption"))
        paras += [Para(line, mark="chevron-right", tone=LINK) for line in found.effects]
    if opened.told:
        paras.append(Para(table.say("ui_screens.why_told"), "caption", gap=12))
        paras += [Para(line) for line in opened.told]
    if paras:
        text = Prose(id="why.effects", rect=blank, paras=tuple(paras), layer=layer)
        yield text, min(u(180), parts.prose_height(text.paras, w, room, text) + u(14))
    if not found.inputs and not found.draws and not found.effects:
        text = Prose(id="why.hint", rect=blank, paras=(Para(table.say("ui_screens.why_hint"), "muted"),), layer=layer)
        yield text, parts.prose_height(text.paras, w, room, text) + u(14)
    if found.paragraph:
        caption = Para(table.say("ui_screens.why_rule", rule=found.rule), "caption")
        rule = Prose(
            id="why.rule",
            rect=blank,
            paras=(caption, Para(found.paragraph, "rule", gap=6)),
            layer=layer,
            tip="",
        )
        yield rule, parts.prose_height(rule.paras, w, room, rule) + u(14)


def _draw(table: Table, draw: Draw, blank: Rect, room: Room, layer: int) -> Iterator[tuple[Widget, int]]:
    marked = next((c.label for c in draw.chances if c.drawn), "")
    bars = Bars(
        id="why.odds",
        rect=blank,
        bars=tuple((c.label, c.ppm) for c in draw.chances),
        title=table.say("ui_screens.why_odds"),
        marked=marked,
        layer=layer,
    )
    yield bars, room.u(150)
    line = Prose(id="why.drawn", rect=blank, paras=(Para(draw.line, "strong"),), layer=layer)
    yield line, parts.prose_height(line.paras, blank.w, room, line) + room.u(16)


def _number(table: Table, opened: Why, foot: Rect, room: Room, layer: int) -> Widget:
    draws = opened.found.draws
    words = draws[opened.draw].number if draws else ""
    rect = Rect(foot.x, foot.y, foot.w - room.u(166), foot.h)
    return Label(
        id="why.number", rect=rect, text=words, style="small", tip=table.say("ui_screens.why_number"), layer=layer
    )
