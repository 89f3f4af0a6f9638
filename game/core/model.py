"""The nouns of the war, as frozen rows in plain tables.

What this file may know: nothing but attrs. Its one idea: a row says on each field *who may see it*, and nothing
else in the program decides that. `view` reads the marks; the law of fog holds every chapter to them.

Marks, from open to closed:

- ``public``  everybody
- ``ally``    the owner and its own side (facts of place and type: architecture §3, last paragraph)
- ``pooled``  the owner, and an ally where their pact shares stocks (logistics G2 or higher)
- ``owner``   the owner alone
- ``hidden``  nobody at the table: the facilitator and the rules

A class says in ``SEEN`` who may know that a row exists at all. State holds whole numbers, texts and flags only.
What is not pretty: a field that a seat may not see stands in its View as ``UNKNOWN`` (or "" for a text), so a
chapter that reads an ally's row must know that -1 is no count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from game.core.ids import CounterId, PlaceId, Seat

if TYPE_CHECKING:
    from game.core.setting import Setting, TurnKind

UNKNOWN = -1
MARKS = ("public", "ally", "pooled", "owner", "hidden")

#: Pact tracks and the highest level of each (facts C8).
TRACKS: Mapping[str, int] = {
    "sensing": 4,
    "planning": 3,
    "logistics": 3,
    "industry": 3,
    "patrols": 3,
    "narrative": 2,
}
TRACK_LETTERS: Mapping[str, str] = {
    "sensing": "L",
    "planning": "P",
    "logistics": "G",
    "industry": "I",
    "patrols": "M",
    "narrative": "N",
}


def known(mark: str, default: Any = attrs.NOTHING, *, most: int | None = None, signed: bool = False) -> Any:
    """A field that `mark` may see. Counts are never negative unless `signed`; `most` is a ceiling."""
    if mark not in MARKS:
        raise ValueError(f"no such mark: {mark}; use one of {', '.join(MARKS)}")
    return attrs.field(default=default, metadata={"mark": mark, "most": most, "signed": signed})


@attrs.frozen(slots=True)
class Row:
    """One line of a table. A row's first field is the seat that owns it ("" for nobody)."""

    SEEN: ClassVar[str] = "public"
    #: The field that keeps the row on the map: when it falls to 0, `apply` takes the row away.
    LIVES: ClassVar[str] = ""

    owner: Seat = known("public")

    @property
    def owners(self) -> tuple[Seat, ...]:
        return (self.owner,)


@attrs.frozen(slots=True)
class Nation(Row):
    """A seat's own means. `capital` is leadership capital, `staff` the staff points of a turn (facts C8)."""

    support: int = known("public", 50)
    capital: int = known("owner", 0)
    budget: int = known("owner", 0)
    staff: int = known("owner", 5)


@attrs.frozen(slots=True)
class Place(Row):
    """A land place or a sea zone, as far as it changes; its map facts stand in the theatre.

    `runway`, `port` and `radar` are levels of damage, 0 whole to 5 closed (facts C3, C1.8).
    """

    runway: int = known("ally", 0, most=5)
    port: int = known("ally", 0, most=5)
    radar: int = known("ally", 0, most=5)


@attrs.frozen(slots=True)
class Counter(Row):
    """A formation, or some steps of one, on the map.

    `rounds` are interceptors in the tubes, `missiles` offensive missiles, both counted one by one. `damage` is in
    tenths of a hit, always less than one step's worth. `flushed` parked aircraft are in the air for this pulse.
    `supply` is what it carries, in hundredths of a supply point (core/supply derives its days). `tempo` is what it is
    ordered to, in percent of normal.
    """

    SEEN: ClassVar[str] = "ally"
    LIVES: ClassVar[str] = "steps"

    formation: str = known("ally")
    at: PlaceId = known("ally")
    steps: int = known("ally")
    rounds: int = known("pooled", 0)
    missiles: int = known("pooled", 0)
    damage: int = known("owner", 0)
    flushed: bool = known("ally", False)
    supply: int = known("pooled", 0)
    tempo: int = known("pooled", 100, most=160)


@attrs.frozen(slots=True)
class Stock(Row):
    """What one owner keeps of one commodity at one place, in hundredths of a supply point or in rounds."""

    SEEN: ClassVar[str] = "ally"

    place: PlaceId = known("ally")
    commodity: str = known("ally")
    amount: int = known("pooled", 0)


@attrs.frozen(slots=True)
class Pact(Row):
    """What two seats have agreed, a level a track (facts C1.7, C8). Rivals see what was announced, not what works.

    `front` marks the pact under test, that leaders may buy; the others stand fixed by the scenario.
    """

    SEEN: ClassVar[str] = "public"

    partner: Seat = known("public")
    front: bool = known("public", False)
    announced: int = known("public", 0)
    sensing: int = known("ally", 0, most=4)
    planning: int = known("ally", 0, most=3)
    logistics: int = known("ally", 0, most=3)
    industry: int = known("ally", 0, most=3)
    patrols: int = known("ally", 0, most=3)
    narrative: int = known("ally", 0, most=2)
    outage: bool = known("ally", False)

    @property
    def owners(self) -> tuple[Seat, ...]:
        return (self.owner, self.partner)


