"""The games that cases are set in, read beside the shipped map, order of battle and munitions.

They are files of their own, so that a shipped scenario may be tuned without a case having to change.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.scenario import read_scenario
from rules import SEQUENCE

HERE = Path(__file__).parent / "maps"
MAPS = Path(__file__).parents[2] / "maps"
#: A case's game, and the shipped folder whose files it lies beside.
GAMES = {
    "week": "northeast_asia",
    "day": "first_watch",
    "bargain": "northeast_asia",
    "supply": "northeast_asia",
    "patrol": "northeast_asia",
}


@cache
def opening(name: str) -> State:
    with TemporaryDirectory() as folder:
        maps = Path(folder) / "maps"
        for pack in sorted(set(GAMES.values())):
            (maps / pack).mkdir(parents=True)
            for file in ("theatre.geojson", "forces.toml", "munitions.toml"):
                if (MAPS / pack / file).exists():
                    shutil.copy(MAPS / pack / file, maps / pack)
        for game, pack in GAMES.items():  # one may begin from another
            shutil.copy(HERE / f"{game}.toml", maps / pack)
        path = maps / GAMES[name] / f"{name}.toml"
        return read_scenario(path, Rulebook(SEQUENCE))[1]


@cache
def rulebook(name: str) -> Rulebook:
    return Rulebook(SEQUENCE, opening(name).setting.board.chapters)
