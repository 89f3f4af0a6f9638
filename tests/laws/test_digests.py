"""Law: the same digests under any hash seed and on any Python version, those of the stored text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.laws import digests

ROOT = Path(__file__).parents[2]
#: Pure-Python packages that a game without a screen loads; another interpreter borrows them from this one.
BORROWED = ("attr", "attrs", "cattr", "cattrs", "typing_extensions", "exceptiongroup", "platformdirs")
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def first_difference(found: str, wanted: str) -> str:
    """The first line that differs, "" for none."""
    a, b = found.splitlines(), wanted.splitlines()
    for n in range(max(len(a), len(b))):
        one, other = (a[n] if n < len(a) else "(end)"), (b[n] if n < len(b) else "(end)")
        if one != other:
            return f"line {n + 1}: {one!r}, stored {other!r}; if a rule changed, python -m tests.laws.digests --write"
    return ""


def stored() -> str:
    return digests.STORED.read_text(encoding="utf-8")


def run(python: str, hash_seed: str, path: str) -> str:
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, "-m", "tests.laws.digests"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_games_end_as_stored() -> None:
    assert not first_difference("\n".join(digests.lines()) + "\n", stored())


@pytest.mark.parametrize("hash_seed", ("0", "1", "4294967295"))
def test_the_hash_seed_is_nothing(hash_seed: str) -> None:
    assert not first_difference(run(sys.executable, hash_seed, ""), stored())


@cache
def version_of(python: str) -> str:
    """ "3.12" of an interpreter that runs, "" of one that does not."""
    try:
        done = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_of_python_is_nothing(version: str, tmp_path: Path) -> None:
    if version == ".".join(map(str, sys.version_info[:2])):
        assert digests.STORED.is_file()  # this very interpreter: the tests above have compared it
        return
    python = shutil.which(f"python{version}")
    if python is None or version_of(python) != version:
        pytest.skip(f"no python{version} on the path; the stored text was compared with {sys.version.split()[0]}")
    for name in BORROWED:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)
            source = origin.parent if origin.name == "__init__.py" else origin
            (tmp_path / source.name).symlink_to(source)
    assert not first_difference(run(python, "random", str(tmp_path)), stored())
