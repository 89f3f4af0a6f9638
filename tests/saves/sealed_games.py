"""Sealed toy games in files, for the tests of sealed saves: every seat's code is its name in small letters."""

from __future__ import annotations

from pathlib import Path

from game.core.ids import Seat
from game.io.passcode import code_of
from game.io.recorder import create
from game.io.save import Saved, open_save, unlock
from game.io.sealed import Key, Seal, new_seal
from game.table.match import Match
from tests import toy
from tests.saves.games import SEED, TURNS

CHEAP = 1
CODES: dict[Seat, str] = {}


def codes() -> dict[Seat, str]:
    """What is kept of the codes of two seats and the facilitator; made once, at the price of a test."""
    if not CODES:
        CODES.update({seat: code_of(typed(seat), cost=CHEAP) for seat in ("JP", "KR", "")})
    return CODES


def typed(owner: Seat) -> str:
    return owner.lower() or "white"


def begin(path: Path, *, turns: int = TURNS, seed: int = SEED, lasting: bool = False) -> Match:
    """A new recorded game of computer players in a sealed save; nothing of it is played yet."""
    rules = toy.rulebook()
    state = toy.opening(toy.setting(turns))
    seal: Seal = new_seal(codes(), lasting=lasting)
    recorder = create(path, state, rules, seed, toy.EDITION, seal=seal, durable=False)
    return Match(state, rules, seed, toy.players(), recorder)


def key(path: Path, owner: Seat = "JP") -> Key | None:
    return unlock(path, [typed(owner)])


def read(path: Path, owner: Seat = "JP") -> Saved:
    return open_save(path, toy.rulebook(), key(path, owner))
