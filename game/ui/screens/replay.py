"""A saved game walked through: by anybody's eyes as they were then, or as it was; forward, backward, or played."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from game.core.model import State
from game.core.rulebook import Rulebook
from game.core.setting import Setting
from game.io.library import find
from game.io.save import Saved
from game.report.film import PUBLIC
from game.report.timeline import Spot, Timeline
from game.ui import parts
from game.ui.layout import Column, Rect
from game.ui.paint.things import Effect, Move
from game.ui.screens.replay_frame import caption, header
from game.ui.screens.replay_list import Sought, charts, event_items, event_list, note_list, panel_tabs, place_items
from game.ui.screens.replay_reading import Reading, reading_table
from game.ui.screens.replay_strip import EVENT_MS, SILENT_MS, Mark, strip, strip_height, ticks
from game.ui.screens.why import Why, why, why_widgets
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Item, Panel, Rows, Touch, Widget

if TYPE_CHECKING:
    from game.ui.app import App, Screen

PANEL_POINTS = 384
HEADER_POINTS = 48
CAPTION_POINTS = 104


def replay_of(
    saved: Saved,
    setting: Setting,
    rulebook: Rulebook,
    state: State | None = None,
    *,
    scenario: Path | None = None,
    turn: int | None = None,
    eyes: str | None = None,
    back: Screen | None = None,
) -> ReplayScreen:
    """A replay of a save opened from outside a table. `scenario`: the path of its file where it is not shipped."""
    table = reading_table(saved, setting, rulebook, scenario or find(setting.name))
    return ReplayScreen(table, reading=Reading(table, saved, setting), turn=turn, eyes=eyes, back=back)


class ReplayScreen:
    """`eyes` that may not be borrowed are refused in a line and the public's taken; so at the start, too."""

    def __init__(
        self,
        table: Table,
        *,
        reading: Reading | None = None,
        turn: int | None = None,
        eyes: str | None = None,
        back: Screen | None = None,
    ) -> None:
        self.table = table
        self.reading = reading or Reading(table)
        self.back = back
        self.map = table.map_view()
        self.eyes = self.reading.allowed[0]
        self.notice = ""
        self.at = 0
        self.tab = "events"
        self.sought = Sought()
        self.chart = 0
        self.bookmarks: frozenset[int] = frozenset()
        self.playing = False
        self.follow = True
        self.speed = 1
        self.why: Why | None = None
        self.app: App | None = None
        self._due = 0
        self._items: dict[object, tuple[Item, ...]] = {}
        self._ticks: dict[object, tuple[Mark, ...]] = {}
        self._scroll = False
        if eyes is not None:
            self.look(eyes)
        if turn is not None:
            self.at = self.line.jump(turn)

    # Where it stands

    @property
    def line(self) -> Timeline:
        return self.reading.timeline(self.eyes)

    @property
    def spot(self) -> Spot:
        return self.line.at(self.at)

    def look(self, eyes: str) -> None:
        """Through other eyes, at the same moment; a line where they may not be borrowed."""
        eyes = PUBLIC if eyes == "public" else eyes
        if eyes not in self.reading.allowed:
            self.notice = self.table.say("ui_replay.closed")
            return
        k = self.line.at(self.at).k if self.at else 0
        self.eyes, self.notice = eyes, ""
        self.at = self.line.of_moment(k)

    def go_to(self, at: int) -> None:
        self.at = self.line.at(at).at
        self.why = None
        self._scroll = True

    def stand_at(self, k: int) -> None:
        self.go_to(self.line.of_moment(k))

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        top, rest = whole.top(u(HEADER_POINTS))
        foot = Rect(u(10), whole.bottom - strip_height(room) - u(10), whole.w - u(20), strip_height(room))
        side = Rect(whole.w - u(PANEL_POINTS) - u(10), rest.y + u(10), u(PANEL_POINTS), foot.y - rest.y - u(20))
        self._scene()
        view = self.reading.view(self.spot.k, self.eyes)
        legend = Rect(u(10), rest.y + u(10), u(196), self.map.legend_height(room))
        below = Rect(u(220), foot.y - u(10), side.x - u(234), 0)
        # The caption grows and shrinks with its words; the map is not laid out anew for that.
        nominal = Rect(below.x, below.y - u(CAPTION_POINTS), below.w, u(CAPTION_POINTS))
        out: list[Widget] = [self.map.pane(whole, view, room, (top, foot, side, legend, nominal))]
        out += header(self.reading, self.eyes, top, room)
        out += self.map.toggles(legend, room)
        follow, notice = self.follow, self.notice
        out += caption(self.reading, self.spot, self.eyes, below, room, follow=follow, notice=notice)
        out += self._side(side, room)
        out += strip(
            self.reading,
            self.line,
            self.at,
            foot,
            room,
            playing=self.playing,
            speed=self.speed,
            marks=self._marks(foot, room),
        )
        if self.why is not None:
            out += why_widgets(self.table, self.why, room)
        self._reveal(out, room)
        return out

    def _scene(self) -> None:
        """The map shows what the event at hand is about: an arrow where it went, a pulse where it happened."""
        frame = self.spot.frame
        moves: tuple[Move, ...] = ()
        effects: tuple[Effect, ...] = ()
        if frame is not None and frame.kind != "score":
            if frame.link is not None:
                strike = frame.kind in ("raid", "hit")
                moves = (
                    Move("replay", *frame.link, "strike" if strike else "move", "h" if strike else "f", own=False),
                )
            end = frame.link[1] if frame.link is not None else frame.places[0] if frame.places else ""
            site = self.table.board.theatre.sites.get(end)
            if site is not None:
                effects = (Effect("pulse", (site.lon_e3 / 1000, site.lat_e3 / 1000), 0.45),)
        self.map.moves, self.map.effects = moves, effects

    def _side(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        out: list[Widget] = [Panel(id="side", rect=rect, shadow=True)]
        column = Column(rect.inset(u(16), u(8)), u(10))
        out.append(panel_tabs(self.reading, self.tab, column.take(u(34))))
        body = column.rest
        if self.tab == "charts":
            return [*out, *charts(self.reading, self.eyes, self.chart, body, room)]
        if self.tab == "notes":
            return [*out, *note_list(self.reading, self.line, self.bookmarks, self.at, body, room)]
        return [*out, *event_list(self.reading, self.line, self._events(), self.at, self.sought, body, room)]

    def _events(self) -> tuple[Item, ...]:
        turn = 0 if self.sought.words else self.spot.turn
        key = (self.eyes, turn, self.sought, self.spot.k if self.sought.words else -1)
        found = self._items.get(key)
        if found is None:
            places = place_items(self.reading, self.map, self.sought.words)
            found = (*places, *event_items(self.reading, self.line, self.spot.turn, self.sought))
            if len(self._items) > 200:
                self._items.clear()
            self._items[key] = found
        return found

    def _marks(self, foot: Rect, room: Room) -> tuple[Mark, ...]:
        wide = round(foot.w / room.scale) - 520
        key = (self.eyes, wide, self.bookmarks, self.sought.kinds)
        found = self._ticks.get(key)
        if found is None:
            if len(self._ticks) > 100:
                self._ticks.clear()
            found = ticks(self.reading, self.line, wide, self.bookmarks, self.sought.kinds)
            self._ticks[key] = found
        return found

    def _reveal(self, widgets: list[Widget], room: Room) -> None:
        """Scroll the list so that the event at hand is in it: where it stood, if it is seen there."""
        if not self._scroll or self.app is None:
            return
        self._scroll = False
        rows = next((w for w in widgets if isinstance(w, Rows) and w.id == "events"), None)
        if rows is None:
            return
        rects = parts.row_rects(rows, room)
        at = next((rects[n] for n, item in enumerate(rows.items) if item.value == self.at), None)
        if at is None:
            return
        hands = self.app.front.hands
        now = hands.scroll.get("events", 0)
        top, bottom = at.y - rows.rect.y, at.bottom - rows.rect.y
        if top < now or bottom > now + rows.rect.h:
            hands.scroll["events"] = max(0, top - rows.rect.h // 3)

    # What it does

    def act(self, act: Act, app: App) -> None:
        self.app = app
        if act.id == "quit":
            app.quit()
        elif self.why is not None:
            self.why = self.why.after(act)
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, self._room(app))
        elif self.map.layer_act(act):
            pass
        elif act.id == "key":
            self._key(str(act.value), app)
        elif act.id in ("back", "forward", "turn_back", "turn_forward", "pulse_back", "pulse_forward"):
            self.playing = False
            self._step(act.id)
        elif act.id == "play":
            self._play(not self.playing)
        elif act.id in ("track", "notes", "events"):
            self._chosen(act)
        elif act.id == "eyes":
            self.look(str(act.value))
        elif act.id.startswith("kind."):
            self.sought = attrs.evolve(self.sought, kinds=self.sought.kinds ^ {act.id.removeprefix("kind.")})
        elif act.id == "search":
            self.sought = attrs.evolve(self.sought, words=str(act.value))
        elif act.id == "tabs":
            self.tab = str(act.value)
        elif act.id in ("speed", "chart", "follow"):
            setattr(self, act.id, act.value)
        else:
            self._button(act.id, app)

    @staticmethod
    def _room(app: App) -> Room:
        return app.front.room

    def _button(self, id: str, app: App) -> None:
        if id == "why":
            self._open()
        elif id == "show":
            self.show()
        elif id == "bookmark":
            self.bookmarks ^= {self.spot.k}
        elif id == "sides":
            from game.ui.screens.sides import SidesScreen

            app.go(SidesScreen(self.reading, self.spot.k, self.eyes, self))
        elif id == "branch":
            from game.ui.screens.replay_branch import BranchScreen

            app.go(BranchScreen(self.reading, self.spot.turn, self.eyes, self))
        elif id == "leave":
            self._leave(app)

    def _open(self) -> None:
        frame, view = self.spot.frame, self.reading.view(self.spot.k, self.eyes)
        if frame is not None and frame.told is not None:
            self.why = why(self.table, view, frame.told, frame.event)

    def _leave(self, app: App) -> None:
        if self.back is not None:
            app.go(self.back)
        elif getattr(self.table, "house", None) is not None:
            self.table.next(app)
        else:
            app.quit()

    def _chosen(self, act: Act) -> None:
        self.playing = False
        if isinstance(act.value, int):
            self.go_to(act.value)
        elif isinstance(act.value, tuple) and act.value[0] == "place":
            self.map.fly_to((act.value[1],))
        elif isinstance(act.value, tuple) and act.value[0] == "drop":
            self.bookmarks -= {self.line.at(act.value[1]).k}

    def _key(self, name: str, app: App) -> None:
        steps = {
            ",": "back",
            ".": "forward",
            "Shift+,": "turn_back",
            "Shift+.": "turn_forward",
            "PgUp": "pulse_back",
            "PgDn": "pulse_forward",
        }
        if name in steps:
            self.playing = False
            self._step(steps[name])
        elif name == "Space":
            self._play(not self.playing)
        elif name in ("V", "Shift+V"):
            open_to = self.reading.allowed
            by = 1 if name == "V" else -1
            self.look(open_to[(open_to.index(self.eyes) + by) % len(open_to)])
        elif name == "B":
            self.bookmarks ^= {self.spot.k}
        elif name == "Enter":
            self.show()
        elif name == "C":
            self.follow = not self.follow
        elif name == "/":
            self.tab = "events"
            app.front.hands.focus, app.front.hands.shown_focus = "search", True
        elif name == "Esc":
            self._leave(app)
        else:
            self.map.key(name)

    def _step(self, how: str) -> None:
        line = self.line
        to = {
            "back": line.prev,
            "forward": line.next,
            "turn_back": line.prev_turn,
            "turn_forward": line.next_turn,
            "pulse_back": line.prev_pulse,
            "pulse_forward": line.next_pulse,
        }[how]
        self.go_to(to(self.at))

    def show(self) -> None:
        """Bring what the event at hand is about into view."""
        if self.spot.frame is not None and self.spot.frame.places:
            self.map.fly_to(self.spot.frame.places)

    # Playing

    def _play(self, on: bool) -> None:
        if on and self.at >= len(self.line) - 1:
            self.go_to(0)
        self.playing, self._due = on, -1

    def tick(self, now: int) -> int | None:
        flight = self.map.tick(now)
        if not self.playing:
            return flight
        if self._due < 0:
            self._due = now + self._wait()
        if now >= self._due:
            self._advance()
            self._due = now + self._wait()
        wait = max(1, self._due - now)
        return min(wait, flight) if flight is not None else wait

    def _wait(self) -> int:
        return (EVENT_MS if self.spot.frame is not None else SILENT_MS) // self.speed

    def _advance(self) -> None:
        before = self.at
        self.go_to(self.line.next(self.at))
        if self.at == before:
            self.playing = False
        elif self.follow and self.spot.frame is not None and self.spot.frame.weight >= 40:
            self.show()
