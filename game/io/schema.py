"""What a save says of its own columns, once, in its header.

Rows and orders stand in a save as bare lists of values. Their column names, kinds and marks stand in the header, so
that a save can be read for ever: where today's classes have the same columns they are used, and where they do not, or
the chapter is gone, a plain class is made from the header's own words. That is how old saves replay without rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from game.core.model import CORE_TABLES, Row
from game.core.rulebook import Rulebook
from game.io.layout import Layout, order_layout, recorded_layout, row_layout
from game.io.plain import CodecFault

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?")
_MOST_ENTRIES = 400


@attrs.frozen(slots=True)
class Schema:
    """The layouts of all tables, by table name, and of all orders, by verb."""

    tables: Mapping[str, Layout]
    orders: Mapping[str, Layout]

    @staticmethod
    def of(rulebook: Rulebook | None) -> Schema:
        """Today's columns: the kernel's tables, and those of the chapters in play."""
        rows: dict[str, type[Row]] = {**CORE_TABLES, **(rulebook.parts if rulebook else {})}
        orders = rulebook.orders if rulebook else {}
        tables = {}
        for name, row in rows.items():
            try:
                tables[name] = row_layout(row)
            except CodecFault as fault:
                raise fault.under(name) from None
        return Schema(tables, {verb: order_layout(cls) for verb, cls in orders.items()})

    def header(self) -> tuple[dict[str, Any], dict[str, Any]]:
        tables = {name: self.tables[name].plain for name in sorted(self.tables)}
        return tables, {verb: self.orders[verb].plain for verb in sorted(self.orders)}

    @staticmethod
    def read(tables: Any, orders: Any, live: Schema) -> Schema:
        """The columns that a header speaks of. A class of today is used only where every column is the same."""
        return Schema(_read_all("tables", tables, live.tables, True), _read_all("orders", orders, live.orders, False))

    def table(self, name: str) -> Layout:
        found = self.tables.get(name)
        if found is None:
            raise CodecFault(f"there is no table {name[:60]!r}")
        return found

    def fits(self, other: Schema, table: str) -> bool:
        """Whether rows of `table` mean the same in both."""
        return table in self.tables and table in other.tables and self.tables[table] == other.tables[table]

    def gained(self, other: Schema, table: str) -> tuple[str, ...] | None:
        """The columns, each with a default, that `table` has gained in `other`; None if it differs otherwise."""
        if table not in self.tables or table not in other.tables:
            return None
        old, new = self.tables[table], other.tables[table]
        fields = attrs.fields_dict(new.cls)
        more = tuple(column for column in new.columns if column not in old.columns)
        if old.about != new.about or any(fields[column.name].default is attrs.NOTHING for column in more):
            return None
        kept = tuple(column for column in new.columns if column in old.columns)
        return tuple(column.name for column in more) if set(kept) == set(old.columns) else None


def _read_all(what: str, entries: Any, live: Mapping[str, Layout], row: bool) -> dict[str, Layout]:
    if type(entries) is not dict or len(entries) > _MOST_ENTRIES:
        raise CodecFault("an object of at most 400 entries is wanted", what)
    out = {}
    for name, value in entries.items():
        try:
            if not _TABLE.fullmatch(name):
                raise CodecFault("a plain name is wanted")
            out[name] = recorded_layout(value, live.get(name), row)
        except CodecFault as fault:
            raise fault.under(what, name[:60]) from None
    if row and not set(CORE_TABLES) <= set(out):
        raise CodecFault(f"no columns for {', '.join(sorted(set(CORE_TABLES) - set(out)))}", what)
    return out
