"""The replay: stepping, jumping, playing, whose eyes, branches, two seats side by side; and that nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.__main__ import chapters
from game.core.ids import Seat
from game.io.save import Note, Saved, open_save
from game.io.seating import Chair, Seating, code_of
from game.report.film import PUBLIC, TRUTH
from game.table.places import Place
from game.ui import parts
from game.ui.house import House
from game.ui.screens.replay import ReplayScreen, replay_of
from game.ui.screens.replay_branch import BranchScreen, begin_branch, wish
from game.ui.screens.replay_reading import Reading, Remark
from game.ui.screens.replay_strip import EVENT_MS
from game.ui.screens.sides import SidesScreen
from game.ui.widgets import Button, Label, Panel, Rows, Slider, Track, Widget, focusable, texts_of
from tests.ui.driver import Driver
from tests.ui.games import SECRET, kept_game, otherwise, reading
from tests.worlds import rulebook

SIZES = (((1280, 720), 0.0), ((1920, 1080), 0.0), ((1920, 1080), 2.0))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return kept_game(tmp_path_factory.mktemp("replay") / "game.save")


@pytest.fixture(scope="module")
def read(saved: Saved) -> Reading:
    return reading(saved)


def screen_of(read: Reading, eyes: str = "JP", turn: int | None = 2) -> ReplayScreen:
    return ReplayScreen(read.table, reading=read, eyes=eyes, turn=turn)


def driven(read: Reading, eyes: str = "JP", turn: int | None = 2) -> tuple[Driver, ReplayScreen]:
    screen = screen_of(read, eyes, turn)
    return Driver(screen), screen


# Walking -----------------------------------------------------------------------------------------------------------


def test_keys_and_buttons_step_alike(read: Reading) -> None:
    for key, button in ((".", "forward"), (",", "back"), ("Shift+.", "turn_forward"), ("Shift+,", "turn_back")):
        hand, one = driven(read)
        one.go_to(one.at + 4)
        before = one.at
        hand.key(key)
        by_key = one.at
        hand, other = driven(read)
        other.go_to(before)
        hand.click(button)
        assert other.at == by_key != before, key


def test_pulses_and_turns_are_jumped_by_key(read: Reading) -> None:
    hand, screen = driven(read)
    assert (screen.spot.turn, screen.spot.pulse) == (2, 0)
    hand.key("PgDn")
    assert (screen.spot.turn, screen.spot.pulse) == (2, 1)
    hand.key("PgDn")
    assert (screen.spot.turn, screen.spot.pulse) == (2, 2)
    hand.key("PgUp")
    assert (screen.spot.turn, screen.spot.pulse) == (2, 1)
    hand.key("Shift+.")
    assert screen.spot.turn == 3


def test_there_and_back_again_is_the_same_picture(read: Reading) -> None:
    hand, screen = driven(read)
    hand.key(".")
    start, widgets, pixels = screen.at, hand.widgets(), hand.pixels()
    for _ in range(12):
        hand.key(".")
    assert hand.pixels() != pixels
    for _ in range(12):
        hand.key(",")
    hand.app.front.hands.scroll.clear()
    hand.app.front.shown.whole = True
    hand.wait(20)
    assert screen.at == start and hand.widgets() == widgets and hand.pixels() == pixels


def test_a_click_on_the_timeline_jumps(read: Reading) -> None:
    hand, screen = driven(read)
    track = hand.widget("track")
    assert isinstance(track, Track)
    hand.press((track.rect.right - hand.app.front.room.u(8), track.rect.center[1]))
    assert screen.at == len(screen.line) - 1


def test_a_click_on_an_event_goes_there(read: Reading) -> None:
    hand, screen = driven(read)
    rows = hand.widget("events")
    assert isinstance(rows, Rows)
    wanted = [item.value for item in rows.items if not item.head][5]
    hand.click("events", wanted)
    assert screen.at == wanted


def test_ticks_tell_what_they_are(read: Reading) -> None:
    hand, screen = driven(read)
    track = hand.widget("track")
    assert isinstance(track, Track) and len({tone for _, tone, _ in track.marks}) >= 5
    rects = parts.mark_rects(track, hand.app.front.room)
    hand.move(rects[3].center)
    hand.wait(600, 100)
    assert hand.app.front.hands.part >= 0
    assert track.marks[3][2].startswith(screen.line.at(track.marks[3][0]).date)


def test_it_plays_faster_at_a_higher_speed_and_stops_at_the_end(read: Reading) -> None:
    hand, screen = driven(read)
    screen.go_to(len(screen.line) - 12)
    start = screen.at
    hand.key("Space")
    hand.wait(4 * EVENT_MS, 50)
    slow = screen.at - start
    hand.key("Space")
    screen.go_to(start)
    hand.click("speed", 4)
    hand.click("play")
    hand.wait(EVENT_MS, 50)
    assert slow >= 3 and screen.at - start >= 3
    hand.wait(12 * EVENT_MS, 100)
    assert not screen.playing and screen.at == len(screen.line) - 1
    assert screen.tick(hand.now) is None, "it is at rest at its end"


# What is listed ----------------------------------------------------------------------------------------------------


def test_a_kind_is_left_out_and_shown_again(read: Reading) -> None:
    hand, _ = driven(read)

    def icons() -> set[str]:
        rows = hand.widget("events")
        assert isinstance(rows, Rows)
        return {item.icon for item in rows.items if not item.head}

    assert "rocket" in icons()
    hand.click("kind.raid")
    assert "rocket" not in icons()
    hand.click("kind.raid")
    assert "rocket" in icons()


def test_a_search_finds_events_of_all_turns_and_places(read: Reading) -> None:
    hand, screen = driven(read)
    hand.key("/")
    hand.type("iwakuni")
    rows = hand.widget("events")
    assert isinstance(rows, Rows)
    events = [item for item in rows.items if isinstance(item.value, int)]
    assert events and all("iwakuni" in item.text.casefold() for item in events)
    assert len({screen.line.at(item.value).turn for item in events if isinstance(item.value, int)}) > 1
    assert any(isinstance(item.value, tuple) and item.value[0] == "place" and not item.head for item in rows.items)


def test_why_opens_an_event_and_closes_again(read: Reading) -> None:
    hand, screen = driven(read)
    opens = [s.at for s in screen.line.spots if s.frame is not None and s.frame.opens and s.turn == 2]
    screen.go_to(opens[0])
    hand.wait(20)
    hand.key("W")
    assert "why.panel" in hand.ids()
    hand.key("Esc")
    assert "why.panel" not in hand.ids()


def test_notes_are_read_by_whose_they_are(read: Reading) -> None:
    hand, screen = driven(read)
    hand.click("tabs", "notes")
    assert any("Four leakers" in words for words in hand.texts())
    assert not any(SECRET in words for words in hand.texts())
    screen.look(TRUTH)
    assert any(SECRET in words for words in hand.texts())
    screen.look("public")
    assert not any("Four leakers" in words or SECRET in words for words in hand.texts())


def test_a_bookmark_stands_on_the_timeline_and_goes(read: Reading) -> None:
    hand, screen = driven(read)
    hand.click("tabs", "notes")
    before = hand.widget("track")
    hand.key("B")
    marked = hand.widget("track")
    assert isinstance(before, Track) and isinstance(marked, Track) and len(marked.marks) == len(before.marks) + 1
    rows = hand.widget("notes")
    assert isinstance(rows, Rows)
    mine = next(item for item in rows.items if item.acts)
    hand.row_act("notes", mine.value, "drop")
    assert hand.widget("track") == before and not screen.bookmarks


def test_charts_draw_what_each_seat_was_told(read: Reading) -> None:
    hand, _ = driven(read, TRUTH)
    hand.click("tabs", "charts")
    hand.choose("chart", 3)
    assert {"points", "curve", "chart"} <= set(hand.ids())


# Whose eyes --------------------------------------------------------------------------------------------------------


def test_eyes_change_at_the_same_moment(read: Reading) -> None:
    hand, screen = driven(read)
    hand.key("PgDn")
    k = screen.spot.k
    hand.choose("eyes", "KP")
    assert screen.eyes == "KP" and screen.spot.k == k
    hand.key("V")
    assert screen.eyes != "KP" and screen.spot.k == k


def test_a_running_game_of_persons_lends_nobodys_eyes(tmp_path: Path) -> None:
    running = reading(kept_game(tmp_path / "running.save", turns=1, persons=True))
    hand, screen = driven(running, "JP", None)
    assert screen.eyes == "" and screen.notice
    hand.choose("eyes", TRUTH)
    assert screen.eyes == ""
    assert [words for words in hand.texts() if words == screen.notice], "it says so in one line"
    for id in ("sides", "branch"):
        button = hand.widget(id)
        assert isinstance(button, Button) and not button.on and button.tip
    assert not any(SECRET in words for words in hand.texts())


@pytest.mark.parametrize("eyes", ["JP", "KP", ""])
def test_nothing_leaks_into_anybodys_replay(saved: Saved, eyes: Seat) -> None:
    here, there = reading(saved), reading(saved)
    there.reel = otherwise(there.reel, eyes)
    there.remarks = (*there.remarks, Remark(3, Note("telegram", "US" if eyes else "KP", "More secrets")))
    one, other = screen_of(here, eyes, None), screen_of(there, eyes, None)
    for tab in ("events", "charts", "notes"):
        for at in range(0, len(one.line), 6):
            one.tab = other.tab = tab
            one.go_to(at)
            other.go_to(at)
            hand = Driver(one)
            widgets, pixels, texts = hand.widgets(), hand.pixels(), hand.texts()
            hand = Driver(other)
            assert hand.widgets() == widgets and hand.texts() == texts, (tab, at)
            assert hand.pixels() == pixels, (tab, at)


# A new game from here ----------------------------------------------------------------------------------------------


def test_a_branch_is_a_new_game_at_the_table(read: Reading, saved: Saved) -> None:
    before = saved.path.read_bytes()
    what = wish(read, 2, "JP")
    table = begin_branch(read, what)
    try:
        assert table.save is not None and table.save.name == what.name and table.save != saved.path
        assert saved.path.read_bytes() == before
        sitting = table.sitting
        assert (sitting.turn, sitting.persons) == (2, ("JP",)) and sitting.up == "JP"
        assert open_save(table.save, rulebook("one_sky")).header.parent is not None
        sitting.begin(0)
        plan = saved.plans(2)["JP"]
        sitting.seal(plan, 0)
        while sitting.place is Place.RESOLVING:
            sitting.step(0)
            if sitting.place in (Place.ALARM, Place.ALARM_COVERED):
                said = [a for a in saved.answers(2) if a.seat == "JP"]
                sitting.answer(said[0].reply if said else None, 0)
        assert sitting.place is Place.BETWEEN
        moment = read.reel.start(3)
        assert sitting.public().nations == read.view(moment.k, "").nations
    finally:
        table.sitting.close()


def test_the_branch_dialog_names_its_faults_and_begins_nothing(read: Reading, saved: Saved) -> None:
    hand, _ = driven(read)
    hand.key("G")
    dialog = hand.screen
    assert isinstance(dialog, BranchScreen)
    files = sorted(saved.path.parent.iterdir())
    for name in ("", "a/b.save", saved.path.name):
        dialog.wish = type(dialog.wish)(2, dialog.wish.who, dialog.wish.keep, name)
        hand.click("branch.begin")
        assert "branch.fault" in hand.ids(), name
    assert sorted(saved.path.parent.iterdir()) == files
    hand.key("Esc")
    assert isinstance(hand.screen, ReplayScreen)


def test_a_person_may_find_its_recorded_orders_as_a_draft(read: Reading) -> None:
    what = wish(read, 2, "JP")
    kept = type(what)(2, what.who, what.keep | {"JP"}, "with-draft.save")
    table = begin_branch(read, kept)
    try:
        assert table.sitting.drafted() == read.saved.plans(2)["JP"]
    finally:
        table.sitting.close()


# Side by side ------------------------------------------------------------------------------------------------------


def parted(read: Reading) -> tuple[Driver, SidesScreen]:
    hand, _ = driven(read)
    hand.click("sides")
    sides = hand.screen
    assert isinstance(sides, SidesScreen)
    hand.key("D")
    return hand, sides


def test_the_lead_line_says_who_saw_it(read: Reading) -> None:
    hand, sides = parted(read)
    lines = set()
    for _ in range(20):
        lead = hand.widget("lead")
        assert isinstance(lead, Label)
        lines.add(lead.text)
        hand.key("D")
    assert "South Korea saw it. We did not." in lines
    sides.k = 0
    hand.wait(20)
    calm = hand.widget("lead")
    assert isinstance(calm, Label) and not sides.sides.told


def test_swapped_the_other_side_speaks(read: Reading) -> None:
    hand, sides = parted(read)
    we, they = sides.we, sides.they
    hand.key("X")
    assert (sides.we, sides.they) == (they, we)
    hand.choose("we", we)
    assert (sides.we, sides.they) == (we, they), "never a seat with itself"


def test_both_maps_move_together(read: Reading) -> None:
    hand, sides = parted(read)
    for id in ("map.we", "map.they"):
        x, y = hand.pane_at(id).rect.center
        before = sides.maps[0].camera
        hand.drag((x, y + 60), (x + 70, y + 90))
        hand.wheel((x, y), 1)
        assert sides.maps[0].camera == sides.maps[1].camera != before, id


def test_back_from_side_by_side_at_the_same_second(read: Reading) -> None:
    hand, sides = parted(read)
    k = sides.k
    hand.key("Esc")
    assert isinstance(hand.screen, ReplayScreen) and hand.screen.spot.k == k


# How it stands -----------------------------------------------------------------------------------------------------


def overlaps(widgets: list[Widget]) -> list[tuple[str, str]]:
    """Widgets of one layer that take input and lie on one another; a list's or a panel's ground does not count."""
    hot = [w for w in widgets if focusable(w) and not w.id.startswith("map") and not isinstance(w, Panel)]
    out = []
    for n, one in enumerate(hot):
        out += [(one.id, w.id) for w in hot[n + 1 :] if w.layer == one.layer and one.rect.meets(w.rect)]
    return out


@pytest.mark.parametrize(("size", "wish"), SIZES)
def test_nothing_lies_on_anything_or_out_of_the_window(read: Reading, size: tuple[int, int], wish: float) -> None:
    for screen in (
        screen_of(read),
        SidesScreen(read, 5, "JP", screen_of(read)),
        BranchScreen(read, 2, "JP", screen_of(read)),
    ):
        hand = Driver(screen, size, wish)
        for tab in ("events", "charts", "notes"):
            if isinstance(screen, ReplayScreen):
                screen.go_to(9)
                screen.tab = tab
            widgets = hand.widgets()
            assert not overlaps(widgets), (type(screen).__name__, tab)
            for w in widgets:
                assert w.rect.x >= 0 and w.rect.y >= 0 and w.rect.w >= 0, w.id
                assert w.rect.right <= size[0] and w.rect.bottom <= size[1], w.id


def test_the_keyboard_reaches_all_that_the_mouse_does(read: Reading) -> None:
    hand, screen = driven(read)
    screen.go_to(9)
    for w in hand.widgets():
        if isinstance(w, Button | Rows | Slider | Track):
            hand.focus(w.id)


def test_no_text_is_missing(read: Reading) -> None:
    for screen in (
        screen_of(read),
        SidesScreen(read, 5, "JP", screen_of(read)),
        BranchScreen(read, 2, "JP", screen_of(read)),
    ):
        hand = Driver(screen)
        for w in hand.widgets():
            for words in texts_of(w):
                assert "ui_replay." not in words and "ui_film." not in words, (w.id, words)


@pytest.mark.parametrize(("codes", "eyes"), [("jp", ("JP", PUBLIC)), ("jp kr", "all"), ("white", "all")])
def test_a_running_sealed_game_is_seen_by_the_eyes_whose_codes_were_given(
    tmp_path: Path, codes: str, eyes: tuple[str, ...] | str
) -> None:
    path = tmp_path / "g.save"
    chairs = tuple(Chair(seat, code=code_of(code)) for seat, code in (("JP", "jp"), ("KR", "kr")))
    others = tuple(Chair(seat, "doctrine") for seat in ("US", "CN", "KP"))
    seating = Seating((*chairs, *others), {}, Chair("", code=code_of("white")))
    house = House(chapters, durable=False)
    house.begin("one_sky", seating, 5, path).sitting.close()
    screen = replay_of(*house.saved(path, None, codes.split()), eyes="JP")
    assert screen.reading.allowed == (screen.reading.every if eyes == "all" else eyes)
    assert screen.eyes == "JP" and not screen.notice
