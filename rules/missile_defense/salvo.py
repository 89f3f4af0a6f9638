"""Salvos at ships, from ships, coasts and the air: Armstrong's exact loss distribution drawn, Hughes for the staff
estimate (MD13, MD15; facts C2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.core.events import Add, Effect, Event, Input, Put, Roll
from game.core.ids import CounterId, PlaceId
from game.core.luck import Luck
from game.core.model import Counter, Place, State
from game.core.odds import PPM, Odds, binomial, certain, convolve
from game.core.orders import Book, Plan, Refusal, Template
from game.core.reach import cargo, grounded, radius
from game.core.salvo import steps_lost
from game.core.setting import Board
from game.core.share import share
from game.core.supply import condition, refitting
from game.core.view import View
from game.core.words import say
from rules.missile_defense.damage import Losses
from rules.missile_defense.launch import counts_to, flown, most_missiles, pulses_left, refuse, tally
from rules.missile_defense.tables import SALVO_RANGE_KM, Salvo

#: A contact must be at least classified to be shot at.
QUALITY = 2
#: Chances where the order of battle gives none (D; within the published ranges of facts C2).
HIT = 700_000
HALF = 500_000
#: Domains that fire anti-ship missiles of their own.
ARMED = ("ship", "missile", "air")
#: Outcomes of a draw that an event's table prints.
SHOWN = 12
#: Kinds of missile that come at ships.
KINDS = ("ASBM", "CM")


#: What shows above the water, by domain.
AFLOAT = ("ship", "support", "grey")
Parts = Mapping[str, Mapping[str, Any]]


@attrs.frozen(slots=True)
class Weapon:
    """What one counter may fire at ships: how many at most in a pulse, how far, the chance in ppm that a missile not
    shot down hits, and its class: CM for anti-ship cruise missiles, ASBM for ballistic ones (facts C1.3)."""

    most: int
    reach: int
    hit: int
    kind: str


def weapon(
    board: Board, parts: Parts, places: Mapping[PlaceId, Place], id: CounterId, counter: Counter
) -> Weapon | None:
    """The anti-ship weapon of a counter: a group's, battery's or wing's own missiles, or those of an anti-ship
    ballistic brigade. A wing launches within its radius of action, and not from a closed runway (MD15)."""
    arm = _arms(board).get(counter.formation)
    if arm is None or arm.kind == "ASBM":
        return arm and attrs.evolve(arm, most=most_missiles(board, counter))
    most = min(counter.missiles, arm.most * counter.steps * condition(board, counter).attack // 100)  # LG10
    if board.formation(counter).domain != "air":
        return attrs.evolve(arm, most=most)
    most = 0 if grounded(board, places, counter) else most
    return attrs.evolve(arm, most=most, reach=radius(board, parts, id, counter))


@lru_cache(maxsize=16)
def _arms(board: Board) -> dict[str, Weapon]:
    """The weapon of every formation that has one; `most` is what one step of a group may fire."""
    out = {}
    for id, formation in board.formations.items():
        munition, hit = board.munitions.get(formation.missile), formation.figure("antiship_hit", HIT)
        own = formation.figure("antiship") or formation.figure("lrasm")
        if munition is not None and munition.shares.get("ASBM"):
            hit = munition.figure("reliability", PPM) * hit // PPM
            out[id] = Weapon(0, munition.figure("range"), hit, "ASBM")
        elif own and (formation.domain == "air" or munition is None) and formation.domain in ARMED:
            out[id] = Weapon(own, formation.figure("range", SALVO_RANGE_KM), hit, "CM")
    return out


def shooters(view: View) -> Iterator[tuple[str, Counter, Weapon]]:
    for id, counter in view.mine.items():
        found = weapon(view.board, view.parts, view.places, id, counter)
        if found is not None and id not in cargo(view.parts):
            yield id, counter, found


def shootable(view: View, counter: Counter, arm: Weapon) -> tuple[str, ...]:
    """Contacts held on surface ships, good enough and near enough to shoot at, best first."""
    found = [
        (-c.quality, -c.hour, key)
        for key, c in view.contacts.items()
        if c.what in AFLOAT and c.quality >= QUALITY and view.board.theatre.km(counter.at, c.at) <= arm.reach
    ]
    return tuple(key for _, _, key in sorted(found))


def salvo_templates(view: View) -> Iterator[Template]:
    pulses = pulses_left(view)
    for id, counter, arm in shooters(view):
        counts = counts_to(arm.most) if pulses else ()
        contacts = shootable(view, counter, arm) if counts else ()
        if contacts:
            yield Template(Salvo, view.seat, id, (("contact", contacts), ("missiles", counts), ("pulse", pulses)))


def salvo_fault(view: View, plan: Plan, order: Salvo) -> Refusal | None:
    counter = view.mine.get(order.subject)
    arm = weapon(view.board, view.parts, view.places, order.subject, counter) if counter is not None else None
    if counter is None or arm is None:
        return refuse("MD13", "no_shooter", order.id, unit=order.subject)
    if view.board.formation(counter).domain == "air":
        if grounded(view.board, view.places, counter):
            return refuse("MD15", "grounded", order.id, unit=order.subject, place=counter.at)
        if flown(view, plan, order):
            return refuse("MD15", "one_flight", order.id, unit=order.subject, pulse=order.pulse)
    if order.missiles not in counts_to(arm.most):
        return refuse("MD13", "too_many", order.id, unit=order.subject, missiles=order.missiles, most=arm.most)
    if order.pulse not in pulses_left(view):
        return refuse("MD13", "no_pulse", order.id, pulse=order.pulse, pulses=view.kind.pulses)
    if order.contact not in shootable(view, counter, arm):
        return refuse("MD13", "no_contact", order.id, contact=order.contact, km=arm.reach, quality=QUALITY)
    return None


@attrs.frozen(slots=True)
class Fire:
    """One order as it leaves the tubes: who fires how many of what at which counter ("" for an empty sea)."""

    order: Salvo
    arm: Weapon
    fired: int
    target: str


def exchange(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD13: everything fired at one group arrives together, so its intercepts are shared once over all of it."""
    fires = [fire for order in book.of(Salvo) if (fire := _fire(before, order)) is not None]
    if not fires:
        return
    losses = Losses(before)
    for fire in fires:
        # What was fired can't go down with the ship that fired it.
        losses.missiles[fire.order.subject] -= fire.fired
        yield _fired(before, fire)
    for target in sorted({f.target for f in fires if f.target}):
        at_it = [f for f in fires if f.target == target and f.fired]
        if at_it:
            yield _struck(before, target, at_it, losses, luck)


