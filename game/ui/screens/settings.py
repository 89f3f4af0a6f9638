"""Size of letters, language, full screen: tried at once, kept for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from game.io.fault import PackFault
from game.io.wishes import SCALES, Wishes, keep_wishes, read_wishes
from game.ui.layout import Column, Rect
from game.ui.screens import screen
from game.ui.screens.backdrop import backdrop, complaint, heading, margin, problem_of, words
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Choice, Label, Panel, Para, Prose, Tabs, Toggle, Widget

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.ui.app import App
    from game.ui.house import House

#: Languages whose words the game has. The fonts and the typing of Japanese and Korean do not hang on it.
LANGUAGES = ("en",)


class SettingsScreen:
    """`keep` puts the wishes away; a test brings its own."""

    def __init__(
        self, house: House, wishes: Wishes | None = None, keep: Callable[[Wishes], None] = keep_wishes
    ) -> None:
        self.house = house
        self.wishes = read_wishes() if wishes is None else wishes
        self.keep = keep
        self.problem = ""

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        left = margin(room)
        out = backdrop(room) + heading(self.house, room, self._say("settings"))
        box = Rect(left, u(92), min(u(760), room.width - 2 * left), min(u(380), room.height - u(120)))
        out.append(Panel(id="panel", rect=box, shadow=True))
        inner = box.inset(u(24), u(18))
        foot, body = inner.foot(u(42), u(10))
        column = Column(body, u(8))
        out.append(Label(id="scale.head", rect=column.take(u(16)), text=self._say("scale"), style="caption"))
        items = tuple((s, self._say("percent", n=s) if s else self._say("automatic")) for s in SCALES)
        scale = Tabs(id="scale", rect=column.take(u(32), u(6)), items=items, value=self.wishes.scale, pills=True)
        out.append(scale)
        out.append(self._prose("scale.note", column.take(u(24), u(14)), self._say("scale_note")))
        out.append(Label(id="language.head", rect=column.take(u(16)), text=self._say("language"), style="caption"))
        names = tuple((code, self._say(f"language_{code}")) for code in LANGUAGES)
        choice = column.take(u(36), u(6)).left(u(260))[0]
        out.append(Choice(id="language", rect=choice, items=names, value=self.wishes.language, icon="languages"))
        out.append(self._prose("language.note", column.take(u(44), u(12)), self._say("language_note")))
        full = column.take(u(44)).left(u(260))[0]
        text, sub = self._say("full"), self._say("full_note")
        out.append(Toggle(id="full", rect=full, text=text, value=self.wishes.full, key="F11", sub=sub))
        back, rest = foot.left(u(140), u(16))
        out.append(
            Button(id="back", rect=back, text=self._say("back"), icon="chevron-left", kind="primary", key="Esc")
        )
        if self.problem:
            out += complaint(room, self.problem, rest)
        else:
            out.append(Label(id="kept", rect=rest, text=self._say("kept"), style="small"))
        return out

    @staticmethod
    def _prose(id: str, rect: Rect, words: str) -> Prose:
        return Prose(id=id, rect=rect, paras=(Para(words, "small", gap=0),))

    def _say(self, id: str, **values: object) -> str:
        return words(self.house, id, **values)

    def act(self, act: Act, app: App) -> None:
        if act.id == "quit":
            app.quit()
        elif act.id == "back":
            app.go(screen("title", self.house))
        elif act.id == "scale":
            app.front.wish = int(act.value) / 100
            app.front.shown.whole = True
            self._wish(attrs.evolve(self.wishes, scale=int(act.value)))
        elif act.id == "full":
            app.set_full(bool(act.value))
            self._wish(attrs.evolve(self.wishes, full=app.full))
        elif act.id == "language":
            self.house.language = str(act.value)
            self._wish(attrs.evolve(self.wishes, language=str(act.value)))

    def _wish(self, wishes: Wishes) -> None:
        self.wishes, self.problem = wishes, ""
        try:
            self.keep(wishes)
        except (PackFault, OSError) as error:
            self.problem = problem_of(error, self.house.language).line

    def tick(self, now: int) -> int | None:
        return None
