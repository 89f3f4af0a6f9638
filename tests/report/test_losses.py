"""The board of losses: what there was is what is left and what was lost, in any week of any scenario."""

from __future__ import annotations

import pytest

from game.commands.common import cast, seated
from game.core.view import view
from game.report.losses import losses
from game.table.match import Match
from tests.worlds import opening, pack, rulebook


@pytest.mark.parametrize(("scenario", "turns"), [("week_one", 2), ("one_sky", 2)])
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
        rows = [row.cells for row in losses(view(last, seat)).rows if isinstance(row.cells[1], int)]
        assert sum(int(cells[1]) for cells in rows) == sum(given.values()), seat
        assert {int(cells[1]) for cells in rows} == {n for n in given.values() if n}
        assert all(cells[1] == int(cells[2]) + int(cells[3]) for cells in rows)
        lost += sum(int(cells[3]) for cells in rows)
    assert lost > 0
