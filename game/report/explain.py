"""One event as words: what happened, from which inputs, by which draw, to which effect, under which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from game.core.events import Add, Drop, Effect, Input, Make, Put, Roll
from game.core.model import UNKNOWN
from game.core.orders import Order
from game.core.supply import CROSSINGS, SHIPMENTS
from game.core.words import say
from game.words import Names, text
from game.words.fill import percent, points
from game.words.load import sentence, term

PPM = 1_000_000
#: Anti-ship missiles without an id of their own, as stocks name them.
ANTISHIP = "antiship"
_SEAT = re.compile(r"_([A-Z]{2})$")


@attrs.frozen(slots=True)
class Speech:
    """In which words to speak: names for ids, a language, and the rules by number."""

    names: Names
    rules: Mapping[str, str]
    language: str = "en"

    def say(self, id: str, /, **values: int | str | bool) -> str:
        return text(say(id, **values), self.language, self.names)


def input_line(given: Input, speech: Speech) -> str:
    """ "upper layer, SM-3, shoot-shoot: chance that a round kills 50 % (SM-3)"."""
    head, _, rest = given.name.partition(".")
    before, _, last = given.name.rpartition(".")
    language = speech.language
    if sentence(f"inputs.{last}", language):
        prefix = ", ".join(_part(part, speech) for part in before.split(".") if part)
        words = speech.say(f"inputs.{last}", value=_known(given.value, speech))
    elif rest and sentence(f"inputs.{head}", language):
        prefix, words = "", speech.say(f"inputs.{head}", value=_known(given.value, speech), rest=rest)
    else:
        prefix = ""
        plain = _SEAT.sub(lambda found: f" {term('seat', found[1], language)}", given.name)
        words = f"{plain.replace('_', ' ').replace('.', ', ')}: {_known(given.value, speech)}"
    source = speech.names.known(given.source, language)
    return f"{prefix + ': ' if prefix else ''}{words}{f' ({source})' if source else ''}"


def _part(part: str, speech: Speech) -> str:
    for kind in ("layer", "doctrine", "class"):
        word = term(kind, part, speech.language)
        if word != part:
            return word
    return speech.names.any(part, speech.language).replace("_", " ")


def _known(value: int | str | bool, speech: Speech) -> int | str:
    """A value for people: names for ids, yes and no for flags."""
    if isinstance(value, bool):
        return term("flag", "yes" if value else "no", speech.language)
    if isinstance(value, int):
        return value
    return speech.names.any(value, speech.language)


def roll_line(roll: Roll, speech: Speech) -> str:
    """A draw read through its odds: "3; 3 or more had a chance of 27 %, 3 alone 12 %"."""
    way = _worse(roll)
    if way == "more":
        return speech.say("report.roll_more", result=roll.result, up_to=roll.up_to, chance=roll.chance)
    if way == "fewer":
        return speech.say("report.roll_fewer", result=roll.result, up_to=roll.up_to, chance=roll.chance)
    if roll.up_to >= PPM:
        return speech.say("report.roll_best", result=roll.result.replace("/", " of "), chance=roll.chance)
    return speech.say("report.roll", result=roll.result.replace("/", " of "), up_to=roll.up_to)


def _worse(roll: Roll) -> str:
    """Which way worse lies: outcomes stand worst first."""
    numbers = [int(label) for label, _ in roll.odds if label.lstrip("-").isdigit()]
    if len(numbers) < 2 or len(numbers) != len(roll.odds) or not roll.result.isdigit():
        return ""
    return "more" if numbers[0] > numbers[-1] else "fewer"


def odds_line(roll: Roll, speech: Speech) -> str:
    """The chances of the outcomes as the table prints them, worst first; "" where the event brought none."""
    if not roll.odds:
        return ""
    return speech.say("report.odds", odds=" · ".join(f"{label}: {percent(ppm)}" for label, ppm in roll.odds))


def effect_line(fx: Effect, speech: Speech) -> str:
    """ "Aegis Group Sasebo (J01): rounds -12"."""
    what = "" if fx.table in ("counters", "tallies") else f"{fx.table.rpartition('.')[2].replace('_', ' ')}, "
    name = f"{what}{_row_name(fx, speech)}"
    if isinstance(fx, Add):
        field = "" if fx.table == "tallies" else f"{fx.field.replace('_', ' ')} "
        n = points(abs(fx.n)) if in_points(fx.table, fx.key, fx.field, speech) else abs(fx.n)
        return f"{name}: {field}{'+' if fx.n >= 0 else '−'}{n}"
    if isinstance(fx, Put):
        counts = in_points(fx.table, fx.key, fx.field, speech)
        value = points(int(fx.value)) if counts else _choice(fx.field, fx.value, speech)
        return f"{name}: {fx.field.replace('_', ' ')} = {value}"
    if isinstance(fx, Drop):
        return speech.say("report.dropped", name=name)
    return speech.say("report.made", name=name, row=row_text(fx.row, speech, fx.key, fx.table))


def in_points(table: str, key: str, field: str, speech: Speech) -> bool:
    """Whether a number counts hundredths of a supply point: what counters carry, goods but rounds."""
    if table in ("stocks", SHIPMENTS):
        return field in ("amount", "sent") and not {*speech.names.munitions, ANTISHIP} & {*key.split(".")}
    return (table, field) in (("counters", "supply"), (CROSSINGS, "amount"))


def _row_name(fx: Effect, speech: Speech) -> str:
    """What a row is called: a tally by whose, of what and where, a contact by its label, the rest by its key."""
    if fx.table == "contacts":
        return speech.names.contact(fx.key, speech.language)
    if fx.table == "tallies":
        seat, _, rest = fx.key.partition(".")
        kind, _, detail = rest.partition(".")
        words = (speech.names.seat(seat, speech.language), kind, speech.names.any(detail, speech.language))
        return " ".join(word for word in words if word)
    if fx.table in ("stocks", SHIPMENTS) and fx.key.count(".") > 1:
        seat, place, goods = fx.key.split(".")[:3]
        where = " > ".join(speech.names.place(part, speech.language) for part in place.split(">"))
        what = term("goods", goods, speech.language)
        what = what if what != goods else speech.names.munitions.get(goods, goods)
        return ", ".join((speech.names.seat(seat, speech.language), where, what))
    return _thing(fx.key, speech)


def _thing(key: str, speech: Speech) -> str:
    name = speech.names.any(key, speech.language)
    if name != key:
        return name
    seat, dot, rest = key.partition(".")
    if dot and seat in speech.names.seats:
        return f"{speech.names.seat(seat, speech.language)} {rest.replace('.', ' ')}"
    return key


def row_text(row: Any, speech: Speech, key: str = "", table: str = "") -> str:
    """A row's values in a line, unknown and empty ones left out, and what its key says already."""
    out = []
    for field in attrs.fields(type(row)):
        value = getattr(row, field.name)
        if field.name != "owner" and value not in ("", (), UNKNOWN, key.rpartition(".")[2] or UNKNOWN):
            counts = in_points(table, key, field.name, speech)
            told = points(value) if counts else _choice(field.name, value, speech)
            out.append(f"{field.name.replace('_', ' ')} {told}")
    return ", ".join(out)


