"""A scenario file, and all it draws on, read into a Setting and an opening State; or everything wrong with it.

One pass: reading never stops at a fault but where there is nothing left to read. Only a pack without faults becomes
a game, so no half-good value reaches one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from os.path import isdir
from pathlib import Path
from typing import Any

from game.core.ids import SEATS
from game.core.model import TRACKS, State
from game.core.rulebook import Rulebook
from game.core.setting import Board, Setting
from game.io import pack_board, pack_design, pack_plot, pack_seats, pack_start
from game.io.fault import Fault, PackFault
from game.io.pack_base import laid
from game.io.pack_files import PackFiles, clean
from game.io.pack_forces import DOMAINS, NAME
from game.io.sheet import Sheet, Unread
from game.io.toml_read import Unreadable, is_scenario


def read_scenario(path: str | Path, rulebook: Rulebook) -> tuple[Setting, State]:
    """The game that a scenario file describes. Raises PackFault with everything that is wrong."""
    path = Path(path)
    files = _beside(path)
    made = _scenario(files, files.folder / path.name, rulebook)
    if files.faults or made is None:
        raise PackFault(files.faults)
    return made


def check(path: str | Path, rulebook: Rulebook) -> tuple[Fault, ...]:
    """Everything wrong with a file, with a pack's folder, or with a folder of packs; files named from there."""
    path = Path(path)
    try:
        files = _beside(path)
    except PackFault as found:
        return found.faults
    if not isdir(path):  # noqa: PTH112 - Path.is_dir raises where a name is too long
        _any(files, files.folder / path.name, rulebook)
        return files.faults
    packs = [path] if any(_pack_files(path)) else [folder for folder in _inside(path) if any(_pack_files(folder))]
    if not packs:
        return (Fault(clean(str(path)), "", "holds no pack", "name a folder with scenario files"),)
    return tuple(dict.fromkeys(fault for pack in packs for fault in _pack(pack, path, rulebook)))


def _beside(path: Path) -> PackFiles:
    """The files of the pack that `path` lies in."""
    try:
        return PackFiles(path.parent)
    except Unreadable as error:
        raise PackFault([Fault(clean(str(path)), "", error.reason, error.remedy)]) from None


def _inside(folder: Path) -> Iterator[Path]:
    """What lies in a folder, by name; links are left alone, since a pack may not lead out."""
    try:
        yield from sorted(inner for inner in folder.iterdir() if not inner.is_symlink())
    except OSError:
        return


def _pack_files(folder: Path) -> Iterator[Path]:
    yield from (f for f in _inside(folder) if f.suffix == ".toml" or f.name == "theatre.geojson")


def _pack(pack: Path, shown: Path, rulebook: Rulebook) -> Iterator[Fault]:
    """The faults of one pack's folder: scenarios first, then the files that none of them used."""
    used: set[Path] = set()
    for scenarios in (True, False):
        for file in _pack_files(pack):
            files = PackFiles(pack, shown)
            path = files.folder / file.name
            if path in used or _is_scenario(path) is not scenarios:
                continue
            _any(files, path, rulebook)
            used |= files.read.keys()
            yield from files.faults


def _is_scenario(path: Path) -> bool:
    """Whether a file reads as a scenario."""
    table = PackFiles(path.parent).table(path) if path.suffix == ".toml" else None
    return table is not None and is_scenario(table)


def _any(files: PackFiles, path: Path, rulebook: Rulebook) -> None:
    """Gather the faults of one file of whatever kind."""
    if path.suffix == ".geojson":
        pack_board.theatre(files, path)
        return
    table = files.table(path)
    if table is None:
        return
    if is_scenario(table):
        _scenario(files, path, rulebook)
    elif any("shares" in inner or "kill" in inner for inner in table.values()):
        pack_board.munitions(files, [path])
    else:
        spots = pack_board.spots(files, path.parent / "theatre.geojson")
        pack_board.forces(files, [path], path.parent, spots, Unread())


