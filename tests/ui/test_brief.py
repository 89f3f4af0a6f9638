"""The brief: what a seat reads before it plans, and that nothing else reaches it."""

from __future__ import annotations

import pytest

from game.table.places import Place
from game.ui.screens.brief import BriefScreen
from game.ui.screens.film import FilmScreen
from game.ui.screens.plan import PlanScreen
from game.ui.table import Table
from game.ui.widgets import Prose, texts_of
from tests.laws.fog import scrambled
from tests.ui.driver import Driver
from tests.ui.games import other_step
from tests.ui.turns import ROOMS, overlaps, table, until_over, watching


def briefed(turns: int = 1, name: str = "first_watch", seat: str = "JP") -> Driver:
    """A person's brief after some turns."""
    at = table(name, (seat,))
    hand = watching(at)
    for n in range(turns):
        until_over(hand)
        hand.key("Enter")
        assert isinstance(hand.screen, BriefScreen)
        if n + 1 < turns:
            from tests.ui.turns import seal_all

            seal_all(at, hand.now)
            at.next(hand.app)
            hand.wait(32)
    return hand


def brief(hand: Driver) -> BriefScreen:
    assert isinstance(hand.screen, BriefScreen)
    return hand.screen


def shown(hand: Driver, id: str) -> str:
    return "\n".join(texts_of(hand.widget(id)))


def test_at_the_first_turn_the_written_brief_stands_there_and_enter_plans() -> None:
    at = table("first_watch", ("JP",))
    hand = Driver(BriefScreen(at))
    assert brief(hand).tab == "orders"
    assert "You have the watch over western Japan" in shown(hand, "text")
    assert "film" not in hand.ids(), "there is none yet"
    hand.key("Enter")
    assert at.sitting.place is Place.PLANNING and isinstance(hand.screen, PlanScreen)


def test_it_tells_what_happened_with_its_place_and_its_sum() -> None:
    hand = briefed()
    screen = brief(hand)
    assert screen.tab == "since"
    n, line = next((n, x) for n, x in enumerate(screen.brief.lines) if x.message.id == "missile_defense.engaged")
    while screen.chosen != n:
        hand.key(".")
    assert "Iwakuni-Kure" in shown(hand, "line.place") and line.place == "JIWA"
    hand.wait(1_500, 50)
    camera = screen.map.camera
    hand.key("Home")
    hand.wait(1_500, 50)
    assert screen.map.camera != camera
    hand.key("V")
    hand.wait(1_500, 50)
    assert screen.map.camera == camera, "shown on the map again"
    hand.key("W")
    assert "Drawn:" in "\n".join(hand.texts()) and "why.panel" in hand.ids()
    hand.click("why.close")
    assert "why.panel" not in hand.ids()


def test_a_line_is_chosen_by_a_click_on_it() -> None:
    from game.ui import parts

    hand = briefed()
    text = hand.widget("text")
    assert isinstance(text, Prose)
    links = parts.links(text, hand.app.front.room)
    assert len(links) == len(brief(hand).brief.lines)
    hand.press(links[1].rects[0].center)
    assert brief(hand).chosen == 1


def test_a_contact_says_from_whom_by_which_way_and_as_of_when() -> None:
    hand = briefed()
    told = shown(hand, "text")
    assert "What we see" in told and "as of 1a" in told
    assert "own sensors" in told or "fire-control link" in told


def test_who_may_talk_is_told_by_the_level_of_planning() -> None:
    hand = Driver(BriefScreen(table("one_sky", ("JP",))))
    told = shown(hand, "talk.text")
    assert "South Korea" in told and "Sixty seconds" in told, "P1"
    assert "The United States" in told and "One table and one pen" in told, "P2"
    assert "North Korea" not in told and "China" not in told


def test_rounds_in_hand_are_those_in_the_tubes() -> None:
    hand = briefed()
    view = brief(hand).view
    text = hand.widget("hand.text")
    assert isinstance(text, Prose)
    rows = {para.text: para.right for para in text.paras if para.right}
    left = sum(c.rounds for c in view.mine.values() if view.board.formation(c).system == "sm3")
    assert rows["SM-3, rounds"] == str(left)


def test_own_points_so_far_with_each_line() -> None:
    hand = briefed()
    hand.click("tab", "score")
    told = shown(hand, "text")
    score = brief(hand).score
    assert f"{score.points} of {score.most} points so far" in told
    assert all(line.title in told for line in score.lines)


def test_the_film_is_a_key_away_and_the_plan_leads_back() -> None:
    hand = briefed()
    hand.click("film")
    assert isinstance(hand.screen, FilmScreen)
    hand.key("Esc")
    hand.click("plan")
    assert isinstance(hand.screen, PlanScreen)
    again = BriefScreen(brief_table(hand))
    assert again.brief.lines, "it can be read again while planning"


def brief_table(hand: Driver) -> Table:
    assert isinstance(hand.screen, PlanScreen)
    return hand.screen.p.table


def test_everything_is_reached_by_the_keyboard() -> None:
    hand = briefed()
    hand.key(".")
    for id in ("tab", "text", "film", "plan", "show", "why", "cover"):
        hand.focus(id)


def test_covering_takes_it_all_away() -> None:
    at = table("one_sky", ("JP", "KR"))
    hand = watching(at)
    until_over(hand)
    at.sitting.next_turn(hand.now)
    at.sitting.reveal("JP", "", hand.now)
    at.next(hand.app)
    hand.key("F2")
    assert not at.sitting.up and not isinstance(hand.screen, BriefScreen)


def states(screen: BriefScreen) -> list[list[str]]:
    """Every text of the brief, whatever is open in it."""
    out = []
    for tab in ("since", "orders", "score"):
        screen.tab = tab
        for n in range(-1, len(screen.brief.lines)):
            screen.chosen = n
            widgets = screen.widgets(ROOMS[0])
            out.append([words for w in widgets for words in texts_of(w)])
            screen._ask()
            out.append([words for w in screen.widgets(ROOMS[0]) for words in texts_of(w)])
            screen.why = None
    return out


@pytest.mark.parametrize(("name", "seat"), [("first_watch", "JP"), ("one_sky", "KR"), ("one_sky", "KP")])
def test_what_the_seat_may_not_know_changes_no_word_of_it(name: str, seat: str) -> None:
    hand = briefed(2, name, seat)
    at = hand.screen.table  # type: ignore[attr-defined]
    here = states(BriefScreen(at))
    match = at.sitting._match
    match.state = scrambled(match.state, seat)
    match._views = {}
    steps = at.sitting._looks.steps
    for turn, found in steps.items():
        steps[turn] = [other_step(step, seat) for step in found]
    match.steps = list(steps.get(match.state.turn - 1, ()))
    match.past = ()
    assert states(BriefScreen(at)) == here


@pytest.mark.parametrize("room", ROOMS, ids=str)
@pytest.mark.parametrize(("name", "seat"), [("first_watch", "JP"), ("one_sky", "JP")])
def test_nothing_lies_over_anything_else(room: object, name: str, seat: str) -> None:
    hand = briefed(2, name, seat)
    screen = brief(hand)
    for tab in ("since", "orders", "score"):
        screen.tab = tab
        for n in range(-1, len(screen.brief.lines)):
            screen.chosen = n
            assert not list(overlaps(screen, room)), (tab, screen.chosen)  # type: ignore[arg-type]
            screen._ask()
            assert not list(overlaps(screen, room)), (tab, screen.chosen, "why")  # type: ignore[arg-type]
            screen.why = None
