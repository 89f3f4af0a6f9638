"""Assessment (chapter 12): each seat's own score, with reasons.

A1  At the end of every turn each line of a seat's aims is measured and scored. A line's points are its start plus
    its rate times the measure, divided by its unit and rounded down (also below zero: -1 by 2 is -1), and never
    less than 0 or more than the line is worth. A seat sees its own lines alone, and while the game lasts only those
    that measure what it knows: what its raids did to others it learns at the end.
A2  After the last turn every line is scored, and a seat's score is their sum.

Measures: `leaked` missiles that came through at the places named, whoever held them, at each place no more than the
line's `each` (a place that is closed cannot be hurt twice); `spent` own rounds of the systems named; `rounds` and
`missiles` left in own counters and, of the kinds named, in own stocks; `steps` left of own counters (of the
formations, systems or domains named, or of all); `lost` own steps by domain; `hits` scored on others at the places
named; `damage` levels of runway, port and radar damage at the places named; `level` of a pact's track ("JP-
KR.sensing"); own `budget`, `capital` and `support`; own `stock` at the places or of the commodities named, or
anybody's under a key ("US.FCEN.front"), in hundredths of a point or in rounds; `days` of supply that own counters
carry, the named ones taken together; `held` sea zones, of those named, that one's own coalition holds; `insurance`,
the loss that shippers believe in on the trade routes of the nations named, on average, in thousandths; `tally` any
own running count by the rest of its name.

Not here yet: the regional index, forecasts and their Brier scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import attrs

from game.core.design import Form
from game.core.events import Event, Input, Make
from game.core.ids import Seat, pair
from game.core.luck import Luck
from game.core.model import TRACKS, Counter, Row, State, known
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import Ask, Phase
from game.core.sea import TRADE, holder
from game.core.setting import Board, Line
from game.core.supply import daily_use
from game.core.view import View
from game.core.words import say

Measure = Callable[[State, Line, Seat], int]

SCORES = "assessment.scores"
#: The logistics level from which an ally's stocks are known (core/model, mark "pooled").
SHARED = 2


@attrs.frozen(slots=True)
class Score(Row):
    """How one line of a seat's aims stands after the last turn scored. Its key is "JP.homeland"."""

    SEEN = "owner"

    line: str = known("owner")
    points: int = known("owner", 0)
    measure: int = known("owner", 0, signed=True)


ORDERS: tuple[type[Order], ...] = ()
PARTS: Mapping[str, type[Row]] = {"scores": Score}
ASKS: Mapping[str, Ask] = {}
DESIGN: Mapping[str, Form] = {}


def options(view: View) -> tuple[Template, ...]:
    return ()


def fault(view: View, plan: Plan, order: Order) -> Refusal | None:
    return None


def doubt(view: View, plan: Plan) -> tuple[Doubt, ...]:
    return ()


# Measures -------------------------------------------------------------------------------------------------------


def _own_count(what: str) -> Measure:
    """The sum of own tallies "<seat>.<what>.<subject>"; of all of that kind when the line names no subject."""

    def measure(state: State, line: Line, seat: Seat) -> int:
        return _count(state, line, lambda owner, kind: owner == seat and kind == what)

    return measure


def _leaked(state: State, line: Line, seat: Seat) -> int:
    return _count(state, line, lambda owner, kind: kind == "leaked")


def _count(state: State, line: Line, wanted: Callable[[str, str], bool]) -> int:
    total = 0
    for key, row in state.tallies.items():
        owner, _, rest = key.partition(".")
        kind, _, detail = rest.partition(".")
        if wanted(owner, kind) and (not line.subjects or detail in line.subjects):
            total += min(row.n, line.each) if line.each else row.n
    return total


def _tally(state: State, line: Line, seat: Seat) -> int:
    found = (state.tallies.get(f"{seat}.{subject}") for subject in line.subjects)
    return sum(row.n for row in found if row is not None)


def _left(field: str, keys: tuple[str, ...]) -> Measure:
    """The sum of `field` over own counters that the line's subjects name by id, formation, or one of `keys`."""

    def measure(state: State, line: Line, seat: Seat) -> int:
        return sum([getattr(c, field) for c in _own(state, line, seat, keys)])

    return measure


def _and_stored(left: Measure) -> Measure:
    """With what lies in own stocks of the kinds that the line names: a magazine refilled from them is no gain."""

    def measure(state: State, line: Line, seat: Seat) -> int:
        stored = [r.amount for r in state.stocks.values() if r.owner == seat and r.commodity in line.subjects]
        return left(state, line, seat) + sum(stored)

    return measure


def _own(state: State, line: Line, seat: Seat, keys: tuple[str, ...]) -> list[Counter]:
    named = _named(state.setting.board, line.subjects, keys)
    mine = ((id, c) for id, c in state.counters.items() if c.owner == seat)
    return [c for id, c in mine if c.formation in named or id in line.subjects]


def _days(state: State, line: Line, seat: Seat) -> int:
    board, mine = state.setting.board, _own(state, line, seat, ("system", "missile", "domain"))
    use = sum([daily_use(board, c) for c in mine])
    return sum([c.supply for c in mine]) // use if use else 0


def _stock(state: State, line: Line, seat: Seat) -> int:
    wanted = frozenset(line.subjects)
    mine = [row.amount for row in state.stocks.values() if row.owner == seat and wanted & {row.place, row.commodity}]
    return sum(mine) + sum([state.stocks[key].amount for key in line.subjects if key in state.stocks])


