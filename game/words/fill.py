"""Values into sentences: `str.format` with the few extra forms that `game.words` tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any

from game.core.words import Value

Term = Callable[[str, str], str]


class _Filler(Formatter):
    """`str.format` over plain names: no attributes, no items, so a word file can reach nothing but the values."""

    def __init__(self, term: Term) -> None:
        self.term = term

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return _formed(value, format_spec, self.term)


def _formed(value: Value, spec: str, term: Term) -> str:
    if spec == "":
        return str(value)
    if spec == "s":
        return "" if value == 1 else "s"
    if spec.startswith("?"):
        yes, _, no = spec[1:].partition("|")
        return yes if _is_there(value) else no
    if spec.startswith("="):
        return ", ".join(term(spec[1:], code) for code in str(value).split())
    if spec == "%":
        return percent(int(value))
    if spec == "milli":
        return milli(int(value))
    if "|" in spec:
        one, _, many = spec.partition("|")
        return one if value == 1 else many
    return format(value, spec)


def _is_there(value: Value) -> bool:
    return value > 0 if isinstance(value, int) else bool(value)


def percent(ppm: int) -> str:
    """Parts per million as people say them: "27 %", "0.4 %", "less than 0.01 %"."""
    if ppm <= 0:
        return "0 %"
    if ppm < 100:
        return "less than 0.01 %"
    if ppm > 999_900 and ppm < 1_000_000:
        return "more than 99.99 %"
    if ppm < 10_000 or 990_000 < ppm < 1_000_000:
        hundredths = (ppm + 50) // 100
        return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".") + " %"
    return f"{(ppm + 5_000) // 10_000} %"


def milli(thousandths: int) -> str:
    """Thousandths as a decimal with one place: "1.2"."""
    tenths = (abs(thousandths) + 50) // 100
    return f"{'-' if thousandths < 0 and tenths else ''}{tenths // 10}.{tenths % 10}"


def filled(sentence: str, values: Mapping[str, Value], term: Term) -> str | None:
    """The sentence with its values; None if it asks for one that is not there or is not well formed."""
    try:
        return _Filler(term).vformat(sentence, (), values)
    except (KeyError, ValueError, IndexError, TypeError):
        return None
