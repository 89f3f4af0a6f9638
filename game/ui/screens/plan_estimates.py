"""What the staff works out of a plan beside the window, and the estimates tab: exact odds of what the plan would
bring about, of what is feared under it, and what binds it."""

from __future__ import annotations

import attrs

from game.core.orders import Plan
from game.core.rulebook import Rulebook
from game.core.staff import Forecast, Ledger, Patch, Trace
from game.core.view import View
from game.report.explain import input_line
from game.report.losses import losses
from game.ui import kit
from game.ui.layout import Column, Rect
from game.ui.paint.scene import lane_name
from game.ui.screens.plan_state import Planning
from game.ui.screens.plan_words import Words
from game.ui.theme import BAD, DIM, LINK, STYLES, WARN, Room
from game.ui.widgets import Bars, Busy, Button, Choice, Item, Label, Para, Prose, Rows, Widget

#: How long a plan must rest before its odds are worked out, ms.
REST_MS = 24
#: From how long on a sign says that work goes on, ms: what is there sooner needs none.
SIGN_MS = 150
#: Plans whose answers are kept while one seat plans.
KEPT = 32


@attrs.frozen(slots=True)
class Staffwork:
    """Everything that the chapters' staffs show of one plan."""

    forecasts: tuple[Forecast, ...] = ()
    traces: tuple[Trace, ...] = ()
    patches: tuple[Patch, ...] = ()
    ledgers: tuple[Ledger, ...] = ()


def staffwork(rulebook: Rulebook, view: View, plan: Plan) -> Staffwork:
    """Ask each chapter once; what was lost is told in any game."""
    return Staffwork(
        rulebook.forecasts(view, plan),
        rulebook.traces(view, plan),
        rulebook.patches(view, plan),
        (*rulebook.ledgers(view, plan), losses(view)),
    )


def matter(plan: Plan) -> Plan:
    """What of a plan its estimates depend on: not the words in it."""
    return attrs.evolve(plan, intent="", why=())


class Answers:
    """Staffwork of the plans that were asked about, kept while one seat plans: what is undone is there at once."""

    def __init__(self) -> None:
        self._kept: dict[Plan, Staffwork] = {}

    def find(self, plan: Plan) -> Staffwork | None:
        return self._kept.get(matter(plan))

    def keep(self, plan: Plan, found: Staffwork) -> None:
        while len(self._kept) >= KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[matter(plan)] = found


class Estimates:
    """Staffwork of the plan that it was made for; worked out beside the window, one at a time."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.answers = answers if answers is not None else Answers()
        self.work = Staffwork()
        self.plan: Plan | None = None
        self.working: Plan | None = None
        self.asked: Plan | None = None
        self.since = 0
        self.started = 0
        self.chosen = 0

    @property
    def found(self) -> tuple[Forecast, ...]:
        return self.work.forecasts

    def wanted(self, plan: Plan, now: int) -> int | None:
        """In how many ms the odds of `plan` should be worked out; None: they are, or are being."""
        if self.asked != plan:
            self.asked, self.since = plan, now
        if self.plan == plan:
            return None
        kept = self.answers.find(plan)
        if kept is not None:
            self._show(plan, kept)
            return None
        return None if self.working is not None else max(0, self.since + REST_MS - now)

    def start(self, plan: Plan, now: int) -> None:
        self.working, self.started = plan, now

    def done(self, plan: Plan, found: Staffwork) -> None:
        self.answers.keep(plan, found)
        self.working = None
        self._show(plan, found)

    def _show(self, plan: Plan, found: Staffwork) -> None:
        self.plan, self.work = plan, found
        self.chosen = max(0, min(self.chosen, len(found.forecasts) - 1))

    def slow(self, now: int) -> bool:
        """Whether work goes on for so long that a sign should say it."""
        return self.working is not None and now - self.started >= SIGN_MS


def outlook(p: Planning, now: Estimates, then: Estimates) -> tuple[str, ...]:
    """What the form's order would change, a line for each forecast that it moves, the most moved first."""
    if now.plan != p.desk.plan or then.plan is None or then.plan != p.trial():
        return ()
    words = p.words
    before = {f.title: f.mean_millis for f in now.found if f.odds}
    after = {f.title: f.mean_millis for f in then.found if f.odds}
    moved = [(title, before.get(title), after.get(title)) for title in dict.fromkeys((*after, *before))]
    moved = [row for row in moved if _shown(words, row[1]) != _shown(words, row[2])]
    moved.sort(key=lambda row: -abs((row[2] or 0) - (row[1] or 0)))
    told = tuple(
        words.tell(
            "outlook",
            title=words.text(title),
            before=_shown(words, one),
            after=_shown(words, other),
        )
        for title, one, other in moved
    )
    return (*told, *_other_lines(words, now.found, then.found))


