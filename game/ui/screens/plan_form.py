"""The form of one order: its fields drawn from the domains of the templates, whatever the chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from game.core.orders import Contingency, Order, Template, Trigger
from game.core.view import View
from game.core.words import Value
from game.ui import kit
from game.ui.layout import Rect
from game.ui.screens.plan_words import Words
from game.ui.theme import STYLES, Room
from game.ui.widgets import Choice, Field, Label, Panel, Slider, Toggle, Widget

Domains = tuple[tuple[str, tuple[Value, ...]], ...]
#: Points of a field: its caption and its control, and the gap under it.
CAPTION, CONTROL, GAP = 16, 34, 8
FIELD = CAPTION + CONTROL + GAP
#: Between two fields of a row; and what a choice needs beside its words.
BETWEEN, CHEVRON = 10, 44


@attrs.frozen(slots=True)
class Form:
    """An order as it is being filled in. `use`: "order", "standing" (an answer that stands in the plan) or "reserve"
    (a contingency, with its `trigger`; `old` is the one that it takes the place of)."""

    kind: type[Order]
    seat: str
    subject: str
    domains: Domains
    values: Mapping[str, Value]
    use: str = "order"
    trigger: Trigger | None = None
    old: Contingency | None = None

    @property
    def order(self) -> Order:
        return self.kind(self.seat, self.subject, **self.values)

    @property
    def contingency(self) -> Contingency | None:
        return None if self.trigger is None else Contingency(self.trigger, self.order)

    def domain(self, name: str) -> tuple[Value, ...]:
        return dict(self.domains).get(name, ())

    def having(self, name: str, value: Value) -> Form:
        return attrs.evolve(self, values={**self.values, name: value})

    def like(self, order: Order) -> Form:
        """Filled in as an order is; a choice that is no longer offered stays, and the refusal says so."""
        return attrs.evolve(self, values={name: getattr(order, name) for name, _ in self.domains})

    def place_fields(self, view: View) -> tuple[str, ...]:
        return tuple(n for n, domain in self.domains if any(_on_map(v, view) for v in domain))

    def places(self, view: View) -> frozenset[str]:
        """Ids on the map that may be chosen in some field."""
        return frozenset(str(v) for _, domain in self.domains for v in domain if _on_map(v, view))

    def at(self, place: str, view: View, wanted: str = "") -> Form | None:
        """With a place of the map filled in: into the field that was `wanted`, else the first that is still empty,
        else the first that takes it. None if no field takes it."""
        takes = [name for name, domain in self.domains if place in domain and _on_map(place, view)]
        if not takes:
            return None
        empty = [name for name in takes if self.values[name] == ""]
        return self.having(wanted if wanted in takes else (empty or takes)[0], place)


def _on_map(value: Value, view: View) -> bool:
    return isinstance(value, str) and (value in view.places or value in view.contacts or value in view.counters)


def merged(templates: Iterable[Template], use: str = "order") -> dict[str, tuple[Form, ...]]:
    """Forms by subject. Several templates of one kind about one thing make one form: what does not go together there
    is refused with its reason, which a shorter list would keep to itself."""
    found: dict[tuple[str, type[Order]], list[Template]] = {}
    for template in templates:
        found.setdefault((template.subject, template.order), []).append(template)
    out: dict[str, list[Form]] = {}
    for (subject, kind), group in found.items():
        names = [name for name, _ in group[0].domains]
        domains = tuple((n, tuple(dict.fromkeys(v for t in group for v in t.domain(n)))) for n in names)
        values = {n: group[0].domain(n)[0] for n in names}
        out.setdefault(subject, []).append(Form(kind, group[0].seat, subject, domains, values, use))
    return {subject: tuple(forms) for subject, forms in out.items()}


def fields_height(form: Form, wide: int, room: Room, words: Words, view: View) -> int:
    return len(_rows(form, wide, room, words, view)) * room.u(FIELD)


def _rows(form: Form, wide: int, room: Room, words: Words, view: View) -> list[int]:
    """How many fields stand in each row: two, and the rest; across stands a choice of more words than half the room
    holds (of places a name is enough), a line of text, and the ready ones above it."""
    rows: list[int] = []
    run = 3 if form.trigger else 0
    for name, domain in form.domains:
        if name in form.kind.OPEN:
            continue
        if _wordy(name, domain, (wide - room.u(BETWEEN)) // 2, room, words, view):
            rows += [*_pairs(run), 1]
            run = 0
        else:
            run += 1
    return [*rows, *_pairs(run), *(1 for name, _ in form.domains if name in form.kind.OPEN for _ in range(2))]


def _pairs(n: int) -> list[int]:
    return [2] * (n // 2) + [1] * (n % 2)


def _wordy(name: str, domain: tuple[Value, ...], half: int, room: Room, words: Words, view: View) -> bool:
    if len(domain) < 2 or slides(domain) or any(v in view.places or v in view.counters for v in domain):
        return False
    body = STYLES["body"]
    return any(kit.width(words.value(name, v), body.face, room.u(body.size)) > half - room.u(CHEVRON) for v in domain)


def field_widgets(
    form: Form, rect: Rect, room: Room, words: Words, watched: Mapping[str, Sequence[str]], view: View
) -> list[Widget]:
    """Every field in its cell, the trigger's of a contingency first. Ids: "form.NAME", "trigger.measure", ..."""
    cells = _cells(rect, room, _rows(form, rect.w, room, words, view))
    out: list[Widget] = []
    if form.trigger is not None:
        out += _trigger(form.trigger, cells, room, words, watched)
    for name, domain in sorted(form.domains, key=lambda field: field[0] in form.kind.OPEN):
        if name in form.kind.OPEN:
            out += _open(form, name, domain, next(cells), next(cells), room, words)
        else:
            out += _field(form, name, domain, next(cells), room, words)
    return out


