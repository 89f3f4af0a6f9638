"""What a computer player's staff would order here, and why in one line. It reads a View like any person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs

from game.core.ids import PlaceId, Seat
from game.core.kept import kept
from game.core.model import Counter
from game.core.odds import PPM
from game.core.orders import Order, Plan, Template
from game.core.rulebook import Proposal, Question, Temper
from game.core.setting import Board, Formation, Line
from game.core.supply import BRIDGEHEAD_WEIGHT, bridgeheads
from game.core.view import View
from game.core.words import say
from rules.missile_defense.estimate import Estimate, feared, known_level, planned
from rules.missile_defense.launch import in_reach, raid_templates, rung_of_target
from rules.missile_defense.salvo import salvo_templates, shooters
from rules.missile_defense.salvo_staff import staff_estimate
from rules.missile_defense.station import LOOK_LEVEL, friendly, places_served, station_templates
from rules.missile_defense.tables import (
    AIMS,
    POSTURES,
    RANKINGS,
    SERVES_ALL,
    STANDING,
    Alert,
    Defend,
    Raid,
    Rank,
    Salvo,
)


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    raids: list[tuple[Raid, int, int]] = []
    for t in raid_templates(view):
        found = _raid(view, t, temper, raids)
        if found is not None:
            raids.append(found)
    yield from _staggered(view, raids, temper)
    for template in station_templates(view):
        if template.order is Defend:
            yield from _stations(view, template, temper)
        else:
            yield from _ranking(view, template)
    yield from _salvos(view, temper)


def based(board: Board, place: PlaceId) -> int:
    """Squadrons at a place by the public order of battle."""
    return sum(f.steps for f in board.formations.values() if f.base == place and f.domain == "air")


def enough(board: Board, place: PlaceId, aim: str) -> int:
    """Leakers, in thousandths, beyond which more of them hurt nothing there: all wings gone, or the place closed."""
    leakers, ppm = AIMS[aim]
    trials = based(board, place) if aim == "aircraft" else MOST_DAMAGE
    return 1000 * trials * leakers * PPM // ppm


@kept(2048)
def prize(view: View, place: PlaceId) -> tuple[int, str]:
    """What a rival place is worth, from public facts, and what to aim at there. The ends of a bridge between allies
    that was seen in use weigh more (facts C8), places that one's own aims do not name less."""
    worth, aim = _prize(view.board, place)
    if place in bridgeheads(view.board, view.parts):
        worth = worth * BRIDGEHEAD_WEIGHT // 100
    aims = wanted(view.lines)
    return (worth * BESIDE // 100 if aims and place not in aims else worth), aim


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


def _raid(
    view: View, template: Template, temper: Temper, others: list[tuple[Raid, int, int]]
) -> tuple[Raid, int, int] | None:
    """The best raid of one launcher with its value and its leakers in thousandths: hits expected by the staff's own
    odds, as far as what was fired there and what `others` fire leaves something to hurt, times the prize, within the
    rungs that this temper climbs to. No more is fired than that takes."""
    launcher = view.mine[template.subject]
    allowed = 5 + (temper.aggression > 30) + (temper.aggression > 80)
    counts = [int(n) for n in template.domain("missiles")]
    most = _volley(view, launcher, counts, temper)
    aims = wanted(view.lines)
    best: tuple[Raid, int, int] | None = None
    rank = (-1, 0)  # of equal ones the first of the domain is the best
    # The richest first, so that most others need no odds.
    found = [(*prize(view, str(place)), -n, str(place)) for n, place in enumerate(template.domain("target"))]
    for worth, aim, n, place in sorted(found, key=lambda row: (-row[0], -row[2])):
        if rung_of_target(view, place) > allowed:
            continue
        if (worth + most + temper.aggression // 5, n) <= rank:
            continue  # not even if every missile came through
        volley, leak = most, _leakers(view, template, place, most, aim)
        gone = sum(through for order, _, through in others if order.target == place)
        left = room(view, place, aim, leak // volley) - gone
        if 0 < left < leak:
            volley = min((fired for fired in counts if fired * leak >= left * most), default=most)
            leak = _leakers(view, template, place, volley, aim) if volley < most else leak
        order = template.fill(target=place, missiles=volley, aim=aim)
        assert isinstance(order, Raid)
        hurts = max(0, min(leak, left))
        counted = hurts * (BESIDE if aims and place not in aims else 100) // 100_000
        value = hurts * worth // (1000 * max(1, volley)) + counted + temper.aggression // 5
        if (value, n) > rank:
            best, rank = (order, value, leak), (value, n)
    return best


def _leakers(view: View, template: Template, place: PlaceId, missiles: int, aim: str) -> int:
    """Leakers in thousandths that the staff expects of a volley."""
    order = template.fill(target=place, missiles=missiles, aim=aim)
    estimate = planned(view, order) if isinstance(order, Raid) else None
    return estimate.leakers_millis if estimate is not None else 0


def _staggered(view: View, raids: list[tuple[Raid, int, int]], temper: Temper) -> Iterator[Proposal]:
    """Raids on the best target go first and together, to swamp it; a patient staff keeps the others for the last
    pulse, when rounds and nerves are spent."""
    if not raids:
        return
    first = max(raids, key=lambda r: (r[1], r[0].target))[0].target
    for order, value, leak in raids:
        late = order.target != first and temper.patience >= 30
        timed = attrs.evolve(order, pulse=view.kind.pulses) if late else order
        yield Proposal(timed, value, say("missile_defense.why_raid", place=order.target, leak=leak // 1000))


def _volley(view: View, launcher: Counter, counts: list[int], temper: Temper) -> int:
    """A bold staff fires what it can; a patient one keeps missiles for the pulses to come."""
    kept = temper.patience * launcher.missiles // 200
    affordable = [n for n in counts if n <= launcher.missiles - kept]
    return max(affordable, default=min(counts))


#: What a step sunk is worth by its kind, in percent of a warship's (D).
PREY = {"ship": 100, "support": 60, "grey": 10}
#: Percent of its worth that a place counts for which one's own aims do not name (D).
BESIDE = 35
#: Levels of damage that close a place (facts C3).
MOST_DAMAGE = 5
#: What a missile that comes through is worth against a round spent, when a staff picks a firing doctrine (D).
LEAKER, ROUND = 6, 1
#: A staff plans against a volley of at most two salvos of twelve (D; facts C1.7 R1).
FEARED_MOST = 24


def _stations(view: View, template: Template, temper: Temper) -> Iterator[Proposal]:
    """The firing doctrine that costs least against the worst raid that rivals could send, by the exact odds: leakers
    weigh more than rounds, and weigh less for a patient staff that saves for later."""
    now = view.part(POSTURES).get(template.subject)
    counter = view.mine[template.subject]
    upper = view.board.munitions[view.board.formation(counter).system].layer == "upper"
    looks = upper and best_level(view) >= LOOK_LEVEL
    choice = ("shoot_look_shoot" if looks else "shoot_shoot", "single")
    fear = worst_raid(view, counter) if now is None or now.doctrine not in choice else None
    if fear is None:
        return  # nothing to fear, or a doctrine in force that fits the level
    place, counts = fear
    leaker = LEAKER * (150 - temper.patience) // 100
    best: tuple[int, str, Estimate] | None = None
    for doctrine in choice:
        order = template.fill(protect=SERVES_ALL, doctrine=doctrine, reserve=0)
        found = feared(view, Plan(view.seat, (order,)), place, counts)
        cost = leaker * found.leakers_millis + ROUND * found.spent_millis
        if best is None or cost < best[0]:
            best = (cost, doctrine, found)
    assert best is not None
    why = say(
        "missile_defense.why_station",
        doctrine=best[1],
        place=place,
        leak=best[2].leakers_millis // 1000,
        rounds=best[2].spent_millis // 1000,
    )
    order = template.fill(protect=SERVES_ALL, doctrine=best[1], reserve=0)
    yield Proposal(order, 20 + counter.rounds // 4, why)


def worst_raid(view: View, counter: Counter) -> tuple[PlaceId, Mapping[str, int]] | None:
    """The largest volley of one class that a rival's launchers, where the order of battle bases them, could send at a
    place of one's own side that `counter` covers and can do something about: place, and missiles by class."""
    return _worst(view.board, view.seat, view.board.formation(counter).system, places_served(view, counter))


@lru_cache(maxsize=1024)
def _worst(
    board: Board, seat: Seat, system: str, served: tuple[PlaceId, ...]
) -> tuple[PlaceId, Mapping[str, int]] | None:
    listed = board.design("missile_defense", "targets", ())
    own = board.munitions[system]
    worst: tuple[int, PlaceId, str] | None = None
    for place in served:
        if listed and place not in listed:
            continue
        for formation in rival_launchers(board, seat):
            munition = board.munitions[formation.missile]
            kind = max(munition.shares, key=lambda c: (munition.shares[c], c))
            if own.kill.get(kind, 0) and in_reach(board, munition, formation.base, place):
                flying = formation.figure("salvo") * munition.figure("reliability", PPM) // PPM
                flying = min(FEARED_MOST, flying * munition.shares[kind] // PPM)
                if worst is None or flying > worst[0]:
                    worst = (flying, place, kind)
    return None if worst is None else (worst[1], {worst[2]: worst[0]})


@lru_cache(maxsize=64)
def rival_launchers(board: Board, seat: Seat) -> tuple[Formation, ...]:
    """Launchers of nations on another side, from the public order of battle, as far as this map holds their bases."""
    return tuple(
        f
        for f in board.formations.values()
        if f.figure("salvo")
        and f.missile in board.munitions
        and f.base in board.theatre.sites
        and f.owner in board.seats
        and board.hostile(seat, f.owner)
    )


def _ranking(view: View, template: Template) -> Iterator[Proposal]:
    """What holds most of one's own and allied steps comes first."""
    held: dict[PlaceId, int] = {}
    listed = view.board.design("missile_defense", "targets", ())
    for counter in view.counters.values():
        if (
            view.board.formation(counter).domain == "air"
            and counter.at in template.domain("first")
            and (not listed or counter.at in listed)
        ):
            held[counter.at] = held.get(counter.at, 0) + max(0, counter.steps)
    order = sorted(held, key=lambda p: (-held[p], p))[:3]
    if not order:
        return
    picks = {name: (order[n] if n < len(order) else "") for n, name in enumerate(("first", "second", "third"))}
    rank = template.fill(**picks)
    now = view.part(RANKINGS).get(view.seat)
    if isinstance(rank, Rank) and (now is None or (now.first, now.second, now.third) != tuple(picks.values())):
        yield Proposal(rank, 25, say("missile_defense.why_rank", place=order[0]))


def _salvos(view: View, temper: Temper) -> Iterator[Proposal]:
    """Shoot first when Hughes says that it pays, or when the staff is bold (facts C2: "attack effectively first"):
    each shooter where most goes down for its missiles if all who can join in, since only a massed salvo saturates."""
    templates = list(salvo_templates(view))
    if not templates:
        return
    massed: dict[str, int] = {}
    for t in templates:
        for key in t.domain("contact"):
            massed[str(key)] = massed.get(str(key), 0) + int(max(t.domain("missiles")))
    arms = {id: arm for id, _, arm in shooters(view)}
    for t in templates:
        most = int(max(t.domain("missiles")))
        losses = {
            key: staff_estimate(view.board, arms[t.subject], massed[key], view.contacts[key]) * most // massed[key]
            for key in (str(k) for k in t.domain("contact"))
        }
        best = max(losses, key=lambda k: losses[k] * PREY[view.contacts[k].what])
        hurts = losses[best] * PREY[view.contacts[best].what] // 100
        value = temper.aggression // 4 + min(60, hurts // 40)
        order = t.fill(contact=best)
        assert isinstance(order, Salvo)
        why = say("missile_defense.why_salvo", contact=best.rpartition(".")[2], loss=losses[best])
        yield Proposal(order, value, why)


def reply(view: View, question: Question, temper: Temper) -> Order | None:
    """Flush where the tracks name a place with wings on it; ask an ally whose shooters may reach; else stand."""
    template = question.template
    if template.order is not Alert:
        return None
    tracks = [c for c in view.part("missile_defense.warnings").values() if c.owner == view.seat]
    aimed = sorted({c.target for c in tracks if c.target})
    parked = any(c.at in aimed and view.board.formation(c).domain == "air" for c in view.mine.values())
    first = next((p for p in aimed if p in template.domain("first")), "")
    asks = template.domain("ask")
    return template.fill(
        flush=parked or (not aimed and temper.risk < 40),
        doctrine=STANDING,
        first=first,
        ask=asks[-1] if aimed else "",
    )


def best_level(view: View) -> int:
    """The best level at which this seat's batteries may fight: at home, or at the places of its hosts."""
    return max(known_level(view, owner) for owner in {view.seat, *view.board.access.get(view.seat, ())})


def doubts_of_plan(view: View, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """(rule, message id, order id) of what is legal but makes little sense."""
    lvl = best_level(view)
    for order in plan.orders:
        if isinstance(order, Defend) and order.doctrine == "shoot_look_shoot" and lvl < LOOK_LEVEL:
            yield "MD7", "doubt_no_look", order.id
        abroad = isinstance(order, Defend) and order.protect != SERVES_ALL and not _own(view, order.protect)
        if abroad and lvl < LOOK_LEVEL:
            yield "MD4", "doubt_no_fire_control", order.id
        if isinstance(order, Raid) and order.aim == "aircraft" and prize(view, order.target)[1] != "aircraft":
            yield "MD11", "doubt_no_aircraft", order.id


def _own(view: View, place: PlaceId) -> bool:
    return friendly(view, place) and view.places[place].owner == view.seat
