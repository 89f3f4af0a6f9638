"""The engagement: one draw a raid through its exact joint odds, then who fired, then what was hit (MD6 to MD12)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Drop, Effect, Event, Input, Put, Roll
from game.core.ids import PlaceId, Seat
from game.core.joint import Settled, settle
from game.core.levels import Level
from game.core.luck import Luck
from game.core.model import State
from game.core.odds import Odds
from game.core.orders import Book
from game.core.reach import cargo
from game.core.sensing import PASSING, front_pact, level, level_between
from game.core.share import share
from game.core.supply import refitting
from game.core.words import Message, say
from rules.missile_defense.damage import Losses, damage
from rules.missile_defense.launch import by_class, raid_name, tally
from rules.missile_defense.station import (
    Defense,
    Guard,
    Shooter,
    Threat,
    allot,
    at_level,
    guard,
    interceptor,
    stack,
)
from rules.missile_defense.tables import (
    ALERTS,
    CLASSES,
    EXPOSED,
    FLIGHTS,
    POSTURES,
    RANKINGS,
    STANDING,
    WARNINGS,
    Alerted,
    Flight,
)

ODDS_SHOWN = 12


def engage(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """Settle every raid in flight. Raids of one pulse are simultaneous: they share the rounds, not the luck."""
    flights: dict[str, Flight] = before.table(FLIGHTS)
    if flights:
        defenses = prepare(before, flights)
        losses = Losses(before)
        results: list[tuple[str, Flight, int]] = []
        for key, flight in flights.items():
            settled, event = _settle(before, key, flight, defenses[key], luck)
            results.append((key, flight, settled.total))
            losses.fired(_fired(defenses[key], settled.spent))
            yield event
        for key, flight, through in results:
            if through:
                yield from damage(before, key, flight, through, exposure(before, flight.target), losses, luck)
        yield _all_clear(before, flights)


def prepare(before: State, flights: dict[str, Flight]) -> dict[str, Defense]:
    """Who shoots at which raid, layer by layer."""
    board = before.setting.board
    alerts = {s: a for s, a in before.table(ALERTS).items() if fresh(before, a)}
    threats = [Threat(k, f.target, by_class(board, f.munition, f.flying)) for k, f in flights.items()]
    levels = {k: level_at(before, f.target) for k, f in flights.items()}
    shooters = allot(
        board,
        before.pacts,
        {t.target: before.places[t.target].owner for t in threats},
        guards(before, alerts),
        threats,
        levels,
        ranks(before, alerts),
        {s: a.ask for s, a in alerts.items() if a.ask},
    )
    return {t.key: stack(board, t, shooters[t.key], levels[t.key]) for t in threats}


def fresh(before: State, alert: Alerted) -> bool:
    """An answer counts in its own pulse only."""
    return (alert.turn, alert.pulse) == (before.turn, before.pulse)


def level_at(before: State, place: PlaceId) -> Level:
    """MD8: the level at which a place is defended is that of its nation's pact under test, L0 in an outage."""
    return at_level(level(before.pacts, before.places[place].owner))


def guards(before: State, alerts: dict[Seat, Alerted]) -> list[Guard]:
    board = before.setting.board
    postures = before.table(POSTURES)
    # Who lies in port to reload does not fight (LG13), nor does what is aboard a ship (M16).
    out, busy = [], refitting(before.parts).keys() | cargo(before.parts).keys()
    for id, counter in before.counters.items():
        if counter.rounds > 0 and id not in busy and interceptor(board, counter) is not None:
            alert = alerts.get(counter.owner)
            out.append(guard(board, id, counter, postures.get(id), alert.doctrine if alert else STANDING))
    return out


def ranks(before: State, alerts: dict[Seat, Alerted]) -> dict[Seat, dict[PlaceId, int]]:
    """Every seat's ranking, with what it called first at the Alarm before the rest."""
    out = {s: row.ranks() for s, row in before.table(RANKINGS).items()}
    for seat, alert in alerts.items():
        if alert.first:
            out[seat] = {**out.get(seat, {}), alert.first: 0}
    return out


def exposure(before: State, place: PlaceId) -> int:
    """MD12: share of parked aircraft still on the ground, in ppm, by the warning of the place's own nation."""
    owner = before.places[place].owner
    alert = before.table(ALERTS).get(owner)
    if alert is None or not alert.flush or not fresh(before, alert):
        return EXPOSED[0]
    held = [c.quality for c in before.table(WARNINGS).values() if c.owner == owner and c.target in (place, "")]
    return EXPOSED[max(held, default=0)]


def _fired(defense: Defense, spent: tuple[int, ...]) -> dict[str, tuple[Shooter, int]]:
    """Rounds fired by counter: each layer's rounds come from its crew in proportion to what each offered."""
    out: dict[str, tuple[Shooter, int]] = {}
    for crew, rounds in zip(defense.crews, spent, strict=True):
        by_id = {s.id: s for s in crew}
        for id, n in share(rounds, {s.id: s.rounds for s in crew}).items():
            if n:
                out[id] = (by_id[id], n)
    return out