def _open(
    form: Form, name: str, domain: tuple[Value, ...], one: Rect, two: Rect, room: Room, words: Words
) -> list[Widget]:
    """A line of one's own beside those that a staff has ready; typed text takes the place of a ready one."""
    id, value = f"form.{name}", form.values[name]
    ready = value in domain
    items = tuple((v, words.value(name, v)) for v in domain)
    if not ready:
        items = ((value, words.tell("field.own_words")), *items)
    return [
        _caption(f"{id}.ready", words.tell("field.ready"), one, room),
        Choice(id=f"{id}.ready", rect=_control(one, room), items=items, value=value),
        _caption(id, words.field(form.kind.VERB, name), two, room),
        Field(
            id=id,
            rect=_control(two, room),
            text="" if ready else str(value),
            hint=words.tell("field.own_words"),
        ),
    ]


def _cells(rect: Rect, room: Room, rows: Iterable[int]) -> Iterator[Rect]:
    for n, columns in enumerate(rows):
        y = rect.y + n * room.u(FIELD)
        yield from Rect(rect.x, y, rect.w, room.u(CAPTION + CONTROL)).columns(columns, room.u(BETWEEN))


def _caption(id: str, text: str, cell: Rect, room: Room) -> Label:
    return Label(id=f"{id}.caption", rect=Rect(cell.x, cell.y, cell.w, room.u(CAPTION - 2)), text=text, style="small")


def _control(cell: Rect, room: Room) -> Rect:
    return Rect(cell.x, cell.bottom - room.u(CONTROL), cell.w, room.u(CONTROL))


def _field(form: Form, name: str, domain: tuple[Value, ...], cell: Rect, room: Room, words: Words) -> list[Widget]:
    id, value = f"form.{name}", form.values[name]
    title = words.field(form.kind.VERB, name)
    under = _control(cell, room)
    if all(isinstance(v, bool) for v in domain):
        return [
            _caption(id, title, cell, room),
            Toggle(id=id, rect=under, text=words.value(name, value), value=bool(value)),
        ]
    if len(domain) == 1:
        shown = words.value(name, value)
        well = Panel(id=f"{id}.well", rect=under, kind="well", radius=5)
        inside = under.inset(room.u(10), 0)
        return [_caption(id, title, cell, room), well, Label(id=id, rect=inside, text=shown, style="muted")]
    if slides(domain):
        steps = sorted({int(v) for v in (*domain, value)})
        shown = words.value(name, value)
        return [
            Slider(
                id=id, rect=cell, low=0, high=len(steps) - 1, value=steps.index(int(value)), text=title, shown=shown
            )
        ]
    items = tuple((v, words.value(name, v)) for v in (domain if value in domain else (value, *domain)))
    return [_caption(id, title, cell, room), Choice(id=id, rect=under, items=items, value=value)]


def slides(domain: tuple[Value, ...]) -> bool:
    """Whether a field is a slider: several numbers to choose from."""
    return len(domain) > 1 and all(isinstance(v, int) and not isinstance(v, bool) for v in domain)


def slid(form: Form, name: str, index: int) -> Value:
    """The value that a slider of a field stands for."""
    domain = form.domain(name)
    steps = sorted({int(v) for v in (*domain, form.values[name])})
    return steps[max(0, min(len(steps) - 1, index))]


#: How far a threshold of a contingency goes up.
THRESHOLD = 20


def _trigger(
    trigger: Trigger, cells: Iterator[Rect], room: Room, words: Words, watched: Mapping[str, Sequence[str]]
) -> list[Widget]:
    one, two, three = (next(cells) for _ in range(3))
    measures = tuple((m, words.value("measure", m)) for m, subjects in watched.items() if subjects)
    subjects = tuple((s, words.watched(s)) for s in watched.get(trigger.measure, ()))
    return [
        _caption("trigger.measure", words.tell("trigger_measure"), one, room),
        Choice(id="trigger.measure", rect=_control(one, room), items=measures, value=trigger.measure),
        _caption("trigger.subject", words.tell("trigger_subject"), two, room),
        Choice(id="trigger.subject", rect=_control(two, room), items=subjects, value=trigger.subject),
        Slider(
            id="trigger.least",
            rect=three,
            low=1,
            high=max(THRESHOLD, trigger.least),
            value=trigger.least,
            text=words.tell("trigger_least"),
            shown=str(trigger.least),
        ),
    ]
