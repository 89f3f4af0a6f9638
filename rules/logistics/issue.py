"""What is issued where goods are, and what is used: one sum for the phase and for the staff's forecast (LG9)."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from game.core.ids import PlaceId, Seat
from game.core.share import share
from game.core.theatre import Theatre
from rules.logistics.scene import Need


@attrs.frozen(slots=True)
class Issued:
    """What one counter or consumer got and used this turn, and what it has then."""

    need: Need
    got: int
    used: int
    after: int

    @property
    def days(self) -> int:
        """Hundredths of a day at normal use."""
        return self.after * 100 // self.need.day


def after(held: int, got: int, use: int, full: int) -> int:
    """Facts C3 (4): DOS' = min(cap, DOS + (arrivals - use)), never below nothing; all in hundredths of a point."""
    return max(0, min(full, held + got - use))


def lasts(stock: int, use: int, resupply: int) -> int:
    """Hundredths of a day that a stock lasts at `use` a day with `resupply` a day coming in: T = I / (c - s)
    (facts C3 Ex 16); -1 for ever."""
    return stock * 100 // (use - resupply) if use > resupply else -1


Places = dict[tuple[Seat, PlaceId], int]


def issue(theatre: Theatre, needs: list[Need], on_hand: Places) -> tuple[list[Issued], Places]:
    """Issue what every nation has at a place to what stands there, in proportion where it is short; what oilers
    bring to a zone and nobody there takes goes to own ships in the zones next to it. Returns what is left."""
    got: dict[str, int] = {}
    left = dict(on_hand)
    by_place: dict[tuple[Seat, PlaceId], list[Need]] = {}
    for need in needs:
        by_place.setdefault((need.owner, need.place), []).append(need)
    for at, there in by_place.items():
        _issue(got, left, at, there)
    for seat, place in on_hand:
        if left.get((seat, place)) and theatre.sites[place].sea:
            near = [d for p in theatre.neighbors(place, ("sea",)) for d in by_place.get((seat, p), ())]
            _issue(got, left, (seat, place), near)
    return [_used(need, got.get(need.id, 0)) for need in needs], left


def _issue(got: dict[str, int], left: Places, at: tuple[Seat, PlaceId], takers: list[Need]) -> None:
    have = left.get(at, 0)
    if not have:
        return
    claims: Mapping[str, int] = {d.id: d.wants - got.get(d.id, 0) for d in takers if d.wants > got.get(d.id, 0)}
    for id, n in share(have, claims).items():
        got[id] = got.get(id, 0) + n
        have -= n
    left[at] = have


def _used(need: Need, got: int) -> Issued:
    used = min(need.use, need.held + got)
    return Issued(need, got, used, max(0, need.held + got - used))
