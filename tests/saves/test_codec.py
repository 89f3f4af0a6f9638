"""What is written comes back, and nothing wrong comes in."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.digest import canonical, digest
from game.core.events import Add, Drop, Event, Input, Make, Put, Roll
from game.core.model import CORE_TABLES, Contact, Counter
from game.core.orders import Contingency, Order, Plan, Trigger
from game.core.words import Message
from game.io.codec import NAMES, Codec
from game.io.plain import HIGH, LOW, CodecFault, dumps, loads
from game.io.schema import Schema
from tests import toy
from tests.saves.games import opening, setting

CODEC = Codec(Schema.of(toy.rulebook()))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ints = st.integers(LOW, HIGH)
counts = st.integers(0, 2**63 - 1)
values = st.one_of(ints, texts, st.booleans())
messages = st.builds(Message, texts, st.lists(st.tuples(texts, values), max_size=3).map(tuple))
seats = st.sampled_from(toy.SEATS)
orders: st.SearchStrategy[Order] = st.one_of(
    st.builds(toy.Ship, seats, texts, ints),
    st.builds(toy.March, seats, texts, texts),
    st.builds(toy.Launch, seats, texts, ints),
    st.builds(toy.Mend, seats, texts),
    st.builds(toy.Cover, seats, texts, st.booleans()),
)


def several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=3).map(tuple)


plans = st.builds(
    Plan,
    seats,
    several(orders),
    ints,
    several(st.builds(Contingency, st.builds(Trigger, texts, texts, ints), orders)),
    several(orders),
    texts,
    several(st.tuples(texts, messages)),
)
depots = st.builds(toy.Depot, seats, texts, counts, several(ints))
counters = st.builds(Counter, seats, texts, texts, counts, counts, counts, counts, st.booleans())
effects = st.one_of(
    st.builds(Add, st.just("counters"), texts, st.just("steps"), ints),
    st.builds(Put, st.just("counters"), texts, st.just("at"), texts),
    st.builds(Put, st.just("supply.depots"), texts, st.just("loads"), several(ints)),
    st.builds(Make, st.just("supply.depots"), texts, depots),
    st.builds(Make, st.just("counters"), texts, counters),
    st.builds(Drop, st.sampled_from(sorted(CORE_TABLES)), texts),
)
rolls = st.builds(Roll, texts, ints, texts, ints, ints, several(st.tuples(texts, ints)))
events = st.builds(
    Event,
    texts,
    seats,
    texts,
    messages,
    several(st.builds(Input, texts, values, texts)),
    several(rolls),
    several(effects),
    several(seats),
    several(st.tuples(seats, messages)),
    texts,
)


@given(plans)
def test_plans_come_back(plan: Plan) -> None:
    assert CODEC.read_plan(loads(dumps(CODEC.plan(plan)))) == plan


@given(events)
def test_events_come_back(event: Event) -> None:
    plain = loads(dumps(CODEC.event(event)))
    assert CODEC.read_event(plain) == event
    assert CODEC.read_effects(plain).effects == event.effects


def test_true_is_not_one_when_values_come_back() -> None:
    """1 == True in Python; a save must not mix them up."""
    said = Message("x", (("a", True), ("b", 1)))
    back = CODEC.read_event(loads(dumps(CODEC.event(Event("T1", "JP", "s", said)))))
    assert [type(v) for _, v in back.message.values] == [bool, int]


@given(st.dictionaries(texts, counters, max_size=4), st.dictionaries(texts, depots, max_size=4), st.integers(1, 99))
def test_states_come_back(units: dict[str, Counter], stores: dict[str, toy.Depot], turn: int) -> None:
    state = attrs.evolve(opening(), turn=turn, counters=units, parts={"supply.depots": stores} if stores else {})
    text = CODEC.state(state)
    back = CODEC.read_state(loads(text), state.setting)
    assert back == state
    assert canonical(back) == text
    assert digest(back) == digest(state)


def test_an_old_save_reads_without_its_chapters() -> None:
    """The header's own words make the classes: same values, same marks, same life, no chapter's code."""
    live = Schema.of(toy.rulebook())
    tables, orders_ = json.loads(json.dumps(live.header()))
    bare = Schema.read(tables, orders_, Schema.of(None))
    assert bare == live
    made = bare.tables["supply.depots"].cls
    assert made is not toy.Depot
    assert bare.tables["counters"].cls is Counter, "the kernel's own table is as it was, so its class is used"
    row = Codec(bare).read_effect(["*", "supply.depots", "k", ["JP", "EAST", 2, [1, 1]]])
    assert isinstance(row, Make)
    assert (row.row.place, row.row.amount, row.row.loads, row.row.SEEN) == ("EAST", 2, (1, 1), "ally")
    order = Codec(bare).read_order(["march", "JP", "J1", "WEST"])
    assert (order.id, order.COST, type(order) is toy.March) == ("JP.march.J1", 2, False)


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        (["ship", "JP", "EAST", True], "ship.tons: a whole number is wanted, not true or false"),
        (["ship", "JP", "EAST", "3"], "ship.tons: a whole number is wanted, not a text"),
        (["ship", "JP", "EAST", 2**64], "ship.tons: a number from"),
        (["ship", "JP", "EAST", None], "ship.tons: a whole number is wanted, not nothing"),
        (["ship", "JP", "EAST"], "ship: 3 values are wanted, not 2"),
        (["ship", "JP", "EAST", 1, 2], "ship: 3 values are wanted, not 4"),
        (["ship", "JP", ["EAST"], 1], "ship.subject: a text is wanted, not a list"),
        (["cover", "JP", "EAST", 1], "cover.dig: true or false is wanted, not a whole number"),
        (["fly", "JP", "EAST"], "no chapter in play knows the order 'fly'"),
        ([], "an order is a list that begins with its verb"),
        ("ship", "an order is a list"),
        ({"ship": 1}, "an order is a list"),
    ],
)
def test_wrong_orders(plain: Any, says: str) -> None:
    with pytest.raises(CodecFault) as caught:
        CODEC.read_order(plain)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        (["+", "counters", "J1", "at", 1], "counters.J1.at: only a count can be added to"),
        (["+", "counters", "J1", "wings", 1], "counters.J1: there is no field 'wings'"),
        (["+", "counters", "J1", "steps", 1.0], "counters.J1: a whole number is wanted, not a fraction"),
        (["=", "counters", "J1", "at", 1], "counters.J1.at: a text is wanted"),
        (["=", "counters", "J1", ["at"], 1], "counters.J1: there is no field"),
        (["*", "counters", "J1", ["JP"]], "counters.J1: 10 values are wanted, not 1"),
        (
            ["*", "counters", "J1", ["JP", "J1", "EAST", -1, 0, 0, 0, False, 0, 100]],
            "counters.J1.steps: a number from 0",
        ),
        (["*", "wings", "J1", []], "wings.J1: there is no table 'wings'"),
        (["?", "counters", "J1"], "there is no effect '?' of 3 values"),
        (["-", "counters", 7], "an effect is a list of a sign"),
    ],
)
def test_wrong_effects(plain: Any, says: str) -> None:
    with pytest.raises(CodecFault) as caught:
        CODEC.read_effect(plain)
    assert str(caught.value).startswith(says)


def test_a_path_leads_to_the_field() -> None:
    plain: Any = CODEC.event(Event("T1", "JP", "s", Message("m"), rolls=(Roll("k", 1, "r", 1, 1, (("a", 1),)),)))
    plain[5][0][5][0][1] = "many"
    with pytest.raises(CodecFault, match=r"^rolls\[0\]\.odds\[0\]\[1\]: a whole number is wanted, not a text$"):
        CODEC.read_event(plain)


@pytest.mark.parametrize(
    "line",
    [
        "1.5",
        "[NaN]",
        "Infinity",
        "1e3",
        "[" * 100_000,
        '{"a":' * 100_000,
        "9" * 5000,
        '"\\ud800"',
        "{'a':1}",
        "",
        b"\xff",
    ],
)
def test_what_is_no_json_of_ours(line: str | bytes) -> None:
    with pytest.raises(CodecFault):
        loads(line)


def test_a_chapter_cannot_write_what_no_save_can_read() -> None:
    half: Any = 0.5
    for fx in (
        Put("counters", "J1", "steps", half),
        Put("counters", "J1", "flushed", 1),
        Make("tallies", "t", attrs.evolve(opening().tallies["JP.leaked"], n=half)),
        Make("counters", "J1", attrs.evolve(opening().counters["J1"], steps=-1)),
        Add("counters", "J1", "steps", 2**70),
    ):
        with pytest.raises(CodecFault):
            CODEC.effect(fx)
    with pytest.raises(CodecFault, match="half a character"):
        dumps(CODEC.plan(Plan("JP", intent="\ud800")))


def test_a_type_that_no_save_can_hold_is_told_with_its_field() -> None:
    @attrs.frozen(slots=True)
    class Odd(Order):
        odd: dict[str, int]

    with pytest.raises(CodecFault, match="odd: a save cannot hold"):
        Schema.of(toy.rulebook(toy.changed(toy.RAID, ORDERS=(Odd,))))


@pytest.mark.parametrize("name", ["__class__", "x=1", "import", "", "X", "owners", "a" * 60, "owner", "a b", "é"])
def test_a_header_cannot_name_what_is_no_field(name: str) -> None:
    """Classes are made from a header's names: nothing but plain new names may pass."""
    tables, orders_ = json.loads(json.dumps(Schema.of(toy.rulebook()).header()))
    tables["raid.salvos"][2].append([name, "int", "owner", None, False])
    with pytest.raises(CodecFault):
        Schema.read(tables, orders_, Schema.of(None))


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 2**70), st.text(max_size=5), st.floats(allow_nan=True)),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)


