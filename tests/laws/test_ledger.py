"""Law: the ledger. Before and the sum of effects are after; effects commute; nothing comes from nowhere."""

from __future__ import annotations

from collections import Counter as Sum
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.apply import RuleFault, apply
from game.core.digest import digest
from game.core.events import Add, Drop, Effect, Event, Make, Put
from game.core.model import Counter, Place, State, Tally
from game.core.words import say
from tests.laws.fog import difference
from tests.worlds import World, opening, worlds


def booked(state: State, effects: Iterable[Effect]) -> dict[str, dict[str, Any]]:
    """The tables after `effects`, entry by entry: rows made, then counts and fields, then rows dropped or used up."""
    todo = list(effects)
    tables = {name: dict(table) for name, table in state.tables()}
    sums: Sum[tuple[str, str, str]] = Sum()
    for fx in todo:
        if isinstance(fx, Make):
            tables.setdefault(fx.table, {})[fx.key] = fx.row
    for fx in todo:
        if isinstance(fx, Add):
            sums[fx.table, fx.key, fx.field] += fx.n
        elif isinstance(fx, Put):
            tables[fx.table][fx.key] = attrs.evolve(tables[fx.table][fx.key], **{fx.field: fx.value})
    for (table, key, field), n in sums.items():
        row = tables[table][key]
        most = attrs.fields_dict(type(row))[field].metadata["most"]
        total = getattr(row, field) + n
        tables[table][key] = attrs.evolve(row, **{field: total if most is None else min(most, total)})
    for fx in todo:
        row = tables.get(fx.table, {}).get(fx.key)
        if isinstance(fx, Drop) or (row is not None and row.LIVES and not getattr(row, row.LIVES)):
            tables[fx.table].pop(fx.key, None)
    return {name: table for name, table in tables.items() if table}


def held(state: State) -> dict[str, dict[str, Any]]:
    return {name: dict(table) for name, table in state.tables() if table}


@given(worlds())
def test_before_and_the_sum_of_effects_are_after(world: World) -> None:
    state = world.state
    for step in world.resolve().steps:
        assert held(step.before) == held(state), f"{step.phase} began from another state than the last one left"
        effects = [fx for event in step.events for fx in event.effects]
        assert not difference(booked(step.before, effects), held(step.after)), step.phase
        state = step.after


@given(worlds(), st.randoms(use_true_random=False))
def test_effects_commute(world: World, random: Any) -> None:
    for step in world.resolve().steps:
        events = list(step.events)
        random.shuffle(events)
        turned = [attrs.evolve(e, effects=tuple(reversed(e.effects))) for e in events]
        assert digest(apply(step.before, turned)) == digest(step.after), step.phase


@given(worlds())
def test_what_nothing_touched_is_the_same_object(world: World) -> None:
    for step in world.resolve().steps:
        touched = {(fx.table, fx.key) for event in step.events for fx in event.effects}
        tables = {name for name, _ in touched}
        for name, table in step.before.tables():
            if name not in tables:
                assert step.after.table(name) is table
            for key, row in table.items():
                if (name, key) not in touched:
                    assert step.after.table(name)[key] is row
        for _, table in step.after.tables():
            assert list(table) == sorted(table)


# Nothing from nowhere ------------------------------------------------------------------------------------------

#: What each phase may do to a count, summed over all rows of one owner: -1 only down, +1 only up, EITHER. Every other
#: phase leaves the sum as it was, and every other count too.
EITHER = 0
LOST_AT_SEA = {f"patrols.{phase}": -1 for phase in ("search", "strike", "mines")}
MOVES: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("nations", "capital"): {"politics.decide": -1, "logistics.route": -1},
    ("nations", "support"): {},
    ("nations", "budget"): {"planning.strike": -1, "planning.deliver": 1},
    ("nations", "staff"): {},
    ("places", "runway"): {"missile_defense.engage": 1, "missile_defense.repair": -1, "logistics.repair": -1},
    ("places", "port"): {"missile_defense.engage": 1, "missile_defense.repair": -1, "logistics.repair": -1},
    ("places", "radar"): {"missile_defense.engage": 1, "missile_defense.repair": -1, "logistics.repair": -1},
    ("counters", "steps"): {"missile_defense.engage": -1, "missile_defense.salvo": -1, "movement.move": -1}
    | LOST_AT_SEA,
    ("counters", "rounds"): {
        "missile_defense.engage": -1,
        "missile_defense.salvo": -1,
        "movement.move": -1,
        "logistics.reload": 1,
    }
    | LOST_AT_SEA,
    ("counters", "missiles"): {
        "missile_defense.launch": -1,
        "missile_defense.engage": -1,
        "missile_defense.salvo": -1,
        "movement.move": -1,
        "logistics.reload": 1,
    }
    | LOST_AT_SEA,
    ("counters", "supply"): {
        "missile_defense.engage": -1,
        "missile_defense.salvo": -1,
        "movement.move": -1,
        "logistics.arrive": EITHER,
    }
    | LOST_AT_SEA,
    ("stocks", "amount"): {
        "missile_defense.engage": -1,
        "logistics.route": EITHER,
        "logistics.arrive": EITHER,
        "logistics.reload": -1,
        "logistics.repair": -1,
    },
    ("logistics.shipments", "amount"): {
        "logistics.route": 1,
        "logistics.arrive": -1,
        "patrols.strike": -1,
        "patrols.mines": -1,
    },
    ("patrols.mines", "mines"): {"patrols.mines": EITHER},
    ("intelligence.cyber", "left"): {"intelligence.network": -1},
    ("tallies", "n"): {
        "missile_defense.launch": 1,
        "missile_defense.alarm": 1,
        "missile_defense.engage": 1,
        "missile_defense.salvo": 1,
        "movement.move": 1,
        "logistics.arrive": 1,
        "patrols.trade": 1,
    }
    | dict.fromkeys(LOST_AT_SEA, 1),
}


