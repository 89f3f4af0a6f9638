"""Laws of the sea: search and its seam, counts that are kept, boats that stay unseen, parties that stand alike.

Positions are generated on the map of the patrol cases: every ship and boat in some zone, every pact level, mines of
both sides; orders are legal ones, picked by named luck.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.events import Told, told
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import Contact, Pact, State
from game.core.odds import PPM
from game.core.odds_search import exhaustive_search, random_search
from game.core.orders import Book, Plan
from game.core.rulebook import Question, Temper
from game.core.sea import MINES, Minefield
from game.core.turn import Step, resolve
from game.core.view import view
from game.table.players import Doctrine, Random
from rules import patrols
from rules.patrols.search import chance
from rules.patrols.tables import SEAMS
from rules.patrols.trade import control
from tests.cases.packs import opening, rulebook
from tests.laws.fog import difference
from tests.worlds import examples

SEATS = ("CN", "JP", "KP", "KR")
ZONES = ("TSU", "SJW", "SJE", "ECN", "ECS", "OSU", "YSS", "MIY")
AFLOAT = ("ship", "submarine", "grey", "support")
SHARE = st.integers(0, 2 * PPM)
LEVELS = st.integers(0, 3)


def pact(level: int) -> dict[str, Pact]:
    return {"JP-KR": Pact("JP", "KR", front=True, patrols=level)}


def found(zone: str, level: int, japan: int, korea: int, other: int = 0) -> int:
    return chance(opening("patrol").setting.board, pact(level), zone, {"JP": japan, "KR": korea, "US": other})


# The seam (S2, S3) ----------------------------------------------------------------------------------------------


@given(LEVELS, SHARE, SHARE, SHARE, st.integers(0, PPM))
def test_more_sorties_never_find_less(level: int, japan: int, korea: int, other: int, more: int) -> None:
    for zone in ("SJW", "OSU"):
        now = found(zone, level, japan, korea, other)
        assert now <= found(zone, level, japan + more, korea, other)
        assert now <= found(zone, level, japan, korea, other + more)


@given(SHARE, SHARE)
def test_each_level_finds_no_less_than_the_one_below(japan: int, korea: int) -> None:
    by_level = [found("SJW", level, japan, korea) for level in range(4)]
    assert all(low <= high + 1 for low, high in pairwise(by_level))


@given(SHARE, SHARE)
def test_what_coordination_adds_is_at_most_the_gap(japan: int, korea: int) -> None:
    """At the seam a joint search beats two that do not know of the line by half of the gap between the two laws."""
    alone = random_search(japan + korea)
    gain = found("SJW", 3, japan, korea) - alone
    gap = exhaustive_search(japan + korea) - alone
    assert 0 <= gain <= gap
    assert abs(2 * gain - gap) <= 1


@given(LEVELS, SHARE, SHARE)
def test_the_two_parties_stand_alike_at_the_seam(level: int, one: int, other: int) -> None:
    for zone in SEAMS:
        assert found(zone, level, one, other) == found(zone, level, other, one)


@given(LEVELS, LEVELS, SHARE, SHARE)
def test_away_from_the_seam_levels_change_nothing(one: int, other: int, japan: int, korea: int) -> None:
    assert found("OSU", one, japan, korea) == found("OSU", other, japan, korea)


def test_example_17_at_the_seam_by_level() -> None:
    """Half of c = 1.12 each: 0.673720 in halves with 0.4 lost, with 0.1 lost, then (1 + 0.673720) / 2."""
    assert [found("SJW", level, 560_000, 560_000) for level in range(4)] == [404_232, 404_232, 606_348, 836_860]


# Generated weeks ------------------------------------------------------------------------------------------------


def scattered(salt: int, level: int = 0) -> State:
    """The opening with its ships and boats in other zones, mines here and there, and some boats known."""
    state, luck = opening("patrol"), Luck(salt)
    board = state.setting.board
    counters = {}
    for id, counter in state.counters.items():
        at = counter.at
        if board.formation(counter).domain in AFLOAT:
            at = ZONES[luck.pick(len(ZONES), "at", id)]
        counters[id] = attrs.evolve(counter, at=at, steps=1 + luck.pick(counter.steps, "steps", id))
    fields = {}
    for owner in SEATS:
        for zone in ZONES[:4]:
            if luck.hit(300_000, "mines", owner + zone):
                fields[f"{owner}.{zone}"] = Minefield(owner, zone, 1 + luck.pick(12, "count", owner + zone))
    contacts = {}
    for seat in SEATS:
        for id, counter in counters.items():
            known = board.hostile(seat, counter.owner) and board.formation(counter).domain in AFLOAT
            if known and luck.hit(300_000, "known", seat + id):
                what = board.formation(counter).domain
                key = f"{seat}.{luck.label('contact', seat, id)}"
                contacts[key] = Contact(seat, id, counter.owner, what, counter.at, counter.steps, 3, 0, 1, 1, seat)
    pacts = {"JP-KR": attrs.evolve(state.pacts["JP-KR"], patrols=level)}
    core: dict[str, Any] = {"counters": counters, "pacts": pacts, "contacts": dict(sorted(contacts.items()))}
    return attrs.evolve(state, turn=2, hour=2160, parts={**state.parts, MINES: dict(sorted(fields.items()))}, **core)


def plans_for(state: State, salt: int, seats: Iterable[Seat] = SEATS) -> dict[Seat, Plan]:
    rules, luck = rulebook("patrol"), Luck(salt)
    player = Random() if salt % 2 else Doctrine(Temper(80, 50, 50))
    return {seat: player.plan(view(state, seat), rules, luck) for seat in seats}


def week(state: State, plans: dict[Seat, Plan], salt: int) -> tuple[State, list[Step]]:
    turn = resolve(state, plans, Luck(salt, state.turn), rulebook("patrol"))
    steps: list[Step] = []
    try:
        while True:
            item = next(turn)
            assert not isinstance(item, Question)
            steps.append(item)
    except StopIteration as end:
        return end.value, steps


SALT = st.integers(0, 1 << 30)


@examples(40)
@given(SALT, LEVELS)
def test_mines_are_kept_count_of(salt: int, level: int) -> None:
    """What lies there in the end is what lay there and was laid, less what was swept and what went off."""
    state = scattered(salt, level)
    after, steps = week(state, plans_for(state, salt), salt)
    total = sum(row.mines for row in state.table(MINES).values())
    for step in steps:
        for event in step.events:
            values = event.message.as_dict()
            if event.rule == "S9":
                total += int(values["n"])
            elif event.rule in ("S10", "S11"):
                total -= int(values["n"])
    assert total == sum(row.mines for row in after.table(MINES).values())


@examples(40)
@given(SALT, LEVELS)
def test_merchants_arrive_or_are_lost(salt: int, level: int) -> None:
    state = scattered(salt, level)
    after, steps = week(state, plans_for(state, salt), salt)
    sailed = next(s.after for s in steps if s.phase == "patrols.sail").table("patrols.trade")["south"].sailed
    count = {key: row.n for key, row in after.tallies.items()}
    assert count.get("JP.cargo.delivered", 0) + count.get("JP.cargo.lost", 0) == sailed
    assert count.get("JP.cargo.lost", 0) == count.get("JP.ships.lost", 0)


@examples(40)
@given(SALT, LEVELS)
def test_steps_lost_are_counted_and_no_more_than_there_were(salt: int, level: int) -> None:
    state = scattered(salt, level)
    after, _ = week(state, plans_for(state, salt), salt)
    for seat in SEATS:
        had = sum(c.steps for c in state.counters.values() if c.owner == seat)
        has = sum(c.steps for c in after.counters.values() if c.owner == seat)
        lost = sum(row.n for key, row in after.tallies.items() if key.startswith(f"{seat}.lost."))
        assert had - has == lost


@examples(40)
@given(SALT, LEVELS)
def test_nobody_attacks_whom_it_is_at_peace_with(salt: int, level: int) -> None:
    """China and North Korea share a sea: neither finds, sinks or sweeps what is the other's."""
    state = scattered(salt, level)
    plans = plans_for(state, salt)
    _, steps = week(state, {"CN": plans["CN"], "KP": plans["KP"], "JP": Plan("JP"), "KR": Plan("KR")}, salt)
    for event in (e for s in steps for e in s.events):
        if event.rule == "S5" and event.message.id in ("patrols.boats_lost", "patrols.boats_hunted"):
            assert event.seat in ("JP", "KR")
        elif event.rule == "S10":
            assert {event.seat, event.subject.split(".")[-2]} != {"CN", "KP"}
        elif event.rule == "S11":
            assert event.subject.partition(".")[2][:2] in ("JP", "KR")
        elif event.rule == "S6":
            assert {seat for seat, _ in event.hints} & {"CN", "KP"} <= {event.seat}


