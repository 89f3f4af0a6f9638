"""Decisions and replayed orders a second against the peers, for the record: T2 to T5, R2."""

from __future__ import annotations

from itertools import count

from tests.bench import peers
from tests.bench.campaigns import Game, replayed, saved_campaign
from tests.bench.timing import Row, Timed, Times, ratio, rounds, seconds


def rows(of: Game, n: int) -> tuple[list[Row], Times]:
    seeds = count(5_000)
    with saved_campaign(of) as (path, played):

        def an_order() -> float:
            given: list[int] = []
            return seconds(lambda: given.append(of.play(next(seeds)).orders)) / given[0]

        cases: dict[str, Timed] = {
            "an order": an_order,
            "an order replayed": lambda: seconds(lambda: replayed(path, of)) / played.orders,
            **peers.decisions(),
            **peers.reading(),
        }
        times = rounds(cases, n)

    def over(peer: str, ours: str = "an order") -> float | None:
        return ratio(times, peer, ours) if peer in times else None

    return [
        peers.row("T2", "decisions/s / pykrieg's, from its full list", over("pykrieg"), 40, 70),
        Row("T3", "orders/s / boardgame.io's", None, 1.5, 3, True, "needs Node; not measured here"),
        peers.row("T4", "decisions/s / python-chess's", over("chess"), 0.6, 1.2),
        peers.row("T5", "decisions/s / PettingZoo chess_v6's", over("pettingzoo chess_v6"), 14, 30),
        peers.row("R2", "orders replayed/s / python-chess PGN moves", over("PGN", "an order replayed"), 0.35, 0.7),
    ], times
