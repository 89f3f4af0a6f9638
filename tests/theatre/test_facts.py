"""The shipped files against facts A1 to A3."""

import csv
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from game.core.theatre import Theatre
from game.io.theatre import read_theatre
from tests.theatre.worlds import FIRST_WATCH, HERE, MAPS, NORTHEAST, northeast

TABLES = MAPS / "tools" / "northeast_asia"
KOREAN_FRONT = {"FWES-PTAC:road", "FCEN-PTAC:road", "FCEN-PWON:road", "FEAS-PWON:road"}


def a3() -> dict[tuple[str, str, str], int]:
    """The lanes of facts A3 as printed there (facts_a3.txt): the ferry stands in its list of airlift lanes."""
    found = {}
    for block in (HERE / "facts_a3.txt").read_text(encoding="utf-8").split("\n\n"):
        kind, _, rows = block.partition(":\n")
        for row in rows.replace("\n", " ").strip(" ;").split(";"):
            match = re.fullmatch(r"\s*([A-Z0-9]+)-([A-Z0-9]+) (\d+)\s*", row)
            assert match, row
            a, b, km = match.groups()
            found[a, b, "ferry" if (a, b) == ("JHAK", "KBUS") else kind] = int(km)
    return found


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_counts() -> None:
    theatre = northeast()
    assert Counter(site.sea for site in theatre.sites.values()) == {False: 61, True: 23}
    kinds = Counter(lane.kind for lane in theatre.lanes.values())
    assert kinds == {"sea": 41, "port": 65, "road": 60, "airlift": 20, "ferry": 1}
    assert Counter(s.owner for s in theatre.sites.values() if not s.sea) == {
        "JP": 16, "KR": 15, "TW": 10, "CN": 10, "KP": 8, "US": 2
    }  # fmt: skip


def test_every_lane_of_a3_and_no_other() -> None:
    assert {(x.a, x.b, x.kind): x.km for x in northeast().lanes.values()} == a3()


def test_lanes_are_great_circles() -> None:
    theatre = northeast()
    far = {id: theatre.km(x.a, x.b) for id, x in theatre.lanes.items() if abs(theatre.km(x.a, x.b) - x.km) > 1}
    assert far == {}


def test_caps_front_and_bridge() -> None:
    lanes = northeast().lanes
    caps = {
        kind: {x.cap for x in lanes.values() if x.kind == kind}
        for kind in ("road", "ferry", "sea", "port", "airlift")
    }
    assert caps == {"road": {429}, "ferry": {286}, "sea": {None}, "port": {None}, "airlift": {None}}
    assert {id for id, x in lanes.items() if not x.supply} == KOREAN_FRONT
    assert {id for id, x in lanes.items() if x.owner_rule} == {"JHAK-KBUS:ferry"}
    assert lanes["JHAK-KBUS:ferry"].km == 208


@pytest.mark.parametrize("row", table("places"), ids=lambda row: row["id"])
def test_places_of_a1(row: dict[str, str]) -> None:
    site = northeast().sites[row["id"]]
    assert (site.name, site.kind, site.owner, site.note) == (row["name"], row["kind"], row["owner"], row["note"])
    assert (site.air, site.port) == (int(row["air"]), int(row["port"]))
    assert (f"{site.lat_e3 / 1000:.3f}", f"{site.lon_e3 / 1000:.3f}") == (row["lat"], row["lon"])
    assert site.inset == (site.id == "HHAW")


@pytest.mark.parametrize("row", table("zones"), ids=lambda row: row["id"])
def test_zones_of_a2(row: dict[str, str]) -> None:
    site = northeast().sites[row["id"]]
    assert (site.name, site.kind, site.depth, site.note) == (row["name"], row["kind"], row["depth"], row["note"])
    assert (site.area_kkm2, site.choke_km) == (int(row["area_kkm2"]), int(row["choke_km"] or 0))
    assert (site.lat_e3 / 1000, site.lon_e3 / 1000) == (float(row["lat"]), float(row["lon"]))
    assert (site.sea, site.owner) == (True, "")


def test_both_names_of_what_is_disputed() -> None:
    sites = northeast().sites
    assert sites["SJW"].name.startswith("Sea of Japan (East Sea)")
    assert "Dokdo, Takeshima" in sites["SJW"].note
    assert "Senkaku" in sites["ECS"].note and "Diaoyu" in sites["ECS"].note


def test_first_watch_is_part_of_the_whole() -> None:
    small, whole = read_theatre(FIRST_WATCH), northeast()
    assert set(small.sites) == {
        "JIWA", "JSAS", "JHAK", "JKYO", "JMAI", "KBUS", "KPOH", "KSEJ", "PWON", "PSIN", "TSU", "SJW", "SJE"
    }  # fmt: skip
    inside = {id for id, x in whole.lanes.items() if x.a in small.sites and x.b in small.sites}
    assert set(small.lanes) == inside
    assert {id: x.km for id, x in small.lanes.items()} == {id: whole.lanes[id].km for id in inside}
    assert _joined(small)


def _joined(theatre: Theatre) -> bool:
    first = next(iter(theatre.sites))
    return all(theatre.route(first, id) for id in theatre.sites)


def test_the_whole_map_hangs_together() -> None:
    assert _joined(northeast())


def _collection(path: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", [NORTHEAST, FIRST_WATCH], ids=lambda p: p.parent.name)
def test_one_feature_a_line_each_naming_its_source(path: Any) -> None:
    collection = _collection(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    features = [line for line in lines if line.startswith('{"type":"Feature"')]
    assert len(features) == len(collection["features"])
    for feature in collection["features"]:
        assert re.fullmatch(r"facts A[123]", feature["properties"]["source"])
        assert feature["properties"]["basis"]
    assert collection["projection"] == {"name": "lcc", "lon0": 128, "lat0": 27, "lat1": 18, "lat2": 40}
    assert collection["title"] and collection["sources"] and collection["license"]


def test_lines_run_from_place_to_place_and_break_at_the_date_line() -> None:
    at = {id: [s.lon_e3 / 1000, s.lat_e3 / 1000] for id, s in northeast().sites.items()}
    broken = set()
    for feature in _collection(NORTHEAST)["features"]:
        about, shape = feature["properties"], feature["geometry"]
        if about["layer"] != "lane":
            continue
        parts = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        assert (parts[0][0], parts[-1][-1]) == (at[about["a"]], at[about["b"]])
        assert all(abs(p[0] - q[0]) <= 180 for part in parts for p, q in pairwise(part))
        if len(parts) == 2:
            broken.add(about["id"])
            (lon1, lat1), (lon2, lat2) = parts[0][-1], parts[1][0]
            assert (lon1, lon2) in ((-180, 180), (180, -180)) and lat1 == lat2
            assert min(at[about["a"]][1], at[about["b"]][1]) - 5 < lat1 < 40
    assert broken == {"HHAW-WPA:port", "HHAW-JYTA:airlift", "HHAW-GGUA:airlift"}
