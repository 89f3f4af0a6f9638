"""Lambert conformal conic on a sphere, both ways, and great-circle rings in its plane.

Degrees in and out; the plane in km east and north of the center. Source: Snyder, Map Projections (USGS PP 1395), 15.
For the eye alone: no rule reads these floats.
"""

from __future__ import annotations

from functools import cached_property
from math import asin, atan, atan2, copysign, cos, degrees, hypot, log, pi, radians, sin, tan

import attrs

RADIUS_KM = 6371.0
Point = tuple[float, float]


def _half_tangent(lat: float) -> float:
    return tan(pi / 4 + radians(lat) / 2)


@attrs.frozen
class Projection:
    """Center and standard parallels in degrees."""

    lon0: float
    lat0: float
    lat1: float
    lat2: float

    @cached_property
    def _cone(self) -> tuple[float, float, float]:
        if abs(self.lat1 - self.lat2) < 1e-6:
            n = sin(radians(self.lat1))
        else:
            spread = log(_half_tangent(self.lat2) / _half_tangent(self.lat1))
            n = log(cos(radians(self.lat1)) / cos(radians(self.lat2))) / spread
        scale = RADIUS_KM * cos(radians(self.lat1)) * _half_tangent(self.lat1) ** n / n
        return n, scale, scale / _half_tangent(self.lat0) ** n

    def forward(self, lon: float, lat: float) -> Point:
        """The plane point of a position; the date line is where the cone is cut, opposite the center."""
        n, scale, apex = self._cone
        east = (lon - self.lon0 + 180.0) % 360.0 - 180.0
        rho = scale / _half_tangent(lat) ** n
        turn = n * radians(east)
        return rho * sin(turn), apex - rho * cos(turn)

    def inverse(self, x: float, y: float) -> Point:
        n, scale, apex = self._cone
        rho = copysign(hypot(x, apex - y), n)
        if not rho:
            return self.lon0, copysign(90.0, n)
        lat = 2 * atan((scale / rho) ** (1 / n)) - pi / 2
        side = copysign(1.0, n)
        return degrees(atan2(side * x, side * (apex - y)) / n) + self.lon0, degrees(lat)

    def ring(self, lon: float, lat: float, km: float, points: int = 120) -> list[Point]:
        """The circle of that great-circle radius, as plane points, not closed."""
        return [self.forward(*away(lon, lat, km, 2 * pi * n / points)) for n in range(points)]


def away(lon: float, lat: float, km: float, bearing: float) -> Point:
    """The position `km` from another one; the bearing in radians, clockwise from north."""
    d, here = km / RADIUS_KM, radians(lat)
    up = asin(sin(here) * cos(d) + cos(here) * sin(d) * cos(bearing))
    east = atan2(sin(bearing) * sin(d) * cos(here), cos(d) - sin(here) * sin(up))
    return lon + degrees(east), degrees(up)


def unit(lon: float, lat: float) -> tuple[float, float, float]:
    """A position as a unit vector."""
    level = cos(radians(lat))
    return level * cos(radians(lon)), level * sin(radians(lon)), sin(radians(lat))


def distance(a: Point, b: Point) -> float:
    """Great-circle km between two positions (lon, lat)."""
    p, q = unit(*a), unit(*b)
    return 2 * RADIUS_KM * asin(min(1.0, hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) / 2))
