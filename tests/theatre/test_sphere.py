"""Great circles in whole numbers."""

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.sphere import direction, km_between
from tests.theatre.worlds import northeast

LAT, LON = st.integers(-90_000, 90_000), st.integers(-180_000, 180_000)


def haversine(a: tuple[int, int], b: tuple[int, int]) -> float:
    (lat1, lon1), (lat2, lon2) = ((radians(lat / 1000), radians(lon / 1000)) for lat, lon in (a, b))
    h = sin((lat1 - lat2) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon1 - lon2) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(h)))


@given(st.tuples(LAT, LON), st.tuples(LAT, LON))
def test_agrees_with_the_haversine_formula(a: tuple[int, int], b: tuple[int, int]) -> None:
    km = km_between(direction(*a), direction(*b))
    assert abs(km - haversine(a, b)) <= 0.5 + 1e-3
    assert km == km_between(direction(*b), direction(*a))


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (0, 180_000), 20_015),
        ((90_000, 0), (-90_000, 77_000), 20_015),
        ((0, 0), (0, 90_000), 10_008),
        ((35_000, 179_999), (35_000, -179_999), 0),
        ((90_000, 0), (90_000, 120_000), 0),
    ],
)
def test_poles_antipodes_and_the_date_line(a: tuple[int, int], b: tuple[int, int], km: int) -> None:
    assert km_between(direction(*a), direction(*b)) == km


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("PTAC", "KSEO", 131),
        ("PTAC", "KOSA", 180),
        ("PTAC", "KKUN", 297),
        ("PTAC", "KBUS", 462),
        ("POPS", "JSAS", 820),
        ("POPS", "JIWA", 865),
        ("POPS", "JTOK", 1334),
        ("POPS", "JKAD", 1495),
        ("PSTR", "GGUA", 3544),
        ("CB61", "TTPE", 609),
        ("CB61", "JKAD", 997),
        ("CB61", "KKUN", 1035),
        ("CB61", "JSAS", 1145),
        ("CB66", "JYOK", 2474),
        ("CB66", "GGUA", 4012),
        ("JKAD", "TTPE", 639),
        ("KKUN", "TTPE", 1301),
        ("JIWA", "TTPE", 1444),
        ("GGUA", "TTPE", 2757),
        ("KSEJ", "JIWA", 421),
    ],
)
def test_range_bands_of_facts_a3(a: str, b: str, km: int) -> None:
    assert northeast().km(a, b) == northeast().km(b, a) == km


def test_within_is_sorted_by_distance_and_complete() -> None:
    theatre = northeast()
    near = theatre.within("KBUS", 500)
    assert near[0] == "KBUS"
    keys = [(theatre.km("KBUS", id), id) for id in near]
    assert keys == sorted(keys)
    assert set(near) == {id for id in theatre.sites if theatre.km("KBUS", id) <= 500}
    edge = theatre.km("KBUS", "JIWA")
    assert "JIWA" in theatre.within("KBUS", edge)
    assert "JIWA" not in theatre.within("KBUS", edge - 1)
