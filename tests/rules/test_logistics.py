"""Logistics: the worked examples of facts C3 (Ex 12 to 16), the bottleneck by name, what supply does to units."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest

from game.core import supply
from game.core.apply import apply
from game.core.flow import Arc, solve
from game.core.luck import Luck
from game.core.model import Contact, Counter, State, changed
from game.core.orders import Book, Order, Plan
from game.core.view import view
from game.core.words import say
from game.report.explain import Speech, opened
from game.words import Names
from rules import logistics, missile_defense
from rules.logistics.dispatch import dispatch, total_met
from rules.logistics.estimate import by_level, estimate, named, without_bridge
from rules.logistics.issue import after, lasts
from rules.logistics.routes import arrived, price, risk, sea_ways
from rules.logistics.scene import of_state
from rules.logistics.tables import STAFFS, Allot, Loan, Repair, Staff, Supply, Tempo
from rules.missile_defense.launch import most_missiles
from rules.missile_defense.station import guard
from tests.cases.packs import opening
from tests.rules.small import assert_agree
from tests.rules.supply_net import ROADS, at_level, state, theatre
from tests.worlds import opening as game


def total(before: State, seat: str = "US") -> int:
    """Points that reach the two fronts."""
    found = estimate(view(before, seat), Plan(seat))
    assert found is not None
    return sum(n for (owner, _), n in found.came.items() if owner == seat) // 100


def test_ex_12_the_bridge_is_worth_ten_and_busans_inland_throughput_twenty() -> None:
    assert total(state()) == 90
    assert total(state(theatre(bridge=False))) == 80
    assert total(state(theatre({**ROADS, ("KBUS", "FRONT"): 55}))) == 110


def test_ex_12_the_bottleneck_goes_by_its_name() -> None:
    found = estimate(view(state(), "US"), Plan("US"))
    assert found is not None
    parts = list(named(found.scene, found.cuts("US")))
    assert [(p.text.id, dict(p.text.values).get("place", "")) for p in parts] == [
        ("logistics.cut_road", ""),
        ("logistics.cut_inland", "KBUS"),
    ]
    assert parts[1].lanes == ("KBUS-FRONT:road", "KBUS-KWAY:road")
    assert without_bridge(found, ("US",)) == 1000
    (shown,) = logistics.forecast(view(state(), "US"), Plan("US"))
    assert set(shown.cut) == {"JKAD-TWN:road", "KBUS-FRONT:road", "KBUS-KWAY:road"}
    assert shown.binds == tuple(part.text for part in parts) and shown.lines[0].id == "logistics.lacks"
    lit = {t.lane for t in logistics.traces(view(state(), "US"), Plan("US")) if t.cut}
    assert lit == set(shown.cut)


def test_ex_12_one_road_out_of_a_port_is_its_inland_throughput() -> None:
    roads = {ends: cap for ends, cap in ROADS.items() if "KWAY" not in ends} | {("KBUS", "FRONT"): 55}
    found = estimate(view(state(theatre(roads)), "US"), Plan("US"))
    assert found is not None
    texts = [part.text.id for part in named(found.scene, found.cuts("US"))]
    assert texts == ["logistics.cut_road", "logistics.cut_inland"]


def test_ex_13_the_cheapest_way() -> None:
    arcs = [
        Arc("Sa", "S", "a", 30, 2),
        Arc("Sb", "S", "b", 30, 3),
        Arc("aD", "a", "D", 25, 4),
        Arc("ab", "a", "b", 10, 0),
        Arc("bD", "b", "D", 30, 2),
    ]
    assert solve(arcs, {"S": 40}, {"D": 40}).cost == 200


def test_ex_14_losses_after_routing() -> None:
    assert arrived(10_000, (50_000, 100_000, 20_000)) == 8379


def test_ex_15_days_of_supply() -> None:
    """Six days of at most ten, ten points used a day: 12, 6 and 0 arriving a day give 7.4, then 4.6, then nothing."""
    held = 6 * 1000
    for came, left in ((12, 7400), (6, 4600), (0, 0)):
        held = after(held, came * 700, 7000, 10_000)
        assert held == left


def test_ex_16_how_long_a_stock_lasts() -> None:
    assert lasts(10_000, 1000, 400) == 1666
    assert lasts(10_000, 1000, 1000) == -1


def test_risk_is_minus_ln_of_what_comes_through() -> None:
    assert [risk(ppm) for ppm in (0, 95_163, 200_000, 632_121, 1_000_000)] == [0, 100, 223, 1000, 13816]
    assert price(300, 200_000, 1) == 523
    assert price(300, 200_000, 12) == 300 + 12 * 223


def test_a_careful_convoy_goes_round_what_a_short_one_passes() -> None:
    """LG3 on the map of Northeast Asia: from Sasebo to Naha past the East China Sea, or by the Pacific."""
    map_ = opening("supply").setting.board.theatre
    feared = (("ECN", 200_000), ("ECS", 200_000))
    short, careful = (sea_ways(map_, "JSAS", feared, caution)["JNAH"] for caution in (1, 12))
    assert short.km < careful.km and short.loss > careful.loss
    assert any("ECN" in lane for lane in short.lanes)
    assert not any("ECS" in lane for lane in careful.lanes)


# Sharing by level ------------------------------------------------------------------------------------------------


def pair_state() -> State:
    """Korea's corps starves at the front; Japan has plenty at Hakata, and only the bridge leads over."""
    roads = {ends: cap for ends, cap in ROADS.items() if ends != ("JSAS", "KBUS")}
    return state(
        theatre(roads),
        stocks={"JP.JHAK": 90},
        counters={"K1": Counter("KR", "K1", "FRONT", 5), "J1": Counter("JP", "J1", "JHAK", 5, supply=5000)},
        bridge=(20 * 7, 20 * 7, 30 * 7, 40 * 7),
        consumers=(),
    )


