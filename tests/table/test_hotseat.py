"""A table by the book: hand-offs, the Alarm and its clock, groups, switches, the facilitator."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.orders import Plan
from game.io.sealed import sealed_for
from game.io.seating import Chair, Seating, code_of
from game.table.beats import Bell, TableFault
from game.table.clock import MINUTE
from game.table.facilitator import note
from game.table.hotseat import Sitting
from game.table.match import Match, Refused, Stage
from game.table.places import Place
from tests import toy, worlds
from tests.table.tables import SALT, begun, chair, code, go, opened, reach, saved, seating

#: KP fires on JP and on KR.
FIRE = {"KP": Plan("KP", (toy.Launch("KP", "EAST", 7), toy.Launch("KP", "WEST", 7)))}


def three(path: Path | None = None, **how: object) -> Sitting:
    return begun(path, seating(chair("JP"), chair("KR"), chair("KP"), **how))  # type: ignore[arg-type]


def alarmed(path: Path | None = None, **how: object) -> Sitting:
    """The table at the first Alarm, which is JP's, in turn 2."""
    table = three(path, **how)
    while table.place is not Place.ALARM_COVERED:
        go(table, 0, FIRE if table.turn == 2 else None)
    assert table.next == "JP"
    return table


def test_the_screen_goes_round_in_the_order_of_play() -> None:
    table = begun(None, seating(chair("KP"), chair("JP"), chair("KR", "idle")))
    seen = []
    while table.place is not Place.OVER:
        if table.place is Place.COVERED:
            assert table.up == ""
            seen.append(table.next)
        go(table, 0)
    assert seen == ["KP", "JP"] * 3


def test_another_seat_may_go_first() -> None:
    table = three()
    table.call("KP", 0)
    with pytest.raises(TableFault, match=r"ui_table\.not_next next=KP seat=JP"):
        table.reveal("JP", "jp", 0)
    table.reveal("KP", "kp", 0)
    table.begin(0)
    table.seal(Plan("KP"), 0)
    assert table.next == "JP"
    with pytest.raises(TableFault, match="not_waiting"):
        table.call("KP", 0)


def test_one_alone_without_a_code_is_never_handed_the_screen() -> None:
    table = begun(None, seating(chair("KP", "random"), chair("JP", coded=False), chair("KR", "idle")))
    places = set()
    while table.place is not Place.OVER:
        places.add(table.place)
        assert table.up == table.view().seat == "JP"
        go(table, 0)
    assert places == {Place.BRIEF, Place.PLANNING, Place.RESOLVING, Place.ALARM, Place.BETWEEN}


def test_one_alone_with_a_code_is_handed_it_every_turn() -> None:
    table = begun(None, seating(chair("KP", "random"), chair("JP"), chair("KR", "idle")))
    handed = 0
    while table.place is not Place.OVER:
        handed += table.place is Place.COVERED
        go(table, 0)
    assert handed == 3


def test_one_alone_with_a_code_may_watch_and_is_covered_when_the_turn_is_over() -> None:
    table = reach(begun(None, seating(chair("KP", "idle"), chair("JP"), chair("KR", "idle"))), Place.RESOLVING)
    assert table.up == ""
    table.reveal("JP", "jp", 0)
    assert table.view().seat == "JP"
    reach(table, Place.BETWEEN)
    assert table.up == ""


def test_covered_while_planning_the_plan_is_there_again() -> None:
    table = reach(three(), Place.PLANNING)
    thought = Plan("JP", (toy.March("JP", "J1", "WEST"),))
    table.draft(thought)
    table.cover(0)
    with pytest.raises(TableFault, match="is_covered"):
        table.drafted()
    table.reveal("JP", "jp", 0)
    assert (table.place, table.drafted()) == (Place.PLANNING, thought)


