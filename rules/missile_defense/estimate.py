"""Staff estimates from a seat's own picture: the exact joint odds of a planned and of a feared raid.

An estimate never reads the truth: the seat's own batteries are known to the round, an ally's by type (and by the
round where stocks are pooled), a rival's from the public order of battle, and the estimate says which it used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from game.core.events import Input
from game.core.ids import PlaceId, Seat
from game.core.joint import estimate_spent, estimate_totals, mean_spent
from game.core.kept import kept
from game.core.levels import LEVELS
from game.core.model import UNKNOWN, Counter, Pact
from game.core.odds import PPM, Odds
from game.core.orders import Plan
from game.core.raid import Layer
from game.core.reach import cargo
from game.core.sensing import front_pact, level
from game.core.setting import Board
from game.core.share import share
from game.core.view import View
from rules.missile_defense.launch import munition_of
from rules.missile_defense.station import Guard, Threat, allot, at_level, covers, guard, interceptor, stack
from rules.missile_defense.tables import CLASSES, POSTURES, RANKINGS, STANDING, Defend, Posture, Raid, Rank

Case = tuple[int, tuple[int, ...], tuple[Layer, ...]]


@attrs.frozen(slots=True)
class Estimate:
    """Exact odds of one raid as a staff sees it: of the leakers and of the rounds spent.

    `failure` is the chance, in ppm, that the network fails and the pulse is fought as at L0; the odds are the
    mixture. `assumed` names what was not known but taken as usual.
    """

    cases: tuple[Case, ...]
    level: str
    failure: int
    inputs: tuple[Input, ...]
    assumed: tuple[str, ...]

    @property
    def leakers(self) -> Odds[int]:
        return _figures(self.cases).leakers

    @property
    def spent(self) -> Odds[int]:
        return estimate_spent(self.cases)

    @property
    def leakers_millis(self) -> int:
        return _figures(self.cases).leakers_millis

    @property
    def spent_millis(self) -> int:
        return _figures(self.cases).spent_millis


def feared(view: View, plan: Plan, place: PlaceId, counts: Mapping[str, int]) -> Estimate:
    """What a raid of `counts` missiles by class at a place of one's own side would do, if the plan were in force."""
    postures = {**view.part(POSTURES)}
    for order in plan.orders:
        if isinstance(order, Defend):
            postures[order.subject] = Posture(order.seat, order.protect, order.doctrine, order.reserve)
    near, assumed = _shooters(view, place)
    guards = _guards(view.board, [(id, c, postures.get(id) if c.owner == view.seat else None) for id, c in near])
    ranks = tuple(_ranks(view, plan).items())
    return _estimate(view.board, _defended(view, place), place, tuple(counts.items()), guards, ranks, assumed)


def planned(view: View, order: Raid) -> Estimate | None:
    """What one's own raid would do, against the defenses that the public order of battle puts there."""
    launcher = view.mine.get(order.subject)
    munition = munition_of(view.board, launcher) if launcher is not None else None
    if munition is None:
        return None
    flying = order.missiles * munition.figure("reliability", PPM) // PPM
    split = share(flying, {c: ppm * max(1, flying) for c, ppm in munition.shares.items()})
    ids, guards = _public_guards(view.board, order.target)
    return _estimate(view.board, _defended(view, order.target), order.target, tuple(split.items()), guards, (), ids)


@kept(512)
def _shooters(view: View, place: PlaceId) -> tuple[list[tuple[str, Counter]], tuple[str, ...]]:
    """Own and allied counters whose interceptors reach to a place, as they are taken to be, and those of all counters
    whose rounds had to be assumed."""
    found, assumed = _armed(view)
    return [(id, c) for id, c in found if covers(view.board, c, place)], assumed


@kept(32)
def _armed(view: View) -> tuple[list[tuple[str, Counter]], tuple[str, ...]]:
    """The same wherever they reach."""
    board, carried = view.board, cargo(view.parts)
    found = [
        (id, assume(board, c))
        for id, c in view.counters.items()
        if interceptor(board, c) is not None and id not in carried
    ]
    return found, tuple(id for id, c in found if view.counters[id].rounds == UNKNOWN and c.rounds)


@attrs.frozen(slots=True, cache_hash=True)
class Defended:
    """Whose place it is, at which level it is defended, and what is agreed on, as a seat knows it."""

    owner: Seat
    level: int
    seat: Seat
    pacts: tuple[tuple[str, Pact], ...]


def _defended(view: View, place: PlaceId) -> Defended:
    return _owned(view, view.places[place].owner)


@kept(128)
def _owned(view: View, owner: Seat) -> Defended:
    return Defended(owner, known_level(view, owner), view.seat, tuple(view.pacts.items()))


