"""Saved games: go on, watch again, or open as the facilitator; any file by its path."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from game.io.recent import Recent, forget, recent_games, remember
from game.io.record import SaveFault
from game.table.match import MatchFault
from game.table.places import Act as Deed
from game.ui import theme
from game.ui.layout import Column, Rect
from game.ui.screens import screen
from game.ui.screens.backdrop import Problem, attempt, backdrop, complaint, heading, margin, problem_of, words
from game.ui.screens.handoff_ask import Asked, dialog
from game.ui.screens.title import COMPUTERS, asked_for, resume, seat_name, unsealed
from game.ui.theme import Room
from game.ui.widgets import Act, Busy, Button, Field, Item, Label, Panel, Para, Prose, Rows, Widget

if TYPE_CHECKING:
    from game.core.model import State
    from game.core.rulebook import Rulebook
    from game.core.setting import Setting
    from game.io.save import Saved
    from game.ui.app import App
    from game.ui.house import House
    from game.ui.table import Table

MOST_SHOWN = 40


class GamesScreen:
    """`facilitate`: come to facilitate, so that is the button in front. `games` stands in for the user's own."""

    def __init__(self, house: House, facilitate: bool = False, games: tuple[Recent, ...] | None = None) -> None:
        self.house = house
        self.facilitate = facilitate
        titles = {entry.id: entry.title for entry in house.entries()}
        self.games = recent_games(titles, most=MOST_SHOWN) if games is None else games
        self.chosen: Path | None = self.games[0].path if self.games else None
        self.typed = ""
        self.working = False
        self.problem = ""
        #: The table whose facilitator's code is asked for.
        self.asked: Table | None = None
        #: The sealed game whose code is asked for, and what is to be done with it.
        self.sealed: tuple[Path, str, Asked] | None = None
        self.code = ""

    @property
    def game(self) -> Recent | None:
        return next((g for g in self.games if g.path == self.chosen), None)

    @property
    def path(self) -> Path | None:
        """The file that a button opens: what was typed, else what is chosen."""
        return Path(self.typed.strip()).expanduser() if self.typed.strip() else self.chosen

    # What is shown

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        left = margin(room)
        out = backdrop(room) + heading(self.house, room, self._say("facilitator" if self.facilitate else "load"))
        whole = Rect(left, u(88), room.width - 2 * left, room.height - u(88) - u(28))
        table, detail = whole.left(min(u(560), whole.w * 54 // 100), u(20))
        field, rows = table.foot(u(60), u(12))
        items = tuple(self._item(game) for game in self.games)
        chosen = None if self.typed.strip() else self.chosen
        empty = self._say("no_games")
        out.append(Rows(id="games", rect=rows, items=items, value=chosen, height=54, empty=empty))
        head, rest = field.top(u(16), u(4))
        out.append(Label(id="path.head", rect=head, text=self._say("path"), style="caption"))
        hint = self._say("path_hint")
        out.append(Field(id="path", rect=rest, text=self.typed, hint=hint, most=400))
        out.append(Panel(id="detail", rect=detail, shadow=True))
        out += self._detail(room, detail.inset(u(20), u(18)))
        if self.sealed is not None and not self.working:
            out += dialog(room, self.sealed[2], self.code, self.problem, self.house.language)
        elif self.asked is not None:
            out += dialog(room, self._question(), self.code, self.problem, self.house.language)
        return out

    def _item(self, game: Recent) -> Item:
        people = [f"{seat} {who}".strip() for seat, who in game.seats if who not in COMPUTERS]
        state = self._say("recent_over" if game.over else "recent_turn", turn=game.turn)
        return Item(
            game.path,
            game.title,
            " · ".join((state, *(people or [self._say("no_people")]))),
            icon="flag" if game.over else "play",
            tone="" if game.over else theme.AMBER,
            tip=str(game.path),
            acts=(("forget", "x", self._say("forget")),) if self._elsewhere(game.path) else (),
        )

    @staticmethod
    def _elsewhere(path: Path) -> bool:
        return path.parent.name != "saves"

    def _detail(self, room: Room, rect: Rect) -> list[Widget]:
        u = room.u
        out: list[Widget] = []
        game = None if self.typed.strip() else self.game
        buttons = self._buttons(game)
        foot, body = rect.foot(u(50) * (len(buttons) + 1) + u(34))
        column = Column(body, u(6))
        if game is not None:
            out.append(Label(id="name", rect=column.take(u(28)), text=game.title, style="heading"))
            state = self._say("recent_over" if game.over else "recent_turn", turn=game.turn)
            out.append(Label(id="state", rect=column.take(u(22), u(8)), text=state, style="muted"))
            paras = tuple(Para(f"{seat_name(self.house, seat)}", right=who, gap=3) for seat, who in game.seats)
            out.append(Prose(id="seats", rect=column.rest, paras=paras))
        elif self.typed.strip():
            out.append(
                Label(id="name", rect=column.take(u(28)), text=self.path.name if self.path else "", style="heading")
            )
        stack = Column(foot, u(8))
        line = stack.take(u(34))
        if self.working:
            out.append(Busy(id="busy", rect=line, text=self._say("opening")))
        else:
            out += complaint(room, self.problem, line)
        for n, (id, icon, key) in enumerate(buttons):
            kind = "primary" if n == 0 else "plain"
            on = self.path is not None and not self.working
            tip = self._say(f"{id}_tip")
            out.append(
                Button(
                    id=id, rect=stack.take(u(42)), text=self._say(id), icon=icon, key=key, kind=kind, on=on, tip=tip
                )
            )
        label = self._say("back")
        out.append(
            Button(id="back", rect=stack.take(u(42)), text=label, icon="chevron-left", kind="quiet", key="Esc")
        )
        return out

    def _buttons(self, game: Recent | None) -> list[tuple[str, str, str]]:
        """What may be done with the game, the likely thing first."""
        over = game is not None and game.over
        found = [("go", "play", "Ctrl+Enter"), ("replay", "rewind", "Ctrl+R"), ("white", "eye", "Ctrl+F")]
        first = "replay" if over else "white" if self.facilitate else "go"
        return sorted((b for b in found if not (over and b[0] != "replay")), key=lambda b: b[0] != first)

    def _question(self) -> Asked:
        return Asked(self._say("ask_facilitator"), self._say("ask_facilitate"))

    def _say(self, id: str, **values: object) -> str:
        return words(self.house, id, **values)

    # What is done

    def act(self, act: Act, app: App) -> None:
        if act.id == "quit":
            app.quit()
        elif self.working:
            return
        elif self.sealed is not None:
            self._unsealed(act, app)
        elif self.asked is not None:
            self._asked(act, app)
        elif act.id == "back" or (act.id == "key" and act.value == "Esc"):
            app.go(screen("title", self.house))
        elif act.id == "games":
            self._row(act.value)
        elif act.id == "path":
            self.typed, self.problem = str(act.value), ""
        elif act.id == "path.enter":
            self._open(self._buttons(None)[0][0], app)
        elif act.id in ("go", "replay", "white"):
            self._open(act.id, app)
        elif act.id == "key" and act.value in ("Up", "Down"):
            self._step(1 if act.value == "Down" else -1)

    def _row(self, value: object) -> None:
        self.problem = ""
        if not isinstance(value, tuple):
            self.chosen, self.typed = Path(str(value)), ""
            return
        path = value[1]
        try:
            forget(path)
        except SaveFault as fault:
            self.problem = str(fault)
            return
        self.games = tuple(g for g in self.games if g.path != path)
        self.chosen = self.games[0].path if self.games else None

    def _step(self, by: int) -> None:
        paths = [game.path for game in self.games]
        at = (paths.index(self.chosen) if self.chosen in paths else 0) + by
        if 0 <= at < len(paths):
            self.chosen, self.typed = paths[at], ""

    def _open(self, what: str, app: App) -> None:
        path = self.path
        if path is None:
            return
        self.problem = ""
        asked = asked_for(self.house, path)
        if asked is not None:
            self.sealed = (path, what, asked)
        else:
            self._do(path, what, "", app)

    def _unsealed(self, act: Act, app: App) -> None:
        assert self.sealed is not None
        path, what, _ = self.sealed
        if act.id == "ask.code":
            self.code, self.problem = str(act.value), ""
        elif act.id == "ask.no":
            self.sealed, self.code, self.problem = None, "", ""
        elif act.id in ("ask.yes", "ask.code.enter"):
            code, self.code, self.problem = self.code, "", ""
            self._do(path, what, code, app)

    def _do(self, path: Path, what: str, code: str, app: App) -> None:
        self.working = True
        if what == "replay":
            house = self.house
            job = partial(unsealed, house, lambda codes: house.saved(path, None, codes), code)
            attempt(house, app, job, lambda found: self._replay(found, app))
        elif what == "go":
            resume(self.house, app, path, self._failed, lambda table: self._gone_on(table, path, app), code)
        else:
            resume(self.house, app, path, self._failed, lambda table: self._white(table, path, code, app), code)

    def _failed(self, line: str) -> None:
        self.working, self.problem = False, line

    def _replay(self, found: tuple[Saved, Setting, Rulebook, State] | Problem, app: App) -> None:
        self.working = False
        if isinstance(found, Problem):
            self.problem = found.line
            return
        self.sealed = None
        from game.ui.screens.replay import replay_of

        saved, setting, rules, state = found
        eyes = "truth" if saved.over else "public"
        app.go(replay_of(saved, setting, rules, state, eyes=eyes, back=self))

    def _opened(self, path: Path) -> None:
        self.working, self.sealed = False, None
        try:
            remember(path)
        except SaveFault as fault:
            self.problem = str(fault)

    def _gone_on(self, table: Table, path: Path, app: App) -> None:
        self._opened(path)
        table.next(app)

    def _white(self, table: Table, path: Path, code: str, app: App) -> None:
        self._opened(path)
        chair = table.sitting.seating.facilitator
        if not table.sitting.may(Deed.FACILITATE) or chair is None:
            table.sitting.close()
            self.problem = self._say("no_facilitator")
        elif chair.code and not code:
            self.asked, self.problem = table, ""
        else:
            self.asked = table
            self._look(table, code, app)

    def _asked(self, act: Act, app: App) -> None:
        assert self.asked is not None
        if act.id == "ask.code":
            self.code, self.problem = str(act.value), ""
        elif act.id == "ask.no":
            self.asked.sitting.close()
            self.asked, self.code, self.problem = None, "", ""
        elif act.id in ("ask.yes", "ask.code.enter"):
            self._look(self.asked, self.code, app)

    def _look(self, table: Table, code: str, app: App) -> None:
        try:
            table.sitting.facilitate(code, app.now)
        except MatchFault as fault:
            self.problem, self.code = problem_of(fault, self.house.language).line, ""
            return
        table.next(app)

    def tick(self, now: int) -> int | None:
        return 60 if self.working else None
