"""Law: every screen fits its window at every size, and the keyboard reaches all of it.

At three windows and at each stop of the walks: nothing to be worked lies outside, no button over another, no words
cut away that no tip tells whole, no shortcut twice, and Tab comes to every widget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from game.__main__ import chapters
from game.core.ids import Seat
from game.core.luck import Luck
from game.ui import kit, parts
from game.ui.app import Screen
from game.ui.house import House
from game.ui.screens import screen
from game.ui.table import Table
from game.ui.theme import STYLES, Room
from game.ui.widgets import Button, Pane, Prose, Tabs, Toggle, Widget, focusable
from tests.ui.driver import Driver
from tests.ui.leaks import NO_GAME, WALKS, after, asked_at, table_at, walked
from tests.worlds import Salt, World, dressed, opening, plan, seats

SIZES = [((1280, 720), 0.0), ((1920, 1080), 0.0), ((1280, 720), 2.0)]
IDS = ("720", "1080", "720 at 200%")
#: Of a button's words at least so much must be seen, in thousandths, if no tip tells them.
LEAST = 999


def top(widgets: Sequence[Widget]) -> list[Widget]:
    layer = max((w.layer for w in widgets), default=0)
    return [w for w in widgets if w.layer == layer]


def outside(widgets: Sequence[Widget], room: Room) -> Iterator[str]:
    for w in top(widgets):
        if focusable(w) and not isinstance(w, Pane):
            x, y, wide, high = w.rect
            if wide <= 0 or high <= 0 or x < 0 or y < 0 or x + wide > room.width or y + high > room.height:
                yield f"{w.id} lies outside or is nothing: {tuple(w.rect)}"


def over(widgets: Sequence[Widget]) -> Iterator[str]:
    buttons = [w for w in widgets if isinstance(w, Button)]
    for one, other in combinations(buttons, 2):
        if one.layer == other.layer and one.rect.meets(other.rect):
            yield f"{one.id} {tuple(one.rect)} over {other.id} {tuple(other.rect)}"


def keys(widgets: Sequence[Widget]) -> Iterator[str]:
    found: Counter[str] = Counter()
    for w in top(widgets):
        if isinstance(w, Button | Toggle) and w.key:
            found[w.key] += 1
        elif isinstance(w, Tabs):
            found.update(w.keys)
    yield from (f"the key {key} is on {n} widgets" for key, n in found.items() if n > 1)


def ids(widgets: Sequence[Widget]) -> Iterator[str]:
    yield from (f"{id} stands there {n} times" for id, n in Counter(w.id for w in widgets).items() if n > 1)


def cut(widgets: Sequence[Widget], room: Room) -> Iterator[str]:
    """Words of a button or a tab for which there is no room, as `draw` sets them, and no tip."""
    for w in widgets:
        if isinstance(w, Button) and w.text and not w.tip:
            style = STYLES["strong" if w.kind == "primary" else "body"]
            size = room.u(style.size)
            cap = max(room.u(19), kit.width(w.key, "mono", room.u(11)) + room.u(9)) + room.u(8) if w.key else 0
            lead = room.u(17) + room.u(8) if w.icon else 0
            space = w.rect.w - room.u(16) - cap - lead
            if kit.width(w.text, style.face, size) * LEAST > max(0, space) * 1000:
                yield f"{w.id} cuts {w.text!r}"
        elif isinstance(w, Tabs) and not w.tip:
            last = parts.tab_rects(w, room)[-1]
            if last.right > w.rect.right + room.u(2):
                yield f"{w.id} runs out of its room"


def unreached(hand: Driver) -> Iterator[str]:
    """Widgets that Tab never comes to; a text that has nothing to open or scroll needs no stop."""
    hands, room = hand.app.front.hands, hand.app.front.room
    wanted = {w.id for w in top(hand.widgets()) if focusable(w) and not isinstance(w, Prose)}
    wanted |= {w.id for w in top(hand.widgets()) if isinstance(w, Prose) and parts.links(w, room)}
    reached: set[str] = set()
    for _ in range(len(wanted) + 60):
        hand.key("Tab")
        if hands.focus in reached and wanted <= reached:
            break
        reached.add(hands.focus)
    left = {w.id for w in top(hand.widgets())} & wanted - reached
    yield from (f"Tab does not come to {id}" for id in sorted(left))


def faults(hand: Driver, stop: str, *, tab: bool) -> list[str]:
    widgets, room = hand.widgets(), hand.app.front.room
    found = [*outside(widgets, room), *over(widgets), *keys(widgets), *ids(widgets), *cut(widgets, room)]
    if tab:
        found += unreached(hand)
    return [f"{stop}: {fault}" for fault in found]


@cache
def world(name: str = "one_sky", weather: str = "fair", number: int = 5) -> World:
    first = opening(name)
    salt = Salt(Luck(number))
    made = World(name, dressed(first, salt, Luck(6), first.pacts, False), {}, Luck(6), salt)
    plans = {s: plan(made, s, weather) for s in seats(made.state)}
    return World(made.name, made.state, plans, made.luck, made.salt)


def a_table(name: str) -> tuple[Table, Seat] | None:
    """A table where that screen can stand."""
    if name == "alarm":
        for number in range(8):
            for seat in seats(world("first_watch", "storm", number).state):
                found = asked_at(world("first_watch", "storm", number), seat)
                if found is not None:
                    return found, seat
        return None
    state, steps = after(world())
    return table_at(world(), state, steps, "JP"), "JP"


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
@pytest.mark.parametrize("name", sorted(WALKS))
def test_a_screen_of_a_game_fits_and_is_reached(name: str, size: tuple[int, int], wish: float) -> None:
    found = a_table(name)
    assert found is not None, "no world asks anybody: change the numbers"
    table, seat = found
    wrong: list[str] = []
    stops = 0
    for stop, hand in walked(name, table, seat, size, wish):
        # Tab moves the focus and nothing else, but a walk goes on by the keyboard: reach is looked at once a screen.
        wrong += faults(hand, stop, tab=False)
        stops += 1
    wrong += faults(hand, stop, tab=True)
    assert stops
    assert not wrong


def house() -> House:
    return House(chapters, durable=False)


ALONE: dict[str, Callable[[], Screen]] = {
    "title": lambda: screen("title", house(), ()),
    "games": lambda: screen("games", house(), False, ()),
    "chooser": lambda: screen("chooser", house()),
    "seats": lambda: screen("seats", house(), "one_sky", None, 7),
    "settings": lambda: screen("settings", house(), None, lambda wishes: None),
    "tutorial": lambda: screen("tutorial", house(), 7),
}


@pytest.mark.parametrize(("size", "wish"), SIZES, ids=IDS)
@pytest.mark.parametrize("name", sorted(NO_GAME))
def test_a_screen_before_a_game_fits_and_is_reached(
    name: str, size: tuple[int, int], wish: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    hand = Driver(ALONE[name](), size, wish)
    hand.wait(600, 200)
    assert not faults(hand, name, tab=True)
    if name == "tutorial":
        for key in ("3", "Enter"):
            hand.key(key)
        hand.work()
        assert not faults(hand, "both days", tab=True)
    if name == "seats":
        for kind in ("group", "computer", "person"):
            hand.click("kind", kind)
            assert not faults(hand, kind, tab=True)


# The laws bite -----------------------------------------------------------------------------------------------------


def test_what_does_not_fit_is_found() -> None:
    from game.ui.layout import Rect

    room = Room(1280, 720)
    one = Button(id="one", rect=Rect(1200, 10, 120, 36), text="Out of the window", key="G")
    two = Button(id="two", rect=Rect(1150, 20, 60, 36), text="Far too long for so little", key="G")
    assert list(outside([one, two], room)) == ["one lies outside or is nothing: (1200, 10, 120, 36)"]
    assert len(list(over([one, two]))) == 1
    assert list(keys([one, two])) == ["the key G is on 2 widgets"]
    assert list(ids([one, one])) == ["one stands there 2 times"]
    assert any("two cuts" in fault for fault in cut([one, two], room))
