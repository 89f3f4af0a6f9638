"""The upper part of the orders tab: the form of one order, and the editors of what stands."""

from __future__ import annotations

from game.core.orders import INTENT_LETTERS, NO_LIMIT
from game.ui.layout import Column, Rect
from game.ui.parts import pill_width
from game.ui.screens.plan_form import field_widgets, fields_height
from game.ui.screens.plan_slim import MARKS, TONES
from game.ui.screens.plan_state import Planning, roe_words
from game.ui.theme import AMBER, BAD, GOOD, LINK, Room
from game.ui.widgets import Button, Choice, Field, Item, Label, Para, Prose, Rows, Slider, Tabs, Widget


def form_part(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell, words, form = room.u, p.words.tell, p.words, p.form
    assert form is not None
    column = Column(rect, u(8))
    head = column.take(u(44))
    symbol = p.symbol(form.subject)
    title = words.subject(form.kind, form.subject)
    about = words.about(form.kind.VERB)
    if form.use == "reserve":
        about = tell("reserve_about")
    item = Item("card", title, about, symbol=symbol, icon="" if symbol else p.icon(form.subject))
    back, head = head.end(u(32), u(6))
    out: list[Widget] = [Rows(id="form.head", rect=head, items=(item,), height=44)]
    out.append(Button(id="form.back", rect=back, icon="x", kind="quiet", tip=tell("back") + " (Esc)"))
    out += _verbs(p, column.take(u(32)), room)
    out += field_widgets(
        form,
        column.take(fields_height(form, rect.w, room, words, p.view), 0),
        room,
        words,
        p.desk.contingency_measures() if form.trigger else {},
        p.view,
    )
    buttons, rest = column.rest.foot(u(36), u(8))
    line, may, tone = p.judged()
    paras = [Para(words_, "small", mark="chart-line", tone=LINK) for words_ in p.outlook]
    style = "body" if tone == "bad" and not paras else "small"
    paras.insert(len(paras) if tone == "bad" else 0, Para(line, style, mark=MARKS[tone], tone=TONES[tone]))
    drags = form.use == "order" and form.subject in p.view.counters and form.places(p.view)
    if drags and not p.outlook and tone != "bad":
        paras.append(Para(tell("hint_map"), "small", mark="map-pinned"))
    out.append(Prose(id="form.says", rect=rest, paras=tuple(paras)))
    given = form.old is not None if form.use == "reserve" else p.ordered(form) is not None
    add, drop = buttons.end(u(132), u(8))[::-1] if given else (buttons, buttons)
    text = {"standing": "add_standing", "reserve": "add_reserve"}.get(form.use, "change" if given else "add")
    out.append(
        Button(
            id="form.add",
            rect=add,
            text=tell(text),
            icon="check",
            key="A",
            on=may,
            kind="primary" if may else "plain",
            tip=line if not may else tell("add_tip"),
        )
    )
    if given:
        out.append(Button(id="form.drop", rect=drop, text=tell("remove"), kind="danger", key="Del"))
    return out


def _verbs(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """Which order: all that may be given to the subject."""
    form, words = p.form, p.words
    assert form is not None
    if form.use == "standing":
        return [Label(id="form.verb", rect=rect, text=words.tell("when_asked"), style="small")]
    kinds = [f.kind.VERB for f in p.forms.get(form.subject, ())]
    items = tuple((verb, words.verb(verb)) for verb in kinds)
    needs = sum(pill_width(label, room) + room.u(8) for _, label in items)
    if len(items) > 4 or needs > rect.w:
        return [Choice(id="form.verb", rect=rect, items=items, value=form.kind.VERB)]
    slim = Rect(rect.x, rect.y, min(rect.w, max(needs, room.u(110) * len(items))), rect.h).inset(0, room.u(2))
    return [Tabs(id="form.verb", rect=slim, items=items, value=form.kind.VERB, pills=True)]


# What stands -------------------------------------------------------------------------------------------------------


def _title(p: Planning, id: str, rect: Rect, room: Room) -> tuple[list[Widget], Rect]:
    head, rest = rect.top(room.u(32), room.u(8))
    done, words = head.end(room.u(96), room.u(8))
    out: list[Widget] = [
        Label(id=f"{id}.title", rect=words, text=p.words.tell(id), style="panel"),
        Button(id=f"{id}.done", rect=done, text=p.words.tell("done"), key="Esc"),
    ]
    return out, rest


def forbids(p: Planning) -> str:
    rung, tell = p.desk.plan.roe, p.words.tell
    if rung >= NO_LIMIT:
        return tell("roe_all")
    return tell("roe_forbids", first=f"{rung + 1}, {tell(f'rung.{rung + 1}')},")


def roe_part(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell = room.u, p.words.tell
    out, rest = _title(p, "roe", rect, room)
    slider, rest = rest.top(u(48), u(8))
    rung = min(9, p.desk.plan.roe)
    shown = roe_words(p)
    out.append(Label(id="roe.rung", rect=slider.top(u(20))[0], text=shown, style="strong", color=AMBER))
    out.append(Slider(id="roe", rect=slider.foot(u(26))[0], low=0, high=9, value=rung))
    need = max((p.desk.rulebook.rung(p.view, o) for o in p.desk.plan.orders), default=0)
    needs = tell("roe_needs", rung=need) if need else tell("roe_needs_none")
    bad = need > rung
    paras = [
        Para(forbids(p), "body", mark="scale"),
        Para(needs, "body", mark="x" if bad else "check", tone=BAD if bad else GOOD),
    ]
    paras += [Para(f"{n} · {tell(f'rung.{n}')}", "small" if n > rung else "body", indent=1, gap=2) for n in range(10)]
    out.append(Prose(id="roe.says", rect=rest, paras=tuple(paras)))
    return out


def intent_part(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell = room.u, p.words.tell
    out, rest = _title(p, "intent", rect, room)
    box, rest = rest.top(u(38), u(6))
    text = p.desk.plan.intent
    out.append(Field(id="intent", rect=box, text=text, hint=tell("intent_hint"), most=INTENT_LETTERS))
    left = tell("intent_left", n=INTENT_LETTERS - len(text))
    out.append(Label(id="intent.left", rect=rest.top(u(18))[0], text=left, style="small"))
    out.append(Prose(id="intent.says", rect=rest.top(u(18))[1], paras=(Para(tell("intent_none"), "small"),)))
    return out
