"""The flow of record against networkx, its cut, and that there is one answer alone."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.flow import TIE_BITS, Arc, solve, solve_ranked, tie_weight
from tests.flow.nets import Problem, judged, least_cost, problems, read, total, value

EX_12 = (
    "SRC-JYOK 60, SRC-JSAS 40, SRC-GGUA 50, GGUA-JKAD 30, GGUA-JSAS 30, JYOK-JHAK 35, "
    "JSAS-KBUS 45, JHAK-KBUS 30, JSAS-JKAD 20, KBUS-FRONT 55, JKAD-TWN 35"
)
THE_BRIDGE = Problem(read(EX_12), {"SRC": 1000}, {"FRONT": 1000, "TWN": 1000})


@pytest.mark.parametrize(
    ("change", "delivered", "cut"),
    [
        ({}, 90, ("JKAD-TWN", "KBUS-FRONT")),
        ({"JHAK-KBUS": 0}, 80, ("JKAD-TWN", "JSAS-KBUS")),
        ({"KBUS-FRONT": 80}, 110, ("JHAK-KBUS", "JKAD-TWN", "JSAS-KBUS")),
    ],
    ids=["as it is", "without the bridge", "Busan widened"],
)
def test_the_bridge_and_the_real_bottleneck(change: dict[str, int], delivered: int, cut: tuple[str, ...]) -> None:
    """Ex 12: the bridge is worth 10, Busan's inland throughput 20; once it is widened, the bridge is in the cut."""
    found = solve(*attrs.astuple(THE_BRIDGE.with_caps(change), recurse=False))
    assert (total(found), found.cut) == (delivered, cut)
    assert (found.short_sources, found.met_sinks) == ((), ())


def test_goods_take_the_cheaper_of_two_ways_and_what_spills_the_other() -> None:
    """Ex 13: 40 points for 200."""
    arcs = read("S-a 30, S-b 30, a-D 25, a-b 10, b-D 30", "S-a 2, S-b 3, a-D 4, a-b 0, b-D 2")
    found = solve(arcs, {"S": 60}, {"D": 40})
    assert (found.cost, found.delivered, found.sent) == (200, {"D": 40}, {"S": 40})
    assert (found.cut, found.met_sinks) == ((), ("D",))


def test_ties_never_outweigh_a_cost() -> None:
    """Eight lanes for nothing before one for a single unit, whatever they weigh."""
    names = "SABCDEFGT"
    chain = [Arc(f"free {n}", a, b, 9) for n, (a, b) in enumerate(pairwise(names))]
    found = solve([*chain, Arc("paid", "S", "T", 9, 1)], {"S": 9}, {"T": 9})
    assert sum(tie_weight(arc.id) for arc in chain) > 2 << TIE_BITS
    assert (found.cost, found.by_arc.get("paid")) == (0, None)


def test_the_depot_itself_may_be_what_is_short() -> None:
    found = solve(read("D-F 30"), {"D": 20}, {"F": 25})
    assert (found.delivered, found.cut, found.short_sources, found.met_sinks) == ({"F": 20}, (), ("D",), ())


def test_a_place_may_feed_itself_and_a_shut_way_is_no_bottleneck() -> None:
    found = solve(read("A-B 0, C-B 4"), {"A": 9, "C": 9}, {"A": 5, "B": 5})
    assert (found.by_arc, found.sent, found.delivered) == ({"C-B": 4}, {"A": 5, "C": 4}, {"A": 5, "B": 4})
    assert (found.cut, found.short_sources, found.met_sinks) == (("C-B",), (), ("A",))


def test_where_not_all_can_be_served_the_nearer_sink_is() -> None:
    arcs = read("D-X 7, X-A 9, X-B 9, X-C 9", "X-A 3, X-B 1, X-C 2")
    found = solve(arcs, {"D": 99}, {"A": 4, "B": 4, "C": 4})
    assert (found.delivered, found.cost) == ({"A": 0, "B": 4, "C": 3}, 10)


def test_a_rank_goes_before_nearness_and_a_later_one_gets_what_is_left() -> None:
    arcs = read("D-X 7, X-A 9, X-B 9, X-C 9", "X-A 3, X-B 1, X-C 2")
    found = solve_ranked(arcs, {"D": 99}, {"A": 4, "B": 4, "C": 4}, {"A": 1, "B": 3, "C": 2})
    assert found.delivered == {"A": 4, "B": 0, "C": 3}


@given(problems())
def test_flows_cost_and_delivery_are_those_of_networkx(problem: Problem) -> None:
    found = solve(problem.arcs, problem.supply, problem.demand)
    assert total(found) == sum(found.sent.values()) == value(problem)
    assert found.cost == least_cost(problem)
    assert (found.by_arc, found.sent, found.delivered) == judged(problem)


@given(problems())
def test_the_cut_holds_what_is_delivered_and_parts_sources_from_sinks(problem: Problem) -> None:
    found = solve(problem.arcs, problem.supply, problem.demand)
    held = sum(problem.where(id).cap for id in found.cut)
    held += sum(problem.supply[name] for name in found.short_sources)
    held += sum(problem.demand[name] for name in found.met_sinks)
    assert held == total(found)
    assert all(found.by_arc[id] == problem.where(id).cap > 0 for id in found.cut)
    assert list(found.cut) == sorted(set(found.cut))
    rest = problem.with_caps(dict.fromkeys(found.cut, 0))
    supply = {name: most for name, most in problem.supply.items() if name not in found.short_sources}
    demand = {name: most for name, most in problem.demand.items() if name not in found.met_sinks}
    assert value(Problem(rest.arcs, supply, demand)) == 0


