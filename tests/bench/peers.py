"""What people would play with instead, where it is installed: python-chess, pykrieg, PettingZoo (the extra `bench`).

Random legal play, a fixed number of decisions a slice. Every function returns cases that measure seconds: of one
copy, or of one decision.
"""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from typing import Any

from tests.bench.timing import Row, Timed, calls, seconds

MISSING = "peer not installed"
KRIEG_DECISIONS = 30
CHESS_DECISIONS = 400
ZOO_DECISIONS = 60
PLIES = 80


def copies() -> dict[str, Timed]:
    """Seconds of one copy of a state under way."""
    out: dict[str, Timed] = {}
    if find_spec("pykrieg"):
        board = krieg_board(random.Random(3))
        out["pykrieg"] = calls(lambda: copy.deepcopy(board), 10)
    if find_spec("chess"):
        game = chess_game(random.Random(3), 40)
        out["chess"] = calls(lambda: game.copy(stack=False), 2_000)
    return out


def decisions() -> dict[str, Timed]:
    """Seconds of one decision in random legal play."""
    seeds = count(1)
    players: dict[str, tuple[str, Callable[[random.Random], int]]] = {
        "pykrieg": ("pykrieg", krieg_play),
        "chess": ("chess", chess_play),
        "pettingzoo chess_v6": ("pettingzoo.classic.chess_v6", zoo_play),
    }
    out: dict[str, Timed] = {}
    for name, (module, play) in players.items():
        if usable(module):
            out[name] = _a_decision(play, seeds)
    return out


def usable(module: str) -> bool:
    """Whether a peer is here with all that it needs."""
    try:
        import_module(module)
    except ImportError:
        return False
    return True


def _a_decision(play: Callable[[random.Random], int], seeds: Iterator[int]) -> Timed:
    def timed() -> float:
        made: list[int] = []
        taken = seconds(lambda: made.append(play(random.Random(next(seeds)))))
        return taken / made[0]

    return timed


def reading() -> dict[str, Timed]:
    """Seconds of one move in reading a game and stepping through it."""
    if not usable("chess.pgn"):
        return {}
    pgn: Any = import_module("chess.pgn")
    board = chess_game(random.Random(5), PLIES)
    text = str(pgn.Game.from_board(board))
    moves = len(board.move_stack)

    def step_through() -> None:
        game = pgn.read_game(io.StringIO(text))
        at = game.board()
        for move in game.mainline_moves():
            at.push(move)

    return {"PGN": lambda: seconds(step_through, 10) / moves}


# python-chess ---------------------------------------------------------------------------------------------------


def chess_game(rng: random.Random, plies: int) -> Any:
    chess: Any = import_module("chess")
    board = chess.Board()
    while len(board.move_stack) < plies and not board.is_game_over():
        board.push(rng.choice(list(board.legal_moves)))
    return board


def chess_play(rng: random.Random) -> int:
    made = 0
    while made < CHESS_DECISIONS:
        made += len(chess_game(rng, CHESS_DECISIONS - made).move_stack)
    return made


# pykrieg --------------------------------------------------------------------------------------------------------


def krieg_board(rng: random.Random) -> Any:
    """The standard order of battle, laid out at random near each side's arsenals, with its networks worked out."""
    pykrieg: Any = import_module("pykrieg")
    board = pykrieg.Board()
    kinds = ["INFANTRY"] * 9 + ["CAVALRY"] * 4 + ["CANNON"] * 2 + ["SWIFT_CANNON", "RELAY", "SWIFT_RELAY"]
    for side, lines, home in (("NORTH", range(2, 9), 0), ("SOUTH", range(11, 18), 19)):
        for column in (7, 17):
            board.set_arsenal(home, column, side)
        spots = [(row, column) for row in lines for column in range(5, 20)]
        for kind, (row, column) in zip(kinds, rng.sample(spots, len(kinds)), strict=True):
            board.create_and_place_unit(row, column, kind, side)
    board.enable_networks()
    return board


def krieg_moves(board: Any, units: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Legal moves of the units that may still move."""
    free = [at for at in units if id(board.get_unit(*at)) not in board._moved_unit_ids]
    return [(row, column, *to) for row, column in free for to in board.get_legal_moves(row, column)]


def krieg_play(rng: random.Random) -> int:
    """Up to five moves a turn from the list of all legal ones, then an attack or a pass."""
    board = krieg_board(rng)
    made = 0
    while made < KRIEG_DECISIONS and not board.is_game_over():
        for _ in range(rng.randint(1, 5)):
            retreat = list(board._units_must_retreat)
            found = krieg_moves(board, retreat or board.get_units_by_owner(board.turn))
            if not found:
                break
            board.make_turn_move(*rng.choice(found))
            made += 1
        while board._units_must_retreat:
            found = krieg_moves(board, list(board._units_must_retreat))
            if not found:
                board._units_must_retreat.clear()
                break
            board.make_turn_move(*rng.choice(found))
            made += 1
        board.switch_to_battle_phase()
        foe = "SOUTH" if board.turn == "NORTH" else "NORTH"
        targets = [at for at in board.get_units_by_owner(foe) if board.validate_attack(*at)]
        if targets:
            board.make_turn_attack(*rng.choice(targets))
        else:
            board.pass_attack()
        made += 1
        board.end_turn()
    return made


# PettingZoo -----------------------------------------------------------------------------------------------------


def zoo_play(rng: random.Random) -> int:
    zoo: Any = import_module("pettingzoo.classic.chess_v6")
    env = zoo.env()
    env.reset(seed=rng.getrandbits(30))
    made = 0
    for _ in env.agent_iter():
        seen, _, ended, cut, _ = env.last()
        if made >= ZOO_DECISIONS or ended or cut:
            break
        env.step(rng.choice(seen["action_mask"].nonzero()[0].tolist()))
        made += 1
    return made


# Rows -----------------------------------------------------------------------------------------------------------


def row(name: str, what: str, figure: float | None, must: float, stretch: float) -> Row:
    note = MISSING if figure is None else ""
    return Row(name, what, figure, must, stretch, more=True, note=note)
