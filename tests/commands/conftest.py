"""One game of One Sky, played once for all tests that read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.__main__ import main

Run = tuple[int, str, str]


class Shell:
    """Runs commands in this process and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *argv: str | Path) -> Run:
        self.capsys.readouterr()
        code = main([str(arg) for arg in argv])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def good(self, *argv: str | Path) -> str:
        code, out, err = self(*argv)
        assert (code, err) == (0, ""), (argv, err)
        return out

    def refused(self, code: int, *argv: str | Path) -> str:
        """The one line on stderr; nothing on stdout."""
        found, out, err = self(*argv)
        assert found == code, (argv, out, err)
        assert out == ""
        assert err.startswith("twofronts: ") and err.count("\n") == 1 and err.endswith("\n"), err
        return err.strip()


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a desk, too, no test opens a window."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saves") / "played.save"
    assert main(["watch", "one_sky", "--seed", "7", "--save", str(path), "--json"]) == 0
    return path


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saves") / "begun.save"
    assert main(["watch", "one_sky", "--seed", "7", "--save", str(path), "--json", "--turns", "1"]) == 0
    return path


@pytest.fixture
def running(begun: Path, tmp_path: Path) -> Path:
    """A copy of a game that has played its first turn."""
    return Path(shutil.copy(begun, tmp_path / "running.save"))
