"""States of an old save in the row classes of today, for whoever looks at them or goes on from them.

A replay folds an old save in its header's own words. Screens and staffs ask rows for today's columns: those of the
same name and kind keep what they held, others have their usual value, or none.
"""

from __future__ import annotations

from typing import Any

import attrs

from game.core.model import CORE_TABLES, State, Table
from game.io.layout import Column, Layout
from game.io.save import Saved

NONE: dict[str, Any] = {"int": 0, "str": "", "bool": False, "value": 0}


class Todays:
    """Gives States of `saved` in today's rows. Tables that are the same object stay so, that answers can be kept."""

    def __init__(self, saved: Saved) -> None:
        old, live = saved.header.schema, saved.live
        self.other = {
            name: (layout, live.tables[name])
            for name, layout in old.tables.items()
            if name in live.tables and not old.fits(live, name)
        }
        self._made: dict[int, tuple[Table, Table]] = {}

    def of(self, state: State) -> State:
        tables = {name: self._table(name, table) for name, table in state.tables() if name in self.other and table}
        if not tables:
            return state
        parts = {name: tables.get(name, table) for name, table in state.parts.items()}
        return state.with_tables({name: table for name, table in tables.items() if name in CORE_TABLES}, parts)

    def _table(self, name: str, table: Table) -> Table:
        found = self._made.get(id(table))
        if found is None:
            found = self._made[id(table)] = (table, _rows(*self.other[name], table))
        return found[1]


def _rows(old: Layout, today: Layout, table: Table) -> Table:
    kinds = {column.name: column.kind for column in old.columns}
    kept = [c.name for c in today.columns if kinds.get(c.name) == c.kind]
    usual = {c.name: _usual(today, c) for c in today.columns if c.name not in kept}
    return {key: today.cls(**{name: getattr(row, name) for name in kept}, **usual) for key, row in table.items()}


def _usual(layout: Layout, column: Column) -> Any:
    default = attrs.fields_dict(layout.cls)[column.name].default
    return NONE.get(column.kind, ()) if default is attrs.NOTHING else default
