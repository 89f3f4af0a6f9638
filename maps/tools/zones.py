"""Sea zones as polygons: the Voronoi cells of hand-set seeds, less the land, clipped to the frame.

Cut in the projected plane (km). Neighbors share their vertices, so rounding leaves no gap and no overlap.
"""

# mypy: disable-error-code="import-untyped,import-not-found,no-any-unimported"

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, box
from shapely.ops import unary_union, voronoi_diagram

from maps.tools.lambert import Lambert

LAND_DETAIL_KM = 2.0
UNDER_COAST_KM = 2.0  # zones reach this far under the land drawn over them, so that no sliver of sea shows between
NARROWS_KM = 3.0  # inlets and sounds up to twice as wide are left to the land
LEAST_ISLAND_KM2 = 500
LEAST_WATER_KM2 = 150
LONGEST_EDGE_KM = 100  # a straight edge in the plane bends in degrees: cut it before writing it
REACH_KM = 6000

Seeds = Mapping[str, Sequence[tuple[float, float]]]


def project(shape: Any, plane: Lambert) -> Any:
    return shapely.transform(shape, lambda rows: [plane.forward(lon, lat) for lon, lat in rows])


def read_land(path: Path, plane: Lambert) -> Any:
    """Every country's land as one simplified shape in the plane, islets left out."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    read = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    shapes = [shapely.make_valid(project(shape, plane)) for shape in read]
    islands = shapely.get_parts(unary_union(shapes))
    land = unary_union([p for p in islands if p.area >= LEAST_ISLAND_KM2])
    land = land.buffer(NARROWS_KM, join_style="mitre").buffer(-NARROWS_KM - UNDER_COAST_KM, join_style="mitre")
    return land.simplify(LAND_DETAIL_KM)


def frame(west: float, south: float, east: float, north: float, plane: Lambert) -> Any:
    """A box of degrees, its edges bent as parallels bend in the plane."""
    return project(box(west, south, east, north).segmentize(0.5), plane)


def cells(seeds: Seeds, plane: Lambert) -> dict[str, Any]:
    """Every zone's union of Voronoi cells, unclipped. The zone "" is off the map."""
    owner = {plane.forward(lon, lat): zone for zone, points in seeds.items() for lat, lon in points}
    parts: dict[str, list[Any]] = {zone: [] for zone in seeds}
    everywhere = box(-REACH_KM, -REACH_KM, REACH_KM, REACH_KM)
    for cell in shapely.get_parts(voronoi_diagram(MultiPoint(sorted(owner)), envelope=everywhere)):
        inside = [zone for at, zone in owner.items() if cell.contains(Point(at))]
        parts[inside[0]].append(cell)
    return {zone: unary_union(found) for zone, found in parts.items()}


def cut_zones(seeds: Seeds, land: Any, window: Any, plane: Lambert) -> dict[str, Any]:
    """Zones of water in the plane. Water that its zone's seeds cannot reach goes to the neighbor it borders most."""
    water = {zone: cell.intersection(window).difference(land) for zone, cell in cells(seeds, plane).items()}
    kept: dict[str, list[Any]] = {zone: [] for zone in water}
    strays: list[Any] = []
    for zone, shape in water.items():
        at = MultiPoint([plane.forward(lon, lat) for lat, lon in seeds[zone]])
        for piece in _polygons(shape):
            (kept[zone] if piece.intersects(at) else strays).append(piece)
    for piece in sorted(strays, key=lambda p: (-p.area, p.bounds)):
        shared = {zone: sum(piece.intersection(p).length for p in found) for zone, found in kept.items()}
        zone = max(sorted(shared), key=lambda z: shared[z])
        if shared[zone] > 1:
            kept[zone].append(piece)
    zones = {zone: unary_union(found) for zone, found in sorted(kept.items()) if zone and found}
    return {zone: _largest_parts(shape) for zone, shape in zones.items()}


def _polygons(shape: Any) -> list[Any]:
    return [p for p in shapely.get_parts(shape) if isinstance(p, Polygon)]


def _largest_parts(shape: Any) -> Any:
    return unary_union([p for p in _polygons(shape) if p.area >= LEAST_WATER_KM2])


def to_degrees(zones: Mapping[str, Any], plane: Lambert) -> dict[str, Any]:
    """Zones in lon/lat at 3 decimals, outer rings counterclockwise (RFC 7946), checked to share borders cleanly."""
    names = list(zones)
    shapes = shapely.coverage_simplify([zones[n] for n in names], 1.0)
    shapes = [_rounded(s.segmentize(LONGEST_EDGE_KM), plane) for s in shapes]
    for name, shape in zip(names, shapes, strict=True):
        if not shape.is_valid:
            raise SystemExit(f"{name}: {shapely.is_valid_reason(shape)} after rounding")
    if not shapely.coverage_is_valid(shapes):
        raise SystemExit("zones overlap or leave slivers after rounding: move a seed in seeds.csv")
    return dict(zip(names, shapes, strict=True))


def _rounded(shape: Any, plane: Lambert) -> Any:
    def degrees(rows: Any) -> Any:
        return [tuple(round(v, 3) for v in plane.inverse(x, y)) for x, y in rows]

    return shapely.orient_polygons(shapely.remove_repeated_points(shapely.transform(shape, degrees)))
