"""A table whose turns are played out through the window, for the tests of the screens between two plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from game.__main__ import chapters
from game.core.ids import Seat
from game.io.seating import Chair, Seating
from game.table.courses import default_plan
from game.table.places import Place
from game.ui.app import Screen
from game.ui.house import House
from game.ui.screens.alarm import AlarmScreen
from game.ui.screens.film import FilmScreen
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Bars, Chart, Pane, Panel, Widget
from tests.ui.driver import Driver

ROOMS = (Room(1280, 720), Room(1920, 1080, 1.5), Room(1920, 1080, 2.0))


def table(name: str, persons: Sequence[Seat], seed: int = 3, save: Path | None = None) -> Table:
    house = House(chapters, durable=False)
    seats = house.read(name)[0].board.seats
    chairs = tuple(Chair(seat, "" if seat in persons else "doctrine") for seat in seats)
    return house.begin(name, Seating(chairs), seed, save)


def seal_all(at: Table, now: int) -> None:
    """Every person's seat seals what a staff would plan."""
    sitting = at.sitting
    while sitting.place in (Place.COVERED, Place.BRIEF):
        if sitting.place is Place.COVERED:
            sitting.reveal(sitting.next, "", now)
        sitting.begin(now)
        sitting.seal(default_plan(sitting.view(), at.rulebook), now)


def watching(at: Table, size: tuple[int, int] = (1280, 720)) -> Driver:
    """The film of a turn whose plans are all sealed."""
    seal_all(at, 1000)
    hand = Driver(_Nothing(), size)
    at.next(hand.app)
    hand.wait(32)
    return hand


def until_alarm(hand: Driver) -> AlarmScreen:
    """Skip through the film until it asks somebody who sits there alone."""
    for _ in range(200):
        if isinstance(hand.screen, AlarmScreen):
            return hand.screen
        assert isinstance(hand.screen, FilmScreen)
        hand.screen.skipping = hand.screen.playing = True
        hand.wait(64)
    raise AssertionError("no alarm came")


def until_over(hand: Driver) -> FilmScreen:
    """Through the rest of the turn, each Alarm answered as it stands."""
    for _ in range(200):
        if isinstance(hand.screen, AlarmScreen):
            hand.key("Enter")
        elif isinstance(hand.screen, FilmScreen):
            if hand.screen.over:
                return hand.screen
            hand.screen.skipping = hand.screen.playing = True
        hand.wait(64)
    raise AssertionError("the film does not end")


class _Nothing:
    def widgets(self, room: Room) -> list[Widget]:
        return []

    def act(self, act: object, app: object) -> None:
        pass

    def tick(self, now: int) -> int | None:
        return None


def overlaps(screen: Screen, room: Room) -> Iterator[str]:
    """What lies outside the window or over something else, on the top layer."""
    widgets = list(screen.widgets(room))
    top = max(w.layer for w in widgets)
    live = [w for w in widgets if w.layer == top and not isinstance(w, Panel | Pane)]
    for w in live:
        x, y, wide, high = w.rect
        if x < 0 or y < 0 or x + wide > room.width or y + high > room.height or wide <= 0 or high <= 0:
            yield f"{w.id} at {w.rect}"
        if isinstance(w, Bars | Chart) and high < room.u(60):
            yield f"{w.id} is too low: {w.rect}"
    for one, other in combinations(live, 2):
        if one.rect.meets(other.rect):
            yield f"{one.id} {one.rect} over {other.id} {other.rect}"
    if len({w.id for w in widgets}) != len(widgets):
        yield "an id twice"
