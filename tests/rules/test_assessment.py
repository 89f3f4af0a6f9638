"""The assessment: what each measure counts, and how points come of it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.model import Pact, Place, State, Stock, Tally, changed
from game.core.sea import CONTROL, Control, Trade
from game.core.setting import Line
from game.core.view import view
from rules import assessment
from rules.assessment import MEASURES, points, scores, total
from tests.rules.small import COUNTERS, play, state

TALLIES = {
    "JP.leaked.HOME": Tally("JP", 7),
    "KR.leaked.ALLY": Tally("KR", 5),
    "KP.hits.HOME": Tally("KP", 3),
    "JP.spent.sm3": Tally("JP", 12),
    "JP.spent.pac3": Tally("JP", 9),
    "KR.spent.sm3": Tally("KR", 100),
    "JP.lost.air": Tally("JP", 2),
    "KP.fired.nodong": Tally("KP", 30),
}


def line(measure: str, *subjects: str, start: int = 0, per: int = 1, unit: int = 1, most: int = 1000) -> Line:
    return Line(measure, measure, subjects, start, per, unit, most, measure)


def war(*lines: Line, seat: str = "JP", turn: int = 2) -> State:
    places = {"HOME": Place("JP", runway=2, port=1), "WEST": Place("JP", radar=4)}
    now = state(level=3, turn=turn, tallies=TALLIES, places=places, lines={seat: lines})
    return attrs.evolve(now, nations={**now.nations, "JP": attrs.evolve(now.nations["JP"], budget=7)})


def test_a_line_may_bound_what_each_place_counts() -> None:
    bounded = attrs.evolve(line("leaked", "HOME", "ALLY", unit=1), each=6)
    assert [r.measure for r in assessment.scores(war(bounded), "JP")] == [6 + 5]


@pytest.mark.parametrize(
    ("measure", "subjects", "seat", "expected"),
    [
        ("leaked", ("HOME",), "KP", 7),
        ("leaked", ("HOME", "ALLY"), "JP", 12),
        ("spent", ("sm3",), "JP", 12),
        ("spent", (), "JP", 21),
        ("hits", ("HOME",), "KP", 3),
        ("hits", ("HOME",), "JP", 0),
        ("lost", ("air",), "JP", 2),
        ("tally", ("fired.nodong",), "KP", 30),
        ("rounds", ("sm3", "pac3"), "JP", 24 + 63),
        ("rounds", ("J3",), "JP", 63),
        ("rounds", ("sm2",), "JP", 0),
        ("missiles", ("nodong",), "KP", 48),
        ("missiles", (), "KP", 48 + 9),
        ("steps", ("air",), "JP", 3 + 2),
        ("steps", (), "KP", 4 + 3 + 2 + 2),
        ("damage", ("HOME", "WEST"), "JP", 2 + 1 + 4),
        ("level", ("JP-KR.sensing",), "JP", 3),
        ("budget", ("JP",), "JP", 7),
        ("capital", ("JP",), "JP", 4),
        ("support", ("JP",), "JP", 50),
    ],
)
def test_a1_each_measure_counts_what_it_says(
    measure: str, subjects: tuple[str, ...], seat: str, expected: int
) -> None:
    assert MEASURES[measure](war(), line(measure, *subjects), seat) == expected


STOCKS = {
    "JP.HOME.supply": Stock("JP", "HOME", "supply", 300),
    "JP.WEST.pac3": Stock("JP", "WEST", "pac3", 16),
    "KR.ALLY.supply": Stock("KR", "ALLY", "supply", 900),
}


@pytest.mark.parametrize(
    ("subjects", "seat", "expected"),
    [
        (("supply",), "JP", 300),
        (("JP.HOME.supply", "WEST"), "JP", 316),
        (("HOME", "supply"), "JP", 300),  # named twice, counted once
        (("JP.HOME.supply",), "KP", 300),  # by its key, whoever measures it
        (("supply",), "US", 0),
    ],
)
def test_a1_stock_counts_own_stocks_by_key_place_or_commodity(
    subjects: tuple[str, ...], seat: str, expected: int
) -> None:
    assert MEASURES["stock"](attrs.evolve(state(), stocks=STOCKS), line("stock", *subjects), seat) == expected


def test_a1_days_take_the_named_counters_together() -> None:
    """J2 has 3 squadrons that use 12 hundredths a day each, J4 has 2: 60 a day in all (core/supply.USE)."""
    carried = {id: changed(COUNTERS[id], {"supply": n}) for id, n in (("J2", 100), ("J4", 200))}
    now = state(level=3, counters={**COUNTERS, **carried})
    assert MEASURES["days"](now, line("days", "air"), "JP") == 300 // 60
    assert MEASURES["days"](now, line("days", "J2"), "JP") == 100 // 36
    assert MEASURES["days"](now, line("days", "air"), "CN") == 0


def test_a1_held_counts_zones_that_the_own_coalition_holds() -> None:
    zones = {"SEA": Control("", "allies"), "NOR": Control("", "north")}
    now = attrs.evolve(state(), parts={CONTROL: zones})
    held = line("held", "SEA", "NOR", "OUT")
    assert [MEASURES["held"](now, held, seat) for seat in ("JP", "KR", "KP", "CN")] == [1, 1, 1, 0]


def test_a1_insurance_is_the_average_belief_on_the_routes_of_the_nations_named() -> None:
    routes = {"a": Trade("JP", belief=100_000), "b": Trade("JP", belief=51_500), "c": Trade("KR", belief=20_000)}
    now = attrs.evolve(state(), parts={"patrols.trade": routes})
    found = [MEASURES["insurance"](now, line("insurance", *nations), "CN") for nations in (("JP",), ("JP", "KR"), ())]
    assert found == [75, 57, 0]


@pytest.mark.parametrize(
    ("start", "per", "unit", "most", "measure", "expected"),
    [
        (40, -2, 1, 40, 7, 26),
        (40, -2, 1, 40, 21, 0),  # never below nothing
        (0, 3, 4, 45, 7, 5),  # 21 / 4, rounded down
        (0, 3, 4, 45, 100, 45),  # never above the line's worth
        (10, -1, 2, 10, 1, 9),  # -1 / 2 rounds down to -1
    ],
)
def test_a1_points_of_a_line(start: int, per: int, unit: int, most: int, measure: int, expected: int) -> None:
    assert points(line("leaked", start=start, per=per, unit=unit, most=most), measure) == expected


def test_a1_every_line_of_a_seat_is_in_its_event_and_its_rows() -> None:
    before = war(line("leaked", "HOME", start=40, per=-2, most=40), line("capital", per=15, unit=4, most=15))
    after, (event,) = play(assessment.score, before)
    assert event.rule == "A1"
    assert {i.name: i.value for i in event.inputs} == {
        "leaked.leaked": 7,
        "leaked.points": 26,
        "capital.capital": 4,
        "capital.points": 15,
    }
    assert {k: r.points for k, r in after.table(assessment.SCORES).items()} == {"JP.leaked": 26, "JP.capital": 15}
    assert total(before, "JP") == 41


def test_a1_a_seat_sees_its_own_score_alone() -> None:
    after, (event,) = play(assessment.score, war(line("capital")))
    assert event.all_to == ("JP",)
    assert view(after, "JP").part(assessment.SCORES) != {}
    assert view(after, "KR").part(assessment.SCORES) == {} == view(after, "").part(assessment.SCORES)


def test_a1_what_raids_did_to_others_is_told_at_the_end_only() -> None:
    lines = (line("leaked", "HOME"), line("missiles", "P1"))
    _, (event,) = play(assessment.score, war(*lines, seat="KP"))
    assert {i.name for i in event.inputs} == {"missiles.missiles", "missiles.points"}
    _, (end, final) = play(assessment.score, war(*lines, seat="KP", turn=5))
    assert {"leaked.leaked", "missiles.missiles"} <= {i.name for i in end.inputs}
    assert final.rule == "A2"


def test_a2_the_last_turn_gives_the_sum() -> None:
    before = war(line("capital", per=2), line("steps", "air"), turn=5)
    _, events = play(assessment.score, before)
    assert [e.rule for e in events] == ["A1", "A2"]
    assert events[1].message.as_dict()["points"] == 8 + 5 == total(before, "JP")


def test_an_unknown_pact_counts_nothing_and_a_level_follows_the_pact() -> None:
    now = war()
    assert MEASURES["level"](now, line("level", "JP-CN.sensing", "JP-KR.taste"), "JP") == 0
    now.pacts["JP-KR"] = Pact("JP", "KR", sensing=1, planning=2)
    assert MEASURES["level"](now, line("level", "JP-KR.sensing", "JP-KR.planning"), "JP") == 3


@given(*[st.integers(-60, 60)] * 2, st.integers(1, 9), st.integers(1, 60), st.integers(-99, 99), st.integers(0, 9))
def test_points_stay_within_the_line_and_follow_the_rate(
    start: int, per: int, unit: int, most: int, measure: int, more: int
) -> None:
    row = line("leaked", start=start, per=per, unit=unit, most=most)
    low, high = points(row, measure), points(row, measure + more)
    assert 0 <= low <= most and 0 <= high <= most
    assert (high - low) * per >= 0


def test_every_measure_bears_a_line_without_anything_to_count() -> None:
    empty = state({}, lines={"JP": [line(name, "nothing") for name in sorted(MEASURES)]})
    found = {s.line: s.measure for s in scores(empty, "JP")}
    assert {k: n for k, n in found.items() if n} == {"capital": 4, "support": 50}
