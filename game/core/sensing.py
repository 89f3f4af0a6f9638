"""What a sensing level passes on, and who sees a launch: shared nouns of intelligence and missile defense.

Levels L0 to L4 are those of facts C1.7; what a level passes on, how good and how late, is game.md §2 ("nothing but
the impact; a launch somewhere; tracks and times; an ally's shooters to ask for") put into a table, design values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from game.core.design import PPM, Form, Many, Name, Whole, rows
from game.core.ids import PlaceId, Seat, pair
from game.core.model import Counter, Pact
from game.core.setting import Board

#: The level of damage from which a radar sees nothing (facts C3).
BLIND = 3
#: What a fixed radar that watches sees, unless its row says otherwise (D).
WATCHED = ("ship", "support", "grey", "air")


@attrs.frozen(slots=True)
class Passing:
    """What one ally gets of what the other saw: best quality, how late, by which route.

    `delay` is "pulse" (the same), "next" (one pulse late), "turn" (with the next turn's first pulse) or "never".
    """

    quality: int
    delay: str
    route: str


#: By sensing level; L3 is the level in force since December 2023 (facts C1.7; delays and qualities D).
PASSING: tuple[Passing, ...] = (
    Passing(0, "never", "none"),
    Passing(1, "turn", "liaison"),
    Passing(2, "next", "hub"),
    Passing(2, "pulse", "real_time"),
    Passing(3, "pulse", "fire_control"),
)


def level_between(pacts: Mapping[str, Pact], one: Seat, other: Seat) -> int:
    """The sensing level that works between two seats now: 0 without a pact or while its network is down."""
    pact = pacts.get(pair(one, other))
    return 0 if pact is None or pact.outage else max(0, pact.sensing)


def front_pact(pacts: Mapping[str, Pact], seat: Seat) -> tuple[str, Pact] | None:
    """The pact under test that `seat` is party to, with its key; the best one if there are several."""
    found = [(p.sensing, k, p) for k, p in pacts.items() if p.front and seat in p.owners]
    if not found:
        return None
    _, key, pact = max(found, key=lambda f: (f[0], f[1]))
    return key, pact


def level(pacts: Mapping[str, Pact], seat: Seat) -> int:
    """The sensing level at which `seat` is defended: that of its front pact, 0 while the network is down."""
    found = front_pact(pacts, seat)
    return 0 if found is None or found[1].outage else max(0, found[1].sensing)


def launch_sensor(
    board: Board, counters: Iterable[tuple[str, Counter]], radars_down: Mapping[PlaceId, int], seat: Seat, at: PlaceId
) -> str:
    """The own sensor of `seat` that sees a ballistic launch at place `at`: a counter id, a place id, or "".

    A counter sees as far as its figure `launch_range`; a fixed radar (scenario table `sensors.radars`) as far as its
    `launch_km` while its place's radar damage is below BLIND. The nearest one is named, ties by name.
    """
    theatre, ranges = board.theatre, board.having("launch_range")
    seen: list[tuple[int, str]] = []
    for id, counter in counters:
        reach = ranges.get(counter.formation)
        if reach and counter.owner == seat and (km := theatre.km(counter.at, at)) <= reach:
            seen.append((km, id))
    for radar in fixed_radars(board):
        if radar["owner"] == seat and radars_down.get(radar["place"], 0) < BLIND:
            km = theatre.km(radar["place"], at)
            if km <= radar["launch_km"]:
                seen.append((km, radar["place"]))
    return min(seen)[1] if seen else ""


#: What a scenario may write into `tables.sensors`.
SENSORS: Mapping[str, Form] = {
    "radars": rows(
        {"place": Name("place"), "owner": Name("nation"), "launch_km": Whole(0, 10_000)},
        {"watch_km": Whole(0, 10_000), "sees": Many(Name("domain"))},
    ),
    "satellites": rows({"owner": Name("nation"), "tracks": Many(Many(Name("spot")), 1), "clear": PPM}),
}


def fixed_radars(board: Board) -> tuple[Mapping[str, Any], ...]:
    """Rows {place, owner, launch_km, watch_km, sees} of the table `sensors.radars`; the last two may lack."""
    return tuple(board.design("sensors", "radars", ()))


def satellites(board: Board) -> tuple[Mapping[str, Any], ...]:
    """Rows {owner, tracks, clear} of `sensors.satellites`: lists of places that are passed over in turn, pulse by
    pulse, and the chance in ppm that one of them lies clear."""
    return tuple(board.design("sensors", "satellites", ()))


def blinded(board: Board, radars_down: Mapping[PlaceId, int]) -> frozenset[PlaceId]:
    """Places of fixed radars that see nothing now."""
    places = {str(radar["place"]) for radar in fixed_radars(board)}
    return frozenset(p for p in places if radars_down.get(p, 0) >= BLIND)


@lru_cache(maxsize=256)
def radar_sight(board: Board, seat: Seat, blind: frozenset[PlaceId]) -> Mapping[PlaceId, Mapping[str, PlaceId]]:
    """What the fixed radars of `seat` watch: by place, the radar that sees each domain there, the nearest one."""
    found: dict[PlaceId, dict[str, tuple[int, PlaceId]]] = {}
    for radar in fixed_radars(board):
        at = str(radar["place"])
        if radar["owner"] != seat or at in blind or not radar.get("watch_km"):
            continue
        for place in board.theatre.within(at, int(radar["watch_km"])):
            best = found.setdefault(place, {})
            for domain in radar.get("sees", WATCHED):
                best[domain] = min(best.get(domain, (1 << 30, "")), (board.theatre.km(at, place), at))
    return {place: {domain: at for domain, (_, at) in best.items()} for place, best in found.items()}
