"""Codes, and the file beside the save that keeps who sits where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.io.record import SaveFault
from game.io.seating import Chair, Seating, code_of, fits, read_seating, seating_faults, seating_path
from game.table.beats import TableFault
from game.table.places import Place
from tests import toy
from tests.table.tables import begun, chair, opened, saved, seating

CODES = st.text(min_size=1, max_size=20)


@given(CODES, CODES)
def test_a_code_opens_its_chair_alone(one: str, other: str) -> None:
    held = Chair("JP", code=code_of(one))
    assert fits(held, one)
    assert not fits(held, one + "x")
    assert not fits(held, "")
    if code_of(one, "00" * 16) != code_of(other, "00" * 16):
        assert not fits(held, other)


@given(CODES)
def test_a_code_is_never_kept(one: str) -> None:
    kept = code_of(one)
    assert kept != code_of(one), "salted: two chairs with one code do not look alike"
    assert one not in kept or set(one) <= set("scrypt$0123456789abcdef")
    assert kept not in repr(Chair("JP", code=kept))


def test_a_code_typed_on_another_keyboard_is_the_same() -> None:
    """Hangul from an input method comes composed or not; full-width digits come from a Japanese one."""
    composed, taken_apart = "\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"
    assert fits(Chair("KR", code=code_of(composed)), taken_apart)
    assert fits(Chair("JP", code=code_of("１２３")), "123")


def test_no_code_asks_for_none() -> None:
    assert fits(Chair("JP"), "")
    assert fits(Chair("JP"), "whatever")
    assert code_of("") == ""


def test_a_seating_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    people = ("Aiko", "Ren")
    group = Chair("JP", people=people, approver="Ren", code=code_of("a"), consent=code_of("b"))
    of = Seating(
        (chair("KP", "random"), group, chair("KR")), {"JP": 6, "KR": 0, "KP": 0}, Chair("", code=code_of("w"))
    )
    begun(tmp_path / "g.save", of).close()
    assert read_seating(saved(tmp_path / "g.save")) == of
    assert opened(tmp_path / "g.save").sitting.seating == of


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (Seating((Chair("JP"), Chair("KR"))), "one chair for each"),
        (Seating((Chair("JP"), Chair("JP"), Chair("KP"))), "one chair for each"),
        (Seating((Chair("JP", people=("a\nb",)), Chair("KR"), Chair("KP"))), "in one line"),
        (Seating((Chair("JP", code="secret"), Chair("KR"), Chair("KP"))), "hash"),
        (Seating((Chair("JP"), Chair("KR"), Chair("KP")), {"JP": 9999}), "minutes"),
        (Seating((Chair("JP"), Chair("KR"), Chair("KP")), {}, Chair("JP")), "without a seat"),
        (Seating((Chair("JP", player="oracle"), Chair("KR"), Chair("KP"))), ""),
    ],
)
def test_a_seating_that_cannot_be_played_begins_no_game(tmp_path: Path, of: Seating, why: str) -> None:
    assert why in seating_faults(of, toy.SEATS)
    with pytest.raises(TableFault) as said:
        begun(tmp_path / "g.save", of)
    assert "\n" not in str(said.value)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_spoilt_seating_is_one_line_and_plain_chairs(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "g.save"
    path.unlink(missing_ok=True)
    begun(path, seating(chair("JP"), chair("KR"), chair("KP", "idle"))).close()
    where = seating_path(path)
    plain = json.loads(where.read_bytes())
    field = data.draw(st.sampled_from(sorted(plain.keys() - {"facilitator"})))
    junk = (
        st.none()
        | st.booleans()
        | st.integers(-9, 0)
        | st.text(max_size=3)
        | st.lists(st.integers(), min_size=1, max_size=3)
    )
    plain[field] = data.draw(junk)
    spoilt = [json.dumps(plain).encode(), where.read_bytes()[:-3], b"", b"[" * 9999, b"\xff", b"NaN", b"{}"]
    where.write_bytes(data.draw(st.sampled_from(spoilt)))
    found = opened(path)
    found.sitting.close()
    assert len(found.notes) == 1
    assert "\n" not in found.notes[0]
    chairs = (chair("JP"), chair("KR"), chair("KP", "idle"))
    assert found.sitting.seating.chairs == chairs, "the save knows who plays, and for whose codes it is sealed"
    with pytest.raises(TableFault, match="wrong_code"):
        found.sitting.reveal("JP", "", 0)
    found.sitting.reveal("JP", "jp", 0)
    with pytest.raises(SaveFault):
        read_seating(saved(path))


@pytest.mark.parametrize("what", ["no code", "own code", "facilitator", "gone"])
def test_the_seating_of_a_sealed_game_cannot_be_changed_in_its_file(tmp_path: Path, what: str) -> None:
    """One who has a code, and so may open the game, gets at another's screen by no change of the file beside it."""
    path = tmp_path / "g.save"
    begun(path, seating(chair("JP"), chair("KR"), chair("KP", "idle"))).close()
    where = seating_path(path)
    plain = json.loads(where.read_bytes())
    if what == "no code":
        plain["chairs"][0][4] = ""
    elif what == "own code":
        plain["chairs"][0][4] = plain["chairs"][1][4]
    else:
        plain["facilitator"] = ["", "", [], "", "", ""]
    where.write_text(json.dumps(plain))
    if what == "gone":
        where.unlink()
    found = opened(path)
    assert len(found.notes) == (what != "gone") and all("changed" in note for note in found.notes)
    for code in ("", "kr"):
        with pytest.raises(TableFault, match="wrong_code"):
            found.sitting.reveal("JP", code, 0)
    with pytest.raises(TableFault, match="no_facilitator"):
        found.sitting.facilitate("", 0)
    found.sitting.reveal("JP", "jp", 0)
    found.sitting.close()


def test_the_seating_of_another_game_is_not_taken(tmp_path: Path) -> None:
    of = seating(chair("JP"), chair("KR"), chair("KP", "idle"))
    begun(tmp_path / "g.save", of).close()
    begun(tmp_path / "h.save", seating(chair("KR"), chair("JP"), chair("KP")), turns=5).close()
    seating_path(tmp_path / "h.save").write_bytes(seating_path(tmp_path / "g.save").read_bytes())
    (note,) = opened(tmp_path / "h.save", 5).notes
    assert "another game" in note


def test_without_its_file_an_open_game_goes_on(tmp_path: Path) -> None:
    open_chairs = (chair("JP", coded=False), chair("KR", coded=False), chair("KP", "idle"))
    begun(tmp_path / "g.save", seating(*open_chairs)).close()
    seating_path(tmp_path / "g.save").unlink()
    found = opened(tmp_path / "g.save")
    assert found.notes == ()
    assert found.sitting.place is Place.COVERED
