"""Sea Lane Lottery teaches what facts F2.4 ask: pooling helps at the seam, and hulls pulled south open the north."""

from __future__ import annotations

from functools import cache

import attrs
import pytest

from game.__main__ import chapters
from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.library import find
from game.study.pairs import Choice, Held, Told, one_by_one, told
from game.study.run import opening
from game.table.match import Match
from game.table.players import Doctrine

PAIRS = 16
NORTH = "SJW"


@cache
def opened() -> tuple[State, Rulebook, Choice]:
    state, rulebook = opening(chapters, str(find("sea_lane_lottery")))
    choice = Choice.of(state.setting.texts)
    assert choice is not None
    return state, rulebook, choice


@cache
def told_of(low: int, high: int) -> Told:
    state, rulebook, choice = opened()
    choice = attrs.evolve(choice, levels=(low, high))
    return told(choice, one_by_one(state, rulebook, choice, PAIRS))


def test_the_pieces_are_those_of_the_facts() -> None:
    """Five zones, six search wings, four groups of escorts, ten convoys of four ships a turn, four turns."""
    state, _, _ = opened()
    board = state.setting.board
    routes = board.design("patrols", "routes", ())
    assert {zone for row in routes for zone in row["zones"]} == {"TSU", "ECN", "ECS", "MIY", "SJW"}
    assert sum(row["ships"] for row in routes) == 40
    mine = [c for c in state.counters.values() if c.owner in ("JP", "KR")]
    assert sum(1 for c in mine if board.figure(c, "sorties")) == 6
    assert sum(1 for c in mine if board.figure(c, "asw")) == 4
    assert len(state.setting.calendar) == 4


def test_contacts_handed_over_find_boats_and_save_ships() -> None:
    found = told_of(0, 2)
    boats, ships = found.others["CN.boats"], found.others["CN.sunk"]
    assert boats.together > boats.alone, "more boats are sunk"
    assert ships.together < ships.alone, "and fewer ships"


@pytest.mark.parametrize(("level", "there"), [(0, True), (2, True), (3, False)])
def test_one_patrol_pulls_the_northern_escort_south_and_no_lower_level_does(level: int, there: bool) -> None:
    state, rulebook, choice = opened()
    seats = state.setting.texts["seats"]
    cast = {s: Held(Doctrine(seats[s]["temper"]), choice.pact, choice.track, level) for s in seats}
    end = Match(state, rulebook, 1, cast).play()
    assert (end.counters["K04"].at == NORTH) == there


def test_what_goes_south_serves_japan_and_opens_the_north_to_old_boats() -> None:
    found = told_of(2, 3)
    north = found.others["KP.sunk"]
    assert north.together > north.alone
    assert found.gained["JP.cargo"].points > 0
