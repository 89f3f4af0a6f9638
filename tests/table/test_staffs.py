"""What staffs weigh: their own lines of score, what rivals reach, and what stands already."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from game.core.aims import change, left, stored, weight
from game.core.model import Contact, Tally
from game.core.orders import Order, Plan
from game.core.rulebook import Proposal, Temper
from game.core.sea import Reported, Trade
from game.core.setting import Line
from game.core.view import View, view
from game.table.courses import courses, default_plan
from rules import intelligence, logistics, missile_defense, movement, patrols, planning, politics
from rules.missile_defense.raids import propose_raids
from rules.movement.threat import fired_on, hunted, wings
from rules.patrols.forms import duty
from rules.planning.bargains import Bid
from tests.worlds import opening, rulebook, seats


def seen(name: str, seat: str) -> View:
    return view(opening(name), seat)


def given(found: list[Proposal], verb: str) -> dict[str, Order]:
    return {p.order.subject: p.order for p in found if verb == p.order.VERB}


def with_missiles(at: View, share: int) -> View:
    """The same seat with so many percent of each launcher's missiles."""
    mine = {k: attrs.evolve(c, missiles=c.missiles * share // 100) for k, c in at.mine.items()}
    return attrs.evolve(at, mine=mine, counters={**at.counters, **mine})


# Aims ------------------------------------------------------------------------------------------------------------


def test_a_line_weighs_within_its_bounds_alone() -> None:
    line = Line("kept", "missiles", ("P01",), 0, 70, 660, 35, "Kept")
    assert change(line, 660, -330) == 0  # twice what it can count: half of it is free
    assert change(line, 330, -33) == -3500
    assert change(line, 10, -20) == change(line, 10, -10)


def test_a_weight_is_the_points_of_one_more() -> None:
    lines = seen("week_one", "KR").lines
    assert weight(lines, "leaked", "KOSA") == -100
    assert weight(lines, "leaked", "JIWA") == 0
    assert weight(lines, "lost", "air") == -1000


def test_what_is_held_is_counters_and_stocks_of_ones_own() -> None:
    at = seen("week_one", "KP")
    line = next(line for line in at.lines if line.id == "kept")
    assert left(at, line) == sum(c.missiles for k, c in at.mine.items() if k in ("P01", "P02", "P03", "P04")) == 660
    formation = at.board.formations["P01"]
    assert stored(at, "missiles", formation, 300) == 0
    assert stored(at, "missiles", formation, 40, before=330) == -change(line, 330, -40) > 0


# Missile defense -------------------------------------------------------------------------------------------------


def test_a_force_that_is_to_be_feared_is_not_fired_to_the_last() -> None:
    at = seen("week_one", "KP")
    assert len(list(propose_raids(at, Temper()))) == 4
    assert not list(propose_raids(with_missiles(at, 50), Temper()))
    unbound = attrs.evolve(with_missiles(at, 50), lines=tuple(x for x in at.lines if x.measure != "missiles"))
    assert len(list(propose_raids(unbound, Temper()))) == 4


@pytest.mark.parametrize("name", ["week_one", "one_sky"])
def test_a_station_is_changed_for_the_better_alone(name: str) -> None:
    for seat in seats(opening(name)):
        at = seen(name, seat)
        if not at.kind.pulses:
            at = attrs.evolve(at, kind=at.board.kinds["war_week"])
        for order in given(list(missile_defense.propose(at, Temper())), "defend").values():
            assert getattr(order, "doctrine", "") != "shoot_shoot"  # what batteries do untold


# Movement --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", ["JP", "KR", "US", "TW"])
def test_wings_disperse_within_their_host_and_where_nobody_looks_for_them(seat: str) -> None:
    at = seen("week_one", seat)
    going = given(list(movement.propose(at, Temper())), "deploy")
    flying = {k: o for k, o in going.items() if at.board.formation(at.mine[k]).domain == "air"}
    assert flying
    landed: dict[str, int] = {}
    for id, order in flying.items():
        here, there = at.mine[id].at, str(getattr(order, "to", ""))
        assert fired_on(at.board, seat)[here] and wings(at.board)[here]
        assert at.places[here].owner == at.places[there].owner and not wings(at.board).get(there)
        landed[there] = landed.get(there, 0) + int(getattr(order, "steps", 0))
    for place, steps in landed.items():
        assert steps <= 2 * at.board.theatre.sites[place].air


def test_what_has_dispersed_stays() -> None:
    at = seen("week_one", "JP")
    mine = {**at.mine, "J09": attrs.evolve(at.mine["J09"], at="JTOK")}
    at = attrs.evolve(at, mine=mine, counters={**at.counters, **mine})
    assert "J09" not in given(list(movement.propose(at, Temper())), "deploy")


def test_who_shuns_risk_spreads_sooner() -> None:
    def worth(risk: int) -> int:
        found = movement.propose(seen("week_one", "JP"), Temper(risk=risk))
        return next(p.value for p in found if p.order.subject == "J09")

    assert worth(10) > worth(50) > worth(90)


def test_great_ships_stand_off_and_ships_with_a_task_do_not() -> None:
    at = seen("week_one", "CN")
    going = given(list(movement.propose(at, Temper())), "deploy")
    assert {"C14", "C15"} <= set(going) and not {"C11", "C12", "C09"} & set(going)
    for id in ("C14", "C15"):
        to = str(getattr(going[id], "to", ""))
        assert not hunted(at.board, "CN").get(to) and at.board.theatre.sites[to].port
    assert "J04" not in given(list(movement.propose(seen("week_one", "JP"), Temper())), "deploy")


def test_batteries_go_where_raids_come_again_and_run_after_none_that_goes_on() -> None:
    """One Sky's bases are raided again and again; in Week One each place counts once, and rivals fire elsewhere."""

    def reinforced(name: str, place: str, n: int, other: int = 0) -> bool:
        state = opening(name)
        tallies = {f"KR.leaked.{place}": Tally("KR", n), "KR.leaked.KOSA": Tally("KR", other)}
        at = view(attrs.evolve(state, turn=2, tallies=tallies), "KR")
        return any(p.slot == f"reinforce.{place}" for p in movement.propose(at, Temper()))

    assert reinforced("one_sky", "KKUN", 18) and not reinforced("one_sky", "KKUN", 6)
    assert not reinforced("one_sky", "KKUN", 18, other=10)  # Osan is under fire itself
    assert not reinforced("week_one", "KKUN", 18)


# The sea ---------------------------------------------------------------------------------------------------------


def test_boats_on_the_hunt_are_not_called_off_to_lay_mines() -> None:
    at = seen("week_one", "CN")
    found = [p.order for p in patrols.propose(at, Temper()) if p.order.subject == "C13"]
    assert {o.VERB for o in found} == {"hunt", "mine", "guard"}
    hunting = attrs.evolve(at, parts={**at.parts, "patrols.duties": {"C13": duty(found[0])}})
    assert found[0].VERB == "hunt"
    assert not [p for p in patrols.propose(hunting, Temper()) if p.order.subject == "C13"]


# Cabinets and supply ----------------------------------------------------------------------------------------------


def proposed(name: str, seat: str, **temper: int) -> tuple[str, int] | None:
    found = next(iter(politics.propose(seen(name, seat), Temper(**temper))), None)
    return None if found is None else (found.order.track, found.order.level)  # type: ignore[attr-defined]


def test_a_cabinet_buys_what_its_own_lines_say_it_is_worth() -> None:
    assert proposed("one_sky", "JP") == ("sensing", 4)  # its ships' rounds stop more than the capital weighs
    assert proposed("week_one", "JP") is None  # L4 for L3: a fraction of a point, at four


def test_a_patient_leader_pays_for_an_allys_shooters_and_an_impatient_one_does_not() -> None:
    assert proposed("one_sky", "KR", patience=50) == ("sensing", 4)
    assert proposed("one_sky", "KR", patience=0) is None
    assert proposed("one_sky", "JP", risk=20) == ("sensing", 3)  # L4 fails too often for who shuns risk


def test_the_patient_leave_in_store_what_counts_for_more_there() -> None:
    at = seen("week_one", "JP")
    mine = {**at.mine, "J01": attrs.evolve(at.mine["J01"], rounds=0)}
    at = attrs.evolve(at, mine=mine, counters={**at.counters, **mine})

    def reloads(patience: int) -> set[str]:
        return set(given(list(logistics.propose(at, Temper(patience=patience))), "reload"))

    assert "J01" in reloads(20) and "J01" not in reloads(60)


def test_every_proposal_of_every_opening_may_be_ordered() -> None:
    for name in ("week_one", "one_sky", "sea_lane_lottery", "the_bridge"):
        rules = rulebook(name)
        for seat in seats(opening(name)):
            at = seen(name, seat)
            for p in rules.proposals(at, Temper()):
                assert not rules.faults(at, Plan(seat, (p.order,))), p.order


# Temperament -----------------------------------------------------------------------------------------------------

BOLD, CAUTIOUS = Temper(90, 90, 10), Temper(15, 15, 90)


def sealed(name: str, seat: str, temper: Temper) -> tuple[Order, ...]:
    return default_plan(seen(name, seat), rulebook(name), temper).orders


def fired(orders: tuple[Order, ...]) -> int:
    return sum(int(getattr(o, "missiles", 0)) for o in orders if o.VERB == "raid")


@pytest.mark.parametrize("seat", ["KP", "KR"])
def test_the_bold_fire_more_than_the_cautious(seat: str) -> None:
    assert fired(sealed("week_one", seat, BOLD)) > fired(sealed("week_one", seat, CAUTIOUS))


@pytest.mark.parametrize("seat", ["JP", "US", "KR"])
def test_the_cautious_spread_more_than_the_bold(seat: str) -> None:
    def spread(temper: Temper) -> int:
        return sum(o.VERB == "deploy" for o in sealed("week_one", seat, temper))

    assert spread(CAUTIOUS) > spread(BOLD)


def test_the_means_against_a_network_are_kept_for_the_pulse_when_most_flies() -> None:
    at = seen("week_one", "CN")

    def pulse(patience: int) -> int:
        found = intelligence.propose(at, Temper(60, 50, patience))
        return next(int(getattr(p.order, "pulse", 0)) for p in found if p.order.VERB == "jam")

    assert (pulse(60), pulse(40), pulse(20)) == (2, 2, 1)
    assert not [p for p in intelligence.propose(at, Temper(20)) if p.order.VERB == "jam"]


# Orders for a reason that a staff can name --------------------------------------------------------------------------


def proposals(found: View, chapter: object, temper: Temper | None = None) -> list[Proposal]:
    return list(chapter.propose(found, temper or Temper()))  # type: ignore[attr-defined]


def moved(found: View, id: str, **fields: Any) -> View:
    """The same seat with one counter of its own changed."""
    mine = {**found.mine, id: attrs.evolve(found.mine[id], **fields)}
    return attrs.evolve(found, mine=mine, counters={**found.counters, **mine})


def sighted(at: View, place: str, what: str = "ship", quality: int = 3) -> View:
    contact = Contact(at.seat, "C11", "CN", what, place, quality=quality, hour=at.hour, source=at.seat)
    return attrs.evolve(at, contacts={f"{at.seat}.X": contact})


def test_tankers_go_to_wings_that_can_strike_nothing_without_them_and_to_no_other() -> None:
    at = seen("week_one", "US")
    km, here = at.board.theatre.km, at.mine["U07"].at
    zones = [p for p, site in at.board.theatre.sites.items() if site.sea]
    far = next(z for z in zones if 1000 < km(here, z) <= 1600)
    near = next(z for z in zones if km(here, z) <= 1000)
    assert "U07" in given(proposals(sighted(at, far), movement), "refuel")
    assert "U07" not in given(proposals(sighted(at, near), movement), "refuel")
    assert "U07" not in given(proposals(sighted(at, far, "submarine"), movement), "refuel")
    assert "U07" not in given(proposals(moved(sighted(at, far), "U07", missiles=0), movement), "refuel")
    assert "U08" not in given(proposals(sighted(at, far), movement), "refuel")  # carries nothing to strike ships with


def test_sweepers_keep_sweeping_and_go_where_mines_went_off() -> None:
    at = seen("sea_lane_lottery", "JP")
    assert "J15" in given(proposals(at, patrols), "sweep")  # and not to look out for boats
    trade = {"r": Trade("JP", (at.mine["J15"].at, "ECS"), 5, 5, 0)}
    mined = attrs.evolve(at, parts={**at.parts, "patrols.trade": trade, "patrols.reported": {"ECS": Reported("", 1)}})
    going = given(proposals(mined, movement), "deploy")
    assert getattr(going["J15"], "to", "") == "ECS"
    there = moved(mined, "J15", at="ECS")
    assert "J15" not in given(proposals(there, movement), "deploy")
    assert next(p.value for p in patrols.propose(there, Temper()) if p.order.VERB == "sweep") == 30


def test_nobody_hides_from_missiles_where_none_fly() -> None:
    for seat in ("JP", "KR"):
        at = seen("sea_lane_lottery", seat)
        assert not fired_on(at.board, seat) and not hunted(at.board, seat)


def test_half_a_battery_is_flown_to_the_port_that_its_supply_needs_once_that_is_raided() -> None:
    at = seen("the_bridge", "US")
    assert not given(proposals(at, movement), "lift")
    raided = attrs.evolve(at, places={**at.places, "KBUS": attrs.evolve(at.places["KBUS"], port=1)})
    order = given(proposals(raided, movement), "lift")["U12"]
    assert (getattr(order, "to", ""), getattr(order, "by", "")) == ("KBUS", "U17")
    assert not given(proposals(attrs.evolve(raided, lines=seen("week_one", "US").lines), movement), "lift")


def test_ships_whose_loss_counts_dearly_leave_a_duty_that_no_line_counts() -> None:
    at = seen("week_one", "TW")
    going = given(proposals(at, movement), "deploy")
    assert "T02" in going and not hunted(at.board, "TW").get(getattr(going["T02"], "to", ""))
    sea = tuple(line for line in seen("week_one", "JP").lines if line.id == "sea")
    assert "T02" not in given(proposals(attrs.evolve(at, lines=(*at.lines, *sea)), movement), "deploy")


def test_a_patient_partner_lends_to_ships_that_are_out_too_long() -> None:
    def lent(week: int, patience: int) -> bool:
        at = view(attrs.evolve(opening("week_one"), turn=week, hour=168 * (week - 1)), "JP")
        return bool(given(proposals(at, logistics, Temper(patience=patience)), "loan"))

    assert lent(3, 90) and not lent(1, 90)
    assert not lent(3, 50)  # a point of capital counts two points, an ally's thanks less
    at = view(attrs.evolve(opening("week_one"), turn=3, hour=336), "JP")
    share = next(c for c in courses(at, rulebook("week_one")) if c.key == "share")
    assert any(order.VERB == "loan" for order in share.plan.orders)  # who would defend together


def test_fire_is_not_promised_by_who_keeps_its_last_missiles() -> None:
    at = seen("week_one", "KP")
    bid = Bid("CN", "KP", "pin", 2, at.turn)
    asked = attrs.evolve(at, parts={**at.parts, "planning.offers": {"CN-KP.CN": bid}})
    assert given(proposals(asked, planning), "accept") and given(proposals(asked, planning), "offer")
    empty = with_missiles(asked, 50)
    assert not list(propose_raids(empty, Temper()))
    assert given(proposals(empty, planning), "decline")
    assert not given(proposals(empty, planning), "accept") and not given(proposals(empty, planning), "offer")
