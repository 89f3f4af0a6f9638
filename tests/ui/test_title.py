"""From the first frame to the first game: title, scenarios, settings, saved games."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.__main__ import chapters
from game.io.recent import Recent, glance
from game.io.seating import Chair, Seating, code_of
from game.io.wishes import Wishes, keep_wishes, read_wishes
from game.ui import start
from game.ui.house import House
from game.ui.screens.chooser import ChooserScreen, Preview
from game.ui.screens.games import GamesScreen
from game.ui.screens.replay import ReplayScreen
from game.ui.screens.seats import SeatsScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.screens.title import TitleScreen, next_seat
from game.ui.screens.tutorial import TutorialScreen
from game.ui.theme import fit_scale
from game.ui.widgets import Button, Rows, Widget
from tests.ui.driver import Driver, window

ROOT = Path(__file__).parents[2]
SIZES = [((1280, 720), 0.0), ((1920, 1080), 0.0), ((1920, 1080), 2.0), ((1280, 720), 2.0)]
PEOPLE = Seating(
    (
        Chair("JP", people=("Hana",)),
        Chair("KR", people=("Min",)),
        Chair("US", player="doctrine"),
        Chair("CN", player="doctrine"),
        Chair("KP", player="doctrine"),
    ),
    facilitator=Chair("", code=code_of("white")),
)


@pytest.fixture(scope="module")
def house() -> House:
    return House(chapters, durable=False)


@pytest.fixture(scope="module")
def save(house: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game of two people and three computers, Japan's plan not sealed."""
    path = tmp_path_factory.mktemp("saves") / "evening.save"
    house.begin("one_sky", PEOPLE, 714159, path).sitting.close()
    return path


@pytest.fixture(scope="module")
def sealed_games(house: House, tmp_path_factory: pytest.TempPathFactory) -> tuple[Recent, ...]:
    """The same game, Japan's seat with a code."""
    path = tmp_path_factory.mktemp("sealed") / "evening.save"
    japan = Chair("JP", people=("Hana",), code=code_of("sakura"))
    house.begin("one_sky", PEOPLE.having(japan), 714159, path).sitting.close()
    found = glance(path, {"one_sky": "One Sky"})
    assert found is not None
    return (found,)


@pytest.fixture
def games(save: Path) -> tuple[Recent, ...]:
    found = glance(save, {"one_sky": "One Sky"})
    assert found is not None
    return (found,)


def inside(widgets: list[Widget], size: tuple[int, int]) -> None:
    """Nothing to be worked stands outside the window, or over another such thing on its layer."""
    worked = [w for w in widgets if isinstance(w, Button | Rows)]
    for n, one in enumerate(worked):
        assert one.rect.x >= 0 and one.rect.y >= 0 and one.rect.w > 0 and one.rect.h > 0, one.id
        assert one.rect.right <= size[0] and one.rect.bottom <= size[1], one.id
        for other in worked[n + 1 :]:
            assert one.layer != other.layer or not one.rect.meets(other.rect), (one.id, other.id)


# The first frame


FRAME = """
import sys
from game.__main__ import main
from game.ui import start

def stop():
    import pygame
    shown = pygame.display.get_surface()
    print(shown.get_size(), len(set(shown.get_buffer().raw)))
    print(*sorted({m.partition(".")[0] for m in sys.modules} & {"attrs", "attr", "cattrs", "rich", "rules"}))
    sys.exit(0)

start.read_rest = stop
main(["--window", "--size", "1280x720"])
"""


def test_the_first_frame_stands_before_anything_else_is_read() -> None:
    done = subprocess.run([sys.executable, "-c", FRAME], cwd=ROOT, capture_output=True, text=True, check=True)
    size, loaded = done.stdout.splitlines()[-2:]
    assert size.startswith("(1280, 720)") and int(size.split()[-1]) > 100, "no picture, or no colors in it"
    assert loaded == ""


def test_the_name_stands_where_the_title_has_it(house: House) -> None:
    """Nothing jumps when the title takes over from the first frame."""
    for size in ((1280, 720), (1920, 1080)):
        pygame.display.quit()
        first = start.open_window(size).copy()
        hand = Driver(TitleScreen(house, ()), size)
        label = pygame.Rect(hand.widget("mark").rect).inflate(0, -20)
        white = [
            pygame.mask.from_threshold(s.subsurface(label), "#F4F7F9", (40, 40, 40))
            for s in (first, hand.app.surface)
        ]
        shared = white[0].overlap_area(white[1], (0, 0))
        assert shared > 0.9 * white[1].count() > 0


def test_another_pygame_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame, "IS_CE", 0)
    with pytest.raises(start.NoWindow, match="pip install pygame-ce"):
        start.engine()


def test_a_window_closed_while_the_rest_is_read_is_closed() -> None:
    window()
    pygame.event.post(pygame.Event(pygame.QUIT))
    assert not start.read_rest()
    pygame.event.clear()


