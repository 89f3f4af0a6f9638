"""The window and its clock: events to the screen, the screen's widgets to the picture.

Nothing is drawn at rest. After each event or tick the screen is asked for its widgets; where a widget, or what the
hands show on it, differs from before, its rectangle is painted again, and nothing else. Slow work runs beside
(`work`), with a sign of life on the screen that asked for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import attrs
import pygame

from game.core.words import Message, say
from game.io.fault import PackFault
from game.table.match import MatchFault
from game.ui import draw, kept, theme, trace
from game.ui.hands import TIP_MS, Hands, key_name
from game.ui.layout import Rect, centered
from game.ui.theme import Room
from game.ui.widgets import Act, Button, Choice, Pane, Panel, Para, Prose, Widget
from game.words import text

FRAME_MS = 16
#: Repeats of a held key come closer together than this, even over a slow frame.
HELD_MS = 1500
#: A notice lies over every dialog of a screen.
NOTICE_LAYER = 9
#: What is the file's, the table's or the machine's fault, and told; anything else is the program's, and stops it.
FAULTS = (MatchFault, PackFault, OSError)
#: Shadows and focus rings reach this far out of a widget's rectangle, in points.
BLEED = 26
NOWHERE = Rect(0, 0, 0, 0)


class Screen(Protocol):
    """What can be shown. `widgets` is a function of what the screen holds; `act` changes it.

    `tick` is told the time in ms and says in how many ms it wants to be asked again; None: not before an event.
    """

    def widgets(self, room: Room) -> Sequence[Widget]: ...
    def act(self, act: Act, app: App) -> None: ...
    def tick(self, now: int) -> int | None: ...


@attrs.define
class Shown:
    """What stands on a window now, to find what changes."""

    widgets: list[Widget] = attrs.field(factory=list)
    looks: list[object] = attrs.field(factory=list)
    overlay: tuple[object, ...] = ()
    overlay_rect: Rect = NOWHERE
    whole: bool = True


class Canvas:
    """One surface with one screen on it: the seat's window, or the public one."""

    def __init__(self, surface: pygame.Surface, screen: Screen, wish: float = 0.0) -> None:
        self.surface = surface
        self.screen = screen
        self.wish = wish
        self.hands = Hands()
        self.shown = Shown()
        self.kept = kept.Kept()
        #: One line that must be read before anything else is done; "" for none.
        self.notice = ""
        #: How many times something was painted; a test of rest counts it.
        self.painted = 0

    @property
    def room(self) -> Room:
        w, h = self.surface.get_size()
        return Room(w, h, theme.fit_scale(w, h, self.wish))

    def widgets(self) -> list[Widget]:
        out = list(self.screen.widgets(self.room))
        return [*out, *notice_widgets(self.notice, self.room)] if self.notice else out

    def change(self, screen: Screen) -> None:
        """Another screen: nothing of the last one stays, not its scrolling, not its text, not its pixels."""
        self.screen = screen
        self.notice = ""
        at = self.hands.at
        self.hands = Hands()
        self.hands.at = at
        self.shown = Shown()
        self.kept = kept.Kept()
        self.surface.fill(theme.INK)

    def refresh(self) -> list[pygame.Rect]:
        """Ask the screen for its widgets and paint what differs; the rectangles painted."""
        room, anew = self.room, self.shown.whole
        now = self.widgets()
        self.hands.settle(now, room)
        looks: list[object] = [self.hands.look(w) for w in now]
        overlay = self._overlay(now)
        dirty = self._dirty(now, looks, overlay, room)
        self.shown.widgets, self.shown.looks, self.shown.overlay = now, looks, overlay
        if dirty:
            if anew or not self._paint_kept(dirty, now, looks, room, overlay):
                self._paint(dirty, now, room, overlay)
            self.painted += 1
        return dirty

    def _overlay(self, widgets: Sequence[Widget]) -> tuple[object, ...]:
        popup = self.hands.popup
        if popup is not None:
            choice = self.hands.find(widgets, popup.id)
            return ("popup", choice, popup.typed, popup.lit, popup.scroll)
        keyboard = self.hands.shown_focus
        over = self.hands.find(Hands.live(widgets), self.hands.focus if keyboard else self.hands.hover)
        if over is None or (not keyboard and self.hands.rested < TIP_MS) or self.hands.pressed:
            return ()
        words = over.tip if keyboard else draw.tip_of(over, self.hands)
        at = (over.rect.x, over.rect.bottom - 12) if keyboard else self.hands.at
        return ("tip", words, at) if words and (not keyboard or not isinstance(over, Pane)) else ()

    def _dirty(
        self, now: list[Widget], looks: list[object], overlay: tuple[object, ...], room: Room
    ) -> list[pygame.Rect]:
        whole = pygame.Rect(0, 0, room.width, room.height)
        old = self.shown
        if old.whole or len(old.widgets) == 0:
            old.whole = False
            return [whole]
        found: list[pygame.Rect] = []
        before = {w.id: (n, w) for n, w in enumerate(old.widgets)}
        after = {w.id: n for n, w in enumerate(now)}
        bleed = room.u(BLEED)
        for n, widget in enumerate(now):
            was = before.get(widget.id)
            if was is None:
                found.append(self._reach(widget, bleed))
            elif was[1] != widget or old.looks[was[0]] != looks[n]:
                found += self._between(was[1], widget, bleed)
        found += [self._reach(w, bleed) for w in old.widgets if w.id not in after]
        if overlay != old.overlay:
            found.append(pygame.Rect(old.overlay_rect).inflate(2 * bleed, 2 * bleed))
            if overlay:
                found.append(pygame.Rect(0, 0, 0, 0))  # painted over all that lies under it, once it is placed
        found = [rect.clip(whole) for rect in found]
        merged = _merged([rect for rect in found if rect.w and rect.h])
        if sum(r.w * r.h for r in merged) > 0.7 * whole.w * whole.h:
            return [whole]
        return merged or ([pygame.Rect(0, 0, 1, 1)] if overlay != old.overlay else [])

    @staticmethod
    def _reach(widget: Widget, bleed: int) -> pygame.Rect:
        rect = pygame.Rect(widget.rect)
        return rect.inflate(2 * bleed, 2 * bleed) if isinstance(widget, Panel) else rect.inflate(24, 24)

    def _between(self, old: Widget, new: Widget, bleed: int) -> list[pygame.Rect]:
        if isinstance(new, Pane) and isinstance(old, Pane) and new.rect == old.rect:
            some = new.changes(old.look)
            if some is not None:
                return [pygame.Rect(rect) for rect in some]
        return [self._reach(old, bleed), self._reach(new, bleed)]

    def _paint_kept(
        self,
        dirty: list[pygame.Rect],
        widgets: list[Widget],
        looks: list[object],
        room: Room,
        overlay: tuple[object, ...],
    ) -> bool:
        """Where nothing but a pane over the whole window changes: that, and the panels on it as they were kept."""
        whole = self.surface.get_rect()
        if overlay or dirty != [whole] or not isinstance(widgets[0], Pane) or widgets[0].rect != tuple(whole):
            return False
        sheets = self.kept.sheets(widgets[1:], looks[1:], room, self.hands, lambda w: self._reach(w, room.u(BLEED)))
        if sheets is None:
            return False
        draw.draw(self.surface, widgets[0], room, self.hands)
        kept.put(self.surface, sheets, room, self.hands)
        self.shown.overlay_rect = NOWHERE
        return True

    def _paint(
        self, dirty: list[pygame.Rect], widgets: list[Widget], room: Room, overlay: tuple[object, ...]
    ) -> None:
        to = self.surface
        for rect in dirty:
            to.set_clip(rect)
            covered = next((n for n in range(len(widgets) - 1, -1, -1) if _covers(widgets[n], rect)), -1)
            if covered < 0:
                to.fill(theme.INK, rect)
            for widget in widgets[max(0, covered) :]:
                if self._reach(widget, room.u(BLEED)).colliderect(rect):
                    draw.draw(to, widget, room, self.hands)
            to.set_clip(None)
        if overlay:
            self.shown.overlay_rect = self._draw_overlay(overlay, room)
            if len(dirty) != 1 or dirty[0].size != to.get_size():
                reach = room.u(BLEED)
                dirty.append(pygame.Rect(self.shown.overlay_rect).inflate(2 * reach, 2 * reach).clip(to.get_rect()))
        else:
            self.shown.overlay_rect = NOWHERE

    def _draw_overlay(self, overlay: tuple[Any, ...], room: Room) -> Rect:
        if overlay[0] == "popup" and isinstance(overlay[1], Choice):
            return draw.draw_popup(self.surface, overlay[1], room, self.hands)
        return draw.draw_tip(self.surface, overlay[1], overlay[2], room)


