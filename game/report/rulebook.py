"""The rulebook as its chapters' docstrings tell it: paragraphs by number, and the whole to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Protocol

from game.core import rulebook as kernel

#: A paragraph starts at the margin with its number, "MD7   Each raid ..."; lines indented below belong to it.
PARAGRAPH = re.compile(r"^([A-Z]{1,3}[0-9]{1,3})[ \t]{1,}(?=\S)(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)


class Written(Protocol):
    """A module with numbered rules in its docstring."""

    __doc__: str | None

    @property
    def __name__(self) -> str: ...


def paragraphs(doc: str | None) -> dict[str, str]:
    """Rule texts by number, each as one line of words."""
    return {found[1]: " ".join(found[2].split()) for found in PARAGRAPH.finditer(doc or "")}


def books(chapters: Iterable[Written]) -> tuple[tuple[str, str], ...]:
    """(name, docstring) of the kernel and of each chapter, in the sequence of play."""
    return tuple((_name(book), book.__doc__ or "") for book in (kernel_book(), *chapters))


def kernel_book() -> ModuleType:
    return kernel


def _name(book: Written) -> str:
    return "kernel" if book is kernel else book.__name__.rpartition(".")[2]


def rules(chapters: Iterable[Written]) -> Mapping[str, str]:
    """Every numbered rule of a game by its number."""
    return {number: text for _, doc in books(chapters) for number, text in paragraphs(doc).items()}
