"""Pieces of the screens between two plans: the bar at the top, the phases of a turn, the card of a frame."""

from __future__ import annotations

import attrs

from game.core.ids import Seat
from game.core.setting import HUNDREDTHS, TurnKind
from game.core.view import View
from game.report.film import Frame
from game.ui import kit, parts, theme
from game.ui.layout import Rect
from game.ui.screens.replay_reading import ICONS, TONES
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Bars, Button, Label, Panel, Para, Prose, Steps, Widget
from game.words import Names, Token, finished, marked, term
from game.words.load import sentence

BAR_POINTS = 52
CARD_POINTS = 430


def bar(
    table: Table, view: View, room: Room, stage: str, turn: int = 0, date: str = "", *, cover: bool = False
) -> list[Widget]:
    """The bar over the window: the game, the turn and what kind, the stage, and whose screen this is. `cover`: with a
    button that covers it at once."""
    u = room.u
    say = table.say
    rect = Rect(0, 0, room.width, u(BAR_POINTS))
    turn = turn or view.turn
    kind = term("kind", view.kind.name, table.language)
    out: list[Widget] = [Panel(id="bar", rect=rect, radius=0)]
    title, rest = rect.inset(u(14), 0).left(u(226))
    out += [
        Label(id="bar.title", rect=Rect(title.x, u(7), title.w, u(20)), text=table.title, style="panel"),
        Label(
            id="bar.turn",
            rect=Rect(title.x, u(28), title.w, u(17)),
            text=say("ui_screens.turn", turn=min(turn, table.turns), turns=table.turns, kind=kind, date=date),
            style="small",
        ),
    ]
    if cover:
        icon, rest = rest.end(u(30), u(12))
        out.append(
            Button(
                id="cover",
                rect=Rect(icon.x, u(11), u(30), u(30)),
                icon="eye-off",
                kind="quiet",
                tip=say("ui_screens.cover.tip"),
            )
        )
    whose, _ = rest.end(u(230))
    eyes = view.seat
    who = term("seat", eyes, table.language) if eyes else say("ui_screens.public")
    out += [
        Label(
            id="bar.whose",
            rect=Rect(whose.x, u(7), whose.w, u(20)),
            text=who[:1].upper() + who[1:],
            style="panel",
            align="right",
        ),
        Label(
            id="bar.stage",
            rect=Rect(whose.x, u(28), whose.w, u(17)),
            text=stage,
            style="small",
            align="right",
        ),
    ]
    return out


def phases_of(kind: TurnKind, known: frozenset[str]) -> tuple[str, ...]:
    """The phases of a turn of that kind, in sequence, each once."""
    return tuple(dict.fromkeys(p for p in (*kind.opening, *kind.pulse, *kind.closing) if p in known))


def phase_name(table: Table, phase: str) -> str:
    """A phase in a word or two: as its chapter's own, else by the last part of its name."""
    last = phase.rpartition(".")[2]
    for name in (phase, last):
        id = f"ui_screens.phase.{name}"
        if sentence(id, table.language):
            return table.say(id)
    return last.replace("_", " ").capitalize()


def strip(table: Table, kind: TurnKind, phase: str, rect: Rect, room: Room) -> list[Widget]:
    """The phases of a turn; as many round the one under way as there is room for."""
    phases = phases_of(kind, frozenset(table.rulebook.phases))
    at = phases.index(phase) if phase in phases else len(phases) if phase else -1
    names = tuple(phase_name(table, p) for p in phases)
    first, last = 0, len(names)
    while last - first > 1 and _wide(names[first:last], room) > rect.w:
        first, last = (first + 1, last) if at - first > last - 1 - at else (first, last - 1)
    return [Steps(id="phases", rect=rect, items=names[first:last], value=at - first)]


def _wide(names: tuple[str, ...], room: Room) -> int:
    """How wide the strip stands at its narrowest."""
    return sum(kit.width(name, "cond", room.u(13)) for name in names) + room.u(14) * (len(names) - 1)


def spelled(table: Table, view: View, frame: Frame) -> str:
    """A frame's sentence, as marked text that ends like a sentence."""
    return finished(marked(frame.message, table.language))


