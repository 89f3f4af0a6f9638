"""What is cited is written, what is written is cited: rule numbers in code against the chapters' docstrings."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.report.rulebook import books, paragraphs
from game.table import facilitator
from rules import SEQUENCE

ROOT = Path(__file__).resolve().parents[2]
BOOKS = books((*SEQUENCE, facilitator))
WRITTEN = {number for _, doc in BOOKS for number in paragraphs(doc)}
PREFIXES = "|".join(sorted({re.sub(r"\d+", "", number) for number in WRITTEN}, key=len, reverse=True))
NUMBER = re.compile(rf"(?:{PREFIXES})\d+")
CITING = ("Event", "Refusal", "Doubt")

Where = str


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted([*(ROOT / "game").rglob("*.py"), *(ROOT / "rules").rglob("*.py")]):
        if path.parts[len(ROOT.parts) : len(ROOT.parts) + 2] != (
            "game",
            "ui",
        ):  # it cites no rule; F11 is a key there
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def cited() -> dict[str, Where]:
    """Every text in code that is nothing but a rule's number, with a place where it stands."""
    out: dict[str, Where] = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NUMBER.fullmatch(node.value):
                out.setdefault(node.value, f"{path.relative_to(ROOT)}:{node.lineno}")
    return out


def spoken_of() -> set[str]:
    """Rule numbers inside any text of the code that is no docstring: sources of inputs, names of draws."""
    words = re.compile(rf"\b(?:{PREFIXES})\d+\b")
    out: set[str] = set()
    for _, tree in sources():
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                out |= set(words.findall(node.value))
    return out


def named_in_tests() -> set[str]:
    """Rule numbers that tests name in a text, a docstring, or a test's own name ("test_md10_...")."""
    words = re.compile(rf"\b({PREFIXES})(\d+)\b")
    out: set[str] = set()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path == Path(__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                out |= {prefix + n for prefix, n in words.findall(node.value)}
            elif isinstance(node, ast.FunctionDef):
                out |= {part.upper() for part in node.name.split("_")}
    return out


def test_there_are_rules_to_hold_to() -> None:
    assert {"K1", "MD7", "P2", "A1", "F5"} <= WRITTEN
    assert len(WRITTEN) > 40
    assert len(cited()) > 30


def test_numbers_are_unique_over_all_chapters() -> None:
    count = Counter(number for _, doc in BOOKS for number in paragraphs(doc))
    assert [number for number, n in count.items() if n > 1] == []
    for name, doc in BOOKS:
        starts = re.findall(rf"^({PREFIXES})(\d+)\s", doc, re.MULTILINE)
        assert len(starts) == len(paragraphs(doc)), f"{name}: a number is written twice"


@pytest.mark.parametrize("name", [name for name, _ in BOOKS])
def test_a_chapter_numbers_its_rules_in_sequence_under_one_letter(name: str) -> None:
    numbers = list(paragraphs(dict(BOOKS)[name]))
    prefix = re.sub(r"\d+", "", numbers[0])
    assert numbers == [f"{prefix}{n}" for n in range(1, len(numbers) + 1)]


def test_what_code_cites_is_written() -> None:
    assert {number: where for number, where in cited().items() if number not in WRITTEN} == {}


def test_events_refusals_and_doubts_cite_a_rule() -> None:
    """The first thing each of them is given is a number, or a parameter or loop variable that holds one."""
    odd = []
    for path, tree in sources():
        if path.parent.name == "io":
            continue  # reads events back that cited their rule when they were written
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CITING):
                continue
            rule = next((k.value for k in node.keywords if k.arg == "rule"), node.args[0] if node.args else None)
            number = isinstance(rule, ast.Constant) and rule.value in WRITTEN
            if not number and not isinstance(rule, ast.Name | ast.IfExp | ast.Starred):
                odd.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert odd == []


def test_what_is_written_is_cited_by_code_or_by_a_test() -> None:
    assert sorted(WRITTEN - spoken_of() - named_in_tests()) == []
