"""The chapter's orders, its own tables, and its design values (facts C1.7, C1.8 and H; D where marked)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from game.core.ids import PlaceId, Seat
from game.core.model import UNKNOWN, Row, known
from game.core.orders import Order

#: Threat classes, most dangerous first (facts C1.3). A raid's threats are counted in this order.
CLASSES = ("HGV", "HIGH", "MID", "ASBM", "PREC", "CM", "LOW")

#: What a raid may aim at: (leakers for one trial, chance in ppm that the trial hurts, words for what it hurts).
#: Aircraft: facts C1.8, a salvo of 12 a trial, 0.85 in the open, 0.38 in shelters. A runway level a salvo and closed
#: at three: facts C1.8. The rest D: a port hit is a level of facts C3.
AIMS: Mapping[str, tuple[int, int]] = {
    "aircraft": (12, 850_000),
    "runway": (12, 1_000_000),
    "port": (8, 1_000_000),
    "radar": (4, 500_000),
    "stocks": (4, 1_000_000),
    "battery": (6, 500_000),
    "ships": (6, 500_000),
}
SHELTERED_PPM = 380_000  # facts C1.8
STOCK_LOSS_PERCENT = 10  # of each stock at the place, a trial (D)
#: Share of parked aircraft still exposed after a flush, by quality of the warning (facts C1.7 "lets half of parked
#: aircraft flush" from L3; a flush on a bare "launch somewhere" saves a quarter, D).
EXPOSED: Mapping[int, int] = {0: 1_000_000, 1: 750_000, 2: 500_000, 3: 500_000}

#: Firing doctrines: (looks asked for, rounds a tracked threat and look). What the sensing level allows bounds looks.
DOCTRINES: Mapping[str, tuple[int, int]] = {
    "shoot_shoot": (1, 2),
    "shoot_look_shoot": (2, 1),
    "single": (1, 1),
    "all": (1, 0),
}
STANDING = "standing"
LOWER_CONTROL = 750_000  # within one nation, facts C1.7
SERVES_ALL = "all"
SALVO_RANGE_KM = 200  # of a ship whose forces row gives none (D)


@attrs.frozen(slots=True)
class Raid(Order):
    """Fire `missiles` of a launcher at a place in one pulse, aimed at one kind of thing there."""

    VERB: ClassVar[str] = "raid"
    COST: ClassVar[int] = 1

    target: PlaceId
    missiles: int
    aim: str
    pulse: int = 1


@attrs.frozen(slots=True)
class Defend(Order):
    """Station a battery or ship over one place (or all within its footprint), with a doctrine and a reserve."""

    VERB: ClassVar[str] = "defend"
    COST: ClassVar[int] = 1

    protect: PlaceId
    doctrine: str
    reserve: int = 0


@attrs.frozen(slots=True)
class Rank(Order):
    """What to defend first where rounds are short: up to three places, "" for none."""

    VERB: ClassVar[str] = "rank"
    COST: ClassVar[int] = 0

    first: PlaceId
    second: PlaceId = ""
    third: PlaceId = ""


@attrs.frozen(slots=True)
class Salvo(Order):
    """Anti-ship missiles of a surface group, battery or wing at a contact, in one pulse."""

    VERB: ClassVar[str] = "salvo"
    COST: ClassVar[int] = 1

    contact: str
    missiles: int
    pulse: int = 1


@attrs.frozen(slots=True)
class Alert(Order):
    """The answer to the Alarm: flush parked aircraft, a firing doctrine, what to defend first, an ally to ask."""

    VERB: ClassVar[str] = "alert"
    COST: ClassVar[int] = 0
    ASKED: ClassVar[bool] = True

    flush: bool
    doctrine: str = STANDING
    first: PlaceId = ""
    ask: Seat = ""


@attrs.frozen(slots=True)
class Posture(Row):
    """How a battery or ship defends until told otherwise."""

    SEEN: ClassVar[str] = "owner"

    protect: PlaceId = known("owner", SERVES_ALL)
    doctrine: str = known("owner", "shoot_shoot")
    reserve: int = known("owner", 0)


@attrs.frozen(slots=True)
class Ranking(Row):
    """A seat's list of what to defend first."""

    SEEN: ClassVar[str] = "owner"

    first: PlaceId = known("owner", "")
    second: PlaceId = known("owner", "")
    third: PlaceId = known("owner", "")

    def ranks(self) -> dict[PlaceId, int]:
        return {p: n for n, p in enumerate((self.first, self.second, self.third), 1) if p}


@attrs.frozen(slots=True)
class Flight(Row):
    """A raid between launch and impact: how many missiles of which kind fly true at what."""

    SEEN: ClassVar[str] = "owner"

    launcher: str = known("owner")
    origin: PlaceId = known("owner")
    target: PlaceId = known("owner")
    munition: str = known("owner")
    flying: int = known("hidden")
    aim: str = known("owner")


@attrs.frozen(slots=True)
class Cue(Row):
    """What one seat's screen holds of a raid in flight. `quality` 1: a launch somewhere; 2: tracks and times, with
    target and number; 3: good enough to shoot at. Unknown counts are -1, unknown places ""."""

    SEEN: ClassVar[str] = "owner"

    flight: str = known("hidden")
    origin: PlaceId = known("owner", "")
    target: PlaceId = known("owner", "")
    missiles: int = known("owner", UNKNOWN, signed=True)
    munition: str = known("owner", "")
    quality: int = known("owner", 1, most=3)
    source: Seat = known("owner", "")
    route: str = known("owner", "own")


@attrs.frozen(slots=True)
class Alerted(Row):
    """A seat's answer to the Alarm of one pulse; also the record that it was asked this turn."""

    SEEN: ClassVar[str] = "owner"

    turn: int = known("owner", 0)
    pulse: int = known("owner", 0)
    flush: bool = known("owner", False)
    doctrine: str = known("owner", STANDING)
    first: PlaceId = known("owner", "")
    ask: Seat = known("owner", "")


PARTS: Mapping[str, type[Row]] = {
    "postures": Posture,
    "rankings": Ranking,
    "flights": Flight,
    "warnings": Cue,
    "alerts": Alerted,
}
POSTURES = "missile_defense.postures"
RANKINGS = "missile_defense.rankings"
FLIGHTS = "missile_defense.flights"
WARNINGS = "missile_defense.warnings"
ALERTS = "missile_defense.alerts"