def _held(state: State, line: Line, seat: Seat) -> int:
    side = state.setting.board.coalition.get(seat)
    return sum([holder(state.parts, zone) == side for zone in line.subjects]) if side else 0


@lru_cache(maxsize=256)
def _named(board: Board, subjects: tuple[str, ...], keys: tuple[str, ...]) -> frozenset[str]:
    """The formations that subjects name by id or by one of `keys`; all of them where there are no subjects."""
    if not subjects:
        return frozenset(board.formations)
    wanted = set(subjects) - {""}
    return frozenset(id for id, f in board.formations.items() if wanted & {id, *(getattr(f, key) for key in keys)})


def _damage(state: State, line: Line, seat: Seat) -> int:
    found = (state.places.get(subject) for subject in line.subjects)
    return sum(row.runway + row.port + row.radar for row in found if row is not None)


def _insurance(state: State, line: Line, seat: Seat) -> int:
    beliefs = [int(row.belief) for row in state.table(TRADE).values() if row.owner in line.subjects]
    return sum(beliefs) // (1000 * len(beliefs)) if beliefs else 0


def _level(state: State, line: Line, seat: Seat) -> int:
    """The sum of the levels named "JP-KR.sensing"; an unknown pact or track counts nothing."""
    total = 0
    for subject in line.subjects:
        key, _, track = subject.partition(".")
        pact = state.pacts.get(key)
        if pact is not None and track in TRACKS:
            total += getattr(pact, track)
    return total


def _means(field: str) -> Measure:
    return lambda state, line, seat: getattr(state.nations[seat], field) if seat in state.nations else 0


#: What a scenario's lines may measure (A1). Each takes the whole State: scores are the facilitator's arithmetic.
MEASURES: Mapping[str, Measure] = {
    "leaked": _leaked,
    "spent": _own_count("spent"),
    "lost": _own_count("lost"),
    "hits": _own_count("hits"),
    "tally": _tally,
    "rounds": _and_stored(_left("rounds", ("system", "domain"))),
    "missiles": _and_stored(_left("missiles", ("missile", "domain"))),
    "steps": _left("steps", ("system", "missile", "domain")),
    "damage": _damage,
    "days": _days,
    "stock": _stock,
    "held": _held,
    "insurance": _insurance,
    "level": _level,
    "budget": _means("budget"),
    "capital": _means("capital"),
    "support": _means("support"),
}


def points(line: Line, measure: int) -> int:
    """A1. `//` rounds towards minus infinity, so half a unit of loss counts as a whole one."""
    return max(0, min(line.most, line.start + line.per * measure // line.unit))


def open_to(state: State, line: Line, seat: Seat) -> bool:
    """Whether `seat` knows what `line` measures while the game lasts: own counts and means always, what happens at
    places if all of them are its own, an ally's stock where stocks are shared, a pact's level if its own side made
    the pact."""
    if line.measure in ("leaked", "damage"):
        places = (state.places.get(subject) for subject in line.subjects)
        return bool(line.subjects) and all(row is not None and row.owner == seat for row in places)
    if line.measure == "stock":
        named = (state.stocks.get(subject) for subject in line.subjects)
        return all(row is None or row.owner == seat or _pooled(state, seat, row.owner) for row in named)
    if line.measure == "level":
        keys = (subject.partition(".")[0] for subject in line.subjects)
        found = (state.pacts.get(key) for key in keys)
        side = state.setting.board.same_side
        return all(pact is None or any(side(seat, owner) for owner in pact.owners) for pact in found)
    return True


def _pooled(state: State, one: Seat, other: Seat) -> bool:
    pact = state.pacts.get(pair(one, other))
    return pact is not None and pact.logistics >= SHARED


def scores(state: State, seat: Seat) -> tuple[Score, ...]:
    """Every line of `seat` as it stands now, in truth."""
    out = []
    for line in state.setting.lines.get(seat, ()):
        n = MEASURES[line.measure](state, line, seat)
        out.append(Score(seat, line.id, points(line, n), n))
    return tuple(out)


def total(state: State, seat: Seat) -> int:
    """The score of `seat` as it stands now, in points and in truth."""
    return sum(score.points for score in scores(state, seat))


def score(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """A1 for every seat that has aims, and A2 after the last turn."""
    last = before.turn >= len(before.setting.calendar)
    for seat in sorted(before.setting.lines):
        lines = before.setting.lines[seat]
        told = {line.id for line in lines if last or open_to(before, line, seat)}
        rows = tuple(r for r in scores(before, seat) if r.line in told)
        if not rows:
            continue
        n, most = sum(r.points for r in rows), sum(line.most for line in lines if line.id in told)
        later = len(lines) - len(rows)
        yield Event(
            "A1",
            seat,
            seat,
            say("assessment.stands", seat=seat, points=n, most=most, later=later),
            tuple(_inputs(lines, rows)),
            effects=tuple(Make(SCORES, f"{seat}.{r.line}", r) for r in rows),
            all_to=(seat,),
        )
        if last:
            yield Event("A2", seat, seat, say("assessment.final", seat=seat, points=n, most=most), all_to=(seat,))


def _inputs(lines: tuple[Line, ...], rows: tuple[Score, ...]) -> Iterator[Input]:
    by_id = {line.id: line for line in lines}
    for row in rows:
        line = by_id[row.line]
        most = f", at most {line.each} each" if line.each else ""
        yield Input(f"{line.id}.{line.measure}", row.measure, f"{', '.join(line.subjects)}{most}")
        yield Input(f"{line.id}.points", row.points, f"{line.start} + {line.per} x {line.measure} / {line.unit}")


PHASES: Mapping[str, Phase] = {"score": score}
