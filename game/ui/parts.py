"""Where the parts of a widget stand: rows of a list, tabs, lines of a text. `draw` paints them, `hands` hits them."""

from __future__ import annotations

from functools import lru_cache

import attrs

from game.ui import kit
from game.ui.layout import Line, Rect, wrapped
from game.ui.theme import STYLES, Room
from game.ui.widgets import Choice, Item, Para, Prose, Rows, Slider, Tabs, Track, Widget


def tab_rects(tabs: Tabs, room: Room) -> list[Rect]:
    x, y, w, h = tabs.rect
    if tabs.pills:
        return _pills(tabs, room)
    style = STYLES["panel"]
    out = []
    gap = room.u(24)
    widths = [kit.width(label, style.face, room.u(style.size)) for _, label in tabs.items]
    while len(widths) > 1 and gap > room.u(8) and sum(widths) + gap * (len(widths) - 1) > w:
        gap -= 1
    for wide in widths:
        out.append(Rect(x, y, wide, h))
        x += wide + gap
    return out


def pill_width(label: str, room: Room) -> int:
    """What a pill needs for its words."""
    style = STYLES["strong"]
    return kit.width(label, style.face, room.u(style.size)) + room.u(16)


def _pills(tabs: Tabs, room: Room) -> list[Rect]:
    """Pills as wide as each other; where one needs more, each by its words."""
    x, y, w, h = tabs.rect
    gap, n = room.u(8), max(1, len(tabs.items))
    free = w - gap * (n - 1)
    needs = [pill_width(label, room) for _, label in tabs.items]
    if max(needs, default=0) > free // n:
        spare = (free - sum(needs)) // n
        widths = [need + spare for need in needs]
    else:
        widths = [free // n] * n
    out = []
    for wide in widths[: len(tabs.items)]:
        out.append(Rect(x, y, wide, h))
        x += wide + gap
    return out


def row_height(rows: Rows, item: Item, room: Room) -> int:
    return room.u(26) if item.head else room.u(rows.height)


def row_rects(rows: Rows, room: Room) -> list[Rect]:
    """Of all rows, unscrolled, from the top of the list."""
    out = []
    y = rows.rect.y
    gap = room.u(5) if rows.cards else 0
    for item in rows.items:
        h = row_height(rows, item, room)
        out.append(Rect(rows.rect.x, y, rows.rect.w, h))
        y += h + gap
    return out


def cell_rects(row: Rect, columns: tuple[tuple[int, str], ...], room: Room) -> list[Rect]:
    """The cells of a row of a table: after a margin for its sign, before one for the scroll bar."""
    x, gap = row.x + room.u(26), room.u(10)
    free = row.w - room.u(26 + 14) - gap * (len(columns) - 1)
    whole = max(1, sum(share for share, _ in columns))
    out = []
    for share, _ in columns:
        wide = max(0, free * share // whole)
        out.append(Rect(x, row.y, wide, row.h))
        x += wide + gap
    return out


def act_rects(row: Rect, item: Item, room: Room) -> list[Rect]:
    """The small buttons at a row's right edge."""
    size = room.u(26)
    right = row.right - room.u(6)
    return [
        Rect(right - (len(item.acts) - n) * size, row.y + (row.h - size) // 2, size, size)
        for n in range(len(item.acts))
    ]


@attrs.frozen(slots=True)
class Written:
    """A paragraph as it stands: its lines, each at a y from the top of the text."""

    para: Para
    x: int
    y: int
    step: int
    lines: tuple[Line, ...]

    @property
    def h(self) -> int:
        return self.step * len(self.lines)


@lru_cache(maxsize=256)
def _prose(prose: Prose, wide: int, scale: float) -> tuple[Written, ...]:
    room = Room(0, 0, scale)
    out = []
    y = 0
    for n, para in enumerate(prose.paras):
        style = STYLES[para.style]
        size = room.u(style.size)
        x = room.u(para.indent * 16) + (room.u(22) if para.mark else 0)
        right = kit.width(para.right, "mono", room.u(12)) + room.u(10) if para.right else 0

        def measure(words: str, face: str = style.face, size: int = size, track: int = style.track) -> int:
            return kit.width(words, face, size, track)

        lines = wrapped(para.text, max(room.u(40), wide - x - right), measure, prose.spell)
        y += room.u(para.gap) if n else 0
        step = round(kit.line_height(style.face, size) * 1.02)
        out.append(Written(para, x, y, step, lines))
        y += step * len(lines)
    return tuple(out)


def written(prose: Prose, room: Room) -> tuple[Written, ...]:
    return _prose(prose, prose.rect.w - 2 * room.u(prose.pad) - room.u(8), room.scale)


def content_height(widget: Widget, room: Room) -> int:
    """How high a scrolling widget's content is."""
    if isinstance(widget, Rows):
        rects = row_rects(widget, room)
        return rects[-1].bottom - widget.rect.y if rects else 0
    if isinstance(widget, Prose):
        lines = written(widget, room)
        return (lines[-1].y + lines[-1].h + 2 * room.u(widget.pad)) if lines else 0
    return widget.rect.h


def prose_height(paras: tuple[Para, ...], wide: int, room: Room, prose: Prose) -> int:
    """How high `paras` would stand in a text `wide` pixels wide, in the words of `prose`."""
    whole = attrs.evolve(prose, paras=paras, rect=Rect(0, 0, wide, 0))
    return content_height(whole, room)


@attrs.frozen(slots=True)
class Link:
    """Something in a text that can be opened: where (unscrolled), and what the act brings."""

    rects: tuple[Rect, ...]
    value: object


def links(prose: Prose, room: Room) -> list[Link]:
    out: list[Link] = []
    left, top = prose.rect.x + room.u(prose.pad), prose.rect.y + room.u(prose.pad)
    for block in written(prose, room):
        style = STYLES[block.para.style]
        size = room.u(style.size)
        y = top + block.y
        if block.para.link is not None:
            out.append(
                Link((Rect(left, y, prose.rect.w - 2 * room.u(prose.pad) - room.u(8), block.h),), block.para.link)
            )
            continue
        for n, line in enumerate(block.lines):
            for piece in line:
                if piece.token is not None:
                    wide = kit.width(piece.words, style.face, size, style.track)
                    rect = Rect(left + block.x + piece.x, y + n * block.step, wide, block.step)
                    out.append(Link((rect,), ("token", piece.token.kind, piece.token.id)))
    return out


#: At most this many entries of a drop-down list are seen at once.
POPUP_ROWS = 10


def popup_items(choice: Choice, typed: str) -> list[tuple[object, str]]:
    """What a drop-down offers after `typed`."""
    if not typed:
        return list(choice.items)
    wanted = typed.casefold()
    starts = [item for item in choice.items if item[1].casefold().startswith(wanted)]
    return starts + [item for item in choice.items if wanted in item[1].casefold() and item not in starts]


def popup_rect(choice: Choice, count: int, room: Room, widest: int = 0) -> Rect:
    """Where the list of a drop-down lies: under it, or over it where there is no room."""
    h = room.u(30) * max(1, min(POPUP_ROWS, count)) + room.u(8)
    w = min(room.width, max(choice.rect.w, widest))
    x = min(choice.rect.x, room.width - w)
    y = choice.rect.bottom + room.u(3)
    if y + h > room.height:
        y = max(0, choice.rect.y - room.u(3) - h)
    return Rect(x, y, w, h)


def knob_x(slider: Slider | Track, room: Room) -> int:
    edge = room.u(8)
    span = max(1, slider.high - slider.low)
    return slider.rect.x + edge + (slider.rect.w - 2 * edge) * (slider.value - slider.low) // span


def mark_rects(track: Track, room: Room) -> list[Rect]:
    """Where a hand finds the ticks of a timeline: over its line, so that the line itself stays free."""
    edge = room.u(8)
    span = track.rect.w - 2 * edge
    line = track.rect.y + track.rect.h // 2
    out = []
    for at, _, _ in track.marks:
        x = track.rect.x + edge + span * (at - track.low) // max(1, track.high - track.low)
        out.append(Rect(x - room.u(5), line - room.u(18), room.u(10), room.u(13)))
    return out


def value_at(slider: Slider | Track, x: int, room: Room) -> int:
    edge = room.u(8)
    span = slider.high - slider.low
    step = slider.step if isinstance(slider, Slider) else 1
    raw = (x - slider.rect.x - edge) * span / max(1, slider.rect.w - 2 * edge)
    return slider.low + min(span, max(0, round(raw / step) * step))
