"""The boards tab: the tables that a seat's staff keeps, one at a time, each row leading to what it is about."""

from __future__ import annotations

import re

from game.core.staff import Entry, Ledger
from game.core.words import Message, Value
from game.ui import kit
from game.ui.layout import Rect
from game.ui.parts import cell_rects, prose_height
from game.ui.screens.plan_estimates import Estimates, sign
from game.ui.screens.plan_state import Planning
from game.ui.screens.plan_words import Words
from game.ui.theme import STYLES, WARN, Room
from game.ui.widgets import Choice, Item, Label, Para, Prose, Rows, Widget

#: Points of a row, and the most that one cell asks for.
ROW, WIDEST = 28, 220
#: What stands at the right of its column.
FIGURE = re.compile(r"[-+]?[0-9][0-9., ]*( ?%| of [0-9.]+)?|")


def chosen(p: Planning, e: Estimates) -> Ledger | None:
    """The table that is open: the one that was chosen, else the first."""
    found = e.work.ledgers
    return next((ledger for ledger in found if ledger.id == p.board), found[0] if found else None)


def source_of(p: Planning, e: Estimates) -> str:
    """What the row that was chosen is about; "" for nothing that can be shown."""
    ledger = chosen(p, e)
    return ledger.rows[p.row].source if ledger is not None and 0 <= p.row < len(ledger.rows) else ""


def boards_tab(p: Planning, e: Estimates, rect: Rect, room: Room, now: int) -> list[Widget]:
    u, tell = room.u, p.words.tell
    ledger = chosen(p, e)
    out: list[Widget] = []
    if e.plan != p.desk.plan:
        head, rect = rect.top(u(22), u(6))
        out += sign(p, e, "boards", head, now)
    if ledger is None:
        if e.plan == p.desk.plan:
            out.append(Prose(id="boards.none", rect=rect, paras=(Para(tell("boards_none"), "muted"),)))
        return out
    head, rest = rect.top(u(34), u(8))
    which = tuple((one.id, _title(p.words, one)) for one in e.work.ledgers)
    out.append(Choice(id="boards.which", rect=head, items=which, value=ledger.id))
    foot = _foot(p, ledger)
    if foot:
        h = min(prose_height(foot, rest.w, room, Prose(id="boards.says", rect=rest, paras=foot)), rest.h // 3)
        at, rest = rest.foot(h, u(8))
        spell = p.words.names.token
        out.append(
            Prose(id="boards.says", rect=at, paras=foot, spell=lambda t: spell(t.kind, t.id, p.words.language))
        )
    return [*out, *_table(p, ledger, rest, room)]


def _title(words: Words, ledger: Ledger) -> str:
    title = words.text(ledger.title)
    n = sum(row.warn for row in ledger.rows)
    return words.tell("boards_warn", title=title, n=n) if n else title


def _foot(p: Planning, ledger: Ledger) -> tuple[Para, ...]:
    """What the chosen row says of itself, then the note of the table."""
    words = p.words
    row = ledger.rows[p.row] if 0 <= p.row < len(ledger.rows) else None
    out = [Para(words.marked(line), "small", mark="info") for line in (row.why if row is not None else ())]
    return (*out, *([Para(words.marked(ledger.note), "small")] if ledger.note is not None else []))


def cell(words: Words, value: Message | Value) -> str:
    """A cell as people read it: an id by its name."""
    if isinstance(value, Message):
        return words.text(value)
    if isinstance(value, bool):
        return words.value("flag", value)
    return str(value) if isinstance(value, int) else words.names.any(value, words.language)


def _table(p: Planning, ledger: Ledger, rect: Rect, room: Room) -> list[Widget]:
    u, words = room.u, p.words
    heads = [words.text(column) for column in ledger.columns]
    cells = [[cell(words, value) for value in row.cells] for row in ledger.rows]
    columns = shares(heads, cells, rect.w - u(40) - u(10) * (len(heads) - 1), room)
    head, rest = rect.top(u(22), u(2))
    out: list[Widget] = []
    for n, (at, text) in enumerate(zip(cell_rects(head, columns, room), heads, strict=True)):
        align = columns[n][1]
        out.append(Label(id=f"boards.column.{n}", rect=at, text=text, style="small", align=align, tip=text))
    items = tuple(
        Item(
            n,
            "",
            icon="triangle-alert" if row.warn else "",
            tone=WARN if row.warn else "",
            tip=_tip(words, heads, cells[n], row),
            cells=tuple(cells[n]),
        )
        for n, row in enumerate(ledger.rows)
    )
    value = p.row if 0 <= p.row < len(items) else None
    empty = words.tell("boards_empty")
    rows = Rows(
        id="boards.rows", rect=rest, items=items, value=value, height=ROW, cards=False, columns=columns, empty=empty
    )
    return [*out, rows]


def shares(heads: list[str], cells: list[list[str]], wide: int, room: Room) -> tuple[tuple[int, str], ...]:
    """The width of each column of `wide` pixels in all: what its cells need, then its head where there is room;
    figures stand at the right."""
    needs, aligns = [], []
    for n, head in enumerate(heads):
        given = [row[n] for row in cells if n < len(row)]
        figures = n > 0 and bool(given) and all(FIGURE.fullmatch(text) for text in given)
        style = STYLES["figure" if figures else "small" if n else "body"]
        widest = max((kit.width(text, style.face, room.u(style.size)) for text in given), default=0)
        named = kit.width(head, STYLES["small"].face, room.u(STYLES["small"].size))
        needs.append((min(room.u(WIDEST), widest), named))
        aligns.append("right" if figures else "left")
    spare = room.u(6)
    roomy = sum(max(need, head) + spare for need, head in needs) <= wide
    narrow = room.u(44)
    return tuple(
        ((max(need, head) if roomy else max(need, min(head, narrow))) + spare, align)
        for (need, head), align in zip(needs, aligns, strict=True)
    )


def _tip(words: Words, heads: list[str], cells: list[str], row: Entry) -> str:
    """The whole row, column by column, and why it stands so."""
    told = [f"{head}: {text}" if head else text for head, text in zip(heads, cells, strict=False)]
    return "\n".join([*told, *(words.text(line) for line in row.why)])
