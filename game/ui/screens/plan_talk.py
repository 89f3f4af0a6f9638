"""Who may talk to whom, of what and for how long: the line in the head of the plan, and the dialog behind it.

The rules say who may talk; the table keeps the clock, and everybody sees it run.
"""

from __future__ import annotations

from game.core.ids import Seat
from game.core.staff import ALL_TURN, Talk
from game.table.talk import Talking
from game.ui.layout import Column, Rect, centered
from game.ui.parts import prose_height
from game.ui.screens.plan_state import Planning
from game.ui.theme import AMBER, Room
from game.ui.widgets import Button, Label, Panel, Para, Prose, Widget

LAYER = 2
WIDE = 460


def partners(p: Planning) -> tuple[Talk, ...]:
    """Those at this table, by name."""
    return tuple(t for t in p.desk.rulebook.talks(p.view) if t.seat in p.view.board.seats)


def clock_of(found: tuple[Talking, ...], one: Seat, other: Seat) -> str:
    """ "0:43" while these two talk."""
    left = next((t.left for t in found if set(t.seats) == {one, other}), -1)
    return "" if left < 0 else f"{left // 60_000}:{left // 1000 % 60:02}"


def head_talk(p: Planning, now: int, rest: Rect, room: Room) -> list[Widget]:
    """Every partner with what is allowed, or the clock of who is talking with this seat now."""
    tell, me = p.words.tell, p.view.seat
    found = partners(p)
    if not found or rest.w < room.u(70):
        return []
    talking = p.table.sitting.talking(now)
    live = [(t, clock_of(talking, me, t.seat)) for t in found]
    running = [tell("talk_now", who=p.words.seat(t.seat), left=left) for t, left in live if left]
    short = rest.w < room.u(330)
    calm = [tell(f"talk.{t.level}", who=t.seat if short else p.words.seat(t.seat)) for t in found]
    at = Rect(rest.x, rest.y + room.u(12), rest.w, room.u(28))
    text = "  ·  ".join(running or calm)
    kind, tip = "primary" if running else "quiet", tell("talk_tip")
    return [Button(id="talk", rect=at, text=text, icon="users", kind=kind, tip=tip)]


def talk_dialog(p: Planning, now: int, room: Room) -> list[Widget]:
    u, tell, found = room.u, p.words.tell, partners(p)
    talking = p.table.sitting.talking(now)
    blank = Prose(id="", rect=Rect(0, 0, 0, 0), paras=())
    blocks = [(t, _paras(p, t, bool(clock_of(talking, p.view.seat, t.seat)))) for t in found]
    tall = [prose_height(paras, u(WIDE - 44), room, blank) + u(4) for _, paras in blocks]
    calls = [_callable(p, t) or bool(clock_of(talking, p.view.seat, t.seat)) for t in found]
    h = u(28 + 10 + 36 + 40) + sum(tall) + sum(u(42) if call else u(8) for call in calls) + u(12) * len(found)
    window = Rect(0, 0, room.width, room.height)
    rect = centered(u(WIDE), min(h, window.h - u(24)), window)
    out: list[Widget] = [
        Panel(id="scrim", rect=window, kind="scrim", radius=0, layer=LAYER),
        Panel(id="talking", rect=rect, shadow=True, radius=10, layer=LAYER),
    ]
    column = Column(rect.inset(u(22), u(18)), u(6))
    title = tell("talk_title")
    out.append(Label(id="talking.title", rect=column.take(u(28)), text=title, style="heading", layer=LAYER))
    for (t, paras), high, call in zip(blocks, tall, calls, strict=True):
        out.append(Prose(id=f"talking.{t.seat}", rect=column.take(high), paras=paras, layer=LAYER))
        left = clock_of(talking, p.view.seat, t.seat)
        if left:
            at, tone = column.take(u(30)), AMBER
            text = tell("talk_left", left=left)
            out.append(
                Label(
                    id=f"talking.left.{t.seat}",
                    rect=at,
                    text=text,
                    style="strong",
                    color=tone,
                    icon="clock",
                    layer=LAYER,
                )
            )
        elif call:
            at = column.take(u(30))
            text = tell("talk_call", seconds=t.seconds)
            out.append(Button(id=f"talk.call.{t.seat}", rect=at, text=text, icon="users", layer=LAYER))
        column.skip(u(6))
    close = column.rest.foot(u(36))[0]
    out.append(Button(id="talk.close", rect=close, text=tell("close"), key="Esc", layer=LAYER))
    return out


def _callable(p: Planning, t: Talk) -> bool:
    return 0 < t.seconds < ALL_TURN and p.table.sitting.no_talk(t.seat) is None


def _paras(p: Planning, t: Talk, running: bool) -> tuple[Para, ...]:
    words, odd = p.words, p.table.sitting.no_talk(t.seat)
    out = [
        Para(words.seat(t.seat), "strong", right=t.level),
        Para(_line(words.text(t.how)), "small", gap=2),
        Para(words.text(t.about), "small", gap=2),
    ]
    if odd is not None and not running and 0 < t.seconds < ALL_TURN:
        out.append(Para(words.text(odd), "muted", gap=2))
    return tuple(out)


def _line(words: str) -> str:
    return words[:1].upper() + words[1:]
