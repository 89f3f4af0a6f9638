"""The only way that state changes: all effects of a phase at once.

Effects commute. Adds on a cell sum up; Puts on a cell must agree; nothing may be both. Makes come first, Drops last.
So the result cannot depend on the order of events, and a chapter that wants scarcity settled must do so itself
(`share`). A breach is a `RuleFault`: the chapter's mistake, never a player's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game.core.events import Add, Event, Make, Put
from game.core.model import CORE_TABLES, Row, State, Table, changed, shape

_MISSING = object()


class RuleFault(Exception):  # noqa: N818 - named for whom it blames: the rule, not the player
    """A chapter broke the kernel's contract: which rule, on which cell, and how."""


class _Change:
    """What one phase does to one row, gathered before anything is written."""

    __slots__ = ("adds", "drop", "make", "puts")

    def __init__(self) -> None:
        self.make: Row | None = None
        self.adds: dict[str, int] = {}
        self.puts: dict[str, Any] = {}
        self.drop = False


def _gather(events: Iterable[Event]) -> dict[tuple[str, str], _Change]:
    cells: dict[tuple[str, str], _Change] = {}
    for event in events:
        for fx in event.effects:
            at = (fx.table, fx.key)
            change = cells.get(at)
            if change is None:
                change = cells[at] = _Change()
            kind = type(fx)
            if kind is Add:
                change.adds[fx.field] = change.adds.get(fx.field, 0) + fx.n  # type: ignore[union-attr]
            elif kind is Put:
                _put(change, fx, event)  # type: ignore[arg-type]
            elif kind is Make:
                if change.make is not None and change.make != fx.row:  # type: ignore[union-attr]
                    raise RuleFault(f"{event.rule}: two different rows made at {fx.table}.{fx.key}")
                change.make = fx.row  # type: ignore[union-attr]
            else:
                change.drop = True
    return cells


def _put(change: _Change, fx: Put, event: Event) -> None:
    before = change.puts.get(fx.field, _MISSING)
    if before is not _MISSING and before != fx.value:
        raise RuleFault(
            f"{event.rule}: {fx.table}.{fx.key}.{fx.field} put to {before!r} and to {fx.value!r} in one phase"
        )
    change.puts[fx.field] = fx.value


def _next_row(row: Row | None, change: _Change, at: tuple[str, str]) -> Row | None:
    """The row after the change; None when it is gone."""
    if change.make is not None:
        row = change.make
    if row is None:
        if change.drop and not change.adds and not change.puts:
            return None
        raise _fault(at, "changed, but there is no such row")
    if change.drop and change.puts:
        raise _fault(at, "set and dropped in one phase")
    cls = type(row)
    form = shape(cls)
    values = change.puts
    for name, value in values.items():
        if type(value) is int and value < 0 and name in form.counts:
            raise _fault(at, f"put to {value}, below zero", name)
    if change.adds:
        values = {**values}
        for name, n in change.adds.items():
            if name in values:
                raise _fault(at, "added to and set in one phase", name)
            total = getattr(row, name) + n
            if total < 0 and name in form.counts:
                raise _fault(at, f"{getattr(row, name)} {n:+d} is below zero; share what is scarce", name)
            ceiling = form.most.get(name)
            values[name] = total if ceiling is None or total <= ceiling else ceiling
    if change.drop:
        return None
    new = changed(row, values) if values else row
    return None if cls.LIVES and getattr(new, cls.LIVES) == 0 else new


def _fault(at: tuple[str, str], why: str, field: str = "") -> RuleFault:
    return RuleFault(f"{'.'.join(at)}{'.' * bool(field)}{field}: {why}")


def apply(state: State, events: Iterable[Event]) -> State:
    """The State after `events`. Tables and rows that nothing touched are the same objects as before."""
    cells = _gather(events)
    if not cells:
        return state
    drafts: dict[str, Table] = {}
    unsorted: set[str] = set()
    for at, change in cells.items():
        name, key = at
        draft = drafts.get(name)
        if draft is None:
            draft = drafts[name] = dict(state.table(name))
        row = draft.get(key)
        new = _next_row(row, change, at)
        if new is None:
            draft.pop(key, None)
        else:
            draft[key] = new
            if row is None:
                unsorted.add(name)
    # Tables stay sorted by key, so that no chapter's loop can depend on when a row was made.
    for name in unsorted:
        drafts[name] = dict(sorted(drafts[name].items()))
    parts = state.parts
    if not drafts.keys() <= CORE_TABLES.keys():
        merged = {**parts, **{name: draft for name, draft in drafts.items() if name not in CORE_TABLES}}
        parts = {name: merged[name] for name in sorted(merged) if merged[name]}
    return state.with_tables(drafts, parts)
