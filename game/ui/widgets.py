"""Widgets as values. A screen is a function that gives a list of them; two equal lists draw the same picture.

`draw` paints them and `hands` works them. Each has an id that names it in its screen: acts, tests and the keyboard
go by id. `tip` is told when the pointer rests on it or the keyboard stands there; `key` is the shortcut on it.
A widget on a higher `layer` lies over those below and takes all input from them, as a dialog does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from game.ui.layout import Rect
from game.words import Token, tokens

if TYPE_CHECKING:
    import pygame

#: What an act brings: a chosen value, a text, a link's (kind, id).
Value = Any


@attrs.frozen(slots=True, kw_only=True)
class Widget:
    id: str
    rect: Rect
    tip: str = ""
    layer: int = 0


@attrs.frozen(slots=True, kw_only=True)
class Panel(Widget):
    """A ground that others stand on. `kind`: "panel", "card", "well", "raised", "ink", "glass", "scrim", "warn",
    "bad", "lit", "amber"."""

    kind: str = "panel"
    radius: int = 8
    shadow: bool = False


@attrs.frozen(slots=True, kw_only=True)
class Label(Widget):
    """One line of text in a style of the theme; cut with an ellipsis where it is too long, and whole in its tip."""

    text: str
    style: str = "body"
    align: str = "left"  # left, center, right
    color: str = ""
    icon: str = ""


@attrs.frozen(slots=True)
class Para:
    """A paragraph of marked text (`game.words.tokens`). `mark` is an icon before it, `tone` the icon's color, `link`
    what an act on the whole paragraph brings, `right` a figure at its right edge, `gap` points before it."""

    text: str
    style: str = "body"
    indent: int = 0
    mark: str = ""
    tone: str = ""
    link: Value = None
    right: str = ""
    gap: int = 4


@attrs.frozen(slots=True, kw_only=True)
class Prose(Widget):
    """Wrapped text that scrolls, its tokens and linked paragraphs to be opened: act (id, ("token", kind, token id))
    or (id, link). `spell` gives a token's words, kept out of comparison; `names` stands in for it there."""

    paras: tuple[Para, ...]
    spell: Callable[[Any], str] = attrs.field(eq=False, repr=False, default=lambda token: str(token.id))
    names: str = ""
    pad: int = 0


@attrs.frozen(slots=True, kw_only=True)
class Button(Widget):
    """`kind`: "plain", "primary", "quiet", "danger", "link". A button that is off says why in its tip."""

    text: str = ""
    icon: str = ""
    kind: str = "plain"
    key: str = ""
    on: bool = True
    sub: str = ""
    align: str = "center"
    value: Value = None


@attrs.frozen(slots=True, kw_only=True)
class Toggle(Widget):
    """On or off; `swatch` colors its box, `shape` is what its legend draws ("box", "ring", "line")."""

    text: str
    value: bool
    key: str = ""
    swatch: str = ""
    shape: str = "box"
    sub: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Tabs(Widget):
    """One of a few, all to be seen. `pills` draws them as in the header."""

    items: tuple[tuple[Value, str], ...]
    value: Value
    keys: tuple[str, ...] = ()
    pills: bool = False


@attrs.frozen(slots=True, kw_only=True)
class Choice(Widget):
    """One of many, in a list that drops down; typing finds."""

    items: tuple[tuple[Value, str], ...]
    value: Value
    icon: str = ""
    on: bool = True


@attrs.frozen(slots=True, kw_only=True)
class Slider(Widget):
    """A whole number or an index into `items`."""

    low: int
    high: int
    value: int
    step: int = 1
    text: str = ""
    shown: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Field(Widget):
    """A line of text. Each change is an act with the whole text; Enter is an act on `id + ".enter"`."""

    text: str
    hint: str = ""
    secret: bool = False
    most: int = 200
    center: bool = False


