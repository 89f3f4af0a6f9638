"""Games through a real window, with real mouse and keys: One Sky by five people with two codes, killed at the seal
and gone on with; Week One by one person with a code and computers, from the title to the last review."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.core.rulebook import Rulebook
from game.io.save import open_save, unlock
from game.io.sealed import sealed_for
from rules import SEQUENCE
from tests.ui.xvfb import PATIENCE, ROOT, Person, Sight, display, want_display

SEATS = ("JP", "US", "KR", "CN", "KP")
CODES = {"JP": "4711", "CN": "0815"}
#: Where a row of the seats' list stands: height and gap in points, at scale 1.
ROW, GAP = 56, 5
#: How far apart the scenarios' cards stand, in pixels at that scale.
CARD = 71
#: The seat's window as it opens on a wide display.
SEAT_WIDE = 1600


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    want_display()
    with display() as name:
        yield name


def sealed(save: Path) -> dict[tuple[int, str], str]:
    """Every plan that stands sealed in a save, by turn and seat."""
    code = next(iter(CODES.values()))
    found = open_save(save, Rulebook(SEQUENCE), unlock(save, [code]))
    return {(turn, seat): repr(plan) for turn in found.turns for seat, plan in found.plans(turn).items()}


class Evening:
    """Five people round one screen: what they do at each screen that comes up."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.seen: list[str] = []
        self.codes = 0

    def now(self) -> Sight:
        return self.person.wait(lambda s: True, "a screen")

    def until(self, wanted: str, steps: int = 400) -> Sight:
        """Play on until a screen stands there."""
        for _ in range(steps):
            now = self.person.wait(lambda s: s.screen != "Waiting", "a screen")
            if now.screen != (self.seen[-1] if self.seen else ""):
                self.seen.append(now.screen)
            if now.screen == wanted:
                return now
            self.step(now)
        raise AssertionError(f"{steps} steps did not lead to {wanted}: {' '.join(self.seen[-40:])}")

    def step(self, now: Sight) -> None:
        """What one does here, and wait until something comes of it."""
        match now.screen:
            case "HandoffScreen":
                self.reveal(now)
            case "BriefScreen":
                self.press(now, "Return")
            case "PlanScreen":
                self.seal(now)
            case "FilmScreen":
                self.watch(now)
            case "AlarmScreen":
                self.person.click("answer" if now.has("answer") else "on")
                self.away(now)
            case _:
                raise AssertionError(f"nobody knows what to do at {now.screen}")

    def press(self, before: Sight, *keys: str) -> None:
        self.person.keys(*keys)
        self.away(before)

    def away(self, before: Sight) -> None:
        self.person.wait(lambda s: s.shape != before.shape, f"{before.screen} to change")

    def reveal(self, now: Sight) -> None:
        assert not now.has("map"), "the map is on the screen that is handed over"
        if not now.has("code"):
            self.press(now, "Return")
            return
        # A person with a code: another's opens nothing.
        for code in (*CODES.values(), *CODES.values()):
            self.person.click("code")
            self.person.type(code)
            self.person.keys("Return")
            self.codes += 1
            if self.came(lambda s: s.screen != now.screen, 1.0):
                return
        raise AssertionError("no code opens the screen")

    def came(self, wanted: Callable[[Sight], bool], seconds: float) -> bool:
        """Whether it comes to that in this time."""
        try:
            self.person.wait(wanted, "", seconds=seconds)
        except AssertionError:
            return False
        return True

    def dialog(self, now: Sight) -> Sight:
        """The seal's dialog, opened by its key."""
        self.person.keys("c")
        found = self.person.wait(lambda s: s.has("seal.now"), "the seal")
        assert found.widgets["seal.now"]["on"], "the staff's own plan may not be sealed"
        return found

    def seal(self, now: Sight) -> None:
        found = self.dialog(now)
        if len(self.seen) % 2:
            self.person.click("seal.now")
        else:
            self.person.keys("Return")
        self.person.wait(lambda s: s.screen != found.screen, "the plan to be sealed")

    def watch(self, now: Sight) -> None:
        if now.has("skip"):
            for _ in range(10):  # a skip asked for while a phase is worked out may be over before the next
                self.person.keys("s")
                if self.came(lambda s: s.screen != "FilmScreen" or not s.has("skip"), 3.0):
                    return
            raise AssertionError("the film does not end")
        self.person.keys("Return")
        self.person.wait(lambda s: s.screen != "FilmScreen" or s.has("skip"), "what follows the film")


