"""Recent games for a title screen: the user's own saves, and paths of saves elsewhere that were opened.

Only the first line of a save and the head of its last record are read, and who sits where, so a folder of long games
lists at once. What is listed holds nothing secret: no seed, no plan, no state, no code. A file that cannot be listed
is passed over here; opening it tells what is wrong.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from game.core.ids import SEATS, Seat
from game.io.plain import CodecFault, dumps, loads
from game.io.record import SaveFault, read_bytes, write_new
from game.io.seating import seating_path

MOST = 12
MOST_PATHS = 50
_MOST_HEAD = 1024 * 1024
_CHUNK = 64 * 1024
_MOST_TAIL = 2 * 1024 * 1024
_PREFIX = re.compile(rb'\["[0-9a-f]{32}","([a-z]{2,8})",(0|[1-9][0-9]{0,5}),')
#: Of the names of a seat's people, at most.
_LETTERS = 60


@attrs.frozen(slots=True)
class Recent:
    """A game to go on with. `seats`: each with who plays it, people's names or a player's ("" where nobody is
    named). `played` is when it was last written, in seconds since 1970."""

    path: Path
    scenario: str
    title: str
    turn: int
    seats: tuple[tuple[Seat, str], ...]
    over: bool
    played: int


def saves_folder() -> Path:
    """Where the user's own games are kept; made if it is not there."""
    folder = _data_folder() / "saves"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def new_save(name: str) -> Path:
    """A file in the saves folder where nothing stands yet, for a game that nobody named a file for. Numbered: a name
    is read by all, and must not tell a sealed game's seed."""
    folder = saves_folder()
    return next(path for n in count(1) if not (path := folder / f"{name}-{n}.save").exists())


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("twofronts", appauthor=False)


def recent_games(titles: Mapping[str, str], folder: Path | None = None, most: int = MOST) -> tuple[Recent, ...]:
    """The games last played, newest first. `titles` of scenarios by id; `folder` stands in for the data folder."""
    folder = folder or _data_folder()
    found: dict[Path, Recent] = {}
    for path in (*_own(folder / "saves"), *_elsewhere(folder)):
        place = _resolved(path)
        if place not in found and (game := glance(path, titles)) is not None:
            found[place] = game
    return tuple(sorted(found.values(), key=lambda game: (-game.played, str(game.path)))[:most])


def remember(path: Path | str, folder: Path | None = None) -> None:
    """Keep the path of a save outside the user's own folder; SaveFault if it cannot be written."""
    folder = folder or _data_folder()
    place = _resolved(Path(path))
    if place.parent == _resolved(folder / "saves"):
        return
    _write(folder, [place, *(p for p in _elsewhere(folder) if p != place)])


def forget(path: Path | str, folder: Path | None = None) -> None:
    """Take a path off the list; the save itself stays."""
    folder = folder or _data_folder()
    place = _resolved(Path(path))
    kept = [p for p in _elsewhere(folder) if p not in (place, Path(path))]
    if kept != _elsewhere(folder):
        _write(folder, kept)


def _write(folder: Path, paths: list[Path]) -> None:
    try:
        body = dumps({"format": 1, "paths": [str(p) for p in paths[:MOST_PATHS]]})
        folder.mkdir(parents=True, exist_ok=True)
    except (CodecFault, OSError) as error:
        raise SaveFault(folder, "", f"recent games cannot be kept: {error}", "choose a plain file name") from None
    write_new(folder / "recent.json", body.encode() + b"\n")


def _own(saves: Path) -> list[Path]:
    try:
        return sorted(saves.glob("*.save"))
    except OSError:
        return []


def _elsewhere(folder: Path) -> list[Path]:
    """The paths kept; none if their list cannot be read."""
    try:
        value = loads(read_bytes(folder / "recent.json", _MOST_HEAD))
    except (SaveFault, CodecFault):
        return []
    paths = value.get("paths") if type(value) is dict else None
    if type(paths) is not list:
        return []
    return [Path(p) for p in paths[:MOST_PATHS] if type(p) is str and p and "\0" not in p]


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def glance(path: Path, titles: Mapping[str, str] | None = None) -> Recent | None:
    """One save as it would be listed; None if it is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            return None
        with path.open("rb") as file:
            info = os.fstat(file.fileno())
            header = _header(file)
            kind, turn = _last(file, info.st_size)
    except (OSError, ValueError, CodecFault):
        return None
    scenario = header["scenario"]
    title = (titles or {}).get(scenario, scenario)
    return Recent(path, scenario, title, max(1, turn), _seats(path, header), kind == "end", int(info.st_mtime))


def _header(file: BinaryIO) -> dict[str, Any]:
    line = file.readline(_MOST_HEAD)
    found = _PREFIX.match(line)
    if found is None or found[1] != b"game" or not line.endswith(b"]\n"):
        raise CodecFault("this is no save")
    value = loads(line[found.end() : -2])
    if type(value) is not dict or not _short(value.get("scenario")):
        raise CodecFault("this is no header")
    seats, players = value.get("seats"), value.get("players")
    if type(seats) is not list or not all(type(s) is str and s in SEATS for s in seats) or type(players) is not dict:
        raise CodecFault("this is no header")
    return value


def _short(value: Any) -> bool:
    return type(value) is str and 0 < len(value) <= 80 and value.isprintable()


def _last(file: BinaryIO, size: int) -> tuple[str, int]:
    """Kind and turn of the last record whose head can be found from behind."""
    tail, start = b"", size
    while start > 0 and len(tail) < _MOST_TAIL:
        start = max(0, start - _CHUNK)
        file.seek(start)
        tail = file.read(min(_CHUNK, size - start - len(tail))) + tail
        for head in _heads(tail, start == 0):
            return head
    raise CodecFault("no record in reach")


def _heads(tail: bytes, whole: bool) -> Iterator[tuple[str, int]]:
    """The records that begin in `tail`, last first; a torn one at the end counts not."""
    stop = tail.rfind(b"\n")
    while stop > 0:
        begin = tail.rfind(b"\n", 0, stop)
        if begin < 0 and not whole:
            return
        if found := _PREFIX.match(tail, begin + 1):
            yield found[1].decode(), int(found[2])
        stop = begin


def _seats(path: Path, header: dict[str, Any]) -> tuple[tuple[Seat, str], ...]:
    """Who plays: as the table beside the save has it, in the order of play; else as the save began."""
    try:
        chairs = loads(read_bytes(seating_path(path), _MOST_HEAD))["chairs"]
        found = [(c[0], ", ".join(c[2]) if not c[1] and c[2] else c[1]) for c in chairs]
        if sorted(s for s, _ in found) == sorted(header["seats"]) and all(type(who) is str for _, who in found):
            return tuple((seat, _clean(who)) for seat, who in found)
    except (SaveFault, CodecFault, KeyError, IndexError, TypeError):
        pass
    players = header["players"]
    return tuple((seat, _clean(players.get(seat, ""))) for seat in header["seats"])


def _clean(who: Any) -> str:
    name = who if type(who) is str and who.isprintable() and who != "person" else ""
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
