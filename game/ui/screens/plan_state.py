"""What the plan screen holds while a seat plans: the desk, what is chosen, the form that is filled in, what is open.

It knows no rule and draws nothing. Everything in it comes from the seat's View, its plan and the rulebook's forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import attrs

from game.core.orders import NO_LIMIT, Contingency, Doubt, Order, Plan, Refusal, Trigger
from game.core.rulebook import chapter_name
from game.core.view import View
from game.core.words import Message, Value
from game.core.words import say as message
from game.table.courses import Course, default_plan
from game.table.desk import Desk, with_order
from game.ui.paint.things import Move
from game.ui.screens.plan_form import Form, merged
from game.ui.screens.plan_words import Words
from game.words import advice, refused

if TYPE_CHECKING:
    from game.ui.table import Table

TABS = ("orders", "forces", "picture", "estimates", "boards", "log")
#: Desks of seats that went to look at something else, so that no undone edit is lost: table -> (desk, seat, turn).
_LEFT: WeakKeyDictionary[Table, Desk] = WeakKeyDictionary()

#: What a seat's staff drew up while its brief was read: table -> (view, plan).
_DRAWN_UP: WeakKeyDictionary[Table, tuple[View, Plan]] = WeakKeyDictionary()


def desk_of(table: Table, view: View) -> Desk:
    """The seat's desk as it left it; else a new one with its draft, or its staff's own plan, on it."""
    left = _LEFT.get(table)
    draft = table.sitting.drafted()
    if left is not None and left.view == view and left.plan == draft:
        return left
    drawn_up = _DRAWN_UP.get(table)
    if draft is not None:
        plan = draft
    elif drawn_up is not None and drawn_up[0] is view:
        plan = drawn_up[1]
    else:
        plan = default_plan(view, table.rulebook)
    desk = _LEFT[table] = Desk(view, table.rulebook, plan)
    return desk


def draw_up(table: Table, view: View) -> None:
    """Have the staff's own plan ready before the desk is opened: for a thread beside the window."""
    _DRAWN_UP[table] = (view, default_plan(view, table.rulebook))


def leave_desk(table: Table) -> None:
    """Nothing of a desk outlives the seal."""
    _LEFT.pop(table, None)
    _DRAWN_UP.pop(table, None)


def roe_words(p: Planning) -> str:
    """How far the standing rule of engagement lets units go."""
    rung = p.desk.plan.roe
    if rung >= NO_LIMIT:
        return p.words.tell("roe_none")
    return p.words.tell("roe_row", rung=rung, name=p.words.tell(f"rung.{rung}"))


