"""What a seat knows: its own things, public facts, its allies' place and type, and its contacts.

One idea: the marks on the fields decide (`model`), and this file only applies them. Screens, computer players,
`options`, `fault` and `doubt` take a View and never a State; the type checker holds them to it. Building one copies
nothing that the seat may see whole: its own rows are the State's own objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.core.ids import CounterId, PlaceId, Seat
from game.core.kept import kept
from game.core.model import (
    CORE_TABLES,
    UNKNOWN,
    Contact,
    Counter,
    Nation,
    Pact,
    Place,
    Row,
    State,
    Stock,
    Table,
    Tally,
    changed,
    shape,
)
from game.core.setting import Board, Line, TurnKind

#: Stocks and magazines of an ally are known from this logistics level (facts C8, G2 "shared stocks").
POOLED_FROM = 2

_PUBLIC = frozenset({"public"})
_ALLY = frozenset({"public", "ally"})
_POOLED = frozenset({"public", "ally", "pooled"})
_OWNER = frozenset({"public", "ally", "pooled", "owner"})


@attrs.frozen(slots=True)
class View:
    """One seat's knowledge at one instant. Equal Views mean: nothing differs that this seat can tell."""

    seat: Seat
    board: Board = attrs.field(eq=False, repr=False)
    turn: int
    pulse: int
    hour: int
    kind: TurnKind
    lines: tuple[Line, ...]
    nations: dict[Seat, Nation]
    places: dict[PlaceId, Place]
    counters: dict[CounterId, Counter]
    mine: dict[CounterId, Counter]
    stocks: dict[str, Stock]
    pacts: dict[str, Pact]
    contacts: dict[str, Contact]
    tallies: dict[str, Tally]
    parts: dict[str, Table]

    @property
    def own(self) -> Nation:
        return self.nations[self.seat]

    def pact(self, other: Seat) -> Pact | None:
        key = f"{self.seat}-{other}" if self.seat < other else f"{other}-{self.seat}"
        return self.pacts.get(key)

    def part(self, name: str) -> Mapping[str, Any]:
        return self.parts.get(name, {})


_BLANK: Mapping[str, Any] = {"int": UNKNOWN, "bool": False}
_Cover = tuple[tuple[str, Any], ...]
_COVERS: dict[tuple[type[Row], frozenset[str]], _Cover] = {}


def _cover(row: type[Row], seen: frozenset[str]) -> _Cover:
    """The fields that `seen` does not open, each with what stands in its place."""
    found = _COVERS.get((row, seen))
    if found is None:
        form = shape(row)
        found = tuple((name, _BLANK.get(form.types[name], "")) for name in form.names if form.marks[name] not in seen)
        _COVERS[row, seen] = found
    return found


@lru_cache(maxsize=8192)
def _masked(row: Row, seen: frozenset[str]) -> Row:
    return changed(row, dict(_cover(type(row), seen)))


def _marks_seen(board: Board, pacts: Mapping[str, Pact], seat: Seat, owners: tuple[Seat, ...]) -> frozenset[str]:
    if seat and seat in owners:
        return _OWNER
    seen = _PUBLIC
    for owner in owners:
        if owner and board.same_side(seat, owner):
            key = f"{seat}-{owner}" if seat < owner else f"{owner}-{seat}"
            pact = pacts.get(key)
            if pact is not None and pact.logistics >= POOLED_FROM:
                return _POOLED
            seen = _ALLY
    return seen


#: What is known of a row: whether it is there, whether some of it is covered, and the marks that are open.
_How = tuple[bool, bool, frozenset[str]]


@attrs.frozen(slots=True, eq=False)
class _Eyes:
    """What `seat` may see while the pacts stand as they do; `known` keeps it by row class, then by owners."""

    board: Board
    pacts: Mapping[str, Pact]
    seat: Seat
    known: dict[type[Row], dict[Seat | tuple[Seat, ...], _How]] = attrs.field(factory=dict)

    def judge(self, cls: type[Row], owners: tuple[Seat, ...]) -> _How:
        seen = _marks_seen(self.board, self.pacts, self.seat, owners)
        return cls.SEEN in seen, bool(_cover(cls, seen)), seen


@kept(64)
def _eyes(pacts: dict[str, Pact], board: Board, seat: Seat) -> _Eyes:
    return _Eyes(board, pacts, seat)


@kept(512)
def _seen_table(table: Table, eyes: _Eyes) -> Table:
    """The rows of one table that a seat may know of, masked where it may not see a field."""
    out: Table = {}
    if not table:
        return out
    cls = type(next(iter(table.values())))  # all rows of a table are of one class
    alone = cls.owners is Row.owners  # most rows have one owner: no tuple need be made to know it
    if alone and cls.SEEN == "owner" and not _cover(cls, _OWNER):
        return _by_owner(table).get(eyes.seat, out) if eyes.seat else out
    by_owners = eyes.known.setdefault(cls, {})
    for key, row in table.items():
        owners = row.owner if alone else row.owners
        how = by_owners.get(owners)
        if how is None:
            how = by_owners[owners] = eyes.judge(cls, row.owners)
        known, covered, seen = how
        if known:
            out[key] = _masked(row, seen) if covered else row
    return out


@kept(256)
def _by_owner(table: Table) -> dict[Seat, Table]:
    """The rows of a table by their one owner, in their order."""
    out: dict[Seat, Table] = {}
    for key, row in table.items():
        found = out.get(row.owner)
        if found is None:
            found = out[row.owner] = {}
        found[key] = row
    return out


def view(state: State, seat: Seat) -> View:
    """The View of `seat` ("" for the public: what the projector may show)."""
    setting = state.setting
    board = setting.board
    eyes = _eyes(state.pacts, board, seat)
    tables = {name: _seen_table(getattr(state, name), eyes) for name in CORE_TABLES}
    parts: dict[str, Table] = {}
    for name, table in state.parts.items():
        seen = _seen_table(table, eyes)
        if seen:
            parts[name] = seen
    return View(
        seat=seat,
        board=board,
        turn=state.turn,
        pulse=state.pulse,
        hour=state.hour,
        kind=state.kind,
        lines=setting.lines.get(seat, ()),
        mine=_by_owner(tables["counters"]).get(seat, {}),
        parts=parts,
        **tables,
    )
