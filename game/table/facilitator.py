"""What the facilitator may do to the game, as events like any other.

F1  The facilitator may set a value. It must exist, be of its field's kind and lie within its range.
F2  The facilitator may cancel a result of this turn or the last: what it alone changed is taken back.
F3  The facilitator may replace a result: its effects, or the value of one of them, are as if it had gone otherwise.
F4  The facilitator may note something.
F5  Every act needs a reason in one line, and nobody is told but those whom the facilitator names.

A result that is taken back is worked out against the State before its phase, with all else of that phase as it was.
So a ceiling that hid a part of it, or a counter that died of it, comes out right. What came of it in later phases
stays; where that leaves nothing to take back, the act is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from game.core.apply import RuleFault, apply
from game.core.events import Add, Drop, Effect, Event, Input, Make, Put
from game.core.ids import SEATS, Seat, date, first_free
from game.core.model import Row, shape
from game.core.turn import Step
from game.core.words import Message, Value, say
from game.io.layout import read_column
from game.io.plain import CodecFault
from game.io.schema import Schema
from game.table.match import Match, MatchFault

REASON_LETTERS = 200
#: Fields that speak of something else: what may stand in them.
_PLACES = frozenset({"at", "place"})
_SEATS = frozenset({"owner", "partner", "nation", "source"})


class ActFault(MatchFault):
    """An act that cannot be done: which, why, and what to do, in one line."""


def set_value(
    match: Match, table: str, key: str, field: str, value: Value, reason: str, told: Iterable[Seat] = ()
) -> Step:
    """F1. Returns the step; ActFault if there is no such cell or the value does not fit it."""
    _check_reason(reason)
    row = match.state.table(table).get(key)
    if row is None:
        raise ActFault(f"{table}.{key}: there is no such row; look it up in the facilitator's tables")
    _check_cell(match, table, key, field, value)
    before = getattr(row, field)
    where = f"{table}.{key}.{field}"
    text = say("facilitator.set", cell=where, before=before, after=value, reason=reason)
    inputs = (Input("before", before, where), Input("after", value, "F1"))
    return _act(match, "F1", where, text, (Put(table, key, field, value),), inputs, told)


def cancel(match: Match, event_id: str, reason: str, told: Iterable[Seat] = ()) -> Step:
    """F2. `event_id` is "3a.MD7.JIWA"; of this turn or the last. Its order stays settled."""
    _check_reason(reason)
    text = say("facilitator.cancel", event=event_id, reason=reason)
    return _amend(match, "F2", event_id, (), text, told)


def replace(match: Match, event_id: str, effects: Sequence[Effect], reason: str, told: Iterable[Seat] = ()) -> Step:
    """F3. The result counts as if its effects had been these."""
    _check_reason(reason)
    for fx in effects:
        _check_effect(match, fx)
    text = say("facilitator.replace", event=event_id, reason=reason)
    return _amend(match, "F3", event_id, tuple(effects), text, told)


def replace_value(
    match: Match, event_id: str, cell: tuple[str, str, str], value: int, reason: str, told: Iterable[Seat] = ()
) -> Step:
    """F3. The result counts as if it had changed `cell` (table, key, field) by `value`, or set it to `value`."""
    _check_reason(reason)
    _, event = _find(match, event_id)
    effects: list[Effect] = []
    for fx in event.effects:
        if isinstance(fx, Add | Put) and (fx.table, fx.key, fx.field) == cell:
            fx = attrs.evolve(fx, n=value) if isinstance(fx, Add) else attrs.evolve(fx, value=value)
        effects.append(fx)
    if effects == list(event.effects):
        raise ActFault(f"{event_id}: it changes no {'.'.join(cell)}, or by just that; name a cell that it changed")
    return replace(match, event_id, effects, reason, told)


def note(match: Match, words: str, told: Iterable[Seat] = ()) -> Step:
    """F4. An event without effects, so that it stands in the story at this moment."""
    _check_reason(words)
    return _act(match, "F4", "note", say("facilitator.note", reason=words), (), (), told)


def _check_reason(reason: str) -> None:
    if not reason.strip() or "\n" in reason or len(reason) > REASON_LETTERS:
        raise ActFault(f"F5: an act needs a reason, in one line of at most {REASON_LETTERS} letters")
    if not reason.isascii() and any(0xD800 <= ord(c) < 0xE000 for c in reason):
        raise ActFault("F5: the reason holds half a character; type it again")


def _act(
    match: Match,
    rule: str,
    subject: str,
    text: Message,
    effects: tuple[Effect, ...],
    inputs: tuple[Input, ...],
    told: Iterable[Seat],
) -> Step:
    seats = tuple(sorted(set(told)))
    if odd := [s for s in seats if s not in match.seats]:
        raise ActFault(f"{rule}: {', '.join(odd)} is no seat of this game; it has {', '.join(match.seats)}")
    stamp = date(match.state.turn, match.state.pulse)
    taken = dict.fromkeys(match.acts)
    free = first_free(f"{stamp}.{rule}.{subject}", taken).removeprefix(f"{stamp}.{rule}.")
    event = Event(rule, "", free, text, inputs, (), effects, seats)
    try:
        return match.act(event)
    except RuleFault as fault:
        raise ActFault(f"{rule}: {fault}") from None


def _check_effect(match: Match, fx: Effect) -> None:
    """A facilitator's own effect is of the kinds that the tables hold."""
    try:
        layout = Schema.of(match.rulebook).table(fx.table)
        if isinstance(fx, Make):
            if type(fx.row) is not layout.cls:
                raise CodecFault(f"a row of {layout.cls.__name__} is wanted")
            for name, value in zip(shape(layout.cls).names, layout.write(fx.row), strict=True):
                _check_meaning(match, fx.table, fx.key, name, value)
        elif isinstance(fx, Put):
            _check_cell(match, fx.table, fx.key, fx.field, fx.value)
        elif isinstance(fx, Add) and (layout.column(fx.field).kind != "int" or type(fx.n) is not int):
            raise CodecFault("only a count can be added to, by a whole number")
    except CodecFault as fault:
        raise ActFault(f"{fx.table}.{fx.key}: {fault}; name a table and field of this game") from None


