"""The estimates tab: exact odds of what the plan would bring about, and of what is feared under it."""

from __future__ import annotations

from game.core.orders import Plan
from game.core.staff import Forecast
from game.report.explain import input_line
from game.ui.layout import Column, Rect
from game.ui.screens.plan_state import Planning
from game.ui.screens.plan_words import Words
from game.ui.theme import DIM, LINK, WARN, Room
from game.ui.widgets import Bars, Busy, Choice, Item, Label, Para, Prose, Rows, Widget

#: How long a plan must rest before its odds are worked out, ms.
REST_MS = 180


class Estimates:
    """Forecasts of the plan that they were made for; worked out beside the window, one at a time."""

    def __init__(self) -> None:
        self.found: tuple[Forecast, ...] = ()
        self.plan: Plan | None = None
        self.working: Plan | None = None
        self.asked: Plan | None = None
        self.since = 0
        self.chosen = 0

    def wanted(self, plan: Plan, now: int) -> int | None:
        """In how many ms the odds of `plan` should be worked out; None: they are, or are being."""
        if self.asked != plan:
            self.asked, self.since = plan, now
        if self.plan == plan or self.working is not None:
            return None
        return max(0, self.since + REST_MS - now)

    def done(self, plan: Plan, found: tuple[Forecast, ...]) -> None:
        self.plan, self.found, self.working = plan, found, None
        self.chosen = max(0, min(self.chosen, len(found) - 1))


def outlook(p: Planning, now: Estimates, then: Estimates) -> tuple[str, ...]:
    """What the form's order would change, a line for each forecast that it moves, the most moved first."""
    if now.plan != p.desk.plan or then.plan is None or then.plan != p.trial():
        return ()
    words = p.words
    before = {f.title: f.mean_millis for f in now.found}
    after = {f.title: f.mean_millis for f in then.found}
    moved = [(title, before.get(title), after.get(title)) for title in dict.fromkeys((*after, *before))]
    moved = [row for row in moved if _shown(words, row[1]) != _shown(words, row[2])]
    moved.sort(key=lambda row: -abs((row[2] or 0) - (row[1] or 0)))
    return tuple(
        words.tell(
            "outlook",
            title=words.text(title),
            before=_shown(words, one),
            after=_shown(words, other),
        )
        for title, one, other in moved
    )


def _shown(words: Words, millis: int | None) -> str:
    return words.counts(millis) if millis is not None else ""


def estimates_tab(p: Planning, e: Estimates, rect: Rect, room: Room) -> list[Widget]:
    u, tell, words = room.u, p.words.tell, p.words
    stale = e.plan != p.desk.plan
    slim = rect.h < u(300)
    head, rest = rect.top(0) if slim and not stale else rect.top(u(24), u(8))
    out: list[Widget] = []
    if stale and e.working is not None:
        out.append(Busy(id="estimates.busy", rect=head, text=tell("estimates_busy")))
    elif stale:
        out.append(
            Label(id="estimates.stale", rect=head, text=tell("stale"), style="small", color=WARN, icon="clock")
        )
    elif not slim:
        out.append(Label(id="estimates.title", rect=head, text=tell("tab.estimates"), style="panel"))
    if not e.found:
        if not stale:
            out.append(Prose(id="estimates.none", rect=rest, paras=(Para(tell("estimates_none"), "muted"),)))
        return out
    items = tuple(
        Item(
            n,
            words.text(f.title),
            words.text(f.lines[0]) if f.lines else "",
            words.counts(f.mean_millis),
            p.symbol(f.subject) if f.subject else None,
            "" if f.subject and p.symbol(f.subject) else "rocket",
        )
        for n, f in enumerate(e.found)
    )
    chosen = min(e.chosen, len(e.found) - 1)
    if slim:
        listed, rest = rest.top(u(34), u(8))
        out.append(Choice(id="estimates", rect=listed, items=tuple((i.value, i.text) for i in items), value=chosen))
        return [*out, *_chosen(p, e.found[chosen], stale, rest, room)]
    want = len(items) * u(44) + (len(items) - 1) * u(5)
    listed, rest = rest.top(min(want, max(u(93), rest.h // 3)), u(12))
    out.append(Rows(id="estimates", rect=listed, items=items, value=chosen, height=44))
    return [*out, *_chosen(p, e.found[chosen], stale, rest, room)]


def _chosen(p: Planning, f: Forecast, stale: bool, rect: Rect, room: Room) -> list[Widget]:
    u, tell, words = room.u, p.words.tell, p.words
    column = Column(rect, u(10))
    tone = DIM if stale else LINK
    out: list[Widget] = []
    chart = min(rect.h, max(u(100), min(u(128), (rect.h - u(60)) // 2)))
    out.append(
        Bars(
            id="estimates.through",
            rect=column.take(chart),
            bars=f.odds,
            title=tell("through"),
            note=tell("mean", n=words.counts(f.mean_millis)),
            tone=tone,
        )
    )
    spends = f.spent_mean_millis > 0 and column.rest.h > chart + u(40)
    if spends:
        out.append(
            Bars(
                id="estimates.spent",
                rect=column.take(chart),
                bars=f.spent,
                title=tell("spent"),
                note=tell("mean", n=words.counts(f.spent_mean_millis)),
                tone=DIM if stale else "#E3A93B",
            )
        )
    if column.rest.h < u(16):
        return out
    paras = [Para(words.marked(line), "small") for line in f.lines]
    if not spends and f.spent_mean_millis:
        paras.insert(0, Para(f"{tell('spent')}: {tell('mean', n=words.counts(f.spent_mean_millis))}", "small"))
    if f.assumed:
        what = ", ".join(words.names.any(id, words.language) for id in f.assumed)
        paras.append(Para(tell("assumed", what=what), "small", mark="circle-question-mark", tone=WARN))
    paras.append(Para(tell("by_rule", rule=f.rule), "small"))
    speech = p.table.speech(p.view)
    paras += [Para(input_line(given, speech), "small", indent=1, gap=2) for given in f.inputs]
    out.append(
        Prose(
            id="estimates.says",
            rect=column.rest,
            paras=tuple(paras),
            spell=lambda t: words.names.token(t.kind, t.id, words.language),
        )
    )
    return out
