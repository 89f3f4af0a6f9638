"""MD13: exact hits (facts C2, Ex 10), two kinds of missile at one group, and what the staff expects."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.model import Contact, Counter, State
from game.core.odds import PPM, Odds, binomial
from game.core.orders import Plan
from game.core.reach import REFUELED, Refueled
from game.core.salvo import armstrong_hits
from game.core.setting import Board, Figure
from game.core.view import view
from rules.missile_defense import fault
from rules.missile_defense.forecast import forecast
from rules.missile_defense.salvo import Fire, Weapon, net_hits, salvo_odds, stop_chance, weapon
from rules.missile_defense.salvo_staff import staff_estimate, usual
from rules.missile_defense.tables import Raid, Salvo
from tests.worlds import opening


def board(**figures: int) -> Board:
    """One Sky's board with a target "J01" of these figures."""
    given_board = opening("one_sky").setting.board
    form = attrs.evolve(given_board.formations["J01"], figures={k: Figure(n, "") for k, n in figures.items()})
    return attrs.evolve(given_board, formations={**given_board.formations, "J01": form})


def target(steps: int = 1) -> Counter:
    return Counter("JP", "J01", "SJW", steps)


def fire(n: int, hit: int, kind: str = "CM") -> Fire:
    return Fire(Salvo("KP", f"P{n}", "KP.X", n), Weapon(n, 200, hit, kind), n, "J01")


def chances(odds: Odds[int]) -> Iterator[tuple[int, int]]:
    return zip(odds.outcomes, odds.weights, strict=True)


def test_example_10_as_the_game_draws_it() -> None:
    """Four shots at even chances, two intercepts at even chances: 22, 20, 15, 6 and 1 of 64 for 0 to 4 hits."""
    odds, _ = salvo_odds(board(intercepts=2, intercept_kill=500_000), target(), [fire(4, 500_000)])
    assert dict(chances(odds)) == {n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))}


def test_two_shooters_arrive_as_one_salvo() -> None:
    both = [fire(3, 500_000), fire(1, 500_000)]
    odds, _ = salvo_odds(board(intercepts=2, intercept_kill=500_000), target(), both)
    assert dict(chances(odds)) == {n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))}


@given(st.integers(1, 12), st.integers(0, 1_000_000), st.integers(0, 12), st.integers(0, 1_000_000))
def test_net_hits_are_armstrongs(shots: int, hit: int, intercepts: int, kill: int) -> None:
    ours = dict(chances(net_hits(binomial(shots, hit, "high"), intercepts, kill)))
    theirs = dict(chances(armstrong_hits(shots, hit, intercepts, kill)))
    assert ours.keys() == theirs.keys()
    assert all(abs(ours[n] - theirs[n]) <= 2 for n in ours)


def test_a_ballistic_missile_is_stopped_at_even_chances_whatever_the_ship_does_to_cruise_missiles() -> None:
    here = board(intercepts=1, intercept_kill=1_000_000)
    odds, _ = salvo_odds(here, target(), [fire(1, 1_000_000, "ASBM")])
    assert dict(chances(odds)) == {1: 5 * 10**11, 0: 5 * 10**11}
    assert stop_chance(here, target(), "CM") == 1_000_000


def test_intercepts_are_split_over_both_kinds_by_their_number() -> None:
    """Two cruise and two ballistic missiles at two sure intercepts: one cruise missile is stopped for certain, and
    one ballistic one at even chances."""
    here = board(intercepts=2, intercept_kill=1_000_000)
    odds, _ = salvo_odds(here, target(), [fire(2, 1_000_000), fire(2, 1_000_000, "ASBM")])
    assert dict(w for w in chances(odds) if w[1]) == {3: 5 * 10**11, 2: 5 * 10**11}


@pytest.mark.parametrize(("id", "kind"), (("P11", "CM"), ("J01", "CM"), ("P03", ""), ("J09", "CM"), ("J11", "")))
def test_who_shoots_at_ships(id: str, kind: str) -> None:
    state = opening("one_sky")
    found = arm(state, id)
    assert (found.kind if found else "") == kind


def arm(state: State, id: str) -> Weapon | None:
    return weapon(state.setting.board, state.parts, state.places, id, state.counters[id])


# From the air (MD15) --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "most", "reach", "stock"), (("U09", 10, 5000, 225), ("J09", 24, 1000, 48), ("K08", 24, 1000, 48))
)
def test_a_wing_launches_by_its_steps_within_its_radius(id: str, most: int, reach: int, stock: int) -> None:
    """Facts B2: LRASM 10, asm 8 and 6 a step; A3: bombers 5,000 km, fighters 1,000; half of 450 LRASM a squadron."""
    state = opening("week_one")
    found = arm(state, id)
    assert found is not None and (found.most, found.reach) == (most, reach)
    assert state.counters[id].missiles == stock


def test_tankers_lengthen_the_reach_and_a_closed_runway_grounds_a_wing() -> None:
    state = opening("week_one")
    fueled = attrs.evolve(state, parts={**state.parts, REFUELED: {"J09": Refueled("JP", 600)}})
    found = arm(fueled, "J09")
    assert found is not None and found.reach == 1600
    for level, most in ((4, 24), (5, 0)):
        hit = {**state.places, "JKAN": attrs.evolve(state.places["JKAN"], runway=level)}
        found = arm(attrs.evolve(state, places=hit), "J09")
        assert found is not None and found.most == most


