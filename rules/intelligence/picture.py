"""The picture at the end of a pulse: own eyes, watches, what allies pass, what ages (I1, I2, I4, I8, I10 to I14)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs

from game.core.events import Drop, Effect, Event, Input, Make, Roll
from game.core.ids import CounterId, PlaceId, Seat, date
from game.core.luck import Luck
from game.core.model import Contact, Counter, State
from game.core.orders import Book
from game.core.reach import sees
from game.core.sensing import PASSING, blinded, level_between, radar_sight
from game.core.setting import Board
from game.core.supply import condition
from game.core.theatre import Theatre
from game.core.words import say
from rules.intelligence.blind import blindness
from rules.intelligence.contacts import AGED, arrived, faded, handed, is_news, key_of, replaces, sighting
from rules.intelligence.satellites import Pass, accounts, passes
from rules.intelligence.tasks import Watch, watch_places
from rules.intelligence.warning import warned

#: What own sensors see (I1).
SEEN = frozenset({"ship", "support", "grey", "air", "battery", "ground"})
#: Chance that a watch finds one missile launcher (D: a dispersed launcher is seldom in the open).
FIND_LAUNCHER = 500_000

Sightings = dict[CounterId, Contact]


@attrs.frozen(slots=True)
class Looked:
    """What one seat's own eyes saw in a pulse: sightings, the counter behind each, draws that found something."""

    seen: Sightings
    sensor: dict[CounterId, CounterId]
    rolls: dict[CounterId, list[Roll]]


