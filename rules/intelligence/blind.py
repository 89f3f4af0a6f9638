"""Fixed radars that are hit, and whose eyes are left: the worth of sharing as redundancy (I13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from game.core.events import Drop, Event, Input, Make
from game.core.ids import CounterId, PlaceId, Seat
from game.core.model import Counter, Row, State
from game.core.reach import sees
from game.core.sensing import BLIND, fixed_radars, launch_sensor, level_between, radar_sight
from game.core.setting import Board
from game.core.words import say

BLINDED = "intelligence.blind"
#: The level from which an ally's eyes are one's own in the same pulse (facts C1.7).
REAL_TIME = 3


@attrs.frozen(slots=True)
class Blind(Row):
    """A radar place whose owner has been told that it sees nothing."""

    SEEN = "owner"


@attrs.frozen(slots=True)
class Left:
    """Of the places that a radar looked at: how many its owner still sees with its own eyes, how many through an ally
    in real time, how many late, and how many nobody shows it."""

    own: int
    ally: int
    late: int
    lost: int
    source: Seat


def blindness(before: State) -> Iterator[Event]:
    """Told once when a radar goes blind, and once when it sees again."""
    known = before.table(BLINDED)
    rows = {str(r["place"]): str(r["owner"]) for r in fixed_radars(before.setting.board)}
    for place, seat in sorted(rows.items()):
        down = before.places[place].radar >= BLIND
        if seat not in before.nations or down == (place in known):
            continue
        damage = Input("damage", before.places[place].radar, place)
        if not down:
            text = say("intelligence.sees_again", place=place)
            yield Event("I13", seat, place, text, (damage,), effects=(Drop(BLINDED, place),), all_to=(seat,))
            continue
        left = remains(before, seat, place)
        counts = {"own": left.own, "ally": left.ally, "late": left.late, "lost": left.lost}
        text = say("intelligence.blinded", place=place, source=left.source, **counts)
        inputs = (damage, *(Input(name, n, f"places within its range of {place}") for name, n in counts.items()))
        yield Event("I13", seat, place, text, inputs, effects=(Make(BLINDED, place, Blind(seat)),), all_to=(seat,))


def remains(before: State, seat: Seat, radar: PlaceId) -> Left:
    """Whose eyes are left on what the radar looked at: rivals' places for launches, and the zones that it watched."""
    board = before.setting.board
    down = {p: row.radar for p, row in before.places.items() if row.radar}
    blind = frozenset(p for p, n in down.items() if n >= BLIND)
    rows = [r for r in fixed_radars(board) if r["place"] == radar and r["owner"] == seat]
    reach = max(int(r["launch_km"]) for r in rows)
    looked = [p for p in board.theatre.within(radar, reach) if board.hostile(seat, before.places[p].owner)]
    watch = max(int(r.get("watch_km", 0)) for r in rows)
    zones = [p for p in board.theatre.within(radar, watch) if board.theatre.sites[p].sea] if watch else []
    friends = [s for s in before.nations if s != seat and board.same_side(s, seat)]
    able = {k: c for k, c in before.counters.items() if sees(board, before.places, before.parts, k, c)}

    def looks(who: Seat, place: PlaceId, zone: bool) -> bool:
        if zone:
            return place in radar_sight(board, who, blind) or _near(board, able, who, place)
        return bool(launch_sensor(board, able.items(), down, who, place))

    own = ally = late = lost = 0
    source = ""
    for place, zone in [*((p, False) for p in looked), *((p, True) for p in zones)]:
        by = [s for s in friends if looks(s, place, zone)]
        level = max((level_between(before.pacts, seat, s) for s in by), default=0)
        if looks(seat, place, zone):
            own += 1
        elif level >= REAL_TIME:
            ally += 1
            source = source or max(by, key=lambda s: (level_between(before.pacts, seat, s), s))
        elif level:
            late += 1
        else:
            lost += 1
    return Left(own, ally, late, lost, source)


def _near(board: Board, able: Mapping[CounterId, Counter], seat: Seat, place: PlaceId) -> bool:
    """Whether a counter of `seat`, of those whose sensors look out, sees the place."""
    ranges = board.having("sensor_range")
    return any(
        counter.owner == seat and board.theatre.km(counter.at, place) <= ranges.get(counter.formation, -1)
        for counter in able.values()
    )
