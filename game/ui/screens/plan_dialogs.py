"""What lies over the plan screen: the seal, the rules, finding by name, and the menu of a dragged counter."""

from __future__ import annotations

from game.core.rulebook import chapter_name
from game.report.rulebook import kernel_book, paragraphs
from game.ui.layout import Column, Rect, centered
from game.ui.parts import prose_height
from game.ui.screens.plan_state import Planning, roe_words
from game.ui.theme import AMBER, BAD, WARN, Room
from game.ui.widgets import Button, Field, Item, Label, Panel, Para, Prose, Rows, Widget
from game.words import advice, refused

LAYER = 2
KEYS = ("tab", "unit", "order", "tabs", "map", "card", "seal")
#: Rules of the kernel that a plan meets before it is sealed.
OF_PLANS = ("K1", "K2", "K3", "K4", "K5", "K7", "K8")


def dialog(p: Planning, found: list[tuple[str, str]], room: Room) -> list[Widget]:
    """The open dialog, with a scrim under it; nothing where none is open."""
    made = {"seal": _seal, "help": _help, "menu": _menu}.get(p.dialog)
    if made is not None:
        return made(p, room)
    return _find(p, found, room) if p.dialog == "find" else []


def _frame(id: str, w: int, h: int, room: Room) -> tuple[list[Widget], Rect]:
    window = Rect(0, 0, room.width, room.height)
    rect = centered(room.u(w), room.u(h), window.inset(room.u(12)))
    out: list[Widget] = [
        Panel(id="scrim", rect=window, kind="scrim", radius=0, layer=LAYER),
        Panel(id=id, rect=rect, shadow=True, radius=10, layer=LAYER),
    ]
    return out, rect.inset(room.u(22), room.u(18))


# Sealing -----------------------------------------------------------------------------------------------------------


def _seal(p: Planning, room: Room) -> list[Widget]:
    u, tell, words, desk = room.u, p.words.tell, p.words, p.desk
    paras = _sealing(p)
    chair = p.table.sitting.seating.chair(p.view.seat)
    sample = Prose(id="", rect=Rect(0, 0, 0, 0), paras=(), spell=lambda t: words.names.token(t.kind, t.id))
    text_points = round(prose_height(paras, u(600 - 44), room, sample) / room.scale) + 4
    more = (72 if chair.consent else 32 if chair.approver else 0) + (28 if p.fault else 0)
    out, rect = _frame("sealing", 600, max(240, text_points + 36 + 70 + 56 + more), room)
    column = Column(rect, u(6))
    title = Label(id="sealing.title", rect=column.take(u(28)), text=tell("sealing"), style="heading", layer=LAYER)
    sub = tell("sealing_sub", turn=p.view.turn, cost=desk.cost, have=desk.staff, roe=roe_words(p))
    out += (title, Label(id="sealing.sub", rect=column.take(u(20)), text=sub, style="small", layer=LAYER))
    column.skip(u(4))
    buttons, rest = column.rest.foot(u(42), u(14))
    if chair.approver:
        asked, rest = rest.foot(u(62 if chair.consent else 22), u(10))
        line, box = asked.top(u(22), u(4))
        text = tell("seal_consent", name=chair.approver)
        out.append(Label(id="seal.approver", rect=line, text=text, style="strong", icon="users", layer=LAYER))
        if chair.consent:
            hint = tell("seal_consent_hint")
            out.append(Field(id="seal.consent", rect=box, text=p.typed, hint=hint, secret=True, layer=LAYER))
    if p.fault:
        line, rest = rest.foot(u(22), u(6))
        out.append(
            Label(
                id="seal.fault", rect=line, text=p.fault, style="bad", icon="triangle-alert", tip=p.fault, layer=LAYER
            )
        )
    out.append(
        Prose(
            id="seal.says",
            rect=rest,
            paras=paras,
            spell=lambda t: words.names.token(t.kind, t.id, words.language),
            layer=LAYER,
        )
    )
    back, seal = buttons.columns(2, u(10))
    out.append(Button(id="seal.back", rect=back, text=tell("seal_back"), key="Esc", layer=LAYER))
    may = desk.may_seal
    out.append(
        Button(
            id="seal.now",
            rect=seal,
            text=tell("seal_now"),
            icon="lock",
            key="Enter",
            kind="primary",
            on=may,
            tip="" if may else tell("sealed_off"),
            layer=LAYER,
        )
    )
    return out


