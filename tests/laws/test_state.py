"""Laws: marks stand on every field; State holds whole numbers, texts and flags only; chapters do not mutate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given

from game.core.digest import canonical
from game.core.events import Add, Event, Input, Make, Put, Roll, Told
from game.core.luck import Luck
from game.core.model import CORE_TABLES, MARKS, Row, State
from game.core.orders import Book, Contingency, Doubt, Order, Plan, Refusal, Template, Trigger
from game.core.rulebook import Phase, Rulebook
from game.core.view import View, view
from rules import SEQUENCE
from tests.laws.test_fog import counsel
from tests.worlds import World, examples, pack, plan, rulebook, seats, states, worlds

ROWS: tuple[type[Row], ...] = (*CORE_TABLES.values(), *Rulebook(SEQUENCE).parts.values())
ORDERS = tuple(Rulebook(SEQUENCE).orders.values())
PLAIN = (int, str, bool)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.__name__)
def test_every_field_of_a_row_bears_a_mark(row: type[Row]) -> None:
    assert row.SEEN in MARKS and row.SEEN != "hidden"
    assert attrs.fields(row)[0].name == "owner"
    for field in attrs.fields(row):
        assert field.metadata.get("mark") in MARKS, field.name
    assert not row.LIVES or row.LIVES in attrs.fields_dict(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.__name__)
def test_rows_are_frozen_and_have_no_other_fields(row: type[Row]) -> None:
    values: dict[str, Any] = {a.name: 1 if a.type in ("int", int) else "x" for a in attrs.fields(row)}
    made = row(**values)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.owner = "JP"  # type: ignore[misc]
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.__name__)
def test_orders_are_frozen_values_with_a_verb_and_a_price(order: type[Order]) -> None:
    assert order.VERB and 0 <= order.COST <= 2 and 0 <= order.RUNG <= 9
    assert [a.name for a in attrs.fields(order)][:2] == ["seat", "subject"]
    assert not hasattr(order("JP", "x", *[1] * (len(attrs.fields(order)) - 2)), "__dict__")


VALUES = (State, View, Plan, Contingency, Trigger, Template, Refusal, Doubt, Event, Told, Roll, Input, Add, Put, Make)


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v.__name__)
def test_what_passes_between_rooms_is_frozen(value: type) -> None:
    made: Any = object.__new__(value)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, attrs.fields(value)[0].name, "x")
    assert not hasattr(made, "__dict__")


def leaves(value: Any) -> Iterator[Any]:
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


@given(worlds())
def test_state_and_events_hold_whole_numbers_texts_and_flags_only(world: World) -> None:
    turn = world.resolve()
    for name, table in turn.state.tables():
        for key, row in table.items():
            for value in leaves(row):
                assert type(value) in PLAIN, (name, key, value)
    for step in turn.steps:
        for event in step.events:
            for value in leaves(event):
                assert type(value) in PLAIN, (event.rule, value)


@given(worlds())
def test_counts_stay_within_their_bounds(world: World) -> None:
    for step in world.resolve().steps:
        for name, table in step.after.tables():
            for key, row in table.items():
                for field in attrs.fields(type(row)):
                    value, most = getattr(row, field.name), field.metadata["most"]
                    if type(value) is int and not field.metadata["signed"]:
                        assert value >= 0 and (most is None or value <= most), (step.phase, name, key, field.name)


def chapter_of(rule: str) -> str:
    return rule.rstrip("0123456789")


@given(worlds())
def test_draws_and_their_odds_are_whole_and_add_up(world: World) -> None:
    for step in world.resolve().steps:
        for event in step.events:
            for roll in event.rolls:
                assert 0 <= roll.value < 1 << 64
                assert 0 <= roll.chance <= roll.up_to <= 1_000_000
                assert len(roll.odds) <= 12
                assert sum(ppm for _, ppm in roll.odds) <= 1_000_000 + 12
                # An event may hold the draw of a rule that led to it: a boat is found by S2, then hunted by S5.
                assert chapter_of(roll.key.partition("|")[0]) == chapter_of(event.rule)


# Chapters do not mutate -----------------------------------------------------------------------------------------


def watched(phase: Phase) -> Phase:
    """The phase, with its State and Book read before and after."""

    def run(before: State, book: Book, luck: Luck) -> Iterable[Event]:
        text, orders, fixed = canonical(before), dict(book.orders), dict(luck.fixed)
        events = tuple(phase(before, book, luck))
        assert canonical(before) == text, "a phase wrote to the State"
        assert book.orders == orders and luck.fixed == fixed, "a phase wrote to the Book or to luck"
        assert repr(tuple(phase(before, book, luck))) == repr(events), "a phase remembers"
        return events

    return run


@given(worlds())
def test_phases_do_not_write_to_what_they_read(world: World) -> None:
    rules = Rulebook(SEQUENCE, world.state.setting.board.chapters)
    rules.phases = {name: watched(phase) for name, phase in rules.phases.items()}
    tables = repr(world.state.setting.board.tables)
    world.resolve(rules=rules)
    assert repr(world.state.setting.board.tables) == tables


@examples(15)
@given(states())
def test_counsel_does_not_write_to_the_view(world: World) -> None:
    text = canonical(world.state)
    for seat in seats(world.state):
        made = plan(world, seat)
        assert repr(counsel(world, view(world.state, seat), made)) == repr(
            counsel(world, view(world.state, seat), made)
        )
    assert canonical(world.state) == text


@pytest.mark.parametrize("name", ("one_sky", "first_watch"))
def test_every_phase_of_a_scenario_belongs_to_a_chapter_in_play(name: str) -> None:
    rules = rulebook(name)
    for kind in pack(name)[0].board.kinds.values():
        for phase in (*kind.opening, *kind.pulse, *kind.closing):
            assert phase in rules.phases
