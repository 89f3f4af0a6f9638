"""Great-circle distance in whole numbers, so that every machine agrees to the last kilometer.

Fixed point: a value x stands as the whole number x * ONE. Earth is a sphere of R = 6371.0088 km (facts A).
"""

from math import isqrt

ONE = 10**30
PI = 3_141592653589793238462643383280
RADIUS_E4 = 63_710_088  # ten-thousandths of a km

Vector = tuple[int, int, int]


def _series(term: int, x: int, n: int) -> int:
    """The alternating series of sine (term x, n 1) or cosine (term ONE, n 0)."""
    total = 0
    while term:
        total += term
        n += 2
        # Toward zero: floor division would leave a negative term at -1 for ever.
        size = abs(term) * x // ONE * x // ONE // (n * (n - 1))
        term = -size if term > 0 else size
    return total


def direction(lat_e3: int, lon_e3: int) -> Vector:
    """Unit vector of a position in thousandths of a degree."""
    lat, lon = (abs(e3) * PI // 180_000 for e3 in (lat_e3, lon_e3))
    level = _series(ONE, lat, 0)
    up, east = _series(lat, lat, 1), _series(lon, lon, 1)
    north_south, east_west = (1 if lat_e3 >= 0 else -1), (1 if lon_e3 >= 0 else -1)
    return level * _series(ONE, lon, 0) // ONE, level * east // ONE * east_west, up * north_south


def _arcsine(x: int) -> int:
    """For 0 <= x <= ONE: halve the angle until its sine is small, sum the series, double back."""
    doublings = 0
    while 10 * x > ONE:
        cosine = isqrt(ONE * ONE - x * x)
        x = isqrt((ONE - cosine) * ONE // 2)
        doublings += 1
    total, power, n = 0, x, 1
    while power:
        total += power // n
        power = power * x // ONE * x // ONE * n // (n + 1)
        n += 2
    return total << doublings


def km_between(a: Vector, b: Vector) -> int:
    """Whole km along the great circle, halves up."""
    half_chord = min(ONE, isqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True))) // 2)
    return (2 * _arcsine(half_chord) * RADIUS_E4 + 5_000 * ONE) // (10_000 * ONE)
