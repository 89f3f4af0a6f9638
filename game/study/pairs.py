"""Pairs of games with the same luck: what a choice gained, what it cost, and how often the other one was better.

A scenario's table `test` names the choice: a pact's track, and its lower and its higher level. Each pair is played
twice between computer players from one seed: in one game the leaders keep the lower level, in the other they buy the
higher one at its price. Luck is a function of names, so whatever the choice does not touch comes out alike.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future

import attrs

from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State, changed
from game.core.orders import Order, Plan, Template
from game.core.rulebook import Question, Rulebook
from game.core.view import View
from game.table.match import Match
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


@attrs.frozen(slots=True)
class Held:
    """A computer player whose leaders keep one pact's track at `level`: they propose that, and nothing else."""

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
        return order.subject == self.pact and getattr(order, "track", "") == self.track

    def _wanted(self, view: View, rulebook: Rulebook) -> Order | None:
        """The step to `level`, or the nearest one above the present that can be paid."""
        pact = view.pacts.get(self.pact)
        if pact is None or view.seat not in pact.owners or getattr(pact, self.track) >= self.level:
            return None
        offered = (o for t in rulebook.options(view) if _steps(t, self.pact) for o in t)
        fits = [o for o in offered if self._about(o) and getattr(pact, self.track) < getattr(o, "level", 0)]
        fits = [o for o in fits if getattr(o, "level", 0) <= self.level]
        return max(fits, key=lambda o: getattr(o, "level", 0)) if fits else None

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return self.inner.answer(view, question, rulebook, luck)


def _steps(template: Template, pact: str) -> bool:
    """Whether a template proposes levels of tracks of `pact`."""
    return template.subject == pact and {"track", "level"} <= {name for name, _ in template.domains}


@attrs.frozen(slots=True)
class Outcome:
    """One pair: points by seat and line in the game together and in the game alone."""

    seed: int
    together: Mapping[str, int]
    alone: Mapping[str, int]


def outcome(opening: State, rulebook: Rulebook, choice: Choice, seed: int) -> Outcome:
    """Play one pair."""
    return Outcome(seed, *(_played(opening, rulebook, choice, arm, seed) for arm in (TOGETHER, ALONE)))


def _played(opening: State, rulebook: Rulebook, choice: Choice, arm: str, seed: int) -> dict[str, int]:
    """Points by "SEAT.line" of a game between computer players."""
    texts = opening.setting.texts["seats"]
    level = choice.level(arm)
    cast: dict[Seat, Player] = {}
    for seat in opening.setting.board.seats:
        staff = Doctrine(texts[seat]["temper"]) if "temper" in texts.get(seat, {}) else Doctrine()
        cast[seat] = Held(staff, choice.pact, choice.track, level)
    end = Match(_at_least(opening, choice), rulebook, seed, cast).play()
    rows = end.table(SCORES)
    return {key: row.points for key, row in rows.items() if row.owner in choice.seats}


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
class Told:
    """What pairs say of a choice, in thousandths of a point where it says mean.

    `gained` and `paid` are mean differences (together less alone) by "SEAT.line"; `better` counts the pairs in which
    the seats together did better alone, `equal` those without a difference, of `n`. `low` and `high` bound the share
    `better / n` in ppm with 95 % confidence (Wilson).
    """

    n: int
    gained: Mapping[str, int]
    paid: Mapping[str, int]
    better_alone: int
    equal: int
    low: int
    high: int


def told(choice: Choice, outcomes: Iterable[Outcome]) -> Told:
    """The same whatever the order of `outcomes`; ValueError for none."""
    found = sorted(outcomes, key=lambda o: o.seed)
    if not found:
        raise ValueError("no pairs were played, so there is nothing to tell")
    n = len(found)
    means = {
        key: sum(o.together.get(key, 0) - o.alone.get(key, 0) for o in found) * 1000 // n
        for key in sorted({*found[0].together, *found[0].alone})
    }
    sums = [sum(o.together.values()) - sum(o.alone.values()) for o in found]
    alone = sum(s < 0 for s in sums)
    return Told(
        n,
        {k: m for k, m in means.items() if k.partition(".")[2] in choice.gain},
        {k: m for k, m in means.items() if k.partition(".")[2] in choice.price},
        alone,
        sum(s == 0 for s in sums),
        *share_between(alone, n),
    )


def share_between(hits: int, n: int) -> tuple[int, int]:
    """Wilson's interval of 95 % for a share, in ppm: whole numbers, rounded outwards."""
    from math import isqrt

    # z = 1.96; everything times 10^4 so that z^2 = 38416 stands whole.
    z2 = 38416
    middle = (2 * hits * 10_000 + z2) * 1_000_000
    below = 2 * (n * 10_000 + z2)
    root = isqrt(z2 * (z2 * n + 4 * hits * (n - hits) * 10_000) * 10**12 // n)
    return max(0, (middle - root) // below), min(1_000_000, -(-(middle + root) // below))
