"""Law: no screen of a seat tells what the seat may not know: not in a text, a tip, a name on the map, not by a pixel.

Two worlds that differ only in what a seat may not see give the same screens, stop by stop.
"""

from __future__ import annotations

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from game.core.ids import Seat
from game.table.beats import TableFault
from game.ui.app import Screen
from game.ui.layout import Rect
from game.ui.screens import SCREENS, screen
from game.ui.screens.brief import BriefScreen
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Label, Panel, Widget
from tests.ui.leaks import (
    ELSEWHERE,
    NO_GAME,
    OPEN,
    WALKS,
    after,
    asked_at,
    leak,
    otherwise,
    secrets,
    seen,
    table_at,
    told_words,
)
from tests.worlds import DEEPER, World, seats, worlds


def few(n: int) -> settings:
    """A walk is slow: few worlds, each over many screens, and what fails is told as it was found."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=n * DEEPER, deadline=None, phases=phases)


def test_every_screen_has_a_walk_or_a_reason() -> None:
    have = [*WALKS, *NO_GAME, *OPEN, *ELSEWHERE]
    assert sorted(have) == sorted(SCREENS), "give a new screen a walk in tests/ui/leaks.py"
    assert all({**NO_GAME, **OPEN, **ELSEWHERE}.values())


def two_tables(world: World, seat: Seat, eyes: Seat) -> tuple[Table, Table]:
    state, steps = after(world)
    assume(not state.over)
    return table_at(world, state, steps, seat), otherwise(table_at(world, state, steps, seat), eyes)


@pytest.mark.parametrize("name", ["brief", "plan", "film", "handoff"])
@few(3)
@given(st.data())
def test_no_screen_tells_what_its_seat_may_not_know(name: str, data: st.DataObject) -> None:
    world = data.draw(worlds())
    seat = data.draw(st.sampled_from(seats(world.state)))
    here, there = two_tables(world, seat, seat)
    walk = seen(name, here, seat)
    assert walk
    assert not leak(walk, seen(name, there, seat))
    assert not told_words(walk) & secrets(here.sitting._match.state, seat)


@pytest.mark.parametrize("name", ["handoff", "public"])
@few(3)
@given(st.data())
def test_what_all_may_look_at_tells_only_what_is_public(name: str, data: st.DataObject) -> None:
    world = data.draw(worlds())
    seat = data.draw(st.sampled_from(seats(world.state)))
    here, there = two_tables(world, seat, "")
    walk = seen(name, here, seat)
    assert not leak(walk, seen(name, there, seat))
    assert not told_words(walk) & secrets(here.sitting._match.state, "")


@few(4)
@given(st.data())
def test_the_alarm_tells_its_seat_no_more_than_it_was_told(data: st.DataObject) -> None:
    world = data.draw(worlds(weather="storm"))
    found = next(((s, at) for s in seats(world.state) if (at := asked_at(world, s)) is not None), None)
    assume(found is not None)
    assert found is not None
    seat, here = found
    twin = asked_at(world, seat)
    assert twin is not None
    walk = seen("alarm", here, seat)
    assert not leak(walk, seen("alarm", otherwise(twin, seat), seat))
    assert not told_words(walk) & secrets(here.sitting._match.state, seat)


@few(2)
@given(st.data())
def test_what_is_open_is_open_to_nobody_before(data: st.DataObject) -> None:
    world = data.draw(worlds())
    state, steps = after(world)
    assume(not state.over)
    table = table_at(world, state, steps, seats(state)[0])
    with pytest.raises(TableFault):
        screen("debrief", table)
    with pytest.raises(TableFault):
        table.setting()


# The law bites -----------------------------------------------------------------------------------------------------


def _hidden(table: Table) -> int:
    """What nobody at the table may know: every round there is."""
    return sum(c.rounds for c in table.sitting._match.state.counters.values())


class Telling(BriefScreen):
    """A brief that tells it outright."""

    def widgets(self, room: Room) -> list[Widget]:
        words = f"{_hidden(self.table)} rounds"
        return [*super().widgets(room), Label(id="leak", rect=Rect(300, 300, 200, 20), text=words)]


class Hinting(BriefScreen):
    """One that tells it by a tip alone."""

    def widgets(self, room: Room) -> list[Widget]:
        tip = f"{_hidden(self.table)}"
        return [*super().widgets(room), Label(id="leak", rect=Rect(300, 300, 200, 20), text="Rounds", tip=tip)]


class Showing(BriefScreen):
    """One that tells it by a pixel more or less."""

    def widgets(self, room: Room) -> list[Widget]:
        wide = 20 + _hidden(self.table) % 97
        return [*super().widgets(room), Panel(id="leak", rect=Rect(300, 300, wide, 20), kind="amber")]


class Naming(BriefScreen):
    """One that names a counter that the seat never saw."""

    def widgets(self, room: Room) -> list[Widget]:
        state = self.table.sitting._match.state
        name = next(iter(sorted(secrets(state, self.view.seat) & state.counters.keys())))
        return [*super().widgets(room), Label(id="leak", rect=Rect(300, 300, 200, 20), text=f"Beware of {name}")]


@pytest.mark.parametrize("leaky", [Telling, Hinting, Showing, Naming], ids=lambda c: c.__name__.lower())
def test_a_planted_leak_is_found(leaky: type[BriefScreen]) -> None:
    world = _some_world()
    state, steps = after(world)
    seat = seats(state)[0]
    here, there = table_at(world, state, steps, seat), otherwise(table_at(world, state, steps, seat), seat)

    def make(table: Table) -> Screen:
        return leaky(table)

    walk = seen("brief", here, seat, make)
    if leaky is Naming:
        assert told_words(walk) & secrets(state, seat)
    else:
        found = leak(walk, seen("brief", there, seat, make))
        assert "leak" in found or "pixels" in found


def _some_world() -> World:
    """One world of many, the same each time: turn one of One Sky as it is dressed."""
    from game.core.luck import Luck
    from tests.worlds import Salt, dressed, opening, plan

    first = opening("one_sky")
    salt = Salt(Luck(5))
    world = World("one_sky", dressed(first, salt, Luck(6), first.pacts, False), {}, Luck(6), salt)
    return World(world.name, world.state, {s: plan(world, s) for s in seats(world.state)}, world.luck, world.salt)
