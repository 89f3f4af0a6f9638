"""Start from nothing: every answer that the engine and the rulebook keep is let go."""

from __future__ import annotations

import sys


def forget() -> int:
    """Empty the caches of all modules of the project; how many there were."""
    emptied = set()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("game", "rules"):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None and id(value) not in emptied:
                    clear()
                    emptied.add(id(value))
    return len(emptied)
