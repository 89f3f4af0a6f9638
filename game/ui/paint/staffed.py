"""What a staff draws on its map: loads on lanes, and what holds for whole zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot, isqrt

import pygame

from game.ui import kit
from game.ui.paint.camera import Camera
from game.ui.paint.ground import pixels, strokes
from game.ui.paint.layers import CASING, LANES, lane_line, view_of
from game.ui.paint.lines import apart, box_of
from game.ui.paint.overlay import evenly
from game.ui.paint.projection import Point
from game.ui.paint.things import LaneLine, Load, Tint
from game.ui.theme import ALARM

#: Ink and share of cover (of 255) of a zone, and the plate that its letters stand on.
TONES: Mapping[str, tuple[str, int]] = {
    "own": ("#1B6CA8", 58),
    "rival": ("#B3362A", 58),
    "disputed": ("#8A6508", 46),
    "chance": ("#0B5542", 110),
    "mines": ("#4A1F5C", 70),
}
#: What stands on a zone's plate before its letters, so that no tone is told by its color alone.
MARKS: Mapping[str, str] = {
    "own": "check",
    "rival": "x",
    "disputed": "swords",
    "chance": "eye",
    "mines": "bomb",
}
FLOW, FULL = "#123F61", "#8A5A06"
#: Points of a load's line: the least, and how much the greatest has more.
THIN, MORE = 3, 6


# Zones -----------------------------------------------------------------------------------------------------------


def shown(tints: Iterable[Tint], layers: frozenset[str]) -> dict[str, list[Tint]]:
    """Tints of the layers that are on, by where they hold."""
    out: dict[str, list[Tint]] = {}
    for tint in tints:
        if tint.layer in layers:
            out.setdefault(tint.at, []).append(tint)
    return out


def cover(tint: Tint) -> tuple[int, int, int, int]:
    """The color that lies over a zone: a chance is the deeper the greater it is."""
    ink, most = TONES.get(tint.tone, TONES["disputed"])
    share = most if tint.tone != "chance" else most * min(1_000_000, max(0, tint.ppm)) // 1_000_000
    color = pygame.Color(ink)
    return color.r, color.g, color.b, share


def paint_tints(
    to: pygame.Surface,
    camera: Camera,
    tints: Mapping[str, Sequence[Tint]],
    rings: Mapping[str, list[list[Point]]],
    land: Iterable[tuple[tuple[float, float, float, float], list[Point]]],
) -> None:
    """Zones in their tones, the land left free; a line inside the edge of each says where it ends."""
    if not tints:
        return
    wash = pygame.Surface((camera.w, camera.h), pygame.SRCALPHA)
    view = view_of(camera)
    for id, found in tints.items():
        for ring in rings.get(id, ()):
            line = pixels(camera, ring)
            if apart(box_of(line), view):
                continue
            for tint in found:
                color = cover(tint)
                if color[3]:
                    pygame.draw.polygon(wash, color, line)
                    pygame.draw.polygon(wash, (*color[:3], min(255, color[3] + 70)), line, 3)
    for _, ring in land:
        line = pixels(camera, ring)
        if not apart(box_of(line), view):
            pygame.draw.polygon(wash, (0, 0, 0, 0), line)
    to.blit(wash, (0, 0))


def told(tint: Tint) -> bool:
    """Whether a plate tells of it: who holds a zone always, anything else by its letters."""
    return bool(tint.short) or tint.layer == "control"


def plate(id: str, tints: Sequence[Tint], points: int) -> pygame.Surface:
    """A zone's plate: its id if it is named, then a field for each tint that has letters, with its mark."""
    parts: list[tuple[pygame.Surface, str, str, str]] = []
    if id:
        parts.append((kit.text(id, "cond_bold", points, "#16435F"), "#F2F7F9", "#7FA3B5", ""))
    for tint in tints:
        if told(tint):
            ink = TONES.get(tint.tone, TONES["disputed"])[0]
            words = kit.text(tint.short, "cond_bold", points, "#FFFFFF")
            parts.append((words, ink, "#F2F7F9", MARKS.get(tint.tone, "")))
    pad, mark = points // 2, points
    widths = [
        image.get_width() + 2 * pad + (mark + 2 * bool(image.get_width()) if sign else 0)
        for image, _, _, sign in parts
    ]
    h = max([points + 4, *(image.get_height() for image, _, _, _ in parts)]) + 2
    out = pygame.Surface((max(1, sum(widths)), h), pygame.SRCALPHA)
    x = 0
    for (image, fill, border, sign), wide in zip(parts, widths, strict=True):
        kit.box(out, pygame.Rect(x, 0, wide, h), 3, fill, border)
        at = x + pad
        if sign:
            kit.put_icon(out, sign, (at + mark // 2, h // 2), mark, "#FFFFFF")
            at += mark + 2
        out.blit(image, (at, 1))
        x += wide
    return out.premul_alpha()


def lane_plate(load: Load, points: int) -> pygame.Surface:
    """The name of a lane that binds or is full, with a sign before it."""
    words = kit.text(load.name, "cond_bold", points, "#FFFFFF")
    mark = points + 2
    out = pygame.Surface((words.get_width() + mark + points, words.get_height() + 4), pygame.SRCALPHA)
    kit.box(out, out.get_rect(), 4, ALARM if load.cut else FULL, CASING)
    kit.put_icon(out, "triangle-alert", (points // 2 + mark // 2 - 2, out.get_height() // 2), points, "#FFFFFF")
    out.blit(words, (points // 2 + mark, 2))
    return out.premul_alpha()


# Lanes -----------------------------------------------------------------------------------------------------------


def widest(loads: Iterable[Load]) -> int:
    return max((load.amount for load in loads), default=0)


def width(load: Load, most: int) -> int:
    """Points of a load's line: by the root of its amount, so that small ones are seen beside great ones."""
    return THIN + (MORE * isqrt(load.amount * 10_000 // most) + 50) // 100 if most > 0 and load.amount > 0 else THIN


def paint_loads(
    to: pygame.Surface,
    camera: Camera,
    loads: Sequence[Load],
    lanes: Mapping[str, LaneLine],
    where: Mapping[str, Point],
    scale: float,
) -> None:
    """Loads as cased lines with heads that show the way; full ones in ocher, the cut in the color of alarm with bars
    across."""
    view, most = view_of(camera), widest(loads)
    lines: list[tuple[Load, list[Point], str, float]] = []
    for load in sorted(loads, key=lambda one: (one.cut, one.full, one.amount, one.lane)):
        lane = lanes.get(load.lane)
        if lane is None or lane.kind not in LANES or lane.a not in where or lane.b not in where:
            continue
        line = lane_line(lane, where)
        if load.start == lane.b:
            line = line[::-1]
        if not apart(box_of(line), view):
            ink = ALARM if load.cut else FULL if load.full else FLOW
            lines.append((load, line, ink, width(load, most) * scale))
    for _, line, _, wide in lines:
        strokes(to, CASING, pairwise(line), round(wide + 3 * scale))
    for load, line, ink, wide in lines:
        strokes(to, ink, pairwise(line), round(wide))
        if load.amount > 0:
            _heads(to, line, wide, scale)
        if load.cut:
            _bars(to, line, wide, scale)


def binding(
    loads: Iterable[Load], lanes: Mapping[str, LaneLine], where: Mapping[str, Point]
) -> list[tuple[Load, Point]]:
    """What is cut or full and has a name, each with the middle of its lane, the cut first."""
    out = []
    for load in sorted(loads, key=lambda one: (not one.cut, -one.amount, one.lane)):
        lane = lanes.get(load.lane)
        named = load.name and (load.cut or load.full)
        if named and lane is not None and lane.kind in LANES and {lane.a, lane.b} <= where.keys():
            out.append((load, _middle(lane_line(lane, where))))
    return out


def carried(loads: Iterable[Load], layers: frozenset[str]) -> list[Load]:
    """Loads to draw: what binds is lit though the layer of supply be off."""
    return [load for load in loads if "supply" in layers or load.cut]


def _middle(line: Sequence[Point]) -> Point:
    n = len(line) // 2
    (ax, ay), (bx, by) = line[max(0, n - 1)], line[n]
    return (bx, by) if len(line) % 2 else ((ax + bx) / 2, (ay + by) / 2)


def _heads(to: pygame.Surface, line: list[Point], wide: float, scale: float) -> None:
    """White chevrons along a line, a hand's breadth apart."""
    points = evenly(line, 6 * scale)
    size = max(2.0 * scale, wide * 0.42)
    for n in range(3, len(points) - 2, 5):
        (ax, ay), (bx, by) = points[n - 1], points[n]
        d = hypot(bx - ax, by - ay) or 1.0
        ux, uy = (bx - ax) / d, (by - ay) / d
        for side in (1, -1):
            end = (bx - ux * size - side * uy * size, by - uy * size + side * ux * size)
            pygame.draw.aaline(to, "#FFFFFF", (bx, by), end, max(1, round(1.4 * scale)))


def _bars(to: pygame.Surface, line: list[Point], wide: float, scale: float) -> None:
    """Two bars across the middle of a lane: here it binds."""
    mx, my = _middle(line)
    n = len(line) // 2
    (ax, ay), (bx, by) = line[max(0, n - 1)], line[n]
    d = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / d, (by - ay) / d
    long = wide / 2 + 5 * scale
    for ink, w in ((CASING, 6), (ALARM, 3)):
        for along in (-4 * scale, 4 * scale):
            x, y = mx + ux * along, my + uy * along
            pygame.draw.aaline(
                to, ink, (x - uy * long, y + ux * long), (x + uy * long, y - ux * long), round(w * scale)
            )
