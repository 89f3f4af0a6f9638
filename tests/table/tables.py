"""Tables for the tests of the hot seat: toy games, seatings with codes, and a whole turn played by the book."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from game.core.ids import Seat
from game.core.orders import Plan
from game.io.save import Saved, open_save, unlock
from game.io.sealed import Key, Locked, sealed_for
from game.io.seating import Chair, Seating, code_of
from game.table.hotseat import Sitting
from game.table.places import Place
from game.table.sit import Opened, begin_sitting, open_sitting
from tests import toy

TURNS = 3
SEED = 3
#: Every test's code of a seat is its name in small letters.
SALT = "5a" * 16


def code(seat: Seat) -> str:
    return seat.lower()


def chair(seat: Seat, player: str = "", *, coded: bool = True) -> Chair:
    return Chair(seat, player, code=code_of(code(seat), SALT) if coded and not player else "")


def seating(*chairs: Chair, facilitator: bool = False, minutes: int = 0) -> Seating:
    white = Chair("", people=("Umpire",), code=code_of("white", SALT)) if facilitator else None
    return Seating(chairs, {c.seat: minutes for c in chairs}, white)


def begun(path: Path | None, of: Seating, turns: int = TURNS) -> Sitting:
    state = toy.opening(toy.setting(turns))
    return begin_sitting(path, state, toy.rulebook(), SEED, toy.EDITION, of, durable=False)


def opened(path: Path, turns: int = TURNS) -> Opened:
    return open_sitting(path, toy.setting(turns), toy.rulebook(), toy.EDITION, key=key(path), durable=False)


def key(path: Path) -> Key | None:
    """By the first seat's code that opens the save; None for an open one."""
    for owner in sealed_for(path):
        with suppress(Locked):
            return unlock(path, [code(owner) or "white"])
    return None


def saved(path: Path) -> Saved:
    return open_save(path, toy.rulebook(), key(path))


def go(table: Sitting, now: int, plans: Mapping[Seat, Plan] | None = None) -> None:
    """The next act of a game by the book."""
    match table.place:
        case Place.COVERED | Place.ALARM_COVERED:
            table.reveal(table.next, code(table.next), now)
        case Place.BRIEF:
            table.begin(now)
        case Place.PLANNING:
            table.seal((plans or {}).get(table.up, Plan(table.up)), now)
        case Place.RESOLVING:
            table.step(now)
        case Place.ALARM:
            *_, last = table.question().template
            table.answer(last, now)
        case Place.BETWEEN:
            table.next_turn(now)
        case _:
            raise AssertionError(f"nothing goes on by itself from {table.place}")


def reach(table: Sitting, place: Place, now: int = 0) -> Sitting:
    """Play by the book until the table stands at `place`."""
    while table.place is not place:
        assert table.place is not Place.OVER, f"the game never came to {place}"
        go(table, now)
    return table
