"""Ships under way for more than a pulse: what they are bound for, and how far they get (M10, M11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from game.core.events import Drop, Effect, Event, Input, Make, Put
from game.core.ids import CounterId, PlaceId
from game.core.model import Counter, Row, State, known
from game.core.sea import WAYS, Way
from game.core.view import View
from game.core.words import say
from rules.movement.ways import barred, closed, manner, pulse_km, sea_path, takes

BOUND = "movement.bound"


@attrs.frozen(slots=True)
class Bound(Row):
    """A ship on its way to `to`; `gone` km made beyond where it stands, towards the next place on its way."""

    SEEN = "owner"

    to: PlaceId = known("owner")
    gone: int = known("owner", 0)


@attrs.frozen(slots=True)
class Leg:
    """What a ship makes of its way in a pulse: where it stands then, km `gone` beyond that, `zones` it came through,
    km `left` to go; `waits` where it can't get in at the end."""

    at: PlaceId
    gone: int
    zones: tuple[PlaceId, ...]
    left: int
    waits: bool = False


def bound(parts: Mapping[str, Mapping[str, Any]]) -> Mapping[CounterId, Bound]:
    """Who is under way, of a State's or a View's parts."""
    return parts.get(BOUND, {})


def credit(parts: Mapping[str, Mapping[str, Any]], id: CounterId, to: PlaceId) -> int:
    """km that a ship has made beyond where it stands, if it keeps going to the same place."""
    row = bound(parts).get(id)
    return row.gone if row is not None and row.to == to else 0


def sail(
    seen: View, id: CounterId, counter: Counter, to: PlaceId, gone: int, shunned: frozenset[PlaceId] | None = None
) -> Leg | None:
    """One pulse of the way to `to`, through no zone of `shunned`; None where there is no way any more."""
    shunned = barred(seen, id, counter) if shunned is None else shunned
    path = sea_path(seen.board.theatre, counter.at, to, shunned)
    domain = manner(seen.board, counter)
    if not path or closed(seen, counter.at, domain):
        return None
    waits = closed(seen, to, domain) or not takes(seen, counter.owner, to, domain)
    total = path[-1][1]
    if waits:
        path = path[:-1]
    ahead = gone + pulse_km(seen.board, counter, seen.kind.pulse_hours)
    passed = [(place, km) for place, km in path if km <= ahead]
    at, made = passed[-1] if passed else (counter.at, 0)
    beyond = 0 if len(passed) == len(path) else ahead - made
    zones = tuple([place for place, _ in passed[:-1]])
    return Leg(at, beyond, zones, total - made - beyond, waits and len(passed) == len(path))


def pulses_left(seen: View, id: CounterId, counter: Counter, to: PlaceId, gone: int = 0) -> int:
    """Pulses until it is there, if nothing comes between; 0 where there is no way."""
    path = sea_path(seen.board.theatre, counter.at, to, barred(seen, id, counter))
    most = pulse_km(seen.board, counter, seen.kind.pulse_hours)
    return -(-max(1, path[-1][1] - gone) // most) if path and most else 0


def trail(id: CounterId, counter: Counter, to: PlaceId, leg: Leg, was_bound: bool) -> tuple[Effect, ...]:
    """What a pulse under way changes beside the place: what it is bound for, and what it came through (M10)."""
    effects: list[Effect] = []
    if leg.at != to:
        effects.append(Make(BOUND, id, Bound(counter.owner, to, leg.gone)))
    elif was_bound:
        effects.append(Drop(BOUND, id))
    if leg.zones:
        effects.append(Make(WAYS, id, Way(counter.owner, leg.zones)))
    return tuple(effects)


def put_at(id: CounterId, counter: Counter, at: PlaceId) -> tuple[Effect, ...]:
    return (Put("counters", id, "at", at),) if at != counter.at else ()


def sea_inputs(seen: View, counter: Counter, leg: Leg) -> tuple[Input, ...]:
    return (
        Input("reach", pulse_km(seen.board, counter, seen.kind.pulse_hours), "facts A3, M3"),
        Input("left", leg.left, "km by the shortest open way"),
    )


def resolve(
    before: State,
    seen: View,
    id: CounterId,
    counter: Counter,
    row: Bound,
    shunned: frozenset[PlaceId] | None = None,
) -> tuple[Event, PlaceId]:
    """One ship goes on to where it is bound for; with the event, where it stands afterwards."""
    leg = sail(seen, id, counter, row.to, row.gone, shunned)
    if leg is None:
        text = say("movement.held_up", unit=id, place=row.to)
        return Event("M10", counter.owner, id, text, all_to=(counter.owner,)), counter.at
    said = "movement.under_way" if leg.at != row.to else "movement.came_in"
    text = say("movement.waits_off" if leg.waits else said, unit=id, place=row.to, at=leg.at, left=leg.left)
    effects = (*put_at(id, counter, leg.at), *trail(id, counter, row.to, leg, id in bound(before.parts)))
    board = before.setting.board
    allies = tuple([s for s in before.nations if s != counter.owner and board.same_side(s, counter.owner)])
    hint = say("movement.ally_moved", seat=counter.owner, unit=id, place=leg.at, steps=counter.steps)
    hints = tuple([(ally, hint) for ally in allies]) if leg.at != counter.at else ()
    inputs = sea_inputs(seen, counter, leg)
    return Event("M10", counter.owner, id, text, inputs, (), effects, (counter.owner,), hints), leg.at
