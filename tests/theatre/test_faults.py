"""What the reader says of a theatre file that is wrong."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.io import geojson
from game.io.fault import Fault, PackFault
from game.io.theatre import read_outlines, read_theatre, theatre_faults
from tests.theatre.worlds import FIRST_WATCH, NORTHEAST

World = dict[str, Any]
Slip = Callable[[World], object]


@cache
def _original() -> World:
    found: World = json.loads(FIRST_WATCH.read_text(encoding="utf-8"))
    return found


def original() -> World:
    return copy.deepcopy(_original())


def feature(world: World, id: str) -> Any:
    return next(f for f in world["features"] if f["id"] == id)


def about(world: World, id: str) -> Any:
    return feature(world, id)["properties"]


def faults(path: Path, world: object) -> tuple[Fault, ...]:
    path.write_text(json.dumps(world), encoding="utf-8")
    return theatre_faults(path)


def put(id: str, key: str, value: object) -> Slip:
    return lambda world: about(world, id).update({key: value})


def shape(id: str, kind: str, coordinates: object) -> Slip:
    return lambda world: feature(world, id).update(geometry={"type": kind, "coordinates": coordinates})


def repeat(id: str) -> Slip:
    return lambda world: world["features"].append(copy.deepcopy(feature(world, id)))


def turned(world: World) -> None:
    back = copy.deepcopy(feature(world, "KPOH-KBUS:road"))
    back["properties"].update(id="KBUS-KPOH:road", a="KBUS", b="KPOH")
    world["features"].append(back)


def small_letters(world: World) -> None:
    about(world, "KSEJ-KBUS:road").update(a="ksej", id="ksej-KBUS:road")
    about(world, "KSEJ")["id"] = "ksej"


def airlift_at_sea(world: World) -> None:
    about(world, "SJW-SJE:sea").update(kind="airlift", id="SJW-SJE:airlift")


LINE = [[0, 0], [1, 0], [2, 0], [0, 0]]
OUTER = [[128, 33], [131, 33], [131, 36], [128, 36], [128, 33]]
HOLE = [[129, 34], [129, 35], [130, 35], [130, 34], [129, 34]]
OPEN = [[129, 34], [131, 34], [131, 36], [129, 36]]

SLIPS: dict[str, tuple[Slip, str, str, str]] = {
    "missing name": (lambda w: about(w, "JIWA").pop("name"), "JIWA name", "is missing", "add it"),
    "name a number": (put("JIWA", "name", 7), "JIWA name", "is 7, not text", "quotes"),
    "name with a line feed": (
        put("JIWA", "name", "a\nb"),
        "JIWA name", "control characters", "plain letters",
    ),
    "half a surrogate": (put("JIWA", "note", "\ud800"), "JIWA note", "control characters", "plain letters"),
    "unknown kind of place": (
        put("JIWA", "kind", "air base"),
        "JIWA kind", '"air base", which is unknown', 'write "airbase"',
    ),
    "unknown owner": (put("JIWA", "owner", "RU"), "JIWA owner", '"RU", which is unknown', "US, JP, KR"),
    "air above ten": (put("JIWA", "air", 11), "JIWA air", "is 11", "from 0 to 10"),
    "air not a number": (put("JIWA", "air", "9"), "JIWA air", 'is "9", not a number', "whole number"),
    "air true": (put("JIWA", "air", True), "JIWA air", "is true, not a number", "whole number"),
    "air a half": (put("JIWA", "air", 8.5), "JIWA air", "8.5, not a whole number", "whole number"),
    "air not a number at all": (put("JIWA", "air", float("nan")), "JIWA air", "is nan", "from 0 to 10"),
    "port infinite": (put("JIWA", "port", float("inf")), "JIWA port", "is inf", "from 0 to 10"),
    "port huge": (put("JIWA", "port", 10**400), "JIWA port", "a huge number", "from 0 to 10"),
    "air a list": (put("JIWA", "air", [[[]]]), "JIWA air", "is a list", "whole number"),
    "member misspelled": (put("JIWA", "owners", "JP"), "JIWA owners", "unknown member", 'mean "owner"'),
    "place off the Earth": (
        shape("JIWA", "Point", [132.2, 94.1]),
        "JIWA geometry", "not a Point on Earth", "[longitude",
    ),
    "place at NaN": (
        shape("JIWA", "Point", [float("nan"), 34]),
        "JIWA geometry", "not a Point on Earth", "[longitude",
    ),
    "place not a point": (
        shape("JIWA", "LineString", LINE),
        "JIWA geometry", "not a Point on Earth", "[longitude",
    ),
    "place without geometry": (
        lambda w: feature(w, "JIWA").update(geometry=None),
        "JIWA geometry", "not a Point", "Point",
    ),
    "geometry text": (
        lambda w: feature(w, "JIWA").update(geometry="x"),
        "JIWA geometry", 'is "x"', "GeoJSON geometry",
    ),
    "small letters in an id": (small_letters, "ksej id", 'is "ksej"', "capital letters"),
    "two of one id": (repeat("JIWA"), "JIWA id", 'is "JIWA", as is features[', "id of its own"),
    "two of one lane": (repeat("KPOH-KBUS:road"), "KPOH-KBUS:road id", "as is features[", "id of its own"),
    "lane both ways": (turned, "KPOH-KBUS:road", 'repeats "KBUS-KPOH:road"', "keep one"),
    "lane to nowhere": (
        put("KPOH-KBUS:road", "b", "KBSU"),
        "KPOH-KBUS:road b", '"KBSU", which is no place', "write the id",
    ),
    "negative km": (put("KPOH-KBUS:road", "km", -105), "KPOH-KBUS:road km", "is -105", "from 1 to"),
    "no km": (put("KPOH-KBUS:road", "km", None), "KPOH-KBUS:road km", "is missing", "from 1 to"),
    "km too short": (
        put("KPOH-KBUS:road", "km", 10),
        "KPOH-KBUS:road km", "less than the 105 km", "check the figure",
    ),
    "unknown kind of lane": (
        put("KPOH-KBUS:road", "kind", "rail"),
        "KPOH-KBUS:road kind", '"rail"', "sea, port, road",
    ),
    "air lane at sea": (
        airlift_at_sea,
        "SJW-SJE:airlift kind", "2 of its ends are sea zones", "airlift lane has 0",
    ),
    "lane to itself": (
        put("KPOH-KBUS:road", "b", "KPOH"),
        "KPOH-KBUS:road b", "where the lane starts", "join two places",
    ),
    "id that says otherwise": (put("KPOH-KBUS:road", "id", "A"), "A id", 'is "A"', 'write "KPOH-KBUS:road"'),
    "loss above all": (
        put("KPOH-KBUS:road", "loss_ppm", 10**6 + 1),
        "KPOH-KBUS:road loss_ppm", "1000001", "1000000",
    ),
    "cap below nothing": (
        put("KPOH-KBUS:road", "cap_per_day", -1),
        "KPOH-KBUS:road cap_per_day", "-1", "from 0",
    ),
    "supply not yes or no": (
        put("KPOH-KBUS:road", "supply", "no"),
        "KPOH-KBUS:road supply", '"no"', "true or false",
    ),
    "unknown owner rule": (put("JHAK-KBUS:ferry", "owner_rule", "x"), "owner_rule", '"x"', "allied_bridge"),
    "lane drawn as a point": (
        shape("KPOH-KBUS:road", "Point", [1, 1]),
        "KPOH-KBUS:road geometry", '"Point"', "null",
    ),
    "lane of one position": (
        shape("KPOH-KBUS:road", "LineString", [[1, 1]]),
        "geometry", "fewer than two", "null",
    ),
    "unknown depth": (put("TSU", "depth", "shalow"), "TSU depth", '"shalow"', 'write "shallow"'),
    "zone without size": (put("TSU", "area_kkm2", 0), "TSU area_kkm2", "is 0", "from 1 to"),
    "zone a point": (
        shape("TSU", "Point", [129.6, 34.6]),
        "TSU geometry", '"Point", not a Polygon', "closed outline",
    ),
    "zone without area": (
        shape("TSU", "Polygon", [LINE]),
        "TSU geometry", "encloses no area", "closed outline",
    ),
    "zone not closed": (
        shape("TSU", "Polygon", [OPEN]),
        "TSU geometry", "does not end where it starts", "closed",
    ),
    "zone of two positions": (
        shape("TSU", "Polygon", [OPEN[:2]]),
        "TSU geometry", "fewer than four", "closed",
    ),
    "zone with NaN": (
        shape("TSU", "Polygon", [[[float("nan"), 1], *OPEN]]),
        "TSU geometry", "position 0", "closed",
    ),
    "zone empty": (shape("TSU", "MultiPolygon", []), "TSU geometry", "has no rings", "closed outline"),
    "anchor elsewhere": (
        put("TSU", "anchor_lat", 44),
        "TSU anchor_lon, anchor_lat", "lie outside", "move the anchor",
    ),
    "anchor in a hole": (shape("TSU", "Polygon", [OUTER, HOLE]), "TSU anchor_lon, anchor_lat", "lie outside", "move"),
    "anchor missing": (
        put("TSU", "anchor_lon", None),
        "TSU anchor_lon, anchor_lat", "not a position", "degrees",
    ),
    "unknown layer": (put("JKYO", "layer", "places"), "JKYO layer", '"places"', 'write "place"'),
    "no title": (lambda w: w.pop("title"), "title", "is missing", "add it"),
    "not a collection": (lambda w: w.update(type="Feature"), "type", 'is "Feature"', "FeatureCollection"),
    "no features": (lambda w: w.update(features=[]), "features", "missing or empty", "list places"),
    "features an object": (lambda w: w.update(features={}), "features", "missing or empty", "list places"),
    "feature a number": (lambda w: w["features"].append(5), "features[33]", "is not a Feature", "write"),
    "feature without properties": (
        lambda w: w["features"].append({"type": "Feature", "geometry": None}),
        "features[33] properties",
        "are missing",
        "give it id",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_fault_with_its_place_reason_and_remedy(name: str, tmp_path: Path) -> None:
    slip, place, reason, remedy = SLIPS[name]
    world, path = original(), tmp_path / "theatre.geojson"
    slip(world)
    found = faults(path, world)
    assert len(found) == 1, found
    assert found[0].file == str(path)
    assert found[0].place.endswith(place) or found[0].place == place
    assert reason in found[0].reason
    assert remedy in found[0].remedy
    assert "\n" not in str(found[0]) and str(path) in str(found[0])
    with pytest.raises(PackFault) as raised:
        read_theatre(path)
    assert raised.value.faults == found


def test_a_place_names_the_feature_by_number_and_id(tmp_path: Path) -> None:
    world = original()
    n = next(n for n, f in enumerate(world["features"]) if f["id"] == "JIWA")
    put("JIWA", "air", 99)(world)
    (fault,) = faults(tmp_path / "t", world)
    assert fault.place == f"features[{n}] JIWA air"


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    world = original()
    slips = ("no title", "unknown owner", "unknown depth", "loss above all", "anchor elsewhere", "lane to nowhere")
    for name in slips:
        SLIPS[name][0](world)
    put("JIWA", "air", -1)(world)
    found = faults(tmp_path / "t", world)
    expected = ["JIWA air", *(SLIPS[name][1] for name in slips)]
    assert sorted(f.place.split("] ")[-1] for f in found) == sorted(expected)


def test_a_faulty_place_does_not_make_its_lanes_faulty(tmp_path: Path) -> None:
    world = original()
    put("KBUS", "air", 99)(world)
    assert len(faults(tmp_path / "t", world)) == 1


RAW: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is not JSON"),
    "not JSON": (b'{"type": ', "is not JSON"),
    "cut off": (FIRST_WATCH.read_bytes()[:9000], "is not JSON"),
    "not UTF-8": (b'{"name": "\xff"}', "is not UTF-8"),
    "binary": (bytes(range(256)), "is not UTF-8"),
    "nested lists": (b"[" * 200_000, "nested too deeply"),
    "nested objects": (b'{"a":' * 200_000, "nested too deeply"),
    "a list": (b"[]", "is a list, not an object"),
    "a number": (b"5", "is 5, not an object"),
    "NaN": (b"NaN", "is nan, not an object"),
    "a very long number": (b'{"a": ' + b"9" * 10_000 + b"}", "too long to read"),
    "a member twice": (b'{"type": "FeatureCollection", "name": "a", "name": "b"}', 'the member "name" twice'),
}


@pytest.mark.parametrize("name", RAW)
def test_files_that_are_no_geojson(name: str, tmp_path: Path) -> None:
    raw, reason = RAW[name]
    path = tmp_path / "theatre.geojson"
    path.write_bytes(raw)
    found = theatre_faults(path)
    assert found and reason in found[0].reason and found[0].remedy
    for read in (read_theatre, read_outlines):
        with pytest.raises(PackFault, match=r"theatre\.geojson: "):
            read(path)


def test_a_file_too_large_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "LARGEST_FILE", 1_000_000)
    path = tmp_path / "theatre.geojson"
    path.write_bytes(b" " * 1_000_001)
    (fault,) = theatre_faults(path)
    assert fault.reason == "is larger than 1 MB"
    path.write_bytes(FIRST_WATCH.read_bytes())
    assert theatre_faults(path) == ()


def test_no_file_a_folder_and_an_impossible_path(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("a\0b")):
        (fault,) = theatre_faults(path)
        assert fault.reason == "is not a file" and fault.remedy


def test_faults_without_end_are_counted_not_listed(tmp_path: Path) -> None:
    world = {"type": "FeatureCollection", "name": "x", "title": "x", "features": [1] * 2000}
    found = faults(tmp_path / "t", world)
    assert len(found) == geojson.MOST_FAULTS + 1
    assert found[-1].reason == "has 1500 more faults"


def test_what_gis_tools_do_to_a_file_is_no_fault(tmp_path: Path) -> None:
    """Whole numbers as 30.0, nulls for members of other layers, members of their own, heights, a byte order mark."""
    world = original()
    members = {key for f in world["features"] for key in f["properties"]}
    for n, f in enumerate(world["features"]):
        f["properties"] = {key: f["properties"].get(key) for key in members} | {"fid": n, "path": "x", "remark": {}}
        for key, value in f["properties"].items():
            if type(value) is int:
                f["properties"][key] = float(value)
        if f["geometry"]["type"] == "Point":
            f["geometry"]["coordinates"].append(0.0)
    world["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    path = tmp_path / "theatre.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(world, indent=1).encode())
    assert theatre_faults(path) == ()
    again, before = read_theatre(path), read_theatre(FIRST_WATCH)
    assert [repr(s) for s in again.sites.values()] == [repr(s) for s in before.sites.values()]
    assert [repr(x) for x in again.lanes.values()] == [repr(x) for x in before.lanes.values()]


def test_features_may_stand_in_any_order(tmp_path: Path) -> None:
    world = original()
    world["features"].reverse()
    path = tmp_path / "t"
    assert faults(path, world) == ()
    assert repr(list(read_theatre(path).lanes.values())) == repr(list(read_theatre(FIRST_WATCH).lanes.values()))


@pytest.mark.parametrize("path", [NORTHEAST, FIRST_WATCH], ids=lambda p: p.parent.name)
def test_the_shipped_files_have_no_fault(path: Path) -> None:
    assert theatre_faults(path) == ()


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from([10**400, -1, 1e308]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def spots(value: Any) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(min(len(value), 6)) if isinstance(value, list) else []
    return [spot for key in keys for spot in ((value, key), *spots(value[key]))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_odd_values_anywhere_never_end_in_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    world = original()
    world["features"] = [feature(world, id) for id in ("KBUS", "KPOH", "TSU", "KPOH-KBUS:road", "KBUS-TSU:port")]
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(spots(world)))
        holder[key] = data.draw(ODD)
    path = tmp_path / "theatre.geojson"
    found = faults(path, world)
    assert all(f.reason and f.remedy and str(f).isprintable() for f in found)
    if found:
        with pytest.raises(PackFault):
            read_theatre(path)
    else:
        assert read_theatre(path).sites


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.integers(0, 17_000))
def test_damaged_bytes_never_end_in_a_traceback(tmp_path: Path, noise: bytes, at: int) -> None:
    raw = FIRST_WATCH.read_bytes()
    path = tmp_path / "theatre.geojson"
    path.write_bytes(raw[:at] + noise + raw[at + len(noise) :])
    for fault in theatre_faults(path):
        assert fault.file == str(path) and fault.reason and fault.remedy
