"""The files of one pack: which may be opened, what was read, and what is wrong so far.

A pack lies in a folder of its own beside others (the maps folder), so it may share files with its neighbors and no
file beyond them. Every byte that makes a game goes through `PackFiles.open`, so the digest can miss none.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from game.io.fault import Fault
from game.io.toml_read import Table, Unreadable, parse, read_bytes

ENDINGS = (".toml", ".geojson")
#: Letters of a fault's place, reason or remedy.
MOST_LETTERS = 300
MOST_PATH = 200
#: So many faults are told of one pack.
MOST_FAULTS = 500


def clean(text: str) -> str:
    """One line fit for a terminal, whatever a hostile file put into its names."""
    line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 3] + "..."


def resolved(path: Path) -> Path:
    """The path without links and dots. Raises Unreadable: a circle of links, or no path at all."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        raise Unreadable("is no path that leads anywhere", "name a file of a pack") from None


class PackFiles:
    """What is read of one pack, by absolute path, and its faults in the order found.

    folder: where the pack lies. shown: the folder that faults name files from. Raises Unreadable if it is no path.
    """

    def __init__(self, folder: Path, shown: Path | None = None) -> None:
        self.folder = resolved(folder)
        self.root = self.folder.parent
        self.shown = self.folder if shown is None else resolved(shown)
        self.read: dict[Path, bytes] = {}
        self.tables: dict[Path, Table | None] = {}
        self.found: dict[Fault, None] = {}

    def name(self, path: Path) -> str:
        """The path as a fault shows it: from the shown folder, with forward slashes."""
        return Path(os.path.relpath(path, self.shown)).as_posix()

    def fault(self, path: Path, place: str, reason: str, remedy: str) -> None:
        if self.full:
            place, reason, remedy = "", f"has more than {MOST_FAULTS} faults", "mend those told first"
        self.found[Fault(clean(self.name(path)), clean(place), clean(reason), clean(remedy))] = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)

    @property
    def full(self) -> bool:
        """Whether so much is wrong that no more is told, beyond that a file has more."""
        return len(self.found) >= MOST_FAULTS

    def inside(self, base: Path, name: str) -> Path:
        """The file that `name`, written in a file of folder `base`, means. Raises Unreadable if it may not be."""
        odd = any(c in '\\:*?"<>|' or ord(c) < 32 for c in name)
        if odd or not 0 < len(name) <= MOST_PATH or name.startswith(("/", "~")):
            raise Unreadable(f"{name[:80]!r} is no relative path", "write a path from here, with / between names")
        if not name.endswith(ENDINGS):
            raise Unreadable(f"{name[:80]!r} is not a pack file", f"name a file ending in {' or '.join(ENDINGS)}")
        path = resolved(base / name)
        if not path.is_relative_to(self.root):
            raise Unreadable(f"{name[:80]!r} climbs out of the maps folder", "keep all files of packs under it")
        return path

    def open(self, path: Path) -> bytes:
        """The bytes of a file; remembered for the digest. Raises Unreadable."""
        if path not in self.read:
            if not resolved(path).is_relative_to(self.root):
                raise Unreadable("leads out of the maps folder", "keep all files of packs under it")
            self.read[path] = read_bytes(path)
        return self.read[path]

    def table(self, path: Path) -> Table | None:
        """The table of a TOML file; None, and a fault, if it yields none."""
        if path not in self.tables:
            self.tables[path] = None
            try:
                self.tables[path] = parse(self.open(path))
            except Unreadable as error:
                self.fault(path, "", error.reason, error.remedy)
        return self.tables[path]

    def digest(self) -> str:
        """32 hex digits of all bytes read, each file under its path from the pack's folder."""
        whole = blake2b(digest_size=16)
        names = {Path(os.path.relpath(path, self.folder)).as_posix(): data for path, data in self.read.items()}
        for name, data in sorted(names.items()):
            whole.update(f"{len(name.encode())}:{name}:{len(data)}:".encode() + data)
        return whole.hexdigest()
