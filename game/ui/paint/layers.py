"""What lies between the ground and the counters: zones, lanes, rings, dots. Each paints through a camera."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot

import attrs
import pygame

from game.ui import kit
from game.ui.paint.camera import Camera
from game.ui.paint.ground import pixels, polyline, strokes
from game.ui.paint.lines import Box, apart, bowed, box_of, dashes, union_outline
from game.ui.paint.projection import Point, Projection
from game.ui.paint.sheet import Atlas
from game.ui.paint.things import LaneLine, Outline, PlaceDot, Ring, Scene, Zone
from game.ui.theme import EDGE

ZONE = "#E6EFF3"
THREAT, THREAT_GLOW = "#B3362A", (194, 58, 46)
CASING = "#DDE9EE"
DETECTION, DEFENSE, RANGE = "#8F5E08", "#0F6B52", "#FFFFFF"


@attrs.frozen
class LaneLook:
    """How a kind of lane is drawn: ink, width, dash and gap (0: unbroken), casing, bend, and from which detail on."""

    ink: str
    width: int
    on: int
    off: int
    casing: int
    bend: float
    detail: int


LANES: Mapping[str, LaneLook] = {
    "sea": LaneLook("#2F6C93", 2, 11, 7, 3, 0.07, 0),
    "port": LaneLook("#2F6C93", 1, 2, 4, 0, 0.0, 1),
    "road": LaneLook("#8A6A5E", 1, 0, 0, 3, 0.0, 1),
    "ferry": LaneLook("#14486B", 3, 3, 4, 5, 0.12, 0),
    "airlift": LaneLook("#4D6470", 1, 16, 7, 0, 0.12, 1),
}


def view_of(camera: Camera) -> Box:
    return -30.0, -30.0, camera.w + 30.0, camera.h + 30.0


# Zones -----------------------------------------------------------------------------------------------------------


def zone_edges(zones: Sequence[Zone], atlas: Atlas) -> list[tuple[Point, Point]]:
    """Edges of zones in the plane, each once; those that only follow a coast are left to the coast."""
    return _zone_edges(tuple(ring for zone in zones for ring in zone.outlines), atlas)


@lru_cache(maxsize=4)
def _zone_edges(rings: Outline, atlas: Atlas) -> list[tuple[Point, Point]]:
    n: Count[tuple[Point, Point]] = Count()
    for ring in rings:
        for a, b in pairwise(ring):
            n[(a, b) if a < b else (b, a)] += 1
    out = []
    for (a, b), times in n.items():
        p, q = atlas.projection.forward(*a), atlas.projection.forward(*b)
        middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
        if times > 1 or (hypot(q[0] - p[0], q[1] - p[1]) > 60 and not atlas.on_land(middle)):
            out.append((p, q))
    return out


def paint_zones(to: pygame.Surface, camera: Camera, edges: Sequence[tuple[Point, Point]]) -> None:
    view = view_of(camera)
    for edge in edges:
        strokes(to, ZONE, dashes(pixels(camera, edge), 6, 5, view))


def paint_veil(to: pygame.Surface, camera: Camera, scene: Scene, legal: frozenset[str], atlas: Atlas) -> None:
    """What cannot be chosen dims; zones that can be keep their light and get a bright edge."""
    veil = pygame.Surface(to.get_size(), pygame.SRCALPHA)
    veil.fill((10, 22, 32, 120))
    lit = [[pixels(camera, _plane(ring, atlas)) for ring in z.outlines] for z in scene.zones if z.id in legal]
    for rings in lit:
        for ring in rings:
            pygame.draw.polygon(veil, (255, 236, 190, 34), ring)
    for place in scene.places:
        if place.id in legal:
            x, y = camera.px(*atlas.projection.forward(*place.at))
            pygame.draw.circle(veil, (255, 236, 190, 34), (x, y), 30)
    to.blit(veil, (0, 0))
    for rings in lit:
        for ring in rings:
            polyline(to, "#F3C775", [*ring, ring[0]])
    for place in scene.places:
        if place.id in legal:
            pygame.draw.aacircle(to, "#F3C775", camera.px(*atlas.projection.forward(*place.at)), 30, 2)


def _plane(ring: Sequence[Point], atlas: Atlas) -> list[Point]:
    return [atlas.projection.forward(*p) for p in ring]


# Lanes -----------------------------------------------------------------------------------------------------------


def lane_line(lane: LaneLine, where: Mapping[str, Point]) -> list[Point]:
    """A lane's curve in pixels, given where its ends are."""
    a, b = where[lane.a], where[lane.b]
    bend = LANES[lane.kind].bend if lane.kind in LANES else 0.0
    return bowed(a, b, bend if lane.a < lane.b else -bend)


