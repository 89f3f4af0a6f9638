"""Contacts as values: what a sighting says, what of it is passed on, and which of two is kept (I4)."""

from __future__ import annotations

from game.core.events import Event, Input, Make
from game.core.ids import CounterId, Seat, date
from game.core.luck import Luck
from game.core.model import UNKNOWN, Contact, Counter, State, changed
from game.core.setting import Board
from game.core.words import say

#: Hours after which any newer sighting replaces one that was better (D: a week).
STALE = 168
#: Hours after which a contact is dropped (D: two weeks).
AGED = 336
#: Hours after which quality 3 becomes 2, and 2 becomes 1 (I12; D: a pulse of a war week, and two more).
FADES = (100, 200)


def key_of(luck: Luck, seat: Seat, subject: CounterId) -> str:
    """The key of what `seat` knows of `subject`; it tells nothing about either."""
    return f"{seat}.{luck.label('contact', seat, subject)}"


def sighting(state: State, seat: Seat, subject: CounterId, quality: int) -> Contact:
    """What own sensors of `seat` make of a counter now."""
    counter = state.counters[subject]
    seen = Contact(
        seat,
        subject,
        counter.owner,
        kind(state.setting.board, counter),
        counter.at,
        counter.steps,
        3,
        state.hour,
        state.turn,
        state.pulse,
        seat,
        "own",
    )
    return capped(seen, quality)


def kind(board: Board, counter: Counter) -> str:
    """What a contact is called: its domain, but coastal batteries, which launch nothing ballistic, "coastal"."""
    formation = board.formation(counter)
    return "coastal" if formation.domain == "missile" and not formation.missile else formation.domain


def faded(board: Board, contact: Contact, hour: int) -> Contact:
    """I12: the contact as good as it still is at game hour `hour`."""
    fades = board.design("intelligence", "fades", FADES)
    steps = sum(hour - contact.hour > int(hours) for hours in fades)
    most = max(1, 3 - steps)
    return capped(contact, most) if most < contact.quality else contact


def capped(contact: Contact, quality: int) -> Contact:
    """The contact at no more than `quality`: below 3 its strength is not known, below 2 not even its kind."""
    quality = min(quality, contact.quality)
    what = contact.what if quality > 1 else ""
    steps = contact.steps if quality == 3 else UNKNOWN
    if (quality, what, steps) == (contact.quality, contact.what, contact.steps):
        return contact
    return changed(contact, {"quality": quality, "what": what, "steps": steps})


def handed(contact: Contact, to: Seat, quality: int, route: str) -> Contact:
    """The contact as another seat gets it: date and source stay those of the sighting."""
    return changed(capped(contact, quality), {"owner": to, "route": route})


def replaces(new: Contact, old: Contact | None) -> bool:
    """I4: whether a seat that holds `old` takes `new` for it."""
    if old is None:
        return True
    if new.hour == old.hour:
        return new.quality > old.quality
    trusted = new.source in (new.owner, old.source) or new.quality >= old.quality
    return new.hour > old.hour and (trusted or old.hour + STALE <= new.hour)


def is_news(new: Contact, old: Contact | None) -> bool:
    """Whether `new` tells more than that what `old` told of is still there."""
    return old is None or new.at != old.at or new.quality > old.quality


def arrived(state: State, rule: str, key: str, new: Contact, old: Contact | None, sensor: str) -> Event:
    """The event that gives `new.owner` a contact that is news to it. `sensor` is its own counter that saw it."""
    if old is None:
        said = "intelligence.contact_new"
    else:
        said = "intelligence.contact_moved" if old.at != new.at else "intelligence.contact_better"
    text = say(
        said,
        contact=key,
        nation=new.nation,
        what=new.what,
        place=new.at,
        steps=max(0, new.steps),
        date=date(new.turn, new.pulse),
        source=new.source,
        route=new.route,
    )
    inputs = [Input("quality", new.quality, f"{rule}, {new.route}"), Input("source", new.source, new.route)]
    if sensor:
        inputs.append(Input("sensor", sensor, "own"))
    return Event(
        rule, new.owner, key, text, tuple(inputs), effects=(Make("contacts", key, new),), all_to=(new.owner,)
    )
