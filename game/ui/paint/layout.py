"""Where counters, plates and names go: nothing on anything else. Values and rectangles only.

Order of claims: panels, dots, counters, moves, then names by rank. A name that finds no room is left out. From afar
stacks of places that lie too close for a counter each are one, at the place with the most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, hypot, radians, sin

import attrs
import pygame

from game.ui.paint.things import Marker, Scene

#: A stack shows at most this many plates, each a little up and right of the one before it.
PLATES = 3
STEP = (5, 3)
_FRIENDS = (20, -20, 160, 200, 90, -90, 50, -50, 130, -130, 0, 180)
_HOSTILE = (200, 160, -20, 20, 90, -90, 130, -130, 50, -50, 180, 0)
_TURNS = {angle: (cos(radians(angle)), sin(radians(angle))) for angle in (*_FRIENDS, *_HOSTILE)}
REACHES = (1.0, 1.2, 1.45, 1.75, 2.1, 2.5, 3.0)


@attrs.frozen
class Stack:
    """Counters of one affinity at one place, and from afar at those close to it. `rect` in px holds every plate;
    `anchor` is the place's dot."""

    key: str
    at: str
    affinity: str
    members: tuple[Marker, ...]
    rect: tuple[int, int, int, int]
    anchor: tuple[int, int]
    leader: bool

    @property
    def shown(self) -> tuple[Marker, ...]:
        return self.members[:PLATES]

    def holds(self, place: str) -> bool:
        """Whether something of that place lies on it."""
        return any(marker.at == place for marker in self.members)

    def plate(self, n: int, size: int) -> tuple[int, int]:
        """The top left px of the n-th plate, 0 on top."""
        x, y, _, h = self.rect
        return x + n * STEP[0], y + h - size - n * STEP[1]


class Room:
    """Rectangles that are taken."""

    def __init__(self, w: int, h: int) -> None:
        self.bounds = pygame.Rect(0, 0, w, h)
        self.taken: list[pygame.Rect] = []

    def free(self, rect: pygame.Rect, inside: bool = True) -> bool:
        return (not inside or self.bounds.contains(rect)) and rect.collidelist(self.taken) < 0

    def take(self, rect: pygame.Rect) -> pygame.Rect:
        self.taken.append(rect)
        return rect

    def near(self, at: tuple[float, float], w: int, h: int, gap: float, pad: int = 0) -> pygame.Rect | None:
        """Room for w x h at one of eight sides of a point, `gap` px from it; taken if found."""
        x, y = at
        d = gap * 0.7
        for dx, dy in (
            (gap, -h / 2),
            (-gap - w, -h / 2),
            (-w / 2, -gap - h),
            (-w / 2, gap),
            (d, -d - h),
            (d, d),
            (-d - w, -d - h),
            (-d - w, d),
        ):
            rect = pygame.Rect(round(x + dx), round(y + dy), w, h)
            if self.free(rect.inflate(2 * pad, 2 * pad)):
                return self.take(rect)
        return None

    def beside(self, box: pygame.Rect, w: int, h: int) -> pygame.Rect | None:
        """Room for w x h under, over, right or left of a box; taken if found."""
        for side, at in (
            ("midtop", (box.centerx, box.bottom + 3)),
            ("midbottom", (box.centerx, box.top - 3)),
            ("midleft", (box.right + 4, box.centery)),
            ("midright", (box.left - 4, box.centery)),
        ):
            rect = pygame.Rect(0, 0, w, h)
            setattr(rect, side, at)
            if self.free(rect):
                return self.take(rect)
        return None


def rank(marker: Marker) -> tuple[bool, bool, int, str]:
    """One's own, certain and large ones lie on top of a stack."""
    return (marker.ally, marker.quality > 0, -marker.steps, marker.id)


Groups = dict[tuple[str, str], list[Marker]]


def groups_of(
    scene: Scene, where: Mapping[str, tuple[float, float]], zones: frozenset[str], gather: float = 0.0
) -> Groups:
    """The markers that lie on one stack, by place and affinity. `gather`: within so many px of each other places
    ashore share one."""
    groups: Groups = {}
    for marker in scene.markers:
        if marker.at in where:
            groups.setdefault((marker.at, marker.affinity), []).append(marker)
    if gather <= 0:
        return groups
    alone = zones.union(place.id for place in scene.places if place.inset)
    out: Groups = {key: members for key, members in groups.items() if key[0] in alone}
    return out | _gathered({key: members for key, members in groups.items() if key not in out}, where, gather)


def stacks(
    groups: Groups,
    where: Mapping[str, tuple[float, float]],
    zones: frozenset[str],
    size: int,
    dot: int,
    room: Room,
) -> list[Stack]:
    """Every stack that shows, the largest first; each takes its room."""
    out = []
    for sea in (True, False):
        for key in sorted((k for k in groups if (k[0] in zones) is sea), key=lambda k: (-len(groups[k]), k)):
            out.append(_stack(key, groups[key], where[key[0]], size, 0 if sea else dot, room, not sea))
    return out


def _gathered(groups: Groups, where: Mapping[str, tuple[float, float]], reach: float) -> Groups:
    """Each group with those of its affinity close by, under the place with the most."""
    out: Groups = {}
    for key in sorted(groups, key=lambda k: (-len(groups[k]), k)):
        x, y = where[key[0]]
        near = ((hypot(where[k[0]][0] - x, where[k[0]][1] - y), k) for k in out if k[1] == key[1])
        away, found = min(near, default=(reach, key))
        out.setdefault(found if away < reach else key, []).extend(groups[key])
    return out


def _stack(
    key: tuple[str, str],
    members: Sequence[Marker],
    at: tuple[float, float],
    size: int,
    dot: int,
    room: Room,
    leader: bool,
) -> Stack:
    ordered = tuple(sorted(members, key=rank))
    extra = min(PLATES, len(ordered)) - 1
    w, h = size + extra * STEP[0], size + extra * STEP[1]
    x, y = round(at[0]), round(at[1])
    rect = _search(at, w, h, size, dot, key[1], room, leader)
    room.take(rect.inflate(4, 4))
    return Stack(f"{key[0]}/{key[1]}", key[0], key[1], ordered, (rect.x, rect.y, rect.w, rect.h), (x, y), leader)


def ghost_room(at: tuple[float, float], size: int, dot: int, room: Room) -> tuple[float, float]:
    """The middle of a free spot near a point, taken."""
    rect = room.take(_search(at, size, size, size, dot, "f", room, False))
    return float(rect.centerx), float(rect.centery)


def _search(
    at: tuple[float, float], w: int, h: int, size: int, dot: int, affinity: str, room: Room, leader: bool
) -> pygame.Rect:
    x, y = at
    rect = pygame.Rect(0, 0, w, h)
    rect.center = (round(x), round(y))
    if not leader and room.free(rect, False):
        return rect
    start = dot + size * 0.62 + 4 if leader else size * 0.9
    angles = _HOSTILE if affinity == "h" else _FRIENDS
    taken, bounds = room.taken, room.bounds
    beyond: tuple[int, int] | None = None
    for reach in REACHES:
        for angle in angles:
            cosine, sine = _TURNS[angle]
            rect.center = (round(x + start * reach * cosine), round(y - start * reach * sine))
            if rect.collidelist(taken) < 0:
                if bounds.contains(rect):
                    return rect
                beyond = beyond or rect.center
    if beyond is not None:
        rect.center = beyond
        return rect
    rect.center = (round(x + start), round(y - start))
    return rect
