"""A chapter that gives nothing but what a staff shows: loads on lanes, zones in their tones, a table, an estimate.

It is made of the View and the plan alone, by plain arithmetic, so that tests know what must stand on the map and on
the boards: the first sea lane is cut, the second full, each order of the plan lays a point more on every other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

from game.core.orders import Plan
from game.core.rulebook import Chapter, Rulebook
from game.core.staff import TONES, Entry, Forecast, Ledger, Patch, Trace
from game.core.view import View
from game.core.words import say
from tests.worlds import rulebook

#: How often each thing was asked for.
ASKED = {"traces": 0, "patches": 0, "ledgers": 0, "forecast": 0}
LABEL = say("ui_plan.nothing")


def lanes(view: View) -> list[str]:
    """The sea lanes and ferries of the map, in order."""
    return [id for id, lane in view.board.theatre.lanes.items() if lane.kind in ("sea", "ferry") and not lane.closed]


def zones(view: View) -> list[str]:
    return [id for id, site in view.board.theatre.sites.items() if site.sea]


def traces(view: View, plan: Plan) -> Iterator[Trace]:
    ASKED["traces"] += 1
    for n, lane in enumerate(lanes(view)[:8]):
        amount, cap = 100 * (n + 1 + len(plan.orders)), (100 * (n + 1 + len(plan.orders)) if n == 1 else 5000)
        yield Trace("supply", lane, view.board.theatre.lanes[lane].a, amount, cap, n == 0, LABEL)


def patches(view: View, plan: Plan) -> Iterator[Patch]:
    ASKED["patches"] += 1
    for n, zone in enumerate(zones(view)[:9]):
        if n % 3 < 3:
            yield Patch("control", zone, TONES[n % 3], 1_000_000, "", LABEL)
        if n % 2:
            yield Patch("patrol", zone, "chance", 110_000 * n, f"{11 * n} %", LABEL)
        if n == 4:
            yield Patch("patrol", zone, "mines", 1_000_000, "12", LABEL)


def ledgers(view: View, plan: Plan) -> Iterator[Ledger]:
    ASKED["ledgers"] += 1
    columns = tuple(say(f"ui_plan.{id}") for id in ("contacts", "pacts", "means", "staff"))
    rows = tuple(
        Entry((id, n, counter.steps, len(plan.orders)), id, n % 4 == 1, (LABEL,))
        for n, (id, counter) in enumerate(view.mine.items())
    )
    yield Ledger("drill.stocks", say("ui_plan.means"), columns, rows, say("ui_plan.nothing"))
    yield Ledger("drill.few", say("ui_plan.pacts"), columns[:2], rows[:2])
    yield Ledger("drill.none", say("ui_plan.contacts"), columns[:3], ())


def forecast(view: View, plan: Plan) -> Iterator[Forecast]:
    ASKED["forecast"] += 1
    cut = tuple(lanes(view)[:1])
    place = zones(view)[0]
    yield Forecast("D1", "", place, say("ui_plan.means"), (LABEL,), (), 0, (), 0, cut=cut)


def _nothing(*_: Any) -> tuple[()]:
    return ()


DRILL = cast(
    Chapter,
    SimpleNamespace(
        __doc__="D1  A drill.",
        __name__="drill",
        ORDERS=(),
        PARTS={},
        PHASES={},
        ASKS={},
        options=_nothing,
        fault=lambda *_: None,
        doubt=_nothing,
        traces=traces,
        patches=patches,
        ledgers=ledgers,
        forecast=forecast,
    ),
)


def staffed(name: str) -> Rulebook:
    """A scenario's chapters but for those that draw on the map themselves, and the drill after them."""
    bare = (c for c in rulebook(name).chapters if not hasattr(c, "traces") and not hasattr(c, "patches"))
    return Rulebook((*bare, DRILL))
