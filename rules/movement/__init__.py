"""Movement (chapter 7): deployment, transit, basing, reinforcement, tankers and lift.

M1  Counters move in a pulse. A turn without pulses moves nothing.
M2  A nation moves its own counters, whole or by whole steps. Steps that leave go by a name of their own and take
    their share of rounds, missiles and supply, rounded down; damage goes with the larger part, or stays where they
    are equal.
M3  Reach in a pulse of H hours. Ships and submarines: H x 37 km along sea lanes, from port to port through open zones
    alone; sealift, coast guard and militia H x 24 km. Aircraft and airlift: 2,000 km great-circle. Batteries and
    ground forces: 1,000 km by road and ferry, through places they may use and over no lane across a front. Missile
    launchers: 300 km by road inside their own nation; coastal batteries move as batteries do. A closed lane is no
    way. Without supply a counter makes half its way. Who moves arrives in that pulse, but ships sent farther (M10).
M4  Basing. A nation bases at its own places and at those of nations that give it access: ships in ports or in any
    sea zone, aircraft where there is an airfield, the rest on any land place; missile launchers at home only.
M5  An airfield bases two squadrons a point of air capacity, all nations together; room that is left in a pulse is
    free from the next. If more arrive than fit, the host's own go first and guests share what is left in proportion;
    what does not fit stays where it was.
M6  A closed runway (level 5) lets no aircraft in or out, a closed port no ship. Aircraft on a closed runway do not
    search, watch, refuel or carry either, and their sensors see nothing.
M7  A counter may join another of the same formation and owner at the same place: steps, rounds and missiles add up,
    to no more steps than the formation has; two damaged ones only while the damage is less than a step's. A counter
    that moves in a pulse, whole or in part, neither joins nor is joined in it, and nobody joins at second hand; nor
    does one that is under way, not here yet, aboard, or has something aboard.
M8  Advice: aircraft left or sent where no battery stands.
M9  An order whose counter is gone moves nothing; one that has lost steps moves with what is left of those named.
M10 Transit. A ship may be sent as far as the sea goes. It takes the shortest open way, goes on by itself in every
    pulse and stands at the last zone or port that it has reached; km made beyond are kept while it keeps going to the
    same place. A new order turns it aside or halts it, and what a part of it was told keeps the rest where it is for
    that pulse. Where its port is closed or denied at the end, it waits in the zone before. The zones that a counter
    came through in a pulse are known to its side until the next pulse.
M11 Held waters. Sealift, and ships with something aboard, neither enter nor pass a zone that a rival's coalition
    holds; where there is no other way they wait. Warships may, and advice says that they would.
M12 Reinforcements. A counter with a date of arrival stands off the map and takes no orders until then; nothing has
    duties from there. It is on the map when that turn begins: ships in the zone off their base, aircraft at an
    airfield of entry, unless the scenario names another place. Where there is no room, or the place is closed, it
    comes as soon as there is.
M13 Call-up. A counter of the pool stands off the map until its nation calls it up, to one of its places of entry; it
    arrives after its days.
M14 Tankers stand by for own wings based within 1,500 km of them, for as many steps as they serve and have supply
    for, and add 600 km to their radius: until told otherwise, or until tankers or wing are gone, too far apart, or
    on a closed runway.
M15 Lift. Sealift and amphibious ships carry batteries and ground forces from the port where both are to another port
    that takes both, as many steps as they lift, and leave in the same pulse. An airlift wing fetches and brings
    within 2,000 km of its base, between airfields, a step each in the pulse; armor, mechanized forces and guns do
    not fly.
M16 What is aboard stands where its carrier stands, takes no orders, sees and defends nothing, lands where the carrier
    comes into a port that takes it, and is lost with its carrier's steps.

A staff proposes to spread aircraft that launchers threaten, to join what was split, to call up the pool, to bring
ships in from off the map or out of danger, to lengthen the reach of wings that can strike or search nothing, to carry
batteries to where missiles come through, and to take sweepers to where mines went off.

Not here yet: aircraft in stages, forced entry over a beach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.design import PLACES, Fields, Form, Keyed, Many, Name, Whole, rows
from game.core.events import Drop, Effect, Event, Put
from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Row, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.reach import ABOARD, Aboard, Refueled
from game.core.rulebook import Ask, Phase
from game.core.sea import WAYS, Way
from game.core.view import View, view
from game.core.words import say
from rules.movement import arrivals, deploy, join, lift, tankers
from rules.movement.arrivals import COMING, CallUp, Coming
from rules.movement.deploy import Deploy
from rules.movement.doctrine import doubt, propose
from rules.movement.join import Join
from rules.movement.ledgers import ledgers, voyages
from rules.movement.lift import Lift
from rules.movement.tankers import Refuel
from rules.movement.transit import BOUND, Bound, bound
from rules.movement.transit import resolve as go_on
from rules.movement.ways import SPEED

__all__ = [
    "ASKS",
    "DESIGN",
    "ORDERS",
    "PARTS",
    "PHASES",
    "CallUp",
    "Deploy",
    "Join",
    "Lift",
    "Refuel",
    "doubt",
    "fault",
    "ledgers",
    "options",
    "propose",
    "voyages",
]

ORDERS: tuple[type[Order], ...] = (Deploy, Join, CallUp, Refuel, Lift)
PARTS: Mapping[str, type[Row]] = {
    "aboard": Aboard,
    "bound": Bound,
    "coming": Coming,
    "refueled": Refueled,
    "ways": Way,
}
ASKS: Mapping[str, Ask] = {}
_KM = Whole(0, 100_000)
DESIGN: Mapping[str, Form] = {
    "air_entries": PLACES,
    "air_km": _KM,
    "arrivals": rows({"counter": Name("counter"), "turn": Whole(1, 100)}, {"at": Name("spot")}),
    "first_war_turn": Whole(1, 100),
    "land_km": Keyed("domain", _KM),
    "pool": rows({"counter": Name("counter")}, {"days": Whole(0, 1000), "at": Many(Name("spot"))}),
    "speed": Fields({domain: Whole(1, 1000) for domain in SPEED}),
    "steps_a_point": Whole(1, 100),
    "tanker_km": _KM,
}


def move(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """Joins, arrivals, lifts and deployments; then ships under way that nobody ordered otherwise, what is aboard,
    tankers, and last the rows that no longer hold."""
    room: dict[PlaceId, int] = {}
    done = [*join.resolve(before, book), *arrivals.call(before, book), *arrivals.arrive(before, room)]
    lifts = list(lift.embark(before, book))
    lifted = {e.subject for e in lifts if e.effects}
    moved = list(deploy.resolve(before, book, room, lifted))
    acted = lifted | {e.subject for e in moved if e.effects}
    views: dict[Seat, View] = {}
    sailing: list[Event] = []
    for id, row in bound(before.parts).items():
        counter = before.counters.get(id)
        if counter is not None and id not in acted:
            if row.owner not in views:
                views[row.owner] = view(before, row.owner)
            sailing.append(go_on(before, views[row.owner], id, counter, row)[0])
    done += [*lifts, *moved, *sailing]
    done += lift.follow(before, _stands(done), lifted)
    joined = frozenset([fx.key for e in done for fx in e.effects if isinstance(fx, Drop) and fx.table == "counters"])
    done += tankers.resolve(before, book, joined)
    yield from done
    yield from _cleared(before, done)


def _stands(events: list[Event]) -> dict[CounterId, PlaceId]:
    """Where counters stand that these events move."""
    return {
        fx.key: str(fx.value)
        for e in events
        for fx in e.effects
        if isinstance(fx, Put) and fx.table == "counters" and fx.field == "at"
    }


def _cleared(before: State, events: list[Event]) -> Iterator[Event]:
    """Old ways, and rows of counters that are gone: nobody is told."""
    written = {(fx.table, fx.key) for e in events for fx in e.effects}
    gone: dict[Seat, list[Effect]] = {}
    for table in (ABOARD, BOUND, COMING, WAYS):
        for key, row in before.table(table).items():
            if (table, key) not in written and (table == WAYS or key not in before.counters):
                gone.setdefault(row.owner, []).append(Drop(table, key))
    for seat, effects in gone.items():
        text = say("movement.cleared", n=len(effects))
        yield Event("M10", seat, seat, text, effects=tuple(effects))


PHASES: Mapping[str, Phase] = {"move": move}


def options(view: View) -> Iterator[Template]:
    yield from deploy.options(view)
    yield from join.options(view)
    yield from arrivals.options(view)
    yield from tankers.options(view)
    yield from lift.options(view)


def fault(view: View, plan: Plan, order: Deploy | Join | CallUp | Refuel | Lift) -> Refusal | None:
    if isinstance(order, Deploy):
        return deploy.fault(view, plan, order)
    if isinstance(order, Join):
        return join.fault(view, plan, order)
    if isinstance(order, CallUp):
        return arrivals.fault(view, order)
    return tankers.fault(view, plan, order) if isinstance(order, Refuel) else lift.fault(view, plan, order)
