"""Saves of every format ever written load for ever, whatever the program and its rules are by then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.core.digest import digest
from game.core.events import Add, Drop, Make, Put
from game.io.draft import read_draft
from game.io.replay import states, steps
from game.io.save import Saved, open_save, unlock
from game.io.sealed import sealed_for
from game.io.seating import read_seating
from game.io.upgrade import FORMAT
from tests import toy
from tests.saves.games import SEED, setting

HERE = Path(__file__).parent
SAVES = sorted(HERE.glob("v*/*.save"))
SEALED = sorted(HERE.glob("v*/sealed/*.save"))
KINDS = {"game", "plan", "open", "answer", "step", "act", "note", "seat", "state", "end"}


def read(path: Path) -> tuple[Saved, dict[str, str]]:
    wanted: dict[str, dict[str, str]] = json.loads((path.parent / "digests.json").read_text(encoding="utf-8"))
    return open_save(path), wanted[path.name]


def test_there_is_one_of_every_format() -> None:
    assert {p.parent.name for p in SAVES} == {f"v{n}" for n in range(1, FORMAT + 1)}
    assert {p.parents[1].name for p in SEALED} == {f"v{n}" for n in range(1, FORMAT + 1)}


@pytest.mark.parametrize("path", SAVES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_golden_save_loads_without_any_rules(path: Path) -> None:
    saved, wanted = read(path)
    assert saved.trouble is None
    assert {str(t): saved.digest(t) for t in saved.turns} == wanted
    folded = list(states(saved, setting()))
    assert [digest(s) for s in folded][: len(wanted)] == list(wanted.values())
    for turn in saved.turns:
        assert digest(saved.state(turn, setting())) == wanted[str(turn)]


@pytest.mark.parametrize("path", SAVES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_its_words_are_there(path: Path) -> None:
    saved, _ = read(path)
    assert saved.plans(1)["JP"].intent == "Korea saw it. 우리는 못 봤다."
    assert saved.plans(1)["JP"].orders[0].id == "JP.ship.EAST"
    assert [n.text for n in saved.notes(1)] == ["海峡を守れ"]
    assert saved.plans(2)["JP"].standing[0].VERB == "cover"


def test_the_golden_game_holds_every_kind_of_record_and_effect() -> None:
    saved, _ = read(HERE / "v1" / "toy.save")
    assert {m.kind for m in saved.lines.marks} == KINDS
    effects = {
        type(fx) for t in saved.turns for s in steps(saved, t, setting()) for e in s.events for fx in e.effects
    }
    assert effects == {Add, Put, Make, Drop}
    rules = {e.rule for t in saved.turns for s in steps(saved, t, setting()) for e in s.events}
    assert {"F1", "F2", "F3", "F4", "K4", "K6", "T1", "T2", "T3", "T4", "T5"} <= rules


@pytest.mark.parametrize("path", SEALED, ids=lambda p: f"{p.parents[1].name}/{p.name}")
def test_a_golden_sealed_game_opens_with_its_codes(path: Path) -> None:
    """Save, seating and draft; by the seat's code and by the facilitator's."""
    assert sealed_for(path) == ("JP", "")
    for code in ("jp", "white"):
        saved = open_save(path, toy.rulebook(), unlock(path, [code]))
        assert saved.trouble is None and saved.turns == (1, 2) and saved.header.seed == SEED
        assert digest(saved.state(2, setting())) == saved.digest(2)
        assert saved.plans(1)["JP"].intent == "Korea saw it."
        draft, seating = read_draft(saved, "JP"), read_seating(saved)
        assert draft is not None and draft.intent == "海峡を守れ"
        assert seating is not None and seating.chair("JP").people == ("葵",) and seating.minutes["JP"] == 6