@given(anything)
def test_nothing_but_a_codec_fault_comes_of_anything(value: Any) -> None:
    for read in (
        CODEC.read_plan,
        CODEC.read_event,
        CODEC.read_effects,
        CODEC.read_order,
        CODEC.read_effect,
        lambda v: CODEC.read_state(v, setting()),
        lambda v: Schema.read(v, v, Schema.of(None)),
    ):
        try:
            read(value)
        except CodecFault as fault:
            assert "\n" not in str(fault)


def _places(value: Any, at: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    if not isinstance(value, list):
        return [at]
    return [at, *(p for i, v in enumerate(value) for p in _places(v, (*at, i)))]


@given(st.data(), plans, events)
def test_one_value_put_wrong_never_breaks_more_than_that(data: st.DataObject, plan: Plan, event: Event) -> None:
    for read, plain in ((CODEC.read_plan, CODEC.plan(plan)), (CODEC.read_event, CODEC.event(event))):
        value: Any = loads(dumps(plain))
        *way, last = data.draw(st.sampled_from([p for p in _places(value) if p]))
        spot = value
        for i in way:
            spot = spot[i]
        spot[last] = data.draw(anything)
        try:
            read(value)
        except CodecFault as fault:
            assert "\n" not in str(fault)


def test_the_names_of_format_1_stand() -> None:
    """A field more, less or elsewhere is a new format, with a step in `upgrade` and a golden save."""
    assert NAMES == {
        "Plan": ["seat", "orders", "roe", "contingencies", "standing", "intent", "why"],
        "Contingency": ["trigger", "order"],
        "Trigger": ["measure", "subject", "least"],
        "Event": ["rule", "seat", "subject", "message", "inputs", "rolls", "effects", "all_to", "hints", "order"],
        "Input": ["name", "value", "source"],
        "Roll": ["key", "value", "result", "chance", "up_to", "odds"],
        "Add": ["table", "key", "field", "n"],
        "Put": ["table", "key", "field", "value"],
        "Make": ["table", "key", "row"],
        "Drop": ["table", "key"],
    }


def test_a_made_contact_keeps_its_type() -> None:
    contact = Contact("JP", "N1", "KP")
    back = CODEC.read_effect(loads(dumps(CODEC.effect(Make("contacts", "c", contact)))))
    assert isinstance(back, Make)
    assert back.row == contact
    assert type(back.row) is Contact
