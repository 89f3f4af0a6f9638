"""The ground: shaded raster, coast, borders, rivers, graticule. Everything else lies on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import pygame

from game.ui import kit
from game.ui.paint.camera import Camera
from game.ui.paint.lines import Segment, dashes
from game.ui.paint.projection import Point
from game.ui.paint.sheet import Atlas

SEA, LAND = "#8CAFC0", "#E9E4D4"
COAST, BORDER, RIVER = "#3C5361", "#8A6A5E", "#8FB0BE"
#: Light lines on the sea, blended by hand: an alpha line costs a layer of its own.
GRID_WORDS = "#F4F8FA"


def paint_ground(to: pygame.Surface, camera: Camera, atlas: Atlas) -> None:
    """The sheet as the camera sees it; what lies beyond it is open sea."""
    _raster(to, camera, atlas)
    box = camera.extent
    k = camera.k
    for line in atlas.lines_in("river", k, box):
        polyline(to, RIVER, pixels(camera, line))
    view = (-20.0, -20.0, camera.w + 20.0, camera.h + 20.0)
    for line in atlas.lines_in("border", k, box):
        strokes(to, BORDER, dashes(pixels(camera, line), 8, 4, view), 2)
    for line in atlas.lines_in("coast", k, box):
        polyline(to, COAST, pixels(camera, line))


def pixels(camera: Camera, line: Sequence[Point]) -> list[Point]:
    x0, y1, s = camera.x0, camera.y1, 1 / camera.k
    return [((x - x0) * s, (y1 - y) * s) for x, y in line]


def polyline(to: pygame.Surface, color: str, points: Sequence[Point]) -> None:
    # draw.aalines in pygame-ce 2.5.8 reads past its buffer for two points, so that pixels change from run to run.
    if len(points) == 2:
        pygame.draw.aaline(to, color, points[0], points[1])
    elif len(points) > 2:
        pygame.draw.aalines(to, color, False, points)


def strokes(to: pygame.Surface, color: str, segments: Iterable[Segment], width: int = 1) -> None:
    aaline = pygame.draw.aaline
    for p, q in segments:
        aaline(to, color, p, q, width)


def _raster(to: pygame.Surface, camera: Camera, atlas: Atlas) -> None:
    to.fill(SEA)
    image = atlas.picture
    if image is None:
        for _, ring in atlas.land:
            pygame.draw.polygon(to, LAND, pixels(camera, ring))
        return
    west, south, east, north = atlas.extent
    per_x, per_y = image.get_width() / (east - west), image.get_height() / (north - south)
    left, top = (camera.x0 - west) * per_x, (north - camera.y1) * per_y
    wide, high = camera.w * camera.k * per_x, camera.h * camera.k * per_y
    part = pygame.Rect(int(left // 1), int(top // 1), ceil(wide) + 2, ceil(high) + 2).clip(image.get_rect())
    if part.w < 2 or part.h < 2:
        return
    sx, sy = camera.w / wide, camera.h / high
    size = (max(1, round(part.w * sx)), max(1, round(part.h * sy)))
    at = (round((part.x - left) * sx), round((part.y - top) * sy))
    to.blit(pygame.transform.smoothscale(image.subsurface(part), size), at)


def step_of(k: float) -> int:
    return 5 if k > 2.2 else 2 if k > 1 else 1


def paint_graticule(to: pygame.Surface, camera: Camera, atlas: Atlas) -> None:
    """Meridians and parallels, every 5, 2 or 1 degrees."""
    step = step_of(camera.k)
    layer = pygame.Surface(to.get_size(), pygame.SRCALPHA)
    layer.fill((255, 255, 255, 0))
    forward, color = atlas.projection.forward, (255, 255, 255, 62)
    corners = [camera.km(x, y) for x in (0, camera.w / 2, camera.w) for y in (0, camera.h / 2, camera.h)]
    seen = [atlas.projection.inverse(*c) for c in corners]
    west, east = int(min(p[0] for p in seen)) - step, int(max(p[0] for p in seen)) + step
    south, north = int(min(p[1] for p in seen)) - step, int(max(p[1] for p in seen)) + step
    south, north = max(-80, south), min(85, north)
    for lon in range(west - west % step, east + 1, step):
        line = [forward(lon, south + (north - south) * n / 8) for n in range(9)]
        pygame.draw.aalines(layer, color, False, pixels(camera, line))
    for lat in range(south - south % step, north + 1, step):
        line = [forward(west + (east - west) * n / 24, lat) for n in range(25)]
        pygame.draw.aalines(layer, color, False, pixels(camera, line))
    to.blit(layer, (0, 0))


def graticule_words(
    camera: Camera, atlas: Atlas, inner: pygame.Rect, size: int
) -> list[tuple[pygame.Surface, Point]]:
    """Degrees along the left and the bottom edge of `inner`, as (picture, center)."""
    step = step_of(camera.k)
    out: list[tuple[pygame.Surface, Point]] = []
    inverse, forward = atlas.projection.inverse, atlas.projection.forward
    y = inner.bottom - size
    west, east = inverse(*camera.km(inner.left, y))[0], inverse(*camera.km(inner.right, y))[0]
    for lon in range(int(west // step) * step + step, int(east) + 1, step):
        out.append((kit.text(f"{lon}°E", "cond", size, GRID_WORDS), (_crossing(camera, atlas, lon, y), float(y))))
    x = inner.left + size * 2
    south, north = inverse(*camera.km(x, inner.bottom))[1], inverse(*camera.km(x, inner.top))[1]
    edge = inverse(*camera.km(x, inner.centery))[0]
    for lat in range(int(south // step) * step + step, int(north) + 1, step):
        out.append((kit.text(f"{lat}°N", "cond", size, GRID_WORDS), (float(x), camera.px(*forward(edge, lat))[1])))
    return out


def _crossing(camera: Camera, atlas: Atlas, lon: float, y: float) -> float:
    """Where a meridian crosses a row of pixels."""
    x = camera.px(*atlas.projection.forward(lon, atlas.projection.inverse(*camera.km(camera.w / 2, y))[1]))[0]
    lat = atlas.projection.inverse(*camera.km(x, y))[1]
    return camera.px(*atlas.projection.forward(lon, lat))[0]
