"""Lambert conformal conic on a sphere, forward and inverse: the plane in which zones are cut and maps drawn.

Kilometers east and north of the center; degrees in and out. Source: Snyder, Map Projections (USGS PP 1395), ch. 15.
"""

from dataclasses import dataclass
from math import atan, atan2, copysign, cos, degrees, hypot, log, pi, radians, sin, tan

RADIUS_KM = 6371.0088


def _half_tangent(lat: float) -> float:
    return tan(pi / 4 + radians(lat) / 2)


@dataclass(frozen=True)
class Lambert:
    """Center lon0, lat0 and standard parallels lat1, lat2, in degrees."""

    lon0: float
    lat0: float
    lat1: float
    lat2: float

    @property
    def _cone(self) -> tuple[float, float, float]:
        spread = log(_half_tangent(self.lat2) / _half_tangent(self.lat1))
        n = log(cos(radians(self.lat1)) / cos(radians(self.lat2))) / spread
        scale = RADIUS_KM * cos(radians(self.lat1)) * _half_tangent(self.lat1) ** n / n
        return n, scale, scale / _half_tangent(self.lat0) ** n

    def forward(self, lon: float, lat: float) -> tuple[float, float]:
        n, scale, apex = self._cone
        rho = scale / _half_tangent(lat) ** n
        turn = n * radians(lon - self.lon0)
        return rho * sin(turn), apex - rho * cos(turn)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        n, scale, apex = self._cone
        rho = copysign(hypot(x, apex - y), n)
        lat = 2 * atan((scale / rho) ** (1 / n)) - pi / 2
        return degrees(atan2(x, apex - y) / n) + self.lon0, degrees(lat)
