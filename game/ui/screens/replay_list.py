"""The panel at the right of a replay: events with a filter and a search, charts by turn, recorded notes."""

from __future__ import annotations

from collections import Counter

import attrs

from game.report.assess import Series
from game.report.timeline import Timeline
from game.ui.layout import Column, Rect
from game.ui.mapview import MapView
from game.ui.screens.replay_reading import ICONS, KINDS, TONES, Reading
from game.ui.theme import CHART, Room
from game.ui.widgets import Button, Chart, Choice, Curve, Field, Item, Label, Rows, Tabs, Widget
from game.words import text

#: A search shows so many finds at most.
MOST_FOUND = 120
DASHES = ("solid", "dashed", "dotted", "thin")


@attrs.frozen(slots=True)
class Sought:
    """What a list of events is narrowed down to."""

    kinds: frozenset[str] = frozenset(ICONS)
    words: str = ""


def panel_tabs(reading: Reading, tab: str, rect: Rect) -> Tabs:
    say = reading.table.say
    names = ("events", "charts", "notes")
    return Tabs(id="tabs", rect=rect, items=tuple((n, say(f"ui_replay.tab.{n}")) for n in names), value=tab)


# Events -----------------------------------------------------------------------------------------------------------


def filters(reading: Reading, line: Timeline, sought: Sought, rect: Rect, room: Room) -> list[Widget]:
    """A button a kind; those of which these eyes were told nothing are off."""
    say = reading.table.say
    told = Counter(spot.frame.kind for spot in line.spots if spot.frame is not None)
    out: list[Widget] = []
    for (kind, icon, _), cell in zip(KINDS, rect.columns(len(KINDS), room.u(4)), strict=True):
        shown = kind in sought.kinds
        words = say(
            f"ui_replay.kind.{'shown' if shown else 'hidden'}", kind=say(f"ui_replay.kind.{kind}"), n=told[kind]
        )
        look = "plain" if shown and told[kind] else "quiet"
        out.append(Button(id=f"kind.{kind}", rect=cell, icon=icon, kind=look, tip=words, on=bool(told[kind])))
    return out


def event_items(reading: Reading, line: Timeline, turn: int, sought: Sought) -> tuple[Item, ...]:
    """Rows of one turn by date; with words to search for, of all turns."""
    out: list[Item] = []
    wanted = sought.words.casefold()
    date = ""
    for spot in line.spots:
        if spot.frame is None or spot.frame.kind not in sought.kinds or (not wanted and spot.turn != turn):
            continue
        words = reading.sentence(spot.frame, spot.k, line.eyes)
        if wanted and wanted not in words.casefold():
            continue
        if spot.date != date:
            date = spot.date
            out.append(Item(("date", spot.at), reading.turn_title(spot.turn, spot.pulse), head=True))
        out.append(_item(reading, spot.at, spot.frame.kind, words, spot.frame.weight))
    return tuple(out[:MOST_FOUND])


def _item(reading: Reading, at: int, kind: str, words: str, weight: int) -> Item:
    name = reading.table.say(f"ui_replay.kind.{kind}") if kind in ICONS else ""
    tone = TONES.get(kind, "") if weight >= 40 else ""
    return Item(at, words, icon=ICONS.get(kind, "info"), tone=tone, tip=f"{name}: {words}" if name else words)


def place_items(reading: Reading, map: MapView, words: str) -> tuple[Item, ...]:
    """Places and counters on the map that a search finds, to be shown there."""
    if len(words) < 2:
        return ()
    found = map.find(words)[:4]
    head = Item(("date", -1), reading.table.say("ui_replay.on_map"), head=True)
    rows = tuple(Item(("place", id), name, icon="map-pinned") for id, name in found)
    return (head, *rows) if rows else ()


def event_list(
    reading: Reading, line: Timeline, items: tuple[Item, ...], at: int, sought: Sought, rect: Rect, room: Room
) -> list[Widget]:
    u = room.u
    column = Column(rect, u(8))
    say = reading.table.say
    field = Field(id="search", rect=column.take(u(34)), text=sought.words, hint=say("ui_replay.search"))
    out: list[Widget] = [field, *filters(reading, line, sought, column.take(u(30)), room)]
    empty = say("ui_replay.no_events")
    rows = Rows(id="events", rect=column.rest, items=items, value=at, height=30, cards=False, empty=empty)
    return [*out, rows]