def paint_lanes(
    to: pygame.Surface, camera: Camera, lanes: Sequence[LaneLine], where: Mapping[str, Point], detail: int
) -> None:
    view = view_of(camera)
    shown = [
        (LANES[lane.kind], lane, lane_line(lane, where))
        for lane in lanes
        if lane.a in where and lane.b in where and lane.kind in LANES and LANES[lane.kind].detail <= detail
    ]
    shown = [row for row in shown if not apart(box_of(row[2]), view)]
    for look, _, line in shown:
        if look.casing:
            strokes(to, CASING, pairwise(line), look.casing)
    for look, lane, line in shown:
        ink = "#8B9399" if lane.closed else look.ink
        if look.on:
            strokes(to, ink, dashes(line, look.on, look.off, view), look.width)
        else:
            strokes(to, ink, pairwise(line), look.width)
        if lane.closed:
            _barred(to, line[len(line) // 2])


def _barred(to: pygame.Surface, at: Point) -> None:
    x, y = at
    for color, width in ((CASING, 5), ("#6E1F18", 2)):
        pygame.draw.aaline(to, color, (x - 5, y - 5), (x + 5, y + 5), width)
        pygame.draw.aaline(to, color, (x - 5, y + 5), (x + 5, y - 5), width)


# Rings -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def ring_points(ring: Ring, projection: Projection) -> tuple[Point, ...]:
    points = projection.ring(*ring.at, ring.km)
    return (*points, points[0])


@lru_cache(maxsize=32)
def union_of(rings: tuple[Ring, ...], projection: Projection) -> tuple[tuple[Point, ...], ...]:
    circles = [(*r.at, float(r.km)) for r in rings]
    return tuple(tuple(line) for line in union_outline(circles, projection))


def paint_threat(to: pygame.Surface, camera: Camera, rings: tuple[Ring, ...], projection: Projection) -> None:
    """All threats as one area: a glow inside its edge, one dashed outline, nothing twice as dark."""
    if not rings:
        return
    few = 8  # the glow is soft: an eighth of the pixels a side is enough
    w, h = -(-camera.w // few), -(-camera.h // few)
    inside = pygame.Surface((w, h), pygame.SRCALPHA)
    for ring in rings:
        corners = [(x / few, y / few) for x, y in pixels(camera, ring_points(ring, projection))]
        pygame.draw.polygon(inside, (255, 255, 255, 255), corners)
    mask = pygame.mask.from_surface(inside, 10)
    if not mask.count():
        return
    red = THREAT_GLOW
    outside = mask.to_surface(setcolor=(*red, 0), unsetcolor=(*red, 255))
    glow = pygame.transform.gaussian_blur(outside, 4)
    glow.fill((255, 255, 255, 150), special_flags=pygame.BLEND_RGBA_MULT)
    flat = mask.to_surface(setcolor=(*red, 15), unsetcolor=(*red, 0))
    glow.blit(flat, (0, 0), special_flags=pygame.BLEND_RGBA_MAX)
    glow.blit(
        mask.to_surface(setcolor=(255, 255, 255, 255), unsetcolor=(255, 255, 255, 0)),
        (0, 0),
        None,
        pygame.BLEND_RGBA_MULT,
    )
    to.blit(pygame.transform.smoothscale(glow, (w * few, h * few)), (0, 0))
    view = view_of(camera)
    for line in union_of(rings, projection):
        strokes(to, THREAT, dashes(pixels(camera, line), 9, 5, view), 2)


def paint_seen(to: pygame.Surface, camera: Camera, rings: tuple[Ring, ...], projection: Projection) -> None:
    """What one nation's sensors see, as one dotted outline."""
    view = view_of(camera)
    for points in union_of(rings, projection):
        line = pixels(camera, points)
        if not apart(box_of(line), view):
            strokes(to, CASING, dashes(line, 4, 6, view), 5)
            strokes(to, DETECTION, dashes(line, 3, 7, view), 3)


def paint_ring(to: pygame.Surface, camera: Camera, ring: Ring, projection: Projection) -> None:
    """Defense is a line with teeth inward, a range of one's own choosing an unbroken bright line."""
    view = view_of(camera)
    line = pixels(camera, ring_points(ring, projection))
    if apart(box_of(line), view):
        return
    if ring.layer == "detection":
        paint_seen(to, camera, (ring,), projection)
    elif ring.layer == "defense":
        strokes(to, CASING, pairwise(line), 4)
        strokes(to, DEFENSE, pairwise(line), 2)
        x, y = camera.px(*projection.forward(*ring.at))
        for p, _ in dashes(line, 1, 17, view):
            d = hypot(x - p[0], y - p[1]) or 1.0
            pygame.draw.aaline(to, DEFENSE, p, (p[0] + (x - p[0]) * 7 / d, p[1] + (y - p[1]) * 7 / d), 2)
    elif ring.layer == "threat":
        strokes(to, THREAT, dashes(line, 9, 5, view), 2)
    else:
        strokes(to, "#0E1820", pairwise(line), 4)
        strokes(to, RANGE, pairwise(line), 2)


def by_label(rings: Sequence[Ring], layer: str) -> dict[str, tuple[Ring, ...]]:
    """Rings of one layer under what they are labeled with, each once."""
    out: dict[str, dict[tuple[object, int], Ring]] = {}
    for ring in rings:
        if ring.layer == layer:
            out.setdefault(ring.label, {})[ring.at, ring.km] = ring
    return {label: tuple(found.values()) for label, found in out.items()}


# Dots ------------------------------------------------------------------------------------------------------------

AIR = frozenset({"airbase"})
ICONS = {
    "airbase": "plane",
    "naval base": "anchor",
    "port": "anchor",
    "city": "landmark",
    "radar": "radar",
    "missile area": "rocket",
    "army base": "shield",
    "off-map base": "anchor",
    "landing beach": "waves",
    "island": "flag",
    "border": "flag",
    "front sector": "swords",
}


def dot_size(detail: int, scale: float) -> int:
    return round((5, 8, 10)[detail] * scale)


@lru_cache(maxsize=256)
def dot(kind: str, affinity: str, radius: int, damage: int) -> pygame.Surface:
    """A place's dot with 6 px of margin: round for bases and ports, square for cities; a wedge a level of damage."""
    pad = 6
    out = pygame.Surface((2 * (radius + pad) + 1,) * 2, pygame.SRCALPHA)
    out.fill((255, 255, 255, 0))
    c = radius + pad
    ink = EDGE[affinity] if affinity != "n" else "#3C4A50"
    if kind in ("city", "border", "front sector"):
        square = pygame.Rect(c - radius, c - radius, 2 * radius + 1, 2 * radius + 1)
        pygame.draw.rect(out, "#FFFFFF", square.inflate(2, 2), border_radius=2)
        pygame.draw.rect(out, ink, square, border_radius=2)
    else:
        pygame.draw.aacircle(out, "#FFFFFF", (c, c), radius + 1.5)
        pygame.draw.aacircle(out, ink, (c, c), radius)
    name = ICONS.get(kind, "")
    if radius >= 8 and name:
        kit.put_icon(out, name, (c, c), round(radius * 1.4), "#FFFFFF")
    elif kind in AIR:
        pygame.draw.rect(out, "#FFFFFF", (c - 1, c - 3, 2, 6))
        pygame.draw.rect(out, "#FFFFFF", (c - 3, c - 1, 6, 2))
    else:
        pygame.draw.rect(out, "#FFFFFF", (c - 1, c - 1, 3, 3))
    for n in range(damage):
        tick = pygame.Rect(c - radius - 3 + n * 5, c + radius + 2, 4, 4)
        pygame.draw.rect(out, "#FFFFFF", tick.inflate(2, 2))
        pygame.draw.rect(out, "#C23A2E", tick)
    return out


def dots_shown(places: Sequence[PlaceDot], detail: int) -> list[PlaceDot]:
    """From afar a place without anything on it shows only if it matters."""
    return [p for p in places if not p.inset and (detail > 0 or p.rank < 3 or p.damage)]
