"""Where the map's piece of a screen looks."""

from __future__ import annotations

import pytest

from game.__main__ import chapters
from game.core.orders import Plan
from game.io.seating import Chair, Seating
from game.table.match import Match
from game.ui.card import card_lines
from game.ui.house import House
from game.ui.layout import Rect
from game.ui.paint.things import Move
from game.ui.theme import Room
from rules.movement import Deploy
from tests.ui.driver import window
from tests.ui.planning import at
from tests.worlds import opening, rulebook


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_first_look_hides_no_end_of_an_order_behind_a_small_panel(side: str) -> None:
    window()
    room, whole = Room(1280, 720), Rect(0, 52, 1280, 668)
    legend = Rect(12 if side == "left" else 880, 64, 388, 182)
    seats = (Chair("JP"), Chair("KP", "doctrine"))
    table = House(chapters, durable=False).begin("first_watch", Seating(seats), 7, None)
    shown = table.map_view()
    shown.moves = (Move("w", "JIWA", "PWON", "watch"), Move("v", "JMAI", "JIWA", "move"))
    shown.pane(whole, table.sitting.view(), room, (legend,))
    assert shown.camera is not None
    for id in ("JIWA", "PWON", "JMAI"):
        site = table.board.theatre.sites[id]
        point = shown.painter.atlas.projection.forward(site.lon_e3 / 1000, site.lat_e3 / 1000)
        x, y = shown.camera.px(*point)
        at = (round(whole.x + x), round(whole.y + y))
        assert whole.holds(at) and not legend.holds(at), id


def test_what_is_under_way_stands_on_the_map_and_its_card_with_place_and_date() -> None:
    """A sealift bound for Yokosuka, for its own nation's eyes."""
    opened = opening("week_one")
    match = Match(opened, rulebook("week_one"), 7)
    for seat in match.seats:
        match.seal(Plan(seat, (Deploy("US", "U18", "JYOK", 4),) if seat == "US" else ()))
    match.play_turn()
    for seat, sees in (("US", True), ("CN", False)):
        table = at(match.state, rulebook("week_one"), seat)
        window()
        shown = table.map_view()
        shown.pane(Rect(0, 52, 1280, 668), table.sitting.view(), Room(1280, 720))
        (voyage,) = [v for v in shown.scene.voyages if v.id == "U18"] if sees else [None]
        if voyage is not None:
            assert (voyage.start, voyage.end, voyage.label) == ("HHAW", "JYOK", "2b")
            assert "Bound for Yokosuka: there 2b, in 2 pulses" in card_lines(table, table.sitting.view(), "U18")
        else:
            assert not any(v.id == "U18" for v in shown.scene.voyages)
