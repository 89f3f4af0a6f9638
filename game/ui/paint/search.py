"""Finding what the map shows by its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from game.ui.paint.things import Scene


def plain(words: str) -> str:
    """Without accents, case and punctuation: "Hōei-gō (East)" is "hoei go east"."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", flat.casefold()))


def forms(name: str) -> Iterator[str]:
    """A name whole, and each of the names that stand in it: "Sea of Japan (East Sea)", "Humphreys-Pyeongtaek"."""
    yield name
    parts = re.split(r"[()/]|(?<=\w)-(?=\w)", name)
    if len(parts) > 1:
        yield from (part for part in parts if part.strip())


def find(scene: Scene, text: str, most: int = 12) -> list[tuple[str, str]]:
    """(id, name) of places, zones and markers that answer to `text`, best first: a whole name or id, then how a name
    begins, then how a word of it begins, then any part; the shorter name first."""
    wanted = plain(text)
    if not wanted:
        return []
    found: dict[str, tuple[tuple[int, int, int, str], str]] = {}
    things = [(p.id, p.name, 0) for p in scene.places] + [(z.id, z.name, 1) for z in scene.zones]
    things += [(m.id, m.name or m.id, 2) for m in scene.markers]
    for id, name, sort in things:
        best = min((_fit(wanted, plain(form)) for form in (*forms(name), id)), default=9)
        if best < 9:
            found[id] = ((best, sort, len(name), id), name)
    ordered = sorted(found.items(), key=lambda item: item[1][0])
    return [(id, name) for id, (_, name) in ordered[:most]]


def _fit(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in f" {name}":
        return 2
    return 3 if len(wanted) > 1 and wanted in name else 9
