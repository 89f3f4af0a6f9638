"""The Bridge is set on the net of facts C3 Ex 12: its first week delivers what the example says, and its games teach
what facts F2.3 asks of them: the bridge does not bind until Busan is widened, and Hakata becomes a target."""

from __future__ import annotations

from functools import cache

import attrs
import pytest

from game.__main__ import chapters
from game.core.model import State
from game.core.orders import Book, Plan
from game.core.rulebook import Rulebook
from game.core.view import view
from game.io.library import find
from game.io.scenario import read_scenario
from game.study.pairs import Choice, Told, one_by_one, told
from game.study.run import opening as begin
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


@cache
def told_of(name: str, level: int) -> Told:
    """What some pairs of games say of `level` in place of G0."""
    state, rulebook = begin(chapters, str(find(name)))
    choice = Choice.of(state.setting.texts)
    assert choice is not None
    choice = attrs.evolve(choice, levels=(0, level))
    return told(choice, one_by_one(state, rulebook, choice, 6))


def front(found: Told) -> int:
    """Points of supply that the front has more of, in thousandths."""
    mean = found.gained["KR.front"]
    return (mean.together - mean.alone) // 100


@pytest.mark.parametrize("level", [1, 2, 3])
def test_in_play_the_bridge_brings_the_front_next_to_nothing(level: int) -> None:
    found = told_of("the_bridge", level)
    assert abs(front(found)) < 8_000, "of 240 points that reach it in five weeks"
    assert found.better_alone == found.n


def test_in_play_a_widened_busan_makes_it_pay_from_g2_and_not_before() -> None:
    brings = [front(told_of("the_bridge_wide", level)) for level in (1, 2, 3)]
    assert brings[0] <= 0 and brings[1] > 20_000 and brings[2] > brings[1]
    assert told_of("the_bridge_wide", 1).net < 0 < told_of("the_bridge_wide", 3).net


@pytest.mark.parametrize("name", ["the_bridge", "the_bridge_wide"])
def test_in_play_an_agreement_makes_hakata_a_target_in_place_of_american_bases(name: str) -> None:
    found = told_of(name, 2)
    hakata, bases = found.paid["JP.ports"], found.others["US.bases"]
    assert not hakata.alone and hakata.together > 10_000
    assert bases.together < bases.alone // 2
