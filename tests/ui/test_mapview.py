"""Where the map's piece of a screen looks."""

from __future__ import annotations

import pytest

from game.__main__ import chapters
from game.io.seating import Chair, Seating
from game.ui.house import House
from game.ui.layout import Rect
from game.ui.paint.things import Move
from game.ui.theme import Room
from tests.ui.driver import window


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
