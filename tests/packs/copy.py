"""A copy of the good pack in a maps folder of its own, to spoil in one place or many."""

import shutil
from pathlib import Path
from types import ModuleType

from game.core.rulebook import Rulebook
from tests.packs import signals

GOOD = Path(__file__).parent / "good"


def _silence() -> ModuleType:
    """A second chapter, which the good pack does not list."""
    chapter = ModuleType("rules.silence", "SL1  Hush.")
    chapter.__dict__.update(signals.__dict__ | {"__name__": "rules.silence", "PHASES": {"hush": signals.nothing}})
    return chapter


RULES = Rulebook([signals, _silence()])


class Pack:
    """The good pack under `folder`/maps/good."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "maps" / "good"
        shutil.copytree(GOOD, self.path)
        self.scenario = self.path / "good.toml"

    def spoil(self, file: str, old: str, new: str) -> None:
        """Put `new` in place of the first `old`, which must be there."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
