"""The frame round a replay's map: the header, and a caption that says what happens as a subtitle does."""

from __future__ import annotations

import attrs

from game.report.film import PUBLIC, TRUTH
from game.report.timeline import Spot
from game.ui import parts
from game.ui.layout import Rect
from game.ui.screens.replay_reading import ICONS, TONES, Reading
from game.ui.theme import Room
from game.ui.widgets import Button, Choice, Label, Panel, Para, Prose, Toggle, Widget


def header(reading: Reading, eyes: str, rect: Rect, room: Room) -> list[Widget]:
    """What game it is, whose eyes, and where to go from here."""
    u = room.u
    say = reading.table.say
    out: list[Widget] = [Panel(id="header", rect=rect, kind="ink", radius=0)]
    inner = rect.inset(u(14), u(8))
    title, inner = inner.left(u(206), u(10))
    out += [
        Label(
            id="title", rect=Rect(title.x, title.y - u(2), title.w, u(20)), text=reading.table.title, style="panel"
        ),
        Label(
            id="subtitle",
            rect=Rect(title.x, title.y + u(17), title.w, u(16)),
            text=f"{say('ui_replay.title')} · {reading.saved.path.name}",
            style="small",
        ),
    ]
    wide = rect.w >= u(1150)
    right, inner = inner.end(u(112))
    out.append(Button(id="leave", rect=right, text=say("ui_replay.leave"), icon="log-out", kind="quiet", key="Esc"))
    for id, icon, key, width, closed in (
        ("branch", "undo-2", "G", 210, "closed"),
        ("sides", "eye", "S", 172, "sides_closed"),
    ):
        cell, inner = inner.end(u(width if wide else 98))
        out.append(
            Button(
                id=id,
                rect=Rect(cell.x, cell.y, cell.w - u(8), cell.h),
                text=say(f"ui_replay.{id}") if wide else "",
                icon=icon,
                key=key,
                on=reading.open,
                tip=say(f"ui_replay.{id}.tip" if reading.open else f"ui_replay.{closed}"),
            )
        )
    if wide:
        caption, inner = inner.left(u(150), u(8))
        out.append(Label(id="eyes.caption", rect=caption, text=say("ui_replay.eyes"), style="small", align="right"))
    items = tuple((one, reading.label(one)) for one in reading.every)
    out.append(
        Choice(
            id="eyes",
            rect=inner.left(min(inner.w - u(8), u(200)))[0],
            items=items,
            value=eyes,
            icon="eye",
            tip=say("ui_replay.eyes.tip"),
        )
    )
    return out


def caption(
    reading: Reading, spot: Spot, eyes: str, at: Rect, room: Room, *, follow: bool, notice: str
) -> list[Widget]:
    """What happens at this spot, over the map's foot: as a subtitle, to be read while the map moves."""
    u = room.u
    say = reading.table.say
    frame = spot.frame
    kind = f"_{eyes or 'public'}" if eyes in (PUBLIC, TRUTH) else ""
    who = say(f"ui_replay.believed{kind}", who=reading.label(eyes))
    silence = "ui_replay.silence" if spot.phase else "ui_replay.opening"
    words = reading.sentence(frame, spot.k, eyes) if frame is not None else say(silence)
    paras: tuple[Para, ...] = (
        Para(who, "caption"),
        Para(
            words,
            "quote",
            mark=ICONS.get(frame.kind, "info") if frame else "clock",
            tone=TONES.get(frame.kind, "#93A8B5") if frame else "#93A8B5",
        ),
    )
    if notice:
        paras = (*paras, Para(notice, "warn", mark="triangle-alert", tone="#F0B84A"))
    wide = min(at.w, u(640))
    left = at.x + (at.w - wide) // 2
    buttons = u(38) if frame is not None else 0
    text = Prose(id="caption.text", rect=Rect(0, 0, 0, 0), paras=paras, spell=lambda token: str(token.id))
    h = parts.prose_height(paras, wide - u(32), room, text)
    rect = Rect(left, at.y - h - u(22) - buttons, wide, h + u(22) + buttons)
    out: list[Widget] = [
        Panel(id="caption", rect=rect, kind="glass", shadow=True),
        attrs.evolve(text, rect=Rect(rect.x + u(16), rect.y + u(10), rect.w - u(32), h)),
    ]
    if frame is None:
        return out
    row = Rect(rect.x + u(16), rect.bottom - u(38), rect.w - u(32), u(28))
    opens = frame.opens or eyes == TRUTH
    tip = say("ui_replay.why.tip" if opens else "ui_replay.no_why")
    first, row = row.left(u(104), u(8))
    short = row.w < u(184 + 150)
    second, row = row.left(u(60 if short else 184), u(8))
    return [
        *out,
        Button(
            id="why",
            rect=first,
            text=say("ui_replay.why"),
            icon="circle-question-mark",
            key="W",
            on=opens,
            tip=tip,
        ),
        Button(
            id="show",
            rect=second,
            text="" if short else say("ui_replay.show"),
            icon="crosshair",
            tip=say("ui_replay.show"),
            key="" if short else "Enter",
            on=bool(frame.places),
            kind="quiet",
        ),
        Toggle(
            id="follow",
            rect=row.end(min(row.w, u(64 if short else 172)))[0],
            text="" if short else say("ui_replay.follow"),
            value=follow,
            key="C",
            tip=say("ui_replay.follow.tip"),
        ),
    ]
