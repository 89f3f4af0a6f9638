"""One game at the window: the sitting, its words, its map, and which screen comes next.

Screens take what they need of it. It gives out what the revealed seat may see, as `Sitting` does, and public facts;
the Setting, which holds every seat's secrets, stays inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.core.rulebook import Rulebook
from game.core.setting import Board, Setting
from game.core.view import View
from game.core.words import Message, say
from game.io.library import theatre_file
from game.io.theatre import read_outlines
from game.report.explain import Speech
from game.report.rulebook import rules as rules_of
from game.table.hotseat import Sitting
from game.table.places import Place
from game.ui.screens import screen
from game.words import Names, text

if TYPE_CHECKING:
    from game.core.ids import PlaceId, Seat
    from game.io.geojson import Polygon
    from game.ui.app import App, Screen
    from game.ui.house import House
    from game.ui.mapview import MapView

#: Which screen the sitting's place wants; `resolving` shows the film, of whoever may see it.
SCREENS: Mapping[Place, str] = {
    Place.COVERED: "handoff",
    Place.BRIEF: "brief",
    Place.PLANNING: "plan",
    Place.RESOLVING: "film",
    Place.ALARM_COVERED: "handoff",
    Place.ALARM: "alarm",
    Place.BETWEEN: "film",
    Place.FACILITATOR: "facilitate",
    Place.OVER: "debrief",
}


class Table:
    """What screens hold of a game. `scenario` is its file's path, to find its map by; `save` that of the save."""

    def __init__(
        self,
        sitting: Sitting,
        rulebook: Rulebook,
        setting: Setting,
        scenario: Path,
        *,
        save: Path | None = None,
        language: str = "en",
        house: House | None = None,
    ) -> None:
        self.sitting = sitting
        self.rulebook = rulebook
        self.board: Board = setting.board
        self.scenario = scenario
        self.save = save
        self.language = language
        self.house = house
        #: A guided game lays its hints over each screen.
        self.coach: Callable[[Screen], Screen] | None = None
        #: The film of the turn under way, which goes on where an Alarm stopped it.
        self.film: object | None = None
        self._setting = setting
        self._ahead = False
        self._rules = rules_of(rulebook.chapters)

    # Words

    @property
    def title(self) -> str:
        return self.board.title

    @property
    def purpose(self) -> str:
        return str(self._setting.texts["purpose"])

    @property
    def turns(self) -> int:
        """How many turns the calendar has: public."""
        return len(self._setting.calendar)

    @property
    def questions(self) -> tuple[Any, ...]:
        """The scenario's key questions (facts F2): public."""
        return tuple(self._setting.texts["questions"])

    @property
    def holds(self) -> tuple[Any, ...]:
        """Where the scenario asks the table to hold and discuss: public."""
        return tuple(self._setting.texts["hold"])

    def brief(self, seat: Seat) -> str:
        """The written brief of the seat that is revealed, or of any once all is open."""
        if seat != self.sitting.up and self.sitting.place not in (Place.OVER, Place.FACILITATOR):
            self.sitting.view()  # says that the screen is covered
            raise ValueError(f"{seat}: another seat's brief")
        return str(self._setting.texts["seats"].get(seat, {}).get("brief", ""))

    def setting(self) -> Setting:
        """Everything, where everything may be seen: in the facilitator's place, and when the game is over."""
        self.sitting.whole()
        return self._setting

    def names(self, view: View) -> Names:
        return _names(self.board, _Counters(view.counters))

    def speech(self, view: View) -> Speech:
        return Speech(self.names(view), self._rules, self.language)

    def say(self, id: str, /, **values: Any) -> str:
        return text(say(id, **values), self.language)

    def text(self, message: Message, view: View) -> str:
        return text(message, self.language, self.names(view))

    # The map

    @cached_property
    def _theatre(self) -> Path:
        """Found once: to find it a file is read."""
        return theatre_file(self.scenario)

    @property
    def outlines(self) -> Mapping[PlaceId, tuple[Polygon, ...]]:
        return outlines(self._theatre)

    @property
    def folder(self) -> Path:
        """Where the theatre's files lie."""
        return self._theatre.parent

    def map_view(self, id: str = "map") -> MapView:
        from game.ui.mapview import MapView

        return MapView(self, id)

    def read_ahead(self) -> None:
        """Read the sheet of the map and the screens' code, which takes half a second: for a thread beside the
        window."""
        from game.ui.mapview import atlas

        for name in set(SCREENS.values()):
            import_module(f"game.ui.screens.{name}")
        _ = self.outlines
        atlas(self.folder).read()

    # What comes next

    def next(self, app: App) -> None:
        """Go to the screen that the sitting's place wants now."""
        app.keys["F3"] = self._public
        made = screen(SCREENS[self.sitting.place], self)
        app.go(self.coach(made) if self.coach is not None else made)
        if self.sitting.place is Place.COVERED and not self._ahead:
            self._ahead = True
            app.work(self.read_ahead, lambda _: None)

    def _public(self, app: App) -> None:
        """Open or close the projector's window, on any screen of this game."""
        from game.ui.screens.public import toggle_public

        if getattr(app.front.screen, "table", None) is self:
            toggle_public(app, self)


class _Counters(dict[str, Any]):
    """Counters of a View as a key: two with the same content name things alike."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))


@lru_cache(maxsize=32)
def _names(board: Board, counters: _Counters) -> Names:
    return Names.of(board, counters)


@lru_cache(maxsize=8)
def outlines(path: Path) -> Mapping[PlaceId, tuple[Polygon, ...]]:
    return read_outlines(path)
