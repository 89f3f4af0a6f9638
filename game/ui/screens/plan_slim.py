"""The form of an order where there is little room: a list of its fields that scrolls, each opened to its choices."""

from __future__ import annotations

from game.core.words import Value
from game.ui.layout import Rect
from game.ui.screens.plan_form import THRESHOLD, Form
from game.ui.screens.plan_state import Planning
from game.ui.theme import AMBER, BAD, GOOD, WARN, Room
from game.ui.widgets import Button, Item, Label, Rows, Widget

TONES = {"bad": BAD, "warn": WARN, "good": GOOD}
MARKS = {"bad": "x", "warn": "triangle-alert", "good": "check"}
VERB = "verb"


def slim_form(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, words, form = room.u, p.words, p.form
    assert form is not None
    head, rest = rect.top(u(30), u(6))
    back, title = head.end(u(32), u(6))
    name = words.subject(form.kind, form.subject)
    out: list[Widget] = [
        Label(id="form.title", rect=title, text=name, style="strong"),
        Button(id="form.back", rect=back, icon="x", kind="quiet", tip=words.tell("back") + " (Esc)"),
    ]
    if p.listing:
        items = tuple(Item(v, label) for v, label in choices(p, form, p.listing))
        now = _value(form, p.listing)
        return [*out, Rows(id="slim.choice", rect=rest, items=items, value=now, height=32, cards=False)]
    buttons, rest = rest.foot(u(34), u(6))
    line, may, tone = p.judged()
    items = tuple(_fields(p, form))
    said = Item("says", line, icon=MARKS[tone], tone=TONES[tone], tip=line)
    out.append(Rows(id="slim", rect=rest, items=(*items, said), height=40))
    given = form.old is not None if form.use == "reserve" else p.ordered(form) is not None
    add, drop = buttons.end(u(122), u(8))[::-1] if given else (buttons, buttons)
    text = {"standing": "add_standing", "reserve": "add_reserve"}.get(form.use, "change" if given else "add")
    kind = "primary" if may else "plain"
    tip = words.tell("add_tip") if may else line
    out.append(Button(id="form.add", rect=add, text=words.tell(text), key="A", on=may, kind=kind, tip=tip))
    if given:
        out.append(Button(id="form.drop", rect=drop, text=words.tell("remove"), kind="danger", key="Del"))
    return out


def _fields(p: Planning, form: Form) -> list[Item]:
    words = p.words
    out = []
    if form.use != "standing" and len(p.forms.get(form.subject, ())) > 1:
        out.append(
            Item(VERB, words.verb(form.kind.VERB), words.about(form.kind.VERB), icon="chevron-right", tone=AMBER)
        )
    if form.trigger is not None:
        for part in ("measure", "subject", "least"):
            shown = dict(choices(p, form, f"trigger.{part}")).get(getattr(form.trigger, part), "")
            title = {"measure": "trigger_measure", "subject": "trigger_subject"}.get(part, "trigger_least")
            out.append(Item(f"trigger.{part}", words.tell(title), shown, icon="clock"))
    for name, _ in form.domains:
        shown = words.value(name, form.values[name])
        out.append(Item(name, words.field(form.kind.VERB, name), shown, icon="chevron-right"))
    return out


def choices(p: Planning, form: Form, name: str) -> list[tuple[Value, str]]:
    """What may be chosen in a field, with its words."""
    words = p.words
    if name == VERB:
        return [(f.kind.VERB, words.verb(f.kind.VERB)) for f in p.forms.get(form.subject, ())]
    if name.startswith("trigger.") and form.trigger is not None:
        watched = p.desk.contingency_measures()
        if name == "trigger.measure":
            return [(m, words.value("measure", m)) for m, subjects in watched.items() if subjects]
        if name == "trigger.subject":
            return [(s, words.watched(s)) for s in watched.get(form.trigger.measure, ())]
        return [(n, str(n)) for n in range(1, THRESHOLD + 1)]
    return [(v, words.value(name, v)) for v in form.domain(name)]


def _value(form: Form, name: str) -> Value:
    if name == VERB:
        return form.kind.VERB
    if name.startswith("trigger."):
        return str(getattr(form.trigger, name.partition(".")[2]))
    return form.values[name]
