"""A seat's View as a Scene: what it owns, what its allies show it, what it believes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from game.core import staff
from game.core.ids import PlaceId, Seat, date
from game.core.model import UNKNOWN, Contact, Counter
from game.core.setting import Board, Formation
from game.core.theatre import Lane, Site, Theatre
from game.core.view import View
from game.core.words import say
from game.ui.paint.things import LaneLine, Load, Marker, Move, PlaceDot, Position, Ring, Scene, Tint, Zone
from game.words import Names, text

Polygons = tuple[tuple[tuple[Position, ...], ...], ...]
#: Figures that may stand on a counter's strip: the first that a formation has.
REACHES = ("range", "footprint", "sensor_range", "launch_range")
ATTACKS = ("antiship", "air_quality", "strength", "torpedoes", "asw", "track", "sorties")
FIRST = frozenset({"naval base", "airbase", "city", "off-map base"})


def affinity_of(board: Board, viewer: Seat, owner: Seat) -> str:
    """The APP-6 standing of a nation as the viewer sees it; the public sees the largest coalition as friends."""
    if not owner:
        return "u"
    if owner not in board.coalition:
        return "n"
    if viewer:
        return "f" if board.same_side(viewer, owner) else "h"
    sides = list(board.coalition.values())
    return "f" if board.coalition[owner] == max(sides, key=sides.count) else "h"


def scene_of(
    view: View,
    outlines: Mapping[PlaceId, Polygons],
    names: Names | None = None,
    rings: Iterable[staff.Ring] = (),
    language: str = "en",
    voyages: Iterable[staff.Voyage] = (),
) -> Scene:
    """The map of one seat. `rings` and `voyages` are the rulebook's own; they are put where they are known of."""
    board = view.board
    called = names if names is not None else Names.of(board, view.counters)
    sites = board.theatre.sites
    sails = tuple(v for v in voyages if v.start in sites and v.to in sites)
    goes = frozenset(v.subject for v in sails)
    markers = [_own(view, id, c, called, id in goes) for id, c in view.counters.items() if c.at in sites]
    markers += [_contact(view, id, c, called) for id, c in view.contacts.items() if c.at in sites]
    return Scene(
        places=_places(view, _busy(markers)),
        zones=_zones(board.theatre, tuple(sorted(outlines.items()))),
        lanes=_lanes(board.theatre),
        rings=tuple(_ring(view, ring, sites, called, language) for ring in rings if ring.place in sites),
        markers=tuple(markers),
        voyages=tuple(Move(v.subject, v.start, v.to, "voyage", label=v.when) for v in sails),
    )


def at_of(site: Site) -> Position:
    return site.lon_e3 / 1000, site.lat_e3 / 1000


def _busy(markers: Iterable[Marker]) -> frozenset[str]:
    return frozenset(m.at for m in markers)


def _places(view: View, busy: frozenset[str]) -> tuple[PlaceDot, ...]:
    out = []
    for id, site in view.board.theatre.sites.items():
        if site.sea:
            continue
        row = view.places.get(id)
        hurt = 0 if row is None else max(0, row.runway, row.port, row.radar)
        rank = 1 if id in busy else 2 if site.kind in FIRST else 3
        out.append(
            PlaceDot(
                id,
                site.name,
                at_of(site),
                site.kind,
                affinity_of(view.board, view.seat, site.owner),
                rank,
                hurt,
                site.inset,
            )
        )
    return tuple(out)


@lru_cache(maxsize=4)
def _zones(theatre: Theatre, outlines: tuple[tuple[PlaceId, Polygons], ...]) -> tuple[Zone, ...]:
    shapes = dict(outlines)
    return tuple(
        Zone(id, site.name, at_of(site), tuple(polygon[0] for polygon in shapes.get(id, ())))
        for id, site in theatre.sites.items()
        if site.sea
    )


@lru_cache(maxsize=4)
def _lanes(theatre: Theatre) -> tuple[LaneLine, ...]:
    return tuple(LaneLine(id, lane.kind, lane.a, lane.b, lane.closed) for id, lane in theatre.lanes.items())


def _reach(board: Board, formation: Formation) -> int:
    munition = board.munitions.get(formation.missile)
    reach = munition.figure("range") if munition is not None else 0
    return reach or next((km for key in REACHES if (km := formation.figure(key)) > 0), 0)


def strip_of(board: Board, counter: Counter, formation: Formation) -> tuple[int, int]:
    """Attack and reach, as counters have them: what is left to fire, else its strength; then hundreds of km."""
    attack = max(counter.rounds, counter.missiles)
    if attack <= 0:
        attack = next((n for key in ATTACKS if (n := formation.figure(key)) > 0), 0)
    return attack, (_reach(board, formation) + 50) // 100


