"""Run one command, and answer every fault in one line. The grammar is in `grammar`, the work in `game.commands`,
imported when a command runs.

Exit codes: 0 all is well, 1 the thing asked about is at fault (a save, a scenario, a plan), 2 the call is.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence

from game.grammar import COMMANDS, CallFault, parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import TextIO

    from game.core.rulebook import Chapter

    Chapters = Callable[[], tuple[Chapter, ...]]
    Command = Callable[[Namespace, Chapters], int]

GOOD, AT_FAULT, BAD_CALL, INTERRUPTED = 0, 1, 2, 130
MOST_LETTERS = 1000


def one_line(text: str) -> str:
    """Any text as one printable line of bounded length."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    words = " ".join(plain.split())
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]} ..."


def run(argv: Sequence[str], chapters: Chapters) -> int:
    """Do what `argv` says. `chapters` gives the rulebook, and is called only by commands that need it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(argv, chapters)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _shut(sys.stdout)
        return GOOD
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    except CallFault as fault:
        return _complain(BAD_CALL, [str(fault)])
    except RecursionError:
        return _complain(AT_FAULT, ["this is nested too deeply to be read"])
    except Exception as error:
        lines = _fault_lines(error)
        if lines is None:
            raise
        return _complain(AT_FAULT, lines)


def _run(argv: Sequence[str], chapters: Chapters) -> int:
    try:
        args = parser().parse_args(argv)
    except SystemExit as end:  # --help has printed what it has to say
        return int(end.code or 0)
    from importlib import import_module

    module, _, name = COMMANDS["version" if args.version else args.run].partition(".")
    command: Command = getattr(import_module(f"game.commands.{module}"), name)
    return command(args, chapters)


def _complain(code: int, lines: Sequence[str]) -> int:
    try:
        for line in lines:
            print(f"twofronts: {one_line(line)}", file=sys.stderr)
    except BrokenPipeError:
        _shut(sys.stderr)
    return code


def _fault_lines(error: Exception) -> list[str] | None:
    """The lines of a fault that is the file's, the table's or the machine's; None for an error of the program."""
    from game.core.apply import RuleFault
    from game.io.fault import PackFault
    from game.report.log import LogFault
    from game.table.match import MatchFault

    if isinstance(error, PackFault):
        return [str(fault) for fault in error.faults]
    if isinstance(error, RuleFault):
        return [f"a fault in the rules, not in your play: {error}; report it with the seed"]
    if isinstance(error, MatchFault | LogFault):
        return [str(error)]
    if isinstance(error, OSError):
        what = f"{error.filename}: " if error.filename else ""
        return [f"{what}{error.strerror or error}; check the name, and whether there is room and permission"]
    return None


def _shut(stream: TextIO) -> None:
    """Whoever read us has gone: send the rest nowhere, so that nothing complains at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
