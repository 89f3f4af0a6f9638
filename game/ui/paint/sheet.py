"""The paper under the game: projection, shaded raster, coast, borders and rivers, names of seas and lands.

A theatre's folder may hold a `sheet.json`; another folder's serves with {"same_as": "../other"}. Without one the map
is a plain sea, centered on the theatre's places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pygame

from game.io.fault import Fault, PackFault
from game.ui.paint.camera import Extent
from game.ui.paint.lines import Box, apart, box_of, pieces, thinned
from game.ui.paint.projection import Point, Projection

#: Least distances (km) between points of the thinned coast; each is fine from twice as many km a pixel on.
LEVELS = (0.0, 1.0, 2.2, 4.0)
#: km round the places of a theatre that has no sheet.
ROOM_KM = 400.0
#: Side of a cell of the land mask, which keeps sea names and zone edges off the land.
CELL_KM = 8.0
Line = tuple[Box, list[Point]]


@attrs.frozen
class Written:
    """A name on the sheet: sea or land, its middle (lon, lat), tilt in degrees counterclockwise, size at scale 1."""

    name: str
    at: tuple[float, float]
    tilt: float
    size: int
    sea: bool


@attrs.define(eq=False)
class Atlas:
    """One sheet. `extent` in km of the plane; files are read when they are first drawn."""

    projection: Projection
    extent: Extent
    raster: Path | None = None
    coast_file: Path | None = None
    lines_file: Path | None = None
    names: tuple[Written, ...] = ()
    #: Parts of the sheet by the key that shows them: ids of places that the part goes round.
    regions: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    _levels: dict[tuple[str, int], list[Line]] = attrs.field(init=False, factory=dict, repr=False)
    _raster: pygame.Surface | None = attrs.field(init=False, default=None, repr=False)

    @property
    def picture(self) -> pygame.Surface | None:
        """The shaded raster over the whole extent."""
        if self._raster is None and self.raster is not None:
            image = pygame.image.load(self.raster)
            self._raster = image.convert() if pygame.display.get_surface() is not None else image
        return self._raster

    def read(self) -> None:
        """Read all files now, such as beside the window, rather than when they are first drawn."""
        _ = self.picture, self.whole, self._land_mask

    def lines(self, kind: str, km_a_pixel: float) -> list[Line]:
        """Coast, border or river as plane polylines with their boxes, thinned to the zoom."""
        level = max(n for n, least in enumerate(LEVELS) if n == 0 or least * 1.1 <= km_a_pixel)
        key = (kind, level)
        if key not in self._levels:
            whole = self.whole[kind]
            found = [piece for line in whole for piece in pieces(thinned(line, LEVELS[level]))]
            self._levels[key] = [(box_of(piece), piece) for piece in found]
        return self._levels[key]

    def lines_in(self, kind: str, km_a_pixel: float, box: Box) -> Iterator[list[Point]]:
        for its, line in self.lines(kind, km_a_pixel):
            if not apart(its, box):
                yield line

    @cached_property
    def whole(self) -> Mapping[str, list[list[Point]]]:
        out: dict[str, list[list[Point]]] = {"coast": [], "border": [], "river": []}
        shared: set[tuple[float, float]] = set()
        if self.lines_file is not None:
            for kind, line in _read_lines(self.lines_file):
                out.setdefault(kind, []).append([self.projection.forward(*p) for p in line])
                if kind == "border":
                    shared.update(line)
        if self.coast_file is not None:
            for ring in _read_rings(self.coast_file):
                out["coast"] += self._shore(ring, shared)
        return out

    def _shore(self, ring: list[tuple[float, float]], shared: set[tuple[float, float]]) -> Iterator[list[Point]]:
        """A land ring without the segments on a shared border or on the edge of the sheet, which are no coast."""
        points = [self.projection.forward(*p) for p in ring]
        off = [self._beyond(p) for p in points]
        run = [points[0]]
        for n, (a, b) in enumerate(pairwise(ring)):
            if (a in shared and b in shared) or (off[n] and off[n + 1]):
                if len(run) > 1:
                    yield run
                run = [points[n + 1]]
            else:
                run.append(points[n + 1])
        if len(run) > 1:
            yield run

    def _beyond(self, point: Point) -> bool:
        west, south, east, north = self.extent
        return not (west - 55 < point[0] < east + 55 and south - 55 < point[1] < north + 55)

    @cached_property
    def land(self) -> list[Line]:
        if self.coast_file is None:
            return []
        rings = [thinned([self.projection.forward(*p) for p in ring], 4.0) for ring in _read_rings(self.coast_file)]
        return [(box_of(ring), ring) for ring in rings if len(ring) > 3]

    @cached_property
    def _land_mask(self) -> pygame.Mask:
        west, south, east, north = self.extent
        size = (max(1, round((east - west) / CELL_KM)), max(1, round((north - south) / CELL_KM)))
        cells = pygame.Surface(size, pygame.SRCALPHA)
        for _, ring in self.land:
            pygame.draw.polygon(
                cells, (255, 255, 255, 255), [((x - west) / CELL_KM, (north - y) / CELL_KM) for x, y in ring]
            )
        return pygame.mask.from_surface(cells, 10)

    def on_land(self, at: Point) -> bool:
        """Whether a plane point lies on land, to within a cell."""
        x, y = int((at[0] - self.extent[0]) / CELL_KM), int((self.extent[3] - at[1]) / CELL_KM)
        w, h = self._land_mask.get_size()
        return 0 <= x < w and 0 <= y < h and bool(self._land_mask.get_at((x, y)))


def read_atlas(folder: Path) -> Atlas:
    """The sheet of a theatre's folder; PackFault where its file cannot be used."""
    try:
        return _read_atlas(folder)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        remedy = "write it as maps/README.md tells, or remove it for a plain sea"
        raise PackFault([Fault(str(folder / "sheet.json"), "", f"cannot be used ({what})", remedy)]) from None


