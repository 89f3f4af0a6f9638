"""What may be typed after `twofronts`: the grammar, and the manual pages that `--help` prints.

It knows names of commands only, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

TYPE_CHECKING = False  # as type checkers know it; importing typing would take as long as all the rest
if TYPE_CHECKING:
    from typing import Any, NoReturn

ABOUT = """\
Two Fronts, a turn-based wargame engine: Taiwan and Korea in crisis at once, and what Japan and South
Korea gain and pay by working together. Without a command it opens its window; where there is no display
it plays One Sky with computer players. Nothing here is a plan or a forecast.
"""
EXIT_CODES = """\
exit codes: 0 all is well; 1 the thing asked about is at fault; 2 the call is.
SCENARIO is an id that `twofronts list` prints, or a path. Seats are US JP KR CN KP TW.
A save with passcodes is sealed until its game is over: a code is asked for at a terminal, or read from the
environment's TWOFRONTS_CODE, several a line each. A list of processes shows neither. So that the shell's
history does not keep it either: read -rs TWOFRONTS_CODE; export TWOFRONTS_CODE
"""
EXAMPLES = """\
examples:
  twofronts                                  the title: new games, saved games, tutorial
  twofronts play one_sky --seat JP=person    straight to the table
  twofronts replay a.save --eyes JP          a saved game, as Japan saw it
  twofronts list                             which scenarios there are
  twofronts watch one_sky --seed 7 --save a.save
  twofronts log a.save --eyes JP             what Japan was told
  twofronts branch a.save --turn 2 --save b.save
"""


#: Which function of `game.commands` does what.
COMMANDS = {
    "title": "window.title",
    "play": "window.play",
    "replay": "window.replay",
    "watch": "play.watch",
    "resume": "play.resume",
    "branch": "play.branch",
    "log": "read.log",
    "verify": "read.verify",
    "facilitate": "facilitate.facilitate",
    "pairs": "study.pairs",
    "check": "look.check",
    "list": "look.scenarios",
    "rules": "look.rules",
    "raids": "look.raids",
    "version": "look.version",
}
PLAIN: Any = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}


#: A window's or a picture's size in pixels.
LEAST, MOST = (1024, 576), (7680, 4320)


class CallFault(Exception):  # noqa: N818 - one line for whoever typed the command
    """The call cannot be answered as it was made: what is wrong with it, and what to do."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise CallFault(f"{message}; see {self.prog} --help")


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError("a whole number of at most 18 digits is wanted")
    return int(text)


