"""The plan screen: a seat's map, its orders and what they would bring, until it seals.

It draws forms from the orders' own templates and knows no rule: a chapter that comes next needs only words here.
Mouse and keyboard each do everything; every edit is kept as a draft at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import attrs

from game.core.events import Told
from game.core.orders import Plan
from game.core.words import Message
from game.core.words import say as message
from game.table.beats import Bell
from game.table.clock import Phase
from game.table.courses import courses
from game.table.desk import Move as Edit
from game.table.match import MatchFault
from game.ui.card import card_lines
from game.ui.layout import Rect
from game.ui.mapview import MapView, Picked
from game.ui.screens import screen
from game.ui.screens.plan_dialogs import dialog
from game.ui.screens.plan_estimates import Estimates, estimates_tab, outlook
from game.ui.screens.plan_form import slid, slides
from game.ui.screens.plan_head import HEIGHT, head
from game.ui.screens.plan_orders import orders_tab
from game.ui.screens.plan_panels import forces_tab, log_tab, picture_tab
from game.ui.screens.plan_slim import VERB
from game.ui.screens.plan_state import TABS, Planning, desk_of, leave_desk
from game.ui.screens.plan_words import Words
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Label, Panel, Para, Prose, Tabs, Widget
from game.words import text

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.table import Table

PANEL, SMALL_PANEL = 376, 348
NOTE_MS = 4000
#: With less height than this for a tab, in points, a form has it all to itself.
SLIM = 300
TAB_KEYS = ("O", "F", "P", "G", "L")


class PlanScreen:
    """Works on the desk of the seat that is revealed; the table says which that is."""

    def __init__(self, table: Table) -> None:
        view = table.sitting.view()
        self.table = table
        self.p = Planning(table, view, desk_of(table, view), Words(table.names(view), table.language))
        self.map: MapView = table.map_view()
        self.estimates = Estimates()
        self.trial = Estimates()
        self.told: tuple[Told, ...] = table.sitting.told()
        self.note = ""
        self.note_until = 0
        self.now = 0
        self.app: App | None = None
        self.room = Room(1280, 720)
        if view.turn > 1 or table.sitting.drafted() is not None:
            self.p.mode = "courses" if table.sitting.drafted() is None else "list"

    def entered(self, app: App) -> None:
        """Shown: the staff draws up courses and works out the odds beside the window."""
        self.app, self.now = app, app.now
        p = self.p
        app.work(lambda: courses(p.view, p.desk.rulebook), self._have_courses)

    def _have_courses(self, found: object) -> None:
        assert isinstance(found, tuple)
        self.p.courses = found

    # What is seen

    def widgets(self, room: Room) -> Sequence[Widget]:
        self.room = room
        p, u = self.p, room.u
        window = Rect(0, 0, room.width, room.height)
        under = Rect(0, u(HEIGHT), room.width, room.height - u(HEIGHT))
        side = u(PANEL if room.width >= u(1150) else SMALL_PANEL)
        panel = Rect(room.width - side - u(12), under.y + u(12), side, under.h - u(24))
        legend = Rect(u(12), under.y + u(12), u(176), self.map.legend_height(room))
        p.outlook = outlook(p, self.estimates, self.trial)
        self.map.legal = p.legal
        self.map.selected = p.subject if p.subject in p.view.counters or p.subject in p.view.contacts else ""
        self.map.moves = p.moves()
        out: list[Widget] = [self.map.pane(window, p.view, room, covered=(window.top(u(HEIGHT))[0], panel, legend))]
        out += head(p, self.table.sitting.clock, self.now, room)
        out += self.map.toggles(legend, room)
        out += self._card(legend, panel, under, room)
        out += self._panel(panel, room)
        out += self._note(panel, under, room)
        found = self.map.find(p.typed)[:12] if p.dialog == "find" and p.typed else []
        return [*out, *dialog(p, found, room)]

    def _panel(self, rect: Rect, room: Room) -> list[Widget]:
        u, say, p = room.u, self.p.words.say, self.p
        out: list[Widget] = [Panel(id="panel", rect=rect, kind="glass", shadow=True)]
        inside = rect.inset(u(16), u(12))
        tabs, rest = inside.top(u(32), u(12))
        names = tuple((tab, say(f"tab.{tab}")) for tab in TABS)
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
            out += estimates_tab(p, self.estimates, body, room)
        else:
            out += log_tab(p, body, room, self.told)
        kind = "plain" if filling else "primary"
        out.append(Button(id="seal", rect=seal, text=say("seal"), kind=kind, key="C", tip=say("seal_tip")))
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
        return [
            Panel(id="card", rect=rect, kind="glass", shadow=True),
            Label(id="card.title", rect=title, text=lines[0], style="panel"),
            Button(id="card.close", rect=close, icon="x", kind="quiet", tip=p.words.say("close")),
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

    # What is done

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

    # Panels: one method a family of ids

    def _on_tabs(self, rest: str, value: str, app: App) -> None:
        self.p.tab = value

    def _on_place(self, rest: str, value: str, app: App) -> None:
        if value == "brief":
            self._keep()
            app.go(screen("brief", self.table))

    def _on_help(self, rest: str, value: object, app: App) -> None:
        self.p.dialog = "" if rest == "close" else "help" if not rest else self.p.dialog

    def _on_cover(self, rest: str, value: object, app: App) -> None:
        self._keep()
        self.table.sitting.cover(self.now)
        self.table.next(app)

    def _on_card(self, rest: str, value: object, app: App) -> None:
        self.p.card = ""

    def _on_courses(self, rest: str, value: str, app: App) -> None:
        p = self.p
        if rest == "keep":
            p.mode = "list"
        elif rest == "own":
            p.desk.clear()
            p.mode = "list"
            self._say(p.words.say("blank"))
        elif not rest:
            self._take(value)

    def _take(self, key: str) -> None:
        p = self.p
        course = next((c for c in p.courses if c.key == key), None)
        plan: Plan = course.plan if course is not None else p.first
        name = p.words.text(course.name) if course is not None else p.words.say("staff_plan")
        if p.take(plan, name):
            self._say(p.words.say("course_taken", name=name))
        p.tab, p.mode = "orders", "courses"

    def _on_open(self, rest: str, value: object, app: App) -> None:
        self.p.close_form()
        self.p.mode = "courses"

    def _on_new(self, rest: str, value: object, app: App) -> None:
        self.p.use, self.p.tab, self.p.mode = "order", "orders", "pick"
        self.p.form = None
        self._focus("pick")

    def _on_pick(self, rest: str, value: tuple[str, str], app: App) -> None:
        p = self.p
        if rest == "back":
            p.mode = "list"
            return
        verb, subject = value
        form = next((f for f in p.forms.get(subject, ()) if verb == f.kind.VERB), None)
        if form is not None and p.use == "reserve":
            p.open_reserve(form)
        elif form is not None:
            p.open(form)
            self._show(subject)
        self._focus_form()

    def _on_undo(self, rest: str, value: object, app: App) -> None:
        self._told_edit("undone", self.p.desk.undo())

    def _on_redo(self, rest: str, value: object, app: App) -> None:
        self._told_edit("redone", self.p.desk.redo())

    def _told_edit(self, id: str, edit: Edit | None) -> None:
        if edit is not None:
            self._say(self.p.words.say(id, what=self.p.words.text(edit.what)))

    def _on_clear(self, rest: str, value: object, app: App) -> None:
        self.p.close_form()
        self.p.mode = "list"
        if self.p.desk.clear():
            self._say(self.p.words.say("blank"))

    def _on_queue(self, rest: str, value: tuple[Any, Any], app: App) -> None:
        p, plan = self.p, self.p.desk.plan
        act, (kind, key) = value if isinstance(value[1], tuple) else ("", value)
        if act == "drop":
            p.desk.drop(str(key))
        elif act == "unstand":
            p.desk.unstand(str(key))
        elif act == "unexpect" and isinstance(key, int):
            p.desk.unexpect(plan.contingencies[key])
        elif kind == "order":
            self._jump(str(key))
        elif kind in ("roe", "intent"):
            p.form, p.mode = None, str(kind)
            self._focus(str(kind))
        elif kind == "standing":
            p.open(next(f for f in p.answers if f.order.id == key))
        elif kind == "reserve" and isinstance(key, int):
            self._reserve(key)
        elif kind == "pick":
            self._on_new("", None, app)

    def _reserve(self, n: int) -> None:
        p = self.p
        if n < 0:
            p.use, p.mode, p.form = "reserve", "pick", None
            return
        old = p.desk.plan.contingencies[n]
        forms = [f for f in p.forms.get(old.order.subject, ()) if f.kind is type(old.order)]
        if forms:
            p.open_reserve(forms[0], old)

    def _on_notes(self, rest: str, value: tuple[str, str], app: App) -> None:
        self._jump(value[1])

    def _jump(self, order_id: str) -> None:
        """To the form of an order; a refusal of the whole plan has none."""
        p = self.p
        plan = p.desk.plan
        order = next((o for o in (*plan.orders, *plan.standing) if o.id == order_id), None)
        p.dialog = ""
        if order is None:
            p.tab, p.mode = "orders", "roe" if not order_id and p.desk.plan.roe > 9 else "list"
            return
        p.open_order(order)
        self._focus_form()
        self._show(order.subject)

    def _on_form(self, rest: str, value: object, app: App) -> None:
        p = self.p
        form = p.form
        if form is None:
            return
        if rest == "add":
            self._add()
        elif rest == "drop":
            p.remove()
        elif rest == "back":
            self._escape_form()
        elif rest == "verb":
            self._other(str(value))
        elif rest == "head":
            p.card = form.subject
        elif rest in dict(form.domains):
            p.set(rest, slid(form, rest, int(str(value))) if slides(form.domain(rest)) else value)  # type: ignore[arg-type]

    def _on_slim(self, rest: str, value: Any, app: App) -> None:
        p, name = self.p, self.p.listing
        if rest != "choice":
            p.listing = "" if value == "says" else str(value)
            return
        p.listing = ""
        if name == VERB:
            self._other(str(value))
        elif name.startswith("trigger."):
            p.set_trigger(name.partition(".")[2], value)
        else:
            p.set(name, value)

    def _focus(self, id: str) -> None:
        """Let the keyboard go on from here; whether its ring shows stays as it is."""
        if self.app is not None:
            self.app.front.hands.focus = id

    def _focus_form(self) -> None:
        self._focus("form.verb" if self.p.form is not None else "queue")

    def _other(self, verb: str) -> None:
        """The form of another order for the same subject."""
        p = self.p
        assert p.form is not None
        found = next(f for f in p.forms[p.form.subject] if verb == f.kind.VERB)
        if p.form.use == "reserve":
            trigger, old = p.form.trigger, p.form.old
            p.open(attrs.evolve(found, use="reserve", trigger=trigger, old=old), fill=False)
        else:
            p.open(found)

    def _add(self) -> None:
        p = self.p
        line, may, _ = p.judged()
        if not may or not p.commit():
            self._say(line)
        else:
            self._focus("queue")

    def _on_trigger(self, rest: str, value: object, app: App) -> None:
        self.p.set_trigger(rest, value)  # type: ignore[arg-type]

    def _on_roe(self, rest: str, value: int, app: App) -> None:
        if rest == "done":
            self.p.mode = "list"
            return
        plan = attrs.evolve(self.p.desk.plan, roe=value)
        self._fold(message("ui_desk.roe", rung=value), plan)

    def _on_intent(self, rest: str, value: str, app: App) -> None:
        if rest in ("done", "enter"):
            self.p.mode = "list"
            return
        self._fold(message("ui_desk.intent"), attrs.evolve(self.p.desk.plan, intent=value))

    def _fold(self, what: Message, after: Plan) -> None:
        """An edit that goes on where the last one of its kind left off: letters and notches are one edit."""
        desk = self.p.desk
        last = desk.done[-1] if desk.done else None
        if last is not None and last.what.id == what.id and not desk.undone:
            desk.done.pop()
            desk.plan = last.before
        desk.edit(what, after)

    def _on_forces(self, rest: str, value: str, app: App) -> None:
        self._choose(value)

    def _on_picture(self, rest: str, value: str, app: App) -> None:
        p = self.p
        if value in p.forms:
            p.select(value)
        elif value in p.view.contacts:
            p.subject = p.card = value
        if value in p.view.contacts:
            self.map.fly_to((p.view.contacts[value].at,))

    def _on_log(self, rest: str, value: tuple[str, str, str], app: App) -> None:
        kind, id = value[1], value[2]
        if kind in "upcx":
            self._show(id)
            self.p.card = id

    def _on_estimates(self, rest: str, value: Any, app: App) -> None:
        if rest == "says":
            self._on_log(rest, value, app)
        if rest:
            return
        self.estimates.chosen = value
        self.map.fly_to((self.estimates.found[value].place,))

    # Sealing

    def _on_seal(self, rest: str, value: str | tuple[str, str], app: App) -> None:
        p = self.p
        if rest == "":
            p.dialog, p.typed, p.fault = "seal", "", ""
        elif rest == "back":
            p.dialog, p.typed = "", ""
        elif rest == "consent":
            p.typed = str(value)
        elif rest == "says" and isinstance(value, tuple):
            self._jump(value[1])
        elif rest in ("now", "consent.enter"):
            self._seal(app)

    def _seal(self, app: App) -> None:
        p, sitting = self.p, self.table.sitting
        if not p.desk.may_seal:
            p.fault = p.words.say("sealed_off")
            return
        consent = p.typed if sitting.seating.chair(p.view.seat).approver else None
        try:
            sitting.seal(p.desk.plan, self.now, consent=consent)
        except MatchFault as fault:
            told: Message | None = getattr(fault, "message", None)
            p.fault = text(told, self.table.language, p.words.names) if told is not None else str(fault)
            p.typed = ""
            return
        leave_desk(self.table)
        self.table.next(app)

    # The map

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
        self._say(p.words.say("drop_none", name=name, place=where))

    def _on_menu(self, rest: str, value: int, app: App) -> None:
        p = self.p
        p.dialog = ""
        if rest == "rows":
            p.open(p.menu[value], fill=False)
            self._focus_form()
        p.menu = ()

    def _choose(self, id: str, fly: bool = True) -> None:
        """A unit, a contact, a place: its form if it has one, else its card."""
        p = self.p
        if id in p.view.places:
            p.card = id
        elif not p.select(id) and id in p.view.mine:
            self._say(p.words.say("nothing_for", name=p.words.names.any(id, p.words.language)))
        if p.form is not None:
            self._focus_form()
        if fly:
            self._show(id)

    def _show(self, id: str) -> None:
        place = self._place_of(id)
        if place in self.p.view.places:
            self.map.fly_to((place,))

    # Finding

    def _on_find(self, rest: str, value: str, app: App) -> None:
        p = self.p
        if rest == "close":
            p.dialog, p.typed = "", ""
        elif rest == "":
            p.typed = value
        else:
            found = self.map.find(p.typed)
            id = value if rest == "rows" else found[0][0] if found else ""
            if id:
                p.dialog, p.typed = "", ""
                self._choose(id)

    # Keys that no widget takes

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
                self._say(p.words.say("kept"))
        elif name in ("Shift+1", "Shift+2", "Shift+3") and p.courses:
            self._take(p.courses[int(name[-1]) - 1].key)
        elif name == "Esc":
            self._escape()
        else:
            self.map.key(name)

    def _escape_form(self) -> None:
        """One step back: from a field's choices to the form, from the form to the queue."""
        p = self.p
        if p.form is not None and p.listing:
            p.listing = ""
        else:
            p.close_form()
            p.mode = "list"

    def _escape(self) -> None:
        p = self.p
        if p.card:
            p.card = ""
        elif p.form is not None or p.mode != "list":
            self._escape_form()
        else:
            p.subject = ""

    # Keeping, time

    def _keep(self) -> bool:
        """Keep the draft; one that cannot be kept is said, and stays on the desk."""
        sitting = self.table.sitting
        if sitting.up != self.p.view.seat:
            return False
        try:
            sitting.draft(self.p.desk.plan)
        except (MatchFault, OSError) as fault:
            self._say(self.p.words.say("not_kept", why=str(fault)))
            return False
        return True

    def _say(self, words: str) -> None:
        self.note, self.note_until = words, self.now + NOTE_MS

    def tick(self, now: int) -> int | None:
        self.now = now
        waits = [self.map.tick(now), self._time(now), self._estimate(self.estimates, self.p.desk.plan, now)]
        trial = self.p.trial()
        if trial is not None:
            waits.append(self._estimate(self.trial, trial, now))
        if self.note and now < self.note_until:
            waits.append(self.note_until - now)
        if self.estimates.working is not None and self.p.tab == "estimates":
            waits.append(120)
        return min((w for w in waits if w is not None), default=None)

    def _estimate(self, e: Estimates, plan: Plan, now: int) -> int | None:
        """Have the odds of a plan worked out once it has rested; in how many ms to ask again."""
        desk = self.p.desk
        wait = e.wanted(plan, now)
        if wait != 0 or self.app is None:
            return wait
        e.working = plan
        self.app.work(lambda: desk.rulebook.forecasts(desk.view, plan), lambda found: e.done(plan, found))
        return 120

    def _time(self, now: int) -> int | None:
        """Ring once when time runs short and when it is over; then on to the next second."""
        sitting = self.table.sitting
        bell = sitting.tick(now)
        if bell in (Bell.WARNS, Bell.OVERRUN):
            self._say(self.p.words.say("time_warns" if bell is Bell.WARNS else "time_ended"))
        clock = sitting.clock
        if clock is None or clock.phase(now) is Phase.FREE or not clock.runs:
            return None
        return clock.left(now) % 1000 + 1