def given(before: State, *orders: Order) -> int:
    """Hundredths of a point that leave for Korea's corps."""
    book = Book({}, orders)
    done = apply(before, tuple(logistics.PHASES["route"](before, book, Luck(1, 1, 0))))
    return sum(row.amount for row in supply.shipments(done.parts).values() if row.owner == "KR")


def test_lg7_the_bridge_by_level() -> None:
    before = pair_state()
    sent = []
    for level in range(4):
        pact = attrs.evolve(before.pacts["JP-KR"], logistics=level)
        sent.append(given(attrs.evolve(before, pacts={**before.pacts, "JP-KR": pact})))
    assert sent == [0, 2000, 3000, 4000]
    assert given(before, Loan("JP", "KR", 5)) == 500


def test_lg7_a_point_of_capital_pays_for_one_loan_and_not_for_two() -> None:
    """Two partners below G1, both hungry, and a leader with one point left."""
    front = Counter("KR", "K1", "FRONT", 5), Counter("US", "U1", "TWN", 5)
    before = state(stocks={"JP.JHAK": 90}, counters={"K1": front[0], "U1": front[1]}, capital=1, consumers=())
    lent = Book({}, (Loan("JP", "KR", 5), Loan("JP", "US", 5)))
    done = apply(before, tuple(logistics.PHASES["route"](before, lent, Luck(1, 1, 0))))
    assert done.nations["JP"].capital == 0
    assert sum(row.amount for row in supply.shipments(done.parts).values()) == 500


def test_lg7_ones_own_goods_cross_from_g1_too() -> None:
    """A Japanese corps at the front, as Korea's guest: below G1 its own supply may not cross either."""
    before = state(
        theatre({ends: cap for ends, cap in ROADS.items() if ends != ("JSAS", "KBUS")}),
        stocks={"JP.JHAK": 90},
        counters={"J1": Counter("JP", "J1", "FRONT", 5)},
        consumers=(),
    )
    access = {**before.setting.board.access, "JP": ("KR", "US")}
    guest = attrs.evolve(before.setting, board=attrs.evolve(before.setting.board, access=access))
    met = [
        total_met(dispatch(of_state(at_level(attrs.evolve(before, setting=guest), g), Book({}))), ("JP",))
        for g in (0, 1)
    ]
    assert met == [0, 3000]


