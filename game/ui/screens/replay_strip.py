"""The strip at the foot of a replay: step, play, speed, and a timeline with a tick for what happened and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.report.timeline import Timeline
from game.ui.layout import Rect
from game.ui.screens.replay_reading import TONES, Reading
from game.ui.theme import Room
from game.ui.widgets import Button, Label, Panel, Tabs, Track, Widget

SPEEDS = (1, 2, 4)
#: How long an event stands at speed 1, ms; silence passes sooner.
EVENT_MS, SILENT_MS = 1800, 500
#: Events lighter than this have no tick of their own.
TICK_WEIGHT = 10
#: One tick in so many points of the timeline, the heaviest of what happened there.
TICK_POINTS = 9
REMARK_TONE, BOOKMARK_TONE = "#F4F7F9", "#E3A93B"

Mark = tuple[int, str, str]


def strip_height(room: Room) -> int:
    return room.u(62)


def strip(
    reading: Reading,
    line: Timeline,
    at: int,
    rect: Rect,
    room: Room,
    *,
    playing: bool,
    speed: int,
    marks: tuple[Mark, ...],
) -> list[Widget]:
    """Widgets of the strip; `marks` are those of `ticks`."""
    u = room.u
    say = reading.table.say
    out: list[Widget] = [Panel(id="strip", rect=rect, shadow=True)]
    inner = rect.inset(u(12), u(11))
    buttons, inner = inner.left(u(4 * 40 + 46), u(14))
    x, y, _, h = buttons
    for id, icon, key, wide in (
        ("turn_back", "skip-back", "Shift+,", 38),
        ("back", "chevron-left", ",", 38),
        ("play", "pause" if playing else "play", "Space", 46),
        ("forward", "chevron-right", ".", 38),
        ("turn_forward", "skip-forward", "Shift+.", 38),
    ):
        tip = say(f"ui_replay.{'pause' if id == 'play' and playing else id}.tip", key=key)
        kind = "primary" if id == "play" else "plain"
        out.append(Button(id=id, rect=Rect(x, y, u(wide), h), icon=icon, kind=kind, tip=tip))
        x += u(wide) + u(3)
    now, inner = inner.end(u(178))
    speeds, inner = inner.end(u(108))
    spot = line.at(at)
    out += [
        Track(
            id="track",
            rect=Rect(inner.x, rect.y + u(9), inner.w - u(12), rect.h - u(16)),
            low=0,
            high=max(1, len(line) - 1),
            value=spot.at,
            marks=marks,
            captions=captions(line),
            tip=say("ui_replay.track.tip"),
        ),
        Tabs(
            id="speed",
            rect=Rect(speeds.x, speeds.y + u(7), speeds.w, u(26)),
            items=tuple((n, f"{n}×") for n in SPEEDS),
            value=speed,
            pills=True,
            tip=say("ui_replay.speed.tip"),
        ),
        Label(
            id="date",
            rect=Rect(now.x + u(10), now.y, now.w - u(10), u(20)),
            text=reading.turn_title(spot.turn, spot.pulse, short=True),
            style="panel",
            align="right",
        ),
        Label(
            id="hour",
            rect=Rect(now.x + u(10), now.y + u(20), now.w - u(10), u(18)),
            text=say("ui_replay.clock", day=spot.hour // 24 + 1, hour=f"{spot.hour % 24:02}", date=spot.date),
            style="figure_muted",
            align="right",
        ),
    ]
    return out


def captions(line: Timeline) -> tuple[tuple[int, str], ...]:
    """The first spot of each turn with its number, and of each later pulse with its letter."""
    out: list[tuple[int, str]] = []
    last: tuple[int, int] = (0, 0)
    for spot in line.spots:
        here = (spot.turn, spot.pulse)
        if spot.turn != last[0]:
            out.append((spot.at, str(spot.turn) if spot.at < len(line) - 1 else ""))
        elif spot.pulse > 1 and here != last:
            out.append((spot.at, spot.date))
        last = here
    return tuple(out)


def ticks(
    reading: Reading, line: Timeline, wide: int, bookmarks: Iterable[int], kinds: frozenset[str]
) -> tuple[Mark, ...]:
    """Ticks for a timeline of `wide` points: of what happened the heaviest only where they would lie on another,
    of recorded words and bookmarks all."""
    eyes = line.eyes
    count = max(1, wide // TICK_POINTS)
    best: dict[int, tuple[int, int]] = {}
    for spot in line.spots:
        frame = spot.frame
        if frame is None or frame.kind not in TONES or frame.weight < TICK_WEIGHT or frame.kind not in kinds:
            continue
        slot = spot.at * count // max(1, len(line))
        if frame.weight > best.get(slot, (0, 0))[0]:
            best[slot] = (frame.weight, spot.at)
    out: list[Mark] = []
    for _, n in best.values():
        spot = line.at(n)
        assert spot.frame is not None
        out.append((n, TONES[spot.frame.kind], f"{spot.date} · {reading.sentence(spot.frame, spot.k, eyes)}"))
    for remark in reading.remarks_for(eyes):
        out.append((line.end_of(remark.k), REMARK_TONE, remark.note.text))
    marked: Sequence[int] = sorted(bookmarks)
    out += [(line.of_moment(k), BOOKMARK_TONE, reading.table.say("ui_replay.bookmark_here")) for k in marked]
    return tuple(out)
