"""A tiny made-up game for tests of the kernel, of saves and of tables: three seats, three places, two chapters.

`setting(turns)`, `opening(setting)` and `rulebook()` make a game; `match(turns, seed)` a Match of random players.
JP and KR stand on one side, KP on the other. The calendar begins with a policy turn (no pulses) and goes on with war
weeks (two pulses). Between them the chapters do everything the kernel knows:

``supply``  ship (scarcity by share, a part with a list in a row) · march (lapses if its counter has died)
``raid``    launch (scarcity by share) · strike, which asks for cover, draws luck through exact odds, fills damage up
            to its ceiling, kills counters, writes contacts and tallies, hints to others · mend, good as a contingency

Rules:  T1 ship · T2 march · T3 launch · T4 strike · T5 mend. Numbers mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import attrs

from game.core.events import Add, Drop, Effect, Event, Input, Make, Put, Roll
from game.core.ids import PlaceId
from game.core.luck import Luck
from game.core.model import Contact, Counter, Nation, Pact, Place, Row, State, Stock, Tally, known
from game.core.odds import Odds, binomial
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import Chapter, Question, Rulebook
from game.core.setting import Board, Figure, Formation, Line, Setting, TurnKind
from game.core.share import share
from game.core.theatre import Lane, Site, Theatre
from game.core.view import View
from game.core.words import say
from game.io.header import Edition
from game.table.match import Match
from game.table.players import Player, Random

EDITION = Edition("0.0.toy", "toyrules1")
SEATS = ("JP", "KR", "KP")
HOME: Mapping[str, PlaceId] = {"JP": "EAST", "KR": "WEST", "KP": "NORTH"}
WAR_PHASES = ("raid.launch", "raid.strike", "raid.mend")
KINDS = {
    "policy": TurnKind("policy", 2160, 0, ("supply.ship",), (), ("supply.march",)),
    "war": TurnKind("war", 168, 2, ("supply.ship",), WAR_PHASES, ("supply.march",)),
}


# Chapter one: supply


@attrs.frozen(slots=True)
class Depot(Row):
    """What a seat has shipped to a place; `loads` lists each shipment."""

    SEEN: ClassVar[str] = "ally"

    place: PlaceId = known("ally")
    amount: int = known("pooled", 0)
    loads: tuple[int, ...] = known("owner", ())


@attrs.frozen(slots=True)
class Ship(Order):
    VERB: ClassVar[str] = "ship"

    tons: int


@attrs.frozen(slots=True)
class March(Order):
    VERB: ClassVar[str] = "march"
    COST: ClassVar[int] = 2

    to: PlaceId


def ship(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """T1. All shipments draw on one pool, shared in proportion."""
    orders = book.of(Ship)
    pool = before.stocks["pool"]
    given = share(pool.amount, {o.id: o.tons for o in orders})
    for order in orders:
        tons = given[order.id]
        key = f"{order.seat}@{order.subject}"
        old = before.table("supply.depots").get(key, Depot(order.seat, order.subject))
        new = attrs.evolve(old, amount=old.amount + tons, loads=(*old.loads[-2:], tons))
        effects: tuple[Effect, ...] = (Add("stocks", "pool", "amount", -tons), Make("supply.depots", key, new))
        inputs = (Input("asked", order.tons, order.id), Input("pool", pool.amount, "pool"))
        text = say("toy.shipped", tons=tons, place=order.subject)
        yield Event("T1", order.seat, order.id, text, inputs, (), effects, (order.seat,), (), order.id)


def march(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """T2. A counter goes where it is told; one that has died does not, and its order lapses."""
    for order in book.of(March):
        if order.subject in before.counters:
            text = say("toy.marched", unit=order.subject, to=order.to)
            effects = (Put("counters", order.subject, "at", order.to),)
            yield Event("T2", order.seat, order.subject, text, (), (), effects, (order.seat,), (), order.id)


def supply_options(view: View) -> Iterator[Template]:
    if view.seat in ("JP", "KR"):
        yield Template(Ship, view.seat, HOME[view.seat], (("tons", (40, 60, 80)),))
    for key, counter in view.mine.items():
        yield Template(March, view.seat, key, (("to", tuple(p for p in view.places if p != counter.at)),))


def supply_fault(view: View, plan: Plan, order: Any) -> Refusal | None:
    if isinstance(order, March):
        if order.subject not in view.mine:
            return Refusal("T2", say("toy.not_yours", unit=order.subject), say("toy.not_yours.do"))
        if order.to not in view.places:
            return Refusal("T2", say("toy.no_place", to=order.to), say("toy.no_place.do"))
    elif order.subject not in view.places or order.tons < 1:
        return Refusal("T1", say("toy.no_shipment", place=order.subject), say("toy.no_shipment.do"))
    return None


# Chapter two: raid


@attrs.frozen(slots=True)
class Salvo(Row):
    """Missiles under way to a place."""

    SEEN: ClassVar[str] = "owner"

    place: PlaceId = known("owner")
    missiles: int = known("owner")


@attrs.frozen(slots=True)
class Launch(Order):
    VERB: ClassVar[str] = "launch"
    RUNG: ClassVar[int] = 6

    missiles: int


@attrs.frozen(slots=True)
class Mend(Order):
    VERB: ClassVar[str] = "mend"


@attrs.frozen(slots=True)
class Cover(Order):
    VERB: ClassVar[str] = "cover"
    COST: ClassVar[int] = 0
    ASKED: ClassVar[bool] = True

    dig: bool


def launch(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """T3. Salvos share what the launcher has."""
    orders = book.of(Launch)
    have = before.counters["N1"].missiles if "N1" in before.counters else 0
    given = share(have, {o.id: o.missiles for o in orders})
    for order in orders:
        n = given[order.id]
        text = say("toy.launched", n=n, place=order.subject)
        effects: tuple[Effect, ...] = ()
        if n:
            made = Make("raid.salvos", order.subject, Salvo("KP", order.subject, n))
            effects = (Add("counters", "N1", "missiles", -n), made)
        hints = tuple((s, say("toy.launch_seen")) for s in ("JP", "KR"))
        yield Event("T3", "KP", order.subject, text, (), (), effects, ("KP",), hints, order.id)


def ask_cover(before: State, book: Book, luck: Luck) -> Iterator[Question]:
    """T4. Whoever lives where a salvo goes may dig in."""
    for place in before.table("raid.salvos"):
        seat = before.places[place].owner
        yield Question(
            seat, Template(Cover, seat, place, (("dig", (False, True)),)), say("toy.incoming", place=place)
        )


def odds_of(missiles: int, dug: bool) -> Odds[int]:
    """Hits, worst first: six in ten, three in ten where they have dug in."""
    return binomial(missiles, 300_000 if dug else 600_000, "high")


def strike(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """T4. Damage up to the ceiling; three hits kill a step of each counter there, five kill two."""
    covers = {o.subject: o for o in book.of(Cover)}
    for place, salvo in before.table("raid.salvos").items():
        seat = before.places[place].owner
        cover = covers[place]
        odds = odds_of(salvo.missiles, cover.dig)
        draw = luck.draw("T4", place)
        i = odds.index(draw)
        hits = odds.outcomes[i]
        roll = Roll(f"T4|{place}", draw, str(hits), odds.chance(i), odds.chance_up_to(i))
        effects: list[Effect] = [Drop("raid.salvos", place)]
        if hits:
            effects += (Add("places", place, "runway", hits), Add("tallies", f"{seat}.leaked", "n", hits))
        for key, counter in before.counters.items():
            if counter.at == place and hits >= 3:
                effects.append(Add("counters", key, "steps", -min(counter.steps, hits // 3)))
        contact = Contact(seat, "N1", "KP", "launcher", "NORTH", 4, 2, before.hour, before.turn, before.pulse, seat)
        effects.append(Make("contacts", f"{seat}.{luck.label(seat, 'N1')}", contact))
        text = say("toy.struck", hits=hits, place=place, dug=cover.dig)
        inputs = (Input("missiles", salvo.missiles, "T3"), Input("dug", cover.dig, cover.id))
        yield Event("T4", seat, place, text, inputs, (roll,), tuple(effects), (seat, "KP"), (), cover.id)


def mend(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """T5. One level of damage a pulse."""
    for order in book.of(Mend):
        level = before.places[order.subject].runway
        effects = (Add("places", order.subject, "runway", -1),) if level else ()
        text = say("toy.mended" if level else "toy.nothing_to_mend", place=order.subject)
        yield Event("T5", order.seat, order.subject, text, (), (), effects, (order.seat,), (), order.id)


def raid_options(view: View) -> Iterator[Template]:
    for key, counter in view.mine.items():
        if key == "N1" and counter.missiles:
            for place in ("EAST", "WEST"):
                yield Template(Launch, view.seat, place, (("missiles", (2, 4, 7)),))
    yield Template(Mend, view.seat, HOME[view.seat])


def raid_fault(view: View, plan: Plan, order: Any) -> Refusal | None:
    if isinstance(order, Launch) and ("N1" not in view.mine or order.missiles < 1):
        return Refusal("T3", say("toy.no_launcher"), say("toy.no_launcher.do"))
    if order.subject not in view.places or (
        isinstance(order, Mend) and view.places[order.subject].owner != view.seat
    ):
        return Refusal("T5", say("toy.not_your_place"), say("toy.not_your_place.do"))
    return None


def _no_doubt(view: View, plan: Plan) -> Iterable[Doubt]:
    return ()


SUPPLY = SimpleNamespace(
    __name__="toy.supply",
    __doc__="T1 ship. T2 march.",
    ORDERS=(Ship, March),
    PARTS={"depots": Depot},
    PHASES={"ship": ship, "march": march},
    ASKS={},
    options=supply_options,
    fault=supply_fault,
    doubt=_no_doubt,
)
RAID = SimpleNamespace(
    __name__="toy.raid",
    __doc__="T3 launch. T4 strike. T5 mend.",
    ORDERS=(Launch, Mend, Cover),
    PARTS={"salvos": Salvo},
    PHASES={"launch": launch, "strike": strike, "mend": mend},
    ASKS={"strike": ask_cover},
    options=raid_options,
    fault=raid_fault,
    doubt=_no_doubt,
)


def rulebook(*chapters: object) -> Rulebook:
    """The toy's rulebook, or one of other `chapters` (to change the rules under a save)."""
    return Rulebook([cast(Chapter, c) for c in chapters or (SUPPLY, RAID)])


