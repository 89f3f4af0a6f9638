"""Everything that stands on the ground, placed: stacks, names, plates. Made once a picture, then only blitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, radians, sin

import attrs
import pygame

from game.core.words import say
from game.ui import kit
from game.ui.paint import counters, staffed
from game.ui.paint.camera import Camera
from game.ui.paint.layers import dot, dot_size, dots_shown
from game.ui.paint.layout import Groups, Room, Stack, ghost_room, groups_of, stacks
from game.ui.paint.projection import Point
from game.ui.paint.sheet import Atlas, Written
from game.ui.paint.things import Options, PlaceDot, Scene, Tint
from game.words import text

SEA_INK, LAND_INK, PLACE_INK, HALO = "#143A52", "#5E5846", "#14242E", "#F7F5EE"
#: Where the boxes of off-map places are printed: km from the sheet's east and south edge, and apart.
INSET = (330.0, 700.0, 420.0)
#: Places closer than so many counters share a stack: over the theater, a region, near.
GATHER = (1.15, 0.6, 0.0)
#: Where a zone's plate may stand, in points from its anchor, and the first of these that leaves a counter room there.
SPOTS = (
    *((0, 0), (0, 20), (0, -20), (0, 34), (0, -34), (34, 0), (-34, 0)),
    *((44, 26), (-44, 26), (0, 52), (0, -52)),
)
BESIDE = 3
#: How far a name may move from its middle and still be read as that sea's.
ASTRAY_KM = 220.0
#: Where a sea's name may stand, in points from its middle: the nearest that is free.
SHIFTS = sorted(
    ((dx, dy) for dx in range(-160, 161, 40) for dy in range(-90, 91, 30)),
    key=lambda s: (s[0] ** 2 + 2 * s[1] ** 2, s),
)


@attrs.frozen(eq=False)
class Item:
    """One picture and where it goes. `what`: id of what it names, for the pointer; `word`: what it is a letter of."""

    image: pygame.Surface
    rect: pygame.Rect
    premultiplied: bool = False
    what: str = ""
    word: str = ""


@attrs.frozen(eq=False)
class Plan:
    """A picture's own: `where` ids are in px, the dots, stacks and names on it. `size` is a counter's."""

    camera: Camera
    where: Mapping[str, Point]
    dots: tuple[tuple[PlaceDot, Item], ...]
    stacks: tuple[Stack, ...]
    names: tuple[Item, ...]
    size: int
    #: Where the pale counters of orders stand, by the order's id.
    ghosts: Mapping[str, Point] = attrs.field(factory=dict)

    def stack_of(self, marker: str) -> Stack | None:
        return next((s for s in self.stacks if any(m.id == marker for m in s.members)), None)


def counter_size(camera: Camera, scale: float) -> int:
    return round((34, 38, 44)[camera.detail(scale)] * scale)


def positions(scene: Scene, camera: Camera, atlas: Atlas) -> dict[str, Point]:
    forward, px = atlas.projection.forward, camera.px
    out = {p.id: px(*forward(*p.at)) for p in scene.places if not p.inset}
    out.update((z.id, px(*forward(*z.at))) for z in scene.zones)
    _, south, east, _ = atlas.extent
    for n, place in enumerate(p for p in scene.places if p.inset):
        out[place.id] = px(east - INSET[0], south + INSET[1] + n * INSET[2])
    return out


def inset_box(at: Point, size: int, radius: int) -> pygame.Rect:
    """The box of an inset place, its dot in the middle."""
    box = pygame.Rect(0, 0, 2 * radius + 3 * size, 2 * radius + 2 * size)
    box.center = (round(at[0]), round(at[1]))
    return box


def clear(
    where: Mapping[str, Point], id: str, box: pygame.Rect, covered: list[pygame.Rect], window: pygame.Rect
) -> Point:
    """The middle of an inset place's box: beside a panel that lies over it, from the foot of the window upwards where
    no place is; else where it was. An inset is no place of the map, so it may stand wherever the sea is free."""
    hiding = [panel for panel in covered if panel.colliderect(box)]
    if not hiding or not window.colliderect(box):
        return where[id]
    moved = box.copy()
    moved.right = min(panel.left for panel in hiding) - box.h // 8
    others = [at for other, at in where.items() if other != id]
    for bottom in range(window.bottom - box.h // 8, window.top + box.h, -(box.h // 4)):
        moved.bottom = bottom
        free = window.contains(moved) and moved.collidelist(covered) < 0
        if free and not any(moved.inflate(box.h // 3, box.h // 3).collidepoint(at) for at in others):
            return moved.center
    return where[id]


def plan(
    scene: Scene, camera: Camera, atlas: Atlas, options: Options, covered: list[pygame.Rect], margin: int = 0
) -> Plan:
    """Place everything for one picture; `covered` in its pixels, the window `margin` px inside it."""
    scale, detail = options.scale, camera.detail(options.scale)
    where = positions(scene, camera, atlas)
    room = Room(camera.w, camera.h)
    room.taken += covered
    radius = dot_size(detail, scale)
    near = pygame.Rect(0, 0, camera.w, camera.h).inflate(120, 120)
    size = counter_size(camera, scale)
    window = pygame.Rect(0, 0, camera.w, camera.h).inflate(-2 * margin, -2 * margin)
    for place in (p for p in scene.places if p.inset and any(m.at == p.id for m in scene.markers)):
        where[place.id] = clear(where, place.id, inset_box(where[place.id], size, radius), covered, window)
    seen = {id: at for id, at in where.items() if near.collidepoint(at)}
    zones = frozenset(z.id for z in scene.zones)
    groups = groups_of(scene, seen, zones, GATHER[detail] * size)
    if "markers" not in options.layers:
        groups = {}
    dots = []
    for place in [*_dots(scene, detail, groups, options.legal), *(p for p in scene.places if p.inset)]:
        if place.id in seen:
            x, y = seen[place.id]
            image = dot(place.kind, place.affinity, radius, place.damage)
            dots.append((place, Item(image, image.get_rect(center=(round(x), round(y))), what=place.id)))
            room.take(
                pygame.Rect(0, 0, 2 * radius + 3, 2 * radius + 3).move(round(x) - radius - 1, round(y) - radius - 1)
            )
    names: list[Item] = []
    tints = staffed.shown(scene.tints, options.layers)
    plates = _Plates(scene, seen, room, detail, scale, "zones" in options.layers, tints, names)
    plates.put(BESIDE)
    _lane_plates(scene, options, where, room, names)
    piled = stacks(groups, seen, zones, size, radius, room)
    ghosts: dict[str, Point] = {}
    for move in scene.moves if "moves" in options.layers else ():
        if move.symbol and move.kind == "move" and move.end in seen:
            ghosts[move.id] = ghost_room(seen[move.end], size, radius, room)
    _name_places(scene, where, dots, piled, room, radius, detail, scale, "names" in options.layers, names)
    plates.put()
    if "names" in options.layers:
        for written in atlas.names:
            names += _written(written, camera, atlas, room, scale, margin)
    return Plan(camera, where, tuple(dots), tuple(piled), tuple(names), size, ghosts)


def _dots(scene: Scene, detail: int, groups: Groups, legal: frozenset[str] | None) -> list[PlaceDot]:
    """Dots that show: from afar a place whose counters lie on a neighbor's stack has none, unless hurt or lit."""
    lit, tops = legal or frozenset(), {at for at, _ in groups}
    under = {m.at for members in groups.values() for m in members} - tops if detail == 0 else set()
    return [p for p in dots_shown(scene.places, detail) if p.id not in under or p.damage or p.id in lit]


