"""The planted faults still fit the tree, and there are enough of them. `python -m tests.mutants` plants them."""

from __future__ import annotations

from collections import Counter

import pytest

from rules import SEQUENCE
from tests.mutants import CHAPTERS, LAWS, ROOT, Mutant, mutants


@pytest.mark.parametrize("mutant", mutants(), ids=lambda m: m.name)
def test_a_fault_fits_its_file(mutant: Mutant) -> None:
    assert not mutant.misfit()
    assert mutant.before != mutant.after
    assert mutant.file.startswith(("game/", "rules/"))


def test_there_are_three_faults_a_law_and_five_a_chapter() -> None:
    found = Counter(m.by for m in mutants())
    assert {law: found[law] for law in LAWS if found[law] < 3} == {}
    assert {chapter: found[chapter] for chapter in CHAPTERS if found[chapter] < 5} == {}
    assert CHAPTERS.keys() == {c.__name__.rpartition(".")[2] for c in SEQUENCE}


def test_the_tests_that_should_see_them_are_there() -> None:
    for tests in (*LAWS.values(), *CHAPTERS.values()):
        assert [t for t in tests if not (ROOT / t).exists()] == []
