"""What a staff expects of salvos at ships: a contact is taken for its nation's usual kind (MD13; facts C2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from game.core.events import Input
from game.core.ids import Seat
from game.core.model import UNKNOWN, Contact
from game.core.orders import Plan
from game.core.salvo import hughes, steps_lost
from game.core.setting import Board
from game.core.staff import Forecast, bars
from game.core.view import View
from game.core.words import say
from rules.missile_defense.salvo import HALF, HIT, Weapon, hit_odds, shooters
from rules.missile_defense.tables import Salvo

#: Steps that a contact of unknown strength is taken for (D).
ASSUMED = 2


@lru_cache(maxsize=64)
def usual(board: Board, nation: Seat, what: str) -> tuple[int, int, int]:
    """Intercepts a step, the chance of each in ppm, and tenths of a hit to a step of a nation's groups of one domain:
    the means over the steps of the public order of battle."""
    found = [f for f in board.formations.values() if f.owner == nation and f.domain == what]
    steps = sum(f.steps for f in found)

    def mean(key: str, default: int) -> int:
        return (sum(f.figure(key, default) * f.steps for f in found) + steps // 2) // steps if steps else default

    return mean("intercepts", 0), mean("intercept_kill", HIT), max(1, mean("hits_to_kill", 10))


def strength(contact: Contact) -> int:
    return ASSUMED if contact.steps == UNKNOWN else contact.steps


def staff_estimate(board: Board, arm: Weapon, missiles: int, contact: Contact) -> int:
    """Hughes's expected steps lost, in thousandths: subtractive defense, no luck (facts C2)."""
    intercepts, kill, to_kill = usual(board, contact.nation, contact.what)
    kill = HALF if arm.kind == "ASBM" else kill
    return hughes(1, missiles, strength(contact), intercepts, to_kill, arm.hit, kill)


def forecast_salvos(view: View, plan: Plan) -> Iterator[Forecast]:
    """Each contact that the plan fires at in a pulse, with the exact odds of steps lost: all salvos arrive as one."""
    arms = {id: arm for id, _, arm in shooters(view)}
    together: dict[tuple[int, str], list[Salvo]] = {}
    for order in plan.orders:
        if isinstance(order, Salvo) and order.contact in view.contacts and order.subject in arms:
            together.setdefault((order.pulse, order.contact), []).append(order)
    for (pulse, key), orders in together.items():
        contact = view.contacts[key]
        intercepts, kill, to_kill = usual(view.board, contact.nation, contact.what)
        steps = strength(contact)
        kills = {"CM": kill, "ASBM": HALF}
        volleys = [(o.missiles, arms[o.subject]) for o in orders]
        hits, inputs = hit_odds(intercepts * steps, kills, volleys)
        lost = hits.of(lambda n, s=steps, k=to_kill: steps_lost(n, 0, k, s)[0])  # type: ignore[misc]
        missiles = sum(o.missiles for o in orders)
        lines = (
            say("missile_defense.forecast_salvo_line", missiles=missiles, pulse=pulse, n=len(orders)),
            say("missile_defense.forecast_salvo_taken", nation=contact.nation, steps=steps, stops=intercepts * steps),
        )
        title = say("missile_defense.forecast_salvo", contact=key, pulse=pulse)
        more = (*inputs, Input("hits_to_kill", to_kill, "facts B2, the mean of its groups"))
        mean = lost.mean_millis(lambda n: n)
        yield Forecast("MD13", orders[0].subject, contact.at, title, lines, bars(lost), mean, (), 0, more, (key,))
