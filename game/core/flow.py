"""Supply flow: as much as can be sent, at the least cost, and one answer alone (facts C3).

Of all maximum flows from sources to sinks one of the least cost; of those the one that weighs least, where each unit
on an arc weighs the arc's tie weight: a fixed number worked out from its id alone. So every arc's flow is the same
whatever the order of the arcs and whatever was solved before, and any other exact solver that is given the broken
costs (cost x scale + tie weight) finds it, too. `flow_net` tells how it is worked out.

A sink's rank is the price of what it goes without, one step dearer for each better rank. A step above the price of
any way is enough, and no power of it: a better flow differs from a worse one by round trips, each of which gives to
one sink and takes from one at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter

import attrs

from game.core.flow_net import Net

#: Bits of a tie weight: enough that two ways of one cost hardly ever weigh the same (about one in 2 ** 32).
TIE_BITS = 32


@attrs.frozen(slots=True)
class Arc:
    """A way from `start` to `end`, one way only.

    id: unique. cap: hundredths of a supply point, 0 or more; an arc that is shut has cap 0. cost: of one unit, a
    whole number of 0 or more.
    """

    id: str
    start: str
    end: str
    cap: int
    cost: int = 0


@attrs.frozen(slots=True)
class Solved:
    """A flow, in hundredths of a supply point; each mapping in the order of its keys.

    by_arc: arcs that carry something. sent: every source. delivered: every sink. cost: flow x cost over all arcs, tie
    weights left out. `cut`, `short_sources` and `met_sinks` together are the minimum cut nearest the sinks: what they
    hold sums to what is delivered, and one less on any of them is one less delivered. cut: its arcs, by id, all full.
    short_sources: sources all of whose supply is used. met_sinks: sinks all of whose demand is met. What holds none
    (cap, supply or demand 0) is in none of them.
    """

    by_arc: Mapping[str, int]
    sent: Mapping[str, int]
    delivered: Mapping[str, int]
    cost: int
    cut: tuple[str, ...]
    short_sources: tuple[str, ...]
    met_sinks: tuple[str, ...]


@attrs.frozen(slots=True)
class Path:
    """`amount` hundredths of a point on their way from `source` to `sink`, over `arcs` in this order.

    No arcs: the source is the sink."""

    source: str
    sink: str
    arcs: tuple[str, ...]
    amount: int


def solve(arcs: Iterable[Arc], supply: Mapping[str, int], demand: Mapping[str, int]) -> Solved:
    """The flow of record from sources (node: the most it sends) to sinks (node: the most it takes).

    ValueError: two arcs of one id; a cap, cost, supply or demand below 0; a source or sink that no arc touches.
    """
    return solve_ranked(arcs, supply, demand, dict.fromkeys(demand, 1))


def solve_ranked(
    arcs: Iterable[Arc], supply: Mapping[str, int], demand: Mapping[str, int], rank: Mapping[str, int]
) -> Solved:
    """As `solve`, but of all maximum flows one that gives most to sinks of rank 1, then most to rank 2, and so on.

    A later rank takes nothing from an earlier one, though it may change its ways. Within a rank cost decides.
    ValueError: as for `solve`, and for a sink without a rank.
    """
    known = sorted(arcs, key=attrgetter("id"))
    names = sorted({name for arc in known for name in (arc.start, arc.end)})
    index = {name: n for n, name in enumerate(names)}
    _check(known, supply, demand, rank, index)
    # A way or a round trip has no more arcs than there are nodes, so all its weights come to less than one of cost.
    scale = (len(names) + 1) << TIE_BITS
    prices = [arc.cost * scale + tie_weight(arc.id) for arc in known]
    step = (max(prices, default=0) + 1) * (len(names) + 1)
    last = max((rank[name] for name in demand), default=1)
    net = Net(
        len(names),
        [(index[arc.start], index[arc.end], arc.cap, price) for arc, price in zip(known, prices, strict=True)],
        {index[name]: supply[name] for name in sorted(supply)},
        {index[name]: (demand[name], (last - rank[name] + 1) * step) for name in sorted(demand)},
    )
    net.solve()
    return _solved(known, names, net)


@lru_cache(maxsize=1 << 16)
def tie_weight(id: str) -> int:
    """What a unit on the arc of this id weighs where costs tie: 1 to 2 ** TIE_BITS."""
    digest = blake2b(id.encode(), digest_size=TIE_BITS // 8, person=b"supply tie").digest()
    return 1 + int.from_bytes(digest, "big")


def paths(arcs: Iterable[Arc], solved: Solved) -> tuple[Path, ...]:
    """The flow as paths that sum to it, by source; none comes to a node twice.

    Each ends at the first sink that still gets something, and until then goes on over the arc with the first id.
    """
    left, due = dict(solved.by_arc), dict(solved.delivered)
    ways: dict[str, list[Arc]] = {}
    for arc in sorted((arc for arc in arcs if arc.id in left), key=attrgetter("id"), reverse=True):
        ways.setdefault(arc.start, []).append(arc)
    found = []
    for source in sorted(solved.sent):
        rest = solved.sent[source]
        while rest:
            sink, along = source, []
            while not due.get(sink):
                along.append(ways[sink][-1])
                sink = along[-1].end
            amount = min([rest, due[sink], *(left[arc.id] for arc in along)])
            rest -= amount
            due[sink] -= amount
            for arc in along:
                left[arc.id] -= amount
                if not left[arc.id]:
                    ways[arc.start].pop()
            found.append(Path(source, sink, tuple(arc.id for arc in along), amount))
    return tuple(found)


def _solved(arcs: Sequence[Arc], names: Sequence[str], net: Net) -> Solved:
    carried = [(arc, flow) for arc, flow in zip(arcs, net.flows(), strict=True) if flow]
    short = net.short()
    beyond = {names[v] for v in short}
    return Solved(
        by_arc={arc.id: flow for arc, flow in carried},
        sent={names[v]: most - net.stock[v] for v, most in net.supply.items()},
        delivered={names[v]: most - net.bought[v] for v, most in net.demand.items()},
        cost=sum([arc.cost * flow for arc, flow in carried]),
        cut=tuple([arc.id for arc, flow in carried if arc.end in beyond and arc.start not in beyond]),
        short_sources=tuple([names[v] for v, most in net.supply.items() if most and v in short]),
        met_sinks=tuple([names[v] for v, most in net.demand.items() if most and v not in short]),
    )


def _check(
    arcs: Sequence[Arc],
    supply: Mapping[str, int],
    demand: Mapping[str, int],
    rank: Mapping[str, int],
    known: Mapping[str, int],
) -> None:
    """ValueError for the first thing that is wrong."""
    for one, other in pairwise(arcs):
        if one.id == other.id:
            raise ValueError(f"supply flow: two arcs are called {one.id!r}; give each an id of its own")
    for arc in arcs:
        if arc.cap < 0 or arc.cost < 0:
            raise ValueError(
                f"supply flow: arc {arc.id!r} has cap {arc.cap} and cost {arc.cost}; both must be 0 or more"
            )
    for what, ends in (("source", supply), ("sink", demand)):
        for name, most in ends.items():
            if name not in known:
                raise ValueError(f"supply flow: no arc touches the {what} {name!r}; name it right, or give it an arc")
            if most < 0:
                raise ValueError(f"supply flow: the {what} {name!r} has {most}; it must be 0 or more")
    for name in demand:
        if name not in rank:
            raise ValueError(f"supply flow: the sink {name!r} has no rank; give it one, 1 for the first")
