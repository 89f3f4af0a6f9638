"""Watching, going on, branching: the same game whichever way it is reached."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.commands.common import program
from tests.commands.conftest import Shell


def as_json(shell: Shell, *argv: str | Path) -> dict[str, Any]:
    found = json.loads(shell.good(*argv, "--json"))
    assert isinstance(found, dict)
    return found


def test_json_is_one_object_with_scores_losses_stocks_and_digest(shell: Shell) -> None:
    found = as_json(shell, "watch", "one_sky", "--seed", "3")
    assert found["over"] and found["turns"] == 3 and found["seed"] == 3 and found["save"] is None
    assert set(found["seats"]) == {"US", "JP", "KR", "CN", "KP"}
    for seat in found["seats"].values():
        assert seat["points"] == sum(line["points"] for line in seat["lines"].values()) <= seat["most"] == 100
    assert len(found["digest"]) == 32
    # Rounds left, as the score counts them, are the rounds in the tubes.
    japan = found["seats"]["JP"]
    assert japan["lines"]["rounds"]["measure"] == sum(japan["rounds"].get(name, 0) for name in ("sm3",))


def test_the_same_seed_is_the_same_game_and_another_is_not(shell: Shell) -> None:
    one, again, other = (as_json(shell, "watch", "one_sky", "--seed", seed) for seed in ("5", "5", "6"))
    assert one == again
    assert one["digest"] != other["digest"]


def test_a_seed_is_chosen_and_printed(shell: Shell) -> None:
    out = shell.good("watch", "first_watch", "--turns", "0")
    assert out.startswith("seed ") and out.split(";")[0].removeprefix("seed ").isdigit()


def test_players_may_be_named(shell: Shell) -> None:
    found = as_json(shell, "watch", "one_sky", "--seed", "3", "--seat", "KP=idle", "--seat", "JP=random")
    assert found["players"]["KP"] == "idle" and found["players"]["JP"] == "random"
    assert found["seats"]["KP"]["lines"]["fired"]["measure"] == 0


def test_watching_tells_turns_draws_scores_and_the_save(shell: Shell, tmp_path: Path) -> None:
    out = shell.good("watch", "one_sky", "--seed", "7", "--save", tmp_path / "a.save")
    for wanted in ("Turn 1: cabinet session", "Turn 3: war week", "had a chance of", "of 100", "digest ", "saved in"):
        assert wanted in out


def test_a_game_stopped_and_resumed_is_the_game_played_through(shell: Shell, played: Path, running: Path) -> None:
    whole = as_json(shell, "watch", "one_sky", "--seed", "7")
    resumed = as_json(shell, "resume", running)
    assert resumed["digest"] == whole["digest"]
    assert running.read_bytes() == played.read_bytes()


def test_a_branch_that_changes_nothing_ends_alike(shell: Shell, played: Path, tmp_path: Path) -> None:
    whole = as_json(shell, "watch", "one_sky", "--seed", "7")
    same = as_json(shell, "branch", played, "--turn", "2", "--keep", "KP", "--save", tmp_path / "b.save")
    assert same["digest"] == whole["digest"]
    shell.good("verify", tmp_path / "b.save")
    assert "branch of another game from turn 2" in shell.good("log", tmp_path / "b.save", "--turn", "2")


def test_a_branch_with_another_player_ends_otherwise(shell: Shell, played: Path, tmp_path: Path) -> None:
    whole = as_json(shell, "watch", "one_sky", "--seed", "7")
    path = tmp_path / "b.save"
    other = as_json(shell, "branch", played, "--turn", "2", "--seat", "KP=idle", "--save", path)
    assert other["digest"] != whole["digest"] and other["players"]["KP"] == "idle"


def test_no_file_is_ever_overwritten(shell: Shell, played: Path, tmp_path: Path) -> None:
    before = played.read_bytes()
    assert "stands there already" in shell.refused(2, "watch", "one_sky", "--save", played)
    assert "stands there already" in shell.refused(2, "branch", played, "--turn", "1", "--save", played)
    assert played.read_bytes() == before
    assert "no such folder" in shell.refused(2, "watch", "one_sky", "--save", tmp_path / "no" / "a.save")


def test_without_arguments_a_game_is_played_and_every_command_it_prints_works(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own folder")
    monkeypatch.chdir(tmp_path)
    out = shell.good()
    (save,) = (tmp_path / "own folder" / "saves").iterdir()
    assert str(save) in out
    call = program()
    commands = [line.strip() for line in out.splitlines() if line.startswith(f"  {call} ")]
    assert len(commands) >= 4
    for command in commands:
        shell.good(*shlex.split(command.removeprefix(call)))


@pytest.mark.parametrize(
    ("called", "on_path", "said"),
    [
        ("bin/twofronts", "", "bin/twofronts"),
        ("bin/twofronts", "bin", "twofronts"),
        ("game/__main__.py", "", "python -m game"),
    ],
)
def test_commands_are_printed_as_they_can_be_typed_here(
    called: str, on_path: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "twofronts").touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / on_path) if on_path else str(tmp_path / "nowhere"))
    monkeypatch.setattr("sys.argv", [called])
    assert program() == said


def test_a_game_that_is_over_is_not_gone_on_with(shell: Shell, played: Path) -> None:
    assert "is over" in shell.refused(2, "resume", played)