def _sealing(p: Planning) -> tuple[Para, ...]:
    """What is sealed, after what stands in its way and before what might be thought over; each line jumps there."""
    tell, words, desk = p.words.tell, p.words, p.desk
    out: list[Para] = []
    faults = desk.faults()
    if faults:
        out.append(Para(tell("seal_refused"), "panel"))
        out += [
            Para(refused(r, words.names, words.language), "body", mark="x", tone=BAD, link=("order", r.order))
            for r in faults
        ]
    out.append(Para(tell("seal_orders"), "panel", gap=10))
    if not desk.plan.orders:
        out.append(Para(tell("seal_no_orders"), "muted"))
    for order in desk.plan.orders:
        out.append(
            Para(
                words.whole(order),
                "body",
                mark="chevron-right",
                tone=AMBER,
                link=("order", order.id),
                right=str(order.COST),
            )
        )
    for c in desk.plan.contingencies:
        line = f"{tell('reserve_row', what=words.trigger(c.trigger))}: {words.whole(c.order)}"
        out.append(Para(line, "body", mark="clock", tone=AMBER, right=str(c.order.COST)))
    out += [Para(words.whole(o), "body", mark="zap", tone=AMBER) for o in desk.plan.standing]
    if desk.plan.intent:
        out.append(Para(desk.plan.intent, "quote", mark="file-text", tone=AMBER, gap=8))
    doubts = desk.doubts()
    if doubts:
        out.append(Para(tell("seal_doubts"), "panel", gap=10))
        out += [
            Para(
                advice(d, words.names, words.language),
                "body",
                mark="triangle-alert",
                tone=WARN,
                link=("order", d.order),
            )
            for d in doubts
        ]
    return tuple(out)


# Rules -------------------------------------------------------------------------------------------------------------


def _help(p: Planning, room: Room) -> list[Widget]:
    """Keys, the rules of plans, and the chapter of the order that is open; else every chapter's."""
    u, tell, words = room.u, p.words.tell, p.words
    out, rect = _frame("helping", 720, 600, room)
    head, rest = rect.top(u(32), u(10))
    close, title = head.end(u(110), u(10))
    out.append(Label(id="help.title", rect=title, text=tell("help_title"), style="heading", layer=LAYER))
    out.append(Button(id="help.close", rect=close, text=tell("close"), key="Esc", layer=LAYER))
    paras = [Para(tell("help_keys"), "panel")]
    paras += [Para(tell(f"key.{key}"), "body", gap=3) for key in KEYS]
    rulebook = p.desk.rulebook
    kernel = paragraphs(kernel_book().__doc__)
    chapters = list(rulebook.chapters)
    if p.form is not None:
        chapters = [rulebook.owner[p.form.kind]]
    for chapter in chapters:
        paras.append(Para(words.chapter(chapter_name(chapter)), "panel", gap=14))
        paras += [Para(f"{n}  {text}", "rule") for n, text in paragraphs(chapter.__doc__).items()]
    paras.append(Para(words.tell("plan"), "panel", gap=14))
    paras += [Para(f"{n}  {kernel[n]}", "rule") for n in OF_PLANS if n in kernel]
    out.append(Prose(id="help.says", rect=rest, paras=tuple(paras), layer=LAYER))
    return out


# Finding, and the menu of a dragged counter -------------------------------------------------------------------------


def _find(p: Planning, found: list[tuple[str, str]], room: Room) -> list[Widget]:
    u, tell = room.u, p.words.tell
    out, rect = _frame("finding", 460, 420, room)
    box, rest = rect.top(u(40), u(10))
    close, box = box.end(u(110), u(8))
    out.append(Field(id="find", rect=box, text=p.typed, hint=tell("find_hint"), layer=LAYER))
    out.append(Button(id="find.close", rect=close, text=tell("close"), key="Esc", layer=LAYER))
    items = tuple(_found(p, id, name) for id, name in found)
    empty = tell("find_none") if p.typed else ""
    out.append(Rows(id="find.rows", rect=rest, items=items, height=36, cards=False, empty=empty, layer=LAYER))
    return out


def _found(p: Planning, id: str, name: str) -> Item:
    symbol = p.symbol(id) if id in p.view.mine else None
    icon = "" if symbol else "crosshair" if id in p.view.contacts else "map-pinned"
    return Item(id, name, symbol=symbol, icon=icon)


def _menu(p: Planning, room: Room) -> list[Widget]:
    """The orders that a drag may mean, where it ended."""
    u, tell, words = room.u, p.words.tell, p.words
    h = u(34 + 46 * len(p.menu) + 5 * (len(p.menu) - 1) + 22)
    w = min(u(300), room.width)
    x = max(0, min(p.menu_at[0] + u(8), room.width - w))
    y = max(0, min(p.menu_at[1] + u(8), room.height - h))
    rect = Rect(x, y, w, h)
    window = Rect(0, 0, room.width, room.height)
    inside = rect.inset(u(12), u(8))
    head, rest = inside.top(u(26), u(6))
    close, head = head.end(u(26), u(4))
    subject = p.menu[0].subject if p.menu else p.subject
    title = tell(
        "drop_menu",
        name=words.names.any(subject, words.language),
        place=words.names.any(p.menu_place, words.language),
    )
    items = tuple(
        Item(
            n,
            words.phrase(form.order),
            words.about(form.kind.VERB),
            str(form.kind.COST),
            icon="check",
            tone=AMBER,
        )
        for n, form in enumerate(p.menu)
    )
    return [
        Button(id="menu.away", rect=window, kind="link", layer=LAYER),
        Panel(id="menu", rect=rect, kind="panel", shadow=True, layer=LAYER),
        Label(id="menu.title", rect=head, text=title, style="small", layer=LAYER),
        Button(id="menu.close", rect=close, icon="x", kind="quiet", tip=tell("close") + " (Esc)", layer=LAYER),
        Rows(id="menu.rows", rect=rest, items=items, height=46, layer=LAYER),
    ]