# Charts -----------------------------------------------------------------------------------------------------------


def charts(reading: Reading, eyes: str, chosen: int, rect: Rect, room: Room) -> list[Widget]:
    """Points of up to four seats over turns, and one more curve of any seat's own."""
    u = room.u
    say = reading.table.say
    series = reading.series(eyes)
    points = [one for one in series if one.title.id == "ui_film.points_by_turn" and one.values]
    points.sort(key=lambda one: (-len(one.values), -one.most))
    if not points:
        return [Label(id="no_chart", rect=rect.top(u(40))[0], text=say("ui_replay.no_chart"), style="muted")]
    half = (rect.h - u(70)) // 2
    column = Column(rect, u(8))
    curves = tuple(
        Curve(reading.label(one.seat), one.values, DASHES[n % 4], CHART[n % 4]) for n, one in enumerate(points[:4])
    )
    out: list[Widget] = [
        Chart(
            id="points",
            rect=column.take(half),
            curves=curves,
            title=say("ui_replay.chart_points"),
            xs=_turns(*points),
        ),
        Label(id="chart.caption", rect=column.take(u(16)), text=say("ui_replay.chart_of"), style="caption"),
    ]
    names = tuple(enumerate(chart_names(reading, series)))
    at = min(chosen, len(series) - 1)
    out.append(Choice(id="chart", rect=column.take(u(34)), items=names, value=at, icon="chart-line"))
    one = series[at]
    curve = Curve("", one.values, "solid", CHART[2])
    out.append(Chart(id="curve", rect=column.rest, curves=(curve,) if one.values else (), xs=_turns(one)))
    return out


def chart_names(reading: Reading, series: tuple[Series, ...]) -> tuple[str, ...]:
    names = reading.table.names(reading.view(len(reading.reel.moments) - 1, ""))
    said = (text(one.title, reading.table.language, names) for one in series)
    line_of = "ui_replay.line_of"
    whose = (reading.label(one.seat) for one in series)
    return tuple(reading.table.say(line_of, seat=seat, what=what) for seat, what in zip(whose, said, strict=True))


def _turns(*series: Series) -> tuple[tuple[int, str], ...]:
    return tuple((turn, str(turn)) for turn in sorted({turn for one in series for turn, _ in one.values}))


# Notes ------------------------------------------------------------------------------------------------------------


def note_list(
    reading: Reading, line: Timeline, bookmarks: frozenset[int], at: int, rect: Rect, room: Room
) -> list[Widget]:
    """Recorded words that these eyes may read, and one's own bookmarks, in the order they came."""
    u = room.u
    say = reading.table.say
    items: list[tuple[int, Item]] = []
    for remark in reading.remarks_for(line.eyes):
        note = remark.note
        kind = say(f"ui_replay.note.{note.kind}")
        sub = f"{reading.label(note.seat)} · {kind}" if note.seat else kind
        n = line.end_of(remark.k)
        items.append((n, Item(n, note.text, sub, line.at(n).date, icon="file-text", tip=note.text)))
    for k in bookmarks:
        n = line.of_moment(k)
        spot = line.at(n)
        words = say("ui_replay.bookmark_of", date=spot.date)
        sub = reading.turn_title(spot.turn, spot.pulse)
        drop = (("drop", "trash-2", say("ui_replay.bookmark.tip")),)
        items.append((n, Item(n, words, sub, icon="flag", tone="#E3A93B", acts=drop)))
    rows, foot = rect.foot(u(34))[1], rect.foot(u(34))[0]
    items.sort(key=lambda pair: pair[0])
    return [
        Rows(
            id="notes",
            rect=Rect(rows.x, rows.y, rows.w, rows.h - u(8)),
            items=tuple(item for _, item in items),
            value=at,
            empty=say("ui_replay.no_notes"),
        ),
        Button(
            id="bookmark",
            rect=foot,
            text=say("ui_replay.bookmark"),
            icon="flag",
            key="B",
            tip=say("ui_replay.bookmark.tip"),
        ),
    ]
