"""Commands that play: the demonstration, watch, resume, branch."""

from __future__ import annotations

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from game.cli import GOOD
from game.commands.codes import TRUTH
from game.commands.common import (
    Chapters,
    book,
    cast,
    new_file,
    opened,
    program,
    quoted,
    scenario,
    seat_in,
    seated,
    speech,
    tell,
)
from game.core.ids import Seat
from game.core.model import State
from game.core.setting import Setting
from game.edition import edition
from game.grammar import CallFault
from game.io.recent import new_save
from game.io.recorder import create
from game.table.match import Match, Stage
from game.words import Names, refused

DEMO = "one_sky"


def demo(args: Namespace, chapters: Chapters) -> int:
    """What `twofronts` does without a display: One Sky with computer players, kept in the user's own folder."""
    setting, state = scenario(DEMO, chapters)
    seed = secrets.randbelow(10**6)
    path = new_save(setting.name)
    names = cast(setting, ())
    tell(f"{setting.board.title}: {setting.texts['purpose']}")
    tell("There is no display here, so computer players take every seat. Nothing here is a plan or a forecast.\n")
    match = _begun(chapters, setting, state, seed, names, path)
    _watched(match, seed, names, None, as_json=False)
    name = quoted(path)
    call = program()
    others = ", ".join(s for s in setting.board.seats if s != "JP")
    tell(f"\nOpen it with (--eyes also takes {others} or truth):")
    tell(f"  {call} log {name}")
    tell(f"  {call} log {name} --eyes JP")
    example = _example(match)
    if example:
        tell(f"  {call} log {name} --why '{example}'")
    tell(f"  {call} branch {name} --turn 1 --seat JP=idle --save other.save")
    tell(f"  {call} verify {name}")
    return GOOD


def _example(match: Match) -> str:
    """An event worth opening: the last raid's draw."""
    drawn = [step.id(e) for step in (*match.past, *match.steps) for e in step.events if e.rolls and e.effects]
    return drawn[-1] if drawn else ""


def watch(args: Namespace, chapters: Chapters) -> int:
    setting, state = scenario(args.scenario, chapters)
    names = cast(setting, args.seat)
    seed = secrets.randbelow(10**6) if args.seed is None else args.seed
    path = new_file(args.save) if args.save else None
    match = _begun(chapters, setting, state, seed, names, path)
    return _watched(match, seed, names, args.turns, as_json=args.json)


def _begun(
    chapters: Chapters, setting: Setting, state: State, seed: int, names: Mapping[Seat, str], path: Path | None
) -> Match:
    rules = book(chapters, setting)
    recorder = create(path, state, rules, seed, edition(rules.chapters), players=names) if path else None
    return Match(state, rules, seed, seated(setting, names), recorder)


def _watched(match: Match, seed: int, names: Mapping[Seat, str], turns: int | None, *, as_json: bool) -> int:
    """Run a match out, telling of it; then how it stands, and where it is kept."""
    from game.report.result import result
    from game.report.watch import cast as cast_line
    from game.report.watch import standing, turn_lines

    words = speech(match.state.setting, match.state, match.rulebook)
    path = match.recorder.path if match.recorder else None
    if not as_json:
        tell(f"seed {seed}; {cast_line(names, words)}\n")
    last = match.state.turn + turns if turns is not None else None
    try:
        while match.stage is not Stage.OVER and (last is None or match.state.turn < last):
            turn = match.state.turn
            with _progress(f"turn {turn} of {len(match.state.setting.calendar)}", as_json):
                match.play_turn()
            if not as_json:
                for line in turn_lines(tuple(match.steps), turn, words):
                    tell(line)
    finally:
        match.close()
    if as_json:
        tell(json.dumps(result(match.state, seed, names, str(path) if path else None), indent=2, sort_keys=True))
        return GOOD
    for line in standing(match.state, words):
        tell(line)
    tell(f"\ndigest {match.digest()}")
    if path:
        tell(
            f"saved in {path}"
            + ("" if match.stage is Stage.OVER else f"; go on with: {program()} resume {quoted(path)}")
        )
    return GOOD


def _progress(text: str, as_json: bool) -> AbstractContextManager[object]:
    """A moving line while a turn is worked out; on a terminal alone."""
    if as_json or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)


def resume(args: Namespace, chapters: Chapters) -> int:
    from game.table.resume import resume as go_on

    saved, setting, rules, _ = opened(args.save, args.scenario, chapters, TRUTH)
    if saved.over:
        raise CallFault(f"{args.save}: this game is over; branch it to play it otherwise")
    had = dict(saved.header.players)
    for turn in saved.turns:
        had.update(saved.player(mark) for mark in saved.marks(turn) if mark.kind == "seat")
    names = cast(setting, args.seat, had)
    found = go_on(args.save, setting, rules, edition(rules.chapters), seated(setting, names), key=saved.key)
    for seat, name in names.items():
        if had.get(seat) != name:
            found.match.take_seat(seat, found.match.players[seat], name)
    if found.aside is not None:
        print(f"twofronts: the unsound end of the file was put into {found.aside}", file=sys.stderr)
    return _watched(found.match, saved.header.seed, names, args.turns, as_json=args.json)


def branch(args: Namespace, chapters: Chapters) -> int:
    from game.table.branch import branch as begin

    saved, setting, rules, _ = opened(args.save_from, args.scenario, chapters, TRUTH)
    if args.turn not in saved.turns or args.turn > len(setting.calendar):
        turns = [t for t in saved.turns if t <= len(setting.calendar)]
        raise CallFault(f"--turn {args.turn}: this game has turns {turns[0]} to {turns[-1]}; name one of them")
    keep = tuple(dict.fromkeys(seat_in(setting, seat) for seat in args.keep))
    names = cast(setting, args.seat, dict(saved.header.players))
    found = begin(
        saved,
        args.turn,
        new_file(args.save),
        setting,
        rules,
        edition(rules.chapters),
        seated(setting, names),
        keep=keep,
        names=names,
    )
    for note in found.notes:
        print(f"twofronts: {note}", file=sys.stderr)
    code = _watched(found.match, saved.header.seed, names, args.turns, as_json=args.json)
    words = Names.of(setting.board, found.match.state.counters)
    for seat, kept in found.kept.items():
        if kept.left is not None:
            turn, why = kept.left
            print(
                f"twofronts: {seat} left its recorded orders in turn {turn}: {refused(why[0], words)}",
                file=sys.stderr,
            )
    return code
