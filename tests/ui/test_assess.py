"""The debrief of a finished game: points and why, charts, turning points, questions, and where they lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.core.ids import Seat
from game.report.film import TRUTH
from game.table.beats import TableFault
from game.table.places import Place
from game.ui.screens.assess import turning_list
from game.ui.screens.debrief import DebriefScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.replay_branch import BranchScreen
from game.ui.screens.title import TitleScreen
from game.ui.table import Table
from game.ui.widgets import Act, Button, Chart, Pane, Prose, Rows, texts_of
from tests.ui.driver import Driver
from tests.ui.turns import ROOMS, overlaps, table, watching


def finished(path: Path | None, name: str = "first_watch", persons: tuple[Seat, ...] = ()) -> Table:
    at = table(name, persons, 1, path)
    while at.sitting.place is not Place.OVER:
        if at.sitting.place is Place.BETWEEN:
            at.sitting.next_turn(0)
        else:
            at.sitting.step(0)
    return at


def debrief(at: Table) -> tuple[Driver, DebriefScreen]:
    from tests.ui.turns import _Nothing

    hand = Driver(_Nothing())
    at.next(hand.app)
    hand.wait(16)
    hand.work()
    hand.wait(16)
    assert isinstance(hand.screen, DebriefScreen) and hand.screen.review is not None
    return hand, hand.screen


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Driver, DebriefScreen]:
    return debrief(finished(tmp_path / "game.save"))


def test_it_is_not_shown_before_the_game_is_over() -> None:
    hand = watching(table("first_watch", ("JP",)))
    with pytest.raises(TableFault):
        DebriefScreen(hand.screen.table)  # type: ignore[attr-defined]


def test_the_verdict_and_every_line_are_those_of_the_game(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    assert screen.review is not None
    verdict = " ".join(texts_of(hand.widget("verdict")))
    for score in screen.review.found.seats:
        assert f"{score.points} of {score.most}" in verdict
        hand.click("seat", score.seat)
        told = "\n".join(texts_of(hand.widget("lines")))
        for line in score.lines:
            assert line.title in told and f"{line.points} of {line.most}" in told
            assert any(str(given.value) in told for given in line.reasons)


def test_points_open_to_their_rule(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    hand.key("W")
    assert "THE RULE, A1" in "\n".join(hand.texts())
    hand.key("Esc")
    assert isinstance(hand.screen, DebriefScreen), "the dialog alone is closed"
    assert screen.why is None


def test_charts_end_where_the_game_ended(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    assert screen.review is not None
    points, left = hand.widget("chart.points"), hand.widget("chart.left")
    assert isinstance(points, Chart) and isinstance(left, Chart)
    for curve, score in zip(points.curves, screen.review.found.seats, strict=True):
        assert curve.points[-1][1] == score.points
    assert all(len(chart.curves) <= 4 for chart in (points, left))


def test_a_turning_point_is_shown_where_it_happened_and_opened(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    assert screen.review is not None
    first = screen.review.found.turning[0].frame
    hand.row_act("turning", 0, "show")
    assert screen.spot is first
    pane = hand.widget("map")
    assert isinstance(pane, Pane) and pane.layer
    hand.click("spot.why")
    assert "Drawn:" in "\n".join(hand.texts())
    hand.key("Esc")
    hand.key("Esc")
    assert screen.spot is None
    hand.row_act("turning", 0, "why")
    assert screen.why is not None


def test_every_question_stands_with_events_of_its_rules(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    assert screen.review is not None
    hand.click("tab", "questions")
    rows = hand.widget("questions")
    assert isinstance(rows, Rows)
    heads = [item.text for item in rows.items if item.head]
    assert heads[: len(screen.review.found.questions)] == [q.text for q in screen.review.found.questions]
    rules = {rule for q in screen.review.found.questions for rule in q.rules}
    assert all(f.told is not None and f.told.rule in rules for f in screen.listed.frames)
    hand.click("questions", 0)
    assert screen.spot is not None or screen.why is not None


def test_from_here_to_the_replay_a_branch_and_the_title(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, screen = opened
    hand.key("R")
    assert isinstance(hand.screen, ReplayScreen)
    hand.app.go(screen)
    hand.wait(16)
    hand.click("branch")
    assert isinstance(hand.screen, BranchScreen)
    hand.app.go(screen)
    hand.wait(16)
    hand.key("Esc")
    assert isinstance(hand.screen, TitleScreen)


def test_a_game_in_no_file_is_assessed_and_says_why_it_has_no_replay() -> None:
    hand, _ = debrief(finished(None))
    replay = hand.widget("replay")
    assert isinstance(replay, Button) and not replay.on and replay.tip


def test_everything_is_reached_by_the_keyboard(opened: tuple[Driver, DebriefScreen]) -> None:
    hand, _ = opened
    for id in ("seat", "score.why", "tab", "turning", "leave", "branch", "replay"):
        hand.focus(id)


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_nothing_lies_over_anything_else(tmp_path: Path, room: object) -> None:
    hand, screen = debrief(finished(tmp_path / "game.save", "one_sky"))
    assert screen.review is not None
    for score in screen.review.found.seats:
        screen.act(Act("seat", score.seat), hand.app)
        for screen.tab in ("turning", "questions"):
            assert not list(overlaps(screen, room)), (score.seat, screen.tab)  # type: ignore[arg-type]
            for n in range(0, len(screen.listed.frames), 3):
                screen._row(n)
                assert not list(overlaps(screen, room)), n  # type: ignore[arg-type]
                screen.spot = screen.why = None
    assert any(isinstance(w, Prose) for w in screen.widgets(room))  # type: ignore[arg-type]
    assert screen.review.reel.frames(TRUTH)


def test_the_counts_of_the_full_map_are_told_in_words(tmp_path: Path) -> None:
    """No tally's key and no code of a nation stands where one reads what the points come from."""
    hand, screen = debrief(finished(tmp_path / "a.save", "week_one"))
    assert screen.review is not None
    told = ""
    for score in screen.review.found.seats:
        hand.click("seat", score.seat)
        lines = texts_of(hand.widget("lines"))
        assert [line for line in lines if re.search(r"[a-z]\.[a-z]|tally|\([A-Z]{2}\)", line)] == []
        told += "\n".join(lines)
    assert "cargo delivered: " in told and "× cargo delivered" in told and "ships sunk or stopped: " in told


def test_what_a_nation_was_told_of_itself_says_here_whose_it_is(tmp_path: Path) -> None:
    _, screen = debrief(finished(tmp_path / "a.save", "the_bridge"))
    assert screen.review is not None
    own = [p.frame for p in screen.review.found.turning if p.frame.event and p.frame.event.rule == "LG9"]
    items = turning_list(screen.table, screen.view, screen.review.found.turning).items
    assert own and any("The United States: 115.0 points used" in item.text for item in items)
