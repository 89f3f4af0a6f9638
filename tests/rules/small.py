"""A small theatre for cases that people read: two allies, a rival across the sea, a relaying third, a bystander.

    HOME (JP, air 2, port 2) - road - WEST (JP, air 1)        BELT (KP, launch area) - road - NKP (KP, air 1, port 1)
     |port   | ferry                                            | road across the front            | port
    SEA --- ALLY (KR, air 2, port 1) - road - CAMP (KR, no airfield)                              NOR
     |_________________________________ sea ______________________________________________________|

HOME opens on OUT too, which lies beyond a closed lane from NOR. BASE (US, air 1, port 1) lies far to the south-east
on SEA. CN looks on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from game.core.apply import apply
from game.core.events import Event
from game.core.ids import pair
from game.core.luck import Luck
from game.core.model import Contact, Counter, Nation, Pact, Place, State, Tally
from game.core.orders import Book, Order, Plan
from game.core.rulebook import Chapter, Phase
from game.core.setting import Board, Figure, Formation, Line, Setting, TurnKind
from game.core.theatre import Lane, Site, Theatre
from game.core.view import View, view

SITES = (
    Site("HOME", "Home", "airbase", "JP", 34_000, 132_000, 2, 2),
    Site("WEST", "West", "airbase", "JP", 33_000, 131_000, 1, 0),
    Site("ALLY", "Ally", "airbase", "KR", 36_000, 128_000, 2, 1),
    Site("CAMP", "Camp", "army base", "KR", 37_000, 127_000),
    Site("BASE", "Base", "airbase", "US", 26_000, 140_000, 1, 1),
    Site("BELT", "Belt", "missile area", "KP", 39_500, 125_500),
    Site("NKP", "North port", "port", "KP", 39_000, 127_500, 1, 1),
    Site("SEA", "Sea", "sea zone", "", 36_000, 131_000, sea=True),
    Site("NOR", "North sea", "sea zone", "", 39_000, 130_000, sea=True),
    Site("OUT", "Outer sea", "sea zone", "", 42_000, 136_000, sea=True),
)
LANES = (
    ("HOME", "SEA", "port", 200),
    ("HOME", "OUT", "port", 900),
    ("ALLY", "SEA", "port", 300),
    ("BASE", "SEA", "port", 1300),
    ("NKP", "NOR", "port", 250),
    ("SEA", "NOR", "sea", 350),
    ("HOME", "WEST", "road", 150),
    ("HOME", "ALLY", "ferry", 420),
    ("ALLY", "CAMP", "road", 150),
    ("BELT", "NKP", "road", 180),
)
THEATRE = Theatre(
    "small",
    "Small",
    {s.id: s for s in SITES},
    {
        **{f"{a}-{b}:{kind}": Lane(f"{a}-{b}:{kind}", a, b, kind, km) for a, b, kind, km in LANES},
        "CAMP-BELT:road": Lane("CAMP-BELT:road", "CAMP", "BELT", "road", 300, supply=False),
        "NOR-OUT:sea": Lane("NOR-OUT:sea", "NOR", "OUT", "sea", 600, closed=True),
    },
)


def formation(
    id: str, owner: str, domain: str, base: str, steps: int, system: str = "", missile: str = "", **figures: int
) -> Formation:
    values = {key: Figure(n, "") for key, n in figures.items()}
    return Formation(id, id, owner, "", domain, base, steps, "", values, system, missile)


FORMATIONS = {
    f.id: f
    for f in (
        formation("J1", "JP", "ship", "HOME", 3, "sm3", sensor_range=300, hits_to_kill=20),
        formation("J2", "JP", "air", "HOME", 3, sensor_range=150),
        formation("J3", "JP", "battery", "HOME", 4, "pac3", sensor_range=100),
        formation("J4", "JP", "air", "WEST", 2, sweep_width=15, sensor_range=100),
        formation("J5", "JP", "grey", "HOME", 2),
        formation("K1", "KR", "ship", "ALLY", 2, "sm2", sensor_range=600, hits_to_kill=20),
        formation("K2", "KR", "air", "ALLY", 3, sensor_range=100),
        formation("K4", "KR", "air", "ALLY", 1, sweep_width=15),
        formation("U1", "US", "air", "BASE", 2),
        formation("P1", "KP", "missile", "BELT", 4, missile="nodong", inventory=48),
        formation("P2", "KP", "ship", "NKP", 3, sensor_range=200, hits_to_kill=10),
        formation("P3", "KP", "air", "NKP", 2),
        formation("P4", "KP", "submarine", "NKP", 2),
    )
}
COUNTERS = {
    "J1": Counter("JP", "J1", "SEA", 3, 24, 6, 7),
    "J2": Counter("JP", "J2", "HOME", 3),
    "J3": Counter("JP", "J3", "HOME", 4, 63),
    "J4": Counter("JP", "J4", "WEST", 2),
    "J5": Counter("JP", "J5", "HOME", 2),
    "K1": Counter("KR", "K1", "ALLY", 2, 30),
    "K2": Counter("KR", "K2", "ALLY", 3),
    "K4": Counter("KR", "K4", "ALLY", 1),
    "U1": Counter("US", "U1", "BASE", 2),
    "P1": Counter("KP", "P1", "BELT", 4, 0, 48),
    "P2": Counter("KP", "P2", "NOR", 3, 0, 9),
    "P3": Counter("KP", "P3", "NKP", 2),
    "P4": Counter("KP", "P4", "NOR", 2),
}
SEATS = ("CN", "JP", "KP", "KR", "US")
WEEK = TurnKind(
    "war_week",
    168,
    2,
    pulse=("intelligence.network", "movement.move", "intelligence.observe"),
    closing=("assessment.score",),
)
CABINET = TurnKind("cabinet", 12, 0, ("politics.decide",), closing=("assessment.score",))


def board(**tables: Mapping[str, Any]) -> Board:
    return Board(
        theatre=THEATRE,
        formations=FORMATIONS,
        munitions={},
        seats=SEATS,
        coalition={"JP": "allies", "KR": "allies", "US": "allies", "KP": "north", "CN": "china"},
        access={"JP": ("JP", "US"), "KR": ("KR", "US"), "US": ("US", "JP", "KR"), "KP": ("KP",), "CN": ("CN",)},
        kinds={"war_week": WEEK, "cabinet": CABINET},
        chapters=(),
        tables=tables,
    )


def state(
    counters: Mapping[str, Counter] | None = None,
    *,
    level: int = 3,
    treaty: int = 0,
    outage: bool = False,
    turn: int = 2,
    pulse: int = 1,
    places: Mapping[str, Place] | None = None,
    contacts: Mapping[str, Contact] | None = None,
    tallies: Mapping[str, Tally] | None = None,
    capital: Mapping[str, int] | None = None,
    lines: Mapping[str, Sequence[Line]] | None = None,
    calendar: tuple[str, ...] = ("cabinet", "war_week", "war_week", "war_week", "war_week"),
    access: Mapping[str, tuple[str, ...]] | None = None,
    **tables: Mapping[str, Any],
) -> State:
    """A State at `turn` and `pulse`. `level` is the sensing of JP-KR, `treaty` of JP-US and KR-US."""
    given = board(**tables)
    if access is not None:
        given = attrs.evolve(given, access={**given.access, **access})
    setting = Setting("small", given, calendar, {k: tuple(v) for k, v in (lines or {}).items()}, {}, "")
    kinds = given.kinds
    hour = sum(kinds[k].hours for k in calendar[: turn - 1]) + max(0, pulse - 1) * 84
    pacts = {
        pair("JP", "KR"): Pact("JP", "KR", front=True, announced=level, sensing=level, outage=outage),
        pair("JP", "US"): Pact("JP", "US", sensing=treaty),
        pair("KR", "US"): Pact("KR", "US", sensing=treaty),
    }
    return State(
        setting=setting,
        turn=turn,
        pulse=pulse,
        hour=hour,
        nations={s: Nation(s, capital=(capital or {}).get(s, 4)) for s in SEATS},
        places={s.id: Place(s.owner) for s in SITES} | dict(places or {}),
        counters=dict(sorted((COUNTERS if counters is None else counters).items())),
        stocks={},
        pacts=pacts,
        contacts=dict(sorted((contacts or {}).items())),
        tallies=dict(sorted((tallies or {}).items())),
        parts={},
    )


def play(
    phase: Phase, before: State, *orders: Order, seed: int = 1, luck: Luck | None = None
) -> tuple[State, tuple[Event, ...]]:
    """One phase with these orders: the State after it, and its events."""
    named = luck or Luck(seed, before.turn, before.pulse)
    events = tuple(phase(before, Book({}, orders), named))
    return apply(before, events), events


def settled(events: Sequence[Event], order: Order) -> Event:
    """The one event that settles `order`."""
    (found,) = (e for e in events if e.order == order.id)
    return found


def refusal(chapter: Chapter, before: State, order: Order, *others: Order) -> str:
    """The rule that forbids `order` in a plan with `others`, "" where it is legal."""
    seen = view(before, order.seat)
    found = chapter.fault(seen, Plan(order.seat, (*others, order)), order)
    if found is not None:
        assert found.reason.id and found.remedy.id.endswith(".do")
    return found.rule if found else ""


def offered(chapter: Chapter, seen: View) -> set[Order]:
    return {order for template in chapter.options(seen) for order in template}


def assert_agree(chapter: Chapter, before: State, seat: str, tried: Sequence[Order]) -> None:
    """What is offered has no fault, and what has no fault is offered."""
    seen, plan = view(before, seat), Plan(seat)
    have = offered(chapter, seen)
    assert [o for o in have if chapter.fault(seen, plan, o) is not None] == []
    assert [o for o in tried if chapter.fault(seen, plan, o) is None and o not in have] == []
