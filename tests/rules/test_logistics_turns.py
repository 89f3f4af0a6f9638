"""Logistics: who goes first, whose stock goes first, what a turn's length, lift and care change."""

from __future__ import annotations

from typing import Any

import attrs

from game.core.model import State, Stock
from game.core.orders import Book, Plan
from game.core.sea import CONTROL, Control
from game.core.view import view
from rules.logistics.dispatch import Dispatch, dispatch
from rules.logistics.estimate import estimate, named, wider
from rules.logistics.scene import brought, lift, of_state
from rules.logistics.tables import STAFFS, Staff
from tests.cases.packs import opening
from tests.rules.supply_net import ROADS, at_level, state, theatre


def eats(owner: str, place: str, name: str, hold: int = 500) -> dict[str, Any]:
    return {"owner": owner, "place": place, "name": name, "use": 0, "hold": hold}


def flows(before: State) -> Dispatch:
    return dispatch(of_state(before, Book({})))


def test_lg2_a_source_brings_a_day_what_a_day_of_its_week_holds() -> None:
    before = state(sources=({"owner": "US", "place": "SRC", "amount": 14},))
    assert before.kind.hours == 24
    assert brought(of_state(before, Book({}))) == {"US.SRC.supply": ("US", "SRC", "supply", 200)}


def test_lg3_who_has_three_days_is_not_short() -> None:
    """A point in stock: the ships at Sasebo are nearer than the squadrons at Kanoya, who have three days or less."""
    week = attrs.evolve(opening("supply"), turn=2)
    stocks = {"JP.JHAK.supply": Stock("JP", "JHAK", "supply", 100)}
    for held, place in ((108, "JSAS"), (107, "JKAN")):
        wing = attrs.evolve(week.counters["J09"], supply=held)
        ships = attrs.evolve(week.counters["J01"], supply=500)
        counters = {"J01": ships, "J09": wing}
        found = flows(attrs.evolve(week, stocks=stocks, counters=counters))
        assert [(s.to, s.amount) for s in found.sent] == [(place, 100)]


def test_lg4_hosts_go_before_guests_on_one_road() -> None:
    """Thirty points a day lead to the front; Korea and its guest both have stock at Busan that they want there."""
    roads = {ends: cap for ends, cap in ROADS.items() if "KWAY" not in ends}
    before = state(
        theatre(roads),
        stocks={"KR.KBUS": 20, "US.KBUS": 50},
        consumers=(eats("US", "FRONT", "us"), eats("KR", "FRONT", "kr")),
    )
    met = flows(before).met
    assert (met["KR", "FRONT"], met["US", "FRONT"]) == (2000, 1000)


def test_lg5_airlift_without_supply_lifts_half() -> None:
    week = opening("supply")
    dry = {**week.counters, "U17": attrs.evolve(week.counters["U17"], supply=0)}
    lifts = [lift(of_state(s, Book({})), "US", "air") for s in (week, attrs.evolve(week, counters=dry))]
    assert lifts[0] == 2 * lifts[1] > 0


def test_lg6_ten_points_more_are_ten_points_more_however_many_roads_share_them() -> None:
    """Inland of Busan two roads bind: five more on each, not ten."""
    found = estimate(view(state(), "US"), Plan("US"))
    assert found is not None
    inland = next(part for part in named(found.scene, found.cuts("US")) if part.text.id == "logistics.cut_inland")
    assert len(inland.arcs) == 2
    assert wider(found, "US", inland) == 2 * (1000 * 24 // 168 // 2)


def test_lg7_a_joint_pipeline_gives_each_its_own_stock_first() -> None:
    before = state(
        stocks={"JP.JHAK": 40, "KR.JHAK": 40},
        consumers=(eats("JP", "JYOK", "jp", 10), eats("KR", "JYOK", "kr", 10)),
    )
    access = {**before.setting.board.access, "KR": ("JP", "US")}
    board = attrs.evolve(before.setting.board, access=access)
    joint = at_level(attrs.evolve(before, setting=attrs.evolve(before.setting, board=board)), 3)
    sent = [s for s in flows(joint).sent if s.to == "JYOK"]
    assert {(s.giver, s.owner, s.amount) for s in sent} == {("JP", "JP", 1000), ("KR", "KR", 1000)}


def test_lg7_a_joint_pipeline_is_careful_if_either_asks_for_it() -> None:
    """From Sasebo to Naha past the East China Sea, which rivals hold, or around it."""
    week = attrs.evolve(opening("supply"), turn=2)
    wing = attrs.evolve(week.counters["J11"], at="JNAH", supply=0)
    stocks = {"JP.JSAS.supply": Stock("JP", "JSAS", "supply", 5000)}
    tables = {**week.setting.board.tables, "logistics": {"sealift": {"JP": 20}}}
    board = attrs.evolve(week.setting.board, tables=tables)
    at_sea = attrs.evolve(
        week, setting=attrs.evolve(week.setting, board=board), stocks=stocks, counters={"J11": wing}
    )
    control = {zone: Control("", "north") for zone in ("ECN", "ECS")}
    for asks, through in (("short", True), ("careful", False)):
        parts: dict[str, dict[str, Any]] = {STAFFS: {"KR": Staff("KR", routing=asks)}, CONTROL: control}
        (sent,) = flows(at_level(attrs.evolve(at_sea, parts=parts), 3)).sent
        assert sent.to == "JNAH" and any("ECS" in lane for lane in sent.lanes) == through, sent
