"""Colors, faces and sizes of the window. Contrast is WCAG against `panel` unless said; sides are never told by color
alone: the frame of a symbol and a word say it too.
"""

from __future__ import annotations

from typing import NamedTuple

INK, PANEL, RAISED, HOVER, LINE = "#0E1820", "#15222B", "#1E303C", "#2A4150", "#35505F"
CARD, WELL = "#1A2A35", "#0B141B"
TEXT, MUTED, DIM = "#E8EEF1", "#93A8B5", "#7890A0"  # 13.8:1, 6.6:1, 5:1
AMBER, AMBER_EDGE, ON_AMBER = "#E3A93B", "#F3C775", "#1A1408"  # the primary action, one's own orders
GOOD, WARN, BAD = "#5FC9A6", "#F0B84A", "#F07A6A"  # always with an icon beside them
DANGER, DANGER_EDGE = "#4A2626", "#8E4640"
LINK = "#80E0FF"
ALARM = "#A32A1C"  # white on it: 7.6:1
FOCUS = "#FFFFFF"

#: By affinity: friend, hostile, neutral, unknown (APP-6).
EDGE = {"f": "#123F61", "h": "#6E1F18", "n": "#2F5A33", "u": "#6A5A10"}
PLATE = {"f": "#D6E9F2", "h": "#F5DAD3", "n": "#DCEBD6", "u": "#F1EBCB"}
#: A friend's that is not one's own.
ALLY_EDGE, ALLY_PLATE = "#5A7482", "#EEF2F3"
LINE_OF = {"f": "#1B6CA8", "h": "#C23A2E", "n": "#2F5A33", "u": "#8A7614"}

#: At most four lines in a chart, labeled at their ends; on dark ground.
CHART = ("#80E0FF", "#E5533D", "#E3A93B", "#F4F7F9")

FACES = {
    "sans": "tf-sans-400.ttf",
    "sans_bold": "tf-sans-600.ttf",
    "cond": "tf-cond-500.ttf",
    "cond_bold": "tf-cond-600.ttf",
    "mono": "tf-mono-500.ttf",
    "serif": "tf-serif-500i.ttf",
    "jp": "tf-jp-400.ttf",
    "kr": "tf-kr-400.ttf",
}


class Style(NamedTuple):
    """How a text looks: face, size in points of scale 1, color, and letters set apart by `track` points."""

    face: str
    size: int
    color: str = TEXT
    track: int = 0


STYLES = {
    "mark": Style("cond_bold", 78, "#F4F7F9", 7),
    "title": Style("cond_bold", 34),
    "heading": Style("cond_bold", 20),
    "panel": Style("cond_bold", 16),
    "body": Style("sans", 14),
    "strong": Style("sans_bold", 14),
    "lit": Style("sans", 14, AMBER_EDGE),
    "muted": Style("sans", 14, MUTED),
    "small": Style("cond", 13, MUTED),
    "caption": Style("cond", 12, MUTED, 1),
    "figure": Style("mono", 13),
    "figure_muted": Style("mono", 12, MUTED),
    "amber": Style("mono", 14, AMBER),
    "good": Style("sans", 14, GOOD),
    "warn": Style("sans", 14, WARN),
    "bad": Style("sans", 14, BAD),
    "rule": Style("serif", 15, "#C9D6DD"),
    "quote": Style("serif", 17),
    "clock": Style("mono", 26),
    "countdown": Style("cond_bold", 58),
    # For the back of the room
    "far": Style("sans", 20, MUTED),
    "far_strong": Style("sans_bold", 22),
    "far_caption": Style("cond", 17, MUTED, 1),
    "far_quote": Style("cond_bold", 36),
    "far_title": Style("cond_bold", 56),
    "far_clock": Style("mono", 92),
}

LEAST, MOST, STEP = 1.0, 2.0, 0.25
#: Every screen is laid out for this much room, in points, and more.
LEAST_POINTS = (960, 540)


def fit_scale(width: int, height: int, wish: float = 0.0) -> float:
    """The UI scale of a window: what the user wished (0: automatic), in steps of a quarter, 1 to 2, as far as
    LEAST_POINTS of room are left: beyond that a screen would lie over itself."""
    most = min(width / LEAST_POINTS[0], height / LEAST_POINTS[1])
    scale = min(wish, most) if wish else min(width / 1280, height / 720)
    return min(MOST, max(LEAST, int(scale / STEP) * STEP))


class Room(NamedTuple):
    """How much room a screen has, in pixels, and the scale it is drawn at."""

    width: int
    height: int
    scale: float = 1.0

    def u(self, points: float) -> int:
        """Pixels of a size given at scale 1."""
        return round(points * self.scale)
