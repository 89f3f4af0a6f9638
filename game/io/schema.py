"""What a save says of its own columns, once, in its header.

Rows and orders stand in a save as bare lists of values. Their column names, kinds and marks stand in the header, so
that a save can be read for ever: where today's classes have the same columns they are used, and where they do not, or
the chapter is gone, a plain class is made from the header's own words. That is how old saves replay without rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from keyword import iskeyword
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from game.core.model import CORE_TABLES, MARKS, Row
from game.core.orders import Order
from game.core.rulebook import Rulebook

#: Whole numbers in a save lie between these: 64 bits, signed below and unsigned above (draws).
LOW, HIGH = -(2**63), 2**64 - 1

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?")
_MOST_COLUMNS = 60
_TAKEN = frozenset({"owners", "id"})


class CodecFault(Exception):  # noqa: N818 - the house calls what is wrong with a file a fault
    """A value that is not what its place asks for. `path` leads to it: names, and numbers for places in a list."""

    def __init__(self, reason: str, *path: str | int) -> None:
        self.reason = reason
        self.path = path
        super().__init__(reason, *path)

    def under(self, *place: str | int) -> CodecFault:
        return CodecFault(self.reason, *place, *self.path)

    def __str__(self) -> str:
        where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in self.path).lstrip(".")
        return f"{where}: {self.reason}" if where else self.reason


def whole(value: Any) -> int:
    if type(value) is not int:
        raise CodecFault(f"a whole number is wanted, not {kind_of(value)}")
    if not LOW <= value <= HIGH:
        raise CodecFault("a whole number of at most 64 bits is wanted")
    return value


def text(value: Any) -> str:
    if type(value) is not str:
        raise CodecFault(f"a text is wanted, not {kind_of(value)}")
    return value


def flag(value: Any) -> bool:
    if type(value) is not bool:
        raise CodecFault(f"true or false is wanted, not {kind_of(value)}")
    return value


def scalar(value: Any) -> int | str | bool:
    if type(value) is int:
        return whole(value)
    if type(value) in (str, bool):
        return value  # type: ignore[no-any-return]
    raise CodecFault(f"a whole number, a text or true or false is wanted, not {kind_of(value)}")


def _several(one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if type(value) not in (list, tuple):
            raise CodecFault(f"a list is wanted, not {kind_of(value)}")
        out = []
        for i, v in enumerate(value):
            try:
                out.append(one(v))
            except CodecFault as fault:
                raise fault.under(i) from None
        return tuple(out)

    return read


def kind_of(value: Any) -> str:
    """What a JSON value is, for people; never the value itself, which may be long or secret."""
    names = {bool: "true or false", int: "a whole number", float: "a fraction", str: "a text", list: "a list"}
    return "nothing" if value is None else names.get(type(value), "an object")


#: Kinds of column: what each reads. A tuple is written as a list.
KINDS: Mapping[str, Callable[[Any], Any]] = {
    "int": whole,
    "str": text,
    "bool": flag,
    "value": scalar,
    "ints": _several(whole),
    "strs": _several(text),
    "values": _several(scalar),
    "lists": _several(_several(scalar)),
}
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

    @staticmethod
    def of(cls: type[Any], columns: tuple[Column, ...], about: tuple[tuple[str, Any], ...]) -> Layout:
        names = tuple(c.name for c in columns)
        get = attrgetter(*names) if len(names) > 1 else lambda x: (getattr(x, names[0]),)
        plain = all(c.kind in _SCALARS for c in columns)
        flat = tuple(_SCALARS[c.kind] for c in columns) if plain else None
        floors = tuple((i, LOW if c.signed else 0) for i, c in enumerate(columns) if c.kind == "int")
        return Layout(cls, columns, about, get, flat, floors)

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

    def header(self) -> list[Any]:
        """[class name, constants, [column, ...]] as the header holds it."""
        return [self.cls.__name__, dict(self.about), [list(attrs.astuple(c)) for c in self.columns]]


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


def _recorded(value: Any, live: Layout | None, row: bool) -> Layout:
    """The layout that a header's entry speaks of, over today's class where that is the same."""
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
    if live is not None and (live.columns, live.about, live.cls.__name__) == (columns, consts, name):
        return live
    return Layout.of((_made_row if row else _made_order)(name, columns, about), columns, consts)


@attrs.frozen(slots=True)
class Schema:
    """The layouts of all tables, by table name, and of all orders, by verb."""

    tables: Mapping[str, Layout]
    orders: Mapping[str, Layout]

    @staticmethod
    def of(rulebook: Rulebook | None) -> Schema:
        """Today's columns: the kernel's tables, and those of the chapters in play."""
        rows: dict[str, type[Row]] = {**CORE_TABLES, **(rulebook.parts if rulebook else {})}
        orders = rulebook.orders if rulebook else {}
        tables = {}
        for name, row in rows.items():
            try:
                tables[name] = row_layout(row)
            except CodecFault as fault:
                raise fault.under(name) from None
        return Schema(tables, {verb: order_layout(cls) for verb, cls in orders.items()})

    def header(self) -> tuple[dict[str, Any], dict[str, Any]]:
        tables = {name: self.tables[name].header() for name in sorted(self.tables)}
        return tables, {verb: self.orders[verb].header() for verb in sorted(self.orders)}

    @staticmethod
    def read(tables: Any, orders: Any, live: Schema) -> Schema:
        """The columns that a header speaks of. A class of today is used only where every column is the same."""
        return Schema(_read_all("tables", tables, live.tables, True), _read_all("orders", orders, live.orders, False))

    def table(self, name: str) -> Layout:
        found = self.tables.get(name)
        if found is None:
            raise CodecFault(f"there is no table {name[:60]!r}")
        return found

    def fits(self, other: Schema, table: str) -> bool:
        """Whether rows of `table` mean the same in both."""
        return table in self.tables and table in other.tables and self.tables[table] == other.tables[table]


def _read_all(what: str, entries: Any, live: Mapping[str, Layout], row: bool) -> dict[str, Layout]:
    if type(entries) is not dict or len(entries) > 400:
        raise CodecFault("an object of at most 400 entries is wanted", what)
    out = {}
    for name, value in entries.items():
        try:
            if not _TABLE.fullmatch(name):
                raise CodecFault("a plain name is wanted")
            out[name] = _recorded(value, live.get(name), row)
        except CodecFault as fault:
            raise fault.under(what, name[:60]) from None
    if row and not set(CORE_TABLES) <= set(out):
        raise CodecFault(f"no columns for {', '.join(sorted(set(CORE_TABLES) - set(out)))}", what)
    return out
