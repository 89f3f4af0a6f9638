"""Moving counters, whole or by steps: the order, what may be ordered, and what comes of it (M1 to M6, M9)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar

import attrs

from game.core.events import Add, Effect, Event, Input, Make, Put
from game.core.ids import CounterId, PlaceId, Seat, detachment, first_free
from game.core.kept import kept
from game.core.model import Counter, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.setting import TurnKind
from game.core.share import share_ranked
from game.core.view import View, view
from game.core.words import Message, Value, say
from rules.movement.ways import berth, capacity, closed, in_reach, most_km, room, rooms, squadrons, takes, ways_out

PHASE = "movement.move"


@attrs.frozen(slots=True)
class Deploy(Order):
    """Move `steps` of the counter `subject` to a place or sea zone."""

    VERB: ClassVar[str] = "deploy"

    to: PlaceId
    steps: int


def moves(kind: TurnKind) -> bool:
    """M1: whether anything moves in a turn of this kind."""
    return PHASE in kind.pulse and kind.pulses > 0


def options(view: View) -> Iterator[Template]:
    """One template for each number of steps that fits, so that every choice in it is legal."""
    if not moves(view.kind):
        return
    for id, counter in view.mine.items():
        for most, places in by_room(view, counter):
            yield Template(Deploy, view.seat, id, (("to", places), ("steps", _counts(most))))


@cache
def _counts(most: int) -> tuple[int, ...]:
    return tuple(range(most, 0, -1))


def by_room(view: View, counter: Counter) -> list[tuple[int, tuple[PlaceId, ...]]]:
    """Where `counter` may go, by how many of its steps fit there, most first."""
    places = ways_out(view, counter)
    if view.board.formation(counter).domain != "air":
        return [(counter.steps, places)] if places else []
    free = rooms(view.counters, view.board)
    found = [(counter.steps, tuple([p for p in places if free[p] >= counter.steps]))]
    if len(found[0][1]) < len(places):
        found += [(n, tuple([p for p in places if free[p] == n])) for n in range(counter.steps - 1, 0, -1)]
    return [group for group in found if group[1]]


def refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"movement.{what}", **values), say(f"movement.{what}.do", **values), order.id)


def fault(view: View, plan: Plan, order: Deploy) -> Refusal | None:
    if not moves(view.kind):
        return refuse("M1", "no_pulse", order, kind=view.kind.name)
    counter = view.mine.get(order.subject)
    if counter is None:
        return refuse("M2", "not_yours", order, unit=order.subject)
    if not 1 <= order.steps <= counter.steps:
        return refuse("M2", "steps", order, unit=order.subject, steps=order.steps, have=counter.steps)
    free = berth(view, counter, order.to)
    if order.steps > free:
        return _why_not(view, counter, order, free)
    return _plan_fault(view, plan, counter, order)


def _why_not(view: View, counter: Counter, order: Deploy, free: int) -> Refusal:
    """The reason why `berths` does not hold the place for so many steps."""
    domain = view.board.formation(counter).domain
    unit, place = order.subject, order.to
    if place == counter.at:
        return refuse("M3", "already_there", order, unit=unit, place=place)
    if not takes(view, counter.owner, place, domain):
        return refuse("M4", "no_basing", order, unit=unit, place=place)
    if place not in in_reach(view, counter):
        most = most_km(view.board, domain, view.kind.pulse_hours)
        return refuse("M3", "too_far", order, unit=unit, place=place, most=most)
    shut = next((p for p in (counter.at, place) if closed(view, p, domain)), "")
    if shut:
        return refuse("M6", "closed", order, unit=unit, place=shut)
    return refuse("M5", "no_room", order, unit=unit, place=place, steps=order.steps, free=free)


def _plan_fault(view: View, plan: Plan, counter: Counter, order: Deploy) -> Refusal | None:
    """M7 and M5 beside the plan's other orders."""
    if not plan.orders and view.board.formation(counter).domain != "air":
        return None
    if order.subject in joining(plan.orders):
        return refuse("M7", "one_or_other", order, unit=order.subject)
    if view.board.formation(counter).domain != "air":
        return None
    others = sum(
        o.steps for o in landing(plan.orders).get(order.to, ()) if o.id != order.id and _flies(view, o.subject)
    )
    free = room(view, order.to) - others
    if order.steps > free:
        steps = order.steps
        return refuse("M5", "no_room", order, unit=order.subject, place=order.to, steps=steps, free=max(0, free))
    return None


@kept(64)
def joining(orders: tuple[Order, ...]) -> frozenset[CounterId]:
    """The counters that joins among `orders` name."""
    return frozenset(id for o in orders if o.VERB == "join" for id in (o.subject, getattr(o, "into", "")))


@kept(64)
def landing(orders: tuple[Order, ...]) -> dict[PlaceId, list[Deploy]]:
    """The deployments among `orders`, by where to."""
    out: dict[PlaceId, list[Deploy]] = {}
    for o in orders:
        if isinstance(o, Deploy):
            out.setdefault(o.to, []).append(o)
    return out


def _flies(view: View, id: CounterId) -> bool:
    counter = view.mine.get(id)
    return counter is not None and view.board.formation(counter).domain == "air"


# The phase ------------------------------------------------------------------------------------------------------