def changed(chapter: SimpleNamespace, **parts: Any) -> SimpleNamespace:
    """A chapter with some of its parts put in another's place: how a test changes the rules."""
    return SimpleNamespace(**{**vars(chapter), **parts})


def _formation(id: str, owner: str, steps: int) -> Formation:
    figures = {"speed": Figure(20, "km/h")}
    return Formation(id, f"Unit {id}", owner, "SFG-", "land", HOME[owner], steps, "company", figures)


def board() -> Board:
    sites = [Site(HOME[s], HOME[s].title(), "land", s, 35_000 + n, 130_000) for n, s in enumerate(SEATS)]
    lanes = [Lane("EW", "EAST", "WEST", "sea", 300), Lane("NW", "NORTH", "WEST", "road", 200)]
    forces = (_formation("J1", "JP", 3), _formation("K1", "KR", 2), _formation("N1", "KP", 4))
    return Board(
        theatre=Theatre("toy", "Toy", {s.id: s for s in sites}, {x.id: x for x in lanes}),
        formations={f.id: f for f in forces},
        munitions={},
        seats=SEATS,
        coalition={"JP": "blue", "KR": "blue", "KP": "red"},
        access={},
        kinds=KINDS,
        chapters=("supply", "raid"),
        tables={},
        title="Toy",
    )


