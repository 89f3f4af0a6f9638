"""The files that a scenario draws on: its map, its munitions and its forces.

A file that yields nothing is one fault. What the rest of the pack says of its names is then not judged (`Unread`),
so that one slip in a file does not bury the pack's other faults under a hundred false ones.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from game.core.setting import Formation, Munition
from game.io.fault import PackFault
from game.io.pack_files import PackFiles
from game.io.pack_forces import Spot, UnreadMap, formation, munition
from game.io.sheet import Sheet, Unread
from game.io.toml_read import MOST_BYTES, Unreadable

if TYPE_CHECKING:
    from game.core.theatre import Theatre

Paths = list[Path | None]


def listed(root: Sheet, key: str) -> Paths:
    """The files that a list of the scenario names; None for one that may not be read."""
    out: Paths = []
    for n, name in enumerate(root.texts(key, must=True)):
        try:
            out.append(root.files.inside(root.origin(key).parent, name))
        except Unreadable as error:
            root.fault((key, n), error.reason, error.remedy)
            out.append(None)
    if root.value.get(key) == []:
        root.fault(key, "names no file", "name one")
    return out or [None]


def spots(files: PackFiles, path: Path) -> Mapping[str, Spot]:
    """The places of a map, read leniently: a faulty map still lets the rest of the pack be judged."""
    try:
        features = json.loads(files.open(path))["features"]
    except (Unreadable, ValueError, RecursionError, KeyError, TypeError):
        return UnreadMap()
    out = {}
    for feature in features if isinstance(features, list) else ():
        about = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(about, dict) or about.get("layer") not in ("place", "zone"):
            continue
        id, owner, air, port = (about.get(key) for key in ("id", "owner", "air", "port"))
        if isinstance(id, str):
            out[id] = Spot(
                about["layer"] == "zone",
                owner if isinstance(owner, str) else "",
                air if type(air) is int else 0,
                port if type(port) is int else 0,
            )
    return out or UnreadMap()


def theatre(files: PackFiles, path: Path) -> Theatre | None:
    """The Theatre of a map file; None, with its faults gathered, if it is none."""
    from game.io.theatre import read_theatre  # late: it brings networkx

    try:
        files.open(path)
        return read_theatre(path)
    except Unreadable as error:
        files.fault(path, "", error.reason, error.remedy)
    except PackFault as found:
        for fault in found.faults:
            files.fault(path, fault.place, fault.reason, fault.remedy)
    return None


def board_map(root: Sheet) -> tuple[Theatre | None, Mapping[str, Spot], Path]:
    """The scenario's theatre, its places as far as they can be read, and its folder."""
    name = root.text("theatre", most=MOST_BYTES)
    try:
        path = root.files.inside(root.origin("theatre").parent, name) if name else None
    except Unreadable as error:
        root.fault("theatre", error.reason, error.remedy)
        path = None
    if path is None:
        return None, UnreadMap(), root.files.folder
    return theatre(root.files, path), spots(root.files, path), path.parent


def _tables(files: PackFiles, paths: Paths) -> dict[str, Sheet]:
    """All tables of some files, by id, each as a sheet; Unread if a file yields none."""
    tables = [(path, files.table(path)) for path in paths if path is not None]
    whole = len(tables) == len(paths) and all(table is not None for _, table in tables)
    out: dict[str, Sheet] = {}
    for path, table in tables:
        root = Sheet(files, path, (), table or {}, {})
        for id, sheet in root.each():
            if id in out:
                root.fault(id, f"stands in {files.name(out[id].path)} already", "give it an id of its own")
            out[id] = sheet
    return out if whole else Unread(out)


def munitions(files: PackFiles, paths: Paths) -> dict[str, Munition]:
    tables = _tables(files, paths)
    found = {id: munition(id, sheet) for id, sheet in tables.items()}
    return Unread(found) if isinstance(tables, Unread) else found


@frozen
class Forces:
    """Formations by id; where those reload that may not do so everywhere; those whose base was held to the map."""

    formations: dict[str, Formation]
    reload_at: dict[str, tuple[str, ...]]
    held: Collection[str]


def forces(
    files: PackFiles, paths: Paths, folder: Path, places: Mapping[str, Spot], missiles: Collection[str]
) -> Forces:
    """The order of battle. A file in the map's own `folder` is held to that map; one borrowed from another pack may
    base formations beyond it, as long as they stay out of play or are put elsewhere."""
    tables = _tables(files, paths)
    found, reload_at, held = {}, {}, []
    for id, sheet in tables.items():
        beside = sheet.path.parent == folder
        found[id], at = formation(id, sheet, places if beside else UnreadMap(), missiles)
        if at:
            reload_at[id] = at
        if beside:
            held.append(id)
    return Forces(Unread(found) if isinstance(tables, Unread) else found, reload_at, held)