@given(problems())
def test_one_less_in_the_cut_is_one_less_delivered(problem: Problem) -> None:
    found = solve(problem.arcs, problem.supply, problem.demand)
    less = [problem.with_caps({id: problem.where(id).cap - 1}) for id in found.cut]
    less += [
        attrs.evolve(problem, supply={**problem.supply, name: problem.supply[name] - 1})
        for name in found.short_sources
    ]
    less += [
        attrs.evolve(problem, demand={**problem.demand, name: problem.demand[name] - 1}) for name in found.met_sinks
    ]
    for each in less:
        assert total(solve(each.arcs, each.supply, each.demand)) == total(found) - 1


@given(problems())
def test_no_minimum_cut_lies_nearer_the_sinks(problem: Problem) -> None:
    """A unit that begins just beyond the cut is one more delivered; one that begins just before it is not."""
    found = solve(problem.arcs, problem.supply, problem.demand)

    def with_one_more(name: str) -> int:
        return value(attrs.evolve(problem, supply={**problem.supply, name: problem.supply.get(name, 0) + 1}))

    beyond = {problem.where(id).end for id in found.cut} | set(found.short_sources)
    before = {problem.where(id).start for id in found.cut} | set(found.met_sinks)
    assert {name: with_one_more(name) for name in beyond} == dict.fromkeys(beyond, total(found) + 1)
    assert {name: with_one_more(name) for name in before} == dict.fromkeys(before, total(found))


@given(problems(), st.randoms(use_true_random=False), problems())
def test_neither_order_nor_what_was_solved_before_matters(problem: Problem, rng: Random, other: Problem) -> None:
    found = solve(problem.arcs, problem.supply, problem.demand)
    arcs, supply, demand = list(problem.arcs), list(problem.supply.items()), list(problem.demand.items())
    for each in (arcs, supply, demand):
        rng.shuffle(each)
    solve(other.arcs, other.supply, other.demand)
    again = solve(arcs, dict(supply), dict(demand))
    assert again == found
    assert [list(x) for x in (again.by_arc, again.sent, again.delivered)] == [
        sorted(x) for x in (found.by_arc, found.sent, found.delivered)
    ]
    tie_weight.cache_clear()
    assert solve(problem.arcs, problem.supply, problem.demand) == found


@given(problems(), st.data())
def test_ranks_are_filled_one_after_another(problem: Problem, data: st.DataObject) -> None:
    """Against networkx alone: what the first ranks get together is the most they could get without the others."""
    rank = {name: data.draw(st.integers(1, 3), label=name) for name in problem.demand}
    found = solve_ranked(problem.arcs, problem.supply, problem.demand, rank)
    for last in (1, 2, 3):
        first = {name: most for name, most in problem.demand.items() if rank[name] <= last}
        got = sum(found.delivered[name] for name in first)
        assert got == value(Problem(problem.arcs, problem.supply, first))
    held = Problem(problem.arcs, problem.supply, found.delivered)
    assert (found.by_arc, found.cost) == (judged(held)[0], least_cost(held))


@given(problems())
def test_one_rank_for_all_is_none(problem: Problem) -> None:
    plain = solve(problem.arcs, problem.supply, problem.demand)
    assert solve_ranked(problem.arcs, problem.supply, problem.demand, dict.fromkeys(problem.demand, 7)) == plain


def test_tie_weights_are_fixed_for_good() -> None:
    """A change of them changes replays of games already played."""
    assert [tie_weight(id) for id in ("JHAK-KBUS:ferry", "")] == [1050249598, 3895628091]


@pytest.mark.parametrize(
    ("arcs", "supply", "demand", "says"),
    [
        ([Arc("a", "A", "B", 1), Arc("a", "B", "A", 1)], {}, {}, "two arcs are called 'a'"),
        ([Arc("a", "A", "B", -1)], {}, {}, "arc 'a' has cap -1 and cost 0"),
        ([Arc("a", "A", "B", 1, -2)], {}, {}, "arc 'a' has cap 1 and cost -2"),
        ([Arc("a", "A", "B", 1)], {"C": 1}, {}, "no arc touches the source 'C'"),
        ([Arc("a", "A", "B", 1)], {}, {"C": 1}, "no arc touches the sink 'C'"),
        ([Arc("a", "A", "B", 1)], {"A": -3}, {}, "the source 'A' has -3"),
        ([Arc("a", "A", "B", 1)], {}, {"B": -3}, "the sink 'B' has -3"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arcs: list[Arc], supply: dict[str, int], demand: dict[str, int], says: str
) -> None:
    with pytest.raises(ValueError, match=says) as error:
        solve(arcs, supply, demand)
    assert "\n" not in str(error.value)


def test_every_sink_has_a_rank() -> None:
    with pytest.raises(ValueError, match="the sink 'B' has no rank"):
        solve_ranked([Arc("a", "A", "B", 1)], {"A": 1}, {"B": 1}, {})


def test_nothing_comes_of_nothing() -> None:
    found = solve([], {}, {})
    assert (found.by_arc, found.sent, found.delivered, found.cost) == ({}, {}, {}, 0)
