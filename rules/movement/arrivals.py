"""Forces that are not here yet: those that come on a date, and a pool that may be called up (M12, M13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import ClassVar

import attrs

from game.core.events import Drop, Effect, Event, Input, Make, Put
from game.core.ids import CounterId, PlaceId, date
from game.core.model import Counter, Row, State, known
from game.core.orders import Book, Order, Refusal, Template
from game.core.reach import OFF_MAP
from game.core.setting import Board
from game.core.view import View, view
from game.core.words import say
from rules.movement.refusing import moves, refuse
from rules.movement.ways import SPEED, closed, manner, rooms, takes

COMING = "movement.coming"
#: Where aircraft enter that come from off the map, unless a scenario says otherwise (D).
AIR_ENTRIES = ("JYTA", "GGUA")
DAYS = 14  # D: from the call to the arrival, where a pool's row does not say


@attrs.frozen(slots=True)
class Coming(Row):
    """A counter that was called up, or found no room: it arrives at `to` in the pulse that holds game hour `hour`."""

    SEEN = "ally"

    to: PlaceId = known("ally")
    hour: int = known("ally", 0)


@attrs.frozen(slots=True)
class CallUp(Order):
    """Bring the counter `subject` of the pool to a place of entry."""

    VERB: ClassVar[str] = "callup"

    to: PlaceId


@attrs.frozen(slots=True)
class Due:
    """A counter that is on the map when turn `turn` begins, at `to`."""

    turn: int
    to: PlaceId


@lru_cache(maxsize=16)
def schedule(board: Board) -> dict[CounterId, Due]:
    """Rows {counter, turn, at} of `movement.arrivals`, and formations with a figure `arrives_turn`, counted from the
    scenario's first war turn (`movement.first_war_turn`)."""
    first = int(board.design("movement", "first_war_turn", 1))
    out = {
        id: Due(first - 1 + f.figure("arrives_turn"), entries(board, id)[0])
        for id, f in board.formations.items()
        if f.figure("arrives_turn") and entries(board, id)
    }
    for row in board.design("movement", "arrivals", ()):
        id = str(row["counter"])
        out[id] = Due(int(row["turn"]), str(row["at"]) if "at" in row else entries(board, id)[0])
    return out


@lru_cache(maxsize=16)
def pool(board: Board) -> dict[CounterId, tuple[int, tuple[PlaceId, ...]]]:
    """Rows {counter, days, at} of `movement.pool`: days on the way, and where each may enter."""
    rows = board.design("movement", "pool", ())
    return {
        str(r["counter"]): (int(r.get("days", DAYS)), tuple(r.get("at", ())) or entries(board, str(r["counter"])))
        for r in rows
    }


def entries(board: Board, id: CounterId) -> tuple[PlaceId, ...]:
    """Where a formation comes onto the map: ships in the zone off their base, aircraft at the great airfields."""
    formation = board.formations.get(id)
    if formation is None or formation.base not in board.theatre.sites:
        return ()
    if formation.domain in SPEED:
        lanes = [lane for lane in board.theatre.lanes_at(formation.base) if lane.kind == "port"]
        return tuple([lane.other(formation.base) for lane in lanes])
    named = board.design("movement", "air_entries", AIR_ENTRIES)
    return tuple([p for p in named if p in board.theatre.sites])


def off_map(board: Board, counter: Counter) -> bool:
    return board.theatre.sites[counter.at].kind == OFF_MAP


def held_back(seen: View, id: CounterId, counter: Counter) -> bool:
    """M12 and M13: whether it can't be ordered about yet."""
    if id in seen.parts.get(COMING, ()):
        return True
    board = seen.board
    if not off_map(board, counter):
        return False
    due = schedule(board).get(id)
    return id in pool(board) or (due is not None and seen.turn < due.turn)


def options(seen: View) -> Iterator[Template]:
    if not moves(seen.kind):
        return
    for id in pool(seen.board):
        places = may_enter(seen, id)
        if places:
            yield Template(CallUp, seen.seat, id, (("to", places),))


def may_enter(seen: View, id: CounterId) -> tuple[PlaceId, ...]:
    """Where a counter of the seat's pool may be called to; none once it has been called."""
    counter = seen.mine.get(id)
    if counter is None or id not in pool(seen.board) or id in seen.parts.get(COMING, ()):
        return ()
    if not off_map(seen.board, counter):
        return ()
    kind = manner(seen.board, counter)
    return tuple([p for p in pool(seen.board)[id][1] if takes(seen, counter.owner, p, kind)])


