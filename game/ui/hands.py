"""What the user's hands do: where the pointer is, what has the focus, how far a list is scrolled. It turns events of
mouse and keyboard into acts on widgets by id, the same for both, and knows nothing of what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import pygame

from game.ui import kit, parts
from game.ui.layout import Rect
from game.ui.theme import Room
from game.ui.widgets import (
    Act,
    Button,
    Choice,
    Field,
    Pane,
    Panel,
    Prose,
    Rows,
    Slider,
    Tabs,
    Toggle,
    Touch,
    Track,
    Widget,
    focusable,
)

WHEEL_POINTS = 48
DOUBLE_MS = 350
DRAG_POINTS = 4
TIP_MS = 450

#: Names of keys as shortcuts print them; letters stand for themselves.
KEYS = {
    pygame.K_RETURN: "Enter",
    pygame.K_KP_ENTER: "Enter",
    pygame.K_ESCAPE: "Esc",
    pygame.K_SPACE: "Space",
    pygame.K_DELETE: "Del",
    pygame.K_BACKSPACE: "Backspace",
    pygame.K_TAB: "Tab",
    pygame.K_HOME: "Home",
    pygame.K_END: "End",
    pygame.K_PAGEUP: "PgUp",
    pygame.K_PAGEDOWN: "PgDn",
    pygame.K_LEFT: "Left",
    pygame.K_RIGHT: "Right",
    pygame.K_UP: "Up",
    pygame.K_DOWN: "Down",
    pygame.K_COMMA: ",",
    pygame.K_PERIOD: ".",
    pygame.K_SLASH: "/",
    pygame.K_PLUS: "+",
    pygame.K_EQUALS: "+",
    pygame.K_KP_PLUS: "+",
    pygame.K_MINUS: "-",
    pygame.K_KP_MINUS: "-",
    **{getattr(pygame, f"K_F{n}"): f"F{n}" for n in range(1, 13)},
}


def key_name(event: pygame.Event) -> str:
    """ "Shift+Z", "Ctrl+S", "1", "Enter"."""
    name = KEYS.get(event.key, "")
    if not name:
        char = pygame.key.name(event.key)
        name = char.upper() if len(char) == 1 else char.strip("[]").upper()
    mod = getattr(event, "mod", 0)
    shift = "Shift+" if mod & pygame.KMOD_SHIFT and name != "+" else ""
    ctrl = "Ctrl+" if mod & (pygame.KMOD_CTRL | pygame.KMOD_META) else ""
    return ctrl + shift + name


@attrs.define
class Popup:
    """An opened drop-down: which, what was typed, which entry is lit, how far it is scrolled."""

    id: str
    typed: str = ""
    lit: int = 0
    scroll: int = 0


class Hands:
    """State of the pointer and the keyboard over one screen. `handle` gives the acts of one event."""

    def __init__(self) -> None:
        self.focus = ""
        self.shown_focus = False  # the ring is for the keyboard; a mouse knows where it is
        self.hover = ""
        self.part = -1
        self.pressed = ""
        self.at = (-1, -1)
        self.scroll: dict[str, int] = {}
        self.caret: dict[str, int] = {}
        self.composing = ""
        self.lit: dict[str, int] = {}  # row or link that the keyboard stands on
        self.popup: Popup | None = None
        self.rested = 0  # ms since the pointer moved
        self._typing = True  # the letter of a shortcut is not typed into the field that it opens
        self._click = (0, "", (0, 0))
        self._from = (0, 0)
        self._dragged = False
        self._button = 0

    def look(self, widget: Widget) -> tuple[object, ...]:
        """What of this state shows on a widget: with it, two looks that are equal draw the same picture."""
        id = widget.id
        return (
            id == self.focus and self.shown_focus,
            id == self.focus and isinstance(widget, Field),
            self.part if id == self.hover and not isinstance(widget, Pane) else None,
            id == self.pressed,
            self.scroll.get(id, 0),
            self.lit.get(id, -1) if id == self.focus else -1,
            (self.caret.get(id, 0), self.composing) if id == self.focus and isinstance(widget, Field) else None,
            self.popup is not None and self.popup.id == id,
        )

    # What lies where

    @staticmethod
    def live(widgets: Sequence[Widget]) -> list[Widget]:
        """Widgets of the topmost layer: a dialog takes all input from what lies under it."""
        top = max((w.layer for w in widgets), default=0)
        return [w for w in widgets if w.layer == top]

    def under(self, widgets: Sequence[Widget], at: tuple[int, int]) -> Widget | None:
        for widget in reversed(self.live(widgets)):
            if widget.rect.holds(at) and (focusable(widget) or widget.tip or isinstance(widget, Panel)):
                return widget
        return None

    def find(self, widgets: Sequence[Widget], id: str) -> Widget | None:
        return next((w for w in widgets if w.id == id), None)

    # Events

    def handle(self, event: pygame.Event, widgets: Sequence[Widget], room: Room, now: int = 0) -> list[Act]:
        kind = event.type
        if kind == pygame.MOUSEMOTION:
            return list(self._move(event, widgets, room))
        if kind == pygame.MOUSEBUTTONDOWN and event.button in (1, 2, 3):
            return list(self._press(event, widgets, room))
        if kind == pygame.MOUSEBUTTONUP and event.button in (1, 2, 3):
            return list(self._release(event, widgets, room, now))
        if kind == pygame.MOUSEWHEEL:
            return list(self._wheel(event, widgets, room))
        if kind == pygame.KEYDOWN:
            return list(self._key(event, widgets, room))
        if kind == pygame.TEXTINPUT:
            return list(self._text(event.text, widgets))
        if kind == pygame.TEXTEDITING:
            self.composing = event.text
        return []

    def settle(self, widgets: Sequence[Widget], room: Room) -> None:
        """After a screen changed: drop what no longer exists, keep scrolling within bounds."""
        live = self.live(widgets)
        ids = {w.id: w for w in live}
        if self.focus not in ids:
            # A dialog's field, or one for a code, is what one came for; elsewhere letters are shortcuts.
            self.focus = next((w.id for w in live if isinstance(w, Field) and (w.layer or w.secret)), "")
        if self.popup is not None and not isinstance(ids.get(self.popup.id), Choice):
            self.popup = None
        if self.hover not in ids:
            self.hover, self.part = "", -1
        for widget in widgets:
            if widget.id in self.scroll:
                self.scroll[widget.id] = self._bounded(widget, self.scroll[widget.id], room)

    def _bounded(self, widget: Widget, value: int, room: Room) -> int:
        return max(0, min(value, parts.content_height(widget, room) - widget.rect.h))

    # Mouse

    def _move(self, event: pygame.Event, widgets: Sequence[Widget], room: Room) -> Iterator[Act]:
        before, self.at = self.at, event.pos
        self.rested = 0
        if self.popup is not None:
            self._light_popup(widgets, room)
            return
        held = self.find(widgets, self.pressed)
        if held is not None:
            if isinstance(held, Slider | Track):
                value = parts.value_at(held, self.at[0], room)
                if value != held.value:
                    yield Act(held.id, value)
            elif isinstance(held, Pane):
                far = abs(self.at[0] - self._from[0]) + abs(self.at[1] - self._from[1])
                self._dragged = self._dragged or far >= room.u(DRAG_POINTS)
                if self._dragged:
                    by = (self.at[0] - before[0], self.at[1] - before[1])
                    yield Act(held.id, Touch("drag", self.at, by, self._button))
            return
        was = self.hover
        found = self.under(widgets, self.at)
        self.hover = found.id if found else ""
        self.part = self._part(found, room) if found else -1
        if was != self.hover and isinstance(left := self.find(widgets, was), Pane):
            yield Act(left.id, Touch("leave", self.at))
        if isinstance(found, Pane):
            yield Act(found.id, Touch("move", self.at))

    def _part(self, widget: Widget, room: Room) -> int:
        """Which row, tab or link of a widget the pointer is on; rows' own acts count from 1000 x (row + 1)."""
        rects: list[Rect] = []
        at = self.at
        if isinstance(widget, Tabs):
            rects = parts.tab_rects(widget, room)
        elif isinstance(widget, Rows):
            at = (at[0], at[1] + self.scroll.get(widget.id, 0))
            rects = parts.row_rects(widget, room)
            for n, (row, item) in enumerate(zip(rects, widget.items, strict=True)):
                if row.holds(at):
                    for a, act in enumerate(parts.act_rects(row, item, room)):
                        if act.holds(at):
                            return 1000 * (n + 1) + a
        elif isinstance(widget, Track):
            rects = parts.mark_rects(widget, room)
        elif isinstance(widget, Prose):
            at = (at[0], at[1] + self.scroll.get(widget.id, 0))
            for n, link in enumerate(parts.links(widget, room)):
                if any(rect.holds(at) for rect in link.rects):
                    return n
            return -1
        return next((n for n, rect in enumerate(rects) if rect.holds(at)), -1)

    def _press(self, event: pygame.Event, widgets: Sequence[Widget], room: Room) -> Iterator[Act]:
        self.at = self._from = event.pos
        self._dragged, self._button = False, event.button
        self.shown_focus = False
        if self.popup is not None:
            choice = self.find(widgets, self.popup.id)
            if isinstance(choice, Choice):
                index = self._popup_index(choice, room)
                items = parts.popup_items(choice, self.popup.typed)
                self.popup = None
                if index is not None and index < len(items):
                    yield Act(choice.id, items[index][0])
            self.popup = None
            return
        found = self.under(widgets, self.at)
        if found is None or (event.button != 1 and not isinstance(found, Pane)):
            return
        if focusable(found):
            self.focus = found.id
        self.pressed = found.id
        if isinstance(found, Slider | Track):
            yield Act(found.id, parts.value_at(found, self.at[0], room))
        elif isinstance(found, Field):
            self.caret[found.id] = self._caret_at(found, room)
        elif isinstance(found, Pane):
            yield Act(found.id, Touch("press", self.at, button=event.button))

    def _release(self, event: pygame.Event, widgets: Sequence[Widget], room: Room, now: int) -> Iterator[Act]:
        self.at = event.pos
        held, self.pressed = self.find(widgets, self.pressed), ""
        if held is None:
            return
        if isinstance(held, Pane):
            if self._dragged:
                yield Act(held.id, Touch("drop", self.at, button=self._button))
                return
            last, id, where = self._click
            near = abs(where[0] - self.at[0]) + abs(where[1] - self.at[1]) < room.u(8)
            double = id == held.id and near and now - last < DOUBLE_MS and self._button == 1
            self._click = (0, "", (0, 0)) if double else (now, held.id, self.at)
            kind = "menu" if self._button == 3 else "double" if double else "click"
            yield Act(held.id, Touch(kind, self.at, button=self._button))
        elif self.under(widgets, self.at) is held:
            yield from self._do(held, self._part(held, room), room)

    def _do(self, widget: Widget, part: int, room: Room) -> Iterator[Act]:
        """Activate a widget, or one of its parts."""
        if isinstance(widget, Button):
            if widget.on:
                yield Act(widget.id, widget.value)
        elif isinstance(widget, Toggle):
            yield Act(widget.id, not widget.value)
        elif isinstance(widget, Tabs):
            if 0 <= part < len(widget.items):
                yield Act(widget.id, widget.items[part][0])
        elif isinstance(widget, Choice):
            if widget.on:
                lit = next((n for n, item in enumerate(widget.items) if item[0] == widget.value), 0)
                self.popup = Popup(widget.id, lit=lit, scroll=max(0, lit - parts.POPUP_ROWS + 1))
        elif isinstance(widget, Rows):
            if part >= 1000:
                item = widget.items[part // 1000 - 1]
                yield Act(widget.id, (item.acts[part % 1000][0], item.value))
            elif 0 <= part < len(widget.items) and not widget.items[part].head:
                self.lit[widget.id] = part
                yield Act(widget.id, widget.items[part].value)
        elif isinstance(widget, Prose):
            found = parts.links(widget, room)
            if 0 <= part < len(found):
                yield Act(widget.id, found[part].value)

    def _wheel(self, event: pygame.Event, widgets: Sequence[Widget], room: Room) -> Iterator[Act]:
        at = getattr(event, "pos", None) or self.at
        if self.popup is not None:
            choice = self.find(widgets, self.popup.id)
            if isinstance(choice, Choice):
                most = max(0, len(parts.popup_items(choice, self.popup.typed)) - parts.POPUP_ROWS)
                self.popup.scroll = max(0, min(most, self.popup.scroll - event.y))
            return
        for widget in reversed(self.live(widgets)):
            if not widget.rect.holds(at):
                continue
            if isinstance(widget, Rows | Prose) and parts.content_height(widget, room) > widget.rect.h:
                by = -event.y * room.u(WHEEL_POINTS)
                self.scroll[widget.id] = self._bounded(widget, self.scroll.get(widget.id, 0) + by, room)
                self.part = self._part(widget, room) if self.hover == widget.id else self.part
                return
            if isinstance(widget, Pane):
                yield Act(widget.id, Touch("wheel", at, (getattr(event, "x", 0), event.y)))
                return
            if isinstance(widget, Panel):
                return

    # Keyboard

    def _key(self, event: pygame.Event, widgets: Sequence[Widget], room: Room) -> Iterator[Act]:
        name = key_name(event)
        letter = len(name.removeprefix("Shift+")) == 1 or name in ("Space", "Shift+Space")
        in_field = self.popup is not None or isinstance(self.find(self.live(widgets), self.focus), Field)
        self._typing = in_field or not letter
        if self.popup is not None:
            yield from self._popup_key(name, widgets, room)
            return
        live = self.live(widgets)
        now = self.find(live, self.focus)
        if name in ("Tab", "Shift+Tab"):
            self._walk(live, -1 if name == "Shift+Tab" else 1, room)
            return
        if isinstance(now, Field) and name in ("Down", "Up"):  # a line of text has nothing above or below
            self._walk(live, 1 if name == "Down" else -1, room)
            return
        if isinstance(now, Field):
            took = list(self._field_key(now, name))
            if took or (name not in ("Esc", "Enter") and not name.startswith(("F", "Ctrl+"))):
                yield from took
                return
            if name.startswith("F") and len(name) == 1:
                return
        elif now is not None and self.shown_focus:
            done, acts = self._widget_key(now, name, room)
            if done:
                yield from acts
                return
        for widget in live:
            if isinstance(widget, Button) and widget.key == name:
                yield from self._do(widget, -1, room)
                return
            if isinstance(widget, Toggle) and widget.key == name:
                yield Act(widget.id, not widget.value)
                return
            if isinstance(widget, Tabs) and name in widget.keys:
                yield Act(widget.id, widget.items[widget.keys.index(name)][0])
                return
        yield Act("key", name)

    def _walk(self, live: Sequence[Widget], by: int, room: Room) -> None:
        """The next widget in reading order."""
        ring = [w for w in live if focusable(w) and (not isinstance(w, Prose) or self._reads(w, room))]
        if not ring:
            return
        ids = [w.id for w in ring]
        at = ids.index(self.focus) if self.focus in ids else (-1 if by > 0 else 0)
        self.focus = ids[(at + by) % len(ids)]
        self.shown_focus = True
        found = ring[(at + by) % len(ids)]
        if isinstance(found, Field):
            self.caret[found.id] = len(found.text)
        elif isinstance(found, Rows | Prose):
            self.lit.setdefault(found.id, self._first(found))

    def _reads(self, prose: Prose, room: Room) -> bool:
        return bool(parts.links(prose, room)) or parts.content_height(prose, room) > prose.rect.h

    @staticmethod
    def _first(widget: Widget) -> int:
        if isinstance(widget, Rows):
            chosen = [n for n, item in enumerate(widget.items) if item.value == widget.value and not item.head]
            return chosen[0] if chosen else next((n for n, item in enumerate(widget.items) if not item.head), 0)
        return 0

    def _widget_key(self, now: Widget, name: str, room: Room) -> tuple[bool, list[Act]]:
        """(whether the widget took the key, its acts)."""
        if name in ("Enter", "Space") and isinstance(now, Button | Toggle | Choice):
            return True, list(self._do(now, -1, room))
        if isinstance(now, Tabs) and name in ("Left", "Right"):
            values = [value for value, _ in now.items]
            at = values.index(now.value) if now.value in values else 0
            return True, [Act(now.id, values[(at + (1 if name == "Right" else -1)) % len(values)])]
        if isinstance(now, Slider | Track) and name in ("Left", "Right", "Home", "End", "PgUp", "PgDn"):
            return True, self._slide(now, name)
        if isinstance(now, Rows):
            return self._row_key(now, name, room)
        if isinstance(now, Prose):
            return self._prose_key(now, name, room)
        return False, []

    @staticmethod
    def _slide(now: Slider | Track, name: str) -> list[Act]:
        step = now.step if isinstance(now, Slider) else 1
        tenth = max(step, (now.high - now.low) // 10 // step * step)
        to = {
            "Left": now.value - step,
            "Right": now.value + step,
            "PgDn": now.value - tenth,
            "PgUp": now.value + tenth,
            "Home": now.low,
            "End": now.high,
        }[name]
        to = max(now.low, min(now.high, to))
        return [] if to == now.value else [Act(now.id, to)]

    def _row_key(self, now: Rows, name: str, room: Room) -> tuple[bool, list[Act]]:
        if not now.items:
            return False, []
        lit = min(self.lit.get(now.id, self._first(now)), len(now.items) - 1)
        if name in ("Up", "Down", "Home", "End", "PgUp", "PgDn"):
            lit = self._next_row(now, lit, name)
            self.lit[now.id] = lit
            row = parts.row_rects(now, room)[lit]
            self._reveal(now, row.y - now.rect.y, row.bottom - now.rect.y, room)
            return True, []
        if name in ("Enter", "Space"):
            return True, list(self._do(now, lit, room))
        if name == "Del" and now.items[lit].acts:
            return True, list(self._do(now, 1000 * (lit + 1) + len(now.items[lit].acts) - 1, room))
        if name == "Right" and now.items[lit].acts:
            return True, list(self._do(now, 1000 * (lit + 1), room))
        return False, []

    @staticmethod
    def _next_row(now: Rows, lit: int, name: str) -> int:
        by = {"Up": -1, "Down": 1, "PgUp": -8, "PgDn": 8, "Home": -len(now.items), "End": len(now.items)}[name]
        to = max(0, min(len(now.items) - 1, lit + by))
        step = 1 if by > 0 else -1
        while 0 <= to < len(now.items) and now.items[to].head:
            to += step
        return to if 0 <= to < len(now.items) else lit

    def _reveal(self, widget: Widget, top: int, bottom: int, room: Room) -> None:
        """Scroll so that what stands from `top` to `bottom` in the content can be seen."""
        now = self.scroll.get(widget.id, 0)
        if top < now:
            now = top
        elif bottom > now + widget.rect.h:
            now = bottom - widget.rect.h
        self.scroll[widget.id] = self._bounded(widget, now, room)

    def _prose_key(self, now: Prose, name: str, room: Room) -> tuple[bool, list[Act]]:
        found = parts.links(now, room)
        lit = self.lit.get(now.id, 0)
        page = now.rect.h - room.u(40)
        by = {"Up": -room.u(24), "Down": room.u(24), "PgUp": -page, "PgDn": page, "Home": -(10**6), "End": 10**6}
        if found and name in ("Left", "Right", "Up", "Down"):
            self.lit[now.id] = lit = (lit + (1 if name in ("Right", "Down") else -1)) % len(found)
            rects = found[lit].rects
            self._reveal(now, rects[0].y - now.rect.y, rects[-1].bottom - now.rect.y, room)
            return True, []
        if name in by:
            self.scroll[now.id] = self._bounded(now, self.scroll.get(now.id, 0) + by[name], room)
            return True, []
        if name == "Enter" and lit < len(found):
            return True, [Act(now.id, found[lit].value)]
        return False, []

    # Text

    def _caret_at(self, field: Field, room: Room) -> int:
        size = room.u(14)
        x = self.at[0] - field.rect.x - room.u(10)
        shown = "•" * len(field.text) if field.secret else field.text
        return next((n for n in range(len(shown)) if kit.width(shown[: n + 1], "sans", size) > x), len(shown))

    def _field_key(self, now: Field, name: str) -> Iterator[Act]:
        at = min(self.caret.get(now.id, len(now.text)), len(now.text))
        moves = {"Left": at - 1, "Right": at + 1, "Home": 0, "End": len(now.text)}
        if self.composing:
            return
        if name in moves:
            self.caret[now.id] = max(0, min(len(now.text), moves[name]))
        elif name == "Backspace" and at:
            self.caret[now.id] = at - 1
            yield Act(now.id, now.text[: at - 1] + now.text[at:])
        elif name == "Del" and at < len(now.text):
            yield Act(now.id, now.text[:at] + now.text[at + 1 :])
        elif name == "Ctrl+Backspace":
            self.caret[now.id] = 0
            yield Act(now.id, now.text[at:])
        elif name == "Enter":
            yield Act(f"{now.id}.enter", now.text)

    def _text(self, typed: str, widgets: Sequence[Widget]) -> Iterator[Act]:
        self.composing = ""
        typing, self._typing = self._typing, True
        if not typing:
            return
        clean = "".join(" " if c.isspace() else c for c in typed if c.isspace() or c.isprintable())
        if self.popup is not None:
            self.popup.typed += clean
            self.popup.lit = self.popup.scroll = 0
            return
        now = self.find(self.live(widgets), self.focus)
        if isinstance(now, Field) and clean:
            at = min(self.caret.get(now.id, len(now.text)), len(now.text))
            text = (now.text[:at] + clean + now.text[at:])[: now.most]
            self.caret[now.id] = min(len(text), at + len(clean))
            yield Act(now.id, text)

    # Drop-downs

    def popup_box(self, choice: Choice, room: Room) -> tuple[Rect, list[tuple[object, str]]]:
        assert self.popup is not None
        items = parts.popup_items(choice, self.popup.typed)
        widest = max((kit.width(label, "sans", room.u(14)) for _, label in choice.items[:400]), default=0)
        return parts.popup_rect(choice, len(items), room, widest + room.u(44)), items

    def _popup_index(self, choice: Choice, room: Room) -> int | None:
        assert self.popup is not None
        rect, _ = self.popup_box(choice, room)
        if not rect.holds(self.at):
            return None
        return max(0, self.at[1] - rect.y - room.u(4)) // room.u(30) + self.popup.scroll

    def _light_popup(self, widgets: Sequence[Widget], room: Room) -> None:
        assert self.popup is not None
        choice = self.find(widgets, self.popup.id)
        if isinstance(choice, Choice):
            found = self._popup_index(choice, room)
            if found is not None:
                self.popup.lit = found

    def _popup_key(self, name: str, widgets: Sequence[Widget], room: Room) -> Iterator[Act]:
        assert self.popup is not None
        choice = self.find(widgets, self.popup.id)
        if not isinstance(choice, Choice) or name == "Esc":
            self.popup = None
            return
        items = parts.popup_items(choice, self.popup.typed)
        lit = self.popup.lit
        by = {"Up": -1, "Down": 1, "PgUp": -8, "PgDn": 8, "Home": -len(items), "End": len(items)}
        if name in by and items:
            lit = self.popup.lit = max(0, min(len(items) - 1, lit + by[name]))
            low = lit - parts.POPUP_ROWS + 1
            self.popup.scroll = max(low, min(self.popup.scroll, lit), 0)
        elif name in ("Enter", "Tab"):
            self.popup = None
            if lit < len(items):
                yield Act(choice.id, items[lit][0])
        elif name == "Backspace":
            self.popup.typed = self.popup.typed[:-1]
            self.popup.lit = 0