def resolve(before: State, book: Book) -> Iterator[Event]:
    """Every deployment of this pulse, judged again as things stand; room is shared over all of them (M5)."""
    views: dict[Seat, View] = {}
    alone = {seat: Plan(seat) for seat in before.nations}
    going: list[tuple[Deploy, Counter, int]] = []
    for order in book.of(Deploy):
        seen = views.get(order.seat)
        if seen is None:
            seen = views[order.seat] = view(before, order.seat)
        counter = seen.mine.get(order.subject)
        if counter is None:
            text = say("movement.gone", unit=order.subject)
            yield _stays(order, "M9", text, ())
            continue
        steps = min(order.steps, counter.steps)
        meant = order if steps == order.steps else attrs.evolve(order, steps=steps)
        refusal = fault(seen, alone[order.seat], meant)
        if refusal is not None and refusal.rule != "M5":
            yield _stays(order, refusal.rule, refusal.reason, ())
        else:
            going.append((order, counter, steps))
    granted = _shared(before, going)
    for order, counter, steps in going:
        fits = granted[order.id]
        if not fits:
            text = say("movement.full", unit=order.subject, place=order.to)
            yield _stays(order, "M5", text, _room_inputs(before, order, steps, fits))
        else:
            yield _moved(before, views[order.seat], order, counter, steps, fits)


def _stays(order: Deploy, rule: str, text: Message, inputs: tuple[Input, ...]) -> Event:
    return Event(rule, order.seat, order.subject, text, inputs, all_to=(order.seat,), order=order.id)


def _shared(before: State, going: list[tuple[Deploy, Counter, int]]) -> dict[str, int]:
    """Steps that fit, by order id: all of them afloat and on the ground; in the air as M5 says."""
    board = before.setting.board
    granted = {order.id: steps for order, _, steps in going}
    claims: dict[PlaceId, dict[str, int]] = {}
    rank: dict[str, int] = {}
    for order, counter, steps in going:
        if board.formation(counter).domain == "air":
            claims.setdefault(order.to, {})[order.id] = steps
            rank[order.id] = 1 if before.places[order.to].owner == order.seat else 2
    for place, wanted in claims.items():
        free = capacity(board, place) - squadrons_at(before, place)
        granted.update(share_ranked(max(0, free), wanted, rank))
    return granted


def squadrons_at(state: State, place: PlaceId) -> int:
    return squadrons(state.counters, state.setting.board).get(place, 0)


def _room_inputs(before: State, order: Deploy, steps: int, fits: int) -> tuple[Input, ...]:
    board = before.setting.board
    if board.theatre.sites[order.to].sea:
        return ()
    return (
        Input("capacity", capacity(board, order.to), f"{order.to}, facts A: two squadrons a point (D)"),
        Input("based", squadrons_at(before, order.to), order.to),
        Input("wanted", steps, order.id),
        Input("fits", fits, order.to),
    )


def _moved(before: State, seen: View, order: Deploy, counter: Counter, steps: int, fits: int) -> Event:
    board = before.setting.board
    domain, hours = board.formation(counter).domain, seen.kind.pulse_hours
    km = in_reach(seen, counter)[order.to]
    inputs: tuple[Input, ...] = (
        Input("km", km, "facts A3"),
        Input("reach", most_km(board, domain, hours), f"{domain}, a pulse of {hours} h"),
        Input("steps", fits, order.id),
    )
    if domain == "air":
        inputs += _room_inputs(before, order, steps, fits)
    rule = "M5" if fits < steps else "M2" if fits < counter.steps else "M9" if steps < order.steps else "M3"
    text = say(
        "movement.moved" if fits == counter.steps else "movement.split",
        km=km,
        unit=order.subject,
        place=order.to,
        start=counter.at,
        steps=fits,
        wanted=order.steps,
    )
    allies = [s for s in before.nations if s != order.seat and board.same_side(s, order.seat)]
    return Event(
        rule,
        order.seat,
        order.subject,
        text,
        inputs,
        effects=whole(order, counter) if fits == counter.steps else split(before, order, counter, fits),
        all_to=(order.seat,),
        hints=tuple([(ally, _hint(order, fits)) for ally in allies]),
        order=order.id,
    )


def _hint(order: Deploy, steps: int) -> Message:
    return say("movement.ally_moved", seat=order.seat, unit=order.subject, place=order.to, steps=steps)


def whole(order: Deploy, counter: Counter) -> tuple[Effect, ...]:
    return (Put("counters", order.subject, "at", order.to),)


def split(before: State, order: Deploy, counter: Counter, steps: int) -> tuple[Effect, ...]:
    """M2: a new counter with its share, and what the old one is left with."""
    key = first_free(detachment(order.subject, order.to, before.turn, before.pulse), before.counters)
    rounds = counter.rounds * steps // counter.steps
    missiles = counter.missiles * steps // counter.steps
    supply = counter.supply * steps // counter.steps
    damage = counter.damage if 2 * steps > counter.steps else 0
    part = attrs.evolve(
        counter, at=order.to, steps=steps, rounds=rounds, missiles=missiles, damage=damage, supply=supply
    )
    given = (
        ("steps", steps),
        ("rounds", rounds),
        ("missiles", missiles),
        ("damage", damage),
        ("supply", supply),
    )
    left = (Add("counters", order.subject, field, -n) for field, n in given if n)
    return (Make("counters", key, part), *left)
