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
    from game.core.model import TRACKS
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
    if args.levels:
        low, high = args.levels
        if not 0 <= low < high <= TRACKS[choice.track]:
            raise CallFault(
                f"--levels {low},{high}: write the lower one first, both within 0 and {TRACKS[choice.track]}"
            )
        choice = attrs.evolve(choice, levels=(low, high))
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
    for title, lines in telling.PARTS.values():
        tell(f"\n{text(title)}")
        for row in lines(choice, found, setting.lines):
            tell(f"  {text(row.whole, names=names)}")
    tell("")
    judged = (telling.net(choice, found), *telling.share(choice, found), telling.force(choice, found))
    for line in (*judged, say("study.stand_in")):
        tell(text(line, names=names))
    return GOOD


def used(path: str, games: int, chapters: Chapters) -> None:
    """Print counters against order classes over some games, and each counter without orders with the reason."""
    from rich.console import Console
    from rich.table import Table

    from game.commands.common import book, scenario, tell
    from game.core.words import say
    from game.study.usage import usage, watch
    from game.words import Names, text

    setting, state = scenario(path, chapters)
    rulebook = book(chapters, setting)
    found = usage(state, rulebook)
    with _progress(games, False, "games") as advance:
        for done in watch(state, rulebook, games, found):
            advance(done)
    names = Names.of(setting.board, state.counters)
    tell(f"\n{text(say('study.usage', n=games))}\n")
    columns = [v for v in found.classes if v not in found.unused and any(found.given[f, v] for f in found.formations)]
    table = Table(text(say("study.usage_unit")), box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for verb in columns:
        table.add_column(_upright(verb), justify="right", vertical="bottom")
    for formation in found.formations:
        counts = [found.given[formation, verb] for verb in columns]
        if any(counts):
            table.add_row(formation, *(str(n) if n else "" for n in counts))
    Console(width=max(100, 6 + 4 * len(columns)), highlight=False, markup=False).print(table)
    whole = [
        (v, n)
        for v in found.classes
        if (n := sum(k for (f, w), k in found.given.items() if w == v and f not in found.formations))
    ]
    tell(f"\n{text(say('study.usage_other'))}: {', '.join(f'{v} {n}' for v, n in whole)}")
    if found.unused:
        tell(f"\n{text(say('study.unused'))}")
        for verb in found.unused:
            tell(f"  {text(found.why_unused(verb), names=names)}")
    tell(f"\n{text(say('study.idle', n=len(found.idle), of=len(found.formations)))}")
    for formation in found.idle:
        tell(f"  {text(found.why_idle(formation), names=names)}")


def _upright(word: str) -> str:
    """A heading as narrow as its column: a letter a line."""
    return "\n".join(word)


def _watch(run: Run, advance: Callable[[int], None]) -> None:
    while not run.over:
        run.wait(0.2)
        advance(run.done)


@contextmanager
def _progress(pairs: int, as_json: bool, what: str = "pairs of games") -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; nothing elsewhere."""
    if as_json or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=pairs)
        yield lambda done: bar.update(task, completed=done)
