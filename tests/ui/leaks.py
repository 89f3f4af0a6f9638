"""Walks over the screens: how to come to each and what to do there, so that laws can look at all they show.

`WALKS` has a walk for each screen of a game; `NO_GAME` and `OPEN` say of the others why they need none. A walk goes
through a screen as somebody does, and each time that it yields a name all that can be seen is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import attrs

from game.core.ids import Seat
from game.core.model import State
from game.core.turn import Step
from game.core.view import view
from game.io.seating import Chair, Seating
from game.table.hotseat import Sitting
from game.table.match import Match
from game.table.places import Place
from game.ui.app import App, Screen
from game.ui.screens import screen
from game.ui.screens.film import own_film
from game.ui.table import Table
from game.ui.widgets import Act, Tabs, Widget, texts_of
from tests.laws.fog import scrambled
from tests.ui.driver import Driver
from tests.ui.games import other_step
from tests.worlds import SCENARIOS, World

#: A seed that nobody may read anywhere.
SEED = 918_273_645_546
#: How many rows, counters or frames of a long list a walk looks at.
SOME = 5

NO_GAME = {
    "title": "it reads names of saves, never a State; tests/ui/test_title.py holds it to that",
    "games": "as the title",
    "chooser": "it shows how scenarios begin, which their files tell everybody",
    "seats": "it is before the game",
    "settings": "it has no game",
    "tutorial": "it plays both days itself, from the public scenario",
}
OPEN = {
    "pairs": "the game is over; the pairs are games of computer players from the public opening",
    "debrief": "the game is over and the truth is open",
    "facilitate": "the white cell sees everything",
}


@attrs.frozen
class Seen:
    """All that stands on a screen at one point of a walk."""

    name: str
    widgets: tuple[Widget, ...]
    texts: tuple[str, ...]
    pixels: bytes


Walk = Callable[[Driver, Table, Seat], Iterator[str]]
Make = Callable[[Table], Screen]


# A table over a world ----------------------------------------------------------------------------------------------


def after(world: World) -> tuple[State, tuple[Step, ...]]:
    """The turn after a world's, and the steps that led there."""
    turn = world.resolve()
    return turn.state, turn.steps


def table_at(world: World, state: State, steps: tuple[Step, ...], seat: Seat) -> Table:
    """A table of two persons, `seat` first, with a turn behind it."""
    board = state.setting.board
    second = next(s for s in board.seats if s != seat)
    order = (seat, second, *(s for s in board.seats if s not in (seat, second)))
    match = Match(state, world.rules, SEED)
    match.steps = list(steps)
    chairs = tuple(Chair(s, "" if s in (seat, second) else "doctrine") for s in order)
    return Table(Sitting(match, Seating(chairs)), world.rules, state.setting, SCENARIOS[world.name])


def otherwise(table: Table, eyes: Seat) -> Table:
    """The same table, with everything changed behind it that `eyes` may not see."""
    match, looks = table.sitting._match, table.sitting._looks
    match.state = scrambled(match.state, eyes)
    match._views = {}
    match.steps = [other_step(step, eyes) for step in match.steps]
    match.past = tuple(other_step(step, eyes) for step in match.past)
    looks.steps = {turn: [other_step(step, eyes) for step in steps] for turn, steps in looks.steps.items()}
    return table


def asked_at(world: World, seat: Seat) -> Table | None:
    """The world's own turn, stopped where `seat` is asked; None if it never is."""
    board = world.state.setting.board
    chairs = tuple(Chair(s, "" if s == seat else "doctrine") for s in board.seats)
    match = Match(world.state, world.rules, SEED)
    sitting = Sitting(match, Seating(chairs))
    sitting.begin(0)
    for other, plan in world.plans.items():
        match.plans[other] = plan
    sitting.place, sitting.up = Place.RESOLVING, seat
    for _ in range(200):
        if sitting.place is Place.ALARM:
            return Table(sitting, world.rules, world.state.setting, SCENARIOS[world.name])
        if sitting.place is not Place.RESOLVING:
            return None
        sitting.step(0)
    return None


