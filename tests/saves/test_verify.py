"""Verify names the first turn, phase and event on which rules and record part; old saves replay for all that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from game.core.digest import digest
from game.core.events import Event
from game.core.luck import Luck
from game.core.model import Row, State, known
from game.core.orders import Book
from game.core.rulebook import Rulebook
from game.io import upgrade
from game.io.header import Edition
from game.io.record import SaveFault
from game.io.replay import states, steps
from game.io.save import Saved, open_save
from game.table.branch import branch
from game.table.resume import resume
from game.table.verify import Verdict, verify
from tests import toy
from tests.saves.games import TURNS, lines_of, opening, played, rechained, setting
from tests.saves.test_todays import Roofed

OTHER = Edition("0.0.toy", "toyrules2")


def judged(saved: Saved, rules: Rulebook | None = None, edition: Edition = toy.EDITION) -> Verdict:
    return verify(saved, setting(), rules or toy.rulebook(), edition, opening())


def milder(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """The strike of other rules: one more input, from turn 3 on."""
    for event in toy.strike(before, book, luck):
        yield event if before.turn < 3 else attrs.evolve(event, inputs=())


CHANGED_RULES = toy.rulebook(
    toy.SUPPLY, toy.changed(toy.RAID, PHASES={"launch": toy.launch, "strike": milder, "mend": toy.mend})
)


def test_a_whole_game_is_whole(tmp_path: Path) -> None:
    verdict = judged(played(tmp_path / "g.save"))
    assert verdict.whole
    assert (verdict.turns, verdict.difference, verdict.other_rules) == (TURNS, None, False)


def test_every_planted_difference_is_named(tmp_path: Path) -> None:
    """One event after another is changed in the file, chained as it should be: its turn, phase and id are named."""
    saved = played(tmp_path / "g.save")
    lines = lines_of(tmp_path / "g.save")
    named = 0
    for turn in saved.turns[:-1]:
        for mark, step in zip(
            [m for m in saved.marks(turn) if m.kind == "step"], steps(saved, turn, setting()), strict=True
        ):
            for n, event in enumerate(step.events):
                record = json.loads(lines[mark.line - 1])
                record[3][3][n][3][0] += ".planted"
                line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
                path = tmp_path / "planted.save"
                path.write_bytes(rechained([*lines[: mark.line - 1], line, *lines[mark.line :]]))
                found = judged(open_save(path, toy.rulebook()))
                assert not found.whole
                assert found.unfolded == "", "its effects are as they were"
                assert found.difference is not None
                where = found.difference
                assert (where.turn, where.phase, where.event) == (turn, step.phase, step.id(event))
                assert (where.line, found.turns) == (mark.line, turn - 1)
                assert ".planted" in str(where)
                named += 1
    assert named > 20


def test_a_changed_effect_is_found_twice(tmp_path: Path) -> None:
    """Re-running finds the event; folding finds that the recorded events do not lead to the recorded state."""
    saved = played(tmp_path / "g.save")
    lines = lines_of(tmp_path / "g.save")
    mark = next(m for m in saved.marks(1) if m.kind == "step")
    record = json.loads(lines[mark.line - 1])
    assert record[3][3][0][6][0][:4] == ["+", "stocks", "pool", "amount"]
    record[3][3][0][6][0][4] += 1
    line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
    (tmp_path / "p.save").write_bytes(rechained([*lines[: mark.line - 1], line, *lines[mark.line :]]))
    found = judged(open_save(tmp_path / "p.save", toy.rulebook()))
    assert "do not lead to the recorded state of turn 2" in found.unfolded
    assert found.difference is not None
    assert found.difference.phase == "supply.ship"
    assert "effects" in found.difference.reason


def test_an_opening_that_is_not_the_scenarios(tmp_path: Path) -> None:
    saved = played(tmp_path / "g.save")
    own = attrs.evolve(opening(), nations={**opening().nations, "JP": attrs.evolve(opening().nations["JP"], staff=4)})
    found = verify(saved, setting(), toy.rulebook(), toy.EDITION, own)
    assert found.difference is not None
    assert found.difference.reason == "the opening state is not the scenario's: the table nations differs"


def test_a_cut_game_is_judged_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    played(path)
    path.write_bytes(path.read_bytes()[:-100])
    found = judged(open_save(path, toy.rulebook()))
    assert found.trouble is not None
    assert found.trouble.cut
    assert found.difference is None
    assert not found.whole


def test_other_rules_are_told_and_the_record_still_replays(tmp_path: Path) -> None:
    """Rules that differ from turn 3 on: the file is whole, they part where they should, the states fold the same."""
    saved = played(tmp_path / "g.save")
    found = judged(open_save(tmp_path / "g.save", CHANGED_RULES), CHANGED_RULES, OTHER)
    assert found.other_rules
    assert found.whole
    assert found.unfolded == ""
    assert found.difference is not None
    assert (found.difference.turn, found.difference.phase) == (3, "raid.strike")
    assert "inputs" in found.difference.reason
    assert [digest(s) for s in states(saved, setting())] == [saved.digest(t) for t in saved.turns]


def test_other_rules_cannot_go_on_with_a_save_but_branch_it(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    saved = played(path)
    with pytest.raises(SaveFault, match=r"rules are not those.*branch from its last turn"):
        resume(path, setting(), CHANGED_RULES, OTHER)
    made = branch(saved, 3, tmp_path / "b.save", setting(), CHANGED_RULES, OTHER, toy.players(), durable=False)
    assert made.notes == ("the rules have changed since this game was played: what comes now is by today's",)
    made.match.play()
    made.match.close()
    child = open_save(tmp_path / "b.save", CHANGED_RULES)
    assert judged(child, CHANGED_RULES, OTHER).whole, "a branch is re-run from where it begins"


@attrs.frozen(slots=True)
class Depot(Row):
    """Today's depot has another column."""

    place: str = known("ally")
    roof: bool = known("owner", False)


