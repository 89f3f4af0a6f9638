"""A scenario that stands on another: tables merge key by key, lists and single values replace, `drop` takes away.

Each key remembers the file that wrote it, so a fault names the file where it can be mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.io.pack_files import PackFiles
from game.io.sheet import Sheet
from game.io.toml_read import MOST_BASES, MOST_BYTES, Table, Unreadable, merged, without

FORMAT = 1
Origins = dict[tuple[str, ...], Path]


def laid(files: PackFiles, path: Path, below: tuple[Path, ...] = ()) -> tuple[Table, Origins] | None:
    """A scenario's table over its base's, and the file that wrote each key; None, with a fault, if one fails."""
    table = files.table(path)
    if table is None:
        return None
    own = Sheet(files, path, (), table, {})
    version = own.whole("format")
    if type(table.get("format")) is int and version != FORMAT:
        own.fault("format", f"is {version}", f"write {FORMAT}: this program reads no other")
    drops = own.texts("drop")
    origins: Origins = {}
    if "base" in table:
        under = _base(own, (*below, path))
        if under is None:
            return None
        beneath, origins = under
        for n, drop in enumerate(drops):
            beneath, gone = without(beneath, drop.split("."))
            if not gone:
                own.fault(("drop", n), f"the base has no {drop!r}", "name a key path such as seats.KP")
        table = merged(beneath, table)
    elif drops:
        own.fault("drop", "there is no base to drop from", "leave it out")
    _mark(origins, (), own.value, path)
    return table, origins


def _base(own: Sheet, below: tuple[Path, ...]) -> tuple[Table, Origins] | None:
    """The table that `own` stands on, without its id; None, with a fault, if there is none."""
    name = own.text("base", most=MOST_BYTES)
    if not name:
        return None
    try:
        path = own.files.inside(own.path.parent, name)
    except Unreadable as error:
        own.fault("base", error.reason, error.remedy)
        return None
    if path in {p.resolve() for p in below} or len(below) > MOST_BASES:
        own.fault("base", "leads back here or too far", f"stand on at most {MOST_BASES} others, none twice")
        return None
    found = laid(own.files, path, below)
    if found is None:
        return None
    table, origins = found
    origins.pop(("id",), None)
    return {key: value for key, value in table.items() if key != "id"}, origins


def _mark(origins: Origins, steps: tuple[str, ...], table: Mapping[str, Any], path: Path) -> None:
    for key, value in table.items():
        origins[*steps, key] = path
        if isinstance(value, dict):
            _mark(origins, (*steps, key), value, path)
