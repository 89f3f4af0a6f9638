"""Values into sentences: `str.format` with the few extra forms that `game.words` tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from string import Formatter

from game.core.words import Value

Term = Callable[[str, str], str]


def _formed(value: Value, spec: str, term: Term) -> str:
    if spec == "":
        return str(value)
    if spec == "s":
        return "" if value == 1 else "s"
    if spec.startswith("="):
        return ", ".join(term(spec[1:], code) for code in str(value).split())
    if spec.startswith("~"):
        return _as_written(str(value), spec[1:], term)
    if spec == "%":
        return percent(int(value))
    if spec == "milli":
        return milli(int(value))
    if spec == "points":
        return points(int(value))
    if "|" in spec:
        one, _, many = spec.partition("|")
        return one if value == 1 else many
    return format(value, spec)


def _as_written(words: str, kind: str, term: Term) -> str:
    """The sentence of a code, or words that a person wrote: square brackets round, so that they name nothing."""
    found = term(kind, words)
    return found if found != words else words.replace("[", "(").replace("]", ")")


def _split(spec: str) -> tuple[str, str]:
    """The two arms of a conditional text: a bar inside braces belongs to the arm."""
    depth = 0
    for at, letter in enumerate(spec):
        depth += (letter == "{") - (letter == "}")
        if letter == "|" and not depth:
            return spec[:at], spec[at + 1 :]
    return spec, ""


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


def points(hundredths: int) -> str:
    """Hundredths of a supply point as a table prints them, never rounded up: "12.4"."""
    return f"{'-' if hundredths < 0 else ''}{abs(hundredths) // 100}.{abs(hundredths) % 100 // 10}"


def filled(sentence: str, values: Mapping[str, Value], term: Term) -> str | None:
    """The sentence with its values; None if it asks for one that is not there or is not well formed."""
    try:
        return "".join(_pieces(sentence, values, term))
    except (KeyError, ValueError, TypeError):
        return None


def _pieces(sentence: str, values: Mapping[str, Value], term: Term) -> Iterator[str]:
    """Plain names only, no attributes and no items: a word file can reach nothing but the values."""
    for literal, name, spec, _ in Formatter().parse(sentence):
        yield literal
        if name is None:
            continue
        value = values[name]
        if spec and spec.startswith("?"):
            yes, no = _split(spec[1:])
            yield from _pieces(yes if _is_there(value) else no, values, term)
        elif spec and "{" in spec:
            arms = _split(spec)
            yield from _pieces(arms[value != 1], values, term)
        else:
            yield _formed(value, spec or "", term)
