"""A person's plan while it is being made: every edit, what may be ordered, and why something may not.

A Desk holds one seat's View and plan, and knows no rule: templates, refusals and advice come from the rulebook. No
edit is ever lost: what is undone can be done again, and what another edit then overtook can be recalled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from game.core.ids import PlaceId
from game.core.model import UNKNOWN
from game.core.orders import Contingency, Doubt, Order, Plan, Refusal, Template
from game.core.rulebook import TRIPS, Rulebook
from game.core.view import View
from game.core.words import Message, Value, say


@attrs.frozen(slots=True)
class Move:
    """One edit: what was done, in words, and the plan before and after it."""

    what: Message
    before: Plan
    after: Plan


@attrs.define
class Desk:
    """Editing of one seat's plan. `done` and `undone` are stacks, latest last; `overtaken` are edits that were undone
    before another was made."""

    view: View
    rulebook: Rulebook
    plan: Plan = attrs.field(default=attrs.Factory(lambda self: Plan(self.view.seat), takes_self=True))
    done: list[Move] = attrs.field(factory=list, init=False)
    undone: list[Move] = attrs.field(factory=list, init=False)
    overtaken: list[Move] = attrs.field(factory=list, init=False)
    _templates: tuple[Template, ...] | None = attrs.field(default=None, init=False, repr=False)
    _judged: tuple[Plan, tuple[Refusal, ...], tuple[Doubt, ...]] | None = attrs.field(
        default=None, init=False, repr=False
    )

    # Edits ------------------------------------------------------------------------------------------------------

    def edit(self, what: Message, after: Plan) -> bool:
        """Make `after` the plan; False, and no trace, if nothing differs. All other edits come down to this one."""
        if after == self.plan:
            return False
        self.overtaken += self.undone
        self.undone = []
        self.done.append(Move(what, self.plan, after))
        self.plan = after
        return True

    def add(self, order: Order, why: Message | None = None) -> bool:
        """Put an order into the plan, in the place of one with the same id; its old reason goes."""
        return self.edit(say("ui_desk.add", order=order.id), with_order(self.plan, order, why))

    def drop(self, order_id: str) -> bool:
        """Take an order out, and its reason with it."""
        why = tuple(pair for pair in self.plan.why if pair[0] != order_id)
        after = attrs.evolve(self.plan.without(order_id), why=why)
        return self.edit(say("ui_desk.drop", order=order_id), after)

    def roe(self, rung: int) -> bool:
        return self.edit(say("ui_desk.roe", rung=rung), attrs.evolve(self.plan, roe=rung))

    def intent(self, line: str) -> bool:
        return self.edit(say("ui_desk.intent"), attrs.evolve(self.plan, intent=line))

    def stand(self, answer: Order) -> bool:
        """Put a standing answer into the plan, in the place of one with the same id."""
        standing = _replaced(self.plan.standing, answer)
        return self.edit(say("ui_desk.stand", order=answer.id), attrs.evolve(self.plan, standing=standing))

    def unstand(self, answer_id: str) -> bool:
        standing = tuple(o for o in self.plan.standing if o.id != answer_id)
        return self.edit(say("ui_desk.unstand", order=answer_id), attrs.evolve(self.plan, standing=standing))

    def expect(self, contingency: Contingency) -> bool:
        """Add a contingency; the same one twice is one."""
        have = self.plan.contingencies
        after = attrs.evolve(self.plan, contingencies=have if contingency in have else (*have, contingency))
        return self.edit(say("ui_desk.expect", order=contingency.order.id), after)

    def unexpect(self, contingency: Contingency) -> bool:
        rest = tuple(c for c in self.plan.contingencies if c != contingency)
        after = attrs.evolve(self.plan, contingencies=rest)
        return self.edit(say("ui_desk.unexpect", order=contingency.order.id), after)

    def take(self, course: Plan, what: Message | None = None) -> bool:
        """Make a whole plan one's own: orders, rule of engagement, contingencies, reasons. A line of intent and
        standing answers that the course lacks stay as they are."""
        plan = self.plan
        intent, standing = course.intent or plan.intent, course.standing or plan.standing
        return self.edit(what or say("ui_desk.take"), attrs.evolve(course, intent=intent, standing=standing))

    def clear(self) -> bool:
        return self.edit(say("ui_desk.clear"), Plan(self.plan.seat))

    def undo(self) -> Move | None:
        """Take the last edit back; None if there is none."""
        if not self.done:
            return None
        move = self.done.pop()
        self.undone.append(move)
        self.plan = move.before
        return move

    def redo(self) -> Move | None:
        if not self.undone:
            return None
        move = self.undone.pop()
        self.done.append(move)
        self.plan = move.after
        return move

    def trace(self) -> tuple[Move, ...]:
        """Edits that are not in force: overtaken ones, then those that `redo` would do, the next one last."""
        return (*self.overtaken, *self.undone)

    def recall(self, move: Move) -> bool:
        """Bring back the plan as it was after an edit, as an edit of its own."""
        return self.edit(say("ui_desk.recall"), move.after)

    # What may be ordered ----------------------------------------------------------------------------------------

    @property
    def templates(self) -> tuple[Template, ...]:
        """Everything that may be ordered now, worked out once."""
        if self._templates is None:
            self._templates = tuple(self.rulebook.options(self.view))
        return self._templates

    def by_subject(self) -> Mapping[str, tuple[Template, ...]]:
        """Templates by the counter, pact, contact or seat that they are about."""
        out: dict[str, list[Template]] = {}
        for template in self.templates:
            out.setdefault(template.subject, []).append(template)
        return {subject: tuple(found) for subject, found in out.items()}

    def template(self, order: Order) -> Template | None:
        """The form that an order is filled in on, or would have to be; None if it may not be given now.

        A chapter may have several forms for one kind of order and one subject (so many steps go there, fewer here).
        """
        forms = self.standing_templates() if order.ASKED else self.templates
        fit = [t for t in forms if type(order) is t.order and order.subject == t.subject]
        whole = (t for t in fit if all(getattr(order, name) in domain for name, domain in t.domains))
        return next(whole, fit[0] if fit else None)

    def place_fields(self, template: Template) -> tuple[str, ...]:
        """The fields of a form that a place on the map fills."""
        return tuple(name for name, domain in template.domains if any(v in self.view.places for v in domain))

    def places(self, template: Template) -> tuple[PlaceId, ...]:
        """Places that may be chosen on a form, best guess first."""
        fields = self.place_fields(template)
        found = (str(v) for name in fields for v in template.domain(name) if v in self.view.places)
        return tuple(dict.fromkeys(found))

    def at_place(self, template: Template, place: PlaceId, **choice: Value) -> Order | None:
        """An order at a place, as one drags it there: the first field that takes it; None if none does."""
        for name in self.place_fields(template):
            if place in template.domain(name):
                return template.fill(**{**choice, name: place})
        return None

    def dragged(self, subject: str, place: PlaceId) -> tuple[Order, ...]:
        """Every order, best guess, that dragging a subject to a place may mean, form by form."""
        found = (self.at_place(form, place) for form in self.by_subject().get(subject, ()))
        return tuple(order for order in found if order is not None)

    def standing_templates(self) -> tuple[Template, ...]:
        """Forms of the answers that may stand in the plan."""
        return self.rulebook.standing(self.view)

    def contingency_measures(self) -> Mapping[str, tuple[str, ...]]:
        """What a contingency may watch (K4), by measure: the places or counts that this seat can see it of."""
        return {measure: _WATCHED[measure](self.view) for measure in TRIPS if measure in _WATCHED}

    # Judgment ---------------------------------------------------------------------------------------------------

    def refusal(self, order: Order) -> Refusal | None:
        """Why an order (or a standing answer) can't be added to the plan as it stands; None if it can."""
        if order.ASKED:
            standing = _replaced(self.plan.standing, order)
            return self._worse(attrs.evolve(self.plan, standing=standing), order)
        trial = with_order(self.plan, order)
        found = self.rulebook.fault(self.view, trial, order)
        return attrs.evolve(found, order=order.id) if found is not None else self._worse(trial, order)

    def contingency_refusal(self, contingency: Contingency) -> Refusal | None:
        """Why a contingency can't be added to the plan as it stands. Whether its order could be given now is not
        asked: it is judged when the trigger holds (K8)."""
        trial = attrs.evolve(self.plan, contingencies=(*self.plan.contingencies, contingency))
        return self._worse(trial, contingency.order)

    def _worse(self, trial: Plan, order: Order) -> Refusal | None:
        """What is wrong with a trial plan and was not before; what names the order comes first."""
        before = self.faults()
        new = [r for r in self.rulebook.faults(self.view, trial) if r not in before]
        return min(new, key=lambda r: r.order != order.id, default=None)

    def faults(self) -> tuple[Refusal, ...]:
        """Everything wrong with the plan as it stands."""
        return self._judge()[1]

    def doubts(self) -> tuple[Doubt, ...]:
        return self._judge()[2]

    def _judge(self) -> tuple[Plan, tuple[Refusal, ...], tuple[Doubt, ...]]:
        if self._judged is None or self._judged[0] is not self.plan:
            faults = self.rulebook.faults(self.view, self.plan)
            self._judged = (self.plan, faults, self.rulebook.doubts(self.view, self.plan))
        return self._judged

    @property
    def may_seal(self) -> bool:
        return not self.faults()

    @property
    def cost(self) -> int:
        """Staff points that the plan spends."""
        return self.plan.cost()

    @property
    def staff(self) -> int:
        """Staff points that the nation has."""
        return self.view.own.staff

    @property
    def left(self) -> int:
        return self.staff - self.cost


