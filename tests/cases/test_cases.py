"""The cases hold, and every written rule has one."""

from __future__ import annotations

import re

import pytest

from game.core import rulebook as kernel
from rules import SEQUENCE
from tests.cases.read import Case, cases, faults

#: A rule stands at the margin of a docstring: "MD7   Each raid ...".
_RULE = re.compile(r"^([A-Z]+\d+)\s{1,}\S", re.MULTILINE)


def written() -> dict[str, str]:
    """Every rule of the kernel and of the chapters, and where it is written."""
    out = {}
    for module in (kernel, *SEQUENCE):
        for found in _RULE.findall(module.__doc__ or ""):
            out[found] = str(module)
    return out


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.id)
def test_case(case: Case) -> None:
    assert not list(faults(case)), case.text["why"]


def test_every_written_rule_has_a_case_and_every_case_a_rule() -> None:
    assert written().keys() == {case.rule for case in cases()}


def test_cases_are_numbered_in_sequence_and_say_why() -> None:
    numbers: dict[str, int] = {}
    for case in cases():
        rule, _, n = case.id.partition(".")
        numbers[rule] = numbers.get(rule, 0) + 1
        assert int(n) == numbers[rule], case.id
        assert 10 < len(case.text["why"]) < 160 and "\n" not in case.text["why"], case.id


def test_a_case_claims_something() -> None:
    claims = {"after", "told", "refused", "doubts", "offered", "asked", "seen", "faults"}
    for case in cases():
        assert claims & case.text.keys(), case.id
