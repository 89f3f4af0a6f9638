"""The forms of design values: what a scenario may write under each key of `tables.CHAPTER`.

A chapter's DESIGN gives each of its keys a form, and whoever reads a scenario holds the file to it. A form is a value
and knows no file; names are those of a kind (`Name("place")`), which the reader of the scenario looks up.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

#: Kinds of names: a land place, a sea zone, either of them, a nation, a counter in play, what a stock may hold.
NAMES = ("place", "zone", "spot", "nation", "counter", "goods", "domain", "symbol", "track")


@attrs.frozen(slots=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int = 10**9


#: A chance or share in parts per million.
PPM = Whole(0, 1_000_000)


@attrs.frozen(slots=True)
class Flag:
    """True or false."""


@attrs.frozen(slots=True)
class Word:
    """An id that the scenario itself gives; under a key `id` each row has one of its own."""


@attrs.frozen(slots=True)
class Name:
    """The name of something in the game; `of` is one of NAMES."""

    of: str


@attrs.frozen(slots=True)
class Many:
    """A list of `each`, `least` to `most` long."""

    each: Form
    least: int = 0
    most: int = 1000


@attrs.frozen(slots=True)
class Keyed:
    """A table with names of one kind for keys."""

    of: str
    each: Form


@attrs.frozen(slots=True)
class Fields:
    """A table with keys of its own: those that it must have, and those that it may have."""

    must: Mapping[str, Form]
    may: Mapping[str, Form] = attrs.field(factory=dict)


def rows(must: Mapping[str, Form], may: Mapping[str, Form] | None = None) -> Many:
    """A list of tables with the same keys."""
    return Many(Fields(must, may or {}))


Form = Whole | Flag | Word | Name | Many | Keyed | Fields
PLACES = Many(Name("place"))
