"""Names. Every id is derived from other names, never counted, so that a branch which builds one thing more
renames nothing else and shared luck stays shared."""

from collections.abc import Mapping

Seat = str
PlaceId = str
CounterId = str

SEATS: tuple[Seat, ...] = ("US", "JP", "KR", "CN", "KP", "TW")

#: Letters of the two pulses of a war week, for people ("3a"); a turn without pulses has none.
PULSE_LETTERS = ("", "a", "b", "c", "d")


def pair(one: Seat, other: Seat) -> str:
    """The key of the pact between two seats: "JP-KR", whichever is named first."""
    return f"{one}-{other}" if one < other else f"{other}-{one}"


def detachment(parent: CounterId, to: PlaceId, turn: int, pulse: int) -> CounterId:
    """The id of the steps that leave `parent` for `to`: "J01>JIWA.3a"."""
    return f"{parent}>{to}.{turn}{PULSE_LETTERS[pulse]}"


def date(turn: int, pulse: int) -> str:
    """A date at the table: "3a" is the first pulse of turn 3, "3" the turn as a whole."""
    return f"{turn}{PULSE_LETTERS[pulse]}"


def first_free(wanted: str, taken: Mapping[str, object]) -> str:
    """`wanted`, or `wanted` with primes until it is free; depends on names alone."""
    while wanted in taken:
        wanted += "'"
    return wanted
