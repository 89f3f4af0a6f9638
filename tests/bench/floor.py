"""The floor: the least that a campaign of this shape can cost in plain Python. A yardstick, not a design.

120 places, 350 links, 100 formations, 12 turns of two sides. In each side's turn every formation scores the places
one link away, one order is applied to a frozen state, contacts are fought with a keyed hash, and the turn closes with
a digest of the whole state. There is no supply, no fog, no sea and no air: real rules cost more.
"""

from __future__ import annotations

import json
import random
from hashlib import blake2b

import attrs

from tests.bench.field import Field, field

SIDES = 2


@attrs.frozen(slots=True)
class Unit:
    id: int
    side: int
    at: int
    strength: int
    supply: int


@attrs.frozen(slots=True)
class Spot:
    owner: int
    stock: int


@attrs.frozen(slots=True)
class Position:
    turn: int
    spots: dict[int, Spot]
    units: dict[int, Unit]


@attrs.frozen(slots=True)
class Move:
    turn: int
    unit: int
    start: int
    to: int


@attrs.frozen(slots=True)
class Played:
    """What a campaign came to: counts, and the digest after each side's turn."""

    orders: int
    options: int
    fights: int
    digests: tuple[str, ...]
    log: tuple[Move, ...]


class Campaign:
    """The floor's game on a field of so many `places`, with `each` formations a side."""

    def __init__(self, places: int = 120, each: int = 50, turns: int = 12) -> None:
        self.field: Field = field(places)
        self.links = self.field.neighbors()
        self.each = each
        self.turns = turns

    def opening(self, rng: random.Random) -> Position:
        places = len(self.links)
        units = range(SIDES * self.each)
        return Position(
            1,
            {i: Spot(i % 2, 40) for i in range(places)},
            {i: Unit(i, i % 2, rng.randrange(places), 10, 5) for i in units},
        )

    def play(self, seed: int) -> Played:
        rng = random.Random(seed)
        now = self.opening(rng)
        log: list[Move] = []
        digests: list[str] = []
        options = fights = 0
        for turn in range(1, self.turns + 1):
            for side in range(SIDES):
                now, scored = self._orders(now, turn, side, rng, log)
                now, fought = self._contacts(now, turn, side, seed)
                digests.append(_digest(now))
                options += scored
                fights += fought
        return Played(len(log), options, fights, tuple(digests), tuple(log))

    def _orders(
        self, now: Position, turn: int, side: int, rng: random.Random, log: list[Move]
    ) -> tuple[Position, int]:
        """Every formation of a side chooses and moves, one new position an order."""
        here: dict[int, list[int]] = {}
        for unit in now.units.values():
            here.setdefault(unit.at, [0, 0])[unit.side] += unit.strength
        scored = 0
        for id in range(side, SIDES * self.each, SIDES):
            found = now.units.get(id)
            if found is None:
                continue
            best, to = -1e9, found.at
            for place in (found.at, *self.links[found.at]):
                held = here.get(place) or (0, 0)
                score = (
                    rng.random() + (now.spots[place].owner != side) * 2 - held[1 - side] * 0.05 + held[side] * 0.01
                )
                scored += 1
                if score > best:
                    best, to = score, place
            if to != found.at and to not in self.links[found.at]:
                raise ValueError("no link")
            units = dict(now.units)
            units[id] = Unit(id, found.side, to, found.strength, min(9, found.supply + 1))
            now = Position(now.turn, now.spots, units)
            log.append(Move(turn, id, found.at, to))
        return now, scored

    def _contacts(self, now: Position, turn: int, side: int, seed: int) -> tuple[Position, int]:
        """Where both sides stand, one keyed hash settles who loses a point; else the mover takes the place."""
        spots, units = dict(now.spots), dict(now.units)
        at: dict[int, tuple[list[Unit], list[Unit]]] = {}
        for unit in units.values():
            at.setdefault(unit.at, ([], []))[unit.side].append(unit)
        fights = 0
        for place in sorted(at):
            ours, theirs = at[place][side], at[place][1 - side]
            if ours and theirs:
                fights += 1
                key = blake2b(f"{seed}:{turn}:{side}:{place}".encode(), digest_size=8).digest()
                roll = int.from_bytes(key, "big") / 2**64
                mine = sum(u.strength for u in ours)
                lost = (theirs if roll < mine / (mine + sum(u.strength for u in theirs)) else ours)[0]
                if lost.strength <= 1:
                    del units[lost.id]
                else:
                    units[lost.id] = Unit(lost.id, lost.side, lost.at, lost.strength - 1, lost.supply)
            elif ours and spots[place].owner != side:
                spots[place] = Spot(side, spots[place].stock)
        return Position(turn, spots, units), fights


def _digest(now: Position) -> str:
    text = json.dumps(
        [
            now.turn,
            [(s.owner, s.stock) for s in now.spots.values()],
            [(u.id, u.side, u.at, u.strength, u.supply) for u in now.units.values()],
        ],
        separators=(",", ":"),
    )
    return blake2b(text.encode(), digest_size=16).hexdigest()
