"""A game of One Sky as an earlier edition saved it, before counters had a tempo: it is read and replayed for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Shell

KEPT = Path(__file__).parents[1] / "saves" / "kept" / "one_sky.save"


@pytest.mark.parametrize("eyes", ["JP", "KP", "truth"])
def test_its_log_and_its_sums_are_read(shell: Shell, eyes: str) -> None:
    more = () if eyes == "truth" else ("--eyes", eyes)
    told = shell.good("log", KEPT, *more)
    assert "Turn 3" in told and "Iwakuni" in told
    assert any(line.startswith("  MD7") for line in told.splitlines())


def test_an_event_of_it_opens(shell: Shell) -> None:
    told = shell.good("log", KEPT)
    name = next(part for part in told.split("[") if part.startswith("2b.MD1.")).partition("]")[0]
    assert "reliability" in shell.good("log", KEPT, "--why", name).lower()


def test_it_is_drawn(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "old.png"
    shell.good("replay", KEPT, "--turn", "3", "--eyes", "JP", "--picture", picture, "--size", "1280x720")
    assert picture.stat().st_size > 100_000


def test_what_it_cannot_do_it_says_in_one_line(shell: Shell, tmp_path: Path) -> None:
    for command in (("verify", KEPT), ("branch", KEPT, "--turn", "2", "--save", tmp_path / "b.save")):
        assert "--scenario" in shell.refused(1, *command)
