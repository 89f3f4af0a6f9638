"""The reference raids at every level, closed form and exact odds side by side (facts C1.7)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.levels import LEVELS, REFERENCES, side_by_side


def raids() -> Iterator[str]:
    """The lines of the table: expected leakers, closed form / exact odds."""
    cells = {(s.raid, s.level): f"{_one(s.closed)} / {_one(s.exact)}" for s in side_by_side()}
    yield "Expected leakers of the reference raids: closed form / exact odds (facts C1.7)."
    yield ""
    yield f"{'':<4}{'threats':>8}" + "".join(f"{level.name:>17}" for level in LEVELS)
    for r in REFERENCES:
        yield f"{r.name:<4}{r.threats:>8}" + "".join(f"{cells[r.name, level.name]:>17}" for level in LEVELS)
    yield ""
    for r in REFERENCES:
        yield f"{r.name}  {r.text}; {r.upper} rounds in the upper layer, {r.lower} in the lower"
    for level in LEVELS:
        yield f"{level.name}  {level.text}"
    yield ""
    yield "All rounds are fired and no network fails. The closed form puts the expected number of threats where"
    yield "the exact odds have a distribution, so the two differ a little."


def _one(thousandths: int) -> str:
    return f"{thousandths // 1000}.{thousandths % 1000:03}"