def _settle(before: State, key: str, flight: Flight, defense: Defense, luck: Luck) -> tuple[Settled, Event]:
    """MD7: one draw through the exact joint odds of leakers and rounds spent."""
    draw = luck.draw("MD7", key)
    settled = settle(defense.threats, defense.layers, draw)
    owner = before.places[flight.target].owner
    fired = _fired(defense, settled.spent)
    effects: list[Effect] = []
    spent: dict[tuple[Seat, str], int] = {}
    for id, (shooter, n) in fired.items():
        effects.append(Add("counters", id, "rounds", -n))
        spent[shooter.owner, shooter.system] = spent.get((shooter.owner, shooter.system), 0) + n
    for (seat, system), n in spent.items():
        effects.extend(tally(before, f"{seat}.spent.{system}", seat, n))
    effects.extend(tally(before, f"{owner}.leaked.{flight.target}", owner, settled.total))
    effects.extend(tally(before, f"{owner}.stopped.{flight.target}", owner, flight.flying - settled.total))
    name = raid_name(luck, key, flight.target)
    text = say(
        "missile_defense.engaged",
        place=flight.target,
        missiles=flight.flying,
        leakers=settled.total,
        spent=sum(settled.spent),
    )
    knows, hints = audience(before, flight, {s.owner for s, _ in fired.values()}, settled.total)
    event = Event(
        "MD7",
        owner,
        name,
        text,
        inputs(before, flight, defense),
        (roll(f"MD7|{name}", draw, settled),),
        tuple(effects),
        all_to=knows,
        hints=hints,
    )
    return settled, event


def roll(key: str, draw: int, settled: Settled) -> Roll:
    """The draw as a table prints it: the chances of each number of leakers, worst first."""
    return Roll(key, draw, str(settled.total), settled.chance, settled.up_to, _shown(settled.odds))


def _shown(odds: Odds[int]) -> tuple[tuple[str, int], ...]:
    """The likeliest numbers of leakers with their chances, as many as a table shows, worst first."""
    likely = [(str(n), odds.chance(i)) for i, n in enumerate(odds.outcomes) if odds.chance(i) >= 1000]
    near = sorted(likely, key=lambda row: -row[1])[:ODDS_SHOWN]
    return tuple(row for row in likely if row in near)


def inputs(before: State, flight: Flight, defense: Defense) -> tuple[Input, ...]:
    """Everything that the odds were made of, each with its source."""
    board = before.setting.board
    lvl = defense.level
    counts = by_class(board, flight.munition, flight.flying)
    out = [Input(f"threats.{c}", n, flight.munition) for c, n in zip(CLASSES, counts, strict=True) if n]
    out.append(Input("level", lvl.name, _level_source(before, flight.target)))
    for layer, crew in zip(defense.layers, defense.crews, strict=True):
        names = " ".join(f"{s.id}:{s.rounds}" for s in crew)
        out += [
            Input(f"{layer.name}.rounds", layer.rounds, names),
            Input(f"{layer.name}.kill", layer.kill[0], crew[0].system),
            Input(f"{layer.name}.track", layer.track[0], f"facts C1.7 {lvl.name}"),
            Input(f"{layer.name}.control", layer.control, f"facts C1.7 {lvl.name}"),
            Input(f"{layer.name}.looks", layer.looks, f"facts C1.5 {lvl.name}"),
        ]
    return tuple(out)


def _level_source(before: State, place: PlaceId) -> str:
    found = front_pact(before.pacts, before.places[place].owner)
    if found is None:
        return "no pact"
    key, pact = found
    return f"{key} {'outage, as L0' if pact.outage else 'sensing'}"


def audience(
    before: State, flight: Flight, crews: set[Seat], leakers: int
) -> tuple[tuple[Seat, ...], tuple[tuple[Seat, Message], ...]]:
    """Who sees the whole sum: the defender and whoever shot. An ally that shares tracks in time follows the raid
    and learns its numbers, another only that it was; the attacker sees that it is over. The press hears explosions,
    and cannot tell a hit from an interception."""
    board = before.setting.board
    owner = before.places[flight.target].owner
    knows: list[Seat] = []
    hints: list[tuple[Seat, Message]] = [("", say("missile_defense.press", place=flight.target))]
    for seat in sorted(before.nations):
        passing = PASSING[level_between(before.pacts, seat, owner)]
        if seat == owner or seat in crews:
            knows.append(seat)
        elif seat == flight.owner:
            hints.append((seat, say("missile_defense.raid_over", place=flight.target)))
        elif board.same_side(seat, owner) and passing.delay == "pulse":
            text = say("missile_defense.raid_followed", place=flight.target, missiles=flight.flying, leakers=leakers)
            hints.append((seat, text))
        elif board.same_side(seat, owner):
            hints.append((seat, say("missile_defense.raid_reported", place=flight.target)))
    return tuple(knows), tuple(hints)


def _all_clear(before: State, flights: dict[str, Flight]) -> Event:
    """MD12: raids have landed; warnings lapse and flushed wings come down. Nobody is told: it is bookkeeping."""
    effects: list[Effect] = [Drop(FLIGHTS, k) for k in flights]
    effects += [Drop(WARNINGS, k) for k in before.table(WARNINGS)]
    effects += [Put("counters", id, "flushed", False) for id, c in before.counters.items() if c.flushed]
    return Event("MD12", "", "all_clear", say("missile_defense.all_clear"), effects=tuple(effects))
