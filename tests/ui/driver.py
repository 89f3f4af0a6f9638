"""Hands for tests: clicks, keys and letters on widgets by id, through the very events that a person's make."""

from __future__ import annotations

import pygame

from game.ui import parts
from game.ui.app import App, Screen
from game.ui.layout import Rect
from game.ui.widgets import Choice, Pane, Rows, Tabs, Widget, texts_of

CODES = {
    "Enter": pygame.K_RETURN,
    "Esc": pygame.K_ESCAPE,
    "Space": pygame.K_SPACE,
    "Tab": pygame.K_TAB,
    "Del": pygame.K_DELETE,
    "Backspace": pygame.K_BACKSPACE,
    "Left": pygame.K_LEFT,
    "Right": pygame.K_RIGHT,
    "Up": pygame.K_UP,
    "Down": pygame.K_DOWN,
    "Home": pygame.K_HOME,
    "End": pygame.K_END,
    "PgUp": pygame.K_PAGEUP,
    "PgDn": pygame.K_PAGEDOWN,
    ",": pygame.K_COMMA,
    ".": pygame.K_PERIOD,
    "/": pygame.K_SLASH,
    "+": pygame.K_EQUALS,
    "-": pygame.K_MINUS,
    **{f"F{n}": getattr(pygame, f"K_F{n}") for n in range(1, 13)},
}


def window(size: tuple[int, int] = (1280, 720)) -> pygame.Surface:
    """A dummy window of that size; the display is opened once."""
    pygame.display.init()
    pygame.font.init()
    return pygame.display.set_mode(size, pygame.RESIZABLE)


class Driver:
    """Drives one App over a dummy window; time is a number that only moves when told to."""

    def __init__(self, screen: Screen, size: tuple[int, int] = (1280, 720), wish: float = 0.0) -> None:
        window(size)
        self.app = App(screen, size, wish)
        self.now = 1000
        self.app.pump([], self.now)

    # What is there

    @property
    def screen(self) -> Screen:
        return self.app.front.screen

    def widgets(self) -> list[Widget]:
        return self.app.front.widgets()

    def ids(self) -> list[str]:
        return [w.id for w in self.widgets()]

    def widget(self, id: str) -> Widget:
        found = next((w for w in self.widgets() if w.id == id), None)
        assert found is not None, f"no widget {id!r} on {type(self.screen).__name__}; it has {', '.join(self.ids())}"
        return found

    def texts(self) -> list[str]:
        return [words for w in self.widgets() for words in texts_of(w)]

    def pixels(self) -> bytes:
        return pygame.image.tobytes(self.app.surface, "RGB")

    def save(self, path: str) -> None:
        pygame.image.save(self.app.surface, path)

    # Time

    def wait(self, ms: int = 0, step: int = 16) -> None:
        """Let time pass, a frame at a time."""
        until = self.now + ms
        while self.now < until:
            self.now = min(until, self.now + step)
            if getattr(getattr(self.screen, "inner", self.screen), "resolving", False):
                self.app.wait_for_work()  # a turn goes on beside the window, in a time of its own
            self.app.pump([], self.now)

    def work(self) -> None:
        """Wait for work that runs beside the window."""
        self.app.wait_for_work()
        self.app.pump([], self.now)

    def _post(self, *events: pygame.Event) -> None:
        self.now += 20
        self.app.pump(list(events), self.now)

    # Mouse

    def move(self, at: tuple[int, int]) -> None:
        self._post(pygame.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))

    def press(self, at: tuple[int, int], button: int = 1) -> None:
        self.move(at)
        self._post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button))
        self._post(pygame.Event(pygame.MOUSEBUTTONUP, pos=at, button=button))
        self.now += 500  # so that the next one is no double click

    def click(self, id: str, part: object = None) -> None:
        """Click a widget; `part` names the value of a tab, a row or an entry of a drop-down."""
        widget = self.widget(id)
        if isinstance(widget, Tabs) and part is not None:
            n = [value for value, _ in widget.items].index(part)
            self.press(parts.tab_rects(widget, self.app.front.room)[n].center)
        elif isinstance(widget, Rows) and part is not None:
            self.press(self._row(widget, part).center)
        elif isinstance(widget, Choice) and part is not None:
            self.choose(id, part)
        else:
            self.press(widget.rect.center)

    def _row(self, rows: Rows, value: object) -> Rect:
        """Where a row stands once it is scrolled into sight."""
        room, hands = self.app.front.room, self.app.front.hands
        n = [item.value for item in rows.items].index(value)
        rect = parts.row_rects(rows, room)[n]
        hands.scroll[rows.id] = max(0, min(rect.y - rows.rect.y, parts.content_height(rows, room) - rows.rect.h))
        self._post()
        return rect.moved(0, -hands.scroll[rows.id])

    def row_act(self, id: str, value: object, act: str) -> None:
        """Click a row's own small button."""
        rows = self.widget(id)
        assert isinstance(rows, Rows)
        rect = self._row(rows, value)
        item = next(item for item in rows.items if item.value == value)
        n = [name for name, _, _ in item.acts].index(act)
        self.press(parts.act_rects(rect, item, self.app.front.room)[n].center)

    def choose(self, id: str, value: object) -> None:
        """Open a drop-down and pick an entry with the keyboard."""
        choice = self.widget(id)
        assert isinstance(choice, Choice)
        self.press(choice.rect.center)
        popup = self.app.front.hands.popup
        assert popup is not None, f"{id} does not open"
        wanted = [v for v, _ in choice.items].index(value)
        self.key("Home")
        for _ in range(wanted):
            self.key("Down")
        self.key("Enter")

    def drag(self, start: tuple[int, int], end: tuple[int, int], button: int = 1, steps: int = 6) -> None:
        self.move(start)
        self._post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=button))
        for n in range(1, steps + 1):
            at = (start[0] + (end[0] - start[0]) * n // steps, start[1] + (end[1] - start[1]) * n // steps)
            self._post(pygame.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0)))
        self._post(pygame.Event(pygame.MOUSEBUTTONUP, pos=end, button=button))

    def wheel(self, at: tuple[int, int], notches: int) -> None:
        self.move(at)
        self._post(pygame.Event(pygame.MOUSEWHEEL, x=0, y=notches, pos=at))

    # Keyboard

    def key(self, name: str) -> None:
        """ "Enter", "Shift+Tab", "Ctrl++", "A"."""
        mod = 0
        rest = name
        for head, bit in (("Ctrl+", pygame.KMOD_CTRL), ("Shift+", pygame.KMOD_SHIFT)):
            if rest.startswith(head) and len(rest) > len(head):
                rest, mod = rest.removeprefix(head), mod | bit
        code = CODES.get(rest) or ord(rest.lower())
        self._post(pygame.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))
        self._post(pygame.Event(pygame.KEYUP, key=code, mod=mod))

    def type(self, text: str) -> None:
        for letter in text:
            self._post(pygame.Event(pygame.TEXTINPUT, text=letter))

    def focus(self, id: str) -> None:
        """Walk the focus to a widget with the Tab key, as somebody without a mouse does."""
        for _ in range(300):
            if self.app.front.hands.focus == id and self.app.front.hands.shown_focus:
                return
            self.key("Tab")
        raise AssertionError(f"the keyboard does not reach {id!r}")

    def pane_at(self, id: str = "map") -> Pane:
        pane = self.widget(id)
        assert isinstance(pane, Pane)
        return pane
