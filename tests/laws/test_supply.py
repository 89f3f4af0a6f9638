"""Laws of supply, over generated weeks on the map of Northeast Asia and over a small net."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from hypothesis import given
from hypothesis import strategies as st

from game.core import supply
from game.core.apply import apply
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import State, Stock, changed
from game.core.orders import Book, Order, Plan
from game.core.supply import SHIPMENTS, SUPPLY
from game.core.view import view
from rules import logistics
from rules.logistics.dispatch import dispatch, total_met
from rules.logistics.routes import arrived
from rules.logistics.scene import consumers, of_state
from tests.cases.packs import opening
from tests.rules.supply_net import at_level
from tests.worlds import World, examples, worlds

PLACES: Mapping[Seat, tuple[str, ...]] = {
    "JP": ("JHAK", "JTOK", "JNAH", "JMIS"),
    "KR": ("KBUS", "KINC", "KCHE"),
    "US": ("JYOK", "GGUA", "KOSA", "HHAW"),
    "KP": ("PPYO", "PNAM"),
}
SEA = ("TSU", "SJW", "ECN", "MIY")


@st.composite
def weeks(draw: st.DrawFn) -> State:
    """The supply week with any stocks, loads, places of ships, damage, levels, sources and lift."""
    whole = st.integers(0, 3000)
    before = attrs.evolve(opening("supply"), turn=2)
    stocks = {}
    for seat, places in PLACES.items():
        for place in draw(st.lists(st.sampled_from(places), unique=True, max_size=3)):
            stocks[f"{seat}.{place}.{SUPPLY}"] = Stock(seat, place, SUPPLY, draw(whole))
        stocks[f"{seat}.{places[0]}.pac3"] = Stock(seat, places[0], "pac3", draw(st.integers(0, 40)))
    counters = {
        id: changed(c, {"supply": draw(st.integers(0, c.supply)), "rounds": draw(st.integers(0, c.rounds))})
        for id, c in before.counters.items()
    }
    counters["J01"] = changed(counters["J01"], {"at": draw(st.sampled_from(("JSAS", *SEA)))})
    counters["J11"] = changed(counters["J11"], {"at": draw(st.sampled_from(("JIWA", "JNAH", "JMIY")))})
    rows = dict(before.places)
    for place in draw(st.lists(st.sampled_from(("KBUS", "JHAK", "JNAH", "JSAS")), unique=True)):
        rows[place] = changed(rows[place], {"port": draw(st.integers(0, 5))})
    pacts = {k: changed(p, {"logistics": draw(st.integers(0, 3))}) for k, p in before.pacts.items()}
    lifts = {by: {s: draw(st.integers(0, 30)) for s in ("JP", "KR", "US")} for by in ("sealift", "airlift")}
    sources = tuple({"owner": s, "place": PLACES[s][0], "amount": draw(st.integers(0, 20))} for s in ("JP", "US"))
    use = {"use": {"ground": draw(st.sampled_from((8, 80))), "air": 12, "battery": 3, "ship": 10}}
    board = before.setting.board
    tables = {**board.tables, "logistics": {**lifts, **use, "sources": sources}}
    setting = attrs.evolve(before.setting, board=attrs.evolve(board, tables=tables))
    out = attrs.evolve(before, setting=setting, counters=counters, places=rows, pacts=pacts)
    return attrs.evolve(out, stocks=dict(sorted(stocks.items())))


@st.composite
def orders(draw: st.DrawFn, before: State) -> tuple[Order, ...]:
    """A few legal orders of every seat."""
    out: list[Order] = []
    for seat in before.nations:
        seen = view(before, seat)
        plan = Plan(seat)
        found = list(logistics.options(seen))
        for template in draw(st.lists(st.sampled_from(found), max_size=3)) if found else ():
            order = template.fill(**{f: draw(st.sampled_from(d)) for f, d in template.domains})
            if logistics.fault(seen, plan.having(order), order) is None:
                plan = plan.having(order)
        out += plan.orders
    return tuple(out)


def goods(state: State) -> int:
    """Hundredths of a point that there are: in stock, in units, under way."""
    stocks = sum(s.amount for s in state.stocks.values() if s.commodity == SUPPLY)
    return stocks + sum(c.supply for c in state.counters.values()) + _under_way(state)


def _under_way(state: State) -> int:
    return sum(row.amount for row in supply.shipments(state.parts).values())


def phase(name: str, before: State, book: Book) -> tuple[State, tuple[object, ...]]:
    events = tuple(logistics.PHASES[name](before, book, Luck(1, before.turn, 0)))
    return apply(before, events), events


def inputs(events: tuple[object, ...], rule: str, name: str) -> int:
    return sum(i.value for e in events if e.rule == rule for i in e.inputs if i.name == name)  # type: ignore[attr-defined]


@examples(40)
@given(st.data())
def test_nothing_is_made_and_nothing_vanishes(data: st.DataObject) -> None:
    """What was there and what sources brought is there, used, spent on repairs, or lost on the way."""
    before = data.draw(weeks())
    book = Book({}, data.draw(orders(before)))
    sent, events = phase("route", before, book)
    assert goods(sent) == goods(before) + inputs(events, "LG2", "amount")
    assert all(row.amount == row.sent > 0 for row in supply.shipments(sent.parts).values())

    # A rival takes some of it on the way.
    rows = supply.shipments(sent.parts)
    left = {k: changed(r, {"amount": r.amount - data.draw(st.integers(0, r.amount))}) for k, r in rows.items()}
    robbed = attrs.evolve(sent, parts={**sent.parts, SHIPMENTS: {k: r for k, r in left.items() if r.amount}})

    landed, events = phase("arrive", robbed, book)
    assert goods(landed) == goods(robbed) - inputs(events, "LG9", "used")
    rounds = sum(c.rounds for c in landed.counters.values()) + munitions(landed)
    loaded, _ = phase("reload", landed, book)
    assert sum(c.rounds for c in loaded.counters.values()) + munitions(loaded) == rounds
    mended, events = phase("repair", loaded, book)
    assert goods(mended) == goods(loaded) - inputs(events, "LG14", "supply")


@examples(60)
@given(worlds())
def test_nothing_is_made_and_nothing_vanishes_in_a_whole_turn(world: World) -> None:
    """Over worlds of all scenarios, with fronts and islands that eat: what sources bring comes in, what is used and
    spent goes out, and all other chapters only take: with ships sunk, steps lost and counters gone."""
    for step in world.resolve().steps:
        was, now = everything(step.before), everything(step.after)
        if step.phase.startswith("logistics."):
            brought = inputs(step.events, "LG2", "amount")
            gone = inputs(step.events, "LG9", "used") + inputs(step.events, "LG14", "supply")
            lost = inputs(step.events, "LG8", "taken")
            lanes = step.before.setting.board.theatre.lanes
            due = [
                r
                for k, r in supply.shipments(step.before.parts).items()
                if k not in supply.shipments(step.after.parts)
            ]
            short = sum(r.amount - arrived(r.amount, [lanes[id].loss_ppm for id in r.lanes]) for r in due)
            assert lost == sum(r.sent - r.amount for r in due)
            assert now == was + brought - gone - short, step.phase
        else:
            assert now <= was, step.phase


def everything(state: State) -> int:
    """Hundredths of a point in stock, in units, under way, and with consumers of the scenario's."""
    eaters = {row["name"] for row in consumers(state.setting.board)}
    stocks = sum(s.amount for s in state.stocks.values() if s.commodity == SUPPLY or s.commodity in eaters)
    return stocks + sum(c.supply for c in state.counters.values()) + _under_way(state)


