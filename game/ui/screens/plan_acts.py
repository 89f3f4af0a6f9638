"""What the plan screen does when a widget is worked: one method a family of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from game.core.orders import Plan
from game.core.words import Message
from game.core.words import say as message
from game.table.desk import Move as Edit
from game.table.match import MatchFault
from game.ui.screens import screen
from game.ui.screens.plan_boards import source_of
from game.ui.screens.plan_form import slid, slides
from game.ui.screens.plan_orders import sought
from game.ui.screens.plan_slim import VERB
from game.ui.screens.plan_state import leave_desk
from game.words import text

if TYPE_CHECKING:
    from game.ui.app import App

from game.ui.screens.plan_hold import Held


class Acts(Held):
    """`_on_NAME` takes the acts of "NAME" and "NAME.rest": (rest, value, app)."""

    def _on_tabs(self, rest: str, value: str, app: App) -> None:
        self.p.tab = value

    def _on_place(self, rest: str, value: str, app: App) -> None:
        if value == "brief":
            self._keep()
            app.go(screen("brief", self.table))

    def _on_help(self, rest: str, value: object, app: App) -> None:
        self.p.dialog = "" if rest == "close" else "help" if not rest else self.p.dialog

    def _on_talk(self, rest: str, value: object, app: App) -> None:
        """Open who may talk; or call one of them to the table."""
        if rest.startswith("call."):
            self.table.sitting.talk(rest.removeprefix("call."), self.now)
        self.p.dialog = "" if rest == "close" else "talk"

    def _on_cover(self, rest: str, value: object, app: App) -> None:
        self._keep()
        self.table.sitting.cover(self.now)
        self.table.next(app)

    def _on_card(self, rest: str, value: object, app: App) -> None:
        p = self.p
        subject, p.card = p.card, ""
        if rest == "order" and p.select(subject):
            self._focus_form()

    def _on_courses(self, rest: str, value: str, app: App) -> None:
        p = self.p
        if rest == "keep":
            p.mode = "list"
        elif rest == "own":
            p.desk.clear()
            p.mode = "list"
            self._say(p.words.tell("blank"))
        elif not rest:
            self._take(value)

    def _take(self, key: str) -> None:
        p = self.p
        course = next((c for c in p.courses if c.key == key), None)
        plan: Plan = course.plan if course is not None else p.first
        name = p.words.text(course.name) if course is not None else p.words.tell("staff_plan")
        if p.take(plan, name):
            self._say(p.words.tell("course_taken", name=name))
        p.tab, p.mode = "orders", "courses"

    def _on_open(self, rest: str, value: object, app: App) -> None:
        self.p.close_form()
        self.p.mode = "courses"

    def _on_new(self, rest: str, value: object, app: App) -> None:
        self.p.use, self.p.tab, self.p.mode, self.p.sought = "order", "orders", "pick", ""
        self.p.form = None
        self._focus("pick.find")

    def _on_pick(self, rest: str, value: tuple[str, str], app: App) -> None:
        p = self.p
        if rest == "back":
            p.mode = "list"
            return
        if rest == "find":
            p.sought = str(value)
        if rest == "find.enter":  # the first that goes by what was typed
            found = sought(p) if p.sought else []
            rest, value = "", (found[0][1][0].kind.VERB, found[0][1][0].subject) if found else ("", "")
        if rest or not value[0]:
            return
        p.sought = ""
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
            self._say(self.p.words.tell(id, what=self.p.words.text(edit.what)))

    def _on_clear(self, rest: str, value: object, app: App) -> None:
        self.p.close_form()
        self.p.mode = "list"
        if self.p.desk.clear():
            self._say(self.p.words.tell("blank"))

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
        elif rest.removesuffix(".ready") in dict(form.domains):
            rest = rest.removesuffix(".ready")
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
        found, lanes = self.estimates.found[value], self.p.view.board.theatre.lanes
        ends = (end for id in found.cut if id in lanes for end in (lanes[id].a, lanes[id].b))
        self.map.fly_to((found.place, *ends))

    def _on_short(self, rest: str, value: int, app: App) -> None:
        self.p.close_form()
        self.p.tab = "estimates"
        self._on_estimates("", min(value, len(self.estimates.found) - 1), app)

    def _on_boards(self, rest: str, value: Any, app: App) -> None:
        """Another table, or a row of it: to what it is about."""
        p = self.p
        if rest == "which":
            p.board, p.row = str(value), -1
        elif rest == "rows":
            p.row = int(value)
            source = source_of(p, self.estimates)
            if source:
                self._show(source)
                p.card = "" if source in p.view.board.theatre.lanes else source

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
            p.fault = p.words.tell("sealed_off")
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

    def _on_menu(self, rest: str, value: int, app: App) -> None:
        p = self.p
        p.dialog = ""
        if rest == "rows":
            p.open(p.menu[value], fill=False)
            self._focus_form()
        p.menu = ()

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

    def _escape_form(self) -> None:
        """One step back: from a field's choices to the form, from the form to the queue."""
        p = self.p
        if p.form is not None and p.listing:
            p.listing = ""
        else:
            p.close_form()
            p.mode = "list"
