"""Moving counters, whole or by steps: the order, what may be ordered, and what comes of it (M1 to M6, M9 to M11)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar

import attrs

from game.core.events import Add, Drop, Effect, Event, Input, Make
from game.core.ids import CounterId, PlaceId, Seat, detachment, first_free
from game.core.kept import kept
from game.core.model import Counter, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.reach import cargo, loads
from game.core.share import share_ranked
from game.core.view import View, view
from game.core.words import Message, say
from rules.movement.arrivals import held_back
from rules.movement.refusing import moves, refuse
from rules.movement.transit import BOUND, bound, credit, put_at, sail, sea_inputs, trail
from rules.movement.ways import (
    SPEED,
    berth,
    capacity,
    closed,
    in_reach,
    manner,
    pulse_km,
    room,
    rooms,
    sea_path,
    squadrons,
    takes,
    ways_out,
)


@attrs.frozen(slots=True)
class Deploy(Order):
    """Move `steps` of the counter `subject` to a place or sea zone."""

    VERB: ClassVar[str] = "deploy"

    to: PlaceId
    steps: int


def options(view: View) -> Iterator[Template]:
    """One template for each number of steps that fits, so that every choice in it is legal."""
    if not moves(view.kind):
        return
    under_way, laden, aboard = bound(view.parts), loads(view.parts), cargo(view.parts)
    for id, counter in view.mine.items():
        if id in aboard or held_back(view, id, counter):
            continue
        all_steps = (counter.steps,)
        for most, places in by_room(view, id, counter):
            yield Template(
                Deploy, view.seat, id, (("to", places), ("steps", all_steps if id in laden else counts(most)))
            )
        if id in under_way:
            yield Template(Deploy, view.seat, id, (("to", (counter.at,)), ("steps", all_steps)))


@cache
def counts(most: int) -> tuple[int, ...]:
    return tuple(range(most, 0, -1))


def by_room(view: View, id: CounterId, counter: Counter) -> list[tuple[int, tuple[PlaceId, ...]]]:
    """Where `counter` may go, by how many of its steps fit there, most first."""
    places = ways_out(view, id, counter)
    if view.board.formation(counter).domain != "air":
        return [(counter.steps, places)] if places else []
    free = rooms(view.counters, view.board)
    found = [(counter.steps, tuple([p for p in places if free[p] >= counter.steps]))]
    if len(found[0][1]) < len(places):
        found += [(n, tuple([p for p in places if free[p] == n])) for n in range(counter.steps - 1, 0, -1)]
    return [group for group in found if group[1]]


def fault(view: View, plan: Plan, order: Deploy) -> Refusal | None:
    if not moves(view.kind):
        return refuse("M1", "no_pulse", order, kind=view.kind.name)
    counter = view.mine.get(order.subject)
    if counter is None:
        return refuse("M2", "not_yours", order, unit=order.subject)
    if not 1 <= order.steps <= counter.steps:
        return refuse("M2", "steps", order, unit=order.subject, steps=order.steps, have=counter.steps)
    held = _held(view, counter, order)
    if held is not None:
        return held
    free = _halts(view, counter, order) or berth(view, order.subject, counter, order.to)
    if order.steps > free:
        return _why_not(view, counter, order, free)
    return _plan_fault(view, plan, counter, order)


def _held(view: View, counter: Counter, order: Deploy) -> Refusal | None:
    """M12 and M16: what is not here yet, is aboard, or has something aboard."""
    if held_back(view, order.subject, counter):
        return refuse("M12", "not_here", order, unit=order.subject)
    if order.subject in cargo(view.parts):
        return refuse("M16", "aboard", order, unit=order.subject)
    if order.steps < counter.steps and order.subject in loads(view.parts):
        return refuse("M16", "laden", order, unit=order.subject)
    return None


def _halts(view: View, counter: Counter, order: Deploy) -> int:
    """M10: the steps of a ship under way that is told to stay where it is; 0 for any other order."""
    halts = order.to == counter.at and order.subject in bound(view.parts) and order.steps == counter.steps
    return counter.steps if halts else 0


def _why_not(view: View, counter: Counter, order: Deploy, free: int) -> Refusal:
    """The reason why `berths` does not hold the place for so many steps."""
    domain = manner(view.board, counter)
    unit, place = order.subject, order.to
    if place == counter.at:
        return refuse("M3", "already_there", order, unit=unit, place=place)
    if not takes(view, counter.owner, place, domain):
        return refuse("M4", "no_basing", order, unit=unit, place=place)
    if domain not in SPEED and place not in in_reach(view, counter):
        most = pulse_km(view.board, counter, view.kind.pulse_hours)
        return refuse("M3", "too_far", order, unit=unit, place=place, most=most)
    shut = next((p for p in (counter.at, place) if closed(view, p, domain)), "")
    if shut:
        return refuse("M6", "closed", order, unit=unit, place=shut)
    if domain in SPEED:
        return refuse("M11", "no_way", order, unit=unit, place=place)
    return refuse("M5", "no_room", order, unit=unit, place=place, steps=order.steps, free=free)


def _plan_fault(view: View, plan: Plan, counter: Counter, order: Deploy) -> Refusal | None:
    """M7 and M5 beside the plan's other orders."""
    if not plan.orders and view.board.formation(counter).domain != "air":
        return None
    if order.subject in joining(plan.orders):
        return refuse("M7", "one_or_other", order, unit=order.subject)
    if order.subject in lifting(plan.orders):
        return refuse("M15", "lift_or_move", order, unit=order.subject)
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
def lifting(orders: tuple[Order, ...]) -> frozenset[CounterId]:
    """Carriers and what they carry, of the lifts among `orders`."""
    return frozenset(id for o in orders if o.VERB == "lift" for id in (o.subject, getattr(o, "by", "")))


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


