"""Advice on movement, and what a staff would propose (M8)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import CounterId, PlaceId
from game.core.model import Counter
from game.core.orders import Doubt, Plan
from game.core.rulebook import Proposal, Temper
from game.core.view import View
from game.core.words import say
from rules.movement.deploy import Deploy, moves
from rules.movement.join import Join, partners
from rules.movement.ways import berths, room

#: A launcher seen this near an airfield is a threat to it (D; the public bands of facts A3).
THREAT_KM = 1000
#: Squadron steps at one airfield that are worth spreading (D).
CROWDED = 4


def at(view: View, place: PlaceId, domain: str) -> dict[CounterId, Counter]:
    """Counters of `domain` at a place that the seat can see: its own and its allies'."""
    board = view.board
    return {k: c for k, c in view.counters.items() if c.at == place and board.formation(c).domain == domain}


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    going = {o.subject: o for o in plan.orders if isinstance(o, Deploy) and o.subject in view.mine}
    for id, order in going.items():
        counter = view.mine[id]
        domain = view.board.formation(counter).domain
        here = counter.at
        if domain == "battery":
            left = [k for k, c in at(view, here, "battery").items() if k not in going or going[k].steps < c.steps]
            if not left and at(view, here, "air"):
                yield Doubt("M8", say("movement.bare", unit=id, place=here), order.id)
        elif domain == "air" and at(view, here, "battery") and not at(view, order.to, "battery"):
            yield Doubt("M8", say("movement.to_bare", unit=id, place=order.to), order.id)


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """Spread wings, bring batteries to where missiles come through, join parts. Who takes risks spreads less."""
    if not moves(view.kind):
        return
    sore = leaking(view)
    for id, counter in view.mine.items():
        if view.board.formation(counter).domain == "air":
            yield from _spread(view, id, counter, temper)
        elif sore and view.board.formation(counter).domain == "battery":
            yield from _reinforce(view, id, counter, sore)
        for other in partners(view, id)[:1]:
            why = say("movement.why_join", unit=id, other=other)
            yield Proposal(Join(view.seat, id, other), 4, why, f"join.{counter.formation}.{counter.at}")


def _spread(view: View, id: CounterId, counter: Counter, temper: Temper) -> Iterator[Proposal]:
    """Half of a wing away from a crowded airfield that launchers threaten, to the emptiest one with a battery."""
    board = view.board
    threat = sorted(k for k, c in view.contacts.items() if c.what == "missile" and c.at in _near(view, counter.at))
    crowd = sum(c.steps for c in at(view, counter.at, "air").values())
    half = counter.steps // 2
    if not threat or crowd < CROWDED or not half:
        return
    free = {p: n for p, n in berths(view, counter).items() if n >= half and at(view, p, "battery")}
    if free:
        to = max(free, key=lambda p: (room(view, p), -board.theatre.km(counter.at, p), p))
        if sum(c.steps for c in at(view, to, "air").values()) + half < crowd:
            why = say("movement.why_spread", unit=id, place=counter.at, contact=threat[0])
            value = 10 + crowd + (100 - temper.risk) // 10
            yield Proposal(Deploy(view.seat, id, to, half), value, why, f"spread.{counter.at}")


def _near(view: View, place: PlaceId) -> tuple[PlaceId, ...]:
    return view.board.theatre.within(place, THREAT_KM)


def leaking(view: View) -> dict[PlaceId, int]:
    """Own places where missiles came through so far, and how many: what the seat itself has counted."""
    prefix = f"{view.seat}.leaked."
    return {key.removeprefix(prefix): row.n for key, row in view.tallies.items() if key.startswith(prefix)}


def _reinforce(view: View, id: CounterId, counter: Counter, sore: dict[PlaceId, int]) -> Iterator[Proposal]:
    """Half of a battery from a place that holds to the place that leaks most, within a pulse's reach."""
    half = counter.steps // 2
    worst = max(sore, key=lambda p: (sore[p], p))
    here = sore.get(counter.at, 0)
    if half and 2 * here < sore[worst] and berths(view, counter).get(worst, 0) >= half:
        why = say("movement.why_reinforce", unit=id, place=worst, leaked=sore[worst])
        value = 20 + min(40, sore[worst] - here)
        yield Proposal(Deploy(view.seat, id, worst, half), value, why, f"reinforce.{worst}")