def _fire(before: State, order: Salvo) -> Fire | None:
    board = before.setting.board
    counter = before.counters.get(order.subject)
    arm = weapon(board, before.parts, before.places, order.subject, counter) if counter is not None else None
    busy = refitting(before.parts).keys() | cargo(before.parts).keys()
    if order.pulse != before.pulse or counter is None or arm is None or order.subject in busy:
        return None
    contact = before.contacts.get(order.contact)
    target = before.counters.get(contact.subject) if contact is not None else None
    near = target is not None and board.theatre.km(counter.at, target.at) <= arm.reach
    return Fire(order, arm, min(order.missiles, arm.most), contact.subject if contact is not None and near else "")


def _fired(before: State, fire: Fire) -> Event:
    """The missiles leave. A stale contact costs them and hits nothing."""
    order = fire.order
    what = "salvo_fired" if fire.target else "empty_sea"
    values = {"contact": order.contact} if fire.target else {}
    effects: tuple[Effect, ...] = ()
    if fire.fired:
        effects = (
            Add("counters", order.subject, "missiles", -fire.fired),
            *tally(before, f"{order.seat}.fired.antiship", order.seat, fire.fired),
        )
    text = say(f"missile_defense.{what}", unit=order.subject, missiles=fire.fired, **values)
    return Event("MD13", order.seat, order.subject, text, effects=effects, all_to=(order.seat,), order=order.id)


def salvo_odds(board: Board, target: Counter, fires: list[Fire]) -> tuple[Odds[int], tuple[Input, ...]]:
    """Exact odds of the hits on a group, worst first, and what they were made of."""
    stops = board.figure(target, "intercepts") * target.steps * condition(board, target).defense // 100  # LG10
    kills = {kind: stop_chance(board, target, kind) for kind in KINDS}
    return hit_odds(stops, kills, [(f.fired, f.arm) for f in fires])


