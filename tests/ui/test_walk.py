"""Law: the screens that stand on a kept game fit, too, and large letters on a large window; no icon goes unexplained.

The measures are those of `test_fits`. Here they are held to the replay, the debrief and the facilitator's console,
and to the walks at 1920x1080 with letters twice as large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from game.io.save import Saved
from game.ui.layout import Rect
from game.ui.screens import SCREENS
from game.ui.screens.facilitate_forms import TABS
from game.ui.screens.pairs import PairsScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.replay_branch import BranchScreen
from game.ui.screens.sides import SidesScreen
from game.ui.widgets import Button, Rows, Widget
from tests.ui.driver import Driver
from tests.ui.games import kept_game, reading
from tests.ui.leaks import NO_GAME, WALKS, walked
from tests.ui.test_assess import debrief, finished
from tests.ui.test_facilitate import inside
from tests.ui.test_facilitate import table as facilitated
from tests.ui.test_fits import a_table, faults

LARGE = ((1920, 1080), 2.0)
SIZES = [((1280, 720), 0.0), ((1920, 1080), 0.0), LARGE]
IDS = ("720", "1080", "1080 at 200%")
#: Screens of a kept game, walked below.
KEPT = ("replay", "debrief", "pairs", "facilitate")


def test_no_screen_is_left_out() -> None:
    assert sorted([*WALKS, *NO_GAME, *KEPT]) == sorted(SCREENS)


def unexplained(widgets: Sequence[Widget]) -> Iterator[str]:
    """Buttons and acts of rows that are an icon alone, without a tip that says what they do."""
    for w in widgets:
        if isinstance(w, Button) and not (w.text or w.tip):
            yield f"{w.id} is an icon without a tip"
        elif isinstance(w, Rows):
            yield from (f"{w.id}: {act} has no tip" for item in w.items for act, _, tip in item.acts if not tip)


def wrong(hand: Driver, stop: str, *, tab: bool = False) -> list[str]:
    return [*faults(hand, stop, tab=tab), *(f"{stop}: {one}" for one in unexplained(hand.widgets()))]


@pytest.mark.parametrize("name", sorted(WALKS))
def test_a_screen_of_a_game_fits_in_large_letters(name: str) -> None:
    found = a_table(name)
    assert found is not None
    odd: list[str] = []
    for stop, hand in walked(name, *found, *LARGE):
        odd += wrong(hand, stop)
    assert not odd
    assert not wrong(hand, stop, tab=True)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return kept_game(tmp_path_factory.mktemp("walk") / "game.save")


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
def test_a_replay_fits_and_is_reached(saved: Saved, size: tuple[int, int], wish: float) -> None:
    read = reading(saved)
    screen = ReplayScreen(read.table, reading=read, eyes="JP", turn=2)
    hand = Driver(screen, size, wish)
    odd: list[str] = []
    for tab in ("events", "charts", "notes"):
        hand.click("tabs", tab)
        for at in range(0, len(screen.line), max(1, len(screen.line) // 6)):
            screen.go_to(at)
            hand.wait(32)
            odd += wrong(hand, f"{tab} {at}")
        odd += wrong(hand, tab, tab=True)
    for under in (SidesScreen(read, 5, "JP", screen), BranchScreen(read, 2, "JP", screen)):
        odd += wrong(Driver(under, size, wish), type(under).__name__, tab=True)
    assert not odd


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
def test_a_debrief_fits_and_is_reached(tmp_path: Path, size: tuple[int, int], wish: float) -> None:
    _, screen = debrief(finished(tmp_path / "game.save"))
    hand = Driver(screen, size, wish)
    odd = []
    for tab in ("turning", "questions"):
        screen.tab = tab
        hand.wait(32)
        odd += wrong(hand, tab, tab=True)
    assert not odd


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
def test_the_pairs_fit_and_are_reached(tmp_path: Path, size: tuple[int, int], wish: float) -> None:
    _, before = debrief(finished(tmp_path / "game.save", "one_sky"))
    screen = PairsScreen(before.table, before, pairs=2)
    hand = Driver(screen, size, wish)
    hand.wait(32)
    try:
        assert not wrong(hand, "while they are played", tab=True)
    finally:
        hand.key("Esc")


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
def test_the_console_fits_and_is_reached(size: tuple[int, int], wish: float) -> None:
    _, screen = inside(facilitated())
    hand = Driver(screen, size, wish)
    odd = []
    for tab in TABS:
        hand.click("tabs", tab)
        odd += wrong(hand, tab, tab=True)
    assert not odd


def test_an_icon_without_words_is_found() -> None:
    assert list(unexplained([Button(id="one", rect=Rect(0, 0, 30, 30), icon="x")])) == [
        "one is an icon without a tip"
    ]