def fault(seen: View, order: CallUp) -> Refusal | None:
    if not moves(seen.kind):
        return refuse("M1", "no_pulse", order, kind=seen.kind.name)
    if order.subject not in seen.mine:
        return refuse("M2", "not_yours", order, unit=order.subject)
    places = may_enter(seen, order.subject)
    if not places:
        return refuse("M13", "no_pool", order, unit=order.subject)
    if order.to not in places:
        return refuse("M13", "no_entry", order, unit=order.subject, place=order.to)
    return None


# The phase ------------------------------------------------------------------------------------------------------


def call(before: State, book: Book) -> Iterator[Event]:
    for order in book.of(CallUp):
        if fault(view(before, order.seat), order) is not None:
            text = say("movement.not_called", unit=order.subject)
            yield Event("M13", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
            continue
        days = pool(before.setting.board)[order.subject][0]
        row = Coming(order.seat, order.to, before.hour + 24 * days)
        text = say("movement.called", unit=order.subject, place=order.to, days=days)
        yield Event(
            "M13",
            order.seat,
            order.id,
            text,
            (Input("days", days, "movement.pool (D)"),),
            effects=(Make(COMING, order.subject, row),),
            all_to=(order.seat,),
            order=order.id,
        )


def arrive(before: State, room: dict[PlaceId, int]) -> Iterator[Event]:
    """Who comes onto the map in this pulse; `room` for squadrons is what they leave to others."""
    for id, to in _due(before).items():
        counter = before.counters.get(id)
        if counter is not None:
            yield _arrival(before, id, counter, to, room)


def _due(before: State) -> dict[CounterId, PlaceId]:
    end = before.hour + before.kind.pulse_hours
    out = {id: row.to for id, row in before.table(COMING).items() if row.hour < end}
    if before.pulse < before.kind.pulses:
        return out
    following = _following(before)
    for id, due in schedule(before.setting.board).items():
        counter = before.counters.get(id)
        if counter is not None and before.turn < due.turn <= following and off_map(before.setting.board, counter):
            out[id] = due.to
    return dict(sorted(out.items()))


def _following(before: State) -> int:
    """The next turn in which anything moves, or the one after the last."""
    calendar = before.setting.calendar
    later = range(before.turn + 1, len(calendar) + 1)
    return next((n for n in later if moves(before.setting.kind(n))), len(calendar) + 1)


def _arrival(before: State, id: CounterId, counter: Counter, to: PlaceId, room: dict[PlaceId, int]) -> Event:
    board, seen = before.setting.board, view(before, counter.owner)
    kind = manner(board, counter)
    flies = kind == "air"
    free = room.setdefault(to, rooms(before.counters, board)[to]) if flies else counter.steps
    fits = free >= counter.steps and not closed(seen, to, kind) and takes(seen, counter.owner, to, kind)
    effects: tuple[Effect, ...]
    if fits:
        effects = (Put("counters", id, "at", to),)
        if id in before.table(COMING):
            effects += (Drop(COMING, id),)
        if flies:
            room[to] = free - counter.steps
    else:
        effects = (Make(COMING, id, Coming(counter.owner, to, before.hour)),)
    said = say("movement.arrived" if fits else "movement.no_entry_yet", unit=id, place=to, steps=counter.steps)
    allies = [s for s in before.nations if s != counter.owner and board.same_side(s, counter.owner)]
    hint = say("movement.ally_moved", seat=counter.owner, unit=id, place=to, steps=counter.steps)
    return Event(
        "M12",
        counter.owner,
        id,
        said,
        (Input("steps", counter.steps, id), Input("room", free, to)),
        effects=effects,
        all_to=(counter.owner,),
        hints=tuple([(ally, hint) for ally in allies]) if fits else (),
    )


def dues(seen: View) -> Mapping[CounterId, tuple[PlaceId, str]]:
    """Own and allied counters on the way: where they come in, and the date from which they are there."""
    out: dict[CounterId, tuple[PlaceId, str]] = {}
    for id, due in schedule(seen.board).items():
        counter = seen.counters.get(id)
        if counter is not None and seen.turn < due.turn and off_map(seen.board, counter):
            out[id] = due.to, date(due.turn, 1)
    for id, row in seen.parts.get(COMING, {}).items():
        hours = max(1, seen.kind.pulse_hours)
        out[id] = row.to, _date(seen, max(0, seen.pulse - 1) + max(0, row.hour - seen.hour) // hours)
    return out


def date_in(seen: View, n: int) -> str:
    """The date of the `n`th pulse from now, if all turns that come are like this one; "" for none. What moves in the
    present pulse has moved."""
    return _date(seen, seen.pulse + n - 1) if n > 0 else ""


def _date(seen: View, nth: int) -> str:
    """The date of a pulse, the first of the present turn being the 0th."""
    pulses = seen.kind.pulses
    return date(seen.turn + nth // pulses, nth % pulses + 1) if pulses else ""