def sums(state: State, table: str, field: str) -> Sum[str]:
    out: Sum[str] = Sum()
    for row in state.table(table).values():
        out[row.owner] += getattr(row, field)
    return out


@given(worlds())
def test_nothing_comes_from_nowhere(world: World) -> None:
    for step in world.resolve().steps:
        for (table, field), phases in MOVES.items():
            if table == "intelligence.cyber" and len(step.before.table(table)) != len(step.after.table(table)):
                continue  # a seat's first attack makes its row
            before, after = sums(step.before, table, field), sums(step.after, table, field)
            for owner in before | after:
                change = after[owner] - before[owner]
                if change and phases.get(step.phase) != EITHER:
                    assert change * phases.get(step.phase, 0) > 0, (step.phase, table, field, owner, change)


@given(worlds())
def test_steps_keep_their_formation_through_splits_and_joins(world: World) -> None:
    def by_formation(state: State, field: str) -> Sum[tuple[str, str]]:
        out: Sum[tuple[str, str]] = Sum()
        for c in state.counters.values():
            out[c.owner, c.formation] += getattr(c, field)
        return out

    for step in world.resolve().steps:
        if step.phase == "movement.move":
            for field in ("steps", "rounds", "missiles", "damage"):
                assert by_formation(step.before, field) == by_formation(step.after, field), field
        for counter in step.after.counters.values():
            assert 0 < counter.steps <= world.state.setting.board.formation(counter).steps


@given(worlds())
def test_rounds_spent_are_rounds_fired(world: World) -> None:
    """MD10: what a raid's event says was spent is what the tallies grew by, and no more than left the tubes."""
    for step in world.resolve().steps:
        if step.phase != "missile_defense.engage":
            continue
        said = sum(int(e.message.as_dict()["spent"]) for e in step.events if e.rule == "MD7")
        spent = [k for k in step.after.tallies if ".spent." in k]
        grown = sum(step.after.tallies[k].n - getattr(step.before.tallies.get(k), "n", 0) for k in spent)
        gone = sum(sums(step.before, "counters", "rounds").values()) - sum(
            sums(step.after, "counters", "rounds").values()
        )
        assert said == grown <= gone


# The kernel's own refusals --------------------------------------------------------------------------------------

ONE = "J01"


def event(*effects: Effect) -> Event:
    return Event("X1", "JP", "x", say("x"), effects=effects)


@pytest.mark.parametrize(
    "effects",
    (
        (Add("counters", ONE, "rounds", -999),),
        (Put("counters", ONE, "rounds", -1),),
        (Put("counters", ONE, "at", "JSAS"), Put("counters", ONE, "at", "JMAI")),
        (Add("counters", ONE, "rounds", 1), Put("counters", ONE, "rounds", 1)),
        (Add("counters", "nobody", "rounds", 1),),
        (Put("counters", ONE, "at", "JSAS"), Drop("counters", ONE)),
        (Make("tallies", "t", Tally("JP", 1)), Make("tallies", "t", Tally("JP", 2))),
    ),
    ids=("below-zero", "put-below-zero", "puts-disagree", "added-and-put", "no-row", "put-and-dropped", "two-makes"),
)
def test_a_breach_is_the_chapters_fault(effects: tuple[Effect, ...]) -> None:
    with pytest.raises(RuleFault):
        apply(opening("one_sky"), [event(fx) for fx in effects])


def test_ceilings_hold_and_empty_counters_leave_the_map() -> None:
    state = opening("one_sky")
    after = apply(state, [event(Add("places", "JIWA", "runway", 9)), event(Add("counters", ONE, "steps", -3))])
    assert after.places["JIWA"] == Place("JP", runway=5)
    assert ONE not in after.counters
    assert isinstance(state.counters[ONE], Counter)