def _read_atlas(folder: Path) -> Atlas:
    home, found = folder, _sheet(folder)
    if found is not None and "same_as" in found:
        home = folder / str(found["same_as"])
        found = _sheet(home)
        if found is None:
            raise ValueError(f"same_as {home.name} holds no sheet.json")
    if found is None:
        return _plain(folder)
    p = found["projection"]
    west, south, east, north = (float(v) for v in found["extent_km"])
    names = [_written(row, True) for row in found.get("seas", ())] + [
        _written(r, False) for r in found.get("lands", ())
    ]

    def file(key: str) -> Path | None:
        return home / str(found[key]) if key in found and (home / str(found[key])).is_file() else None

    regions = {str(key): tuple(map(str, ids)) for key, ids in found.get("regions", {}).items()}
    projection = Projection(float(p["lon0"]), float(p["lat0"]), float(p["lat1"]), float(p["lat2"]))
    return Atlas(
        projection, (west, south, east, north), file("raster"), file("coast"), file("lines"), tuple(names), regions
    )


def _sheet(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / "sheet.json").read_text(encoding="utf-8"))
    except OSError:
        return None
    return found if isinstance(found, dict) else None


def _written(row: Mapping[str, Any], sea: bool) -> Written:
    at = (float(row["lon"]), float(row["lat"]))
    return Written(str(row["name"]), at, float(row.get("angle", 0)), int(row["size"]), sea)


def _plain(folder: Path) -> Atlas:
    """A sheet for a theatre that brings none: its places in the middle of an empty sea."""
    places = _positions(folder / "theatre.geojson") or [(0.0, 0.0)]
    lats = [lat for _, lat in places]
    lons = sorted(lon for lon, _ in places)
    lat0, half = (min(lats) + max(lats)) / 2, max(3.0, (max(lats) - min(lats)) / 3)
    lat0 = min(75.0, max(-75.0, lat0 if abs(lat0) > 1 else 1.0))
    projection = Projection(lons[len(lons) // 2], lat0, lat0 - half / 2, lat0 + half / 2)
    w, s, e, n = box_of([projection.forward(lon, max(-80.0, min(85.0, lat))) for lon, lat in places])
    return Atlas(projection, (w - ROOM_KM, s - ROOM_KM, e + ROOM_KM, n + ROOM_KM), coast_file=_coast(folder))


def _coast(folder: Path) -> Path | None:
    path = folder / "coast.geojson"
    return path if path.is_file() else None


def _features(path: Path) -> list[Any]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["features"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _positions(path: Path) -> list[tuple[float, float]]:
    out = []
    for feature in _features(path):
        geometry, props = feature.get("geometry") or {}, feature.get("properties") or {}
        if geometry.get("type") == "Point" and not props.get("inset"):
            out.append((float(geometry["coordinates"][0]), float(geometry["coordinates"][1])))
    return out


def _read_lines(path: Path) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    for feature in _features(path):
        geometry = feature["geometry"]
        several = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
        for line in several:
            yield str(feature["properties"]["kind"]), [(float(p[0]), float(p[1])) for p in line]


def _read_rings(path: Path) -> Iterator[list[tuple[float, float]]]:
    for feature in _features(path):
        geometry = feature["geometry"]
        several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in several:
            yield [(float(p[0]), float(p[1])) for p in polygon[0]]
