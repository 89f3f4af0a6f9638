"""A raid as a chain of links, one a layer: what enters, who is tracked, what survives, read forward or backward.

Neighboring classes that this and all later layers meet alike (same kill, same track) are one kind, and so are all
that no later layer can reach. Shots go round in class order, so a kind is a run of classes and takes their place.
Live threats by kind are one whole number in mixed radix (a code), so chances over them are a list; ``onto`` says
what one threat of each kind is worth in the code of the next link, where kinds may have been joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import frozen

from game.core.odds import Row, binomial_row, power, share
from game.core.raid import DUST, Counts, Dense, Layer, blind, even, fits, looks_of, places_of, volley

Runs = tuple[tuple[int, Sequence[float]], ...]  # chances of codes: of each run those from a first code on
Goal = tuple[int, Sequence[float]]  # chance that live threats of a code end as asked, from a first code on


@frozen(cache_hash=True)
class Battery:
    """A layer as its targets meet it: shots are salvos, kill is a shot's chance at each kind."""

    shots: int
    salvo: int
    looks: int
    most: int
    kill: Row
    control: float


@frozen(cache_hash=True)
class Link:
    """A layer with the kinds of threat that enter it: how many at most, track chance, worth before and after."""

    battery: Battery
    track: Row
    most: Counts
    places: Counts
    onto: Counts
    size: int  # codes that may leave it


@frozen
class Meeting:
    """Who meets a layer: by the code of the tracked, the chances of the code (``onto``) of those that pass by."""

    link: Link
    passing: dict[int, Runs]


# ---------------------------------------------------------------- kinds


def _kinds(layers: tuple[Layer, ...], classes: int, apart: bool) -> list[int]:
    """The kind of each class before these layers; those out of reach of all come last."""
    columns = [[(x.kill[c], x.track[c] if x.kill[c] else 0) for x in layers] for c in range(classes)]
    if apart:
        return list(range(classes))
    out: list[int] = []
    kind, before = -1, None
    for column in columns:
        reached = any(kill for kill, _ in column)
        if reached and column != before:
            kind, before = kind + 1, column
        out.append(kind if reached else classes)
    return [min(k, kind + 1) for k in out]


def _joined(threats: Counts, kinds: list[int]) -> Counts:
    most = [0] * (max(kinds, default=-1) + 1)
    for n, kind in zip(threats, kinds, strict=True):
        most[kind] += n
    return tuple(most)


@lru_cache(maxsize=1 << 12)
def links(threats: Counts, layers: tuple[Layer, ...], apart: bool) -> tuple[Link, ...]:
    """The chain of a raid, with all classes ``apart`` or joined to kinds; ValueError as in ``raid``."""
    fits(threats, layers)
    kinds = [_kinds(layers[k:], len(threats), apart) for k in range(len(layers) + 1)]
    most = [_joined(threats, row) for row in kinds]
    out = []
    for k, layer in enumerate(layers):
        first = [kinds[k].index(kind) for kind in range(len(most[k]))]
        after_it = worth(most[k + 1])
        kill = tuple([1.0 - power(1.0 - share(layer.kill[c]), layer.salvo) for c in first])
        track = tuple([share(layer.track[c]) if layer.kill[c] else 0.0 for c in first])
        battery = Battery(
            layer.rounds // layer.salvo,
            layer.salvo,
            layer.looks,
            layer.per_threat // layer.salvo,
            kill,
            share(layer.control),
        )
        onto = tuple([after_it[kinds[k + 1][c]] for c in first])
        out.append(Link(battery, track, most[k], worth(most[k]), onto, code_of(most[k + 1], after_it) + 1))
    return tuple(out)


def enter(chain: tuple[Link, ...], threats: Counts) -> Dense:
    """Chances of the live threats before the first layer: all of them, for certain."""
    top = code_of(chain[0].most, chain[0].places) if chain else sum(threats)
    return [*([0.0] * top), 1.0]


def worth(most: Counts) -> Counts:
    """What one threat of each kind is worth in a code: 1 for the most numerous kind, whose runs are longest."""
    out, place = [1] * len(most), 1
    for kind in sorted(range(len(most)), key=lambda kind: -most[kind]):
        out[kind] = place
        place *= most[kind] + 1
    return tuple(out)


def code_of(counts: Counts, places: Counts) -> int:
    code = 0
    for n, place in zip(counts, places, strict=True):
        code += n * place
    return code


