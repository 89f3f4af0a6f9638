"""What a staff at sea shows: chances by level, what merchants must fear, submarines left; and the numbers behind."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.apply import apply
from game.core.events import Told, told
from game.core.luck import Luck
from game.core.model import Contact, State
from game.core.odds import PPM, TOTAL, binomial
from game.core.odds_search import barrier, escape, random_search, sunk, willingness
from game.core.orders import Book, Plan
from game.core.rulebook import Temper
from game.core.sea import MINES, TRADE, Control, Duty, Minefield, Trade
from game.core.setting import Figure
from game.core.staff import Forecast, Ledger, bars
from game.core.supply import SHIPMENTS, SUPPLY, Shipment
from game.core.view import view
from game.core.words import Message
from rules import patrols
from rules.movement import Deploy
from rules.patrols.fears import usual
from rules.patrols.search import search, sorties, swept
from rules.patrols.show import cover_of
from rules.patrols.strike import attack, escorts, strike
from rules.patrols.strike import mines as sweep
from rules.patrols.tables import BARRIER, ESCORT, Guard, Left, Patrol, rolled
from rules.patrols.trade import holder_of
from tests.cases.packs import opening

SOUTH = Trade("JP", ("ECS", "OSU"), 10, 10, 0)


def sea(level: int = 0, *contacts: Contact, **parts: dict[str, Any]) -> State:
    """The patrol week's second turn with Japan's merchants at sea, and contacts that somebody holds."""
    state = opening("patrol")
    core: dict[str, Any] = {
        "pacts": {"JP-KR": attrs.evolve(state.pacts["JP-KR"], patrols=level)},
        "contacts": {f"{c.owner}.{n}": c for n, c in enumerate(contacts)},
    }
    tables = {TRADE: {"south": SOUTH}, **{f"patrols.{name}": table for name, table in parts.items()}}
    return attrs.evolve(state, turn=2, hour=2160, parts={**state.parts, **tables}, **core)


def boats(at: str, steps: int, owner: str = "JP") -> Contact:
    return Contact(owner, "C13", "CN", "submarine", at, steps, 3, 2000, 1, 1, owner)


def forecasts(state: State, seat: str, *orders: Any) -> list[Forecast]:
    return list(patrols.forecast(view(state, seat), Plan(seat, orders)))


def ledger(state: State, seat: str, id: str, *orders: Any) -> Ledger:
    (found,) = (row for row in patrols.ledgers(view(state, seat), Plan(seat, orders)) if row.id == id)
    return found


def ppm(message: Message) -> int:
    return int(message.as_dict()["ppm"])


# Search (S1 to S3) ----------------------------------------------------------------------------------------------


def test_a_pulse_holds_half_of_a_weeks_sorties_by_the_steps_left() -> None:
    board, wing = opening("patrol").setting.board, opening("patrol").counters["K06"]
    assert sorties(board, wing) == 3000
    assert sorties(board, attrs.evolve(wing, steps=1)) == 1000


def test_a_wing_without_supply_flies_nothing_and_a_short_one_sixty_percent() -> None:
    board = opening("patrol").setting.board
    board = attrs.evolve(board, chapters=(*board.chapters, "logistics"))
    wing = opening("patrol").counters["K06"]
    assert sorties(board, attrs.evolve(wing, supply=0)) == 0
    assert sorties(board, attrs.evolve(wing, supply=36)) == 1800
    assert sorties(board, attrs.evolve(wing, supply=10_000)) == 3000
    assert [sorties(board, attrs.evolve(wing, supply=10_000, tempo=n)) for n in (30, 160)] == [900, 4800]


def test_a_forecast_of_a_search_is_koopmans_and_says_what_m3_would_change() -> None:
    """Korea alone, below M2: its own half, so R(2c) / 2, and 0.4 of it lost at the line."""
    state = sea()
    cover = swept(state.setting.board, state.counters["K06"], "SJW")
    assert cover == 15 * 400 * 8 * 3000 // 300
    (found,) = forecasts(state, "KR", Patrol("KR", "K06", "SJW"))
    now = {i.name: i.value for i in found.inputs}
    assert found.rule == "S2" and now["K06.coverage"] == cover
    assert now["find_boat"] == now["halves"] == random_search(2 * cover) // 2 * 600_000 // PPM
    assert ppm(found.lines[1]) > ppm(found.lines[0]) == now["find_boat"]
    (top,) = forecasts(sea(3), "KR", Patrol("KR", "K06", "SJW"))
    assert len(top.lines) == 1


@pytest.mark.parametrize(("boats", "japan"), [(6, 1), (2, 1), (3, 4), (3, 0)])
def test_who_finds_a_boat_opens_its_own_search_and_no_more(boats: int, japan: int) -> None:
    """One boat found of two, three or six, with much, little or no help from Japan: Korea is told the same, whole."""

    def korea(boats: int, japan: int) -> Told:
        state = sea(duties={"K06": Duty("KR", "patrol", "ECS"), "J07": Duty("JP", "patrol", "ECS")})
        wings = {"J07": attrs.evolve(state.counters["J07"], steps=japan)} if japan else {}
        counters = {k: c for k, c in state.counters.items() if k != "J07"} | wings
        counters["C13"] = attrs.evolve(counters["C13"], steps=boats)
        state = attrs.evolve(state, counters=dict(sorted(counters.items())))
        for draw in range(0, 1 << 64, 1 << 57):  # the first draw by which one boat is found, and not sunk
            luck = Luck(1, 2, 1, {"S2|C13": draw, "S5|C13": 0})
            heard = [t for e in search(state, Book({}), luck) if (t := told(e, "KR", "2a")) is not None]
            if heard and heard[0].message.as_dict()["n"] == 1:
                return heard[0]
        raise AssertionError("never one alone")

    what = korea(boats, japan)
    assert what == korea(3, 2) and what.whole
    given = {i.name: i.value for i in what.inputs}
    assert (given["found"], given["K06.sorties"]) == (1, 3000) and not any("J07" in name for name in given)


def test_the_board_of_zones_says_what_each_level_would_find() -> None:
    rows = ledger(sea(), "KR", "patrols.zones", Patrol("KR", "K06", "SJW")).rows
    chances = [ppm(cell) for cell in rows[0].cells[2:] if isinstance(cell, Message)]
    assert len(chances) == 5 and chances[0] == chances[1] == chances[2] < chances[3] < chances[4]


def test_a_nation_outside_the_pact_sees_no_levels() -> None:
    rows = ledger(sea(control={"SJW": Control("", "allies")}), "KP", "patrols.zones").rows
    assert {len(row.cells) for row in rows} == {3}


def test_the_board_of_zones_names_every_zone_from_the_first_turn_on() -> None:
    """Those searched and held first; a chance stands only where somebody searches."""
    world = sea(control={"TSU": Control("", "allies"), "MIY": Control("", "")})
    rows = ledger(world, "KR", "patrols.zones", Patrol("KR", "K06", "SJW")).rows
    seas = {id for id, site in opening("patrol").setting.board.theatre.sites.items() if site.sea}
    assert {row.source for row in rows} == seas and [row.source for row in rows][:2] == ["SJW", "TSU"]
    assert [row.cells[1].id for row in rows[:3] if isinstance(row.cells[1], Message)] == [
        "patrols.cell_nobody",
        "patrols.cell_held",
        "patrols.cell_nobody",
    ]
    assert all(isinstance(cell, Message) for cell in rows[0].cells) and set(rows[1].cells[2:]) == {""}


@pytest.mark.parametrize(("choke", "steps", "chance"), [(100, 3, 503_207), (30, 1, 693_333), (20, 3, 1_000_000)])
def test_a_barrier_is_the_crossover_formula_with_a_step_a_line(choke: int, steps: int, chance: int) -> None:
    """S4: W 8, v 24, u 10: 0.208 at a strait of 100 km; a strait that one step covers whole is shut."""
    assert abs(barrier(BARRIER[0], choke, *BARRIER[1:], steps) - chance) <= 1


def test_example_19_in_play() -> None:
    """Facts C4: three boats, each found with 0.4 by a wing, else attacking with 0.5 and sinking 1.5 ships in the
    mean: 1.35 ships. Both phases are played over draws at even distances."""
    state = sea(duties={"J07": Duty("JP", "patrol", "ECS"), "C13": Duty("CN", "hunt")})
    board = state.setting.board
    wing = {"sweep_width": 1, "search_speed": 1, "search_time": 1, "sorties": 255_413}  # c = 0.510826
    forms = {
        id: attrs.evolve(board.formations[id], steps=4, figures={k: Figure(n, "") for k, n in figures.items()})
        for id, figures in {"J07": wing, "C13": {"attack": 500_000, "torpedoes": 6}}.items()
    }
    tables = {**board.tables, "patrols": {**board.tables["patrols"], "quiet": {}}}
    board = attrs.evolve(board, formations={**board.formations, **forms}, tables=tables)
    counters = {**state.counters, "J07": attrs.evolve(state.counters["J07"], steps=4)}
    state = attrs.evolve(state, setting=attrs.evolve(state.setting, board=board), counters=counters)
    first, second, total = 40, 160, 0
    for n in range(first):
        looking = Luck(1, 2, 1, {"S2|C13": ((2 * n + 1) << 63) // first, "S5|C13": 0})
        found = apply(state, search(state, Book({}), looking))
        for m in range(second):
            luck = Luck(1, 2, 1, {"S6|CN.ECS.convoys": ((2 * m + 1) << 63) // second})
            after = apply(found, strike(found, Book({}), luck))
            total += 10 - int(after.table(TRADE)["south"].afloat)
    assert abs(total / (first * second) - 1.35) < 0.02


def test_example_20_in_play() -> None:
    """Facts C4: ten mines are a risk of 0.182927 to a hull, a quarter of it to a convoy's; three steps of sweepers in
    a week, 0.5 each, leave 4.4626 of twenty."""
    mines = {"CN.ECS": Minefield("CN", "ECS", 10)}
    state = sea(mines=mines)
    draws = 1000
    hits = 0
    for n in range(draws):
        luck = Luck(1, 2, 1, {"S10|CN.ECS.JP": ((2 * n + 1) << 63) // draws})
        hits += 10 - int(apply(state, sweep(state, Book({}), luck)).table(TRADE)["south"].afloat)
    assert abs(hits / draws - 10 * 0.182927 / 4) < 0.01
    state = sea(mines={"CN.OSU": Minefield("CN", "OSU", 20)}, duties={"J15": Duty("JP", "sweep")})
    quiet = attrs.evolve(state, counters={"J15": attrs.evolve(state.counters["J15"], at="OSU")}, parts=state.parts)
    quiet = attrs.evolve(quiet, parts={k: v for k, v in quiet.parts.items() if k != TRADE})
    draws, left = 50, 0
    for n in range(draws):
        first = Luck(1, 2, 1, {"S11|J15.CN.OSU": ((2 * n + 1) << 63) // draws, "S10|CN.OSU.J15": (1 << 64) - 1})
        half = apply(quiet, sweep(quiet, Book({}), first))
        for m in range(draws):
            luck = Luck(1, 2, 2, {"S11|J15.CN.OSU": ((2 * m + 1) << 63) // draws, "S10|CN.OSU.J15": (1 << 64) - 1})
            field = apply(half, sweep(half, Book({}), luck)).table(MINES).get("CN.OSU")
            left += 0 if field is None else int(field.mines)
    assert abs(left / draws**2 - 4.4626) < 0.05


def hungry(state: State, id: str, steps: int, at: str, supply: int) -> State:
    """`state` with logistics, and one counter that carries so much."""
    board = state.setting.board
    board = attrs.evolve(board, chapters=(*board.chapters, "logistics"))
    counter = attrs.evolve(state.counters[id], steps=steps, at=at, supply=supply)
    return attrs.evolve(
        state, setting=attrs.evolve(state.setting, board=board), counters={**state.counters, id: counter}
    )


@pytest.mark.parametrize(("days", "percent"), [(20, 100), (2, 60), (0, 0)])
def test_boats_blockades_and_sweepers_do_what_their_supply_allows(days: int, percent: int) -> None:
    """LG10: all, 60 percent, nothing: a boat's 0.22, ten steps of blockade, a sweeper's rate of 0.75 a pulse."""
    boat = hungry(sea(), "C13", 3, "ECS", days * 3 * 4)
    assert attack(boat.setting.board, boat.counters["C13"], 0) == 220_000 * percent // 100

    fleet = hungry(sea(duties={"C11": Duty("CN", "blockade")}), "C11", 10, "ECS", days * 100)
    after = apply(fleet, strike(fleet, Book({}), Luck(1, 2, 1, {"S8|C11": 0})))
    assert 10 - int(after.table(TRADE)["south"].afloat) == 10 * percent // 100

    fields = {"CN.OSU": Minefield("CN", "OSU", 20)}
    sweeper = hungry(sea(mines=fields, duties={"J15": Duty("JP", "sweep")}), "J15", 3, "OSU", days * 30)
    luck = Luck(1, 2, 1, {f"S10|CN.OSU.{who}": (1 << 64) - 1 for who in ("J05", "J06", "J15", "JP")})
    (event,) = (e for e in sweep(sweeper, Book({}), luck) if e.rule == "S11")
    given = {i.name: i.value for i in event.inputs}
    assert given["sweeps"] == PPM - escape(750_000 * percent // 100)


def test_escorts_count_against_those_they_fight() -> None:
    state = sea(duties={"J05": Duty("JP", "escort"), "K04": Duty("KR", "escort")})
    state = attrs.evolve(state, counters={**state.counters, "J05": attrs.evolve(state.counters["J05"], at="SJW")})
    japan, korea = (
        state.setting.board.figure(state.counters[k], "asw") * state.counters[k].steps for k in ("J05", "K04")
    )
    assert [escorts(state, "SJW", foe) for foe in ("KP", "CN", "KR")] == [japan + korea, japan + korea, 0]
    assert escorts(state, "OSU", "CN") == 0


@given(st.integers(0, (1 << 64) - 1))
def test_the_table_of_a_draw_holds_what_was_drawn(draw: int) -> None:
    odds = binomial(40, 500_000, "high")
    roll = rolled("S6", "X", odds, draw)
    assert len(roll.odds) <= 12
    assert dict(roll.odds)[roll.result] == roll.chance == odds.chance(odds.index(draw))
    assert [int(label) for label, _ in roll.odds] == sorted((int(label) for label, _ in roll.odds), reverse=True)


# What merchants must fear (S6, S7) ------------------------------------------------------------------------------


def test_known_boats_on_a_route_are_charted_exactly() -> None:
    (found,) = forecasts(sea(0, boats("ECS", 3)), "JP")
    attack, torpedoes, _ = usual(opening("patrol").setting.board, "CN")
    ships = (10 * willingness(0) + PPM // 2) // PPM
    odds = sunk([(6, attack, torpedoes)], ships)
    assert (found.rule, found.place, found.odds) == ("S6", "ECS", bars(odds))
    assert found.mean_millis == odds.mean_millis(lambda n: n) > 0
    assert sum(chance for _, chance in found.odds) == PPM


def test_merchants_that_go_round_fear_what_lies_on_that_way() -> None:
    """China holds ECS: boats known there matter no more, those in the Philippine Sea do."""
    route = {
        "id": "south",
        "nation": "JP",
        "zones": ("ECS", "OSU"),
        "around": ("PSN", "OSU"),
        "ships": 8,
        "belief": 0,
    }

    def charts(*contacts: Contact) -> list[Forecast]:
        state = sea(0, *contacts, control={"ECS": Control("", "china")})
        board = state.setting.board
        board = attrs.evolve(board, tables={**board.tables, "patrols": {"routes": (route,)}})
        return forecasts(attrs.evolve(state, setting=attrs.evolve(state.setting, board=board)), "JP")

    assert charts(boats("ECS", 3)) == []
    (found,) = charts(boats("PSN", 3))
    assert {i.name: i.value for i in found.inputs}["ships"] == (6 * willingness(0) + PPM // 2) // PPM


@pytest.mark.parametrize("contacts", [(), (boats("SJE", 3),), (boats("ECS", 3, "KR"),)])
def test_where_no_boat_is_known_those_based_beside_the_way_are_expected(contacts: tuple[Contact, ...]) -> None:
    """Twelve boats at Ningbo, which opens on ECS: a third are taken to be there, whatever is known elsewhere."""
    (found,) = forecasts(sea(0, *contacts), "JP")
    attack, torpedoes, _ = usual(opening("patrol").setting.board, "CN")
    assert found.odds == bars(sunk([(8, attack, torpedoes)], 10))
    assert found.place == "ECS" and found.lines[1].id == "patrols.fear_expected"
    assert forecasts(sea(0, *contacts), "KR") == []  # no merchants of Korea's


def test_the_first_plan_of_a_game_knows_its_routes() -> None:
    state = attrs.evolve(sea(), parts={})
    assert [f.odds for f in forecasts(state, "JP")] == [f.odds for f in forecasts(sea(), "JP")]


def test_search_and_escort_make_the_chart_kinder() -> None:
    known = boats("OSU", 3)
    (bare,) = forecasts(sea(0, known), "JP")
    (escorted,) = forecasts(sea(0, known), "JP", Guard("JP", "J05", "escort"))
    searched = forecasts(sea(0, known), "JP", Patrol("JP", "J07", "OSU"))[-1]
    assert escorted.mean_millis < bare.mean_millis
    assert searched.mean_millis < bare.mean_millis
    (standing,) = forecasts(sea(0, known, duties={"J05": Duty("JP", "escort")}), "JP")
    assert standing.mean_millis == escorted.mean_millis
    turned = forecasts(sea(0, known, duties={"J05": Duty("JP", "escort")}), "JP", Guard("JP", "J05", "blockade"))
    assert turned[0].mean_millis == bare.mean_millis
    assert ESCORT > 0


def test_pulling_hulls_south_opens_the_north_on_the_staffs_own_chart() -> None:
    """Korea's merchants for Pohang under four frigates on escort, and six boats at Sinpo: half of the frigates are
    sent south, then all."""
    route = {"id": "pohang", "nation": "KR", "zones": ("SJW",), "ships": 6, "belief": 0}
    state = sea(duties={"K04": Duty("KR", "escort")})
    board = state.setting.board
    board = attrs.evolve(board, tables={**board.tables, "patrols": {"routes": (route,)}})
    state = attrs.evolve(state, setting=attrs.evolve(state.setting, board=board))
    trade = {"pohang": Trade("KR", ("SJW",), 6, 6, 0)}
    state = attrs.evolve(state, parts={**state.parts, TRADE: trade})
    attack, torpedoes, _ = usual(board, "KP")

    def chart(*orders: Deploy) -> tuple[int, Forecast]:
        (found,) = forecasts(state, "KR", *orders)
        return next(int(i.value) for i in found.inputs if i.name == "escort"), found

    stays, half, gone = chart(), chart(Deploy("KR", "K04", "TSU", 2)), chart(Deploy("KR", "K04", "TSU", 4))
    assert [points for points, _ in (stays, half, gone)] == [8, 4, 0]
    assert stays[1].mean_millis < half[1].mean_millis < gone[1].mean_millis
    assert gone[1].odds == bars(sunk([(2 * 2, attack, torpedoes)], 6))


def test_pulling_hulls_south_opens_the_north() -> None:
    """The same boats and the same luck, draw by draw: without the frigates never fewer ships are sunk off Pohang,
    and more by some draws."""
    state = sea(duties={"K04": Duty("KR", "escort"), "P10": Duty("KP", "hunt")})
    state = attrs.evolve(state, parts={**state.parts, TRADE: {"pohang": Trade("KR", ("SJW",), 6, 6, 0)}})
    south = {**state.counters, "K04": attrs.evolve(state.counters["K04"], at="TSU")}

    def sunk_by(state: State, draw: int) -> int:
        luck = Luck(1, 2, 1, {"S6|KP.SJW.convoys": draw})
        after = apply(state, strike(state, Book({}), luck))
        return 6 - int(after.table(TRADE)["pohang"].afloat)

    pairs = [(sunk_by(state, d), sunk_by(attrs.evolve(state, counters=south), d)) for d in range(0, 1 << 64, 1 << 58)]
    assert all(guarded <= bare for guarded, bare in pairs) and any(guarded < bare for guarded, bare in pairs)


def test_boats_of_unknown_number_are_told_as_assumed() -> None:
    (found,) = forecasts(sea(0, boats("ECS", -1)), "JP")
    assert found.assumed == ("ECS",)


# Boards and layers ----------------------------------------------------------------------------------------------


def test_submarines_left_stand_on_a_board_of_their_owner_alone() -> None:
    board = ledger(sea(duties={"C13": Duty("CN", "hunt")}), "CN", "patrols.boats")
    assert [(row.source, row.cells[2], row.cells[3]) for row in board.rows] == [("C13", 3, 12)]
    rivals = [row.source for row in ledger(sea(), "JP", "patrols.boats").rows]
    assert rivals == ["J06"]


def test_layers_show_who_holds_what_is_searched_and_own_mines() -> None:
    state = sea(
        control={"SJW": Control("", "allies"), "ECS": Control("", "china"), "TSU": Control("", "")},
        mines={"JP.OSU": Minefield("JP", "OSU", 4), "CN.ECS": Minefield("CN", "ECS", 9)},
    )
    found = patrols.patches(view(state, "JP"), Plan("JP", (Patrol("JP", "J07", "SJE"),)))
    tones = {(p.layer, p.place): p.tone for p in found}
    assert tones == {
        ("control", "SJW"): "own",
        ("control", "ECS"): "rival",
        ("control", "TSU"): "disputed",
        ("patrol", "SJE"): "chance",
        ("patrol", "OSU"): "mines",
    }


@pytest.mark.parametrize(
    ("weight", "side"),
    [({}, ""), ({"a": 3}, "a"), ({"a": 3, "b": 2}, "a"), ({"a": 3, "b": 3}, ""), ({"a": 1, "b": 2}, "b")],
)
def test_who_is_half_as_strong_again_holds_the_sea(weight: dict[str, int], side: str) -> None:
    assert holder_of(opening("patrol").setting.board, weight) == side


# Losses ---------------------------------------------------------------------------------------------------------


def test_steps_go_down_with_their_share_of_what_they_carry() -> None:
    state = opening("patrol")
    group = attrs.evolve(state.counters["J05"], steps=4, missiles=10, rounds=3, supply=99)
    left = Left(attrs.evolve(state, counters={**state.counters, "J05": group}))
    gone: dict[str, int] = {}
    for n in (1, 2, 1):
        for effect in left.take("J05", n):
            amount = getattr(effect, "n", 0)
            gone[getattr(effect, "field", "")] = gone.get(getattr(effect, "field", ""), 0) - amount
    assert gone == {"steps": 4, "missiles": 10, "rounds": 3, "supply": 99}


@pytest.mark.parametrize(("n", "left"), [(0, 1200), (1, 700), (2, 200), (3, None)])
def test_a_shipment_loses_what_its_sunken_ships_carried(n: int, left: int | None) -> None:
    """Twelve points for Kyushu in three hulls, two of them full, through the zone where three boats hunt."""
    state = sea(duties={"C13": Duty("CN", "hunt")})
    board = state.setting.board
    lanes = tuple(id for id, lane in board.theatre.lanes.items() if "ECS" in (lane.a, lane.b))[:1]
    going = Shipment("JP", "JYOK", "JKAN", SUPPLY, "sea", 1200, 1200, lanes)
    state = attrs.evolve(state, parts={**state.parts, SHIPMENTS: {"JP.1": going}, TRADE: {}})
    boat = state.counters["C13"]
    odds = sunk([(3, board.figure(boat, "attack"), board.figure(boat, "torpedoes"))], 3)
    edge = odds.cumulative[odds.outcomes.index(n)]
    luck = Luck(1, 2, 1, {"S6|CN.ECS.convoys": ((edge - 1) << 64) // TOTAL})
    after = apply(state, strike(state, Book({}), luck))
    row = after.table(SHIPMENTS).get("JP.1")
    assert (None if row is None else row.amount) == left
    assert after.tallies["JP.ships.lost"].n == n if n else "JP.ships.lost" not in after.tallies


# Doctrine -------------------------------------------------------------------------------------------------------


def test_a_staff_does_not_order_what_is_done_already() -> None:
    fresh = [p.order for p in patrols.propose(view(sea(), "KR"), Temper())]
    known = [p.order for p in patrols.propose(view(sea(0, boats("SJW", 3, "KR")), "KR"), Temper())]
    assert Patrol("KR", "K06", "SJW") in known and Patrol("KR", "K06", "SJW") not in fresh
    state = sea(0, boats("SJW", 3, "KR"), duties={"K06": Duty("KR", "patrol", "SJW")})
    assert Patrol("KR", "K06", "SJW") not in [p.order for p in patrols.propose(view(state, "KR"), Temper())]


def test_a_staff_reckons_with_no_search_from_a_closed_runway() -> None:
    """The duty stands until the pulse ends it; on the chart it is worth nothing already, and it finds nothing."""
    on_patrol = sea(duties={"K06": Duty("KR", "patrol", "SJW")})
    shut = {**on_patrol.places, "KPOH": attrs.evolve(on_patrol.places["KPOH"], runway=5)}
    closed = attrs.evolve(on_patrol, places=shut)
    assert cover_of(view(on_patrol, "KR"), Plan("KR"))["SJW"]["KR"] > 0
    assert "SJW" not in cover_of(view(closed, "KR"), Plan("KR"))
    assert not [e for e in search(closed, Book({}), Luck(1, 2, 1)) if e.rule == "S5"]
