"""The orders, own rows and design values of the sea; rows that others read stand in `core/sea`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from game.core.events import Add, Effect, Make, Roll
from game.core.ids import CounterId, PlaceId, Seat
from game.core.model import Counter, Pact, Row, State, Tally, known
from game.core.odds import Odds
from game.core.orders import Order
from game.core.sea import DUTIES, Duty
from game.core.setting import Board

FOUND = "patrols.found"

#: Zones that Japan and South Korea share a border in: each searches its own half below M3 (facts C4).
SEAMS = ("TSU", "SJW", "SJE", "ECN")
#: Contacts lost at the seam, in ppm, by patrols level M0 to M3 (facts C4; M3 is one search).
LOST_AT_SEAM = (400_000, 400_000, 100_000, 0)
POOLED = 3
#: From this level each party tells the other of boats that it finds (facts C4, M2).
HANDED_OVER = 2
#: How well a boat is found beside P, in ppm, by symbol (facts B2: nuclear x 0.5, air-independent x 0.7).
QUIET: Mapping[str, int] = {"SSN": 500_000, "SSK": 700_000, "SSB": 1_000_000}
#: A boat that is found is attacked, and lost with this chance (D).
KILL = 300_000
#: Barrier of one step: sweep width km, own speed, speed of a boat on its way, km/h (D): three steps find one boat in
#: two in the Korea Strait, one step two in three at Osumi.
BARRIER = (8, 24, 10)
#: Each point of escort takes this share of a boat's chance to attack, in ppm, at most LEAST_ATTACK left (D).
ESCORT, LEAST_ATTACK = 60_000, 300_000
#: A convoy's ship carries this many hundredths of a supply point (D).
HULL = 500
#: A group on blockade stops a merchant with this chance a step (D).
STOPS = 400_000
#: Risk of one transit from one mine (facts C4 Ex 20), and steps lost when one goes off.
MINE_RISK = 20_000
#: Believed loss that a point of inspection adds on a route, and that a point of coast guard takes away, in ppm (D).
FEAR, CALM = 3_000, 2_500
#: Of a route's ships, how many arrive in a turn by its way round, in percent (D): it is that much longer.
ROUND = 75
#: Turns after the last blast in which a zone still counts as mined (D).
STALE = 2
#: Share of the old belief that is left after a turn, in percent (D).
MEMORY = 50
#: Chance a turn of an incident at Dokdo/Takeshima by patrols level, in ppm (facts C8), and what it costs in support.
INCIDENT = (0, 20_000, 40_000, 60_000)
INCIDENT_COST = 3
#: The zone of Senkaku/Diaoyu (facts A1), and the chance a turn of an incident between coast guards there (D).
ISLANDS, ISLANDS_INCIDENT = "ECS", 50_000
#: Zone control wants this many times the rivals' weight, in percent (facts C5's "superior").
SUPERIOR = 150


@attrs.frozen(slots=True)
class Patrol(Order):
    """A search wing looks for submarines in one zone, all turn."""

    VERB: ClassVar[str] = "patrol"

    zone: PlaceId


@attrs.frozen(slots=True)
class Hunt(Order):
    """Boats lie in wait in the zone where they are: for "convoys" or for "forces"; or they "hold" and stay hidden."""

    VERB: ClassVar[str] = "hunt"
    RUNG: ClassVar[int] = 4

    prey: str


@attrs.frozen(slots=True)
class Guard(Order):
    """Ships or boats keep a duty in the zone where they are: "escort", "barrier" or "blockade"."""

    VERB: ClassVar[str] = "guard"

    duty: str


@attrs.frozen(slots=True)
class Mine(Order):
    """Lay mines, up to what the counter carries for a pulse, in the zone where it is."""

    VERB: ClassVar[str] = "mine"
    RUNG: ClassVar[int] = 4

    mines: int


@attrs.frozen(slots=True)
class Sweep(Order):
    """Sweep mines in the zone where the counter is, all turn."""

    VERB: ClassVar[str] = "sweep"


@attrs.frozen(slots=True)
class Inspect(Order):
    """Coast guard or militia: "press" rivals' shipping, or "calm" it, in the zone where they are."""

    VERB: ClassVar[str] = "inspect"
    RUNG: ClassVar[int] = 2

    how: str


@attrs.frozen(slots=True)
class Found(Row):
    """Boats of a counter that were found in this pulse: they do not attack in it. Nobody owns the row, so that nobody
    at the table knows of it."""

    SEEN = "owner"

    boats: int = known("hidden", 0)


def routes(board: Board) -> Mapping[str, Mapping[str, Any]]:
    """The scenario's trade routes by id: {id, nation, zones, ships, belief}."""
    return {row["id"]: row for row in board.design("patrols", "routes", ())}


def duties(parts: Mapping[str, Mapping[str, Any]], what: str) -> list[tuple[CounterId, Duty]]:
    return [(id, row) for id, row in parts.get(DUTIES, {}).items() if row.what == what]


def seam(pacts: Mapping[str, Pact]) -> tuple[Pact, int] | None:
    """The pact under test and its patrols level, where there is one."""
    for pact in pacts.values():
        if pact.front:
            return pact, max(0, min(pact.patrols, POOLED))
    return None


def tally(before: State, key: str, owner: Seat, n: int) -> tuple[Effect, ...]:
    """Effects that raise a running count, made where it is new."""
    if not n:
        return ()
    if key in before.tallies:
        return (Add("tallies", key, "n", n),)
    return (Make("tallies", key, Tally(owner, 0)), Add("tallies", key, "n", n))


#: Outcomes of a draw that stand in its table: those with a part in a thousand at least, at most a dozen.
SHOWN_PPM, SHOWN = 1000, 12


def rolled(rule: str, subject: str, odds: Odds[int], draw: int) -> Roll:
    """A draw read through its exact odds, as people may open it."""
    at = odds.index(draw)
    table = [(str(n), odds.chance(i)) for i, n in enumerate(odds.outcomes) if odds.chance(i) >= SHOWN_PPM or i == at]
    first = max(0, min(len(table) - SHOWN, [label for label, _ in table].index(str(odds.outcomes[at])) - SHOWN // 2))
    shown = tuple(table[first : first + SHOWN])
    return Roll(f"{rule}|{subject}", draw, str(odds.outcomes[at]), odds.chance(at), odds.chance_up_to(at), shown)


class Left:
    """What a phase has not yet taken of counters, so that two attacks never take the same step."""

    def __init__(self, before: State) -> None:
        self.before = before
        self.steps = {id: c.steps for id, c in before.counters.items()}
        self.lost: dict[tuple[Seat, str], int] = {}

    def take(self, id: CounterId, n: int) -> list[Effect]:
        """Effects of losing `n` steps, with their share of rounds, missiles and supplies."""
        counter: Counter = self.before.counters[id]
        left = self.steps[id]
        effects: list[Effect] = [Add("counters", id, "steps", -n)]
        for field in ("rounds", "missiles", "supply"):
            held = getattr(counter, field)
            gone = held * left // counter.steps - held * (left - n) // counter.steps
            if gone:
                effects.append(Add("counters", id, field, -gone))
        self.steps[id] = left - n
        line = (counter.owner, self.before.setting.board.formation(counter).domain)
        self.lost[line] = self.lost.get(line, 0) + n
        return effects

    def tallies(self) -> list[Effect]:
        """The running counts of what was taken since this was last asked."""
        out = [
            effect
            for (owner, domain), n in sorted(self.lost.items())
            for effect in tally(self.before, f"{owner}.lost.{domain}", owner, n)
        ]
        self.lost.clear()
        return out
