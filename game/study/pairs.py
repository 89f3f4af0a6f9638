"""Pairs of games with the same luck: what a choice gained, what it cost, and how often the other one was better.

A scenario's table `test` names the choice: a pact's track, and its lower and its higher level. Each pair is played
twice between computer players from one seed: in one game the leaders keep the lower level, in the other they buy the
higher one at its price. On the pact's other tracks they do nothing in either game, so that one thing is measured.
Luck is a function of names, so whatever the choice does not touch comes out alike.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from math import isqrt

import attrs

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State, changed
from game.core.orders import Order, Plan, Template
from game.core.rulebook import Question, Rulebook
from game.core.view import View
from game.table.match import Match, Stage
from game.table.players import Doctrine, Player

#: Where the assessment chapter keeps every line's points.
SCORES = "assessment.scores"
#: Games played twice for a report (facts F2), and how many a worker takes at a time.
PAIRS, CHUNK = 200, 4
TOGETHER, ALONE = "together", "alone"


@attrs.frozen(slots=True)
class Choice:
    """What a scenario tests: `levels` are the lower and the higher one of `track` between the parties to `pact`.

    `gain` and `price` are ids of score lines of `seats`, whose points tell what is gained and what is paid.
    """

    pact: str
    track: str
    levels: tuple[int, int]
    seats: tuple[Seat, ...]
    gain: tuple[str, ...]
    price: tuple[str, ...]

    @staticmethod
    def of(texts: Mapping[str, object]) -> Choice | None:
        """The choice of a setting's texts; None where the scenario tests none."""
        found = texts.get("test")
        if not isinstance(found, Mapping):
            return None
        tuples = {name: tuple(found[name]) for name in ("levels", "seats", "gain", "price")}
        return Choice(pact=found["pact"], track=found["track"], **tuples)

    def level(self, arm: str) -> int:
        return self.levels[arm == TOGETHER]

    def at(self, played: int) -> Choice:
        """The choice as a table met it that ended at `played`: what it did, against what it might have done."""
        low, high = self.levels
        if played == low:
            return self
        return attrs.evolve(self, levels=(low, played) if played > low else (played, high))


@attrs.frozen(slots=True)
class Held:
    """A computer player whose leaders keep one pact's track at `level`: they propose that, and nothing else to the
    partner."""

    inner: Player
    pact: str
    track: str
    level: int

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        plan = self.inner.plan(view, rulebook, luck)
        orders = tuple(o for o in plan.orders if not self._about(o))
        plan = attrs.evolve(plan, orders=orders, contingencies=())
        wanted = self._wanted(view, rulebook)
        if wanted is None:
            return plan
        # What the leaders decide goes before what their staffs propose.
        while plan.orders and plan.cost() + wanted.COST > view.own.staff:
            plan = attrs.evolve(plan, orders=plan.orders[:-1])
        trial = attrs.evolve(plan.having(wanted), roe=max(plan.roe, rulebook.rung(view, wanted)))
        return trial if not rulebook.faults(view, trial) else plan

    def _about(self, order: Order) -> bool:
        return order.subject == self.pact and bool(getattr(order, "track", ""))

    def _wanted(self, view: View, rulebook: Rulebook) -> Order | None:
        """The step to `level`, or the nearest one above the present that can be paid."""
        pact = view.pacts.get(self.pact)
        if pact is None or view.seat not in pact.owners or getattr(pact, self.track) >= self.level:
            return None
        offered = (o for t in rulebook.options(view) if _steps(t, self.pact) for o in t)
        ours = (o for o in offered if getattr(o, "track", "") == self.track)
        fits = [o for o in ours if getattr(pact, self.track) < getattr(o, "level", 0)]
        fits = [o for o in fits if getattr(o, "level", 0) <= self.level]
        return max(fits, key=lambda o: getattr(o, "level", 0)) if fits else None

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return self.inner.answer(view, question, rulebook, luck)


def _steps(template: Template, pact: str) -> bool:
    """Whether a template proposes levels of tracks of `pact`."""
    return template.subject == pact and {"track", "level"} <= {name for name, _ in template.domains}