@attrs.frozen(slots=True)
class Item:
    """A row of a list. `symbol` is (name, affinity); `acts` are (act, icon, tip) at its right; `tone` an accent;
    `cells` stand in the list's columns in place of its text."""

    value: Value
    text: str
    sub: str = ""
    right: str = ""
    symbol: tuple[str, str] | None = None
    icon: str = ""
    tone: str = ""
    acts: tuple[tuple[str, str, str], ...] = ()
    tip: str = ""
    head: bool = False
    cells: tuple[str, ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Rows(Widget):
    """A list that scrolls. Act: (id, value) where a row is chosen, (id, (act, value)) for a row's own act.

    `columns` are (share of the width, "left" or "right") for rows with cells."""

    items: tuple[Item, ...]
    value: Value = None
    height: int = 44
    cards: bool = True
    empty: str = ""
    columns: tuple[tuple[int, str], ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Bars(Widget):
    """A distribution: (label, ppm) each, worst first; `marked` is the one that was drawn."""

    bars: tuple[tuple[str, int], ...]
    title: str = ""
    note: str = ""
    marked: str = ""
    tone: str = "#80E0FF"


@attrs.frozen(slots=True)
class Curve:
    """A line of a chart: points (x, y), labeled at its end. `dash`: "solid", "dashed", "dotted", "thin"."""

    label: str
    points: tuple[tuple[int, int], ...]
    dash: str = "solid"
    color: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Chart(Widget):
    """At most four curves over whole numbers."""

    curves: tuple[Curve, ...]
    title: str = ""
    xs: tuple[tuple[int, str], ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Track(Widget):
    """A timeline: marks (x in thousandths, tone, tip), a knob at `value`, captions (x, text) under it."""

    low: int
    high: int
    value: int
    marks: tuple[tuple[int, str, str], ...] = ()
    captions: tuple[tuple[int, str], ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Steps(Widget):
    """A strip of stages, the one under way lit: escalation rungs, phases of a turn."""

    items: tuple[str, ...]
    value: int
    colors: tuple[str, ...] = ()


@attrs.frozen(slots=True, kw_only=True)
class Picture(Widget):
    """Something that paints itself: a symbol, a map preview. `key` stands for it when two are compared."""

    key: object
    paint: Callable[[pygame.Surface, pygame.Rect], None] = attrs.field(eq=False, repr=False)


@attrs.frozen(slots=True, kw_only=True)
class Busy(Widget):
    """A sign of life: a moving dot and words while work goes on."""

    text: str


@attrs.frozen(slots=True, kw_only=True)
class Pane(Widget):
    """Where a surface of the screen's own lives (the map). `look` stands for what it shows; `hands` passes mouse and
    keys that no widget over it takes to the screen as acts (id, Touch). `words` are all texts on it, for search and
    tests."""

    look: object
    paint: Callable[[pygame.Surface, pygame.Rect], None] = attrs.field(eq=False, repr=False)
    words: tuple[str, ...] = ()
    #: What of the window differs between an older look and this one; None: all of it.
    changes: Callable[[object], Sequence[Rect] | None] = attrs.field(eq=False, repr=False, default=lambda old: None)


@attrs.frozen(slots=True)
class Touch:
    """Something done to a pane. `kind`: "move", "press", "drag", "drop", "click", "double", "menu", "wheel", "leave";
    `at` in window pixels, `by` how far since the last one (wheel: notches), `button` 1 left, 2 middle, 3 right."""

    kind: str
    at: tuple[int, int]
    by: tuple[int, int] = (0, 0)
    button: int = 0


@attrs.frozen(slots=True)
class Act:
    """What the user did: the widget's id and what it brings."""

    id: str
    value: Value = None


def texts_of(widget: Widget) -> tuple[str, ...]:
    """Every text that a widget shows or tells: for the leak test, for search, for a reader of screens."""
    out: list[str] = [widget.tip]
    for name in ("text", "sub", "title", "note", "shown", "hint", "empty"):
        out.append(str(getattr(widget, name, "")))
    if isinstance(widget, Prose):
        for para in widget.paras:
            out += (para.text, para.right)
            out += (widget.spell(part) for part in tokens(para.text) if isinstance(part, Token))
    elif isinstance(widget, Rows):
        for item in widget.items:
            out += (item.text, item.sub, item.right, item.tip, *item.cells, *(tip for _, _, tip in item.acts))
    elif isinstance(widget, Choice | Tabs):
        out += (label for _, label in widget.items)
    elif isinstance(widget, Bars):
        out += (label for label, _ in widget.bars)
    elif isinstance(widget, Chart):
        out += (curve.label for curve in widget.curves)
    elif isinstance(widget, Track):
        out += (*(tip for _, _, tip in widget.marks), *(label for _, label in widget.captions))
    elif isinstance(widget, Steps):
        out += widget.items
    elif isinstance(widget, Pane):
        out += widget.words
    return tuple(words for words in out if words)


#: Widgets that the keyboard can stand on.
FOCUSABLE: tuple[type[Widget], ...] = (Button, Toggle, Tabs, Choice, Slider, Field, Rows, Prose, Track, Pane)


def focusable(widget: Widget) -> bool:
    if isinstance(widget, Button | Choice):
        return True  # one that is off can be stood on, to learn why
    if isinstance(widget, Prose):
        return True
    return isinstance(widget, FOCUSABLE)
