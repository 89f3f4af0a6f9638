"""How a game stands, for people and for programs: scores by line, losses, stocks, digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from game.core.digest import digest
from game.core.ids import Seat
from game.core.model import State
from game.core.setting import Setting

#: Where the assessment chapter keeps every line's points; rows have line, points and measure.
SCORES = "assessment.scores"


def result(state: State, seed: int, players: Mapping[Seat, str], save: str | None) -> dict[str, Any]:
    """One object of texts and whole numbers, the same for the same seed, scenario and players."""
    setting = state.setting
    return {
        "scenario": setting.name,
        "title": setting.board.title,
        "seed": seed,
        "players": dict(players),
        "turns": state.turn - 1,
        "over": state.over,
        "seats": {seat: _seat(state, seat) for seat in setting.board.seats},
        "digest": digest(state),
        "save": save,
    }


def _seat(state: State, seat: Seat) -> dict[str, Any]:
    lines = {id: {"title": t, "points": p, "most": most, "measure": m} for id, t, p, most, m in lines_of(state, seat)}
    return {
        "points": sum(line["points"] for line in lines.values()),
        "most": sum(line["most"] for line in lines.values()),
        "lines": lines,
        "losses": losses(state, seat),
        "rounds": _held(state, seat, "rounds", "system"),
        "missiles": _held(state, seat, "missiles", "missile"),
        "stocks": _stocks(state, seat),
    }


def lines_of(state: State, seat: Seat) -> Iterator[tuple[str, str, int, int, int]]:
    """(id, title, points, most, measure) of each line of a seat's score, as last assessed."""
    rows = {(r.owner, r.line): r for r in state.table(SCORES).values()}
    for line in state.setting.lines.get(seat, ()):
        row = rows.get((seat, line.id))
        yield line.id, line.title, row.points if row else 0, line.most, row.measure if row else 0


def losses(state: State, seat: Seat) -> dict[str, int]:
    """Steps lost by domain."""
    prefix = f"{seat}.lost."
    return {key.removeprefix(prefix): row.n for key, row in state.tallies.items() if key.startswith(prefix)}


def _held(state: State, seat: Seat, field: str, kind: str) -> dict[str, int]:
    """Rounds or missiles in own counters by munition; "other" where a formation names none."""
    out: dict[str, int] = {}
    for counter in state.counters.values():
        n = getattr(counter, field)
        if counter.owner == seat and n > 0:
            name = getattr(state.setting.board.formation(counter), kind) or "other"
            out[name] = out.get(name, 0) + n
    return dict(sorted(out.items()))


def _stocks(state: State, seat: Seat) -> dict[str, int]:
    out: dict[str, int] = {}
    for stock in state.stocks.values():
        if stock.owner == seat:
            out[stock.commodity] = out.get(stock.commodity, 0) + stock.amount
    return dict(sorted(out.items()))


def table(setting: Setting, state: State, seats: Mapping[Seat, str]) -> Iterator[tuple[str, str, str]]:
    """(seat or "", line, points) rows for people: each seat's total, then its lines."""
    for seat in setting.board.seats:
        lines = list(lines_of(state, seat))
        if not lines:
            continue
        total, most = sum(row[2] for row in lines), sum(row[3] for row in lines)
        yield seats.get(seat, seat), "", f"{total} of {most}"
        for _, title, points, best, _ in lines:
            yield "", title, f"{points} of {best}"
