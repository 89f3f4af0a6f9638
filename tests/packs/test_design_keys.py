"""What a chapter declares in DESIGN is what it asks the scenario for, and a slip in a key is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from game.core.rulebook import chapter_name
from game.io.pack_design import SHARED
from game.io.scenario import check
from rules import SEQUENCE
from tests.packs.copy import RULES, Pack

ROOT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r'design\(\s*"(\w+)",\s*"(\w+)"')
#: Keys that are asked for by a name put together elsewhere.
BY_NAME = {("logistics", "sealift"), ("logistics", "airlift")}


def asked() -> set[tuple[str, str]]:
    sources = [*(ROOT / "rules").rglob("*.py"), *(ROOT / "game" / "core").rglob("*.py")]
    return {found for path in sources for found in ASKED.findall(path.read_text(encoding="utf-8"))}


def declared() -> set[tuple[str, str]]:
    chapters = {chapter_name(c): getattr(c, "DESIGN", ()) for c in SEQUENCE}
    return {(name, key) for name, keys in {**chapters, **SHARED}.items() for key in keys}


def test_every_key_that_is_asked_for_is_declared_and_the_reverse() -> None:
    assert asked() | BY_NAME == declared()


@pytest.mark.parametrize("chapter", [c for c in SEQUENCE if chapter_name(c) != "assessment"], ids=chapter_name)
def test_every_chapter_declares_its_keys(chapter: object) -> None:
    assert isinstance(getattr(chapter, "DESIGN", None), Mapping)


def test_a_slip_in_a_shared_key_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    pack.spoil("good.toml", "[counter.J01]", "[tables.sensors]\nradar = []\n\n[counter.J01]")
    (fault,) = check(pack.path / "good.toml", RULES)
    assert (fault.place, fault.remedy) == ("tables.sensors.radar", "did you mean radars?")


def test_chapters_that_declare_nothing_take_any_key(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    slip = '[tables.signals]\nanything = { value = 1, unit = "h", basis = "D" }'
    pack.spoil("good.toml", "[tables.signals]", slip)
    assert not check(pack.path / "good.toml", RULES)
