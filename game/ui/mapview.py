"""The map as a piece of a screen: camera, layers, hover, selection, measuring, finding by name.

It turns a View into what the painter draws and the hands' touches into what was picked; it knows no rule. The screen
sets `selected`, `legal`, `moves`, `effects`, `rings` and asks for a pane each time its widgets are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pygame

from game.core import staff
from game.core.ids import Seat
from game.core.orders import Plan
from game.core.view import View
from game.ui.layout import Column, Rect
from game.ui.paint.atlas import Atlas, MapPainter, find, read_atlas
from game.ui.paint.camera import FARTHEST, Camera, between, fitted
from game.ui.paint.scene import lane_name, loads_of, scene_of, tints_of
from game.ui.paint.things import LAYERS, Effect, Hit, Marker, Move, Options, PlaceDot, Ring, Scene, Zone
from game.ui.theme import Room
from game.ui.widgets import Act, Label, Pane, Panel, Toggle, Touch, Widget

if TYPE_CHECKING:
    from game.ui.table import Table

#: Layers that the keys 1 to 9 switch, with the color and shape of their legend.
SWITCHES = (
    ("threat", "#C23A2E", "ring"),
    ("lanes", "#1B6CA8", "line"),
    ("zones", "#DCE8ED", "line"),
    ("detection", "#E3A93B", "ring"),
    ("defense", "#5FC9A6", "ring"),
    ("names", "#E8EEF1", "box"),
    ("supply", "#7FB2DA", "line"),
    ("control", "#1B6CA8", "box"),
    ("patrol", "#0F8A68", "box"),
)
#: What a chapter of a game must give for a layer to be there at all; the others always are.
GIVEN_BY = {"supply": "traces", "control": "patches", "patrol": "patches"}
PAN_POINTS = 80
FLIGHT_MS = 700
SETTLE_MS = 90


@attrs.frozen(slots=True)
class Picked:
    """Something done to a thing on the map. `kind`: "marker", "stack", "place", "zone", "lane" or "none"; `how`:
    "click", "double", "menu", or "drop" where `start` was dragged from its place to this one."""

    kind: str
    id: str
    how: str
    members: tuple[str, ...] = ()
    start: str = ""
    at: tuple[int, int] = (0, 0)


@lru_cache(maxsize=4)
def atlas(folder: Path) -> Atlas:
    return read_atlas(folder)


class MapView:
    """One map on a screen. `id` is its pane's; acts of that id are for `act`."""

    def __init__(self, table: Table, id: str = "map") -> None:
        self.table = table
        self.id = id
        self.painter = MapPainter(atlas(table.folder))
        self.camera: Camera | None = None
        self.layers = frozenset(LAYERS) - {"detection", "defense", "graticule"}
        given = {
            what for chapter in table.rulebook.chapters for what in set(GIVEN_BY.values()) if hasattr(chapter, what)
        }
        self.switches = tuple(s for s in SWITCHES if GIVEN_BY.get(s[0], "") in {"", *given})
        self.selected = ""
        self.hover: Hit | None = None
        self.opened = ""
        self.legal: frozenset[str] | None = None
        self.moves: tuple[Move, ...] = ()
        self.effects: tuple[Effect, ...] = ()
        self.rings: tuple[Ring, ...] = ()
        self.traces: tuple[staff.Trace, ...] = ()
        #: None: who holds what, as the View has it, without a plan.
        self.patches: tuple[staff.Patch, ...] | None = None
        self.cut: frozenset[str] = frozenset()
        self.measuring = False
        self.measure: tuple[tuple[float, float], ...] = ()
        self.scene = Scene()
        self._made: tuple[object, ...] = ()
        self._rect = Rect(0, 0, 1, 1)
        self._scale = 1.0
        self._covered: tuple[Rect, ...] = ()
        self._flight: tuple[Camera, Camera, int] | None = None
        self._wish: tuple[str, ...] = ()
        self._drag = ""  # the marker that the hand holds, "map" while it moves the sheet
        self._moving_until = 0
        self._now = 0
        self.dragged: tuple[str, tuple[int, int]] | None = None

    # What it shows

    def pane(self, rect: Rect, view: View, room: Room, covered: Iterable[Rect] = ()) -> Pane:
        """The map as a widget: put it first in a screen's list. `covered`: where panels lie over it."""
        self._rect, self._scale = rect, room.scale
        self._covered = tuple(covered)
        self._look_at(view)
        if self.camera is None:
            self.camera = self._fit(())
        elif (self.camera.w, self.camera.h) != (rect.w, rect.h):
            self.camera = self._held(self.camera.sized(rect.w, rect.h))
        if self._wish:
            wish, self._wish = self._wish, ()
            self.fly_to(wish)
        look = (self.camera, self.scene, self._options(), self.dragged)
        return Pane(
            id=self.id,
            rect=rect,
            look=look,
            paint=self._paint,
            words=self._words(),
            changes=self._changes,
            tip=self._tip(view),
        )

    def _look_at(self, view: View) -> None:
        made = (view, self.moves, self.traces, self.patches, self.cut)
        old = self._made
        if old and old[0] is view and old[1:] == made[1:]:
            return
        names, language = self.table.names(view), self.table.language
        if not old or old[0] is not view:
            rules = self.table.rulebook
            self.scene = scene_of(view, self.table.outlines, names, rules.rings(view), language, rules.voyages(view))
        self.scene = attrs.evolve(
            self.scene,
            moves=self.moves,
            loads=loads_of(view, self.traces, self.cut, names, language),
            tints=tints_of(view, self._patches(view), names, language),
        )
        self._made = made

    def _patches(self, view: View) -> Sequence[staff.Patch]:
        if self.patches is not None:
            return self.patches
        if not view.seat:  # to the public no side is its own
            return ()
        return [p for p in self.table.rulebook.patches(view, Plan(view.seat)) if p.layer == "control"]

    def show(self, scene: Scene) -> None:
        """A scene of one's own making, such as the truth, in place of a View's; `picture` then gives its pane."""
        self.scene = attrs.evolve(scene, moves=self.moves)
        self._made = ()

    def picture(self, rect: Rect, room: Room, covered: Iterable[Rect] = ()) -> Pane:
        """The pane of the scene that `show` was given."""
        self._rect, self._scale, self._covered = rect, room.scale, tuple(covered)
        if self.camera is None:
            self.camera = self._fit(())
        elif (self.camera.w, self.camera.h) != (rect.w, rect.h):
            self.camera = self._held(self.camera.sized(rect.w, rect.h))
        look = (self.camera, self.scene, self._options(), self.dragged)
        return Pane(id=self.id, rect=rect, look=look, paint=self._paint, words=self._words(), changes=self._changes)

    def _options(self) -> Options:
        return Options(
            scale=self._scale,
            layers=self.layers,
            selected=self.selected,
            hover=self.hover.id if self.hover else "",
            opened=self.opened,
            legal=self.legal,
            covered=tuple((r.x - self._rect.x, r.y - self._rect.y, r.w, r.h) for r in self._covered),
            effects=self.effects,
            measure=self.measure,
            rings=self.rings,
            moving=self._flight is not None or self._drag == "map" or self._now < self._moving_until,
        )

    def _paint(self, to: pygame.Surface, rect: pygame.Rect) -> None:
        assert self.camera is not None
        self.painter.paint(to, rect, self.camera, self.scene, self._options())
        if self.dragged:
            marker = self.marker(self.dragged[0])
            if marker is not None:
                self.painter.ghost(to, marker, self.dragged[1], self._scale)

    def _changes(self, old: object) -> Sequence[Rect] | None:
        """Which rectangles differ from an older look; None: the whole pane."""
        if not isinstance(old, tuple) or self.camera is None or old[0] != self.camera or old[3] or self.dragged:
            return None
        found = self.painter.changes(old[1], old[2], self.scene, self._options(), self.camera)
        if found is None:
            return None
        return [Rect(x + self._rect.x, y + self._rect.y, w, h) for x, y, w, h in found]

    def _words(self) -> tuple[str, ...]:
        """Every text that the map may show: names, figures, labels."""
        return scene_words(self.scene)

    def _tip(self, view: View) -> str:
        from game.ui.card import card_lines

        if self.hover is None or self._drag:
            return ""
        if self.hover.kind == "lane":
            return "\n".join(self._lane_tip(view, self.hover.id))
        lines = card_lines(self.table, view, self.hover.id)[:6]
        lines += [t.label for t in self.scene.tints if t.at == self.hover.id and t.label]
        return "\n".join(lines)

    def _lane_tip(self, view: View, id: str) -> list[str]:
        """A lane by its name, and what its loads say of themselves."""
        names, tell = self.table.names(view), self.table.say
        lane = view.board.theatre.lanes[id]
        out = [lane_name(names, lane, self.table.language)]
        for load in (load for load in self.scene.loads if load.lane == id):
            ends = (names.place(end, self.table.language) for end in (load.start, lane.other(load.start)))
            start, end = ends
            cap = _points(load.cap) if load.cap >= 0 else ""
            out.append(tell("ui_map.lane_load", start=start, end=end, n=_points(load.amount), cap=cap))
            out += [load.label] if load.label else []
            out += [tell("ui_map.lane_cut")] if load.cut else [tell("ui_map.lane_full")] if load.full else []
        return [*out, tell("ui_map.lane_closed")] if lane.closed else out

    def marker(self, id: str) -> Marker | None:
        return next((m for m in self.scene.markers if m.id == id), None)

    # What hands do to it

    def act(self, touch: Touch, room: Room) -> Picked | None:
        """Take a touch of the pane; what was picked by it, if anything."""
        at = (touch.at[0] - self._rect.x, touch.at[1] - self._rect.y)
        if touch.kind in ("move", "leave"):
            self.hover = self._hit(at) if touch.kind == "move" else None
            if self.measuring and self.measure and touch.kind == "move":
                self.measure = (self.measure[0], self._position(at))
        elif touch.kind == "press":
            self._flight = None
            hit = self._hit(at)
            held = self.marker(hit.id) if hit is not None and hit.kind == "marker" else None
            own = held is not None and held.quality == 0 and touch.button == 1
            self._drag = held.id if own and held is not None else "map"
        elif touch.kind == "drag":
            self._dragging(touch)
        elif touch.kind == "drop":
            return self._drop(at, touch)
        elif touch.kind in ("click", "double", "menu"):
            self._drag = ""
            return self._click(at, touch)
        elif touch.kind == "wheel" and self.camera is not None:
            self._to(self.camera.zoomed(1.25 ** touch.by[1], *at, self._scale))
        return None

    def _dragging(self, touch: Touch) -> None:
        if self._drag == "map" and self.camera is not None:
            self.camera = self._held(self.camera.panned(*touch.by))
        elif self._drag:
            self.dragged = (self._drag, touch.at)
            self.hover = self._hit((touch.at[0] - self._rect.x, touch.at[1] - self._rect.y))

    def _drop(self, at: tuple[int, int], touch: Touch) -> Picked | None:
        held, self._drag, self.dragged = self._drag, "", None
        if held in ("", "map"):
            return None
        hit = self._hit(at)
        if hit is None:
            return None
        return Picked(hit.kind, hit.id, "drop", hit.members, held, touch.at)

    def _click(self, at: tuple[int, int], touch: Touch) -> Picked | None:
        if self.measuring and touch.kind == "click":
            here = self._position(at)
            self.measure = (here, here) if len(self.measure) != 1 else (self.measure[0], here)
            return None
        hit = self._hit(at)
        if hit is None:
            self.opened = ""
            return Picked("none", "", touch.kind, at=touch.at)
        if hit.kind == "stack":
            self.opened = hit.id if self.opened != hit.id else ""
        return Picked(hit.kind, hit.id, touch.kind, hit.members, at=touch.at)

    def _hit(self, at: tuple[int, int]) -> Hit | None:
        assert self.camera is not None
        return self.painter.hit(at, self.camera, self.scene, self._options())

    def _position(self, at: tuple[int, int]) -> tuple[float, float]:
        assert self.camera is not None
        return self.painter.atlas.projection.inverse(*self.camera.km(*at))

    def key(self, name: str) -> bool:
        """Arrows, + and -, Home, regions, layers, M; True if the key was one of them."""
        step = round(PAN_POINTS * self._scale)
        pans = {"Left": (step, 0), "Right": (-step, 0), "Up": (0, step), "Down": (0, -step)}
        if self.camera is None:
            return False
        if name in pans:
            self._to(self.camera.panned(*pans[name]))
        elif name in ("+", "-"):
            middle = self._middle()
            self._to(self.camera.zoomed(1.25 if name == "+" else 0.8, *middle, self._scale))
        elif name == "Home":
            self._fly(self._fit(()))
        elif name in self.painter.atlas.regions:
            self.fly_to(self.painter.atlas.regions[name])
        elif name.isdigit() and 1 <= int(name) <= len(self.switches):
            self.layers ^= {self.switches[int(name) - 1][0]}
        elif name == "M":
            self.measuring, self.measure = not self.measuring, ()
        else:
            return False
        return True

    def _middle(self) -> tuple[float, float]:
        left, top, right, bottom = self._insets()
        return left + (self._rect.w - left - right) / 2, top + (self._rect.h - top - bottom) / 2

    # The camera

    def tick(self, now: int) -> int | None:
        """Let a flight go on; in how many ms it wants to be asked again."""
        self._now = now
        if self._flight is not None:
            start, end, since = self._flight
            if since < 0:
                self._flight = (start, end, now)
                return 16
            t = (now - since) / FLIGHT_MS
            self.camera = between(start, end, t)
            if t < 1:
                return 16
            self._flight = None
            return 1
        if now < self._moving_until:
            return self._moving_until - now
        return None

    def fly_to(self, places: Iterable[str]) -> None:
        """Bring these places, zones or markers into the part of the map that panels leave free."""
        wanted = tuple(places)
        if self.camera is None:
            self._wish = wanted
            return
        if any(self._point(id) is not None for id in wanted):
            self._fly(self._fit(wanted))

    def jump_to(self, places: Iterable[str]) -> None:
        """The same at once."""
        self.fly_to(places)
        if self._flight is not None:
            self.camera, self._flight = self._flight[1], None

    def _fly(self, camera: Camera) -> None:
        assert self.camera is not None
        self._flight = (self.camera, camera, -1)

    def _to(self, camera: Camera) -> None:
        self.camera = self._held(camera)
        self._flight = None
        self._moving_until = self._now + SETTLE_MS

    def _held(self, camera: Camera) -> Camera:
        return camera.held(self.painter.atlas.extent, self._insets())

    def _insets(self) -> tuple[int, int, int, int]:
        """How far panels at the sides reach in: those that span most of a side."""
        left = top = right = bottom = 0
        r = self._rect
        for c in self._covered:
            if c.h > r.h * 0.5 and c.x > r.x + r.w // 2:
                right = max(right, r.right - c.x)
            elif c.h > r.h * 0.5 and c.right < r.x + r.w // 2:
                left = max(left, c.right - r.x)
            elif c.w > r.w * 0.5 and c.y <= r.y + r.h // 4:
                top = max(top, c.bottom - r.y)
            elif c.w > r.w * 0.4 and c.y > r.y + r.h // 2:
                bottom = max(bottom, r.bottom - c.y)
        return left, top, right, bottom

    def _point(self, id: str) -> tuple[float, float] | None:
        """The plane point of a place, a zone or what stands there."""
        marker = self.marker(id)
        at = marker.at if marker is not None else id
        things: tuple[PlaceDot | Zone, ...] = (*self.scene.places, *self.scene.zones)
        found = next((thing for thing in things if thing.id == at), None)
        return None if found is None else self.painter.atlas.projection.forward(*found.at)

    def _fit(self, ids: Iterable[str]) -> Camera:
        """A camera over these ids; over everything with something on it where none is named."""
        wanted = tuple(ids)
        if not wanted:
            wanted = tuple({m.at for m in self.scene.markers}) or tuple(p.id for p in self.scene.places)
            inset = {p.id for p in self.scene.places if p.inset}
            wanted = tuple(id for id in wanted if id not in inset)
            wanted += tuple(end for move in self.moves for end in (move.start, move.end))
        points = [point for id in wanted if (point := self._point(id)) is not None]
        insets = self._insets()
        camera = self._near(fitted(points, self._rect.w, self._rect.h, insets, self._scale, 0.12))
        beside = self._beside(camera, points, insets)
        if beside != insets:
            camera = self._near(fitted(points, self._rect.w, self._rect.h, beside, self._scale, 0.06))
        return self._held(camera) if camera.k <= FARTHEST else camera

    def _near(self, camera: Camera) -> Camera:
        """One place alone is shown with its neighborhood."""
        least = 1.6 / self._scale
        return camera.zoomed(camera.k / least, *self._middle(), self._scale) if camera.k < least else camera

    def _beside(
        self, camera: Camera, points: Sequence[tuple[float, float]], insets: tuple[int, int, int, int]
    ) -> tuple[int, int, int, int]:
        """Insets that leave a side to a small panel, such as the legend, that would hide one of the points."""
        left, top, right, bottom = insets
        seen = [(self._rect.x + x, self._rect.y + y) for x, y in (camera.px(*point) for point in points)]
        for panel in self._covered:
            if not any(panel.inset(-12).holds((round(x), round(y))) for x, y in seen):
                continue
            if panel.center[0] < self._rect.center[0]:
                left = max(left, panel.right - self._rect.x)
            else:
                right = max(right, self._rect.right - panel.x)
        return left, top, right, bottom

    # Layers, finding

    def toggles(self, rect: Rect, room: Room) -> list[Widget]:
        """The legend: a switch a layer. Its acts are for `layer_act`."""
        u = room.u
        out: list[Widget] = [Panel(id=f"{self.id}.legend", rect=rect, kind="glass", shadow=True)]
        column = Column(rect.inset(u(10), u(8)))
        out.append(
            Label(id=f"{self.id}.legend.title", rect=column.take(u(22)), text=self._say("layers"), style="panel")
        )
        for n, (layer, swatch, shape) in enumerate(self.switches, 1):
            out.append(
                Toggle(
                    id=f"{self.id}.layer.{layer}",
                    rect=column.take(u(24)),
                    text=self._say(f"layer.{layer}"),
                    value=layer in self.layers,
                    key=str(n),
                    swatch=swatch,
                    shape=shape,
                    tip=self._say(f"layer.{layer}.tip"),
                )
            )
        return out

    def legend_height(self, room: Room) -> int:
        return room.u(22 + 24 * len(self.switches) + 16)

    def layer_act(self, act: Act) -> bool:
        """Switch a layer; True if the act was one of the legend's."""
        head = f"{self.id}.layer."
        if not act.id.startswith(head):
            return False
        self.layers ^= {act.id.removeprefix(head)}
        return True

    def find(self, text: str) -> list[tuple[str, str]]:
        """(id, name) of what the map shows under such a name, best first."""
        return find(self.scene, text)

    def next_own(self, seat: Seat, by: int = 1) -> str:
        """The next or previous counter of one's own, from the selected one."""
        own = [m.id for m in self.scene.markers if m.seat == seat and m.quality == 0]
        if not own:
            return ""
        return own[(own.index(self.selected) + by) % len(own)] if self.selected in own else own[0 if by > 0 else -1]

    def _say(self, id: str) -> str:
        return self.table.say(f"ui_card.{id}")


def _points(hundredths: int) -> str:
    """Supply points as people write them: 1250 is 12.5."""
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")


@lru_cache(maxsize=64)
def scene_words(scene: Scene) -> tuple[str, ...]:
    out: list[str] = []
    for marker in scene.markers:
        out += (marker.id, marker.name, marker.figures, marker.as_of, marker.symbol)
    out += (ring.label for ring in scene.rings)
    out += (place.name for place in scene.places)
    out += (zone.name for zone in scene.zones)
    out += (words for load in scene.loads for words in (load.name, load.label))
    out += (words for tint in scene.tints for words in (tint.short, tint.label))
    return tuple(words for words in out if words)
