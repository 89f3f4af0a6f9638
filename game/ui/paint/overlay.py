"""What changes from frame to frame, over the picture: selection, an opened stack, ranges, measuring, the film."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from math import cos, hypot, pi, sin

import pygame

from game.core.words import say
from game.ui import kit
from game.ui.paint import counters
from game.ui.paint.camera import eased
from game.ui.paint.lines import bowed
from game.ui.paint.projection import Point
from game.ui.paint.things import Effect, Marker, Move
from game.ui.theme import AMBER, INK, LINE_OF
from game.words import text

Rect = pygame.Rect


def arrow(to: pygame.Surface, line: list[Point], color: str, width: int) -> None:
    """A cased curve with a head."""
    for ink, w in ((INK, width + 3), (color, width)):
        for p, q in itertools.pairwise(line):
            pygame.draw.aaline(to, ink, p, q, w)
    (ax, ay), (bx, by) = line[max(0, len(line) - 4)], line[-1]
    d = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / d, (by - ay) / d
    for ink, g in ((INK, 3.0), (color, 0.0)):
        tip, back, half = width * 2.6 + g, width * 0.8 + g * 0.6, width * 1.9 + g
        left = (bx - ux * back - uy * half, by - uy * back + ux * half)
        right = (bx - ux * back + uy * half, by - uy * back - ux * half)
        pygame.draw.polygon(to, ink, [(bx + ux * tip, by + uy * tip), left, right])


def paint_move(to: pygame.Surface, move: Move, a: Point, b: Point, size: int, scale: float) -> None:
    """An order: an arrow to where it goes, dotted where nothing moves, and a pale counter at the end of a move."""
    color = AMBER if move.own else LINE_OF[move.affinity]
    line = bowed(a, b, 0.14)
    if hypot(b[0] - a[0], b[1] - a[1]) < size * 0.6:
        return
    if move.kind == "voyage":
        dashed(to, line, scale)
        return
    cut = max(2, round(len(line) * (1 - min(0.4, size * 0.75 / max(1.0, hypot(b[0] - a[0], b[1] - a[1]))))))
    if move.kind in ("watch", "station"):
        dotted(to, move, line, color, size * 0.5, scale)
        return
    arrow(to, line[:cut], color, round((4 if move.kind == "move" else 3) * scale))
    if move.symbol and move.kind == "move":
        ghost(
            to,
            Marker(move.id, "", move.affinity, move.symbol, figures=move.figures),
            (round(b[0]), round(b[1])),
            size,
        )


def dashed(to: pygame.Surface, line: list[Point], scale: float) -> None:
    """The way of what is under way from an earlier turn."""
    points = evenly(line, 5 * scale)
    for n in range(2, len(points) - 1, 3):
        for ink, w in ((INK, 5), ("#F4F7F9", 2)):
            pygame.draw.aaline(to, ink, points[n], points[n + 1], max(1, round(w * scale)))


def arrival(to: pygame.Surface, move: Move, a: Point, b: Point, size: int, scale: float) -> None:
    """The date of arrival, on the way to a voyage's end and clear of the counters there."""
    points = evenly(bowed(a, b, 0.14), 5 * scale)
    far = round(size * 1.7 / (5 * scale))
    if move.label and len(points) > 2 * far:
        tag(to, move.label, points[-far], max(10, round(size * 0.32)))


def dotted(to: pygame.Surface, move: Move, line: list[Point], color: str, ring: float, scale: float) -> None:
    """Fine even dots to a ring round what is watched or guarded, and on the ring an eye or a shield."""
    end = line[-1]
    for ink, w in ((INK, 4), (color, 2)):
        pygame.draw.aacircle(to, ink, end, ring + w / 2, w)
    badge = ring + 11 * scale
    free = [p for p in evenly(line, 9 * scale) if hypot(p[0] - end[0], p[1] - end[1]) > badge]
    for ink, r in ((INK, 2.9), (color, 1.8)):
        for p in free[1:]:
            pygame.draw.aacircle(to, ink, p, r * scale)
    last = free[-1] if free else line[0]
    far = hypot(last[0] - end[0], last[1] - end[1]) or 1.0
    at = (end[0] + (last[0] - end[0]) * badge / far, end[1] + (last[1] - end[1]) * badge / far)
    pygame.draw.aacircle(to, INK, at, 10 * scale)
    pygame.draw.aacircle(to, color, at, 10 * scale, max(1, round(1.5 * scale)))
    image = kit.icon("eye" if move.kind == "watch" else "shield", round(13 * scale), color)
    to.blit(image, image.get_rect(center=(round(at[0]), round(at[1]))))


