"""What the tabs of the facilitator's console show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.ids import Seat
from game.report.shots import shot
from game.table.match import Match
from game.ui.layout import Column, Rect
from game.ui.screens import facilitate_forms as forms
from game.ui.screens.facilitate_forms import Draft
from game.ui.screens.public import minutes
from game.ui.screens.replay_reading import ICONS, TONES
from game.ui.theme import Room
from game.ui.widgets import Button, Choice, Field, Item, Label, Rows, Tabs, Toggle, Widget
from game.words import Names, term, text

if TYPE_CHECKING:
    from game.ui.table import Table


def seat_name(table: Table, seat: Seat) -> str:
    word = term("seat", seat, table.language)
    return word[:1].upper() + word[1:]


# Seats -------------------------------------------------------------------------------------------------------------


def seats_tab(table: Table, rect: Rect, room: Room, now: int, chosen: Seat) -> list[Widget]:
    """Each seat's state and the time it took; the one that is chosen can be nudged or change hands."""
    u = room.u
    say, sitting = table.say, table.sitting
    foot, rows = rect.foot(u(128))
    items = tuple(_seat_item(table, seat, now) for seat in sitting.seating.order)
    out: list[Widget] = [
        Rows(id="seats", rect=Rect(rows.x, rows.y, rows.w, rows.h - u(10)), items=items, value=chosen, height=46)
    ]
    column = Column(foot, u(6))
    chair = sitting.seating.chair(chosen)
    out.append(
        Label(
            id="chair.caption",
            rect=column.take(u(18)),
            text=say("ui_replay.f_chair", seat=seat_name(table, chosen)),
            style="caption",
        )
    )
    who = tuple((name, say("ui_replay.player", name=name) if name else say("ui_replay.person")) for name in forms.WHO)
    row = column.take(u(36))
    left, right = row.columns(2, u(8))
    out += [
        Choice(id="chair", rect=left, items=who, value=chair.player, icon="users"),
        Button(
            id="nudge",
            rect=right,
            text=say("ui_replay.f_nudge"),
            icon="volume-2",
            on=not chair.player,
            tip=say("ui_replay.f_nudge.tip"),
        ),
    ]
    asked = sitting.next and table.sitting.whole().pending is not None
    out.append(
        Button(
            id="unasked",
            rect=column.take(u(36)),
            text=say("ui_replay.f_unasked"),
            icon="clock",
            on=bool(asked),
            tip=say("ui_replay.f_unasked.tip"),
        )
    )
    return out


def _seat_item(table: Table, seat: Seat, now: int) -> Item:
    say, sitting = table.say, table.sitting
    chair = sitting.seating.chair(seat)
    clock = sitting.clock_of(seat)
    if chair.player:
        state = say("ui_replay.player", name=chair.player)
    else:
        sealed = seat in sitting.sealed
        state = say(f"ui_replay.state_{'sealed' if sealed else 'open' if clock is None else 'planning'}")
    people = ", ".join(chair.people)
    used = minutes(clock.used(now)) if clock is not None else ""
    if clock is not None and clock.length:
        used = f"{used} / {minutes(clock.length)}"
    icon = "settings-2" if chair.player else "lock" if seat in sitting.sealed else "users"
    sub = f"{state} · {people}" if people else state
    return Item(seat, seat_name(table, seat), sub, used, icon=icon, tone="#E3A93B" if seat == sitting.next else "")


# Acts --------------------------------------------------------------------------------------------------------------


def told_and_reason(table: Table, draft: Draft, column: Column, room: Room, words: str = "f_reason") -> list[Widget]:
    """Why, in one line, and who is told."""
    u = room.u
    say = table.say
    out: list[Widget] = [
        Label(id="reason.caption", rect=column.take(u(16), u(4)), text=say(f"ui_replay.{words}"), style="caption"),
        Field(id="reason", rect=column.take(u(34)), text=draft.reason, hint=say("ui_replay.f_reason.hint")),
        Label(id="told.caption", rect=column.take(u(16), u(4)), text=say("ui_replay.f_told"), style="caption"),
    ]
    seats = table.board.seats
    for seat, cell in zip(seats, column.take(u(28)).columns(len(seats), u(4)), strict=True):
        out.append(
            Toggle(id=f"told.{seat}", rect=cell, text=seat, value=seat in draft.told, tip=seat_name(table, seat))
        )
    return out


