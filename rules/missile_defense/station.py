"""Stations: which battery or ship may shoot for which place, how, and with how many rounds (MD4, MD6, MD9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from game.core.events import Effect, Event, Input, Make
from game.core.ids import PlaceId, Seat
from game.core.kept import kept
from game.core.levels import LEVELS, LOW_TRACK, Level
from game.core.luck import Luck
from game.core.model import Counter, Pact, Place, State
from game.core.orders import Book, Plan, Refusal, Template
from game.core.raid import Layer
from game.core.reach import cargo
from game.core.sensing import level_between
from game.core.setting import Board, Munition
from game.core.share import share_ranked
from game.core.supply import condition
from game.core.view import View
from game.core.words import say
from rules.missile_defense.launch import refuse
from rules.missile_defense.tables import (
    CLASSES,
    DOCTRINES,
    LOWER_CONTROL,
    POSTURES,
    RANKINGS,
    SERVES_ALL,
    Defend,
    Posture,
    Rank,
    Ranking,
)

#: An ally's place is served only on fire-control data (facts C1.7 L4).
FIRE_CONTROL = 4
#: The lowest level that gives the upper layer a second look (facts C1.7: m = 2 at L4).
LOOK_LEVEL = 4
_PLAIN = Posture("")


def interceptor(board: Board, counter: Counter) -> Munition | None:
    """The interceptor that a counter carries, None for all but batteries and missile-defense ships."""
    return _interceptors(board).get(counter.formation)


@lru_cache(maxsize=16)
def _interceptors(board: Board) -> dict[str, Munition]:
    """The interceptor of every formation that has one."""
    systems = {id: board.munitions.get(f.system) for id, f in board.formations.items()}
    return {id: m for id, m in systems.items() if m is not None and m.layer in ("upper", "lower")}


def covers(board: Board, counter: Counter, place: PlaceId) -> bool:
    return board.theatre.km(counter.at, place) <= board.having("footprint").get(counter.formation, 0)


def hosts(board: Board, seat: Seat, owner: Seat) -> bool:
    """Whether `seat` defends places of `owner` as its own: its own, and where it bases."""
    return owner == seat or owner in board.access.get(seat, ())


def places_served(view: View, counter: Counter) -> tuple[PlaceId, ...]:
    """What one may station a counter over: places on land of its own side within its footprint, nearest first."""
    board = view.board
    near = board.theatre.within(counter.at, board.figure(counter, "footprint"))
    ours = of_side(view.places, board, view.seat)
    return tuple([p for p in near if p in ours])


@kept(64)
def of_side(places: dict[PlaceId, Place], board: Board, seat: Seat) -> frozenset[PlaceId]:
    """Places on land of a seat's own side."""
    sides = (p for p, row in places.items() if row.owner and board.same_side(seat, row.owner))
    return frozenset(p for p in sides if not board.theatre.sites[p].sea)


def friendly(view: View, place: PlaceId) -> bool:
    return place in of_side(view.places, view.board, view.seat)


@kept(64)
def at_home(places: dict[PlaceId, Place], board: Board, seat: Seat) -> tuple[PlaceId, ...]:
    """A seat's own places on land."""
    return tuple(p for p, row in places.items() if row.owner == seat and p in of_side(places, board, seat))


