"""The order of battle against facts B2, counter by counter and number by number; missiles against C1.3 and A3."""

import re
import tomllib
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest

from tests.packs.b2_notation import read, rows

PACK = Path(__file__).parents[2] / "maps" / "northeast_asia"
FORCES_TEXT = (PACK / "forces.toml").read_text(encoding="utf-8")
FORCES: dict[str, dict[str, Any]] = tomllib.loads(FORCES_TEXT)
MUNITIONS_TEXT = (PACK / "munitions.toml").read_text(encoding="utf-8")
MUNITIONS: dict[str, dict[str, Any]] = tomllib.loads(MUNITIONS_TEXT)
FACTS = rows("b2.csv")
PLACES = rows("a1.csv")

OWNERS = {"J": "JP", "K": "KR", "U": "US", "T": "TW", "C": "CN", "P": "KP"}
DOMAINS = {"ship", "submarine", "air", "battery", "missile", "ground", "support", "grey"}
BASES = {"V", "V2", "G", "D", "X"}
SYMBOLS = """CV LHD LPD LST DDG_BMD DDG_LRST DDG FFG PC SAG MCM ML CGS MIL MER TNK AOE SSN SSK SSB FTR FB BMR TKR
AEW MPA LIFT UAV AMD ADM MD SSM ART MRL INF MEC ARM AMP MAR AAS SOF RAD SUP MINE AB PORT MB EP"""
CLASSES = {"LOW", "MID", "HIGH", "PREC", "ASBM", "CM", "HGV"}
# What facts B2 does not give and the game needs: always a design value.
ADDED = {"antiship_hit", "intercept_kill", "footprint", "sensor_range", "launch_range"}
ADDED_TO = {
    "J13": "channels",
    "T02": "hulls",
    "P05": "tubes",
    "U09": "inventory",
    "C08": "antiship",
    **dict.fromkeys(["J15", "J16", "U18", "C16", "C20", "C21"], "hits_to_kill"),
}
# Rows whose basis column marks some other number than the strength: that figure, "" where it is no figure.
MARKS_ANOTHER = {
    **dict.fromkeys(["K10", "K11", "U14"], "magazine"),
    **dict.fromkeys(["C03", "C08", "U09"], "inventory"),
    **dict.fromkeys(["C05", "C06"], "air_quality"),
    "P01": "reliability_low",
    "P05": "tubes",
    **dict.fromkeys(["U13", "T01", "C02", "C04"], ""),
}


def header(text: str) -> list[list[str]]:
    """The rows of the key tables in a file's opening comment, cells stripped."""
    opening = text[: text.index("\n[")]
    return [[cell.strip() for cell in line[2:].split("|")] for line in opening.splitlines() if " | " in line]


def basis_mark(id_: str) -> str:
    """The leading mark of a row's basis column; "as J01" means that row's."""
    text = FACTS[id_]["basis"]
    if text.startswith("as "):
        return basis_mark(text[3:])
    mark = re.match(r"V2|V|G|D|X", text)
    assert mark, text
    return mark[0]


def test_every_counter_of_the_facts_in_their_order() -> None:
    assert len(FACTS) == 90
    assert list(FORCES) == list(FACTS)


@pytest.mark.parametrize("id_", FACTS)
def test_the_row(id_: str) -> None:
    row, counter = FACTS[id_], FORCES[id_]
    parts = f" ({counter['made_of']})" if "made_of" in counter else ""
    assert counter["name"] + parts == row["name"]
    assert counter["owner"] == OWNERS[id_[0]]
    assert counter["symbol"] == row["symbol"]
    assert counter["base"] == row["base"]
    assert counter["steps"] == int(row["steps"])
    assert counter["domain"] in DOMAINS
    assert counter["step"]
    assert row["symbol"] in SYMBOLS.split()
    assert row["base"] in PLACES


@pytest.mark.parametrize("id_", FACTS)
def test_every_number_of_the_stats(id_: str) -> None:
    stats, counter = read(FACTS[id_]["stats"]), FORCES[id_]
    figures = {key: figure["value"] for key, figure in counter["figures"].items()}
    added = ADDED | {ADDED_TO.get(id_, "")}
    assert not stats.figures.keys() & added
    assert {key: value for key, value in figures.items() if key not in added} == stats.figures
    outside = {"from_year", "arrives_turn", "reload_at", "needs_port"}
    assert {key: counter[key] for key in outside & counter.keys()} == stats.keys
    for words in stats.words:
        assert words in counter["note"]


