"""Surface salvos: Armstrong's exact loss distribution drawn, Hughes for the staff estimate (MD13; facts C2)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Effect, Event, Input, Put, Roll
from game.core.luck import Luck
from game.core.model import Contact, Counter, State
from game.core.odds import Odds, binomial, convolve
from game.core.orders import Book, Plan, Refusal, Template
from game.core.salvo import hughes, steps_lost
from game.core.setting import Board
from game.core.view import View
from game.core.words import say
from rules.missile_defense.damage import Losses
from rules.missile_defense.launch import counts_to, pulses_left, refuse, tally
from rules.missile_defense.tables import SALVO_RANGE_KM, Salvo

#: A contact must be at least classified to be shot at.
QUALITY = 2


def most_antiship(board: Board, counter: Counter) -> int:
    """The most anti-ship missiles that a group can fire in a pulse."""
    return min(counter.missiles, board.figure(counter, "antiship") * counter.steps)


def salvo_range(board: Board, counter: Counter) -> int:
    return board.figure(counter, "range", SALVO_RANGE_KM)


def shooters(view: View) -> Iterator[tuple[str, Counter]]:
    for id, counter in view.mine.items():
        formation = view.board.formation(counter)
        if formation.figure("antiship") and not formation.missile and formation.domain in ("ship", "missile"):
            yield id, counter


def in_range(board: Board, counter: Counter, contact: Contact) -> bool:
    return board.theatre.km(counter.at, contact.at) <= salvo_range(board, counter)


def shootable(view: View, counter: Counter) -> tuple[str, ...]:
    """Contacts held on surface ships, good enough and near enough to shoot at, best first."""
    found = [
        (-c.quality, -c.hour, key)
        for key, c in view.contacts.items()
        if c.what == "ship" and c.quality >= QUALITY and in_range(view.board, counter, c)
    ]
    return tuple(key for _, _, key in sorted(found))


def salvo_templates(view: View) -> Iterator[Template]:
    pulses = pulses_left(view)
    for id, counter in shooters(view):
        counts = counts_to(most_antiship(view.board, counter)) if pulses else ()
        contacts = shootable(view, counter) if counts else ()
        if contacts:
            yield Template(Salvo, view.seat, id, (("contact", contacts), ("missiles", counts), ("pulse", pulses)))


def salvo_fault(view: View, plan: Plan, order: Salvo) -> Refusal | None:
    counter = dict(shooters(view)).get(order.subject)
    if counter is None:
        return refuse("MD13", "no_shooter", order.id, unit=order.subject)
    most = most_antiship(view.board, counter)
    if order.missiles not in counts_to(most):
        return refuse("MD13", "too_many", order.id, unit=order.subject, missiles=order.missiles, most=most)
    if order.pulse not in pulses_left(view):
        return refuse("MD13", "no_pulse", order.id, pulse=order.pulse, pulses=view.kind.pulses)
    if order.contact not in shootable(view, counter):
        km = salvo_range(view.board, counter)
        return refuse("MD13", "no_contact", order.id, contact=order.contact, km=km, quality=QUALITY)
    return None


def exchange(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD13: salvos at one target arrive together, so its intercepts are shared once over all of them."""
    losses = Losses(before)
    by_target: dict[str, list[Salvo]] = {}
    for order in book.of(Salvo):
        counter = before.counters.get(order.subject)
        if order.pulse != before.pulse or counter is None:
            continue
        contact = before.contacts.get(order.contact)
        target = before.counters.get(contact.subject) if contact is not None else None
        board = before.setting.board
        near = target is not None and board.theatre.km(counter.at, target.at) <= salvo_range(board, counter)
        if contact is None or not near:
            yield _empty_sea(before, order, counter)
        else:
            by_target.setdefault(contact.subject, []).append(order)
        # What is fired can't go down with the ship that fired it.
        losses.missiles[order.subject] -= min(order.missiles, most_antiship(board, counter))
    for target_id in sorted(by_target):
        yield from _arrive(before, target_id, by_target[target_id], losses, luck)


