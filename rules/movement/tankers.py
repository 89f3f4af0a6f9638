"""Tankers that stand by for wings and lengthen their reach (M14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from game.core.events import Drop, Event, Input, Make
from game.core.ids import CounterId
from game.core.model import Counter, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.reach import REFUELED, Refueled, grounded, radius
from game.core.setting import Board
from game.core.supply import condition
from game.core.view import View, view
from game.core.words import say
from rules.movement.refusing import moves, refuse

#: How far from its base a tanker meets a wing's own base (D).
TANKER_KM = 1500
STAND_DOWN = "none"


@attrs.frozen(slots=True)
class Refuel(Order):
    """Have the tankers `by` stand by for the wing `subject`; "none" sends them home."""

    VERB: ClassVar[str] = "refuel"

    by: CounterId


def most_steps(board: Board, tanker: Counter) -> int:
    """Steps that a tanker counter serves: its formation's, in proportion to the steps that are left (facts B2), and
    as its supply and tempo let it fly."""
    formation = board.formation(tanker)
    return formation.figure("tanker_steps") * tanker.steps // formation.steps * condition(board, tanker).attack // 100


def near(board: Board, tanker: Counter, wing: Counter) -> bool:
    return board.theatre.km(tanker.at, wing.at) <= int(board.design("movement", "tanker_km", TANKER_KM))


def may_serve(seen: View, wing: CounterId) -> tuple[CounterId, ...]:
    """Own tankers that a wing may be given, other orders apart, and "none" where it has one."""
    counter = seen.mine.get(wing)
    ranges = seen.board.having("tanker_range")
    if counter is None or not ranges or not radius(seen.board, {}, wing, counter):
        return ()
    rows = seen.parts.get(REFUELED, {})
    out = [
        id
        for id, tanker in _tankers(seen)
        if _able(seen, counter, tanker)
        and served(seen, id) - _steps(seen, id, wing) + counter.steps <= most_steps(seen.board, tanker)
    ]
    return (*out, STAND_DOWN) if wing in rows else tuple(out)


def _tankers(seen: View) -> list[tuple[CounterId, Counter]]:
    ranges = seen.board.having("tanker_range")
    return [(id, c) for id, c in seen.mine.items() if c.formation in ranges]


def served(seen: View, tanker: CounterId) -> int:
    """Wing steps that a tanker counter stands by for now."""
    rows = seen.parts.get(REFUELED, {})
    return sum(seen.mine[w].steps for w, row in rows.items() if row.by == tanker and w in seen.mine)


def _steps(seen: View, tanker: CounterId, wing: CounterId) -> int:
    row = seen.parts.get(REFUELED, {}).get(wing)
    return seen.mine[wing].steps if row is not None and row.by == tanker else 0


def options(seen: View) -> Iterator[Template]:
    if moves(seen.kind) and _tankers(seen):
        for id in seen.mine:
            tankers = may_serve(seen, id)
            if tankers:
                yield Template(Refuel, seen.seat, id, (("by", tankers),))


def fault(seen: View, plan: Plan, order: Refuel) -> Refusal | None:
    if not moves(seen.kind):
        return refuse("M1", "no_pulse", order, kind=seen.kind.name)
    wing = seen.mine.get(order.subject)
    if wing is None:
        return refuse("M2", "not_yours", order, unit=order.subject)
    if order.by not in may_serve(seen, order.subject):
        return refuse("M14", "no_tanker", order, unit=order.subject)
    others = [o for o in plan.orders if isinstance(o, Refuel) and o.id != order.id]
    if order.by != STAND_DOWN and others:
        tanker = seen.mine[order.by]
        load = served(seen, order.by) - _steps(seen, order.by, order.subject) + wing.steps
        load += sum(_change(seen, o, order.by) for o in others)
        if load > most_steps(seen.board, tanker):
            return refuse("M14", "too_many_wings", order, unit=order.by, most=most_steps(seen.board, tanker))
    return None


def _change(seen: View, other: Refuel, tanker: CounterId) -> int:
    """What another order of the plan adds to a tanker's steps; what one takes away counts from the next pulse."""
    wing = seen.mine.get(other.subject)
    if wing is None or other.by != tanker or _steps(seen, tanker, other.subject):
        return 0
    return wing.steps


def resolve(before: State, book: Book, gone: frozenset[CounterId]) -> Iterator[Event]:
    """Orders in canonical sequence, as far as each tanker's steps go; then what stands no longer is taken back.
    Counters that are `gone` have joined others in this pulse."""
    board = before.setting.board
    rows: dict[CounterId, Refueled] = dict(before.table(REFUELED))
    kept: dict[CounterId, int] = {}
    spoken: set[CounterId] = set()
    for order in book.of(Refuel):
        seen = view(before, order.seat)
        wing = before.counters.get(order.subject)
        spoken.add(order.subject)
        lawful = not gone & {order.subject, order.by} and fault(seen, Plan(order.seat), order) is None
        if wing is None or not lawful:
            stale = order.subject in gone and order.subject in rows
            lost = (Drop(REFUELED, order.subject),) if stale else ()
            yield _said(order, "no_refuel", order.subject, order.by, 0, lost)
        elif order.by == STAND_DOWN:
            rows.pop(order.subject, None)
            yield _said(order, "stood_down", order.subject, order.by, 0, (Drop(REFUELED, order.subject),))
        else:
            tanker = before.counters[order.by]
            load = kept.get(order.by, served(seen, order.by)) - _steps(seen, order.by, order.subject) + wing.steps
            if load > most_steps(board, tanker):
                yield _said(order, "no_refuel", order.subject, order.by, 0)
                continue
            kept[order.by] = load
            km = board.figure(tanker, "tanker_range")
            rows[order.subject] = Refueled(order.seat, km, order.by)
            made = Make(REFUELED, order.subject, rows[order.subject])
            yield _said(order, "refueled", order.subject, order.by, km, (made,))
    yield from _lapsed(before, {k: r for k, r in before.table(REFUELED).items() if k not in spoken}, gone)


def _said(
    order: Refuel, what: str, wing: CounterId, tanker: CounterId, km: int, effects: tuple[Make | Drop, ...] = ()
) -> Event:
    text = say(f"movement.{what}", unit=wing, other=tanker, km=km)
    inputs = (Input("km", km, "facts A3"),) if km else ()
    return Event("M14", order.seat, wing, text, inputs, (), effects, (order.seat,), order=order.id)


def _able(now: State | View, wing: Counter, tanker: Counter) -> bool:
    """M14 and M6: near enough to each other, and neither on a closed runway."""
    board = now.board if isinstance(now, View) else now.setting.board
    shut = grounded(board, now.places, wing) or grounded(board, now.places, tanker)
    return not shut and near(board, tanker, wing)


def _lapsed(before: State, rows: dict[CounterId, Refueled], gone: frozenset[CounterId]) -> Iterator[Event]:
    """Tankers whose wing is gone or has left their reach, who are fewer than they were, or one of whom is shut in,
    stand by no longer."""
    board = before.setting.board
    load: dict[CounterId, int] = {}
    for id, row in rows.items():
        wing, tanker = before.counters.get(id), before.counters.get(row.by)
        if wing is not None and tanker is not None and not gone & {id, row.by} and _able(before, wing, tanker):
            load[row.by] = load.get(row.by, 0) + wing.steps
            if load[row.by] <= most_steps(board, tanker):
                continue
            load[row.by] -= wing.steps
        text = say("movement.tankers_gone", unit=id, other=row.by)
        yield Event("M14", row.owner, id, text, effects=(Drop(REFUELED, id),), all_to=(row.owner,))
