"""The plan screen: a seat's map, its orders and what they would bring, until it seals.

It draws forms from the orders' own templates and knows no rule: a chapter that comes next needs only words here.
Mouse and keyboard each do everything; every edit is kept as a draft at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.core.orders import Plan
from game.table.beats import Bell
from game.table.clock import Phase
from game.table.courses import courses
from game.ui.card import card_lines
from game.ui.layout import Rect
from game.ui.screens.plan_boards import boards_tab
from game.ui.screens.plan_dialogs import dialog
from game.ui.screens.plan_estimates import Estimates, estimates_tab, outlook, short_of, staffwork
from game.ui.screens.plan_head import HEIGHT, head
from game.ui.screens.plan_orders import orders_tab
from game.ui.screens.plan_panels import forces_tab, log_tab, picture_tab
from game.ui.screens.plan_state import TABS
from game.ui.screens.plan_talk import talk_dialog
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Label, Panel, Para, Prose, Tabs, Widget

if TYPE_CHECKING:
    from game.ui.app import App

from game.ui.screens.plan_acts import Acts

PANEL, SMALL_PANEL, BOARDS = 376, 348, 640
#: With less height than this for a tab, in points, a form has it all to itself.
SLIM = 300
SECOND = 1000
TAB_KEYS = ("O", "F", "P", "G", "S", "L")


class PlanScreen(Acts):
    """Works on the desk of the seat that is revealed; the table says which that is."""

    def entered(self, app: App) -> None:
        """Shown: the staff draws up courses and works out the odds beside the window."""
        self.app, self.now = app, app.now
        p = self.p
        app.work(lambda: courses(p.view, p.desk.rulebook), self._have_courses)

    def _have_courses(self, found: object) -> None:
        assert isinstance(found, tuple)
        self.p.courses = found

    def widgets(self, room: Room) -> Sequence[Widget]:
        self.room = room
        p, u = self.p, room.u
        window = Rect(0, 0, room.width, room.height)
        under = Rect(0, u(HEIGHT), room.width, room.height - u(HEIGHT))
        side = u(PANEL if room.width >= u(1150) else SMALL_PANEL)
        if p.tab == "boards":
            side = max(side, min(u(BOARDS), room.width * 11 // 20))
        panel = Rect(room.width - side - u(12), under.y + u(12), side, under.h - u(24))
        legend = Rect(u(12), under.y + u(12), u(176), self.map.legend_height(room))
        p.outlook = outlook(p, self.estimates, self.trial)
        short = short_of(p, self._shown(), legend, panel, room)
        covered = (window.top(u(HEIGHT))[0], panel, legend, *(w.rect for w in short))
        self.map.legal = p.legal
        self.map.selected = p.subject if p.subject in p.view.counters or p.subject in p.view.contacts else ""
        self.map.moves = p.moves()
        self._staff()
        out: list[Widget] = [self.map.pane(window, p.view, room, covered=covered)]
        out += head(p, self.table.sitting.clock, self.now, room)
        out += self.map.toggles(legend, room)
        out += short
        out += self._card(legend, panel, under, room)
        out += self._panel(panel, room)
        out += self._note(panel, under, room)
        found = self.map.find(p.typed)[:12] if p.dialog == "find" and p.typed else []
        talk = talk_dialog(p, self.now, room) if p.dialog == "talk" else []
        return [*out, *talk, *dialog(p, found, room)]

    def _staff(self) -> None:
        """What the staff last worked out goes onto the map: of the form's order where it is in, else of the plan."""
        e, shown = self.estimates, self._shown()
        self.map.traces, self.map.patches = shown.work.traces, shown.work.patches
        lit = e.found[e.chosen : e.chosen + 1] if self.p.tab == "estimates" else shown.found if shown is not e else ()
        self.map.cut = frozenset(lane for f in lit for lane in f.cut)

    def _shown(self) -> Estimates:
        """What was worked out of the plan with the form's order in it, or of the plan."""
        trial = self.p.trial()
        return self.trial if trial is not None and self.trial.plan == trial else self.estimates

    def _panel(self, rect: Rect, room: Room) -> list[Widget]:
        u, tell, p = room.u, self.p.words.tell, self.p
        out: list[Widget] = [Panel(id="panel", rect=rect, kind="glass", shadow=True)]
        inside = rect.inset(u(16), u(12))
        tabs, rest = inside.top(u(32), u(12))
        names = tuple((tab, tell(f"tab.{tab}")) for tab in TABS)
        out.append(Tabs(id="tabs", rect=tabs, items=names, value=p.tab, keys=TAB_KEYS))
        seal, body = rest.foot(u(44), u(12))
        filling = p.tab == "orders" and p.mode == "form"
        if filling and rest.h < u(SLIM):
            return [*out, *orders_tab(p, rest, room)]
        if p.tab == "orders":
            out += orders_tab(p, body, room)
        elif p.tab == "forces":
            out += forces_tab(p, body, room)
        elif p.tab == "picture":
            out += picture_tab(p, body, room)
        elif p.tab == "estimates":
            out += estimates_tab(p, self.estimates, body, room, self.now)
        elif p.tab == "boards":
            out += boards_tab(p, self.estimates, body, room, self.now)
        else:
            out += log_tab(p, body, room, self.told)
        kind = "plain" if filling else "primary"
        words = tell("seal_now" if p.table.sitting.sole else "seal")
        out.append(Button(id="seal", rect=seal, text=words, kind=kind, key="C", tip=tell("seal_tip")))
        return out

    def _card(self, legend: Rect, panel: Rect, under: Rect, room: Room) -> list[Widget]:
        """What is known of one thing, at the lower left."""
        p, u = self.p, room.u
        lines = card_lines(self.table, p.view, p.card) if p.card else []
        if not lines:
            return []
        h = min(u(210), under.bottom - legend.bottom - u(36))
        if h < u(70):
            return []
        rect = Rect(legend.x, under.bottom - u(12) - h, min(u(300), panel.x - 2 * legend.x), h)
        title, rest = rect.inset(u(14), u(10)).top(u(26), u(4))
        close, title = title.end(u(26), u(6))
        paras = tuple(Para(line, "body" if n == 0 else "small") for n, line in enumerate(lines[1:]))
        give: list[Widget] = []
        if p.card in p.forms and (p.form is None or p.form.subject != p.card):
            foot, rest = rest.foot(u(32), u(6))
            give.append(Button(id="card.order", rect=foot, text=p.words.tell("card_order"), icon="plus"))
        return [
            Panel(id="card", rect=rect, kind="glass", shadow=True),
            *give,
            Label(id="card.title", rect=title, text=lines[0], style="panel"),
            Button(id="card.close", rect=close, icon="x", kind="quiet", tip=p.words.tell("close")),
            Prose(id="card.says", rect=rest, paras=paras),
        ]

    def _note(self, panel: Rect, under: Rect, room: Room) -> list[Widget]:
        if not self.note or self.now >= self.note_until:
            return []
        u = room.u
        w = min(u(440), panel.x - u(24))
        left = max(u(12), (panel.x - w) // 2)
        rect = Rect(left, under.bottom - u(12) - u(38), w, u(38))
        if self.p.card:
            rect = rect.moved(0, -u(218)) if rect.x < u(324) else rect
        return [
            Panel(id="note.ground", rect=rect, kind="glass", shadow=True),
            Label(id="note", rect=rect.inset(u(14), 0), text=self.note, style="body", icon="info", tip=self.note),
        ]

    def act(self, act: Act, app: App) -> None:
        self.app, self.now = app, max(self.now, app.now)
        before = self.p.desk.plan
        if act.id == "quit":
            self._keep()
            app.quit()
            return
        if act.id == self.map.id:
            picked = self.map.act(act.value, self.room)
            if picked is not None:
                self._picked(picked)
        elif act.id == "key":
            self._key(str(act.value), app)
        elif not self.map.layer_act(act):
            self._done(act, app)
        if self.p.desk.plan != before and self.table.sitting.up == self.p.view.seat:
            self._keep()

    def _done(self, act: Act, app: App) -> None:
        name, _, rest = act.id.partition(".")
        handler = getattr(self, f"_on_{name}", None)
        if handler is not None:
            handler(rest, act.value, app)

    def _key(self, name: str, app: App) -> None:
        p = self.p
        if p.dialog:
            if name == "Esc":
                p.dialog, p.typed = "", ""
            return
        acts = {
            "A": "new",
            "Z": "undo",
            "Shift+Z": "redo",
            "X": "clear",
            "F1": "help",
            "F2": "cover",
            "R": "open.courses",
        }
        if name in acts:
            self._done(Act(acts[name]), app)
        elif name in ("N", "Shift+N"):
            self._choose(self.map.next_own(p.view.seat, 1 if name == "N" else -1))
        elif name == "/":
            p.dialog, p.typed = "find", ""
        elif name == "I":
            over = self.map.hover.id if self.map.hover is not None else ""
            wanted = p.subject or over or (p.form.subject if p.form else "")
            p.card = "" if p.card == wanted else wanted
        elif name == "F5":
            if self._keep():
                self._say(p.words.tell("kept"))
        elif name in ("Shift+1", "Shift+2", "Shift+3") and p.courses:
            self._take(p.courses[int(name[-1]) - 1].key)
        elif name == "Esc":
            self._escape()
        else:
            self.map.key(name)

    def _escape(self) -> None:
        p = self.p
        if self.map.opened:
            self.map.opened = ""
        elif p.card:
            p.card = ""
        elif p.form is not None or p.mode != "list":
            self._escape_form()
        else:
            p.subject = ""

    def tick(self, now: int) -> int | None:
        self.now = now
        waits = [self.map.tick(now), self._time(now), self._estimate(self.estimates, self.p.desk.plan, now)]
        trial = self.p.trial()
        if trial is not None:
            waits.append(self._estimate(self.trial, trial, now))
        if self.note and now < self.note_until:
            waits.append(self.note_until - now)
        if self.estimates.working is not None and self.p.tab in ("estimates", "boards"):
            waits.append(60)
        return min((w for w in waits if w is not None), default=None)

    def _estimate(self, e: Estimates, plan: Plan, now: int) -> int | None:
        """Have the odds of a plan worked out once it has rested; in how many ms to ask again."""
        desk = self.p.desk
        wait = e.wanted(plan, now)
        if wait != 0 or self.app is None:
            return wait
        e.start(plan, now)
        self.app.work(lambda: staffwork(desk.rulebook, desk.view, plan), lambda found: e.done(plan, found))
        return 120

    def _time(self, now: int) -> int | None:
        """Ring once when time runs short and when it is over; then on to the next second."""
        sitting = self.table.sitting
        bell = sitting.tick(now)
        if bell in (Bell.WARNS, Bell.OVERRUN):
            self._say(self.p.words.tell("time_warns" if bell is Bell.WARNS else "time_ended"))
        talking = [t.left % SECOND + 1 for t in sitting.talking(now)]
        clock = sitting.clock
        if clock is None or clock.phase(now) is Phase.FREE or not clock.runs:
            return min(talking, default=None)
        return min([clock.left(now) % SECOND + 1, *talking])