# Fog ------------------------------------------------------------------------------------------------------------


def gone_under(state: State, seat: Seat) -> State:
    """`state` with every rival boat elsewhere or away, other mines of rivals, and other duties of theirs."""
    board = state.setting.board
    counters = {}
    for n, (id, counter) in enumerate(state.counters.items()):
        if board.same_side(seat, counter.owner) or board.formation(counter).domain != "submarine":
            counters[id] = counter
        elif n % 2:
            counters[id] = attrs.evolve(counter, at=ZONES[n % len(ZONES)], steps=1)
    fields = {k: row for k, row in state.table(MINES).items() if board.same_side(seat, row.owner)}
    strange = next(s for s in SEATS if not board.same_side(seat, s))
    fields[f"{strange}.SJE"] = Minefield(strange, "SJE", 5)
    parts = {**state.parts, MINES: dict(sorted(fields.items()))}
    return attrs.evolve(state, counters=counters, parts=parts)


@pytest.mark.parametrize("seat", SEATS)
@examples(25)
@given(SALT, LEVELS)
def test_a_staff_says_the_same_whatever_lies_below(seat: Seat, salt: int, level: int) -> None:
    state = scattered(salt, level)
    one, other = view(state, seat), view(gone_under(state, seat), seat)
    assert not difference(one, other)
    plan = plans_for(state, salt, (seat,))[seat]
    for ask in (patrols.forecast, patrols.patches, patrols.ledgers, patrols.doubt):
        assert not difference(tuple(ask(one, plan)), tuple(ask(other, plan))), ask.__name__
    assert not difference(tuple(patrols.options(one)), tuple(patrols.options(other)))
    temper = Temper(70, 50, 50)
    assert not difference(tuple(patrols.propose(one, temper)), tuple(patrols.propose(other, temper)))


