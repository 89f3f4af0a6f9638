"""Paints widgets. One function a kind, looked up by class; each paints inside its rectangle and nowhere else, but for
shadows, popups and tips, which `app` paints last.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

import pygame

from game.ui import kit, parts, theme
from game.ui.hands import Hands
from game.ui.layout import Rect, wrapped
from game.ui.theme import STYLES, Room
from game.ui.widgets import (
    Bars,
    Busy,
    Button,
    Chart,
    Choice,
    Field,
    Item,
    Label,
    Pane,
    Panel,
    Picture,
    Prose,
    Rows,
    Slider,
    Steps,
    Tabs,
    Toggle,
    Track,
    Widget,
)

#: From this height on, in points, the second line of a row or a button may be two.
TWO_LINES = 58
#: kind: fill, border, text.
BUTTONS = {
    "plain": (theme.RAISED, theme.LINE, theme.TEXT),
    "primary": (theme.AMBER, theme.AMBER_EDGE, theme.ON_AMBER),
    "quiet": (theme.PANEL, theme.LINE, theme.MUTED),
    "danger": (theme.DANGER, theme.DANGER_EDGE, theme.TEXT),
    "link": ("", "", theme.LINK),
}
LIT = {"plain": theme.HOVER, "primary": "#EDB950", "quiet": theme.RAISED, "danger": "#5E3030", "link": ""}
PANELS = {
    "panel": (theme.PANEL, "#314856"),
    "card": (theme.CARD, "#2B414F"),
    "well": (theme.WELL, "#22343F"),
    "raised": (theme.RAISED, theme.LINE),
    "ink": (theme.INK, ""),
    "glass": ("#15222BEC", "#314856"),
    "scrim": ("#0A1218B8", ""),
    "warn": ("#3A2E16", "#8A6A28"),
    "bad": ("#3A1F1C", "#8E4640"),
    "lit": ("#24394A", theme.AMBER),
    "alarm": (theme.ALARM, ""),
    "alarm_well": ("#5A1710", ""),
    "alarm_bar": ("#FFFFFF", ""),
    "amber": (theme.AMBER, ""),
}


class Painter:
    """A surface with the hands over it: what every drawing function takes."""

    def __init__(self, to: pygame.Surface, room: Room, hands: Hands) -> None:
        self.to = to
        self.room = room
        self.hands = hands
        self.u = room.u

    def focused(self, widget: Widget) -> bool:
        return self.hands.focus == widget.id and self.hands.shown_focus

    def hovered(self, widget: Widget) -> bool:
        return self.hands.hover == widget.id

    def ring(self, rect: Rect, radius: int = 6) -> None:
        """Where the keyboard stands."""
        x, y, w, h = rect
        pygame.draw.rect(
            self.to, theme.FOCUS, (x - 2, y - 2, w + 4, h + 4), self.u(2), border_radius=self.u(radius) + 2
        )

    def words(
        self, words: str, at: tuple[int, int], style: str, anchor: str = "midleft", color: str = "", room: int = 0
    ) -> pygame.Rect:
        s = STYLES[style]
        size = self.u(s.size)
        track = self.u(s.track)
        shown = kit.fitted(words, s.face, size, room, track) if room else words
        return kit.put(self.to, shown, at, s.face, size, color or s.color, anchor, track)


def draw(to: pygame.Surface, widget: Widget, room: Room, hands: Hands) -> None:
    DRAW[type(widget)](Painter(to, room, hands), widget)


def _panel(p: Painter, w: Panel) -> None:
    fill, border = PANELS[w.kind]
    if w.shadow:
        kit.shadow(p.to, w.rect, p.u(w.radius), p.u(9), 130, p.u(3))
    kit.box(p.to, w.rect, p.u(w.radius) if w.radius else 0, fill, border)


def _label(p: Painter, w: Label) -> None:
    x, y, wide, h = w.rect
    if w.icon:
        size = p.u(STYLES[w.style].size + 2)
        kit.put_icon(p.to, w.icon, (x, y + h // 2), size, w.color or STYLES[w.style].color, "midleft")
        x, wide = x + size + p.u(7), wide - size - p.u(7)
    at = {"left": (x, "midleft"), "center": (x + wide // 2, "center"), "right": (x + wide, "midright")}[w.align]
    p.words(w.text, (at[0], y + h // 2), w.style, at[1], w.color, wide)


def _button(p: Painter, w: Button) -> None:
    fill, border, color = BUTTONS[w.kind]
    pressed = p.hands.pressed == w.id and w.on
    if not w.on:
        fill, border, color = theme.PANEL, "#2A3B46", theme.DIM
    elif p.hovered(w) or pressed:
        fill = LIT[w.kind]
    if fill or border:
        kit.box(p.to, w.rect, p.u(5), fill or "#00000000", border)
    x, y, wide, h = w.rect
    y += 1 if pressed else 0
    style = "strong" if w.kind == "primary" else "body"
    s = STYLES[style]
    cap = _cap_width(p, w.key)
    icon = p.u(17)
    lead = icon + p.u(8) if w.icon and w.text else icon if w.icon else 0
    inner = wide - p.u(16) - (cap + p.u(8) if cap else 0)
    words = kit.fitted(w.text, s.face, p.u(s.size), max(1, inner - lead)) if w.text else ""
    total = lead + kit.width(words, s.face, p.u(s.size))
    middle = x + (wide - (cap + p.u(6) if cap else 0)) // 2
    left = x + p.u(14) if w.align == "left" else max(x + p.u(6), middle - total // 2)
    if not w.text:
        left = x + (wide - total - (cap + p.u(5) if cap else 0)) // 2
    if w.icon:
        kit.put_icon(p.to, w.icon, (left, y + h // 2), icon, color, "midleft")
    two = bool(w.sub) and h >= p.u(TWO_LINES)
    up = p.u(17) if two else p.u(8) if w.sub else 0
    p.words(words, (left + lead, y + h // 2 - up), style, "midleft", color)
    if two:
        _two_lines(p, w.sub, Rect(left + lead, y + h // 2 - p.u(6), inner - lead - p.u(10), p.u(30)))
    elif w.sub:
        p.words(w.sub, (left + lead, y + h // 2 + p.u(10)), "small", "midleft", "", inner - lead)
    if cap:
        _cap(
            p,
            w.key,
            (x + wide - p.u(8) - cap, y + h // 2),
            cap,
            color if w.kind == "primary" and w.on else theme.MUTED,
        )
    if w.kind == "link" and p.hovered(w):
        pygame.draw.line(p.to, color, (left + lead, y + h // 2 + p.u(9)), (left + total, y + h // 2 + p.u(9)))
    if p.focused(w):
        p.ring(w.rect)


def _cap_width(p: Painter, key: str) -> int:
    return max(p.u(19), kit.width(key, "mono", p.u(11)) + p.u(9)) if key else 0


def _cap(p: Painter, key: str, at: tuple[int, int], wide: int, color: str) -> None:
    """A key cap: the shortcut, printed on its control."""
    h = p.u(18)
    kit.box(p.to, (at[0], at[1] - h // 2, wide, h), p.u(3), "#00000000", color)
    kit.put(p.to, key, (at[0] + wide // 2, at[1]), "mono", p.u(11), color, "center")


def _toggle(p: Painter, w: Toggle) -> None:
    x, y, wide, h = w.rect
    if p.hovered(w):
        kit.box(p.to, w.rect, p.u(4), theme.RAISED)
    size = p.u(15)
    color = w.swatch or theme.AMBER
    at = Rect(x + p.u(4), y + (h - size) // 2, size, size)
    if w.shape == "ring":
        pygame.draw.aacircle(p.to, color if w.value else theme.DIM, at.center, size // 2, p.u(2))
    elif w.shape == "line":
        pygame.draw.rect(p.to, color if w.value else theme.DIM, (at.x, at.center[1] - p.u(1), size, p.u(3)))
    else:
        kit.box(p.to, at, p.u(3), color if w.value else theme.WELL, color if w.value else theme.DIM)
    if w.value and w.shape == "box":
        kit.put_icon(p.to, "check", at.center, p.u(12), theme.ON_AMBER)
    elif not w.value and w.shape != "box":
        pygame.draw.aaline(p.to, theme.DIM, (at.x, at.bottom), (at.right, at.y))
    cap = _cap_width(p, w.key)
    room = wide - size - p.u(20) - cap
    up = p.u(8) if w.sub else 0
    tone = theme.TEXT if w.value else theme.MUTED
    p.words(w.text, (at.right + p.u(9), y + h // 2 - up), "body", "midleft", tone, room)
    if w.sub:
        p.words(w.sub, (at.right + p.u(9), y + h // 2 + p.u(9)), "small", "midleft", "", room)
    if w.key:
        _cap(p, w.key, (x + wide - cap - p.u(4), y + h // 2), cap, theme.DIM)
    if p.focused(w):
        p.ring(w.rect, 4)


def _tabs(p: Painter, w: Tabs) -> None:
    rects = parts.tab_rects(w, p.room)
    if not w.pills:
        p.to.fill(theme.LINE, (w.rect.x, w.rect.bottom - 1, w.rect.w, 1))
    for n, (rect, (value, label)) in enumerate(zip(rects, w.items, strict=True)):
        on, over = value == w.value, p.hovered(w) and p.hands.part == n
        if w.pills:
            fill = theme.AMBER if on else theme.HOVER if over else theme.RAISED
            kit.box(p.to, rect, rect.h // 2, fill)
            tone = theme.ON_AMBER if on else theme.TEXT if over else theme.MUTED
            p.words(label, rect.center, "strong" if on else "body", "center", tone, rect.w - p.u(8))
        else:
            tone = theme.TEXT if on or over else theme.MUTED
            p.words(label, (rect.x, rect.center[1] - p.u(2)), "panel", "midleft", tone, rect.w + p.u(6))
            if on:
                p.to.fill(theme.AMBER, (rect.x, rect.bottom - p.u(3), rect.w, p.u(3)))
    if p.focused(w):
        lit = next((r for r, (value, _) in zip(rects, w.items, strict=True) if value == w.value), w.rect)
        p.ring(lit.inset(-p.u(5), 0) if not w.pills else lit)


def _choice(p: Painter, w: Choice) -> None:
    open_ = p.hands.popup is not None and p.hands.popup.id == w.id
    over = p.hovered(w) and w.on
    kit.box(p.to, w.rect, p.u(5), theme.HOVER if over or open_ else theme.RAISED if w.on else theme.PANEL, theme.LINE)
    x, y, wide, h = w.rect
    left = x + p.u(10)
    if w.icon:
        kit.put_icon(p.to, w.icon, (left, y + h // 2), p.u(16), theme.AMBER, "midleft")
        left += p.u(24)
    shown = next((label for value, label in w.items if value == w.value), "")
    if open_ and p.hands.popup is not None and p.hands.popup.typed:
        shown = p.hands.popup.typed
    p.words(shown, (left, y + h // 2), "body", "midleft", "" if w.on else theme.DIM, x + wide - left - p.u(30))
    kit.put_icon(p.to, "chevron-down", (x + wide - p.u(10), y + h // 2), p.u(16), theme.MUTED, "midright")
    if p.focused(w):
        p.ring(w.rect)


def _slider(p: Painter, w: Slider) -> None:
    x, y, wide, h = w.rect
    line = y + h - p.u(10)
    if w.text:
        p.words(w.text, (x, y + p.u(9)), "small", "midleft", "", wide - p.u(60))
        p.words(w.shown, (x + wide, y + p.u(9)), "figure", "midright")
    edge, knob = p.u(8), parts.knob_x(w, p.room)
    kit.box(p.to, (x + edge, line - p.u(2), wide - 2 * edge, p.u(4)), p.u(2), theme.WELL)
    if knob > x + edge:
        kit.box(p.to, (x + edge, line - p.u(2), knob - x - edge, p.u(4)), p.u(2), theme.AMBER)
    pygame.draw.aacircle(p.to, theme.WELL, (knob, line), p.u(9))
    pygame.draw.aacircle(p.to, "#FFF4DC" if p.hovered(w) else "#F3E3BE", (knob, line), p.u(7))
    if p.focused(w):
        pygame.draw.aacircle(p.to, theme.FOCUS, (knob, line), p.u(11), p.u(2))


def _field(p: Painter, w: Field) -> None:
    focused = p.hands.focus == w.id
    kit.box(p.to, w.rect, p.u(5), theme.WELL, theme.AMBER if focused else theme.LINE)
    x, y, wide, h = w.rect
    size, inner = p.u(26 if w.secret and w.center else 14), wide - p.u(20)  # a code is read from a step away
    at = min(p.hands.caret.get(w.id, len(w.text)), len(w.text))
    shown = "•" * len(w.text) if w.secret else w.text
    if focused and p.hands.composing:
        shown = shown[:at] + p.hands.composing + shown[at:]
        at += len(p.hands.composing)
    caret = kit.width(shown[:at], "sans", size)
    total = kit.width(shown, "sans", size)
    left = x + p.u(10) + ((inner - total) // 2 if w.center and total < inner else 0)
    shift = max(0, caret - inner + p.u(4)) if focused else 0  # at rest one reads its beginning
    clip = p.to.get_clip()
    p.to.set_clip(clip.clip((x + p.u(8), y, wide - p.u(16), h)))
    if not shown and w.hint:
        anchor = "center" if w.center else "midleft"
        p.words(w.hint, (x + wide // 2 if w.center else left, y + h // 2), "muted", anchor, theme.DIM)
    elif shown:
        kit.put(p.to, shown, (left - shift, y + h // 2), "sans", size, theme.TEXT, "midleft")
    if focused:
        pygame.draw.rect(p.to, theme.AMBER, (left - shift + caret, y + p.u(8), max(1, p.u(1.5)), h - p.u(16)))
    p.to.set_clip(clip)


def _scrolled(p: Painter, w: Widget, height: int) -> int:
    """Paint the bar of a scrolling widget, where it scrolls; how far it is scrolled."""
    at = p.hands.scroll.get(w.id, 0)
    if height > w.rect.h:
        bar = max(p.u(24), w.rect.h * w.rect.h // height)
        y = w.rect.y + (w.rect.h - bar) * at // max(1, height - w.rect.h)
        kit.box(p.to, (w.rect.right - p.u(4), y, p.u(4), bar), p.u(2), theme.LINE if not p.hovered(w) else theme.DIM)
    return at


def _rows(p: Painter, w: Rows) -> None:
    if not w.items:
        _empty(p, w)
        return
    rects = parts.row_rects(w, p.room)
    at = _scrolled(p, w, rects[-1].bottom - w.rect.y)
    clip = p.to.get_clip()
    inside = clip.clip(w.rect)
    p.to.set_clip(inside)
    narrow = p.u(8) if rects[-1].bottom - w.rect.y > w.rect.h else 0
    for n, (rect, item) in enumerate(zip(rects, w.items, strict=True)):
        rect = Rect(rect.x, rect.y - at, rect.w - narrow, rect.h)
        if rect.bottom > inside.top and rect.y < inside.bottom:
            _row(p, w, n, rect, item)
    p.to.set_clip(clip)


def _empty(p: Painter, w: Rows) -> None:
    style = STYLES["small"]
    size = p.u(style.size)
    lines = wrapped(w.empty, w.rect.w, lambda s: kit.width(s, style.face, size), lambda t: t.id)
    for n, line in enumerate(lines):
        for piece in line:
            at = (w.rect.x + piece.x, w.rect.y + p.u(4) + n * kit.line_height(style.face, size))
            kit.put(p.to, piece.words, at, style.face, size, theme.MUTED)


def _row(p: Painter, w: Rows, n: int, rect: Rect, item: Item) -> None:
    x, y, wide, h = rect
    if item.head:
        p.words(item.text, (x, y + h - p.u(9)), "caption", "midleft", "", wide)
        return
    chosen = item.value == w.value and w.value is not None
    over = p.hovered(w) and p.hands.part in (n, *range(1000 * (n + 1), 1000 * (n + 1) + 9))
    if w.cards or chosen or over:
        fill, border = PANELS["lit" if chosen else "card"]
        kit.box(p.to, rect, p.u(5), theme.HOVER if over and not chosen else fill, border if w.cards or chosen else "")
    if item.tone:
        kit.box(p.to, (x, y, p.u(4), h), p.u(2), item.tone)
    if item.cells:
        _cells(p, w, Rect(w.rect.x, y, w.rect.w, h), item)
        _ring(p, w, n, rect)
        return
    left = x + p.u(12)
    if item.symbol:
        name, affinity = item.symbol
        image = kit.symbol_in(name, affinity, p.u(34), min(h - p.u(10), p.u(28)))
        p.to.blit(image, image.get_rect(center=(x + p.u(27), y + h // 2)))
        left = x + p.u(54)
    elif item.icon:
        kit.put_icon(p.to, item.icon, (x + p.u(20), y + h // 2), p.u(17), item.tone or theme.MUTED)
        left = x + p.u(38)
    acts = parts.act_rects(rect, item, p.room)
    right = (acts[0].x if acts else x + wide) - p.u(10)
    if item.right:
        drawn = p.words(item.right, (right, y + h // 2), "amber", "midright")
        right = drawn.left - p.u(8)
    two = bool(item.sub) and h >= p.u(36)
    p.words(
        item.text,
        (left, y + h // 2 - (p.u(9 if h < p.u(TWO_LINES) else 17) if two else 0)),
        "strong" if two else "body",
        "midleft",
        "",
        right - left,
    )
    if two and h < p.u(TWO_LINES):
        p.words(item.sub, (left, y + h // 2 + p.u(10)), "small", "midleft", "", right - left)
    elif two:
        _two_lines(p, item.sub, Rect(left, y + h // 2 - p.u(6), right - left, p.u(30)))
    for a, (act, (_, icon, _)) in enumerate(zip(acts, item.acts, strict=True)):
        lit = p.hovered(w) and p.hands.part == 1000 * (n + 1) + a
        if lit:
            kit.box(p.to, act.inset(p.u(2)), p.u(4), theme.LINE)
        kit.put_icon(p.to, icon, act.center, p.u(15), theme.TEXT if lit else theme.MUTED)
    _ring(p, w, n, rect)


def _ring(p: Painter, w: Rows, n: int, rect: Rect) -> None:
    """Where the keyboard stands."""
    if p.focused(w) and p.hands.lit.get(w.id, 0) == n:
        pygame.draw.rect(p.to, theme.FOCUS, rect, p.u(2), border_radius=p.u(6))


def _cells(p: Painter, w: Rows, rect: Rect, item: Item) -> None:
    """A row of a table: its sign, then its cells, figures to the right."""
    middle = rect.y + rect.h // 2
    if item.icon:
        kit.put_icon(p.to, item.icon, (rect.x + p.u(14), middle), p.u(14), item.tone or theme.MUTED)
    cells = parts.cell_rects(rect, w.columns, p.room)
    for n, (cell, words, (_, align)) in enumerate(zip(cells, item.cells, w.columns, strict=False)):
        style, tone = ("figure", "") if align == "right" else ("body" if n == 0 else "small", "")
        at = (cell.right if align == "right" else cell.x, middle)
        p.words(words, at, style, "midright" if align == "right" else "midleft", tone, cell.w)


def _two_lines(p: Painter, words: str, rect: Rect) -> None:
    """A text in two lines at most, of a row that is high enough for them; one line stands in their middle."""
    style = STYLES["small"]
    size = p.u(style.size)
    lines = wrapped(words, rect.w, lambda s: kit.width(s, style.face, size), lambda t: t.id)
    said = [" ".join(piece.words for piece in line) for line in lines]
    if len(said) > 2:
        said = [said[0], " ".join(said[1:])]
    step = p.u(15)
    for n, line in enumerate(said):
        fits = len(lines) <= 2  # wrapped to fit: what kerning adds to a whole line is no reason to cut it
        p.words(line, (rect.x, rect.y + step // 2 + n * step), "small", "midleft", "", 0 if fits else rect.w)


def _prose(p: Painter, w: Prose) -> None:
    blocks = parts.written(w, p.room)
    at = _scrolled(p, w, parts.content_height(w, p.room))
    clip = p.to.get_clip()
    inside = clip.clip(w.rect)
    p.to.set_clip(inside)
    left, top = w.rect.x + p.u(w.pad), w.rect.y + p.u(w.pad) - at
    number = 0
    lit = p.hands.lit.get(w.id, 0) if p.focused(w) else -1
    over = p.hands.part if p.hovered(w) else -1
    for block in blocks:
        here = number
        number += 1 if block.para.link is not None else sum(x.token is not None for line in block.lines for x in line)
        y = top + block.y
        if y + block.h < inside.top or y > inside.bottom:
            continue
        _block(p, w, block, Rect(left, y, w.rect.w - 2 * p.u(w.pad) - p.u(8), block.h), here, lit, over)
    p.to.set_clip(clip)
    if p.focused(w) and number == 0:
        p.ring(w.rect)


def _block(p: Painter, w: Prose, block: parts.Written, rect: Rect, number: int, lit: int, over: int) -> None:
    style = STYLES[block.para.style]
    size = p.u(style.size)
    if block.para.link is not None and number in (lit, over):
        kit.box(p.to, rect.inset(-p.u(4), -p.u(2)), p.u(4), theme.RAISED)
    if block.para.mark:
        at = (rect.x + p.u(block.para.indent * 16), rect.y + block.step // 2)
        kit.put_icon(p.to, block.para.mark, at, p.u(15), block.para.tone or style.color, "midleft")
    for n, line in enumerate(block.lines):
        y = rect.y + n * block.step
        for piece in line:
            color = style.color
            if piece.token is not None and block.para.link is None:
                color = theme.LINK
                if number in (lit, over):
                    wide = kit.width(piece.words, style.face, size, style.track)
                    p.to.fill(color, (rect.x + block.x + piece.x, y + block.step - p.u(3), wide, 1))
                number += 1
            kit.put(
                p.to, piece.words, (rect.x + block.x + piece.x, y), style.face, size, color, "topleft", style.track
            )
    if block.para.right:
        p.words(block.para.right, (rect.right, rect.y + block.step // 2), "figure_muted", "midright")


def _bars(p: Painter, w: Bars) -> None:
    x, y, wide, h = w.rect
    top = y
    if w.title:
        p.words(w.title, (x, y + p.u(8)), "small", "midleft", theme.TEXT, wide)
        top += p.u(20)
    foot = p.u(16) + (p.u(16) if w.note else 0)
    base = y + h - foot
    if w.bars:
        most = max(ppm for _, ppm in w.bars) or 1
        slot = wide / len(w.bars)
        labels = max(1, round(len(w.bars) * p.u(26) / max(1, wide)))
        for n, (label, ppm) in enumerate(w.bars):
            left, right = x + round(n * slot), x + round((n + 1) * slot)
            tall = max(1, (base - top) * ppm // most) if ppm else 0
            drawn = label == w.marked
            gap = 1 if slot > 4 else 0
            p.to.fill(
                theme.AMBER if drawn else w.tone, (left + gap, base - tall, max(1, right - left - 2 * gap), tall)
            )
            if drawn or n % labels == 0 or (n == len(w.bars) - 1 and n % labels > labels // 2):
                tone = theme.AMBER if drawn else theme.MUTED
                kit.put(p.to, label, ((left + right) // 2, base + p.u(3)), "mono", p.u(11), tone, "midtop")
    p.to.fill(theme.LINE, (x, base, wide, 1))
    if w.note:
        p.words(w.note, (x, y + h - p.u(7)), "small", "midleft", "", wide)


def _chart(p: Painter, w: Chart) -> None:
    x, y, wide, h = w.rect
    if w.title:
        p.words(w.title, (x, y + p.u(10)), "panel", "midleft", "", wide)
    labels = max((kit.width(c.label, "cond", p.u(12)) for c in w.curves), default=0) + p.u(12)
    plot = Rect(x + p.u(34), y + p.u(30), max(1, wide - p.u(34) - labels), max(1, h - p.u(52)))
    points = [at for curve in w.curves for at in curve.points]
    if not points:
        return
    x0, x1 = min(a for a, _ in points), max(a for a, _ in points)
    y0, y1 = min(0, *(b for _, b in points)), max(1, *(b for _, b in points))

    def at(point: tuple[int, int]) -> tuple[int, int]:
        return (
            plot.x + (plot.w * (point[0] - x0) // max(1, x1 - x0)),
            plot.bottom - plot.h * (point[1] - y0) // max(1, y1 - y0),
        )

    for n in range(5):
        value = y0 + (y1 - y0) * n // 4
        level = at((x0, value))[1]
        p.to.fill("#22343F", (plot.x, level, plot.w, 1))
        kit.put(p.to, str(value), (plot.x - p.u(6), level), "mono", p.u(11), theme.MUTED, "midright")
    free = x
    for value, label in w.xs:
        middle, half = at((value, y0))[0], kit.width(label, "mono", p.u(11)) // 2
        if middle - half >= free:  # in a narrow chart every other one is left out
            kit.put(p.to, label, (middle, plot.bottom + p.u(5)), "mono", p.u(11), theme.MUTED, "midtop")
            free = middle + half + p.u(4)
    lowest = plot.y - plot.h  # the label of the curve above
    by_height = sorted(
        enumerate(w.curves), key=lambda row: at(row[1].points[-1])[1]
    )  # labels keep their lines' order
    for n, curve in by_height:
        color = curve.color or theme.CHART[n % 4]
        _curve(p, [at(point) for point in curve.points], color, curve.dash)
        end = at(curve.points[-1])
        level = lowest = max(end[1], lowest + p.u(13))
        pygame.draw.aacircle(p.to, color, end, p.u(4))
        kit.put(p.to, curve.label, (end[0] + p.u(8), level), "cond", p.u(12), color, "midleft")


def _curve(p: Painter, line: Sequence[tuple[int, int]], color: str, dash: str) -> None:
    wide = 1 if dash == "thin" else p.u(2)
    on, off = {"dashed": (p.u(9), p.u(5)), "dotted": (p.u(2), p.u(4))}.get(dash, (0, 0))
    left = 0.0
    for a, b in itertools.pairwise(line):
        if not on:
            pygame.draw.aaline(p.to, color, a, b, wide)
            continue
        far = max(1.0, ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5)
        t = -left
        while t < far:
            start, end = max(0.0, t), min(far, t + on)
            if end > start:
                first = (a[0] + (b[0] - a[0]) * start / far, a[1] + (b[1] - a[1]) * start / far)
                last = (a[0] + (b[0] - a[0]) * end / far, a[1] + (b[1] - a[1]) * end / far)
                pygame.draw.aaline(p.to, color, first, last, wide)
            t += on + off
        left = (left + far) % (on + off)


def _track(p: Painter, w: Track) -> None:
    x, y, wide, h = w.rect
    edge = p.u(8)
    line = y + h // 2
    span = wide - 2 * edge
    knob = parts.knob_x(w, p.room)
    kit.box(p.to, (x + edge, line - p.u(2), span, p.u(4)), p.u(2), theme.WELL)
    if knob > x + edge:
        kit.box(p.to, (x + edge, line - p.u(2), knob - x - edge, p.u(4)), p.u(2), theme.LINK)
    for at, label in w.captions:
        tick = x + edge + span * (at - w.low) // max(1, w.high - w.low)
        p.to.fill(theme.DIM, (tick, line - p.u(6), 1, p.u(12)))
        kit.put(p.to, label, (tick + p.u(4), line + p.u(8)), "mono", p.u(11), theme.MUTED)
    for at, tone, _ in w.marks:
        tick = x + edge + span * (at - w.low) // max(1, w.high - w.low)
        top = line - p.u(8)
        pygame.draw.polygon(p.to, tone, [(tick, top), (tick - p.u(4), top - p.u(8)), (tick + p.u(4), top - p.u(8))])
    pygame.draw.aacircle(p.to, theme.WELL, (knob, line), p.u(9))
    pygame.draw.aacircle(p.to, "#FFFFFF", (knob, line), p.u(7))
    if p.focused(w):
        pygame.draw.aacircle(p.to, theme.FOCUS, (knob, line), p.u(11), p.u(2))


def _steps(p: Painter, w: Steps) -> None:
    n = max(1, len(w.items))
    if w.colors:  # a ladder of boxes, with the number beside it
        size = min(w.rect.h, p.u(13))
        for i in range(n):
            x = w.rect.x + i * (size + p.u(3))
            fill = w.colors[i % len(w.colors)] if i < w.value else theme.RAISED
            kit.box(p.to, (x, w.rect.y + (w.rect.h - size) // 2, size, size), p.u(2), fill, theme.LINE)
        return
    x = w.rect.x
    style = STYLES["small"]
    gap = p.u(26)
    sizes = [kit.width(item, "cond", p.u(13)) for item in w.items]
    while gap > p.u(12) and sum(sizes) + gap * (n - 1) > w.rect.w:
        gap -= 1
    for i, (item, wide) in enumerate(zip(w.items, sizes, strict=True)):
        tone = theme.AMBER if i == w.value else theme.TEXT if i < w.value else theme.DIM
        kit.put(p.to, item, (x, w.rect.center[1]), style.face, p.u(13), tone, "midleft")
        if i < n - 1:
            kit.put_icon(p.to, "chevron-right", (x + wide + gap // 2, w.rect.center[1]), p.u(13), theme.DIM)
        x += wide + gap


def _picture(p: Painter, w: Picture) -> None:
    w.paint(p.to, pygame.Rect(w.rect))


def _pane(p: Painter, w: Pane) -> None:
    w.paint(p.to, pygame.Rect(w.rect))
    if p.focused(w):
        pygame.draw.rect(p.to, theme.FOCUS, w.rect, p.u(2))


def ticks() -> int:
    """The time in ms. Not pygame's: that stands at 0 until somebody makes a Clock, and the display alone does not."""
    return time.monotonic_ns() // 1_000_000


