"""The tabs beside the orders: one's own forces, the picture of the others, and the log since the last plan."""

from __future__ import annotations

from collections.abc import Iterable

from game.core.events import Told
from game.core.ids import date
from game.core.model import TRACKS, UNKNOWN
from game.ui.layout import Rect
from game.ui.screens.plan_state import Planning
from game.ui.theme import AMBER, BAD, MUTED, Room
from game.ui.widgets import Item, Para, Prose, Rows, Widget


def forces_tab(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """Own counters by kind; those with an order carry it and a bar of amber."""
    by_domain: dict[str, list[Item]] = {}
    for id in p.view.mine:
        domain = p.view.board.formation(p.view.mine[id]).domain
        by_domain.setdefault(domain, []).append(_force(p, id))
    items: list[Item] = []
    for domain, found in by_domain.items():
        items += (Item(f"head.{domain}", p.words.domain(domain), head=True), *found)
    empty = p.words.tell("forces_none")
    return [Rows(id="forces", rect=rect, items=tuple(items), value=p.subject or None, height=46, empty=empty)]


def _force(p: Planning, id: str) -> Item:
    counter, words = p.view.mine[id], p.words
    formation = p.view.board.formation(counter)
    orders = p.orders_of(id)
    sub = words.tell(
        "force",
        place=words.names.place(counter.at, words.language),
        steps=counter.steps,
        of=max(formation.steps, counter.steps),
        rounds=max(0, counter.rounds),
        missiles=max(0, counter.missiles),
    )
    return Item(
        id,
        words.names.unit(id),
        "; ".join(words.phrase(o) for o in orders) or sub,
        symbol=(formation.symbol.lower(), "f"),
        tone=AMBER if orders else "",
        tip=f"{words.names.unit(id)}\n{sub}",
        icon="",
    )


def picture_tab(p: Planning, rect: Rect, room: Room) -> list[Widget]:
    """Contacts as they are held, pacts with their tracks and networks, one's own means."""
    tell = p.words.tell
    items = [Item("head.contacts", tell("contacts"), head=True)]
    items += [_contact(p, key) for key in p.view.contacts] or [Item("none", tell("contacts_none"), icon="eye-off")]
    items.append(Item("head.pacts", tell("pacts"), head=True))
    items += [_pact(p, key) for key in p.view.pacts]
    own = p.view.own
    items.append(Item("head.means", tell("means"), head=True))
    for name, icon, n in (
        ("support", "users", own.support),
        ("capital", "landmark", own.capital),
        ("budget", "scale", own.budget),
        ("staff", "file-text", own.staff),
    ):
        if name == "budget" and n <= 0:
            continue
        items.append(Item(f"means.{name}", tell(name), right=str(n), icon=icon))
    return [Rows(id="picture", rect=rect, items=tuple(items), value=p.subject or None, height=46)]


def _contact(p: Planning, key: str) -> Item:
    row, words = p.view.contacts[key], p.words
    what = words.tell("contact", what=row.what or "unknown", nation=row.nation)
    sub = words.tell(
        "contact_sub",
        place=words.names.place(row.at, words.language),
        date=date(row.turn, row.pulse),
        source=row.source if row.source != p.view.seat else "",
        route=row.route,
    )
    right = words.tell("contact_steps", n=row.steps) if row.steps != UNKNOWN else ""
    tip = f"{words.names.contact(key, words.language)}: {words.tell(f'quality.{row.quality}')}"
    old = row.turn < p.view.turn - 1
    return Item(key, what[:1].upper() + what[1:], sub, right, icon="crosshair", tone=MUTED if old else BAD, tip=tip)


def _pact(p: Planning, key: str) -> Item:
    pact, words = p.view.pacts[key], p.words
    seats = pact.owners
    ours = p.view.board.same_side(p.view.seat, pact.owner) or p.view.seat in seats
    if ours:
        sub = " · ".join(words.track(track, getattr(pact, track)) for track in TRACKS if getattr(pact, track) > 0)
    else:
        sub = words.tell("public_level", n=words.value("level", pact.announced))
    mark = words.tell("pact_outage") if pact.outage else words.tell("pact_front") if pact.front else ""
    title = words.pact(key)
    whole = " · ".join(words.track(track, getattr(pact, track)) for track in TRACKS) if ours else sub
    return Item(
        key,
        title,
        sub or words.tell("public_level", n=words.value("level", pact.announced)),
        mark,
        icon="satellite-dish" if pact.outage else "handshake",
        tone=BAD if pact.outage else AMBER if p.orders_of(key) else "",
        tip=whole,
    )


def log_tab(p: Planning, rect: Rect, room: Room, told: Iterable[Told]) -> list[Widget]:
    """What the seat was told since its last plan, names to be opened on the map."""
    tell, words = p.words.tell, p.words
    paras = [Para(tell("log_head"), "panel")]
    date_before = ""
    for one in told:
        when = one.id.partition(".")[0]
        if when != date_before:
            paras.append(Para(tell("log_turn", date=when), "caption", gap=10))
            date_before = when
        paras.append(Para(words.marked(one.message), "body", right=one.rule))
    if len(paras) == 1:
        paras.append(Para(tell("log_none"), "muted"))
    return [
        Prose(
            id="log", rect=rect, paras=tuple(paras), spell=lambda t: words.names.token(t.kind, t.id, words.language)
        )
    ]
