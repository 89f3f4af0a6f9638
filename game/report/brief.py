"""What has happened since a seat last planned, through its own eyes: a dozen lines at most, the weightiest.

A brief is made of what the seat was told and of its own Views before and after; nothing else reaches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from game.core.ids import PlaceId, Seat, date
from game.core.model import Contact, Counter
from game.core.turn import Step
from game.core.view import View
from game.core.words import Message, say
from game.report.film import Frame, frames
from game.report.timeline import Reel, scene

MOST_LINES = 12
SECTIONS = ("happened", "lost", "saw", "allies", "politics", "standing")
#: Events that allies tell of, wherever else their kind would stand.
FROM_ALLIES = frozenset(
    {
        "missile_defense.raid_followed",
        "missile_defense.raid_reported",
        "missile_defense.asked",
        "movement.ally_moved",
        "intelligence.passed_again",
    }
)
#: Where a kind of frame stands in a brief. Contacts are told by what the seat holds, not event by event.
PLACES: Mapping[str, str] = {
    "raid": "happened",
    "hit": "happened",
    "sea": "happened",
    "supply": "happened",
    "move": "happened",
    "order": "happened",
    "act": "happened",
    "politics": "politics",
    "network": "politics",
    "score": "standing",
}
#: Below this weight nothing is for a brief.
LEAST = 12
#: A warning whose raid was told of since weighs this.
STALE = 40
WARNING = "missile_defense.warning"
_WORD = re.compile(r"[A-Za-z0-9_>.']+")


@attrs.frozen(slots=True)
class BriefLine:
    """One line: its words, the place to show on the map ("" for none), the event that it opens ("" for none; a
    frame's name), the rule, and how much it matters."""

    message: Message
    place: PlaceId = ""
    name: str = ""
    rule: str = ""
    weight: int = 0


@attrs.frozen(slots=True)
class Section:
    """Lines of one kind in the order they came; `more` are those that found no room."""

    id: str
    title: Message
    lines: tuple[BriefLine, ...]
    more: int = 0


@attrs.frozen(slots=True)
class Brief:
    """A seat's brief at the start of `turn`. `more` counts what is left for the log."""

    seat: Seat
    turn: int
    sections: tuple[Section, ...]
    more: int = 0

    @property
    def lines(self) -> tuple[BriefLine, ...]:
        return tuple([line for section in self.sections for line in section.lines])


def brief_at(reel: Reel, turn: int, seat: Seat, *, most: int = MOST_LINES) -> Brief:
    """What `seat` reads at the start of `turn`: the turn before, in its own eyes. At the first turn it is empty."""
    before, now = reel.start(turn - 1), reel.start(turn)
    one, other = scene(reel, before.k, seat), scene(reel, now.k, seat)
    if not isinstance(one, View) or not isinstance(other, View):
        raise TypeError("a brief is a seat's")
    return brief(reel.turn(turn - 1), seat, one, other, most=most)


def brief(steps: Iterable[Step], seat: Seat, before: View, now: View, *, most: int = MOST_LINES) -> Brief:
    """The brief of `seat` over `steps`, between two of its Views; at most `most` lines."""
    return briefed(frames(steps, seat), seat, before, now, most=most)


def briefed(film: tuple[Frame, ...], seat: Seat, before: View, now: View, *, most: int = MOST_LINES) -> Brief:
    """The same over a film of its own."""
    found: dict[str, list[BriefLine]] = {id: [] for id in SECTIONS}
    for frame in film:
        where = "allies" if frame.message.id in FROM_ALLIES else PLACES.get(frame.kind, "")
        if where and frame.weight >= LEAST:
            line = _told(frame)
            found[where].append(attrs.evolve(line, weight=STALE) if _overtaken(frame, film) else line)
    found["lost"] += _lost(before, now, film)
    found["saw"] += _saw(before, now, film)
    ranked = sorted(
        ((line.weight, -n, id, line) for id, lines in found.items() for n, line in enumerate(lines)),
        key=lambda row: (-row[0], SECTIONS.index(row[2]), -row[1]),
    )
    # How we stand is always said.
    ranked.sort(key=lambda row: row[2] != "standing" or row[0] < max(line.weight for line in found["standing"]))
    kept = {(id, n) for _, n, id, _ in ranked[:most]}
    sections = tuple(_section(id, lines, kept) for id, lines in found.items() if lines)
    return Brief(seat, now.turn, sections, max(0, len(ranked) - most))


def _overtaken(frame: Frame, film: tuple[Frame, ...]) -> bool:
    """Whether a warning's raid was told of later: an arrow of the same date to a place that a later frame shows."""
    if frame.kind != "raid" or frame.link is None or not frame.message.id.startswith(WARNING):
        return False
    after = film[film.index(frame) + 1 :]
    end = frame.link[1]
    return any(
        f.date == frame.date and f.kind == "raid" and end in f.places and not f.message.id.startswith(WARNING)
        for f in after
    )


def _section(id: str, lines: list[BriefLine], kept: set[tuple[str, int]]) -> Section:
    shown = tuple([line for n, line in enumerate(lines) if (id, -n) in kept])
    return Section(id, TITLES[id](), shown, len(lines) - len(shown))


TITLES: Mapping[str, Callable[[], Message]] = {
    "happened": lambda: say("ui_film.brief_happened"),
    "lost": lambda: say("ui_film.brief_lost"),
    "saw": lambda: say("ui_film.brief_saw"),
    "allies": lambda: say("ui_film.brief_allies"),
    "politics": lambda: say("ui_film.brief_politics"),
    "standing": lambda: say("ui_film.brief_standing"),
}


def _told(frame: Frame) -> BriefLine:
    rule = frame.told.rule if frame.told else ""
    return BriefLine(frame.message, _end(frame), frame.name if frame.opens else "", rule, frame.weight)


# What we see --------------------------------------------------------------------------------------------------------


def _saw(before: View, now: View, film: tuple[Frame, ...]) -> Iterator[BriefLine]:
    """Contacts that are new, that changed, and that are held no longer."""
    for key, row in now.contacts.items():
        old = before.contacts.get(key)
        found = _changed(key, row, old)
        if found is not None:
            text, much = found
            yield _about(text, row.at, much, _behind(key, row, film))
    for key, row in before.contacts.items():
        if key not in now.contacts:
            text = say("ui_film.saw_lost", contact=key, **_content(row))
            yield _about(text, row.at, 24, _behind(key, row, film))


def _behind(key: str, row: Contact, film: tuple[Frame, ...]) -> list[Frame]:
    """The events that told of a contact: those that name it, else a launch from where it stands, as of its date."""
    when = date(row.turn, row.pulse)
    found = _speaking(film, ("contact", "raid"), (key,))
    return found or [f for f in film if f.opens and f.date == when and f.message.as_dict().get("origin") == row.at]


def _changed(key: str, row: Contact, old: Contact | None) -> tuple[Message, int] | None:
    """What is new about a contact, and how much that matters: one good enough to shoot at most."""
    values = _content(row)
    much = 3 * row.quality
    if old is None:
        return say("ui_film.saw_new", contact=key, **values), 44 + much
    if old.at != row.at:
        return say("ui_film.saw_moved", contact=key, start=old.at, **values), 36 + much
    if (old.what, old.steps, old.quality) != (row.what, row.steps, row.quality):
        if row.quality >= old.quality:
            return say("ui_film.saw_better", contact=key, **values), 34 + much
        return say("ui_film.saw_vaguer", contact=key, **values), 22
    return None


def _content(row: Contact) -> dict[str, int | str]:
    """A contact's values for a sentence: what and where, from whose sensor, by which way, as of when."""
    return {
        "what": row.what,
        "nation": row.nation,
        "place": row.at,
        "steps": row.steps,
        "quality": str(row.quality),
        "source": row.source,
        "route": row.route,
        "date": date(row.turn, row.pulse),
    }


# What we lost and spent ---------------------------------------------------------------------------------------------


def _lost(before: View, now: View, film: tuple[Frame, ...]) -> Iterator[BriefLine]:
    """Own steps by formation, own rounds and missiles by munition, and capital: fewer than before."""
    for id, had, have, ids in _compared(before, now, "steps", lambda view, c: c.formation):
        text = say("ui_film.lost_steps", unit=id, n=had - have, left=have)
        yield _about(text, _place(now, before, id), 40 + 20 * min(3, had - have), _speaking(film, ("hit",), ids))
    for id, had, have, ids in _compared(before, now, "rounds", lambda view, c: view.board.formation(c).system):
        text = say("ui_film.spent_rounds", what=id, n=had - have, left=have)
        yield _about(text, "", 38 + 30 * (had - have) // had, _speaking(film, ("raid", "hit"), ids))
    for id, had, have, ids in _compared(before, now, "missiles", lambda view, c: view.board.formation(c).missile):
        text = say("ui_film.spent_missiles", what=id, n=had - have, left=have)
        yield _about(text, "", 34 + 30 * (had - have) // had, _speaking(film, ("raid", "hit"), ids))
    politics = [f for f in film if f.opens and f.kind == "politics"]
    if now.own.capital < before.own.capital:
        n = before.own.capital - now.own.capital
        yield _about(say("ui_film.spent_capital", n=n, left=now.own.capital), "", 32, politics)
    if now.own.support != before.own.support:
        yield _about(say("ui_film.support", before=before.own.support, now=now.own.support), "", 48, politics)


def _compared(
    before: View, now: View, field: str, by: Callable[[View, Counter], str]
) -> Iterator[tuple[str, int, int, tuple[str, ...]]]:
    """(group, before, now, own ids in it) of an own count, where it fell."""
    had, have = _sums(before, field, by), _sums(now, field, by)
    for id, (n, ids) in had.items():
        left = have.get(id, (0, ()))[0]
        if left < n:
            yield id, n, left, (id, *ids)


def _sums(view: View, field: str, by: Callable[[View, Counter], str]) -> dict[str, tuple[int, tuple[str, ...]]]:
    out: dict[str, tuple[int, tuple[str, ...]]] = {}
    for key, counter in view.mine.items():
        id = by(view, counter) or counter.formation
        n, ids = out.get(id, (0, ()))
        out[id] = (n + getattr(counter, field), (*ids, key))
    return out


def _place(now: View, before: View, formation: str) -> PlaceId:
    """Where what is left of a formation stands, else where it stood."""
    for view in (now, before):
        for counter in view.mine.values():
            if counter.formation == formation:
                return counter.at
    return ""


def _about(text: Message, place: PlaceId, much: int, about: list[Frame]) -> BriefLine:
    """A line that opens the weightiest of the events `about` it."""
    frame = max(about, key=lambda f: f.weight, default=None)
    if frame is None or frame.told is None:
        return BriefLine(text, place, weight=much)
    return BriefLine(text, place or _end(frame), frame.name, frame.told.rule, much)


def _end(frame: Frame) -> PlaceId:
    """The place that a frame is about: where its arrow ends, else the first it shows."""
    return frame.link[1] if frame.link else frame.places[0] if frame.places else ""


def _speaking(film: tuple[Frame, ...], kinds: tuple[str, ...], ids: tuple[str, ...]) -> list[Frame]:
    return [f for f in film if f.opens and f.kind in kinds and _speaks(f, ids)]


def _speaks(frame: Frame, ids: tuple[str, ...]) -> bool:
    """Whether an event names one of `ids`, in its words, its inputs or their sources."""
    what = frame.told
    if what is None:
        return False
    texts = [what.subject, *(str(v) for _, v in what.message.values)]
    texts += [part for given in what.inputs for part in (str(given.value), given.source)]
    words = {word for text in texts for word in _WORD.findall(text)}
    return any(id in words for id in ids)
