"""The log of a saved game: what happened, as one seat was told it, or as it was.

A seat's log is made of `told` alone and of that seat's own plans and contacts: the events themselves never reach the
words printed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from textwrap import wrap

import attrs

from game.core.events import Effect, Event, Told, event_id, told
from game.core.ids import SEATS, date
from game.core.model import Contact, State
from game.core.orders import Plan
from game.core.setting import Setting
from game.io.save import Saved
from game.report.explain import Speech, effect_line, opened, order_text, roll_line
from game.words import finished, text
from game.words.load import term

TRUTH = "truth"
PUBLIC = "public"
EYES = (*SEATS, PUBLIC, TRUTH)
WIDTH = 104


class LogFault(Exception):  # noqa: N818 - one line for the person who asked, not a crash
    """What was asked for is not in this game, or not for these eyes."""


@attrs.frozen(slots=True)
class Entry:
    """An event as it stands in a save: where, and what it is called there."""

    date: str
    phase: str
    event: Event

    @property
    def id(self) -> str:
        return event_id(self.event, self.date)


@attrs.frozen(slots=True)
class Heard:
    """An entry as some eyes learn of it. `name` opens it with `--why`: the event's id to the truth; to a seat, date,
    rule and which one of those that it was told, since an id may name what the seat does not know."""

    name: str
    told: Told
    entry: Entry


def heard(saved: Saved, turn: int, eyes: str) -> Iterator[Heard]:
    """What `eyes` learn of a turn; everything, to the truth."""
    count: dict[str, int] = {}
    for entry in entries(saved, turn):
        e = entry.event
        if eyes == TRUTH:
            whole = Told(entry.id, entry.phase, e.rule, e.message, True, e.inputs, e.rolls, e.subject)
            yield Heard(entry.id, whole, entry)
            continue
        part = told(e, "" if eyes == PUBLIC else eyes, entry.date, entry.phase)
        if part is not None:
            kind = f"{entry.date}.{e.rule}"
            count[kind] = count.get(kind, 0) + 1
            yield Heard(f"{kind}.{count[kind]}", part, entry)


def entries(saved: Saved, turn: int) -> Iterator[Entry]:
    """The events of a turn in sequence, the facilitator's acts among them."""
    for mark in saved.marks(turn):
        if mark.kind == "step":
            phase = saved.phase(mark)
            for event in phase.events:
                yield Entry(date(turn, phase.pulse), phase.phase, event)
        elif mark.kind == "act":
            act = saved.act(mark)
            yield Entry(date(turn, act.pulse), "facilitator", act.event)


def log(saved: Saved, setting: Setting, speech: Speech, eyes: str, turn: int | None = None) -> Iterator[str]:
    """The lines of a log, of one turn or of all that were played."""
    if eyes not in (TRUTH, PUBLIC) and eyes not in saved.header.seats:
        raise LogFault(f"nobody has the seat {eyes} in this game; its seats are {', '.join(saved.header.seats)}")
    yield from _head(saved, setting, speech, eyes)
    if turn is not None:
        saved.mark(turn)  # says so if there is none
    for n in saved.turns if turn is None else (turn,):
        if saved.marks(n):
            yield from _turn(saved, setting, speech, eyes, n)


def _head(saved: Saved, setting: Setting, speech: Speech, eyes: str) -> Iterator[str]:
    title = setting.board.title or saved.header.scenario
    if eyes == TRUTH:
        yield speech.say("report.head_truth", title=title, seed=saved.header.seed)
    elif eyes == PUBLIC:
        yield speech.say("report.head_public", title=title)
    else:
        yield speech.say("report.head_seat", title=title, seat=eyes)
    if saved.header.parent is not None:
        yield speech.say("report.branch", turn=saved.header.parent[1])


def _turn(saved: Saved, setting: Setting, speech: Speech, eyes: str, turn: int) -> Iterator[str]:
    kind = setting.kind(turn)
    yield ""
    yield speech.say("report.turn", turn=turn, kind=kind.name)
    for seat, plan in sorted(saved.plans(turn).items()):
        if eyes in (seat, TRUTH):
            yield from _plan(plan, speech)
    shown = ""
    for found in heard(saved, turn, eyes):
        if found.entry.date != shown:
            shown = found.entry.date
            if shown != str(turn):
                yield speech.say("report.pulse", pulse=ord(shown[-1]) - ord("a") + 1, date=shown)
        yield from event_lines(found.told, speech, found.name)
    yield from _notes(saved, speech, eyes, turn)
    yield from _held(saved, setting, speech, eyes, turn)