@attrs.frozen(slots=True)
class Contact(Row):
    """What a seat (`owner`) believes about something it does not own, and where it has that from.

    `quality`: 1 something is there, 2 its kind is known, 3 kind and strength, good enough to shoot at.
    `hour` is the game hour of the sighting, `turn` and `pulse` its date; `source` the nation whose sensor saw it,
    `route` how it came ("own", "real_time", "hub", "liaison", "relay"). `subject` is the truth behind it.
    """

    SEEN: ClassVar[str] = "owner"

    subject: str = known("hidden")
    nation: Seat = known("owner", "")
    what: str = known("owner", "")
    at: PlaceId = known("owner", "")
    steps: int = known("owner", UNKNOWN, signed=True)
    quality: int = known("owner", 1, most=3)
    hour: int = known("owner", 0)
    turn: int = known("owner", 0)
    pulse: int = known("owner", 0)
    source: Seat = known("owner", "")
    route: str = known("owner", "own")


@attrs.frozen(slots=True)
class Tally(Row):
    """A running count that an objective may measure: missiles leaked at a place, rounds fired, steps lost."""

    SEEN: ClassVar[str] = "owner"

    n: int = known("owner", 0, signed=True)


Table = dict[str, Any]
CORE_TABLES: Mapping[str, type[Row]] = {
    "nations": Nation,
    "places": Place,
    "counters": Counter,
    "stocks": Stock,
    "pacts": Pact,
    "contacts": Contact,
    "tallies": Tally,
}


@attrs.frozen(slots=True)
class State:
    """The whole truth at one instant. Tables are plain dicts that nobody writes to: only `turn.apply` makes a State.

    `parts` holds a chapter's own tables by "chapter.table". `turn` counts from 1; `pulse` is 0 outside pulses;
    `hour` is the game hour since the start.
    """

    setting: Setting = attrs.field(eq=False, repr=False)
    turn: int
    pulse: int
    hour: int
    nations: dict[Seat, Nation]
    places: dict[PlaceId, Place]
    counters: dict[CounterId, Counter]
    stocks: dict[str, Stock]
    pacts: dict[str, Pact]
    contacts: dict[str, Contact]
    tallies: dict[str, Tally]
    parts: dict[str, Table]

    @property
    def kind(self) -> TurnKind:
        return self.setting.kind(self.turn)

    @property
    def over(self) -> bool:
        return self.turn > len(self.setting.calendar)

    def table(self, name: str) -> Table:
        """A table by name; a chapter's table that is still empty may be absent."""
        if name in CORE_TABLES:
            return getattr(self, name)  # type: ignore[no-any-return]
        return self.parts.get(name, {})

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Every table that has rows, core tables first, each under its name, in a fixed order."""
        for name in CORE_TABLES:
            yield name, getattr(self, name)
        for name in sorted(self.parts):
            yield name, self.parts[name]

    def with_tables(self, core: Mapping[str, Table], parts: dict[str, Table]) -> State:
        """This State with other core tables, those that `core` names, and with `parts` as its chapters' tables."""
        get = core.get
        return State(
            self.setting,
            self.turn,
            self.pulse,
            self.hour,
            get("nations", self.nations),
            get("places", self.places),
            get("counters", self.counters),
            get("stocks", self.stocks),
            get("pacts", self.pacts),
            get("contacts", self.contacts),
            get("tallies", self.tallies),
            parts,
        )


R = TypeVar("R", bound=Row)


@attrs.frozen(slots=True)
class Shape:
    """What the kernel asks of a row class again and again: its field names and their places, one call that gets all
    values, marks, ceilings, and the counts that may not fall below zero."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    values: Callable[[Any], tuple[Any, ...]]
    marks: Mapping[str, str]
    most: Mapping[str, int]
    counts: frozenset[str]
    types: Mapping[str, str]


_SHAPES: dict[type[Row], Shape] = {}


def shape(row: type[Row]) -> Shape:
    found = _SHAPES.get(row)
    if found is None:
        fields = attrs.fields(row)
        names = tuple(a.name for a in fields)
        found = _SHAPES[row] = Shape(
            names,
            {name: n for n, name in enumerate(names)},
            attrgetter(*names) if len(names) > 1 else lambda r: (r.owner,),
            {a.name: a.metadata["mark"] for a in fields},
            {a.name: a.metadata["most"] for a in fields if a.metadata["most"] is not None},
            frozenset(a.name for a in fields if not a.metadata["signed"]),
            {a.name: a.type if isinstance(a.type, str) else getattr(a.type, "__name__", "") for a in fields},
        )
    return found


def changed(row: R, changes: Mapping[str, Any]) -> R:
    """A copy of `row` with some fields changed: `attrs.evolve` without its per-call reflection."""
    form = shape(type(row))
    values = list(form.values(row))
    for name, value in changes.items():
        values[form.places[name]] = value
    return type(row)(*values)