def test_a_bomber_flies_at_a_place_or_at_ships_in_one_pulse() -> None:
    """The same aircraft and the same stock: a raid and a salvo clash in one pulse, whichever was written first."""
    state = opening("week_one")
    near = {"CN.X": Contact("CN", "U01", "US", "ship", "ETW", 4, 3)}
    seen = view(attrs.evolve(state, turn=2, contacts=near), "CN")
    raid, salvo = Raid("CN", "C08", "TTPE", 4, "port", 1), Salvo("CN", "C08", "CN.X", 4, 1)
    both = Plan("CN", (raid, salvo))
    for order in both.orders:
        assert fault(seen, Plan("CN", (order,)), order) is None
        refusal = fault(seen, both, order)
        assert refusal is not None and (refusal.rule, refusal.reason.id) == ("MD15", "missile_defense.one_flight")
    later = attrs.evolve(salvo, pulse=2)
    assert fault(seen, Plan("CN", (raid, later)), later) is None


def test_a_group_without_supply_stops_half_as_many() -> None:
    """LG10: four intercepts become two."""
    here = board(intercepts=4, intercept_kill=500_000)
    here = attrs.evolve(here, chapters=(*here.chapters, "logistics"))
    odds, inputs = salvo_odds(here, attrs.evolve(target(), supply=0), [fire(4, 500_000)])
    assert dict(chances(odds)) == {n: x * 10**12 // 64 for n, x in enumerate((22, 20, 15, 6, 1))}
    assert {i.name: i.value for i in inputs}["intercepts"] == 2


# What the staff expects -----------------------------------------------------------------------------------------


def usual_kind(**figures: int) -> Board:
    """A board on which North Korea's ships, as its order of battle has them, have these figures."""
    given_board = opening("one_sky").setting.board
    form = attrs.evolve(given_board.formations["P11"], figures={k: Figure(n, "") for k, n in figures.items()})
    return attrs.evolve(given_board, formations={**given_board.formations, "P11": form})


def contact(steps: int = 2) -> Contact:
    return Contact("JP", "P11", "KP", "ship", "SJW", steps, 2)


def test_the_staff_expects_good_shots_less_intercepts() -> None:
    """Hughes: six good shots less four intercepts at two hits a ship are one ship."""
    here = usual_kind(intercepts=2, intercept_kill=1_000_000, hits_to_kill=20)
    assert staff_estimate(here, Weapon(6, 200, 1_000_000, "CM"), 6, contact()) == 1000
    assert staff_estimate(here, Weapon(6, 200, 1_000_000, "CM"), 6, contact(-1)) == 1000  # taken for two
    assert staff_estimate(here, Weapon(6, 200, 1_000_000, "CM"), 4, contact()) == 0


def test_a_contact_is_taken_for_the_mean_of_its_nations_groups() -> None:
    """China's 76 steps of ships: 8 of carriers, 10 of surface groups, 12 of pickets, 36 amphibious, 10 civil."""
    intercepts, _, to_kill = usual(opening("week_one").setting.board, "CN", "ship")
    assert intercepts == (8 * 5 + 10 * 4 + 12 * 2 + 38) // 76 == 1
    assert to_kill == (8 * 20 + 10 * 15 + (12 + 36 + 10) * 10 + 38) // 76


def test_salvos_of_a_plan_at_one_contact_are_charted_as_one() -> None:
    """Four and two sure shots at two boats with two intercepts at even chances: the chart of six shots, not of two
    salvos apart."""
    state = opening("one_sky")
    board = usual_kind(intercepts=1, intercept_kill=500_000, hits_to_kill=10)
    sure = {
        id: attrs.evolve(board.formations[id], figures={"antiship": Figure(1, ""), "antiship_hit": Figure(PPM, "")})
        for id in ("J01", "J09")
    }
    board = attrs.evolve(board, formations={**board.formations, **sure})
    groups = {id: attrs.evolve(state.counters[id], at="JMAI", steps=1, missiles=1) for id in sure}
    state = attrs.evolve(
        state,
        setting=attrs.evolve(state.setting, board=board),
        turn=2,
        counters={**state.counters, **groups},
        contacts={"JP.X": attrs.evolve(contact(), at="SJE")},
    )
    orders = (Salvo("JP", "J01", "JP.X", 1), Salvo("JP", "J09", "JP.X", 1))
    board_range = attrs.evolve(board.formations["J01"], figures={**sure["J01"].figures, "range": Figure(900, "")})
    board = attrs.evolve(board, formations={**board.formations, "J01": board_range})
    state = attrs.evolve(state, setting=attrs.evolve(state.setting, board=board))
    (found,) = (f for f in forecast(view(state, "JP"), Plan("JP", orders)) if f.rule == "MD13")
    assert found.odds == (("2", 250_000), ("1", 500_000), ("0", 250_000))
    assert found.mean_millis == 1000 and found.place == "SJE"
