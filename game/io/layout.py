"""How rows and orders stand in a list: one column a field, as the class says or as a save's header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from keyword import iskeyword
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from game.core.model import MARKS, Row
from game.core.orders import Order
from game.io.plain import HIGH, KINDS, LOW, CodecFault, kind_of

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_COLUMNS = 60
_TAKEN = frozenset({"owners", "id"})

_SCALARS: Mapping[str, type] = {"int": int, "str": str, "bool": bool}
_OF: Mapping[Any, str] = {
    int: "int",
    str: "str",
    bool: "bool",
    int | str | bool: "value",
    tuple[int, ...]: "ints",
    tuple[str, ...]: "strs",
}


def _kind(wanted: Any) -> str | None:
    """The kind of column that holds a field of this type; None if a save cannot hold it."""
    found = _OF.get(wanted)
    if found is not None:
        return found
    if get_origin(wanted) is Literal:
        kinds = {type(v) for v in get_args(wanted)}
        return _OF.get(kinds.pop()) if len(kinds) == 1 else None
    if get_origin(wanted) is tuple:
        inner = {_kind(a) for a in get_args(wanted) if a is not Ellipsis}
        if inner <= set(_SCALARS):
            return "values"
        return "lists" if inner <= {"ints", "strs", "values"} else None
    return None


@attrs.frozen(slots=True)
class Column:
    """One field of a row or order: its name and kind; for a row also its mark, ceiling and sign."""

    name: str
    kind: str
    mark: str = "public"
    most: int | None = None
    signed: bool = True


@attrs.frozen(slots=True)
class Layout:
    """How values of one class stand in a list. `about` holds the class's own constants, by name."""

    cls: type[Any] = attrs.field(eq=False)
    columns: tuple[Column, ...]
    about: tuple[tuple[str, Any], ...]
    get: Callable[[Any], tuple[Any, ...]] = attrs.field(eq=False, repr=False)
    flat: tuple[type, ...] | None = attrs.field(eq=False, repr=False)
    floors: tuple[tuple[int, int], ...] = attrs.field(eq=False, repr=False)
    #: [class name, constants, [column, ...]], as the header holds it.
    plain: list[Any] = attrs.field(eq=False, repr=False)

    @staticmethod
    def of(cls: type[Any], columns: tuple[Column, ...], about: tuple[tuple[str, Any], ...]) -> Layout:
        names = tuple(c.name for c in columns)
        get = attrgetter(*names) if len(names) > 1 else lambda x: (getattr(x, names[0]),)
        plain = all(c.kind in _SCALARS for c in columns)
        flat = tuple(_SCALARS[c.kind] for c in columns) if plain else None
        floors = tuple((i, LOW if c.signed else 0) for i, c in enumerate(columns) if c.kind == "int")
        header = [cls.__name__, dict(about), [list(attrs.astuple(c)) for c in columns]]
        return Layout(cls, columns, about, get, flat, floors, header)

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise CodecFault(f"there is no field {str(name)[:40]!r}")

    def read(self, values: Any) -> Any:
        """The value that a list stands for; CodecFault at the first field that is wrong."""
        if type(values) is not list:
            raise CodecFault(f"a list of {len(self.columns)} values is wanted, not {kind_of(values)}")
        if len(values) != len(self.columns):
            raise CodecFault(f"{len(self.columns)} values are wanted, not {len(values)}")
        if tuple(map(type, values)) != self.flat:
            values = [read_column(c, v) for c, v in zip(self.columns, values, strict=True)]
        for i, low in self.floors:
            if not low <= values[i] <= HIGH:
                raise CodecFault(f"a number from {low} up is wanted", self.columns[i].name)
        return self.cls(*values)

    def write(self, value: Any) -> list[Any]:
        """The list that stands for `value`; CodecFault where a chapter put something that a save cannot hold."""
        values = self.get(value)
        if tuple(map(type, values)) != self.flat:
            for column, v in zip(self.columns, values, strict=True):
                read_column(column, v)
        for i, low in self.floors:
            if not low <= values[i] <= HIGH:
                raise CodecFault(f"a number from {low} up is wanted", self.columns[i].name)
        return list(values)


def read_column(column: Column, value: Any) -> Any:
    try:
        return KINDS[column.kind](value)
    except CodecFault as fault:
        raise fault.under(column.name) from None


def _columns(cls: type[Any], row: bool) -> tuple[Column, ...]:
    hints = get_type_hints(cls)
    out = []
    for field in attrs.fields(cls):
        kind = _kind(hints[field.name])
        if kind is None:
            raise CodecFault(f"a save cannot hold {hints[field.name]}; use whole numbers, texts, flags", field.name)
        if row:
            m = field.metadata
            out.append(Column(field.name, kind, m["mark"], m["most"], m["signed"]))
        else:
            out.append(Column(field.name, kind))
    return tuple(out)


