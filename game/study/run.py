"""Many pairs at once in processes of their own, watched while they run."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path

from game.core.model import State
from game.core.rulebook import Chapter, Rulebook
from game.io.scenario import read_scenario
from game.study.pairs import PAIRS, Choice, Outcome, begin, spread

Chapters = Callable[[], tuple[Chapter, ...]]


def opening(chapters: Chapters, path: str) -> tuple[State, Rulebook]:
    """The opening of a scenario file, as every worker reads it for itself."""
    every = chapters()
    setting, state = read_scenario(path, Rulebook(every))
    return state, Rulebook(every, setting.board.chapters)


class Run:
    """Pairs under way. `done` of `wanted` are there; `outcomes` gives those. `close` stops what has not begun.

    Workers are begun afresh (spawn), so nothing of a window or its threads goes with them. An error in a worker is
    raised by `outcomes`.
    """

    def __init__(
        self, chapters: Chapters, path: Path, choice: Choice, pairs: int = PAIRS, workers: int | None = None
    ) -> None:
        self.choice = choice
        self.wanted = pairs
        self._pool = ProcessPoolExecutor(
            workers or os.cpu_count() or 1,
            multiprocessing.get_context("spawn"),
            begin,
            (partial(opening, chapters, str(path)),),
        )
        self._pieces: list[Future[list[Outcome]]] = spread(self._pool, choice, pairs)

    @property
    def done(self) -> int:
        return len(self.outcomes())

    @property
    def over(self) -> bool:
        return all(piece.done() for piece in self._pieces)

    def outcomes(self) -> list[Outcome]:
        """Those that are there so far; an error of a worker is raised here."""
        return [outcome for piece in self._pieces if piece.done() for outcome in piece.result()]

    def wait(self, seconds: float) -> None:
        """Until the next piece is done, at most `seconds`."""
        from concurrent.futures import FIRST_COMPLETED, wait

        wait([p for p in self._pieces if not p.done()], seconds, FIRST_COMPLETED)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
