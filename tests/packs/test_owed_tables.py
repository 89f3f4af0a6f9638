"""The tables that facts H owes: each stands where FACTS.md says, each of its values marked with unit and basis."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import import_module
from typing import Any

import attrs
import pytest

from game.io.library import MAPS, scenarios
from game.io.pack_forces import BASES
from rules import SEQUENCE

ROOT = MAPS.parent
FACTS = (ROOT / "FACTS.md").read_text(encoding="utf-8")
OWED = FACTS.partition("### H1.")[2].partition("### H2.")[0]
#: Missiles whose ranges and shares facts H owes, by counter.
LAUNCHERS = ("C01", "C02", "C03", "C04", "C08", "K12", "P01", "P02", "P03", "P04")


@cache
def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((MAPS / "northeast_asia" / name).read_text(encoding="utf-8"))


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", rows(OWED), ids=lambda row: row[0])
def test_what_the_table_names_is_there(row: list[str]) -> None:
    file = None
    for name in re.findall(r"`([^`]+)`", row[1]):
        if name.endswith((".py", ".toml")):
            file = name
        elif name.isupper():
            assert file is not None and hasattr(import_module(file.removesuffix(".py").replace("/", ".")), name)
        elif name.startswith("tables."):
            _, chapter, key = name.split(".")
            assert toml("week_one.toml")["tables"][chapter][key]
        elif name.startswith("figures."):
            missiles = [m for m in toml("munitions.toml").values() if "shares" in m]
            assert missiles and all(name.partition(".")[2] in m["figures"] for m in missiles)
        elif name in ("airlift", "shares", "[[stocks]]"):
            continue
        else:
            assert any(stock["commodity"] == name for stock in toml("week_one.toml")["stocks"]), name


@pytest.mark.parametrize("id", LAUNCHERS)
def test_every_launcher_has_a_range_and_a_share_of_each_class_marked(id: str) -> None:
    missile = toml("munitions.toml")[toml("forces.toml")[id]["missile"]]
    values = [*missile["shares"].values(), *missile["figures"].values()]
    assert sum(share["value"] for share in missile["shares"].values()) == 1_000_000
    assert missile["figures"]["range"]["value"] > missile["figures"]["range_min"]["value"] > 0
    assert all(value["unit"] and value["basis"] in BASES for value in values)


@pytest.mark.parametrize("path", [entry.path for entry in scenarios()], ids=lambda path: path.stem)
def test_every_value_of_a_scenarios_tables_is_marked(path: Any) -> None:
    """A value has unit and basis, a row a basis; so have opening stocks."""
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    assert all(stock["basis"] in BASES for stock in pack.get("stocks", ()))
    for table in pack.get("tables", {}).values():
        for value in table.values():
            if isinstance(value, list):
                assert all(row["basis"] in BASES for row in value)
            else:
                assert value["unit"] and value["basis"] in BASES


#: Orders whose rung their target or duty decides.
BY_TARGET = ("raid", "guard")


def test_the_table_of_orders_is_the_games_own() -> None:
    """H2 against the classes and the chapters' own judgment of rungs."""
    written = {row[0]: row[1:] for row in rows(FACTS.partition("### H2.")[2])}
    found: dict[str, list[str]] = {}
    for chapter in SEQUENCE:
        judge = getattr(chapter, "rung", None)
        for cls in chapter.ORDERS:
            order: Any = cls(**{field.name: "" for field in attrs.fields(cls)})
            rung = judge(None, order) if judge and cls.VERB not in BY_TARGET else cls.RUNG
            found[cls.VERB] = [str(cls.COST), written[cls.VERB][1] if cls.VERB in BY_TARGET else str(rung)]
    assert found == written
    assert written["raid"][1].endswith("else 5") and written["guard"][1] == "4 blockade, else 0"