def test_a_chapter_whose_table_is_another_now(tmp_path: Path) -> None:
    """The old rows are read in the header's own words; the game replays, and cannot be gone on with."""
    path = tmp_path / "g.save"
    old = played(path)
    rules = toy.rulebook(toy.changed(toy.SUPPLY, PARTS={"depots": Depot}), toy.RAID)
    saved = open_save(path, rules)
    assert [digest(s) for s in states(saved, setting())] == [old.digest(t) for t in old.turns]
    with pytest.raises(SaveFault, match="rules are not those"):
        resume(path, setting(), rules, toy.EDITION)
    with pytest.raises(SaveFault, match=r"the table supply\.depots is not as it was"):
        branch(saved, 3, tmp_path / "b.save", setting(), rules, OTHER)
    assert not (tmp_path / "b.save").exists()


def test_a_table_that_has_gained_a_column_goes_on_in_a_branch(tmp_path: Path) -> None:
    """Its rows take the column's default, and the branch says so (decisions 29 and 40)."""
    old = played(tmp_path / "g.save")
    rules = toy.rulebook(toy.changed(toy.SUPPLY, PARTS={"depots": Roofed}), toy.RAID)
    saved = open_save(tmp_path / "g.save", rules)
    with pytest.raises(SaveFault, match="rules are not those"):
        resume(tmp_path / "g.save", setting(), rules, toy.EDITION)
    made = branch(saved, 3, tmp_path / "b.save", setting(), rules, OTHER, toy.players(), durable=False)
    assert "new columns have their usual values: supply.depots.roof" in made.notes
    depots = made.match.state.table("supply.depots")
    assert depots and all(type(row) is Roofed and row.roof for row in depots.values())
    before = old.state(3, setting()).table("supply.depots")
    assert {k: (r.owner, r.place, r.amount, r.loads) for k, r in depots.items()} == {
        k: (r.owner, r.place, r.amount, r.loads) for k, r in before.items()
    }
    made.match.play()
    made.match.close()
    assert judged(open_save(tmp_path / "b.save", rules), rules, OTHER).whole


def test_a_chapter_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    old = played(path)
    rules = toy.rulebook(toy.SUPPLY)
    found = judged(open_save(path, rules), rules, OTHER)
    assert found.other_rules
    assert found.unfolded == ""
    assert [digest(s) for s in states(open_save(path), setting())] == [old.digest(t) for t in old.turns]


def test_rules_that_break_on_a_record_are_a_difference(tmp_path: Path) -> None:
    def broken(before: State, book: Book, luck: Luck) -> Iterator[Event]:
        if before.turn == 2:
            raise KeyError("no such thing")
        return toy.launch(before, book, luck)

    saved = played(tmp_path / "g.save")
    rules = toy.rulebook(
        toy.SUPPLY, toy.changed(toy.RAID, PHASES={"launch": broken, "strike": toy.strike, "mend": toy.mend})
    )
    found = judged(saved, rules, OTHER)
    assert found.difference is not None
    assert found.difference.turn == 2
    assert "the rules cannot go on from this record (KeyError" in found.difference.reason


def test_an_old_format_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up format 0 had no hour in its steps and called the seed luck."""

    def from_0(kind: str, value: object) -> object:
        if kind == "game" and isinstance(value, dict):
            return {("seed" if k == "luck" else k): v for k, v in value.items()}
        if kind == "step" and isinstance(value, list):
            return [value[0], value[1], value[3], value[2]]
        return value

    path = tmp_path / "g.save"
    new = played(path)
    lines = []
    for line in lines_of(path):
        record = json.loads(line)
        if record[1] == "game":
            record[3]["format"] = 0
            record[3]["luck"] = record[3].pop("seed")
        if record[1] == "step":
            record[3][2:] = record[3][3], record[3][2]
        lines.append(json.dumps(record, separators=(",", ":")).encode() + b"\n")
    path.write_bytes(rechained(lines))
    with pytest.raises(SaveFault, match="format 0, this program knows 1 to 1"):
        open_save(path)
    monkeypatch.setitem(upgrade.UPGRADES, 0, from_0)
    saved = open_save(path, toy.rulebook())
    assert judged(saved).whole
    assert [digest(s) for s in states(saved, setting())] == [new.digest(t) for t in new.turns]
    with pytest.raises(SaveFault, match="it has the old format 0"):
        resume(path, setting(), toy.rulebook(), toy.EDITION)
    made = branch(saved, 4, tmp_path / "b.save", setting(), toy.rulebook(), toy.EDITION, toy.players(), durable=False)
    assert ["not today's" in n for n in made.notes] == [True]
    made.match.play()
    assert made.match.digest() == new.digest(TURNS + 1)
