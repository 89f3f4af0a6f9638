"""Polylines as values: thinning, dashing, curves, unions of circles. Points are (x, y) in any plane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot

from game.ui.paint.projection import Point, Projection, away, unit

Box = tuple[float, float, float, float]  # least x, least y, most x, most y
Segment = tuple[Point, Point]


def box_of(points: Sequence[Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def apart(a: Box, b: Box) -> bool:
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def thinned(points: Sequence[Point], least: float) -> list[Point]:
    """Without the points that lie nearer than `least` to the last one kept; both ends stay."""
    if len(points) < 3 or least <= 0:
        return list(points)
    out = [points[0]]
    (x, y), far = points[0], least * least
    for point in points[1:-1]:
        dx, dy = point[0] - x, point[1] - y
        if dx * dx + dy * dy >= far:
            out.append(point)
            x, y = point
    out.append(points[-1])
    return out


def pieces(points: Sequence[Point], most: int = 48) -> list[list[Point]]:
    """Cut into runs of at most `most` points that share their ends, so that a view can skip the far ones."""
    return [list(points[n : n + most]) for n in range(0, max(1, len(points) - 1), most - 1)]


def dashes(points: Sequence[Point], on: float, off: float, box: Box) -> Iterator[Segment]:
    """Strokes of a dashed polyline that touch `box`; a dash bends with the line."""
    at = 0.0
    period = on + off
    for (ax, ay), (bx, by) in pairwise(points):
        length = hypot(bx - ax, by - ay)
        if length < 1e-9:
            continue
        if max(ax, bx) < box[0] or min(ax, bx) > box[2] or max(ay, by) < box[1] or min(ay, by) > box[3]:
            at = (at + length) % period
            continue
        ux, uy = (bx - ax) / length, (by - ay) / length
        d = -at
        while d < length:
            start, end = max(0.0, d), min(length, d + on)
            if end > start:
                p, q = (ax + ux * start, ay + uy * start), (ax + ux * end, ay + uy * end)
                if box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]:
                    yield p, q
            d += period
        at = (at + length) % period


def bowed(a: Point, b: Point, bend: float, parts: int = 0) -> list[Point]:
    """A quadratic curve from a to b whose middle is drawn aside by `bend` of its length."""
    mx, my = (a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend
    parts = parts or max(2, min(24, ceil(hypot(b[0] - a[0], b[1] - a[1]) / 44)))
    out = []
    for n in range(parts + 1):
        t = n / parts
        u = 1 - t
        out.append((u * u * a[0] + 2 * u * t * mx + t * t * b[0], u * u * a[1] + 2 * u * t * my + t * t * b[1]))
    return out


Circle = tuple[float, float, float]  # longitude, latitude, km


def union_outline(circles: Sequence[Circle], projection: Projection, points: int = 180) -> list[list[Point]]:
    """The outer edge of a union of great-circle discs, as plane polylines; a lone circle comes back closed."""
    from math import cos, pi

    kept = sorted(set(circles))
    centers = [(unit(lon, lat), cos(km / 6371.0)) for lon, lat, km in kept]
    out: list[list[Point]] = []
    for me, (lon, lat, km) in enumerate(kept):
        run: list[Point] = []
        runs: list[list[Point]] = []
        open_all = True
        for n in range(points + 1):
            at = away(lon, lat, km, 2 * pi * n / points)
            v = unit(*at)
            inside = any(
                v[0] * c[0] + v[1] * c[1] + v[2] * c[2] > limit + 1e-9
                for other, (c, limit) in enumerate(centers)
                if other != me
            )
            if inside:
                open_all = False
                if len(run) > 1:
                    runs.append(run)
                run = []
            else:
                run.append(projection.forward(*at))
        if len(run) > 1:
            if runs and not open_all and runs[0][0] == run[-1]:
                runs[0] = run + runs[0][1:]
            else:
                runs.append(run)
        out += runs
    return out


def holds(ring: Sequence[Point], at: Point) -> bool:
    """Whether a closed ring holds a point (even-odd)."""
    x, y = at
    inside = False
    ax, ay = ring[-1]
    for bx, by in ring:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        ax, ay = bx, by
    return inside
