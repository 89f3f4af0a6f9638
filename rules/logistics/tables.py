"""The chapter's orders, its own tables, and its design values (facts A3, B2, C3 and H; D where marked).

What a scenario may write into `[tables.logistics]`, each with unit and basis:

    sources    rows { owner, place, amount, basis } and, if not supply, goods: what comes into a nation's stock at a
               place each week, in supply points or rounds
    consumers  rows { owner, place, name, use, hold, basis }: a front or a city that is no counter and uses `use`
               supply points a week out of its own stock "OWNER.PLACE.NAME" (a stock of the commodity `name`, in
               hundredths), and holds at most `hold` points
    sealift    { SEAT = points a week }: merchant shipping beside the counters' `supply_lift`
    airlift    { SEAT = points a week }: beside the counters' `airlift`
    bridge     four numbers: points a week over a bridge between allies at G0 to G3
    loan       points a turn that a loan below G1 gives
    use        { domain = hundredths of a point a step and day }     carried   { domain = days }
    reload_ports   places where vertical-launch ships reload         bridgeheads   places that a bridge exposes, too
    hazard     { held = ppm, contact = ppm }: risk that a staff reckons with in a zone

Opening stocks are the scenario's `stocks`: commodity "supply" in hundredths of a point, or a munition's id in rounds;
anti-ship missiles without an id of their own are "antiship". A counter opens full; `supply` in its table changes
that. A kind of turn with logistics has "logistics.route" in its opening, and "logistics.arrive", "logistics.reload"
and "logistics.repair" in its closing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from game.core.design import PLACES, PPM, Fields, Form, Keyed, Many, Name, Whole, Word, rows
from game.core.ids import PlaceId
from game.core.model import Row, known
from game.core.orders import Order
from game.core.supply import CROSSINGS, REFITS, SHIPMENTS, Crossing, Refit, Shipment

ROUTINGS: Mapping[str, int] = {"short": 1, "careful": 12}  # lambda of facts C3 (D)
SHARES = (50, 25, 100)
LIFTS = ("sea", "air")
BRIDGE = (20, 20, 30, 40)  # points a week by G0 to G3, facts A3
LOAN = 5  # points, facts A3
LOAN_CAPITAL = 1  # facts A3
PORT_POINTS = 200  # hundredths a port point and pulse of 84 hours, facts A
AIR_POINTS = 100  # hundredths an airfield point and pulse, facts A
LANDING_HOURS = 84
AIR_COST = 4  # a km by air is worth so many by sea (D)
CONVOY_KMH = 24  # facts A3
HAZARD: Mapping[str, int] = {"held": 200_000, "contact": 50_000}  # ppm a zone (D)
BRIDGED = 1  # G1: the bridge is open to both owners' goods, and for repairs for a guest
SHARED = 2  # G2: stocks, lift and reload ports are shared
JOINT = 3  # G3: one pipeline
REPAIR_POINTS = 200  # hundredths that an extra level of repair takes (D)
RELOAD_PORTS = ("GGUA", "JSAS", "JYOK", "KBUS", "KJEJ")  # facts B2


@attrs.frozen(slots=True)
class Supply(Order):
    """A nation's priorities: up to three places to supply first, "" for none, and how its convoys are routed."""

    VERB: ClassVar[str] = "supply"
    COST: ClassVar[int] = 0

    first: PlaceId
    second: PlaceId = ""
    third: PlaceId = ""
    routing: str = "short"


@attrs.frozen(slots=True)
class Allot(Order):
    """Keep `share` percent of the nation's sealift or airlift for the place or zone `subject` this turn."""

    VERB: ClassVar[str] = "allot"

    by: str
    share: int


@attrs.frozen(slots=True)
class Loan(Order):
    """Lend the seat `subject` up to `points` supply points this turn, below G1, for leadership capital."""

    VERB: ClassVar[str] = "loan"

    points: int


@attrs.frozen(slots=True)
class Tempo(Order):
    """Order a counter, or the whole nation by its own name, to a tempo until told otherwise."""

    VERB: ClassVar[str] = "tempo"
    COST: ClassVar[int] = 0

    pace: str


@attrs.frozen(slots=True)
class Reload(Order):
    """Take a munition aboard in port; the counter loses the turn."""

    VERB: ClassVar[str] = "reload"

    goods: str


@attrs.frozen(slots=True)
class Repair(Order):
    """Put engineers on the runway, port or radar of a place: a level more than MD14 repairs."""

    VERB: ClassVar[str] = "repair"

    what: str


@attrs.frozen(slots=True)
class Staff(Row):
    """A nation's priorities as they stand."""

    SEEN: ClassVar[str] = "ally"

    first: PlaceId = known("pooled", "")
    second: PlaceId = known("pooled", "")
    third: PlaceId = known("pooled", "")
    routing: str = known("pooled", "short")


_POINTS = Whole(0, 100_000)
DESIGN: Mapping[str, Form] = {
    "sources": rows({"owner": Name("nation"), "place": Name("place"), "amount": _POINTS}, {"goods": Name("goods")}),
    "consumers": rows(
        {"owner": Name("nation"), "place": Name("place"), "name": Word(), "use": _POINTS, "hold": _POINTS}
    ),
    "sealift": Keyed("nation", _POINTS),
    "airlift": Keyed("nation", _POINTS),
    "bridge": Many(_POINTS, 4, 4),
    "loan": _POINTS,
    "use": Keyed("domain", _POINTS),
    "carried": Keyed("domain", Whole(0, 1000)),
    "reload_ports": PLACES,
    "bridgeheads": PLACES,
    "hazard": Fields(dict.fromkeys(HAZARD, PPM)),
}
STAFFS = "logistics.staffs"
PARTS: Mapping[str, type[Row]] = {
    SHIPMENTS.partition(".")[2]: Shipment,
    STAFFS.partition(".")[2]: Staff,
    REFITS.partition(".")[2]: Refit,
    CROSSINGS.partition(".")[2]: Crossing,
}
ORDERS: tuple[type[Order], ...] = (Supply, Allot, Loan, Tempo, Reload, Repair)
