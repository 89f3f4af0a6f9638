"""Movement, rule by rule, on the small map; and its laws over generated positions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.ids import date
from game.core.luck import Luck
from game.core.model import Counter, Place, State
from game.core.orders import Order, Plan
from game.core.rulebook import Temper
from game.core.sea import CONTROL, Control
from game.core.view import view
from game.table.players import pick
from rules import movement
from rules.movement import CallUp, Deploy, Join, Lift, Refuel
from tests.cases import packs
from tests.rules.small import COUNTERS, FORMATIONS, SITES, assert_agree, play, refusal, settled, state

PLACES = tuple(s.id for s in SITES)


def moving(**changes: object) -> dict[str, Counter]:
    """The opening counters, some of them changed by id."""
    out = dict(COUNTERS)
    for id, change in changes.items():
        assert isinstance(change, dict)
        out[id] = attrs.evolve(out[id], **change)
    return out


def sums(now: State, field: str) -> Mapping[str, int]:
    out: dict[str, int] = {}
    for row in now.counters.values():
        out[row.formation] = out.get(row.formation, 0) + getattr(row, field)
    return out


def squadrons(now: State, place: str) -> int:
    there = (c for c in now.counters.values() if c.at == place)
    return sum(c.steps for c in there if FORMATIONS[c.formation].domain == "air")


def test_m1_nothing_moves_in_a_cabinet_turn() -> None:
    cabinet = state(turn=1, pulse=0)
    assert refusal(movement, cabinet, Deploy("JP", "J1", "HOME", 3)) == "M1"
    assert list(movement.options(view(cabinet, "JP"))) == []


def test_m2_nobody_moves_what_is_not_his_own_or_more_steps_than_there_are() -> None:
    assert refusal(movement, state(), Deploy("JP", "K1", "SEA", 2)) == "M2"
    assert refusal(movement, state(), Deploy("JP", "J1", "HOME", 4)) == "M2"
    assert refusal(movement, state(), Deploy("JP", "J1", "HOME", 0)) == "M2"


def test_m2_part_of_a_counter_takes_its_share_and_a_name_of_its_own() -> None:
    after, _ = play(movement.move, state(), Deploy("JP", "J3", "WEST", 1))
    part, rest = after.counters["J3>WEST.2a"], after.counters["J3"]
    assert (part.at, part.steps, part.rounds) == ("WEST", 1, 15)  # a quarter of 63, rounded down
    assert (rest.at, rest.steps, rest.rounds) == ("HOME", 3, 48)


@pytest.mark.parametrize(("steps", "with_part"), [(1, 0), (2, 7)])
def test_m2_damage_goes_with_the_larger_part(steps: int, with_part: int) -> None:
    after, _ = play(movement.move, state(), Deploy("JP", "J1", "HOME", steps))
    assert after.counters["J1>HOME.2a"].damage == with_part
    assert after.counters["J1"].damage == 7 - with_part


def test_m2_of_equal_parts_the_one_that_stays_keeps_the_damage() -> None:
    before = state(moving(J1={"steps": 2}))
    after, _ = play(movement.move, before, Deploy("JP", "J1", "HOME", 1))
    assert after.counters["J1"].damage == 7


def test_m2_a_whole_counter_keeps_its_name() -> None:
    after, events = play(movement.move, state(), Deploy("JP", "J1", "HOME", 3))
    assert after.counters["J1"] == attrs.evolve(COUNTERS["J1"], at="HOME")
    assert [e.rule for e in events] == ["M3"]


def test_m3_warships_go_37_km_in_an_hour_and_sealift_24() -> None:
    km = movement.ways.in_reach(view(state(), "JP"), COUNTERS["J1"])
    assert km == {"HOME": 200, "ALLY": 300, "NOR": 350, "NKP": 600, "BASE": 1300}
    coast_guard = attrs.evolve(COUNTERS["J5"], at="BASE")  # 1,300 + 350 + 250 km to NKP, of 24 x 84 = 2,016
    assert movement.ways.in_reach(view(state(), "JP"), coast_guard)["NKP"] == 1900


def test_m3_no_ship_sails_through_a_port_or_a_closed_lane() -> None:
    from_home = movement.ways.in_reach(view(state(), "JP"), attrs.evolve(COUNTERS["J1"], at="HOME"))
    assert from_home["OUT"] == 900
    assert from_home["ALLY"] == 500  # by SEA, not by the ferry
    at_sea = movement.ways.in_reach(view(state(), "JP"), COUNTERS["J1"])
    assert "OUT" not in at_sea  # HOME lies between, and the lane from NOR is closed


def test_m3_batteries_go_by_road_and_ferry_where_they_have_access() -> None:
    assert refusal(movement, state(), Deploy("JP", "J3", "WEST", 4)) == ""
    assert refusal(movement, state(), Deploy("JP", "J3", "CAMP", 4)) == "M4"
    open_korea = state(access={"JP": ("JP", "KR")})
    assert refusal(movement, open_korea, Deploy("JP", "J3", "CAMP", 4)) == ""  # 570 km of 1,000
    assert refusal(movement, open_korea, Deploy("JP", "J3", "SEA", 4)) == "M4"


def test_m3_nothing_crosses_the_front_by_road() -> None:
    ajar = state(access={"KP": ("KP", "KR")})
    launchers = movement.ways.in_reach(view(ajar, "KP"), COUNTERS["P1"])
    assert launchers == {"NKP": 180}
    both_sides = state(access={"JP": ("JP", "KR", "KP")})
    battery = movement.ways.in_reach(view(both_sides, "JP"), attrs.evolve(COUNTERS["J3"], at="CAMP"))
    assert "ALLY" in battery and "BELT" not in battery


def test_m3_aircraft_go_2000_km_great_circle() -> None:
    assert refusal(movement, state(access={"JP": ("JP", "US", "KR")}), Deploy("JP", "J2", "BASE", 2)) == "M5"
    assert refusal(movement, state(moving(U1={"at": "HOME"})), Deploy("JP", "J2", "BASE", 2)) == ""
    near = state(movement={"air_km": 500})
    assert refusal(movement, near, Deploy("JP", "J2", "BASE", 1)) == "M3"
    assert refusal(movement, near, Deploy("JP", "J2", "HOME", 1)) == "M3"  # there already


def test_m4_ships_need_a_port_and_aircraft_an_airfield_of_a_nation_that_lets_them() -> None:
    assert refusal(movement, state(), Deploy("JP", "J1", "ALLY", 3)) == "M4"
    assert refusal(movement, state(access={"JP": ("JP", "KR")}), Deploy("JP", "J1", "ALLY", 3)) == ""
    assert refusal(movement, state(), Deploy("KR", "K2", "CAMP", 1)) == "M4"
    assert refusal(movement, state(), Deploy("JP", "J1", "NOR", 3)) == ""


def test_m4_launchers_stay_at_home_whoever_gives_access() -> None:
    ajar = state(access={"KP": ("KP", "KR")})
    assert refusal(movement, ajar, Deploy("KP", "P1", "CAMP", 1)) == "M4"
    assert refusal(movement, ajar, Deploy("KP", "P1", "NKP", 1)) == ""


def test_m5_an_airfield_bases_two_squadrons_a_point() -> None:
    # WEST has one point, and J4's two steps stand there.
    assert refusal(movement, state(), Deploy("JP", "J2", "WEST", 1)) == "M5"
    assert refusal(movement, state(moving(J4={"steps": 1})), Deploy("JP", "J2", "WEST", 1)) == ""
    assert refusal(movement, state(moving(J4={"steps": 1})), Deploy("JP", "J2", "WEST", 2)) == "M5"


def test_m5_a_plan_does_not_promise_one_berth_twice() -> None:
    # HOME has two points: J2's three steps, and room for one.
    spread = state(moving(J2={"steps": 1}, J4={"at": "BASE"}, U1={"at": "ALLY", "steps": 1}, K2={"steps": 1}))
    one, other = Deploy("JP", "J2", "WEST", 1), Deploy("JP", "J4", "WEST", 2)
    assert refusal(movement, spread, one) == "" == refusal(movement, spread, other)
    assert refusal(movement, spread, other, one) == "M5"


def test_m5_the_host_goes_first_and_what_does_not_fit_stays() -> None:
    # ALLY bases four: K4 alone is there. KR's K2 comes home with two, and US guests want two of the one berth left.
    before = state(
        moving(K2={"at": "BASE", "steps": 2}, U1={"at": "HOME", "steps": 2}, J2={"steps": 1}, K1={"at": "SEA"})
    )
    home, guest = Deploy("KR", "K2", "ALLY", 2), Deploy("US", "U1", "ALLY", 2)
    assert refusal(movement, before, home) == "" == refusal(movement, before, guest)
    after, events = play(movement.move, before, home, guest)
    assert after.counters["K2"].at == "ALLY"
    assert (after.counters["U1"].steps, after.counters["U1>ALLY.2a"].steps) == (1, 1)
    assert settled(events, guest).rule == "M5"


def test_m5_who_finds_no_room_stays_and_is_told() -> None:
    before = state(moving(K2={"at": "BASE", "steps": 3}, U1={"at": "HOME", "steps": 2}, J2={"steps": 1}))
    home, guest = Deploy("KR", "K2", "ALLY", 3), Deploy("US", "U1", "ALLY", 2)
    after, events = play(movement.move, before, home, guest)
    assert after.counters["U1"] == before.counters["U1"]
    assert settled(events, guest).message.id == "movement.full"


def test_m6_a_closed_runway_lets_nobody_in_or_out_and_a_closed_port_no_ship() -> None:
    shut = state(moving(J4={"steps": 1}), places={"WEST": Place("JP", runway=5)})
    assert refusal(movement, shut, Deploy("JP", "J2", "WEST", 1)) == "M6"
    assert refusal(movement, shut, Deploy("JP", "J4", "HOME", 1)) == "M6"
    harbor = state(places={"HOME": Place("JP", port=5)})
    assert refusal(movement, harbor, Deploy("JP", "J1", "HOME", 3)) == "M6"
    assert refusal(movement, harbor, Deploy("JP", "J5", "SEA", 2)) == "M6"
    assert refusal(movement, harbor, Deploy("JP", "J3", "WEST", 4)) == ""  # a battery needs no port


def test_m6_a_runway_closed_after_sealing_stops_the_move_and_says_so() -> None:
    order = Deploy("JP", "J2", "BASE", 1)
    shut = state(moving(U1={"steps": 1}), places={"HOME": Place("JP", runway=5)})
    after, events = play(movement.move, shut, order)
    assert after.counters == shut.counters
    assert settled(events, order).rule == "M6"


def test_m7_joining_takes_splitting_back() -> None:
    before = state()
    split, _ = play(movement.move, before, Deploy("JP", "J1", "HOME", 1))
    back, _ = play(movement.move, split, Deploy("JP", "J1>HOME.2a", "SEA", 1))
    joined, events = play(movement.move, back, Join("JP", "J1>HOME.2a", "J1"))
    assert joined.counters == before.counters
    assert [e.rule for e in events] == ["M7"]


def test_m7_no_join_of_strangers_at_a_distance_or_beyond_the_formation() -> None:
    assert refusal(movement, state(), Join("JP", "J2", "J3")) == "M7"
    twin = COUNTERS | {"J1b": Counter("JP", "J1", "HOME", 1)}
    assert refusal(movement, state(twin), Join("JP", "J1b", "J1")) == "M7"  # elsewhere
    twin["J1b"] = Counter("JP", "J1", "SEA", 1)
    assert refusal(movement, state(twin), Join("JP", "J1b", "J1")) == "M7"  # 4 steps of 3
    twin["J1"] = attrs.evolve(COUNTERS["J1"], steps=2)
    assert refusal(movement, state(twin), Join("JP", "J1b", "J1")) == ""
    twin["J1b"] = Counter("JP", "J1", "SEA", 1, damage=13)  # 7 + 13 would be a whole step of 20
    assert refusal(movement, state(twin), Join("JP", "J1b", "J1")) == "M7"


def test_m7_a_counter_joins_or_moves() -> None:
    twin = COUNTERS | {"J1": attrs.evolve(COUNTERS["J1"], steps=2), "J1b": Counter("JP", "J1", "SEA", 1)}
    join, move = Join("JP", "J1b", "J1"), Deploy("JP", "J1", "HOME", 1)
    assert refusal(movement, state(twin), join, move) == "M7"
    assert refusal(movement, state(twin), move, join) == "M7"
    after, events = play(movement.move, state(twin), join, move)
    assert settled(events, join).message.id == "movement.not_joined"
    assert after.counters["J1b"] == twin["J1b"]
    assert settled(events, move).rule == "M2"


def test_m7_nobody_joins_at_second_hand() -> None:
    parts = {k: Counter("JP", "J1", "SEA", 1, 8) for k in ("A", "B", "C")}
    orders = (Join("JP", "A", "B"), Join("JP", "B", "C"), Join("JP", "C", "A"))
    after, events = play(movement.move, state(parts), *orders)
    assert {k: c.steps for k, c in after.counters.items()} == {"B": 2, "C": 1}
    assert sorted(e.order for e in events) == sorted(o.id for o in orders)


def test_m8_the_last_battery_leaves_aircraft_behind() -> None:
    seen = view(state(), "JP")
    order = Deploy("JP", "J3", "WEST", 4)
    (found,) = movement.doubt(seen, Plan("JP", (order,)))
    assert (found.rule, found.order) == ("M8", order.id)
    assert list(movement.doubt(seen, Plan("JP", (attrs.evolve(order, steps=3),)))) == []


def test_m9_an_order_whose_counter_is_gone_says_so() -> None:
    order = Deploy("JP", "J1", "HOME", 3)
    without = {k: c for k, c in COUNTERS.items() if k != "J1"}
    _, events = play(movement.move, state(without), order)
    assert settled(events, order).rule == "M9"


def test_m9_what_is_left_of_the_steps_moves() -> None:
    order = Deploy("JP", "J1", "HOME", 3)
    after, events = play(movement.move, state(moving(J1={"steps": 2})), order)
    assert (after.counters["J1"].at, after.counters["J1"].steps) == ("HOME", 2)
    assert settled(events, order).rule == "M9"


def test_only_the_owner_is_told_the_sum_allies_hear_of_the_move_and_rivals_nothing() -> None:
    _, (event,) = play(movement.move, state(), Deploy("JP", "J1", "HOME", 3))
    assert event.all_to == ("JP",)
    assert {seat for seat, _ in event.hints} == {"KR", "US"}


# Laws -----------------------------------------------------------------------------------------------------------


@st.composite
def positions(draw: st.DrawFn) -> State:
    """Any counters anywhere that their kind may stand, any steps and damage to places, any access."""
    counters = {}
    for id, opening in COUNTERS.items():
        for key in (id, f"{id}b") if draw(st.booleans()) else (id,):
            steps = draw(st.integers(1, FORMATIONS[opening.formation].steps))
            at = draw(st.sampled_from(("SEA", "NOR", "HOME", "ALLY", "NKP", "WEST")))
            rounds, missiles = draw(st.integers(0, 70)), draw(st.integers(0, 70))
            damage = draw(st.sampled_from((0, 3, 9)))
            counters[key] = Counter(opening.owner, opening.formation, at, steps, rounds, missiles, damage)
    places = {
        s.id: Place(s.owner, draw(st.sampled_from((0, 0, 5))), draw(st.sampled_from((0, 0, 5))))
        for s in SITES
        if not s.sea
    }
    guests = draw(st.sampled_from((("JP",), ("JP", "US"), ("JP", "KR", "US"))))
    return state(counters, places=places, access={"JP": guests})


def every_order(now: State, seat: str) -> list[Order]:
    deploys: list[Order] = [Deploy(seat, id, to, n) for id in now.counters for to in (*PLACES, "X") for n in range(6)]
    joins = [Join(seat, id, into) for id in now.counters for into in now.counters]
    return [*deploys, *joins]


@settings(max_examples=25, deadline=None)
@given(positions(), st.sampled_from(("JP", "KR", "US", "KP")))
def test_options_and_faults_agree(now: State, seat: str) -> None:
    assert_agree(movement, now, seat, every_order(now, seat))


@settings(max_examples=40, deadline=None)
@given(positions(), st.data())
def test_moving_conserves_settles_and_never_overfills(now: State, data: st.DataObject) -> None:
    chosen = {}
    for seat in ("JP", "KR", "US", "KP"):
        for template in movement.options(view(now, seat)):
            if data.draw(st.booleans()):
                choice = {name: data.draw(st.sampled_from(domain)) for name, domain in template.domains}
                order = template.fill(**choice)
                chosen[order.id] = order
    after, events = play(movement.move, now, *chosen.values())
    for field in ("steps", "rounds", "missiles"):
        assert sums(after, field) == sums(now, field)
    assert sum(sums(after, "damage").values()) == sum(sums(now, "damage").values())
    assert sorted(e.order for e in events) == sorted(chosen)
    for site in SITES:
        assert squadrons(after, site.id) <= max(2 * site.air, squadrons(now, site.id))
    reverse, _ = play(movement.move, now, *reversed(chosen.values()))
    assert reverse == after


# Far from home (M10 to M16), on the shipped map ------------------------------------------------------------------

FAR = {
    "U02": Counter("US", "U02", "HHAW", 4, missiles=8),
    "U05": Counter("US", "U05", "JSAS", 3),
    "U06": Counter("US", "U06", "HHAW", 3),
    "U10": Counter("US", "U10", "JKAD", 2),
    "U16": Counter("US", "U16", "JNAH", 2, missiles=16),
    "U17": Counter("US", "U17", "JYTA", 3),
    "U18": Counter("US", "U18", "JSAS", 4, supply=10),
    "J14": Counter("US", "J14", "JSAS", 3, supply=7),
}
TABLES = {"pool": [{"counter": "U06", "days": 4}], "arrivals": [{"counter": "U02", "turn": 3}]}


def far(control: str = "") -> State:
    """The war weeks of the cases' game, with forces of the United States near and far."""
    first = packs.opening("week")
    board = first.setting.board
    board = attrs.evolve(board, tables={**board.tables, "movement": TABLES})
    parts: dict[str, Any] = {CONTROL: {"OSU": Control("", control)}} if control else {}
    return attrs.evolve(
        first,
        setting=attrs.evolve(first.setting, board=board),
        turn=2,
        pulse=1,
        hour=12,
        counters=dict(sorted({**first.counters, **FAR}.items())),
        parts=parts,
    )


