"""Old formats of a save, brought up to date step by step, for ever.

A format step is one function over plain JSON values: (kind of record, payload) -> payload. Entry n takes format n to
n + 1. `tests/saves/v1` and its like hold a golden save of every format, which must load for ever.
"""

from collections.abc import Callable
from typing import Any

from game.io.plain import CodecFault

FORMAT = 1

UPGRADES: dict[int, Callable[[str, Any], Any]] = {}


def upgraded(kind: str, value: Any, found: int) -> Any:
    """`value` of format `found` as this program's format has it; CodecFault for a format nobody knows."""
    if found != FORMAT and (found > FORMAT or found not in UPGRADES):
        newer = "a newer program wrote it" if found > FORMAT else "no program ever wrote that"
        raise CodecFault(f"this save has format {found}, this program knows 1 to {FORMAT}: {newer}")
    for step in range(found, FORMAT):
        value = UPGRADES[step](kind, value)
    return value