@pytest.mark.parametrize("id_", FACTS)
def test_layer_and_class_words(id_: str) -> None:
    marks, counter = read(FACTS[id_]["stats"]).marks, FORCES[id_]
    system = MUNITIONS[counter["system"]] if "system" in counter else {}
    layers = [{"UP": "upper", "LO": "lower"}[mark] for mark in marks if mark in {"UP", "LO"}]
    if counter["figures"].get("exo_rounds", {"value": 0})["value"]:
        layers.append("upper")
    assert layers == ([system["layer"]] if system else [])
    classes = {"MID-HIGH": "MID", "ALCM": "CM"}
    for mark in (mark for mark in marks if mark not in {"UP", "LO"}):
        shares = MUNITIONS[counter["missile"]]["shares"]
        assert max(shares, key=lambda name: shares[name]["value"]) == classes.get(mark, mark)
    assert "missile" in counter or "salvo" not in counter["figures"]


@pytest.mark.parametrize("id_", FACTS)
def test_basis_and_note(id_: str) -> None:
    counter, text = FORCES[id_], FACTS[id_]["basis"]
    mark, another = basis_mark(id_), MARKS_ANOTHER.get(id_)
    assert counter["basis"] == (mark if another is None else "D")
    for key, figure in counter["figures"].items():
        assert figure["basis"] == (mark if key == another or key == "hulls" else "D"), key
    if text not in BASES:
        assert text in counter["note"]


@pytest.mark.parametrize("id_", FACTS)
def test_figures_are_whole_and_as_the_header_says(id_: str) -> None:
    documented = {row[0]: (row[2], row[3]) for row in header(FORCES_TEXT)[1:]}
    for key, figure in FORCES[id_]["figures"].items():
        assert set(figure) == {"value", "unit", "per", "basis"}
        assert type(figure["value"]) is int, key
        assert figure["value"] >= 0
        assert figure["unit"] != "ppm" or figure["value"] <= 1_000_000
        assert figure["basis"] in BASES
        assert (figure["unit"], figure["per"]) == documented[key], key


def test_the_header_documents_no_key_that_nobody_has() -> None:
    keys = [row[0] for row in header(FORCES_TEXT)[1:]]
    assert len(keys) == len(set(keys))
    assert set(keys) == {key for counter in FORCES.values() for key in counter["figures"]}


def test_the_tubes_lie_in_the_published_band() -> None:
    assert FACTS["P05"]["basis"] == "V about 5;700-6;000 tubes"
    assert 5_700 <= FORCES["P05"]["figures"]["tubes"]["value"] <= 6_000
    assert f"{FORCES['T02']['figures']['hulls']['value']} hulls" in FACTS["T02"]["basis"]


@pytest.mark.parametrize("id_", FACTS)
def test_what_the_engine_needs_beside_the_facts(id_: str) -> None:
    counter = FORCES[id_]
    figures = counter["figures"]
    assert ("antiship_hit" in figures) == bool({"antiship", "lrasm"} & figures.keys())
    assert ("intercept_kill" in figures) == ("intercepts" in figures)
    assert ("footprint" in figures) == ("system" in counter)
    assert ("kill" in figures) == (counter.get("system", "sm3") != "sm3")
    if "kill" in figures:
        assert {"channels", "magazine"} <= figures.keys()
        assert figures["kill"]["value"] == MUNITIONS[counter["system"]]["kill"]["MID"]["value"]
    if counter["domain"] in {"ship", "grey"} or counter["symbol"] == "AOE":
        assert "hits_to_kill" in figures
    sees_launches = counter["symbol"] in {"DDG_BMD", "DDG_LRST", "RAD", "MD", "AEW"} or "P-8" in counter["name"]
    assert ("launch_range" in figures) == (sees_launches or id_ in {"U01", "U02"})


MISSILES = {key: munition for key, munition in MUNITIONS.items() if "shares" in munition}
INTERCEPTORS = {key: munition for key, munition in MUNITIONS.items() if "kill" in munition}


def test_a_munition_is_a_missile_or_an_interceptor_and_somebody_has_it() -> None:
    assert MISSILES.keys() | INTERCEPTORS.keys() == MUNITIONS.keys()
    assert not MISSILES.keys() & INTERCEPTORS.keys()
    assert {counter["missile"] for counter in FORCES.values() if "missile" in counter} == MISSILES.keys() - {"jassm"}
    carried = {counter["system"] for counter in FORCES.values() if "system" in counter}
    assert carried == INTERCEPTORS.keys() - {"ship_sam"}
    for counter in FORCES.values():
        if "missile" in counter:
            assert MUNITIONS[counter["missile"]]["owner"] == counter["owner"]


@pytest.mark.parametrize("key", MISSILES)
def test_shares_make_a_whole_volley(key: str) -> None:
    munition = MISSILES[key]
    assert set(munition["shares"]) <= CLASSES
    assert sum(share["value"] for share in munition["shares"].values()) == 1_000_000
    assert all(share["value"] > 0 for share in munition["shares"].values())
    figures = munition["figures"]
    assert 0 < figures["range_min"]["value"] < figures["range"]["value"]
    assert 0 < figures["reliability"]["value"] <= 1_000_000


