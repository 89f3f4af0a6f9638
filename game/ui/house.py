"""The house: everything that the window needs before a game is chosen. It begins games and opens saved ones.

The rulebook's chapters are handed in by the front door; the window never imports rules.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from game.core.rulebook import Chapter, Rulebook
from game.edition import edition
from game.io.library import find, scenarios
from game.io.save import open_save, unlock
from game.io.scenario import read_scenario
from game.io.seating import Seating
from game.table.sit import begin_sitting, open_sitting
from game.ui.table import Table

if TYPE_CHECKING:
    from game.core.model import State
    from game.core.setting import Setting
    from game.io.library import Entry
    from game.io.save import Saved


def new_seed() -> int:
    return secrets.randbelow(10**6)


@attrs.define
class House:
    """`chapters` gives the rulebook. `durable`: whether saves are flushed to disk record by record."""

    chapters: Callable[[], tuple[Chapter, ...]]
    durable: bool = True
    language: str = "en"

    def entries(self) -> tuple[Entry, ...]:
        return scenarios()

    def read(self, name: str) -> tuple[Setting, State, Rulebook]:
        """A scenario by id or path; PackFault if it cannot be played."""
        setting, state = read_scenario(find(name), Rulebook(self.chapters()))
        return setting, state, Rulebook(self.chapters(), setting.board.chapters)

    def begin(self, name: str, seating: Seating, seed: int, save: Path | None) -> Table:
        """A new game, kept in a new file at `save` (None: not kept)."""
        setting, state, rules = self.read(name)
        made = edition(rules.chapters)
        sitting = begin_sitting(save, state, rules, seed, made, seating, durable=self.durable)
        return Table(sitting, rules, setting, find(name), save=save, language=self.language, house=self)

    def open(self, path: Path, name: str | None = None, codes: Iterable[str] = ()) -> tuple[Table, tuple[str, ...]]:
        """A saved game to go on with, and what was not as it was, a line each. Locked if it is sealed, and no code
        of it is among `codes`."""
        key = unlock(path, codes)
        saved = open_save(path, Rulebook(self.chapters()), key)
        wanted = name or saved.header.scenario
        setting, _, rules = self.read(wanted)
        found = open_sitting(path, setting, rules, edition(rules.chapters), key=key, durable=self.durable)
        table = Table(
            found.sitting, rules, setting, find(wanted), save=Path(path), language=self.language, house=self
        )
        aside = (f"{found.aside}",) if found.aside is not None else ()
        return table, (*aside, *found.notes)

    def saved(
        self, path: Path, name: str | None = None, codes: Iterable[str] = ()
    ) -> tuple[Saved, Setting, Rulebook, State]:
        """A saved game to look at; the same faults as `open`."""
        key = unlock(path, codes)
        first = open_save(path, Rulebook(self.chapters()), key)
        setting, state, rules = self.read(name or first.header.scenario)
        return open_save(path, rules, key), setting, rules, state
