"""Joining what was split (M7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from game.core.events import Add, Drop, Event, Input
from game.core.ids import CounterId
from game.core.kept import kept
from game.core.model import Counter, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.reach import cargo, loads
from game.core.setting import Board
from game.core.view import View
from game.core.view import view as view_of
from game.core.words import say
from rules.movement.arrivals import held_back
from rules.movement.deploy import Deploy
from rules.movement.refusing import moves, refuse
from rules.movement.transit import bound


@attrs.frozen(slots=True)
class Join(Order):
    """Merge the counter `subject` into another one at its place."""

    VERB: ClassVar[str] = "join"

    into: CounterId


def fits(board: Board, one: Counter, other: Counter) -> bool:
    """M7 for two counters, their orders apart."""
    if one.formation != other.formation or one.at != other.at or one.owner != other.owner:
        return False
    if one.steps + other.steps > board.formations[one.formation].steps:
        return False
    hurt = board.figure(one, "hits_to_kill")
    return not (one.damage and other.damage) or one.damage + other.damage < hurt


def partners(view: View, id: CounterId) -> tuple[CounterId, ...]:
    mine = view.mine[id]
    alike = [k for k in of_formation(view.mine).get(mine.formation, ()) if k != id]
    if not alike or busy(view, id):
        return ()
    return tuple([k for k in alike if fits(view.board, mine, view.mine[k]) and not busy(view, k)])


def busy(view: View, id: CounterId) -> bool:
    """M7, M12, M16: under way, not here yet, aboard, or with something aboard."""
    parts = view.parts
    return id in bound(parts) or id in cargo(parts) or id in loads(parts) or held_back(view, id, view.mine[id])


@kept(64)
def of_formation(counters: dict[CounterId, Counter]) -> dict[str, list[CounterId]]:
    """Ids of counters that are parts of one formation; formations in one piece are left out."""
    out: dict[str, list[CounterId]] = {}
    for id, counter in counters.items():
        out.setdefault(counter.formation, []).append(id)
    return {formation: ids for formation, ids in out.items() if len(ids) > 1}


def options(view: View) -> Iterator[Template]:
    if moves(view.kind):
        parts = of_formation(view.mine)
        for id in (id for id, counter in view.mine.items() if counter.formation in parts):
            found = partners(view, id)
            if found:
                yield Template(Join, view.seat, id, (("into", found),))


def fault(view: View, plan: Plan, order: Join) -> Refusal | None:
    if not moves(view.kind):
        return refuse("M1", "no_pulse", order, kind=view.kind.name)
    if order.subject not in view.mine:
        return refuse("M2", "not_yours", order, unit=order.subject)
    if order.into not in partners(view, order.subject):
        return refuse("M7", "no_join", order, unit=order.subject, other=order.into)
    touched = {x for o in plan.orders if o.VERB in ("deploy", "lift") for x in (o.subject, getattr(o, "by", ""))}
    if touched & {order.subject, order.into}:
        return refuse("M7", "one_or_other", order, unit=order.subject)
    return None


def resolve(before: State, book: Book) -> Iterator[Event]:
    """Joins in canonical sequence: what has left is gone, and what has grown leaves no more."""
    moving = {o.subject for o in book.of(Deploy)}
    seats = {o.seat for o in book.of(Join)}
    views = {seat: view_of(before, seat) for seat in sorted(seats)}
    moving |= {id for seen in views.values() for id in seen.mine if busy(seen, id)}
    moving |= {x for o in book.orders.values() if o.VERB == "lift" for x in (o.subject, getattr(o, "by", ""))}
    gone: set[CounterId] = set()
    grown: dict[CounterId, Counter] = {}
    for order in book.of(Join):
        one, other = before.counters.get(order.subject), before.counters.get(order.into)
        taken = moving | gone | grown.keys()
        other = grown.get(order.into, other)
        free = order.subject not in taken and order.into not in moving | gone
        able = one is not None and other is not None and one.owner == order.seat and order.subject != order.into
        if one is None or other is None or not (free and able and fits(before.setting.board, one, other)):
            text = say("movement.not_joined", unit=order.subject, other=order.into)
            yield Event("M7", order.seat, order.subject, text, all_to=(order.seat,), order=order.id)
            continue
        gone.add(order.subject)
        sums = {f: getattr(one, f) + getattr(other, f) for f in ("steps", "rounds", "missiles", "damage", "supply")}
        grown[order.into] = attrs.evolve(other, **sums)
        yield _joined(before, order, one, sums["steps"])


def _joined(before: State, order: Join, one: Counter, total: int) -> Event:
    fields = ("steps", "rounds", "missiles", "damage", "supply")
    given = tuple((name, getattr(one, name)) for name in fields)
    return Event(
        "M7",
        order.seat,
        order.subject,
        say("movement.joined", unit=order.subject, other=order.into, steps=total),
        tuple(Input(name, n, order.subject) for name, n in given[:3]),
        effects=(
            Drop("counters", order.subject),
            *(Add("counters", order.into, field, n) for field, n in given if n),
        ),
        all_to=(order.seat,),
        order=order.id,
    )
