"""The facilitator's console: the code before anything, values, results, notes, chairs, the clock."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from game.core.orders import Plan
from game.edition import edition
from game.io.save import open_save
from game.io.seating import Chair, Seating, code_of
from game.table.hotseat import Sitting
from game.table.match import Match
from game.table.places import Act, Place
from game.table.sit import begin_sitting
from game.ui.screens.facilitate import MINUTE, FacilitateScreen
from game.ui.screens.facilitate_forms import TABS
from game.ui.screens.replay import ReplayScreen
from game.ui.table import Table
from game.ui.widgets import Button, Choice, Rows, Widget, texts_of
from tests.laws.fog import scrambled
from tests.ui.driver import Driver
from tests.ui.games import SEED
from tests.ui.test_public import plan, played_out, seating
from tests.ui.test_replay import SIZES, overlaps
from tests.worlds import SCENARIOS, pack, rulebook

CODE = "white"


def table(path: Path | None = None, code: str = "", chairs: Seating | None = None) -> Table:
    setting, state = pack("one_sky")
    rules = rulebook("one_sky")
    seats = attrs.evolve(chairs or seating(), facilitator=Chair("", code=code_of(code)))
    sitting = begin_sitting(path, state, rules, SEED, edition(rules.chapters), seats, durable=False)
    return Table(sitting, rules, setting, SCENARIOS["one_sky"], save=path)


def inside(at: Table, tab: str = "seats") -> tuple[Driver, FacilitateScreen]:
    screen = FacilitateScreen(at)
    hand = Driver(screen)
    hand.key("Enter")
    assert at.sitting.place is Place.FACILITATOR
    hand.click("tabs", tab)
    return hand, screen


# The code


def test_nothing_is_shown_before_the_code() -> None:
    pictures: list[tuple[list[Widget], bytes]] = []
    _, state = pack("one_sky")
    for world in (state, scrambled(state, "")):
        match = Match(world, rulebook("one_sky"), SEED)
        seats = attrs.evolve(seating(), facilitator=Chair("", code=code_of(CODE)))
        at = Table(Sitting(match, seats), rulebook("one_sky"), pack("one_sky")[0], SCENARIOS["one_sky"])
        hand = Driver(FacilitateScreen(at))
        pictures.append((hand.widgets(), hand.pixels()))
    assert pictures[0] == pictures[1]
    assert "map" not in {w.id for w in pictures[0][0]}


def test_a_wrong_code_is_refused_in_a_line_and_the_right_one_opens() -> None:
    at = table(code=CODE)
    hand = Driver(FacilitateScreen(at))
    hand.type("black")
    hand.click("gate.enter")
    assert "notice" in hand.ids() and at.sitting.place is Place.COVERED
    hand.type(CODE)
    hand.key("Enter")
    assert "map" in hand.ids() and at.sitting.may(Act.LEAVE)


def test_without_a_facilitator_nobody_enters() -> None:
    at = table()
    at.sitting.seating = attrs.evolve(at.sitting.seating, facilitator=None)
    hand = Driver(FacilitateScreen(at))
    enter = hand.widget("gate.enter")
    assert isinstance(enter, Button) and not enter.on
    assert any("Nobody facilitates" in words for words in hand.texts())


# What it may do


def test_a_value_is_set_with_a_reason_and_told(tmp_path: Path) -> None:
    path = tmp_path / "g.save"
    at = table(path)
    hand, screen = inside(at, "set")
    hand.choose("table", "nations")
    hand.choose("row", "JP")
    hand.choose("field", "capital")
    before = screen.match.state.nations["JP"].capital
    hand.click("value")
    hand.type(str(before + 2))
    button = hand.widget("do.set")
    assert isinstance(button, Button) and not button.on and button.tip, "not without a reason"
    hand.click("reason")
    hand.type("The budget passed")
    hand.click("told.JP")
    hand.click("do.set")
    assert screen.match.state.nations["JP"].capital == before + 2, screen.notice
    event = screen.match.steps[-1].events[0]
    assert event.rule == "F1" and event.all_to == ("JP",) and "The budget passed" in str(event.message)
    assert not screen.bad and screen.draft.reason == ""
    saved = open_save(path, at.rulebook)
    assert [mark.kind for mark in saved.marks(1)] == ["act"]


def test_a_value_that_does_not_fit_is_one_line_and_changes_nothing() -> None:
    at = table()
    hand, screen = inside(at, "set")
    hand.choose("table", "nations")
    hand.choose("field", "support")
    state = screen.match.state
    for words in ("many", "-3"):
        hand.click("value")
        hand.type(words)
        hand.click("reason")
        hand.type("Why not")
        hand.click("do.set")
        assert screen.bad and screen.notice and "\n" not in screen.notice
        screen.draft = attrs.evolve(screen.draft, value="", reason="")
    assert screen.match.state is state


def test_fields_that_name_something_are_chosen_not_typed() -> None:
    at = table()
    hand, screen = inside(at, "set")
    hand.choose("table", "counters")
    hand.choose("field", "at")
    value = hand.widget("value")
    assert isinstance(value, Choice) and len(value.items) == len(screen.match.state.places)
    hand.choose("field", "flushed")
    value = hand.widget("value")
    assert isinstance(value, Choice) and [v for v, _ in value.items] == ["true", "false"]


def resolved() -> Table:
    at = table()
    played_out(at)
    at.sitting.next_turn(0)
    for seat in at.sitting.persons:
        plan(at, seat)
        at.sitting.seal(Plan(seat), 0)
    while at.sitting.place in (Place.RESOLVING, Place.ALARM_COVERED):
        if at.sitting.place is Place.ALARM_COVERED:
            at.sitting.leave_unanswered(0)
        else:
            at.sitting.step(0)
    return at


def test_a_result_is_taken_back() -> None:
    hand, screen = inside(resolved(), "results")
    rows = hand.widget("results")
    assert isinstance(rows, Rows) and rows.items
    for item in rows.items:
        hand.click("results", item.value)
        hand.click("reason")
        hand.type("It never was")
        hand.click("do.amend")
        if not screen.bad:
            break
        assert "\n" not in screen.notice
        screen.draft = attrs.evolve(screen.draft, reason="")
    assert screen.match.steps[-1].events[0].rule == "F2", screen.notice


def test_a_result_ends_otherwise() -> None:
    hand, screen = inside(resolved(), "results")
    hand.click("mode", "replace")
    rows = hand.widget("results")
    assert isinstance(rows, Rows)
    done = False
    for item in rows.items:
        hand.click("results", item.value)
        cell = hand.widget("cell")
        assert isinstance(cell, Choice)
        if not cell.items or screen.draft.cell[0] != "counters" or screen.draft.cell[2] != "rounds":
            continue
        hand.click("amount")
        hand.type("-1")
        hand.click("reason")
        hand.type("One round only")
        hand.click("do.amend")
        done = not screen.bad
        if done:
            break
        screen.draft = attrs.evolve(screen.draft, reason="", amount="")
    assert done and screen.match.steps[-1].events[0].rule == "F3", screen.notice


def test_a_note_is_put_into_the_story_for_everybody() -> None:
    at = table()
    hand, screen = inside(at, "inject")
    hand.click("reason")
    hand.type("A typhoon nears Okinawa")
    hand.click("told.all")
    hand.click("do.note")
    event = screen.match.steps[-1].events[0]
    assert event.rule == "F4" and set(event.all_to) == set(at.board.seats)


def test_a_nudge_is_told_to_that_seat_alone() -> None:
    at = table()
    hand, screen = inside(at)
    hand.click("seats", "KR")
    hand.click("nudge")
    assert screen.match.steps[-1].events[0].all_to == ("KR",)


def test_chairs_change_hands() -> None:
    at = table()
    hand, screen = inside(at)
    hand.click("seats", "KR")
    hand.choose("chair", "doctrine")
    assert at.sitting.persons == ("JP",) and not screen.bad
    hand.choose("chair", "")
    assert [chair.player for chair in at.sitting.seating.chairs[:2]] == ["", ""]


def test_the_clock_is_extended_and_the_table_paused() -> None:
    at = table()
    plan(at, "JP")
    hand, screen = inside(at)
    clock = at.sitting.clock
    assert clock is not None
    hand.key("E")
    extended = at.sitting.clock
    assert extended is not None and extended.length == clock.length + 2 * MINUTE
    hand.key("P")
    assert at.sitting.paused and not screen.bad
    hand.click("pause")
    assert not at.sitting.paused


def test_nobody_answers_the_alarm_so_the_standing_answer_counts() -> None:
    for seed in range(8):
        at = table()
        at.sitting._match.seed = seed
        played_out(at)
        at.sitting.next_turn(0)
        for seat in at.sitting.persons:
            plan(at, seat)
            at.sitting.seal(Plan(seat), 0)
        while at.sitting.place is Place.RESOLVING:
            at.sitting.step(0)
        if at.sitting.place is Place.ALARM_COVERED:
            break
    assert at.sitting.place is Place.ALARM_COVERED
    hand, screen = inside(at)
    hand.click("unasked")
    assert at.sitting.may(Act.LEAVE) and screen.match.pending is None, screen.notice


def test_the_log_opens_any_event_to_its_rule() -> None:
    hand, _ = inside(resolved(), "log")
    hand.click("log.find")
    hand.type("MD7")
    rows = hand.widget("log")
    assert isinstance(rows, Rows) and rows.items
    hand.click("log", rows.items[0].value)
    assert "why.panel" in hand.ids()
    hand.key("Esc")
    assert "why.panel" not in hand.ids()


def test_the_replay_from_here_is_open_to_the_truth_and_comes_back(tmp_path: Path) -> None:
    at = table(tmp_path / "g.save")
    hand, screen = inside(at)
    hand.click("replay")
    assert isinstance(hand.screen, ReplayScreen) and hand.screen.eyes == "truth"
    hand.key("Esc")
    assert hand.app.front.screen is screen


# How it stands


@pytest.mark.parametrize(("size", "wish"), SIZES)
@pytest.mark.parametrize("tab", TABS)
def test_nothing_lies_on_anything_or_out_of_the_window(tab: str, size: tuple[int, int], wish: float) -> None:
    at = table()
    played_out(at)
    screen = FacilitateScreen(at)
    hand = Driver(screen, size, wish)
    check(hand, size)
    hand.key("Enter")
    screen.tab = tab
    screen.notice = "A line that says what came of it"
    check(hand, size)
    for w in hand.widgets():
        if isinstance(w, Button):
            assert w.rect.h >= hand.app.front.room.u(20), w.id


def check(hand: Driver, size: tuple[int, int]) -> None:
    widgets = hand.widgets()
    assert not overlaps(widgets)
    for w in widgets:
        assert w.rect.x >= 0 and w.rect.y >= 0 and w.rect.right <= size[0] and w.rect.bottom <= size[1], w.id
        assert not any("ui_replay." in words for words in texts_of(w)), w.id


def test_the_keyboard_reaches_all() -> None:
    for tab in TABS:
        hand, _ = inside(table(), tab)
        for w in hand.widgets():
            if isinstance(w, Button | Choice | Rows):
                hand.focus(w.id)