def _turn(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise argparse.ArgumentTypeError("the number of a turn is wanted")
    return int(text)


def _count(least: int) -> Callable[[str], int]:
    """How many of something: at least so many."""

    def count(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) < least:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to 99999 is wanted")
        return int(text)

    return count


def _levels(text: str) -> tuple[int, int]:
    low, comma, high = text.partition(",")
    if not comma or not (low.isascii() and low.isdigit() and high.isascii() and high.isdigit()) or len(text) > 5:
        raise argparse.ArgumentTypeError("two levels are wanted, as in 0,3")
    return int(low), int(high)


def _path(text: str) -> str:
    if not text or "\0" in text or len(text) > 4000:
        raise argparse.ArgumentTypeError("the name of a file is wanted")
    return text


def _pixels(text: str) -> tuple[int, int]:
    wide, _, high = text.partition("x")
    if not all(n.isascii() and n.isdigit() and len(n) < 6 for n in (wide, high)):
        raise argparse.ArgumentTypeError("a size in pixels such as 1280x720 is wanted")
    size = int(wide), int(high)
    if not (LEAST[0] <= size[0] <= MOST[0] and LEAST[1] <= size[1] <= MOST[1]):
        least, most = (f"{w}x{h}" for w, h in (LEAST, MOST))
        raise argparse.ArgumentTypeError(f"a size between {least} and {most} is wanted")
    return size


def parser() -> Parser:
    """The grammar of all commands."""
    top = Parser(prog="twofronts", description=ABOUT, epilog=f"{EXAMPLES}\n{EXIT_CODES}", **PLAIN)
    top.add_argument("--version", action="store_true", help="print the version and stop")
    top.add_argument("--window", action="store_true", help="open the window even where nobody can see it")
    _size(top)
    top.set_defaults(run="title")
    add = top.add_subparsers(title="commands", metavar="COMMAND").add_parser
    _window(add)
    _play(add)
    _read(add)
    _change(add)
    _study(add)
    _look_up(add)
    return top


_Add = Callable[..., Parser]


def _command(add: _Add, name: str, help: str, about: str = "", examples: str = "") -> Parser:
    epilog = f"examples:\n{examples}\n{EXIT_CODES}" if examples else EXIT_CODES
    made = add(name, help=help, description=about or f"{help[0].upper()}{help[1:]}.", epilog=epilog, **PLAIN)
    made.set_defaults(run=name)
    return made


def _window(add: _Add) -> None:
    play = _command(
        add,
        "play",
        "play a scenario in the window",
        "Open the window at a scenario. Seats named person play at the screen, one after another; others are played\n"
        "by idle, random or doctrine, and by doctrine unless named. With no person named, the table is set up first.",
        "  twofronts play one_sky\n"
        "  twofronts play one_sky --seat JP=person --seat KR=person --seed 7 --save a.save\n",
    )
    play.add_argument("scenario", metavar="SCENARIO", type=_path)
    _seats(play)
    play.add_argument("--seed", type=_seed, metavar="N", help="the game's luck; without it one is chosen")
    play.add_argument("--save", type=_path, metavar="FILE", help="keep the game here, not in the user's own folder")
    _size(play)
    replay = _command(
        add,
        "replay",
        "walk through a saved game in the window",
        "Walk through a saved game: by the eyes of a seat, of everybody (public), or as it was (truth).\n"
        "With --picture one moment is drawn into a PNG, and no display is needed.",
        "  twofronts replay a.save --turn 2 --eyes KR\n  twofronts replay a.save --picture a.png --size 1920x1080\n",
    )
    replay.add_argument("save", metavar="SAVE", type=_path)
    _scenario(replay)
    replay.add_argument("--turn", type=_turn, metavar="N", help="begin at this turn")
    replay.add_argument("--eyes", metavar="EYES", help="a seat, public or truth")
    replay.add_argument("--picture", type=_path, metavar="FILE.png", help="draw a picture in place of a window")
    _size(replay)


def _size(command: Parser) -> None:
    command.add_argument("--size", type=_pixels, metavar="WxH", help="of the window or the picture, in pixels")


def _play(add: _Add) -> None:
    watch = _command(
        add,
        "watch",
        "play a scenario with computer players and watch",
        "Play a scenario with computer players in every seat, and print the main events of each turn and the\n"
        "scores. Players are idle, random and doctrine; a seat that is not named gets doctrine.",
        "  twofronts watch one_sky\n"
        "  twofronts watch one_sky --seat JP=idle --seat KP=random --seed 7\n"
        "  twofronts watch one_sky --seed 7 --json > result.json\n",
    )
    watch.add_argument("scenario", metavar="SCENARIO", type=_path)
    _seats(watch)
    watch.add_argument(
        "--seed", type=_seed, metavar="N", help="the game's luck; without it one is chosen and printed"
    )
    watch.add_argument("--save", type=_path, metavar="FILE", help="keep the game in a new file")
    _turns(watch)
    _json(watch)
    resume = _command(
        add,
        "resume",
        "go on with a saved game that is not over",
        "Go on with a saved game where it stopped, be it by --turns, by Ctrl-C or by a crash. A seat goes on\n"
        "with the player that it had, or with the one named here.",
        "  twofronts watch one_sky --seed 7 --save a.save --turns 1\n  twofronts resume a.save\n",
    )
    resume.add_argument("save", metavar="SAVE", type=_path)
    _scenario(resume)
    _seats(resume)
    _turns(resume)
    _json(resume)


def _seats(command: Parser) -> None:
    command.add_argument(
        "--seat", action="append", default=[], metavar="SEAT=PLAYER", help="who plays a seat; may be given again"
    )


def _scenario(command: Parser) -> None:
    command.add_argument("--scenario", type=_path, metavar="FILE", help="the save's scenario, if `list` has it not")


def _turns(command: Parser) -> None:
    command.add_argument("--turns", type=_count(0), metavar="N", help="play at most N turns and leave the rest")


def _json(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def _read(add: _Add) -> None:
    log = _command(
        add,
        "log",
        "print what happened in a saved game",
        "Print what happened in a saved game: as one seat was told it, as everybody was (public), or as it was\n"
        "(truth). A finished game is shown as it was, a running one as everybody knows it, unless --eyes says\n"
        "otherwise. Each event stands with its rule, its draw, and in brackets the name by which --why opens it.",
        "  twofronts log a.save --turn 2 --eyes KR\n  twofronts log a.save --why 2a.MD7.JIWA.K3F9QX\n",
    )
    log.add_argument("save", metavar="SAVE", type=_path)
    _scenario(log)
    log.add_argument("--turn", type=_turn, metavar="N", help="this turn alone")
    log.add_argument("--eyes", metavar="EYES", help="a seat, public or truth")
    log.add_argument("--why", metavar="EVENT", help="open one event: inputs and their sources, odds, draw, rule")
    verify = _command(
        add,
        "verify",
        "play a saved game again and hold it to its record",
        "Play a saved game again from its sealed orders and say whether it is whole: the first turn, phase\n"
        "and event that differ if it is not. Exit code 1 if it was altered, or the rules do not agree with it.",
        "  twofronts verify a.save\n",
    )
    verify.add_argument("save", metavar="SAVE", type=_path)
    _scenario(verify)


def _change(add: _Add) -> None:
    branch = _command(
        add,
        "branch",
        "start again from an earlier turn of a saved game",
        "Start again from the start of turn N, with the same luck, into a new save, and play it out with computer\n"
        "players. Seats named by --keep give their recorded orders again as long as these are legal.",
        "  twofronts branch a.save --turn 2 --keep KP --save b.save\n"
        "  twofronts branch a.save --turn 2 --seat JP=idle --save c.save\n"
        "  twofronts branch a.save --turn 2 --turns 0 --save d.save    (to change something first: facilitate)\n",
    )
    branch.add_argument("save_from", metavar="SAVE", type=_path)
    _scenario(branch)
    branch.add_argument("--turn", type=_turn, required=True, metavar="N")
    branch.add_argument("--keep", action="append", default=[], metavar="SEAT", help="may be given again")
    branch.add_argument("--save", type=_path, required=True, metavar="FILE", help="the new file")
    _seats(branch)
    _turns(branch)
    _json(branch)
    act = _command(
        add,
        "facilitate",
        "change something in a running saved game, on the record",
        "The facilitator's acts. They enter a saved game that is not over where it stands now, as events with a\n"
        "reason. The results of this turn and the last may be taken back or replaced, by the names that\n"
        "`twofronts log SAVE --eyes truth` prints. A value goes by its table, key and field.",
        "  twofronts facilitate d.save set nations JP capital 2 --reason 'the Diet met'\n"
        "  twofronts facilitate d.save cancel '1.P5.JP-KR' --reason 'misread orders' --tell JP --tell KR\n"
        "  twofronts facilitate d.save replace '1.P2.JP-KR' pacts JP-KR sensing 2 --reason 'agreed by telephone'\n"
        "  twofronts facilitate d.save note 'lunch' --reason 'the room is needed'\n",
    )
    act.add_argument("save", metavar="SAVE", type=_path)
    _scenario(act)
    kinds = act.add_subparsers(title="acts", metavar="ACT", dest="act", required=True)
    for name, args, what in (
        ("set", ("table", "key", "field", "value"), "set a value"),
        ("cancel", ("event",), "take a result back"),
        ("replace", ("event", "table", "key", "field", "value"), "have a result change a value otherwise"),
        ("note", ("words",), "note something"),
    ):
        one = kinds.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        one.set_defaults(run="facilitate")
        for arg in args:
            one.add_argument(arg, metavar=arg.upper())
        one.add_argument("--reason", required=True, metavar="WORDS", help="why, in one line; it stands in the record")
        one.add_argument("--tell", action="append", default=[], metavar="SEAT", help="who learns of it")


def _study(add: _Add) -> None:
    pairs = _command(
        add,
        "pairs",
        "play a scenario's choice both ways, many times with the same luck",
        "Play a scenario with computer players twice from each seed: with the choice that it tests and without.\n"
        "Prints what the pair gained, what it paid, and in what share of games the other choice was better.",
        "  twofronts pairs one_sky\n  twofronts pairs one_sky --levels 3,4 --pairs 50 --json\n",
    )
    pairs.add_argument("scenario", metavar="SCENARIO", type=_path)
    pairs.add_argument("--pairs", type=_count(1), default=200, metavar="N", help="how many pairs; 200 unless told")
    pairs.add_argument(
        "--levels", type=_levels, metavar="LOW,HIGH", help="two levels other than the scenario's, as 0,3"
    )
    pairs.add_argument("--workers", type=_count(1), metavar="N", help="processes at once; as many as there are cores")
    _json(pairs)


def _look_up(add: _Add) -> None:
    check = _command(
        add,
        "check",
        "say everything that is wrong with a scenario or a pack",
        "Say everything that is wrong with a scenario, a map, an order of battle, or a folder of them, a line a\n"
        "fault: file, place, reason, remedy. With --play it then plays a scenario with computer players and prints\n"
        "which counters were given which orders, and why others were given none.",
        "  twofronts check maps/northeast_asia/one_sky.toml\n  twofronts check maps/\n"
        "  twofronts check maps/northeast_asia/week_one.toml --play 10\n",
    )
    check.add_argument("path", metavar="PATH", type=_path)
    check.add_argument("--play", type=_count(1), default=0, metavar="N", help="play N games of the scenario")
    _command(add, "list", "print the scenarios that there are", examples="  twofronts list\n")
    rules = _command(add, "rules", "print the rulebook, or one chapter of it", examples="  twofronts rules kernel\n")
    rules.add_argument("chapter", metavar="CHAPTER", nargs="?", default="")
    _command(
        add,
        "raids",
        "print the reference raids at every level of cooperation",
        "Expected leakers of the reference raids R1 to R5 (facts C1.7) at the sensing levels L0 to L4, by the\n"
        "closed form of expected values and by the exact odds that the game draws from.",
    )
