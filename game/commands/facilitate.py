"""The facilitator's acts on a running saved game."""

from __future__ import annotations

from argparse import Namespace

from game.cli import GOOD
from game.commands.codes import TRUTH
from game.commands.common import Chapters, opened, seat_in, speech, tell
from game.core.events import Told
from game.core.turn import Step
from game.edition import edition
from game.grammar import CallFault
from game.report.explain import Speech
from game.report.log import effect_lines, event_lines
from game.table import facilitator as act
from game.table.match import Match
from game.table.resume import resume as go_on


def facilitate(args: Namespace, chapters: Chapters) -> int:
    saved, setting, rules, state = opened(args.save, args.scenario, chapters, TRUTH)
    if saved.over:
        raise CallFault(f"{args.save}: this game is over; branch it to change anything")
    told = [seat_in(setting, seat) for seat in args.tell]
    match = go_on(args.save, setting, rules, edition(rules.chapters), key=saved.key).match
    try:
        if args.act == "set":
            value = _value(match, args.table, args.key, args.field, args.value)
            step = act.set_value(match, args.table, args.key, args.field, value, args.reason, told)
        elif args.act == "cancel":
            step = act.cancel(match, args.event, args.reason, told)
        elif args.act == "replace":
            cell = (args.table, args.key, args.field)
            step = act.replace_value(match, args.event, cell, _whole(args.value), args.reason, told)
        else:
            step = act.note(match, f"{args.words}: {args.reason}", told)
    finally:
        match.close()
    _tell_act(step, speech(setting, state, rules))
    return GOOD


def _tell_act(step: Step, words: Speech) -> None:
    for event in step.events:
        whole = Told(step.id(event), step.phase, event.rule, event.message, True, event.inputs, event.rolls)
        for line in (*event_lines(whole, words, step.id(event)), *effect_lines(event.effects, words)):
            tell(line)


def _whole(text: str) -> int:
    try:
        if len(text) > 20:
            raise ValueError
        return int(text)
    except ValueError:
        raise CallFault(f"{text[:40]!r}: a whole number is wanted") from None


def _value(match: Match, table: str, key: str, field: str, text: str) -> int | str | bool:
    """The value typed, in the kind of what stands there now."""
    now = getattr(match.state.table(table).get(key), field, text)
    if isinstance(now, bool):
        if text not in ("true", "false"):
            raise CallFault(f"{text[:40]!r}: true or false is wanted")
        return text == "true"
    return _whole(text) if isinstance(now, int) else text
