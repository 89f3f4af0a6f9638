"""The Alarm: the film stops at a launch and asks each seat that knows of it, once a turn at most (MD5, MD12)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Effect, Event, Input, Make, Put
from game.core.ids import PlaceId, Seat
from game.core.luck import Luck
from game.core.model import State
from game.core.orders import Book, Plan, Refusal, Template
from game.core.rulebook import Question
from game.core.sensing import level_between
from game.core.view import View
from game.core.words import Value, say
from rules.missile_defense.launch import refuse, tally
from rules.missile_defense.station import FIRE_CONTROL, friendly, interceptor
from rules.missile_defense.tables import ALERTS, DOCTRINES, STANDING, WARNINGS, Alert, Alerted, Cue

SECONDS = 30


def cues(state: State, seat: Seat) -> list[Cue]:
    return [c for c in state.table(WARNINGS).values() if c.owner == seat]


def ask(before: State, book: Book, luck: Luck) -> Iterator[Question]:
    """A question to each seat that holds a warning and was not yet asked this turn."""
    for seat in sorted(before.nations):
        held = cues(before, seat)
        last = before.table(ALERTS).get(seat)
        if held and (last is None or last.turn < before.turn):
            best = max(held, key=lambda c: (c.quality, c.missiles, c.target))
            text = say(
                f"missile_defense.alarm{best.quality}",
                raids=len(held),
                origin=best.origin,
                place=best.target,
                missiles=best.missiles,
                source=best.source,
                route=best.route,
            )
            yield Question(seat, _template(before, seat, best.quality), text, SECONDS)


def _template(before: State, seat: Seat, quality: int) -> Template:
    """What may be answered grows with what the screen holds: at quality 1 there is no track to shoot at."""
    doctrines: tuple[Value, ...] = (STANDING,)
    first: tuple[Value, ...] = ("",)
    ask_of: tuple[Value, ...] = ("",)
    if quality >= 2:
        doctrines = (STANDING, *DOCTRINES)
        first = ("", *own_places(before, seat))
    if quality >= 3:
        ask_of = ("", *shooters_to_ask(before, seat))
    return Template(
        Alert, seat, "alarm", (("flush", (False, True)), ("doctrine", doctrines), ("first", first), ("ask", ask_of))
    )


def own_places(before: State, seat: Seat) -> tuple[PlaceId, ...]:
    sites = before.setting.board.theatre.sites
    return tuple(p for p, row in before.places.items() if row.owner == seat and not sites[p].sea)


def shooters_to_ask(before: State, seat: Seat) -> tuple[Seat, ...]:
    """Allies with upper-layer ships or batteries, whose fire-control data this seat shares."""
    board = before.setting.board
    found = set()
    for counter in before.counters.values():
        munition = interceptor(board, counter)
        ally = counter.owner != seat and board.same_side(seat, counter.owner)
        if munition is not None and munition.layer == "upper" and ally:
            found.add(counter.owner)
    return tuple(s for s in sorted(found) if level_between(before.pacts, seat, s) >= FIRE_CONTROL)


def alert_fault(view: View, plan: Plan, order: Alert) -> Refusal | None:
    """A standing answer must name things that exist; whether it fits the question is judged when asked."""
    if order.doctrine != STANDING and order.doctrine not in DOCTRINES:
        return refuse("MD5", "no_doctrine", order.id, doctrine=order.doctrine)
    if order.first and (order.first not in view.places or not friendly(view, order.first)):
        return refuse("MD5", "rank_place", order.id, place=order.first)
    if order.ask and order.ask not in view.board.seats:
        return refuse("MD5", "no_ally", order.id, seat=order.ask)
    return None


def sound(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD5 and MD12: answers take force; wings that flush leave the ground."""
    board = before.setting.board
    for order in book.of(Alert):
        held = cues(before, order.seat)
        quality = max((c.quality for c in held), default=0)
        row = Alerted(order.seat, before.turn, before.pulse, order.flush, order.doctrine, order.first, order.ask)
        effects: list[Effect] = [Make(ALERTS, order.seat, row)]
        flushed = 0
        if order.flush and quality:
            # Who knows the target clears that place; who knows only of a launch must clear every base it has.
            bases = {c.target for c in held if c.quality >= 2}
            for id, counter in before.counters.items():
                wing = counter.owner == order.seat and board.formation(counter).domain == "air"
                if wing and _on_land(before, id) and (not bases or counter.at in bases):
                    effects.append(Put("counters", id, "flushed", True))
                    flushed += counter.steps
        effects.extend(tally(before, f"{order.seat}.flushed.air", order.seat, flushed))
        text = say("missile_defense.alerted", doctrine=order.doctrine, first=order.first, ask=order.ask)
        inputs = (
            Input("quality", quality, "MD2"),
            Input("flush", order.flush, order.id),
            Input("flushed_steps", flushed, "facts C1.7"),
        )
        hints = ((order.ask, say("missile_defense.asked", seat=order.seat)),) if order.ask else ()
        yield Event(
            "MD5",
            order.seat,
            order.seat,
            text,
            inputs,
            effects=tuple(effects),
            all_to=(order.seat,),
            hints=hints,
            order=order.id,
        )


def _on_land(before: State, id: str) -> bool:
    return not before.setting.board.theatre.sites[before.counters[id].at].sea