def setting(turns: int = 6, digest: str = "toysetting1") -> Setting:
    lines = {s: (Line("mood", "support", (s,), 0, 1, 1, 100, "Mood"),) for s in SEATS}
    return Setting("toy", board(), ("policy", *("war",) * (turns - 1)), lines, {}, digest)


def opening(of: Setting) -> State:
    return State(
        setting=of,
        turn=1,
        pulse=0,
        hour=0,
        nations={s: Nation(s, 50, 3, 10, 5) for s in sorted(SEATS)},
        places={HOME[s]: Place(s) for s in ("JP", "KP", "KR")},
        counters={
            "J1": Counter("JP", "J1", "EAST", 3),
            "K1": Counter("KR", "K1", "WEST", 2, rounds=12),
            "N1": Counter("KP", "N1", "NORTH", 4, missiles=60),
        },
        stocks={"pool": Stock("JP", "EAST", "supply", 900)},
        pacts={"JP-KR": Pact("JP", "KR", True, 1, 3, 1, 2)},
        contacts={},
        tallies={"JP.leaked": Tally("JP"), "KP.leaked": Tally("KP"), "KR.leaked": Tally("KR")},
        parts={},
    )


def players() -> dict[str, Player]:
    return {seat: Random() for seat in SEATS}


def match(turns: int = 6, seed: int = 1) -> Match:
    """A game of computer players without a record."""
    return Match(opening(setting(turns)), rulebook(), seed, players())