# The title


@pytest.mark.parametrize(
    ("id", "key", "leads"),
    [
        ("new", "N", ChooserScreen),
        ("load", "L", GamesScreen),
        ("facilitator", "F", GamesScreen),
        ("tutorial", "T", TutorialScreen),
        ("settings", "S", SettingsScreen),
    ],
)
def test_mouse_and_key_lead_to_the_same_screen(house: House, id: str, key: str, leads: type) -> None:
    for work in ("mouse", "key"):
        hand = Driver(TitleScreen(house, ()))
        hand.click(id) if work == "mouse" else hand.key(key)
        assert isinstance(hand.screen, leads)
    if leads is GamesScreen:
        assert hand.screen.facilitate is (id == "facilitator")  # type: ignore[attr-defined]


@pytest.mark.parametrize("work", ["Q", "Esc", "window"])
def test_quitting(house: House, work: str) -> None:
    hand = Driver(TitleScreen(house, ()))
    if work == "window":
        hand.app.pump([pygame.Event(pygame.QUIT)], 2000)
    else:
        hand.key(work)
    assert not hand.app.running


def test_going_on_names_the_game_its_turn_and_who_plans(house: House, games: tuple[Recent, ...]) -> None:
    hand = Driver(TitleScreen(house, games))
    assert {"One Sky", "turn 1", "Japan"} <= {
        t for text in hand.texts() for t in ("One Sky", "turn 1", "Japan") if t in text
    }
    assert next_seat(games[0]) == "JP"
    hand.key("Enter")
    hand.work()
    assert type(hand.screen).__name__ == "HandoffScreen"
    hand.app.end()


def test_a_sealed_game_asks_for_a_code_and_shows_its_seat_at_once(
    house: House, sealed_games: tuple[Recent, ...]
) -> None:
    hand = Driver(TitleScreen(house, sealed_games))
    assert next_seat(sealed_games[0]) == ""
    hand.key("Enter")
    hand.type("momiji")
    hand.key("Enter")
    hand.work()
    assert isinstance(hand.screen, TitleScreen)
    assert hand.screen.problem and hand.screen.problem in hand.texts()
    hand.type("sakura")
    hand.key("Enter")
    hand.work()
    assert type(hand.screen).__name__ == "BriefScreen", "Japan is next, and this is Japan's code"
    hand.app.end()


def test_a_sealed_game_opens_by_another_code_at_the_hand_off(house: House, sealed_games: tuple[Recent, ...]) -> None:
    hand = Driver(TitleScreen(house, sealed_games))
    hand.key("Enter")
    hand.type("white")
    hand.key("Enter")
    hand.work()
    assert type(hand.screen).__name__ == "HandoffScreen"
    hand.app.end()


def test_a_code_that_is_not_at_hand_leaves_the_title_as_it_was(
    house: House, sealed_games: tuple[Recent, ...]
) -> None:
    hand = Driver(TitleScreen(house, sealed_games))
    before = hand.texts()
    hand.key("Enter")
    hand.type("sak")
    hand.key("Esc")
    assert hand.texts() == before and hand.app.running


def test_a_sealed_game_is_replayed_by_a_code(house: House, sealed_games: tuple[Recent, ...]) -> None:
    hand = Driver(GamesScreen(house, games=sealed_games))
    hand.key("Ctrl+R")
    hand.type("nothing")
    hand.key("Enter")
    hand.work()
    assert isinstance(hand.screen, GamesScreen) and hand.screen.problem in hand.texts()
    hand.type("sakura")
    hand.key("Enter")
    hand.work()
    assert isinstance(hand.screen, ReplayScreen)
    hand.app.end()


def test_the_title_tells_nothing_secret_of_a_game(house: House, games: tuple[Recent, ...]) -> None:
    texts = " ".join(Driver(TitleScreen(house, games)).texts())
    assert "Hana" in texts, "who sits where is no secret"
    assert "714159" not in texts and "sakura" not in texts and "scrypt" not in texts


def test_a_save_that_cannot_be_opened_says_so_in_one_line(
    house: House, games: tuple[Recent, ...], tmp_path: Path
) -> None:
    gone = Recent(tmp_path / "gone.save", "one_sky", "One Sky", 2, (("JP", ""),), False, 0)
    hand = Driver(TitleScreen(house, (gone,)))
    hand.click("continue")
    hand.work()
    assert isinstance(hand.screen, TitleScreen)
    line = next(w for w in hand.widgets() if w.id == "problem")
    assert "gone.save" in line.tip and "\n" not in line.tip


