"""A table with one person at it who plans, for the tests of the plan screen."""

from __future__ import annotations

from functools import cache

from game.__main__ import chapters
from game.core.ids import Seat
from game.core.model import State
from game.core.rulebook import Rulebook
from game.io.seating import Chair, Seating
from game.table.courses import default_plan
from game.table.hotseat import Sitting
from game.table.match import Match
from game.table.places import Place
from game.ui.house import House
from game.ui.screens.plan import PlanScreen
from game.ui.table import Table
from tests.ui.driver import Driver
from tests.worlds import SCENARIOS


@cache
def house() -> House:
    return House(chapters, durable=False)


def seating(seats: tuple[Seat, ...], seat: Seat, minutes: int = 0, approver: str = "") -> Seating:
    chairs = (Chair(s, "" if s == seat else "doctrine", approver=approver if s == seat else "") for s in seats)
    return Seating(tuple(chairs), {seat: minutes})


def planning(name: str, seat: Seat, turn: int = 1, minutes: int = 0, approver: str = "") -> Table:
    """A game in which `seat` plans `turn`; before it everybody did what their staffs would."""
    setting, _, _ = house().read(name)
    table = house().begin(name, seating(setting.board.seats, seat, minutes, approver), 7, None)
    sitting = table.sitting
    while sitting.place is not Place.PLANNING or sitting.turn < turn:
        if sitting.place is Place.BRIEF:
            sitting.begin(0)
        elif sitting.place is Place.PLANNING:
            sitting.seal(default_plan(sitting.view(), table.rulebook), 0, consent="")
        elif sitting.place is Place.RESOLVING:
            sitting.step(0)
        elif sitting.place is Place.ALARM:
            sitting.answer(None, 0)
        elif sitting.place is Place.BETWEEN:
            sitting.next_turn(0)
        else:
            raise AssertionError(sitting.place)
    return table


def at(state: State, rules: Rulebook, seat: Seat) -> Table:
    """The same at a State of one's own."""
    setting = state.setting
    sitting = Sitting(Match(state, rules, 7), seating(setting.board.seats, seat))
    sitting.begin(0)
    return Table(sitting, rules, setting, SCENARIOS[setting.name])


def opened(table: Table, size: tuple[int, int] = (1280, 720), scale: float = 0.0) -> tuple[Driver, PlanScreen]:
    """The plan screen with its courses and odds worked out."""
    screen = PlanScreen(table)
    hand = Driver(screen, size, scale)
    hand.wait(400, 100)
    hand.work()
    hand.wait(40)
    return hand, screen
