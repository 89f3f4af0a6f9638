"""Panels kept as pictures: while the map under them moves and nothing on them changes, each is one blit.

A picture holds a panel, its shadow and all that stands on it, premultiplied, so that glass lets the moving map
through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pygame

from game.ui import draw, kit
from game.ui.hands import Hands
from game.ui.theme import Room
from game.ui.widgets import Busy, Pane, Panel, Picture, Widget

Reach = Callable[[Widget], pygame.Rect]
#: What moves while its value stays, or paints in a way of its own.
ALIVE = (Pane, Picture, Busy)


@attrs.frozen(eq=False)
class Sheet:
    """One panel with what stands on it: a picture of `rect`, a premultiplied one, or None: draw its widgets."""

    rect: pygame.Rect
    widgets: tuple[Widget, ...]
    image: pygame.Surface | None


class Kept:
    """The sheets over one pane, made when it first changes alone, and made anew when anything on them did."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._sheets: list[Sheet] | None = None

    @property
    def shown(self) -> bool:
        """Whether there are pictures now."""
        return self._sheets is not None

    def sheets(
        self, widgets: list[Widget], looks: list[object], room: Room, hands: Hands, reach: Reach
    ) -> list[Sheet] | None:
        """What to put over the pane; None while pictures would not pay, since something on it just changed."""
        now = (widgets, looks, room)
        if now != self._of:
            self._of, self._sheets = now, None
            return None
        if self._sheets is None:
            self._sheets = [_painted(sheet, room, hands) for sheet in _grouped(widgets, reach)]
        return self._sheets


def _grouped(widgets: Sequence[Widget], reach: Reach) -> list[Sheet]:
    """Each panel with what lies on it, in order. What lies on none is a group of its own that is drawn."""
    groups: list[tuple[pygame.Rect, list[Widget], bool]] = []
    for widget in widgets:
        rect, area = pygame.Rect(widget.rect), reach(widget)
        home = next((g for g in reversed(groups) if g[2] and _ground(g[1]).contains(rect)), None)
        if home is not None and not isinstance(widget, ALIVE) and not _over(groups, home, area):
            home[1].append(widget)
        else:
            groups.append((area, [widget], isinstance(widget, Panel)))
    return [Sheet(area, tuple(found), pygame.Surface((1, 1)) if solid else None) for area, found, solid in groups]


def _ground(widgets: Sequence[Widget]) -> pygame.Rect:
    return pygame.Rect(widgets[0].rect)


def _over(groups: Sequence[tuple[pygame.Rect, list[Widget], bool]], home: object, area: pygame.Rect) -> bool:
    """Whether something put down after the group `home` lies under `area`, too."""
    later = False
    for group in groups:
        if later and group[0].colliderect(area):
            return True
        later = later or group is home
    return False


def _painted(sheet: Sheet, room: Room, hands: Hands) -> Sheet:
    if sheet.image is None:
        return sheet
    image = pygame.Surface(sheet.rect.size, pygame.SRCALPHA)
    for widget in sheet.widgets:
        draw.draw(image, attrs.evolve(widget, rect=widget.rect.moved(-sheet.rect.x, -sheet.rect.y)), room, hands)
    return attrs.evolve(sheet, image=image)


def put(to: pygame.Surface, sheets: Sequence[Sheet], room: Room, hands: Hands) -> None:
    for sheet in sheets:
        if sheet.image is not None:
            to.blit(sheet.image, sheet.rect, special_flags=kit.PREMUL)
        else:
            for widget in sheet.widgets:
                draw.draw(to, widget, room, hands)
