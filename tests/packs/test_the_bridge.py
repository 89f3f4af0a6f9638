"""The Bridge is set on the net of facts C3 Ex 12: its first week delivers what the example says."""

from __future__ import annotations

import attrs
import pytest

from game.core.model import State
from game.core.orders import Book, Plan
from game.core.rulebook import Rulebook
from game.core.view import view
from game.io.library import find
from game.io.scenario import read_scenario
from game.words import Names, text
from rules import SEQUENCE, logistics
from rules.logistics.dispatch import Dispatch, dispatch
from rules.logistics.scene import of_state

#: Points a week stand as hundredths a day on the map, so a cap is off by up to 4 hundredths of a point.
ROUNDED = 10


def opening(name: str, level: int = 2) -> State:
    _, state = read_scenario(find(name), Rulebook(SEQUENCE))
    pact = attrs.evolve(state.pacts["JP-KR"], logistics=level)
    return attrs.evolve(state, pacts={**state.pacts, "JP-KR": pact})


def sent(state: State, **taken: int) -> tuple[int, int, Dispatch]:
    """Hundredths of a point that leave for the front and for Okinawa, and the flow."""
    found = dispatch(of_state(state, Book({})), taken)
    return found.met.get(("US", "FCEN"), 0), found.met.get(("US", "JKAD"), 0), found


def near(points: int) -> object:
    return pytest.approx(points * 100, abs=ROUNDED)


def test_ex_12_the_front_gets_55_and_okinawa_35() -> None:
    front, okinawa, _ = sent(opening("the_bridge"))
    assert (front, okinawa) == (near(55), near(35))


def test_ex_12_without_the_bridge_it_is_80_in_all() -> None:
    gone = {f"JHAK-KBUS:ferry>{end}": 10**6 for end in ("JHAK", "KBUS")}
    front, okinawa, _ = sent(opening("the_bridge"), **gone)
    assert front + okinawa == near(80)


def test_ex_12_with_busan_widened_it_is_110_in_all() -> None:
    front, okinawa, _ = sent(opening("the_bridge_wide"))
    assert front + okinawa == near(110)


def test_ex_12_the_cut_is_inland_of_busan_and_not_the_bridge() -> None:
    _, _, found = sent(opening("the_bridge"))
    assert [(cut.kind, cut.ref) for cut in found.cuts["US"]] == [("road", "FCEN-KBUS:road")]


def test_ex_12_the_staff_says_that_it_is_not_the_bridge() -> None:
    """Until Busan is widened; then it is the bridge."""
    heads = []
    for name in ("the_bridge", "the_bridge_wide"):
        state = opening(name, 1)
        (shown,) = logistics.forecast(view(state, "US"), Plan("US"))
        heads.append([text(line, names=Names.of(state.setting.board)) for line in shown.lines[:2]])
    assert heads[0][0].endswith("The bottleneck, which is not the bridge from Hakata-Tsuiki to Busan-Jinhae, is:")
    assert heads[0][1].startswith("the inland throughput of Busan-Jinhae (55.0 a week)"), heads
    assert heads[1][0].endswith("The bottleneck is:")
    assert heads[1][1].startswith("the bridge from Hakata-Tsuiki to Busan-Jinhae (20.0 a week)")


@pytest.mark.parametrize(("name", "front"), [("the_bridge", (55, 55, 55, 55)), ("the_bridge_wide", (65, 65, 75, 80))])
def test_a_wider_bridge_brings_more_only_where_the_inland_lines_can_take_it(
    name: str, front: tuple[int, ...]
) -> None:
    """Bridge 20, 20, 30, 40 points by G0 to G3 (facts A3); the road to it carries 35 (Ex 12)."""
    assert [sent(opening(name, level))[0] for level in range(4)] == [near(points) for points in front]
