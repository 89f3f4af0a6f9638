"""Who may see what, written a second time from the words of `model` alone: the measure that `view` is held to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from game.core.ids import Seat, pair
from game.core.model import UNKNOWN, Row, State, changed
from game.core.setting import Board

POOLED_LOGISTICS = 2  # facts C8: G2 shares stocks


def may_see(state: State, seat: Seat, row: Row, mark: str) -> bool:
    """Whether `seat` may see what bears `mark` on `row`."""
    board = state.setting.board
    if mark == "public":
        return True
    if mark == "hidden" or not seat:
        return False
    if seat in row.owners:
        return True
    friends = [o for o in row.owners if o and board.coalition.get(o) == board.coalition.get(seat, o + "?")]
    if mark == "ally":
        return bool(friends)
    pacts = [state.pacts[pair(seat, o)] for o in friends if pair(seat, o) in state.pacts]
    return mark == "pooled" and any(p.logistics >= POOLED_LOGISTICS for p in pacts)


def marks(row: type[Row]) -> Mapping[str, str]:
    return {a.name: a.metadata["mark"] for a in attrs.fields(row)}


def blank(row: Row, field: str) -> Any:
    """What stands where a seat may not look."""
    value = getattr(row, field)
    return False if isinstance(value, bool) else UNKNOWN if isinstance(value, int) else ""


def other(row: Row, field: str) -> Any:
    """Another value that the field may have."""
    value = getattr(row, field)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        most = attrs.fields_dict(type(row))[field].metadata["most"]
        return value + 1 if most is None or value < most else value - 1
    return f"{value}x"


def scrambled(state: State, seat: Seat) -> State:
    """`state` with everything changed that `seat` may not see: fields, rows, and rows that were not there."""
    tables: dict[str, dict[str, Any]] = {}
    for name, table in state.tables():
        out: dict[str, Any] = {}
        for n, (key, row) in enumerate(table.items()):
            if may_see(state, seat, row, type(row).SEEN):
                unseen = [f for f, mark in marks(type(row)).items() if not may_see(state, seat, row, mark)]
                out[key] = changed(row, {f: other(row, f) for f in unseen}) if unseen else row
                continue
            if n % 3:  # every third such row is gone
                out[key] = changed(row, {f: other(row, f) for f in marks(type(row)) if f not in OWNERS})
            out[f"{key}'"] = row  # and each has a twin
        tables[name] = dict(sorted(out.items()))
    parts = {name: table for name, table in tables.items() if name in state.parts and table}
    core: dict[str, Any] = {k: t for k, t in tables.items() if k not in state.parts}
    return attrs.evolve(state, parts=parts, **core)


#: Fields that say whose a row is.
OWNERS = ("owner", "partner")


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep, keys of dicts among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from texts(inner)
    elif attrs.has(type(value)) and not isinstance(value, Board):
        for field in attrs.fields(type(value)):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, int):
        yield str(value)


def difference(one: Any, other: Any, path: str = "") -> str:
    """Where two values differ first, in a line; "" when they are equal."""
    if one == other:
        return ""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [k for k in {**one, **other} if one.get(k, ...) != other.get(k, ...)]
        return difference(one.get(keys[0]), other.get(keys[0]), f"{path}[{keys[0]}]") if keys else f"{path} (order)"
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        at = next(n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        return difference(one[at], other[at], f"{path}[{at}]")
    if attrs.has(type(one)) and type(one) is type(other):
        names = [a.name for a in attrs.fields(type(one)) if a.eq and getattr(one, a.name) != getattr(other, a.name)]
        return difference(getattr(one, names[0]), getattr(other, names[0]), f"{path}.{names[0]}")
    return f"{path}: {str(one)[:300]} is not {str(other)[:300]}"


_WORD = re.compile(r"[A-Za-z0-9]+")


def words(value: Any) -> set[str]:
    return {word for text in texts(value) for word in _WORD.findall(text)}
