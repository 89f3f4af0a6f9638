"""What plain JSON may hold in a save: whole numbers, texts, flags, lists. The checks, and the two ends of a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

#: Whole numbers in a save lie between these: 64 bits, signed below and unsigned above (draws).
LOW, HIGH = -(2**63), 2**64 - 1


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


def dumps(value: Any) -> str:
    """One line of compact JSON; CodecFault for a text that no file can hold (half a character)."""
    out = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        out.encode()
    except UnicodeEncodeError:
        raise CodecFault("a text holds half a character; type it again") from None
    return out


def _no_fraction(_: str) -> Any:
    raise CodecFault("a fraction or a number that is none; only whole numbers stand in a save")


def loads(line: bytes | str) -> Any:
    """What a line of JSON says. Fractions, NaN, deep nesting and half characters are a CodecFault."""
    try:
        raw = line if isinstance(line, str) else line.decode()
        value = json.loads(raw, parse_float=_no_fraction, parse_constant=_no_fraction)
        if "\\u" in raw and "\\ud" in raw.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError:
        raise CodecFault("a text holds half a character or is not UTF-8") from None
    except RecursionError:
        raise CodecFault("lists nested too deep") from None
    except ValueError:
        raise CodecFault("this is not JSON") from None
    return value
