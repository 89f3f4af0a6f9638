"""What several commands need: scenarios, saves, seats and players by the names that people type."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from game.commands.codes import PUBLIC, key_of, want
from game.core.ids import SEATS, Seat
from game.core.model import State
from game.core.rulebook import Chapter, Rulebook
from game.core.setting import Setting
from game.grammar import CallFault
from game.io.fault import PackFault
from game.io.library import find, scenarios
from game.io.recorder import write_open
from game.io.save import Saved, open_save
from game.io.scenario import read_scenario
from game.report.explain import Speech
from game.report.rulebook import rules as rules_of
from game.table.players import PLAYERS, Player
from game.table.players import players as players_for
from game.words import Names

Chapters = Callable[[], tuple[Chapter, ...]]
DEFAULT_PLAYER = "doctrine"


def book(chapters: Chapters, setting: Setting | None = None) -> Rulebook:
    """The rulebook of all chapters, or of those that a scenario plays with."""
    return Rulebook(chapters(), None if setting is None else setting.board.chapters)


def scenario(name: str, chapters: Chapters) -> tuple[Setting, State]:
    """A scenario by id or path; CallFault if there is none, PackFault if it has faults."""
    try:
        path = find(name)
    except PackFault as fault:
        raise CallFault(str(fault)) from None
    return read_scenario(path, book(chapters))


def opened(
    path: str, file: str | None, chapters: Chapters, eyes: str = PUBLIC
) -> tuple[Saved, Setting, Rulebook, State]:
    """A save with its scenario: (save, setting, rulebook, the scenario's opening state). `file` is what --scenario
    names, None to look for the scenario by the id in the save. A sealed one wants codes that let it be seen by
    `eyes`; one whose game is over is written open."""
    if not Path(path).exists():
        raise CallFault(f"{path}: there is no such file; name a saved game")
    every = book(chapters)
    key = key_of(path, eyes)
    saved = open_save(path, every, key)
    if saved.over and saved.seal is not None and not saved.seal.lasting:
        write_open(saved)
        key = None
    want(open_save(path, every, key), eyes)
    name = saved.header.scenario
    if file is None and name not in {entry.id for entry in scenarios()}:
        raise CallFault(f"{path}: its scenario {name} is not among those here; name its file by --scenario")
    setting, state = scenario(file or name, chapters)
    rules = book(chapters, setting)
    return open_save(path, rules, key), setting, rules, state


def speech(setting: Setting, state: State, rules: Rulebook) -> Speech:
    """In which words to speak of a game: its names, and its rules by number, the facilitator's too."""
    from game.table import facilitator

    return Speech(Names.of(setting.board, state.counters), rules_of((*rules.chapters, facilitator)))


def new_file(path: str) -> Path:
    """A path where nothing stands yet, in a folder that does."""
    found = Path(path)
    if found.exists():
        raise CallFault(f"{path}: a file stands there already; choose another name")
    if not found.parent.is_dir():
        raise CallFault(f"{found.parent}: there is no such folder; make it first")
    return found


def near(word: str, known: Iterable[str]) -> str:
    """ "; did you mean doctrine?", or all there are."""
    names = list(known)
    found = get_close_matches(word, names, 2, 0.5) or get_close_matches(word.lower(), names, 2, 0.5)
    return f"did you mean {' or '.join(found)}?" if found else f"there are {', '.join(names)}"


def seat_in(setting: Setting, name: str) -> Seat:
    if name not in setting.board.seats:
        seats = setting.board.seats
        upper = name.upper()
        hint = f"did you mean {upper}?" if upper in seats else f"its seats are {', '.join(seats)}"
        what = "is not in this scenario" if name in SEATS else "is no seat"
        raise CallFault(f"{name}: {what}; {hint}")
    return name


def cast(setting: Setting, asked: Iterable[str], otherwise: Mapping[Seat, str] | None = None) -> dict[Seat, str]:
    """Who plays which seat: what --seat says, else what the save says, else doctrine."""
    told: dict[Seat, str] = {}
    for pair in asked:
        seat, sign, player = pair.partition("=")
        if not sign:
            raise CallFault(f"--seat {pair}: SEAT=PLAYER is wanted, such as JP=doctrine")
        seat = seat_in(setting, seat)
        if player not in PLAYERS:
            raise CallFault(f"--seat {pair}: there is no player {player!r}; {near(player, PLAYERS)}")
        if seat in told:
            raise CallFault(f"--seat {pair}: {seat} is named twice; name it once")
        told[seat] = player
    before = {s: p for s, p in (otherwise or {}).items() if p in PLAYERS}
    return {seat: told.get(seat, before.get(seat, DEFAULT_PLAYER)) for seat in setting.board.seats}


def seated(setting: Setting, names: Mapping[Seat, str]) -> dict[Seat, Player]:
    tempers = {seat: texts["temper"] for seat, texts in setting.texts["seats"].items() if "temper" in texts}
    return {seat: players_for(tempers, seat)[name] for seat, name in names.items()}


def quoted(path: Path) -> str:
    """A path as it may be copied into a shell."""
    text = str(path)
    return f'"{text}"' if any(c in text for c in " '&()$;|*?") else text


def program() -> str:
    """How this very program is called from here: its bare name only where that finds it."""
    called = Path(sys.argv[0])
    if not called.stem.startswith("twofronts"):
        return "python -m game"
    found = shutil.which("twofronts")
    if found is not None and Path(found).resolve() == called.resolve():
        return "twofronts"
    here = called.absolute()
    return quoted(here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here)


def tell(line: str = "") -> None:
    print(line, flush=True)
