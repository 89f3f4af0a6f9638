"""The brief of the seat that is revealed: what happened since it sealed, through its own eyes, over its own map.

A line that is chosen flies the map to its place and may be opened by WHY?. At the first turn the seat's written brief
stands there instead, and it stays a tab away for the rest of the game.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.view import View
from game.report.assess import SeatScore, score_of
from game.report.brief import Brief, BriefLine, briefed
from game.report.film import Frame
from game.table.places import Act as Deed
from game.table.places import Place
from game.ui import theme
from game.ui.layout import Rect
from game.ui.screens.brief_cards import hand, talk
from game.ui.screens.film import own_film
from game.ui.screens.film_parts import BAR_POINTS, amount, bar, capital
from game.ui.screens.film_reel import FilmReel
from game.ui.screens.plan_state import draw_up
from game.ui.screens.replay_reading import ICONS
from game.ui.screens.why import Why, why, why_widgets
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Label, Panel, Para, Prose, Tabs, Touch, Widget
from game.words import Token, finished, marked

if TYPE_CHECKING:
    from game.ui.app import App

PANEL_POINTS = 516
SECTION_ICONS = {
    "happened": ("rocket", "#F07A6A"),
    "lost": ("triangle-alert", "#F0B84A"),
    "saw": ("radar", "#E3A93B"),
    "allies": ("handshake", "#5FC9A6"),
    "politics": ("landmark", "#B79CE8"),
    "standing": ("scale", "#E8EEF1"),
}


class BriefScreen:
    """`tab`: "since", "orders" or "score"; `chosen`: which line of the brief is open beside the map, -1 none."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.view: View = table.sitting.view()
        first, beats = table.sitting.film()
        self.reel = FilmReel.of(self.view.seat, beats[0].turn if beats else 0, first, beats)
        self.brief: Brief = briefed(self.reel.frames, self.view.seat, first, self.view)
        self.score: SeatScore = score_of(self.view, self.reel.frames)
        self.map = table.map_view()
        self.tab = "since" if self.brief.lines else "orders"
        self.chosen = -1
        self.why: Why | None = None

    def entered(self, app: App) -> None:
        """While the brief is read the staff draws up its plan, and what comes next is made ready."""
        if self.table.sitting.place is Place.BRIEF:
            app.work(lambda: draw_up(self.table, self.view), lambda _: None)
            app.work(self.table.read_ahead, lambda _: None)

    # What it shows

    def widgets(self, room: Room) -> list[Widget]:
        u = room.u
        whole = Rect(0, 0, room.width, room.height)
        top = whole.top(u(BAR_POINTS))[0]
        panel = Rect(u(12), top.bottom + u(12), 0, whole.bottom - top.bottom - u(24))
        panel = Rect(panel.x, panel.y, min(u(PANEL_POINTS), whole.w * 46 // 100), panel.h)
        right = Rect(whole.right - u(324), whole.bottom - u(12), u(312), 0)
        line = self._line_card(Rect(panel.right + u(12), whole.bottom - u(12), u(372), 0), room)
        cards: list[Widget] = []
        if not line or line[0].rect.right < right.x:  # in a narrow window what is chosen goes first
            cards = talk(self.table, self.view, right, room)
            y = cards[0].rect.y - u(10) if cards else right.y
            cards += hand(self.table, self.view, self.score, Rect(right.x, y, right.w, 0), room)
        covered = (top, panel, *(w.rect for w in (*cards, *line) if isinstance(w, Panel)))
        out: list[Widget] = [self.map.pane(whole, self.view, room, covered)]
        out += bar(self.table, self.view, room, self.table.say("ui_screens.brief"), cover=True)
        out += self._panel(panel, room)
        out += cards
        out += line
        if self.why is not None:
            out += why_widgets(self.table, self.why, room)
        return out

    def _panel(self, rect: Rect, room: Room) -> list[Widget]:
        u = room.u
        say = self.table.say
        out: list[Widget] = [Panel(id="panel", rect=rect, kind="panel", radius=10, shadow=True)]
        inner = rect.inset(u(20), u(14))
        tabs, inner = inner.top(u(34), u(10))
        names = (("since", say("ui_screens.since")),) if self.brief.lines else ()
        items = (*names, ("orders", say("ui_screens.mission")), ("score", say("ui_screens.score")))
        out.append(Tabs(id="tab", rect=tabs, items=items, value=self.tab))
        foot, inner = inner.foot(u(46))
        inner = Rect(inner.x, inner.y, inner.w, inner.h - u(12))
        paras = {"since": self._since, "orders": self._orders, "score": self._score}[self.tab]()
        out.append(
            Prose(
                id="text",
                rect=inner,
                paras=paras,
                spell=self._spell,
                names=f"{self.view.seat}{self.view.turn}",
            )
        )
        planning = self.table.sitting.place is Place.PLANNING
        go = say("ui_screens.to_plan_again" if planning else "ui_screens.to_plan")
        if self.reel.shown:
            film, foot = foot.left(u(186), u(10))
            out.append(
                Button(
                    id="film",
                    rect=film,
                    text=say("ui_screens.watch"),
                    icon="play",
                    key="F",
                    tip=say("ui_screens.watch.tip"),
                )
            )
        out.append(Button(id="plan", rect=foot, text=go, kind="primary", key="Enter"))
        return out

    def _spell(self, token: Token) -> str:
        return self.table.names(self.view).token(token.kind, token.id, self.table.language)

    def _since(self) -> tuple[Para, ...]:
        """Every section with its icon; a line is opened as a whole."""
        out: list[Para] = []
        n = 0
        for section in self.brief.sections:
            if not section.lines:
                continue
            icon, tone = SECTION_ICONS.get(section.id, ("info", theme.MUTED))
            title = self.table.text(section.title, self.view)
            out.append(Para(title, "panel", mark=icon, tone=tone, gap=16 if out else 0))
            for line in section.lines:
                lit = n == self.chosen
                words = capital(finished(marked(line.message, self.table.language)))
                mark = "chevron-right" if lit or not line.place else "map-pinned"
                out.append(
                    Para(
                        words,
                        "lit" if lit else "body",
                        0,
                        mark,
                        theme.AMBER if lit else theme.LINE,
                        link=("line", n),
                        right=_date(line),
                        gap=6,
                    )
                )
                n += 1
        if self.brief.more:
            out.append(Para(self.table.say("ui_screens.more", n=self.brief.more), "small", gap=14))
        return tuple(out)

    def _orders(self) -> tuple[Para, ...]:
        """The written brief, and what the scenario asks the table to talk over now."""
        say = self.table.say
        out = [Para(self.table.title, "heading"), Para(self.table.purpose, "muted", gap=2)]
        held = next((str(h["text"]) for h in self.table.holds if h["turn"] == self.view.turn), "")
        if held:
            out += [
                Para(say("ui_screens.hold"), "caption", mark="users", tone=theme.WARN, gap=14),
                Para(held, "strong", gap=4),
            ]
        for n, part in enumerate(self.table.brief(self.view.seat).strip().split("\n")):
            out.append(Para(part.strip(), "quote", gap=14 if not n else 8))
        return tuple(out)

    def _score(self) -> tuple[Para, ...]:
        """Each line of one's aims: points so far, of how many, by what count."""
        return tuple(score_paras(self.table, self.view, self.score))

    def _line_card(self, at: Rect, room: Room) -> list[Widget]:
        """What can be done with the chosen line: look, and ask why."""
        if not 0 <= self.chosen < len(self.brief.lines) or self.tab != "since":
            return []
        u = room.u
        say = self.table.say
        line = self.brief.lines[self.chosen]
        found = self._frame(line)
        rect = Rect(at.x, at.y - u(92), at.w, u(92))
        inner = rect.inset(u(14), u(12))
        head, inner = inner.top(u(22), u(8))
        icon = ICONS.get(found.kind, "info") if found is not None else "map-pinned"
        place = self.table.names(self.view).place(line.place, self.table.language) if line.place else ""
        words = place or (say("ui_screens.rule", rule=line.rule) if line.rule else say("ui_screens.no_place"))
        show, ask = inner.top(u(36))[0].columns(2, u(8))
        return [
            Panel(id="line.panel", rect=rect, kind="glass", radius=10, shadow=True),
            Label(id="line.place", rect=head, text=words, style="panel", icon=icon),
            Button(
                id="show", rect=show, text=say("ui_screens.show"), icon="map-pinned", key="V", on=bool(line.place)
            ),
            Button(
                id="why",
                rect=ask,
                text=say("ui_screens.why"),
                icon="circle-question-mark",
                key="W",
                on=found is not None and found.told is not None,
                tip=say("ui_screens.why.tip" if found is not None else "ui_screens.why.none"),
            ),
        ]

    def _frame(self, line: BriefLine) -> Frame | None:
        return next((f for f in self.reel.frames if line.name and f.name == line.name), None)

    # What is done to it

    def act(self, act: Act, app: App) -> None:
        if self.why is not None and act.id.startswith("why."):
            self.why = self.why.after(act)
        elif act.id == "quit":
            app.quit()
        elif act.id == "plan":
            self._plan(app)
        elif act.id == "cover":
            self.table.sitting.cover(app.now)
            self.table.next(app)
        elif act.id == "film":
            film = own_film(self.table, self)
            app.go(film)
        elif act.id == "tab":
            self.tab = act.value
        elif act.id == "text" and isinstance(act.value, tuple):
            self._opened(act.value)
        elif act.id == "show":
            self._look()
        elif act.id == "why":
            self._ask()
        elif act.id == self.map.id and isinstance(act.value, Touch):
            self.map.act(act.value, app.front.room)
        elif act.id == "key":
            self._key(str(act.value), app)

    def _key(self, name: str, app: App) -> None:
        lines = len(self.brief.lines)
        if name in (",", ".") and lines:
            self.tab = "since"
            self.chosen = (self.chosen + (1 if name == "." else -1)) % lines if self.chosen >= 0 else 0
            self._look()
        elif name == "Esc":
            self.chosen = -1
        elif name == "F2" and self.table.sitting.may(Deed.COVER):
            self.act(Act("cover"), app)
        else:
            self.map.key(name)

    def _plan(self, app: App) -> None:
        if self.table.sitting.may(Deed.BEGIN):
            self.table.sitting.begin(app.now)
        self.table.next(app)

    def _opened(self, what: tuple[object, ...]) -> None:
        if what[0] == "line" and isinstance(what[1], int):
            self.chosen = what[1]
            self._look()
        elif what[0] == "token":
            self.map.fly_to((str(what[2]),))

    def _look(self) -> None:
        """Fly to where the chosen line happened."""
        if not 0 <= self.chosen < len(self.brief.lines):
            return
        line = self.brief.lines[self.chosen]
        found = self._frame(line)
        places = found.places[:4] if found is not None and line.place in found.places else (line.place,)
        if line.place:
            self.map.selected = line.place
            self.map.fly_to(places)

    def _ask(self) -> None:
        line = self.brief.lines[self.chosen] if 0 <= self.chosen < len(self.brief.lines) else None
        found = self._frame(line) if line is not None else None
        if found is not None and found.told is not None:
            self.why = why(self.table, self.view, found.told)

    def tick(self, now: int) -> int | None:
        self.table.sitting.tick(now)
        return self.map.tick(now)


def _date(line: BriefLine) -> str:
    return line.name.partition(".")[0] if line.name else ""


def score_paras(table: Table, view: View, score: SeatScore) -> list[Para]:
    """A seat's aims, one after the other: points, and the count that they come from."""
    say = table.say
    told = [line for line in score.lines if line.known]
    head = say("ui_screens.score_so_far", points=score.points, most=score.most) if told else ""
    out = [Para(head or say("ui_screens.score_none"), "heading" if head else "muted")]
    for line in score.lines:
        words = say("ui_screens.score_line", points=line.points, most=line.most) if line.known else ""
        later = words or say("ui_screens.score_later", most=line.most)
        good = line.known and line.points * 3 >= line.most * 2
        bad = line.known and line.points * 3 < line.most
        icon = "check" if good else "triangle-alert" if bad else "scale"
        tone = theme.GOOD if good else theme.BAD if bad else theme.MUTED
        out.append(Para(line.title, "strong", mark=icon, tone=tone, right=later, gap=14))
        names = table.names(view)
        about = ", ".join(names.counted(s, table.language) for s in line.subjects)
        if line.known:
            out.append(
                Para(say("ui_screens.score_count", n=amount(line.measure, line.n), about=about), "small", 1, gap=2),
            )
        elif about:
            out.append(Para(say("ui_screens.score_about", about=about), "small", 1, gap=2))
    return out