def set_tab(table: Table, match: Match, draft: Draft, names: Names, rect: Rect, room: Room) -> list[Widget]:
    u = room.u
    say, state = table.say, match.state
    column = Column(rect, u(7))
    out: list[Widget] = []
    for id, items, value in (
        ("table", forms.tables(state), draft.table),
        ("row", forms.keys(state, draft.table, names), draft.key),
        ("field", forms.fields(state, draft), draft.field),
    ):
        caption = say(f"ui_replay.f_{id}")
        out.append(Label(id=f"{id}.caption", rect=column.take(u(16), u(3)), text=caption, style="caption"))
        out.append(Choice(id=id, rect=column.take(u(34)), items=items, value=value))
    before = forms.spelled(forms.now(state, draft))
    caption = say("ui_replay.f_value", before=before)
    out.append(Label(id="value.caption", rect=column.take(u(16), u(3)), text=caption, style="caption"))
    offered = forms.choices(state, draft, names)
    if offered:
        out.append(Choice(id="value", rect=column.take(u(34)), items=offered, value=draft.value))
    else:
        out.append(Field(id="value", rect=column.take(u(34)), text=draft.value, hint=before))
    out += told_and_reason(table, draft, column, room)
    column.skip(u(4))
    ready = bool(draft.reason.strip()) and (draft.value != "" or bool(offered))
    tip = "" if ready else say("ui_replay.f_not_ready")
    words = say("ui_replay.f_set")
    out.append(
        Button(id="do.set", rect=column.take(u(38)), text=words, icon="check", kind="primary", on=ready, tip=tip)
    )
    return out


def results_tab(table: Table, match: Match, draft: Draft, names: Names, rect: Rect, room: Room) -> list[Widget]:
    u = room.u
    say = table.say
    foot, rows = rect.foot(u(252))
    items = tuple(_result_items(table, match, names, amendable=True))
    out: list[Widget] = [
        Rows(
            id="results",
            rect=Rect(rows.x, rows.y, rows.w, rows.h - u(10)),
            items=items,
            value=draft.event,
            height=44,
            cards=False,
            empty=say("ui_replay.f_no_results"),
        )
    ]
    column = Column(foot, u(7))
    found = forms.result(match, draft.event)
    modes = (("cancel", say("ui_replay.f_cancel")), ("replace", say("ui_replay.f_replace")))
    out.append(Tabs(id="mode", rect=column.take(u(30)), items=modes, value=draft.mode, pills=True))
    row = column.take(u(34))
    if draft.mode == "replace":
        cell, amount = row.left(row.w - u(96), u(8))
        offered = forms.cell_items(found[1], names) if found is not None else ()
        out.append(Choice(id="cell", rect=cell, items=offered, value=draft.cell, on=bool(offered)))
        out.append(Field(id="amount", rect=amount, text=draft.amount, hint=say("ui_replay.f_amount")))
    else:
        words = say("ui_replay.f_cancel_words") if found is not None else say("ui_replay.f_choose")
        out.append(Label(id="cancel.words", rect=row, text=words, style="muted"))
    out += told_and_reason(table, draft, column, room)
    ready = found is not None and bool(draft.reason.strip()) and (draft.mode == "cancel" or draft.amount != "")
    tip = "" if ready else say("ui_replay.f_not_ready")
    words = say(f"ui_replay.f_do_{draft.mode}")
    out.append(
        Button(id="do.amend", rect=column.take(u(38)), text=words, icon="check", kind="primary", on=ready, tip=tip)
    )
    return out


def inject_tab(table: Table, draft: Draft, rect: Rect, room: Room) -> list[Widget]:
    u = room.u
    say = table.say
    column = Column(rect, u(8))
    out = told_and_reason(table, draft, column, room, "f_words")
    column.skip(u(4))
    everybody = Button(id="told.all", rect=column.take(u(34)), text=say("ui_replay.f_all"), icon="users")
    ready = bool(draft.reason.strip())
    button = Button(
        id="do.note",
        rect=column.take(u(38)),
        text=say("ui_replay.f_note"),
        icon="flag",
        kind="primary",
        on=ready,
        tip="" if ready else say("ui_replay.f_not_ready"),
    )
    return [*out, everybody, button]


def log_tab(table: Table, match: Match, names: Names, rect: Rect, words: str, room: Room) -> list[Widget]:
    u = room.u
    say = table.say
    field, rows = rect.top(u(34), u(8))
    items = tuple(_result_items(table, match, names, amendable=False, words=words))
    return [
        Field(id="log.find", rect=field, text=words, hint=say("ui_replay.f_find")),
        Rows(id="log", rect=rows, items=items, height=44, cards=False, empty=say("ui_replay.f_no_results")),
    ]


def _result_items(table: Table, match: Match, names: Names, *, amendable: bool, words: str = "") -> list[Item]:
    out = []
    wanted = words.casefold()
    for step, event in forms.results(match):
        if amendable and not forms.amendable(event):
            continue
        sentence = text(event.message, table.language, names)
        id = step.id(event)
        if wanted and wanted not in f"{sentence} {id}".casefold():
            continue
        kind = "act" if event.rule.startswith("F") and not event.seat else shot(event.message).kind
        out.append(
            Item(
                id,
                sentence,
                id,
                icon=ICONS.get(kind, "info"),
                tone=TONES.get(kind, "") if event.rolls else "",
                tip=sentence,
            )
        )
    return out
