"""Word files: a TOML file a chapter and language, read when its first sentence is wanted."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FALLBACK = "en"

#: Where word files stand, as FOLDER/LANGUAGE/CHAPTER.toml; a chapter from another package adds its own folder.
_FOLDERS: list[Path] = [Path(__file__).parent]


def add_folder(folder: Path) -> None:
    """Look for word files in `folder` too, after the game's own."""
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)
        words.cache_clear()


@cache
def words(chapter: str, language: str) -> Mapping[str, str]:
    """Sentences of one chapter by message id without its "chapter."; empty where no file has them."""
    out: dict[str, str] = {}
    for folder in reversed(_FOLDERS):
        path = folder / language / f"{chapter}.toml"
        if path.is_file():
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            out.update((key, value) for key, value in found.items() if isinstance(value, str))
    return out


def sentence(id: str, language: str) -> str | None:
    """The sentence of a message id, in English where the language has none; None where English has none either."""
    chapter, _, key = id.partition(".")
    return words(chapter, language).get(key) or words(chapter, FALLBACK).get(key)


def term(kind: str, code: str, language: str = FALLBACK) -> str:
    """The word for a code, such as kind "route", code "real_time"; the code itself where there is none."""
    return sentence(f"terms.{kind}.{code}", language) or code
