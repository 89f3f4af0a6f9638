"""Commands that read a saved game: log, verify."""

from __future__ import annotations

import sys
from argparse import Namespace

import attrs

from game.cli import AT_FAULT, GOOD
from game.commands.common import Chapters, near, opened, speech, tell
from game.edition import edition
from game.grammar import CallFault
from game.io.save import Saved
from game.report.log import EYES, PUBLIC, TRUTH, why
from game.report.log import log as lines_of
from game.table.verify import verify as judge


def log(args: Namespace, chapters: Chapters) -> int:
    saved, setting, rules, state = opened(args.save, args.scenario, chapters, args.eyes or PUBLIC)
    eyes = args.eyes or (TRUTH if saved.over and saved.key is None else PUBLIC)
    known = (*(s for s in EYES if s in setting.board.seats), PUBLIC, TRUTH)
    if eyes not in known:
        raise CallFault(f"--eyes {eyes}: {near(eyes, known)}")
    if args.turn is not None and args.turn not in saved.turns:
        raise CallFault(f"--turn {args.turn}: this game has turns {saved.turns[0]} to {saved.turns[-1]}")
    words = speech(setting, state, rules)
    for line in why(saved, words, eyes, args.why) if args.why else lines_of(saved, setting, words, eyes, args.turn):
        tell(line)
    if saved.trouble is not None:
        _tell_trouble(saved)
        return AT_FAULT
    return GOOD


def _tell_trouble(saved: Saved) -> None:
    trouble = saved.trouble
    if trouble is not None:
        what = "was cut" if trouble.cut else "was altered"
        print(f"twofronts: {saved.path}: line {trouble.line}: the file {what}: {trouble.reason}", file=sys.stderr)


def verify(args: Namespace, chapters: Chapters) -> int:
    saved, setting, rules, state = opened(args.save, args.scenario, chapters)
    found = judge(saved, setting, rules, edition(rules.chapters), state)
    secret = saved.key is not None and not saved.key.whole
    _tell_trouble(saved)
    if found.unfolded:
        what = "its events do not lead to its states" if secret else found.unfolded
        print(f"twofronts: {args.save}: {what}", file=sys.stderr)
    if found.other_rules:
        print(
            f"twofronts: {args.save}: played by other rules than today's (engine {saved.header.edition.engine})",
            file=sys.stderr,
        )
    if found.difference is not None:
        said = attrs.evolve(found.difference, event="", reason="it differs") if secret else found.difference
        print(f"twofronts: {args.save}: {said}", file=sys.stderr)
    if found.whole:
        held = f"{found.turns} turn{'' if found.turns == 1 else 's'} played again"
        tell(f"{args.save}: whole; {held}" + ("" if found.difference else ", every step as recorded"))
    return GOOD if found.whole else AT_FAULT
