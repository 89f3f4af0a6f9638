"""The chapters in play, and the one source for what may be done.

Rules of the kernel that a player meets:

K1  The orders and contingencies of a plan cost no more staff points than the nation has.
K2  A seat gives orders that this game's chapters know, for its own things, in its own name.
K3  No order needs a higher rung than the plan's standing rule of engagement allows.
K4  At most two contingency orders; each watches something that the seat can see.
K5  The line of intent is one line of at most 200 letters.
K6  Every sealed order ends in an event. One that nothing came of lapses, and says so.
K7  Where a phase asks and nobody answers, the plan's standing answer counts, then the mildest one offered.
K8  A tripped contingency is judged again as things stand; refused, it lapses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from game.core.ids import Seat
from game.core.model import Row, State
from game.core.orders import (
    CONTINGENCIES,
    INTENT_LETTERS,
    Book,
    Doubt,
    Order,
    Plan,
    Refusal,
    Template,
)
from game.core.words import Message, say

if TYPE_CHECKING:
    from game.core.events import Event
    from game.core.luck import Luck
    from game.core.staff import Forecast, Ledger, Patch, Ring, Talk, Trace, Voyage
    from game.core.view import View


@attrs.frozen(slots=True)
class Question:
    """A phase asks one seat. `template` holds the answers it may give; `about` says what is known of the matter.

    `doubtful` facts are not in it: it is built from that seat's own warnings.
    """

    seat: Seat
    template: Template
    about: Message
    seconds: int = 30


@attrs.frozen(slots=True)
class Proposal:
    """What a chapter's doctrine would order, how much it is worth (whole points), and why in one line.

    Of proposals with the same `slot` a plan takes the best one only.
    """

    order: Order
    value: int
    why: Message
    slot: str = ""


@attrs.frozen(slots=True)
class Temper:
    """A computer player's temperament, 0 to 100 each."""

    aggression: int = 50
    risk: int = 50
    patience: int = 50


Phase = Callable[[State, Book, "Luck"], Iterable["Event"]]
Ask = Callable[[State, Book, "Luck"], Iterable[Question]]
Trip = Callable[["View", str], int]


class Chapter(Protocol):
    """What a chapter's module offers. Modules satisfy it as they are: no class, no registration but the list.

    The module's docstring holds its numbered rules. A chapter may also define `propose(view, temper)` and
    `reply(view, question, temper)`, which computer players use, and `rung(view, order)`; and for people's screens
    `forecast(view, plan)`, `rings(view)`, `standing(view)` (templates of the answers that may stand in a plan),
    `traces(view, plan)`, `patches(view, plan)`, `ledgers(view, plan)`, `talks(view)` and `voyages(view)`: values of
    `game.core.staff`. `DESIGN` gives the keys that a scenario may write into `tables.CHAPTER`, each with its form
    (`game.core.design`); without it any key will do.
    """

    __doc__: str | None

    @property
    def __name__(self) -> str: ...
    @property
    def ORDERS(self) -> tuple[type[Order], ...]: ...  # noqa: N802
    @property
    def PARTS(self) -> Mapping[str, type[Row]]: ...  # noqa: N802
    @property
    def PHASES(self) -> Mapping[str, Phase]: ...  # noqa: N802
    @property
    def ASKS(self) -> Mapping[str, Ask]: ...  # noqa: N802

    def options(self, view: View) -> Iterable[Template]: ...
    def fault(self, view: View, plan: Plan, order: Any) -> Refusal | None: ...
    def doubt(self, view: View, plan: Plan) -> Iterable[Doubt]: ...


def _damage(view: View, subject: str) -> int:
    place = view.places.get(subject)
    return 0 if place is None else max(0, place.runway) + max(0, place.port) + max(0, place.radar)


def _tally(view: View, subject: str) -> int:
    found = view.tallies.get(f"{view.seat}.{subject}")
    return 0 if found is None else found.n