def observe(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """Own eyes first, for all seats; then each seat's new picture from its own, its allies' and what it held."""
    able = tuple(o for o in book.of(Watch) if _on_watch(before, o))
    over = passes(before, luck)
    looked = {seat: _look(before, seat, able, over.get(seat), luck) for seat in before.nations}
    yield from accounts(before, over)
    yield from blindness(before)
    for order in book.of(Watch):
        yield from _watched(before, order, order in able, looked.get(order.seat))
    held: dict[Seat, Sightings] = {seat: {} for seat in before.nations}
    keys: dict[tuple[Seat, CounterId], str] = {}
    for key, row in before.contacts.items():
        if row.owner in held:
            held[row.owner][row.subject] = row
            keys[row.owner, row.subject] = key
    for seat in before.nations:
        picture = dict(held[seat])
        for subject, new in looked[seat].seen.items():
            if replaces(new, picture.get(subject)):
                picture[subject] = new
        for new in _passed(before, seat, looked, held):
            if replaces(new, picture.get(new.subject)):
                picture[new.subject] = new
        named = {k: keys.get((seat, k)) or key_of(luck, seat, k) for k in picture}
        yield from _told(before, seat, held[seat], picture, looked[seat], named)
        if before.pulse >= before.kind.pulses:
            yield from warned(before, seat, picture.values())


# Own eyes (I1, I2) ----------------------------------------------------------------------------------------------


def _on_watch(state: State, order: Watch) -> bool:
    board, counter = state.setting.board, state.counters.get(order.subject)
    if counter is None or counter.owner != order.seat or not condition(board, counter).attack:
        return False
    return order.at in watch_places(board, state.places, counter)


def _look(state: State, seat: Seat, watches: tuple[Watch, ...], over: Pass | None, luck: Luck) -> Looked:
    board = state.setting.board
    covered = _covered(state, seat)
    watched = {o.at: o.subject for o in reversed(watches) if o.seat == seat}
    fixed = radar_sight(board, seat, blinded(board, {p: row.radar for p, row in state.places.items() if row.radar}))
    clear = over.clear if over is not None else frozenset()
    found = Looked({}, {}, {})
    friends = {c for c in (seat, *board.coalition) if board.same_side(seat, c)}
    for id, counter in state.counters.items():
        if counter.owner in friends:
            continue
        at = counter.at
        if at not in covered and at not in watched and at not in fixed and at not in clear:
            continue
        domain = board.formation(counter).domain
        wing = watched.get(at, "")
        near = covered[at][1] if at in covered else fixed.get(at, {}).get(domain, "")
        if domain in SEEN and (wing or near or at in clear):
            found.seen[id] = sighting(state, seat, id, 3 if wing else 2)
            found.sensor[id] = wing or near
        elif domain == "missile" and wing:
            _search(state, seat, wing, id, luck, found)
    return found


def _covered(state: State, seat: Seat) -> dict[PlaceId, tuple[int, CounterId]]:
    """Places within range of own sensors: km and name of the nearest one, ties by name."""
    board = state.setting.board
    covered: dict[PlaceId, tuple[int, CounterId]] = {}
    ranges = board.having("sensor_range")
    for id, counter in state.counters.items():
        reach = ranges.get(counter.formation)
        if reach and counter.owner == seat and sees(board, state.places, state.parts, id, counter):
            for place, km in _sight(board.theatre, counter.at, reach):
                if place not in covered or (km, id) < covered[place]:
                    covered[place] = (km, id)
    return covered


@lru_cache(maxsize=2048)
def _sight(theatre: Theatre, at: PlaceId, reach: int) -> tuple[tuple[PlaceId, int], ...]:
    """Every place within `reach` km, with its distance."""
    return tuple((place, theatre.km(at, place)) for place in theatre.within(at, reach))


def _search(state: State, seat: Seat, wing: CounterId, id: CounterId, luck: Luck, found: Looked) -> None:
    """One launcher under watch. Only a find leaves a trace: a draw that missed would tell that something is there."""
    ppm = chance_to_find(state.setting.board, state.counters[wing])
    label = key_of(luck, seat, id)
    name = f"{wing}|{label}"
    if luck.hit(ppm, "I2", name):
        found.seen[id] = sighting(state, seat, id, 3)
        found.sensor[id] = wing
        draw = luck.draw("I2", name)
        found.rolls.setdefault(wing, []).append(Roll(f"I2|{name}", draw, "found", ppm, 1_000_000))


def chance_to_find(board: Board, wing: Counter) -> int:
    """I2, I15: the chance in ppm that a wing finds one launcher in a pulse, by its supply and tempo."""
    able = condition(board, wing).attack
    return min(1_000_000, int(board.design("intelligence", "find_launcher", FIND_LAUNCHER)) * able // 100)


def _watched(before: State, order: Watch, able: bool, looked: Looked | None) -> Iterator[Event]:
    """The watch's own account, pulse after pulse; the last one settles the order."""
    last = before.pulse >= before.kind.pulses
    to, settles = (order.seat,), order.id if last or not able else ""
    if not able or looked is None:
        text = say("intelligence.no_watch", unit=order.subject, place=order.at)
        yield Event("I2", order.seat, order.subject, text, all_to=to, order=order.id)
        return
    n = sum(row.at == order.at for row in looked.seen.values())
    board = before.setting.board
    km = board.theatre.km(before.counters[order.subject].at, order.at)
    inputs = (
        Input("km", km, order.subject),
        Input("find_launcher", chance_to_find(board, before.counters[order.subject]), "I2, I15 (D)"),
    )
    text = say("intelligence.watched", unit=order.subject, place=order.at, n=n)
    rolls = tuple(looked.rolls.get(order.subject, ()))
    yield Event("I2", order.seat, order.subject, text, inputs, rolls, all_to=to, order=settles)


# What allies pass (I4) ------------------------------------------------------------------------------------------


def _passed(before: State, seat: Seat, looked: dict[Seat, Looked], held: dict[Seat, Sightings]) -> Iterator[Contact]:
    """What every ally hands to `seat` in this pulse, ally by ally."""
    board = before.setting.board
    for ally in before.nations:
        if ally == seat or not board.same_side(seat, ally):
            continue
        passing = PASSING[level_between(before.pacts, seat, ally)]
        if not passing.quality:
            continue
        own = {k: row for k, row in held[ally].items() if row.source == ally}
        if passing.delay == "pulse":
            rows = {k: row for k, row in own.items() if row.hour == before.hour}
            for k, row in looked[ally].seen.items():
                if replaces(row, rows.get(k)):
                    rows[k] = row
        elif passing.delay == "next":
            rows = {k: row for k, row in own.items() if 0 < before.hour - row.hour <= before.kind.pulse_hours}
        else:
            first = before.pulse == 1
            rows = {k: row for k, row in own.items() if first and row.turn == before.turn - 1}
        for row in rows.values():
            yield handed(row, seat, passing.quality, passing.route)


# What a seat is told --------------------------------------------------------------------------------------------


def _told(
    before: State, seat: Seat, old: Sightings, new: Sightings, looked: Looked, keys: dict[CounterId, str]
) -> Iterator[Event]:
    """An event for each piece of news; what was only seen again is one event a kind, under the seat's name."""
    again: dict[str, list[Effect]] = {"I1": [], "I4": [], "I12": []}
    for subject, row in new.items():
        key = keys[subject]
        was = old.get(subject)
        if row is was:
            if before.hour - row.hour > AGED:
                yield _aged(before, key, row)
            elif (vaguer := faded(before.setting.board, row, before.hour)) is not row:
                again["I12"].append(Make("contacts", key, vaguer))
            continue
        rule = "I1" if row.source == seat else "I4"
        if is_news(row, was):
            yield arrived(before, rule, key, row, was, looked.sensor.get(subject, "") if rule == "I1" else "")
        else:
            again[rule].append(Make("contacts", key, row))
    for rule, effects in again.items():
        if effects:
            what = "seen_again" if rule == "I1" else "passed_again" if rule == "I4" else "faded"
            text = say(f"intelligence.{what}", n=len(effects))
            yield Event(rule, seat, seat, text, effects=tuple(effects), all_to=(seat,))


def _aged(before: State, key: str, row: Contact) -> Event:
    values = {"contact": key, "place": row.at, "date": date(row.turn, row.pulse), "source": row.source}
    return Event(
        "I8",
        row.owner,
        key,
        say("intelligence.aged", **values),
        (Input("hours", before.hour - row.hour, f"I8: dropped after {AGED}"),),
        effects=(Drop("contacts", key),),
        all_to=(row.owner,),
    )