#: Where the name of a lane that binds may stand, in points from its middle.
LANE_SPOTS = ((0, -22), (0, 22), (60, -14), (-60, -14), (60, 16), (-60, 16), (0, -44), (0, 44), (0, -66), (0, 66))


def _lane_plates(scene: Scene, options: Options, where: Mapping[str, Point], room: Room, out: list[Item]) -> None:
    """The names of lanes that bind, beside them where there is room; the cut is named in any case."""
    scale, lanes = options.scale, {lane.id: lane for lane in scene.lanes}
    for load, (x, y) in staffed.binding(staffed.carried(scene.loads, options.layers), lanes, where):
        image = staffed.lane_plate(load, round(11 * scale))
        rects = [image.get_rect(center=(round(x + dx * scale), round(y + dy * scale))) for dx, dy in LANE_SPOTS]
        rect = next((rect for rect in rects if room.free(rect, inside=False)), rects[0] if load.cut else None)
        if rect is not None:
            out.append(Item(image, room.take(rect), True))


def _name_places(
    scene: Scene,
    where: Mapping[str, Point],
    dots: list[tuple[PlaceDot, Item]],
    piled: list[Stack],
    room: Room,
    radius: int,
    detail: int,
    scale: float,
    on: bool,
    out: list[Item],
) -> None:
    if not on:
        return
    for place, _ in sorted(dots, key=lambda row: (row[0].rank, row[0].kind != "city", row[0].id)):
        if place.rank > 2 and detail < 1:
            continue
        first = place.rank == 1
        points = round(((14 if first else 12) + (2 if detail == 2 else 1 if detail else 0)) * scale)
        image = kit.text(place.name, "cond_bold" if first else "cond", points, PLACE_INK, HALO, round(2 * scale))
        pad = 2 * round(2 * scale)
        w, h = image.get_width() - 2 * pad, image.get_height() - 2 * pad
        size = (w, h - round(4 * scale))
        rect = room.near(where[place.id], *size, radius + 3)
        for stack in piled if rect is None and first else ():
            if rect is None and stack.at == place.id:
                rect = room.beside(pygame.Rect(stack.rect), *size)
        if rect is None and first:
            rect = room.near(where[place.id], *size, radius + 3 + h * 0.8)
        if rect is not None:
            out.append(Item(image, image.get_rect(center=rect.center), True, place.id))


