"""One number for a State: equal States, equal digests, on every machine and Python."""

from __future__ import annotations

import json
from hashlib import blake2b

from game.core.kept import kept
from game.core.model import State, Table, shape


def canonical(state: State) -> str:
    """All that `state` holds as one line of JSON: [turn, pulse, hour, [[table, [[key, [values in field order]]]]]].

    Tables without rows are left out. A save's snapshots are this very text.
    """
    tables = ",".join([_table(table, name) for name, table in state.tables() if table])
    return f"[{state.turn},{state.pulse},{state.hour},[{tables}]]"


@kept(32)
def _table(table: Table, name: str) -> str:
    get = shape(type(next(iter(table.values())))).values
    return json.dumps([name, [(key, get(row)) for key, row in table.items()]], separators=(",", ":"))


def digest_of(text: str) -> str:
    """The digest of a canonical text."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def digest(state: State) -> str:
    """32 hex digits of all that `state` holds."""
    return digest_of(canonical(state))
