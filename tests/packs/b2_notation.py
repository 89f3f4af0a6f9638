"""Reads the notation of facts B2's stats column. `b2.csv` and `a1.csv` are the facts' own tables, word for word."""

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import attrs

HERE = Path(__file__).parent


@attrs.frozen
class Stats:
    """One row's stats. `figures` in whole units of forces.toml; `marks` are class and layer words; `keys` are what
    stands outside the figures (from_year, ...); `words` are phrases without a number, kept for the note."""

    figures: dict[str, int]
    marks: list[str]
    keys: dict[str, object]
    words: list[str]


def rows(name: str) -> dict[str, dict[str, str]]:
    """A table of the facts by id, in its own order."""
    with (HERE / name).open(newline="", encoding="utf-8") as lines:
        table = list(csv.DictReader(lines, strict=True))
    assert all(None not in row and None not in row.values() for row in table), f"{name}: ragged row"
    return {row["id"]: row for row in table}


def whole(text: str, unit: int = 1) -> int:
    amount = Fraction(text) * unit
    assert amount.denominator == 1, f"{text} x {unit} is no whole number"
    return amount.numerator


NUMBER = r"(\d*\.?\d+)"
PPM = 1_000_000

# Pattern, then for each number in it the key and how many of forces.toml's units make one of the facts'.
NUMBERS: list[tuple[str, list[tuple[str, int]]]] = [
    (rf"air{NUMBER}xQ{NUMBER}", [("carrier_squadrons", 1), ("carrier_quality", 1)]),
    (rf"asw{NUMBER}", [("asw", 1)]),
    (rf"asm{NUMBER}", [("antiship", 1)]),
    (rf"a{NUMBER}", [("antiship", 1)]),
    (rf"b{NUMBER}", [("intercepts", 1)]),
    (rf"sorties{NUMBER}/turn", [("sorties", 1)]),
    (rf"salvo{NUMBER}(?:pt)?", [("salvo", 12)]),
    (rf"slbm{NUMBER}", [("slbm", 1)]),
    (rf"s{NUMBER}", [("hits_to_kill", 10)]),
    (rf"BMD{NUMBER}", [("exo_rounds", 1)]),
    (rf"track\+{NUMBER}", [("track", 1)]),
    (rf"pd{NUMBER}", [("attack", PPM)]),
    (rf"torp{NUMBER}", [("torpedoes", 1)]),
    (rf"mines{NUMBER}", [("mines", 1)]),
    (rf"W{NUMBER}", [("sweep_width", 1)]),
    (rf"v{NUMBER}", [("search_speed", 1)]),
    (rf"T{NUMBER}", [("search_time", 1)]),
    (rf"Q{NUMBER}", [("air_quality", 1)]),
    (rf"ch{NUMBER}", [("channels", 1)]),
    (rf"p{NUMBER}", [("kill", PPM)]),
    (rf"mag{NUMBER} \({NUMBER}-\1 by start option\)", [("magazine", 1), ("magazine_low", 1)]),
    (rf"mag{NUMBER}", [("magazine", 1)]),
    (rf"\(minus {NUMBER}-{NUMBER} in '2026 drawdown' start\)", [("drawdown_low", 1), ("drawdown_high", 1)]),
    (rf"R{NUMBER}-{NUMBER}km", [("range_low", 1), ("range", 1)]),
    (rf"R{NUMBER}km", [("range", 1)]),
    (rf"inv{NUMBER}(?:pt)?", [("inventory", 12)]),
    (rf"rel{NUMBER}-{NUMBER}", [("reliability_low", PPM), ("reliability_high", PPM)]),
    (rf"ST{NUMBER}", [("strength", 1)]),
    (rf"clear{NUMBER}/turn/zone", [("clear", PPM)]),
    (rf"grey {NUMBER}", [("grey", 1)]),
    (rf"cf{NUMBER}/pulse", [("counterfire", PPM)]),
    (rf"lift{NUMBER}(?:/step)?", [("lift", 1)]),
    (rf"lrasm {NUMBER}/pulse", [("lrasm", 1)]),
    (rf"jassm {NUMBER}/pulse", [("jassm", 1)]),
    (rf"\+{NUMBER} km radius for {NUMBER} steps", [("tanker_range", 1), ("tanker_steps", 1)]),
    (rf"{NUMBER} supply pts/turn/step", [("supply_lift", 1)]),
    (rf"{NUMBER} supply pts/turn(?= any airbase)", [("airlift", 1)]),
]
MARKS = r"UP|LO(?!W)|MID-HIGH|LOW|MID|HIGH|PREC|ASBM|ALCM"
KEYS: list[tuple[str, str, Callable[[str], object]]] = [
    (r"\(from scenario year (\d+)\)", "from_year", int),
    (r"\(arrives T\+(\d+)\)", "arrives_turn", int),
    (r"reload at ([A-Z]{4})", "reload_at", lambda place: [place]),
    (r"(needs a port or pier)", "needs_port", lambda _: True),
]
WORDS = r"any airbase|coercion track \(RAND anchors\)|rear-area raid"
END = r"(?=$|[ ;])"


def read(stats: str) -> Stats:
    """What a stats cell says. A word it does not know is an error, never left out."""
    found = Stats({}, [], {}, [])
    left = stats.removeprefix("sub: ")
    while left:
        taken = _number(left, found) or _key(left, found) or _word(left, found)
        assert taken, f"unread: {left!r} of {stats!r}"
        left = left[taken:].lstrip(" ;")
    return found


def _number(left: str, found: Stats) -> int:
    for pattern, keys in NUMBERS:
        if hit := re.match(pattern + END, left):
            for text, (key, unit) in zip(hit.groups(), keys, strict=True):
                assert key not in found.figures, f"{key} twice"
                found.figures[key] = whole(text, unit)
            return hit.end()
    return 0


def _key(left: str, found: Stats) -> int:
    for pattern, key, value in KEYS:
        if hit := re.match(pattern + END, left):
            found.keys[key] = value(hit[1])
            return hit.end()
    return 0


def _word(left: str, found: Stats) -> int:
    if hit := re.match(f"(?:{MARKS}){END}", left):
        found.marks.append(hit[0])
    elif hit := re.match(f"(?:{WORDS}){END}", left):
        found.words.append(hit[0])
    return hit.end() if hit else 0