def _check_cell(match: Match, table: str, key: str, field: str, value: Any) -> None:
    where = f"{table}.{key}.{field}"
    try:
        column = Schema.of(match.rulebook).table(table).column(field)
        read_column(column, value)
    except CodecFault as fault:
        raise ActFault(f"{where}: {fault.reason}; look it up in the facilitator's tables") from None
    if column.kind == "int" and value < 0 and not column.signed:
        raise ActFault(f"{where}: {value} is below zero; give 0 or more")
    if column.most is not None and value > column.most:
        raise ActFault(f"{where}: {value} is above the most there can be; give {column.most} or less")
    _check_meaning(match, table, key, field, value)


def _check_meaning(match: Match, table: str, key: str, field: str, value: Any) -> None:
    """A place, seat or formation that a field names must exist."""
    where, state = f"{table}.{key}.{field}", match.state
    if field in _PLACES and value not in state.places and not (value == "" and table == "contacts"):
        raise ActFault(f"{where}: there is no place {value!r}; give the id of a place on the map")
    if field in _SEATS and value not in ("", *SEATS):
        raise ActFault(f"{where}: there is no seat {value!r}; give one of {', '.join(SEATS)}")
    if field == "formation" and value not in state.setting.board.formations:
        raise ActFault(f"{where}: there is no formation {value!r}; give one of the order of battle")


def _find(match: Match, event_id: str) -> tuple[Step, Event]:
    """The result of that id and the step that it came in; ActFault if it is out of reach or already amended."""
    found = None
    reach = (s for s in (*match.past, *match.steps) if s.turn >= match.state.turn - 1)
    for step in reach:
        for event in step.events:
            if event.rule in ("F2", "F3") and event.subject.rstrip("'") == event_id:
                raise ActFault(f"{event_id}: amended already by {step.id(event)}; set the values that are wrong")
            if step.id(event) == event_id:
                found = (step, event)
    if found is None:
        raise ActFault(f"{event_id}: no such result in this turn or the last; take its id from the log")
    if found[1].rule in ("F2", "F3"):
        raise ActFault(f"{event_id}: this took back another result; set the values that are wrong")
    return found


def _amend(
    match: Match, rule: str, event_id: str, effects: tuple[Effect, ...], text: Message, told: Iterable[Seat]
) -> Step:
    step, event = _find(match, event_id)
    try:
        otherwise = apply(step.before, [attrs.evolve(e, effects=effects) if e is event else e for e in step.events])
    except RuleFault as fault:
        raise ActFault(f"{event_id}: its phase does not work out without it ({fault}); set values instead") from None
    both = (*event.effects, *effects)
    added = {(fx.table, fx.key, fx.field) for fx in both if isinstance(fx, Add)}
    change: list[Effect] = []
    for table, key in {(fx.table, fx.key): None for fx in both}:
        was, wanted, now = (s.table(table).get(key) for s in (step.after, otherwise, match.state))
        counts = frozenset(f for t, k, f in added if (t, k) == (table, key))
        change += _row_change(event_id, table, key, counts, was, wanted, now)
    inputs = (Input("event", event_id, event.rule),)
    return _act(match, rule, event_id, text, tuple(change), inputs, told)


def _row_change(
    event_id: str, table: str, key: str, counts: frozenset[str], was: Row | None, wanted: Row | None, now: Row | None
) -> list[Effect]:
    """Effects that bring the row as it is `now` to where it would be, had it become `wanted` instead of `was`.

    `counts` were added to, so what was added since stands; any other field must be as the result left it.
    """
    where = f"{event_id}: {table}.{key}"
    if was == wanted:
        return []
    if was is None or wanted is None:
        if now != was:
            raise ActFault(f"{where} has changed since; set its values instead")
        return [Drop(table, key)] if wanted is None else [Make(table, key, wanted)]
    if now is None:
        raise ActFault(f"{where} is gone since, and with it what could be given back; note it instead")
    if type(was) is not type(wanted):
        raise ActFault(f"{where} was of another kind; set its values instead")
    form = shape(type(now))
    out: list[Effect] = []
    for name, a, b in zip(form.names, form.values(was), form.values(wanted), strict=True):
        if a == b:
            continue
        current = getattr(now, name)
        if name in counts:
            if current + b - a < 0 and name in form.counts:
                raise ActFault(f"{where}.{name} is {current} now, {a - b} cannot be taken back; set it instead")
            out.append(Add(table, key, name, b - a))
        elif current == a:
            out.append(Put(table, key, name, b))
        else:
            raise ActFault(f"{where}.{name} has changed since; set it instead")
    return out