def test_a_sealed_plan_is_taken_back_with_its_code() -> None:
    table = reach(three(), Place.PLANNING)
    thought = Plan("JP", intent="Go west.")
    table.seal(thought, 0)
    with pytest.raises(TableFault, match="wrong_code"):
        table.reopen("JP", "kr", 0)
    assert (table.sealed, table.up) == (("JP",), "")
    assert table.reopen("JP", "jp", 0) == table.drafted() == thought
    assert (table.place, table.up, table.sealed) == (Place.PLANNING, "JP", ())


def test_a_refused_plan_seals_nothing() -> None:
    table = reach(three(), Place.PLANNING)
    with pytest.raises(Refused):
        table.seal(Plan("JP", (toy.March("JP", "N1", "WEST"),)), 0)
    assert (table.place, table.up, table.sealed) == (Place.PLANNING, "JP", ())


def test_nobody_seals_for_another() -> None:
    table = reach(three(), Place.PLANNING)
    for act in (
        lambda: table.seal(Plan("KR"), 0),
        lambda: table.draft(Plan("KR")),
        lambda: table.refusals(Plan("KR")),
    ):
        with pytest.raises(TableFault, match="not_own"):
            act()


def test_a_group_seals_with_its_approver() -> None:
    group = Chair("JP", people=("Aiko", "Ren"), approver="Ren", consent=code_of("ren", SALT))
    table = reach(begun(None, seating(group, chair("KR"), chair("KP"))), Place.PLANNING)
    for consent in (None, "", "aiko"):
        with pytest.raises(TableFault, match=r"ui_table\.no_consent name=Ren"):
            table.seal(Plan("JP"), 0, consent=consent)
    table.seal(Plan("JP"), 0, consent="ren")
    assert table.sealed == ("JP",)


def test_an_approver_without_a_code_just_agrees() -> None:
    group = Chair("JP", approver="Ren")
    table = reach(begun(None, seating(group, chair("KR"), chair("KP"))), Place.PLANNING)
    with pytest.raises(TableFault, match="no_consent"):
        table.seal(Plan("JP"), 0)
    table.seal(Plan("JP"), 0, consent="")
    assert table.sealed == ("JP",)


# The Alarm


def test_the_alarm_goes_to_the_seat_that_is_asked_alone() -> None:
    table = alarmed()
    with pytest.raises(TableFault):
        table.question()
    with pytest.raises(TableFault, match="not_next"):
        table.reveal("KR", "kr", 0)
    table.reveal("JP", "jp", 0)
    asked = table.question()
    assert (table.place, asked.seat, table.up) == (Place.ALARM, "JP", "JP")
    reply = asked.template.fill(dig=True)
    assert table.answer(reply, 29_999) == reply
    assert (table.place, table.up) == (Place.RESOLVING, "")


def test_the_alarm_has_thirty_seconds_from_its_reveal() -> None:
    table = alarmed()
    assert table.clock is None
    table.reveal("JP", "jp", 50_000)
    assert table.clock is not None
    assert table.clock.left(50_000) == 30_000
    heard = [(t, bell) for t in range(50_000, 90_000, 500) if (bell := table.tick(t))]
    assert heard == [(65_000, Bell.WARNS), (80_000, Bell.EXPIRED)]
    assert (table.place, table.up) == (Place.RESOLVING, "")


def test_every_alarm_has_its_own_thirty_seconds() -> None:
    table = alarmed()
    table.reveal("JP", "jp", 0)
    table.answer(None, 29_000)
    reach(table, Place.ALARM, 29_000)
    assert (table.turn, table.up) == (2, "KR")
    assert table.clock is not None
    assert table.clock.left(29_000) == 30_000


def test_covering_the_alarm_buys_no_time_and_pausing_costs_none() -> None:
    table = alarmed()
    table.reveal("JP", "jp", 0)
    table.pause(10_000)
    assert table.tick(500_000) is None
    table.unpause(500_000)
    table.reveal("JP", "jp", 600_000)
    assert table.clock is not None
    assert table.clock.left(600_000) == 20_000
    table.cover(601_000)
    assert table.tick(619_999) is Bell.WARNS
    assert table.tick(620_000) is Bell.EXPIRED
    assert table.place is Place.RESOLVING


