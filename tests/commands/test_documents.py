"""What the documents say can be typed, can be; what they link to is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from game.grammar import parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md")


def commands() -> list[str]:
    found = []
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("twofronts "):
            found.append(line)
    return found


def test_the_readme_shows_every_command() -> None:
    verbs = {shlex.split(line, comments=True)[1] for line in commands()}
    assert {
        "watch",
        "log",
        "verify",
        "branch",
        "facilitate",
        "check",
        "list",
        "rules",
        "raids",
        "resume",
        "play",
        "replay",
    } <= verbs


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_readme_is_one(line: str) -> None:
    parser().parse_args(shlex.split(line, comments=True)[1:])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere_and_lines_are_short(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target
    if name in ("README.md", "CONTRIBUTING.md"):
        assert max(map(len, text.splitlines())) <= 130


def test_every_library_has_a_reason_and_a_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.split(r"[><=~! ]", line)[0] for line in wanted]
    decisions = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    pins = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.]+", line) for line in pins if not line.startswith("#"))
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    for name in names:
        assert f"| {name} |" in decisions, name
        assert name.lower() in pinned, name