#: What a contingency may watch (K4): damage levels at a place, own counts, contacts held at a place.
TRIPS: Mapping[str, Trip] = {
    "damage": _damage,
    "tally": _tally,
    "contacts": lambda view, subject: sum(c.at == subject for c in view.contacts.values()),
}


class Rulebook:
    """The chapters of one game, in the sequence that the composition root hands in."""

    def __init__(self, chapters: Sequence[Chapter], names: Iterable[str] | None = None) -> None:
        wanted = None if names is None else set(names)
        self.chapters: tuple[Chapter, ...] = tuple(c for c in chapters if wanted is None or chapter_name(c) in wanted)
        self.phases: dict[str, Phase] = {}
        self.asks: dict[str, Ask] = {}
        self.orders: dict[str, type[Order]] = {}
        self.parts: dict[str, type[Row]] = {}
        self.owner: dict[type[Order], Chapter] = {}
        self._rungs: dict[type[Order], Callable[[View, Order], int]] = {}
        for chapter in self.chapters:
            name = chapter_name(chapter)
            self.phases.update({f"{name}.{k}": v for k, v in chapter.PHASES.items()})
            self.asks.update({f"{name}.{k}": v for k, v in chapter.ASKS.items()})
            self.parts.update({f"{name}.{k}": v for k, v in chapter.PARTS.items()})
            judge = getattr(chapter, "rung", None)
            for order in chapter.ORDERS:
                self.orders[order.VERB] = order
                self.owner[order] = chapter
                if judge is not None:
                    self._rungs[order] = judge

    def options(self, view: View) -> Iterator[Template]:
        """Everything that this seat may order now, chapter by chapter; answers to questions are not in it."""
        for chapter in self.chapters:
            yield from chapter.options(view)

    def rung(self, view: View, order: Order) -> int:
        """The escalation rung that `order` needs (game.md §3)."""
        judge = self._rungs.get(type(order))
        return judge(view, order) if judge else order.RUNG

    def fault(self, view: View, plan: Plan, order: Order) -> Refusal | None:
        """Why `order` can't be given as part of `plan`, or None. Staff points are judged on the whole plan."""
        chapter = self.owner.get(type(order))
        if order.seat != view.seat or plan.seat != view.seat:
            return _refuse("K2", "not_yours", order, seat=view.seat)
        if chapter is None:
            return _refuse("K2", "unknown_order", order, verb=order.VERB)
        rung = self.rung(view, order)
        if rung > plan.roe:
            return _refuse("K3", "above_roe", order, rung=rung, roe=plan.roe)
        return chapter.fault(view, plan, order)

    def faults(self, view: View, plan: Plan) -> tuple[Refusal, ...]:
        """Everything wrong with a plan, at once; empty when it may be sealed."""
        return tuple(self._faults(view, plan))

    def _faults(self, view: View, plan: Plan) -> Iterator[Refusal]:
        if plan.seat != view.seat:
            yield Refusal("K2", say("kernel.plan_not_yours", seat=view.seat), say("kernel.plan_not_yours.do"))
            return
        have, cost = view.own.staff, plan.cost()
        if cost > have:
            yield Refusal("K1", say("kernel.staff", cost=cost, have=have), say("kernel.staff.do"))
        if len(plan.intent) > INTENT_LETTERS or "\n" in plan.intent:
            yield Refusal("K5", say("kernel.intent", most=INTENT_LETTERS), say("kernel.intent.do"))
        if not 0 <= plan.roe <= 9:
            yield Refusal("K3", say("kernel.roe", roe=plan.roe), say("kernel.roe.do"))
        ids = [o.id for o in plan.orders]
        several = len(set(ids)) < len(ids)
        for order in plan.orders:
            if several and ids.count(order.id) > 1:
                yield _refuse("K2", "twice", order)
            if order.ASKED:
                yield _refuse("K7", "not_asked", order)
            elif (refusal := self.fault(view, plan, order)) is not None:
                yield attrs.evolve(refusal, order=order.id)
        for answer in plan.standing:
            if not answer.ASKED:
                yield _refuse("K7", "not_an_answer", answer)
            elif answer.seat != view.seat or type(answer) not in self.owner:
                yield _refuse("K2", "not_yours", answer, seat=view.seat)
        yield from self._contingency_faults(view, plan)

    def _contingency_faults(self, view: View, plan: Plan) -> Iterator[Refusal]:
        if len(plan.contingencies) > CONTINGENCIES:
            yield Refusal("K4", say("kernel.contingencies", most=CONTINGENCIES), say("kernel.drop_one"))
        for c in plan.contingencies:
            watched = c.trigger.subject
            seen = watched in view.places if c.trigger.measure != "tally" else True
            if c.trigger.measure not in TRIPS or not seen or c.trigger.least < 1:
                yield _refuse("K4", "trigger", c.order, measure=c.trigger.measure, subject=watched)
            elif c.order.seat != view.seat or type(c.order) not in self.owner or c.order.ASKED:
                yield _refuse("K2", "not_yours", c.order, seat=view.seat)
            elif (rung := self.rung(view, c.order)) > plan.roe:
                yield _refuse("K3", "above_roe", c.order, rung=rung, roe=plan.roe)

    def doubts(self, view: View, plan: Plan) -> tuple[Doubt, ...]:
        """Advice on a plan, kept apart from refusals."""
        return tuple(d for chapter in self.chapters for d in chapter.doubt(view, plan))

    def proposals(self, view: View, temper: Temper) -> Iterator[Proposal]:
        return self._gathered("propose", view, temper)

    def forecasts(self, view: View, plan: Plan) -> tuple[Forecast, ...]:
        """What the chapters' staffs expect of a plan: exact odds, kept where they were asked for before."""
        return tuple(self._gathered("forecast", view, plan))

    def rings(self, view: View) -> tuple[Ring, ...]:
        """How far everything reaches that this seat knows of."""
        return tuple(self._gathered("rings", view))

    def standing(self, view: View) -> tuple[Template, ...]:
        """The answers that may stand in this seat's plan for when a phase asks (K7)."""
        return tuple(self._gathered("standing", view))

    def traces(self, view: View, plan: Plan) -> tuple[Trace, ...]:
        """Loads on lanes under a plan, for the map's supply layer."""
        return tuple(self._gathered("traces", view, plan))

    def patches(self, view: View, plan: Plan) -> tuple[Patch, ...]:
        """What holds for whole zones and places under a plan, for the map's layers."""
        return tuple(self._gathered("patches", view, plan))

    def ledgers(self, view: View, plan: Plan) -> tuple[Ledger, ...]:
        """The tables that a seat's staff keeps."""
        return tuple(self._gathered("ledgers", view, plan))

    def voyages(self, view: View) -> tuple[Voyage, ...]:
        """What is under way or still to come, as far as this seat knows, for the map."""
        return tuple(self._gathered("voyages", view))

    def talks(self, view: View) -> tuple[Talk, ...]:
        """With whom this seat may talk this turn, and how."""
        return tuple(self._gathered("talks", view))

    def _gathered(self, what: str, *about: Any) -> Iterator[Any]:
        """What every chapter that defines `what` gives, in sequence."""
        for chapter in self.chapters:
            give = getattr(chapter, what, None)
            if give is not None:
                yield from give(*about)

    def reply(self, view: View, question: Question, temper: Temper) -> Order | None:
        """The doctrine's answer to a question; None leaves it to the standing answer."""
        judge = getattr(self.owner.get(question.template.order), "reply", None)
        return judge(view, question, temper) if judge else None


def chapter_name(chapter: Chapter) -> str:
    """The last part of the module's name: "missile_defense"."""
    return chapter.__name__.rpartition(".")[2]


def _refuse(rule: str, what: str, order: Order, **values: Any) -> Refusal:
    return Refusal(
        rule, say(f"kernel.{what}", order=order.id, **values), say(f"kernel.{what}.do", **values), order.id
    )
