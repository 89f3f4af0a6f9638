"""A card tells a counter's supply, of what its seat knows."""

from __future__ import annotations

import attrs

from game.core.supply import daily_use
from game.ui.card import card_lines
from tests.ui.planning import at
from tests.worlds import opening, rulebook


def told(name: str, seat: str, id: str, **now: int) -> list[str]:
    state = opening(name)
    rows = {**state.counters, id: attrs.evolve(state.counters[id], **now)}  # type: ignore[arg-type]
    table = at(attrs.evolve(state, counters=rows), rulebook(name), seat)
    return [line for line in card_lines(table, table.sitting.view(), id) if line.startswith("Supply")]


def test_a_card_tells_days_of_supply_whether_they_are_short_and_the_tempo() -> None:
    state = opening("week_one")
    day = daily_use(state.setting.board, state.counters["J09"])
    assert told("week_one", "JP", "J09", supply=4 * day) == ["Supply for 4.0 days"]
    assert told("week_one", "JP", "J09", supply=2 * day, tempo=30) == [
        "Supply for 2.0 days, which is short; tempo 30 %"
    ]


def test_a_card_tells_no_supply_that_the_seat_does_not_know_or_that_the_game_does_not_count() -> None:
    assert told("week_one", "KR", "J09", supply=72) == []
    assert told("one_sky", "JP", "J09") == []