def test_an_answer_too_late_is_the_standing_one() -> None:
    table = alarmed()
    table.reveal("JP", "jp", 0)
    assert table.answer(table.question().template.fill(dig=True), 30_000) is None


def test_an_alarm_nobody_comes_to_is_the_facilitators_to_end() -> None:
    table = alarmed(facilitator=True)
    with pytest.raises(TableFault, match="facilitators"):
        table.leave_unanswered(0)
    table.leave_unanswered(0, "white")
    assert table.place is Place.RESOLVING


def test_a_seat_that_leaves_at_the_alarm_is_answered_for() -> None:
    table = alarmed()
    table.take(Chair("JP", "idle"), 0)
    assert table.place is Place.RESOLVING
    while table.place is Place.RESOLVING:
        table.step(0)
    assert (table.place, table.next) == (Place.ALARM_COVERED, "KR")


# The clock


def test_the_clock_of_a_seat_runs_while_it_plans_and_seals_nothing() -> None:
    table = three(minutes=2)
    assert table.clock is None
    table.reveal("JP", "jp", 0)
    assert table.tick(10 * MINUTE) is None, "reading the brief costs nothing"
    table.begin(0)
    heard = [(t, bell) for t in range(0, 5 * MINUTE, 500) if (bell := table.tick(t))]
    assert heard == [(90_000, Bell.WARNS), (120_000, Bell.OVERRUN)]
    assert table.place is Place.PLANNING
    table.extend(4 * MINUTE)
    assert table.clock is not None
    assert table.clock.left(5 * MINUTE) == MINUTE
    table.seal(Plan("JP"), 5 * MINUTE)
    assert (table.next, table.clock) == ("KR", None)


def test_only_the_facilitator_gives_time_where_there_is_one() -> None:
    table = reach(three(facilitator=True, minutes=2), Place.PLANNING)
    for wrong in ("", "jp"):
        with pytest.raises(TableFault, match="facilitators"):
            table.extend(1000, wrong)
        with pytest.raises(TableFault, match="facilitators"):
            table.pause(0, wrong)
    table.extend(1000, "white")
    table.pause(0, "white")
    assert (table.place, table.up) == (Place.COVERED, "")
    with pytest.raises(TableFault, match="paused"):
        table.reveal("JP", "jp", 0)


# The facilitator, and switches


def test_the_facilitator_sees_all_and_leaves_a_covered_screen() -> None:
    table = reach(three(facilitator=True, minutes=2), Place.PLANNING)
    with pytest.raises(TableFault, match="facilitators"):
        table.facilitate("jp", 0)
    table.facilitate("white", 1000)
    assert table.whole().view("KP").seat == "KP"
    with pytest.raises(TableFault):
        table.view()
    table.leave(99_000)
    assert (table.place, table.next) == (Place.COVERED, "JP")
    table.reveal("JP", "jp", 100_000)
    assert table.clock is not None
    assert table.clock.used(100_000) == 1000


def test_no_chair_no_facilitator() -> None:
    table = three()
    with pytest.raises(TableFault, match="no_facilitator"):
        table.facilitate("", 0)


