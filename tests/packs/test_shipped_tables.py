"""A hand that slips in any table of a shipped scenario is told one clear line: file, key, reason, remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.core.rulebook import Rulebook
from game.io.library import MAPS
from game.io.scenario import check
from rules import SEQUENCE

BOOK = Rulebook(SEQUENCE)
WEEK, LANES, BRIDGE, ONE_SKY = (
    "northeast_asia/week_one.toml",
    "northeast_asia/sea_lane_lottery.toml",
    "the_bridge/the_bridge.toml",
    "northeast_asia/one_sky.toml",
)

#: file, what stands there, what a hand slipped to, and then: key, words of the reason, words of the remedy.
SLIPS = [
    (WEEK, 'track = "sensing"', 'track = "sensng"', "test.track", "no such track", "mean sensing?"),
    (WEEK, '"rounds", "sea"]', '"rounds"]', "test.gain", "sea is neither gain nor price", "one of them"),
    (
        ONE_SKY,
        'seats = ["JP", "KR"]\ngain',
        'seats = ["JP", "KR", "US"]\ngain',
        "test.seats",
        "pair scores the choice",
        "leave out",
    ),
    (WEEK, "levels = [3, 4]", "levels = [4, 3]", "test.levels", "no two levels", "lower one first"),
    (WEEK, "{ JP = 40,", "{ JPN = 40,", "tables.logistics.sealift.value.JPN", "no such nation", "mean JP?"),
    (WEEK, "{ JP = 40,", '{ JP = "40",', "tables.logistics.sealift.value.JP", "is a text", "whole number"),
    (WEEK, "{ JP = 40,", "{ JP = -40,", "tables.logistics.sealift.value.JP", "out of range", "from 0"),
    (WEEK, '"JTOK", amount = 50', '"JTOK", amount = 5.5', "tables.logistics.sources[2].amount", "fraction", "whole"),
    (
        WEEK,
        '"JTOK", goods = "pac3"',
        '"JTOK", goods = "pac2"',
        "tables.logistics.sources[16].goods",
        "goods",
        "pac3?",
    ),
    (WEEK, '["JSAS"], unit', '["JSOS"], unit', "tables.logistics.bridgeheads.value[0]", "no such place", "JSAS?"),
    (WEEK, "{ ship = 30", "{ shipp = 30", "tables.logistics.use.value.shipp", "no such domain", "mean ship?"),
    (WEEK, "{ CN = 1 }", '{ CN = "one" }', "tables.intelligence.cyber.value.CN", "is a text", "whole number"),
    (WEEK, '"BAS", "PSN"', '"BAX", "PSN"', "tables.patrols.routes.value[0].zones[1]", "no such zone", "BAS?"),
    (
        WEEK,
        '"japan_south", nation = "JP"',
        '"japan_south", nation = "XX"',
        "tables.patrols.routes.value[0].nation",
        "XX",
        "CN, JP",
    ),
    (
        WEEK,
        '"japan_east", nation',
        '"japan_south", nation',
        "tables.patrols.routes.value[1].id",
        "'japan_south' stands there twice",
        "a name of its own",
    ),
    (
        WEEK,
        '"japan_east", nation',
        '"east\\u0007", nation',
        "tables.patrols.routes.value[1].id",
        "no id",
        "begin with a letter",
    ),
    (WEEK, 'counter = "U09b"', 'counter = "U99b"', "tables.movement.pool[0].counter", "no such counter", "U09b?"),
    (
        WEEK,
        '["KOSA", "KKUN", "KCHE", "THUN"',
        '["KOSX", "KKUN", "KCHE", "THUN"',
        "tables.missile_defense.sheltered.value[0]",
        "no such place",
        "KOSA?",
    ),
    (
        WEEK,
        '"sensing", "logistics", "patrols"',
        '"sensing", "logistix", "patrols"',
        "tables.politics.tracks.value[1]",
        "no such track",
        "logistics?",
    ),
    (
        WEEK,
        "{ planning = { KR",
        "{ planing = { KR",
        "tables.politics.steps.value.planing",
        "no such track",
        "planning?",
    ),
    (WEEK, '"cheongung2"\namount', '"cheongun2"\namount', "stocks[48].commodity", "no such goods", "cheongung2?"),
    (
        WEEK,
        "launch_km = 850",
        "launch_km = true",
        "tables.sensors.radars[5].launch_km",
        "true or false",
        "whole number",
    ),
    (LANES, 'unit = "ships a turn", ', "", "tables.patrols.routes.unit", "is missing", "add it"),
    (LANES, "{ SSN = 500000", "{ SSNN = 500000", "tables.patrols.quiet.value.SSNN", "no such symbol", "mean SSN?"),
    (LANES, "belief = 30000", "belief = 3000000", "tables.patrols.routes.value[0].belief", "out of range", "1000000"),
    (BRIDGE, '"HHAW", amount', '"HHAX", amount', "tables.logistics.sources[0].place", "no such place", "HHAW?"),
    (
        BRIDGE,
        'value = ["KBUS", "JHAK"',
        'value = ["KBUZ", "JHAK"',
        "tables.missile_defense.targets.value[0]",
        "KBUZ",
        "KBUS?",
    ),
    (
        BRIDGE,
        'value = ["JYOK", "JSAS"',
        'value = [["JYOK"], "JSAS"',
        "tables.logistics.reload_ports.value[0]",
        "is a list",
        "in quotes",
    ),
    (BRIDGE, '["US.FCEN.front"]', '["US.FCEN.frnt"]', "seats.US.lines[0].subjects[0]", "no such subject", "front?"),
]


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("slips") / "maps"
    shutil.copytree(MAPS, root, ignore=shutil.ignore_patterns("tools", "*.webp", "*.py", "__pycache__"))
    return root


@pytest.mark.parametrize(("file", "old", "new", "key", "reason", "remedy"), SLIPS, ids=[s[3] for s in SLIPS])
def test_a_slip_is_one_line_with_key_reason_and_remedy(
    maps: Path, file: str, old: str, new: str, key: str, reason: str, remedy: str
) -> None:
    path = maps / file
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    try:
        (fault,) = check(path, BOOK)
    finally:
        path.write_text(whole, encoding="utf-8")
    assert (fault.file, fault.place) == (path.name, key)
    assert reason in fault.reason and remedy in fault.remedy


def test_a_key_misspelt_names_the_right_one(maps: Path) -> None:
    path = maps / WEEK
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("launch_km = 850", "launch = 850", 1), encoding="utf-8")
    try:
        found = {(f.place, f.remedy) for f in check(path, BOOK)}
    finally:
        path.write_text(whole, encoding="utf-8")
    row = "tables.sensors.radars[5]"
    assert found == {(f"{row}.launch_km", "add it"), (f"{row}.launch", "did you mean launch_km?")}
