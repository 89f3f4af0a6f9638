"""The orders tab: courses of action, the queue, what stands, and the form of one order."""

from __future__ import annotations

from game.core.orders import Order, Plan
from game.ui import kit
from game.ui.layout import Column, Rect
from game.ui.paint.search import plain
from game.ui.screens.plan_edit import forbids, form_part, intent_part, roe_part
from game.ui.screens.plan_form import Form, fields_height
from game.ui.screens.plan_slim import slim_form
from game.ui.screens.plan_state import Planning, roe_words
from game.ui.theme import AMBER, BAD, STYLES, WARN, Room
from game.ui.widgets import Button, Field, Item, Label, Panel, Para, Prose, Rows, Steps, Widget
from game.words import advice, refused

#: Points that the queue needs to be worth showing under something else.
LEAST_QUEUE = 170
#: At most this many pips of staff points; the words beside them tell the rest.
MOST_PIPS = 8
COURSE_ICONS = {
    "staff": "users",
    "hold": "shield",
    "share": "handshake",
    "forward": "swords",
    "probe": "eye",
    "strike": "rocket",
    "deny": "waves",
    "balance": "scale",
}


def orders_tab(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """What the tab shows in `rect`: the upper part by its mode, and the queue under it where there is room."""
    if p.mode == "pick":
        return _pick(p, rect, room)
    upper = {"courses": _courses, "form": form_part, "roe": roe_part, "intent": intent_part}.get(p.mode)
    if upper is None:
        return _queue(p, rect, room)
    if p.mode == "form" and rect.h < _upper_height(p, rect.w, room) - room.u(20):
        return slim_form(p, rect, room)
    rest = rect.h - _upper_height(p, rect.w, room) - room.u(14)
    if p.mode == "courses" or rest < room.u(LEAST_QUEUE):
        return upper(p, rect, room)
    top, foot = rect.top(_upper_height(p, rect.w, room), room.u(14))
    line = Panel(id="orders.line", rect=Rect(rect.x, foot.y - room.u(8), rect.w, 1), kind="raised", radius=0)
    return [*upper(p, top, room), line, *_queue(p, foot, room)]


def _upper_height(p: Planning, wide: int, room: Room) -> int:
    if p.mode == "form" and p.form is not None:
        return room.u(44 + 8 + 32 + 8 + 80 + 36 + 8) + fields_height(p.form, wide, room, p.words, p.view)
    return room.u(300 if p.mode == "roe" else 150)


# Courses of action -------------------------------------------------------------------------------------------------


def _courses(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """The staff's plan and its three courses to take, and what lies on the desk under them."""
    u, tell = room.u, p.words.tell
    column = Column(rect, u(6))
    out: list[Widget] = []
    if not p.desk.templates:  # four empty plans would be no choice
        idle = (Para(tell("nothing_to_order"), "muted", mark="info"),)
        return [Prose(id="courses.none", rect=column.take(u(120)), paras=idle)]
    if rect.h >= u(260):
        out.append(Label(id="courses.title", rect=column.take(u(20)), text=tell("courses"), style="panel"))
        lead = (Para(tell("courses_lead"), "small"),)
        out.append(Prose(id="courses.lead", rect=column.take(u(38)), paras=lead))
    foot, rest = column.rest.foot(u(34), u(10))
    tall = rest.h >= u(4 * 65)
    h = 60 if tall else 44
    listed, rest = rest.top(4 * u(h) + 3 * u(5), u(14))
    items = [_course(p, "staff", tell("staff_plan"), tell("staff_plan_idea"), p.first)]
    items += [_course(p, c.key, p.words.text(c.name), p.words.text(c.idea), c.plan) for c in p.courses]
    out.append(Rows(id="courses", rect=listed, items=tuple(items), value=taken(p), height=h))
    if rest.h >= u(56):
        out += _on_desk(p, rest, room)
    one, two = foot.columns(2, u(8))
    out.append(Button(id="courses.keep", rect=one, text=tell("change_one"), tip=tell("change_one_tip")))
    own = tell("write_own")
    out.append(Button(id="courses.own", rect=two, text=own, kind="quiet", tip=tell("write_own_tip")))
    return out


def _course(p: Planning, key: str, name: str, idea: str, plan: Plan) -> Item:
    cost = p.words.tell("course_points", n=plan.cost())
    return Item(key, name, idea, cost, icon=COURSE_ICONS.get(key, "flag"), tip=_orders_tip(p, plan.orders))


def _on_desk(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """The orders that lie on the desk, each to be opened; their reasons in the second line."""
    u, tell = room.u, p.words.tell
    head, rest = rect.top(u(24), u(6))
    out = _points(p, head, room)
    paras: list[Para] = []
    for order in p.desk.plan.orders:
        link = ("order", order.id)
        right = str(order.COST) if order.COST else ""
        paras.append(Para(p.words.whole(order), "body", link=link, right=right, gap=8))
        if why := p.why(order):
            paras.append(Para(why, "small", link=link, gap=0))
    if not paras:
        paras = [Para(tell("no_orders"), "muted")]
    out.append(Prose(id="notes", rect=rest, paras=tuple(paras)))
    return out


def _orders_tip(p: Planning, orders: tuple[Order, ...]) -> str:
    return p.words.tell("course_orders", orders="\n".join(p.words.whole(o) for o in orders))


def taken(p: Planning) -> str:
    """The course that lies on the desk as it was drawn up; "" once something was changed."""
    now = (frozenset(p.desk.plan.orders), p.desk.plan.contingencies)
    found = [("staff", p.first), *((c.key, c.plan) for c in p.courses)]
    return next((key for key, plan in found if (frozenset(plan.orders), plan.contingencies) == now), "")


# The queue ---------------------------------------------------------------------------------------------------------


def _queue(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell = room.u, p.words.tell
    head, rest = rect.top(u(26), u(8))
    out = _head(p, head, room)
    notes = _notes(p) if p.mode != "form" or rect.h >= u(320) else ()
    foot, rest = rest.foot(u(34), u(8))
    if notes:
        sample = Prose(id="notes", rect=rest, paras=notes, spell=lambda t: p.words.names.token(t.kind, t.id))
        from game.ui.parts import prose_height

        h = min(prose_height(notes, rest.w, room, sample), max(u(40), min(u(96), rest.h // 3)))
        strip, rest = rest.foot(h, u(8))
        out.append(Prose(id="notes", rect=strip, paras=notes, spell=lambda t: p.words.names.token(t.kind, t.id)))
    out.append(Rows(id="queue", rect=rest, items=_items(p), height=44))
    one, two = foot.columns(2, u(8))
    open_ = p.mode == "form"
    key, tip = "" if open_ else "A", tell("new_order_tip")
    out.append(Button(id="new", rect=one, text=tell("new_order"), icon="plus", key=key, tip=tip))
    out.append(
        Button(id="open.courses", rect=two, text=tell("courses"), kind="quiet", key="R", tip=tell("courses_tip"))
    )
    return out


def _points(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """Staff points as pips and words; red where they are overspent."""
    u, tell, desk = room.u, p.words.tell, p.desk
    over = desk.cost > desk.staff
    tip = tell("points_over", cost=desk.cost, have=desk.staff) if over else tell("points_tip", left=desk.left)
    n = max(1, min(MOST_PIPS, max(desk.staff, desk.cost)))
    pips, text = rect.left(u(16 * n), u(6))
    colors = (*(AMBER for _ in range(desk.staff)), *(BAD for _ in range(max(0, desk.cost - desk.staff))))
    items = tuple(str(i + 1) for i in range(n))
    icon = "triangle-alert" if over else ""
    words, small = tell("points", cost=desk.cost, have=desk.staff), STYLES["small"]
    if kit.width(words, small.face, u(small.size)) > text.w - (u(22) if icon else 0):
        words = tell("points_short", cost=desk.cost, have=desk.staff)
    return [
        Steps(id="points.pips", rect=pips, items=items, value=desk.cost, colors=colors or (AMBER,), tip=tip),
        Label(id="points", rect=text, text=words, style="small", color=BAD if over else "", icon=icon, tip=tip),
    ]


def _head(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell, desk = room.u, p.words.tell, p.desk
    keys = {"undo": "Z", "redo": "Shift+Z", "clear": "X"}
    # A key of one letter stands on its button where the words beside them keep their room.
    keyed = {id for id, key in keys.items() if len(key) == 1 and rect.w >= u(340)}
    wide = {id: u(52 if id in keyed else 27) for id in keys}
    buttons, words = rect.end(sum(wide.values()) + u(4), u(8))
    out = _points(p, words, room)
    done = desk.done[-1].what if desk.done else None
    undone = desk.undone[-1].what if desk.undone else None
    x = buttons.x
    for id, icon, what, on in (
        ("undo", "undo-2", done, bool(done)),
        ("redo", "redo-2", undone, bool(undone)),
        ("clear", "trash-2", None, True),
    ):
        at = Rect(x, rect.y, wide[id], rect.h)
        x += at.w + u(2)
        told = tell(f"{id}_tip", what=p.words.text(what) if what is not None else "")
        key = keys[id] if id in keyed else ""
        out.append(Button(id=id, rect=at, icon=icon, kind="quiet", on=on, key=key, tip=f"{told} ({keys[id]})"))
    return out


def _items(p: Planning) -> tuple[Item, ...]:
    words, tell, plan = p.words, p.words.tell, p.desk.plan
    bad = {r.order for r in p.desk.faults() if r.order}
    out = []
    if not plan.orders:
        out.append(Item(("pick", ""), tell("no_orders"), tell("no_orders_sub"), icon="plus"))
    for order in plan.orders:
        symbol = p.symbol(order.subject)
        refused_ = order.id in bad
        out.append(
            Item(
                ("order", order.id),
                words.subject(type(order), order.subject),
                words.phrase(order),
                str(order.COST),
                symbol,
                "" if symbol else p.icon(order.subject),
                BAD if refused_ else AMBER,
                (("drop", "x", tell("drop_tip")),),
                p.why(order) or tell("change_tip"),
            )
        )
    out.append(Item("standing", tell("standing"), head=True))
    out.append(Item(("roe", ""), tell("roe"), roe_words(p), icon="scale", tip=forbids(p)))
    for form in p.answers:
        given = p.ordered(form)
        title = words.subject(form.kind, form.subject)
        drop = (("unstand", "x", tell("drop_tip")),) if given is not None else ()
        text = words.phrase(given) if given is not None else tell("alarm_none")
        out.append(Item(("standing", form.order.id), tell("alarm_row", what=title), text, icon="zap", acts=drop))
    for n, c in enumerate(plan.contingencies):
        right = str(c.order.COST)
        out.append(
            Item(
                ("reserve", n),
                tell("reserve_row", what=words.trigger(c.trigger)),
                words.whole(c.order),
                right,
                icon="clock",
                tone=AMBER,
                acts=(("unexpect", "x", tell("drop_tip")),),
            )
        )
    if len(plan.contingencies) < 2 and p.forms:
        out.append(Item(("reserve", -1), tell("reserve_new"), tell("reserve_new_sub"), icon="clock"))
    out.append(Item(("intent", ""), tell("intent"), plan.intent or tell("intent_none"), icon="file-text"))
    return tuple(out)


def _notes(p: Planning) -> tuple[Para, ...]:
    """Refusals of the plan, then advice, each to be opened at its order."""
    words = p.words
    out = [
        Para(refused(r, words.names, words.language), "small", mark="x", tone=BAD, link=("order", r.order))
        for r in p.desk.faults()
    ]
    out += [
        Para(
            advice(d, words.names, words.language), "small", mark="triangle-alert", tone=WARN, link=("order", d.order)
        )
        for d in p.desk.doubts()
    ]
    return tuple(out)


# What may be ordered -----------------------------------------------------------------------------------------------


def sought(p: Planning) -> list[tuple[str, list[Form]]]:
    """What may be ordered and goes by what was typed, under the names of its chapters."""
    typed = plain(p.sought)
    found = (
        (name, [f for f in forms if not typed or typed in plain(_spoken(p, f))]) for name, forms in p.by_chapter()
    )
    return [(name, forms) for name, forms in found if forms]


def _pick(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    u, tell, words = room.u, p.words.tell, p.words
    head, rest = rect.top(u(28), u(8))
    back, title = head.end(u(108), u(8))
    out: list[Widget] = [
        Label(id="pick.title", rect=title, text=tell("pick" if p.use == "order" else "pick_reserve"), style="panel"),
        Button(id="pick.back", rect=back, text=tell("back"), kind="quiet", key="Esc"),
    ]
    items: list[Item] = []
    find, rest = rest.top(u(34), u(8))
    out.append(Field(id="pick.find", rect=find, text=p.sought, hint=tell("pick_find")))
    for name, found in sought(p):
        heading = words.chapter(name) if name else tell("pick_no_unit")
        items.append(Item(f"chapter.{name}", heading, head=True))
        for form in found:
            given = p.ordered(form) if p.use == "order" else None
            symbol = p.symbol(form.subject)
            items.append(
                Item(
                    (form.kind.VERB, form.subject),
                    _spoken(p, form),
                    tell("in_plan", what=words.phrase(given)) if given is not None else words.about(form.kind.VERB),
                    str(form.kind.COST),
                    symbol,
                    "" if symbol else p.icon(form.subject),
                    AMBER if given is not None else "",
                )
            )
    out.append(
        Rows(
            id="pick",
            rect=rest,
            items=tuple(items),
            height=44,
            empty=tell("pick_none_found" if p.sought else "pick_none"),
        )
    )
    return out


def _spoken(p: Planning, form: Form) -> str:
    return f"{p.words.verb(form.kind.VERB)} · {p.words.subject(form.kind, form.subject)}"
