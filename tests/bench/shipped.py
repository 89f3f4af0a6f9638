"""What ships: One Sky between doctrine players, the slowest seat's view, and how long `--help` takes (S2)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

import attrs

from game.core.ids import Seat
from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.view import view
from game.io.scenario import read_scenario
from game.table.match import Match
from game.table.players import Doctrine, Player
from rules import SEQUENCE
from tests.bench import floor, world
from tests.bench.forget import forget
from tests.bench.timing import Row, Timed, Times, calls, load, ratio, rounds, seconds

ROOT = Path(__file__).resolve().parents[2]
ONE_SKY = ROOT / "maps" / "northeast_asia" / "one_sky.toml"
#: Games that a batch has behind it when its pace is taken, and games timed at a time.
WARM, GAMES = 30, 5
VIEW_SECONDS = 0.0005  # the one goal in seconds


@attrs.frozen(slots=True)
class Ready:
    """A shipped scenario, read and ready to play."""

    first: State
    rulebook: Rulebook
    players: dict[Seat, Player]

    def play(self, seed: int) -> Match:
        match = Match(self.first, self.rulebook, seed, self.players)
        match.play()
        return match


def ready(path: Path = ONE_SKY) -> Ready:
    setting, first = read_scenario(path, Rulebook(SEQUENCE))
    tempers = {seat: texts["temper"] for seat, texts in setting.texts["seats"].items() if "temper" in texts}
    players: dict[Seat, Player] = {
        s: Doctrine(tempers[s]) if s in tempers else Doctrine() for s in setting.board.seats
    }
    return Ready(first, Rulebook(SEQUENCE, setting.board.chapters), players)


def cold_game(seed: int) -> float:
    """Seconds of a game with nothing kept from another; reading the scenario is not timed."""
    game = ready()
    forget()
    return seconds(lambda: game.play(seed))


def cold_view(states: list[State]) -> float:
    """Seconds of the slowest seat's view, nothing kept: the median over states of a game."""

    def once(state: State, seat: Seat) -> float:
        forget()
        return seconds(lambda: view(state, seat))

    return max(median(once(state, seat) for state in states) for seat in states[0].setting.board.seats)


def states_of(match: Match, play: Callable[[], object]) -> list[State]:
    """The State after every phase of the last turn that `play` runs, six of them."""
    play()
    found = [step.after for step in match.steps]
    return found[:: max(1, len(found) // 6)]


def rows(n: int) -> tuple[list[Row], Times]:
    game, bare = ready(), floor.Campaign()
    seeds = count(1)
    sky = Match(game.first, game.rulebook, 1, game.players)
    bench = world.match(world.opening(), world.rulebook(), 1)
    sky_states = states_of(sky, lambda: sky.play())
    bench_states = states_of(bench, lambda: bench.play(6))
    cold = rounds(
        {
            "cold": lambda: cold_game(next(seeds)),
            "view": lambda: cold_view(sky_states),
            "bench view": lambda: cold_view(bench_states),
            "load": calls(load, 20),
        },
        n,
    )
    for _ in range(WARM):
        game.play(next(seeds))
    warm = rounds(
        {
            "warm": calls(lambda: game.play(next(seeds)), GAMES),
            "floor": calls(lambda: bare.play(next(seeds)), 3),
        },
        n,
    )
    times = cold | warm
    return [
        Row("OS", "One Sky games a second, caches warm", 1 / median(times["warm"]), 40, 100, True, "one core"),
        Row("OS", "One Sky games a second, caches cold", 1 / median(times["cold"]), note="for the record"),
        Row("OS", "One Sky game, caches warm / floor's campaign", ratio(times, "warm", "floor")),
        *_view_rows("One Sky", times, "view"),
        *_view_rows("benchmark game", times, "bench view"),
    ], times


def _view_rows(where: str, times: Times, name: str) -> list[Row]:
    ms, most = 1e3 * median(times[name]), 1e3 * VIEW_SECONDS
    return [
        Row("V", f"slowest seat's view, nothing kept, {where}, ms", ms, most, most / 2),
        Row("V", f"... / a fixed load of plain Python, {where}", ratio(times, name, "load")),
    ]


def process(*arguments: str) -> Timed:
    """Seconds of one process of this Python, run from the checkout."""
    command = [sys.executable, *arguments]
    return lambda: seconds(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))


def start_rows(n: int) -> tuple[list[Row], Times]:
    """S2: fresh processes in pairs; the first pair, which may write bytecode, does not count."""
    cases = {"pass": process("-c", "pass"), "help": process("-m", "game", "--help")}
    rounds(cases, 1)
    times = rounds(cases, 2 * n)
    return [Row("S2", "--help / python -c pass", ratio(times, "help", "pass"), 5, 3)], times
