"""What a chapter's staff shows of a plan, as values that any screen can draw without knowing the rule.

A chapter may define `forecast(view, plan)`, `rings(view)`, `standing(view)`, `traces(view, plan)`,
`patches(view, plan)`, `ledgers(view, plan)`, `talks(view)` and `voyages(view)`; `Rulebook` gathers them. All of it is
made from a View and a seat's own plan, never from a State.
"""

from __future__ import annotations

import attrs

from game.core.events import Input
from game.core.ids import CounterId, PlaceId, Seat
from game.core.odds import Odds
from game.core.words import Message, Value

#: Bars of one chart: what a screen can show side by side (D).
BARS = 24
LAYERS = ("threat", "detection", "defense")

#: A chart: what a bar stands for ("7", "20+", "0-3") and its chance in ppm, worst first. Chances sum to a million.
Bars = tuple[tuple[str, int], ...]


@attrs.frozen(slots=True)
class Forecast:
    """The exact odds of something that a plan would bring about, or that is feared under it.

    `odds` are of what gets through, `spent` of the means that stopping it costs; means in thousandths. `subject` is
    the counter whose order it is, or "" where nobody's order brings it about. `assumed` names what was not known but
    taken as usual.
    """

    rule: str
    subject: str
    place: PlaceId
    title: Message
    lines: tuple[Message, ...]
    odds: Bars
    mean_millis: int
    spent: Bars
    spent_mean_millis: int
    inputs: tuple[Input, ...] = ()
    assumed: tuple[str, ...] = ()
    #: Lanes that bind, by id, to light on the map; a forecast without luck has no odds and only its lines.
    cut: tuple[str, ...] = ()
    #: What binds, by name, where something falls short; the first of `lines` says by how much.
    binds: tuple[Message, ...] = ()


@attrs.frozen(slots=True)
class Ring:
    """How far something reaches from a place, as a seat knows it. `layer` is one of LAYERS; `seat` is the nation
    whose it is; `source` the counter, place or contact that it is known of."""

    layer: str
    place: PlaceId
    km: int
    seat: Seat
    label: Message
    source: str


@attrs.frozen(slots=True)
class Trace:
    """A load on a lane of the map, for the supply layer: `amount` of `cap` (UNKNOWN: no cap), both a day in
    hundredths of a supply point; `cut` where the lane binds. `start` is the end that it goes from."""

    layer: str
    lane: str
    start: PlaceId
    amount: int
    cap: int
    cut: bool
    label: Message


@attrs.frozen(slots=True)
class Voyage:
    """A counter under way, or still to come: from where it stands to `to`, there at `when` (a date as people say it,
    "" where nobody knows); `label` tells it whole."""

    subject: CounterId
    start: PlaceId
    to: PlaceId
    when: str
    label: Message


@attrs.frozen(slots=True)
class Patch:
    """Something that holds for a whole place or zone, for the map's layers "control" and "patrol".

    `tone` is one of TONES. `ppm` is how much of it, 0 to a million; `short` is the few letters to write there.
    """

    layer: str
    place: PlaceId
    tone: str
    ppm: int
    short: str
    label: Message


#: Seconds that stand for as long as one likes.
ALL_TURN = 3600

TONES = ("own", "rival", "disputed", "chance", "mines")


@attrs.frozen(slots=True)
class Entry:
    """One line of a ledger: cells in the order of its columns. `source` is the counter, place or lane that a click
    leads to, "" for none; `warn` marks a line that wants attention; `why` opens it."""

    cells: tuple[Message | Value, ...]
    source: str = ""
    warn: bool = False
    why: tuple[Message, ...] = ()


@attrs.frozen(slots=True)
class Ledger:
    """A table that a staff keeps: stocks, interceptors left, tracks, losses. `id` is "chapter.what"."""

    id: str
    title: Message
    columns: tuple[Message, ...]
    rows: tuple[Entry, ...]
    note: Message | None = None


@attrs.frozen(slots=True)
class Talk:
    """What a seat and the nation `seat` may say to each other this turn: `how` in words, by the `level` of what they
    have agreed on ("" for none), `about` what of what they saw, `seconds` at the table (0: nothing but what is
    written; ALL_TURN: as long as they like)."""

    seat: Seat
    level: str
    how: Message
    about: Message
    seconds: int


def bars(odds: Odds[int], most: int = BARS) -> Bars:
    """Odds over whole numbers, most first, as at most `most` bars whose chances sum to a million exactly.

    Outcomes too rare for a part in a million have no bar. Where there are more than `most`, the run that holds most
    of the chance stands bar by bar; what is above it is pooled as "20+", what is below as "0-3".
    """
    upto = [0, *(odds.chance_up_to(i) for i in range(len(odds.outcomes)))]
    rows = [(n, upto[i + 1] - upto[i]) for i, n in enumerate(odds.outcomes) if upto[i + 1] > upto[i]]
    start, stop = 0, len(rows)
    if stop > most:
        alone = most - 2
        start = max(range(stop - alone + 1), key=lambda i: (sum(ppm for _, ppm in rows[i : i + alone]), -i))
        stop = start + alone
    out = [(str(n), ppm) for n, ppm in rows[start:stop]]
    above, below = rows[:start], rows[stop:]
    if above:
        out.insert(0, (f"{above[-1][0]}+" if above[1:] else str(above[0][0]), sum(ppm for _, ppm in above)))
    if below:
        last = f"{below[-1][0]}-{below[0][0]}" if below[1:] else str(below[0][0])
        out.append((last, sum(ppm for _, ppm in below)))
    return tuple(out)