@lru_cache(maxsize=1 << 10)
def _public_guards(board: Board, place: PlaceId) -> tuple[tuple[str, ...], tuple[Guard, ...]]:
    """All that the order of battle puts on the map, and those of them that reach to a place."""
    guards = _guards(board, [(id, c, None) for id, c in public_defenders(board)])
    return tuple(g.id for g in guards), tuple(g for g in guards if covers(board, g.counter, place))


@lru_cache(maxsize=16)
def public_defenders(board: Board) -> tuple[tuple[str, Counter], ...]:
    """Every battery and missile-defense ship that the order of battle bases on this map, magazines full."""
    return tuple(
        (id, full(board, Counter(f.owner, id, f.base, f.steps, supply=UNKNOWN)))
        for id, f in board.formations.items()
        if f.system in board.munitions and f.base in board.theatre.sites
    )


@lru_cache(maxsize=1 << 10)
def full(board: Board, counter: Counter) -> Counter:
    formation = board.formation(counter)
    per_step = formation.figure("magazine") or formation.figure("exo_rounds")
    return attrs.evolve(counter, rounds=per_step * counter.steps)


def assume(board: Board, counter: Counter) -> Counter:
    """An ally's counter with its rounds as known, or a full magazine where they are not."""
    return full(board, counter) if counter.rounds == UNKNOWN else counter


def _guards(board: Board, counters: list[tuple[str, Counter, Posture | None]]) -> tuple[Guard, ...]:
    return tuple(
        guard(board, id, c, posture, STANDING)
        for id, c, posture in sorted(counters, key=lambda row: row[0])
        if c.rounds > 0 and interceptor(board, c) is not None
    )


def _ranks(view: View, plan: Plan) -> dict[PlaceId, int]:
    for order in plan.orders:
        if isinstance(order, Rank):
            return {p: n for n, p in enumerate((order.first, order.second, order.third), 1) if p}
    row = view.part(RANKINGS).get(view.seat)
    return row.ranks() if row is not None else {}


@lru_cache(maxsize=1 << 13)
def _estimate(
    board: Board,
    there: Defended,
    place: PlaceId,
    counts: tuple[tuple[str, int], ...],
    guards: tuple[Guard, ...],
    ranks: tuple[tuple[PlaceId, int], ...],
    assumed: tuple[str, ...],
) -> Estimate:
    """Both cases of the network, weighed: up at the level in force, and down as L0 (facts C1.7). Kept, since a staff
    asks the same of many plans, and turn after turn."""
    flying, ranked, pacts = dict(counts), {there.seat: dict(ranks)}, dict(there.pacts)
    threat = Threat("estimate", place, tuple(flying.get(c, 0) for c in CLASSES))
    up = at_level(there.level)
    cases: list[Case] = []
    inputs: list[Input] = [Input(f"threats.{c}", n, "feared") for c, n in counts if n]
    for ppm, lvl in ((PPM - up.failure, up), (up.failure, LEVELS[0])):
        if not ppm:
            continue
        shooters = allot(board, pacts, {place: there.owner}, guards, [threat], {"estimate": lvl}, ranked, {})
        defense = stack(board, threat, shooters["estimate"], lvl)
        cases.append((ppm, defense.threats, defense.layers))
        for layer in defense.layers:
            inputs.append(Input(f"{lvl.name}.{layer.name}.rounds", layer.rounds, f"facts C1.7 {lvl.name}"))
    return Estimate(tuple(cases), up.name, up.failure, tuple(inputs), assumed)


@attrs.frozen(slots=True)
class Figures:
    """What a staff compares plans by: odds and mean of the leakers, mean of the rounds, in thousandths."""

    leakers: Odds[int]
    leakers_millis: int
    spent_millis: int


@lru_cache(maxsize=1 << 12)
def _figures(cases: tuple[Case, ...]) -> Figures:
    """Kept, since a staff asks the same question of many plans."""
    through = estimate_totals(cases)
    spent = sum(ppm * sum(mean_spent(threats, layers)) for ppm, threats, layers in cases) // PPM
    return Figures(through, through.mean_millis(lambda n: n), spent)


def known_level(view: View, owner: Seat) -> int:
    """The level at which `owner` is defended, as this seat knows it: rivals know what was announced (facts C8)."""
    if view.board.same_side(view.seat, owner):
        found = front_pact(view.pacts, owner)
        # Between pulses a past outage says nothing of the next: the network's failure is drawn anew each pulse.
        return level(view.pacts, owner) if view.pulse or found is None else max(0, found[1].sensing)
    announced = [p.announced for p in view.pacts.values() if p.front and owner in p.owners]
    return max(announced, default=0)