def _other_lines(words: Words, now: tuple[Forecast, ...], then: tuple[Forecast, ...]) -> list[str]:
    """Of forecasts without luck, the lines that the order would change."""
    before = {f.title: f.lines for f in now if not f.odds}
    out = []
    for f in (f for f in then if not f.odds):
        new = [line for line in f.lines if line not in before.get(f.title, ())]
        out += [words.tell("outlook_line", title=words.text(f.title), line=words.text(line)) for line in new[:2]]
    return out


def _shown(words: Words, millis: int | None) -> str:
    return words.counts(millis) if millis is not None else ""


def sign(p: Planning, e: Estimates, id: str, rect: Rect, now: int) -> list[Widget]:
    """That what is shown is of an older plan, and whether work goes on."""
    if e.slow(now):
        return [Busy(id=f"{id}.busy", rect=rect, text=p.words.tell("estimates_busy"))]
    words = p.words.tell("stale")
    return [Label(id=f"{id}.stale", rect=rect, text=words, style="small", color=WARN, icon="clock")]


def estimates_tab(p: Planning, e: Estimates, rect: Rect, room: Room, now: int) -> list[Widget]:
    u, tell, words = room.u, p.words.tell, p.words
    stale = e.plan != p.desk.plan
    slim = rect.h < u(300)
    head, rest = rect.top(0) if slim and not stale else rect.top(u(24), u(8))
    out: list[Widget] = []
    if stale:
        out += sign(p, e, "estimates", head, now)
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
            words.counts(f.mean_millis) if f.odds else "",
            p.symbol(f.subject) if f.subject else None,
            "" if f.subject and p.symbol(f.subject) else "rocket" if f.odds else "chart-line",
            BAD if f.cut else "",
            tip="\n".join(words.text(line) for line in (f.title, *f.lines[:2])),
        )
        for n, f in enumerate(e.found)
    )
    chosen = min(e.chosen, len(e.found) - 1)
    if slim:
        listed, rest = rest.top(u(34), u(8))
        out.append(Choice(id="estimates", rect=listed, items=tuple((i.value, i.text) for i in items), value=chosen))
        return [*out, *_chosen(p, e.found[chosen], stale, rest, room)]
    want = len(items) * u(44) + (len(items) - 1) * u(5)
    share = rest.h // 3 if e.found[chosen].odds else rest.h // 2
    listed, rest = rest.top(min(want, max(u(93), share)), u(12))
    out.append(Rows(id="estimates", rect=listed, items=items, value=chosen, height=44))
    return [*out, *_chosen(p, e.found[chosen], stale, rest, room)]


#: Points of the sign of what binds: the most and the least that it is wide, and its height.
SIGN, SIGN_LEAST = 540, 220
#: Its height with one line of what binds, and with two.
SIGN_LOW, SIGN_HIGH = 46, 60


def short_of(p: Planning, e: Estimates, legend: Rect, panel: Rect, room: Room) -> list[Widget]:
    """A sign on the map that something falls short, and what binds it by name; it leads to its estimate."""
    u = room.u
    found = next(((n, f) for n, f in enumerate(e.found) if f.binds), None)
    rect = Rect(legend.right + u(12), legend.y, min(u(SIGN), panel.x - legend.right - u(24)), u(SIGN_LOW))
    if found is None or rect.w < u(SIGN_LEAST):
        return []
    n, f = found
    lack, binds = p.words.text(f.lines[0]), [p.words.text(part) for part in f.binds if part != f.lines[0]]
    first, _, rest = lack.partition(". ")
    named, small = " ".join(part for part in (rest, ", ".join(binds)) if part), STYLES["small"]
    if kit.width(named, small.face, u(small.size)) > rect.w - u(50):
        rect = Rect(rect.x, rect.y, rect.w, u(SIGN_HIGH))
    return [
        Button(
            id="short",
            rect=rect,
            text=first if rest else lack,
            sub=named,
            icon="triangle-alert",
            kind="danger",
            align="left",
            value=n,
            tip="\n".join([lack, *binds]),
        )
    ]


def binding(p: Planning, f: Forecast) -> list[str]:
    """The lanes that bind, by name."""
    lanes, names = p.view.board.theatre.lanes, p.words.names
    found = [lane_name(names, lanes[id], p.words.language) for id in f.cut if id in lanes]
    return [p.words.tell("binds", lane=name) for name in found]


def _chosen(p: Planning, f: Forecast, stale: bool, rect: Rect, room: Room) -> list[Widget]:
    u, tell, words = room.u, p.words.tell, p.words
    column = Column(rect, u(10))
    tone = DIM if stale else LINK
    out: list[Widget] = []
    chart = min(rect.h, max(u(100), min(u(128), (rect.h - u(60)) // 2)))
    if f.odds:
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
    spends = bool(f.spent) and f.spent_mean_millis > 0 and column.rest.h > chart + u(40)
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
    paras = [Para(words.marked(line), "small" if f.odds else "body") for line in f.lines]
    paras += [Para(line, "small", mark="triangle-alert", tone=BAD) for line in binding(p, f)]
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
