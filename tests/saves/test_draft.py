"""A plan that was not sealed when the program ended is offered again, or refused as stale."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.core.orders import Plan
from game.io.draft import draft_path, read_draft
from game.io.record import SaveFault
from game.io.save import open_save
from game.table.match import MatchFault
from game.table.resume import Resumed, resume
from tests import toy
from tests.saves.games import begin, setting

PLAN = Plan("JP", (toy.March("JP", "J1", "WEST"),), intent="Go west.")


def gone_on(path: Path) -> Resumed:
    return resume(path, setting(), toy.rulebook(), toy.EDITION, durable=False)


def test_a_draft_is_offered_again_and_sealed_from(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match = begin(path)
    match.draft(Plan("JP", intent="an earlier thought"))
    match.draft(PLAN)
    match.close()
    found = gone_on(path)
    assert dict(found.drafts) == {"JP": PLAN}
    assert found.stale == ()
    found.match.seal(found.drafts["JP"])
    assert not draft_path(path, "JP").exists(), "sealing forgets it"
    found.match.close()
    assert gone_on(path).drafts == {}


def test_a_draft_need_not_be_legal(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    odd = Plan("JP", (toy.March("JP", "K1", "NOWHERE"),))
    match.draft(odd)
    match.close()
    assert gone_on(tmp_path / "g.save").drafts["JP"] == odd


def test_a_draft_of_another_turn_is_stale(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    match = begin(path)
    match.draft(PLAN)
    kept = draft_path(path, "JP").read_bytes()
    match.play_turn()
    match.close()
    assert not draft_path(path, "JP").exists()
    draft_path(path, "JP").write_bytes(kept)
    found = gone_on(path)
    assert found.drafts == {}
    assert len(found.stale) == 1
    assert "stale: a plan of JP for turn 1, the game is at turn 2" in found.stale[0]


def test_a_draft_of_another_seat_or_game_is_stale(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    match.draft(PLAN)
    match.close()
    shutil.copy(draft_path(tmp_path / "g.save", "JP"), draft_path(tmp_path / "g.save", "KR"))
    begin(tmp_path / "h.save", seed=99).close()
    shutil.copy(draft_path(tmp_path / "g.save", "JP"), draft_path(tmp_path / "h.save", "JP"))
    (line,) = gone_on(tmp_path / "g.save").stale
    assert "stale: a plan of JP" in line
    assert "this is KR's" in line
    (line,) = gone_on(tmp_path / "h.save").stale
    assert "another game" in line


def test_no_seat_climbs_out(tmp_path: Path) -> None:
    for seat in ("../JP", "JP/../../x", "", "XX"):
        with pytest.raises(SaveFault, match="there is no seat"):
            draft_path(tmp_path / "g.save", seat)


def test_a_sealed_seat_drafts_nothing_while_the_turn_runs(tmp_path: Path) -> None:
    match = begin(tmp_path / "g.save")
    for seat in toy.SEATS:
        match.seal(Plan(seat))
    with pytest.raises(MatchFault, match="nothing can be planned now"):
        match.draft(PLAN)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_spoilt_draft_is_one_line_and_no_hindrance(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "g.save"
    path.unlink(missing_ok=True)
    match = begin(path)
    match.draft(PLAN)
    match.close()
    where = draft_path(path, "JP")
    plain = json.loads(where.read_bytes())
    field = data.draw(st.sampled_from(sorted(plain)))
    junk = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2)
    plain[field] = data.draw(junk)
    body = json.dumps(plain).encode()
    where.write_bytes(data.draw(st.sampled_from([body, body[:-3], b"", b"[" * 9999, b"\xff", b"NaN"])))
    found = gone_on(path)
    found.match.close()
    assert found.drafts == {}
    assert len(found.stale) == 1
    assert "\n" not in found.stale[0]
    with pytest.raises(SaveFault):
        read_draft(open_save(path, toy.rulebook()), "JP")
