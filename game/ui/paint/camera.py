"""What part of the plane a map window shows: values only, so that every law of it can be tested without a screen."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, hypot, log

import attrs

Point = tuple[float, float]
#: West, south, east, north in km of the plane.
Extent = tuple[float, float, float, float]
#: How many px at each side another thing covers: left, top, right, bottom.
Insets = tuple[int, int, int, int]

#: km a pixel at UI scale 1: nearest and farthest.
NEAREST, FARTHEST = 0.8, 8.0
#: From these on a map shows less: above FAR the theatre, below NEAR every name (km a pixel at UI scale 1).
FAR, NEAR = 3.0, 1.2
STEP = 1.25  # one notch of the wheel


@attrs.frozen
class Camera:
    """`x0`, `y1`: the plane point (km) of the window's top left; `k`: km a pixel; `w`, `h`: the window in pixels."""

    x0: float
    y1: float
    k: float
    w: int
    h: int

    def px(self, x: float, y: float) -> Point:
        """Where a plane point falls, in pixels from the window's top left."""
        return (x - self.x0) / self.k, (self.y1 - y) / self.k

    def km(self, px: float, py: float) -> Point:
        """The plane point under a pixel."""
        return self.x0 + px * self.k, self.y1 - py * self.k

    @property
    def center(self) -> Point:
        return self.km(self.w / 2, self.h / 2)

    @property
    def extent(self) -> Extent:
        return self.x0, self.y1 - self.h * self.k, self.x0 + self.w * self.k, self.y1

    def panned(self, dx: float, dy: float) -> Camera:
        """The map moved by dx, dy pixels, as a hand drags it."""
        return attrs.evolve(self, x0=self.x0 - dx * self.k, y1=self.y1 + dy * self.k)

    def zoomed(self, factor: float, px: float, py: float, scale: float = 1.0) -> Camera:
        """Nearer for a factor above 1; what lies under (px, py) stays there. Held to the limits of the UI scale."""
        k = min(FARTHEST / scale, max(NEAREST / scale, self.k / factor))
        x, y = self.km(px, py)
        return attrs.evolve(self, x0=x - px * k, y1=y + py * k, k=k)

    def sized(self, w: int, h: int) -> Camera:
        """The same center and zoom in a window of another size."""
        return looking_at(self.center, self.k, w, h)

    def held(self, extent: Extent, insets: Insets = (0, 0, 0, 0)) -> Camera:
        """Brought back so that nothing beyond `extent` shows, zooming in where the window is the larger. What panels
        cover (`insets`) may lie beyond it on the far sides only as long as the sheet fills the window."""
        west, south, east, north = extent
        k = min(self.k, (east - west) / self.w, (north - south) / self.h)
        now = self if k == self.k else looking_at(self.center, k, self.w, self.h)
        x0 = min(max(now.x0, west), east - self.w * k)
        y1 = max(min(now.y1, north), south + self.h * k)
        return attrs.evolve(now, x0=x0, y1=y1)

    def detail(self, scale: float = 1.0) -> int:
        """0 the theatre, 1 a region, 2 near."""
        k = self.k * scale
        return 0 if k > FAR else 1 if k > NEAR else 2


def looking_at(center: Point, k: float, w: int, h: int) -> Camera:
    return Camera(center[0] - w * k / 2, center[1] + h * k / 2, k, w, h)


def fitted(
    points: Iterable[Point], w: int, h: int, insets: Insets = (0, 0, 0, 0), scale: float = 1.0, margin: float = 0.08
) -> Camera:
    """A camera that shows all plane points in the part of the window that `insets` leave free.

    Without points it looks at the center of the plane at the farthest zoom."""
    found = list(points)
    if not found:
        return looking_at((0.0, 0.0), FARTHEST / scale, w, h)
    left, top, right, bottom = insets
    room_w, room_h = max(1, w - left - right), max(1, h - top - bottom)
    xs, ys = [p[0] for p in found], [p[1] for p in found]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    k = max(wide / room_w, high / room_h) * (1 + 2 * margin)
    k = min(FARTHEST / scale, max(NEAREST / scale, k))
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Camera(x - (left + room_w / 2) * k, y + (top + room_h / 2) * k, k, w, h)


def eased(t: float) -> float:
    """0..1 to 0..1, slow at both ends."""
    t = min(1.0, max(0.0, t))
    return t * t * (3 - 2 * t)


def between(a: Camera, b: Camera, t: float) -> Camera:
    """On the way from `a` (t 0) to `b` (t 1): a long way rises a little first. Both windows are of one size."""
    if t <= 0 or t >= 1:
        return a if t <= 0 else b
    e = eased(t)
    (ax, ay), (bx, by) = a.center, b.center
    far = hypot(bx - ax, by - ay) / (max(a.k, b.k) * max(1, a.w))
    rise = 1 + 0.6 * min(1.0, far) * 4 * e * (1 - e)
    k = exp(log(a.k) * (1 - e) + log(b.k) * e) * rise
    return looking_at((ax + (bx - ax) * e, ay + (by - ay) * e), min(k, max(a.k, b.k, FARTHEST)), b.w, b.h)