def resolve(before: State, book: Book, taken: dict[PlaceId, int], lifted: set[CounterId]) -> Iterator[Event]:
    """Every deployment of this pulse, judged again as things stand; room is shared over all of them (M5), as far as
    arrivals left it: `taken` is what is left at places where they landed. What is `lifted` moves no more."""
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
        if order.subject in lifted:
            text = say("movement.lift_or_move", unit=order.subject)
            yield _stays(order, "M15", text, ())
            continue
        steps = min(order.steps, counter.steps)
        meant = order if steps == order.steps else attrs.evolve(order, steps=steps)
        refusal = fault(seen, alone[order.seat], meant)
        if refusal is not None and refusal.rule != "M5":
            yield _stays(order, refusal.rule, refusal.reason, ())
        else:
            going.append((order, counter, steps))
    granted = _shared(before, going, taken)
    for order, counter, steps in going:
        fits = granted[order.id]
        if not fits:
            text = say("movement.full", unit=order.subject, place=order.to)
            yield _stays(order, "M5", text, _room_inputs(before, order, steps, fits))
        else:
            yield _moved(before, views[order.seat], order, counter, steps, fits)


def _stays(order: Deploy, rule: str, text: Message, inputs: tuple[Input, ...]) -> Event:
    return Event(rule, order.seat, order.subject, text, inputs, all_to=(order.seat,), order=order.id)


def _shared(before: State, going: list[tuple[Deploy, Counter, int]], taken: dict[PlaceId, int]) -> dict[str, int]:
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
        free = taken.get(place, capacity(board, place) - squadrons_at(before, place))
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
    rule = "M5" if fits < steps else "M2" if fits < counter.steps else "M9" if steps < order.steps else "M3"
    inputs: tuple[Input, ...]
    effects: tuple[Effect, ...]
    whole = fits == counter.steps
    key = order.subject if whole else _part_name(before, order)
    if manner(board, counter) in SPEED and order.to != counter.at:
        leg = sail(seen, order.subject, counter, order.to, credit(before.parts, order.subject, order.to))
        if leg is None:
            return _stays(order, "M11", say("movement.held_up", unit=order.subject, place=order.to), ())
        at, inputs = leg.at, sea_inputs(seen, counter, leg)
        effects = trail(key, counter, order.to, leg, key in bound(before.parts))
        rule = "M10" if at != order.to else rule
    else:
        at, inputs = order.to, (Input("reach", pulse_km(board, counter, seen.kind.pulse_hours), "facts A3, M3"),)
        effects = (Drop(BOUND, key),) if key in bound(before.parts) else ()
    km = _km(seen, counter, order.to)
    inputs = (Input("km", km, "facts A3"), *inputs, Input("steps", fits, order.id))
    if board.formation(counter).domain == "air":
        inputs += _room_inputs(before, order, steps, fits)
    said = "movement.moved" if whole else "movement.split"
    if at != order.to:
        said = "movement.sails" if whole else "movement.split_sails"
    elif at == counter.at:
        said = "movement.halts"
        rule = "M10"
    text = say(
        said,
        km=km,
        unit=order.subject,
        place=order.to,
        start=counter.at,
        at=at,
        steps=fits,
        wanted=order.steps,
    )
    allies = [s for s in before.nations if s != order.seat and board.same_side(s, order.seat)]
    gone = put_at(key, counter, at) if whole else split(order.subject, key, counter, fits, at)
    hints = tuple([(ally, _hint(order, at, fits)) for ally in allies]) if at != counter.at else ()
    return Event(
        rule,
        order.seat,
        order.subject,
        text,
        inputs,
        effects=(*gone, *effects),
        all_to=(order.seat,),
        hints=hints,
        order=order.id,
    )


def _km(seen: View, counter: Counter, to: PlaceId) -> int:
    """km of the whole way."""
    if manner(seen.board, counter) in SPEED:
        path = sea_path(seen.board.theatre, counter.at, to)
        return path[-1][1] if path else 0
    return in_reach(seen, counter)[to]


def _part_name(before: State, order: Deploy) -> CounterId:
    return first_free(detachment(order.subject, order.to, before.turn, before.pulse), before.counters)


def _hint(order: Deploy, at: PlaceId, steps: int) -> Message:
    return say("movement.ally_moved", seat=order.seat, unit=order.subject, place=at, steps=steps)


def split(id: CounterId, key: CounterId, counter: Counter, steps: int, at: PlaceId) -> tuple[Effect, ...]:
    """M2: a new counter `key` with its share, and what the old one is left with."""
    rounds = counter.rounds * steps // counter.steps
    missiles = counter.missiles * steps // counter.steps
    supply = counter.supply * steps // counter.steps
    damage = counter.damage if 2 * steps > counter.steps else 0
    part = attrs.evolve(counter, at=at, steps=steps, rounds=rounds, missiles=missiles, damage=damage, supply=supply)
    given = (
        ("steps", steps),
        ("rounds", rounds),
        ("missiles", missiles),
        ("damage", damage),
        ("supply", supply),
    )
    left = (Add("counters", id, field, -n) for field, n in given if n)
    return (Make("counters", key, part), *left)