@pytest.mark.parametrize(("size", "wish"), SIZES)
def test_everything_fits(house: House, games: tuple[Recent, ...], size: tuple[int, int], wish: float) -> None:
    shown = games * 6
    for screen in (
        TitleScreen(house, shown),
        TitleScreen(house, ()),
        GamesScreen(house, games=shown),
        SettingsScreen(house, Wishes(), lambda _: None),
        SeatsScreen(house, "one_sky"),
        SeatsScreen(house, "first_watch"),
        ChooserScreen(house),
    ):
        inside(Driver(screen, size, wish).widgets(), size)


def test_the_keyboard_alone_reaches_every_button(house: House, games: tuple[Recent, ...]) -> None:
    for screen in (TitleScreen(house, games), GamesScreen(house, games=games), SettingsScreen(house, Wishes())):
        hand = Driver(screen)
        for widget in hand.widgets():
            if isinstance(widget, Button | Rows):
                hand.focus(widget.id)


# The scenario chooser


def ready(hand: Driver) -> Preview:
    screen = hand.screen
    assert isinstance(screen, ChooserScreen)
    found = screen.read[screen.entry.id].result()
    assert isinstance(found, Preview)
    hand.wait(100)
    return found


def test_a_scenario_is_set_out_before_it_is_chosen(house: House) -> None:
    hand = Driver(ChooserScreen(house))
    found = ready(hand)
    texts = " ".join(hand.texts())
    assert found.table.purpose in texts and "Who saw the launch first" in texts and "25 min" in texts
    assert "preview" in hand.ids()
    hand.key("Up")
    ready(hand)
    assert "First Watch" in " ".join(hand.texts()) and found.table.purpose not in " ".join(hand.texts())
    hand.key("Enter")
    assert isinstance(hand.screen, SeatsScreen) and hand.screen.id == "first_watch"


def test_the_preview_holds_what_everybody_knows_alone(house: House) -> None:
    hand = Driver(ChooserScreen(house))
    table = ready(hand).table
    shown = {marker.id for marker in hand.screen.shown.map.scene.markers}  # type: ignore[attr-defined]
    public = table.sitting.public()
    assert shown <= {*public.counters, *public.contacts}
    theirs = {seat: set(table.sitting._match.view(seat).counters) for seat in table.board.seats}
    hidden = set.union(*theirs.values()) - set(public.counters)
    assert hidden, "this scenario hides nothing: another one is needed here"
    words = " ".join(hand.texts()).split()
    assert not hidden & set(words)


# Saved games


def test_a_game_is_found_by_its_path_gone_on_with_and_replayed(
    house: House, save: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    for key, leads in (("Ctrl+Enter", "HandoffScreen"), ("Ctrl+R", "ReplayScreen")):
        hand = Driver(GamesScreen(house, games=()))
        assert isinstance(hand.widget("go"), Button) and not hand.widget("go").on  # type: ignore[attr-defined]
        hand.click("path")
        hand.type(str(save))
        hand.key(key)
        hand.work()
        assert type(hand.screen).__name__ == leads
        hand.app.end()
    assert isinstance(hand.screen, ReplayScreen)


def test_the_facilitator_gives_a_code(
    house: House, sealed_games: tuple[Recent, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    hand = Driver(GamesScreen(house, facilitate=True, games=sealed_games))
    hand.key("Ctrl+F")
    hand.type("black")
    hand.key("Enter")
    hand.work()
    assert isinstance(hand.screen, GamesScreen) and hand.screen.problem
    hand.type("sakura")
    hand.key("Enter")
    hand.work()
    assert isinstance(hand.screen, GamesScreen) and hand.screen.problem, "it opens the save, not the white cell"
    hand.type("white")
    hand.key("Enter")
    hand.work()
    assert type(hand.screen).__name__ == "FacilitateScreen"
    hand.app.end()


# Settings


def test_wishes_are_tried_at_once_and_kept(house: House, tmp_path: Path) -> None:
    hand = Driver(SettingsScreen(house, Wishes(), lambda wishes: keep_wishes(wishes, tmp_path)), (1920, 1080))
    before = hand.app.front.room.scale
    hand.click("scale", 200)
    assert hand.app.front.room.scale == 2.0 != before
    assert read_wishes(tmp_path) == Wishes(scale=200)
    hand.click("scale", 0)
    assert hand.app.front.room.scale == before
    hand.key("Esc")
    assert isinstance(hand.screen, TitleScreen)


@pytest.mark.parametrize(
    ("size", "wish", "given"),
    [((1280, 720), 2.0, 1.25), ((1920, 1080), 2.0, 2.0), ((1024, 576), 2.0, 1.0), ((1920, 1080), 0.0, 1.5)],
)
def test_letters_grow_as_far_as_every_screen_has_room(size: tuple[int, int], wish: float, given: float) -> None:
    assert fit_scale(*size, wish) == given


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scale":99,"full":1,"language":"../x"}', "\0"])
def test_wishes_that_cannot_be_read_are_the_plain_ones(text: str, tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text(text, encoding="utf-8")
    assert read_wishes(tmp_path) == Wishes()