def frame_card(table: Table, view: View, frame: Frame, left: int, bottom: int, room: Room) -> list[Widget]:
    """What the frame says, standing on `bottom`: when, the sentence, the odds with what was drawn, and WHY?"""
    u = room.u
    wide = u(CARD_POINTS)
    pad = u(16)
    inner_w = wide - 2 * pad
    text = card_text(table, view, frame, inner_w, room)
    rolls = frame.told.rolls if frame.told is not None else ()
    odds = rolls[0] if rolls and any(label == rolls[0].result for label, _ in rolls[0].odds) else None
    tall = pad + u(22) + text.rect.h + (u(112) if odds else 0) + (u(42) if frame.opens else 0) + u(12)
    rect = Rect(left, bottom - tall, wide, tall)
    inner = rect.inset(pad, u(12))
    head, inner = inner.top(u(20), u(4))
    body, inner = inner.top(text.rect.h, u(8))
    date = when(table, frame)
    out: list[Widget] = [
        Panel(id="card", rect=rect, kind="glass", radius=10, shadow=True),
        Label(
            id="card.phase",
            rect=head.left(head.w - u(196))[0],
            text=phase_name(table, frame.phase),
            style="caption",
            icon=ICONS.get(frame.kind, "info"),
            color=TONES.get(frame.kind, theme.MUTED),
        ),
        Label(id="card.date", rect=head.end(u(190))[0], text=date, style="figure_muted", align="right"),
        attrs.evolve(text, rect=body),
    ]
    if odds is not None:
        bars, inner = inner.top(u(104), u(8))
        out.append(
            Bars(
                id="card.odds",
                rect=bars,
                bars=tuple(odds.odds),
                title=table.say("ui_screens.odds"),
                marked=odds.result,
            )
        )
    if frame.opens:
        row, _ = inner.top(u(34))
        out.append(
            Button(
                id="why",
                rect=row.left(u(120))[0],
                text=table.say("ui_screens.why"),
                icon="circle-question-mark",
                key="W",
                tip=table.say("ui_screens.why.tip"),
            )
        )
        rule = frame.told.rule if frame.told is not None else ""
        out.append(
            Label(
                id="card.rule",
                rect=row.end(row.w - u(132))[0],
                text=table.say("ui_screens.rule", rule=rule),
                style="small",
                align="right",
            )
        )
    return out


def card_text(table: Table, view: View, frame: Frame, wide: int, room: Room) -> Prose:
    names = table.names(view)

    def spell(token: Token) -> str:
        return names.token(token.kind, token.id, table.language)

    words = spelled(table, view, frame)
    paras = (Para(capital(words, spell), "quote"),)
    prose = Prose(id="card.text", rect=Rect(0, 0, wide, 0), paras=paras, spell=spell, names=str(view.seat))
    return attrs.evolve(prose, rect=Rect(0, 0, wide, parts.prose_height(paras, wide, room, prose) + room.u(2)))


def capital(words: str, spell: object = None) -> str:
    """A sentence with a capital letter, unless a token begins it."""
    return words if words.startswith("[") else words[:1].upper() + words[1:]


def amount(measure: str, n: int | str) -> str:
    """What a line of a score counts, as people read it: stocks and days in whole units with a tenth."""
    return f"{n // 100}.{n % 100 // 10}" if measure in HUNDREDTHS and isinstance(n, int) else str(n)


def store(table: Table, names: Names, kind: str, what: str) -> str:
    """ "SM-3, rounds", "Carrier Group South (C09), missiles"; a kind of missile needs no such word."""
    name = names.any(what, table.language)
    if kind == "rounds":
        return table.say("ui_screens.rounds", what=name)
    return name if what in table.board.munitions else table.say("ui_screens.missiles", what=name)


def when(table: Table, frame: Frame) -> str:
    day, hour = divmod(frame.hour, 24)
    return table.say("ui_screens.when", date=frame.date, day=day + 1, hour=f"{hour:02}")


def seat_name(table: Table, seat: Seat) -> str:
    words = term("seat", seat, table.language)
    return words[:1].upper() + words[1:]
