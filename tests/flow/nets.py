"""Supply nets for tests: written ones, generated ones with many ties, and networkx as the judge of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import networkx as nx
from hypothesis import strategies as st

from game.core.flow import Arc, Solved, tie_weight

NODES = "ABCDEFG"
#: Above what all weights of a small net can come to, over all units it can carry.
SCALE = 1 << 48


@attrs.frozen
class Problem:
    arcs: tuple[Arc, ...]
    supply: Mapping[str, int]
    demand: Mapping[str, int]

    def with_caps(self, caps: Mapping[str, int]) -> Problem:
        return attrs.evolve(self, arcs=tuple(attrs.evolve(a, cap=caps.get(a.id, a.cap)) for a in self.arcs))

    def where(self, id: str) -> Arc:
        return next(arc for arc in self.arcs if arc.id == id)


def read(text: str, costs: str = "") -> tuple[Arc, ...]:
    """Arcs from "A-B 60, B-C 40", as the facts write them; costs the same way."""
    cost = dict(each.split() for each in costs.split(",")) if costs else {}
    found = []
    for each in text.split(","):
        id, cap = each.split()
        start, end = id.split("-")
        found.append(Arc(id, start, end, int(cap), int(cost.get(id, 0))))
    return tuple(found)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to 20 arcs among 7 nodes, parallel and both ways, of few costs and small caps, so that much ties."""
    names = st.sampled_from(NODES)
    cap, cost, amount = st.integers(0, 6), st.integers(0, 2), st.integers(0, 9)
    arcs = []
    for n in range(draw(st.integers(1, 20))):
        arcs.append(Arc(f"{n}:{draw(names)}", draw(names), draw(names), draw(cap), draw(cost)))
    there = sorted({name for arc in arcs for name in (arc.start, arc.end)})
    ends = st.dictionaries(st.sampled_from(there), amount, max_size=4)
    return Problem(tuple(arcs), draw(ends), draw(ends))


def graph(problem: Problem, ties: bool = True) -> nx.DiGraph[str]:
    """For networkx: an arc is a node of its own between two edges, since a DiGraph holds no parallel ones."""
    net: nx.DiGraph[str] = nx.DiGraph()
    net.add_nodes_from(("<source>", "<sink>"))
    for arc in problem.arcs:
        price = arc.cost * SCALE + tie_weight(arc.id) if ties else arc.cost
        net.add_edge(arc.start, f"arc {arc.id}", capacity=arc.cap, weight=price)
        net.add_edge(f"arc {arc.id}", arc.end, capacity=arc.cap, weight=0)
    for name, most in problem.supply.items():
        net.add_edge("<source>", name, capacity=most, weight=0)
    for name, most in problem.demand.items():
        net.add_edge(name, "<sink>", capacity=most, weight=0)
    return net


def judged(problem: Problem) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """networkx's flow of least broken cost: by arc where there is any, by source, by sink."""
    flow = nx.max_flow_min_cost(graph(problem), "<source>", "<sink>")
    by_arc = {arc.id: flow[arc.start][f"arc {arc.id}"] for arc in problem.arcs}
    return (
        {id: amount for id, amount in by_arc.items() if amount},
        {name: flow["<source>"][name] for name in problem.supply},
        {name: flow[name]["<sink>"] for name in problem.demand},
    )


def value(problem: Problem) -> int:
    """What can be delivered at most, by networkx."""
    return int(nx.maximum_flow_value(graph(problem, ties=False), "<source>", "<sink>"))


def least_cost(problem: Problem) -> int:
    """What a maximum flow costs at least, tie weights left out, by networkx."""
    net = graph(problem, ties=False)
    return int(nx.cost_of_flow(net, nx.max_flow_min_cost(net, "<source>", "<sink>")))


def total(solved: Solved) -> int:
    return sum(solved.delivered.values())


def summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sums by key, of those above 0."""
    out: dict[str, int] = {}
    for key, amount in amounts:
        out[key] = out.get(key, 0) + amount
    return {key: amount for key, amount in sorted(out.items()) if amount}
