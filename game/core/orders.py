"""Orders, and the plan that a seat seals. An order is a value with an id of its own ("JP.deploy.J01"): a second
order of the same kind on the same subject replaces the first, and luck and replay hang on the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, ClassVar, TypeVar

import attrs

from game.core.ids import Seat
from game.core.words import Message, Value

#: At most this many contingency orders in a plan, and words in its line of intent (game.md §2).
CONTINGENCIES = 2
INTENT_LETTERS = 200
#: A standing rule of engagement of this rung lets a seat's units do whatever their orders say.
NO_LIMIT = 9


@attrs.frozen(slots=True)
class Order:
    """Base of every order. `COST` is in staff points; `RUNG` the escalation rung it needs (game.md §3).

    `ASKED` orders answer a phase that asks (the Alarm): they may stand in a plan as its standing defaults only.
    `OPEN` fields take a line of one's own words, too, beside those of a template's domain.
    """

    VERB: ClassVar[str] = ""
    COST: ClassVar[int] = 1
    RUNG: ClassVar[int] = 0
    ASKED: ClassVar[bool] = False
    OPEN: ClassVar[tuple[str, ...]] = ()

    seat: Seat
    subject: str

    @property
    def id(self) -> str:
        return f"{self.seat}.{self.VERB}.{self.subject}"


O = TypeVar("O", bound=Order)  # noqa: E741 - the field's own letter for an order type


@attrs.frozen(slots=True)
class Template:
    """What may be ordered: an order class, a subject, and for each field its finite domain, best guess first.

    Screens draw forms from templates, players choose from them, fuzzers walk them.
    """

    order: type[Order]
    seat: Seat
    subject: str
    domains: tuple[tuple[str, tuple[Value, ...]], ...] = ()

    def fill(self, **choice: Value) -> Order:
        """An order with these choices; a field left out takes the first value of its domain."""
        values = {name: choice.get(name, domain[0]) for name, domain in self.domains}
        return self.order(self.seat, self.subject, **values)

    def __len__(self) -> int:
        n = 1
        for _, domain in self.domains:
            n *= len(domain)
        return n

    def __iter__(self) -> Iterator[Order]:
        names = [name for name, _ in self.domains]
        for values in product(*(domain for _, domain in self.domains)):
            yield self.order(self.seat, self.subject, **dict(zip(names, values, strict=True)))

    def domain(self, name: str) -> tuple[Value, ...]:
        return dict(self.domains)[name]


@attrs.frozen(slots=True)
class Trigger:
    """A closed condition over the seat's own View: `measure` of `subject` is at least `least`."""

    measure: str
    subject: str
    least: int


@attrs.frozen(slots=True)
class Contingency:
    """If `trigger` holds after a pulse, `order` is given for the next one, judged again as it stands then."""

    trigger: Trigger
    order: Order


@attrs.frozen(slots=True)
class Plan:
    """Everything a seat seals for a turn. `roe` is the highest rung that its units may use; `standing` holds the
    answers it gives when a phase asks and nobody answers; `why` gives a reason for an order id."""

    seat: Seat
    orders: tuple[Order, ...] = ()
    roe: int = NO_LIMIT
    contingencies: tuple[Contingency, ...] = ()
    standing: tuple[Order, ...] = ()
    intent: str = ""
    why: tuple[tuple[str, Message], ...] = ()

    def having(self, order: Order) -> Plan:
        """This plan with `order` in it, in place of one with the same id."""
        kept = tuple(o for o in self.orders if o.id != order.id)
        return attrs.evolve(self, orders=(*kept, order))

    def without(self, order_id: str) -> Plan:
        return attrs.evolve(self, orders=tuple(o for o in self.orders if o.id != order_id))

    def cost(self) -> int:
        """Staff points spent; a contingency costs its order's price, since the staff writes it all the same."""
        return sum(o.COST for o in self.orders) + sum(c.order.COST for c in self.contingencies)


@attrs.frozen(slots=True)
class Refusal:
    """Why an order can't be given: the rule, the reason and the remedy."""

    rule: str
    reason: Message
    remedy: Message
    order: str = ""


@attrs.frozen(slots=True)
class Doubt:
    """Advice: legal, but does it make sense? ("you escort a convoy nobody sends")"""

    rule: str
    message: Message
    order: str = ""


class Book:
    """The sealed orders of all seats in canonical sequence (by id), whoever sealed first.

    An order is open until an event settles it. A Book is a value: `settled` and `with_order` return another.
    """

    __slots__ = ("_by_class", "orders", "plans")

    def __init__(self, plans: Mapping[Seat, Plan], orders: Iterable[Order] | None = None) -> None:
        self.plans = plans
        if orders is None:
            orders = (o for p in plans.values() for o in p.orders)
        by_id = {o.id: o for o in orders}
        self.orders: dict[str, Order] = {id: by_id[id] for id in sorted(by_id)}
        self._by_class: dict[type[Order], tuple[Any, ...]] = {}

    def of(self, order: type[O]) -> tuple[O, ...]:
        """Open orders of one class, in canonical sequence."""
        found = self._by_class.get(order)
        if found is None:
            found = tuple(o for o in self.orders.values() if type(o) is order)
            self._by_class[order] = found
        return found

    def settled(self, ids: set[str]) -> Book:
        if not ids:
            return self
        rest = Book(self.plans, ())
        rest.orders = {k: o for k, o in self.orders.items() if k not in ids}
        return rest

    def with_orders(self, orders: Iterable[Order]) -> Book:
        return Book(self.plans, {**self.orders, **{o.id: o for o in orders}}.values())

    def plan(self, seat: Seat) -> Plan:
        return self.plans.get(seat) or Plan(seat)
