"""The lines of a save: framed, chained, appended, scanned.

A line is `["<link>","<kind>",<turn>,<payload>]`. The link is the blake2b of the link before and of the bytes that
follow it up to the end of the line, so no line can be changed, dropped, doubled or moved without a break that names
the line. The chain tells accidents and clumsy changes; whoever edits the program can chain again.

A scan hashes the bytes and reads no JSON: a save opens at any turn without parsing the others.
"""

from __future__ import annotations

import os
import re
import stat
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from game.io.fault import Fault, PackFault

if TYPE_CHECKING:
    from game.io.sealed import Seal

MOST_BYTES = 256 * 1024 * 1024
MOST_LINE = 16 * 1024 * 1024
_PREFIX = re.compile(rb'\["([0-9a-f]{32})","([a-z]{2,8})",(0|[1-9][0-9]{0,5}),')
_CLOSE = ord("]")
_BODY = 35  # bytes up to and with the quote that ends the link


class SaveFault(PackFault):
    """A save that cannot be read or written, in one line."""

    def __init__(self, path: Path | str, place: str, reason: str, remedy: str) -> None:
        super().__init__([Fault(str(path), place, reason, remedy)])

    def __str__(self) -> str:
        return str(self.faults[0])


@attrs.frozen(slots=True)
class Mark:
    """Where a record stands: its kind and turn, its line (from 1), the bytes of its payload, its link."""

    kind: str
    turn: int
    line: int
    start: int
    stop: int
    link: bytes


@attrs.frozen(slots=True)
class Trouble:
    """Why a file is not whole. `cut`: its last record was never written to the end, which is what a crash leaves.
    Otherwise it was altered. The line is the first that is wrong."""

    cut: bool
    line: int
    reason: str


@attrs.frozen(slots=True)
class Lines:
    """A scanned file. `good` bytes of `data`, up to the last sound line, hold the records that `marks` point to."""

    data: bytes = attrs.field(repr=False)
    marks: tuple[Mark, ...] = attrs.field(repr=False)
    good: int
    trouble: Trouble | None

    def payload(self, mark: Mark) -> bytes:
        return self.data[mark.start : mark.stop]

    @property
    def link(self) -> bytes:
        return self.marks[-1].link if self.marks else b""


def chained(link: bytes, body: bytes | memoryview) -> bytes:
    hashed = blake2b(link, digest_size=16)
    hashed.update(body)
    return hashed.hexdigest().encode()


def frame(link: bytes, kind: str, turn: int, payload: str) -> tuple[bytes, bytes]:
    """The line of a record after the one with `link`, and its own link."""
    body = f',"{kind}",{turn},{payload}]\n'.encode()
    new = chained(link, body)
    return b'["' + new + b'"' + body, new


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """A plain file's bytes; SaveFault for anything else, or more than `most`."""
    try:
        with path.open("rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise SaveFault(path, "", "this is not a file", "name a saved game")
            if info.st_size > most:
                size, limit = info.st_size // 2**20, most // 2**20
                raise SaveFault(path, "", f"{size} MB is more than a save may have ({limit})", "name a saved game")
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no such file"
        raise SaveFault(path, "", f"cannot be read: {reason}", "check the name and whether you may read it") from None


def scan(data: bytes) -> Lines:
    """Find the records of `data` and hold the chain to every byte. Stops at the first line that is wrong."""
    marks: list[Mark] = []
    at, link, size = 0, b"", len(data)
    view = memoryview(data)
    while at < size:
        end = data.find(b"\n", at)
        number = len(marks) + 1
        if end < 0:
            return Lines(data, tuple(marks), at, Trouble(True, number, "the last record was not written to its end"))
        prefix = _PREFIX.match(data, at, end + 1)
        reason = ""
        if end + 1 - at > MOST_LINE:
            reason = f"a line of {(end - at) // 2**20} MB; {MOST_LINE // 2**20} is the most"
        elif prefix is None or data[end - 1] != _CLOSE:
            reason = "this is no record of a save"
        elif chained(link, view[at + _BODY : end + 1]) != prefix[1]:
            reason = "this record does not follow from the one before: changed, moved, doubled or one is missing"
        if reason or prefix is None:
            return Lines(data, tuple(marks), at, Trouble(False, number, reason))
        link = prefix[1]
        marks.append(Mark(prefix[2].decode(), int(prefix[3]), number, prefix.end(), end - 1, link))
        at = end + 1
    return Lines(data, tuple(marks), at, None)


def write_new(path: Path, data: bytes) -> None:
    """Write a whole small file: under another name first, to the disk, then renamed. Replaces what was there."""
    temp = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temp.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        temp.unlink(missing_ok=True)
        raise SaveFault(
            path, "", f"cannot be written: {error.strerror}", "free some space or save elsewhere"
        ) from None


def sync_folder(folder: Path) -> None:
    """Have the folder's own entry on disk, where the system knows how."""
    if hasattr(os, "O_DIRECTORY"):
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


class Appender:
    """An open file. A record is in it when `add` returns, and on the disk where `sure` was asked for.

    If a write fails the file is put back to its last whole record and SaveFault says so.
    """

    def __init__(
        self, path: Path, file: Lines, *, seal: Seal | None = None, link: bytes | None = None, durable: bool = True
    ) -> None:
        """`file` is what the file holds; a tail that is not sound must have been put aside before. Of a sealed save
        `link` is that of the last record within."""
        self.path = path
        self.seal = seal
        self.link = file.link if link is None else link
        self.size = file.good
        self._outer = file.link
        self.durable = durable
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))
        except OSError as error:
            raise SaveFault(path, "", f"cannot be written: {error.strerror}", "copy it where you may write") from None

    def add(self, kind: str, turn: int, payload: str, *, sure: bool = False) -> None:
        line, link = frame(self.link, kind, turn, payload)
        outer = link
        if self.seal is not None:
            line, outer = self.seal.line(self._outer, kind, turn, line)
        if len(line) > MOST_LINE:
            raise SaveFault(
                self.path, "", f"a {kind} record of {len(line) // 2**20} MB", "this is a fault in the rules"
            )
        if self._fd < 0 or os.fstat(self._fd).st_size != self.size:
            raise SaveFault(
                self.path,
                "",
                "another program wrote to this save, or it was closed",
                "open it again in one place only",
            )
        try:
            left = memoryview(line)
            while left:
                left = left[os.write(self._fd, left) :]
            if sure and self.durable:
                os.fsync(self._fd)
        except OSError as error:
            os.ftruncate(self._fd, self.size)
            reason = f"cannot be written: {error.strerror}"
            raise SaveFault(self.path, "", reason, "free some space, then open the save again") from None
        self.size += len(line)
        self.link = link
        self._outer = outer

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> Appender:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
