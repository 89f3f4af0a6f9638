"""Commands with a window: the title, play, replay. What is wrong with a call is said before a window opens."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from game.cli import GOOD
from game.grammar import CallFault
from game.ui import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from game.commands.common import Chapters
    from game.io.library import Entry
    from game.ui.app import App, Screen
    from game.ui.house import House

PERSON = "person"
#: The size of a picture, unless asked for.
PICTURE = (1280, 720)


def title(args: Namespace, chapters: Chapters) -> int:
    """The title; without a display the demonstration."""
    try:
        seen = args.window or start.display()
        if seen:
            start.run(lambda app: _title(chapters), args.size)
            return GOOD
    except start.NoWindow as fault:
        raise CallFault(str(fault)) from None
    from game.commands.play import demo

    return demo(args, chapters)


def _house(chapters: Chapters) -> House:
    from game.io.wishes import read_wishes
    from game.ui.house import House

    return House(chapters, language=read_wishes().language)


def _title(chapters: Chapters) -> Screen:
    from game.ui.screens import screen

    return screen("title", _house(chapters))


def play(args: Namespace, chapters: Chapters) -> int:
    from game.io.fault import PackFault
    from game.io.library import find, scenarios

    try:
        path = find(args.scenario)
    except PackFault as fault:
        raise CallFault(str(fault)) from None
    players = _players(args.seat, next((e for e in scenarios() if e.path == path), None))
    save = _new_file(args.save) if args.save else None
    _want_display(f"watch {args.scenario}")

    def first(app: App) -> Screen:
        from game.ui.screens import screen

        seats = screen("seats", _house(chapters), str(path), players or None, args.seed, save)
        if PERSON in players.values():
            _begin_at_once(seats)
        return seats

    _run(first, args)
    return GOOD


def _begin_at_once(screen: Screen) -> None:
    """Once its screen is shown, the table is set up as it stands."""
    from game.ui.screens.seats import SeatsScreen

    assert isinstance(screen, SeatsScreen)
    screen.at_once = True


def _players(asked: list[str], entry: Entry | None) -> dict[str, str]:
    """Who plays which seat by --seat; CallFault where that cannot be."""
    from game.commands.common import near
    from game.core.ids import SEATS
    from game.table.players import PLAYERS

    told: dict[str, str] = {}
    seats = entry.seats if entry is not None else SEATS
    known = (PERSON, *PLAYERS)
    for pair in asked:
        seat, sign, player = pair.partition("=")
        if not sign:
            raise CallFault(f"--seat {pair}: SEAT=PLAYER is wanted, such as JP=person")
        if seat not in seats:
            what = "is not in this scenario" if seat in SEATS else "is no seat"
            raise CallFault(f"--seat {pair}: {seat} {what}; {near(seat, seats)}")
        if player not in known:
            raise CallFault(f"--seat {pair}: there is no player {player!r}; {near(player, known)}")
        if seat in told:
            raise CallFault(f"--seat {pair}: {seat} is named twice; name it once")
        told[seat] = player
    return told


def _new_file(path: str) -> Path:
    from game.commands.common import new_file

    return new_file(path)


def _want_display(instead: str) -> None:
    """CallFault unless a window can be opened, be it one that was asked for by SDL_VIDEODRIVER."""
    try:
        if not os.environ.get("SDL_VIDEODRIVER") and not start.display():
            from game.commands.common import program

            raise CallFault(f"there is no display for a window here; without one: {program()} {instead}")
    except start.NoWindow as fault:
        raise CallFault(str(fault)) from None


def _run(first: object, args: Namespace) -> None:
    try:
        start.run(first, args.size)  # type: ignore[arg-type]
    except start.NoWindow as fault:
        raise CallFault(str(fault)) from None


def replay(args: Namespace, chapters: Chapters) -> int:
    """A saved game in a window, or one moment of it as a picture."""
    from game.commands.common import near, opened

    saved, setting, rules, state = opened(args.save, args.scenario, chapters, args.eyes or "public")
    if args.turn is not None and args.turn not in saved.turns:
        raise CallFault(f"--turn {args.turn}: this game has turns {saved.turns[0]} to {saved.turns[-1]}")
    known = (*setting.board.seats, "public", "truth")
    if args.eyes is not None and args.eyes not in known:
        raise CallFault(f"--eyes {args.eyes}: {near(args.eyes, known)}")
    eyes = args.eyes or ("truth" if saved.over else "public")
    picture = _new_picture(args.picture) if args.picture else None
    if picture is None:
        _want_display(f"log {args.save}")

    def first(app: App) -> Screen:
        from game.ui.screens.replay import replay_of

        back = None if picture is not None else _title(chapters)
        scenario = Path(args.scenario) if args.scenario else None
        return replay_of(saved, setting, rules, state, scenario=scenario, turn=args.turn, eyes=eyes, back=back)

    if picture is None:
        _run(first, args)
    else:
        _draw(first, picture, args.size or PICTURE)
    return GOOD


def _new_picture(path: str) -> Path:
    if Path(path).suffix.lower() != ".png":
        raise CallFault(f"{path}: pictures are PNG; name a file that ends in .png")
    return _new_file(path)


def _draw(first: object, path: Path, size: tuple[int, int]) -> None:
    """Draw a screen where nobody looks, and keep it."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    start.engine()
    from game.ui.screens.picture import draw

    draw(first, path, size)  # type: ignore[arg-type]