def after_pulse(now: State) -> State:
    turn, pulse = (now.turn, 2) if now.pulse == 1 else (now.turn + 1, 1)
    return attrs.evolve(now, turn=turn, pulse=pulse, hour=now.hour + 84)


def holds_together(now: State) -> None:
    """Rows of movement speak of counters that are there, and what is aboard stands where its carrier stands."""
    for id, row in now.parts.get("movement.aboard", {}).items():
        assert now.counters[id].at == now.counters[row.by].at
    for table in ("movement.bound", "movement.coming", "movement.refueled"):
        for id, row in now.parts.get(table, {}).items():
            assert now.counters[id].owner == row.owner
    for id, way in now.parts.get("movement.ways", {}).items():
        assert now.counters[id].at not in way.zones
    for place, steps in movement.ways.squadrons(now.counters, now.setting.board).items():
        assert steps <= max(movement.ways.capacity(now.setting.board, place), squadrons_before(place))


def squadrons_before(place: str) -> int:
    return movement.ways.squadrons(far().counters, far().setting.board).get(place, 0)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(("", "north")))
def test_whatever_is_ordered_far_away_is_settled_and_loses_nothing_on_the_way(salt: int, control: str) -> None:
    now, luck = far(control), Luck(salt)
    fields = ("steps", "rounds", "missiles", "supply")
    had = {field: sums(now, field) for field in fields}
    for n in range(4):
        chosen: dict[str, Any] = {}
        for template in movement.options(view(now, "US")):
            if luck.hit(
                400_000, "take", f"{n}|{template.order.VERB}|{template.subject}|{template.domains[0][1][:1]}"
            ):
                order: Any = pick(template, luck, f"{n}|{template.subject}")
                if movement.fault(view(now, "US"), Plan("US", tuple(chosen.values())), order) is None:
                    chosen[order.id] = order
        after, events = play(movement.move, now, *chosen.values())
        assert sorted(e.order for e in events if e.order) == sorted(chosen)
        assert {field: sums(after, field) for field in fields} == had
        holds_together(after)
        for id, counter in after.counters.items():
            if counter.formation == "U18" and control:
                assert counter.at != "OSU", id
        now = after_pulse(after)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(("", "north")))