@attrs.define(eq=False)
class Planning:
    """`mode` is what the orders tab shows: "courses", "list", "pick", "form", "roe" or "intent". `field` is the
    form's field that a click on the map fills next, `listing` the one whose choices a slim form shows; `board` the
    table that is open, `row` the one of its rows."""

    table: Table
    view: View
    desk: Desk
    words: Words
    tab: str = "orders"
    mode: str = "courses"
    subject: str = ""
    form: Form | None = None
    field: str = ""
    use: str = "order"
    listing: str = ""
    sought: str = ""
    outlook: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()
    board: str = ""
    row: int = -1
    card: str = ""
    dialog: str = ""
    typed: str = ""
    fault: str = ""
    menu: tuple[Form, ...] = ()
    menu_at: tuple[int, int] = (0, 0)
    menu_place: str = ""
    first: Plan = attrs.field(default=attrs.Factory(lambda self: self.desk.plan, takes_self=True))
    _forms: Mapping[str, tuple[Form, ...]] | None = None
    _answers: tuple[Form, ...] | None = None
    _judged: tuple[object, tuple[str, bool, str]] | None = None
    _tried: tuple[object, bool] | None = None

    # What may be ordered

    @property
    def forms(self) -> Mapping[str, tuple[Form, ...]]:
        """By subject; of an own unit those first that cost the staff something: that is what it is there for."""
        if self._forms is None:
            found = merged(self.desk.templates)
            mine = found.keys() & self.view.mine.keys()
            found |= {id: tuple(sorted(found[id], key=lambda form: form.kind.COST == 0)) for id in mine}
            self._forms = found
        return self._forms

    @property
    def answers(self) -> tuple[Form, ...]:
        """Forms of the answers that may stand."""
        if self._answers is None:
            found = merged(self.desk.standing_templates(), "standing")
            self._answers = tuple(form for forms in found.values() for form in forms)
        return self._answers

    def by_chapter(self) -> list[tuple[str, list[Form]]]:
        """All forms under the name of their chapter, in the sequence of play; under "" before them those that are
        about no unit of one's own."""
        out: dict[str, list[Form]] = {"": []}
        for chapter in self.desk.rulebook.chapters:
            out[chapter_name(chapter)] = []
        for subject, forms in self.forms.items():
            for form in forms:
                name = chapter_name(self.desk.rulebook.owner[form.kind]) if subject in self.view.mine else ""
                out[name].append(form)
        return [(name, forms) for name, forms in out.items() if forms]

    def ordered(self, form: Form) -> Order | None:
        """The order of the plan that a form would take the place of."""
        held = self.desk.plan.standing if form.use == "standing" else self.desk.plan.orders
        return next((o for o in held if o.id == form.order.id), None)

    def orders_of(self, subject: str) -> tuple[Order, ...]:
        return tuple(o for o in self.desk.plan.orders if o.subject == subject)

    # Choosing

    def select(self, subject: str) -> bool:
        """Choose a counter, a pact, a contact; False if nothing may be ordered for it."""
        self.subject = subject
        forms = self.forms.get(subject, ())
        if not forms:
            self.card = subject if subject in self.view.counters or subject in self.view.contacts else self.card
            self.close_form()
            return False
        given = next((form for form in forms if self.ordered(form) is not None), forms[0])
        self.open(given)
        return True

    def open(self, form: Form, fill: bool = True) -> None:
        """Show a form, filled in as the plan has it."""
        given = self.ordered(form) if fill and form.use != "reserve" else None
        self.form = form.like(given) if given is not None else form
        self.tab, self.mode, self.field, self.listing = "orders", "form", "", ""
        self.subject = form.subject if form.use == "order" else ""

    def open_order(self, order: Order) -> None:
        """The form of an order of the plan, to change it."""
        found = [form for form in self.forms.get(order.subject, ()) if form.kind is type(order)]
        if order.ASKED:
            found = [form for form in self.answers if form.kind is type(order)]
        if found:
            self.open(found[0].like(order), fill=False)

    def open_reserve(self, form: Form, old: Contingency | None = None) -> None:
        """The form of a contingency: `form` gives its order, `old` what it takes the place of."""
        trigger = old.trigger if old is not None else self._first_trigger()
        filled = form.like(old.order) if old is not None else form
        self.open(attrs.evolve(filled, use="reserve", trigger=trigger, old=old), fill=False)

    def _first_trigger(self) -> Trigger:
        for measure, subjects in self.desk.contingency_measures().items():
            if subjects:
                return Trigger(measure, subjects[0], 1)
        return Trigger("contacts", next(iter(self.view.places)), 1)

    def close_form(self) -> None:
        self.form, self.field = None, ""
        if self.mode in ("form", "pick", "roe", "intent"):
            self.mode = "list"

    def set(self, name: str, value: Value) -> None:
        if self.form is not None:
            self.form = self.form.having(name, value)
            self.field = name if name in self.form.place_fields(self.view) else self.field

    def set_trigger(self, part: str, value: Value) -> None:
        if self.form is None or self.form.trigger is None:
            return
        trigger = attrs.evolve(self.form.trigger, **{part: value})  # type: ignore[arg-type]
        watched = self.desk.contingency_measures().get(trigger.measure, ())
        if trigger.subject not in watched and watched:
            trigger = attrs.evolve(trigger, subject=watched[0])
        self.form = attrs.evolve(self.form, trigger=trigger)

    def put(self, place: str) -> bool:
        """Fill a place of the map into the form; False if it takes none there."""
        found = self.form.at(place, self.view, self.field) if self.form is not None else None
        if found is not None:
            self.form = found
        return found is not None

    def dropped(self, subject: str, place: str) -> tuple[Form, ...]:
        """Forms of a subject with a place filled in, as one drags it there."""
        filled = []
        for form in self.forms.get(subject, ()):
            given = self.ordered(form)
            at = (form.like(given) if given is not None else form).at(place, self.view)
            if at is not None:
                filled.append(at)
        return tuple(filled)

    @property
    def legal(self) -> frozenset[str] | None:
        """What lights up on the map; None where no choice is open."""
        if self.form is None or self.tab != "orders":
            return None
        return self.form.places(self.view) or None

    # Judging the form

    def judged(self) -> tuple[str, bool, str]:
        """(line, whether the form's order may be given, tone "bad", "warn" or "good")."""
        form = self.form
        assert form is not None
        key = (self.desk.plan, form.order, form.trigger, form.use)
        if self._judged is None or self._judged[0] != key:
            self._judged = (key, self._judge(form))
        return self._judged[1]

    def _judge(self, form: Form) -> tuple[str, bool, str]:
        words, order = self.words, form.order
        refusal = self._refusal(form)
        if refusal is not None:
            return refused(refusal, words.names, words.language), False, "bad"
        if self.ordered(form) == order or (form.old is not None and form.old == form.contingency):
            return words.tell("same"), True, "good"
        doubts = self._doubts(form)
        if doubts:
            return " ".join(advice(d, words.names, words.language) for d in doubts), True, "warn"
        had = self.ordered(form) or (form.old.order if form.old else None)
        left = self.desk.left - order.COST + (had.COST if had is not None else 0)
        return words.tell("fits", cost=order.COST, left=left), True, "good"

    def _refusal(self, form: Form) -> Refusal | None:
        if form.use == "reserve":
            contingency = form.contingency
            assert contingency is not None
            return self._without(form).contingency_refusal(contingency)
        return self.desk.refusal(form.order)

    def _without(self, form: Form) -> Desk:
        """The desk as it would be without the contingency that a form takes the place of."""
        if form.old is None:
            return self.desk
        rest = tuple(c for c in self.desk.plan.contingencies if c != form.old)
        return Desk(self.view, self.desk.rulebook, attrs.evolve(self.desk.plan, contingencies=rest))

    def _doubts(self, form: Form) -> tuple[Doubt, ...]:
        order, plan = form.order, self.desk.plan
        if form.use == "reserve":
            return ()
        if form.use == "standing":
            rest = tuple(o for o in plan.standing if o.id != order.id)
            trial = attrs.evolve(plan, standing=(*rest, order))
        else:
            trial = with_order(plan, order)
        before = self.desk.doubts()
        return tuple(d for d in self.desk.rulebook.doubts(self.view, trial) if d.order == order.id or d not in before)

    def trial(self) -> Plan | None:
        """The plan as it would be with the form's order in it; None where that is no change or may never be."""
        form = self.form
        if form is None or form.use != "order" or self.tab != "orders":
            return None
        after = with_order(self.desk.plan, form.order)
        return after if after.orders != self.desk.plan.orders and self._thinkable(form) else None

    def _thinkable(self, form: Form) -> bool:
        """Whether the form's order may be given, or might be had the staff the points: then its odds are worth
        knowing, so as to choose what to drop for it."""
        if self.judged()[1]:
            return True
        key = (form.order, self.desk.plan.roe)
        if self._tried is None or self._tried[0] != key:
            alone = attrs.evolve(self.desk.plan, orders=(form.order,), contingencies=(), why=())
            self._tried = (key, not self.desk.rulebook.faults(self.view, alone))
        return self._tried[1]

    # Editing

    def commit(self) -> bool:
        """Put the form's order into the plan; False if it is refused."""
        form = self.form
        if form is None or not self.judged()[1]:
            return False
        if form.use == "standing":
            self.desk.stand(form.order)
        elif form.use == "reserve":
            self._commit_reserve(form)
        else:
            self.desk.add(form.order)
        self.close_form()
        self.mode = "list"
        return True

    def _commit_reserve(self, form: Form) -> None:
        new = form.contingency
        assert new is not None
        have = self.desk.plan.contingencies
        if form.old in have:
            after = tuple(new if c == form.old else c for c in have)
            what = message("ui_desk.expect", order=new.order.id)
            self.desk.edit(what, attrs.evolve(self.desk.plan, contingencies=after))
        else:
            self.desk.expect(new)

    def remove(self) -> bool:
        """Take what the form stands for out of the plan."""
        form = self.form
        if form is None:
            return False
        done = False
        if form.use == "reserve":
            done = form.old is not None and self.desk.unexpect(form.old)
        elif self.ordered(form) is not None:
            done = self.desk.unstand(form.order.id) if form.use == "standing" else self.desk.drop(form.order.id)
        if done:
            self.close_form()
        return done

    def take(self, plan: Plan, name: str) -> bool:
        self.close_form()
        return self.desk.take(plan)

    # What the map shows of the plan

    def moves(self) -> tuple[Move, ...]:
        """An arrow for each order that sends a counter's eyes, shots or hulls elsewhere; the form's own too."""
        orders = {o.id: o for o in self.desk.plan.orders}
        if self.form is not None and self.form.use == "order" and self.tab == "orders":
            orders[self.form.order.id] = self.form.order
        found = (self._move(order) for order in orders.values())
        return tuple(move for move in found if move is not None)

    def _move(self, order: Order) -> Move | None:
        counter = self.view.mine.get(order.subject)
        if counter is None:
            return None
        values = (getattr(order, field.name) for field in attrs.fields(type(order))[2:])
        end = next((self._place(v) for v in values if isinstance(v, str) and self._place(v)), "")
        if not end or end == counter.at:
            return None
        formation = self.view.board.formation(counter)
        force = self.desk.rulebook.rung(self.view, order) > 0
        goes = any(field.name == "to" for field in attrs.fields(type(order)))
        kind = "strike" if force else "move" if goes else "watch"
        return Move(order.id, counter.at, end, kind, "f", formation.symbol.lower() if goes else "")

    def _place(self, id: str) -> str:
        if id in self.view.places:
            return id
        contact = self.view.contacts.get(id)
        return contact.at if contact is not None else ""

    # Words about the plan

    def why(self, order: Order) -> str:
        found: Message | None = dict(self.desk.plan.why).get(order.id)
        return self.words.text(found) if found is not None else ""

    def symbol(self, subject: str) -> tuple[str, str] | None:
        counter = self.view.counters.get(subject)
        return (self.view.board.formation(counter).symbol.lower(), "f") if counter is not None else None

    def icon(self, subject: str) -> str:
        """What stands for a subject that is no counter."""
        if subject in self.view.pacts:
            return "handshake"
        if subject in self.view.contacts:
            return "crosshair"
        return "flag" if subject in self.view.nations else "shield"
