"""The board of losses: what there was is what is left and what was lost, in any week of any scenario."""

from __future__ import annotations

import pytest

from game.commands.common import cast, seated
from game.core.view import view
from game.report.losses import losses
from game.table.match import Match
from tests.worlds import opening, pack, rulebook


@pytest.mark.parametrize(("scenario", "turns"), [("week_one", 2), ("one_sky", 3)])
def test_there_were_as_many_steps_as_the_game_began_with(scenario: str, turns: int) -> None:
    first = opening(scenario)
    board = first.setting.board
    rules = rulebook(scenario)
    match = Match(first, rules, 7, seated(pack(scenario)[0], cast(pack(scenario)[0], ())))
    match.play(turns)
    last = match.state
    lost = 0
    for seat in board.seats:
        given: dict[str, int] = {}
        for counter in first.counters.values():
            if counter.owner == seat:
                domain = board.formation(counter).domain
                given[domain] = given.get(domain, 0) + counter.steps
        rows = [[n for n in row.cells[1:] if isinstance(n, int)] for row in losses(view(last, seat)).rows]
        steps = [row for row in rows if len(row) == 3]
        assert sorted(whole for whole, _, _ in steps) == sorted(given.values()), seat
        assert all(whole == left + gone for whole, left, gone in steps)
        lost += sum(gone for _, _, gone in steps)
    assert lost > 0
