"""Draws the picture behind the title from the shipped map: python -m maps.tools.title_picture

It writes game/ui/data/title.jpg, and title.small.jpg, which the window shows before anything else is read. Nothing of
any game is in them: the shaded map, the coast, and two schematic lines where the crises are, with an arc to each.
"""

from __future__ import annotations

import json
import os
from itertools import pairwise
from math import hypot
from pathlib import Path

from maps.tools.lambert import Lambert

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
import pygame

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "maps" / "northeast_asia"
OUT = ROOT / "game" / "ui" / "data"
SIZE, SMALL = (1920, 1080), (640, 360)
DUSK = (124, 144, 168)  # by day the map would outshine the menu
OVER = 2  # drawn twice as large and scaled down
LEFT, TOP, KM_PER_PX = -2280, 1590, 2.0
INK, COAST, RED, AMBER = (10, 19, 27), (44, 66, 79), (229, 83, 61), (227, 169, 59)
#: Longitude, latitude. Schematic: where the game's two crises are, no more.
KOREA = ((125.2, 37.7), (126.3, 37.75), (126.8, 37.95), (127.3, 38.3), (128.3, 38.6), (129.3, 38.75))
STRAIT = ((121.9, 26.6), (120.8, 25.6), (119.6, 24.3), (118.9, 23.2), (118.6, 22.0))
TOKYO = (139.7, 35.7)

Point = tuple[float, float]


def main() -> None:
    sheet = json.loads((MAP / "sheet.json").read_text(encoding="utf-8"))
    flat = Lambert(**sheet["projection"])
    big = _ground(sheet["extent_km"])
    _coast(big, flat)
    big.fill(DUSK, special_flags=pygame.BLEND_RGB_MULT)
    for line in (KOREA, STRAIT):
        _front(big, [_at(flat, *p) for p in line])
    for line in (KOREA, STRAIT):
        _arc(big, _at(flat, *TOKYO), _at(flat, *line[len(line) // 2]))
    picture = _shaded(pygame.transform.smoothscale(big, SIZE))
    OUT.mkdir(parents=True, exist_ok=True)
    pygame.image.save(picture, OUT / "title.jpg")
    pygame.image.save(pygame.transform.smoothscale(picture, SMALL), OUT / "title.small.jpg")


def _at(flat: Lambert, lon: float, lat: float) -> Point:
    x, y = flat.forward(lon, lat)
    return (x - LEFT) / KM_PER_PX * OVER, (TOP - y) / KM_PER_PX * OVER


def _ground(extent: list[float]) -> pygame.Surface:
    """The part of the shaded raster that the picture shows."""
    raster = pygame.image.load(MAP / "basemap.webp")
    per_px = (extent[2] - extent[0]) / raster.get_width()
    w, h = (round(n * KM_PER_PX / per_px) for n in SIZE)
    part = raster.subsurface((round((LEFT - extent[0]) / per_px), round((extent[3] - TOP) / per_px), w, h))
    out = pygame.Surface((SIZE[0] * OVER, SIZE[1] * OVER))
    pygame.transform.smoothscale(part.convert(out), out.get_size(), out)
    return out


def _coast(to: pygame.Surface, flat: Lambert) -> None:
    for feature in json.loads((MAP / "coast.geojson").read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        for polygon in shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]:
            for ring in polygon:
                points = [_at(flat, lon, lat) for lon, lat, *_ in ring]
                for a, b in pairwise(points):
                    if to.get_rect().inflate(80, 80).collidepoint(a):
                        pygame.draw.aaline(to, COAST, a, b, 2)


def _glow(to: pygame.Surface, points: list[Point], color: tuple[int, int, int], width: int, blur: int) -> None:
    light = pygame.Surface(to.get_size())
    for a, b in pairwise(points):
        pygame.draw.aaline(light, color, a, b, width)
        pygame.draw.aacircle(light, color, b, width / 2)
    to.blit(pygame.transform.gaussian_blur(light, blur), (0, 0), special_flags=pygame.BLEND_RGB_ADD)


def _front(to: pygame.Surface, points: list[Point]) -> None:
    smooth = _curved(points)
    _glow(to, smooth, (150, 30, 16), 64, 64)
    _glow(to, smooth, (150, 44, 26), 18, 14)
    for n, (a, b) in enumerate(pairwise(smooth)):
        if n % 5 < 3:
            pygame.draw.aaline(to, RED, a, b, 7)


def _curved(points: list[Point], step: float = 9) -> list[Point]:
    """Catmull-Rom through the points, about `step` pixels apart."""
    ends = [points[0], *points, points[-1]]
    out: list[Point] = []
    for p0, p1, p2, p3 in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        n = max(1, int(hypot(p2[0] - p1[0], p2[1] - p1[1]) / step))
        out += [_spline(p0, p1, p2, p3, k / n) for k in range(n)]
    return [*out, points[-1]]


def _spline(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def one(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)

    return one(p0[0], p1[0], p2[0], p3[0]), one(p0[1], p1[1], p2[1], p3[1])


def _arc(to: pygame.Surface, start: Point, end: Point) -> None:
    """From Tokyo to a front: a bow that thins out toward its end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    bend = -0.17 if dy > 0 else 0.3
    middle = ((start[0] + end[0]) / 2 - bend * dy, (start[1] + end[1]) / 2 + bend * dx)
    points = [_quadratic(start, middle, end, n / 160) for n in range(150)]
    _glow(to, points, (60, 42, 8), 14, 12)
    for n, (a, b) in enumerate(pairwise(points)):
        pygame.draw.aaline(to, AMBER, a, b, 6 - n // 40)
    pygame.draw.aacircle(to, (20, 32, 40), start, 15)
    pygame.draw.aacircle(to, AMBER, start, 11)


def _quadratic(a: Point, b: Point, c: Point, t: float) -> Point:
    s = 1 - t
    return s * s * a[0] + 2 * s * t * b[0] + t * t * c[0], s * s * a[1] + 2 * s * t * b[1] + t * t * c[1]


def _shaded(picture: pygame.Surface) -> pygame.Surface:
    """Night over the left, where the menu stands, and less of it toward the edges."""
    w, h = picture.get_size()
    veil = pygame.Surface((w // 4, h // 4), pygame.SRCALPHA)
    for x in range(w // 4):
        for y in range(h // 4):
            u, v = 4 * x / w, 4 * y / h
            left = max(0.0, min(1.0, (0.60 - u) / 0.54))
            left = left * left * (3 - 2 * left)
            edge = max(0.0, hypot((u - 0.62) / 0.75, (v - 0.45) / 0.85) - 0.40)
            veil.set_at((x, y), (*INK, int(255 * min(0.94, 0.02 + 0.88 * left + 0.50 * edge))))
    picture.blit(pygame.transform.smoothscale(veil, (w, h)), (0, 0))
    return picture


if __name__ == "__main__":
    main()