def evenly(line: list[Point], apart: float) -> list[Point]:
    """Points along a polyline, each `apart` from the one before along it."""
    out, left = [], 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        length = hypot(bx - ax, by - ay)
        while left < length:
            out.append((ax + (bx - ax) * left / length, ay + (by - ay) * left / length))
            left += apart
        left -= length
    return out


def ghost(to: pygame.Surface, marker: Marker, at: tuple[int, int], size: int) -> Rect:
    """A pale counter centered on a pixel."""
    image = counters.picture(counters.face_of(marker, size)).copy()
    image.set_alpha(165)
    rect = to.blit(image, image.get_rect(center=at))
    pygame.draw.rect(to, AMBER, rect.inflate(-2 * counters.MARGIN + 4, -2 * counters.MARGIN + 4), 1, 4)
    return rect


def frame(to: pygame.Surface, rect: Rect, color: str, scale: float) -> None:
    n = round(3 * scale)
    pygame.draw.rect(to, INK, rect.inflate(2 * n + 2, 2 * n + 2), n + 1, 6)
    pygame.draw.rect(to, color, rect.inflate(2 * n, 2 * n), n - 1, 5)


def tag(to: pygame.Surface, words: str, at: Point, points: int) -> Rect:
    """A small dark plate with words, centered on a point."""
    ink = kit.text(words, "cond_bold", points, "#FFFFFF")
    rect = ink.get_rect(center=(round(at[0]), round(at[1])))
    kit.box(to, rect.inflate(points, 4), 4, "#0E1820E6", "#35505F")
    to.blit(ink, rect)
    return rect.inflate(points + 2, 6)


def measure(to: pygame.Surface, a: Point, b: Point, km: int, scale: float) -> None:
    """A line with its length, and the circle of that radius."""
    radius = hypot(b[0] - a[0], b[1] - a[1])
    if radius < 2:
        return
    for color, w in ((INK, round(5 * scale)), ("#FFFFFF", round(2 * scale))):
        pygame.draw.aaline(to, color, a, b, w)
    n = max(24, round(radius / 2.5))
    for k in range(0, n, 2):
        p, q = 2 * pi * k / n, 2 * pi * (k + 1) / n
        pygame.draw.aaline(
            to,
            "#FFFFFF",
            (a[0] + radius * cos(p), a[1] + radius * sin(p)),
            (a[0] + radius * cos(q), a[1] + radius * sin(q)),
        )
    for end in (a, b):
        pygame.draw.aacircle(to, INK, end, 5 * scale)
        pygame.draw.aacircle(to, "#FFFFFF", end, 3 * scale)
    tag(to, text(say("ui_map.measure", km=km)), ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), round(12 * scale))


# The film --------------------------------------------------------------------------------------------------------


def _fading(color: str, alpha: float) -> tuple[int, int, int, int]:
    c = pygame.Color(color)
    return c.r, c.g, c.b, max(0, min(255, round(alpha * 255)))


def _circle(to: pygame.Surface, at: Point, radius: float, color: tuple[int, int, int, int], width: int = 0) -> None:
    n = max(2, round(radius) + 2)
    patch = pygame.Surface((2 * n, 2 * n), pygame.SRCALPHA)
    patch.fill((*color[:3], 0))
    pygame.draw.aacircle(patch, color, (n, n), radius, width)
    to.blit(patch, (round(at[0]) - n, round(at[1]) - n))


