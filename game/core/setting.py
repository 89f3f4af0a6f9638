"""What a game takes as given: the map, the order of battle, the calendar, the tables, the seats' aims.

`Board` is what everybody at the table may look up. `Setting` adds what the facilitator alone knows. Neither
changes while a game runs, so neither stands in a State's digest; their own digest stands in a save's header.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from game.core.ids import PlaceId, Seat, pair
from game.core.model import Counter

if TYPE_CHECKING:
    from game.core.theatre import Theatre


@attrs.frozen(slots=True)
class Figure:
    """One number of a counter or munition with its unit and basis (facts: V, V2, G, D or X)."""

    value: int
    unit: str
    per: str = ""
    basis: str = "D"


@attrs.frozen(slots=True, eq=False)
class Formation:
    """A line of the order of battle (facts B2). `domain` is one of DOMAINS; figures by key."""

    id: str
    name: str
    owner: Seat
    symbol: str
    domain: str
    base: PlaceId
    steps: int
    step: str
    figures: Mapping[str, Figure]
    system: str = ""
    missile: str = ""
    note: str = ""
    made_of: str = ""
    basis: str = "D"

    def figure(self, key: str, default: int = 0) -> int:
        found = self.figures.get(key)
        return default if found is None else found.value


@attrs.frozen(slots=True, eq=False)
class Munition:
    """A missile or interceptor. `shares` splits one volley over classes of facts C1.3, in ppm; `kill` is an
    interceptor's single-shot kill chance by class, in ppm (0: cannot reach it)."""

    id: str
    name: str
    shares: Mapping[str, int]
    figures: Mapping[str, Figure]
    kill: Mapping[str, int]
    layer: str = ""

    def figure(self, key: str, default: int = 0) -> int:
        found = self.figures.get(key)
        return default if found is None else found.value


@attrs.frozen(slots=True)
class TurnKind:
    """A kind of turn as data: phases before the pulses, in each pulse, and after them (architecture §3.4)."""

    name: str
    hours: int
    pulses: int
    opening: tuple[str, ...] = ()
    pulse: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def pulse_hours(self) -> int:
        return self.hours // self.pulses if self.pulses else self.hours


#: Measures that count in hundredths.
HUNDREDTHS = ("stock", "days")


@attrs.frozen(slots=True, cache_hash=True)
class Line:
    """One line of a seat's score: points = start + per * measure / unit, held between 0 and most.

    `measure` names a measure of the assessment chapter and `subjects` what it looks at; where `each` is not 0, it is
    the most that any one subject counts.
    """

    id: str
    measure: str
    subjects: tuple[str, ...]
    start: int
    per: int
    unit: int
    most: int
    title: str
    basis: str = "D"
    each: int = 0


@attrs.frozen(slots=True, eq=False)
class Board:
    """Public, and the same for everybody. `tables` holds the scenario's design values by chapter and key;
    `coalition` says which seats stand on one side; `access` at whose places a seat may base; `peace` holds the pairs
    of seats ("CN-KP") that stand apart and yet do each other no harm."""

    theatre: Theatre
    formations: Mapping[str, Formation]
    munitions: Mapping[str, Munition]
    seats: tuple[Seat, ...]
    coalition: Mapping[Seat, str]
    access: Mapping[Seat, tuple[Seat, ...]]
    kinds: Mapping[str, TurnKind]
    chapters: tuple[str, ...]
    tables: Mapping[str, Mapping[str, Any]]
    title: str = ""
    peace: frozenset[str] = frozenset()

    def formation(self, counter: Counter) -> Formation:
        return self.formations[counter.formation]

    def figure(self, counter: Counter, key: str, default: int = 0) -> int:
        found = self.formations[counter.formation].figures.get(key)
        return default if found is None else found.value

    def having(self, key: str) -> Mapping[str, int]:
        """The figure `key` of every formation that has it above zero, by formation."""
        return _having(self, key)

    def design(self, chapter: str, key: str, default: Any) -> Any:
        """A design value that the scenario may change; `default` is the rulebook's own."""
        return self.tables.get(chapter, {}).get(key, default)

    def same_side(self, one: Seat, other: Seat) -> bool:
        side = self.coalition.get(one)
        return one == other or (side is not None and side == self.coalition.get(other))

    def hostile(self, one: Seat, other: Seat) -> bool:
        """Whether two nations are each other's rivals: neither of one side, nor at peace, nor nobody's."""
        if not one or not other or self.same_side(one, other):
            return False
        return pair(one, other) not in self.peace


@lru_cache(maxsize=256)
def _having(board: Board, key: str) -> dict[str, int]:
    return {id: n for id, formation in board.formations.items() if (n := formation.figure(key)) > 0}


@attrs.frozen(slots=True, eq=False)
class Setting:
    """The board, and what only the facilitator knows: the calendar to come, every seat's lines and briefs."""

    name: str
    board: Board
    calendar: tuple[str, ...]
    lines: Mapping[Seat, tuple[Line, ...]]
    texts: Mapping[str, Any]
    digest: str

    def kind(self, turn: int) -> TurnKind:
        """The kind of turn `turn`; after the last one, the last one's."""
        return self.board.kinds[self.calendar[min(turn, len(self.calendar)) - 1]]
