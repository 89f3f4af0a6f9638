"""What a computer player's staff would order here, and why in one line. It reads a View like any person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from game.core.ids import PlaceId, Seat
from game.core.model import Counter
from game.core.odds import PPM
from game.core.orders import Order, Plan, Template
from game.core.reach import raided
from game.core.rulebook import Proposal, Question, Temper
from game.core.setting import Board, Formation
from game.core.view import View
from game.core.words import say
from rules.missile_defense.estimate import Estimate, feared, known_level
from rules.missile_defense.launch import in_reach
from rules.missile_defense.raids import prize, propose_raids
from rules.missile_defense.salvo import salvo_templates, shooters
from rules.missile_defense.salvo_staff import staff_estimate
from rules.missile_defense.station import LOOK_LEVEL, friendly, places_served, station_templates
from rules.missile_defense.tables import (
    POSTURES,
    RANKINGS,
    SERVES_ALL,
    STANDING,
    Alert,
    Defend,
    Posture,
    Raid,
    Rank,
    Salvo,
)

#: What a missile that comes through is worth against a round spent, when a staff picks a firing doctrine (D).
LEAKER, ROUND = 6, 1
#: Steps that a salvo should cost them at least before a staff spends it (D).
LEAST_LOSS = 1
#: What a step sunk is worth by its kind, in percent of a warship's (D).
PREY = {"ship": 100, "support": 60, "grey": 10}
#: A staff plans against a volley of at most two salvos of twelve (D; facts C1.7 R1).
FEARED_MOST = 24


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    yield from propose_raids(view, temper)
    for template in station_templates(view):
        if template.order is Defend:
            yield from _stations(view, template, temper)
        else:
            yield from _ranking(view, template)
    yield from _salvos(view, temper)


def _stations(view: View, template: Template, temper: Temper) -> Iterator[Proposal]:
    """The firing doctrine that costs least against the worst raid that rivals could send, by the exact odds: leakers
    weigh more than rounds, and weigh less for a patient staff that saves for later."""
    counter = view.mine[template.subject]
    told = view.part(POSTURES).get(template.subject)
    now = told or Posture(view.seat)
    upper = view.board.munitions[view.board.formation(counter).system].layer == "upper"
    looks = upper and best_level(view) >= LOOK_LEVEL
    choice = ("shoot_look_shoot" if looks else "shoot_shoot", "single")
    fear = worst_raid(view, counter) if told is None or told.doctrine not in choice else None
    if fear is None:
        return  # nothing to fear, or told before, and what it was told fits the level
    place, counts = fear
    leaker = LEAKER * (150 - temper.patience) // 100
    found: dict[str, tuple[int, Estimate]] = {}
    for doctrine in dict.fromkeys((now.doctrine, *choice)):
        order = template.fill(protect=SERVES_ALL, doctrine=doctrine, reserve=0)
        odds = feared(view, Plan(view.seat, (order,)), place, counts)
        found[doctrine] = (leaker * odds.leakers_millis + ROUND * odds.spent_millis, odds)
    best = min(found, key=lambda d: (found[d][0], d != now.doctrine))
    if best == now.doctrine:
        return  # what stands is the best there is
    gain = (found[now.doctrine][0] - found[best][0]) // 1000  # in rounds
    why = say(
        "missile_defense.why_station",
        doctrine=best,
        place=place,
        leak=found[best][1].leakers_millis // 1000,
        rounds=found[best][1].spent_millis // 1000,
    )
    yield Proposal(template.fill(protect=SERVES_ALL, doctrine=best, reserve=0), 20 + min(20, gain), why)


def worst_raid(view: View, counter: Counter) -> tuple[PlaceId, Mapping[str, int]] | None:
    """The largest volley of one class that a rival's launchers, where the order of battle bases them, could send at a
    place of one's own side that `counter` covers and can do something about: place, and missiles by class."""
    return _worst(view.board, view.seat, view.board.formation(counter).system, places_served(view, counter))


@lru_cache(maxsize=1024)
def _worst(
    board: Board, seat: Seat, system: str, served: tuple[PlaceId, ...]
) -> tuple[PlaceId, Mapping[str, int]] | None:
    own = board.munitions[system]
    worst: tuple[int, PlaceId, str] | None = None
    for place in served:
        if place not in raided(board):
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
    for counter in view.counters.values():
        if (
            view.board.formation(counter).domain == "air"
            and counter.at in template.domain("first")
            and counter.at in raided(view.board)
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
        if losses[best] * massed[best] < LEAST_LOSS * 1000 * most:
            continue  # shot down to the last, or nothing to speak of
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