def _raid(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    """Missiles along arcs a little apart; each trails a line that thins behind it."""
    n = max(1, min(9, e.n))
    for m in range(n):
        line = bowed(a, b, 0.22 + 0.035 * (m - (n - 1) / 2), 36)
        head = min(36.0, max(0.0, (e.t * 1.25 - 0.25 * m / max(1, n - 1 or 1)) * 36))
        last = int(head)
        for k in range(max(0, last - 14), last):
            w = 1 + round(2 * scale * (k - last + 14) / 14)
            pygame.draw.aaline(to, "#FFF1E6", line[k], line[k + 1], w + 2)
            pygame.draw.aaline(to, LINE_OF[e.affinity], line[k], line[k + 1], w)
        if 0 < last < 36:
            pygame.draw.aacircle(to, "#FFFFFF", line[last], 4 * scale)
            pygame.draw.aacircle(to, LINE_OF[e.affinity], line[last], 2.6 * scale)
    if e.label:
        tag(to, e.label, bowed(a, b, 0.22, 2)[1], round(12 * scale))


def _burst(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    t, left = eased(e.t), 1 - e.t
    _circle(to, b, (6 + 22 * t) * scale, _fading("#F07A3A", 0.75 * left))
    _circle(to, b, (4 + 11 * t) * scale, _fading("#FFE9B0", 0.95 * left))
    _circle(to, b, (8 + 30 * t) * scale, _fading("#C23A2E", left), max(2, round(3 * scale * left)))
    if e.label:
        tag(to, e.label, (b[0], b[1] - 34 * scale), round(12 * scale))


def _intercept(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    left, reach = 1 - e.t, (5 + 15 * eased(e.t)) * scale
    for n in range(8):
        turn = pi * n / 4
        p = (b[0] + reach * 0.4 * cos(turn), b[1] + reach * 0.4 * sin(turn))
        q = (b[0] + reach * cos(turn), b[1] + reach * sin(turn))
        pygame.draw.aaline(to, "#0E3A52", p, q, max(2, round(4 * scale * left)))
        pygame.draw.aaline(to, "#D9F5FF", p, q, max(1, round(2 * scale * left)))
    if e.label:
        tag(to, e.label, (b[0], b[1] + 30 * scale), round(12 * scale))


def _loss(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    alpha = 1.0 if e.t < 0.6 else 1 - (e.t - 0.6) / 0.4
    n = round((13 + 5 * (1 - eased(min(1.0, e.t * 3)))) * scale)
    patch = pygame.Surface((2 * n + 8, 2 * n + 8), pygame.SRCALPHA)
    c = n + 4
    for color, w in ((INK, 8), ("#F07A6A", 4)):
        for d in (1, -1):
            pygame.draw.aaline(patch, color, (c - n, c - d * n), (c + n, c + d * n), round(w * scale))
    patch.set_alpha(round(255 * alpha))
    to.blit(patch, (round(b[0]) - c, round(b[1]) - c))
    if e.label:
        tag(to, e.label, (b[0], b[1] + n + 14 * scale), round(12 * scale))


def _pulse(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    for shift in (0.0, 0.5):
        t = (e.t + shift) % 1
        _circle(to, b, (14 + 40 * t) * scale, _fading(INK, 0.7 * (1 - t)), round(5 * scale))
        _circle(to, b, (14 + 40 * t) * scale, _fading(AMBER, 1 - t), round(3 * scale))
    if e.label:
        tag(to, e.label, (b[0], b[1] + 42 * scale), round(12 * scale))


def _travel(to: pygame.Surface, e: Effect, a: Point, b: Point, scale: float) -> None:
    line = bowed(a, b, 0.1, 40)
    at = eased(e.t) * 40
    k = min(39, int(at))
    f = at - k
    x, y = line[k][0] + (line[k + 1][0] - line[k][0]) * f, line[k][1] + (line[k + 1][1] - line[k][1]) * f
    marker = Marker("", "", e.affinity, e.symbol or "unknown", figures=e.label)
    image = counters.picture(counters.face_of(marker, round(counters.SMALL * scale)))
    to.blit(image, image.get_rect(center=(round(x), round(y))))


EFFECTS: Mapping[str, Callable[[pygame.Surface, Effect, Point, Point, float], None]] = {
    "raid": _raid,
    "burst": _burst,
    "intercept": _intercept,
    "loss": _loss,
    "pulse": _pulse,
    "travel": _travel,
}


def paint_effect(to: pygame.Surface, effect: Effect, a: Point, b: Point, scale: float) -> None:
    paint = EFFECTS.get(effect.kind)
    if paint is not None and 0 <= effect.t <= 1:
        paint(to, effect, a, b, scale)


def effect_rect(effect: Effect, a: Point, b: Point, scale: float) -> Rect:
    """What an effect may touch."""
    pad = round(64 * scale)
    if effect.kind == "travel":
        line = bowed(a, b, 0.1, 40)
        x, y = line[min(40, round(eased(effect.t) * 40))]
        n = round((counters.SMALL / 2 + 16) * scale) + counters.MARGIN
        return Rect(round(x) - n, round(y) - n, 2 * n, 2 * n)
    if effect.kind == "raid":
        m = bowed(a, b, 0.4, 2)[1]
        xs, ys = (a[0], b[0], m[0]), (a[1], b[1], m[1])
        return Rect(round(min(xs)), round(min(ys)), round(max(xs) - min(xs)), round(max(ys) - min(ys))).inflate(
            2 * pad, 2 * pad
        )
    return Rect(round(b[0]) - pad, round(b[1]) - pad, 2 * pad, 2 * pad)
