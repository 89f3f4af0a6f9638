"""The screens, by name: each is imported when it is first shown, so that the window opens at once."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.ui.app import Screen

SCREENS = {
    "title": "title.TitleScreen",
    "chooser": "chooser.ChooserScreen",
    "seats": "seats.SeatsScreen",
    "games": "games.GamesScreen",
    "settings": "settings.SettingsScreen",
    "handoff": "handoff.HandoffScreen",
    "brief": "brief.BriefScreen",
    "plan": "plan.PlanScreen",
    "film": "film.FilmScreen",
    "alarm": "alarm.AlarmScreen",
    "debrief": "debrief.DebriefScreen",
    "replay": "replay.ReplayScreen",
    "facilitate": "facilitate.FacilitateScreen",
    "public": "public.PublicScreen",
    "pairs": "pairs.PairsScreen",
    "tutorial": "tutorial.TutorialScreen",
}


def screen(name: str, *what: Any, **more: Any) -> Screen:
    """The screen of that name over what it needs: for those of a game, its Table."""
    module, _, cls = SCREENS[name].partition(".")
    made: Screen = getattr(import_module(f"game.ui.screens.{module}"), cls)(*what, **more)
    return made
