"""Toy games in files, for the tests of saves."""

from __future__ import annotations

from pathlib import Path

from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.io.record import frame
from game.io.recorder import create
from game.io.save import Saved, open_save
from game.table.match import Match, players_luck
from tests import toy

SEED = 3
TURNS = 5


def begin(path: Path, *, turns: int = TURNS, seed: int = SEED, rules: Rulebook | None = None) -> Match:
    """A new recorded game of computer players; nothing of it is played yet."""
    rules = rules or toy.rulebook()
    state = toy.opening(toy.setting(turns))
    recorder = create(path, state, rules, seed, toy.EDITION, durable=False)
    return Match(state, rules, seed, toy.players(), recorder)


def played(path: Path, *, turns: int = TURNS, seed: int = SEED) -> Saved:
    match = begin(path, turns=turns, seed=seed)
    match.play()
    match.close()
    return open_save(path, toy.rulebook())


def sealed_all(match: Match) -> None:
    """Every computer seat seals, and nothing is resolved yet."""
    for seat in match.unsealed:
        luck = players_luck(match.seed, seat, match.state.turn)
        match.seal(match.players[seat].plan(match.view(seat), match.rulebook, luck))


def setting(turns: int = TURNS) -> Setting:
    return toy.setting(turns)


def opening(turns: int = TURNS) -> State:
    return toy.opening(toy.setting(turns))


def rechained(lines: list[bytes]) -> bytes:
    """The same records chained anew, as somebody does who knows how: the chain will not tell."""
    out, link = [], b""
    for line in lines:
        _, kind, rest = line.split(b",", 2)
        turn, payload = rest.split(b",", 1)
        made, link = frame(link, kind.strip(b'"').decode(), int(turn), payload.decode()[:-2])
        out.append(made)
    return b"".join(out)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)
