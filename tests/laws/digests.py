"""`python -m tests.laws.digests`: the digests of whole games, a line a turn; `--write` keeps them as the stored text.

The stored text is what every machine, hash seed and Python version is compared with. It is rewritten when a rule
changes on purpose, and read as a diff.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from game.core.digest import digest
from game.core.rulebook import Rulebook
from game.io.scenario import read_scenario
from game.table.match import Match
from game.table.players import players
from rules import SEQUENCE

STORED = Path(__file__).with_name("digests.txt")
MAPS = Path(__file__).parents[2] / "maps"
SCENARIOS = {"one_sky": MAPS / "northeast_asia/one_sky.toml", "first_watch": MAPS / "first_watch/first_watch.toml"}
GAMES = tuple((name, player, seed) for name in SCENARIOS for player in ("random", "doctrine") for seed in (1, 2, 3))


def played(name: str, player: str, seed: int) -> Iterator[str]:
    """One game, a line a turn."""
    setting, state = read_scenario(SCENARIOS[name], Rulebook(SEQUENCE))
    rules = Rulebook(SEQUENCE, setting.board.chapters)
    seats = {s: players({s: setting.texts["seats"][s]["temper"]}, s)[player] for s in setting.board.seats}
    match = Match(state, rules, seed, seats)
    while not match.state.over:
        turn = match.state.turn
        match.play_turn()
        yield f"{name} {player} {seed} turn {turn} {digest(match.state)}"


def lines() -> Iterator[str]:
    for game in GAMES:
        yield from played(*game)


if __name__ == "__main__":
    text = "\n".join(lines()) + "\n"
    if "--write" in sys.argv:
        STORED.write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
