"""The screen between two people: nothing of the last one stays, and the next one needs a code."""

from __future__ import annotations

import pygame
import pytest

from game.__main__ import chapters
from game.core.orders import Plan
from game.io.seating import Chair, Seating, code_of
from game.table.places import Place
from game.ui import mapview
from game.ui.house import House
from game.ui.screens.brief import BriefScreen
from game.ui.screens.handoff import EXTENSION, HandoffScreen
from game.ui.screens.title import TitleScreen
from game.ui.table import Table
from game.ui.widgets import Button, Field, Label, Pane
from tests.ui.driver import Driver

SIZES = [((1280, 720), 0.0), ((1920, 1080), 0.0), ((1920, 1080), 2.0), ((1280, 720), 2.0)]


@pytest.fixture(scope="module")
def house() -> House:
    return House(chapters, durable=False)


def table(house: House, *, code: str = "77", minutes: int = 10, white: str | None = None, seed: int = 7) -> Table:
    """Japan (Hana), a group for the United States, a person without a code for Korea; two computers."""
    chairs = (
        Chair("JP", people=("Hana",), code=code_of(code)),
        Chair("US", people=("Ann", "Bob"), approver="Gen. Reed", code=code_of("11")),
        Chair("KR", people=("Min",)),
        Chair("CN", player="doctrine"),
        Chair("KP", player="doctrine"),
    )
    facilitator = None if white is None else Chair("", code=code_of(white))
    clocks = dict.fromkeys(("JP", "US", "KR"), minutes)
    return house.begin("one_sky", Seating(chairs, clocks, facilitator), seed, None)


def hand_over(found: Table, size: tuple[int, int] = (1280, 720), wish: float = 0.0) -> Driver:
    return Driver(HandoffScreen(found), size, wish)


def label(hand: Driver, id: str) -> str:
    found = hand.widget(id)
    assert isinstance(found, Label)
    return found.text


def seat_button(hand: Driver, seat: str) -> Button:
    found = hand.widget(f"seat.{seat}")
    assert isinstance(found, Button)
    return found


def seal(found: Table, seat: str, code: str, now: int = 0) -> None:
    found.sitting.reveal(seat, code, now)
    found.sitting.begin(now)
    found.sitting.seal(Plan(seat), now, consent="")


# Covered


@pytest.mark.parametrize(("size", "wish"), SIZES)
def test_its_pixels_are_the_same_whatever_lies_behind(house: House, size: tuple[int, int], wish: float) -> None:
    """Two games of other luck, one with a plan begun on the screen before, one fresh: one picture."""
    plain = hand_over(table(house), size, wish).pixels()
    other = table(house, seed=8)
    hand = hand_over(other, size, wish)
    hand.type("77")
    hand.key("Enter")
    hand.wait(500)
    assert isinstance(hand.screen, BriefScreen) and hand.pixels() != plain
    hand.app.surface.fill("#FF00FF")
    other.sitting.cover(hand.now)
    hand.app.go(HandoffScreen(other))
    hand.wait(32)
    assert hand.pixels() == plain


def test_no_map_is_made_and_no_view_is_asked_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    found = table(house)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the covered screen looks at the game")

    for what in ("view", "public", "whole", "told", "drafted"):
        monkeypatch.setattr(type(found.sitting), what, never)
    monkeypatch.setattr(mapview.MapView, "__init__", never)
    hand = hand_over(found)
    hand.type("wrong")
    hand.key("Enter")
    hand.click("seat.KR")
    hand.key("Esc")
    hand.key("F6")
    hand.wait(1000)
    assert not any(isinstance(widget, Pane) for widget in hand.widgets())


@pytest.mark.parametrize(("size", "wish"), SIZES)
def test_everything_fits(house: House, size: tuple[int, int], wish: float) -> None:
    hand = hand_over(table(house, white="9"), size, wish)
    for act in ("", "seat.KR", "menu.close", "pause"):
        if act:
            hand.click(act)
        worked = [w for w in hand.widgets() if isinstance(w, Button | Field)]
        for n, one in enumerate(worked):
            assert one.rect.x >= 0 and one.rect.right <= size[0] and one.rect.y >= 0 and one.rect.bottom <= size[1]
            assert not any(one.layer == other.layer and one.rect.meets(other.rect) for other in worked[n + 1 :])


# Whose turn, and the code


def test_it_says_whose_turn_it_is_and_the_state_of_each_seat(house: House) -> None:
    found = table(house)
    seal(found, "JP", "77")
    hand = hand_over(found)
    assert label(hand, "seat") == "United States"
    assert "Ann, Bob" in label(hand, "who") and "Gen. Reed" in label(hand, "who") and "turn 1" in label(hand, "who")
    states = {seat: seat_button(hand, seat).sub for seat in ("JP", "US", "KR", "CN")}
    assert states == {"JP": "sealed", "US": "next", "KR": "to come", "CN": "computer"}


@pytest.mark.parametrize("work", ["mouse", "keys"])
def test_a_wrong_code_shows_nothing_and_may_be_typed_again(house: House, work: str) -> None:
    found = table(house)
    hand = hand_over(found)
    for code, place in (("78", Place.COVERED), ("", Place.COVERED), ("77", Place.BRIEF)):
        if work == "mouse":
            hand.click("code")
        hand.type(code)
        if work == "mouse":
            hand.click("reveal")
        else:
            hand.key("Enter")
        assert found.sitting.place is place
        if place is Place.COVERED:
            assert "not the code of" in label(hand, "note") and "Japan" in label(hand, "note")
            field = hand.widget("code")
            assert isinstance(field, Field) and field.text == "" and field.secret
    assert isinstance(hand.screen, BriefScreen) and found.sitting.up == "JP"