def test_a_seat_goes_to_a_computer_and_comes_back_with_its_code(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    table = three(path)
    table.take(Chair("JP", "idle"), 0)
    assert (table.place, table.next, table.persons) == (Place.COVERED, "KR", ("KR", "KP"))
    with pytest.raises(TableFault, match="wrong_code"):
        table.take(Chair("JP"), 0)
    reach(table, Place.BETWEEN)
    table.take(Chair("JP", code=code_of("new", SALT)), 0, "jp")
    table.close()
    found = opened(path).sitting
    assert (found.place, found.next) == (Place.COVERED, "JP")
    found.reveal("JP", "new", 0)
    found.close()
    held = saved(path)
    said = [held.player(m) for turn in held.turns for m in held.marks(turn) if m.kind == "seat"]
    assert said == [("JP", "idle"), ("JP", "person")]


def test_a_game_stays_sealed_while_anybody_plays_it(tmp_path: Path) -> None:
    """Who leaves a computer in the chair takes no lock off the file; once computers play all seats it is open."""
    path = tmp_path / "g.save"
    table = begun(path, seating(chair("JP"), chair("KR", coded=False), chair("KP", "idle")))
    table.take(Chair("JP", "idle"), 0)
    assert sealed_for(path) == ("JP",)
    assert "JP" in path.with_name("g.save.table.json").read_text()
    table.take(Chair("KR", "idle"), 0)
    assert sealed_for(path) == ()
    table.close()


def test_no_switch_while_a_seat_is_at_the_screen() -> None:
    table = reach(three(), Place.PLANNING)
    with pytest.raises(TableFault, match="not_here"):
        table.take(Chair("KR", "idle"), 0)


def test_a_code_that_a_lone_player_sets_covers_the_screen() -> None:
    match = Match(toy.opening(toy.setting(3)), toy.rulebook(), 3)
    sitting = Sitting(match, seating(chair("JP", coded=False), chair("KR", "idle"), chair("KP", "idle")))
    reach(sitting, Place.BETWEEN)
    assert sitting.up == "JP"
    sitting.take(chair("JP"), 0)
    assert sitting.up == ""


def test_the_last_person_leaves_and_the_game_plays_itself() -> None:
    table = three()
    for seat in toy.SEATS:
        table.take(Chair(seat, "idle"), 0)
    while table.place is not Place.OVER:
        go(table, 0)
    assert table.whole().stage is Stage.OVER


# What is told


def test_a_seat_is_told_what_came_since_it_sealed() -> None:
    """The facilitator's word to JP alone, before JP seals, after it, and between turns; each is told once."""
    table = three(facilitator=True)

    def word(words: str) -> None:
        table.facilitate("white", 0)
        note(table.whole(), words, ("JP",))
        table.leave(0)

    def words() -> list[object]:
        return [value for one in table.told() if one.rule == "F4" for _, value in one.message.values]

    word("one")
    go(table, 0)
    assert (table.up, words()) == ("JP", ["one"])
    reach(table, Place.PLANNING)
    go(table, 0)
    word("two")
    go(table, 0)
    assert (table.up, words()) == ("KR", [])
    reach(table, Place.BETWEEN)
    word("three")
    reach(table, Place.BRIEF)
    assert (table.up, words()) == ("JP", ["two", "three"])
    table.begin(0)
    assert words() == ["two", "three"], "still there while it plans"
    go(table, 0)
    reach(table, Place.BETWEEN)
    assert (reach(table, Place.BRIEF).up, words()) == ("JP", [])


def test_a_resumed_table_tells_nothing_twice(tmp_path: Path) -> None:
    """What JP heard before it sealed is not told again to it, killed or not."""
    table = three(tmp_path / "g.save", facilitator=True)
    table.facilitate("white", 0)
    note(table.whole(), "heard", ("JP",))
    table.leave(0)
    while table.sealed != ("JP",):
        go(table, 0)
    table.facilitate("white", 0)
    note(table.whole(), "unheard", ("JP",))
    table.leave(0)
    reach(reach(table, Place.BETWEEN), Place.BRIEF)
    told = table.told()
    table.close()
    again = reach(opened(tmp_path / "g.save").sitting, Place.BRIEF)
    assert again.told() == told
    assert [v for one in told if one.rule == "F4" for _, v in one.message.values] == ["unheard"]
    again.close()


def test_the_film_tells_no_more_than_its_eyes_hear() -> None:
    """Round one screen it is the public's; alone it is one's own."""
    many, alone = three(), begun(None, seating(chair("JP", coded=False), chair("KR", "idle"), chair("KP", "idle")))
    reach(alone, Place.BETWEEN)
    reach(alone, Place.PLANNING)
    alone.seal(Plan("JP", (toy.Mend("JP", "EAST"),)), 0)
    for table, eyes in ((many, ""), (alone, "JP")):
        reach(table, Place.RESOLVING)
        beats = []
        while table.place is Place.RESOLVING:
            if beat := table.step(0):
                beats.append(beat)
        assert {b.eyes for b in beats} == {b.view.seat for b in beats} == {eyes}
        if eyes:
            reach(table, Place.BRIEF)
            assert table.told() == tuple(one for b in beats for one in b.told) != ()


# Sealing in any order, and the kill


@worlds.examples(12)
@given(worlds.worlds(), st.data())
def test_who_seals_first_changes_nothing(world: worlds.World, data: st.DataObject) -> None:
    """Two tables, two orders of play, plans taken back on the way: one state at the end of the turn."""
    digests = []
    for _ in range(2):
        order = data.draw(st.permutations(worlds.seats(world.state)))
        table = Sitting(Match(world.state, world.rules, 7), Seating(tuple(Chair(s) for s in order)))
        while table.place in (Place.COVERED, Place.BRIEF, Place.PLANNING):
            if table.place is Place.COVERED and table.sealed and data.draw(st.integers(0, 5)) == 0:
                table.reopen(data.draw(st.sampled_from(table.sealed)), "", 0)
            go(table, 0, world.plans)
        while table.place in (Place.RESOLVING, Place.ALARM_COVERED, Place.ALARM):
            if table.place is Place.ALARM:
                table.answer(world.answer(table.question()), 0)
            else:
                go(table, 0)
        digests.append(table._match.digest())
    assert digests[0] == digests[1]


#: Where a killed table may be found again. What was asked is asked again by the next step.
AGAIN = {
    Place.BRIEF: Place.COVERED,
    Place.PLANNING: Place.COVERED,
    Place.BETWEEN: Place.COVERED,
    Place.ALARM_COVERED: Place.RESOLVING,
    Place.ALARM: Place.RESOLVING,
}


def test_killed_at_any_place_a_table_goes_on_from_there(tmp_path: Path) -> None:
    """After every act the files are copied, as a kill leaves them, and opened: nothing sealed is lost, no code, no
    draft, and what each seat is told is the same."""
    path, away = tmp_path / "g.save", tmp_path / "away"
    table = three(path, minutes=3)
    seen: set[Place] = set()
    n = 0
    while table.place is not Place.OVER:
        if table.place is Place.PLANNING:
            table.draft(FIRE["KP"] if table.up == "KP" else Plan(table.up, intent=f"Thought {n}."))
        n += 1
        copy = away / str(n)
        copy.mkdir(parents=True)
        for file in tmp_path.glob("g.save*"):
            (copy / file.name).write_bytes(file.read_bytes())
        found = opened(copy / "g.save")
        again = found.sitting
        assert found.notes == ()
        assert again.place is AGAIN.get(table.place, table.place)
        assert (again.sealed, again.turn, again.seating) == (table.sealed, table.turn, table.seating)
        assert again._match.digest() == table._match.digest()
        if table.place in (Place.BRIEF, Place.PLANNING):
            assert again.next == table.up
            again.reveal(table.up, code(table.up), 0)
            assert again.told() == table.told()
            assert again.drafted() == table.drafted()
        if table.place in (Place.ALARM_COVERED, Place.ALARM):
            assert again.step(0) is None
            assert again._match.pending == table._match.pending
        again.close()
        seen.add(table.place)
        plans = {"KP": FIRE["KP"]} if table.turn > 1 else {}
        go(table, 0, plans)
    assert seen == set(Place) - {Place.FACILITATOR, Place.OVER}
    table.close()
    assert opened(path).sitting.place is Place.OVER
