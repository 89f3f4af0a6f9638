"""One table of a pack while it is read: asked for by key, and complaining by place.

Each call takes one key of the table, says what it must be, and gives a usable value whatever stands there, so that
reading goes on to the next fault. `close` reports the keys that nobody asked for. Faults are gathered in the
pack's files; a value that was given only to go on is never used, since a pack with faults makes no Setting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import Any

from game.io.pack_files import PackFiles

#: No number of a pack is larger; what is counted in ppm or hundredths stays far below.
MOST = 10**12
#: Nor does any list or table of tables have more in it.
MOST_ITEMS = 1000
Step = str | int
Origins = Mapping[tuple[str, ...], Path]


def place(steps: tuple[Step, ...]) -> str:
    """A key path as people write it: seats.JP.lines[2].measure."""
    out = ""
    for step in steps:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            shown = step if len(step) <= 60 else step[:57] + "..."
            shown = f'"{shown}"' if not shown or "." in shown else shown
            out += f".{shown}" if out else shown
    return out


def nearest(name: str, known: Collection[str]) -> str:
    """A remedy: the nearest known name, or what names there are."""
    close = get_close_matches(name[:80], sorted(known), 1, 0.6) if len(known) <= MOST_ITEMS else []
    if close:
        return f"did you mean {close[0]}?"
    if not known:
        return "leave it out: there are none here"
    listed = nsmallest(13, known)
    return f"use one of {', '.join(listed[:12])}{' ...' if len(listed) > 12 else ''}"


def kind(value: object) -> str:
    """What a TOML value is, in words."""
    words = {bool: "true or false", int: "a whole number", float: "a fraction", str: "a text", list: "a list"}
    return words.get(type(value), "a table" if isinstance(value, dict) else "a date or time")


class Unread(dict[str, Any]):
    """Stands for the names of a file that could not be read: any name may be right, so none is reported."""

    def __contains__(self, name: object) -> bool:
        return True


class Sheet:
    """One table: its file (or, for inherited keys, `origins`), its key path, its values, the keys asked for."""

    def __init__(
        self, files: PackFiles, path: Path, steps: tuple[Step, ...], value: Mapping[str, Any], origins: Origins
    ) -> None:
        self.files, self.path, self.steps, self.value, self.origins = files, path, steps, value, origins
        self.asked: set[str] = set()

    def origin(self, *more: Step) -> Path:
        """The file that wrote the value at this place; an inherited value is its base's."""
        steps = (*self.steps, *more)
        for n in range(len(steps), 0, -1):
            found = self.origins.get(steps[:n])  # type: ignore[arg-type]
            if found is not None:
                return found
        return self.path

    def fault(self, key: Step | tuple[Step, ...], reason: str, remedy: str) -> None:
        """Something wrong with `key` of this table ("" for the table as a whole)."""
        more = key if isinstance(key, tuple) else (key,) if key != "" else ()
        self.files.fault(self.origin(*more), place((*self.steps, *more)), reason, remedy)

    def unknown(self, key: Step | tuple[Step, ...], what: str, name: str, known: Collection[str]) -> None:
        self.fault(key, f"no such {what}: {name[:80]!r}", "" if self.files.full else nearest(name, known))

    def take(self, key: str, wanted: type, what: str, must: bool) -> Any:
        """The value of `key` if it is of the type `wanted`; else None, with a fault if it is wrong or missing."""
        self.asked.add(key)
        if key not in self.value:
            if must:
                self.fault(key, "is missing", f"add it: {what}")
            return None
        value = self.value[key]
        if type(value) is not wanted:
            self.fault(key, f"is {kind(value)}", f"write {what}")
            return None
        return value

    def text(self, key: str, default: str | None = None, most: int = 200) -> str:
        """A text of 1 to `most` letters; an optional one may be empty too."""
        value = self.take(key, str, "a text in quotes", default is None)
        if value is None:
            return default or ""
        if default is None and not value.strip():
            self.fault(key, "is empty", "write a text")
        if len(value) > most:
            self.fault(key, f"is {len(value)} letters long", f"keep it to {most}")
        return str(value)

    def one_of(self, key: str, known: Collection[str], what: str, default: str | None = None) -> str:
        value = self.take(key, str, f"a {what} in quotes", default is None)
        if value is None:
            return default or ""
        if value not in known and value != default:
            self.unknown(key, what, value, known)
        return str(value)

    def whole(self, key: str, default: int | None = None, least: int = 0, most: int = MOST) -> int:
        what = f"a whole number from {least} to {most}"
        value = self.take(key, int, what, default is None)
        if value is None:
            return least if default is None else default
        if not least <= value <= most:
            shown = value if abs(value) < 10**15 else "a number"
            self.fault(key, f"{shown} is out of range", f"write {what}")
            return int(min(max(value, least), most))
        return int(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.take(key, bool, "true or false", False)
        return default if value is None else bool(value)

    def items(self, key: str, must: bool = False) -> list[Any]:
        value = self.take(key, list, "a list in [ ]", must)
        value = value or []
        if len(value) > MOST_ITEMS:
            self.fault(key, f"has {len(value)} items", f"keep it to {MOST_ITEMS}")
        return list(value[:MOST_ITEMS])

    def texts(self, key: str, must: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        out = []
        for n, item in enumerate(self.items(key, must)):
            if isinstance(item, str):
                out.append(item)
            else:
                self.fault((key, n), f"is {kind(item)}", "write a text in quotes")
        return tuple(out)

    def names(self, key: str, known: Collection[str], what: str, must: bool = False) -> tuple[str, ...]:
        """A list of known names."""
        for n, item in enumerate(found := self.items(key, must)):
            if not isinstance(item, str):
                self.fault((key, n), f"is {kind(item)}", f"write a {what} in quotes")
            elif item not in known:
                self.unknown((key, n), what, item, known)
        return tuple(item for item in found if isinstance(item, str))

    def sheet(self, key: str, must: bool = False) -> Sheet:
        """The table under `key`; an empty one if it is not there."""
        value = self.take(key, dict, "a table", must)
        return self.inner((key,), value or {})

    def sheets(self, key: str, must: bool = False) -> Iterator[Sheet]:
        """The tables of the list under `key`."""
        for n, item in enumerate(self.items(key, must)):
            if isinstance(item, dict):
                yield self.inner((key, n), item)
            else:
                self.fault((key, n), f"is {kind(item)}", "write a table")

    def each(self) -> Iterator[tuple[str, Sheet]]:
        """Every key of this table, as a table of its own."""
        if len(self.value) > MOST_ITEMS:
            self.fault("", f"has {len(self.value)} tables", f"keep it to {MOST_ITEMS}")
        for key in islice(self.value, MOST_ITEMS):
            inner = self.take(key, dict, "a table", False)
            if inner is not None:
                yield key, self.inner((key,), inner)

    def inner(self, more: tuple[Step, ...], value: Mapping[str, Any]) -> Sheet:
        return Sheet(self.files, self.path, (*self.steps, *more), value, self.origins)

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.value:
            if key not in self.asked:
                self.unknown(key, "key", key, self.asked)