def _figures(board: Board, counter: Counter, formation: Formation) -> str:
    attack, reach = strip_of(board, counter, formation)
    return f"{attack}–{reach}" if reach else str(attack) if attack else ""


def _most_rounds(board: Board, counter: Counter, formation: Formation) -> int:
    each = formation.figure("exo_rounds") or formation.figure("magazine")
    return max(counter.rounds, each * max(1, counter.steps))


def _own(view: View, id: str, counter: Counter, names: Names, moving: bool) -> Marker:
    board = view.board
    formation = board.formation(counter)
    stem = id.partition(">")[0].rstrip("'") == formation.id and ">" not in id
    lost = max(0, formation.steps - counter.steps) if stem and counter.owner == view.seat else 0
    rounds = counter.rounds if counter.rounds != UNKNOWN else -1
    most = _most_rounds(board, counter, formation) if rounds >= 0 else 0
    return Marker(
        id=id,
        at=counter.at,
        affinity=affinity_of(board, view.seat, counter.owner),
        symbol=formation.symbol.lower(),
        name=names.unit(id),
        seat=counter.owner,
        figures=_figures(board, counter, formation),
        steps=counter.steps,
        lost=lost,
        rounds=rounds if most else -1,
        rounds_most=most,
        damaged=counter.damage > 0,
        flushed=counter.flushed,
        ally=bool(view.seat) and counter.owner != view.seat and board.same_side(view.seat, counter.owner),
        moving=moving,
    )


def _contact(view: View, id: str, contact: Contact, names: Names) -> Marker:
    nation = contact.nation
    return Marker(
        id=id,
        at=contact.at,
        affinity=affinity_of(view.board, view.seat, nation) if nation else "u",
        symbol=contact.what or "unknown",
        name=names.contact(id),
        seat=nation,
        steps=max(0, contact.steps),
        quality=max(1, contact.quality),
        age=max(0, view.hour - contact.hour),
        as_of=date(contact.turn, contact.pulse),
    )


def _ring(view: View, ring: staff.Ring, sites: Mapping[PlaceId, Site], names: Names, language: str) -> Ring:
    affinity = affinity_of(view.board, view.seat, ring.seat) if ring.seat else "u"
    sort = "warning" if ring.label.id.endswith("warns") else ring.layer
    label = text(say(f"ui_map.ring_{sort}", seat=ring.seat, km=ring.km), language, names) if ring.seat else ""
    id = f"{ring.layer}/{ring.source}/{ring.km}"
    return Ring(id, at_of(sites[ring.place]), ring.km, ring.layer, affinity, label)


def lane_name(names: Names, lane: Lane, language: str = "en") -> str:
    """ "Busan – Hakata, ferry"."""
    ends = f"{names.place(lane.a, language)} – {names.place(lane.b, language)}"
    return text(say("ui_map.lane", ends=ends, kind=lane.kind), language)


def loads_of(
    view: View, traces: Iterable[staff.Trace], cut: Iterable[str], names: Names, language: str = "en"
) -> tuple[Load, ...]:
    """A load for each end that a lane is used from: amounts of one way together. Lanes of `cut` that nothing goes
    over stand among them, empty."""
    lanes, binding = view.board.theatre.lanes, frozenset(cut)
    found: dict[tuple[str, str], list[staff.Trace]] = {}
    for trace in traces:
        if trace.lane in lanes:
            found.setdefault((trace.lane, trace.start), []).append(trace)
    for id in sorted(binding - {lane for lane, _ in found}):
        if id in lanes:
            found[id, lanes[id].a] = []
    return tuple(
        Load(
            lane,
            start,
            sum(max(0, trace.amount) for trace in given),
            max((trace.cap for trace in given), default=UNKNOWN),
            lane in binding or any(trace.cut for trace in given),
            lane_name(names, lanes[lane], language),
            "\n".join(dict.fromkeys(text(trace.label, language, names) for trace in given)),
        )
        for (lane, start), given in sorted(found.items())
    )


def tints_of(view: View, patches: Iterable[staff.Patch], names: Names, language: str = "en") -> tuple[Tint, ...]:
    """What holds for zones and places, in the order in which the layers lie."""
    sites = view.board.theatre.sites
    found = [patch for patch in patches if patch.place in sites]
    found.sort(key=lambda patch: (patch.layer, staff.TONES.index(patch.tone) if patch.tone in staff.TONES else 9))
    return tuple(Tint(p.place, p.layer, p.tone, p.ppm, p.short, text(p.label, language, names)) for p in found)