def notice_widgets(words: str, room: Room) -> list[Widget]:
    """A line over everything, until it is read."""
    u = room.u
    rect = centered(u(560), u(190), Rect(0, 0, room.width, room.height))
    foot, rest = rect.inset(u(22), u(18)).foot(u(38), u(10))
    ok, _ = foot.end(u(150))
    return [
        Panel(
            id="notice.scrim", rect=Rect(0, 0, room.width, room.height), kind="scrim", radius=0, layer=NOTICE_LAYER
        ),
        Panel(id="notice", rect=rect, shadow=True, layer=NOTICE_LAYER),
        Prose(id="notice.text", rect=rest, paras=(Para(words, mark="info", tone=theme.AMBER),), layer=NOTICE_LAYER),
        Button(id="notice.ok", rect=ok, text=text(say("ui_app.ok")), kind="primary", key="Enter", layer=NOTICE_LAYER),
    ]


def _covers(widget: Widget, rect: pygame.Rect) -> bool:
    """Whether nothing under `widget` shows in `rect`: what lies below need not be painted."""
    solid = isinstance(widget, Pane) or (isinstance(widget, Panel) and widget.kind == "ink" and not widget.radius)
    return solid and pygame.Rect(widget.rect).contains(rect)


def _merged(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """Rectangles that touch become one, so that nothing is painted twice."""
    out: list[pygame.Rect] = []
    for rect in rects:
        while (hit := rect.collidelist(out)) >= 0:
            rect = rect.union(out.pop(hit))
        out.append(rect)
    return out


Done = Callable[[Any], None]


class App:
    """The program with a window. A test drives it without one: `pump` takes events and a time."""

    def __init__(self, screen: Screen, size: tuple[int, int] = (1280, 720), wish: float = 0.0) -> None:
        self.surface = pygame.display.get_surface() or pygame.display.set_mode(size, pygame.RESIZABLE)
        self.front = Canvas(self.surface, screen, wish)
        self.public: Canvas | None = None
        self.public_window: pygame.Window | None = None
        self.running = True
        self.pictures = Path.cwd()
        self._pool: ThreadPoolExecutor | None = None
        self._jobs: list[tuple[Future[Any], Done, Screen]] = []
        self.full = False
        #: The time in ms that the last events came at.
        self.now = 0
        self.trace = trace.asked()
        #: Code that must run when the window goes, such as closing a save.
        self.at_end: list[Callable[[], None]] = []
        #: Whether an act of these events has changed what is shown: the next one meets that.
        self._acted = False
        #: Keys that are held: on which screen each went down, and when it was last heard of.
        self._held: dict[int, tuple[Screen, int]] = {}
        #: What keys do on whatever screen, by name.
        self.keys: dict[str, Callable[[App], None]] = {}
        self._enter(screen)

    # What screens may do

    def go(self, screen: Screen) -> None:
        self.front.change(screen)
        self._enter(screen)

    def _enter(self, screen: Screen) -> None:
        """A screen with work to do from the start is told that it is shown: `entered(app)`."""
        entered = getattr(screen, "entered", None)
        if entered is not None:
            entered(self)

    def quit(self) -> None:
        self.running = False

    def work(self, job: Callable[[], Any], done: Done) -> None:
        """Run `job` beside the window; `done` gets what it gave, in the window's own thread, unless the screen that
        asked has gone by then. An error of the job is raised here."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._jobs.append((self._pool.submit(job), done, self.front.screen))

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def scale(self, by: int) -> None:
        """Make everything larger or smaller by a step."""
        room = self.front.room
        self.front.wish = min(theme.MOST, max(theme.LEAST, room.scale + by * theme.STEP))
        self.front.shown.whole = True

    def set_full(self, full: bool) -> None:
        """Fill the whole display, or go back to a window."""
        if full != self.full:
            self.full = full
            pygame.display.toggle_fullscreen()
            self.front.shown.whole = True

    def open_public(self, screen: Screen, title: str, size: tuple[int, int] = (960, 540)) -> None:
        """A second window, for the projector."""
        self.close_public()
        self.public_window = pygame.Window(title, size, resizable=True)
        self.public = Canvas(self.public_window.get_surface(), screen)

    def close_public(self) -> None:
        if self.public_window is not None:
            self.public_window.destroy()
        self.public_window = self.public = None

    def picture(self) -> Path:
        """Keep the window as a PNG beside the game."""
        for n in range(1, 10000):
            path = self.pictures / f"two-fronts-{n:03}.png"
            if not path.exists():
                pygame.image.save(self.surface, path)
                return path
        raise OSError(f"{self.pictures}: too many pictures there; move some")

    # The loop

    def run(self) -> None:
        """Until the window is closed."""
        pygame.key.set_repeat(350, 40)
        pygame.key.start_text_input()
        try:
            self.show()
            while self.running:
                wait = self._wait()
                event = pygame.event.wait(wait) if wait else pygame.event.poll()
                events = [event, *pygame.event.get()] if event.type != pygame.NOEVENT else pygame.event.get()
                begun = draw.ticks()
                self.pump(events, begun)
                self._unheard(draw.ticks() - begun)
        finally:
            self.end()

    def _unheard(self, ms: int) -> None:
        """While a slow frame was made no repeat of a held key could be heard: it is held all the same."""
        self._held = {key: (screen, heard + ms) for key, (screen, heard) in self._held.items()}

    def end(self) -> None:
        if self._pool is not None:  # a turn under way is taken whole before its save is closed
            self._pool.shutdown(wait=True, cancel_futures=True)
        for job in self.at_end:
            job()
        self.at_end.clear()
        self.close_public()

    def _wait(self) -> int:
        """How long nothing need happen, in ms: until a tick, a tip, or the end of some work."""
        now = draw.ticks()
        wishes = [self.front.screen.tick(now)]
        if self.public is not None:
            wishes.append(self.public.screen.tick(now))
        wanted = [w for w in wishes if w is not None]
        if self._jobs:
            wanted.append(FRAME_MS * 2)
        hands = self.front.hands
        if hands.hover and hands.rested < TIP_MS:
            wanted.append(TIP_MS - hands.rested)
        return max(1, min(wanted, default=3_600_000))

    def pump(self, events: Sequence[pygame.Event], now: int) -> None:
        """Take some events at a time in ms, let work and clocks go on, and show what differs."""
        hands = self.front.hands
        moved = any(e.type == pygame.MOUSEMOTION for e in events)
        hands.rested = 0 if moved else hands.rested + (max(0, now - self.now) if self.now else 0)
        self.now, self._acted = now, False
        for event in _thinned(events):
            self._event(event, now)
            if not self.running:
                return
        self._finish_jobs()
        self.front.screen.tick(now)
        if self.public is not None:
            self.public.screen.tick(now)
        self.show()

    def _event(self, event: pygame.Event, now: int) -> None:
        window = getattr(event, "window", None)
        if event.type == pygame.KEYUP:
            self._held.pop(event.key, None)  # whichever window has it: a new one takes the keyboard
        if self.public_window is not None and window is self.public_window:
            self._public_event(event)
            return
        if event.type == pygame.QUIT:
            self._act(Act("quit"))
            return
        if event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED, pygame.WINDOWEXPOSED):
            self.surface = pygame.display.get_surface() or self.surface
            self.front.surface = self.surface
            self.front.shown.whole = True
            return
        if event.type == pygame.KEYDOWN and (self._stale(event.key, now) or self._window_key(key_name(event))):
            return
        shown = () if self._acted else self.front.shown.widgets
        for act in self.front.hands.handle(event, shown or self.front.widgets(), self.front.room, now):
            self._acted = True
            self._act(act)

    def _stale(self, key: int, now: int) -> bool:
        """Whether a key that led here from another screen is only being held: it must not act here, too. One that
        opens and closes, such as F3, does so once however long it is held."""
        screen, heard = self._held.get(key, (self.front.screen, now))
        again = key in self._held and now - heard <= HELD_MS
        if not again:
            screen = self.front.screen
        self._held[key] = (screen, now)
        return screen is not self.front.screen or (again and pygame.K_F1 <= key <= pygame.K_F12)

    def _act(self, act: Act) -> None:
        if act.id == "notice.ok":
            self.front.notice = ""
            return
        try:
            self.front.screen.act(act, self)
        except FAULTS as fault:
            self.tell(fault)

    def tell(self, fault: Exception | str) -> None:
        """Say in one line what could not be done; whatever the screen holds stays."""
        message = getattr(fault, "message", None)
        if isinstance(message, Message):
            self.front.notice = text(message)
        elif isinstance(fault, OSError):
            what = f"{fault.filename}: " if fault.filename else ""
            self.front.notice = text(say("ui_app.machine", what=f"{what}{fault.strerror or fault}"))
        else:
            self.front.notice = " ".join(str(fault).split()) or type(fault).__name__

    def _window_key(self, name: str) -> bool:
        if name in ("Ctrl++", "Ctrl+Shift++"):
            self.scale(1)
        elif name == "Ctrl+-":
            self.scale(-1)
        elif name == "F11":
            self.set_full(not self.full)
        elif name == "F12":
            try:
                self.tell(text(say("ui_app.picture", path=str(self.picture()))))
            except OSError as fault:
                self.tell(fault)
        elif name in self.keys:
            self.keys[name](self)
        else:
            return False
        return True

    def _public_event(self, event: pygame.Event) -> None:
        assert self.public_window is not None and self.public is not None
        if event.type == pygame.WINDOWCLOSE:
            self.close_public()
        elif event.type in (pygame.WINDOWSIZECHANGED, pygame.WINDOWEXPOSED):
            self.public.surface = self.public_window.get_surface()
            self.public.shown.whole = True
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            self.public_window.set_fullscreen(True)
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.public_window.set_windowed()

    def _finish_jobs(self) -> None:
        left = []
        for job, done, screen in self._jobs:
            if not job.done():
                left.append((job, done, screen))
            elif (fault := job.exception()) is not None:
                if not isinstance(fault, FAULTS):
                    raise fault
                self.tell(fault)
            elif screen is self.front.screen:
                done(job.result())
        self._jobs = left

    def wait_for_work(self, seconds: float = 30) -> None:
        """For tests and pictures: until no work is left."""
        until = time.monotonic() + seconds
        while self._jobs and time.monotonic() < until:
            time.sleep(0.002)
            self._finish_jobs()
        self.show()

    def show(self) -> None:
        dirty = self.front.refresh()
        if dirty:
            pygame.display.update(dirty)
        if self.public is not None and self.public_window is not None and self.public.refresh():
            self.public_window.flip()
        if self.trace is not None:
            self.trace.write("seat", self.front, busy=self.busy)
            if self.public is not None:
                self.trace.write("public", self.public)


def _thinned(events: Sequence[pygame.Event]) -> list[pygame.Event]:
    """Of several motions in a row only the last counts: a slow frame must not fall behind the hand."""
    out: list[pygame.Event] = []
    for event in events:
        if event.type == pygame.MOUSEMOTION and out and out[-1].type == pygame.MOUSEMOTION:
            out[-1] = event
        else:
            out.append(event)
    return out
