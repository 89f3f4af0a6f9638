"""Ground forces and batteries carried over water, by ship or by air (M15, M16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from game.core.events import Add, Drop, Effect, Event, Input, Make, Put
from game.core.ids import CounterId, PlaceId, detachment, first_free
from game.core.model import Counter, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.reach import ABOARD, Aboard, cargo, loads
from game.core.sea import held_by_rivals
from game.core.setting import Board
from game.core.share import share
from game.core.view import View, view
from game.core.words import say
from rules.movement.arrivals import held_back
from rules.movement.deploy import counts, split
from rules.movement.refusing import moves, refuse
from rules.movement.transit import Bound, bound, resolve
from rules.movement.ways import FAR, SPEED, basing, ground, manner, reach

#: What may be carried, and what is too heavy to fly, by symbol (D).
CARRIED = frozenset({"ground", "battery"})
HEAVY = frozenset({"ARM", "MEC", "ART", "MRL", "MD"})
#: km from its base within which an airlift wing fetches and brings (D).
AIRLIFT_KM = 2000


@attrs.frozen(slots=True)
class Lift(Order):
    """Have the counter `by` carry `steps` of the counter `subject` to a place."""

    VERB: ClassVar[str] = "lift"

    by: CounterId
    to: PlaceId
    steps: int


def capacity(board: Board, carrier: Counter) -> int:
    """Steps that a counter can carry at a time: its figure `lift`, or one a step of sealift and airlift (D)."""
    formation = board.formation(carrier)
    one = formation.figure("lift") or int(formation.domain == "support" or bool(formation.figure("airlift")))
    return one * carrier.steps


def carriers(seen: View, id: CounterId) -> list[CounterId]:
    """Own counters that can fetch the counter `id` now, other orders apart: ships in its port, airlift in reach."""
    load = seen.mine.get(id)
    if load is None or id in cargo(seen.parts) or held_back(seen, id, load):
        return []
    if manner(seen.board, load) not in CARRIED:
        return []
    return [k for k, c in lifters(seen) if _fetches(seen, k, c, load)]


def lifters(seen: View) -> list[tuple[CounterId, Counter]]:
    board = seen.board
    return [(k, c) for k, c in seen.mine.items() if capacity(board, c) and not held_back(seen, k, c)]


def _fetches(seen: View, id: CounterId, carrier: Counter, load: Counter) -> bool:
    board, on = seen.board, ground(seen.places, seen.board)
    if manner(board, carrier) in SPEED:
        free = id not in loads(seen.parts) and id not in bound(seen.parts)
        return free and carrier.at == load.at and load.at not in on.no_ships
    light = board.formation(load).symbol not in HEAVY
    site = board.theatre.sites[load.at]
    ready = light and site.air > 0 and not {load.at, carrier.at} & on.no_planes
    return ready and board.theatre.km(carrier.at, load.at) <= AIRLIFT_KM


def places(seen: View, by: CounterId, id: CounterId) -> tuple[PlaceId, ...]:
    """Where a carrier may bring a counter, nearest first."""
    board, on = seen.board, ground(seen.places, seen.board)
    carrier, load = seen.mine[by], seen.mine[id]
    how = manner(board, carrier)
    fit = basing(on, seen.seat, how) & basing(on, seen.seat, manner(board, load))
    fit -= on.shut(how) | {load.at}
    if how in SPEED:
        far = reach(on, seen.seat, how, carrier.at, FAR, held_by_rivals(seen.board, seen.parts, seen.seat))
        return tuple([p for p in far if p in fit])
    return tuple([p for p in board.theatre.within(carrier.at, AIRLIFT_KM) if p in fit])


def options(seen: View) -> Iterator[Template]:
    if not moves(seen.kind) or not lifters(seen):
        return
    for id, load in seen.mine.items():
        for by in carriers(seen, id):
            to = places(seen, by, id)
            if to:
                most = min(load.steps, capacity(seen.board, seen.mine[by]))
                yield Template(Lift, seen.seat, id, (("by", (by,)), ("to", to), ("steps", counts(most))))


def fault(seen: View, plan: Plan, order: Lift) -> Refusal | None:
    if not moves(seen.kind):
        return refuse("M1", "no_pulse", order, kind=seen.kind.name)
    load = seen.mine.get(order.subject)
    if load is None:
        return refuse("M2", "not_yours", order, unit=order.subject)
    if order.by not in carriers(seen, order.subject):
        return refuse("M15", "no_carrier", order, unit=order.subject)
    most = min(load.steps, capacity(seen.board, seen.mine[order.by]))
    if not 1 <= order.steps <= most:
        return refuse("M15", "too_much", order, unit=order.by, steps=order.steps, most=most)
    if order.to not in places(seen, order.by, order.subject):
        return refuse("M15", "no_landing", order, unit=order.subject, place=order.to)
    return _plan_fault(seen, plan, order) if plan.orders else None


def _plan_fault(seen: View, plan: Plan, order: Lift) -> Refusal | None:
    others = [o for o in plan.orders if o.id != order.id]
    going = {x for o in others if o.VERB in ("deploy", "join") for x in (o.subject, getattr(o, "into", ""))}
    if going & {order.subject, order.by}:
        return refuse("M15", "lift_or_move", order, unit=order.subject)
    lifts = [o for o in others if isinstance(o, Lift)]
    shared = [o for o in lifts if o.by == order.by]
    most = capacity(seen.board, seen.mine[order.by])
    if order.steps + sum(o.steps for o in shared) > most:
        return refuse("M15", "too_much", order, unit=order.by, steps=order.steps, most=most)
    by_sea = manner(seen.board, seen.mine[order.by]) in SPEED
    if by_sea and any(o.to != order.to for o in shared):
        return refuse("M15", "one_port", order, unit=order.by)
    return None


# The phase ------------------------------------------------------------------------------------------------------


def embark(before: State, book: Book) -> Iterator[Event]:
    """Lifts of this pulse, judged again; ships that carry leave with what they have taken aboard."""
    taken: dict[CounterId, int] = {}
    course: dict[CounterId, PlaceId] = {}
    reached: dict[CounterId, PlaceId] = {}
    moving = {o.subject for o in book.orders.values() if o.VERB in ("deploy", "join")}
    for order in book.of(Lift):
        seen = view(before, order.seat)
        load = seen.mine.get(order.subject)
        steps = min(order.steps, load.steps) if load is not None else 0
        meant = attrs.evolve(order, steps=steps)
        refusal = fault(seen, Plan(order.seat), meant)
        over = refusal is None and taken.get(order.by, 0) + steps > capacity(seen.board, seen.mine[order.by])
        other = course.get(order.by, order.to) != order.to or bool(moving & {order.subject, order.by})
        if load is None or refusal is not None or over or other:
            text = say("movement.not_lifted", unit=order.subject, other=order.by)
            yield Event("M15", order.seat, order.subject, text, all_to=(order.seat,), order=order.id)
            continue
        taken[order.by] = taken.get(order.by, 0) + steps
        carrier = seen.mine[order.by]
        at = order.to
        if manner(seen.board, carrier) in SPEED:
            if order.by not in reached:
                course[order.by] = order.to
                row = Bound(order.seat, order.to)
                shunned = held_by_rivals(seen.board, seen.parts, seen.seat)
                event, reached[order.by] = resolve(before, seen, order.by, carrier, row, shunned)
                yield event
            at = reached[order.by]
        yield _lifted(before, order, load, steps, at)


def _lifted(before: State, order: Lift, load: Counter, steps: int, at: PlaceId) -> Event:
    whole = steps == load.steps
    key = order.subject
    effects: tuple[Effect, ...]
    if whole:
        effects = (Put("counters", key, "at", at),) if at != load.at else ()
    else:
        key = first_free(detachment(order.subject, order.to, before.turn, before.pulse), before.counters)
        effects = split(order.subject, key, load, steps, at)
    if at != order.to:
        effects += (Make(ABOARD, key, Aboard(order.seat, order.by, order.to)),)
    text = say(
        "movement.lifted" if at == order.to else "movement.embarked",
        unit=order.subject,
        other=order.by,
        place=order.to,
        steps=steps,
    )
    room = capacity(before.setting.board, before.counters[order.by])
    inputs = (Input("steps", steps, order.id), Input("capacity", room, order.by))
    return Event("M15", order.seat, order.subject, text, inputs, (), effects, (order.seat,), order=order.id)


def follow(before: State, now_at: dict[CounterId, PlaceId], done: set[CounterId]) -> Iterator[Event]:
    """M16: what is aboard goes where its carrier goes, lands where that comes into a port that takes it, and is lost
    with it. `now_at` says where counters stand that have moved; what is in `done` was lifted in this pulse."""
    board = before.setting.board
    rows = cargo(before.parts)
    for by, ids in loads(before.parts).items():
        carrier = before.counters.get(by)
        aboard = {id: before.counters[id].steps for id in ids if id in before.counters and id not in done}
        saved = share(capacity(board, carrier) if carrier is not None else 0, aboard)
        for id, steps in aboard.items():
            at = before.counters[id].at if carrier is None else now_at.get(by, carrier.at)
            event = _carried(before, id, rows[id], at, steps - saved[id])
            if event is not None:
                yield event


def _carried(before: State, id: CounterId, row: Aboard, at: PlaceId, lost: int) -> Event | None:
    load = before.counters[id]
    board, seen = before.setting.board, view(before, load.owner)
    sunk = lost == load.steps
    lands = not sunk and at in basing(ground(seen.places, board), load.owner, manner(board, load))
    effects: list[Effect] = []
    if lost:
        effects += [Add("counters", id, name, -n) for name, n in _part(load, lost) if n]
    if lands or sunk:
        effects.append(Drop(ABOARD, id))
    if at != load.at and not sunk:
        effects.append(Put("counters", id, "at", at))
    if not lost and not lands:
        return None if not effects else _told(row, id, "carried", at, 0, effects)
    return _told(row, id, "lost_with" if lost else "landed", at, lost, effects)


def _part(load: Counter, lost: int) -> list[tuple[str, int]]:
    """`lost` steps of a counter and their share of what it has."""
    names = ("rounds", "missiles", "supply")
    hurt = load.damage if lost == load.steps else 0
    return [("steps", lost), ("damage", hurt), *((n, getattr(load, n) * lost // load.steps) for n in names)]


def _told(row: Aboard, id: CounterId, what: str, at: PlaceId, lost: int, effects: list[Effect]) -> Event:
    text = say(f"movement.{what}", unit=id, other=row.by, place=at, steps=lost)
    inputs = (Input("lost", lost, row.by),) if lost else ()
    return Event("M16", row.owner, id, text, inputs, (), tuple(effects), (row.owner,))
