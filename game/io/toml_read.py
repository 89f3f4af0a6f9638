"""Bytes in, one TOML table out, however hostile the bytes.

Knows the standard library alone, so that listing packs stays quick. What TOML allows and no pack needs is refused
here once: whoever reads further meets dicts with text keys, not deeper than `DEPTH`, and lists.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

MOST_BYTES = 5_000_000
DEPTH = 20
#: A dotted key costs the TOML reader the square of its parts: a line of a million dots would hang it.
MOST_DOTS = 300

#: How many scenarios may stand on one another.
MOST_BASES = 4

Table = dict[str, Any]


class Unreadable(Exception):  # noqa: N818 - told to people as a fault
    """A file that yields no table: reason and remedy, in words that fit behind its name."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(f"{reason}; {remedy}")


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file. Raises Unreadable: absent, no regular file, too big, no permission."""
    try:
        if not path.is_file():
            what = "is not a file" if path.exists() else "there is no such file"
            raise Unreadable(what, "name a file that exists")
        size = path.stat().st_size
        if size > most:
            raise Unreadable(f"{size} bytes is too big", f"keep it under {most} bytes")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is no path"
        raise Unreadable(f"cannot be read ({reason})", "mend its name or permissions") from None


def parse(data: bytes) -> Table:
    """The table that `data` spells. Raises Unreadable: not UTF-8, not TOML, nested too deep."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is not UTF-8 text", "save the file as UTF-8") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise Unreadable(f"line {number} has more than {MOST_DOTS} dots", "break the line up")
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise Unreadable("is nested too deep", f"keep it to {DEPTH} levels") from None
    except ValueError as error:
        reason = " ".join(str(error).split())[:200]
        raise Unreadable(f"is not TOML: {reason}", "mend the spelling at that place") from None
    if too_deep(table):
        raise Unreadable("is nested too deep", f"keep it to {DEPTH} levels")
    if not table:
        raise Unreadable("is empty", "write the pack's tables into it")
    return table


def too_deep(value: Any) -> bool:
    """Whether tables and lists stand more than `DEPTH` levels inside one another."""
    level = [value]
    for _ in range(DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def is_scenario(table: Table) -> bool:
    """Whether a file is a scenario: forces and munitions hold tables alone."""
    return any(not isinstance(value, dict) for value in table.values())


def merged(below: Table, above: Table) -> Table:
    """`above` laid over `below`: tables merge key by key; lists and single values replace."""
    out = dict(below)
    for key, value in above.items():
        under = below.get(key)
        out[key] = merged(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return out


def without(table: Table, steps: list[str]) -> tuple[Table, bool]:
    """The table without the key at the path, and whether it was there."""
    first, *rest = steps
    inner = table.get(first)
    if not rest:
        return {k: v for k, v in table.items() if k != first}, first in table
    if not isinstance(inner, dict):
        return table, False
    left, gone = without(inner, rest)
    return {**table, first: left}, gone