_LAYOUTS: dict[type[Any], Layout] = {}  # of today's classes, which do not change while the program runs


def row_layout(cls: type[Row]) -> Layout:
    found = _LAYOUTS.get(cls)
    if found is None:
        shared = cls.owners is not Row.owners  # a pact belongs to two
        about = (("lives", cls.LIVES), ("seen", cls.SEEN), ("shared", shared))
        found = _LAYOUTS[cls] = Layout.of(cls, _columns(cls, True), about)
    return found


def order_layout(cls: type[Order]) -> Layout:
    found = _LAYOUTS.get(cls)
    if found is None:
        about = (("asked", cls.ASKED), ("cost", cls.COST), ("rung", cls.RUNG), ("verb", cls.VERB))
        found = _LAYOUTS[cls] = Layout.of(cls, _columns(cls, False), about)
    return found


def _owner_and_partner(row: Any) -> tuple[str, ...]:
    return (row.owner, row.partner)


def _made_row(name: str, columns: tuple[Column, ...], about: Mapping[str, Any]) -> type[Any]:
    """A row class from a header's words: no chapter's code, the same columns, marks, ceilings and life."""
    fields = {
        c.name: attrs.field(metadata={"mark": c.mark, "most": c.most, "signed": c.signed}, type=_SCALARS.get(c.kind))
        for c in columns[1:]
    }
    body: dict[str, Any] = {"SEEN": about["seen"], "LIVES": about["lives"]}
    if about["shared"] and any(c.name == "partner" for c in columns):
        body["owners"] = property(_owner_and_partner)
    return attrs.make_class(name, fields, bases=(Row,), class_body=body, frozen=True, slots=True)


def _made_order(name: str, columns: tuple[Column, ...], about: Mapping[str, Any]) -> type[Any]:
    fields = {c.name: attrs.field(type=_SCALARS.get(c.kind)) for c in columns[2:]}
    body = {"VERB": about["verb"], "COST": about["cost"], "RUNG": about["rung"], "ASKED": about["asked"]}
    return attrs.make_class(name, fields, bases=(Order,), class_body=body, frozen=True, slots=True)


def _read_columns(values: Any) -> tuple[Column, ...]:
    if type(values) is not list or not 0 < len(values) <= _MOST_COLUMNS:
        raise CodecFault(f"a list of 1 to {_MOST_COLUMNS} columns is wanted")
    out = []
    for i, value in enumerate(values):
        if type(value) is not list or len(value) != 5:
            raise CodecFault("[name, kind, mark, most, signed] is wanted", i)
        name, kind, mark, most, signed = value
        # A class is made with these names, so nothing but a plain name may pass.
        if type(name) is not str or not _NAME.fullmatch(name) or iskeyword(name) or name in _TAKEN:
            raise CodecFault("a plain field name is wanted", i)
        if type(kind) is not str or kind not in KINDS or type(mark) is not str or mark not in MARKS:
            raise CodecFault("there is no such kind or mark of field", i, name)
        if (most is not None and type(most) is not int) or type(signed) is not bool:
            raise CodecFault("most is a whole number or null, signed true or false", i, name)
        out.append(Column(name, kind, mark, most, signed))
    if len({c.name for c in out}) != len(out):
        raise CodecFault("a column stands there twice")
    return tuple(out)


_ROW_ABOUT = {"lives": str, "seen": str, "shared": bool}
_ORDER_ABOUT = {"asked": bool, "cost": int, "rung": int, "verb": str}


def recorded_layout(value: Any, live: Layout | None, row: bool) -> Layout:
    """The layout that a header's entry speaks of, over today's class where that is the same."""
    if live is not None and value == live.plain:
        return live
    if type(value) is not list or len(value) != 3 or type(value[1]) is not dict:
        raise CodecFault("[class, constants, columns] is wanted")
    name, about, columns = value[0], value[1], _read_columns(value[2])
    wanted = _ROW_ABOUT if row else _ORDER_ABOUT
    if type(name) is not str or not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,39}", name) or iskeyword(name):
        raise CodecFault("a plain class name is wanted")
    if {k: type(v) for k, v in about.items()} != wanted:
        raise CodecFault(f"the constants are {', '.join(wanted)}")
    first = ("owner",) if row else ("seat", "subject")
    if tuple(c.name for c in columns[: len(first)]) != first or any(c.kind != "str" for c in columns[: len(first)]):
        raise CodecFault(f"the first columns are {' and '.join(first)}, both texts")
    if row and about["lives"] and about["lives"] not in {c.name for c in columns if c.kind == "int"}:
        raise CodecFault("the field that a row lives by is not among its counts")
    if row and about["seen"] not in MARKS:
        raise CodecFault("there is no such mark")
    consts = tuple(sorted(about.items()))
    return Layout.of((_made_row if row else _made_order)(name, columns, about), columns, consts)