def _empty_sea(before: State, order: Salvo, counter: Counter) -> Event:
    """The contact was stale: the missiles are spent and find nothing."""
    fired = min(order.missiles, most_antiship(before.setting.board, counter))
    effects: tuple[Effect, ...] = (Add("counters", order.subject, "missiles", -fired),) if fired else ()
    text = say("missile_defense.empty_sea", unit=order.subject, missiles=fired)
    return Event("MD13", order.seat, order.subject, text, effects=effects, all_to=(order.seat,), order=order.id)


def _arrive(before: State, target_id: str, orders: list[Salvo], losses: Losses, luck: Luck) -> Iterator[Event]:
    board = before.setting.board
    target = before.counters[target_id]
    shots: Odds[int] | None = None
    inputs: list[Input] = []
    for order in orders:
        shooter = before.counters[order.subject]
        fired = min(order.missiles, most_antiship(board, shooter))
        hit = board.figure(shooter, "antiship_hit", 700_000)
        odds = binomial(fired, hit, "high")
        shots = odds if shots is None else convolve(shots, odds)
        inputs += [
            Input("missiles", fired, order.subject),
            Input("hit", hit, f"{order.subject}.antiship_hit, facts C2"),
        ]
        yield Event(
            "MD13",
            order.seat,
            order.subject,
            say("missile_defense.salvo_fired", unit=order.subject, contact=order.contact, missiles=fired),
            effects=(
                Add("counters", order.subject, "missiles", -fired),
                *tally(before, f"{order.seat}.fired.antiship", order.seat, fired),
            ),
            all_to=(order.seat,),
            order=order.id,
        )
    assert shots is not None
    stops = board.figure(target, "intercepts") * target.steps
    kill = board.figure(target, "intercept_kill", 700_000)
    odds = net_hits(shots, stops, kill)
    draw = luck.draw("MD13", target_id)
    at = odds.index(draw)
    hits = odds.outcomes[at]
    to_kill = max(1, board.figure(target, "hits_to_kill", 10))
    lost, left = steps_lost(hits, target.damage, to_kill, target.steps)
    effects: list[Effect] = []
    if lost:
        effects += losses.take_steps(target_id, lost)
        domain = board.formation(target).domain
        effects.extend(tally(before, f"{target.owner}.lost.{domain}", target.owner, lost))
    if left != target.damage and lost < target.steps:
        effects.append(Put("counters", target_id, "damage", left))
    inputs += [
        Input("intercepts", stops, f"{target_id}.intercepts"),
        Input("intercept_kill", kill, f"{target_id}.intercept_kill, facts C2"),
        Input("hits_to_kill", to_kill, f"{target_id}.hits_to_kill"),
    ]
    shown = tuple((str(n), odds.chance(i)) for i, n in enumerate(odds.outcomes) if odds.chance(i) >= 1000)[-12:]
    roll = Roll(f"MD13|{target_id}", draw, str(hits), odds.chance(at), odds.chance_up_to(at), shown)
    seats = sorted({o.seat for o in orders})
    yield Event(
        "MD13",
        target.owner,
        f"{target_id}.struck",
        say("missile_defense.salvo_struck", unit=target_id, hits=hits, lost=lost),
        tuple(inputs),
        (roll,),
        tuple(effects),
        all_to=(target.owner,),
        hints=tuple((s, say("missile_defense.salvo_over", hits=hits)) for s in seats),
    )


def net_hits(shots: Odds[int], intercepts: int, kill: int) -> Odds[int]:
    """Hits left of good shots when each of `intercepts` stops one with chance `kill` (Armstrong 2005)."""
    stops = binomial(intercepts, kill, "low")
    fewer = Odds(tuple(-n for n in stops.outcomes), stops.weights)
    return convolve(shots, fewer).of(lambda n: max(n, 0))


def staff_estimate(board: Board, shooter: Counter, steps: int, target: Counter) -> int:
    """Hughes's expected steps lost, in thousandths: subtractive defense, no luck (facts C2)."""
    return hughes(
        shooter.steps,
        board.figure(shooter, "antiship"),
        steps,
        board.figure(target, "intercepts"),
        max(1, board.figure(target, "hits_to_kill", 10)),
    )
