"""Commands on a sealed game that runs: which code each wants, and one line where it is not given."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.__main__ import chapters
from game.commands.codes import NAME
from game.io.sealed import sealed_for
from game.io.seating import Chair, Seating, code_of
from game.ui.house import House
from tests.commands.conftest import Shell

PLAYERS = ("US", "CN", "KP")
JP, KR, WHITE = "sakura", "momiji", "white"


def table(path: Path, *, white: bool = True) -> Path:
    """Japan and South Korea with codes, the others computers; nobody has sealed."""
    chairs = (Chair("JP", code=code_of(JP)), Chair("KR", code=code_of(KR)), *(Chair(s, "doctrine") for s in PLAYERS))
    seating = Seating(chairs, facilitator=Chair("", code=code_of(WHITE)) if white else None)
    House(chapters, durable=False).begin("one_sky", seating, 7, path).sitting.close()
    return path


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    return table(tmp_path / "a.save")


def others(path: Path, to: Path) -> tuple[tuple[str | Path, ...], ...]:
    return (
        ("verify", path),
        ("log", path),
        ("log", path, "--eyes", "JP"),
        ("branch", path, "--turn", "1", "--save", to),
        ("resume", path),
        ("facilitate", path, "note", "lunch", "--reason", "room"),
        ("replay", path, "--picture", to.with_suffix(".png")),
    )


def test_without_a_code_each_says_in_one_line_how_to_give_it(shell: Shell, sealed: Path, tmp_path: Path) -> None:
    before = sealed.read_bytes()
    for command in others(sealed, tmp_path / "b.save"):
        said = shell.refused(2, *command)
        assert "sealed" in said and NAME in said and "JP, KR or the facilitator" in said, command
    assert sealed.read_bytes() == before
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.save", "a.save.table.json"]


def test_a_wrong_code_is_one_line(
    shell: Shell, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, "kaede")
    for command in others(sealed, tmp_path / "b.save"):
        assert "opens nothing here" in shell.refused(2, *command)


def test_a_seats_code_shows_that_seat_and_what_all_know(
    shell: Shell, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, JP)
    assert "whole" in shell.good("verify", sealed)
    shell.good("log", sealed)
    shell.good("log", sealed, "--eyes", "JP")
    for eyes, wanted in (
        ("KR", "the code of KR or the facilitator"),
        ("KP", "facilitator's"),
        ("truth", "facilitator's"),
    ):
        said = shell.refused(2, "log", sealed, "--eyes", eyes)
        assert wanted in said and NAME in said
    for command in others(sealed, sealed.with_name("b.save"))[3:6]:
        assert "facilitator's code, or the codes of JP and KR" in shell.refused(2, *command)


@pytest.mark.parametrize("codes", [WHITE, f"{JP}\n{KR}"])
def test_the_facilitator_or_all_seats_together_open_all(
    shell: Shell, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codes: str
) -> None:
    monkeypatch.setenv(NAME, codes)
    shell.good("log", sealed, "--eyes", "KP")
    assert "seed 7" in shell.good("log", sealed, "--eyes", "truth")
    shell.good("facilitate", sealed, "note", "lunch", "--reason", "the room is needed")
    branched = tmp_path / "b.save"
    shell.good("branch", sealed, "--turn", "1", "--save", branched, "--turns", "1", "--json")
    assert sealed_for(branched) == ("JP", "KR", "")
    shell.good("resume", sealed, "--json")
    monkeypatch.delenv(NAME)
    assert "seed 7" in shell.good("log", sealed), "it is over and open"
    assert "whole" in shell.good("verify", sealed)
    assert NAME in shell.refused(2, "log", branched)


def test_a_table_without_a_facilitator_needs_all_its_codes(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path / "a.save", white=False)
    monkeypatch.setenv(NAME, KR)
    assert "the codes of JP and KR" in shell.refused(2, "log", path, "--eyes", "truth")
    monkeypatch.setenv(NAME, f"{KR}\n{JP}")
    shell.good("log", path, "--eyes", "truth")


def test_a_picture_by_a_seats_own_code(
    shell: Shell, sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, JP)
    shell.good("replay", sealed, "--picture", tmp_path / "p.png", "--size", "1280x720")
    assert (tmp_path / "p.png").exists()