def munitions(state: State) -> int:
    return sum(s.amount for s in state.stocks.values() if s.commodity != SUPPLY)


@examples(40)
@given(weeks())
def test_nobody_carries_more_than_it_can_or_less_than_nothing(before: State) -> None:
    board = before.setting.board
    after, _ = phase("arrive", phase("route", before, Book({}))[0], Book({}))
    for id, counter in after.counters.items():
        assert 0 <= counter.supply <= max(supply.load(board, counter), before.counters[id].supply)
    assert all(s.amount >= 0 for s in after.stocks.values())


@examples(60)
@given(weeks())
def test_goods_go_over_lanes_that_lead_from_where_they_were_to_where_they_are_wanted(before: State) -> None:
    """One lane after another, whatever carries them; only what is there already changes hands without a lane."""
    lanes = before.setting.board.theatre.lanes
    for sent in dispatch(of_state(before, Book({}))).sent:
        here = sent.origin
        for id in sent.lanes:
            assert here in (lanes[id].a, lanes[id].b), sent
            here = lanes[id].other(here)
        assert here == sent.to, sent


@examples(60)
@given(weeks())
def test_more_sharing_never_delivers_less_to_the_pair(before: State) -> None:
    """Out of what the pair has itself: the United States is at peace and far away."""
    stocks = {k: s for k, s in before.stocks.items() if s.owner != "US"}
    counters = {k: c for k, c in before.counters.items() if c.owner != "US"}
    tables = before.setting.board.tables
    rest = {k: v for k, v in tables["logistics"].items() if k != "sources"}
    board = attrs.evolve(before.setting.board, tables={**tables, "logistics": rest})
    alone = attrs.evolve(before, stocks=stocks, counters=counters, setting=attrs.evolve(before.setting, board=board))
    met = [total_met(dispatch(of_state(at_level(alone, g), Book({}))), ("JP", "KR")) for g in range(4)]
    assert met == sorted(met)