def test_far_options_and_faults_agree(salt: int, control: str) -> None:
    now, luck = far(control), Luck(salt)
    for n in range(3):
        seen = view(now, "US")
        places = [*list(now.places)[luck.pick(5, "at", str(n)) :: 5], "nowhere"]
        ids = [*FAR, "U07", "nobody"]
        tried: list[Order] = [Deploy("US", id, to, k) for id in ids for to in places for k in (1, 3, 4)]
        tried += [CallUp("US", id, to) for id in ids for to in (*places, "JYTA")]
        tried += [Refuel("US", id, by) for id in ids for by in (*ids, "none")]
        tried += [Lift("US", id, by, to, 2) for id in ids for by in ids for to in places[::3]]
        assert_agree(movement, now, "US", tried)
        orders: list[Any] = [
            pick(t, luck, f"{n}|{t.subject}") for t in movement.options(seen) if luck.hit(300_000, "t", t.subject)
        ]
        lawful: list[Any] = []
        for order in orders:
            if movement.fault(seen, Plan("US", tuple(lawful)), order) is None:
                lawful.append(order)
        now = after_pulse(play(movement.move, now, *lawful)[0])


def test_m3_without_supply_a_counter_makes_half_its_way() -> None:
    board = attrs.evolve(state().setting.board, chapters=("logistics",))
    dry, full = COUNTERS["J1"], attrs.evolve(COUNTERS["J1"], supply=10_000)
    assert movement.ways.pulse_km(board, full, 84) == 2 * movement.ways.pulse_km(board, dry, 84) == 37 * 84


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["JYOK", "BAS", "KBUS", "JMIS"]), st.integers(1, 20))
def test_the_staff_s_dates_of_arrival_come_true(to: str, days: int) -> None:
    """At the start of every turn, what is under way, called up or due is told with the date on which it is there."""
    now = far()
    pool = {"pool": [{"counter": "U06", "days": days}], "arrivals": [{"counter": "U02", "turn": 4}]}
    board = attrs.evolve(now.setting.board, tables={**now.setting.board.tables, "movement": pool})
    sealift = attrs.evolve(now.counters["U18"], at="HHAW", supply=9000)
    setting = attrs.evolve(now.setting, board=board)
    now = attrs.evolve(now, setting=setting, counters={**now.counters, "U18": sealift})
    now, _ = play(movement.move, now, Deploy("US", "U18", to, 4), CallUp("US", "U06", "GGUA"))
    told, came = {"U02": "4a"}, {}
    for _ in range(10):
        now = after_pulse(now)
        if now.pulse == 1:
            for voyage in movement.voyages(view(attrs.evolve(now, pulse=0), "US")):
                assert told.setdefault(voyage.subject, voyage.when) == voyage.when, voyage
        before = now
        now, _ = play(movement.move, now)
        for id in ("U18", "U06"):
            there = now.counters[id].at != before.counters[id].at and now.counters[id].at in (to, "GGUA")
            if there:
                came[id] = date(now.turn, now.pulse)
    assert "U18" in told and came["U18"] == told["U18"]
    assert came["U06"] == told.get("U06", "2b")
    assert ("U06" in told) == (days >= 7)  # before that it is there within the week


