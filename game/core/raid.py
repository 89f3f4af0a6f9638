"""One missile raid on one place: the exact joint odds of leakers and rounds spent (facts C1.3-C1.6).

The process, layer after layer, over live threats by class (classes listed most dangerous first):

1. Of each class that the layer can reach, each threat is tracked in time with the layer's chance for that
   class, independently; threats untracked or out of reach pass on.
2. The layer is under one controller with its control chance, drawn once and good for all its looks.
3. A look fires at the T tracked threats still alive, at most ``per_threat`` rounds each. Under one controller
   every threat gets S // T of the S shots and the first S % T threats, in class order, one more. Without one
   each shot picks any of the T with equal chance, blind to the others' kills.
4. Assessment is perfect; the next look sees the survivors and the rounds left. With no bound a threat, every
   look but the last fires one shot a threat and the last fires all that is left.
5. Survivors and those passed on meet the next layer; after the last they are leakers.

``salvo`` rounds that leave together count as one shot: shoot-shoot that never splits a pair is salvo 2.

How it is computed: kills by class are one whole number in mixed radix (class 0 highest), so a distribution
over kills is a list, and adding up independent classes, looks and layers is adding shifted lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from attrs import frozen

from game.core.odds import PPM, Odds, Row, binomial_row, mixture, power, share, whole_weights

Counts = tuple[int, ...]
Dense = list[float]  # chance by code
BySpent = dict[int, Dense]  # the same, by shots spent
Case = tuple[int, Counts, "tuple[Layer, ...]"]  # chance in ppm of these threats and layers
Table = tuple[tuple[int, Sequence[float]], ...]  # the same, frozen

DUST = 1e-18  # chances below this are dropped; a raid drops far less than the 1e-12 that weights can tell


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
    """Leakers by class and rounds spent by layer."""

    leakers: Counts
    spent: Counts

    @property
    def total(self) -> int:
        """Leakers of all classes."""
        return sum(self.leakers)

    @property
    def rank(self) -> tuple[int, Counts, Counts]:
        """Sorts worst first: more leakers, more rounds of the outer layers, then more of the dangerous classes."""
        return (-self.total, _minus(self.spent), _minus(self.leakers))


def _minus(counts: Counts) -> Counts:
    return tuple([-n for n in counts])


@lru_cache(maxsize=1 << 12)
def raid(threats: Counts, layers: tuple[Layer, ...]) -> Odds[Outcome]:
    """Exact odds of a raid, worst outcome first. Threats and every layer's chances are by the same classes."""
    return _odds(threats, layers)


def estimate(parts: Sequence[tuple[int, Counts, tuple[Layer, ...]]]) -> Odds[Outcome]:
    """Odds of a raid whose layers are themselves uncertain: (chance in ppm, threats, layers) by case.

    So a network that fails this pulse with chance f is (1 - f, its layers) and (f, the layers without it).
    """
    return _estimate(tuple(parts))


@lru_cache(maxsize=1 << 12)
def _estimate(parts: tuple[tuple[int, Counts, tuple[Layer, ...]], ...]) -> Odds[Outcome]:
    return mixture([(ppm, raid(threats, layers)) for ppm, threats, layers in parts])


def leakers(odds: Odds[Outcome]) -> Odds[int]:
    """Odds of the leakers of all classes together, most first."""
    return odds.of(lambda outcome: outcome.total)


# ---------------------------------------------------------------- counts by class as codes


@lru_cache(maxsize=1 << 10)
def places_of(threats: Counts) -> Counts:
    """What one kill of each class is worth in a code; class 0 highest."""
    worth = [1] * len(threats)
    for c in range(len(threats) - 1, 0, -1):
        worth[c - 1] = worth[c] * (threats[c] + 1)
    return tuple(worth)


def _code(counts: Counts, places: Counts) -> int:
    return sum([n * place for n, place in zip(counts, places, strict=True)])


def _less(live: Counts, code: int, places: Counts) -> Counts:
    """Threats still alive after the kills that a code stands for."""
    left = []
    for n, place in zip(live, places, strict=True):
        killed, code = divmod(code, place)
        left.append(n - killed)
    return tuple(left)


def _add(into: Dense, at: int, row: Sequence[float], weight: float) -> None:
    """into[at + i] += weight * row[i]"""
    for place, chance in enumerate(row, at):
        into[place] += weight * chance


def _spread(row: Sequence[float], place: int, rest: Sequence[float]) -> Sequence[float]:
    """The sum of two independent counts: ``row`` in steps of ``place``, and ``rest`` by code."""
    if len(rest) == 1 and place == 1:
        return row
    out = [0.0] * ((len(row) - 1) * place + len(rest))
    for n, chance in enumerate(row):
        if chance > DUST:
            _add(out, n * place, rest, chance)
    return out


# ---------------------------------------------------------------- shots at tracked threats: kills


