"""The search under `flow`: successive shortest paths with potentials, from all sources to all sinks at once.

What a sink lacks may be bought there, at a price above that of any way. So all demand is met in the end, and then it
does not matter which sink is served when: one search over the net serves every sink it reaches, not one path. What
remains bought is what cannot be delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

#: What stands for the arc to a node where a path begins: a source's supply, or goods bought at a sink.
SUPPLIED, BOUGHT = -1, -2


class Net:
    """A net while it is solved; nodes are numbers below `size`.

    arcs: (start, end, cap, price). supply: by source. demand: by sink, with the price of a unit bought there, which
    must be above that of any path. No price is below 0.

    Arc k is 2k here, and 2k + 1 the same backwards: what flows may be taken back. `left`: what each may still carry;
    `ways`: from each node the arcs that may still carry something, as (price, end, arc).

    Prices are stored as multiples of a power of two above every node, so that a whole number is both a distance and
    the node that lies at it: such keys sort by distance. `lift`: each node's potential less its number, so that
    adding and subtracting lifts turns a key of one node into a key of another and never needs to take one apart.
    """

    def __init__(
        self,
        size: int,
        arcs: Iterable[tuple[int, int, int, int]],
        supply: Mapping[int, int],
        demand: Mapping[int, tuple[int, int]],
    ) -> None:
        bits = size.bit_length()
        self.low = (1 << bits) - 1
        self.ways: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
        self.left: list[int] = []
        self.all: list[tuple[int, int, int]] = []
        for start, end, cap, price in arcs:
            price <<= bits
            forth = (price, end, len(self.all))
            self.all += (forth, (-price, start, len(self.all) + 1))
            self.left += (cap, 0)
            if cap:
                self.ways[start].append(forth)
        self.supply, self.stock = supply, dict(supply)
        self.demand = {v: most for v, (most, _) in demand.items()}
        self.lacking = {v: most for v, (most, _) in demand.items() if most}
        self.bought = dict.fromkeys(self.demand, 0)
        self.dear = {v: price << bits for v, (_, price) in demand.items()}
        self.far = 2 * max(self.dear.values(), default=0)
        self.lift = list(range(0, -size, -1))
        self.by = [SUPPLIED] * size

    def solve(self) -> None:
        while self.lacking:
            for sink in self._search():
                self._serve(sink)

    def _search(self) -> list[int]:
        """Sinks that lack something, nearest first, with `by` the last arc of the shortest path to each node.

        Dijkstra over prices less the fall of potential, none of which is below 0; it stops at the last of the sinks.
        """
        lift, ways, low, lacking = self.lift, self.ways, self.low, self.lacking
        best, by = self._starts()
        self.by = by
        heap = [key for key in best if key < self.far]
        heapify(heap)
        found: list[int] = []
        key = 0
        while len(found) < len(lacking):
            key = heappop(heap)
            here = key & low
            if key != best[here]:
                continue
            if here in lacking:
                found.append(here)
            base = key + lift[here]
            for price, there, arc in ways[here]:
                new = base + price - lift[there]
                if new < best[there]:
                    best[there] = new
                    by[there] = arc
                    heappush(heap, new)
        # A node no nearer than the last sink rises as far as that sink does: what is 0 or more stays so.
        top = key & ~low
        self.lift = [h + (b & ~low if b < key else top) for h, b in zip(lift, best, strict=True)]
        return found

    def _starts(self) -> tuple[list[int], list[int]]:
        """Keys and arcs of the nodes where paths begin: sources with something left, sinks that may buy more."""
        best, by = [self.far] * len(self.ways), [SUPPLIED] * len(self.ways)
        for v, rest in self.stock.items():
            if rest:
                best[v] = -self.lift[v]
        for v, price in self.dear.items():
            key = price - self.lift[v]
            if key < best[v] and self.bought[v] < self.demand[v]:
                best[v], by[v] = key, BOUGHT
        return best, by

    def _serve(self, sink: int) -> None:
        """Send what the path to this sink still carries; another sink may have used it up since the search."""
        left, by = self.left, self.by
        amount, start, path = self.lacking[sink], sink, []
        while (arc := by[start]) >= 0:
            path.append(arc)
            if left[arc] < amount:
                amount = left[arc]
            start = self.all[arc ^ 1][1]
        rest = self.stock[start] if arc == SUPPLIED else self.demand[start] - self.bought[start]
        amount = min(amount, rest)
        if not amount:
            return
        if arc == SUPPLIED:
            self.stock[start] -= amount
        else:
            self.bought[start] += amount
        self.lacking[sink] -= amount
        if not self.lacking[sink]:
            del self.lacking[sink]
        for arc in path:
            self._carry(arc, amount)

    def _carry(self, arc: int, amount: int) -> None:
        back, left = arc ^ 1, self.left
        forth, back_again = self.all[arc], self.all[back]
        left[arc] -= amount
        if not left[arc]:
            self.ways[back_again[1]].remove(forth)
        if not left[back]:
            self.ways[forth[1]].append(back_again)
        left[back] += amount

    def flows(self) -> list[int]:
        """What each arc carries."""
        return self.left[1::2]

    def short(self) -> set[int]:
        """Nodes at which one unit more would be one more delivered: some sink that lacks something is in reach."""
        short = {v for v, amount in self.bought.items() if amount}
        if not short:
            return short
        edge = list(short)
        into: list[list[int]] = [[] for _ in self.ways]
        for start, ways in enumerate(self.ways):
            for _, end, _ in ways:
                into[end].append(start)
        while edge:
            new = [v for v in into[edge.pop()] if v not in short]
            short.update(new)
            edge += new
        return short
