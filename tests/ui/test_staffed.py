"""What a chapter's staff shows: layers of the map say what the values say, boards and estimates tell them, and all of
it is worked out beside the window, once a plan."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

import pygame
import pytest

from game.core.staff import Ledger, Trace
from game.core.words import say
from game.table.courses import default_plan
from game.ui.paint import staffed as drawn
from game.ui.paint.layers import lane_line
from game.ui.paint.scene import lane_name, loads_of
from game.ui.paint.things import Hit, Load, Tint
from game.ui.screens import film, plan_state
from game.ui.screens.plan import PlanScreen
from game.ui.screens.plan_boards import FIGURE, cell
from game.ui.screens.plan_form import Form
from game.ui.theme import ALARM
from game.ui.widgets import Act, Bars, Choice, Label, Prose, Rows, Toggle, texts_of
from tests.ui.driver import Driver
from tests.ui.planning import at, opened
from tests.ui.staffed import ASKED, lanes, ledgers, staffed, traces, zones
from tests.ui.test_fits import faults
from tests.ui.turns import table as lone
from tests.ui.turns import watching
from tests.worlds import opening, rulebook

SIZES = [((1280, 720), 0.0), ((1920, 1080), 0.0), ((1280, 720), 2.0)]


@cache
def rules() -> Any:
    return staffed("week_one")


def table() -> Any:
    return at(opening("week_one"), rules(), "JP")


def plan_screen(size: tuple[int, int] = (1280, 720), scale: float = 0.0) -> tuple[Driver, PlanScreen]:
    return opened(table(), size, scale)


def settle(hand: Driver) -> None:
    hand.wait(400, 50)
    hand.work()
    hand.wait(1200, 50)


def middle(screen: PlanScreen, lane: str) -> tuple[int, int]:
    """The pixel of the window where the middle of a lane stands."""
    chart = screen.map
    camera = chart.camera
    assert camera is not None
    row = next(one for one in chart.scene.lanes if one.id == lane)
    where = {end: chart.painter._px(camera, _at(screen, end)) for end in (row.a, row.b)}
    line = lane_line(row, where)
    x, y = line[len(line) // 2]
    return round(x) + chart._rect.x, round(y) + chart._rect.y


def _at(screen: PlanScreen, id: str) -> tuple[float, float]:
    site = screen.p.view.board.theatre.sites[id]
    return site.lon_e3 / 1000, site.lat_e3 / 1000


def colors(hand: Driver, at: tuple[int, int], reach: int = 3) -> set[tuple[int, int, int]]:
    box = pygame.Rect(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach).clip(hand.app.surface.get_rect())
    pixels = [(x, y) for x in range(box.left, box.right) for y in range(box.top, box.bottom)]
    return {tuple(hand.app.surface.get_at(p))[:3] for p in pixels}  # type: ignore[misc]


def rgb(ink: str) -> tuple[int, int, int]:
    color = pygame.Color(ink)
    return color.r, color.g, color.b


# The map -------------------------------------------------------------------------------------------------------


def test_a_layer_stands_in_the_legend_where_a_chapter_gives_it() -> None:
    hand, screen = plan_screen()
    have = [w.id for w in hand.widgets() if isinstance(w, Toggle)]
    assert {f"map.layer.{name}" for name in ("supply", "control", "patrol")} <= set(have)
    bare, _ = opened(at(opening("one_sky"), rulebook("first_watch"), "JP"))
    given = {what for c in rulebook("first_watch").chapters for what in ("traces", "patches") if hasattr(c, what)}
    assert ("map.layer.supply" in bare.ids()) == ("traces" in given)
    assert ("map.layer.control" in bare.ids()) == ("patches" in given)
    before = screen.map.layers
    hand.key("7")
    assert before ^ screen.map.layers == {"supply"}


def test_the_cut_is_drawn_in_the_color_of_alarm_and_named() -> None:
    hand, screen = plan_screen()
    lane = lanes(screen.p.view)[0]
    ends = screen.p.view.board.theatre.lanes[lane]
    screen.map.jump_to((ends.a, ends.b))
    settle(hand)
    assert rgb(ALARM) in colors(hand, middle(screen, lane), 6)
    load = next(one for one in screen.map.scene.loads if one.lane == lane)
    assert load.cut and load.name == lane_name(screen.p.words.names, ends)
    assert load.name in hand.pane_at().words
    hand.key("7")
    settle(hand)
    assert rgb(ALARM) in colors(hand, middle(screen, lane), 6), "what binds is lit though supply be off"
    other = lanes(screen.p.view)[3]
    assert rgb(drawn.FLOW) not in colors(hand, middle(screen, other), 6)


def test_a_loads_width_grows_with_its_amount_and_a_full_lane_is_told_apart() -> None:
    widths = [drawn.width(Load("x", "a", n), 10_000) for n in (0, 1, 400, 2500, 10_000)]
    assert widths == sorted(widths) and widths[-1] == drawn.THIN + drawn.MORE
    assert Load("x", "a", 500, 500).full and not Load("x", "a", 499, 500).full and not Load("x", "a", 500, -1).full


def test_amounts_of_one_way_are_added_and_a_cut_without_load_stands_there_empty() -> None:
    screen = plan_screen()[1]
    view, names = screen.p.view, screen.p.words.names
    one, other = lanes(view)[:2]
    start = view.board.theatre.lanes[one].a
    rows = [Trace("supply", one, start, n, 900, False, say("ui_plan.nothing")) for n in (300, 500)]
    found = {load.lane: load for load in loads_of(view, rows, (other,), names)}
    assert found[one].amount == 800 and not found[one].cut
    assert found[other].amount == 0 and found[other].cut


def test_the_tip_of_a_lane_tells_its_load_and_that_of_a_zone_what_holds_there() -> None:
    hand, screen = plan_screen()
    view, lane = screen.p.view, lanes(screen.p.view)[0]
    ends = view.board.theatre.lanes[lane]
    screen.map.jump_to((ends.a, ends.b))
    settle(hand)
    told = "\n".join(screen.map._lane_tip(view, lane))
    amount = next(t.amount for t in traces(view, screen.p.desk.plan) if t.lane == lane)
    assert f"{amount / 100:g} supply points" in told and "binds" in told
    zone = zones(view)[1]
    screen.map.hover = Hit("zone", zone)
    assert screen.p.words.tell("nothing") in screen.map._tip(view)


def test_zones_are_tinted_by_tone_and_a_chance_the_deeper_the_greater() -> None:
    shares = [drawn.cover(Tint("z", "patrol", "chance", ppm))[3] for ppm in (0, 250_000, 500_000, 1_000_000)]
    assert shares == sorted(set(shares)) and shares[0] == 0
    tones = {tone: drawn.cover(Tint("z", "control", tone))[:3] for tone in drawn.TONES}
    assert len(set(tones.values())) == len(tones) and len(set(drawn.MARKS.values())) == len(drawn.MARKS)
    hand, _ = plan_screen()
    hand.key("Home")
    for _ in range(2):
        settle(hand)
        hand.key("8")
    settle(hand)
    before = hand.pixels()
    hand.key("8")
    settle(hand)
    off = hand.pixels()
    assert before != off
    hand.key("8")
    settle(hand)
    assert hand.pixels() == before


def test_who_holds_a_zone_is_told_without_color() -> None:
    plates = {tone: drawn.plate("TSU", (Tint("TSU", "control", tone),), 11) for tone in ("own", "rival", "disputed")}
    masks = {pygame.image.tobytes(plate.convert_alpha(), "RGBA") for plate in plates.values()}
    assert len(masks) == 3
    assert drawn.plate("TSU", (Tint("TSU", "patrol", "chance", 1, ""),), 11).get_width() < min(
        plate.get_width() for plate in plates.values()
    ), "a chance without letters has no field"


# Boards --------------------------------------------------------------------------------------------------------


def boards(hand: Driver) -> Rows:
    rows = hand.widget("boards.rows")
    assert isinstance(rows, Rows)
    return rows


def test_a_board_has_every_row_of_its_table_and_each_leads_to_its_source() -> None:
    hand, screen = plan_screen()
    hand.click("tabs", "boards")
    settle(hand)
    given: Ledger = next(iter(ledgers(screen.p.view, screen.p.desk.plan)))
    which = hand.widget("boards.which")
    assert isinstance(which, Choice) and given.id in [value for value, _ in which.items]
    hand.choose("boards.which", given.id)
    hand.wait(100)
    rows = boards(hand)
    words = screen.p.words
    assert [item.cells for item in rows.items] == [tuple(cell(words, v) for v in row.cells) for row in given.rows]
    assert [bool(item.icon) for item in rows.items] == [row.warn for row in given.rows]
    heads = [w.text for w in hand.widgets() if isinstance(w, Label) and w.id.startswith("boards.column.")]
    assert heads == [words.text(column) for column in given.columns]
    last = len(given.rows) - 1
    before = screen.map.camera
    hand.click("boards.rows", last)
    settle(hand)
    assert screen.p.card == given.rows[last].source and screen.map.camera != before
    says = hand.widget("boards.says")
    assert isinstance(says, Prose) and len(says.paras) == 2, "why, and the note"


def test_an_empty_table_says_so_and_figures_stand_at_the_right() -> None:
    hand, _ = plan_screen()
    hand.click("tabs", "boards")
    settle(hand)
    hand.choose("boards.which", "drill.none")
    hand.wait(100)
    assert not boards(hand).items and boards(hand).empty
    hand.choose("boards.which", "drill.stocks")
    hand.wait(100)
    assert [align for _, align in boards(hand).columns] == ["left", "right", "right", "right"]
    assert FIGURE.fullmatch("7.4") and FIGURE.fullmatch("12 %") and not FIGURE.fullmatch("L3, now")


def test_nothing_is_painted_at_rest_and_a_part_painted_is_the_whole_painted() -> None:
    hand, screen = plan_screen()
    hand.click("tabs", "boards")
    settle(hand)
    hand.choose("boards.which", "drill.stocks")
    hand.click("boards.rows", 1)
    settle(hand)
    hand.wait(2000, 100)
    painted = hand.app.front.painted
    hand.wait(800, 16)
    assert hand.app.front.painted == painted
    here = hand.pixels()
    hand.app.front.shown.whole = True
    hand.wait(16)
    assert hand.pixels() == here
    assert screen.p.row == 1


@pytest.mark.parametrize(("size", "scale"), SIZES)
@pytest.mark.parametrize("tab", ["boards", "estimates"])
def test_boards_and_estimates_fit(tab: str, size: tuple[int, int], scale: float) -> None:
    hand, _ = plan_screen(size, scale)
    hand.click("tabs", tab)
    settle(hand)
    assert not faults(hand, tab, tab=True)


# Worked out once, beside the window ----------------------------------------------------------------------------


def test_each_plan_is_asked_about_once() -> None:
    hand, screen = plan_screen()
    settle(hand)
    asked = dict(ASKED)
    plan = screen.p.desk.plan
    hand.key("A")
    hand.key("Esc")
    screen._on_intent("", "We hold.", hand.app)
    settle(hand)
    assert asked == ASKED, "words change no odds"
    assert plan.orders, "the staff gives orders here"
    screen.p.desk.drop(plan.orders[0].id)
    settle(hand)
    assert all(ASKED[what] == n + 1 for what, n in asked.items())
    hand.key("Z")
    settle(hand)
    assert all(ASKED[what] == n + 1 for what, n in asked.items()), "what is undone is still known"
    assert screen.estimates.plan == screen.p.desk.plan


def test_the_map_shows_the_plan_with_the_order_that_is_being_written() -> None:
    hand, screen = plan_screen()
    settle(hand)
    p = screen.p
    was = sum(trace.amount for trace in screen.map.traces)
    form = next(f for forms in p.forms.values() for f in forms if p.ordered(f) is None and _fits(p, f))
    p.open(form)
    settle(hand)
    assert sum(trace.amount for trace in screen.map.traces) == was + 100 * len(screen.map.traces)
    p.close_form()
    settle(hand)
    assert sum(trace.amount for trace in screen.map.traces) == was


def _fits(p: Any, form: Form) -> bool:
    return p.desk.refusal(form.order) is None


def test_a_forecast_without_luck_tells_its_lines_and_lights_what_binds() -> None:
    hand, screen = plan_screen()
    hand.click("tabs", "estimates")
    settle(hand)
    n = next(n for n, f in enumerate(screen.estimates.found) if not f.odds)
    hand.click("estimates", n)
    settle(hand)
    assert not [w for w in hand.widgets() if isinstance(w, Bars)]
    lane = lanes(screen.p.view)[0]
    name = lane_name(screen.p.words.names, screen.p.view.board.theatre.lanes[lane])
    assert any(name in text for text in texts_of(hand.widget("estimates.says")))
    assert screen.map.cut == {lane}


def test_a_turn_goes_on_beside_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    real = film.stretch

    def told(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return real(*given)

    monkeypatch.setattr(film, "stretch", told)
    hand = watching(lone("one_sky", ("JP",)))
    hand.screen.skipping = True  # type: ignore[attr-defined]
    hand.wait(200)
    assert threads and all(name.startswith("work") for name in threads)


# Finding an order ----------------------------------------------------------------------------------------------


def test_an_order_is_found_by_its_words_and_those_without_a_unit_stand_first() -> None:
    hand, screen = plan_screen()
    hand.key("A")
    rows = hand.widget("pick")
    assert isinstance(rows, Rows)
    heads = [item.value for item in rows.items if item.head]
    assert heads[0] == "chapter."
    screen.act(Act("pick.find", "J01"), hand.app)
    hand.wait(50)
    found = hand.widget("pick")
    assert isinstance(found, Rows)
    kept = [item for item in found.items if not item.head]
    assert kept and len(kept) < len([i for i in rows.items if not i.head]) and all("J01" in i.text for i in kept)
    screen.act(Act("pick.find", "no such thing"), hand.app)
    hand.wait(50)
    nothing = hand.widget("pick")
    assert isinstance(nothing, Rows) and not nothing.items and nothing.empty


def test_a_card_leads_to_the_order_of_what_it_tells_of() -> None:
    hand, screen = plan_screen()
    subject = next(s for s in screen.p.forms if s in screen.p.view.mine)
    screen.p.card = subject
    hand.wait(50)
    hand.click("card.order")
    assert screen.p.form is not None and screen.p.form.subject == subject


def test_the_plan_that_the_staff_draws_up_is_ready_when_the_desk_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    here = table()
    view = here.sitting.view()
    plan_state.draw_up(here, view)
    monkeypatch.setattr(plan_state, "default_plan", lambda *_: pytest.fail("drawn up twice"))
    assert plan_state.desk_of(here, view).plan == default_plan(view, here.rulebook)
