"""Talk at the table: who may be called, once a turn, and a clock that everybody sees."""

from __future__ import annotations

import attrs
import pytest

from game.core.orders import Plan
from game.io.seating import Chair, Seating
from game.table.beats import TableFault
from game.table.hotseat import Sitting
from game.table.match import Match
from game.table.places import Place
from tests.worlds import opening, rulebook

PEOPLE = ("JP", "KR", "US", "CN", "KP")


def table(planning: int = 1) -> Sitting:
    """Week One with five people and Taiwan's staff; JP and KR at this planning level."""
    state = opening("week_one")
    pact = attrs.evolve(state.pacts["JP-KR"], planning=planning)
    state = attrs.evolve(state, pacts={**state.pacts, "JP-KR": pact})
    chairs = (*(Chair(s) for s in PEOPLE), Chair("TW", "idle"))
    found = Sitting(Match(state, rulebook("week_one"), 3), Seating(chairs, {}, Chair("")))
    found.reveal("JP", "", 0)
    return found


@pytest.mark.parametrize(("level", "why"), [(0, "talk_never"), (1, ""), (2, "talk_always"), (3, "talk_always")])
def test_the_planning_level_says_who_is_called_against_a_clock(level: int, why: str) -> None:
    found = table(level).no_talk("KR")
    assert (found.id if found is not None else "") == (f"ui_table.{why}" if why else "")


def test_a_minute_runs_for_all_to_see_once_a_turn_for_either_of_the_two() -> None:
    at = table()
    assert not at.talking(0)
    at.talk("KR", 5_000)
    (now,) = at.talking(25_000)
    assert (now.seats, now.left) == (("JP", "KR"), 40_000)
    with pytest.raises(TableFault, match="talk_had"):
        at.talk("KR", 26_000)
    at.begin(26_000)
    at.seal(Plan("JP"), 27_000)
    assert at.place is Place.COVERED
    assert at.talking(30_000)  # handing over ends no talk
    at.reveal("KR", "", 31_000)
    with pytest.raises(TableFault, match="talk_had"):
        at.talk("JP", 31_000)
    assert not at.talking(65_000)
    with pytest.raises(TableFault, match="talk_had"):
        at.talk("JP", 70_000)


def test_nobody_is_called_who_is_no_ally_or_no_person_and_from_no_covered_screen() -> None:
    at = table()
    for other, why in (("CN", "talk_never"), ("KP", "talk_never"), ("TW", "talk_never"), ("JP", "talk_never")):
        with pytest.raises(TableFault, match=why):
            at.talk(other, 0)
    at.cover(0)
    with pytest.raises(TableFault):
        at.talk("KR", 0)
    at.reveal("JP", "", 0)
    at.facilitate("", 0)
    at.take(Chair("KR", "idle"), 0)
    at.leave(0)
    at.reveal("JP", "", 0)
    with pytest.raises(TableFault, match="talk_computer"):
        at.talk("KR", 0)


def test_a_pause_stops_the_clock_and_the_next_turn_gives_a_new_minute() -> None:
    at = table()
    at.talk("KR", 0)
    at.pause(10_000)
    assert at.talking(500_000)[0].left == 50_000
    at.unpause(500_000)
    assert at.talking(520_000)[0].left == 30_000
    for seat in PEOPLE:
        at.call(seat, 520_000)
        at.reveal(seat, "", 520_000)
        at.begin(520_000)
        at.seal(Plan(seat), 520_000)
    assert at.place is Place.RESOLVING
    assert not at.talking(520_000)  # the film runs: nobody talks
    while at.place in (Place.RESOLVING, Place.ALARM_COVERED):
        if at.place is Place.RESOLVING:
            at.step(520_000)
        else:
            at.leave_unanswered(520_000)
    at.next_turn(530_000)
    at.reveal(at.next, "", 530_000)
    at.talk("KR", 530_000)
    assert at.talking(530_000)[0].left == 60_000