def _plan(plan: Plan, speech: Speech) -> Iterator[str]:
    head = speech.say("report.plan", seat=plan.seat, n=len(plan.orders), roe=plan.roe)
    intent = " ".join(plan.intent.split())
    yield from _lines(head + (f" “{intent}”" if intent else ""), 1)
    why = dict(plan.why)
    for order in plan.orders:
        reason = why.get(order.id)
        line = finished(order_text(order, speech))
        yield from _lines(f"{line} {text(reason, speech.language, speech.names)}" if reason else line, 2)
    for c in plan.contingencies:
        line = speech.say(
            "report.contingency", measure=c.trigger.measure, subject=c.trigger.subject, least=c.trigger.least
        )
        yield from _lines(f"{line} {finished(order_text(c.order, speech))}", 2)


def event_lines(what: Told, speech: Speech, name: str) -> Iterator[str]:
    """An event in the log: its rule, its text, the draw, and the name by which `--why` opens it."""
    tail = f"  [{name}]" if what.whole else ""
    yield from _lines(f"{what.rule:<5} {finished(text(what.message, speech.language, speech.names))}{tail}", 1, 6)
    for roll in what.rolls:
        yield from _lines(roll_line(roll, speech), 4)


def effect_lines(effects: Iterable[Effect], speech: Speech) -> Iterator[str]:
    for fx in effects:
        yield from _lines(effect_line(fx, speech), 4)


def _notes(saved: Saved, speech: Speech, eyes: str, turn: int) -> Iterator[str]:
    for note in saved.notes(turn):
        if eyes in (TRUTH, note.seat):
            yield from _lines(speech.say("report.note", kind=note.kind, seat=note.seat, words=note.text), 1)


def _held(saved: Saved, setting: Setting, speech: Speech, eyes: str, turn: int) -> Iterator[str]:
    """What each seat looked at holds of others when the turn is over."""
    if eyes == PUBLIC or turn + 1 not in saved.turns:
        return
    state = saved.state(turn + 1, setting)
    for seat in saved.header.seats if eyes == TRUTH else (eyes,):
        rows = [(k, c) for k, c in state.contacts.items() if c.owner == seat]
        if rows:
            yield "  " + speech.say("report.contacts", seat=seat, n=len(rows))
            for key, contact in rows:
                yield from _lines(contact_line(key, contact, speech), 2)
                if eyes == TRUTH:
                    yield from _lines(_behind(state, contact, speech), 4)


def contact_line(key: str, contact: Contact, speech: Speech) -> str:
    """A contact as its owner holds it: label, what, where, as of when, from whom and by which way."""
    return speech.say(
        "report.contact",
        contact=key,
        what=contact.what or "unknown",
        nation=contact.nation,
        place=contact.at,
        steps=contact.steps,
        quality=str(contact.quality),
        date=date(contact.turn, contact.pulse),
        source=contact.source,
        route=contact.route,
    )


def _behind(state: State, contact: Contact, speech: Speech) -> str:
    counter = state.counters.get(contact.subject)
    if counter is None:
        return speech.say("report.behind_gone", unit=contact.subject)
    return speech.say("report.behind", unit=contact.subject, place=counter.at, steps=counter.steps)


def why(saved: Saved, speech: Speech, eyes: str, name: str) -> Iterator[str]:
    """One event opened to every term; LogFault where there is none by that name, or not for these eyes."""
    found = _find(saved, name.strip().strip("[]"), eyes)
    what, entry, truth = found.told, found.entry, eyes == TRUTH
    words = f"{entry.date}  {what.rule}  {finished(text(what.message, speech.language, speech.names))}"
    effects = entry.event.effects if truth else ()
    for indent, line in opened(what.rule, words, what.inputs, what.rolls, effects, speech, truth=truth):
        yield from _lines(line, indent)
    if truth:
        who = [term("seat", s, speech.language) if s else speech.say("report.everybody") for s in entry.event.all_to]
        yield from _lines(speech.say("report.told", who=", ".join(who)), 1)
        for seat, hint in entry.event.hints:
            words = finished(text(hint, speech.language, speech.names))
            yield from _lines(speech.say("report.hinted", seat=seat, words=words), 1)


def _find(saved: Saved, name: str, eyes: str) -> Heard:
    """The event of that name among those told whole. What was not told and what never was get the same line."""
    known: list[str] = []
    for turn in saved.turns:
        for found in heard(saved, turn, eyes):
            if found.told.whole:
                if found.name == name:
                    return found
                known.append(found.name)
    if eyes == TRUTH:
        near = get_close_matches(name, known, 3, 0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "the log prints the names in brackets"
        raise LogFault(f"{name}: there is no such event in this game; {hint}")
    who = "the public" if eyes == PUBLIC else eyes
    hint = "the log with the same --eyes prints the names in brackets"
    raise LogFault(f"{name}: {who} was not told the whole of any event of that name; {hint}")


def _lines(words: str, indent: int, hang: int = 2) -> Iterable[str]:
    pad = "  " * indent
    return wrap(
        words,
        WIDTH,
        initial_indent=pad,
        subsequent_indent=pad + " " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
