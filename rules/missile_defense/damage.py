"""What leakers do: a second named draw settles who is hit (MD10 to MD12, MD14)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Effect, Event, Input, Roll
from game.core.ids import CounterId, PlaceId
from game.core.luck import Luck
from game.core.model import State
from game.core.odds import trials
from game.core.orders import Book
from game.core.reach import CLOSED
from game.core.words import say
from rules.missile_defense.launch import raid_name, tally
from rules.missile_defense.station import Shooter, interceptor
from rules.missile_defense.tables import AIMS, SHELTERED_PPM, STOCK_LOSS_PERCENT, Flight

DAMAGED = ("runway", "port", "radar")


class Losses:
    """What raids of this phase have already taken, so that two raids never take the same step or round twice."""

    def __init__(self, before: State) -> None:
        self.steps = {id: c.steps for id, c in before.counters.items()}
        self.rounds = {id: c.rounds for id, c in before.counters.items()}
        self.missiles = {id: c.missiles for id, c in before.counters.items()}
        self.supply = {id: c.supply for id, c in before.counters.items()}
        self.stocks = {id: s.amount for id, s in before.stocks.items()}

    def fired(self, by_counter: dict[CounterId, tuple[Shooter, int]]) -> None:
        for id, (_, n) in by_counter.items():
            self.rounds[id] -= n

    def take_steps(self, id: CounterId, n: int) -> list[Effect]:
        """Effects of losing `n` steps: rounds, missiles and supplies aboard go with them in proportion."""
        steps = self.steps[id]
        effects: list[Effect] = [Add("counters", id, "steps", -n)]
        for name, held in (("rounds", self.rounds), ("missiles", self.missiles), ("supply", self.supply)):
            gone = held[id] * n // steps
            if gone:
                held[id] -= gone
                effects.append(Add("counters", id, name, -gone))
        self.steps[id] = steps - n
        return effects


def sheltered(before: State, place: PlaceId) -> bool:
    """Whether a place has hardened shelters: the scenario's list `missile_defense.sheltered` (D)."""
    return place in before.setting.board.design("missile_defense", "sheltered", ())


def targets_at(before: State, flight: Flight, losses: Losses) -> dict[CounterId, int]:
    """Steps at the place that the raid's aim can hurt, by counter."""
    board = before.setting.board
    owner = before.places[flight.target].owner
    wanted = {"aircraft": "air", "ships": "ship"}.get(flight.aim, "")
    out = {}
    for id, counter in before.counters.items():
        if counter.at != flight.target or not losses.steps[id] or not board.same_side(counter.owner, owner):
            continue
        battery = flight.aim == "battery" and interceptor(board, counter) is not None
        if battery or (wanted and board.formation(counter).domain == wanted):
            out[id] = losses.steps[id]
    return out


def damage(
    before: State, key: str, flight: Flight, leakers: int, exposure: int, losses: Losses, luck: Luck
) -> Iterator[Event]:
    """MD11 for one raid: how many trials hurt, then whom."""
    per, chance = AIMS[flight.aim]
    seen = exposure if flight.aim == "aircraft" else 1_000_000
    if flight.aim == "aircraft" and sheltered(before, flight.target):
        chance = SHELTERED_PPM
    steps = targets_at(before, flight, losses)
    counted = flight.aim in ("aircraft", "ships", "battery")
    most = sum(steps.values()) if counted else CLOSED if flight.aim != "stocks" else 10
    odds = trials(leakers, per, chance, seen, most)
    draw = luck.draw("MD11", key)
    at = odds.index(draw)
    hurt = odds.outcomes[at]
    shown = tuple((str(n), odds.chance(i)) for i, n in enumerate(odds.outcomes) if odds.chance(i) >= 1000)[:12]
    name = raid_name(luck, key, flight.target)
    roll = Roll(f"MD11|{name}", draw, str(hurt), odds.chance(at), odds.chance_up_to(at), shown)
    effects, words = _hurt(before, flight, hurt, steps, losses, luck, key)
    owner = before.places[flight.target].owner
    owners = {before.counters[id].owner for id in steps} | {owner}
    knows = tuple(s for s in sorted(before.nations) if s in owners)
    yield Event(
        "MD11",
        owner,
        name,
        say(
            f"missile_defense.hit_{flight.aim}",
            place=flight.target,
            n=hurt,
            leakers=leakers,
            who=words,
        ),
        (
            Input("leakers", leakers, f"MD7 {name}"),
            Input("per_trial", per, "facts C1.8, H"),
            Input("chance", chance, "facts C1.8" if flight.aim == "aircraft" else "D"),
            Input("exposed", seen, "facts C1.7, MD12"),
        ),
        (roll,),
        tuple(effects),
        all_to=knows,
    )


def _hurt(
    before: State, flight: Flight, hurt: int, steps: dict[CounterId, int], losses: Losses, luck: Luck, key: str
) -> tuple[list[Effect], str]:
    if not hurt:
        return [], ""
    if flight.aim in DAMAGED:
        return [Add("places", flight.target, flight.aim, hurt)], ""
    if flight.aim == "stocks":
        return _burn(before, flight.target, hurt, losses), ""
    return _kill(before, flight, hurt, steps, losses, luck, key)


def _burn(before: State, place: PlaceId, hurt: int, losses: Losses) -> list[Effect]:
    out: list[Effect] = []
    for id, stock in before.stocks.items():
        gone = losses.stocks[id] * hurt * STOCK_LOSS_PERCENT // 100 if stock.place == place else 0
        if gone:
            losses.stocks[id] -= gone
            out.append(Add("stocks", id, "amount", -gone))
    return out


def _kill(
    before: State, flight: Flight, hurt: int, steps: dict[CounterId, int], losses: Losses, luck: Luck, key: str
) -> tuple[list[Effect], str]:
    """Each lost step falls on some step at the place, all alike: one named draw each."""
    left = dict(steps)
    lost: dict[CounterId, int] = {}
    for n in range(hurt):
        at = luck.pick(sum(left.values()), "MD11", f"{key}|{n}")
        for id, count in left.items():
            if at < count:
                left[id] -= 1
                lost[id] = lost.get(id, 0) + 1
                break
            at -= count
    effects: list[Effect] = []
    board = before.setting.board
    by_line: dict[tuple[str, str], int] = {}
    for id, n in lost.items():
        effects += losses.take_steps(id, n)
        counter = before.counters[id]
        line = (counter.owner, board.formation(counter).domain)
        by_line[line] = by_line.get(line, 0) + n
    for (owner, domain), n in by_line.items():
        effects.extend(tally(before, f"{owner}.lost.{domain}", owner, n))
    return effects, " ".join(f"[u:{id}] -{n}" for id, n in lost.items())


def repair(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD14: a level of each kind of damage a turn (facts C1.8, C3)."""
    board = before.setting.board
    for id, place in before.places.items():
        if place.runway or place.port or place.radar:
            mended = [name for name in DAMAGED if getattr(place, name) > 0]
            side = tuple(s for s in sorted(before.nations) if board.same_side(s, place.owner))
            effects = tuple(Add("places", id, name, -1) for name in mended)
            text = say("missile_defense.repaired", place=id, what=" ".join(mended))
            yield Event("MD14", place.owner, id, text, effects=effects, all_to=side)
