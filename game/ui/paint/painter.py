"""The painter: keeps one picture larger than the window, and blits it until the camera or the scene leaves it.

While the hand drags, the picture moves under the window; while the wheel turns, the old picture is shown larger or
smaller (`Options.moving`), and made anew at rest. What changes from frame to frame is painted over it each time.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs
import pygame

from game.ui import kit
from game.ui.paint import counters, overlay, staffed
from game.ui.paint.camera import Camera
from game.ui.paint.ground import graticule_words, paint_graticule, paint_ground, pixels
from game.ui.paint.layers import (
    LANES,
    by_label,
    lane_line,
    paint_lanes,
    paint_ring,
    paint_seen,
    paint_threat,
    paint_veil,
    paint_zones,
    ring_points,
    union_of,
    zone_edges,
)
from game.ui.paint.layout import Stack
from game.ui.paint.lines import holds
from game.ui.paint.plan import Plan, inset_box, paint_stack, plan, positions
from game.ui.paint.projection import Point, distance
from game.ui.paint.sheet import Atlas
from game.ui.paint.things import Hit, Load, Marker, Options, Scene, Zone
from game.ui.theme import AMBER, EDGE

MARGIN = 200
#: What a picture depends on, but for the camera.
Key = tuple[object, ...]
FAN = 6  # counters in a row of an opened stack
RING_INKS = {"detection": "#6B4706", "defense": "#0B5542", "threat": "#8E241A"}


@attrs.define(eq=False)
class Picture:
    """A painted part of the map with `margin` px round the window; `still` is without counters and names.

    A new zoom is painted without a margin, to be there at once; the first drag brings one.
    """

    camera: Camera
    ground_key: Key
    still_key: Key
    full_key: Key
    ground: pygame.Surface
    still: pygame.Surface
    full: pygame.Surface
    plan: Plan
    margin: int = 0


class MapPainter:
    """Paints scenes on one sheet."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._picture: Picture | None = None
        self._edges: tuple[tuple[Zone, ...], list[tuple[Point, Point]]] = ((), [])
        self._rings: tuple[tuple[Zone, ...], dict[str, list[list[Point]]]] = ((), {})
        self._surfaces: dict[int, tuple[pygame.Surface, ...]] = {}
        #: How many pictures were made; tests of rest count it.
        self.made = 0

    # Painting

    def paint(self, to: pygame.Surface, rect: pygame.Rect, camera: Camera, scene: Scene, options: Options) -> None:
        """Paint the map into `rect` of a surface; nothing beyond it is touched."""
        clip = to.get_clip()
        to.set_clip(rect.clip(clip))
        picture = self._for(camera, scene, options)
        if _fits(picture.camera, camera):
            x, y = _offset(picture.camera, camera)
            to.blit(picture.full, rect.topleft, (x, y, rect.w, rect.h))
        else:
            self._stretched(to, rect, camera, picture)
        part = to.subsurface(rect.clip(to.get_rect()))
        part.set_clip(to.get_clip().move(-rect.x, -rect.y))
        self._over(part, camera, scene, options)
        to.set_clip(clip)

    def _for(self, camera: Camera, scene: Scene, options: Options) -> Picture:
        """The picture to show: the kept one where it still holds, else one made now."""
        old = self._picture
        ground = ("graticule" in options.layers,)
        still: Key = (
            scene.places,
            scene.zones,
            scene.lanes,
            scene.rings,
            options.layers,
            options.legal,
            options.scale,
        )
        full: Key = (scene.markers, scene.moves, scene.voyages, scene.loads, scene.tints, options.covered)
        if old is not None and (old.camera.w - camera.w, old.camera.h - camera.h) == (2 * old.margin, 2 * old.margin):
            fits = _fits(old.camera, camera)
            if fits and (old.ground_key, old.still_key, old.full_key) == (ground, still, full):
                return old
            if not fits and options.moving and not _same_zoom(old.camera, camera):
                return old
            if fits:
                return self._remade(old, ground, still, full, scene, options)
        self._picture = self._made(camera, ground, still, full, scene, options)
        return self._picture

    def _made(self, camera: Camera, ground: Key, still: Key, full: Key, scene: Scene, options: Options) -> Picture:
        k, old = camera.k, self._picture
        m = MARGIN if old is not None and _same_zoom(old.camera, camera) else 0
        big = Camera(camera.x0 - m * k, camera.y1 + m * k, k, camera.w + 2 * m, camera.h + 2 * m)
        layers = self._surfaces.get(m)
        if layers is None or layers[0].get_size() != (big.w, big.h):
            layers = self._surfaces[m] = tuple(_surface((big.w, big.h)) for _ in range(3))
        ground_layer, still_layer, full_layer = layers
        blank = Plan(big, {}, (), (), (), 0)
        picture = Picture(big, (), (), (), ground_layer, still_layer, full_layer, blank, m)
        return self._remade(picture, ground, still, full, scene, options)

    def _remade(self, p: Picture, ground: Key, still: Key, full: Key, scene: Scene, options: Options) -> Picture:
        """Paint again from the lowest layer that changed."""
        self.made += 1
        if p.ground_key != ground:
            paint_ground(p.ground, p.camera, self.atlas)
            if ground[0]:
                paint_graticule(p.ground, p.camera, self.atlas)
            p.ground_key, p.still_key = ground, ()
        if p.still_key != still:
            p.still.blit(p.ground, (0, 0))
            self._still(p.still, p.camera, scene, options)
            p.still_key = still
        covered = [pygame.Rect(x + p.margin, y + p.margin, w, h) for x, y, w, h in options.covered]
        p.plan = plan(scene, p.camera, self.atlas, options, covered, p.margin)
        p.full.blit(p.still, (0, 0))
        self._full(p.full, p.plan, scene, options)
        self._ring_names(p, scene, options)
        p.full_key = full
        return p

    def _still(self, to: pygame.Surface, camera: Camera, scene: Scene, options: Options) -> None:
        layers, projection = options.layers, self.atlas.projection
        if "zones" in layers:
            paint_zones(to, camera, self._zone_edges(scene.zones))
        if "threat" in layers:
            paint_threat(to, camera, tuple(r for r in scene.rings if r.layer == "threat"), projection)
        if "lanes" in layers:
            where = positions(scene, camera, self.atlas)
            for place in scene.places:
                if place.inset:
                    del where[place.id]
            paint_lanes(to, camera, scene.lanes, where, camera.detail(options.scale))
        if "detection" in layers:
            for rings in by_label(scene.rings, "detection").values():
                paint_seen(to, camera, rings, projection)
        if "defense" in layers:
            for rings in by_label(scene.rings, "defense").values():
                for ring in rings:
                    paint_ring(to, camera, ring, projection)
        if options.legal is not None:
            paint_veil(to, camera, scene, options.legal, self.atlas)

    def _full(self, to: pygame.Surface, made: Plan, scene: Scene, options: Options) -> None:
        scale = options.scale
        tints = staffed.shown(scene.tints, options.layers)
        staffed.paint_tints(to, made.camera, tints, self._zone_rings(scene.zones), self.atlas.land)
        loads = self._loads(scene, options)
        lanes = {lane.id: lane for lane in scene.lanes} if loads else {}
        staffed.paint_loads(to, made.camera, loads, lanes, made.where, scale)
        for name in made.names:
            if not name.premultiplied:  # names of seas and lands lie under everything that stands
                to.blit(name.image, name.rect)
        for stack in made.stacks:
            if stack.leader:
                _leader(to, stack)
        for place, item in made.dots:
            if place.inset:
                _inset_box(to, item.rect.center, made.size, item.rect.w // 2)
            to.blit(item.image, item.rect)
        moves = scene.moves if "moves" in options.layers else ()
        ordered = {move.id.rpartition(".")[2] for move in moves}
        voyages = [v for v in scene.voyages if v.id not in ordered] if "moves" in options.layers else []
        for move in (*voyages, *moves):
            a, b = made.where.get(move.start), made.ghosts.get(move.id, made.where.get(move.end))
            if a is not None and b is not None and move.start != move.end:
                overlay.paint_move(to, move, a, b, made.size, scale)
        for stack in made.stacks:
            paint_stack(to, stack, made.size)
        for name in made.names:
            if name.premultiplied:
                to.blit(name.image, name.rect, special_flags=kit.PREMUL)
        for voyage in voyages:
            if voyage.start in made.where and voyage.end in made.where:
                overlay.arrival(to, voyage, made.where[voyage.start], made.where[voyage.end], made.size, scale)

    @staticmethod
    def _loads(scene: Scene, options: Options) -> list[Load]:
        return staffed.carried(scene.loads, options.layers)

    def _ring_names(self, p: Picture, scene: Scene, options: Options) -> None:
        """Whose ring it is, at the first of its points that is free."""
        to, made = p.full, p.plan
        taken = (
            [pygame.Rect(s.rect) for s in made.stacks] + [n.rect for n in made.names] + [d.rect for _, d in made.dots]
        ) + [pygame.Rect(x + p.margin, y + p.margin, w, h) for x, y, w, h in options.covered]
        window = to.get_rect().inflate(-2 * p.margin - 16, -2 * p.margin - round(60 * options.scale))
        for layer, ink in RING_INKS.items():
            if layer not in options.layers:
                continue
            for label, rings in by_label(scene.rings, layer).items():
                if not label:
                    continue
                image = kit.text(label, "cond_bold", round(11 * options.scale), ink, "#F7F5EE")
                merged = rings if layer != "defense" else rings[:1]
                lines = [pixels(made.camera, line) for line in union_of(merged, self.atlas.projection)]
                for x, y in _spots(lines):
                    rect = image.get_rect(center=(round(x), round(y)))
                    if window.contains(rect) and rect.inflate(-6, -6).collidelist(taken) < 0:
                        taken.append(rect)
                        to.blit(image, rect, special_flags=kit.PREMUL)
                        break

    def _stretched(self, to: pygame.Surface, rect: pygame.Rect, camera: Camera, picture: Picture) -> None:
        """The kept picture at another zoom, on the bare raster, until there is time for a new one."""
        old = picture.camera
        x0, y0 = old.px(*camera.km(0, 0))
        x1, y1 = old.px(*camera.km(camera.w, camera.h))
        wanted = pygame.Rect(round(x0), round(y0), max(1, round(x1 - x0)), max(1, round(y1 - y0)))
        source = wanted.clip(picture.full.get_rect())
        if source != wanted:
            paint_quick(to, rect, camera, self.atlas)
        if source.w < 1 or source.h < 1:
            return
        s = old.k / camera.k
        size = (max(1, round(source.w * s)), max(1, round(source.h * s)))
        at = (rect.x + round((source.x - x0) * s), rect.y + round((source.y - y0) * s))
        to.blit(pygame.transform.scale(picture.full.subsurface(source), size), at)

    # What changes from frame to frame

    def _over(self, to: pygame.Surface, camera: Camera, scene: Scene, options: Options) -> None:
        scale = options.scale
        if "graticule" in options.layers:
            inner = _free_window(camera, options)
            for image, at in graticule_words(camera, self.atlas, inner, round(11 * scale)):
                to.blit(image, image.get_rect(center=(round(at[0]), round(at[1]))))
        for ring in options.rings:
            paint_ring(to, camera, ring, self.atlas.projection)
            if ring.label:
                line = pixels(camera, ring_points(ring, self.atlas.projection))
                overlay.tag(to, ring.label, min(line, key=lambda p: p[1]), round(11 * scale))
        for id, color in ((options.hover, "#FFFFFF"), (options.selected, AMBER)):
            if id:
                self._marked(to, camera, scene, options, id, color)
        if options.opened:
            self._fan(to, camera, options)
        for effect in options.effects:
            overlay.paint_effect(to, effect, self._px(camera, effect.start), self._px(camera, effect.end), scale)
        if len(options.measure) == 2:
            a, b = options.measure
            overlay.measure(to, self._px(camera, a), self._px(camera, b), round(distance(a, b)), scale)

    def _px(self, camera: Camera, at: Point) -> Point:
        return camera.px(*self.atlas.projection.forward(*at))

    def _marked(
        self, to: pygame.Surface, camera: Camera, scene: Scene, options: Options, id: str, color: str
    ) -> None:
        """A frame round a counter, a ring round a place, an edge round a zone."""
        rect = self._rect_of(camera, options, id)
        if rect is not None:
            overlay.frame(to, rect, color, options.scale)
            return
        for place in scene.places:
            if place.id == id and not place.inset:
                at = self._px(camera, place.at)
                pygame.draw.aacircle(to, "#0E1820", at, 15 * options.scale, 4)
                pygame.draw.aacircle(to, color, at, 14 * options.scale, 2)
                return
        for ring in self._zone_rings(scene.zones).get(id, ()):
            line = pixels(camera, ring)
            pygame.draw.aalines(to, color, True, line)

    def _rect_of(self, camera: Camera, options: Options, id: str) -> pygame.Rect | None:
        """Where a marker's plate shows in the window, its stack's where it lies deeper."""
        picture = self._picture
        if picture is None:
            return None
        stack = picture.plan.stack_of(id)
        if stack is None:
            return None
        size = picture.plan.size
        for n, marker in enumerate(stack.shown):
            if marker.id == id:
                return self._moved(pygame.Rect(*stack.plate(n, size), size, size), camera, picture)
        return self._moved(pygame.Rect(stack.rect), camera, picture)

    def _moved(self, rect: pygame.Rect, camera: Camera, picture: Picture) -> pygame.Rect:
        x, y = camera.px(*picture.camera.km(*rect.center))
        out = rect.copy()
        out.center = (round(x), round(y))
        return out

    def _fan(self, to: pygame.Surface, camera: Camera, options: Options) -> None:
        places = list(self._fanned(camera, options))
        if not places:
            return
        whole = (
            places[0][1]
            .unionall([r for _, r in places[1:]])
            .inflate(round(16 * options.scale), round(16 * options.scale))
        )
        kit.shadow(to, whole, 8, 8, 140, 3)
        kit.box(to, whole, 8, "#15222BF2", "#35505F")
        for marker, rect in places:
            image = counters.picture(counters.face_of(marker, rect.w))
            to.blit(image, (rect.x - counters.MARGIN, rect.y - counters.MARGIN))
            for id, color in ((options.hover, "#FFFFFF"), (options.selected, AMBER)):
                if marker.id == id:
                    overlay.frame(to, rect, color, options.scale)

    def _fanned(self, camera: Camera, options: Options) -> Iterator[tuple[Marker, pygame.Rect]]:
        """The counters of the opened place, each with its rectangle in the window."""
        picture = self._picture
        if picture is None or not options.opened:
            return
        open_ = [s for s in picture.plan.stacks if s.key == options.opened or s.holds(options.opened)]
        members = [m for s in open_ for m in s.members]
        if not members:
            return
        size = round(counters.LARGE * options.scale)
        gap = round(8 * options.scale)
        columns = min(FAN, len(members))
        rows = -(-len(members) // columns)
        w, h = columns * (size + gap) - gap, rows * (size + gap) - gap
        around = self._moved(pygame.Rect(open_[0].rect), camera, picture)
        box = pygame.Rect(0, 0, w, h)
        box.midbottom = (around.centerx, around.top - 2 * gap)
        if box.top < gap:
            box.top = around.bottom + 2 * gap
        box.clamp_ip(pygame.Rect(0, 0, camera.w, camera.h).inflate(-4 * gap, -4 * gap))
        for n, marker in enumerate(members):
            at = (box.x + n % columns * (size + gap), box.y + n // columns * (size + gap))
            yield marker, pygame.Rect(*at, size, size)

    def ghost(self, to: pygame.Surface, marker: Marker, at: tuple[int, int], scale: float) -> None:
        """A counter in the hand, centered on a pixel of the surface."""
        overlay.ghost(to, marker, at, round(counters.SMALL * scale))

    # What changed, what was hit

    def changes(
        self, old_scene: Scene, old: Options, scene: Scene, new: Options, camera: Camera
    ) -> list[tuple[int, int, int, int]] | None:
        """Rectangles of the window that differ between two looks through one camera; None: all of it."""
        fixed = ("scale", "layers", "legal", "covered", "rings", "measure", "moving", "opened")
        if old_scene is not scene and old_scene != scene:
            return None
        if any(getattr(old, name) != getattr(new, name) for name in fixed):
            return None
        out: list[pygame.Rect] = []
        for name in ("selected", "hover"):
            if getattr(old, name) != getattr(new, name):
                for options in (old, new):
                    rect = self._mark_rect(camera, scene, options, getattr(options, name))
                    if rect is None:
                        return None
                    out.append(rect)
        if old.effects != new.effects:
            for options in (old, new):
                for e in options.effects:
                    start, end = self._px(camera, e.start), self._px(camera, e.end)
                    out.append(overlay.effect_rect(e, start, end, options.scale))
        window = pygame.Rect(0, 0, camera.w, camera.h)
        return [(r.x, r.y, r.w, r.h) for r in (rect.clip(window) for rect in out) if r.w and r.h]

    def _mark_rect(self, camera: Camera, scene: Scene, options: Options, id: str) -> pygame.Rect | None:
        if not id:
            return pygame.Rect(0, 0, 0, 0)
        pad = round(12 * options.scale)
        rect = self._rect_of(camera, options, id)
        if rect is not None:
            fan = [r for m, r in self._fanned(camera, options) if m.id == id]
            return rect.unionall(fan).inflate(2 * pad, 2 * pad)
        for place in scene.places:
            if place.id == id:
                x, y = self._px(camera, place.at)
                n = round(18 * options.scale)
                return pygame.Rect(round(x) - n, round(y) - n, 2 * n, 2 * n)
        rings = [pixels(camera, ring) for ring in self._zone_rings(scene.zones).get(id, ())]
        if not rings:
            return pygame.Rect(0, 0, 0, 0)
        points = [p for ring in rings for p in ring]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, top = round(min(xs)) - 3, round(min(ys)) - 3
        return pygame.Rect(left, top, round(max(xs)) + 3 - left, round(max(ys)) + 3 - top)

    def hit(self, at: tuple[int, int], camera: Camera, scene: Scene, options: Options) -> Hit | None:
        """What lies under a pixel of the window, topmost first."""
        for marker, rect in self._fanned(camera, options):
            if rect.collidepoint(at):
                return Hit("marker", marker.id)
        picture = self._for(camera, scene, options)
        x, y = picture.camera.px(*camera.km(*at))
        found = self._hit_stack(picture.plan, x, y) or self._hit_place(picture.plan, x, y, options)
        if found is not None:
            return found
        if "lanes" in options.layers or self._loads(scene, options):
            lane = self._hit_lane(picture, scene, x, y, options)
            if lane is not None:
                return lane
        plane = camera.km(*at)
        for zone, rings in self._zone_rings(scene.zones).items():
            if any(holds(ring, plane) for ring in rings):
                return Hit("zone", zone)
        return None

    def _hit_stack(self, made: Plan, x: float, y: float) -> Hit | None:
        for stack in reversed(made.stacks):
            if not pygame.Rect(stack.rect).inflate(4, 4).collidepoint(x, y):
                continue
            members = tuple(m.id for m in stack.members)
            if pygame.Rect(*stack.plate(0, made.size), made.size, made.size).collidepoint(x, y):
                left, top = stack.plate(0, made.size)
                badge = len(members) > 1 and x > left + made.size * 0.75 and y > top + made.size * 0.72
                return Hit("stack", stack.at, members) if badge else Hit("marker", members[0], members)
            if len(members) > 1:
                return Hit("stack", stack.at, members)
        return None

    def _hit_place(self, made: Plan, x: float, y: float, options: Options) -> Hit | None:
        for place, item in reversed(made.dots):
            if item.rect.inflate(-4, -4).collidepoint(x, y):
                return Hit("place", place.id)
        places = {place.id for place, _ in made.dots}
        for name in made.names:
            if name.what and name.rect.inflate(-8, -8).collidepoint(x, y):
                return Hit("place" if name.what in places else "zone", name.what)
        return None

    def _hit_lane(self, picture: Picture, scene: Scene, x: float, y: float, options: Options) -> Hit | None:
        detail, where = picture.camera.detail(options.scale), picture.plan.where
        reach = (5 * options.scale) ** 2
        loaded = {load.lane for load in self._loads(scene, options)}
        bare = "lanes" in options.layers
        for lane in sorted(scene.lanes, key=lambda lane: lane.id not in loaded) if loaded else scene.lanes:
            if lane.id not in loaded and not (bare and _drawn(lane.kind, detail)):
                continue
            if lane.kind not in LANES or lane.a not in where or lane.b not in where:
                continue
            a, b = where[lane.a], where[lane.b]
            if (
                min(a[0], b[0]) - 90 <= x <= max(a[0], b[0]) + 90
                and min(a[1], b[1]) - 90 <= y <= max(a[1], b[1]) + 90
            ):
                line = lane_line(lane, where)
                if any(_near(p, q, x, y) <= reach for p, q in itertools.pairwise(line)):
                    return Hit("lane", lane.id)
        return None

    def _zone_edges(self, zones: tuple[Zone, ...]) -> list[tuple[Point, Point]]:
        if self._edges[0] is not zones:
            self._edges = (zones, zone_edges(zones, self.atlas))
        return self._edges[1]

    def _zone_rings(self, zones: tuple[Zone, ...]) -> dict[str, list[list[Point]]]:
        if self._rings[0] is not zones:
            self._rings = (zones, _rings_of(zones, self.atlas))
        return self._rings[1]


@lru_cache(maxsize=4)
def _rings_of(zones: tuple[Zone, ...], atlas: Atlas) -> dict[str, list[list[Point]]]:
    """The rings of zones in the plane, each once a sheet: screens come and go."""
    forward = atlas.projection.forward
    return {z.id: [[forward(*p) for p in ring] for ring in z.outlines] for z in zones}


def _spots(lines: Sequence[Sequence[Point]]) -> Iterator[Point]:
    """Points along outlines, the topmost ones first."""
    points = [p for line in lines for p in line[:: max(1, len(line) // 24)]]
    yield from sorted(points, key=lambda p: p[1])


def _drawn(kind: str, detail: int) -> bool:
    return kind in LANES and LANES[kind].detail <= detail


def _near(a: Point, b: Point, x: float, y: float) -> float:
    """Squared distance of a point from a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    d = dx * dx + dy * dy
    t = 0.0 if d == 0 else max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / d))
    return (a[0] + t * dx - x) ** 2 + (a[1] + t * dy - y) ** 2


def _surface(size: tuple[int, int]) -> pygame.Surface:
    window = pygame.display.get_surface()
    return pygame.Surface(size) if window is None else pygame.Surface(size, 0, window)


def _same_zoom(a: Camera, b: Camera) -> bool:
    return abs(a.k - b.k) <= 1e-9 * a.k


def _offset(big: Camera, camera: Camera) -> tuple[int, int]:
    return round((camera.x0 - big.x0) / big.k), round((big.y1 - camera.y1) / big.k)


def _fits(big: Camera, camera: Camera) -> bool:
    if not _same_zoom(big, camera):
        return False
    x, y = _offset(big, camera)
    return 0 <= x <= big.w - camera.w and 0 <= y <= big.h - camera.h


def paint_quick(to: pygame.Surface, rect: pygame.Rect, camera: Camera, atlas: Atlas) -> None:
    """The bare raster without smoothing: a ground to fly over."""
    to.fill("#8CAFC0", rect)
    image = atlas.picture
    if image is None:
        return
    west, south, east, north = atlas.extent
    per_x, per_y = image.get_width() / (east - west), image.get_height() / (north - south)
    x, y = (camera.x0 - west) * per_x, (north - camera.y1) * per_y
    wanted = pygame.Rect(
        round(x), round(y), max(1, round(camera.w * camera.k * per_x)), max(1, round(camera.h * camera.k * per_y))
    )
    source = wanted.clip(image.get_rect())
    if source.w < 1 or source.h < 1:
        return
    sx, sy = rect.w / wanted.w, rect.h / wanted.h
    size = (max(1, round(source.w * sx)), max(1, round(source.h * sy)))
    at = (rect.x + round((source.x - wanted.x) * sx), rect.y + round((source.y - wanted.y) * sy))
    to.blit(pygame.transform.scale(image.subsurface(source), size), at)


def _leader(to: pygame.Surface, stack: Stack) -> None:
    center = pygame.Rect(stack.rect).center
    pygame.draw.aaline(to, "#F7F5EE", stack.anchor, center, 4)
    pygame.draw.aaline(to, EDGE[stack.affinity], stack.anchor, center, 2)


def _inset_box(to: pygame.Surface, at: tuple[int, int], size: int, radius: int) -> None:
    box = inset_box(at, size, radius)
    kit.box(to, box, 4, "#D2E2E4", "#3C5361")
    kit.box(to, box.inflate(-6, -6), 3, "#C4D9DF", "#7FA3B5")


def _free_window(camera: Camera, options: Options) -> pygame.Rect:
    """The window without panels that span its left or its bottom."""
    out = pygame.Rect(0, 0, camera.w, camera.h)
    for _x, y, w, _h in options.covered:
        if w > camera.w * 0.4 and y > camera.h / 2:
            out.h = min(out.h, y - out.y)
    return out
