"""Generated worlds: States of the shipped scenarios that hold every kind of visibility, with legal plans.

Hypothesis draws the scenario, the turn, the levels of the pacts, and one number; all further choices are named luck
of that number ("which steps has J01?"), so that a world can be made again from a line, and its parts change one by
one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import attrs
from hypothesis import settings
from hypothesis import strategies as st

from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import TRACKS, UNKNOWN, Contact, Counter, Nation, Pact, Place, State, Stock, Tally, changed
from game.core.orders import NO_LIMIT, Contingency, Order, Plan, Template, Trigger
from game.core.rulebook import Question, Rulebook
from game.core.setting import Board, Setting
from game.core.turn import Step, resolve
from game.core.view import View, view
from game.io.scenario import read_scenario
from game.table.match import Match
from game.table.players import players
from rules import SEQUENCE
from rules.assessment import SCORES, Score
from rules.intelligence.tasks import CYBER, Cyber
from rules.missile_defense.station import interceptor, reserves
from rules.missile_defense.tables import (
    AIMS,
    ALERTS,
    DOCTRINES,
    FLIGHTS,
    POSTURES,
    RANKINGS,
    SERVES_ALL,
    STANDING,
    WARNINGS,
    Alert,
    Alerted,
    Cue,
    Flight,
    Posture,
    Ranking,
)

MAPS = Path(__file__).parents[1] / "maps"
SCENARIOS: Mapping[str, Path] = {
    "one_sky": MAPS / "northeast_asia" / "one_sky.toml",
    "first_watch": MAPS / "first_watch" / "first_watch.toml",
    "week_one": MAPS / "northeast_asia" / "week_one.toml",
    "the_bridge": MAPS / "the_bridge" / "the_bridge.toml",
    "the_bridge_wide": MAPS / "the_bridge" / "the_bridge_wide.toml",
    "sea_lane_lottery": MAPS / "northeast_asia" / "sea_lane_lottery.toml",
}
#: Scenario and turn: cabinets, war weeks, days; what most can happen in comes up most.
SITUATIONS = (
    ("one_sky", 2),
    ("week_one", 3),
    ("one_sky", 1),
    ("first_watch", 1),
    ("week_one", 2),
    ("one_sky", 3),
    ("first_watch", 3),
    ("sea_lane_lottery", 2),
    ("week_one", 4),
    ("the_bridge", 2),
    ("first_watch", 2),
    ("week_one", 1),
)
#: Games that the turns before a world's own are taken from, by player: what they left on the tables stays there.
BEFORE = ("doctrine", "random")
#: Where ships of both sides meet, on either map.
MEETING = ("SJE", "SJW")
#: Orders that few worlds allow: these come first when a plan is made.
RARE = ("salvo", "step", "jam", "join")
#: How many times more examples `python -m tests.deep` looks at than a run of the tests does.
DEEPER = 20 if os.environ.get("TWOFRONTS_TESTS") == "deep" else 1
T = TypeVar("T")


def examples(n: int) -> settings:
    """So many examples of a law that costs more than most."""
    return settings(max_examples=n * DEEPER)


@cache
def pack(name: str) -> tuple[Setting, State]:
    return read_scenario(SCENARIOS[name], Rulebook(SEQUENCE))


@cache
def rulebook(name: str) -> Rulebook:
    return Rulebook(SEQUENCE, pack(name)[0].board.chapters)


def opening(name: str) -> State:
    return pack(name)[1]


@cache
def begun(name: str, turn: int, player: str) -> State:
    """A scenario at the start of a turn, the turns before it played by computers: shipments are under way, mines lie,
    offers stand."""
    state = opening(name)
    match = Match(state, rulebook(name), len(name), {s: players({}, s)[player] for s in seats(state)})
    return match.play(turn - 1)


def seats(state: State) -> tuple[Seat, ...]:
    return state.setting.board.seats


def rivals(board: Board, one: Seat, other: Seat) -> bool:
    return not board.same_side(one, other)


@attrs.frozen
class Salt:
    """The one number behind a world: named choices that do not touch one another."""

    luck: Luck

    def whole(self, most: int, *names: object) -> int:
        """0 .. most."""
        return self.luck.pick(most + 1, "world", "|".join(map(str, names)))

    def often(self, percent: int, *names: object) -> bool:
        return self.whole(99, *names) < percent

    def one(self, of: Iterable[T], *names: object) -> T:
        found = tuple(of)
        return found[self.whole(len(found) - 1, *names)]


@attrs.frozen
class Turn:
    """One turn of a world resolved."""

    state: State
    steps: tuple[Step, ...]
    questions: tuple[tuple[Question, Order | None], ...]


@attrs.frozen(repr=False)
class World:
    """A State at the start of a turn, legal plans for it, and how its seats answer."""

    name: str
    state: State
    plans: Mapping[Seat, Plan] = attrs.field(factory=dict)
    luck: Luck = attrs.field(default=Luck(0))
    salt: Salt = attrs.field(default=Salt(Luck(0)))

    def __repr__(self) -> str:
        s = self.state
        levels = {k: p.sensing for k, p in s.pacts.items()}
        orders = [o for p in self.plans.values() for o in p.orders]
        salt, seed = self.salt.luck.seed, self.luck.seed
        return f"<{self.name} turn {s.turn} pulse {s.pulse}, salt {salt}, seed {seed}, {levels}, {orders}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    @property
    def rules(self) -> Rulebook:
        return rulebook(self.name)

    def answer(self, question: Question) -> Order | None:
        """By name of the seat and the pulse alone; now and then nobody answers."""
        template = question.template
        names = (question.seat, template.subject)
        if self.salt.often(25, "silent", *names):
            return None
        return template.fill(**{f: self.salt.one(domain, f, *names) for f, domain in template.domains})

    def resolve(
        self,
        state: State | None = None,
        plans: Mapping[Seat, Plan] | None = None,
        luck: Luck | None = None,
        rules: Rulebook | None = None,
    ) -> Turn:
        given = self.plans if plans is None else plans
        turn = resolve(state or self.state, given, luck or self.luck, rules or self.rules)
        steps: list[Step] = []
        asked: list[tuple[Question, Order | None]] = []
        reply: Order | None = None
        while True:
            try:
                item = turn.send(reply)
            except StopIteration as end:
                return Turn(end.value, tuple(steps), tuple(asked))
            reply = None
            if isinstance(item, Question):
                reply = self.answer(item)
                asked.append((item, reply))
            else:
                steps.append(item)


# A State with everything in it ---------------------------------------------------------------------------------


def dressed(state: State, salt: Salt, luck: Luck, pacts: Mapping[str, Pact], midway: bool) -> State:
    """`state` with rows of every kind, none of its fields left alone. `midway`: raids are in the air."""
    board = state.setting.board
    counters = _counters(state, salt)
    out = attrs.evolve(
        state,
        nations={
            s: Nation(s, salt.whole(100, s, "support"), salt.whole(8, s, "capital"), salt.whole(50, s, "budget"), 4)
            for s in state.nations
        },
        places={p: _damaged(row, salt, p) for p, row in state.places.items()},
        counters=counters,
        stocks=_sorted({k: row for s in seats(state) for k, row in _stocks(state, salt, s)}),
        pacts=dict(pacts),
        tallies=_sorted({k: row for s in seats(state) for k, row in _tallies(board, salt, s)}),
    )
    out = attrs.evolve(out, contacts=_sorted(dict(_contacts(out, salt, luck))))
    return attrs.evolve(out, parts=_sorted({**state.parts, **_parts(out, salt, luck, midway)}))


def _sorted(table: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(table.items()))


def _damaged(row: Place, salt: Salt, place: PlaceId) -> Place:
    if not row.owner or not salt.often(30, place, "damaged"):
        return row
    levels = {name: salt.whole(5, place, name) for name in ("runway", "port", "radar")}
    return changed(row, levels)


def _counters(state: State, salt: Salt) -> dict[CounterId, Counter]:
    """Every counter with its own counts, moved a little; some split in two."""
    out: dict[CounterId, Counter] = {}
    board = state.setting.board
    for id, counter in state.counters.items():
        form = board.formation(counter)
        steps = 1 + salt.whole(counter.steps - 1, id, "steps")
        hurt = max(0, form.figure("hits_to_kill") - 1)
        row = attrs.evolve(
            counter,
            at=_stands(state, counter, salt, id),
            steps=steps,
            rounds=salt.whole(counter.rounds, id, "rounds") if salt.often(70, id, "fired") else counter.rounds,
            missiles=salt.whole(counter.missiles, id, "missiles") if salt.often(50, id, "shot") else counter.missiles,
            damage=salt.whole(hurt, id, "damage"),
        )
        if steps > 1 and ">" not in id and salt.often(40, id, "split"):
            there = _stands(state, counter, salt, f"{id} part")
            part = f"{id}>{there}.1a"
            out[part] = attrs.evolve(
                row, at=there, steps=1, rounds=row.rounds // steps, missiles=row.missiles // steps
            )
            left = out[part]
            row = attrs.evolve(
                row, steps=steps - 1, rounds=row.rounds - left.rounds, missiles=row.missiles - left.missiles, damage=0
            )
        out[id] = row
    return _sorted(out)


def _stands(state: State, counter: Counter, salt: Salt, id: str) -> PlaceId:
    """Where a counter of its kind may stand: mostly where it did, else elsewhere of its own."""
    board = state.setting.board
    if not salt.often(40, id, "moved"):
        return counter.at
    domain = board.formation(counter).domain
    if domain == "ship" and salt.often(75, id, "afloat"):
        return salt.one([z for z in MEETING if z in state.places] or [counter.at], id, "zone")
    sites = board.theatre.sites
    kept = {"ship": "port", "air": "air"}.get(domain, "")
    home = [p for p, row in state.places.items() if row.owner == counter.owner and not sites[p].sea]
    fit = [p for p in home if not kept or getattr(sites[p], kept)]
    if domain == "missile":
        fit = [p for p in fit if sites[p].kind == "missile area"] or [counter.at]
    return salt.one(fit or [counter.at], id, "place")


def _stocks(state: State, salt: Salt, seat: Seat) -> Iterator[tuple[str, Stock]]:
    own = [p for p, row in state.places.items() if row.owner == seat] or list(state.places)[:1]
    for commodity in ("fuel", "pac3"):
        place = salt.one(own, seat, commodity, "where")
        yield f"{seat}.{place}.{commodity}", Stock(seat, place, commodity, 1 + salt.whole(5000, seat, commodity))


def _tallies(board: Board, salt: Salt, seat: Seat) -> Iterator[tuple[str, Tally]]:
    for name in ("leaked.JIWA", "spent.pac3", "lost.air", "fired.nodong"):
        yield f"{seat}.{name}", Tally(seat, 1 + salt.whole(30, seat, name))


SIGHTINGS = ("own", "shared", "stale", "none")


def _contacts(state: State, salt: Salt, luck: Luck) -> Iterator[tuple[str, Contact]]:
    """What each seat believes of each rival counter: seen by itself, passed by an ally, old, or nothing."""
    board = state.setting.board
    for seat in seats(state):
        friends = [s for s in seats(state) if s != seat and board.same_side(seat, s)]
        for id, counter in state.counters.items():
            how = salt.one(SIGHTINGS, seat, id, "seen")
            if not rivals(board, seat, counter.owner) or how == "none" or (how == "shared" and not friends):
                continue
            ago = {"own": 0, "shared": 12, "stale": salt.one((84, 168, 330), seat, id, "age")}[how]
            quality = 1 + salt.whole(2, seat, id, "quality")
            elsewhere = how == "stale" and salt.often(50, seat, id, "left")
            yield (
                f"{seat}.{luck.label('contact', seat, id)}",
                Contact(
                    seat,
                    id,
                    counter.owner,
                    board.formation(counter).domain if quality > 1 else "",
                    salt.one(state.places, seat, id, "old place") if elsewhere else counter.at,
                    counter.steps if quality > 2 else UNKNOWN,
                    quality,
                    max(0, state.hour - ago),
                    max(1, state.turn - (ago > 0)),
                    1,
                    salt.one(friends, seat, id, "source") if how == "shared" else seat,
                    salt.one(("liaison", "hub", "real_time", "relay"), seat, id) if how == "shared" else "own",
                ),
            )


def _parts(state: State, salt: Salt, luck: Luck, midway: bool) -> dict[str, dict[str, Any]]:
    board = state.setting.board
    defenders = {k: c for k, c in state.counters.items() if interceptor(board, c) is not None}
    parts: dict[str, dict[str, Any]] = {
        CYBER: {s: Cyber(s, 1 + salt.whole(1, s, "cyber")) for s in ("CN", "KP") if s in seats(state)},
        POSTURES: {
            k: Posture(
                c.owner,
                SERVES_ALL,
                salt.one(DOCTRINES, k, "doctrine"),
                salt.one(reserves(c.rounds), k, "reserve") if salt.often(50, k, "keeps") else 0,
            )
            for k, c in defenders.items()
            if salt.often(60, k, "told")
        },
        RANKINGS: dict(_rankings(state, salt)),
        ALERTS: {
            s: Alerted(s, state.turn - 1, 1, True, STANDING, salt.one(_own(state, s) or ("",), s, "alert"))
            for s in seats(state)
            if salt.often(60, s, "alerted")
        },
        SCORES: {
            f"{s}.{line.id}": Score(s, line.id, salt.whole(line.most, s, line.id), salt.whole(9, s, line.id, "n"))
            for s in seats(state)
            for line in state.setting.lines[s]
        },
    }
    if midway:
        parts[FLIGHTS] = dict(_flights(state, salt))
        parts[WARNINGS] = dict(_warnings(state, salt, luck, parts[FLIGHTS]))
    known = rulebook(state.setting.name).parts
    return {name: _sorted(table) for name, table in sorted(parts.items()) if table and name in known}


def _own(state: State, seat: Seat) -> tuple[PlaceId, ...]:
    sites = state.setting.board.theatre.sites
    return tuple(p for p, row in state.places.items() if row.owner == seat and not sites[p].sea)


def _rankings(state: State, salt: Salt) -> Iterator[tuple[Seat, Ranking]]:
    for seat in seats(state):
        own = _own(state, seat)
        if own:
            yield seat, Ranking(seat, *(salt.one(own, seat, n) for n in ("1st", "2nd", "3rd")))


def _flights(state: State, salt: Salt) -> Iterator[tuple[str, Flight]]:
    board = state.setting.board
    listed = board.design("missile_defense", "targets", ()) or ("JIWA", "JSAS", "JMAI")
    for id, counter in state.counters.items():
        munition = board.formation(counter).missile
        if munition and counter.missiles:
            target = salt.one(listed, id, "target")
            aim = salt.one(AIMS, id, "aim")
            yield (
                f"{id}>{target}",
                Flight(counter.owner, id, counter.at, target, munition, 1 + salt.whole(11, id), aim),
            )


def _warnings(state: State, salt: Salt, luck: Luck, flights: Mapping[str, Flight]) -> Iterator[tuple[str, Cue]]:
    for seat in seats(state):
        for key, flight in flights.items():
            quality = salt.whole(3, seat, key, "quality")
            if quality == 0 or not rivals(state.setting.board, seat, flight.owner):
                continue
            known = quality > 1
            yield (
                f"{seat}.{luck.label('raid', key, str(state.turn), str(state.pulse))}",
                Cue(
                    seat,
                    key,
                    flight.origin,
                    flight.target if known else "",
                    flight.flying if known else UNKNOWN,
                    flight.munition if known else "",
                    quality,
                    seat,
                    "own",
                ),
            )


# Strategies ----------------------------------------------------------------------------------------------------


@st.composite
def _pacts(draw: st.DrawFn, name: str) -> dict[str, Pact]:
    """Every pact at levels of its own; the one under test may be announced as something else."""
    out = {}
    for key, pact in opening(name).pacts.items():
        levels: dict[str, Any] = {track: draw(st.integers(0, most)) for track, most in TRACKS.items()}
        down = levels["sensing"] >= 2 and draw(st.booleans())
        out[key] = attrs.evolve(pact, announced=draw(st.integers(0, 4)), outage=down, **levels)
    return out


@st.composite
def states(draw: st.DrawFn, scenario: str | tuple[str, ...] | None = None, midway: bool | None = None) -> World:
    """A World without plans, of one `scenario` or some: a State at the start of a turn, or (`midway`) in a pulse."""
    wanted = (scenario,) if isinstance(scenario, str) else scenario
    name, turn = draw(st.sampled_from([s for s in SITUATIONS if wanted is None or s[0] in wanted]))
    setting = pack(name)[0]
    salt = Salt(Luck(draw(st.integers(0, 2**32 - 1))))
    luck = Luck(draw(st.integers(0, 2**32 - 1)))
    first = begun(name, turn, salt.one(BEFORE, "before"))
    inside = (draw(st.booleans()) if midway is None else midway) and setting.kind(turn).pulses > 0
    pulse = draw(st.integers(1, setting.kind(turn).pulses)) if inside else 0
    now = attrs.evolve(first, pulse=pulse, hour=first.hour + max(0, pulse - 1) * setting.kind(turn).pulse_hours)
    state = dressed(now, salt, luck, draw(_pacts(name)), inside)
    return World(name, state, {}, luck, salt)


@st.composite
def worlds(draw: st.DrawFn, scenario: str | tuple[str, ...] | None = None, weather: str = "") -> World:
    """A World at the start of a turn, with a legal plan for every seat. In "calm" weather no missile is fired; in a
    "storm" all are that can be; without a word it is drawn."""
    world = draw(states(scenario, False))
    weather = weather or draw(st.sampled_from(("fair", "storm")))
    return attrs.evolve(world, plans={s: plan(world, s, weather) for s in seats(world.state)})


def choose(template: Template, salt: Salt, *names: object) -> Order:
    return template.fill(**{f: salt.one(domain, f, template.order.VERB, *names) for f, domain in template.domains})


FIRE = ("raid", "salvo")


def plan(world: World, seat: Seat, weather: str = "fair") -> Plan:
    """A legal plan out of the options: orders, contingencies, standing answers, a reason, a line of intent."""
    seen, salt = view(world.state, seat), world.salt
    made = Plan(seat, intent=f"Plan {salt.whole(99, seat)}.")
    templates = [t for t in world.rules.options(seen) if not (weather == "calm" and t.order.VERB in FIRE)]
    storm = FIRE if weather == "storm" else ()

    def when(t: Template) -> int:
        first = 1000 * (t.order.VERB in storm) + 500 * (t.order.VERB in RARE)
        return salt.whole(999, seat, t.order.VERB, t.subject) - first

    for template in sorted(templates, key=when):
        order = choose(template, salt, seat, template.subject)
        fired = order.VERB in storm
        if not fired and salt.often(30, seat, order.id, "left out"):
            continue
        later = not fired and salt.often(20, seat, order.id, "later") and seen.kind.pulses > 1
        trial = _contingent(seen, made, order, salt) if later else made.having(order)
        if not world.rules.faults(seen, trial):
            made = trial
    if Alert in world.rules.owner and salt.often(50, seat, "standing"):
        made = attrs.evolve(made, standing=(Alert(seat, "*", salt.often(50, seat, "flush")),))
    needed = [world.rules.rung(seen, o) for o in (*made.orders, *(c.order for c in made.contingencies))]
    return attrs.evolve(made, roe=max(needed, default=0) if salt.often(50, seat, "roe") else NO_LIMIT)


def _contingent(seen: View, made: Plan, order: Order, salt: Salt) -> Plan:
    measure = salt.one(("damage", "contacts", "tally"), seen.seat, order.id, "measure")
    places = tuple(seen.places)
    subject = "leaked.JIWA" if measure == "tally" else salt.one(places, seen.seat, order.id, "watch")
    trigger = Trigger(measure, subject, 1)
    return attrs.evolve(made, contingencies=(*made.contingencies, Contingency(trigger, order)))