@attrs.frozen(eq=False)
class _Plates:
    """Plates of zones: the id from afar, the name too from nearer, and what holds there."""

    scene: Scene
    seen: Mapping[str, Point]
    room: Room
    detail: int
    scale: float
    named: bool
    tints: Mapping[str, list[Tint]]
    out: list[Item]

    def put(self, urgent: int = 0) -> None:
        """All that are not there yet; with `urgent` those with a figure to tell, which come before counters, at
        spots from that one on."""
        there = {item.what for item in self.out}
        things = [(zone.id, zone.name) for zone in self.scene.zones]
        things += [(place.id, "") for place in self.scene.places if place.id in self.tints]
        for id, name in things:
            found = tuple(tint for tint in self.tints.get(id, ()) if staffed.told(tint))
            if id not in self.seen or id in there or (urgent and not any(tint.short for tint in found)):
                continue
            words = ([name, id] if self.detail else [id]) if self.named and name else [""]
            for word in words if found or words != [""] else ():
                image = _plate(word, found, round(11 * self.scale))
                rect = _plate_room(self.seen[id], image.get_rect(), self.room, self.scale, SPOTS[urgent:])
                if rect is not None:
                    self.out.append(Item(image, rect, True, id))
                    break


@lru_cache(maxsize=256)
def _plate(words: str, tints: tuple[Tint, ...], points: int) -> pygame.Surface:
    return staffed.plate(words, tints, points)


def _plate_room(
    at: Point, size: pygame.Rect, room: Room, scale: float, spots: Sequence[tuple[int, int]]
) -> pygame.Rect | None:
    for dx, dy in spots:
        rect = size.copy()
        rect.center = (round(at[0] + dx * scale), round(at[1] + dy * scale))
        if room.free(rect.inflate(4, 4)):
            return room.take(rect)
    return None


