"""Counters as pictures: plate, APP-6 symbol, figures, steps, rounds, and what state a thing is in, by shape first.

A counter known for certain has a whole edge and a dark strip; an ally's strip is gray and its plate pale. A
contact's edge is broken, the more the less is known;
an old one is hatched, and its strip is pale and holds the date. Damage is a torn corner, aircraft sent up a wing over
the plate, an order to move a tab at its side.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import attrs
import pygame

from game.ui import kit
from game.ui.paint.things import Marker
from game.ui.theme import ALLY_EDGE, ALLY_PLATE, AMBER, BAD, EDGE, INK, PLATE

MARGIN = 4
#: Hours after which a contact counts as old.
OLD = 24
SMALL, LARGE = 34, 44


@attrs.frozen
class Face:
    """What of a marker shows; equal faces are one picture."""

    symbol: str
    affinity: str
    size: int
    figures: str = ""
    steps: int = 0
    lost: int = 0
    bar: int = -1  # tenths of the rounds left
    damaged: bool = False
    flushed: bool = False
    moving: bool = False
    quality: int = 0
    old: bool = False
    ally: bool = False

    @property
    def edge(self) -> str:
        return ALLY_EDGE if self.ally else EDGE[self.affinity]

    @property
    def plate(self) -> str:
        return ALLY_PLATE if self.ally else PLATE[self.affinity]


def face_of(marker: Marker, size: int) -> Face:
    bar = -1
    if marker.rounds >= 0 and marker.rounds_most > 0:
        bar = min(10, -(-10 * marker.rounds // marker.rounds_most))
    words = marker.as_of if marker.quality and marker.as_of else marker.figures
    old = marker.quality > 0 and marker.age > OLD
    return Face(
        marker.symbol,
        marker.affinity,
        size,
        words,
        marker.steps,
        marker.lost,
        bar,
        marker.damaged,
        marker.flushed,
        marker.moving,
        marker.quality,
        old,
        marker.ally,
    )


@lru_cache(maxsize=1024)
def picture(face: Face) -> pygame.Surface:
    """The counter with MARGIN px on each side, straight alpha."""
    size = face.size
    out = pygame.Surface((size + 2 * MARGIN, size + 2 * MARGIN), pygame.SRCALPHA)
    plate = pygame.Rect(MARGIN, MARGIN, size, size)
    kit.shadow(out, plate, 3, 2, 90 if face.old else 150, 1)
    _plate(out, plate, face)
    strip = max(10, round(size * 0.29)) if face.figures else 0
    bar = max(3, size // 12) if face.bar >= 0 else 0
    room = pygame.Rect(plate.x + 2 + bar, plate.y + 2, size - 4 - bar, size - 4 - strip)
    image = kit.symbol_in(face.symbol, face.affinity, room.w, room.h)
    if face.old:
        image = image.copy()
        image.set_alpha(150)
    out.blit(image, image.get_rect(center=room.center))
    if strip:
        _strip(out, pygame.Rect(plate.x + 1, plate.bottom - strip - 1, size - 2, strip), face)
    _pips(out, plate, face)
    if bar:
        _rounds(out, pygame.Rect(plate.x + 3, plate.y + 3, bar, size - strip - 7), face)
    if face.damaged:
        _torn(out, plate)
    if face.flushed:
        _wing(out, plate)
    if face.moving:
        x, y, n = plate.right, plate.y + size * 2 // 5, max(4, size // 7)
        pygame.draw.polygon(out, INK, [(x - n, y - n - 1), (x + 3, y), (x - n, y + n + 1)])
        pygame.draw.polygon(out, AMBER, [(x - n + 1, y - n + 1), (x + 1, y), (x - n + 1, y + n - 1)])
    return out


def _plate(out: pygame.Surface, plate: pygame.Rect, face: Face) -> None:
    edge = face.edge
    radius = max(3, face.size // 10)
    if not face.quality or face.quality == 3:
        kit.box(out, plate, radius, face.plate, edge, max(1, face.size // 34))
    else:
        kit.box(out, plate, radius, face.plate)
        _broken(out, plate, edge, 3 if face.quality == 2 else 2, 2 if face.quality == 2 else 3)
    if face.old:
        hatch = pygame.Surface(plate.size, pygame.SRCALPHA)
        hatch.fill((*pygame.Color(edge)[:3], 0))
        for x in range(-plate.h, plate.w, 5):
            pygame.draw.aaline(hatch, (*pygame.Color(edge)[:3], 70), (x, plate.h), (x + plate.h, 0))
        out.blit(hatch, plate, plate.move(-plate.x, -plate.y).inflate(-3, -3))


def _broken(out: pygame.Surface, plate: pygame.Rect, color: str, on: int, off: int) -> None:
    """A dashed frame: someone believes that this is here."""
    for at in range(2, plate.w - 2, on + off):
        n = min(on, plate.w - 2 - at)
        pygame.draw.rect(out, color, (plate.x + at, plate.y, n, 1))
        pygame.draw.rect(out, color, (plate.x + at, plate.bottom - 1, n, 1))
        pygame.draw.rect(out, color, (plate.x, plate.y + at, 1, n))
        pygame.draw.rect(out, color, (plate.right - 1, plate.y + at, 1, n))


def _strip(out: pygame.Surface, strip: pygame.Rect, face: Face) -> None:
    edge = face.edge
    ink = "#FFFFFF"
    if face.quality and (face.old or face.quality == 1):
        pygame.draw.rect(out, edge, (strip.x + 1, strip.y, strip.w - 2, 1))
        ink = edge
    else:
        kit.box(out, strip, 2, edge)
    points = max(9, round(strip.h * 0.96))
    while points > 7 and kit.width(face.figures, "cond_bold", points) > strip.w - 3:
        points -= 1
    words = kit.text(face.figures, "cond_bold", points, ink)
    out.blit(words, words.get_rect(center=(strip.centerx, strip.centery)))


def _pips(out: pygame.Surface, plate: pygame.Rect, face: Face) -> None:
    """A pip a step, hollow where it is lost; of a contact in its own color, since they are a belief."""
    unit = max(3, face.size // 12)
    for n in range(min(8, face.steps + face.lost)):
        pip = pygame.Rect(plate.right - 3 - unit - n * (unit + 1), plate.y + 3, unit, unit)
        pygame.draw.rect(out, face.edge, pip, 0 if n < face.steps else 1)


def _rounds(out: pygame.Surface, bar: pygame.Rect, face: Face) -> None:
    pygame.draw.rect(out, face.edge, bar)
    inner = bar.inflate(-2, -2)
    pygame.draw.rect(out, "#F2F6F8", inner)
    full = -(-inner.h * face.bar // 10)
    pygame.draw.rect(out, "#B9791B", (inner.x, inner.bottom - full, inner.w, full))


def _torn(out: pygame.Surface, plate: pygame.Rect) -> None:
    """The top left corner burnt away."""
    n = max(8, plate.w // 4)
    x, y = plate.topleft
    teeth = [
        (x, y + n),
        (x + n * 0.3, y + n * 0.62),
        (x + n * 0.5, y + n * 0.66),
        (x + n * 0.62, y + n * 0.3),
        (x + n, y),
    ]
    pygame.draw.polygon(out, "#2A1714", [(x, y), *reversed(teeth)])
    for a, b in itertools.pairwise(teeth):
        pygame.draw.aaline(out, BAD, a, b, 2)


def _wing(out: pygame.Surface, plate: pygame.Rect) -> None:
    """A chevron over the top edge."""
    x, y, n = plate.centerx, plate.y - 2, max(5, plate.w // 6)
    for color, width in ((INK, 5), ("#F4F7F9", 3)):
        pygame.draw.aaline(out, color, (x - n, y + n * 0.6), (x, y), width)
        pygame.draw.aaline(out, color, (x, y), (x + n, y + n * 0.6), width)
