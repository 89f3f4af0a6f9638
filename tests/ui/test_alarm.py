"""The Alarm: what it shows at each level of sensing, how it is answered, and what comes of no answer."""

from __future__ import annotations

import attrs
import pytest

from game.core.orders import Template
from game.core.rulebook import Question
from game.table.places import Place
from game.ui.screens.alarm import AlarmScreen
from game.ui.screens.film import FilmScreen
from game.ui.widgets import Button, Choice, Pane, Panel
from tests.ui.driver import Driver
from tests.ui.turns import ROOMS, overlaps, table, until_alarm, watching


def asked(seed: int = 3) -> tuple[Driver, AlarmScreen]:
    hand = watching(table("first_watch", ("JP",), seed))
    return hand, until_alarm(hand)


def narrowed(screen: AlarmScreen) -> None:
    """As at L1: a launch, and nothing to answer but whether the wings fly."""
    question = screen.question
    assert question is not None
    about = attrs.evolve(question.about, id="missile_defense.alarm1")
    domains = tuple((n, d if n == "flush" else d[:1]) for n, d in question.template.domains)
    few = Template(question.template.order, question.seat, question.template.subject, domains)
    screen.question = Question(question.seat, few, about, question.seconds)


def answers(hand: Driver) -> dict[str, str]:
    """What can be chosen, by the key on it."""
    return {w.key: w.text for w in hand.widgets() if isinstance(w, Button) and w.id.startswith("choice.") and w.key}


def test_an_answer_by_keys_is_the_answer_that_counts() -> None:
    hand, screen = asked()
    assert answers(hand)["1"] == "No" and answers(hand)["2"] == "Yes"
    hand.key("2")
    single = next(key for key, words in answers(hand).items() if words == "Single shot")
    hand.key(single)
    assert screen.choice["flush"] is True and screen.choice["doctrine"] == "single"
    hand.key("Enter")
    assert isinstance(hand.screen, FilmScreen)
    hand.wait(64)
    match = hand.screen.table.sitting._match
    event = next(e for step in match.steps for e in step.events if e.rule == "MD5" and e.seat == "JP")
    assert event.message.as_dict()["doctrine"] == "single"


def test_an_answer_by_mouse_alone() -> None:
    hand, screen = asked()
    hand.click("choice.flush.1")
    hand.click("choice.first.1")
    assert screen.question is not None
    assert screen.choice["flush"] is True and screen.choice["first"] == screen.question.template.domain("first")[1]
    hand.click("answer")
    assert isinstance(hand.screen, FilmScreen)


def test_where_there_is_little_room_fields_drop_down_and_can_be_answered() -> None:
    hand = watching(table("first_watch", ("JP",)), (1024, 576))
    screen = until_alarm(hand)
    first = hand.widget("choice.first")
    assert isinstance(first, Choice)
    hand.choose("choice.first", first.items[1][0])
    assert screen.choice["first"] == first.items[1][0]


def test_every_answer_is_reached_by_the_keyboard() -> None:
    hand, _ = asked()
    for widget in [w for w in hand.widgets() if w.id.startswith("choice.") or w.id == "answer"]:
        hand.focus(widget.id)


def test_the_clock_runs_down_and_its_bar_with_it() -> None:
    hand, screen = asked()
    wide = hand.widget("bar.left").rect.w
    before = int(getattr(hand.widget("seconds"), "text", "0"))
    hand.wait(5_000, 100)
    after = int(getattr(hand.widget("seconds"), "text", "0"))
    assert before <= 30 and before - after == 5
    assert hand.widget("bar.left").rect.w < wide * 26 / 30
    assert screen.left == 25_000 - (30 - before) * 1000 or abs(screen.left - 25_000) < 1_000


def test_at_zero_the_standing_answer_is_given_and_said_and_nothing_stays_on_the_screen() -> None:
    hand, screen = asked()
    hand.key("2")
    hand.wait(31_000, 250)
    at = screen.table
    assert at.sitting.place is Place.RESOLVING
    assert isinstance(hand.screen, AlarmScreen)
    assert "gone.title" in hand.ids()
    assert not any(isinstance(w, Pane) for w in hand.widgets())
    assert not any("Wonsan" in words for words in hand.texts())
    hand.click("on")
    assert isinstance(hand.screen, FilmScreen)
    hand.wait(64)
    event = next(e for step in at.sitting._match.steps for e in step.events if e.rule == "MD5" and e.seat == "JP")
    given = {i.name: i.value for i in event.inputs}
    assert given["flush"] is False, "what was only marked is not given"


def test_the_screen_goes_on_by_itself_after_a_while() -> None:
    hand, _ = asked()
    hand.wait(45_000, 500)
    assert isinstance(hand.screen, FilmScreen)


def test_with_a_bare_warning_it_shows_the_launch_and_nothing_more() -> None:
    hand, _ = asked()
    hand.screen.tick(hand.now)
    whole = [w.id for w in hand.widgets()]
    screen = hand.screen
    assert isinstance(screen, AlarmScreen)
    narrowed(screen)
    screen._places = ("PWON",)
    ids = hand.ids()
    assert [id for id in ids if id.startswith("choice.")] == ["choice.flush.0", "choice.flush.1"]
    assert len(ids) < len(whole)
    about = " ".join(words for w in hand.widgets() if w.id in ("about", "panel") for words in _words(hand, w.id))
    assert "nobody says" in about and "missiles from" not in about
    assert {e.kind for e in screen.map.effects} == {"pulse"}, "no arrow to where nobody says"


def _words(hand: Driver, id: str) -> tuple[str, ...]:
    from game.ui.widgets import texts_of

    return texts_of(hand.widget(id))


@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_nothing_lies_over_anything_else(room: object) -> None:
    hand = watching(table("first_watch", ("JP",)), (1920, 1080))
    screen = until_alarm(hand)
    assert not list(overlaps(screen, room))  # type: ignore[arg-type]
    narrowed(screen)
    assert not list(overlaps(screen, room))  # type: ignore[arg-type]
    screen._over()
    assert not list(overlaps(screen, room))  # type: ignore[arg-type]
    assert any(isinstance(w, Panel) for w in screen.widgets(room))  # type: ignore[arg-type]
