"""The window at 1920 x 1080 by software: a whole frame of the plan screen, map, panels and all, through `App.pump`
(goals F1, F2, F3 of the issue), and the longest that anything holds the window's thread while a game is played.

Two floors stand beside it in the same run: the layered frame, whose lines are kept on the cached picture, and the
frame that draws 200 long smooth lines anew. `bench_map` measures the map alone.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any
from unittest.mock import patch

from game.core.ids import Seat
from game.io.seating import Chair, Seating
from tests.bench.bench_map import NO_PYGAME, H, W, floor_cases
from tests.bench.timing import Row, Times, calls, ratio, rounds

#: How far the map goes a frame, and how many frames before it turns back.
STEP, WAY = 6, 150
RESTS = 100
SEED = 7


def planning(scenario: str = "one_sky", seat: Seat = "JP") -> Any:
    """A driver on the plan screen of one seat, all work done and everything at rest."""
    from game.__main__ import chapters
    from game.ui.house import House
    from tests.ui.driver import Driver
    from tests.ui.turns import _Nothing

    house = House(chapters, durable=False)
    setting, _, _ = house.read(scenario)
    chairs = tuple(Chair(s, "" if s == seat else "doctrine") for s in setting.board.seats)
    table = house.begin(scenario, Seating(chairs), SEED, None)
    hand = Driver(_Nothing(), (W, H))
    table.sitting.begin(0)
    table.next(hand.app)
    settle(hand)
    return hand


def settle(hand: Any) -> None:
    for _ in range(3):
        hand.wait(800)
        hand.work()


def plan_cases(pygame: Any, hand: Any) -> dict[str, Callable[[], object]]:
    """The plan screen while the map is dragged, while one button is lit, a letter typed, a counter moved; zoomed."""
    from game.ui.paint.things import Effect

    app, view = hand.app, hand.screen.map
    middle = (W // 3, H // 2)
    step = [0]

    def pump(*events: Any) -> None:
        hand.now += 16
        app.pump(list(events), hand.now)

    def pan() -> None:
        """A drag to and fro over most of a window: pictures that must be made anew on the way count in."""
        if not step[0]:
            hand.move(middle)
            pump(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=middle, button=2))
        step[0] += 1
        x = round(STEP * WAY / math.pi * math.sin(step[0] * math.pi / WAY))
        pump(pygame.event.Event(pygame.MOUSEMOTION, pos=(middle[0] + x, middle[1]), rel=(0, 0), buttons=(0, 1, 0)))

    def dropped() -> None:
        if step[0]:
            pump(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=middle, button=2))
            step[0] = 0
            hand.wait(300)

    ends = [hand.widget(id).rect.center for id in ("seal", "courses.own")]

    def hover() -> None:
        step[0] += 1
        pump(pygame.event.Event(pygame.MOUSEMOTION, pos=ends[step[0] % 2], rel=(0, 0), buttons=(0, 0, 0)))

    looks = [
        (Effect("travel", (131.0, 33.0), n / 200, (129.0, 31.0), symbol="ftr"),)
        for n in (*range(200), *range(200, 0, -1))
    ]

    def move() -> None:
        step[0] += 1
        view.effects = looks[step[0] % len(looks)]
        pump()

    def letter() -> None:
        if hand.screen.p.dialog != "find":
            hand.key("/")
        step[0] += 1
        if step[0] % 2:
            pump(pygame.event.Event(pygame.TEXTINPUT, text="q"))
        else:
            pump(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_BACKSPACE, mod=0, unicode=""))
            pump(pygame.event.Event(pygame.KEYUP, key=pygame.K_BACKSPACE, mod=0))

    def zoom() -> None:
        """A notch of the wheel, and the frame that makes the picture anew once it rests."""
        step[0] += 1
        hand.wheel(middle, 1 if step[0] % 2 else -1)
        hand.wait(200)

    def clean() -> None:
        dropped()
        step[0] = 0
        view.effects = ()
        if hand.screen.p.dialog:
            hand.key("Esc")
        hand.wait(300)

    cases = {"pan": pan, "hover": hover, "move": move, "letter": letter, "zoom": zoom}
    return {**cases, "clean": clean}


def resting(hand: Any) -> int:
    """How many frames are painted while nothing is done."""
    hand.wait(1600)
    before = hand.app.front.painted
    for _ in range(RESTS):
        hand.wait(16)
    return int(hand.app.front.painted - before)


def in_turn(case: Callable[[], object], times: int, clean: Callable[[], object]) -> Callable[[], float]:
    """Mean time of `case`, begun anew each round."""
    inner = calls(case, times)

    def timed() -> float:
        clean()
        case()
        return inner()

    return timed


def longest(case: Callable[[], object], times: int) -> float:
    out = 0.0
    for _ in range(times):
        start = perf_counter()
        case()
        out = max(out, perf_counter() - start)
    return out


def rows(n: int) -> tuple[list[Row], Times]:
    try:
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
        os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
        import pygame
    except ImportError:
        return [Row(f"F{i}", "the plan screen", None, note=NO_PYGAME) for i in (1, 2, 3)], {}
    block, where = longest_block()  # first, while nothing is warm
    hand = planning()
    floors = floor_cases(pygame, pygame.display.get_surface())
    plan = plan_cases(pygame, hand)
    clean = plan.pop("clean")
    many = {"frame": 20, "layered": 40, "coast": 2, "pan": 2 * WAY, "hover": 40, "move": 40, "letter": 40, "zoom": 4}
    cases = {name: calls(floors[name], many[name]) for name in ("frame", "layered", "coast")}
    cases |= {name: in_turn(case, many[name], clean) for name, case in plan.items()}
    times = rounds(cases, n)
    clean()
    worst = longest(plan["pan"], 2 * WAY)
    clean()
    painted = resting(hand)

    def ms(name: str) -> str:
        return f"{median(times[name]) * 1e3:.2f} ms"

    return [
        Row(
            "F1",
            "plan screen while panning / layered frame",
            ratio(times, "pan", "layered"),
            2.5,
            1.5,
            note=ms("pan"),
        ),
        Row("F1", "... / frame with 200 lines drawn anew", ratio(times, "pan", "frame"), note=ms("frame")),
        Row("F1", "... its slowest frame, ms", worst * 1e3, 100),
        Row("F2", "... a button lit / layered frame", ratio(times, "hover", "layered"), note=ms("hover")),
        Row("F2", "... a letter typed / layered frame", ratio(times, "letter", "layered"), note=ms("letter")),
        Row("F2", "... one counter moved / layered frame", ratio(times, "move", "layered"), note=ms("move")),
        Row(
            "F3",
            "... a notch of zoom and its new picture / naive coast",
            ratio(times, "zoom", "coast"),
            note=ms("zoom"),
        ),
        Row("F0", f"frames painted in {RESTS} ticks at rest", painted, note="none must be"),
        Row("UI", "longest hold of the window in a First Watch, ms", block * 1e3, 100, note=where),
    ], times


# A whole First Watch -----------------------------------------------------------------------------------------------


class Watched:
    """An App whose every pump is timed, by the screen that it was for."""

    def __init__(self, hand: Any) -> None:
        self.hand = hand
        self.held: list[tuple[float, str]] = []
        self._pump = hand.app.pump
        hand.app.pump = self.pump

    def pump(self, events: Any, now: int) -> None:
        before, start = screen_name(self.hand), perf_counter()
        self._pump(events, now)
        took, after = perf_counter() - start, screen_name(self.hand)
        self.held.append((took, before if before == after else f"{before} to {after}"))


def screen_name(hand: Any) -> str:
    return type(getattr(hand.screen, "inner", hand.screen)).__name__


def longest_block() -> tuple[float, str]:
    """Seconds, and on which screen, of the longest single pump in a First Watch played to its end."""
    held = sorted(first_watch(), reverse=True)
    return held[0]


def first_watch() -> list[tuple[float, str]]:
    """Every pump of a First Watch played alone: the bet, both days, three turns, the debrief; its save is thrown
    away, and the user's own folder is not touched."""
    with TemporaryDirectory() as folder, patch("game.io.recent.saves_folder", lambda: Path(folder)):
        return _first_watch()


