"""Batteries brought to where missiles come through, as a staff weighs it (M3, M15)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.ids import CounterId, PlaceId
from game.core.model import Counter
from game.core.rulebook import Proposal
from game.core.view import View
from game.core.words import say
from rules.movement.deploy import Deploy
from rules.movement.lift import Lift, capacity, carriers, places
from rules.movement.ways import berths, ways_out

#: Missiles through that make a place worth a battery more, and that a level of damage stands for where a host has not
#: told how many they were: a salvo (D; facts C1.7 R1, C1.8).
SALVO = 12


def leaked(view: View) -> dict[PlaceId, int]:
    """Places where missiles came through so far, and how many: at own places what the seat itself has counted, at its
    hosts' what the damage there says."""
    prefix = f"{view.seat}.leaked."
    found = {key.removeprefix(prefix): row.n for key, row in view.tallies.items() if key.startswith(prefix)}
    hosts = set(view.board.access.get(view.seat, ())) - {view.seat}
    for place, row in view.places.items():
        level = max(row.runway, row.port)
        if row.owner in hosts and level > 0:
            found[place] = SALVO * level
    return found


def leaking(view: View, found: dict[PlaceId, int]) -> dict[PlaceId, int]:
    """Of these places, those where a salvo came through, or more, and more would hurt by one's own lines."""
    return {p: n for p, n in found.items() if n >= SALVO and _hurts(view, p)}


def _hurts(view: View, place: PlaceId) -> bool:
    """Whether more missiles through at a place count. Where a line bounds what a place counts, rivals fire at each
    one once and go on: no battery runs after them. Whose lines count a stock needs its ports."""
    lines = [line for line in view.lines if line.measure == "leaked" and line.per < 0]
    site = view.board.theatre.sites.get(place)
    if site is None:
        return False
    supplied = site.port > 0 and any(line.measure == "stock" for line in view.lines)
    return not lines or supplied or any(not line.each for line in lines if place in line.subjects)


def reinforce(
    view: View, id: CounterId, counter: Counter, sore: dict[PlaceId, int], hit: dict[PlaceId, int]
) -> Iterator[Proposal]:
    """Half of a battery from a place that holds to the place that leaks most, within a pulse's reach."""
    half = counter.steps // 2
    worst = max(sore, key=lambda p: (sore[p], p))
    here = hit.get(counter.at, 0)
    if half and 3 * here < sore[worst] and berths(view, id, counter).get(worst, 0) >= half:
        why = say("movement.why_reinforce", unit=id, place=worst, leaked=sore[worst])
        value = 20 + min(40, sore[worst] - here)
        yield Proposal(Deploy(view.seat, id, worst, half), value, why, f"reinforce.{worst}")


def bring(
    view: View, id: CounterId, counter: Counter, sore: dict[PlaceId, int], hit: dict[PlaceId, int]
) -> Iterator[Proposal]:
    """Half of a battery by ship or air to the place that leaks most, where no road goes in a pulse."""
    worst = max(sore, key=lambda p: (sore[p], p))
    half = counter.steps // 2
    if not half or 3 * hit.get(counter.at, 0) >= sore[worst] or worst in ways_out(view, id, counter):
        return
    for by in carriers(view, id):
        steps = min(half, capacity(view.board, view.mine[by]))
        if steps and worst in places(view, by, id):
            why = say("movement.why_lift", unit=id, other=by, place=worst, leaked=sore[worst])
            value = 18 + min(40, sore[worst])
            yield Proposal(Lift(view.seat, id, by, worst, steps), value, why, f"reinforce.{worst}")
            return
