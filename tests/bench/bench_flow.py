"""One turn's supply, side by side with what one would take for it: goals G1, G2 and G4.

The theatre: 80 places, 200 lanes both ways, 6 depots, 24 formations; 20 turns, each with other capacities as raids
leave them. Solvers are handed the arcs of a turn and build what they need from them. Each gives back what is
delivered and the cost; one that disagrees on a turn stops the run. networkx has the broken costs in G4 alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from math import dist

import attrs
import networkx as nx

from game.core.flow import Arc, solve
from tests.bench.field import field
from tests.bench.timing import Row, Times, calls, ratio, rounds
from tests.flow.nets import Problem, judged

PLACES, LANES, DEPOTS, SINKS, TURNS = 80, 200, 6, 24, 20
NO_SCIPY = "scipy is not installed"
#: Delivered and cost.
Answer = tuple[int, int]
Solver = Callable[[Problem], Answer]


@lru_cache(maxsize=1)
def turns() -> tuple[Problem, ...]:
    """The turns' problems. Caps in hundredths, costs in km."""
    rng = random.Random(1944)
    spread = field(PLACES)
    ids = [f"{n:03d}" for n in range(PLACES)]
    every = sorted((dist(spread.at[a], spread.at[b]), a, b) for b in range(PLACES) for a in range(b))
    pairs = list(dict.fromkeys([*spread.pairs, *((a, b) for _, a, b in every)]))[:LANES]
    lanes = []
    for pair in pairs:
        km, cap = 1 + int(100 * dist(*(spread.at[n] for n in pair))), 100 * rng.choice((10, 20, 40, 80))
        lanes += [Arc(f"{ids[a]}-{ids[b]}:road", ids[a], ids[b], cap, km) for a, b in (pair, pair[::-1])]
    places = rng.sample(ids, DEPOTS + SINKS)
    supply = {id: 100 * rng.randint(40, 120) for id in places[:DEPOTS]}
    demand = {id: 100 * rng.randint(5, 25) for id in places[DEPOTS:]}
    return tuple(Problem(tuple(_raided(arc, rng) for arc in lanes), supply, demand) for _ in range(TURNS))


def _raided(arc: Arc, rng: random.Random) -> Arc:
    shut, halved = rng.random() < 0.05, rng.random() < 0.2
    return attrs.evolve(arc, cap=0 if shut else arc.cap // 2 if halved else arc.cap)


def ours(problem: Problem) -> Answer:
    found = solve(problem.arcs, problem.supply, problem.demand)
    return sum(found.delivered.values()), found.cost


def by_networkx(problem: Problem) -> Answer:
    """Lanes have no parallel ones here, so that its graph is as small as it can be."""
    net: nx.DiGraph[str] = nx.DiGraph()
    for arc in problem.arcs:
        net.add_edge(arc.start, arc.end, capacity=arc.cap, weight=arc.cost)
    for name, most in problem.supply.items():
        net.add_edge("<source>", name, capacity=most, weight=0)
    for name, most in problem.demand.items():
        net.add_edge(name, "<sink>", capacity=most, weight=0)
    flow = nx.max_flow_min_cost(net, "<source>", "<sink>")
    return sum(flow["<source>"].values()), int(nx.cost_of_flow(net, flow))


def by_linprog(problem: Problem) -> Answer:
    """scipy's HiGHS: a column an arc, a row a place; what is not delivered is paid for dearly."""
    np, optimize, sparse = (import_module(name) for name in ("numpy", "scipy.optimize", "scipy.sparse"))
    index = {name: n for n, name in enumerate(sorted({x for a in problem.arcs for x in (a.start, a.end)}))}
    dear = 1 + len(index) * max(arc.cost for arc in problem.arcs)
    ins = [index[arc.end] for arc in problem.arcs] + [index[name] for name in problem.supply]
    outs = [index[arc.start] for arc in problem.arcs] + [index[name] for name in problem.demand]
    roads, sources, width = len(problem.arcs), len(problem.supply), len(ins) + len(problem.demand)
    entering = list(range(roads + sources))
    leaving = list(range(roads)) + list(range(roads + sources, width))
    values = np.r_[np.ones(len(ins)), -np.ones(len(outs))]
    rows = sparse.csr_array((values, (ins + outs, entering + leaving)), shape=(len(index), width))
    caps = [arc.cap for arc in problem.arcs] + list(problem.supply.values()) + list(problem.demand.values())
    prices = [arc.cost for arc in problem.arcs] + [0] * sources + [-dear] * len(problem.demand)
    bounds = np.column_stack([np.zeros(width), caps])
    done = optimize.linprog(prices, A_eq=rows, b_eq=np.zeros(len(index)), bounds=bounds, method="highs-ds")
    delivered = round(sum(done.x[roads + sources :]))
    return delivered, round(done.fun) + dear * delivered


def agreeing(problems: tuple[Problem, ...]) -> float:
    """The share of turns whose arc flows are the same forwards, backwards and by networkx with broken costs."""
    forwards = [solve(p.arcs, p.supply, p.demand) for p in problems]
    backwards = [solve(p.arcs[::-1], p.supply, p.demand) for p in reversed(problems)][::-1]
    agree = [
        one == other and (one.by_arc, one.sent, one.delivered) == judged(problem)
        for one, other, problem in zip(forwards, backwards, problems, strict=True)
    ]
    return agree.count(True) / len(agree)


def rows(n: int) -> tuple[list[Row], Times]:
    problems = turns()
    solvers: dict[str, Solver] = {"ours": ours, "networkx": by_networkx, "linprog": by_linprog}
    if find_spec("scipy") is None:
        del solvers["linprog"]
    for number, problem in enumerate(problems):
        answers = {name: solver(problem) for name, solver in solvers.items()}
        if len(set(answers.values())) > 1:
            raise AssertionError(f"turn {number}: the solvers disagree: {answers}")

    def all_turns(solver: Solver) -> None:
        for problem in problems:
            solver(problem)

    times = rounds({name: calls(partial(all_turns, solver)) for name, solver in solvers.items()}, n)
    each = 1000 * sorted(times["ours"])[n // 2] / len(problems)
    peer = ratio(times, "ours", "linprog") if "linprog" in times else None
    return [
        Row("G1", "a turn's supply / networkx max_flow_min_cost", ratio(times, "ours", "networkx"), 0.25, 0.15),
        Row("G2", "... / scipy linprog highs-ds", peer, 0.6, 0.35, note="" if peer else NO_SCIPY),
        Row("G4", "turns of one flow: any order, history, oracle", agreeing(problems), 1, 1, more=True),
        Row("G", "a turn's supply, ms", each),
    ], times
