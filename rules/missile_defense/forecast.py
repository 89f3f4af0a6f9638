"""What the staff shows beside a plan: exact odds of raids planned and feared, and how far missiles reach."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.ids import PlaceId, Seat, date
from game.core.odds import PPM
from game.core.orders import Plan
from game.core.reach import cargo, raided
from game.core.setting import Formation
from game.core.share import share
from game.core.staff import Forecast, Ring, bars
from game.core.view import View
from game.core.words import Message, Value, say
from rules.missile_defense.doctrine import FEARED_MOST
from rules.missile_defense.estimate import Estimate, feared, planned, public_defenders
from rules.missile_defense.launch import in_reach, munition_of
from rules.missile_defense.salvo_staff import forecast_salvos
from rules.missile_defense.station import covers, interceptor, of_side
from rules.missile_defense.tables import Raid

#: Places that a staff shows its fears for, and how many it works through to find them (D).
SHOWN, LOOKED_AT = 3, 6


def forecast(view: View, plan: Plan) -> Iterator[Forecast]:
    """Each raid and salvo of the plan as it should go; then the worst raids that one's own side must fear."""
    for order in plan.orders:
        if isinstance(order, Raid) and order.target in view.places:
            estimate = planned(view, order)
            if estimate is not None:
                yield _of_raid(view, order, estimate)
    yield from forecast_salvos(view, plan)
    found = [(fear, feared(view, plan, fear.place, dict(fear.counts))) for fear in fears(view)]
    found.sort(key=lambda f: (-f[1].leakers_millis * f[0].worth, f[0].place))
    for fear, estimate in found[:SHOWN]:
        yield _of_fear(view, fear, estimate)


def _of_raid(view: View, order: Raid, estimate: Estimate) -> Forecast:
    board = view.board
    munition = munition_of(board, view.mine[order.subject])
    assert munition is not None
    flying = order.missiles * munition.figure("reliability", PPM) // PPM
    near = tuple(id for id, c in public_defenders(board) if covers(board, c, order.target))
    lines = [
        say("missile_defense.forecast_flying", missiles=order.missiles, flying=flying, munition=munition.id),
        _level_line(estimate),
    ]
    if near:
        lines.append(say("missile_defense.forecast_public", n=len(near)))
    title = say("missile_defense.forecast_raid", unit=order.subject, place=order.target)
    return _forecast(order.subject, order.target, title, lines, estimate, near)


def _of_fear(view: View, fear: Fear, estimate: Estimate) -> Forecast:
    board = view.board
    assumed = tuple(id for id in estimate.assumed if covers(board, view.counters[id], fear.place))
    size: dict[str, Value] = {
        "missiles": fear.size,
        "munition": fear.munition,
        "place": fear.origin,
        "nation": fear.nation,
    }
    if fear.contact:
        contact = view.contacts[fear.contact]
        seen = date(contact.turn, contact.pulse)
        lines = [say("missile_defense.forecast_seen", date=seen, contact=fear.contact, **size)]
    else:
        lines = [say("missile_defense.forecast_based", **size)]
    lines.append(_level_line(estimate))
    if assumed:
        lines.append(say("missile_defense.forecast_full", n=len(assumed)))
    title = say("missile_defense.forecast_feared", place=fear.place)
    return _forecast("", fear.place, title, lines, estimate, assumed)


def _level_line(estimate: Estimate) -> Message:
    return say("missile_defense.forecast_level", level=estimate.level, failure=estimate.failure)


def _forecast(
    subject: str, place: PlaceId, title: Message, lines: list[Message], estimate: Estimate, assumed: tuple[str, ...]
) -> Forecast:
    return Forecast(
        "MD7",
        subject,
        place,
        title,
        tuple(lines),
        bars(estimate.leakers),
        estimate.leakers_millis,
        bars(estimate.spent),
        estimate.spent_millis,
        estimate.inputs,
        assumed,
    )


# What is feared -------------------------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class Fear:
    """The volley that a seat fears at a place: of one launcher, as far as it knows. `contact` is the key of
    the contact that it goes by, "" where it goes by the public order of battle; `worth` weighs the place."""

    place: PlaceId
    origin: PlaceId
    nation: Seat
    munition: str
    size: int
    counts: tuple[tuple[str, int], ...]
    contact: str
    worth: int


