"""Raids as a staff weighs them: where to, with how many missiles, and whether it is worth firing (MD1, MD11)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs

from game.core.aims import stored, weight
from game.core.ids import PlaceId
from game.core.kept import kept
from game.core.model import Counter
from game.core.odds import PPM
from game.core.orders import Template
from game.core.reach import CLOSED
from game.core.rulebook import Proposal, Temper
from game.core.setting import Board, Line
from game.core.supply import BRIDGEHEAD_WEIGHT, bridgeheads
from game.core.view import View
from game.core.words import say
from rules.missile_defense.estimate import planned
from rules.missile_defense.launch import raid_templates, rung_of_target
from rules.missile_defense.tables import AIMS, Raid

#: Percent of its worth that a place counts for which one's own aims do not name (D).
BESIDE = 35
#: Hundredths of a point of supply that a missile through at a port keeps from a rival's stock in the end (D).
STARVED = 24


def propose_raids(view: View, temper: Temper) -> Iterator[Proposal]:
    raids: list[Strike] = []
    for t in raid_templates(view):
        found = _raid(view, t, temper, raids)
        if found is not None and worth_firing(view, found, raids):
            raids.append(found)
    yield from _staggered(view, raids, temper)


@attrs.frozen(slots=True)
class Strike:
    """A raid as a staff weighs it: `leak` missiles come through and `hurt` of them still hurt, in thousandths."""

    order: Raid
    value: int
    leak: int
    hurt: int


def based(board: Board, place: PlaceId) -> int:
    """Squadrons at a place by the public order of battle."""
    return sum(f.steps for f in board.formations.values() if f.base == place and f.domain == "air")


def enough(board: Board, place: PlaceId, aim: str) -> int:
    """Leakers, in thousandths, beyond which more of them hurt nothing there: all wings gone, or the place closed."""
    leakers, ppm = AIMS[aim]
    trials = based(board, place) if aim == "aircraft" else CLOSED
    return 1000 * trials * leakers * PPM // ppm


@kept(2048)
def prize(view: View, place: PlaceId) -> tuple[int, str]:
    """What a rival place is worth, from public facts, and what to aim at there. The ends of a bridge between allies
    that was seen in use weigh more (facts C8), places that one's own aims do not name less."""
    worth, aim = _prize(view.board, place)
    if place in bridgeheads(view.board, view.parts):
        worth = worth * BRIDGEHEAD_WEIGHT // 100
    aims = wanted(view.lines)
    return (worth * BESIDE // 100 if view.lines and place not in aims else worth), aim


def room(view: View, place: PlaceId, aim: str, rate: int) -> int:
    """Leakers at a place, in thousandths, that still hurt. Where one's own lines bound what a place counts, their
    bound; elsewhere what closes it. A staff knows what it fired there before and takes `rate` thousandths of each
    missile to have come through; only at a place that counts without bound does it begin anew each turn."""
    aims = [line for line in view.lines if line.measure == "leaked" and line.per > 0]
    each = [line.each for line in aims if place in line.subjects]
    if each and not all(each):
        return enough(view.board, place, aim)
    before = view.tallies.get(f"{view.seat}.aimed.{place}")
    most = 1000 * max(each) if each else enough(view.board, place, aim)
    return max(0, most - rate * (before.n if before is not None else 0))


@lru_cache(maxsize=64)
def wanted(lines: tuple[Line, ...]) -> frozenset[PlaceId]:
    """Places where a seat's lines of score want missiles to come through."""
    return frozenset(place for line in lines if line.measure == "leaked" and line.per > 0 for place in line.subjects)


def _prize(board: Board, place: PlaceId) -> tuple[int, str]:
    site, wings = board.theatre.sites[place], based(board, place)
    if wings:
        return 40 + 8 * wings + site.air, "aircraft"
    if site.kind == "radar":
        return 30, "radar"
    if site.port >= site.air:
        return 30 + 3 * site.port, "port"
    return 20 + 2 * site.air, "runway"


def _raid(view: View, template: Template, temper: Temper, others: list[Strike]) -> Strike | None:
    """The best raid of one launcher: hits expected by the staff's own odds, as far as what was fired there and what
    `others` fire leaves something to hurt, times the prize, within the rungs that this temper climbs to. No more is
    fired than that takes."""
    launcher = view.mine[template.subject]
    allowed = 5 + (temper.aggression > 30) + (temper.aggression > 80)
    counts = [int(n) for n in template.domain("missiles")]
    most = _volley(view, launcher, counts, temper)
    aims = wanted(view.lines)
    best: Strike | None = None
    rank = (-1, 0)  # of equal ones the first of the domain is the best
    # The richest first, so that most others need no odds.
    found = [(*prize(view, str(place)), -n, str(place)) for n, place in enumerate(template.domain("target"))]
    for worth, aim, n, place in sorted(found, key=lambda row: (-row[0], -row[2])):
        if rung_of_target(view, place) > allowed:
            continue
        if (worth + most + temper.aggression // 5, n) <= rank:
            continue  # not even if every missile came through
        volley, leak = most, _leakers(view, template, place, most, aim)
        left = room(view, place, aim, leak // volley) - sum(r.leak for r in others if r.order.target == place)
        if 0 < left < leak:
            volley = min((fired for fired in counts if fired * leak >= left * most), default=most)
            leak = _leakers(view, template, place, volley, aim) if volley < most else leak
        order = template.fill(target=place, missiles=volley, aim=aim)
        assert isinstance(order, Raid)
        hurts = max(0, min(leak, left))
        counted = hurts * (BESIDE if view.lines and place not in aims else 100) // 100_000
        value = hurts * worth // (1000 * max(1, volley)) + counted + temper.aggression // 5
        if (value, n) > rank:
            best, rank = Strike(order, value, leak, hurts), (value, n)
    return best


def worth_firing(view: View, raid: Strike, others: list[Strike]) -> bool:
    """Whether what a raid hurts counts for more, by one's own lines, than the missiles that it takes: a force that is
    to be feared is not fired to the last, and nobody fires at what is closed. Where no line counts missiles that are
    kept, they are there to be fired."""
    order = raid.order
    formation = view.board.formation(view.mine[order.subject])
    gain = weight(view.lines, "tally", f"fired.{formation.missile}") * order.missiles
    if not raid.hurt and not gain:
        return False
    cost = stored(view, "missiles", formation, order.missiles, sum(r.order.missiles for r in others))
    each = max(0, weight(view.lines, "leaked", order.target))
    if order.aim == "port":
        each += sum(-1000 * STARVED * line.per // line.unit for line in view.lines if line.measure == "stock")
    return not cost or gain + each * raid.hurt // 1000 > cost


def _leakers(view: View, template: Template, place: PlaceId, missiles: int, aim: str) -> int:
    """Leakers in thousandths that the staff expects of a volley."""
    order = template.fill(target=place, missiles=missiles, aim=aim)
    estimate = planned(view, order) if isinstance(order, Raid) else None
    return estimate.leakers_millis if estimate is not None else 0


def _staggered(view: View, raids: list[Strike], temper: Temper) -> Iterator[Proposal]:
    """Raids on the best target go first and together, to swamp it; a patient staff keeps the others for the last
    pulse, when rounds and nerves are spent."""
    if not raids:
        return
    first = max(raids, key=lambda r: (r.value, r.order.target)).order.target
    for raid in raids:
        order, value, leak = raid.order, raid.value, raid.leak
        late = order.target != first and temper.patience >= 30
        timed = attrs.evolve(order, pulse=view.kind.pulses) if late else order
        yield Proposal(timed, value, say("missile_defense.why_raid", place=order.target, leak=leak // 1000))


def _volley(view: View, launcher: Counter, counts: list[int], temper: Temper) -> int:
    """A bold staff fires what it can; a patient one keeps missiles for the pulses to come."""
    kept = temper.patience * launcher.missiles // 200
    affordable = [n for n in counts if n <= launcher.missiles - kept]
    return max(affordable, default=min(counts))
