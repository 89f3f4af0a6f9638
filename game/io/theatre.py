"""Theatre files: GeoJSON that people edit in GIS tools (maps/README.md says what it holds)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from game.core.ids import SEATS, PlaceId
from game.core.theatre import DEPTHS, LANE_KINDS, OWNER_RULES, PLACE_KINDS, ZONE_KINDS, Lane, Site, Theatre
from game.io.fault import Fault, PackFault
from game.io.geojson import Members, Object, Polygon, Report, holds, line_fault, load, polygons, position, show

ID = re.compile(r"[A-Z][A-Z0-9]{1,7}")
FARTHEST_KM = 20_100
#: How many of a lane's two ends are sea zones, by kind.
SEA_ENDS = {"sea": 2, "port": 1, "road": 0, "ferry": 0, "airlift": 0}
COMMON = ("layer", "id", "name", "kind", "note", "basis", "source")
KNOWN = {
    "place": (*COMMON, "owner", "air", "port", "inset"),
    "zone": (*COMMON, "depth", "area_kkm2", "choke_km", "anchor_lon", "anchor_lat"),
    "lane": (*COMMON, "a", "b", "km", "cap_per_day", "loss_ppm", "closed", "supply", "owner_rule"),
}


@attrs.define
class _Reading:
    """What a file gave so far; `claimed` holds where each id was first met, sound or not."""

    report: Report
    sites: dict[str, Site] = attrs.field(factory=dict)
    lanes: dict[str, Lane] = attrs.field(factory=dict)
    outlines: dict[PlaceId, tuple[Polygon, ...]] = attrs.field(factory=dict)
    claimed: dict[str, str] = attrs.field(factory=dict)


def read_theatre(path: Path) -> Theatre:
    """The theatre of a GeoJSON file. Raises PackFault with everything that is wrong with it."""
    theatre, reading = _read(path)
    if theatre is None:
        raise PackFault(reading.report.faults())
    return theatre


def theatre_faults(path: Path) -> tuple[Fault, ...]:
    """Everything that is wrong with a theatre file; empty if it can be read. Raises nothing."""
    return _read(path)[1].report.faults()


def read_outlines(path: Path) -> Mapping[PlaceId, tuple[Polygon, ...]]:
    """The polygons of every sea zone by id, in degrees (lon, lat). Raises PackFault as read_theatre does."""
    theatre, reading = _read(path)
    if theatre is None:
        raise PackFault(reading.report.faults())
    return {id: reading.outlines[id] for id in sorted(reading.outlines)}


def _read(path: Path) -> tuple[Theatre | None, _Reading]:
    reading = _Reading(Report(str(path)))
    top = load(Path(path), reading.report)
    if top is None:
        return None, reading
    head = Members(reading.report, "", top)
    if top.get("type") != "FeatureCollection":
        head.fault("type", f"is {show(top.get('type'))}", 'write "FeatureCollection"')
    name, title = head.text("name"), head.text("title")
    features = top.get("features")
    if not isinstance(features, list) or not features:
        head.fault("features", "is missing or empty", "list places, zones and lanes there")
        return None, reading
    _sites_and_lanes(reading, features)
    if not reading.sites and not reading.report.found:
        head.fault("features", "hold no place", "add at least one feature of layer place or zone")
    if reading.report.found:
        return None, reading
    return Theatre(name, title, reading.sites, reading.lanes), reading


def _sites_and_lanes(reading: _Reading, features: list[object]) -> None:
    """Sites first, so that a lane may stand anywhere in the file."""
    lanes = []
    for n, feature in enumerate(features):
        found = _feature(reading, n, feature)
        if found is None:
            continue
        layer, members, geometry = found
        members.slips(KNOWN[layer])
        if layer == "lane":
            lanes.append((members, geometry))
        elif site := _site(reading, layer, members, geometry):
            reading.sites[site.id] = site
    for members, geometry in lanes:
        if lane := _lane(reading, members, geometry):
            reading.lanes[lane.id] = lane
    _twins(reading)
    _too_short(reading)


def _feature(reading: _Reading, n: int, feature: object) -> tuple[str, Members, Object | None] | None:
    """Layer, properties and geometry (None if null) of features[n]."""
    report, place = reading.report, f"features[{n}]"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        report.fault(place, "is not a Feature", 'write {"type": "Feature", ...}')
        return None
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict):
        report.fault(f"{place} properties", "are missing", "give it id, layer and kind at least")
        return None
    id = properties.get("id")
    if isinstance(id, str) and id.isprintable():
        place = f"{place} {id[:30]}".strip()
    members = Members(report, place, properties)
    layer = members.choice("layer", tuple(KNOWN))
    shaped = geometry is None or isinstance(geometry, dict)
    if not shaped:
        members.fault("geometry", f"is {show(geometry)}", "write a GeoJSON geometry")
    if layer and shaped:
        return layer, members, geometry
    if isinstance(id, str):  # its lanes are not at fault as well
        reading.claimed.setdefault(id, place)
    return None


def _claim(reading: _Reading, members: Members, id: str) -> bool:
    first = reading.claimed.setdefault(id, members.place)
    if first != members.place:
        members.fault("id", f'is "{id}", as is {first}', "give each feature an id of its own")
    return first == members.place


def _site(reading: _Reading, layer: str, members: Members, geometry: Object | None) -> Site | None:
    id = members.text("id")
    if id and not ID.fullmatch(id):
        members.fault("id", f"is {show(id)}", "write two to eight capital letters or digits, a letter first")
    fresh = bool(id) and _claim(reading, members, id)
    before = reading.report.count()
    name, note = members.text("name"), members.text("note", must=False, longest=400)
    blank, shape = Site(id, name, "", "", 0, 0, note=note), geometry or {}
    site = _zone(reading, members, shape, blank) if layer == "zone" else _place(members, shape, blank)
    return site if fresh and reading.report.count() == before else None


def _place(members: Members, geometry: Object, site: Site) -> Site | None:
    kind, owner = members.choice("kind", PLACE_KINDS), members.choice("owner", SEATS)
    air, port = members.whole("air", 0, 10), members.whole("port", 0, 10)
    at = position(geometry.get("coordinates")) if geometry.get("type") == "Point" else None
    if at is None:
        members.fault("geometry", "is not a Point on Earth", "write a Point: [longitude, latitude] in degrees")
    inset = members.flag("inset", False)
    if at is None or air is None or port is None:
        return None
    lon, lat = (round(degrees * 1000) for degrees in at)
    return attrs.evolve(site, kind=kind, owner=owner, air=air, port=port, lat_e3=lat, lon_e3=lon, inset=inset)


def _zone(reading: _Reading, members: Members, geometry: Object, site: Site) -> Site | None:
    kind, depth = members.choice("kind", ZONE_KINDS), members.choice("depth", DEPTHS)
    area, choke = members.whole("area_kkm2", 1, 400_000), members.whole("choke_km", 0, 20_000, default=0)
    outline, wrong = polygons(geometry)
    if wrong:
        members.fault("geometry", wrong, "draw a closed outline")
    at = position([members.value.get("anchor_lon"), members.value.get("anchor_lat")])
    if at is None:
        members.fault("anchor_lon, anchor_lat", "are not a position on Earth", "write both in degrees")
    elif outline and not any(holds(polygon, at) for polygon in outline):
        members.fault("anchor_lon, anchor_lat", "lie outside the zone's outline", "move the anchor into the zone")
    if at is None or area is None or choke is None:
        return None
    reading.outlines[site.id] = outline
    lon, lat = (round(degrees * 1000) for degrees in at)
    return attrs.evolve(
        site, kind=kind, depth=depth, area_kkm2=area, choke_km=choke, lat_e3=lat, lon_e3=lon, sea=True
    )


def _lane(reading: _Reading, members: Members, geometry: Object | None) -> Lane | None:
    id, a, b = members.text("id"), members.text("a"), members.text("b")
    kind = members.choice("kind", LANE_KINDS)
    known = [_end(reading, members, key, end) for key, end in (("a", a), ("b", b)) if end]
    if a and a == b:
        members.fault("b", f'is "{b}", where the lane starts', "join two places")
    elif kind and len(known) == 2 and a in reading.claimed and b in reading.claimed:
        if id and id != f"{a}-{b}:{kind}":
            members.fault("id", f"is {show(id)}", f'write "{a}-{b}:{kind}"')
        ends = [reading.sites[end].sea for end in (a, b) if end in reading.sites]
        if len(ends) == 2 and sum(ends) != SEA_ENDS[kind]:
            reason = f'is "{kind}", but {sum(ends)} of its ends are sea zones'
            members.fault("kind", reason, f"a {kind} lane has {SEA_ENDS[kind]}: mend the kind or an end")
    if geometry is not None and (wrong := line_fault(geometry)):
        members.fault("geometry", wrong, "draw a line, or write null")
    fresh = bool(id) and _claim(reading, members, id)
    km = members.whole("km", 1, FARTHEST_KM)
    no_cap = members.value.get("cap_per_day") is None
    cap = None if no_cap else members.whole("cap_per_day", 0, 10**9)
    loss = members.whole("loss_ppm", 0, 10**6, default=0)
    supply, closed = members.flag("supply", True), members.flag("closed", False)
    rule = members.choice("owner_rule", OWNER_RULES, must=False)
    if not fresh or not all(known) or a == b or km is None or loss is None:
        return None
    return Lane(id, a, b, kind, km, cap, loss, supply, rule, closed)


def _end(reading: _Reading, members: Members, key: str, id: str) -> bool:
    if id not in reading.claimed:
        members.fault(key, f"is {show(id)}, which is no place or zone of this file", "write the id of one")
    return id in reading.sites


def _twins(reading: _Reading) -> None:
    """A lane goes both ways: A-B and B-A of one kind would be counted twice."""
    for lane in reading.lanes.values():
        back = f"{lane.b}-{lane.a}:{lane.kind}"
        if lane.a < lane.b and back in reading.lanes:
            where = reading.claimed[back]
            reading.report.fault(where, f'repeats "{lane.id}" the other way round', "keep one of the two")


def _too_short(reading: _Reading) -> None:
    """No lane is much shorter than the great circle between its ends; a tenth is left for rounding and area nodes."""
    lanes: Iterable[Lane] = [x for x in reading.lanes.values() if x.a in reading.sites and x.b in reading.sites]
    straight = Theatre("", "", reading.sites, {})
    for lane in lanes:
        least = straight.km(lane.a, lane.b)
        if lane.km * 10 < least * 9 - 10:
            reason = f"is {lane.km}, less than the {least} km of a straight line"
            reading.report.fault(
                f"{reading.claimed[lane.id]} km", reason, "check the figure, or the place's position"
            )
