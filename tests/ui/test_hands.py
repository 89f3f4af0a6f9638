"""Every widget can be worked by mouse alone and by keyboard alone, and both mean the same."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.ui.app import App
from game.ui.layout import Rect, wrapped
from game.ui.theme import Room
from game.ui.widgets import (
    Act,
    Button,
    Choice,
    Field,
    Item,
    Label,
    Panel,
    Para,
    Prose,
    Rows,
    Slider,
    Tabs,
    Toggle,
    Widget,
)
from tests.ui.driver import Driver


class Bench:
    """A screen with one of each widget, that keeps what it was told."""

    def __init__(self) -> None:
        self.acts: list[tuple[str, object]] = []
        self.tab, self.flag, self.number, self.text, self.pick, self.row = "a", False, 5, "", 3, 0
        self.dialog = False

    def widgets(self, room: Room) -> list[Widget]:
        out: list[Widget] = [
            Panel(id="ground", rect=Rect(0, 0, room.width, room.height), kind="ink", radius=0),
            Button(id="go", rect=Rect(10, 10, 160, 36), text="Go", key="G"),
            Button(id="off", rect=Rect(180, 10, 160, 36), text="Off", on=False, key="O", tip="K1: too dear"),
            Tabs(id="tabs", rect=Rect(10, 60, 300, 30), items=(("a", "One"), ("b", "Two")), value=self.tab),
            Toggle(id="flag", rect=Rect(10, 100, 200, 28), text="Flag", value=self.flag, key="1"),
            Slider(id="slide", rect=Rect(10, 140, 200, 44), low=0, high=10, value=self.number, text="n", shown="5"),
            Field(id="field", rect=Rect(10, 200, 200, 36), text=self.text),
            Choice(
                id="pick",
                rect=Rect(10, 250, 200, 36),
                items=tuple((n, f"entry {n}") for n in range(20)),
                value=self.pick,
            ),
            Rows(
                id="rows",
                rect=Rect(400, 60, 300, 200),
                items=tuple(Item(n, f"row {n}", acts=(("drop", "trash-2", "Drop"),)) for n in range(12)),
                value=self.row,
            ),
            Prose(id="prose", rect=Rect(400, 300, 300, 80), paras=(Para("See [p:JIWA] and [u:J01]."),)),
            Label(id="label", rect=Rect(10, 300, 200, 20), text="Words"),
        ]
        if self.dialog:
            out += [
                Panel(id="scrim", rect=Rect(0, 0, room.width, room.height), kind="scrim", radius=0, layer=1),
                Button(id="yes", rect=Rect(500, 500, 100, 36), text="Yes", key="Enter", layer=1),
            ]
        return out

    def act(self, act: Act, app: App) -> None:
        self.acts.append((act.id, act.value))
        match act.id:
            case "tabs":
                self.tab = act.value
            case "flag":
                self.flag = act.value
            case "slide":
                self.number = act.value
            case "field":
                self.text = act.value
            case "pick":
                self.pick = act.value

    def tick(self, now: int) -> int | None:
        return None


@pytest.fixture
def at() -> tuple[Driver, Bench]:
    bench = Bench()
    return Driver(bench), bench


def test_a_mouse_works_every_widget(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    hand.click("go")
    hand.click("off")
    hand.click("tabs", "b")
    hand.click("flag")
    hand.press((200, 174))
    hand.click("rows", 9)
    hand.row_act("rows", 1, "drop")
    hand.choose("pick", 17)
    acts = [a for a in bench.acts if a[0] != "key"]
    assert acts == [
        ("go", None),
        ("tabs", "b"),
        ("flag", True),
        ("slide", 10),
        ("rows", 9),
        ("rows", ("drop", 1)),
        ("pick", 17),
    ]


def test_a_keyboard_works_every_widget(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    for id, keys in (
        ("go", ["Enter"]),
        ("off", ["Enter"]),
        ("tabs", ["Right"]),
        ("flag", ["Space"]),
        ("slide", ["End", "Left"]),
        ("rows", ["Down", "Down", "Enter", "Del"]),
        ("prose", ["Right", "Enter"]),
        ("pick", ["Enter", "End", "Up", "Enter"]),
    ):
        hand.focus(id)
        for key in keys:
            hand.key(key)
    assert bench.acts == [
        ("go", None),
        ("tabs", "b"),
        ("flag", True),
        ("slide", 10),
        ("slide", 9),
        ("rows", 2),
        ("rows", ("drop", 2)),
        ("prose", ("token", "u", "J01")),
        ("pick", 18),
    ]


def test_shortcuts_work_from_anywhere_but_in_a_field(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    hand.key("G")
    hand.key("O")
    hand.key("1")
    hand.key("Shift+Z")
    assert bench.acts == [("go", None), ("flag", True), ("key", "Shift+Z")]
    bench.acts.clear()
    hand.click("field")
    hand.key("G")
    hand.type("g")
    assert bench.acts == [("field", "g")]


def test_text_is_typed_at_the_caret_in_three_scripts(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    hand.focus("field")
    hand.type("기뢰 日本")
    hand.key("Home")
    hand.type("x")
    hand.key("End")
    hand.key("Backspace")
    hand.key("Enter")
    assert bench.text == "x기뢰 日"
    assert bench.acts[-1] == ("field.enter", "x기뢰 日")


def test_a_drop_down_finds_what_is_typed(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    hand.click("pick")
    hand.type("entry 14")
    hand.key("Enter")
    assert bench.pick == 14


def test_the_letter_of_a_shortcut_is_not_typed_into_the_field_it_opens() -> None:
    class Opens(Bench):
        def widgets(self, room: Room) -> list[Widget]:
            return [w for w in super().widgets(room) if w.id != "field" or self.acts]

    bench = Opens()
    hand = Driver(bench)
    hand.app.pump(
        [
            pygame.Event(pygame.KEYDOWN, key=pygame.K_g, mod=0),
            pygame.Event(pygame.TEXTINPUT, text="g"),
        ],
        50,
    )
    hand.app.pump([], 60)
    assert bench.text == ""


def test_a_dialog_takes_all_input_from_what_lies_under_it(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    rect = hand.widget("go").rect
    bench.dialog = True
    hand.wait(16)
    hand.press(rect.center)
    hand.key("G")
    for _ in range(5):
        hand.key("Tab")
    assert hand.app.front.hands.focus == "yes"
    assert bench.acts == [("key", "G")]
    hand.key("Enter")
    assert bench.acts[-1] == ("yes", None)


def test_nothing_is_painted_at_rest_and_only_what_differs_after(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    canvas = hand.app.front
    hand.wait(600)
    before = canvas.painted
    hand.wait(400)
    assert canvas.painted == before
    bench.flag = True
    dirty = canvas.refresh()
    assert len(dirty) == 1 and dirty[0].h < 60 and dirty[0].contains(pygame.Rect(hand.widget("flag").rect))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["Tab", "Enter", "Space", "Left", "Right", "Up", "Down", "G", "1"]), max_size=12))
def test_a_part_painted_is_the_whole_painted(keys: list[str]) -> None:
    """After any keys the picture put together from parts is the one painted anew."""
    hand = Driver(Bench())
    for key in keys:
        hand.key(key)
    parts = hand.pixels()
    hand.app.front.shown.whole = True
    hand.app.front.refresh()
    whole = hand.pixels()
    # Blits round by one in a channel, depending on where they are cut.
    assert whole == parts or max(abs(a - b) for a, b in zip(whole, parts, strict=True)) <= 2


@given(st.text(alphabet="ab cd\n日本기뢰[p:J]", max_size=60), st.integers(4, 30))
def test_wrapped_text_keeps_every_letter_and_fits(marked: str, room: int) -> None:
    lines = wrapped(marked, room, len, lambda token: token.id)
    for line in lines:
        for piece in line:
            assert piece.x + len(piece.words) <= max(room, 1)
    kept = "".join(piece.words for line in lines for piece in line).replace(" ", "")
    from game.words import Token, tokens

    meant = "".join(p.id if isinstance(p, Token) else p for p in tokens(marked))
    assert kept == "".join(meant.split())


def test_japanese_breaks_anywhere_and_english_between_words() -> None:
    lines = wrapped("統合幕僚監部が発表", 4, len, lambda token: token.id)
    assert [line[0].words for line in lines] == ["統合幕僚", "監部が発", "表"]
    lines = wrapped("two words here", 9, len, lambda token: token.id)
    assert [line[0].words for line in lines] == ["two words", "here"]


@pytest.mark.parametrize(
    ("marked", "room", "lines"),
    [
        ("found with 75 % a pulse", 13, ["found with", "75 % a pulse"]),
        ("seen by ([s:JP]).", 12, ["seen by", "(JP)."]),
        ("sensors, [s:JP]). One", 12, ["sensors,", "JP). One"]),
        ("abcdefgh).", 6, ["abcdef", "gh)."]),
    ],
)
def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before(marked: str, room: int, lines: list[str]) -> None:
    found = wrapped(marked, room, len, lambda token: token.id)
    assert ["".join(piece.words for piece in line) for line in found] == lines


def test_a_fault_is_one_line_to_be_read_and_the_screen_stays(at: tuple[Driver, Bench]) -> None:
    from game.table.match import MatchFault

    class Falls(Bench):
        def act(self, act: Act, app: App) -> None:
            super().act(act, app)
            if act.id == "go":
                raise MatchFault("nothing can be sealed now")
            if act.id == "flag":
                raise OSError(28, "No space left on device", "a.save")

    bench = Falls()
    hand = Driver(bench)
    hand.click("field")
    hand.type("kept")
    hand.key("Esc")
    hand.click("go")
    assert "nothing can be sealed now" in hand.texts()
    hand.key("G")
    assert bench.acts.count(("go", None)) == 1, "nothing under a notice is worked"
    hand.key("Enter")
    assert "nothing can be sealed now" not in hand.texts() and bench.text == "kept"
    hand.click("flag")
    assert any("a.save: No space left on device" in words for words in hand.texts())


def test_a_held_function_key_does_once_what_it_does(at: tuple[Driver, Bench]) -> None:
    hand, bench = at
    down = pygame.Event(pygame.KEYDOWN, key=pygame.K_F3, mod=0)
    for _ in range(4):
        hand.app.pump([down], hand.now)
    assert [a for a in bench.acts if a[1] == "F3"] == [("key", "F3")]
    hand.app.pump([pygame.Event(pygame.KEYUP, key=pygame.K_F3, mod=0), down], hand.now)
    assert len(bench.acts) == 2, "let go and pressed again, it acts again"


def test_nothing_of_the_last_screen_stays_in_the_hands(at: tuple[Driver, Bench]) -> None:
    hand, _ = at
    hand.click("rows", 11)
    hand.click("field")
    hand.app.pump([pygame.Event(pygame.TEXTEDITING, text="日本", start=0, length=2)], hand.now)
    hands = hand.app.front.hands
    assert hands.scroll and hands.composing and hands.focus == "field"
    hand.app.go(Bench())
    after = hand.app.front.hands
    assert (after.scroll, after.composing, after.caret, after.focus, after.lit) == ({}, "", {}, "", {})


def test_letters_that_come_in_one_frame_are_all_taken() -> None:
    """Whoever types faster than a slow frame loses nothing."""
    bench = Bench()
    hand = Driver(bench)
    hand.click("field")
    hand.app.pump([pygame.Event(pygame.TEXTINPUT, text=letter) for letter in "4711"], hand.now + 20)
    assert bench.text == "4711"
    back = pygame.Event(pygame.KEYDOWN, key=pygame.K_BACKSPACE, mod=0, unicode="")
    hand.app.pump([back, back, pygame.Event(pygame.TEXTINPUT, text="2")], hand.now + 40)
    assert bench.text == "472"