@attrs.frozen(slots=True)
class Game:
    """One game of a pair: points and counts of every line, by "SEAT.line", and in how many of its pulses the higher
    level was in force: agreed, paid for, and its network not down."""

    points: Mapping[str, int]
    counts: Mapping[str, int]
    stood: int = 0
    pulses: int = 0


@attrs.frozen(slots=True)
class Outcome:
    """One pair: the game together and the game alone."""

    seed: int
    together: Game
    alone: Game


def outcome(opening: State, rulebook: Rulebook, choice: Choice, seed: int) -> Outcome:
    """Play one pair."""
    return Outcome(seed, *(_played(opening, rulebook, choice, arm, seed) for arm in (TOGETHER, ALONE)))


def _played(opening: State, rulebook: Rulebook, choice: Choice, arm: str, seed: int) -> Game:
    """A game between computer players."""
    texts = opening.setting.texts["seats"]
    level = choice.level(arm)
    cast: dict[Seat, Player] = {}
    for seat in opening.setting.board.seats:
        staff = Doctrine(texts[seat]["temper"]) if "temper" in texts.get(seat, {}) else Doctrine()
        cast[seat] = Held(staff, choice.pact, choice.track, level)
    match = Match(_at_least(opening, choice), rulebook, seed, cast)
    force: dict[tuple[int, int], int] = {}
    while match.stage is not Stage.OVER:
        for step in match.play_turn():
            if step.pulse:
                force[step.turn, step.pulse] = in_force(step.after, choice)
    rows = match.state.table(SCORES)
    return Game(
        {key: row.points for key, row in rows.items()},
        {key: row.measure for key, row in rows.items()},
        sum(level >= choice.levels[1] for level in force.values()),
        len(force),
    )


def in_force(state: State, choice: Choice) -> int:
    """The level that works now: that of the pact, and of its sensing none while the network is down."""
    pact = state.pacts[choice.pact]
    return 0 if choice.track == "sensing" and pact.outage else int(getattr(pact, choice.track))


def _at_least(opening: State, choice: Choice) -> State:
    """The opening with the pact at the lower level, where the scenario opens above it."""
    pact = opening.pacts[choice.pact]
    if getattr(pact, choice.track) <= choice.levels[0]:
        return opening
    lower = changed(pact, {choice.track: choice.levels[0]})
    return attrs.evolve(opening, pacts={**opening.pacts, choice.pact: lower})


# Many pairs ------------------------------------------------------------------------------------------------------

#: Gives a worker (opening state, rulebook): called once in each, so it must be importable by name.
Open = Callable[[], tuple[State, Rulebook]]
_GAME: list[tuple[State, Rulebook]] = []


def begin(open: Open) -> None:
    """What a worker does first."""
    gc.set_threshold(50_000, 20, 50)  # as game/__main__.py does
    _GAME[:] = [open()]


def chunk(choice: Choice, seeds: tuple[int, ...]) -> list[Outcome]:
    """What a worker does for each piece of work."""
    state, rulebook = _GAME[0]
    return [outcome(state, rulebook, choice, seed) for seed in seeds]


def spread(pool: Executor, choice: Choice, pairs: int = PAIRS) -> list[Future[list[Outcome]]]:
    """Hand out pairs of seeds 1 to `pairs`; the same whatever the number of workers."""
    seeds = range(1, pairs + 1)
    pieces = [tuple(seeds[i : i + CHUNK]) for i in range(0, pairs, CHUNK)]
    return [pool.submit(chunk, choice, piece) for piece in pieces]


def one_by_one(opening: State, rulebook: Rulebook, choice: Choice, pairs: int = PAIRS) -> Iterator[Outcome]:
    """The same in this process."""
    return (outcome(opening, rulebook, choice, seed) for seed in range(1, pairs + 1))


# What they say ---------------------------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class Mean:
    """A line of a score over all pairs, in thousandths: the mean difference in points (together less alone), and the
    mean count of what the line measures in the games together and in those alone."""

    points: int
    together: int
    alone: int


