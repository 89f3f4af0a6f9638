"""The title, play and replay as processes: with a window that nobody sees, and without any display."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.io.recent import glance
from game.io.save import open_save

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n"


def environment(home: Path, *, driver: str = "") -> dict[str, str]:
    """A user's own folders under `home`, and no display but the one that `driver` names."""
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    out = {key: value for key, value in os.environ.items() if key not in gone}
    out |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    out |= {"PYTHONPATH": str(ROOT), "SDL_AUDIODRIVER": "dummy"}
    return out | ({"SDL_VIDEODRIVER": driver} if driver else {})


def call(home: Path, *argv: object, driver: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "game", *map(str, argv)]
    return subprocess.run(
        command, cwd=home, env=environment(home, driver=driver), capture_output=True, text=True, timeout=120
    )


def refused(code: int, home: Path, *argv: object, driver: str = "dummy") -> str:
    """The one line on stderr; nothing on stdout."""
    done = call(home, *argv, driver=driver)
    assert done.returncode == code, (argv, done.stdout, done.stderr)
    assert done.stdout == "" and done.stderr.startswith("twofronts: ") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def size_of(png: Path) -> tuple[int, int]:
    data = png.read_bytes()
    assert data.startswith(PNG)
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


# Without a display


@pytest.mark.parametrize("driver", ["", "dummy", "offscreen"])
def test_without_a_display_a_game_is_played_and_one_line_says_so(tmp_path: Path, driver: str) -> None:
    done = call(tmp_path, driver=driver)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("There is no display here") == 1 and "digest " in done.stdout
    assert len(list((tmp_path / "data" / "twofronts" / "saves").glob("*.save"))) == 1


def test_play_and_replay_say_what_to_call_without_a_display(tmp_path: Path, running: Path) -> None:
    assert "watch one_sky" in refused(2, tmp_path, "play", "one_sky", driver="")
    assert f"log {running}" in refused(2, tmp_path, "replay", running, driver="")


# What is wrong with a call is said before a window opens


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("play", "one_skye"), "try one_sky"),
        (("play", "one_sky", "--seat", "JP"), "SEAT=PLAYER"),
        (("play", "one_sky", "--seat", "JP=persn"), "did you mean person"),
        (("play", "one_sky", "--seat", "TW=person"), "not in this scenario"),
        (("play", "one_sky", "--seat", "XX=person"), "no seat"),
        (("play", "one_sky", "--seat", "JP=person", "--seat", "JP=idle"), "twice"),
        (("play", "one_sky", "--seed", "x"), "whole number"),
        (("play", "one_sky", "--save", "there.save"), "stands there already"),
        (("play", "one_sky", "--save", "no/where.save"), "no such folder"),
        (("play", "one_sky", "--size", "10x10"), "1024x576"),
        (("replay", "gone.save"), "no such file"),
        (("--size", "big"), "1280x720"),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused_in_one_line(
    tmp_path: Path, argv: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.save").write_text("dear diary")
    assert said in refused(2, tmp_path, *argv)
    assert (tmp_path / "there.save").read_text() == "dear diary"


def test_another_pygame_in_the_place_of_ours_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "pygame.py").write_text("ver = '2.6.1'")
    done = subprocess.run(
        [sys.executable, "-m", "game", "--window"],
        cwd=tmp_path,
        env=environment(tmp_path, driver="dummy") | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2 and done.stdout == ""
    assert "pip install pygame-ce" in done.stderr and done.stderr.count("\n") == 1


# Play


def begun(home: Path, save: Path, *argv: str) -> subprocess.Popen[str]:
    """A window at a game, once the game is in its save."""
    command = [sys.executable, "-m", "game", "play", "one_sky", "--save", str(save), *argv]
    process = subprocess.Popen(
        command,
        cwd=home,
        env=environment(home, driver="dummy"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while glance(save) is None and time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    return process


def test_seats_named_person_are_persons_and_all_others_doctrine(tmp_path: Path) -> None:
    save = tmp_path / "a.save"
    process = begun(tmp_path, save, "--seat", "JP=person", "--seat", "KP=random", "--seed", "11")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "stopped\n")
    header = open_save(save).header
    assert header.seed == 11
    assert dict(header.players) == {
        "CN": "doctrine",
        "JP": "person",
        "KP": "random",
        "KR": "doctrine",
        "US": "doctrine",
    }


def test_a_window_that_is_killed_leaves_a_whole_save(tmp_path: Path) -> None:
    save = tmp_path / "a.save"
    process = begun(tmp_path, save, "--seat", "JP=person", "--seat", "KR=person")
    process.kill()
    process.communicate(timeout=30)
    done = call(tmp_path, "verify", save)
    assert done.returncode == 0 and "whole" in done.stdout, done.stderr


# Replay


def test_a_picture_is_drawn_without_a_display(tmp_path: Path, running: Path) -> None:
    for name, argv in {"a.png": (), "b.png": ("--size", "1920x1080", "--turn", "2", "--eyes", "JP")}.items():
        done = call(tmp_path, "replay", running, "--picture", name, *argv)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert size_of(tmp_path / "a.png") == (1280, 720) and size_of(tmp_path / "b.png") == (1920, 1080)


def test_other_eyes_are_another_picture(tmp_path: Path, played: Path) -> None:
    for eyes in ("JP", "CN", "truth"):
        call(tmp_path, "replay", played, "--turn", "3", "--eyes", eyes, "--picture", f"{eyes}.png")
    assert len({(tmp_path / f"{eyes}.png").read_bytes() for eyes in ("JP", "CN", "truth")}) == 3


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--turn", "9"), "has turns 1 to"),
        (("--eyes", "jp"), "there are CN, JP"),
        (("--picture", "a.jpg"), "ends in .png"),
        (("--picture", "there.png"), "stands there already"),
    ],
)
def test_a_replay_that_cannot_be_shown_is_refused(
    tmp_path: Path, running: Path, argv: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.png").write_text("dear diary")
    assert said in refused(2, tmp_path, "replay", running, *argv)
    assert (tmp_path / "there.png").read_text() == "dear diary"


def test_a_file_that_is_no_save_is_at_fault(tmp_path: Path) -> None:
    (tmp_path / "odd.save").write_text("dear diary\n")
    refused(1, tmp_path, "replay", "odd.save", "--picture", "a.png")
    assert not (tmp_path / "a.png").exists()