def test_enter_held_too_long_does_not_go_on_past_the_brief(house: House) -> None:
    found = table(house)
    hand = hand_over(found)
    hand.type("77")
    down = pygame.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode="")
    hand.app.pump([down], 2000)
    hand.app.pump([down, down], 2400)
    hand.app.pump([down], 2440)
    assert isinstance(hand.screen, BriefScreen)
    hand.app.pump([pygame.Event(pygame.KEYUP, key=pygame.K_RETURN, mod=0), down], 2480)
    assert found.sitting.place is Place.PLANNING, "pressed anew it acts"


def test_a_seat_without_a_code_is_asked_for_none(house: House) -> None:
    found = table(house)
    seal(found, "JP", "77")
    seal(found, "US", "11")
    hand = hand_over(found)
    assert label(hand, "seat") == "South Korea" and "code" not in hand.ids()
    hand.key("Enter")
    assert found.sitting.up == "KR"


def test_one_person_alone_without_a_code_never_meets_it(house: House) -> None:
    alone = Seating((Chair("JP"), *(Chair(s, player="idle") for s in ("US", "KR", "CN", "KP"))))
    found = house.begin("one_sky", alone, 7, None)
    assert found.sitting.place is Place.BRIEF


# The clock


def test_the_clock_of_a_seat_that_was_covered_runs_on_warns_and_can_be_given_more(house: House) -> None:
    found = table(house, minutes=1)
    found.sitting.reveal("JP", "77", 0)
    found.sitting.begin(0)
    found.sitting.cover(5_000)
    hand = hand_over(found)
    hand.wait(10_000 - hand.now, 500)
    assert "0:50" in label(hand, "clock")
    hand.wait(25_000, 500)
    assert "seal soon" in label(hand, "clock")
    hand.wait(30_000, 500)
    assert "time is up" in label(hand, "clock")
    hand.key("F7")
    assert found.sitting.clock is not None and found.sitting.clock.length == 60_000 + EXTENSION
    assert "left to plan" in label(hand, "clock")


def test_a_pause_stops_the_clock_until_the_table_goes_on(house: House) -> None:
    found = table(house)
    hand = hand_over(found)
    hand.click("pause")
    assert found.sitting.paused and "reveal" not in hand.ids()
    hand.key("Enter")
    assert not found.sitting.paused and "reveal" in hand.ids()


def test_with_a_facilitator_pausing_takes_that_code(house: House) -> None:
    found = table(house, white="snow")
    hand = hand_over(found)
    hand.key("F6")
    hand.type("rain")
    hand.key("Enter")
    assert not found.sitting.paused and "facilitator" in label(hand, "ask.wrong")
    hand.type("snow")
    hand.click("ask.yes")
    assert found.sitting.paused
    hand.key("F8")
    hand.type("snow")
    hand.key("Enter")
    assert found.sitting.place is Place.FACILITATOR and not isinstance(hand.screen, HandoffScreen)


# Seats in mid-game


def test_another_seat_is_called_and_a_sealed_plan_taken_back(house: House) -> None:
    found = table(house)
    hand = hand_over(found)
    hand.click("seat.KR")
    hand.key("N")
    assert found.sitting.next == "KR" and label(hand, "seat") == "South Korea"
    seal(found, "KR", "")
    seal(found, "JP", "77")
    hand = hand_over(found)
    hand.focus("seat.JP")
    hand.key("Enter")
    hand.click("menu.reopen")
    hand.type("77")
    hand.key("Enter")
    assert found.sitting.up == "JP" and found.sitting.place is Place.PLANNING


def test_a_seat_goes_to_a_computer_and_back_to_its_people(house: House) -> None:
    found = table(house)
    hand = hand_over(found)
    hand.click("seat.JP")
    hand.click("menu.doctrine")
    assert found.sitting.seating.chair("JP").player == "doctrine" and label(hand, "seat") == "United States"
    hand.click("seat.JP")
    hand.key("P")
    hand.type("wrong")
    hand.key("Enter")
    assert found.sitting.seating.chair("JP").player == "doctrine"
    hand.type("77")
    hand.key("Enter")
    chair = found.sitting.seating.chair("JP")
    assert chair.player == "" and chair.people == ("Hana",) and label(hand, "seat") == "Japan"


def test_leaving_closes_the_game_and_shows_the_title(house: House) -> None:
    hand = hand_over(table(house))
    hand.key("F10")
    assert isinstance(hand.screen, TitleScreen)


def test_who_talks_at_the_table_is_said_with_the_time_left(house: House) -> None:
    found = table(house)
    found.sitting.reveal("JP", "77", 1000)
    found.sitting.talk("KR", 1000)
    found.sitting.cover(1000)
    hand = hand_over(found)
    hand.wait(10_000, 250)
    assert label(hand, "talking") == "Japan and South Korea talk at the table: 0:50"
    hand.wait(51_000, 1000)
    assert "talking" not in hand.ids()
