"""The command that plays pairs of games: what the choice under test gains, and what it costs."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from game.cli import GOOD
from game.grammar import CallFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.commands.common import Chapters
    from game.study.run import Run


def pairs(args: Namespace, chapters: Chapters) -> int:
    from game.commands.common import scenario, tell
    from game.core.words import say
    from game.io.library import find
    from game.study import telling
    from game.study.pairs import Choice, told
    from game.study.run import Run
    from game.words import Names, text

    setting, state = scenario(args.scenario, chapters)
    choice = Choice.of(setting.texts)
    if choice is None:
        raise CallFault(f"{args.scenario}: this scenario tests no choice; add a table test to it, or name another")
    if args.pairs < 1:
        raise CallFault("--pairs 0: play one pair at least")
    run = Run(chapters, find(args.scenario), choice, args.pairs, args.workers)
    try:
        with _progress(args.pairs, args.json) as advance:
            _watch(run, advance)
        found = told(choice, run.outcomes())
    finally:
        run.close()
    if args.json:
        tell(json.dumps({"scenario": setting.name, **attrs.asdict(choice), **attrs.asdict(found)}, indent=2))
        return GOOD
    names = Names.of(setting.board, state.counters)
    tell(text(telling.heading(choice, found.n), names=names))
    for title, lines in ((say("study.gains"), telling.gained), (say("study.pays"), telling.paid)):
        tell(f"\n{text(title)}")
        for line in lines(choice, found, setting.lines):
            tell(f"  {text(line, names=names)}")
    tell("")
    for line in (*telling.share(choice, found), say("study.stand_in")):
        tell(text(line, names=names))
    return GOOD


def _watch(run: Run, advance: Callable[[int], None]) -> None:
    while not run.over:
        run.wait(0.2)
        advance(run.done)


@contextmanager
def _progress(pairs: int, as_json: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere."""
    if as_json or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pairs of games", total=pairs)
        yield lambda done: bar.update(task, completed=done)
