"""Zone outlines: fit to draw, apart from each other, round their anchors, next to their ports."""

import json
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from game.io.theatre import read_outlines
from tests.theatre.worlds import FIRST_WATCH, NORTHEAST, northeast

Polygons = tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@cache
def outlines() -> Mapping[str, Polygons]:
    return read_outlines(NORTHEAST)


def inside(polygons: Polygons, lon: float, lat: float) -> bool:
    """Counts the edges that a ray to the north crosses."""
    crossings = 0
    for polygon in polygons:
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if min(x1, x2) <= lon < max(x1, x2):
                    crossings += y1 + (y2 - y1) * (lon - x1) / (x2 - x1) > lat
    return crossings % 2 == 1


def test_each_zone_has_an_outline_and_nothing_else_has() -> None:
    assert set(outlines()) == {id for id, site in northeast().sites.items() if site.sea}


@pytest.mark.parametrize("zone", sorted(outlines()))
def test_the_anchor_lies_in_its_own_zone_alone(zone: str) -> None:
    site = northeast().sites[zone]
    at = site.lon_e3 / 1000, site.lat_e3 / 1000
    assert [id for id, shape in outlines().items() if inside(shape, *at)] == [zone]


def test_zones_do_not_overlap_and_leave_no_hole_in_open_sea() -> None:
    """A grid of half a degree, off the coordinates' own three decimals."""
    corners = {id: [p for polygon in shape for p in polygon[0]] for id, shape in outlines().items()}
    boxes = {id: [(min(v), max(v)) for v in zip(*points, strict=True)] for id, points in corners.items()}
    met = 0
    for row in range(12 * 2 + 1, 47 * 2):
        for column in range(106 * 2 + 1, 164 * 2):
            lon, lat = column / 2 + 0.00017, row / 2 + 0.00013
            near = [id for id, ((w, e), (s, n)) in boxes.items() if w <= lon <= e and s <= lat <= n]
            holders = [id for id in near if inside(outlines()[id], lon, lat)]
            assert len(holders) <= 1, (lon, lat, holders)
            met += len(holders)
            if 127 <= lon <= 163 and 13 <= lat <= 25:
                assert holders or 144 < lon < 146, f"no zone at {lon:.2f} E {lat:.2f} N"
    assert met > 4000


@pytest.mark.parametrize(
    ("spot", "lon", "lat", "zone"),
    [
        ("Liancourt Rocks (Dokdo, Takeshima)", 131.87, 37.24, "SJW"),
        ("Senkaku Islands (Diaoyu Islands)", 123.47, 25.75, "ECS"),
        ("middle of the Taiwan Strait, north", 120.2, 25.2, "TSN"),
        ("off Penghu", 119.2, 23.4, "TSS"),
        ("Bashi Channel", 121.5, 21.5, "BAS"),
        ("Miyako Strait", 126.3, 25.4, "MIY"),
        ("Korea Strait, western channel", 129.2, 34.9, "TSU"),
        ("Tsugaru Strait, eastern mouth", 141.0, 41.6, "TSG"),
        ("Soya Strait", 142.0, 45.75, "SOY"),
        ("Bohai", 119.5, 38.9, "BOH"),
        ("Osumi Strait", 130.9, 30.8, "OSU"),
        ("off Guam", 144.5, 13.2, "MAR"),
    ],
)
def test_known_waters_lie_where_a_sailor_expects_them(spot: str, lon: float, lat: float, zone: str) -> None:
    assert [id for id, shape in outlines().items() if inside(shape, lon, lat)] == [zone], spot


def test_cities_inland_lie_in_no_zone() -> None:
    for id in ("KSEO", "KCHE", "KSEJ", "CB61", "CB66", "PSTR", "PPYO", "JYTA"):
        site = northeast().sites[id]
        lon, lat = site.lon_e3 / 1000, site.lat_e3 / 1000
        assert not any(inside(shape, lon, lat) for shape in outlines().values()), id


def test_every_port_touches_a_zone_it_opens_on() -> None:
    """Within half a degree or so of the outline of one of its zones. Hawaii stands in a box of its own."""
    theatre = northeast()
    opens: dict[str, set[str]] = {}
    for lane in theatre.lanes.values():
        if lane.kind == "port" and lane.a != "HHAW":
            opens.setdefault(lane.a, set()).add(lane.b)
    for port, zones in opens.items():
        site = theatre.sites[port]
        lon, lat = site.lon_e3 / 1000, site.lat_e3 / 1000
        points = [p for z in zones for polygon in outlines()[z] for ring in polygon for p in ring]
        near = min(max(abs(x - lon), abs(y - lat)) for x, y in points)
        touching = any(inside(outlines()[z], lon, lat) for z in zones)
        assert touching or near < 0.4, (port, near)


@pytest.mark.parametrize("path", [NORTHEAST, FIRST_WATCH], ids=lambda p: p.parent.name)
def test_rings_are_closed_turn_as_rfc_7946_says_and_keep_three_decimals(path: Any) -> None:
    for zone, polygons in read_outlines(path).items():
        for polygon in polygons:
            for n, ring in enumerate(polygon):
                doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
                assert ring[0] == ring[-1]
                assert (doubled > 0) == (n == 0), (zone, n)
                assert all(round(v, 3) == v for point in ring for v in point)


def test_the_coast_is_geojson_too() -> None:
    coast = json.loads((NORTHEAST.parent / "coast.geojson").read_text(encoding="utf-8"))
    assert {f["geometry"]["type"] for f in coast["features"]} <= {"Polygon", "MultiPolygon"}
    assert {"Japan", "South Korea", "North Korea", "Taiwan", "China"} <= {
        f["properties"]["name"] for f in coast["features"]
    }
