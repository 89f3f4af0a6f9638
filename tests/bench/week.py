"""Week One, the whole map: games a second on one core, the slowest staff's turn, what a forecast costs who plans.

Python looks for cycles at the pace that the program itself sets. Milliseconds are the processor's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from time import thread_time

import attrs

from game.core.orders import Plan
from game.core.view import View
from game.table.match import Match, players_luck
from tests.bench import floor
from tests.bench.forget import forget
from tests.bench.shipped import ROOT, Ready, ready
from tests.bench.timing import Row, Times, ratio, rounds

WEEK_ONE = ROOT / "maps" / "northeast_asia" / "week_one.toml"
#: Games that a batch has behind it when its pace is taken.
WARM = 5


def rows(n: int) -> tuple[list[Row], Times]:
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)  # as game/__main__.py does
    try:
        return _rows(n)
    finally:
        gc.set_threshold(*before)


def _rows(n: int) -> tuple[list[Row], Times]:
    game, bare, seeds = ready(WEEK_ONE), floor.Campaign(), count(1)
    cold, changed = _worst_forecasts(game)
    staffs = _staff_turns(game)
    for _ in range(WARM):
        game.play(next(seeds))
    times = rounds(
        {
            "week": lambda: _processor(lambda: game.play(next(seeds))),
            "floor": lambda: _processor(lambda: bare.play(next(seeds))),
        },
        n,
    )
    return [
        Row("W1", "Week One games a second, caches warm", 1 / median(times["week"]), 5, 15, True, "one core"),
        Row("W1", "Week One game, caches warm / floor's campaign", ratio(times, "week", "floor")),
        Row("W2", "slowest turn of a computer seat in a first game, ms", max(staffs), 50),
        Row("W2", "... median", median(staffs)),
        Row("W3", "slowest forecast opened, nothing kept, ms", cold, 100),
        Row("W3", "slowest forecast after an order more, ms", changed, 100),
    ], times


def _processor(call: Callable[[], object]) -> float:
    start = thread_time()
    call()
    return thread_time() - start


def _plans(game: Ready, seed: int) -> Iterator[tuple[View, Plan, float]]:
    """Every plan of a game as it is made: what its staff saw, the plan, and the milliseconds that it took."""
    match = Match(game.first, game.rulebook, seed, game.players)
    while not match.state.over:
        for seat in match.seats:
            luck, view = players_luck(seed, seat, match.state.turn), match.view(seat)
            start = thread_time()
            plan = game.players[seat].plan(view, game.rulebook, luck)
            yield view, plan, 1e3 * (thread_time() - start)
        match.play_turn()


def _staff_turns(game: Ready) -> list[float]:
    """Milliseconds of every plan of the first game in a process."""
    forget()
    return [ms for _, _, ms in _plans(game, 1)]


def _worst_forecasts(game: Ready) -> tuple[float, float]:
    """Milliseconds of all that the plan screen shows of a plan, the slowest of one game: of a plan less its last
    order with nothing kept, then of the whole plan."""
    from game.ui.screens.plan_estimates import staffwork

    worst = [0.0, 0.0]
    for view, plan, _ in _plans(game, 1):
        less = attrs.evolve(plan, orders=plan.orders[:-1], why=())
        forget()
        for n, shown in enumerate((less, plan)):
            start = thread_time()
            staffwork(game.rulebook, view, shown)
            worst[n] = max(worst[n], 1e3 * (thread_time() - start))
    return worst[0], worst[1]
