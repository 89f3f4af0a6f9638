"""Which program and which rules play: what a save's header says of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from game.core import rulebook
from game.core.rulebook import Chapter
from game.io.header import Edition


def version() -> str:
    """The installed version; "0+source" when run from a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("twofronts")
    except PackageNotFoundError:
        return "0+source"


def edition(chapters: Sequence[Chapter]) -> Edition:
    """This program's edition. The digest is that of the source of the kernel and of every chapter in play."""
    found = blake2b(digest_size=16)
    for name, path in sorted(_sources(chapters)):
        # Line ends differ between checkouts, rules do not.
        text = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{name}|{len(text)}|".encode())
        found.update(text)
    return Edition(version(), found.hexdigest())


def _sources(chapters: Sequence[Chapter]) -> Iterator[tuple[str, Path]]:
    for name, file in (("core", rulebook.__file__), *((c.__name__, getattr(c, "__file__", None)) for c in chapters)):
        if file is None:
            continue
        path = Path(file)
        if name == "core" or path.name == "__init__.py":
            yield from ((f"{name}/{f.relative_to(path.parent).as_posix()}", f) for f in path.parent.rglob("*.py"))
        else:
            yield name, path