@examples(25)
@given(SALT, LEVELS)
def test_a_boat_that_does_nothing_and_is_not_looked_for_is_not_there(salt: int, level: int) -> None:
    """Chinese boats lie in wait without orders, and nobody searches or bars: everybody else is told the same."""
    state = scattered(salt, level)
    state = attrs.evolve(state, parts={k: v for k, v in state.parts.items() if k != MINES})
    plans = {seat: Plan(seat) for seat in SEATS}
    away = attrs.evolve(state, counters={k: c for k, c in state.counters.items() if c.formation != "C13"})
    for seat in ("JP", "KR", "KP", ""):
        here, there = (heard(week(start, plans, salt)[1], seat) for start in (state, away))
        assert not difference(here, there), seat


def heard(steps: list[Step], seat: Seat) -> list[Told]:
    return [what for s in steps for e in s.events if (what := told(e, seat, s.date)) is not None]


# What is offered ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", SEATS)
@examples(25)
@given(SALT, LEVELS)
def test_what_is_offered_and_proposed_is_legal(seat: Seat, salt: int, level: int) -> None:
    seen = view(scattered(salt, level), seat)
    for template in patrols.options(seen):
        for order in template:
            assert patrols.fault(seen, Plan(seat), order) is None, order
    for proposal in patrols.propose(seen, Temper(90, 50, 50)):
        assert patrols.fault(seen, Plan(seat), proposal.order) is None, proposal


# What everybody is told --------------------------------------------------------------------------------------------


@examples(40)
@given(SALT, LEVELS)
def test_who_holds_a_zone_says_not_how_strongly(salt: int, level: int) -> None:
    """Rivals of China with half of the steps it has more of, wherever the same side holds: told the same."""
    state = scattered(salt, level)
    board = state.setting.board
    more = {
        id: attrs.evolve(c, steps=2 * c.steps) if board.formation(c).domain == "ship" else c
        for id, c in state.counters.items()
    }
    one, other = (list(control(s, Book({}), Luck(salt))) for s in (state, attrs.evolve(state, counters=more)))
    for event in one:
        twin = next(e for e in other if e.subject == event.subject)
        for seat in ("", *SEATS):
            assert told(event, seat, "2a") == told(twin, seat, "2a")