def set_up(person: Person) -> None:
    """Five persons by mouse, two of them with codes."""
    seats = person.wait(lambda s: s.screen == "SeatsScreen" and s.has("places"), "the seats")
    x, y, w, _ = seats.rect("places")
    for n in range(len(SEATS)):
        # Persons come first in the list, and one was a person already: what is typed goes by the row's place.
        person.click_at(x + w // 3, y + n * (ROW + GAP) + ROW // 2)
        person.click("kind", across=1 / 6)
        person.wait(lambda s: s.has("code"), "a person's fields")
        if n in (0, 3):
            person.click("code")
            person.type(tuple(CODES.values())[n and 1])
    person.click("start")
    person.wait(lambda s: s.screen == "HandoffScreen", "the first hand-off")


def test_an_evening_of_one_sky_survives_a_kill_at_the_seal(screen: str, tmp_path: Path) -> None:
    save = tmp_path / "data" / "twofronts" / "saves" / "evening.save"
    save.parent.mkdir(parents=True)
    person = Person(screen, tmp_path, "play", "one_sky", "--seed", "11", "--save", str(save))
    try:
        set_up(person)
        evening = Evening(person)
        evening.until("PlanScreen")
        evening.seal(evening.now())
        evening.until("PlanScreen")
        evening.seal(evening.now())
        now = evening.until("PlanScreen")
        before = sealed(save)
        assert len(before) == 2, before
        evening.dialog(now)
        person.keys("Return")
        person.kill()
    finally:
        person.close()

    after = sealed(save)
    assert before.items() <= after.items(), "what was sealed before the kill is sealed after it"
    person = Person(screen, tmp_path, "--window")
    try:
        person.wait(lambda s: s.has("continue"), "the title with the game to go on with")
        person.keys("Return")
        person.wait(lambda s: s.has("ask.code"), "the sealed game's code to be asked for")
        person.type(next(iter(CODES.values())))
        person.keys("Return")
        person.wait(lambda s: s.screen != "TitleScreen", "the game to be opened")
        evening = Evening(person)
        assert before.items() <= sealed(save).items()
        evening.until("DebriefScreen")
        person.wait(lambda s: not s.busy, "the review")
    finally:
        person.close()

    found = open_save(save, Rulebook(SEQUENCE))
    assert found.over
    assert all(set(found.plans(turn)) == set(found.header.seats) for turn in found.turns[:-1])
    assert before.items() <= sealed(save).items()
    assert evening.codes >= 4, "two seats with codes, in two turns at least"
    assert evening.seen.count("FilmScreen") >= 2
    done = subprocess.run(
        [sys.executable, "-m", "game", "verify", str(save)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


TELEGRAM = "Send fuel by Busan; we hold the strait"


class WeekOne(Evening):
    """One person's evening, who looks at the staff's estimates and gives orders of their own on the first turn."""

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self.slowest = 0.0
        self.planned = False

    def step(self, now: Sight) -> None:
        begun = time.monotonic()
        super().step(now)
        self.slowest = max(self.slowest, time.monotonic() - begun)

    def seal(self, now: Sight) -> None:
        if not self.planned:
            self.plan()
            self.planned = True
        super().seal(self.now())

    def plan(self) -> None:
        person = self.person
        person.keys("g")
        person.wait(lambda s: s.has("estimates.says"), "the staff's estimates, which time alone brings")
        person.keys("o")
        person.click("courses.keep")
        person.wait(lambda s: s.has("queue"), "the orders")
        x, y, w, _ = self.now().rect("queue")
        for _ in range(2):  # two of the staff's orders make room for one's own
            person.click_at(x + w - 27, y + 72)
        for words in ("telegram", "supply", "patrol"):
            person.keys("a")
            person.click("pick.find")
            person.type(words)
            person.keys("Return")
            person.wait(lambda s: s.has("form.add"), f"a form for {words}")
            if words == "telegram":
                person.click("form.text")
                person.type(TELEGRAM)
            elif words == "supply":
                person.click("form.routing")
                person.keys("Down", "Return")
            person.wait(lambda s: s.has("form.add") and s.widgets["form.add"]["on"], "an order that may be given")
            person.click("form.add")
            person.wait(lambda s: not s.has("form.add"), "the order to be taken")


def command(home: Path, *words: object) -> str:
    call = [sys.executable, "-m", "game", *map(str, words)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.deep
def test_week_one_from_the_title_to_its_end(screen: str, tmp_path: Path) -> None:
    """As the README has it: the window, four weeks; then the save is verified, read, replayed and branched."""
    person = Person(screen, tmp_path)
    try:
        person.wait(lambda s: s.screen == "TitleScreen", "the title")
        person.keys("n")
        person.wait(lambda s: s.has("preview"), "the scenarios")
        x, y, w, _ = person.wait(lambda s: s.has("cards"), "their cards").rect("cards")
        person.click_at(x + w // 2, y + 5 * CARD + CARD // 2)
        evening = WeekOne(person)
        for _ in range(20):  # until the scenario is read there is nothing to go on to
            person.keys("Return")
            if evening.came(lambda s: s.screen == "SeatsScreen", 0.5):
                break
        person.click("code")
        person.type(CODES["JP"])
        person.keys("ctrl+Return")
        person.wait(lambda s: s.screen == "HandoffScreen", "the first hand-off")
        (save,) = (tmp_path / "data" / "twofronts" / "saves").glob("*.save")
        assert save.name == "week_one-1.save" and sealed_for(save) == ("JP",)
        evening.until("DebriefScreen", 2000)
        person.wait(lambda s: not s.busy and s.has("replay"), "the review")
        person.keys("p")
        person.wait(lambda s: s.screen == "PairsScreen", "the other choice")
        person.keys("Escape")
        person.wait(lambda s: s.screen == "DebriefScreen", "the review again")
    finally:
        person.close()
    assert evening.slowest < PATIENCE / 2
    assert {"AlarmScreen", "FilmScreen"} <= set(evening.seen) and evening.seen.count("PlanScreen") == 4

    found = open_save(save, Rulebook(SEQUENCE))
    assert found.over and found.turns == (1, 2, 3, 4, 5), "open for all once it is over"
    orders = {order.VERB: order for order in found.plans(1)["JP"].orders}
    assert {"telegram", "supply", "patrol"} <= set(orders)
    assert getattr(orders["telegram"], "text", "") == TELEGRAM
    assert "4 turns played again, every step as recorded" in command(tmp_path, "verify", save)
    assert f'"{TELEGRAM}' in command(tmp_path, "log", save, "--eyes", "KR")
    picture, other = tmp_path / "a.png", tmp_path / "b.save"
    command(tmp_path, "replay", save, "--eyes", "JP", "--turn", 3, "--picture", picture)
    assert picture.stat().st_size > 100_000
    command(tmp_path, "branch", save, "--turn", 3, "--turns", 1, "--seat", "JP=idle", "--save", other)
    command(tmp_path, "resume", other)
    assert "whole" in command(tmp_path, "verify", other)


def test_two_windows_stand_at_once_and_neither_is_black(tmp_path: Path) -> None:
    want_display()
    with display((2880, 960)) as name:
        person = Person(
            name, tmp_path, "play", "one_sky", "--seed", "3", "--seat", "JP=person", "--seat", "US=person"
        )
        try:
            person.wait(lambda s: s.screen == "HandoffScreen" and s.has("reveal"), "the first hand-off")
            person.keys("F3")
            public = person.wait(lambda s: s.screen == "PublicScreen", "the public window", "public")
            seats, projector = person.windows(2)
            person.lay(seats, 0, 0)
            person.lay(projector, SEAT_WIDE, 0)
            person.click("reveal")
            brief = person.wait(lambda s: s.screen == "BriefScreen", "the brief")
            assert brief.has("map")
            picture = person.pixels(tmp_path / "both.png")
            assert shades(picture, 0, brief.size) > 30, "the seat's window is no flat ground"
            assert shades(picture, SEAT_WIDE, public.size) > 30, "nor is the public one"
        finally:
            person.close()


def shades(picture: object, left: int, size: tuple[int, int]) -> int:
    """How many different colors a coarse look at a window finds, that lies at the top of the screen."""
    import pygame

    assert isinstance(picture, pygame.Surface)
    w, h = size
    return len({tuple(picture.get_at((left + x, y)))[:3] for x in range(4, w, 8) for y in range(4, h, 8)})
