"""A game that is over, as one page: who stands where and by which counts, how it came, what turned it, and the
scenario's questions with the events that answer them. Pieces of the debrief; all is open by then."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.ids import Seat
from game.core.setting import HUNDREDTHS
from game.core.view import View
from game.report.assess import Assessment, KeyQuestion, SeatScore, Series, TurningPoint
from game.report.film import Frame
from game.report.opened import opened_for
from game.ui import theme
from game.ui.layout import Rect
from game.ui.screens.film_parts import amount, capital, seat_name, store
from game.ui.screens.replay_reading import ICONS, TONES
from game.ui.table import Table
from game.ui.theme import Room
from game.ui.widgets import Chart, Curve, Item, Label, Panel, Para, Widget
from game.words import Names, finished, term

DASHES = ("solid", "dashed", "dotted", "thin")
MOST_CURVES = 4
#: Events that stand under a question.
MOST_ANSWERS = 5
SHOW = ("show", "map-pinned")
WHY = ("why", "circle-question-mark")


def verdict(table: Table, found: Assessment) -> str:
    """ "Over after turn 3. The United States 93 of 100, North Korea 72 …", best first."""
    ranked = sorted(found.seats, key=lambda s: -s.points * 1000 // max(1, s.most))
    parts = (
        table.say("ui_screens.verdict_seat", seat=seat_name(table, s.seat), points=s.points, most=s.most)
        for s in ranked
        if s.most
    )
    return table.say("ui_screens.verdict", turns=table.turns, seats=" · ".join(parts))


# Scores -----------------------------------------------------------------------------------------------------------


def score_paras(table: Table, view: View, score: SeatScore, texts: str) -> tuple[Para, ...]:
    """A seat's lines with the counts and formulas that gave them; then what was lost, fired and left. `texts`: what
    the scenario calls a win."""
    say = table.say
    speech = table.speech(view)
    out = [
        Para(say("ui_screens.points_of", points=score.points, most=score.most), "heading"),
        Para(texts, "muted", gap=2),
    ]
    for line in score.lines:
        good, bad = line.points * 3 >= line.most * 2, line.points * 3 < line.most
        icon = "check" if good else "triangle-alert" if bad else "flag"
        tone = theme.GOOD if good else theme.BAD if bad else theme.WARN
        points = say("ui_screens.score_line", points=line.points, most=line.most)
        out.append(Para(line.title, "strong", mark=icon, tone=tone, right=points, gap=12))
        name = what = ""
        for given in line.reasons:
            if given.name.endswith(".points"):
                formula = _formula(given.source, line.measure).replace(f"× {name}", f"× {what}")
                words = say("ui_screens.formula", points=given.value, formula=formula, most=line.most)
            else:
                name = given.name.rpartition(".")[2]
                parts = given.source.split(", ")
                known = [_named(part, speech.names, table.language) for part in parts]
                tally = name == "tally"
                what = ", ".join(known) if tally else term("counted", name, table.language)
                about = ", ".join(known) if not tally and given.source != score.seat else ""
                words = say("ui_screens.count", what=what, n=amount(line.measure, given.value), about=about)
            out.append(Para(words, "small", 1, gap=1))
    out += _spent(table, view, score)
    return tuple(out)


def _named(part: str, names: Names, language: str) -> str:
    """A part of a source by its name, else with the names of the ids in it."""
    found = names.counted(part, language)
    return found if found != part else names.known(part, language)


def _formula(source: str, measure: str) -> str:
    """ "47 − 3 × leaked" of "47 + -3 x leaked / 1"; a measure in hundredths by the whole units that people read."""
    found = source.replace("+ -", "− ").replace(" x ", " × ").removesuffix(" / 1")
    head, slash, unit = found.rpartition(" / ")
    return f"{head}{slash}{int(unit) / 100:g}" if slash and measure in HUNDREDTHS else found


def _spent(table: Table, view: View, score: SeatScore) -> Iterator[Para]:
    names = table.names(view)
    rows: list[tuple[str, str]] = []
    for what, n in score.losses.items():
        rows.append((table.say("ui_screens.lost", what=term("domain", what, table.language)), f"−{n}"))
    for kind, gone, left in (("rounds", score.spent, score.rounds), ("missiles", score.fired, score.missiles)):
        for what in dict.fromkeys((*gone, *left)):
            words = store(table, names, kind, what)
            rows.append((words, table.say("ui_screens.gone_left", gone=gone.get(what, 0), left=left.get(what, 0))))
    if rows:
        yield Para(table.say("ui_screens.losses"), "caption", gap=16)
        for words, right in rows:
            yield Para(words, right=right, gap=3)


# Charts -----------------------------------------------------------------------------------------------------------


def charts(table: Table, view: View, found: Assessment, seat: Seat, rect: Rect, room: Room) -> list[Widget]:
    """Points by turn of the seat's side (of all, where four lines hold them), and what the seat had left."""
    u = room.u
    out: list[Widget] = []
    points = _points(table, view, found, seat)
    stocks = _stocks(table, view, found, seat)
    drawn = [("points", table.say("ui_screens.chart_points"), points)]
    if stocks:
        drawn.append(("left", table.say("ui_screens.chart_left", seat=seat_name(table, seat)), stocks))
    for (id, title, curves), cell in zip(drawn, rect.columns(len(drawn), u(12)), strict=True):
        out.append(Panel(id=f"chart.{id}.panel", rect=cell, kind="card"))
        inner = cell.inset(u(14), u(10))
        if curves:
            ends = sorted({x for curve in curves for x, _ in curve.points})
            xs = tuple((x, str(x) if x else table.say("ui_screens.opening")) for x in ends)
            out.append(Chart(id=f"chart.{id}", rect=inner, title=title, curves=curves, xs=xs))
        else:
            words = table.say("ui_screens.chart_none")
            out.append(Label(id=f"chart.{id}.none", rect=inner.top(u(22))[0], text=words, style="muted"))
    return out


