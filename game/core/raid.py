"""One missile raid on one place: the exact joint odds of leakers and rounds spent (facts C1.3-C1.6).

The process. Before the raid comes in, every layer deals its rounds out to the classes that it can reach (``deal``);
from there on the classes are fought apart. Of each class, layer after layer:

1. Each live threat is tracked in time with the layer's chance for that class, independently; threats untracked or
   out of reach pass on.
2. The layer's rounds for the class are under one controller with its control chance, drawn once for all its looks.
3. A look fires at the T tracked threats still alive, at most ``per_threat`` rounds each. Under one controller
   every threat gets S // T of the S shots and the first S % T threats one more. Without one each shot picks any of
   the T with equal chance, blind to the others' kills.
4. Assessment is perfect; the next look sees the survivors and the rounds left. With no bound a threat, every
   look but the last fires one shot a threat and the last fires all that is left.
5. Survivors and those passed on meet the next layer; after the last they are leakers.

``salvo`` rounds that leave together count as one shot: shoot-shoot that never splits a pair is salvo 2.

The deal goes by what is known when the raid is seen, never by how the fight goes: so classes are independent, the
leakers of all are the convolution of those of each (facts Ex 7), and a better layer never hurts, however many classes
it meets. What it costs: rounds dealt to one class are not fired at another.

How the joint is computed: of one class kills are one whole number, so a distribution over them is a list, and adding
up looks and layers is adding shifted lists; classes are multiplied out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from itertools import product as choices
from math import prod

from attrs import frozen

from game.core.chain import DUST, Battery, Chain, Dense, Fires, add, fires, product, tracked
from game.core.odds import PPM, Odds, mixture, power, share, whole_weights

Counts = tuple[int, ...]
Case = tuple[int, Counts, "tuple[Layer, ...]"]  # chance in ppm of these threats and layers


@frozen(cache_hash=True)
class Layer:
    """One layer as it stands in this raid.

    rounds      most it may fire in the raid: magazine, channels and reserve already applied
    kill        chance in ppm that a round kills, by class; 0 = the layer cannot reach that class
    track       chance in ppm that a threat is tracked in time, by class
    control     chance in ppm that the whole layer is under one controller
    looks       engagement opportunities, at least 1
    per_threat  rounds at most at a tracked threat in a look; 0 = no bound
    salvo       rounds that leave together, at least 1; per_threat counts rounds, not salvos
    ValueError names the field that is out of bounds.
    """

    name: str
    rounds: int
    kill: Counts
    track: Counts
    control: int
    looks: int = 1
    per_threat: int = 0
    salvo: int = 1

    def __attrs_post_init__(self) -> None:
        for field, values in (("kill", self.kill), ("track", self.track), ("control", (self.control,))):
            if any(not 0 <= value <= PPM for value in values):
                raise ValueError(f"layer {self.name}: {field} {values} must lie in 0 .. {PPM} ppm")
        if self.rounds < 0 or self.looks < 1 or self.salvo < 1 or self.per_threat < 0:
            raise ValueError(f"layer {self.name}: rounds, looks, per_threat or salvo is negative or missing")
        if self.per_threat % self.salvo:
            raise ValueError(f"layer {self.name}: per_threat {self.per_threat} is not whole salvos of {self.salvo}")


@frozen
class Outcome:
    """Leakers by class, and rounds spent by layer: of the first class, then of the next."""

    leakers: Counts
    spent: Counts

    @property
    def total(self) -> int:
        """Leakers of all classes."""
        return sum(self.leakers)

    @property
    def rank(self) -> tuple[int, Counts, Counts]:
        """Sorts worst first: more leakers, then more of the dangerous classes, then more rounds of outer layers."""
        return (-self.total, _minus(self.leakers), _minus(self.spent))


def _minus(counts: Counts) -> Counts:
    return tuple([-n for n in counts])


@lru_cache(maxsize=1 << 12)
def raid(threats: Counts, layers: tuple[Layer, ...]) -> Odds[Outcome]:
    """Exact odds of a raid, worst outcome first. Threats and every layer's chances are by the same classes.

    It grows with the product of classes and layers: play reads a draw without it (``joint``).
    """
    return _odds(threats, layers)


def estimate(parts: Sequence[Case]) -> Odds[Outcome]:
    """Odds of a raid whose layers are themselves uncertain: (chance in ppm, threats, layers) by case.

    So a network that fails this pulse with chance f is (1 - f, its layers) and (f, the layers without it).
    """
    return _estimate(tuple(parts))


@lru_cache(maxsize=1 << 12)
def _estimate(parts: tuple[Case, ...]) -> Odds[Outcome]:
    return mixture([(ppm, raid(threats, layers)) for ppm, threats, layers in parts])


def leakers(odds: Odds[Outcome]) -> Odds[int]:
    """Odds of the leakers of all classes together, most first."""
    return odds.of(lambda outcome: outcome.total)


# ---------------------------------------------------------------- the deal


@lru_cache(maxsize=1 << 12)
def deal(threats: Counts, layers: tuple[Layer, ...]) -> tuple[Counts, ...]:
    """Rounds of each layer by class; ValueError if a layer's chances are not by the raid's classes.

    Shots are dealt one by one, each to the class that has fewest a missile so far, the most dangerous first; no class
    gets more than ``per_threat`` and the looks let it use. A missile counts half for every layer before this one that
    reaches its class, for so many (facts C1.7, upper layer) should be gone.
    """
    out = []
    thinned = [0] * len(threats)
    for layer in layers:
        if len(layer.kill) != len(threats) or len(layer.track) != len(threats):
            raise ValueError(f"layer {layer.name}: kill and track must name the raid's {len(threats)} classes")
        weights = [
            n << (len(layers) - before) if kill else 0
            for n, before, kill in zip(threats, thinned, layer.kill, strict=True)
        ]
        most = [_useful(layer, n) if weight else 0 for n, weight in zip(threats, weights, strict=True)]
        shots = _dealt(layer.rounds // layer.salvo, weights, most)
        out.append(tuple([n * layer.salvo for n in shots]))
        thinned = [before + (kill > 0) for before, kill in zip(thinned, layer.kill, strict=True)]
    return tuple(out)


def _useful(layer: Layer, threats: int) -> int:
    """The most shots that so many threats can draw."""
    shots = layer.rounds // layer.salvo
    return min(shots, layer.per_threat // layer.salvo * layer.looks * threats) if layer.per_threat else shots


def _dealt(shots: int, weights: Sequence[int], most: Sequence[int]) -> list[int]:
    """``shots`` dealt out, at most so many to each: the next to the one that has least by its weight."""
    if sum(most) <= shots:
        return list(most)
    given = [0] * len(weights)
    whole = prod([weight for weight in weights if weight])
    waiting = [(0, c) for c, n in enumerate(most) if n]
    heapify(waiting)
    for _ in range(shots):
        c = waiting[0][1]
        given[c] += 1
        if given[c] < most[c]:
            heapreplace(waiting, (given[c] * (whole // weights[c]), c))
        else:
            heappop(waiting)
    return given


# ---------------------------------------------------------------- one class


def battery_of(layer: Layer, rounds: int, c: int) -> Battery:
    """What a layer has for class ``c`` with so many rounds dealt to it."""
    return Battery(
        rounds // layer.salvo,
        layer.salvo,
        layer.looks,
        layer.per_threat // layer.salvo,
        1.0 - power(1.0 - share(layer.kill[c]), layer.salvo),
        share(layer.track[c]) if layer.kill[c] else 0.0,
        share(layer.control),
    )


@lru_cache(maxsize=1 << 12)
def chains(threats: Counts, layers: tuple[Layer, ...]) -> tuple[tuple[Counts, Chain], ...]:
    """Of each class: which layers have rounds for it, and what they have; ValueError as in ``raid``."""
    rounds = deal(threats, layers)
    out = []
    for c, n in enumerate(threats):
        met = tuple([k for k in range(len(layers)) if n and rounds[k][c] and layers[k].track[c]])
        out.append((met, tuple([battery_of(layers[k], rounds[k][c], c) for k in met])))
    return tuple(out)


@lru_cache(maxsize=1 << 12)
def _engage(battery: Battery, live: int) -> Fires:
    """Kills among so many live threats, for every number of rounds spent."""
    cases = [(seen, x) for seen, x in enumerate(tracked(battery, live)) if x > DUST]
    if len(cases) == 1:
        return fires(battery, cases[0][0])
    out: dict[int, Dense] = {}
    for seen, chance in cases:
        for spent, row in fires(battery, seen):
            add(out.setdefault(spent, [0.0] * (live + 1)), 0, row, chance)
    return tuple(out.items())


def _meet(battery: Battery, threats: int, before: Sequence[float]) -> dict[int, Dense]:
    """Kills so far, by rounds that this layer spends, from the kills before it."""
    if battery.track == battery.control == 1.0 and threats - len(before) >= battery.shots:
        # Threats beyond the shots change nothing: all tracked, one controller, every shot at another threat.
        return {spent: product(before, row) for spent, row in _engage(battery, battery.shots)}
    after: dict[int, Dense] = {}
    for killed, chance in enumerate(before):
        if chance > DUST:
            for spent, row in _engage(battery, threats - killed):
                add(after.setdefault(spent, [0.0] * (threats + 1)), killed, row, chance)
    return after


def _through(threats: int, chain: Sequence[Battery]) -> dict[Counts, Dense]:
    """Chances of kills, for every tuple of rounds spent by layer."""
    before: dict[Counts, Dense] = {(): [1.0]}
    for battery in chain:
        after: dict[Counts, Dense] = {}
        for spent, dense in before.items():
            for fired, kills in _meet(battery, threats, dense).items():
                after[(*spent, fired)] = kills
        before = after
    return before


# ---------------------------------------------------------------- all classes


def _chances(threats: Counts, layers: tuple[Layer, ...]) -> list[tuple[Counts, Counts, float]]:
    """(leakers, spent, chance) of everything that can happen, worst first; before any rounding to whole."""
    rounds = deal(threats, layers)
    of_each = []
    for c, n in enumerate(threats):
        found = _through(n, [battery_of(layer, by[c], c) for layer, by in zip(layers, rounds, strict=True)])
        rows = sorted(found.items(), key=lambda item: _minus(item[0]))
        longest = max([len(row) for _, row in rows])
        of_each.append(
            [(n - k, spent, row[k]) for k in range(longest) for spent, row in rows if k < len(row) and row[k]]
        )
    if len(threats) == 1:
        return [((left,), spent, chance) for left, spent, chance in of_each[0]]
    out = []
    for parts in choices(*of_each):
        chance = 1.0
        for _, _, x in parts:
            chance *= x
        if chance > DUST:
            spent = tuple([n for _, by, _ in parts for n in by])
            out.append((tuple([left for left, _, _ in parts]), spent, chance))
    return sorted(out, key=lambda row: Outcome(row[0], row[1]).rank)


def _odds(threats: Counts, layers: tuple[Layer, ...]) -> Odds[Outcome]:
    cases = _chances(threats, layers)
    outcomes, weights = [], []
    for (left, spent, _), weight in zip(cases, whole_weights([case[2] for case in cases]), strict=True):
        if weight:
            outcomes.append(Outcome(left, spent))
            weights.append(weight)
    return Odds(tuple(outcomes), tuple(weights))