def _scenario(files: PackFiles, path: Path, rulebook: Rulebook) -> tuple[Setting, State] | None:
    """The game, if the pack is whole; None, with faults gathered in `files`, if it is not."""
    whole = laid(files, path)
    if whole is None:
        return None
    table, origins = whole
    root = Sheet(files, path, (), table, origins)
    root.asked |= {"format", "base", "drop"}
    known = pack_plot.names(root, rulebook)
    kinds = pack_plot.kinds(root, known)
    calendar = pack_plot.calendar(root, kinds)
    theatre, spots, folder = pack_board.board_map(root)
    texts = _texts(root, known, len(calendar), spots)
    munitions = pack_board.munitions(files, pack_board.listed(root, "munitions"))
    order = pack_board.forces(files, pack_board.listed(root, "forces"), folder, spots, munitions)
    forces = order.formations
    nations = {*SEATS, *(spot.owner for spot in spots.values() if spot.owner)}
    seats = pack_seats.seats(root, Unread() if isinstance(spots, Unread) else nations)
    on_table = pack_start.Known(spots, forces, seats.players, order.held)
    opening = pack_start.opening_tables(root, on_table, texts["year"], known.parts)
    unread = any(isinstance(names, Unread) for names in (spots, munitions, forces))
    subjects = Unread() if unread else _subjects({*spots, *munitions, *forces}, seats, opening)
    lines = pack_seats.lines(seats, known.measures, subjects)
    test = pack_plot.choice(root, opening["pacts"], lines)
    named = pack_design.named(spots, nations, opening["counters"], munitions)
    design = pack_design.design(root, known.chapters, known.design, named)
    pack_start.goods(root, {*named["goods"], *_eaten(design)} if not unread else Unread())
    root.close()
    if files.faults or theatre is None:
        return None
    board = Board(
        theatre=theatre,
        formations=forces,
        munitions=munitions,
        seats=seats.names,
        coalition=seats.coalition,
        access=seats.access,
        kinds=kinds,
        chapters=known.chapters,
        tables={**design, "forces": {"reload_at": order.reload_at}},
        title=texts["title"],
        peace=seats.peace,
    )
    opening["counters"] = pack_start.supplied(board, opening["counters"], table)
    setting = Setting(
        texts["id"], board, calendar, lines, {**texts, "test": test, "seats": seats.texts}, files.digest()
    )
    return setting, State(setting=setting, turn=1, pulse=0, hour=0, nations=dict(seats.nations), **opening)


def _texts(root: Sheet, known: pack_plot.Names, turns: int, spots: Collection[str]) -> dict[str, Any]:
    """What people read of a scenario as a whole."""
    id = root.text("id", most=32)
    if id.strip() and not NAME.fullmatch(id):
        root.fault("id", f"{id!r} is no id", "begin with a letter; use letters, digits and _")
    return {
        "id": id,
        "title": root.text("title", most=80),
        "minutes": root.whole("minutes", least=1, most=1440),
        "purpose": root.text("purpose", most=pack_seats.LINES),
        "victory": root.text("victory", "", pack_seats.LINES),
        "year": root.whole("year", 2028, 1900, 2200),
        "questions": pack_plot.questions(root, known, spots),
        "hold": pack_plot.holds(root, turns),
    }


def _eaten(design: dict[str, dict[str, Any]]) -> set[str]:
    """The names of stocks that consumers of the logistics chapter live on."""
    rows = design.get("logistics", {}).get("consumers", ())
    return {str(row.get("name", "")) for row in rows if isinstance(row, dict)}


def _subjects(pieces: Collection[str], seats: pack_seats.Seats, opening: dict[str, dict[str, Any]]) -> set[str]:
    """What a line of a score may look at: whatever has a name in this game."""
    rows = {key for name in ("counters", "stocks", "pacts") for key in opening[name]}
    commodities = {stock.commodity for stock in opening["stocks"].values()}
    levels = {f"{pact}.{track}" for pact in opening["pacts"] for track in TRACKS}
    sides = seats.coalition.values()
    return {*pieces, *DOMAINS, *SEATS, *seats.players, *sides, *TRACKS, *levels, *rows, *commodities} - {""}
