"""Seating a table: what is set up on the screen is who sits there when the game begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.__main__ import chapters
from game.io.save import open_save, unlock
from game.io.seating import fits, opens, read_seating
from game.ui.house import House
from game.ui.screens.chooser import ChooserScreen
from game.ui.screens.handoff import HandoffScreen
from game.ui.screens.seats import MINUTES, SeatsScreen
from game.ui.widgets import Button, Rows
from tests.ui.driver import Driver


@pytest.fixture(scope="module")
def house() -> House:
    return House(chapters, durable=False)


def seats(house: House, save: Path | None = None, **more: object) -> tuple[Driver, SeatsScreen]:
    screen = SeatsScreen(house, "one_sky", save=save, **more)  # type: ignore[arg-type]
    return Driver(screen), screen


def order(hand: Driver) -> list[str]:
    rows = hand.widget("places")
    assert isinstance(rows, Rows)
    return [str(item.value) for item in rows.items]


def start_button(hand: Driver) -> Button:
    found = hand.widget("start")
    assert isinstance(found, Button)
    return found


def test_what_is_set_up_by_mouse_sits_at_the_table(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.save"
    hand, screen = seats(house, path, seed=41)
    hand.click("people")
    hand.type("Hana")
    hand.click("code")
    hand.type("sakura")
    hand.click("places", "KR")
    hand.click("kind", "group")
    hand.click("people")
    hand.type("Min, Soo")
    hand.click("approver")
    hand.type("Col. Park")
    hand.click("consent")
    hand.type("han")
    hand.click("places", "KP")
    hand.choose("player", "random")
    hand.row_act("places", "KR", "up")
    hand.click("start")
    hand.work()
    assert isinstance(hand.screen, HandoffScreen)
    hand.app.end()
    saved = open_save(path, key=unlock(path, ["sakura"]))
    seating = read_seating(saved)
    assert saved.header.seed == 41 and seating is not None
    assert seating.order == tuple(place.seat for place in screen.places)
    japan, korea, north = (seating.chair(seat) for seat in ("JP", "KR", "KP"))
    assert japan.people == ("Hana",) and fits(japan, "sakura") and not fits(japan, "")
    assert korea.people == ("Min", "Soo") and korea.approver == "Col. Park"
    assert opens(korea.consent, "han") and not opens(korea.consent, "")
    assert (north.player, seating.chair("US").player) == ("random", "doctrine")
    assert "sakura" not in path.with_name("a.save.table.json").read_text()


def test_a_sealed_game_tells_its_seed_nowhere(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the name of its file either."""
    monkeypatch.setattr("game.io.recent.saves_folder", lambda: tmp_path)
    telling = 918273645546372
    for _ in range(2):
        hand, _ = seats(house, seed=telling)
        hand.click("code")
        hand.type("sakura")
        hand.click("start")
        hand.work()
        hand.app.end()
    files = sorted(tmp_path.iterdir())
    assert [f.name for f in files if f.suffix == ".save"] == ["one_sky-1.save", "one_sky-2.save"]
    assert not [f for f in files if str(telling) in f.name or str(telling).encode() in f.read_bytes()]
    assert open_save(files[0], key=unlock(files[0], ["sakura"])).header.seed == telling


def test_what_is_set_up_by_keys_is_the_same(house: House, tmp_path: Path) -> None:
    hand, screen = seats(house, tmp_path / "b.save", seed=1)
    hand.focus("places")
    second = order(hand)[1]
    hand.key("Down")
    hand.key("Enter")
    hand.focus("kind")
    hand.key("Right")
    assert screen.places[1].kind == "person", "the pills go round: after computer comes person"
    hand.focus("people")
    hand.type("Ann")
    hand.focus("minutes")
    for _ in range(3):
        hand.key("Right")
    hand.focus("facilitated")
    hand.key("Space")
    hand.focus("facilitator_code")
    hand.type("white")
    hand.key("Ctrl+Enter")
    hand.work()
    assert isinstance(hand.screen, HandoffScreen)
    seating = hand.screen.sitting.seating
    assert seating.chair(second).people == ("Ann",) and seating.minutes[second] == MINUTES[3]
    assert seating.facilitator is not None and fits(seating.facilitator, "white")
    hand.app.end()


def test_the_order_of_play_is_moved_both_ways(house: House) -> None:
    hand, screen = seats(house)
    before = order(hand)
    hand.row_act("places", before[0], "down")
    assert order(hand) == [before[1], before[0], *before[2:]]
    screen.chosen = before[0]
    hand.app.front.hands.focus = "places"
    hand.key("Shift+Up")
    assert order(hand) == before


def test_a_table_that_cannot_play_says_why_and_does_not_begin(house: House) -> None:
    hand, screen = seats(house)
    hand.click("kind", "computer")
    assert not start_button(hand).on and "Nobody sits" in start_button(hand).tip
    hand.click("kind", "group")
    assert not start_button(hand).on and "approves" in start_button(hand).tip
    hand.key("Ctrl+Enter")
    assert not screen.starting
    hand.click("kind", "person")
    screen.seed = ""
    assert "seed" in start_button(hand).tip.lower()


def test_a_seed_holds_digits_only_and_a_new_one_differs(house: House) -> None:
    hand, screen = seats(house, seed=5)
    hand.click("seed")
    hand.type("1x2")
    assert screen.seed == "512"
    hand.click("new_seed")
    assert screen.seed.isdigit() and screen.seed != "512"


def test_codes_are_shown_as_dots_and_never_told(house: House) -> None:
    hand, _ = seats(house)
    before = None
    for code in ("sakura", "momiji"):
        hand.click("code")
        for _ in range(len(code)):
            hand.key("Backspace")
        hand.type(code)
        hand.focus("back")
        picture = hand.pixels()
        assert before is None or picture == before, "two codes of one length look different"
        before = picture


def test_the_seed_is_hidden_and_another_once_a_seat_has_a_code(house: House) -> None:
    hand, screen = seats(house)
    shown = screen.seed
    assert shown in hand.texts() and "beforehand" in hand.widget("seed").tip
    hand.click("code")
    hand.type("7")
    assert screen.seed != shown, "the one that was read is not the game's"
    assert not {"seed", "new_seed"} & set(hand.ids()) and screen.seed not in " ".join(hand.texts())
    hand.key("Backspace")
    assert screen.seed in hand.texts()


def test_a_seed_that_somebody_chose_stays_theirs(house: House) -> None:
    hand, screen = seats(house, seed=5)
    hand.click("code")
    hand.type("7")
    assert screen.seed == "5" and "seed" not in hand.ids()


def test_a_file_that_stands_there_is_never_overwritten(house: House, tmp_path: Path) -> None:
    path = tmp_path / "mine.save"
    path.write_text("dear diary")
    hand, screen = seats(house, path)
    hand.click("start")
    hand.work()
    assert hand.screen is screen and "mine.save" in screen.problem
    assert path.read_text() == "dear diary"


def test_escape_leads_back_to_the_scenarios(house: House) -> None:
    hand, _ = seats(house)
    hand.key("Esc")
    assert isinstance(hand.screen, ChooserScreen)
