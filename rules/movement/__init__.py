"""Movement (chapter 7): deployment, splitting, joining and basing, as far as one raid week needs them.

M1  Counters move in a pulse. A turn without pulses moves nothing.
M2  A nation moves its own counters, whole or by whole steps. Steps that leave go by a name of their own and take
    their share of rounds and missiles, rounded down; damage goes with the larger part, or stays where they are equal.
M3  Reach in a pulse of H hours. Ships and submarines: H x 37 km along sea lanes, from port to port through open zones
    alone; sealift, coast guard and militia H x 24 km. Aircraft and airlift: 2,000 km great-circle. Batteries and
    ground forces: 1,000 km by road and ferry, through places they may use and over no lane across a front. Missile
    launchers: 300 km by road inside their own nation. A closed lane is no way. Who moves arrives in that pulse.
M4  Basing. A nation bases at its own places and at those of nations that give it access: ships in ports or in any
    sea zone, aircraft where there is an airfield, the rest on any land place; missile launchers at home only.
M5  An airfield bases two squadrons a point of air capacity, all nations together; room that is left in a pulse is
    free from the next. If more arrive than fit, the host's own go first and guests share what is left in proportion;
    what does not fit stays where it was.
M6  A closed runway (level 5) lets no aircraft in or out, a closed port no ship.
M7  A counter may join another of the same formation and owner at the same place: steps, rounds and missiles add up,
    to no more steps than the formation has; two damaged ones only while the damage is less than a step's. A counter
    that moves in a pulse, whole or in part, neither joins nor is joined in it, and nobody joins at second hand.
M8  Advice: aircraft left or sent where no battery stands.
M9  An order whose counter is gone moves nothing; one that has lost steps moves with what is left of those named.

A staff proposes to spread aircraft that launchers threaten, and to join what was split.

Not here yet: tankers and reach in flight, sealift and airlift of other counters, transit over several pulses,
reinforcements on their way, mines and blockades on the way, entering a rival's waters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.core.events import Event
from game.core.luck import Luck
from game.core.model import Row, State
from game.core.orders import Book, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase
from game.core.view import View
from rules.movement import deploy, join
from rules.movement.deploy import Deploy
from rules.movement.doctrine import doubt, propose
from rules.movement.join import Join

__all__ = ["ASKS", "ORDERS", "PARTS", "PHASES", "Deploy", "Join", "doubt", "fault", "options", "propose"]

ORDERS: tuple[type[Order], ...] = (Deploy, Join)
PARTS: Mapping[str, type[Row]] = {}
ASKS: Mapping[str, Ask] = {}


def move(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    yield from join.resolve(before, book)
    yield from deploy.resolve(before, book)


PHASES: Mapping[str, Phase] = {"move": move}


def options(view: View) -> Iterator[Template]:
    yield from deploy.options(view)
    yield from join.options(view)


def fault(view: View, plan: Plan, order: Deploy | Join) -> Refusal | None:
    if isinstance(order, Deploy):
        return deploy.fault(view, plan, order)
    return join.fault(view, plan, order)