def _shared(targets: int, each: int, extra: int, kill: float) -> Sequence[float]:
    """Kills among like threats that get ``each`` shots, the first ``extra`` of them one more."""
    if not each:
        return binomial_row(extra, kill)
    live = power(1.0 - kill, each)
    rest = binomial_row(targets - extra, 1.0 - live)
    return _spread(binomial_row(extra, 1.0 - live * (1.0 - kill)), 1, rest) if extra else rest


def even(targets: Counts, places: Counts, shots: int, kill: Row) -> Sequence[float]:
    """Kills when one controller shares the shots out, the first of them in class order."""
    if len(targets) == 1:
        return _shared(targets[0], *divmod(shots, targets[0]), kill[0])
    each, extra = divmod(shots, sum(targets))
    rows = []
    for n, p in zip(targets, kill, strict=True):
        more = min(n, extra)
        extra -= more
        rows.append(_shared(n, each, more, p))
    out: Sequence[float] = (1.0,)
    for place, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0]):
        out = _spread(row, place, out)
    return out


@lru_cache(maxsize=1 << 12)
def _growing(targets: int, kill: float) -> tuple[list[Dense], Dense, Dense]:
    """Kills after 0, 1, 2 ... blind shots so far worked out, and the chances to stay at a count or pass it."""
    hit = [(targets - n) * kill / targets for n in range(targets + 1)]
    return [[1.0]], [1.0 - h for h in hit], hit


def _blind_at_one(targets: int, shots: int, kill: float) -> Dense:
    """Kills when each shot goes to any of ``targets`` like threats, dead or alive."""
    rows, stay, hit = _growing(targets, kill)
    while len(rows) <= shots:
        row = rows[-1]
        grown = [x * s + y * h for x, s, y, h in zip([*row, 0.0], stay, [0.0, *row], [0.0, *hit], strict=False)]
        rows.append(grown)
    return rows[shots]


@lru_cache(maxsize=1 << 13)
def blind(targets: Counts, places: Counts, shots: int, kill: Row) -> Sequence[float]:
    """Kills when each shot goes to any target of any class: so many go to the first class, then the rest."""
    first, rest = targets[0], sum(targets[1:])
    if not rest:
        return _spread(_blind_at_one(first, shots, kill[0]) if first else (1.0,), places[0], (1.0,))
    if not first:
        return blind(targets[1:], places[1:], shots, kill[1:])
    out = [0.0] * (_code(targets, places) + 1)
    for n, chance in enumerate(binomial_row(shots, first / (first + rest))):
        if chance > DUST:
            others = blind(targets[1:], places[1:], shots - n, kill[1:])
            _add_spread(out, _blind_at_one(first, n, kill[0]), places[0], others, chance)
    return out


def _add_spread(into: Dense, row: Sequence[float], place: int, rest: Sequence[float], weight: float) -> None:
    for n, chance in enumerate(row):
        if weight * chance > DUST:
            _add(into, n * place, rest, weight * chance)


@lru_cache(maxsize=1 << 13)
def looks_of(
    targets: Counts, places: Counts, shots: int, looks: int, most: int, kill: Row, controlled: bool
) -> Mapping[int, Sequence[float]]:
    """Kills by shots spent over all looks that are left; ``most`` = shots a threat and look, 0 unbounded."""
    fire = even if controlled else blind
    fired = volley(sum(targets), shots, looks, most)
    if not fired:
        return {0: (1.0,)}
    row = fire(targets, places, fired, kill)
    if looks == 1 or fired == shots:
        return {fired: row}
    out: BySpent = {}
    size, short = _code(targets, places) + 1, shots - fired
    for code, chance in enumerate(row):
        if chance <= DUST:
            continue
        left = _less(targets, code, places)
        more = volley(sum(left), short, looks - 1, most)
        then: Table
        if looks == 2 or not more:
            then = ((more, fire(left, places, more, kill) if more else (1.0,)),)
        else:
            then = tuple(looks_of(left, places, short, looks - 1, most, kill, controlled).items())
        for spent, kills in then:
            if fired + spent not in out:
                out[fired + spent] = [0.0] * size
            _add(out[fired + spent], code, kills, chance)
    return out


def volley(targets: int, shots: int, looks: int, most: int) -> int:
    """Shots of this look: bounded a threat, or one each until the last look fires what is left."""
    return min(shots, most * targets if most else targets if looks > 1 else shots if targets else 0)


# ---------------------------------------------------------------- layers


def _tracked(live: Counts, layer: Layer) -> list[tuple[Counts, float]]:
    """Tracked threats by class, with their chances."""
    cases: list[tuple[Counts, float]] = [((), 1.0)]
    for n, kill, track in zip(live, layer.kill, layer.track, strict=True):
        if not kill or track == PPM:
            cases = [((*got, n if kill else 0), w) for got, w in cases]
            continue
        row = binomial_row(n, share(track))
        cases = [((*got, m), w * x) for got, w in cases for m, x in enumerate(row) if w * x > DUST]
    return cases


