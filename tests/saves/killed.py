"""Play recorded games in processes that are killed: `python -m tests.saves.killed FOLDER KILLS TURNS SEED`.

Each child plays into FOLDER/n.save and says on a pipe what it has sealed, after `seal` came back. The parent kills it
(SIGKILL) after a time that runs from nothing to somewhat more than a whole game takes, and keeps what it said.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from game.table.match import players_luck
from tests.saves.games import begin


def play(path: Path, turns: int, seed: int, out: int) -> None:
    match = begin(path, turns=turns, seed=seed)
    while not match.state.over:
        turn = match.state.turn
        for seat in match.unsealed:
            luck = players_luck(seed, seat, turn)
            match.seal(match.players[seat].plan(match.view(seat), match.rulebook, luck))
            os.write(out, f"{turn} {seat}\n".encode())
        match.play_turn()


def child(path: Path, turns: int, seed: int) -> tuple[int, int]:
    """Fork a player; its process id and the end of the pipe to read from."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            play(path, turns, seed, write)
        finally:
            os._exit(0)
    os.close(write)
    return pid, read


def main(folder: Path, kills: int, turns: int, seed: int) -> None:
    start = time.perf_counter()
    pid, read = child(folder / "timing.save", turns, seed)
    os.waitpid(pid, 0)
    os.close(read)
    takes = time.perf_counter() - start
    for n in range(kills):
        pid, read = child(folder / f"{n}.save", turns, seed)
        time.sleep(takes * 1.2 * n / kills)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        said = b""
        while chunk := os.read(read, 65536):
            said += chunk
        os.close(read)
        (folder / f"{n}.said").write_bytes(said)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
