"""Which scenarios there are, and where: the shipped maps folder first, then folders of the user's own.

Listing must be quick, so it reads titles alone: neither attrs nor networkx, and no judgment. A file that cannot be
listed is passed over here; `check` tells what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from game.io.toml_read import MOST_BASES, Table, Unreadable, merged, parse, read_bytes, without

#: Only scenarios say it: forces and munitions, far longer, need not be parsed to be passed over.
FORMAT = re.compile(rb"^format\s*=", re.MULTILINE)
MAPS = Path(__file__).resolve().parents[2] / "maps"


class Entry(NamedTuple):
    """One scenario: `minutes` is its length at the table; `seats` are those somebody may take."""

    id: str
    title: str
    path: Path
    minutes: int
    seats: tuple[str, ...]


def scenarios(folders: Iterable[Path] = ()) -> tuple[Entry, ...]:
    """Every scenario of the shipped maps, and of packs in `folders`, folder by folder and by id."""
    found: list[Entry] = []
    for maps in (MAPS, *folders):
        found += sorted(entry for path in _files(maps) if (entry := _entry(path)) is not None)
    return tuple(found)


def _files(maps: Path) -> Iterator[Path]:
    try:
        yield from sorted(maps.glob("*/*.toml"))
    except OSError:
        return


def _entry(path: Path) -> Entry | None:
    try:
        if not FORMAT.search(read_bytes(path)):
            return None
        table = _whole(path)
    except Unreadable:
        return None
    id, title, minutes = (table.get(key) for key in ("id", "title", "minutes"))
    seats = table.get("seats")
    if not isinstance(id, str) or not isinstance(title, str) or type(minutes) is not int or type(seats) is not dict:
        return None
    if not all(text.isprintable() for text in (id, title, *seats)):
        return None
    return Entry(id, title, path, minutes, tuple(sorted(seats)))


def theatre_file(path: Path) -> Path:
    """The map that a scenario's file, or its base, names. PackFault if the file can't be read or names none."""
    try:
        name = _whole(path).get("theatre")
    except Unreadable as error:
        raise _fault(str(path), error.reason, error.remedy) from None
    if not isinstance(name, str):
        raise _fault(str(path), "names no theatre", 'add theatre = "theatre.geojson"')
    return path.parent / name


def _whole(path: Path, bases: int = 0) -> Table:
    """A scenario's table over those of its bases; an unreadable base raises Unreadable."""
    table = parse(read_bytes(path))
    name = table.get("base")
    if not isinstance(name, str):
        return table
    base = (path.parent / name).resolve()
    if bases == MOST_BASES or not base.is_relative_to(path.parent.parent.resolve()):
        raise Unreadable("has no base that can be read", "mend its base")
    under = _whole(base, bases + 1)
    drops = table.get("drop")
    for drop in drops if isinstance(drops, list) else ():
        under, _ = without(under, str(drop).split("."))
    return merged({key: value for key, value in under.items() if key != "id"}, table)


def find(name_or_path: str | Path, folders: Iterable[Path] = ()) -> Path:
    """The file of a scenario by its id, or by its path. Raises PackFault with one line that names the nearest."""
    text = str(name_or_path)
    entries = scenarios(folders)
    paths = [entry.path for entry in entries if entry.id == text]
    if len(paths) == 1:
        return paths[0]
    if len(paths) > 1:
        raise _fault(text, "is the id of several scenarios", f"name its file: {' or '.join(map(str, paths))}")
    path = Path(text)
    if "\0" not in text and len(text) < 4096 and path.suffix == ".toml":
        try:
            if path.is_file():
                return path
        except OSError:
            pass
    ids = sorted({entry.id for entry in entries})
    near = get_close_matches(text[:80], ids, 3, 0.5) or ids
    remedy = f"try {', '.join(near)}" if near else "name a scenario's file"
    raise _fault(text, "there is no such scenario", remedy)


def _fault(text: str, reason: str, remedy: str) -> Exception:
    from game.io.fault import Fault, PackFault  # late: it brings attrs

    return PackFault([Fault(repr(text[:80])[1:-1], "", reason, remedy)])