@lru_cache(maxsize=1 << 12)
def _engage(layer: Layer, live: Counts, places: Counts) -> Table:
    """The layer's table for so many live threats: kills by code, for every number of rounds spent."""
    shots, most = layer.rounds // layer.salvo, layer.per_threat // layer.salvo
    kill = tuple([1.0 - power(1.0 - share(ppm), layer.salvo) for ppm in layer.kill])
    control = share(layer.control)
    cases = _tracked(live, layer)
    if len(cases) == 1 and layer.control == PPM:
        fires = looks_of(cases[0][0], places, shots, layer.looks, most, kill, True)
        return tuple([(fired * layer.salvo, row) for fired, row in fires.items()])
    out: BySpent = {}
    size = _code(live, places) + 1
    for targets, chance in cases:
        for controlled, weight in ((True, control), (False, 1.0 - control)):
            if chance * weight > DUST:
                for fired, row in looks_of(targets, places, shots, layer.looks, most, kill, controlled).items():
                    _add(out.setdefault(fired * layer.salvo, [0.0] * size), 0, row, chance * weight)
    return tuple(out.items())


def _enough(layer: Layer) -> int | None:
    """Threats beyond which more change nothing: all tracked, one controller, every shot at another threat."""
    alike = len(layer.kill) == 1 and layer.track[0] == PPM == layer.control
    return layer.rounds // layer.salvo if alike else None


def _meet(
    layer: Layer, threats: Counts, places: Counts, before: Sequence[float], tables: dict[int, Table]
) -> dict[int, Dense]:
    """Kills so far, by rounds that this layer spends, from the kills before it; fills ``tables`` by code."""
    enough = _enough(layer)
    if enough is not None and threats[0] - len(before) >= enough:
        return {fired: _product(before, row) for fired, row in _engage(layer, (enough,), places)}
    after: dict[int, Dense] = {}
    size = _code(threats, places) + 1
    for code, chance in enumerate(before):
        if chance <= DUST:
            continue
        if code not in tables:
            tables[code] = _engage(layer, _less(threats, code, places), places)
        for fired, row in tables[code]:
            if fired not in after:
                after[fired] = [0.0] * size
            _add(after[fired], code, row, chance)
    return after


def _product(a: Sequence[float], b: Sequence[float]) -> Dense:
    """The sum of two independent counts, the shorter row leading."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        return [a[0] * x for x in b]
    out = [0.0] * (len(a) + len(b) - 1)
    for n, chance in enumerate(a):
        if chance > DUST:
            for place, other in enumerate(b, n):  # not _add: the call would cost as much as a short row
                out[place] += chance * other
    return out


def _through(threats: Counts, layers: tuple[Layer, ...]) -> dict[Counts, Dense]:
    """Chances of kills by code, for every tuple of rounds spent by layer."""
    places = places_of(threats)
    before: dict[Counts, Dense] = {(): [1.0]}
    for layer in layers:
        tables: dict[int, Table] = {}
        after: dict[Counts, Dense] = {}
        for spent, dense in before.items():
            for fired, kills in _meet(layer, threats, places, dense, tables).items():
                after[(*spent, fired)] = kills
        before = after
    return before


def fits(threats: Counts, layers: tuple[Layer, ...]) -> None:
    """ValueError if a layer's chances are not by the raid's classes."""
    for layer in layers:
        if len(layer.kill) != len(threats) or len(layer.track) != len(threats):
            raise ValueError(f"layer {layer.name}: kill and track must name the raid's {len(threats)} classes")


def _chances(threats: Counts, layers: tuple[Layer, ...]) -> list[tuple[Counts, Counts, float]]:
    """(leakers, spent, chance) of everything that can happen, worst first; before any rounding to whole."""
    fits(threats, layers)
    rows = sorted(_through(threats, layers).items(), key=lambda item: _minus(item[0]))
    longest = max([len(row) for _, row in rows])
    padded = [(spent, [*row, *([0.0] * (longest - len(row)))]) for spent, row in rows]
    if len(threats) == 1:
        return [
            ((threats[0] - code,), spent, row[code]) for code in range(longest) for spent, row in padded if row[code]
        ]
    out = []
    for _, alike in groupby(worst_first(threats), key=lambda pair: sum(pair[0])):
        codes = [(live, code) for live, code in alike if code < longest]
        out += [(live, spent, row[code]) for spent, row in padded for live, code in codes if row[code]]
    return out


@lru_cache(maxsize=1 << 10)
def worst_first(threats: Counts) -> tuple[tuple[Counts, int], ...]:
    """All leakers that may be, with the code of the kills that leave them: most first, then of the dangerous."""
    places = places_of(threats)
    left = [(_less(threats, code, places), code) for code in range(_code(threats, places) + 1)]
    return tuple(sorted(left, key=lambda pair: (-sum(pair[0]), _minus(pair[0]))))


def _odds(threats: Counts, layers: tuple[Layer, ...]) -> Odds[Outcome]:
    cases = _chances(threats, layers)
    outcomes, weights = [], []
    for (left, spent, _), weight in zip(cases, whole_weights([case[2] for case in cases]), strict=True):
        if weight:
            outcomes.append(Outcome(left, spent))
            weights.append(weight)
    return Odds(tuple(outcomes), tuple(weights))
