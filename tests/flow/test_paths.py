"""Paths: the flow taken apart."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from game.core.flow import Path, paths, solve
from tests.flow.nets import Problem, problems, read, summed


def test_a_flow_taken_apart() -> None:
    arcs = read("S-a 30, S-b 30, a-D 25, a-b 10, b-D 30", "S-a 2, S-b 3, a-D 4, a-b 0, b-D 2")
    found = solve(arcs, {"S": 60}, {"D": 40})
    assert paths(arcs, found) == (
        Path("S", "D", ("S-a", "a-D"), 10),
        Path("S", "D", ("S-a", "a-b", "b-D"), 10),
        Path("S", "D", ("S-b", "b-D"), 20),
    )


@given(problems(), st.randoms(use_true_random=False))
def test_paths_lead_from_source_to_sink_and_sum_to_the_flow(problem: Problem, rng: Random) -> None:
    found = solve(problem.arcs, problem.supply, problem.demand)
    every = paths(problem.arcs, found)
    for path in every:
        assert path.amount > 0
        at = [path.source]
        for id in path.arcs:
            arc = problem.where(id)
            assert arc.start == at[-1]
            at.append(arc.end)
        assert at[-1] == path.sink
        assert len(set(at)) == len(at), "no way comes to a place twice"
    assert summed((path.source, path.amount) for path in every) == summed(found.sent.items())
    assert summed((path.sink, path.amount) for path in every) == summed(found.delivered.items())
    assert summed((id, path.amount) for path in every for id in path.arcs) == summed(found.by_arc.items())
    assert len({(path.source, path.sink, path.arcs) for path in every}) == len(every)
    shuffled = list(problem.arcs)
    rng.shuffle(shuffled)
    assert paths(shuffled, found) == every