def with_order(plan: Plan, order: Order, why: Message | None = None) -> Plan:
    """`plan` with an order in the place of one with the same id, and with this reason for it or none."""
    reasons = tuple(pair for pair in plan.why if pair[0] != order.id)
    if order in plan.orders and why is None:
        reasons = plan.why
    elif why is not None:
        reasons = (*reasons, (order.id, why))
    return attrs.evolve(plan, orders=_replaced(plan.orders, order), why=reasons)


def _replaced(orders: tuple[Order, ...], order: Order) -> tuple[Order, ...]:
    if any(o.id == order.id for o in orders):
        return tuple(order if o.id == order.id else o for o in orders)
    return (*orders, order)


def _open_places(view: View) -> tuple[str, ...]:
    """Places on land whose damage this seat knows."""
    known = (p for p, row in view.places.items() if row.owner and row.runway != UNKNOWN)
    return tuple(p for p in known if not view.board.theatre.sites[p].sea)


def _own_tallies(view: View) -> tuple[str, ...]:
    mine = f"{view.seat}."
    return tuple(k.removeprefix(mine) for k in view.tallies if k.startswith(mine))


_WATCHED: Mapping[str, Callable[[View], tuple[str, ...]]] = {
    "damage": _open_places,
    "contacts": lambda view: tuple(view.places),
    "tally": _own_tallies,
}