# The walks ---------------------------------------------------------------------------------------------------------


def _act(hand: Driver, id: str, value: object = None) -> None:
    """An act as a widget would bring it, without looking for its row first."""
    hand.screen.act(Act(id, value), hand.app)
    hand.wait(32, 32)


def _tabs(hand: Driver, id: str) -> Iterator[object]:
    tabs = hand.widget(id)
    assert isinstance(tabs, Tabs)
    for value, _ in tabs.items:
        hand.click(id, value)
        yield value


def handoff(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    yield "covered"
    for other in table.sitting.seating.order[:2]:
        hand.click(f"seat.{other}")
        yield f"menu of {other}"
        hand.key("Esc")


def brief(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    for tab in _tabs(hand, "tab"):
        yield f"tab {tab}"
    lines = hand.screen.brief.lines  # type: ignore[attr-defined]
    for n in range(min(SOME, len(lines))):
        hand.key(".")
        hand.wait(900, 300)
        yield f"line {n}"
        hand.key("W")
        if "why.close" in hand.ids():
            yield f"why of line {n}"
            hand.click("why.close")


def _hovered(hand: Driver) -> Iterator[str]:
    """Rest the pointer on things of the map, a few of each kind, until their tips are drawn."""
    pane, room = hand.pane_at(), hand.app.front.room
    chart = hand.screen.map  # type: ignore[attr-defined]
    known: dict[str, set[str]] = {}
    for y in range(pane.rect.y, pane.rect.bottom, room.u(12)):
        for x in range(pane.rect.x, pane.rect.right, room.u(12)):
            hit = chart._hit((x - pane.rect.x, y - pane.rect.y))
            over = hand.app.front.hands.under(hand.app.front.shown.widgets, (x, y))
            kind = known.setdefault(hit.kind, set()) if hit is not None else None
            if hit is None or kind is None or over is None or over.id != pane.id:
                continue
            if hit.id not in kind and len(kind) < SOME:
                kind.add(hit.id)
                hand.move((x, y))
                hand.wait(600, 200)
                yield f"pointer on {hit.id}"


def _boards(hand: Driver) -> Iterator[str]:
    """Each table that the staff keeps, and a row of it opened."""
    for ledger in hand.screen.estimates.work.ledgers:  # type: ignore[attr-defined]
        _act(hand, "boards.which", ledger.id)
        yield f"board {ledger.id}"
        if ledger.rows:
            _act(hand, "boards.rows", 0)
            hand.wait(800, 200)
            yield f"a row of {ledger.id}"


def plan(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    hand.work()
    yield from _hovered(hand)
    for tab in _tabs(hand, "tabs"):
        hand.work()
        yield f"tab {tab}"
        if tab == "boards":
            yield from _boards(hand)
    hand.screen.map.layers |= {"supply", "control", "patrol", "detection", "defense"}  # type: ignore[attr-defined]
    hand.wait(64, 32)
    yield "all layers"
    seen = table.sitting.view()
    for id in (*list(seen.counters)[:SOME], *list(seen.contacts)[:SOME]):
        _act(hand, "picture", id)
        hand.key("I")
        yield f"selected {id}"
        hand.key("I")
    for letters in ("a", "J", "1"):
        hand.key("/")
        hand.type(letters)
        hand.wait(32)
        yield f"found {letters}"
        hand.key("Esc")
        hand.key("Esc")
    hand.key("R")
    hand.work()
    yield "courses"
    hand.key("Shift+1")
    hand.work()
    yield "a course taken"
    hand.key("C")
    yield "sealing"


def film(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    shown = hand.screen.reel.shown  # type: ignore[attr-defined]
    for n in range(0, len(shown), max(1, len(shown) // SOME)):
        hand.screen.show(n)  # type: ignore[attr-defined]
        hand.screen.playing = False  # type: ignore[attr-defined]
        hand.wait(900, 300)
        yield f"frame {n}"
    hand.screen.skip()  # type: ignore[attr-defined]
    hand.wait(900, 300)
    yield "summary"


def alarm(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    hand.wait(900, 300)
    yield "asked"
    hand.key("2")
    yield "chosen"


def public(hand: Driver, table: Table, seat: Seat) -> Iterator[str]:
    for n in range(3):
        yield f"page {n}"
        hand.wait(8000, 500)


def _made(name: str) -> Make:
    return lambda table: screen(name, table)


#: How each screen of a game is reached from a table where `seat` is revealed, and what is done there.
WALKS: Mapping[str, tuple[Make, Walk]] = {
    "handoff": (_made("handoff"), handoff),
    "brief": (_made("brief"), brief),
    "plan": (_made("plan"), plan),
    "film": (lambda table: own_film(table, screen("brief", table)), film),
    "alarm": (_made("alarm"), alarm),
    "public": (_made("public"), public),
}
#: Walks that stand in a test of their own, since they need a save.
ELSEWHERE = {"replay": "tests/ui/test_replay.py::test_nothing_leaks_into_anybodys_replay"}


def ready(name: str, table: Table, seat: Seat) -> None:
    """Bring the sitting to where a screen stands."""
    sitting = table.sitting
    if name in ("brief", "plan", "film") and sitting.place is Place.COVERED:
        sitting.reveal(seat, "", 0)
    if name == "plan":
        sitting.begin(0)


def walked(
    name: str,
    table: Table,
    seat: Seat,
    size: tuple[int, int] = (1280, 720),
    wish: float = 0.0,
    make: Make | None = None,
) -> Iterator[tuple[str, Driver]]:
    """Walk through a screen; at each stop its name and the hands there."""
    made, walk = WALKS[name]
    ready(name, table, seat)
    hand = Driver((make or made)(table), size, wish)
    entered: Callable[[App], None] | None = getattr(hand.screen, "entered", None)
    assert entered is None or hand.app is not None
    hand.work()
    hand.wait(900, 300)
    for stop in walk(hand, table, seat):
        yield stop, hand


def seen(name: str, table: Table, seat: Seat, make: Make | None = None) -> list[Seen]:
    return [
        Seen(stop, tuple(hand.widgets()), tuple(hand.texts()), hand.pixels())
        for stop, hand in walked(name, table, seat, make=make)
    ]


def leak(here: list[Seen], there: list[Seen]) -> str:
    """What of two walks differs first, in a line; "" if nothing does."""
    if [s.name for s in here] != [s.name for s in there]:
        return f"other stops: {[s.name for s in here]} and {[s.name for s in there]}"
    for one, other in zip(here, there, strict=True):
        ids = {w.id: w for w in other.widgets}
        for widget in one.widgets:
            twin = ids.get(widget.id)
            if twin is None or texts_of(widget) != texts_of(twin):
                return f"{one.name}: {widget.id} says {texts_of(widget)} and {texts_of(twin) if twin else 'nothing'}"
        if len(one.widgets) != len(other.widgets) or one.texts != other.texts:
            return f"{one.name}: {sorted(ids.keys() - {w.id for w in one.widgets})} stand there, too"
        if one.pixels != other.pixels:
            return f"{one.name}: other pixels"
    return ""


_WORD = re.compile(r"[A-Za-z0-9>.']+")


def secrets(state: State, seat: Seat) -> set[str]:
    """Ids that the truth knows and the seat does not, and the seed. The order of battle is public."""
    mine = view(state, seat)
    known = {*mine.counters, *mine.contacts, *state.setting.board.formations}
    whole = {*state.counters, *state.contacts}
    return whole - known | {str(SEED), f"{SEED:x}"}


def told_words(seen: list[Seen]) -> set[str]:
    return {word.strip(".") for stop in seen for text in stop.texts for word in _WORD.findall(text)}


__all__ = ["ELSEWHERE", "NO_GAME", "OPEN", "WALKS", "Seen"]