def test_m15_a_wing_lifts_no_more_in_a_pulse_than_it_carries() -> None:
    """Also where orders come together that no one plan could hold: three batteries, room for two."""
    now = far()
    loads = {f"U9{n}": Counter("US", "U12", "JIWA", 1) for n in range(3)}
    wing = attrs.evolve(now.counters["U17"], steps=2)
    now = attrs.evolve(now, counters=dict(sorted({**now.counters, **loads, "U17": wing}.items())))
    after, events = play(movement.move, now, *(Lift("US", id, "U17", "JKOM", 1) for id in loads))
    assert [e.message.id for e in events if e.rule == "M15"] == 2 * ["movement.lifted"] + ["movement.not_lifted"]
    assert [after.counters[id].at for id in loads] == ["JKOM", "JKOM", "JIWA"]


def test_m10_a_way_of_many_pulses_takes_as_many_as_its_km_ask_for() -> None:
    # Hawaii to Yokosuka: 4,509 + 2,277 + 354 km at 37 km/h are two pulses and a bit.
    now = far()
    ship = {"U02": Counter("US", "U02", "HHAW", 4)}
    board = attrs.evolve(now.setting.board, tables={})
    now = attrs.evolve(now, counters=ship, setting=attrs.evolve(now.setting, board=board), turn=3)
    stood = []
    orders: tuple[Order, ...] = (Deploy("US", "U02", "JYOK", 4),)
    for _ in range(3):
        now, _events = play(movement.move, now, *orders)
        stood.append(now.counters["U02"].at)
        now, orders = after_pulse(now), ()
    assert stood == ["HHAW", "WPA", "JYOK"]


@settings(max_examples=25, deadline=None)
@given(positions(), st.integers(0, 100))
def test_what_a_staff_proposes_may_be_ordered(now: State, risk: int) -> None:
    for seat in ("JP", "KR", "US", "KP"):
        seen = view(now, seat)
        for proposal in movement.propose(seen, Temper(risk=risk)):
            assert isinstance(proposal.order, Deploy | Join | Refuel | Lift | CallUp)
            assert movement.fault(seen, Plan(seat), proposal.order) is None
