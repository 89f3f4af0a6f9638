"""Plans, answers, events and states as plain JSON values, and back.

Everything is a bare list in field order, so that an order costs some seventy bytes; the header names the fields
(`schema`). cattrs finds the way through the types; what it may accept is said here: no bool for a whole number, no
text for a list, nothing missing, nothing left over. A wrong value is a `CodecFault` with the path that leads to it.
Reading gives back what was written: `structure(unstructure(x)) == x`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter

from game.core.digest import canonical
from game.core.events import Add, Drop, Effect, Event, Input, Make, Put, Roll
from game.core.model import CORE_TABLES, State
from game.core.orders import Contingency, Order, Plan, Trigger
from game.core.setting import Setting
from game.core.words import Message
from game.io.layout import read_column
from game.io.plain import KINDS, CodecFault, flag, kind_of, scalar, text, whole
from game.io.schema import Schema

#: The kernel's own records, with the fields that their lists hold: a header repeats them. The tests hold this
#: format's names fast; a field more is a new format.
RECORDS: tuple[type[Any], ...] = (Plan, Contingency, Trigger, Event, Input, Roll, Add, Put, Make, Drop)
NAMES = {cls.__name__: [a.name for a in attrs.fields(cls)] for cls in RECORDS}


def _tuple_reader(wanted: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    args = get_args(wanted)
    several = len(args) == 2 and args[1] is Ellipsis
    hooks = [(a, converter.get_structure_hook(a)) for a in args if a is not Ellipsis]

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise CodecFault(f"a list is wanted, not {kind_of(value)}")
        if not several and len(value) != len(hooks):
            raise CodecFault(f"a list of {len(hooks)} is wanted, not of {len(value)}")
        out: list[Any] = []
        pairs = ((v, *hooks[0]) for v in value) if several else ((v, *h) for v, h in zip(value, hooks, strict=True))
        try:
            for v, cls, hook in pairs:
                out.append(hook(v, cls))
        except CodecFault as fault:
            raise fault.under(len(out)) from None
        return tuple(out)

    return read


def _list_reader(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Reads a kernel record from its list; fields left out at the end are empty."""
    hints = get_type_hints(cls)
    fields = [(a.name, hints[a.name], converter.get_structure_hook(hints[a.name])) for a in attrs.fields(cls)]
    least = sum(a.default is attrs.NOTHING for a in attrs.fields(cls))

    def read(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise CodecFault(f"a list is wanted, not {kind_of(value)}")
        if not least <= len(value) <= len(fields):
            raise CodecFault(f"{cls.__name__}: {least} to {len(fields)} values are wanted, not {len(value)}")
        out = []
        for (name, wanted, hook), v in zip(fields, value, strict=False):
            try:
                out.append(hook(v, wanted))
            except CodecFault as fault:
                raise fault.under(name) from None
        return cls(*out)

    return read


def _tuple_writer(wanted: Any, converter: Converter) -> Callable[[Any], Any]:
    args = get_args(wanted)
    if len(args) == 2 and args[1] is Ellipsis:
        one = converter.get_unstructure_hook(args[0])
        return lambda value: [one(v) for v in value]
    hooks = [converter.get_unstructure_hook(a) for a in args]
    return lambda value: [hook(v) for hook, v in zip(hooks, value, strict=True)]


def _list_writer(cls: Any, converter: Converter) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    fields = [(a.name, a.default, converter.get_unstructure_hook(hints[a.name])) for a in attrs.fields(cls)]
    empty = sum(default is attrs.NOTHING for _, default, _ in fields)

    def write(value: Any) -> list[Any]:
        values = [getattr(value, name) for name, _, _ in fields]
        n = len(values)
        while n > empty and values[n - 1] == fields[n - 1][1]:
            n -= 1
        return [hook(v) for (_, _, hook), v in zip(fields, values[:n], strict=False)]

    return write


def _read_message(value: Any, _: Any = None) -> Message:
    """[id, name, value, name, value, ...]"""
    if type(value) is not list or len(value) % 2 == 0:
        raise CodecFault("a message is a list of an id, then names with values")
    try:
        named = tuple((text(value[i]), scalar(value[i + 1])) for i in range(1, len(value), 2))
        return Message(text(value[0]), named)
    except CodecFault as fault:
        raise fault.under("message") from None


def _write_message(message: Message) -> list[Any]:
    out: list[Any] = [message.id]
    for name, value in message.values:
        out += (name, value)
    return out


class Codec:
    """Reads and writes under one schema: the live one to play, the header's own to read an old save."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    @cached_property
    def _converter(self) -> Converter:
        """Found out at first use: states and effects, all that a replay reads, do without."""
        c = Converter(detailed_validation=False)
        c.register_structure_hook_factory(attrs.has, lambda cls: _list_reader(cls, c))
        c.register_unstructure_hook_factory(attrs.has, lambda cls: _list_writer(cls, c))
        c.register_structure_hook_factory(_is_tuple, lambda t: _tuple_reader(t, c))
        c.register_unstructure_hook_factory(_is_tuple, lambda t: _tuple_writer(t, c))
        c.register_structure_hook(int, lambda v, _: whole(v))
        c.register_structure_hook(str, lambda v, _: text(v))
        c.register_structure_hook(bool, lambda v, _: flag(v))
        c.register_structure_hook_func(lambda t: t == int | str | bool, lambda v, _: scalar(v))
        c.register_unstructure_hook_func(lambda t: t in (int, str, bool) or t == int | str | bool, lambda v: v)
        c.register_structure_hook(Message, _read_message)
        c.register_unstructure_hook(Message, _write_message)
        c.register_structure_hook_func(_is_order, lambda v, _: self.read_order(v))
        c.register_unstructure_hook_func(_is_order, self.order)
        c.register_structure_hook_func(lambda t: t == Effect, lambda v, _: self.read_effect(v))
        c.register_unstructure_hook_func(lambda t: t == Effect, self.effect)
        return c

    @cached_property
    def _read_plan(self) -> Callable[[Any, Any], Any]:
        return self._converter.get_structure_hook(Plan)

    @cached_property
    def _read_event(self) -> Callable[[Any, Any], Any]:
        return self._converter.get_structure_hook(Event)

    @cached_property
    def _plan(self) -> Callable[[Any], Any]:
        return self._converter.get_unstructure_hook(Plan)

    @cached_property
    def _event(self) -> Callable[[Any], Any]:
        return self._converter.get_unstructure_hook(Event)

    def order(self, order: Order) -> list[Any]:
        """[verb, seat, subject, field, ...]"""
        layout = self.schema.orders.get(order.VERB)
        if layout is None or layout.cls is not type(order):
            raise CodecFault(f"{order.id}: no chapter in play knows this order")
        try:
            return [order.VERB, *layout.write(order)]
        except CodecFault as fault:
            raise fault.under(order.id) from None

    def read_order(self, value: Any) -> Order:
        if type(value) is not list or not value or type(value[0]) is not str:
            raise CodecFault("an order is a list that begins with its verb")
        layout = self.schema.orders.get(value[0])
        if layout is None:
            raise CodecFault(f"no chapter in play knows the order {value[0][:40]!r}")
        try:
            return layout.read(value[1:])  # type: ignore[no-any-return]
        except CodecFault as fault:
            raise fault.under(value[0]) from None

    def plan(self, plan: Plan) -> list[Any]:
        return self._plan(plan)  # type: ignore[no-any-return]

    def read_plan(self, value: Any) -> Plan:
        return self._read_plan(value, Plan)  # type: ignore[no-any-return]

    def event(self, event: Event) -> list[Any]:
        try:
            return self._event(event)  # type: ignore[no-any-return]
        except CodecFault as fault:
            raise fault.under(f"{event.rule}.{event.subject}") from None

    def read_event(self, value: Any) -> Event:
        return self._read_event(value, Event)  # type: ignore[no-any-return]

    def read_effects(self, value: Any) -> Event:
        """An event with its names and effects alone: all that it takes to rebuild states, in a third of the time."""
        if type(value) is not list or len(value) < 4:
            raise CodecFault("an event is a list of at least 4 values")
        effects = value[6] if len(value) > 6 else []
        if type(effects) is not list:
            raise CodecFault("a list is wanted", "effects")
        done = tuple(map(self.read_effect, effects))
        return Event(text(value[0]), text(value[1]), text(value[2]), Message(""), effects=done)

    def effect(self, fx: Effect) -> list[Any]:
        layout = self.schema.table(fx.table)
        try:
            if isinstance(fx, Make):
                return ["*", fx.table, fx.key, layout.write(fx.row)]
            if isinstance(fx, Drop):
                return ["-", fx.table, fx.key]
            column = layout.column(fx.field)
            if isinstance(fx, Put):
                return ["=", fx.table, fx.key, fx.field, read_column(column, fx.value)]
            return ["+", fx.table, fx.key, fx.field, whole(fx.n)]
        except CodecFault as fault:
            raise fault.under(f"{fx.table}.{fx.key}") from None

    def read_effect(self, value: Any) -> Effect:
        if type(value) is not list or not 3 <= len(value) <= 5 or not all(type(v) is str for v in value[:3]):
            raise CodecFault("an effect is a list of a sign, a table, a key and what changes")
        sign, table, key = value[:3]
        try:
            layout = self.schema.table(table)
            if sign == "+" and len(value) == 5:
                if layout.column(value[3]).kind != "int":
                    raise CodecFault("only a count can be added to", str(value[3]))
                return Add(table, key, value[3], whole(value[4]))
            if sign == "=" and len(value) == 5:
                column = layout.column(value[3])
                return Put(table, key, column.name, read_column(column, value[4]))
            if sign == "*" and len(value) == 4:
                return Make(table, key, layout.read(value[3]))
            if sign == "-" and len(value) == 3:
                return Drop(table, key)
        except CodecFault as fault:
            raise fault.under(f"{table[:60]}.{key[:60]}") from None
        raise CodecFault(f"there is no effect {sign[:8]!r} of {len(value)} values")

    def state(self, state: State) -> str:
        """The canonical text of `state`; CodecFault if a row holds what a save cannot."""
        for name, table in state.tables():
            layout = self.schema.table(name)
            for key, row in table.items():
                try:
                    layout.write(row)
                except CodecFault as fault:
                    raise fault.under(name, key) from None
        return canonical(state)

    def read_state(self, value: Any, setting: Setting) -> State:
        if type(value) is not list or len(value) != 4 or type(value[3]) is not list:
            raise CodecFault("a state is a list of turn, pulse, hour and tables")
        when = [KINDS["int"](v) for v in value[:3]]
        if value[0] < 1 or value[1] < 0 or value[2] < 0:
            raise CodecFault("turns count from 1, pulses and hours from 0")
        core: dict[str, Any] = {name: {} for name in CORE_TABLES}
        parts: dict[str, Any] = {}
        for entry in value[3]:
            if type(entry) is not list or len(entry) != 2 or type(entry[0]) is not str or type(entry[1]) is not list:
                raise CodecFault("a table is a list of its name and rows")
            name = entry[0]
            if name in parts or core.get(name):
                raise CodecFault(f"the table {name[:60]!r} stands there twice")
            (core if name in core else parts)[name] = self._read_table(name, entry[1])
        core["parts"] = dict(sorted(parts.items()))
        return State(setting, *when, **core)

    def _read_table(self, name: str, rows: list[Any]) -> dict[str, Any]:
        layout = self.schema.table(name)
        out = {}
        for row in rows:
            if type(row) is not list or len(row) != 2 or type(row[0]) is not str:
                raise CodecFault("a row is a list of its key and values", name)
            try:
                out[row[0]] = layout.read(row[1])
            except CodecFault as fault:
                raise fault.under(name, row[0][:60]) from None
        if len(out) != len(rows):
            raise CodecFault("a key stands there twice", name)
        return out


def _is_order(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, Order)


def _is_tuple(wanted: Any) -> bool:
    origin: Any = get_origin(wanted)
    return origin is tuple
