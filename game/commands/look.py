"""Commands that look something up: check, list, rules, raids, version."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli import AT_FAULT, GOOD
from game.grammar import CallFault

if TYPE_CHECKING:
    from game.commands.common import Chapters


def check(args: Namespace, chapters: Chapters) -> int:
    from game.commands.common import book
    from game.io.scenario import check as faults_of

    if not Path(args.path).exists():
        raise CallFault(f"{args.path}: there is no such file or folder")
    if args.play and Path(args.path).is_dir():
        raise CallFault(f"{args.path}: --play plays one scenario; name its file")
    faults = faults_of(args.path, book(chapters))
    for fault in faults:
        print(str(fault))
    if not faults:
        print(f"{args.path}: nothing wrong")
        if args.play:
            from game.commands.study import used

            used(args.path, args.play, chapters)
    return AT_FAULT if faults else GOOD


def scenarios(args: Namespace, chapters: Chapters) -> int:
    from game.io.library import scenarios as found

    every = found()
    ids, titles = (max((len(getattr(e, what)) for e in every), default=0) for what in ("id", "title"))
    for entry in every:
        print(f"{entry.id:<{ids}} {entry.title:<{titles}} {entry.minutes:>4} min   {' '.join(entry.seats)}")
    return GOOD


def rules(args: Namespace, chapters: Chapters) -> int:
    from game.commands.common import near
    from game.report.rulebook import books
    from game.table import facilitator

    found = dict(books((*chapters(), facilitator)))
    if args.chapter and args.chapter not in found:
        raise CallFault(f"there is no chapter {args.chapter!r}; {near(args.chapter, found)}")
    for name, doc in found.items():
        if args.chapter in ("", name):
            print(f"{name.replace('_', ' ').upper()}\n\n{doc.strip()}\n")
    return GOOD


def raids(args: Namespace, chapters: Chapters) -> int:
    from game.report.raids import raids as lines_of

    for line in lines_of():
        print(line)
    return GOOD


def version(args: Namespace, chapters: Chapters) -> int:
    from game.edition import version as installed

    print(f"twofronts {installed()}")
    return GOOD