def _busy(p: Painter, w: Busy) -> None:
    beat = ticks() // 120 % 8
    x, y = w.rect.x + p.u(12), w.rect.center[1]
    for n in range(8):
        tone = theme.AMBER if n == beat else theme.LINE
        offset = [(0, -7), (5, -5), (7, 0), (5, 5), (0, 7), (-5, 5), (-7, 0), (-5, -5)][n]
        pygame.draw.aacircle(p.to, tone, (x + p.u(offset[0]), y + p.u(offset[1])), p.u(2))
    p.words(w.text, (x + p.u(18), y), "body", "midleft", "", w.rect.w - p.u(34))


DRAW: dict[type[Widget], Callable[[Painter, Any], None]] = {
    Panel: _panel,
    Label: _label,
    Button: _button,
    Toggle: _toggle,
    Tabs: _tabs,
    Choice: _choice,
    Slider: _slider,
    Field: _field,
    Rows: _rows,
    Prose: _prose,
    Bars: _bars,
    Chart: _chart,
    Track: _track,
    Steps: _steps,
    Picture: _picture,
    Pane: _pane,
    Busy: _busy,
}


def draw_popup(to: pygame.Surface, choice: Choice, room: Room, hands: Hands) -> Rect:
    """The list of an opened drop-down, over everything."""
    p = Painter(to, room, hands)
    rect, items = hands.popup_box(choice, room)
    kit.shadow(to, rect, p.u(6), p.u(9), 150, p.u(3))
    kit.box(to, rect, p.u(6), theme.RAISED, theme.LINE)
    assert hands.popup is not None
    first = hands.popup.scroll
    for n, (value, label) in enumerate(items[first : first + parts.POPUP_ROWS]):
        row = Rect(rect.x + p.u(4), rect.y + p.u(4) + n * p.u(30), rect.w - p.u(8), p.u(30))
        if first + n == hands.popup.lit:
            kit.box(to, row, p.u(4), theme.HOVER)
        if value == choice.value:
            kit.put_icon(to, "check", (row.x + p.u(12), row.center[1]), p.u(13), theme.AMBER)
        p.words(label, (row.x + p.u(24), row.center[1]), "body", "midleft", "", row.w - p.u(34))
    if len(items) > parts.POPUP_ROWS:
        bar = max(p.u(20), rect.h * parts.POPUP_ROWS // len(items))
        y = rect.y + (rect.h - bar) * first // max(1, len(items) - parts.POPUP_ROWS)
        kit.box(to, (rect.right - p.u(5), y, p.u(3), bar), p.u(1), theme.DIM)
    return rect


def tip_of(widget: Widget, hands: Hands) -> str:
    """What the tip over a widget, or over the part of it under the pointer, says."""
    if isinstance(widget, Rows) and hands.part >= 0:
        if hands.part >= 1000:
            return widget.items[hands.part // 1000 - 1].acts[hands.part % 1000][2]
        item = widget.items[hands.part] if hands.part < len(widget.items) else None
        return (item.tip if item else "") or widget.tip
    if isinstance(widget, Track) and 0 <= hands.part < len(widget.marks):
        return widget.marks[hands.part][2] or widget.tip
    if isinstance(widget, Label) and not widget.tip:
        return ""
    return widget.tip


def draw_tip(to: pygame.Surface, words: str, at: tuple[int, int], room: Room) -> Rect:
    style = STYLES["body"]
    size = room.u(13)
    lines = wrapped(words, room.u(320), lambda s: kit.width(s, style.face, size), lambda t: t.id)
    step = kit.line_height(style.face, size)
    w = max((kit.width(" ".join(x.words for x in line), style.face, size) for line in lines), default=0) + room.u(20)
    h = step * len(lines) + room.u(12)
    x = max(0, min(at[0] + room.u(12), room.width - w - room.u(4)))
    y = at[1] + room.u(20)
    if y + h > room.height:
        y = max(0, at[1] - h - room.u(8))
    rect = Rect(x, y, w, h)
    kit.shadow(to, rect, room.u(5), room.u(6), 130, room.u(2))
    kit.box(to, rect, room.u(5), "#0B141B", theme.LINE)
    for n, line in enumerate(lines):
        for piece in line:
            kit.put(
                to, piece.words, (x + room.u(10) + piece.x, y + room.u(6) + n * step), style.face, size, theme.TEXT
            )
    return rect
