"""The benchmark game: the real rulebook on a made-up theatre of 120 places, 350 links and 100 formations.

Two seats meet across a sea: Japan's side holds the east of the field, China's the west. A turn is the war week of the
shipped scenarios, with two pulses and every phase of the rulebook in each. Formations and munitions carry the figures
of facts B2 and H by kind. A scripted player gives an order for each of its formations every turn, about 1,200 in 12
turns, so raids fly, ships meet and wings crowd airfields. Numbers mean nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from math import dist, sqrt

import attrs

from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Counter, Nation, Pact, Place, State
from game.core.orders import Order, Plan, Template
from game.core.rulebook import Question, Rulebook
from game.core.setting import Board, Figure, Formation, Line, Munition, Setting, TurnKind
from game.core.supply import load
from game.core.theatre import Lane, Site, Theatre
from game.core.view import View
from game.io.recorder import Recorder
from game.table.match import Match, players_luck
from game.table.players import Player
from rules import SEQUENCE
from tests.bench.field import Field, field

SEATS: tuple[Seat, ...] = ("CN", "JP")
TURNS = 12
#: km that one unit of the field stands for: about the spacing of places in the shipped theatre.
KM = 250
MIDDLE = 130_000  # the field's middle, in thousandths of a degree east
PULSE = (
    "intelligence.network",
    "movement.move",
    "missile_defense.station",
    "missile_defense.launch",
    "missile_defense.alarm",
    "missile_defense.engage",
    "missile_defense.salvo",
    "intelligence.observe",
)
WEEK = TurnKind("week", 168, 2, ("politics.decide",), PULSE, ("missile_defense.repair", "assessment.score"))

#: Kinds of formation: how many of every fifty, domain, steps, figures, interceptor and missile.
Kind = tuple[int, str, int, Mapping[str, int], str, str]
KINDS: Mapping[str, Kind] = {
    "ground": (14, "ground", 6, {"strength": 5}, "", ""),
    "wing": (11, "air", 4, {"air_quality": 4}, "", ""),
    "patrol": (3, "air", 2, {"sweep_width": 15, "sensor_range": 400}, "", ""),
    "ship": (
        8,
        "ship",
        3,
        {"antiship": 6, "antiship_hit": 700_000, "intercepts": 4, "hits_to_kill": 20, "sensor_range": 200},
        "",
        "",
    ),
    "aegis": (
        2,
        "ship",
        3,
        {"exo_rounds": 8, "footprint": 500, "intercepts": 5, "sensor_range": 200, "launch_range": 600},
        "upper",
        "",
    ),
    "patriot": (6, "battery", 4, {"channels": 4, "magazine": 16, "footprint": 25, "sensor_range": 150}, "lower", ""),
    "thaad": (2, "battery", 1, {"channels": 8, "magazine": 48, "footprint": 200, "launch_range": 600}, "upper", ""),
    "rockets": (4, "missile", 3, {"salvo": 36, "inventory": 480}, "", "rocket"),
}
PREFERRED = ("raid", "salvo", "watch", "deploy", "defend")
#: A raid of the script: few missiles, so that launchers last the campaign.
VOLLEY = 8
#: Options that the script scores for one formation, as many as the floor does.
SCORED = 4


def munitions() -> dict[str, Munition]:
    """One interceptor for each layer, one missile (classes of facts C1.3)."""
    figures = {name: Figure(n, "") for name, n in (("range_min", 100), ("range", 1300), ("reliability", 900_000))}
    classes = {"MID": 600_000, "LOW": 400_000}
    return {
        "lower": Munition("lower", "Lower layer", {}, {}, {"MID": 700_000, "LOW": 700_000}, "lower"),
        "rocket": Munition("rocket", "Rocket", classes, figures, {}),
        "upper": Munition("upper", "Upper layer", {}, {}, {"MID": 500_000}, "upper"),
    }


def _zones(spread: Field) -> set[int]:
    """The sea: the middle third of the field."""
    by_x = sorted(range(len(spread.at)), key=lambda n: spread.at[n][0])
    return set(by_x[len(by_x) // 3 : len(by_x) * 2 // 3])


def theatre(spread: Field) -> Theatre:
    side = sqrt(len(spread.at))
    sea = _zones(spread)
    coast = {a for pair in spread.pairs for a, b in (pair, pair[::-1]) if a not in sea and b in sea}
    ids = [f"{n:03d}" for n in range(len(spread.at))]
    sites = {}
    for n, (x, y) in enumerate(spread.at):
        lon, lat = round(MIDDLE + (x - side / 2) * KM * 9), round((y - side / 2) * KM * 9)
        owner = "" if n in sea else "CN" if x < side / 2 else "JP"
        kind = "sea zone" if n in sea else "port" if n in coast else "city" if n % 7 == 0 else "airbase"
        air = 0 if n in sea else 3 + n % 8
        sites[ids[n]] = Site(ids[n], f"Place {n}", kind, owner, lat, lon, air, 5 * (n in coast), n in sea)
    lanes = {}
    for a, b in spread.pairs:
        kind = ("road", "port", "sea")[(a in sea) + (b in sea)]
        (x, y), (u, v) = spread.at[a], spread.at[b]
        km = max(1, round(KM * dist((x, y), (u, v))))
        lanes[f"{ids[a]}-{ids[b]}:{kind}"] = Lane(f"{ids[a]}-{ids[b]}:{kind}", ids[a], ids[b], kind, km)
    return Theatre("bench", "Benchmark", sites, lanes)


def _formations(map_: Theatre, each: int, rng: random.Random) -> dict[str, Formation]:
    """`each` formations a seat, at home in places that take them."""
    out = {}
    for seat in SEATS:
        land = [p for p, s in map_.sites.items() if s.owner == seat]
        fronts = sorted(land, key=lambda p: abs(map_.sites[p].lon_e3 - MIDDLE))[: len(land) // 2]
        ports = [p for p in land if map_.sites[p].port]
        for kind, (of_fifty, domain, steps, figures, system, missile) in KINDS.items():
            for n in range(of_fifty * each // 50):
                id = f"{seat[0]}{kind}{n:02d}"
                base = rng.choice(ports if domain == "ship" else fronts if domain == "missile" else land)
                given = {name: Figure(value, "") for name, value in figures.items()}
                name = f"{kind} {n}"
                out[id] = Formation(id, name, seat, "INF", domain, base, steps, "unit", given, system, missile)
    return dict(sorted(out.items()))


def _opening_counter(board: Board, of: Formation) -> Counter:
    rounds = (of.figure("magazine") or of.figure("exo_rounds")) * of.steps
    missiles = of.figure("inventory") or 60 * (of.figure("antiship") > 0)
    found = Counter(of.owner, of.id, of.base, of.steps, rounds, missiles)
    return attrs.evolve(found, supply=load(board, found))


def _lines(seat: Seat) -> tuple[Line, ...]:
    measures = (("rounds", ("lower", "upper")), ("lost", ("air",)), ("missiles", ()), ("level", ("JP-KR.sensing",)))
    return tuple(Line(name, name, subjects, 20, 1, 10, 40, name.title()) for name, subjects in measures)


def opening(size: int = 1) -> State:
    """The first State; `size` 3 has three times the places, links and formations."""
    spread = field(120 * size)
    map_ = theatre(spread)
    rng = random.Random(7)
    formations = _formations(map_, 50 * size, rng)
    board = Board(
        theatre=map_,
        formations=formations,
        munitions=munitions(),
        seats=SEATS,
        coalition={seat: seat for seat in SEATS},
        access={seat: (seat,) for seat in SEATS},
        kinds={"week": WEEK},
        chapters=tuple(chapter.__name__.rpartition(".")[2] for chapter in SEQUENCE),
        tables={},
    )
    setting = Setting(f"bench{size}", board, ("week",) * TURNS, {s: _lines(s) for s in SEATS}, {}, f"bench{size}")
    return State(
        setting=setting,
        turn=1,
        pulse=0,
        hour=0,
        nations={seat: Nation(seat, 50, 4, 0, 100 * size) for seat in SEATS},
        places={id: Place(site.owner) for id, site in map_.sites.items()},
        counters={id: _opening_counter(board, f) for id, f in formations.items()},
        stocks={},
        pacts={"JP-KR": Pact("JP", "KR", True, 3, 3)},
        contacts={},
        tallies={},
        parts={},
    )


def rulebook() -> Rulebook:
    return Rulebook(SEQUENCE)


@attrs.frozen(slots=True)
class Script:
    """A player that gives an order for every formation of its own, by a script and a little chance.

    Of the options that the rulebook lists it scores a few for each formation, as the floor's sides do. It looks at
    its View alone, and sends no two wings to one airfield, so that no order of its plan spoils another.
    """

    def plan(self, view: View, rulebook: Rulebook, luck: Luck) -> Plan:
        rng = random.Random(luck.draw("script", view.seat))
        found: dict[CounterId, dict[str, Template]] = {}
        for template in rulebook.options(view):
            found.setdefault(template.subject, {}).setdefault(template.order.VERB, template)
        crowds: dict[PlaceId, int] = {}
        for counter in view.mine.values():
            crowds[counter.at] = crowds.get(counter.at, 0) + counter.steps
        full: set[PlaceId] = set()
        orders = []
        for id in view.mine:
            wanted = _wanted(view.turn, found.get(id, {}))
            if wanted is not None:
                order = _choice(view, wanted, crowds, full, rng)
                if order is not None:
                    orders.append(order)
        return Plan(view.seat, tuple(orders))

    def answer(self, view: View, question: Question, rulebook: Rulebook, luck: Luck) -> Order | None:
        return None


def _wanted(turn: int, templates: Mapping[str, Template]) -> Template | None:
    """The kind of order a formation gets: fire or watch if it can; batteries move every other turn."""
    verbs = [verb for verb in PREFERRED if verb in templates]
    if turn % 2 == 0 and "defend" in verbs:
        return templates["defend"]
    return templates[verbs[0]] if verbs else None


def _choice(
    view: View, template: Template, crowds: Mapping[PlaceId, int], full: set[PlaceId], rng: random.Random
) -> Order | None:
    """The best of a few of a template's options, by crowding and chance."""
    name, values = template.domains[0]
    places, seat, chance, n = view.places, view.seat, rng.random, len(values)
    best, chosen = -1e9, ""
    air = template.order.VERB == "deploy" and view.board.formation(view.mine[template.subject]).domain == "air"
    for _ in range(min(SCORED, n)):
        value = str(values[int(chance() * n)])
        place = places.get(value)
        abroad = place is not None and place.owner != seat
        score = chance() + abroad * 0.5 - crowds.get(value, 0) * 0.05
        if score > best and not (air and value in full):
            best, chosen = score, value
    if not chosen:
        return None
    if air:
        full.add(chosen)
    if template.order.VERB == "raid":
        volley = min(template.domain("missiles"), key=lambda n: abs(int(n) - VOLLEY))
        return template.fill(target=chosen, missiles=volley, aim=rng.choice(template.domain("aim")))
    return template.fill(**{name: chosen})


def match(first: State, book: Rulebook, seed: int, recorder: Recorder | None = None) -> Match:
    players: dict[Seat, Player] = {seat: Script() for seat in SEATS}
    return Match(first, book, seed, players, recorder)


@attrs.frozen(slots=True)
class Played:
    """What a campaign came to: orders sealed, and the digest at the end of every turn."""

    orders: int
    digests: tuple[str, ...]


def play(game: Match, turns: int = TURNS) -> Played:
    """A campaign as it is timed: every turn both plans are made, judged and sealed, then resolved and digested."""
    orders, digests = 0, []
    for turn in range(1, turns + 1):
        for seat in game.unsealed:
            plan = game.players[seat].plan(game.view(seat), game.rulebook, players_luck(game.seed, seat, turn))
            game.seal(plan)
            orders += len(plan.orders)
        game.play_turn()
        digests.append(game.digest())
    return Played(orders, tuple(digests))