def test_lg7_at_g3_one_list_of_priorities_rules_both_stocks() -> None:
    """Twenty points in Japan, both corps hungry, and Seoul names the front: shared stocks serve their owner first, a
    joint pipeline whoever stands first on the list."""
    before = attrs.evolve(pair_state(), parts={STAFFS: {"KR": Staff("KR", "FRONT")}})
    stocks = {k: attrs.evolve(s, amount=2000) for k, s in before.stocks.items()}
    hungry = {k: attrs.evolve(c, supply=0) for k, c in before.counters.items()}
    before = attrs.evolve(before, stocks=stocks, counters=hungry)
    assert [given(at_level(before, level)) for level in (2, 3)] == [0, 2000]


def test_lg7_what_a_level_would_change_stands_in_the_ledger() -> None:
    found = estimate(view(pair_state(), "KR"), Plan("KR"))
    assert found is not None
    assert by_level(found, "KR") == ((0, 0), (1, 2000), (2, 3000), (3, 4000))
    boards = {b.id: b for b in logistics.ledgers(view(pair_state(), "KR"), Plan("KR"))}
    assert [row.cells[2] for row in boards["logistics.levels"].rows][:4] == ["0", "+20.0", "+30.0", "+40.0"]


def test_lg7_a_bridge_in_use_under_an_agreement_makes_targets_of_its_ends() -> None:
    """Facts C8: the exposure is a price of the track. What crosses below G1 is seen, and weighs no more for it."""
    before = pair_state()
    board = before.setting.board
    assert supply.bridgeheads(board, before.parts) == frozenset()
    loan = Book({}, (Loan("JP", "KR", 5),))
    lent = apply(before, tuple(logistics.PHASES["route"](before, loan, Luck(1, 1, 0))))
    assert list(view(lent, "US").parts[supply.CROSSINGS]) == ["JHAK-KBUS:ferry"]
    assert supply.bridgeheads(board, view(lent, "US").parts) == frozenset()
    treaty = at_level(lent, 1)
    events = tuple(logistics.PHASES["route"](treaty, Book({}), Luck(1, 2, 0)))
    told = [e for e in events if e.rule == "LG7" and e.subject == "JHAK-KBUS:ferry"]
    assert [e.all_to for e in told] == [("", *treaty.nations)], "everybody hears of the agreement"
    assert supply.bridgeheads(board, view(apply(treaty, events), "US").parts) == {"JHAK", "KBUS"}


# What supply does ------------------------------------------------------------------------------------------------


def test_lg10_a_brigade_fires_its_salvo_by_its_supply() -> None:
    week = opening("week")
    board = attrs.evolve(week.setting.board, chapters=("logistics", "missile_defense"))
    brigade = attrs.evolve(week.counters["P03"], supply=0)
    full = attrs.evolve(brigade, supply=supply.load(board, brigade))
    day = supply.daily_use(board, brigade)
    short = attrs.evolve(brigade, supply=2 * day)
    whole = most_missiles(board, full)
    assert whole > 0
    assert most_missiles(board, short) == whole * 60 // 100
    assert most_missiles(board, brigade) == 0


def test_lg10_a_battery_without_supply_fires_half_its_channels() -> None:
    week = opening("week")
    board = attrs.evolve(week.setting.board, chapters=("logistics", "missile_defense"))
    battery = attrs.evolve(week.counters["K09"], supply=0)
    full = attrs.evolve(battery, supply=supply.load(board, battery))
    fires = [guard(board, "K09", c, None, "standing").most for c in (full, battery)]
    assert fires == [16, 8]


@pytest.mark.parametrize(("days", "most"), [(20, 3), (2, 1), (0, 0)])
def test_lg10_a_salvo_at_ships_is_as_large_as_supply_allows(days: int, most: int) -> None:
    """Three missile boats fire three missiles a pulse, short of supply one, without it none."""
    day = opening("day")
    board = attrs.evolve(day.setting.board, chapters=(*day.setting.board.chapters, "logistics"))
    boats = attrs.evolve(day.counters["P11"], missiles=8)
    boats = attrs.evolve(boats, supply=days * supply.daily_use(board, boats))
    seen = Contact("KP", "J05", "JP", "ship", boats.at, 4, 3, day.hour, day.turn, day.pulse, "KP", "own")
    before = attrs.evolve(day, setting=attrs.evolve(day.setting, board=board), contacts={"KP.SEEN": seen})
    before = attrs.evolve(before, counters={**day.counters, "P11": boats})
    found = [t for t in missile_defense.options(view(before, "KP")) if (t.order.VERB, t.subject) == ("salvo", "P11")]
    assert [max(int(n) for n in t.domain("missiles")) for t in found] == ([most] if most else [])