@pytest.mark.parametrize("key", MUNITIONS)
def test_munition_figures_are_whole_and_marked(key: str) -> None:
    documented = {row[0]: row[1] for row in header(MUNITIONS_TEXT)[1:]}
    munition = MUNITIONS[key]
    for figure_key, figure in munition.get("figures", {}).items():
        assert figure["unit"] == documented[figure_key]
    for table in ("shares", "kill", "figures"):
        for figure in munition.get(table, {}).values():
            assert set(figure) == {"value", "unit", "basis"}
            assert type(figure["value"]) is int
            assert figure["basis"] in BASES


@pytest.mark.parametrize("key", INTERCEPTORS)
def test_who_may_engage_what(key: str) -> None:
    """Facts C1.3: each layer's access by class."""
    munition = INTERCEPTORS[key]
    kill = {name: figure["value"] for name, figure in munition["kill"].items()}
    assert kill.keys() == CLASSES
    full = kill["MID"]
    upper = {"LOW": full // 2 if key == "thaad" else 0, "MID": full, "HIGH": full, "PREC": 0, "CM": 0, "HGV": 0}
    lower = {**dict.fromkeys(["LOW", "MID", "HIGH", "PREC", "CM"], full), "HGV": full - 200_000}
    access = {"upper": {**upper, "ASBM": 0}, "lower": {**lower, "ASBM": 0}}
    ship = {**dict.fromkeys(CLASSES, 0), "ASBM": 500_000}
    assert kill == access.get(munition["layer"], ship)


def test_interceptors_kill_as_the_facts_print() -> None:
    printed = {"sm3": 500_000, "thaad": 600_000, "pac3": 700_000, "cheongung2": 700_000, "tk3": 650_000}
    printed["sakishima_sam"] = 600_000
    assert {key: INTERCEPTORS[key]["kill"]["MID"]["value"] for key in printed} == printed


def test_the_split_missiles_reliability_lies_in_the_counters_band() -> None:
    band = FORCES["P01"]["figures"]
    value = MUNITIONS["kn23"]["figures"]["reliability"]["value"]
    assert band["reliability_low"]["value"] <= value <= band["reliability_high"]["value"]


def km(one: str, other: str) -> float:
    """Great-circle distance between two places of facts A1 (R = 6371.0088 km)."""
    a, b = PLACES[one], PLACES[other]
    lat1, lon1, lat2, lon2 = (radians(float(x)) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


REACHES = """P01 KSEO KOSA KHUM KKUN KBUS KJEJ; P02 KSEO KOSA KKUN; P03 JIWA JSAS JHAK KBUS KOSA;
P04 GGUA JKAD JYOK; C01 TTPE TTXG TTNN TKHH THUN JMIY JISH JYNI; C02 JKAD JNAH JSAS JIWA KKUN KOSA;
C04 GGUA JYOK JKAD; K12 PPYO POPS PSTR"""
FALLS_SHORT = "P01 JSAS JHAK; P02 KBUS; P03 JTOK JKAD; C01 JKAD; C02 GGUA; K12 JTOK"


def pairs(text: str) -> list[tuple[str, str]]:
    lines = [line.split() for line in text.split(";")]
    return [(line[0], place) for line in lines for place in line[1:]]


@pytest.mark.parametrize(("id_", "place"), pairs(REACHES))
def test_reaches_from_its_base(id_: str, place: str) -> None:
    band = MUNITIONS[FORCES[id_]["missile"]]["figures"]
    assert band["range_min"]["value"] <= km(FORCES[id_]["base"], place) <= band["range"]["value"]


@pytest.mark.parametrize(("id_", "place"), pairs(FALLS_SHORT))
def test_falls_short_of(id_: str, place: str) -> None:
    assert km(FORCES[id_]["base"], place) > MUNITIONS[FORCES[id_]["missile"]]["figures"]["range"]["value"]


def test_seoul_lies_outside_the_only_thaad_battery_and_osan_inside() -> None:
    radius = FORCES["U14"]["figures"]["footprint"]["value"]
    assert km("KSEJ", "KSEO") > radius > km("KSEJ", "KOSA")


def test_a_ship_off_sasebo_can_shoot_for_iwakuni_and_busan() -> None:
    radius = FORCES["J01"]["figures"]["footprint"]["value"]
    assert radius > max(km("JSAS", "JIWA"), km("JSAS", "KBUS"))
    assert radius < km("JSAS", "JTOK")


@pytest.mark.parametrize(
    "stats", ["Q4 zz9", "a3b5", "p.70x", "grey", "s1.25", "Q4 Q5", "mag48 (0-24 by start option)"]
)
def test_the_notation_reader_passes_over_nothing(stats: str) -> None:
    with pytest.raises(AssertionError):
        read(stats)