def _written(written: Written, camera: Camera, atlas: Atlas, room: Room, scale: float, margin: int) -> list[Item]:
    """A sea name on a curve of wide-set italics, a land name in capitals; the first of several spots that is free."""
    near = min(1.6, max(0.8, 4.3 / (camera.k * scale)))
    points = round(written.size * near * scale)
    x, y = camera.px(*atlas.projection.forward(*written.at))
    if not (-200 < x < camera.w + 200 and -200 < y < camera.h + 200):
        return []
    window = room.bounds.inflate(-2 * margin - 12, -2 * margin - 12)
    letters = _letters(written, (x, y), points, scale)
    for dx, dy in SHIFTS:
        if hypot(dx, dy) * scale * camera.k > ASTRAY_KM:
            continue
        by = (round(dx * scale), round(dy * scale))
        boxes = [item.rect.move(by).inflate(-2, -2) for item in letters]
        if not all(window.contains(box) and room.free(box) for box in boxes):
            continue
        if not written.sea or not any(atlas.on_land(camera.km(*box.center)) for box in boxes):
            room.taken += boxes
            return [attrs.evolve(item, rect=item.rect.move(by)) for item in letters]
    return []


def _letters(written: Written, at: Point, points: int, scale: float) -> list[Item]:
    face, ink = ("serif", SEA_INK) if written.sea else ("cond", LAND_INK)
    track = round(points * (0.55 if written.sea else 0.6))
    letters = written.name.upper()
    widths = [kit.width(c, face, points) + track for c in letters]
    length = sum(widths) - track
    bend = 14.0 if written.sea and length > 120 * scale else 0.0
    out, along = [], -length / 2
    turn = radians(written.tilt)
    for letter, wide in zip(letters, widths, strict=True):
        middle = along + (wide - track) / 2
        along += wide
        if letter == " ":
            continue
        u = 2 * middle / max(1.0, length)  # -1 to 1 along the word; a shallow bow
        px, py = middle, -(1 - u * u) * length * bend / 400
        x, y = at[0] + px * cos(turn) + py * sin(turn), at[1] - px * sin(turn) + py * cos(turn)
        slope = -degrees_of(u, bend)
        image = _turned(letter, face, points, ink, round((written.tilt + slope) / 2) * 2)
        out.append(Item(image, image.get_rect(center=(round(x), round(y))), word=written.name))
    return out


def degrees_of(u: float, bend: float) -> float:
    """How far a letter leans at u along a word bowed by `bend`."""
    return u * bend * 0.55


@lru_cache(maxsize=512)
def _turned(letter: str, face: str, points: int, ink: str, degrees: int) -> pygame.Surface:
    big = kit.text(letter, face, points * 2, ink)
    image = pygame.transform.rotozoom(big, degrees, 0.5)
    image.set_alpha(215)
    return image


def more(n: int, points: int) -> pygame.Surface:
    """How many more lie under a stack."""
    ink = kit.text(text(say("ui_map.more", n=n)), "cond_bold", points, "#FFFFFF")
    image = pygame.Surface((ink.get_width() + 6, ink.get_height()), pygame.SRCALPHA)
    kit.box(image, image.get_rect(), 3, "#0E1820", "#F4F7F9")
    image.blit(ink.premul_alpha(), (3, 0), special_flags=kit.PREMUL)
    return image


def badge_corner(stack: Stack) -> tuple[int, int]:
    """The bottom right corner of the count of a stack: the top corners tell of steps and damage."""
    x, y, w, h = stack.rect
    return x + w + 8, y + h + 4


def paint_stack(to: pygame.Surface, stack: Stack, size: int) -> None:
    m = counters.MARGIN
    shown = stack.shown
    for n in range(len(shown) - 1, -1, -1):
        x, y = stack.plate(n, size)
        to.blit(counters.picture(counters.face_of(shown[n], size)), (x - m, y - m))
    hidden = len(stack.members) - 1
    if hidden:
        image = more(hidden, max(9, size // 3 - 2))
        to.blit(image, image.get_rect(bottomright=badge_corner(stack)), special_flags=kit.PREMUL)