def fears(view: View) -> list[Fear]:
    """One for each place of one's own that rivals reach, the greatest danger first; at most LOOKED_AT."""
    known = list(launchers(view))
    found = [fear for place, worth in _held(view).items() if (fear := _worst(view, place, worth, known)) is not None]
    found.sort(key=lambda f: (-f.size * f.worth, f.place))
    return found[:LOOKED_AT]


def launchers(view: View) -> Iterator[tuple[Formation, PlaceId, str]]:
    """Rival launchers against land: the formation, where it may stand, and the contact that says so.

    A contact may be any launcher of its nation, or the one that the order of battle bases there. A formation whose
    base is off this map may stand in any missile area of its nation on it.
    """
    board = view.board
    sites = board.theatre.sites
    public = [f for f in board.formations.values() if _fires_at_land(view, f)]
    for formation in public:
        if formation.base in sites:
            yield formation, formation.base, ""
        else:
            for place, site in sites.items():
                if site.kind == "missile area" and site.owner == formation.owner:
                    yield formation, place, ""
    for key, contact in view.contacts.items():
        if contact.what == "missile" and contact.at:
            theirs = [f for f in public if f.owner == contact.nation]
            for formation in [f for f in theirs if f.base == contact.at] or theirs:
                yield formation, contact.at, key


def _fires_at_land(view: View, formation: Formation) -> bool:
    board = view.board
    munition = board.munitions.get(formation.missile)
    rival = formation.owner in board.seats and board.hostile(view.seat, formation.owner)
    return rival and munition is not None and formation.figure("salvo") > 0 and not munition.shares.get("ASBM")


def _held(view: View) -> dict[PlaceId, int]:
    """Places on land that this seat owns or stands at, and what they are worth to it: steps there, wings twice."""
    board = view.board
    side = of_side(view.places, board, view.seat)
    stood = {c.at for c in view.mine.values()}
    out: dict[PlaceId, int] = {}
    for place, row in view.places.items():
        if place in side and (row.owner == view.seat or place in stood) and place in raided(board):
            site = board.theatre.sites[place]
            out[place] = 1 + site.air + site.port
    for counter in view.counters.values():
        if counter.at in out:
            out[counter.at] += (16 if board.formation(counter).domain == "air" else 8) * max(0, counter.steps)
    return out


def _worst(view: View, place: PlaceId, worth: int, known: list[tuple[Formation, PlaceId, str]]) -> Fear | None:
    """The largest volley, at most FEARED_MOST, of the nation that is feared here: one whose launchers were seen
    where they reach the place comes first, then the nearest."""
    board = view.board
    found: list[tuple[int, str, Formation, PlaceId]] = []
    nations: dict[Seat, tuple[bool, int]] = {}
    for formation, origin, contact in known:
        munition = board.munitions[formation.missile]
        flying = formation.figure("salvo") * munition.figure("reliability", PPM) // PPM
        if flying and in_reach(board, munition, origin, place):
            found.append((min(FEARED_MOST, flying), contact, formation, origin))
            near = (not contact, board.theatre.km(origin, place))
            nations[formation.owner] = min(near, nations.get(formation.owner, near))
    if not found:
        return None
    nation = min(nations, key=lambda n: (nations[n], n))
    theirs = [f for f in found if f[2].owner == nation]
    flying, contact, formation, origin = max(theirs, key=lambda f: (f[0], f[1], f[2].id, f[3]))
    shares = board.munitions[formation.missile].shares
    counts = tuple(sorted(share(flying, {c: ppm * flying for c, ppm in shares.items()}).items()))
    return Fear(place, origin, nation, formation.missile, flying, counts, contact, worth)


# Rings ----------------------------------------------------------------------------------------------------------


def rings(view: View) -> Iterator[Ring]:
    """How far launchers reach where this seat has seen one, and what its own interceptors cover."""
    board = view.board
    reach: dict[str, int] = {}
    for formation, _, key in launchers(view):
        if key:
            reach[key] = max(reach.get(key, 0), board.munitions[formation.missile].figure("range"))
    for key, km in reach.items():
        contact = view.contacts[key]
        text = say("missile_defense.ring_threat", contact=key, nation=contact.nation, km=km)
        yield Ring("threat", contact.at, km, contact.nation, text, key)
    for id, counter in view.mine.items():
        km = board.figure(counter, "footprint")
        ready = counter.rounds > 0 and id not in cargo(view.parts)
        if km and ready and interceptor(board, counter) is not None:
            text = say("missile_defense.ring_defense", unit=id, km=km)
            yield Ring("defense", counter.at, km, view.seat, text, id)
