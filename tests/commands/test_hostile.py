"""Calls that are wrong, files that are no saves, readers that go away: one line each, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.__main__ import main
from tests.commands.conftest import Shell

ROOT = Path(__file__).resolve().parents[2]

CALLS: tuple[tuple[str, ...], ...] = (
    ("wach",),
    ("watch",),
    ("watch", "one_ski"),
    ("watch", "one_sky", "--seat", "XX=doctrine"),
    ("watch", "one_sky", "--seat", "TW=doctrine"),
    ("watch", "one_sky", "--seat", "JP"),
    ("watch", "one_sky", "--seat", "JP=doctrin"),
    ("watch", "one_sky", "--seat", "JP=idle", "--seat", "JP=random"),
    ("watch", "one_sky", "--seed", "-1"),
    ("watch", "one_sky", "--seed", "1e9"),
    ("watch", "one_sky", "--seed", "9" * 5000),
    ("watch", "one_sky", "--seed", "٣"),
    ("watch", "one_sky", "--turns", "many"),
    ("watch", ""),
    ("watch", "\0"),
    ("watch", "x" * 100_000),
    ("watch", "../../../../etc/passwd"),
    ("watch", "one_sky\nwith a second line \x1b[31m"),
    ("log", "no such file"),
    ("log",),
    ("log", ".", "--eyes", "JP"),
    ("verify", "no such file"),
    ("branch", "no such file", "--turn", "1", "--save", "x"),
    ("branch", "no such file", "--save", "x"),
    ("facilitate", "no such file"),
    ("facilitate", "no such file", "set", "--reason", "x"),
    ("check", "no such file"),
    ("check", "maps", "--play", "1"),
    ("check", "maps/first_watch/first_watch.toml", "--play", "0"),
    ("pairs", "one_sky", "--pairs", "0"),
    ("pairs", "one_sky", "--pairs", "1", "--workers", "0"),
    ("pairs", "one_sky", "--levels", "3"),
    ("pairs", "one_sky", "--levels", "4,3"),
    ("pairs", "one_sky", "--levels", "0,9"),
    ("pairs", "one_sky", "--levels", "a,b"),
    ("rules", "no_such_chapter"),
    ("list", "more"),
    ("--seat", "JP=idle"),
)


def test_a_count_that_is_none_is_called_one(shell: Shell) -> None:
    for call in (("pairs", "one_sky", "--pairs", "many"), ("check", "maps", "--play", "0")):
        assert "a whole number from 1 to 99999 is wanted" in shell.refused(2, *call)


@pytest.mark.parametrize("argv", CALLS, ids=lambda argv: " ".join(argv)[:40].encode("ascii", "replace").decode())
def test_a_wrong_call_ends_in_one_line(shell: Shell, argv: tuple[str, ...]) -> None:
    line = shell.refused(1 if argv[:2] == ("log", ".") else 2, *argv)
    assert len(line) < 1100
    assert line.isprintable()


@pytest.mark.parametrize(
    ("argv", "near"),
    [
        (("watch", "one_ski"), "one_sky"),
        (("watch", "one_sky", "--seat", "JP=doctrin"), "doctrine"),
        (("watch", "one_sky", "--seat", "jp=doctrine"), "JP"),
    ],
)
def test_what_was_meant_is_named(shell: Shell, argv: tuple[str, ...], near: str) -> None:
    assert near in shell.refused(2, *argv)


def test_near_names_of_eyes(shell: Shell, played: Path) -> None:
    assert "did you mean truth?" in shell.refused(2, "log", played, "--eyes", "thruth")
    assert "there are" in shell.refused(2, "log", played, "--eyes", "TW")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"hello\n", b"{}\n", b"\x00" * 5000, b"[" * 100_000, b'["' + b"0" * 32 + b'","game",0,{}]\n'],
    ids=["empty", "blank", "words", "object", "zeros", "deep", "forged"],
)
@pytest.mark.parametrize("command", ["log", "verify", "resume"])
def test_what_is_no_save_is_said_to_be_none(shell: Shell, tmp_path: Path, command: str, data: bytes) -> None:
    path = tmp_path / "x.save"
    path.write_bytes(data)
    shell.refused(1, command, path)
    assert path.read_bytes() == data


words = st.one_of(
    st.sampled_from(("watch", "log", "verify", "branch", "check", "list", "rules", "one_sky", "--seat", "--seed")),
    st.sampled_from(
        ("--turn", "--eyes", "--why", "--save", "JP=idle", "JP", "1", "0", "--json", "--keep", "--", "-")
    ),
    st.text(max_size=12),
)


@given(argv=st.lists(words, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_call_ends_in_a_traceback(argv: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("game.commands.play._watched", lambda *_, **__: 0)
    assert main(argv) in (0, 1, 2)


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "game", *args]


def test_a_reader_that_goes_away_ends_it_quietly(played: Path) -> None:
    with subprocess.Popen(
        command("log", str(played)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to a child alone")
def test_ctrl_c_ends_it_quietly_and_the_game_can_be_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.save"
    with subprocess.Popen(
        command("watch", "one_sky", "--seed", "7", "--save", str(path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
        error = process.stderr.read()
    assert (code, error) in ((130, b"stopped\n"), (0, b""))
    again = subprocess.run(command("verify", str(path)), capture_output=True, cwd=ROOT, timeout=60)
    assert b"Traceback" not in again.stderr and path.exists()
    assert again.returncode in (0, 1)


def test_a_console_that_cannot_print_a_letter_gets_an_escape(played: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command("log", str(played)), capture_output=True, cwd=ROOT, env=env, timeout=60)
    assert done.returncode == 0 and done.stderr == b""
    assert done.stdout.isascii()
