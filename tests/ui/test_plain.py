"""Law: what a screen says is in people's words: no id of a place, a nation, a pact or a count, no name of the code.

A unit's number in brackets after its name ("(J01)"), a rule's ("S12"), a level's ("L3") and a date ("2a") are what
tables say; a place's id, "JP", "JP-KR.sensing" and "patrol_week" are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.core.ids import Seat
from game.core.setting import Board
from game.ui.screens import screen
from game.ui.widgets import Act, Pane, texts_of
from game.words.names import TOKEN, Names
from tests.ui.driver import Driver
from tests.ui.planning import house as planned
from tests.ui.planning import opened, planning, seating
from tests.ui.test_assess import debrief, finished

#: Names as code writes them: with an underscore, or a track, a count or a stock after a dot.
CODE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b|\b[A-Z]{2}(-[A-Z]{2})?\.[A-Za-z0-9]+|\b[a-z]+\.[a-z]{2,}\b")
WORD = re.compile(r"\b[A-Z][A-Z0-9]{1,3}[a-z]?\b")
BRACKETED = re.compile(r"\([A-Z][0-9]{2}[a-z]?'*\)")
#: A contact's label, which tells two of a kind apart and nothing else.
LABEL = re.compile(r"(?<!\()\b(?=[A-Z0-9]*[0-9])[A-Z][A-Z0-9]{5}\b")
GAMES = [
    ("week_one", "US", 2),
    ("week_one", "CN", 2),
    ("sea_lane_lottery", "KR", 2),
    ("the_bridge", "US", 2),
    ("one_sky", "JP", 1),
]


def said(hand: Driver) -> list[str]:
    """What the screen says; the map's own list is of ids, for whoever looks for leaks."""
    return [words for w in hand.widgets() if not isinstance(w, Pane) for words in texts_of(w)]


def codes(board: Board, texts: list[str]) -> Iterator[str]:
    """What nobody at a table would say, with the text it stands in."""
    ids = {*board.theatre.sites, *board.formations, *board.munitions, *(set(board.seats) - {"US"})}
    for text in (BRACKETED.sub("", TOKEN.sub("a name", text)) for text in texts):
        for found in [*CODE.finditer(text), *(word for word in WORD.finditer(text) if word[0].rstrip("abc") in ids)]:
            yield f"{found[0]!r} in {text[:90]!r}"


@pytest.mark.parametrize(("name", "seat", "turn"), GAMES)
def test_brief_and_plan_are_in_words(name: str, seat: Seat, turn: int) -> None:
    setting, _, _ = planned().read(name)
    table = planned().begin(name, seating(setting.board.seats, seat), 7, None)
    hand = Driver(screen("brief", table))
    read: list[str] = []
    for tab in ("orders", "score"):
        hand.screen.act(Act("tab", tab), hand.app)
        hand.wait(32)
        read += said(hand)
    hand, plan = opened(planning(name, seat, turn))
    read += said(hand)
    for tab in ("orders", "forces", "picture", "estimates", "log"):
        plan.act(Act("courses.keep"), hand.app)
        hand.click("tabs", tab)
        hand.wait(32)
        read += said(hand)
    hand.click("tabs", "boards")
    hand.work()
    for ledger in plan.estimates.work.ledgers:
        plan.act(Act("boards.which", ledger.id), hand.app)
        hand.wait(32)
        read += said(hand)
    hand.key("A")
    asked = said(hand) + [plan.p.why(order) for order in plan.p.desk.plan.orders]
    hand.key("Esc")
    for form in [form for forms in plan.p.forms.values() for form in forms[:4]]:
        plan.act(Act("pick", (form.kind.VERB, form.subject)), hand.app)
        asked += said(hand)
    assert not [words for words in asked if LABEL.search(words)], "contacts are chosen by what is known of them"
    read += asked
    assert not (found := sorted(set(codes(setting.board, read)))), "\n".join(found)


@pytest.mark.parametrize("name", sorted({name for name, _, _ in GAMES}))
def test_the_review_is_in_words(name: str, tmp_path: Path) -> None:
    table = finished(tmp_path / "a.save", name)
    hand, screen_ = debrief(table)
    read: list[str] = []
    for seat in table.board.seats:
        hand.click("seat", seat)
        read += said(hand)
    hand.click("tab", "questions")
    read += said(hand)
    assert screen_.review is not None
    assert not (found := sorted(set(codes(table.board, read)))), "\n".join(found)


def test_codes_are_found_and_names_are_not() -> None:
    board = planned().read("week_one")[0].board
    wrong = [
        "Turn 1 of 4 · patrol_week",
        "JP-KR.sensing",
        "FCEN",
        "insurance: 202 (JP, KR)",
        "cargo.delivered",
        "U09b came",
    ]
    assert [len(list(codes(board, [text]))) >= 1 for text in wrong] == [True] * len(wrong)
    right = [
        "Aegis Group Sasebo (J01)",
        "P-8A/P-3C Wing: 2.5 points",
        "L3, now; as of 2a · MD7",
        "PAC-3 MSE",
        "The US",
    ]
    assert not list(codes(board, right))


def test_a_trade_route_that_is_a_source_has_its_name() -> None:
    names = Names.of(planned().read("week_one")[0].board)
    assert names.known("japan_south") == "the southern route"
    assert names.counted("JP-KR.sensing") == "Japan-South Korea: sensing"
    assert names.any("US.JYOK.sm3") == "Yokosuka, SM-3" and names.any("U09b").endswith("(U09b)")
