"""Missile defense: raids, warning, layers, magazines, leakers, damage; and salvos between ships.

MD1   A launcher in reach of a rival place on land fires the missiles of its raid in the pulse named, at most its
      salvo and what it holds. A share of them flies true, by the missile's reliability. Where the scenario lists
      targets, only those may be raided.
MD2   Each defending seat's screen holds what its own sensors see of the launch: origin, target and number. Without
      one it holds what an ally passes in time: at L4 tracks good enough to shoot at, at L3 tracks and times, at L1
      and L2 that something was launched somewhere, at L0 nothing but the impact.
MD3   A launch gives its launcher's place away to whoever was warned.
MD4   A battery or ship shoots for every place within its footprint where its nation defends as at home, or for the
      one place that it is stationed over. For an ally's place it needs fire-control data, L4 between the two.
MD5   The Alarm asks each seat that was warned, once a turn at most. Better warning offers more answers: flush at
      any quality, firing doctrine and what to defend first with tracks, an ally's shooters with fire control.
MD6   Layers engage in order, upper before lower, by system and doctrine. High and medium missiles meet both; low
      fliers meet the lower layer, and THAAD at half its chance on the local track alone; cruise missiles the lower
      layer; gliders the lower layer at less; nothing here stops an anti-ship ballistic missile but the ship itself.
MD7   Each raid is settled by one draw through the exact joint odds of leakers and rounds spent. Shoot-shoot fires
      two rounds a tracked missile; shoot-look-shoot one, and one more at each survivor of a look, or both at once
      where the level gives no second look; single one; all spends what there is. Reserves stay in the tubes.
      The press hears explosions at a place that is raided, and no more.
      A layer deals its rounds out to the classes that it reaches before it fires, one by one, each to the class with
      the fewest a missile, the most dangerous first, and no more than doctrine lets fire; a missile counts half for
      every layer before that reaches it. Rounds dealt to one class are not fired at another, so classes leak
      independently and a better layer never hurts.
MD8   The chance that a missile is cued in time, the coordination and the looks of the upper layer go by the level
      of the pact under test (facts C1.7). While its network is down the pulse is fought as at L0.
MD9   Where one counter's rounds must serve several raids, its nation's ranking goes first, the Alarm's choice before
      the rest; equals share in proportion to need.
MD10  Rounds fired come out of the magazines one by one, from each counter of a layer in proportion to what it
      offered.
MD11  Leakers hurt what the raid was aimed at: trials by number of leakers, then a second draw for whom. A step lost
      takes its share of rounds and missiles with it. Two raids never take the same step.
MD12  Wings that flush are in the air when the raid lands: half of the parked aircraft are spared with tracks, a
      quarter on a bare launch warning. When raids have landed, warnings lapse and wings come down.
MD13  Ships, coastal batteries, wings and anti-ship ballistic brigades shoot at contacts on ships. Everything fired at
      one group arrives together in one pulse: good shots less intercepts are hits, and hits cost steps. A ship stops
      a ballistic missile at even chances. A stale contact costs the missiles and hits nothing.
MD14  Each kind of damage at a place is repaired by one level a turn.
MD15  A wing that carries anti-ship missiles launches them at contacts within its radius of action, tankers included,
      from outside the ships' own reach. It flies one strike a pulse, and none from a closed runway (M6).

Facts C1, C2; figures of counters in the order of battle; design values of `tables` and of the scenario. Not here:
reloading magazines from national stocks, fighters against cruise missiles, and fire at the aircraft that strike
ships. What a wing has of anti-ship missiles is all it gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from game.core.design import PLACES, Form
from game.core.model import Row
from game.core.orders import Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase
from game.core.view import View
from game.core.words import say
from rules.missile_defense import alarm, damage, doctrine, engage, launch, salvo, station, tables
from rules.missile_defense.doctrine import propose, reply
from rules.missile_defense.forecast import forecast, rings
from rules.missile_defense.standing import doubts_of_standing, standing
from rules.missile_defense.tables import Alert, Defend, Raid, Rank, Salvo

ORDERS: tuple[type[Order], ...] = (Raid, Defend, Rank, Salvo, Alert)
PARTS: Mapping[str, type[Row]] = tables.PARTS
PHASES: Mapping[str, Phase] = {
    "station": station.station,
    "launch": launch.launch,
    "alarm": alarm.sound,
    "engage": engage.engage,
    "salvo": salvo.exchange,
    "repair": damage.repair,
}
ASKS: Mapping[str, Ask] = {"alarm": alarm.ask}
DESIGN: Mapping[str, Form] = {"sheltered": PLACES, "targets": PLACES}

_FAULTS: Mapping[type[Order], Callable[[View, Plan, Any], Refusal | None]] = {
    Raid: launch.raid_fault,
    Defend: station.defend_fault,
    Rank: station.rank_fault,
    Salvo: salvo.salvo_fault,
    Alert: alarm.alert_fault,
}


def options(view: View) -> Iterator[Template]:
    yield from launch.raid_templates(view)
    yield from station.station_templates(view)
    yield from salvo.salvo_templates(view)


def fault(view: View, plan: Plan, order: Order) -> Refusal | None:
    return _FAULTS[type(order)](view, plan, order)


def doubt(view: View, plan: Plan) -> Iterable[Doubt]:
    for rule, what, order_id in doctrine.doubts_of_plan(view, plan):
        yield Doubt(rule, say(f"missile_defense.{what}"), order_id)
    yield from doubts_of_standing(view, plan)


def rung(view: View, order: Order) -> int:
    """Strikes need the rung of what they hit; defending needs none (game.md §3)."""
    if isinstance(order, Raid):
        return launch.rung_of_target(view, order.target)
    return 4 if isinstance(order, Salvo) else 0


__all__ = [
    "ASKS",
    "DESIGN",
    "ORDERS",
    "PARTS",
    "PHASES",
    "doubt",
    "fault",
    "forecast",
    "options",
    "propose",
    "reply",
    "rings",
    "rung",
    "standing",
]
