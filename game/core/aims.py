"""What more or less of a thing is worth to a seat by its own lines of score, in thousandths of a point.

A staff weighs its orders by these: it reads its own lines and holdings, as anybody in its seat can. Lines that are
lost, or full with something to spare, weigh nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.core.model import Counter
from game.core.setting import Board, Formation, Line
from game.core.view import View

#: By measure, the keys of a formation that a line's subjects may name beside its id.
KEYS = {"rounds": ("system", "domain"), "missiles": ("missile", "domain")}


def weight(lines: tuple[Line, ...], measure: str, subject: str) -> int:
    """What one more of `measure` at `subject` adds by all lines that name it, their bounds aside; losses below 0."""
    found = (line for line in lines if line.measure == measure and subject in line.subjects)
    return sum(1000 * line.per // line.unit if line.per > 0 else -(-1000 * line.per // line.unit) for line in found)


def change(line: Line, now: int, more: int) -> int:
    """What a line gains by `more` of its measure, within its bounds."""

    def millis(n: int) -> int:
        return max(0, min(1000 * line.most, 1000 * line.start + 1000 * line.per * n // line.unit))

    return millis(now + more) - millis(now)


def stored(view: View, measure: str, formation: Formation, spent: int, before: int = 0) -> int:
    """What it costs, as a number of thousandths not below 0, to spend so many rounds or missiles of a formation,
    when `before` of what the same lines count are spent anyway."""
    total = 0
    for line in naming(view.lines, measure, formation):
        now = left(view, line) - before
        total -= change(line, now, -spent)
    return max(0, total)


def to_fire(view: View) -> bool:
    """Whether some launcher has missiles that one's own lines do not count for a loss: a salvo of it."""
    for counter in view.mine.values():
        formation = view.board.formation(counter)
        salvo = min(counter.missiles, formation.figure("salvo"))
        if salvo > 0 and not stored(view, "missiles", formation, salvo):
            return True
    return False


def naming(lines: tuple[Line, ...], measure: str, formation: Formation) -> Iterator[Line]:
    """The lines that count `measure` of a formation."""
    for line in lines:
        if line.measure == measure and _names(line, formation):
            yield line


def left(view: View, line: Line) -> int:
    """What own counters and own stocks hold of the rounds or missiles that a line counts."""
    board: Board = view.board
    held = (_held(c, line.measure) for c in view.mine.values() if _names(line, board.formation(c)))
    stocks = (row.amount for row in view.stocks.values() if row.owner == view.seat and row.commodity in line.subjects)
    return sum(held) + sum(stocks)


def _held(counter: Counter, measure: str) -> int:
    return counter.rounds if measure == "rounds" else counter.missiles


def _names(line: Line, formation: Formation) -> bool:
    own = (formation.id, *(getattr(formation, key) for key in KEYS[line.measure]))
    return not line.subjects or any(key and key in line.subjects for key in own)
