"""The projector's window: what everybody may know, whatever the seats hold; clock, whose turn, talk, wire, pause."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.ids import Seat
from game.core.orders import Plan
from game.edition import edition
from game.io.seating import Chair, Seating
from game.table.hotseat import Sitting, player_of
from game.table.match import Match, players_luck
from game.table.places import Place
from game.table.sit import begin_sitting
from game.ui.app import App
from game.ui.screens.public import HEADLINE_MS, PublicScreen, minutes, toggle_public
from game.ui.table import Table
from game.ui.widgets import Label, Prose, Widget, texts_of
from tests.laws.fog import scrambled
from tests.ui.driver import Driver
from tests.ui.games import SEED, other_step
from tests.worlds import SCENARIOS, pack, rulebook

PEOPLE = ("JP", "KR")


def seating(*, minutes: int = 10) -> Seating:
    _, state = pack("one_sky")
    chairs = [Chair(seat) for seat in PEOPLE]
    chairs += [Chair(s, "doctrine") for s in state.setting.board.seats if s not in PEOPLE]
    return Seating(tuple(chairs), dict.fromkeys(PEOPLE, minutes), Chair(""))


def table(path: Path | None = None) -> Table:
    setting, state = pack("one_sky")
    rules = rulebook("one_sky")
    made = edition(rules.chapters)
    sitting = begin_sitting(path, state, rules, SEED, made, seating(), durable=False)
    return Table(sitting, rules, setting, SCENARIOS["one_sky"], save=path)


def plan(at: Table, seat: Seat, now: int = 0) -> None:
    at.sitting.reveal(seat, "", now)
    at.sitting.begin(now)


def played_out(at: Table) -> None:
    """Both people seal nothing much; the turn resolves to its end."""
    for seat in PEOPLE:
        plan(at, seat)
        at.sitting.seal(Plan(seat), 0)
    while at.sitting.place is Place.RESOLVING:
        at.sitting.step(0)


def says(hand: Driver, id: str) -> str:
    widget = hand.widget(id)
    if isinstance(widget, Prose):
        return " ".join(para.text for para in widget.paras)
    assert isinstance(widget, Label)
    return widget.text


def test_it_says_whose_turn_it_is_and_who_talks() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    assert says(hand, "turn_of") == "Waiting for Japan" and "Japan" in says(hand, "talk")
    plan(at, "JP")
    hand.wait(20)
    assert says(hand, "turn_of") == "Japan plans"
    at.sitting.seal(Plan("JP"), 0)
    hand.wait(20)
    assert says(hand, "turn_of") == "Waiting for South Korea" and says(hand, "state.JP") == "sealed"


def test_the_clock_runs_down_each_second_and_warns() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    plan(at, "JP", hand.now)
    shown = set()
    for _ in range(5):
        hand.wait(1000, 250)
        shown.add(says(hand, "clock"))
    assert len(shown) == 5 and all(words.startswith("9:5") for words in shown)
    hand.wait(9 * 60_000 + 40_000, 5000)
    clock = hand.widget("clock")
    assert isinstance(clock, Label) and clock.color and clock.text.startswith("0:")
    hand.wait(30_000, 5000)
    assert says(hand, "clock").startswith("-0:")


@pytest.mark.parametrize(
    ("ms", "words"), [(0, "0:00"), (1, "0:01"), (59_001, "1:00"), (725_000, "12:05"), (-31_000, "-0:31")]
)
def test_minutes(ms: int, words: str) -> None:
    assert minutes(ms) == words


def test_it_is_painted_only_when_something_counts() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    hand.wait(1000, 500)
    before = hand.app.front.painted
    hand.wait(900, 30)
    assert hand.app.front.painted <= before + 1


def test_a_pause_covers_it() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    assert "paused" not in hand.ids()
    at.sitting.pause(0)
    hand.wait(20)
    assert says(hand, "paused") == "PAUSED"


def test_the_wire_turns_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    at = table()
    played_out(at)
    screen = PublicScreen(at)
    monkeypatch.setattr(PublicScreen, "headlines", lambda self: (("1", "One thing"), ("1", "Another")))
    hand = Driver(screen)
    first = says(hand, "wire.text")
    hand.wait(HEADLINE_MS, 500)
    assert {first, says(hand, "wire.text")} == {"One thing", "Another"}


def test_what_capitals_announce_is_on_the_wire() -> None:
    at = table()
    setting, _ = pack("one_sky")
    for seat in PEOPLE:
        plan(at, seat)
        player = player_of(setting, seat, "doctrine")
        assert player is not None
        at.sitting.seal(player.plan(at.sitting.view(), at.rulebook, players_luck(SEED, seat, 1)), 0)
    while at.sitting.place is Place.RESOLVING:
        at.sitting.step(0)
    hand = Driver(PublicScreen(at))
    pages = set()
    for _ in range(4):
        pages.add(says(hand, "wire.text"))
        hand.wait(HEADLINE_MS, 500)
    announced = [p for p in at.sitting.public().pacts.values() if p.announced]
    assert announced and any("announce a shared picture of the sky" in words for words in pages), pages


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_it_is_the_same_whatever_the_seats_hold(size: tuple[int, int]) -> None:
    at = table()
    played_out(at)
    at.sitting.next_turn(0)
    here = at.sitting._match
    worlds: list[tuple[list[Widget], bytes]] = []
    for state, steps in (
        (here.state, list(here.steps)),
        (scrambled(here.state, ""), [other_step(step, "") for step in here.steps]),
    ):
        match = Match(state, here.rulebook, SEED)
        match.steps = steps
        sitting = Sitting(match, seating())
        shown = Table(sitting, at.rulebook, pack("one_sky")[0], at.scenario)
        hand = Driver(PublicScreen(shown), size)
        plan(shown, "JP", hand.now)
        hand.wait(20)
        worlds.append((hand.widgets(), hand.pixels()))
    assert worlds[0] == worlds[1]


def test_no_seats_counters_or_contacts_are_on_it() -> None:
    at = table()
    played_out(at)
    at.sitting.next_turn(0)
    plan(at, "JP")
    hand = Driver(PublicScreen(at))
    shown = {words for w in hand.widgets() for words in texts_of(w)}
    state = at.sitting._match.state
    names = at.names(at.sitting.view())
    secret = {*state.counters, *state.contacts, *(names.unit(id) for id in state.counters)}
    assert not shown & secret


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_it_fits(size: tuple[int, int]) -> None:
    at = table()
    hand = Driver(PublicScreen(at), size)
    for seat in PEOPLE:
        for w in hand.widgets():
            assert w.rect.x >= 0 and w.rect.right <= size[0] and w.rect.y >= 0 and w.rect.bottom <= size[1], w.id
            for words in texts_of(w):
                assert "ui_replay." not in words, (w.id, words)
        plan(at, seat)
        at.sitting.seal(Plan(seat), 0)


def test_a_button_opens_and_closes_it() -> None:
    at = table()
    opened: list[object] = []

    class Stub(App):
        def open_public(self, screen: object, title: str, size: tuple[int, int] = (960, 540)) -> None:
            opened.append(screen)
            self.public = object()  # type: ignore[assignment]

        def close_public(self) -> None:
            self.public = None

    hand = Driver(PublicScreen(at))
    app = Stub(hand.screen)
    toggle_public(app, at)
    assert isinstance(opened[0], PublicScreen) and app.public is not None
    toggle_public(app, at)
    assert app.public is None and len(opened) == 1


def test_f3_opens_it_on_any_screen_of_the_game(monkeypatch: pytest.MonkeyPatch) -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    opened: list[object] = []
    monkeypatch.setattr(hand.app, "open_public", lambda screen, title, size: opened.append(screen))
    at.next(hand.app)
    hand.key("F3")
    plan(at, "JP", hand.now)
    at.next(hand.app)
    hand.wait(20)
    hand.key("F3")
    assert len(opened) == 2 and all(isinstance(screen, PublicScreen) for screen in opened)
    hand.app.go(PublicScreen(table()))
    hand.key("F3")
    assert len(opened) == 2, "not of another game"


def test_a_talk_against_the_clock_is_there_for_all_and_ends() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    plan(at, "JP", hand.now)
    at.sitting.talk("KR", hand.now)
    hand.wait(5000, 250)
    assert says(hand, "talk") == "Japan and South Korea talk at the table: 0:55"
    hand.wait(56_000, 1000)
    assert "at the table" not in says(hand, "talk")


def test_between_turns_allies_talk_as_far_as_they_have_agreed() -> None:
    at = table()
    hand = Driver(PublicScreen(at))
    played_out(at)
    hand.wait(20)
    assert at.sitting.place is Place.BETWEEN
    assert "as far as they have agreed" in says(hand, "talk")