@examples(60)
@given(weeks(), st.sampled_from(("JP", "KR", "US", "KP")))
def test_one_less_on_what_binds_is_one_less_delivered(before: State, seat: Seat) -> None:
    """The lowering law on what the forecast names, for a hungry nation that has plenty and solves alone."""
    depot, board = PLACES[seat][0], before.setting.board
    hungry = {
        **board.tables["logistics"],
        "use": dict.fromkeys(("ground", "air", "battery", "ship", "support"), 2000),
    }
    rich = attrs.evolve(board, tables={**board.tables, "logistics": hungry})
    only = attrs.evolve(
        before,
        setting=attrs.evolve(before.setting, board=rich),
        stocks={f"{seat}.{depot}.{SUPPLY}": Stock(seat, depot, SUPPLY, 10**8)},
        counters={k: c for k, c in before.counters.items() if c.owner == seat},
    )
    scene = of_state(only, Book({}))
    found = dispatch(attrs.evolve(scene, seats=(seat,)))
    arcs = [c.arc for c in found.cuts.get(seat, ()) if c.arc and not c.arc.startswith(("load:", "sea@", "air@"))]
    assert found.cuts[seat]
    for arc in arcs:
        less = dispatch(attrs.evolve(scene, seats=(seat,)), {arc: 1})
        assert total_met(less, (seat,)) == total_met(found, (seat,)) - 1, arc


@examples(40)
@given(weeks(), st.sampled_from(("JP", "KR", "US")))
def test_a_staff_does_not_reckon_with_what_it_does_not_know(before: State, seat: Seat) -> None:
    """Below G2 an ally's stocks and loads change nothing on a nation's screen."""
    pacts = {k: changed(p, {"logistics": min(1, p.logistics)}) for k, p in before.pacts.items()}
    one = attrs.evolve(before, pacts=pacts)
    other = attrs.evolve(
        one,
        stocks={k: s if s.owner == seat else changed(s, {"amount": s.amount + 700}) for k, s in one.stocks.items()},
        counters={
            k: c if c.owner == seat else changed(c, {"supply": c.supply // 2}) for k, c in one.counters.items()
        },
    )
    plan = Plan(seat)
    for of in (logistics.forecast, logistics.traces, logistics.ledgers):
        assert tuple(of(view(one, seat), plan)) == tuple(of(view(other, seat), plan))


@examples(30)
@given(st.data())
def test_a_forecast_is_what_comes_where_everything_is_shared(data: st.DataObject) -> None:
    """A nation that knows all that matters to it foresees its own days to the hundredth."""
    before = data.draw(weeks())
    pacts = {k: changed(p, {"logistics": 2}) for k, p in before.pacts.items()}
    before = attrs.evolve(before, pacts=pacts)
    for seat in ("JP", "KR"):
        both = changed(before.pacts["JP-US"], {})
        assert both.logistics == 2
        (shown,) = logistics.forecast(view(before, seat), Plan(seat))
        after, _ = phase("arrive", phase("route", before, Book({}))[0], Book({}))
        board = next(b for b in logistics.ledgers(view(before, seat), Plan(seat)) if b.id == "logistics.days")
        if any(row.warn for row in board.rows):  # who runs short is never told that all is well
            assert shown.lines[0].id != "logistics.all_met" and shown.binds
        for row in board.rows:
            counter = after.counters[row.source]
            day = supply.daily_use(before.setting.board, counter)
            left = counter.supply * 100 // day
            assert row.cells[4] == f"{left // 100}.{left % 100 // 10}", (shown.lines, row)
