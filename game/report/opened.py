"""An event opened for a screen: its sum term by term, the draw in its odds, the effects, the rule.

The words are those of `log --why`; here they stand in a tree, so that a screen may draw odds as bars and link a
source or a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.events import Event, Input, Make, Roll, Told
from game.core.ids import Seat
from game.core.words import Message, Value
from game.report.explain import PPM, Speech, effect_line, input_line, odds_line, roll_line
from game.words import finished, term, text


@attrs.frozen(slots=True)
class Term:
    """A number or word that went in: `line` is the whole line, `words` the same without its source."""

    line: str
    words: str
    value: Value
    source: str


@attrs.frozen(slots=True)
class Chance:
    """An outcome of a draw with its chance in ppm; `drawn` marks what came."""

    label: str
    ppm: int
    drawn: bool


@attrs.frozen(slots=True)
class Draw:
    """A draw read through its odds: `chances` worst first, as the table prints them, `line` what it says in words,
    `odds` and `number` the same as lines. `up_to` is the chance in ppm of this or worse, `chance` of this alone."""

    line: str
    odds: str
    number: str
    result: str
    chance: int
    up_to: int
    chances: tuple[Chance, ...]


@attrs.frozen(slots=True)
class Opened:
    """Everything that an event has to say to given eyes. `effects`, `whole` and `hinted` are for the truth alone:
    what it changed, who saw the whole sum, who was told what instead. `paragraph` is "" if no book has the rule."""

    message: Message
    sentence: str
    rule: str
    inputs: tuple[Term, ...] = ()
    draws: tuple[Draw, ...] = ()
    effects: tuple[str, ...] = ()
    paragraph: str = ""
    whole: tuple[Seat, ...] = ()
    hinted: tuple[tuple[Seat, str], ...] = ()


def opened_for(what: Told, speech: Speech, event: Event | None = None) -> Opened:
    """What `what` opens to. `event` is the event itself, and for the truth alone: with it come effects, the draw's
    name, and who was told."""
    effects = () if event is None else event.effects
    return Opened(
        what.message,
        finished(text(what.message, speech.language, speech.names)),
        what.rule,
        tuple([_term(given, speech) for given in what.inputs]),
        tuple([_draw(roll, speech, truth=event is not None) for roll in what.rolls]),
        # A running count that begins at nothing is no news; what is added to it is.
        tuple([effect_line(fx, speech) for fx in effects if not (isinstance(fx, Make) and fx.table == "tallies")]),
        speech.rules.get(what.rule, ""),
        () if event is None else event.all_to,
        () if event is None else tuple([(s, _spoken(hint, speech)) for s, hint in event.hints]),
    )


def _spoken(message: Message, speech: Speech) -> str:
    return finished(text(message, speech.language, speech.names))


def _term(given: Input, speech: Speech) -> Term:
    words = input_line(attrs.evolve(given, source=""), speech)
    return Term(input_line(given, speech), words, given.value, speech.names.known(given.source, speech.language))


def _draw(roll: Roll, speech: Speech, *, truth: bool) -> Draw:
    return Draw(
        roll_line(roll, speech),
        odds_line(roll, speech),
        speech.say("report.draw", key=roll.key if truth else "", value=roll.value),
        roll.result,
        roll.chance,
        roll.up_to,
        _chances(roll, speech),
    )


def _chances(roll: Roll, speech: Speech) -> tuple[Chance, ...]:
    """The odds as printed; worse, this and better where there are none or what came was too rare to be printed."""
    if any(label == roll.result for label, _ in roll.odds):
        return tuple([Chance(label, ppm, label == roll.result) for label, ppm in roll.odds])
    rows = (
        Chance(speech.say("ui_film.worse"), max(0, roll.up_to - roll.chance), False),
        Chance(roll.result, roll.chance, True),
        Chance(speech.say("ui_film.better"), max(0, PPM - roll.up_to), False),
    )
    return tuple([row for row in rows if row.ppm or row.drawn])


def opened_lines(found: Opened, speech: Speech) -> Iterator[tuple[int, str]]:
    """The tree as (indent, line), for a screen that lists: the content of `log --why`, line by line."""
    yield 0, found.sentence
    if found.inputs:
        yield 1, speech.say("report.inputs")
        yield from ((2, given.line) for given in found.inputs)
    for draw in found.draws:
        yield 1, draw.line
        if draw.odds:
            yield 2, draw.odds
        yield 2, draw.number
    if found.effects:
        yield 1, speech.say("report.effects")
        yield from ((2, line) for line in found.effects)
    if found.paragraph:
        yield 1, speech.say("report.rule", rule=found.rule)
        yield 2, found.paragraph


def told_lines(event: Event, found: Opened, speech: Speech) -> Iterator[tuple[int, str]]:
    """Who saw the whole and who was told what, for the truth."""
    who = [term("seat", s, speech.language) if s else speech.say("report.everybody") for s in event.all_to]
    yield 1, speech.say("report.told", who=", ".join(who))
    for seat, words in found.hinted:
        yield 1, speech.say("report.hinted", seat=seat, words=words)
