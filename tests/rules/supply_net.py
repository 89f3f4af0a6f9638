"""A net to set supply in: facts C3 Ex 12. One nation's stock, roads of round caps, a bridge, two hungry fronts.

    SRC - JYOK - JHAK = KBUS - FRONT (by two roads, 30 and 25)
     |  \\ JSAS ------- KBUS
     |      \\- JKAD - TWN
    GGUA ---- JKAD, JSAS

A turn is a day, so a lane's cap is what it carries in a turn. Places carry the owners of the map they are taken from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from game.core.ids import pair
from game.core.model import Counter, Nation, Pact, Place, State, Stock
from game.core.setting import Board, Figure, Formation, Setting, TurnKind
from game.core.theatre import Lane, Site, Theatre

OWNERS = {"J": "JP", "K": "KR", "S": "US", "G": "US", "F": "KR", "T": "US"}
PLACES = ("SRC", "JYOK", "JSAS", "GGUA", "JKAD", "JHAK", "KBUS", "FRONT", "TWN")
#: Points a day (facts C3 Ex 12); Busan's 55 inland are two roads here, by way of KWAY and straight.
ROADS = {
    ("SRC", "JYOK"): 60,
    ("SRC", "JSAS"): 40,
    ("SRC", "GGUA"): 50,
    ("GGUA", "JKAD"): 30,
    ("GGUA", "JSAS"): 30,
    ("JYOK", "JHAK"): 35,
    ("JSAS", "KBUS"): 45,
    ("JSAS", "JKAD"): 20,
    ("KBUS", "FRONT"): 30,
    ("KBUS", "KWAY"): 25,
    ("KWAY", "FRONT"): 99,
    ("JKAD", "TWN"): 35,
}
BRIDGE = 30
DAY = TurnKind("day", 24, 1, ("logistics.route",), (), ("logistics.arrive", "logistics.reload", "logistics.repair"))
FORMS = {
    "U1": Formation("U1", "Depot guard", "US", "INF", "ground", "FRONT", 5, "unit", {"supply_use": Figure(100, "")}),
    "J1": Formation(
        "J1", "Japanese corps", "JP", "INF", "ground", "JHAK", 5, "unit", {"supply_use": Figure(100, "")}
    ),
    "K1": Formation("K1", "Korean corps", "KR", "INF", "ground", "FRONT", 5, "unit", {"supply_use": Figure(100, "")}),
}


def theatre(roads: Mapping[tuple[str, str], int] = ROADS, bridge: bool = True) -> Theatre:
    names = (*PLACES, "KWAY")
    sites = {n: Site(n, n, "port", OWNERS[n[0]], 30_000 + 500 * i, 130_000) for i, n in enumerate(names)}
    lanes = {f"{a}-{b}:road": Lane(f"{a}-{b}:road", a, b, "road", 100, cap * 100) for (a, b), cap in roads.items()}
    if bridge:
        lanes["JHAK-KBUS:ferry"] = Lane(
            "JHAK-KBUS:ferry", "JHAK", "KBUS", "ferry", 200, 3000, owner_rule="allied_bridge"
        )
    return Theatre("net", "Net", sites, lanes)


def state(
    map_: Theatre | None = None,
    stocks: Mapping[str, int] | None = None,
    counters: Mapping[str, Counter] | None = None,
    levels: Mapping[str, int] | None = None,
    capital: int = 2,
    **tables: Any,
) -> State:
    """The net with `stocks` ("US.SRC": points), by default two hundred points at the source, and its two fronts."""
    given = {
        "bridge": (BRIDGE * 7,) * 4,
        "consumers": (
            {"owner": "US", "place": "FRONT", "name": "front", "use": 0, "hold": 500},
            {"owner": "US", "place": "TWN", "name": "island", "use": 0, "hold": 500},
        ),
        **tables,
    }
    found = map_ or theatre()
    board = Board(
        theatre=found,
        formations=FORMS,
        munitions={},
        seats=("JP", "KR", "US"),
        coalition=dict.fromkeys(("JP", "KR", "US"), "allies"),
        access={"JP": ("US",), "KR": ("US",), "US": ("JP", "KR")},
        kinds={"day": DAY},
        chapters=("logistics",),
        tables={"logistics": given},
    )
    pacts = {
        pair(a, b): Pact(a, b, front=b == "KR", logistics=(levels or {}).get(pair(a, b), 0))
        for a, b in (("JP", "KR"), ("JP", "US"), ("KR", "US"))
    }
    return State(
        setting=Setting("net", board, ("day",) * 4, {}, {}, ""),
        turn=1,
        pulse=0,
        hour=0,
        nations={s: Nation(s, capital=capital) for s in board.seats},
        places={id: Place(site.owner) for id, site in found.sites.items()},
        counters=dict(counters or {}),
        stocks={
            f"{k}.supply": Stock(k.split(".")[0], k.split(".")[1], "supply", n * 100)
            for k, n in sorted((stocks or {"US.SRC": 200}).items())
        },
        pacts=pacts,
        contacts={},
        tallies={},
        parts={},
    )


def at_level(before: State, level: int) -> State:
    """`before` with the pact under test at a logistics level."""
    pact = attrs.evolve(before.pacts["JP-KR"], logistics=level)
    return attrs.evolve(before, pacts={**before.pacts, "JP-KR": pact})
