"""A net of the size of a theatre, where a search stops long before it has seen all of it."""

from __future__ import annotations

from game.core.flow import solve
from tests.bench.bench_flow import agreeing, by_networkx, ours, turns


def test_turns_of_a_theatre_have_one_flow_and_it_is_that_of_networkx() -> None:
    some = turns()[:4]
    assert agreeing(some) == 1
    assert [ours(problem) for problem in some] == [by_networkx(problem) for problem in some]
    short = [solve(problem.arcs, problem.supply, problem.demand) for problem in some]
    assert all(found.cut and sum(found.delivered.values()) < sum(some[0].demand.values()) for found in short)