def _points(table: Table, view: View, found: Assessment, seat: Seat) -> tuple[Curve, ...]:
    wholes: dict[Seat, Series] = {}
    for one in found.series:
        if one.title.id == "ui_film.points_by_turn":
            wholes.setdefault(one.seat, one)
    seats = [seat, *(s for s in wholes if s != seat and view.board.same_side(s, seat))]
    if len(wholes) <= MOST_CURVES or len(seats) == 1:
        seats += [s for s in wholes if s not in seats]
    chosen = [wholes[s] for s in seats if s in wholes and wholes[s].values][:MOST_CURVES]
    return tuple(
        Curve(seat_name(table, one.seat), one.values, DASHES[n], theme.CHART[n]) for n, one in enumerate(chosen)
    )


def _stocks(table: Table, view: View, found: Assessment, seat: Seat) -> tuple[Curve, ...]:
    chosen = [s for s in found.series if s.seat == seat and s.title.id in STOCKS]
    chosen.sort(key=lambda one: -max(n for _, n in one.values))
    names = table.names(view)
    return tuple(
        Curve(names.any(str(one.title.as_dict()["what"]), table.language), one.values, DASHES[n], theme.CHART[n])
        for n, one in enumerate(chosen[:MOST_CURVES])
    )


STOCKS = ("ui_film.rounds_left", "ui_film.missiles_left")


# What turned it, and the questions --------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class Listed:
    """Rows, and the frame behind each row's value."""

    items: tuple[Item, ...]
    frames: tuple[Frame, ...]


def turning_list(table: Table, view: View, points: tuple[TurningPoint, ...]) -> Listed:
    out = []
    for n, point in enumerate(points):
        moved = ", ".join(
            table.say("ui_screens.moved", seat=seat_name(table, seat), n=f"{'+' if by > 0 else '−'}{abs(by)}")
            for seat, by in point.moved
        )
        words = _whose(table, point.frame, _words(table, view, point.frame))
        found = point.frame.told
        draws = opened_for(found, table.speech(view)).draws if found is not None else ()
        chance = draws[0].line if draws else ""
        sub = table.say("ui_screens.turning_sub", date=point.frame.date, moved=moved)
        tip = f"{words} {moved}. {chance}".strip()
        out.append(_item(table, n, point.frame, words, sub, str(point.swing), tip))
    return Listed(tuple(out), tuple([p.frame for p in points]))


def _whose(table: Table, frame: Frame, words: str) -> str:
    """A sentence that a nation was told of itself, with the nation's name before it: here all nations' stand
    together."""
    event = frame.event
    if event is None or not event.seat or event.subject != event.seat:
        return words
    return f"{seat_name(table, event.seat)}: {words}"


def question_list(table: Table, view: View, questions: tuple[KeyQuestion, ...]) -> Listed:
    items: list[Item] = []
    frames: list[Frame] = []
    for asked in questions:
        items.append(Item(("head", asked.id), asked.text, head=True))
        best = set(map(id, asked.best[:MOST_ANSWERS]))
        for frame in (f for f in asked.frames if id(f) in best):
            words = _words(table, view, frame)
            who = ", ".join(seat_name(table, seat) for seat in dict.fromkeys(frame.to) if seat)
            rule = frame.told.rule if frame.told else ""
            sub = table.say("ui_screens.answer_sub", date=frame.date, rule=rule, who=who)
            items.append(_item(table, len(frames), frame, words, sub, "", words))
            frames.append(frame)
        if not asked.frames:
            items.append(Item(("none", asked.id), table.say("ui_screens.no_answer"), head=True))
    return Listed(tuple(items), tuple(frames))


def _item(table: Table, n: int, frame: Frame, words: str, sub: str, right: str, tip: str) -> Item:
    show = (*SHOW, table.say("ui_screens.show"))
    ask = (*WHY, table.say("ui_screens.why.tip"))
    acts = (show, ask) if frame.places else (ask,)
    tone = TONES.get(frame.kind, theme.MUTED)
    return Item(n, words, sub, right, icon=ICONS.get(frame.kind, "info"), tone=tone, acts=acts, tip=tip)


def _words(table: Table, view: View, frame: Frame) -> str:
    return capital(finished(table.text(frame.message, view)))
