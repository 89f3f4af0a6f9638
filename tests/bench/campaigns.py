"""Whole campaigns of the benchmark game against the floor, and what a saved one costs: T1, T8, R1, R3, R4."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.header import Edition
from game.io.recorder import create
from game.io.replay import states
from game.io.save import Saved, open_save
from tests.bench import floor, world
from tests.bench.timing import Row, Timed, Times, calls, ratio, rounds, seconds

SEED = 1  # of the campaign that is saved
EDITION = Edition("bench", "bench")


@attrs.frozen(slots=True)
class Game:
    """The benchmark game, ready to play."""

    first: State
    rulebook: Rulebook

    def play(self, seed: int, turns: int = world.TURNS) -> world.Played:
        return world.play(world.match(self.first, self.rulebook, seed), turns)


def game(size: int = 1) -> Game:
    return Game(world.opening(size), world.rulebook())


@contextmanager
def saved_campaign(of: Game, turns: int = world.TURNS) -> Iterator[tuple[Path, world.Played]]:
    """A campaign played into a save, and what it came to."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "campaign.save"
        recorder = create(path, of.first, of.rulebook, SEED, EDITION, durable=False)
        match = world.match(of.first, of.rulebook, SEED, recorder)
        played = world.play(match, turns)
        match.close()
        yield path, played


def replayed(path: Path, of: Game) -> tuple[str, ...]:
    """Rebuild every turn of a save from its events, each held to its recorded digest; the digests after each turn."""
    saved = open_save(path, of.rulebook)
    found = {state.turn: saved.digest(state.turn) for state in states(saved, of.first.setting)}
    return tuple(found.values())[1:]


def opened(path: Path, of: Game, turn: int) -> State:
    """Open a save as a command does, at the start of one turn."""
    return open_save(path, of.rulebook).state(turn, of.first.setting)


def fresh(of: Game, seeds: Iterator[int]) -> Timed:
    """A campaign nobody played before, as a batch plays them."""
    return lambda: seconds(lambda: of.play(next(seeds)))


def _floor(campaign: floor.Campaign, seeds: Iterator[int], times: int = 3) -> Timed:
    return calls(lambda: campaign.play(next(seeds)), times)


def rows(n: int) -> tuple[list[Row], Times]:
    one, three, bare = game(), game(3), floor.Campaign()
    seeds = count(100)
    one.play(SEED)
    three.play(SEED)
    with saved_campaign(one) as (path, played):
        turns = range(1, world.TURNS + 2)
        cases: dict[str, Timed] = {
            "floor": _floor(bare, seeds),
            "campaign": fresh(one, seeds),
            "three": fresh(three, seeds),
            "again": calls(lambda: one.play(SEED)),
            "replay": calls(lambda: replayed(path, one)),
            "open": lambda: sum(seconds(lambda t=t: opened(path, one, t)) for t in turns) / len(turns),  # type: ignore[misc]
        }
        times = rounds(cases, n)
        if replayed(path, one) != played.digests:
            raise ValueError("the replay went elsewhere than the game")
        sizes = bytes_an_order(open_save(path, one.rulebook), played.orders)
    each = 1e6 * sorted(times["campaign"])[n // 2] / played.orders
    return [
        Row(
            "T1",
            "campaign / floor's campaign",
            ratio(times, "campaign", "floor"),
            3.5,
            2,
            note=f"{each:.0f} us/order",
        ),
        Row("T8", "campaign, three times as large / campaign", ratio(times, "three", "campaign"), 4, 3.3),
        Row("R1", "replay with digests / playing it", ratio(times, "replay", "again"), 0.95, 0.6),
        Row("R3", "open at a turn / replaying it all", ratio(times, "open", "replay"), 0.1, 0.02),
        *sizes,
    ], times


def bytes_an_order(saved: Saved, orders: int) -> list[Row]:
    data = saved.lines.data
    plans = b"".join(saved.lines.payload(m) for m in saved.lines.marks if m.kind == "plan")
    return [
        Row("R4", "bytes an order, sealed plans alone, raw", len(plans) / orders, note="for the record"),
        Row("R4", "bytes an order, sealed plans alone, gzip", len(gzip.compress(plans)) / orders),
        Row("R4", "bytes an order, all events and states too, raw", len(data) / orders),
        Row("R4", "bytes an order, all events and states too, gzip", len(gzip.compress(data)) / orders),
    ]
