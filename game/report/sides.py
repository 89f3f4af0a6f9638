"""Two seats at one second: what one was told and the other was not, what one holds and the other does not.

For a debrief: what the seats have is matched by the truth behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.events import told
from game.core.ids import Seat, date
from game.core.model import Contact, State
from game.core.words import Message, say
from game.report.film import Frame
from game.report.timeline import Reel, Scene, scene


@attrs.frozen(slots=True)
class Apart:
    """One thing that two seats hold otherwise: what each was told of it, or each one's contact with its key; None for
    a seat that has nothing of it. `message` says it in a line."""

    message: Message
    left: Frame | tuple[str, Contact] | None
    right: Frame | tuple[str, Contact] | None


@attrs.frozen(slots=True)
class Sides:
    """Two seats at one moment. `told` is what one was told and the other was not, or not so well; `held` the contacts
    that one holds and the other does not, or otherwise. Matched by the truth behind them: for a debrief alone."""

    left: Scene
    right: Scene
    told: tuple[Apart, ...]
    held: tuple[Apart, ...]


def side_by_side(reel: Reel, k: int, left: Seat, right: Seat) -> Sides:
    """What `left` and `right` held after moment `k`, and where they part."""
    moment = reel.moments[max(0, min(k, len(reel.moments) - 1))]
    told = tuple(_told_apart(reel, moment.k, left, right))
    held = tuple(_held_apart(moment.state, left, right))
    return Sides(scene(reel, moment.k, left), scene(reel, moment.k, right), told, held)


#: What two seats may see differently; their own staff work, moves and scores are nobody else's to see.
SEEN_KINDS = frozenset({"raid", "hit", "sea", "contact", "network", "politics"})


def _told_apart(reel: Reel, k: int, left: Seat, right: Seat) -> Iterator[Apart]:
    heard = {seat: _by_matter(reel, k, seat) for seat in (left, right)}
    for matter in dict.fromkeys((*heard[left], *heard[right])):
        one, other = heard[left].get(matter), heard[right].get(matter)
        if one is not None and other is not None:
            if one.message != other.message:
                yield Apart(say("ui_film.told_otherwise", one=left, other=right), one, other)
        else:
            names = (left, right) if one is not None else (right, left)
            yield Apart(say("ui_film.told_alone", one=names[0], other=names[1]), one, other)


def _by_matter(reel: Reel, k: int, seat: Seat) -> dict[tuple[str, str], Frame]:
    """What a seat was told at moment `k`, by what it is about: the same key for what two seats were told of it."""
    out: dict[tuple[str, str], Frame] = {}
    film = iter(reel.film(seat)[k])
    for step in reel.moments[k].steps:
        for event in step.events:
            if told(event, seat, step.date) is None:
                continue
            frame = next(film)
            about = event.subject.removeprefix(f"{event.seat}.")
            if frame.kind not in SEEN_KINDS or about in (event.seat, ""):
                continue
            row = step.after.contacts.get(event.subject) or step.before.contacts.get(event.subject)
            out[("contact", row.subject) if row is not None else (event.rule, about)] = frame
    return out


def _held_apart(state: State, left: Seat, right: Seat) -> Iterator[Apart]:
    held: dict[Seat, dict[str, tuple[str, Contact]]] = {left: {}, right: {}}
    for key, row in state.contacts.items():
        if row.owner in held:
            held[row.owner][row.subject] = (key, row)
    for subject in sorted({*held[left], *held[right]}):
        one, other = held[left].get(subject), held[right].get(subject)
        if one is not None and other is not None:
            if _content(one[1]) != _content(other[1]):
                text = say("ui_film.held_otherwise", one=left, other=right, **_what(one[1]))
                yield Apart(text, one, other)
            continue
        names = (left, right) if one is not None else (right, left)
        row = (one or other or ("", Contact("", "")))[1]
        yield Apart(say("ui_film.held_alone", one=names[0], other=names[1], **_what(row)), one, other)


def _content(row: Contact) -> tuple[int | str, ...]:
    return row.what, row.at, row.steps, row.quality, row.hour


def _what(row: Contact) -> dict[str, int | str]:
    return {"what": row.what, "place": row.at, "date": date(row.turn, row.pulse), "route": row.route}