def works(id: str, **at: Any) -> tuple[int, int, int]:
    """Percent of what a counter does of its own will, of its defense, and of its way."""
    before = opening("supply")
    found = supply.condition(before.setting.board, attrs.evolve(before.counters[id], **at))
    return found.attack, found.defense, found.way


def test_lg11_tempo_is_what_is_done_as_well_as_what_is_used() -> None:
    """J09 are aircraft that use 36 hundredths a day, J01 ships."""
    assert works("J09") == (100, 100, 100)
    assert works("J09", tempo=160) == (160, 100, 100)
    assert works("J09", tempo=30) == (30, 50, 50)
    assert works("J01", tempo=160) == (100, 100, 100)


def test_lg11_a_short_one_works_at_most_at_sixty_and_one_without_supply_not_at_all() -> None:
    assert works("J09", supply=72) == (60, 100, 100)
    assert works("J09", supply=72, tempo=160) == (60, 100, 100)
    assert works("J09", supply=72, tempo=30) == (30, 50, 50)
    assert {works("J09", supply=0, tempo=n) for n in (30, 100, 160)} == {(0, 50, 50)}


def test_lg11_an_ally_whose_tempo_is_not_known_is_taken_as_normal() -> None:
    assert works("J09", supply=-1, tempo=-1) == (100, 100, 100)


def test_lg11_an_idle_battery_fires_half_its_channels_and_an_idle_brigade_three_of_ten_missiles() -> None:
    week = opening("week")
    board = attrs.evolve(week.setting.board, chapters=("logistics", "missile_defense"))
    rest = {id: attrs.evolve(week.counters[id], supply=10_000, tempo=30) for id in ("K09", "P03")}
    assert guard(board, "K09", rest["K09"], None, "standing").most == 8
    at_work = attrs.evolve(rest["P03"], tempo=100)
    assert most_missiles(board, rest["P03"]) == most_missiles(board, at_work) * 30 // 100 > 0


# What a log opens --------------------------------------------------------------------------------------------------


def test_lg6_and_lg8_open_down_to_sources_lanes_and_losses_in_words() -> None:
    """A corps at the front asks for a hundred points; a rival takes half of what its road lets through."""
    tables = {"use": {"ground": 200, "air": 12, "battery": 3, "ship": 10}}
    week = opening("supply")
    board = attrs.evolve(week.setting.board, tables={**week.setting.board.tables, "logistics": tables})
    before = attrs.evolve(week, turn=2, setting=attrs.evolve(week.setting, board=board))
    sent = tuple(logistics.PHASES["route"](before, Book({}), Luck(1, 2, 0)))
    there = apply(before, sent)
    key = "KR.KBUS>FWES.supply.2"
    going = there.parts[supply.SHIPMENTS][key]
    robbed = {**there.parts[supply.SHIPMENTS], key: attrs.evolve(going, amount=going.amount - 1500)}
    come = logistics.PHASES["arrive"](
        attrs.evolve(there, parts={**there.parts, supply.SHIPMENTS: robbed}), Book({}), Luck(1, 2, 0)
    )
    speech = Speech(Names.of(board), {})
    lines = [
        line
        for event in (*sent, *come)
        if event.seat == "KR" and event.rule in ("LG6", "LG8")
        for _, line in opened(event.rule, "", event.inputs, event.rolls, event.effects, speech, truth=True)
    ]
    for wanted in (
        "30.0 points leave (Busan-Jinhae > Front West by rail)",
        "30.0 points over the lane (Seoul > Front West, 30.0 a turn, facts A3)",
        "it binds: the road, 30.0 points (Seoul > Front West, LG4)",
        "stocks, South Korea, Busan-Jinhae, supply: amount \N{MINUS SIGN}30.0",
        "15.0 points arrive (Busan-Jinhae > Front West by rail)",
        "15.0 points taken on the way (Busan-Jinhae > Front West, of 30.0)",
    ):
        assert wanted in lines, lines
    ids = {*board.theatre.sites, *board.theatre.lanes}
    assert [line for line in lines if ids & {*re.split(r"[ ,()>]+", line)}] == []