@attrs.frozen(slots=True)
class Told:
    """What pairs say of a choice, in thousandths of a point where it says mean.

    `gained`, `paid` and `others` are lines by "SEAT.line": of the seats whose choice it is, and of all other seats;
    `better_alone` counts the pairs in which those seats did better alone, `equal` those without a difference, of `n`.
    `low` and `high` bound the share `better_alone / n` in ppm with 95 % confidence (Wilson). `net` is the mean of
    what they gained in all, `least` and `most` bound it likewise. `stood` and `stood_alone` tell in what share of all
    pulses the higher level was in force in the games together and in those alone, in ppm.
    """

    n: int
    gained: Mapping[str, Mean]
    paid: Mapping[str, Mean]
    others: Mapping[str, Mean]
    better_alone: int
    equal: int
    low: int
    high: int
    net: int
    least: int
    most: int
    stood: int
    stood_alone: int


def told(choice: Choice, outcomes: Iterable[Outcome]) -> Told:
    """The same whatever the order of `outcomes`; ValueError for none."""
    found = sorted(outcomes, key=lambda o: o.seed)
    if not found:
        raise ValueError("no pairs were played, so there is nothing to tell")
    n = len(found)
    keys = sorted({*found[0].together.points, *found[0].alone.points})
    means = {key: _mean(found, key) for key in keys}
    ours = {key for key in keys if key.partition(".")[0] in choice.seats}
    sums = [sum(o.together.points.get(k, 0) - o.alone.points.get(k, 0) for k in ours) for o in found]
    alone = sum(s < 0 for s in sums)
    return Told(
        n,
        {k: m for k, m in means.items() if k in ours and k.partition(".")[2] in choice.gain},
        {k: m for k, m in means.items() if k in ours and k.partition(".")[2] in choice.price},
        {k: m for k, m in means.items() if k not in ours},
        alone,
        sum(s == 0 for s in sums),
        *share_between(alone, n),
        *mean_between(sums),
        _share([o.together for o in found]),
        _share([o.alone for o in found]),
    )


def _mean(found: Sequence[Outcome], key: str) -> Mean:
    n = len(found)
    return Mean(
        sum(o.together.points.get(key, 0) - o.alone.points.get(key, 0) for o in found) * 1000 // n,
        sum(o.together.counts.get(key, 0) for o in found) * 1000 // n,
        sum(o.alone.counts.get(key, 0) for o in found) * 1000 // n,
    )


def _share(games: Sequence[Game]) -> int:
    pulses = sum(game.pulses for game in games)
    return sum(game.stood for game in games) * 1_000_000 // pulses if pulses else 0


def mean_between(sums: Sequence[int]) -> tuple[int, int, int]:
    """The mean of whole numbers in thousandths and its bounds with 95 % confidence (normal, from their own spread):
    whole numbers, rounded outwards. One number alone bounds nothing, so its bounds are itself."""
    n, total = len(sums), sum(sums)
    # n^2 (n - 1) times the variance of the mean, whole; the half width in thousandths is 1960 sd / sqrt(n).
    squares = n * sum(s * s for s in sums) - total * total
    half = 0 if n < 2 else isqrt(1960 * 1960 * squares // (n * n * (n - 1))) + (squares > 0)
    mean = total * 1000 // n
    return mean, mean - half, mean + half


def share_between(hits: int, n: int) -> tuple[int, int]:
    """Wilson's interval of 95 % for a share, in ppm: whole numbers, rounded outwards."""
    # z = 1.96; everything times 10^4 so that z^2 = 38416 stands whole.
    z2 = 38416
    middle = (2 * hits * 10_000 + z2) * 1_000_000
    below = 2 * (n * 10_000 + z2)
    root = isqrt(z2 * (z2 * n + 4 * hits * (n - hits) * 10_000) * 10**12 // n)
    return max(0, (middle - root) // below), min(1_000_000, -(-(middle + root) // below))
