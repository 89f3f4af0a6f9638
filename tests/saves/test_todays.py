"""Old saves for today's eyes: whoever looks at one meets today's rows, whatever columns it was written with."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from game.core.model import Row, known
from game.io.replay import states
from game.io.save import Saved, open_save
from game.io.todays import Todays
from game.report.timeline import Reel
from tests import toy
from tests.saves.games import played, setting


@attrs.frozen(slots=True)
class Roofed(toy.Depot):
    """Today's depot has one column more, which has a default."""

    roof: bool = known("owner", True)


@attrs.frozen(slots=True)
class Rebuilt(Row):
    """Today's depot has other columns, and none of them a default; a place is now a number."""

    SEEN = "ally"

    place: int = known("ally")
    amount: int = known("pooled")
    roof: str = known("owner")
    doors: tuple[int, ...] = known("owner")


def under(path: Path, depot: type[Row]) -> Saved:
    return open_save(path, toy.rulebook(toy.changed(toy.SUPPLY, PARTS={"depots": depot}), toy.RAID))


@pytest.mark.parametrize("depot", [Roofed, Rebuilt])
def test_every_moment_of_a_replay_is_in_todays_rows(tmp_path: Path, depot: type[Row]) -> None:
    old = Reel.of(played(tmp_path / "g.save"), setting())
    new = Reel.of(under(tmp_path / "g.save", depot), setting())
    assert len(new.moments) == len(old.moments)
    assert any(m.state.table("supply.depots") for m in new.moments)
    for was, now in zip(old.moments, new.moments, strict=True):
        before, after = (m.state.table("supply.depots") for m in (was, now))
        assert after.keys() == before.keys()
        for key, row in after.items():
            assert type(row) is depot and row.owner == before[key].owner
            if isinstance(row, Roofed):
                assert row.roof and (row.place, row.amount) == (before[key].place, before[key].amount)
            elif isinstance(row, Rebuilt):
                assert (row.amount, row.place, row.roof, row.doors) == (before[key].amount, 0, "", ())
        assert [s.phase for s in now.steps] == [s.phase for s in was.steps]
        assert all(s.after.table("supply.depots") == after for s in now.steps[-1:])


def test_what_no_phase_touched_is_still_the_same_table(tmp_path: Path) -> None:
    played(tmp_path / "g.save")
    saved = under(tmp_path / "g.save", Roofed)
    today = Todays(saved)
    (first, *_) = [s for s in states(saved, setting()) if s.table("supply.depots")]
    assert today.of(first).table("supply.depots") is today.of(first).table("supply.depots")
    assert today.of(first).counters is first.counters


def test_a_save_of_todays_columns_is_left_as_it_is(tmp_path: Path) -> None:
    saved = played(tmp_path / "g.save")
    today = Todays(saved)
    assert all(today.of(state) is state for state in states(saved, setting()))
