"""What the plan screen holds, and what a touch of the map does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.events import Told
from game.table.match import MatchFault
from game.ui.mapview import MapView, Picked
from game.ui.screens.plan_estimates import Answers, Estimates
from game.ui.screens.plan_state import Planning, desk_of
from game.ui.screens.plan_words import Words
from game.ui.theme import Room

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.table import Table

#: How long a note stands, ms.
NOTE_MS = 4000


class Held:
    """One seat's plan at work: its state, its map, its odds, and a note that passes."""

    def __init__(self, table: Table) -> None:
        view = table.sitting.view()
        self.table = table
        self.p = Planning(table, view, desk_of(table, view), Words.of(table.names(view), view, table.language))
        self.map: MapView = table.map_view()
        answers = Answers()
        self.estimates = Estimates(answers)
        self.trial = Estimates(answers)
        self.told: tuple[Told, ...] = table.sitting.told()
        self.note = ""
        self.note_until = 0
        self.now = 0
        self.app: App | None = None
        self.room = Room(1280, 720)
        if view.turn > 1 or table.sitting.drafted() is not None:
            self.p.mode = "courses" if table.sitting.drafted() is None else "list"

    def _keep(self) -> bool:
        """Keep the draft; one that cannot be kept is said, and stays on the desk."""
        sitting = self.table.sitting
        if sitting.up != self.p.view.seat:
            return False
        try:
            sitting.draft(self.p.desk.plan)
        except (MatchFault, OSError) as fault:
            self._say(self.p.words.tell("not_kept", why=str(fault)))
            return False
        return True

    def _say(self, words: str) -> None:
        self.note, self.note_until = words, self.now + NOTE_MS

    def _focus(self, id: str) -> None:
        """Let the keyboard go on from here; whether its ring shows stays as it is."""
        if self.app is not None:
            self.app.front.hands.focus = id

    def _focus_form(self) -> None:
        self._focus("form.verb" if self.p.form is not None else "queue")

    def _picked(self, picked: Picked) -> None:
        p = self.p
        if picked.how == "drop":
            self._drop(picked)
        elif picked.how == "menu":
            p.card = picked.id
        elif picked.kind == "none":
            p.card = ""
        elif p.form is not None and p.tab == "orders" and self._put(picked.id):
            return
        elif picked.kind == "marker":
            self._choose(picked.id, fly=False)
        elif picked.kind in ("place", "zone"):
            p.card = picked.id

    def _put(self, id: str) -> bool:
        """A click on something lit: it, or the place where it stands, goes into the form."""
        p = self.p
        if id in p.view.mine and id != (p.form.subject if p.form else ""):
            return False
        return p.put(id) or p.put(self._place_of(id))

    def _place_of(self, id: str) -> str:
        counter, contact = self.p.view.counters.get(id), self.p.view.contacts.get(id)
        return counter.at if counter is not None else contact.at if contact is not None else id

    def _drop(self, picked: Picked) -> None:
        p = self.p
        place = self._place_of(picked.id)
        if picked.start not in p.view.mine or place == self._place_of(picked.start):
            return
        found = p.dropped(picked.start, place)
        if not found and picked.id != place:
            found = p.dropped(picked.start, picked.id)
        if found:
            p.subject, p.menu, p.menu_place = picked.start, found, place
            p.menu_at, p.dialog = picked.at, "menu"
            return
        names = p.words.names
        name, where = names.any(picked.start, p.words.language), names.any(place, p.words.language)
        self._say(p.words.tell("drop_none", name=name, place=where))

    def _choose(self, id: str, fly: bool = True) -> None:
        """A unit, a contact, a place: its form if it has one, else its card."""
        p = self.p
        if id in p.view.places:
            p.card = id
        elif not p.select(id) and id in p.view.mine:
            self._say(p.words.tell("nothing_for", name=p.words.names.any(id, p.words.language)))
        if p.form is not None:
            self._focus_form()
        if fly:
            self._show(id)

    def _show(self, id: str) -> None:
        lane = self.p.view.board.theatre.lanes.get(id)
        if lane is not None:
            self.map.fly_to((lane.a, lane.b))
            return
        place = self._place_of(id)
        if place in self.p.view.places:
            self.map.fly_to((place,))
