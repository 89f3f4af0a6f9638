"""GeoJSON (RFC 7946) as other people's hands and tools leave it: everything wrong is gathered, nothing raised.

A number may be written 30 or 30.0, and null means the same as leaving a member out: GIS tools do both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

import attrs

from game.io.fault import Fault

LARGEST_FILE = 20_000_000
MOST_FAULTS = 500

Position = tuple[float, float]  # longitude, latitude in degrees
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]  # the outer ring, then holes
Object = Mapping[str, object]


@attrs.define
class Report:
    """What is wrong with one file, in the order found; after MOST_FAULTS only their number is kept."""

    file: str
    found: list[Fault] = attrs.field(factory=list)
    more: int = 0

    def fault(self, place: str, reason: str, remedy: str) -> None:
        if len(self.found) < MOST_FAULTS:
            self.found.append(Fault(self.file, place, reason, remedy))
        else:
            self.more += 1

    def count(self) -> int:
        return len(self.found) + self.more

    def faults(self) -> tuple[Fault, ...]:
        if not self.more:
            return tuple(self.found)
        rest = Fault(self.file, "", f"has {self.more} more faults", "mend those above, then read it again")
        return (*self.found, rest)


def show(value: object) -> str:
    """A value as it may stand in a line for people: short, printable, never nested."""
    if isinstance(value, str):
        return ascii(value[:40]) if not value[:40].isprintable() else f'"{value[:40]}"'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else "a huge number"
    if isinstance(value, float):
        return repr(value)
    return "a list" if isinstance(value, list) else "an object"


def load(path: Path, report: Report) -> Object | None:
    """The object that a JSON file holds, or None with the reason reported."""
    try:
        if not path.is_file():
            report.fault("", "is not a file", "give the path of a GeoJSON file")
            return None
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        report.fault("", f"cannot be read ({reason or error})", "check its name and who may read it")
        return None
    if len(raw) > LARGEST_FILE:
        report.fault("", f"is larger than {LARGEST_FILE // 10**6} MB", "simplify its outlines")
        return None
    return _parsed(raw, report)


def _parsed(raw: bytes, report: Report) -> Object | None:
    twice: set[str] = set()

    def members(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs) and len(twice) < 10:
            keys = [key for key, _ in pairs]
            twice.update(sorted({key for key in keys[:100] if keys.count(key) > 1})[:10])
        return made

    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=members)
    except UnicodeDecodeError as error:
        report.fault(f"byte {error.start}", "is not UTF-8 text", "save the file as UTF-8")
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        report.fault(place, f"is not JSON ({error.msg})", "check commas, quotes and brackets there")
    except RecursionError:
        report.fault("", "is nested too deeply", "GeoJSON needs eight levels at most")
    except ValueError:
        report.fault("", "holds a number too long to read", "write numbers with at most 18 digits")
    else:
        for key in sorted(twice):
            report.fault("", f"gives the member {show(key)} twice in one object", "keep one of them")
        if isinstance(value, dict):
            return value
        report.fault("", f"is {show(value)}, not an object", 'start it with {"type": "FeatureCollection"')
    return None


@attrs.frozen
class Members:
    """The members of one object in the file, and where it stands; every method reports what is wrong."""

    report: Report
    place: str
    value: Object

    def fault(self, key: str, reason: str, remedy: str) -> None:
        self.report.fault(f"{self.place} {key}".strip(), reason, remedy)

    def text(self, key: str, *, must: bool = True, longest: int = 80) -> str:
        """A line of text; "" if it is missing or wrong."""
        value = self.value.get(key)
        if value is None and not must:
            return ""
        if value is None:
            self.fault(key, "is missing", "add it as text")
        elif not isinstance(value, str):
            self.fault(key, f"is {show(value)}, not text", "put it in quotes")
        elif must and not value.strip():
            self.fault(key, "is empty", "write at least one letter")
        elif len(value) > longest or not value.isprintable():
            self.fault(key, "is too long or holds control characters", f"write at most {longest} plain letters")
        else:
            return value
        return ""

    def choice(self, key: str, choices: Sequence[str], *, must: bool = True) -> str:
        value = self.text(key, must=must)
        if not value or value in choices:
            return value
        near = get_close_matches(value, choices, n=1)
        remedy = f'write "{near[0]}"' if near else "write one of: " + ", ".join(filter(None, choices))
        self.fault(key, f"is {show(value)}, which is unknown", remedy)
        return ""

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        """A whole number from low to high; None, and reported, if wrong, or if missing without a default."""
        value = self.value.get(key)
        if value is None and default is not None:
            return default
        remedy = f"write a whole number from {low} to {high}"
        if value is None:
            self.fault(key, "is missing", remedy)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(key, f"is {show(value)}, not a number", remedy)
        elif not low <= value <= high:
            self.fault(key, f"is {show(value)}", remedy)
        elif value != int(value):
            self.fault(key, f"is {show(value)}, not a whole number", remedy)
        else:
            return int(value)
        return None

    def flag(self, key: str, default: bool) -> bool:
        value = self.value.get(key)
        if isinstance(value, bool):
            return value
        if value in (0, 1) and isinstance(value, int):
            return bool(value)
        if value is not None:
            self.fault(key, f"is {show(value)}", "write true or false")
        return default

    def slips(self, known: Sequence[str]) -> None:
        """Report members spelled nearly like a known one; what else people keep here is theirs."""
        strange = [k for k, v in self.value.items() if k not in known and v is not None and len(k) <= 40]
        for key in strange[:50]:
            near = get_close_matches(key, known, n=1, cutoff=0.85)
            if near and key.isprintable():
                self.fault(key, "is an unknown member", f'did you mean "{near[0]}"?')


def position(value: object) -> Position | None:
    """(lon, lat) in degrees, or None if it is none on Earth; a height is ignored."""
    if not isinstance(value, list) or len(value) not in (2, 3):
        return None
    lon, lat = value[:2]
    for number, most in ((lon, 180), (lat, 90)):
        if isinstance(number, bool) or not isinstance(number, int | float) or not -most <= number <= most:
            return None
    return float(lon), float(lat)


def polygons(geometry: Object) -> tuple[tuple[Polygon, ...], str]:
    """The polygons of a Polygon or MultiPolygon and "", or nothing and what is wrong."""
    kind, found = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return (), f"is {show(kind)}, not a Polygon or MultiPolygon"
    out = []
    for rings in [found] if kind == "Polygon" else found if isinstance(found, list) else [None]:
        if not isinstance(rings, list) or not rings:
            return (), "has no rings"
        polygon = []
        for n, points in enumerate(rings):
            ring, wrong = _ring(points)
            if wrong:
                return (), f"ring {n} {wrong}"
            polygon.append(ring)
        out.append(tuple(polygon))
    return tuple(out), "" if out else "has no rings"


def _ring(points: object) -> tuple[Ring, str]:
    if not isinstance(points, list) or len(points) < 4:
        return (), "has fewer than four positions"
    ring = []
    for n, point in enumerate(points):
        at = position(point)
        if at is None:
            return (), f"position {n} is not [longitude, latitude] in degrees"
        ring.append(at)
    if ring[0] != ring[-1]:
        return (), "does not end where it starts"
    if abs(area(ring)) < 1e-6:
        return (), "encloses no area"
    return tuple(ring), ""


def area(ring: Sequence[Position]) -> float:
    """Square degrees, positive if counterclockwise."""
    doubled = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        doubled += x1 * y2 - x2 * y1
    return doubled / 2


def holds(polygon: Polygon, at: Position) -> bool:
    """Whether a position lies in a polygon and in none of its holes, by counting crossings to the east."""
    crossings = 0
    x, y = at
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def line_fault(geometry: Object) -> str:
    """What is wrong with a LineString or MultiLineString; "" if nothing."""
    kind, found = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("LineString", "MultiLineString"):
        return f"is {show(kind)}, not a LineString or MultiLineString"
    for line in [found] if kind == "LineString" else found if isinstance(found, list) and found else [None]:
        if not isinstance(line, list) or len(line) < 2:
            return "has a line of fewer than two positions"
        if any(position(point) is None for point in line):
            return "has a position that is not [longitude, latitude] in degrees"
    return ""