def _counts(code: int, link: Link) -> Counts:
    return tuple([code // place % (n + 1) for place, n in zip(link.places, link.most, strict=True)])


# ---------------------------------------------------------------- runs


def _runs(row: Sequence[float]) -> Runs:
    """The runs of a row, without dust: a code of several kinds leaves gaps."""
    out: list[tuple[int, Sequence[float]]] = []
    start, size = 0, len(row)
    while start < size:
        if row[start] <= DUST:
            start += 1
            continue
        end = start + 1
        while end < size and row[end] > DUST:
            end += 1
        out.append((start, row[start:end]))
        start = end
    return tuple(out)


def _gathered(chances: dict[int, float]) -> Runs:
    """Runs of chances by code."""
    out: list[tuple[int, list[float]]] = []
    for code in sorted(chances):
        if out and out[-1][0] + len(out[-1][1]) == code:
            out[-1][1].append(chances[code])
        else:
            out.append((code, [chances[code]]))
    return tuple(out)


def _fold(into: Dense, one: Runs, other: Runs) -> None:
    """Add the sum of two independent codes, run by run, the shorter leading."""
    for a in one:
        for b in other:
            (at, short), (start, long) = (a, b) if len(a[1]) <= len(b[1]) else (b, a)
            size = len(long)
            for place, chance in enumerate(short, at + start):
                end = place + size
                into[place:end] = [x + chance * y for x, y in zip(into[place:end], long, strict=True)]


def _towards(goal: Goal, row: Runs, wanted: Runs, size: int) -> Dense:
    """For each wanted code, the chance that it and ``row`` together come to the goal."""
    low, chances = goal
    high = low + len(chances)
    out = [0.0] * size
    for start, values in wanted:
        end = start + len(values)
        for at, weights in row:
            for place, weight in enumerate(weights, at):
                a, b = max(start, low - place), min(end, high - place)
                if a < b:
                    there = chances[a + place - low : b + place - low]
                    out[a:b] = [x + weight * y for x, y in zip(out[a:b], there, strict=True)]
    return out


def _dot(dense: Sequence[float], runs: Runs) -> float:
    total = 0.0
    for start, values in runs:
        for x, y in zip(dense[start:], values, strict=False):
            total += x * y
    return total


# ---------------------------------------------------------------- survivors of the tracked


@lru_cache(maxsize=1 << 13)
def _survivors(link: Link, targets: Counts) -> tuple[Runs, float]:
    """Survivors among the tracked, rounds summed out, and the mean of the rounds."""
    fires = _by_rounds(link, targets)
    if len(fires) == 1:
        return fires[0][1], float(fires[0][0])
    out = [0.0] * (code_of(targets, link.onto) + 1)
    mean = 0.0
    for fired, runs in fires:
        chance = 0.0
        for start, row in runs:
            for code, x in enumerate(row, start):
                out[code] += x
                chance += x
        mean += fired * chance
    return _runs(out), mean


def _by_rounds(link: Link, targets: Counts) -> list[tuple[int, Runs]]:
    """Survivors among the tracked, by rounds fired."""
    battery = link.battery
    if battery.looks == 1:
        fired = volley(sum(targets), battery.shots, 1, battery.most)
        return [(fired * battery.salvo, _volley(battery, link.onto, targets, fired))]
    fine = places_of(link.most)
    top = code_of(targets, link.onto)
    out: dict[int, Dense] = {}
    for controlled, weight in ((True, battery.control), (False, 1.0 - battery.control)):
        if not weight:
            continue
        fires = looks_of(targets, fine, battery.shots, battery.looks, battery.most, battery.kill, controlled)
        for fired, kills in fires.items():
            into = out.setdefault(fired, [0.0] * (top + 1))
            for code, x in enumerate(kills):
                if x > DUST:
                    into[top - _onto(link, fine)[code]] += weight * x
    return [(fired * battery.salvo, _runs(row)) for fired, row in out.items()]


@lru_cache(maxsize=1 << 8)
def _onto(link: Link, fine: Counts) -> Counts:
    """The onto-code of every code whose first kind is worth most."""
    codes = [0]
    for n, place in zip(link.most, link.onto, strict=True):
        codes = [code + k * place for code in codes for k in range(n + 1)]
    return tuple(codes)


@lru_cache(maxsize=1 << 13)
def _volley(battery: Battery, onto: Counts, targets: Counts, fired: int) -> Runs:
    """Survivors of one look."""
    kills = _one_look(battery, onto, targets, fired)
    return _runs([*([0.0] * (code_of(targets, onto) + 1 - len(kills))), *kills[::-1]])


def _one_look(battery: Battery, onto: Counts, targets: Counts, fired: int) -> Sequence[float]:
    """Kills by code of one volley, controlled or blind as it falls."""
    if not fired:
        return (1.0,)
    k = battery.control
    a = even(targets, onto, fired, battery.kill) if k else ()
    b = _blind(targets, onto, fired, battery.kill) if k < 1.0 else ()
    more = [k * x + (1.0 - k) * y for x, y in zip(a, b, strict=False)]
    shorter = len(more)
    return [*more, *[k * x for x in a[shorter:]], *[(1.0 - k) * y for y in b[shorter:]]]


def _blind(targets: Counts, onto: Counts, fired: int, kill: Row) -> Sequence[float]:
    """Blind shots know no order of kinds, and rows are without gaps if the kind worth least comes last."""
    kinds = [kind for kind in sorted(range(len(onto)), key=lambda kind: -onto[kind]) if targets[kind]]
    pick = [tuple([row[kind] for kind in kinds]) for row in (targets, onto)]
    return blind(pick[0], pick[1], fired, tuple([kill[kind] for kind in kinds]))


# ---------------------------------------------------------------- meeting a layer


def _cases(link: Link, code: int) -> list[tuple[int, int, float]]:
    """(code of the tracked, onto-code of the others, chance) for live threats of one code."""
    cases = [(0, 0, 1.0)]
    for n, track, place, onto in zip(_counts(code, link), link.track, link.places, link.onto, strict=True):
        row = binomial_row(n, track)
        cases = [
            (seen + m * place, rest + (n - m) * onto, w * x)
            for seen, rest, w in cases
            for m, x in enumerate(row)
            if w * x > DUST
        ]
    return cases


def meet(link: Link, live: Dense) -> Meeting:
    """Who is tracked and who passes by, from chances of the live threats' code."""
    found: dict[int, dict[int, float]] = {}
    for code, chance in enumerate(live):
        if chance > DUST:
            for seen, rest, w in _cases(link, code):
                if chance * w > DUST:
                    row = found.setdefault(seen, {})
                    row[rest] = row.get(rest, 0.0) + chance * w
    return Meeting(link, {seen: _gathered(row) for seen, row in found.items()})


def _met(meeting: Meeting) -> Iterator[tuple[Counts, Runs]]:
    for seen, passing in meeting.passing.items():
        yield _counts(seen, meeting.link), passing


def after(meeting: Meeting) -> tuple[Dense, float]:
    """Live threats beyond the layer, rounds summed out, and the mean of the rounds."""
    link = meeting.link
    out, mean = [0.0] * link.size, 0.0
    for targets, passing in _met(meeting):
        survivors, fired = _survivors(link, targets)
        _fold(out, passing, survivors)
        for _, chances in passing:
            for chance in chances:
                mean += chance * fired
    return out, mean


def split(meeting: Meeting, only: int | None = None) -> dict[int, Dense]:
    """Live threats beyond the layer by rounds fired; of ``only`` so many rounds if given."""
    link = meeting.link
    out: dict[int, Dense] = {}
    for targets, passing in _met(meeting):
        for fired, survivors in _by_rounds(link, targets):
            if only is None or fired == only:
                _fold(out.setdefault(fired, [0.0] * link.size), passing, survivors)
    return out


def rounds_towards(meeting: Meeting, goal: Goal) -> dict[int, float]:
    """Chance of each number of rounds fired together with reaching the goal beyond the layer."""
    link = meeting.link
    out: dict[int, float] = {}
    for targets, passing in _met(meeting):
        fires = _by_rounds(link, targets)
        wanted, _ = _survivors(link, targets)
        reach = _towards(goal, passing, wanted, code_of(targets, link.onto) + 1)
        for fired, survivors in fires:
            out[fired] = out.get(fired, 0.0) + _dot(reach, survivors)
    return out


def forward(chain: tuple[Link, ...], threats: Counts) -> tuple[tuple[Dense, ...], Row]:
    """Live threats before each layer and beyond the last, and the mean rounds of each layer."""
    live = [enter(chain, threats)]
    means = []
    for link in chain:
        left, mean = after(meet(link, live[-1]))
        live.append(left)
        means.append(mean)
    return tuple(live), tuple(means)


def backward(chain: tuple[Link, ...], live: Sequence[Dense], total: int) -> tuple[Goal, ...]:
    """Chance of so many leakers in all from the live threats beyond each layer, where ``live`` can be."""
    goals: list[Goal] = [(total, (1.0,))]
    for link, before in zip(chain[:0:-1], live[len(chain) - 1 : 0 : -1], strict=True):
        goals.append(_before(link, before, goals[-1]))
    return tuple(goals[::-1])


def _before(link: Link, live: Dense, goal: Goal) -> Goal:
    """The goal as seen from the threats that enter the layer."""
    reach: dict[int, Dense] = {}
    for seen, passing in meet(link, live).passing.items():
        targets = _counts(seen, link)
        survivors, _ = _survivors(link, targets)
        reach[seen] = _towards(goal, survivors, passing, link.size)
    out = [0.0] * len(live)
    for code, chance in enumerate(live):
        if chance > DUST:
            total = 0.0
            for seen, rest, w in _cases(link, code):
                if chance * w > DUST:
                    total += w * reach[seen][rest]
            out[code] = total
    return 0, out