def hit_odds(
    stops: int, kills: Mapping[str, int], volleys: list[tuple[int, Weapon]]
) -> tuple[Odds[int], tuple[Input, ...]]:
    """Hits of volleys that arrive together at a group with `stops` intercepts. They are split over cruise and
    ballistic missiles by their number: each kind is stopped with a chance of its own (facts C1.3, C2)."""
    coming = {kind: sum(n for n, arm in volleys if arm.kind == kind) for kind in KINDS}
    shares = share(stops, {kind: n * max(1, stops) for kind, n in coming.items()})
    inputs: list[Input] = []
    total: Odds[int] = certain(0)
    for kind in [k for k in KINDS if coming[k]]:
        shots: Odds[int] = certain(0)
        for n, arm in volleys:
            if arm.kind == kind:
                shots = convolve(shots, binomial(n, arm.hit, "high"))
                inputs += [Input("missiles", n, kind), Input("hit", arm.hit, "facts C2")]
        total = convolve(total, net_hits(shots, shares[kind], kills[kind]))
        inputs += [Input("intercepts", shares[kind], kind), Input("intercept_kill", kills[kind], "facts C1.3, C2")]
    return total, tuple(inputs)


def stop_chance(board: Board, target: Counter, kind: str) -> int:
    """Chance in ppm that one intercept stops a missile: of a ballistic one by the ships' own missiles' table."""
    if kind == "ASBM":
        own = board.munitions.get("ship_sam")
        return own.kill.get("ASBM", HALF) if own is not None else HALF
    return board.figure(target, "intercept_kill", HIT)


def _struck(before: State, target_id: str, fires: list[Fire], losses: Losses, luck: Luck) -> Event:
    """One draw through the exact odds of the hits; hits cost steps, and what is left of them is carried."""
    board = before.setting.board
    target = before.counters[target_id]
    odds, inputs = salvo_odds(board, target, fires)
    draw = luck.draw("MD13", target_id)
    at = odds.index(draw)
    hits = odds.outcomes[at]
    to_kill = max(1, board.figure(target, "hits_to_kill", 10))
    lost, left = steps_lost(hits, target.damage, to_kill, target.steps)
    effects: list[Effect] = []
    if lost:
        effects += losses.take_steps(target_id, lost)
        effects.extend(tally(before, f"{target.owner}.lost.{board.formation(target).domain}", target.owner, lost))
    if left != target.damage and lost < target.steps:
        effects.append(Put("counters", target_id, "damage", left))
    table = [(str(n), odds.chance(i)) for i, n in enumerate(odds.outcomes) if odds.chance(i) >= 1000 or i == at]
    first = max(0, min(len(table) - SHOWN, [label for label, _ in table].index(str(hits)) - SHOWN // 2))
    shown = tuple(table[first : first + SHOWN])
    roll = Roll(f"MD13|{target_id}", draw, str(hits), odds.chance(at), odds.chance_up_to(at), shown)
    aimed = {f.order.seat: f.order.contact for f in fires}
    return Event(
        "MD13",
        target.owner,
        f"{target_id}.struck",
        say("missile_defense.salvo_struck", unit=target_id, hits=hits, lost=lost),
        (
            *inputs,
            Input("hits_to_kill", to_kill, f"{target_id}.hits_to_kill"),
            Input("damage", target.damage, target_id),
        ),
        (roll,),
        tuple(effects),
        all_to=(target.owner,),
        hints=tuple((s, say("missile_defense.salvo_over", contact=c, hits=hits)) for s, c in sorted(aimed.items())),
    )


def net_hits(shots: Odds[int], intercepts: int, kill: int) -> Odds[int]:
    """Hits left of good shots when each of `intercepts` stops one with chance `kill` (Armstrong 2005)."""
    stops = binomial(intercepts, kill, "low")
    fewer = Odds(tuple(-n for n in stops.outcomes), stops.weights)
    return convolve(shots, fewer).of(lambda n: max(n, 0))