def reserves(rounds: int) -> tuple[int, ...]:
    """Reserves that one may order: none, a quarter, half, all."""
    return tuple(sorted({0, rounds // 4, rounds // 2, rounds}))


def station_templates(view: View) -> Iterator[Template]:
    """Stations and rankings are ordered in turns that have pulses: nothing flies in the others."""
    if not view.kind.pulses:
        return
    doctrines = tuple(DOCTRINES)
    for id, counter in view.mine.items():
        if interceptor(view.board, counter) is not None and counter.rounds > 0 and id not in cargo(view.parts):
            places = (SERVES_ALL, *places_served(view, counter))
            domains = (("protect", places), ("doctrine", doctrines), ("reserve", reserves(counter.rounds)))
            yield Template(Defend, view.seat, id, domains)
    own = at_home(view.places, view.board, view.seat)
    if own:
        yield Template(Rank, view.seat, view.seat, (("first", own), ("second", ("", *own)), ("third", ("", *own))))


def defend_fault(view: View, plan: Plan, order: Defend) -> Refusal | None:
    counter = view.mine.get(order.subject)
    if not view.kind.pulses:
        return refuse("MD4", "no_war", order.id, kind=view.kind.name)
    aboard = order.subject in cargo(view.parts)
    if counter is None or aboard or interceptor(view.board, counter) is None or counter.rounds <= 0:
        return refuse("MD4", "no_battery", order.id, unit=order.subject)
    if order.protect != SERVES_ALL and order.protect not in places_served(view, counter):
        reach = view.board.figure(counter, "footprint")
        return refuse("MD4", "not_covered", order.id, unit=order.subject, place=order.protect, km=reach)
    if order.doctrine not in DOCTRINES:
        return refuse("MD4", "no_doctrine", order.id, doctrine=order.doctrine)
    if order.reserve not in reserves(counter.rounds):
        return refuse("MD4", "bad_reserve", order.id, reserve=order.reserve, rounds=counter.rounds)
    return None


def rank_fault(view: View, plan: Plan, order: Rank) -> Refusal | None:
    if not view.kind.pulses:
        return refuse("MD9", "no_war", order.id, kind=view.kind.name)
    if order.subject != view.seat:
        return refuse("MD9", "rank_own", order.id, seat=view.seat)
    for place in (order.first, order.second, order.third):
        mine = place in view.places and friendly(view, place) and view.places[place].owner == view.seat
        if not mine and (place or place == order.first):
            return refuse("MD9", "rank_place", order.id, place=place)
    return None


def station(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD4 and MD9: postures and rankings take force before anything is launched."""
    for order in book.of(Defend):
        counter = before.counters.get(order.subject)
        if counter is None:
            continue
        effects: tuple[Effect, ...] = (
            Make(POSTURES, order.subject, Posture(order.seat, order.protect, order.doctrine, order.reserve)),
        )
        text = say("missile_defense.stationed", unit=order.subject, place=order.protect, doctrine=order.doctrine)
        inputs = (Input("reserve", order.reserve, order.id),)
        yield Event(
            "MD4", order.seat, order.subject, text, inputs, effects=effects, all_to=(order.seat,), order=order.id
        )
    for rank in book.of(Rank):
        row = Ranking(rank.seat, rank.first, rank.second, rank.third)
        text = say("missile_defense.ranked", first=rank.first, second=rank.second, third=rank.third)
        yield Event(
            "MD9",
            rank.seat,
            rank.seat,
            text,
            effects=(Make(RANKINGS, rank.seat, row),),
            all_to=(rank.seat,),
            order=rank.id,
        )


# ---------------------------------------------------------------- who shoots at what


@attrs.frozen(slots=True)
class Threat:
    """One raid as the defense meets it: where to, and how many missiles of each class of CLASSES."""

    key: str
    target: PlaceId
    counts: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(self.counts)

    def reachable(self, munition: Munition) -> int:
        return sum(n for c, n in zip(CLASSES, self.counts, strict=True) if munition.kill.get(c, 0))


@attrs.frozen(slots=True)
class Shooter:
    """What one counter may fire in one raid."""

    id: str
    owner: Seat
    system: str
    doctrine: str
    rounds: int


@attrs.frozen(slots=True, cache_hash=True)
class Guard:
    """A counter that may defend: the row, how it is told to, and what it may fire in this pulse in all."""

    id: str
    counter: Counter
    posture: Posture
    doctrine: str
    most: int


def guard(board: Board, id: str, counter: Counter, posture: Posture | None, doctrine: str) -> Guard:
    """`doctrine` overrides the posture's for this pulse, "" or "standing" does not."""
    posture = posture or _PLAIN
    channels = board.figure(counter, "channels") * counter.steps
    free = max(0, counter.rounds - posture.reserve)
    able = condition(board, counter).defense  # LG10: a battery without supply fires half its channels
    told = doctrine if doctrine in DOCTRINES else posture.doctrine
    return Guard(id, counter, posture, told, (min(free, channels) if channels else free) * able // 100)


def serves(
    board: Board, pacts: Mapping[str, Pact], g: Guard, target: PlaceId, owner: Seat, asked: Mapping[Seat, Seat]
) -> bool:
    """MD4: whether a guard shoots for `target`, whose nation is `owner`; `asked` are allies called at the Alarm."""
    seat = g.counter.owner
    if not covers(board, g.counter, target):
        return False
    told = g.posture.protect
    if hosts(board, seat, owner):
        return told in (SERVES_ALL, target)
    wanted = told == target or (told == SERVES_ALL and asked.get(owner) == seat)
    return wanted and board.same_side(seat, owner) and level_between(pacts, seat, owner) >= FIRE_CONTROL


def allot(
    board: Board,
    pacts: Mapping[str, Pact],
    owners: Mapping[PlaceId, Seat],
    guards: Sequence[Guard],
    threats: list[Threat],
    levels: Mapping[str, Level],
    ranks: Mapping[Seat, Mapping[PlaceId, int]],
    asked: Mapping[Seat, Seat],
) -> dict[str, list[Shooter]]:
    """MD9: split each guard's rounds over the raids that it serves: by rank, then in proportion to need."""
    out: dict[str, list[Shooter]] = {t.key: [] for t in threats}
    reachable: dict[tuple[str, str], int] = {}
    for g in guards:
        munition = interceptor(board, g.counter)
        if munition is None or not g.most:
            continue
        claims: dict[str, int] = {}
        by_key: dict[str, int] = {}
        for t in threats:
            if not serves(board, pacts, g, t.target, owners[t.target], asked):
                continue
            n = reachable.get((t.key, munition.id))
            if n is None:
                n = reachable[t.key, munition.id] = t.reachable(munition)
            if n:
                claims[t.key] = min(g.most, needed(munition, g.doctrine, levels[t.key], n, g.most))
                by_key[t.key] = ranks.get(g.counter.owner, {}).get(t.target, 9)
        for key, rounds in share_ranked(g.most, claims, by_key).items() if claims else ():
            if rounds:
                out[key].append(Shooter(g.id, g.counter.owner, munition.id, g.doctrine, rounds))
    return out


def looks_and_rounds(munition: Munition, doctrine: str, level: Level) -> tuple[int, int]:
    """Looks that the level allows, and rounds a threat and look (facts C1.5, C1.7: only the upper layer looks). Who
    means to look and cannot fires both rounds at once."""
    looks, per = DOCTRINES[doctrine]
    have = min(looks, level.looks) if munition.layer == "upper" else 1
    return have, per * looks // have


def needed(munition: Munition, doctrine: str, level: Level, threats: int, most: int) -> int:
    looks, per = looks_and_rounds(munition, doctrine, level)
    return looks * per * threats if per else most


@attrs.frozen(slots=True)
class Defense:
    """The layers of one raid in the order that threats meet them, and who stands in each."""

    threats: tuple[int, ...]
    layers: tuple[Layer, ...]
    crews: tuple[tuple[Shooter, ...], ...]
    level: Level


def stack(board: Board, threat: Threat, shooters: list[Shooter], level: Level) -> Defense:
    """MD6 to MD8: shooters of one system and doctrine make a layer; upper layers come first."""
    crews: dict[tuple[str, str, str], list[Shooter]] = {}
    for s in sorted(shooters, key=lambda s: s.id):
        upper = "0" if board.munitions[s.system].layer == "upper" else "1"
        crews.setdefault((upper, s.system, s.doctrine), []).append(s)
    present = [n for n, count in enumerate(threat.counts) if count]
    layers, kept = [], []
    for _, system, doctrine in sorted(crews):
        crew = crews[(_, system, doctrine)]
        layers.append(_layer(board.munitions[system], doctrine, level, sum(s.rounds for s in crew), present))
        kept.append(tuple(crew))
    counts = tuple(threat.counts[n] for n in present)
    return Defense(counts, tuple(layers), tuple(kept), level)


def _layer(munition: Munition, doctrine: str, level: Level, rounds: int, present: list[int]) -> Layer:
    looks, per = looks_and_rounds(munition, doctrine, level)
    upper = munition.layer == "upper"
    kill = tuple(munition.kill.get(CLASSES[n], 0) for n in present)
    # A low flier gives no early warning: whoever shoots at it does so on the local track alone (facts C1.3).
    track = tuple(LOW_TRACK if CLASSES[n] == "LOW" else level.track if upper else level.local for n in present)
    control = level.control if upper else LOWER_CONTROL
    name = f"{munition.layer}.{munition.id}.{doctrine}"
    return Layer(name, rounds, kill, track, control, looks, per)


def at_level(n: int) -> Level:
    return LEVELS[max(0, min(n, len(LEVELS) - 1))]
