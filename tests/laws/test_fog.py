"""Law: hidden things do not show. Not in a View, nor in options, refusals, advice, proposals, estimates or events.

What is quiet stays quiet: `QUIET` names what a seat may not see and no phase tells it of, `LOUD` what a rule may
bring to light, with the reason. Together they hold every field that is not open to all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.events import told
from game.core.ids import Seat, date
from game.core.model import CORE_TABLES, UNKNOWN, Row, State, changed
from game.core.orders import Plan
from game.core.rulebook import Rulebook, Temper
from game.core.turn import Step
from game.core.view import View, view
from game.core.words import say
from rules import SEQUENCE
from rules.missile_defense.estimate import feared, planned
from rules.missile_defense.tables import CLASSES, Raid
from tests.laws.fog import blank, difference, marks, may_see, scrambled, words
from tests.worlds import World, examples, plan, seats, states, worlds

PARTS = Rulebook(SEQUENCE).parts
ROWS: Mapping[str, type[Row]] = {**CORE_TABLES, **PARTS}


#: What is open beyond its owner, field by field, and what is closed to everybody. A field that is not here is its
#: owner's alone; to open one more is a decision, made in this table too.
OPEN: Mapping[str, set[str]] = {
    "public": {
        "nations.support",
        "pacts.partner",
        "pacts.front",
        "pacts.announced",
        "logistics.crossings.agreed",  # whom politics tells anyway (P8)
        "patrols.control.side",
        "patrols.reported.turn",
        *(f"patrols.trade.{field}" for field in ("zones", "sailed", "afloat", "belief")),
    },
    "ally": {
        *("places.runway", "places.port", "places.radar"),
        *("counters.formation", "counters.at", "counters.steps", "counters.flushed"),
        *("stocks.place", "stocks.commodity"),
        *("pacts.sensing", "pacts.planning", "pacts.logistics", "pacts.industry", "pacts.patrols"),
        *("pacts.narrative", "pacts.outage"),
        *("movement.aboard.by", "movement.coming.to", "movement.coming.hour", "movement.ways.zones"),
        *("movement.refueled.km", "movement.refueled.by"),
        *(
            f"logistics.shipments.{field}"
            for field in ("origin", "to", "goods", "lift", "amount", "sent", "lanes", "due")
        ),
        *("logistics.refits.place", "logistics.refits.turn"),
        *("patrols.mines.zone", "patrols.mines.mines"),
    },
    "pooled": {
        *("counters.rounds", "counters.missiles", "counters.supply", "counters.tempo", "stocks.amount"),
        *(f"logistics.staffs.{field}" for field in ("first", "second", "third", "routing")),
    },
    "hidden": {
        "logistics.crossings.amount",
        "patrols.found.boats",
        "contacts.subject",
        "planning.bargains.fired",
        "missile_defense.flights.flying",
        "missile_defense.warnings.flight",
    },
}
#: Tables whose rows others know to be there; of all others they know nothing.
KNOWN = {"nations": "public", "places": "public", "pacts": "public", "counters": "ally", "stocks": "ally"} | {
    f"movement.{table}": "ally" for table in ("aboard", "coming", "refueled", "ways")
}
KNOWN |= {f"logistics.{table}": "ally" for table in ("shipments", "staffs", "refits")}
KNOWN["logistics.crossings"] = "public"
KNOWN |= {f"patrols.{table}": "public" for table in ("control", "reported", "trade")}
KNOWN["patrols.mines"] = "ally"


def test_who_may_see_what_is_as_decided() -> None:
    found: dict[str, set[str]] = {mark: set() for mark in OPEN}
    for name, row in ROWS.items():
        assert KNOWN.get(name, "owner") == row.SEEN, name
        for field, mark in marks(row).items():
            if field == "owner":
                assert mark == "public", name
            elif mark != "owner":
                found[mark].add(f"{name}.{field}")
    assert found == OPEN


# The View ------------------------------------------------------------------------------------------------------


@given(states())
def test_a_view_is_the_same_whatever_else_is_true(world: World) -> None:
    for seat in (*seats(world.state), ""):
        assert not difference(view(scrambled(world.state, seat), seat), view(world.state, seat)), seat


@given(states())
def test_a_view_holds_what_the_marks_open_and_no_more(world: World) -> None:
    state = world.state
    for seat in seats(state):
        seen = view(state, seat)
        for name, table in state.tables():
            shown = seen.parts.get(name, {}) if name in state.parts else getattr(seen, name)
            open_rows = {k for k, row in table.items() if may_see(state, seat, row, type(row).SEEN)}
            assert shown.keys() == open_rows, (seat, name)
            for key in open_rows:
                row = table[key]
                for field, mark in marks(type(row)).items():
                    truth = getattr(row, field) if may_see(state, seat, row, mark) else blank(row, field)
                    assert getattr(shown[key], field) == truth, (seat, name, key, field)


@given(states())
def test_own_rows_are_the_states_own_objects_and_hold_nothing_unknown(world: World) -> None:
    state = world.state
    for seat in seats(state):
        seen = view(state, seat)
        assert seen.mine == {k: c for k, c in state.counters.items() if c.owner == seat}
        for name in ("nations", "places", "counters", "stocks", "pacts", "tallies"):
            for key, row in getattr(state, name).items():
                if seat in row.owners:
                    shown = getattr(seen, name)[key]
                    assert shown is row
                    assert UNKNOWN not in [getattr(shown, f) for f in marks(type(row))]


@given(states(midway=True))
def test_no_view_names_a_rivals_counter(world: World) -> None:
    """A key or a text must not tell what a hidden field would."""
    for seat in seats(world.state):
        seen = view(world.state, seat)
        tables = (seen.counters, seen.contacts, seen.stocks, seen.tallies, seen.parts)
        assert not words(tables) & rival_names(world.state, seat)


def rival_names(state: State, seat: Seat) -> set[str]:
    """What counters of the other sides go by; a part of "P03" is named after it. Seats and places go by no such."""
    board = state.setting.board
    return {k.partition(">")[0] for k, c in state.counters.items() if not board.same_side(seat, c.owner)}


# What a staff makes of it --------------------------------------------------------------------------------------


def counsel(world: World, seen: View, made: Plan) -> list[Any]:
    """All that the rulebook says to one seat: options, refusals, advice, proposals, estimates."""
    rules = world.rules
    templates = list(rules.options(seen))
    refusals = [rules.fault(seen, made, t.fill()) for t in templates]
    proposals = [list(rules.proposals(seen, Temper(risk))) for risk in (20, 70)]
    raids = [planned(seen, o) for o in made.orders if isinstance(o, Raid)]
    own = [p for p in seen.places if seen.places[p].owner == seen.seat and not seen.board.theatre.sites[p].sea][:2]
    fears = [feared(seen, made, p, {CLASSES[2]: 6}) for p in own]
    return [templates, refusals, rules.faults(seen, made), rules.doubts(seen, made), proposals, raids, fears]


@examples(12)
@given(states())
def test_counsel_is_the_same_whatever_else_is_true(world: World) -> None:
    for seat in seats(world.state):
        made = plan(world, seat)
        here = counsel(world, view(world.state, seat), made)
        there = counsel(world, view(scrambled(world.state, seat), seat), made)
        assert not difference(here, there), seat


# What is told --------------------------------------------------------------------------------------------------


@given(worlds())
def test_a_hint_is_a_text_and_nothing_else(world: World) -> None:
    for step in world.resolve().steps:
        for event in step.events:
            for seat, _ in event.hints:
                if seat in event.all_to:
                    continue
                hint = told(event, seat, step.date)
                assert hint is not None
                assert not hint.whole and not hint.inputs and not hint.rolls and not hint.subject
                assert hint.id == f"{step.date}.{event.rule}"
            hinted = {s for s, _ in event.hints}
            for seat in {*seats(world.state), ""} - hinted - {*event.all_to}:
                assert told(event, seat, step.date) is None


@given(worlds())
def test_no_text_that_a_seat_gets_names_a_rivals_counter_or_anothers_contact(world: World) -> None:
    turn = world.resolve()
    for seat in seats(world.state):
        names = rival_names(world.state, seat)
        strange = {k.partition(".")[2] for k, c in turn.state.contacts.items() if c.owner != seat}
        for step in turn.steps:
            for event in step.events:
                if (what := told(event, seat, step.date)) is not None:
                    assert not words(what) & names, (step.phase, what)
                    assert not words(what) & strange, (step.phase, what)
        for question, _ in turn.questions:
            if question.seat == seat:
                assert not words((question.template.domains, question.about)) & names


@given(worlds(), st.integers(10**14, 10**15))
def test_the_seed_shows_nowhere(world: World, seed: int) -> None:
    turn = world.resolve(luck=attrs.evolve(world.luck, seed=seed))
    for seat in (*seats(world.state), ""):
        assert not seed_in(seed, view(turn.state, seat))
        for step in turn.steps:
            for event in step.events:
                assert not seed_in(seed, (event, told(event, seat, step.date)))
    for question, _ in turn.questions:
        assert not seed_in(seed, (question.template.domains, question.about))


def seed_in(seed: int, value: object) -> bool:
    found = words(value)
    return str(seed) in found or f"{seed:x}" in found


# What is quiet -------------------------------------------------------------------------------------------------

END: tuple[str, ...] = ()
Change = Callable[[Any], dict[str, Any]]


@attrs.frozen
class Quiet:
    """A change that a seat is not told of. `calm` and `storm` name the phases before which that ends, in a turn
    without missiles and in one with: there the rules let it see a consequence, as `why` says. `lean` says why it is
    held to worlds without supply and patrols alone."""

    table: str
    fields: tuple[str, ...]
    change: Change
    whose: str  # "rival" or "other" (an ally's too)
    calm: tuple[str, ...] = END
    storm: tuple[str, ...] = END
    why: str = ""
    lean: str = ""


def more(field: str, n: int) -> Change:
    return lambda row: {field: getattr(row, field) + n}


#: Scenarios without supply and patrols.
LEAN = ("one_sky", "first_watch")
OBSERVE, ENGAGE, SALVO = ("intelligence.observe",), ("missile_defense.engage",), ("missile_defense.salvo",)
LATER = ("kernel.contingencies", "assessment.score")
RELOADS = "who reloads does not fight (LG13)"
QUIET = (
    Quiet("nations", ("budget",), more("budget", 7), "other"),
    Quiet("nations", ("staff",), more("staff", 1), "other"),
    Quiet(
        "nations", ("capital",), more("capital", 5), "other", why="more than a plan needs; less may stop a raise (P3)"
    ),
    Quiet(
        "counters",
        ("rounds",),
        lambda c: {"rounds": 0},
        "rival",
        storm=SALVO,
        why="what leaks sinks and burns, and what is gone is not seen, hit or scored",
    ),
    Quiet(
        "counters", ("rounds",), lambda c: {"rounds": 0}, "ally", storm=ENGAGE, why="leakers are hinted", lean=RELOADS
    ),
    Quiet(
        "counters", ("damage",), lambda c: {"damage": 0}, "rival", OBSERVE, SALVO, "M7 joins by it, MD13 sinks by it"
    ),
    Quiet(
        "stocks",
        ("amount",),
        lambda s: {"amount": s.amount // 2},
        "other",
        why="MD11 tells the owner of the place",
        lean="allies give what they have left (LG7)",
    ),
    Quiet(
        "pacts",
        ("planning", "industry", "patrols", "narrative"),
        lambda p: {"planning": 3 - p.planning},
        "rival",
        lean="a step that is taken is announced (P8)",
    ),
    Quiet(
        "pacts",
        ("logistics",),
        lambda p: {"logistics": 3 - p.logistics},
        "rival",
        lean="a bridge in use is seen (LG7), a step announced (P8)",
    ),
    Quiet(
        "contacts",
        ("subject", "nation", "what", "at", "steps", "quality", "hour", "turn", "pulse", "source", "route"),
        lambda c: {"quality": 1, "steps": UNKNOWN, "at": "SJE", "hour": 0, "route": "relay"},
        "rival",
        LATER,
        SALVO,
        "a salvo goes by it, and a contingency",
        "convoys go round what is feared (LG3), and are met elsewhere",
    ),
    Quiet("tallies", ("n",), more("n", 3), "rival", LATER, LATER, "a contingency may watch it; lines count leakers"),
    Quiet(
        "missile_defense.postures",
        ("protect", "doctrine", "reserve"),
        lambda p: {"doctrine": "all", "reserve": p.reserve + 1},
        "rival",
        storm=SALVO,
        why="as rounds",
    ),
    Quiet(
        "missile_defense.rankings",
        ("first", "second", "third"),
        lambda r: {"first": r.third, "third": r.first},
        "rival",
        storm=SALVO,
        why="as rounds",
    ),
    Quiet(
        "missile_defense.alerts",
        ("pulse", "flush", "doctrine", "first", "ask"),
        lambda a: {"flush": not a.flush, "doctrine": "single", "first": ""},
        "other",
        why="an answer counts in its own pulse only",
    ),
    Quiet("assessment.scores", ("line", "points", "measure"), more("points", 1), "other"),
)
LOUD: Mapping[tuple[str, str], str] = {
    ("places", "runway"): "M6 keeps wings on the ground, where I1 sees them",
    ("places", "port"): "M6 keeps ships in port, where I1 sees them",
    ("places", "radar"): "a radar that is down sees no launch, and its owner does not flush",
    ("counters", "formation"): "I1 sees what it is",
    ("counters", "at"): "I1 sees where it is",
    ("counters", "steps"): "I2 counts them",
    ("counters", "missiles"): "MD1 fires them, MD2 counts them",
    ("counters", "flushed"): "falls back before the turn ends (MD12)",
    ("stocks", "place"): "names the row",
    ("stocks", "commodity"): "names the row",
    ("movement.aboard", "by"): "what is aboard is seen where its ship stands, and is lost with it (M16)",
    ("movement.aboard", "to"): "what has landed is seen there",
    ("movement.bound", "to"): "I1 sees where a ship has come to",
    ("movement.bound", "gone"): "I1 sees where a ship has come to",
    ("movement.coming", "to"): "what has arrived is seen there (M12)",
    ("movement.coming", "hour"): "what has arrived is seen there (M12)",
    ("movement.refueled", "km"): "a wing acts farther out",
    ("movement.refueled", "by"): "a wing acts farther out",
    ("movement.ways", "zones"): "mines and patrols on the way meet it",
    ("patrols.duties", "what"): "boats on the hunt sink, wings on patrol find (S2, S6)",
    ("patrols.duties", "zone"): "wings on patrol find (S2)",
    ("patrols.duties", "n"): "mines laid go off (S9, S10)",
    ("patrols.mines", "zone"): "mines go off (S10)",
    ("patrols.mines", "mines"): "mines go off (S10)",
    ("patrols.found", "boats"): "boats that were found do not attack (S5)",
    ("counters", "tempo"): "what rests makes half its way (M3), where I1 sees it; LG11 weakens it",
    ("counters", "supply"): "without it half the way is made (M3), where I1 sees it; LG10 weakens it",
    **{
        ("logistics.shipments", f): "patrols and mines on the way meet it; a bridge in use is seen (LG7)"
        for f in ("origin", "to", "goods", "lift", "amount", "sent", "lanes", "due")
    },
    **{
        ("logistics.staffs", f): "what goes where by it is seen on the way"
        for f in ("first", "second", "third", "routing")
    },
    **{("logistics.refits", f): "a ship in port to reload does not fight (LG13)" for f in ("place", "goods", "turn")},
    ("logistics.crossings", "amount"): "nobody is told; that it is there is public (LG7)",
    **{
        (f"planning.{table}", field): "no world here bargains; tests/rules/test_planning.py holds it to the two"
        for table, fields in (("offers", "partner ask pay turn"), ("bargains", "partner ask pay fired"))
        for field in fields.split()
    },
    ("pacts", "sensing"): "P5 announces a change of it",
    ("pacts", "outage"): "the pulse is fought as at L0 (MD8)",
    ("missile_defense.flights", "launcher"): "none is in the air when a turn begins",
    ("missile_defense.flights", "origin"): "none is in the air when a turn begins",
    ("missile_defense.flights", "target"): "none is in the air when a turn begins",
    ("missile_defense.flights", "munition"): "none is in the air when a turn begins",
    ("missile_defense.flights", "flying"): "none is in the air when a turn begins",
    ("missile_defense.flights", "aim"): "none is in the air when a turn begins",
    **{
        ("missile_defense.warnings", f): "lapses when the raid has landed"
        for f in marks(PARTS["missile_defense.warnings"])
    },
    ("missile_defense.alerts", "turn"): "says whether a seat was asked this turn",
    ("intelligence.cyber", "left"): "an attack that can't be carried out leaves the network up (I7)",
}


def test_every_field_is_quiet_loud_or_open() -> None:
    quiet = {(q.table, f) for q in QUIET for f in q.fields}
    closed = {
        (name, field)
        for name, row in ROWS.items()
        for field, mark in marks(row).items()
        if field != "owner" and (mark != "public" or row.SEEN != "public")
    }
    assert closed <= quiet | LOUD.keys()
    assert not quiet & LOUD.keys()


def apart(state: State, seat: Seat, owners: tuple[Seat, ...], whose: str) -> bool:
    side = any(o and state.setting.board.same_side(seat, o) for o in owners)
    return seat not in owners and {"rival": not side, "ally": side, "other": True}[whose]


def with_change(state: State, seat: Seat, quiet: Quiet) -> State:
    table = {
        key: changed(row, quiet.change(row)) if apart(state, seat, row.owners, quiet.whose) else row
        for key, row in state.table(quiet.table).items()
    }
    if quiet.table in CORE_TABLES:
        core: dict[str, Any] = {quiet.table: table}
        return attrs.evolve(state, **core)
    return attrs.evolve(state, parts={**state.parts, quiet.table: table}) if table else state


def told_before(steps: tuple[Step, ...], seat: Seat, end: tuple[str, ...]) -> list[Any]:
    out: list[Any] = []
    for step in steps:
        if step.phase in end:
            break
        out += [told(e, seat, date(step.turn, step.pulse), step.phase) for e in step.events]
    return [what for what in out if what is not None]


@pytest.mark.parametrize("weather", ("calm", "storm"))
@pytest.mark.parametrize("quiet", QUIET, ids=lambda q: f"{q.whose}-{q.table}.{q.fields[0]}")
@examples(10)
@given(data=st.data())
def test_what_is_quiet_is_not_told(quiet: Quiet, weather: str, data: st.DataObject) -> None:
    world = data.draw(worlds(LEAN if quiet.lean else None, weather=weather))
    before = world.resolve().steps
    for seat in seats(world.state):
        other_state = with_change(world.state, seat, quiet)
        end = quiet.calm if weather == "calm" else quiet.storm
        after = world.resolve(other_state).steps
        assert not difference(told_before(before, seat, end), told_before(after, seat, end)), seat


@examples(20)
@given(worlds())
def test_a_rivals_intent_and_reasons_are_its_own(world: World) -> None:
    before = world.resolve()
    for seat in seats(world.state):
        plans = {
            s: p
            if s == seat
            else attrs.evolve(p, intent="Something else.", why=tuple((o.id, say("kernel.lapsed")) for o in p.orders))
            for s, p in world.plans.items()
        }
        after = world.resolve(plans=plans)
        assert not difference(told_before(before.steps, seat, END), told_before(after.steps, seat, END))
        assert not difference(view(before.state, seat), view(after.state, seat))
