"""First Watch as a newcomer meets it: the bet, the same raid twice, the coach."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.__main__ import chapters
from game.ui.house import House
from game.ui.screens.tutorial import LEVELS, TutorialScreen, day
from tests.ui.driver import Driver


@pytest.fixture(scope="module")
def house() -> House:
    return House(chapters, durable=False)


def test_the_bet_comes_first_then_both_days(house: House) -> None:
    hand = Driver(TutorialScreen(house, 7))
    hand.key("Enter")
    assert "show" in hand.ids(), "nothing is shown before a bet"
    hand.key("3")
    hand.key("Enter")
    hand.work()
    assert {"day.1", "day.4", "verdict"} <= set(hand.ids())


def test_both_days_are_what_the_engine_plays(house: House) -> None:
    low, high = (day(house, level, 7) for level in LEVELS)
    assert all(990_000 <= sum(ppm for _, ppm in told.bars) <= 1_000_000 for told in (low, high))
    assert low.mean_hundredths > high.mean_hundredths, "sharing does not help against this raid: another opening"
    assert low == day(house, LEVELS[0], 7)


@pytest.mark.parametrize("seed", range(8))
def test_with_the_same_luck_the_better_level_never_lets_more_through(house: House, seed: int) -> None:
    low, high = (day(house, level, seed) for level in LEVELS)
    assert high.leakers <= low.leakers


def test_at_the_lower_level_the_screen_holds_no_target(house: House) -> None:
    low, high = (day(house, level, 7) for level in LEVELS)
    before = [f for f in low.frames if f.phase == "missile_defense.launch"]
    assert before and all("JIWA" not in f.places for f in before)
    assert any("JIWA" in f.places for f in high.frames if f.phase == "missile_defense.launch")


def test_the_game_is_laid_out_beside_the_window_with_a_sign_of_life(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.io.recent.saves_folder", lambda: tmp_path)
    hand = Driver(TutorialScreen(house, 7))
    hand.key("1")
    hand.key("Enter")
    hand.work()
    before = hand.texts()
    hand.key("Enter")
    hand.key("Enter")  # twice begins no second game
    said = set(hand.texts()) - set(before)
    assert said or not isinstance(hand.screen, TutorialScreen)
    hand.work()
    assert not isinstance(hand.screen, TutorialScreen)
    for job in hand.app.at_end:
        job()
    assert len(list(tmp_path.glob("*.save"))) == 1
