"""The head of the plan screen: whose plan, which turn, how much time, who may talk to whom."""

from __future__ import annotations

from game.table.clock import Clock, Phase
from game.ui.layout import Rect
from game.ui.screens.plan_state import Planning
from game.ui.screens.plan_talk import head_talk
from game.ui.theme import BAD, WARN, Room
from game.ui.widgets import Button, Label, Panel, Tabs, Widget

HEIGHT = 52


def head(p: Planning, clock: Clock | None, now: int, room: Room) -> list[Widget]:
    u, tell, words, view = room.u, p.words.tell, p.words, p.view
    bar = Rect(0, 0, room.width, u(HEIGHT))
    out: list[Widget] = [Panel(id="head", rect=bar, radius=0)]
    wide = room.width >= u(1200)
    left, rest = bar.inset(u(16), 0).left(u(190 if wide else 128), u(12))
    out.append(Label(id="head.title", rect=left, text=p.table.title, style="heading"))
    date, rest = rest.left(u(112), u(8))
    turn = tell("turn", turn=view.turn, of=p.table.turns)
    out.append(Label(id="head.turn", rect=Rect(date.x, bar.y + u(7), date.w, u(20)), text=turn, style="strong"))
    kind = tell("kind", kind=view.kind.name)
    shown = kind[:1].upper() + kind[1:].replace("_", " ")
    out.append(Label(id="head.kind", rect=Rect(date.x, bar.y + u(27), date.w, u(18)), text=shown, style="small"))
    pills, rest = rest.left(u(184 if wide else 150), u(12))
    tabs = (("brief", tell("brief")), ("plan", tell("plan")))
    at = Rect(pills.x, bar.y + u(12), pills.w, u(28))
    out.append(Tabs(id="place", rect=at, items=tabs, value="plan", keys=("B",), pills=True))
    caps = room.width >= u(1500)
    each = u(62) if caps else u(28)
    icons, rest = rest.end(2 * each + u(8), u(8))
    middle = bar.y + u(12)
    out.append(
        Button(
            id="help",
            rect=Rect(icons.x, middle, each, u(28)),
            icon="circle-question-mark",
            kind="quiet",
            key="F1" if caps else "",
            tip=tell("help_tip") + " (F1)",
        )
    )
    out.append(
        Button(
            id="cover",
            rect=Rect(icons.x + each + u(6), middle, each, u(28)),
            icon="eye-off",
            kind="quiet",
            key="F2" if caps else "",
            tip=tell("cover_tip") + " (F2)",
        )
    )
    seat, rest = rest.end(u(150 if wide else 112), u(10))
    name = words.seat(view.seat)
    out.append(
        Label(
            id="head.seat",
            rect=Rect(seat.x, bar.y + u(7), seat.w, u(20)),
            text=name,
            style="strong",
            align="right",
        )
    )
    people = ", ".join(p.table.sitting.seating.chair(view.seat).people)
    sub = people or tell("points", cost=p.desk.cost, have=p.desk.staff)
    tone = BAD if p.desk.cost > p.desk.staff and not people else ""
    out.append(
        Label(
            id="head.sub",
            rect=Rect(seat.x, bar.y + u(27), seat.w, u(18)),
            text=sub,
            style="small",
            align="right",
            color=tone,
        )
    )
    timed = _clock(p, clock, now, rest, room)
    if timed:
        rest = rest.end(u(92), u(8))[1]
    return [*out, *timed, *head_talk(p, now, rest, room)]


def time_left(left: int) -> str:
    """ "4:09"; time run over as "+0:12"."""
    seconds = abs(left) // 1000
    return f"{'' if left >= 0 else '+'}{seconds // 60}:{seconds % 60:02}"


def _clock(p: Planning, clock: Clock | None, now: int, rest: Rect, room: Room) -> list[Widget]:
    if clock is None or clock.phase(now) is Phase.FREE:
        return []
    phase, left = clock.phase(now), clock.left(now)
    tone = {Phase.WARNS: WARN, Phase.OVER: BAD}.get(phase, "")
    at = rest.end(room.u(92))[0]
    rect = Rect(at.x, at.y + room.u(12), at.w, room.u(28))
    icon = "triangle-alert" if tone else "clock"
    return [
        Panel(id="clock.well", rect=rect, kind="warn" if tone else "well", radius=14),
        Label(
            id="clock",
            rect=rect.inset(room.u(10), 0),
            text=time_left(left),
            style="strong",
            color=tone,
            icon=icon,
            tip=p.words.tell("time_over" if phase is Phase.OVER else "time_tip"),
        ),
    ]