def order_text(order: Order, speech: Speech) -> str:
    """An order in a line: what, who or where, and each choice made in it."""
    choices = []
    for name in (field.name for field in attrs.fields(type(order))[2:]):
        value = getattr(order, name)
        if value != "":
            choices.append(f"{name} {_choice(name, value, speech)}")
    head = speech.names.order(order.id, speech.language)
    return f"{head}, {', '.join(choices)}" if choices else head


def _choice(name: str, value: Any, speech: Speech) -> str:
    if isinstance(value, tuple):
        return ", ".join(_choice(name, part, speech) for part in value)
    if isinstance(value, str) and (word := term(name, value, speech.language)) != value:
        return word
    return str(_known(value, speech))


def opened(
    rule: str,
    words: str,
    inputs: tuple[Input, ...],
    rolls: tuple[Roll, ...],
    effects: tuple[Effect, ...],
    speech: Speech,
    *,
    truth: bool,
) -> Iterator[tuple[int, str]]:
    """Everything that an event has to say, as (indent, line). A draw's name tells of what it settled, which a seat
    may not know: it is for the truth alone."""
    yield 0, words
    if inputs:
        yield 1, speech.say("report.inputs")
        for given in inputs:
            yield 2, input_line(given, speech)
    for roll in rolls:
        yield 1, roll_line(roll, speech)
        chances = odds_line(roll, speech)
        if chances:
            yield 2, chances
        yield 2, speech.say("report.draw", key=roll.key if truth else "", value=roll.value)
    # A running count that begins at nothing is no news; what is added to it is.
    shown = [fx for fx in effects if not (isinstance(fx, Make) and fx.table == "tallies")]
    if shown:
        yield 1, speech.say("report.effects")
        for fx in shown:
            yield 2, effect_line(fx, speech)
    if rule in speech.rules:
        yield 1, speech.say("report.rule", rule=rule)
        yield 2, speech.rules[rule]


__all__ = [
    "Speech",
    "effect_line",
    "input_line",
    "odds_line",
    "opened",
    "order_text",
    "roll_line",
    "row_text",
]
