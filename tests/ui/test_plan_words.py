"""What a newcomer reads on the plan screen of the full map: whole lines, names and no ids, odds that are alive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pygame
import pytest

from game.core.ids import Seat
from game.ui import kit, parts
from game.ui.card import card_lines
from game.ui.screens.plan import PlanScreen
from game.ui.screens.plan_boards import cell
from game.ui.screens.plan_form import Form
from game.ui.screens.plan_state import TABS
from game.ui.theme import STYLES, Room
from game.ui.widgets import Button, Choice, Field, Pane, Prose, Rows, Tabs, texts_of
from game.words.load import words as words_of
from tests.ui.driver import Driver
from tests.ui.planning import opened, planning

#: Room for the line under a unit's name in the head of a form, in points at the least window.
HEAD = 246
#: An id or a code that nobody gave a word to.
RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\bantiship\b")


@cache
def desk(seat: Seat, turn: int) -> tuple[Driver, PlanScreen]:
    return opened(planning("week_one", seat, turn))


def settle(hand: Driver) -> None:
    hand.wait(400, 50)
    hand.work()
    hand.wait(200, 50)


def form_of(screen: PlanScreen, subject: str, verb: str) -> Form:
    return next(form for form in screen.p.forms[subject] if verb == form.kind.VERB)


def test_what_an_order_does_is_read_whole_in_the_head_of_its_form() -> None:
    pygame.font.init()
    style = STYLES["small"]
    lines = {key: line for key, line in words_of("ui_plan", "en").items() if key.startswith("about.")}
    assert len(lines) > 25
    assert {key for key, line in lines.items() if kit.width(line, style.face, style.size) > HEAD} == set()


@pytest.mark.parametrize(("seat", "turn"), [("JP", 1), ("KP", 1), ("CN", 2), ("US", 2), ("KR", 3)])
def test_tabs_and_boards_of_the_full_map_show_names_and_no_ids(seat: Seat, turn: int) -> None:
    hand, screen = desk(seat, turn)
    found: set[str] = set()
    for tab in TABS:
        screen.p.tab = tab
        hand.wait(40)
        found |= {line for w in hand.widgets() if not isinstance(w, Pane) for line in texts_of(w)}
    screen.p.tab = "orders"
    found |= set(_staffs(screen))
    assert len(found) > 100
    assert [line for line in sorted(found) if RAW.search(line)] == []


def _staffs(screen: PlanScreen) -> Iterator[str]:
    words, work = screen.p.words, screen.estimates.work
    for ledger in work.ledgers:
        yield from (words.text(line) for line in (ledger.title, *ledger.columns))
        for row in ledger.rows:
            yield from (cell(words, value) for value in row.cells)
            yield from (words.text(line) for line in row.why)
    for forecast in work.forecasts:
        yield from (words.text(line) for line in (forecast.title, *forecast.lines))
    yield from (words.text(patch.label) for patch in work.patches)


def test_the_chance_of_a_search_is_told_though_no_staff_points_are_left_for_it() -> None:
    """In the form and on the map, before anything is dropped for it; and it changes with the zone."""
    hand, screen = opened(planning("week_one", "JP"))
    p = screen.p
    form = form_of(screen, "J07", "patrol")
    p.desk.drop(form.order.id)
    others = [f for id, forms in p.forms.items() for f in forms if id in p.view.mine and id != "J07" and f.kind.COST]
    for other in others:
        if p.desk.left and p.ordered(other) is None and p.desk.refusal(other.order) is None:
            p.desk.add(other.order)
    assert p.desk.left == 0
    told = []
    for zone in form.domain("zone")[:2]:
        p.open(form.having("zone", zone), fill=False)
        hand.wait(20)
        settle(hand)
        says, add = hand.widget("form.says"), hand.widget("form.add")
        assert isinstance(says, Prose) and isinstance(add, Button) and not add.on
        told.append(" ".join(texts_of(says)))
        assert re.search(r"found with \d+ %", told[-1]) and "staff points" in told[-1]
        assert zone in {tint.at for tint in screen.map.scene.tints if tint.layer == "patrol"}
        plate = [item for item in screen.map.painter._picture.plan.names if item.what == zone]  # type: ignore[union-attr]
        assert plate
    assert told[0] != told[1]


def test_what_no_number_of_points_would_allow_has_no_odds() -> None:
    hand, screen = desk("JP", 1)
    p = screen.p
    p.open(form_of(screen, "J06", "hunt"))
    assert p.desk.plan.roe == 0 and p.trial() is None  # it needs a higher rule of engagement
    p.close_form()
    hand.wait(20)


def test_orders_that_cost_come_first_for_a_unit() -> None:
    """Who clicks a ship sees where it could go or stand, not how hard it could be worked."""
    _, screen = desk("JP", 1)
    for subject, forms in screen.p.forms.items():
        if subject in screen.p.view.mine:
            free = [form.kind.COST == 0 for form in forms]
            assert free == sorted(free), subject
    assert screen.p.forms["J01"][0].kind.VERB != "tempo"


def test_a_line_of_ones_own_has_the_whole_width_and_pills_hold_their_words() -> None:
    hand, screen = desk("JP", 1)
    screen.p.open(form_of(screen, "KR", "telegram"))
    hand.wait(20)
    line, ready, verbs = hand.widget("form.text"), hand.widget("form.text.ready"), hand.widget("form.verb")
    assert isinstance(line, Field) and isinstance(ready, Choice) and isinstance(verbs, Tabs)
    assert line.rect.w == ready.rect.w > 300 and line.rect.y > ready.rect.bottom
    room = Room(1280, 720)
    rects = parts.tab_rects(verbs, room)
    assert all(r.w >= parts.pill_width(label, room) for r, (_, label) in zip(rects, verbs.items, strict=True))
    screen.p.close_form()
    hand.wait(20)


def test_what_binds_supply_is_signed_on_the_map_by_name_and_leads_to_its_estimate() -> None:
    hand, screen = desk("KP", 3)
    found = next(f for f in screen.estimates.found if f.binds)
    sign = hand.widget("short")
    assert isinstance(sign, Button) and "can't be sent" in sign.text
    assert "bottleneck" in sign.sub and screen.p.words.text(found.binds[0]) in sign.sub
    covered = [pygame.Rect(r) for r in screen.map._covered]
    assert pygame.Rect(sign.rect) in covered  # no counter lies under it
    hand.click("short")
    assert screen.p.tab == "estimates" and screen.estimates.found[screen.estimates.chosen] == found
    screen.p.tab = "orders"
    hand.wait(20)


def test_where_nothing_falls_short_there_is_no_such_sign() -> None:
    hand, screen = desk("JP", 1)
    assert screen.estimates.found and not any(f.binds for f in screen.estimates.found)
    assert "short" not in hand.ids()


@pytest.mark.parametrize(("seat", "turn"), [("KP", 3), ("CN", 2)])
def test_the_name_of_a_lane_that_binds_lies_on_no_counter(seat: Seat, turn: int) -> None:
    _, screen = desk(seat, turn)
    scene, chart = screen.map.scene, screen.map.painter._picture
    assert chart is not None
    made = chart.plan
    cut = [load for load in scene.loads if load.cut]
    plates = [item.rect for item in made.names if item.premultiplied and not item.what]
    assert cut and len(plates) >= len(cut)
    assert all(plate.collidelist([pygame.Rect(s.rect) for s in made.stacks]) < 0 for plate in plates)


def test_who_presses_a_and_types_finds_an_order() -> None:
    hand, screen = desk("JP", 1)
    hand.key("A")
    hand.type("patrol")
    rows = hand.widget("pick")
    assert isinstance(rows, Rows) and {item.text.split(" ")[0] for item in rows.items if not item.head} == {"Patrol"}
    hand.key("Down")
    assert hand.app.front.hands.focus == "pick"
    hand.key("Shift+Tab")
    hand.key("Enter")
    assert screen.p.form is not None and screen.p.form.kind.VERB == "patrol"
    screen.p.close_form()
    hand.wait(20)


def test_what_goes_by_no_name_opens_nothing() -> None:
    hand, screen = desk("JP", 1)
    hand.key("A")
    hand.type("qqq")
    hand.key("Enter")
    assert screen.p.form is None and screen.p.mode == "pick"
    screen.p.mode, screen.p.sought = "list", ""
    hand.wait(20)


def test_escape_closes_an_opened_stack_first() -> None:
    hand, screen = desk("JP", 1)
    screen.map.opened, screen.p.card = "JSAS", "JSAS"
    hand.key("Esc")
    assert (screen.map.opened, screen.p.card) == ("", "JSAS")
    hand.key("Esc")
    assert screen.p.card == ""


def test_a_place_names_who_is_there_and_a_counter_its_figures() -> None:
    _, screen = desk("JP", 1)
    place = " ".join(card_lines(screen.table, screen.p.view, "JSAS"))
    assert "Aegis Group Sasebo (J01)" in place
    marker = next(m for m in screen.map.scene.markers if m.id == "J01")
    assert any(
        line.startswith(f"{marker.figures} on the counter") for line in card_lines(screen.table, screen.p.view, "J01")
    )