# Forms, forecasts, empty games -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", ("JP", "KR", "US"))
def test_what_is_offered_may_be_given_and_nothing_else(seat: str) -> None:
    before = opening("supply")
    before = attrs.evolve(before, turn=2)
    tried: list[Order] = [
        Supply(seat, seat, "JKAN", "", "", "short"),
        Supply(seat, seat, "KKUN", "KKUN", "JYOK", "careful"),
        *(Allot(seat, p, by, n) for p in ("JNAH", "TSU", "CFUZ") for by in ("sea", "air") for n in (25, 60)),
        *(Loan(seat, other, n) for other in ("JP", "KR", "US", "KP") for n in (1, 5)),
        *(Tempo(seat, id, pace) for id in (seat, "J09", "K08", "U03", "P06") for pace in ("idle", "fast")),
        *(Repair(seat, p, "port") for p in ("JSAS", "KBUS")),
    ]
    assert_agree(logistics, before, seat, tried)


def test_a_forecast_says_what_then_comes() -> None:
    before = attrs.evolve(opening("supply"), turn=2)
    for seat in ("JP", "KR", "US", "KP"):
        found = estimate(view(before, seat), Plan(seat))
        assert found is not None
        there = apply(before, tuple(logistics.PHASES["route"](before, Book({}), Luck(1, 2, 0))))
        there = apply(there, tuple(logistics.PHASES["arrive"](there, Book({}), Luck(1, 2, 0))))
        assert {id: row.after for id, row in found.issued.items()} == {
            id: c.supply for id, c in there.counters.items() if c.owner == seat
        }


def test_where_nothing_can_be_sent_the_staff_says_so_and_names_no_bottleneck() -> None:
    before = attrs.evolve(opening("supply"), turn=2, stocks={})
    (shown,) = logistics.forecast(view(before, "KR"), Plan("KR"))
    assert [line.id for line in shown.lines][:2] == ["logistics.no_way", "logistics.at_place"]


def test_a_game_without_stocks_or_sources_goes_on() -> None:
    before = attrs.evolve(opening("supply"), turn=2, stocks={})
    for name, phase in logistics.PHASES.items():
        before = apply(before, tuple(phase(before, Book({}), Luck(1, 2, 0))))
        assert name
    assert all(c.supply < supply.load(before.setting.board, c) for c in before.counters.values())
    for seat in ("JP", "US"):
        assert list(logistics.options(view(before, seat)))
        assert list(logistics.ledgers(view(before, seat), Plan(seat)))


def test_a_scene_of_the_state_knows_everybody_and_a_views_its_own() -> None:
    before = attrs.evolve(opening("supply"), turn=2)
    assert set(of_state(before, Book({})).seats) == set(before.nations)
    found = estimate(view(before, "KR"), Plan("KR"))
    assert found is not None and found.scene.seats == ("KR",)


def test_who_runs_short_before_supply_comes_is_named_though_all_of_it_is_sent() -> None:
    """Only Hawaii has supply, and that is more than a week away: all is sent, and comes too late (LG6)."""
    first = game("week_one")
    supplies = {id: stock for id, stock in first.stocks.items() if stock.commodity == supply.SUPPLY}
    far = {id: changed(stock, {"amount": 0}) for id, stock in supplies.items() if stock.place != "HHAW"}
    before = attrs.evolve(first, stocks={**first.stocks, **far})
    (shown,) = logistics.forecast(view(before, "US"), Plan("US"))
    assert shown.lines[0] == say("logistics.late", n=len(shown.binds))
    assert say("logistics.cell_place", place="KKUN") in shown.binds
    (well,) = logistics.forecast(view(first, "US"), Plan("US"))
    assert well.lines[0].id == "logistics.all_met" and not well.binds
