"""How a case is read and run.

A case is a table `["MD4.2"]` of a TOML file: the second case of rule MD4. Its keys:

  why        what it shows, in a line
  map        scenario that it is set on; by default the file's own `map`
  turn       turn that it plays; by default the file's own
  before     cells changed first: "counters.P03.at" = "PTAC"; a table makes a row, "gone" drops one
  tables     design values of the board changed: "missile_defense.targets" = []
  orders     "KP.raid.P03 target=JIWA missiles=24 aim=aircraft pulse=1"
  later      contingencies: "damage JIWA 1: JP.deploy.J09 to=JMIS steps=1"
  standing   standing answers, as orders
  roe        highest rung that a seat's units may use; intent: its line of intent
  answers    what a seat answers when it is asked, as an order
  luck       draws set by name: "MD7|P03>JIWA" = "1/2"; a share of all draws from the worst, or worst, median, best
  until      "1.missile_defense.engage": stop after that phase of pulse 1; by default the turn is played out
  after      cells that hold then; "gone" for a row that is not there, "+3" or "-3" for a change since before
  told       what a seat is told: "JP MD7 engaged leakers=3 @level=L0"; "not JP MD2 warning2" for what it is not
  refused    "KP.raid.P03 target=GGUA ...: MD1 no_target": an order that can't be given, with rule and reason;
             "JP>KR.watch...": one that JP tries to give for KR; "none" where it may be given
  doubts     "JP.defend.J01 ...: MD7 doubt_no_look"; "...: none" for no advice
  offered    "KP.raid.P03 target: JIWA JSAS": the whole domain of a field
  asked      "JP alarm2 once doctrine=standing": a question, by its message, and what it offers; "not JP"
  seen       cells of a seat's View: "KP counters.J01" = "gone"
  faults     "JP K1": a refusal of the whole plan that stands in `orders`

In every text a contact may be written "c:JP:P03", what JP holds of P03; its label stands for it. "r:P03>JIWA" is the
name of a raid. Cells name a table, a key and a field; keys may hold dots.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from game.core.events import Told, told
from game.core.ids import Seat
from game.core.luck import Luck
from game.core.model import CORE_TABLES, Row, State
from game.core.orders import Contingency, Order, Plan, Trigger
from game.core.rulebook import Question, Rulebook
from game.core.sea import CONTROL, Control
from game.core.turn import Step, resolve
from game.core.view import view
from tests.cases.packs import opening, rulebook

HERE = Path(__file__).parent
SEED = 1
KEYS = {
    "why", "map", "turn", "before", "tables", "orders", "later", "standing", "answers", "roe", "intent", "luck",
    "until", "after", "told", "refused", "doubts", "offered", "asked", "seen", "faults",
}  # fmt: skip


@attrs.frozen
class Case:
    """One case; `text` are its keys."""

    id: str
    text: Mapping[str, Any]

    @property
    def rule(self) -> str:
        return self.id.partition(".")[0]


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every file, in the order of the files."""
    out = []
    for path in sorted(HERE.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        common = {k: v for k, v in table.items() if not isinstance(v, dict)}
        out += [Case(id, {**common, **case}) for id, case in table.items() if isinstance(case, dict)]
    return tuple(out)


# Words of a case ------------------------------------------------------------------------------------------------


def value(text: str) -> int | str | bool:
    return {"true": True, "false": False}.get(text, int(text) if re.fullmatch(r"-?\d+", text) else text)


def named(text: str, luck: Luck) -> str:
    """`text` with labels in place of contacts ("c:JP:P03") and raids ("r:P03>JIWA")."""
    text = re.sub(r"c:(\w+):([\w>]+)", lambda m: f"{m[1]}.{luck.label('contact', m[1], m[2])}", text)

    def raid(m: re.Match[str]) -> str:
        key = m[1]
        return f"{key.rpartition('>')[2]}.{luck.label('raid', key, str(luck.turn), str(luck.pulse))}"

    return re.sub(r"r:([\w>]+)", raid, text)


def order(text: str, rules: Rulebook) -> Order:
    head, *rest = text.split()
    seat, verb, subject = head.split(".", 2)
    values = dict(part.split("=", 1) for part in rest)
    return rules.orders[verb](seat, subject, **{k: value(v) for k, v in values.items()})


def draw(text: str) -> int:
    """A draw by its place among all draws, worst first."""
    share = Fraction({"worst": "0", "median": "1/2", "best": "1"}.get(text, text))
    return min((1 << 64) - 1, int(share * (1 << 64)))


def tables_of(rules: Rulebook) -> dict[str, type[Row]]:
    """Every table that a case may name; who holds the sea may be said where no chapter plays it out."""
    return {**CORE_TABLES, CONTROL: Control, **rules.parts}


def cell(name: str, rules: Rulebook) -> tuple[str, str, str]:
    """(table, key, field) of "counters.J01.at" or "intelligence.cyber.CN.left"; the field is "" for a row."""
    tables = tables_of(rules)
    table = next(t for t in sorted(tables, key=len, reverse=True) if name.startswith(f"{t}."))
    rest = name[len(table) + 1 :]
    key, dot, field = rest.rpartition(".")
    if dot and field in attrs.fields_dict(tables[table]):
        return table, key, field
    return table, rest, ""


def with_cell(state: State, name: str, new: Any, rules: Rulebook) -> State:
    table, key, field = cell(name, rules)
    rows = dict(state.table(table))
    if new == "gone":
        rows.pop(key, None)
    elif field:
        rows[key] = attrs.evolve(rows[key], **{field: new})
    else:
        rows[key] = tables_of(rules)[table](**new)
    rows = dict(sorted(rows.items()))
    if table in CORE_TABLES:
        core: dict[str, Any] = {table: rows}
        return attrs.evolve(state, **core)
    parts = {**state.parts, table: rows}
    return attrs.evolve(state, parts={k: parts[k] for k in sorted(parts) if parts[k]})


# Playing a case -------------------------------------------------------------------------------------------------


@attrs.define
class Played:
    """A case as it went."""

    start: State
    end: State
    luck: Luck
    plans: Mapping[Seat, Plan]
    steps: list[Step] = attrs.field(factory=list)
    questions: list[Question] = attrs.field(factory=list)


def begun(case: Case) -> tuple[State, Luck, Rulebook]:
    text = case.text
    rules = rulebook(text["map"])
    state = opening(text["map"])
    turn = text["turn"]
    hour = sum(state.setting.kind(n).hours for n in range(1, turn))
    state = attrs.evolve(state, turn=turn, hour=hour)
    luck = Luck(SEED, turn, 1)
    for name, new in text.get("before", {}).items():
        state = with_cell(state, named(name, luck), new, rules)
    tables = {k: dict(v) for k, v in state.setting.board.tables.items()}
    for name, new in text.get("tables", {}).items():
        chapter, _, key = name.partition(".")
        tables.setdefault(chapter, {})[key] = new
    board = attrs.evolve(state.setting.board, tables=tables)
    state = attrs.evolve(state, setting=attrs.evolve(state.setting, board=board))
    fixed = {named(k, luck): draw(v) for k, v in text.get("luck", {}).items()}
    return state, attrs.evolve(luck, fixed=fixed), rules


def plans_of(case: Case, state: State, luck: Luck, rules: Rulebook) -> dict[Seat, Plan]:
    plans = {seat: Plan(seat) for seat in state.setting.board.seats}
    for line in case.text.get("orders", ()):
        given = order(named(line, luck), rules)
        plans[given.seat] = plans[given.seat].having(given)
    for line in case.text.get("standing", ()):
        given = order(named(line, luck), rules)
        plan = plans[given.seat]
        plans[given.seat] = attrs.evolve(plan, standing=(*plan.standing, given))
    for line in case.text.get("later", ()):
        if_, _, then = named(line, luck).partition(": ")
        measure, subject, least = if_.split()
        given = order(then, rules)
        plan = plans[given.seat]
        c = Contingency(Trigger(measure, subject, int(least)), given)
        plans[given.seat] = attrs.evolve(plan, contingencies=(*plan.contingencies, c))
    for seat, rung in case.text.get("roe", {}).items():
        plans[seat] = attrs.evolve(plans[seat], roe=rung)
    for seat, line in case.text.get("intent", {}).items():
        plans[seat] = attrs.evolve(plans[seat], intent=line)
    return plans


def play(case: Case) -> Played:
    state, luck, rules = begun(case)
    plans = plans_of(case, state, luck, rules)
    answers = [order(named(line, luck), rules) for line in case.text.get("answers", ())]
    out = Played(state, state, luck, plans)
    turn = resolve(state, plans, luck, rules)
    reply: Order | None = None
    while True:
        try:
            item = turn.send(reply)
        except StopIteration as end:
            assert "until" not in case.text, f"no such phase: {case.text['until']}"
            out.end = end.value
            return out
        reply = None
        if isinstance(item, Question):
            out.questions.append(item)
            reply = next((a for a in answers if a.seat == item.seat), None)
        else:
            out.steps.append(item)
            if f"{item.pulse}.{item.phase}" == case.text.get("until"):
                out.end = item.after
                return out


# What is claimed ------------------------------------------------------------------------------------------------


def faults(case: Case) -> Iterator[str]:
    """Every claim of a case that does not hold, in a line."""
    if unknown := case.text.keys() - KEYS:
        yield f"no such keys: {sorted(unknown)}"
    played = play(case)
    rules = rulebook(case.text["map"])
    yield from _cells(case, played, rules)
    yield from _tellings(case, played)
    yield from _questions(case, played)
    yield from _counsel(case, played, rules)


def _cells(case: Case, played: Played, rules: Rulebook) -> Iterator[str]:
    for name, want in case.text.get("after", {}).items():
        table, key, field = cell(named(name, played.luck), rules)
        row = played.end.table(table).get(key)
        if want == "gone" or row is None:
            if (row is None) != (want == "gone"):
                yield f"{name} is {row}, not {want}"
            continue
        found = getattr(row, field) if field else "there"
        if isinstance(want, str) and re.fullmatch(r"[+-]\d+", want):
            old = played.start.table(table).get(key)
            want = int(want) + (getattr(old, field) if old is not None else 0)
        if found != want:
            yield f"{name} is {found!r}, not {want!r}"
    for name, want in case.text.get("seen", {}).items():
        seat, _, rest = named(name, played.luck).partition(" ")
        table, key, field = cell(rest, rules)
        seen = view(played.end, seat)
        row = (getattr(seen, table) if table in CORE_TABLES else seen.part(table)).get(key)
        found = "gone" if row is None else getattr(row, field) if field else "there"
        if found != want:
            yield f"{name} is seen as {found!r}, not {want!r}"


def tellings(played: Played, seat: Seat) -> Iterator[Told]:
    for step in played.steps:
        for event in step.events:
            what = told(event, "" if seat == "public" else seat, step.date, step.phase)
            if what is not None:
                yield what


def matches(what: Told, rule: str, message: str, wanted: list[str]) -> bool:
    values = {k: str(v) for k, v in what.message.values}
    inputs = {i.name: str(i.value) for i in what.inputs}
    for part in wanted:
        name, _, want = part.partition("=")
        if name.startswith("@"):
            if inputs.get(name[1:]) != want:
                return False
        elif name == "id":
            if what.id != want:
                return False
        elif values.get(name) != want:
            return False
    return what.rule == rule and (not message or what.message.id.endswith(f".{message}"))


def _tellings(case: Case, played: Played) -> Iterator[str]:
    for line in case.text.get("told", ()):
        words = named(line, played.luck).split()
        absent = words[0] == "not"
        seat, rule, *rest = words[1:] if absent else words
        message = rest[0] if rest and "=" not in rest[0] else ""
        wanted = rest[1:] if message else rest
        found = [w for w in tellings(played, seat) if matches(w, rule, message, wanted)]
        if bool(found) == absent:
            others = [f"{w.message.id} {dict(w.message.values)}" for w in tellings(played, seat) if w.rule == rule]
            yield f"{seat} is {'' if absent else 'not '}told {' '.join(rest)} by {rule}; it is told {others}"


def _questions(case: Case, played: Played) -> Iterator[str]:
    for line in case.text.get("asked", ()):
        words = line.split()
        absent = words[0] == "not"
        seat, *rest = words[1:] if absent else words
        mine = [q for q in played.questions if q.seat == seat]
        if absent:
            if mine:
                yield f"{seat} is asked {mine[0].about.id}"
            continue
        message, *domains = rest
        if domains and domains[0] == "once":
            if len(mine) != 1:
                yield f"{seat} is asked {len(mine)} times"
            domains = domains[1:]
        if not any(q.about.id.endswith(f".{message}") for q in mine):
            yield f"{seat} is not asked {message}; {[q.about.id for q in mine]}"
            continue
        offered = {k: ",".join(str(v) for v in d) for k, d in mine[0].template.domains}
        for part in domains:
            name, _, want = part.partition("=")
            if offered[name] != want:
                yield f"{seat} is offered {name}={offered[name]}, not {want}"


def _counsel(case: Case, played: Played, rules: Rulebook) -> Iterator[str]:
    state, luck = played.start, played.luck
    for line in case.text.get("refused", ()):
        text, _, want = named(line, luck).rpartition(": ")
        who, tries, text = text.rpartition(">") if re.match(r"[A-Z]{2}>", text) else ("", "", text)
        given = order(text, rules)
        seat = who if tries else given.seat
        refusal = rules.fault(view(state, seat), played.plans[seat], given)
        found = "none" if refusal is None else f"{refusal.rule} {refusal.reason.id.partition('.')[2]}"
        if found != want:
            yield f"{text} is refused by {found}, not {want}"
    for line in case.text.get("doubts", ()):
        text, _, want = named(line, luck).rpartition(": ")
        given = order(text, rules)
        plan = played.plans[given.seat].having(given)
        advice = [f"{d.rule} {d.message.id.partition('.')[2]}" for d in rules.doubts(view(state, given.seat), plan)]
        if (want not in advice) if want != "none" else bool(advice):
            yield f"{text} is doubted by {advice}, not {want}"
    for line in case.text.get("offered", ()):
        head, _, want = line.partition(":")
        id, field = head.split()
        seat, verb, subject = named(id, luck).split(".", 2)
        offered = [
            str(v)
            for t in rules.options(view(state, seat))
            if (t.order.VERB, t.subject) == (verb, subject)
            for v in t.domain(field)
        ]
        if offered != want.split():
            yield f"{id} offers {field} {offered}, not {want.split()}"
    for line in case.text.get("faults", ()):
        seat, want = line.split()
        rule_ids = {r.rule for r in rules.faults(view(state, seat), played.plans[seat])} or {"none"}
        if want not in rule_ids:
            yield f"the plan of {seat} is refused by {rule_ids}, not {want}"
