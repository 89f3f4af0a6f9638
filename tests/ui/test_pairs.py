"""After the debrief: the choice that the scenario tests, both ways, told while it grows."""

from __future__ import annotations

import time
from pathlib import Path

from game.study.pairs import one_by_one, told
from game.study.run import opening
from game.ui.screens.debrief import DebriefScreen
from game.ui.screens.pairs import PairsScreen
from game.ui.widgets import Bars, Label, Prose
from tests.ui.driver import Driver
from tests.ui.test_assess import debrief, finished


def waited(hand: Driver, screen: PairsScreen) -> None:
    """Until the workers are done, which play in real time."""
    for _ in range(600):
        hand.wait(300)
        if screen.run is None:
            return
        time.sleep(0.1)
    raise AssertionError("the pairs did not end")


def test_from_the_debrief_to_the_other_choice_and_back(tmp_path: Path) -> None:
    hand, before = debrief(finished(tmp_path / "a.save", "one_sky"))
    table = before.table
    screen = PairsScreen(table, before, pairs=6)
    hand.app.go(screen)
    hand.wait(32)
    waited(hand, screen)
    assert table.house is not None
    state, rulebook = opening(table.house.chapters, str(table.scenario))
    wanted = told(screen.choice, one_by_one(state, rulebook, screen.choice, 6))
    assert screen.told == wanted, "the same as one after another in one process"
    share, done, gains = hand.widget("shares"), hand.widget("done"), hand.widget("gains")
    assert isinstance(share, Bars) and sum(ppm for _, ppm in share.bars) == 1_000_000
    assert isinstance(done, Label) and done.text == "6 of 6"
    assert isinstance(gains, Prose) and len(gains.paras) == 1 + 2 * len(wanted.gained)
    hand.click("back")
    assert isinstance(hand.screen, DebriefScreen)


def test_the_debrief_of_a_scenario_without_a_choice_says_so(tmp_path: Path) -> None:
    hand, _ = debrief(finished(tmp_path / "a.save", "first_watch"))
    button = hand.widget("pairs")
    assert not getattr(button, "on") and "tests no choice" in button.tip  # noqa: B009 - of a Button alone


def test_leaving_stops_what_has_not_begun(tmp_path: Path) -> None:
    hand, before = debrief(finished(tmp_path / "a.save", "one_sky"))
    hand.click("pairs")
    screen = hand.screen
    assert isinstance(screen, PairsScreen) and screen.run is not None
    hand.key("Esc")
    assert screen.run is None and hand.screen is before
