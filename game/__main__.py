"""The front door: joins the rulebook and the game. `python -m game` and `twofronts` start here.

This is the only file of `game` that knows `rules`, and it looks at them only when a command plays or reads a game.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from game.cli import run
from game.grammar import CallFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from game.core.rulebook import Chapter

#: Installed packages put a chapter into the game under this group of entry points.
GROUP = "twofronts.chapters"


def chapters() -> tuple[Chapter, ...]:
    """The rulebook's own chapters, then those of installed packages by name. CallFault if one can't be used."""
    from importlib.metadata import entry_points

    from rules import SEQUENCE

    found = list(SEQUENCE)
    names = {c.__name__.rpartition(".")[2] for c in found}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            chapter: Chapter = point.load()
            missing = [
                n for n in ("ORDERS", "PARTS", "PHASES", "ASKS", "options", "fault", "doubt") if n not in dir(chapter)
            ]
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise CallFault(
                f"the installed chapter {point.name} can't be loaded ({reason}); mend or remove it"
            ) from None
        name = chapter.__name__.rpartition(".")[2]
        if missing:
            raise CallFault(f"the installed chapter {point.name} lacks {', '.join(missing)}; mend or remove it")
        if name in names:
            raise CallFault(f"the installed chapter {point.name} is named {name} like another one; rename its module")
        names.add(name)
        found.append(chapter)
    _add_words(found)
    return tuple(found)


def _add_words(found: Sequence[Chapter]) -> None:
    """A chapter of a package brings its sentences in a folder that it calls WORDS."""
    from pathlib import Path

    from game.words import add_folder

    for chapter in found:
        folder = getattr(chapter, "WORDS", None)
        if folder is not None:
            add_folder(Path(folder))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    # A war is frozen values without cycles, and many of them: looking for cycles at Python's own pace costs a tenth.
    gc.set_threshold(50_000, 20, 50)
    return run(sys.argv[1:] if argv is None else argv, chapters)


if __name__ == "__main__":
    # Under its own name, by which processes that play games beside this one can find the rulebook.
    from game.__main__ import main as begin

    sys.exit(begin())
