"""Laws of the camera, the projection and the lines, over generated values; no screen."""

from __future__ import annotations

import itertools
from math import hypot, isclose

from hypothesis import given
from hypothesis import strategies as st

from game.ui.paint.camera import FARTHEST, NEAREST, Camera, between, fitted
from game.ui.paint.lines import bowed, dashes, thinned, union_outline
from game.ui.paint.projection import Projection, distance

ASIA = Projection(128, 27, 18, 40)
km = st.floats(-3000, 3000)
cameras = st.builds(Camera, km, km, st.floats(NEAREST, FARTHEST), st.integers(320, 3840), st.integers(240, 2160))
pixels = st.tuples(st.floats(0, 3000), st.floats(0, 2000))


@given(cameras, pixels, st.floats(0.2, 5), st.sampled_from((1.0, 1.5, 2.0)))
def test_zoom_keeps_what_lies_under_the_pointer(
    camera: Camera, at: tuple[float, float], by: float, scale: float
) -> None:
    before = camera.km(*at)
    zoomed = camera.zoomed(by, *at, scale)
    after = zoomed.km(*at)
    assert hypot(before[0] - after[0], before[1] - after[1]) < 1e-6
    assert NEAREST / scale - 1e-9 <= zoomed.k <= FARTHEST / scale + 1e-9


@given(cameras, st.floats(-900, 900), st.floats(-900, 900))
def test_a_pan_is_undone_by_its_opposite_and_moves_the_map_with_the_hand(
    camera: Camera, dx: float, dy: float
) -> None:
    back = camera.panned(dx, dy).panned(-dx, -dy)
    assert isclose(back.x0, camera.x0, abs_tol=1e-6) and isclose(back.y1, camera.y1, abs_tol=1e-6)
    x, y = camera.panned(dx, dy).px(*camera.km(100, 100))
    assert isclose(x, 100 + dx, abs_tol=1e-6) and isclose(y, 100 + dy, abs_tol=1e-6)


@given(cameras)
def test_a_held_camera_shows_nothing_beyond_the_sheet(camera: Camera) -> None:
    west, south, east, north = (-3000.0, -2300.0, 4200.0, 2300.0)
    seen = camera.held((west, south, east, north)).extent
    assert seen[0] >= west - 1e-6 and seen[1] >= south - 1e-6 and seen[2] <= east + 1e-6 and seen[3] <= north + 1e-6


@given(st.lists(st.tuples(km, km), min_size=1, max_size=9), st.sampled_from(((0, 0, 0, 0), (210, 50, 390, 70))))
def test_a_fitted_camera_shows_every_point_in_the_free_part(
    points: list[tuple[float, float]], insets: tuple[int, int, int, int]
) -> None:
    camera = fitted(points, 1600, 900, insets)
    if camera.k < FARTHEST:
        for point in points:
            x, y = camera.px(*point)
            assert insets[0] - 1 <= x <= 1600 - insets[2] + 1 and insets[1] - 1 <= y <= 900 - insets[3] + 1


@given(cameras, cameras, st.floats(0, 1))
def test_a_flight_starts_and_ends_where_it_should(a: Camera, b: Camera, t: float) -> None:
    b = b.sized(a.w, a.h)
    assert between(a, b, 0) == a and between(a, b, 1) == b
    assert 0 < between(a, b, t).k <= max(FARTHEST, a.k, b.k)


@given(st.floats(95, 165), st.floats(0, 55))
def test_the_projection_goes_both_ways(lon: float, lat: float) -> None:
    back = ASIA.inverse(*ASIA.forward(lon, lat))
    assert isclose(back[0], lon, abs_tol=1e-7) and isclose(back[1], lat, abs_tol=1e-7)


def test_busan_to_hakata_is_about_210_km() -> None:
    assert round(distance((129.04, 35.1), (130.4, 33.6)), -1) == 210


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=2, max_size=40), st.floats(0, 50))
def test_thinning_keeps_both_ends_and_adds_nothing(points: list[tuple[float, float]], least: float) -> None:
    out = thinned(points, least)
    assert out[0] == points[0] and out[-1] == points[-1] and set(out) <= set(points)


def test_dashes_cover_their_share_of_a_line() -> None:
    line = bowed((0, 0), (1000, 0), 0.1)
    whole = sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in itertools.pairwise(line))
    drawn = sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in dashes(line, 8, 2, (-9e9, -9e9, 9e9, 9e9)))
    assert 0.78 < drawn / whole < 0.82


circles = st.lists(st.tuples(st.floats(115, 145), st.floats(20, 45), st.floats(100, 900)), min_size=1, max_size=6)


@given(circles)
def test_no_point_of_a_union_lies_inside_a_disc(found: list[tuple[float, float, float]]) -> None:
    for line in union_outline(found, ASIA):
        for point in line:
            at = ASIA.inverse(*point)
            assert all(distance(at, (lon, lat)) >= radius - 0.5 for lon, lat, radius in found)


def test_a_lone_disc_is_closed_and_a_covered_one_leaves_nothing() -> None:
    one = union_outline([(130.0, 35.0, 300.0)], ASIA)
    assert len(one) == 1 and hypot(one[0][0][0] - one[0][-1][0], one[0][0][1] - one[0][-1][1]) < 1e-6
    assert union_outline([(130.0, 35.0, 300.0), (130.1, 35.0, 50.0)], ASIA) == union_outline(
        [(130.0, 35.0, 300.0)], ASIA
    )