def _first_watch() -> list[tuple[float, str]]:
    from game.__main__ import chapters
    from game.ui.house import House
    from game.ui.screens.tutorial import TutorialScreen
    from tests.ui.driver import Driver

    hand = Driver(TutorialScreen(House(chapters, durable=False), SEED), (W, H))
    watched = Watched(hand)
    hand.wait(32)
    for key in ("Enter", "3", "Enter"):
        hand.key(key)
        worked(hand)
    for _ in range(4000):
        name = screen_name(hand)
        if name == "DebriefScreen":
            break
        play_on(hand, name)
    for _ in range(3):
        hand.wait(800)
        worked(hand)
    for key in ("Right", "Right", "Left"):
        hand.key(key)
        hand.wait(200)
    return watched.held


def worked(hand: Any) -> None:
    """Wait for work beside the window as the window does, frame by frame, so that what it ends with is timed, too."""
    while hand.app.busy:
        sleep(0.002)
        hand.wait(16)


def play_on(hand: Any, name: str) -> None:
    """What somebody does who takes each default."""
    if name == "PlanScreen":
        hand.wait(600)
        worked(hand)
        hand.wheel((W // 3, H // 2), 1)
        hand.wait(300)
        hand.key("C")
        hand.wait(100)
        hand.key("Enter")
    elif name == "FilmScreen":
        film = getattr(hand.screen, "inner", hand.screen)
        hand.key("Enter") if film.over else hand.wait(200)
    else:
        hand.wait(100)
        worked(hand)
        hand.key("Enter")
