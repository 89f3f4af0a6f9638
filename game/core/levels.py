"""What cooperation is worth to missile defense: the levels L0 to L4 and the reference raids R1 to R5 (facts C1.7).

Two figures stand side by side for each: the closed form of expected values that the facts' table was made
with, and the mean of the exact odds of ``raid``. They differ a little because the closed form puts the
expected number of threats where the exact process has a distribution. No floats: decimals in, thousandths out.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal

from attrs import frozen

from game.core.odds import PPM, Odds, mixture
from game.core.raid import Layer, Outcome, leakers, raid

UPPER_KILL = 500_000
LOWER_KILL = 700_000
NATIONAL_CONTROL = 750_000  # one nation's own lower layer, whatever the level
LOW_TRACK = 850_000  # a LOW raid gives no early warning, so no level changes it


@frozen
class Level:
    """A cooperation level; chances in ppm.

    track    a threat is cued in time for the upper layer
    control  cross-national coordination of the upper layer
    looks    of the upper layer
    failure  common-mode network failure in a pulse, which plays that pulse as L0
    local    a threat is tracked in time for the lower layer, LOW raids apart
    """

    name: str
    text: str
    track: int
    control: int
    looks: int
    failure: int
    local: int


LEVELS = (
    Level("L0", "suspended", 500_000, 0, 1, 0, 850_000),
    Level("L1", "manual GSOMIA", 550_000, 50_000, 1, 0, 850_000),
    Level("L2", "via the US hub (TISA)", 650_000, 200_000, 1, 20_000, 850_000),
    Level("L3", "real-time warning", 800_000, 350_000, 1, 30_000, 900_000),
    Level("L4", "automated, fire-control quality", 920_000, 850_000, 2, 80_000, 950_000),
)


@frozen
class Reference:
    """A reference raid: threats, rounds of the upper and lower layer (all may be fired), and whether LOW."""

    name: str
    text: str
    threats: int
    upper: int
    lower: int
    low: bool = False


REFERENCES = (
    Reference("R1", "DPRK, 24 medium-range missiles at western Japan", 24, 24, 16),
    Reference("R2", "DPRK, 40 low fliers at Osan-Kunsan", 40, 0, 48, low=True),
    Reference("R3", "PLARF, 120 at Kadena", 120, 24, 32),
    Reference("R4", "probe of 8 medium-range missiles", 8, 16, 16),
    # Rounds as in R1, a design value: the facts give R5 none.
    Reference("R5", "12 lofted medium-range missiles at Busan", 12, 24, 16),
)


def local_track(reference: Reference, level: Level) -> int:
    """Chance in ppm that a threat of the raid is tracked in time for the lower layer."""
    return LOW_TRACK if reference.low else level.local


def reference_layers(reference: Reference, level: Level) -> tuple[Layer, ...]:
    """Upper and lower layer of a reference raid at a level; the upper one does not reach LOW threats."""
    upper_kill = 0 if reference.low else UPPER_KILL
    return (
        Layer("upper", reference.upper, (upper_kill,), (level.track,), level.control, level.looks),
        Layer("lower", reference.lower, (LOWER_KILL,), (local_track(reference, level),), NATIONAL_CONTROL),
    )


def reference_odds(reference: Reference, level: Level, failing: bool = False) -> Odds[Outcome]:
    """Exact odds of a reference raid; ``failing`` mixes in the level's network failure."""
    up = raid((reference.threats,), reference_layers(reference, level))
    if not (failing and level.failure):
        return up
    down = raid((reference.threats,), reference_layers(reference, LEVELS[0]))
    return mixture([(PPM - level.failure, up), (level.failure, down)])


_EXACT = Context(prec=30)


def _share(ppm: int) -> Decimal:
    return _EXACT.divide(Decimal(ppm), PPM)


def _survival(targets: Decimal, shots: Decimal, kill: Decimal, control: Decimal) -> Decimal:
    """Mean survival of expected targets under expected shots: k even(n) + (1-k) rand (facts C1.4)."""
    each = _EXACT.divide(shots, targets)
    whole = each.to_integral_value(ROUND_FLOOR)
    even = _EXACT.power(1 - kill, whole) * (1 - (each - whole) * kill)
    blind = _EXACT.power(1 - _EXACT.divide(kill, targets), shots)
    return control * even + (1 - control) * blind


def closed_form(reference: Reference, level: Level) -> int:
    """Expected leakers in thousandths, all rounds fired, no network failure (facts C1.7).

    Each layer meets the expected number of tracked threats. With two looks the first fires one round at each
    and the second all that is left at the expected survivors.
    """
    live = Decimal(reference.threats)
    upper = reference.upper and not reference.low
    if upper:
        kill, control, rounds = _share(UPPER_KILL), _share(level.control), Decimal(reference.upper)
        tracked = live * _share(level.track)
        passed = live - tracked
        if level.looks == 2:
            first = min(tracked, rounds)
            tracked *= _survival(tracked, first, kill, control)
            rounds -= first
        live = passed + tracked * _survival(tracked, rounds, kill, control)
    tracked = live * _share(local_track(reference, level))
    lower = _survival(tracked, Decimal(reference.lower), _share(LOWER_KILL), _share(NATIONAL_CONTROL))
    return int((1000 * (live - tracked + tracked * lower)).to_integral_value())


@frozen
class Standing:
    """Expected leakers of a reference raid at a level, in thousandths, by closed form and by exact odds."""

    raid: str
    level: str
    closed: int
    exact: int


def side_by_side() -> tuple[Standing, ...]:
    """Every reference raid at every level, raid by raid."""
    return tuple(
        Standing(
            reference.name,
            level.name,
            closed_form(reference, level),
            leakers(reference_odds(reference, level)).mean_millis(lambda n: n),
        )
        for reference in REFERENCES
        for level in LEVELS
    )
