"""Advice on supply, and what a staff would propose (LG15)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.aims import change, stored, weight
from game.core.ids import CounterId, Seat
from game.core.orders import Doubt, Plan
from game.core.rulebook import Proposal, Temper
from game.core.setting import Formation
from game.core.supply import SHORT_UNDER, carried, daily_use, days, load, surges
from game.core.view import View
from game.core.words import say
from rules.logistics.estimate import Estimate, estimate, foreseen
from rules.logistics.forecast import in_want, unsupplied
from rules.logistics.forms import debtors
from rules.logistics.net import landing
from rules.logistics.reload import may_reload, pool, room
from rules.logistics.repair import KINDS, damaged, may_repair, stores
from rules.logistics.routes import hazards
from rules.logistics.scene import Scene, lift, loan_points, of_view, runs, staff, supplies, territory
from rules.logistics.tables import REPAIR_POINTS, Allot, Loan, Reload, Repair, Supply, Tempo

#: Below this temper a staff routes its convoys around what it fears (D).
BOLD = 60
#: Capital that a leader must have before a loan is worth a point of it (D).
SPARE = 3
#: Rounds that stop a missile, at the levels of a war's first weeks (D; facts C1.7).
ROUNDS = 3
#: Thousandths of a point of its own aims that a staff spends on a loan, for each of its patience (D).
THANKS = 25


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    found = estimate(view, plan)
    if found is None:
        return
    wanted = {place for (seat, place), n in found.flow.wanted.items() if seat == view.seat and n}
    for order in plan.orders:
        if isinstance(order, Allot):
            used = found.flow.loads.get(f"{order.by}lift:{order.seat}:{order.subject}", 0)
            if not used:
                yield Doubt("LG15", say("logistics.unused_lift", place=order.subject, by=order.by), order.id)
        elif isinstance(order, Supply):
            idle = [p for p in (order.first, order.second, order.third) if p and p not in wanted]
            if idle:
                yield Doubt("LG15", say("logistics.wants_nothing", place=idle[0]), order.id)
        elif isinstance(order, Tempo):
            row = found.issued.get(order.subject)
            if order.pace == "surge" and row is not None and row.days < SHORT_UNDER:
                yield Doubt("LG15", say("logistics.surge_short", unit=order.subject), order.id)
            if order.pace == "idle":
                yield from _idle(view, plan, order)


def _idle(view: View, plan: Plan, order: Tempo) -> Iterator[Doubt]:
    """LG11: what rests, and is counted on."""
    others = (o for o in plan.orders if o.subject == order.subject and not isinstance(o, Tempo | Reload))
    counter = view.mine.get(order.subject)
    if any(others):
        yield Doubt("LG15", say("logistics.idle_busy", unit=order.subject), order.id)
    elif counter is not None and counter.rounds > 0:
        yield Doubt("LG15", say("logistics.idle_guard", unit=order.subject), order.id)


def propose(view: View, temper: Temper) -> Iterator[Proposal]:
    """Priorities to whoever will be short, lift where it binds, tempo by what is left, reloads, repairs, loans."""
    if runs(view.kind, "route"):
        found = foreseen(view, ())
        yield from _priorities(view, found, temper)
        yield from _lifts(view, found)
        yield from _tempos(view, found, temper)
        yield from _loans(view, found, temper)
        if runs(view.kind, "reload"):
            yield from _reloads(view, found.scene, temper)
    if runs(view.kind, "repair"):
        yield from _repairs(view)


def _priorities(view: View, found: Estimate, temper: Temper) -> Iterator[Proposal]:
    short = in_want(view, found)[:3]
    now = staff(found.scene, view.seat)
    fears = bool(hazards(found.scene, view.seat)) and temper.risk < BOLD
    routing = "careful" if fears else "short"
    if not short or (short[0], routing) == (now.first, now.routing):
        return
    first, second, third = (*short, "", "")[:3]
    why = say("logistics.why_supply", place=first, days=_days(found, first))
    yield Proposal(Supply(view.seat, view.seat, first, second, third, routing), 30, why, "supply")


def _days(found: Estimate, place: str) -> str:
    worst = min(r.days for r in found.issued.values() if r.need.place == place)
    return f"{worst // 100}.{worst % 100 // 10}"


def _lifts(view: View, found: Estimate) -> Iterator[Proposal]:
    """Half of a lift that binds for the worst-off destination that it serves."""
    binding = {c.kind for c in found.cuts(view.seat)} & {"sea", "air"}
    for by in sorted(binding):
        if not lift(found.scene, view.seat, by):
            continue
        for place in in_want(view, found):
            if landing(found.scene, place, by) > 0:
                why = say("logistics.why_lift", place=place, by=by)
                yield Proposal(Allot(view.seat, place, by, 50), 30, why, f"lift.{by}")
                break


def _tempos(view: View, found: Estimate, temper: Temper) -> Iterator[Proposal]:
    """One change a turn: who is short and gets nothing rests, but no battery; who is well supplied again does not;
    bold wings that fly missions surge while they are full."""
    board = view.board
    for id in unsupplied(view):
        row = found.issued.get(id)
        guards = board.formation(view.mine[id]).domain == "battery"
        if row is not None and row.days < SHORT_UNDER and view.mine[id].tempo >= 100 and not guards:
            why = say("logistics.why_idle", unit=id)
            yield Proposal(Tempo(view.seat, id, "idle"), 12, why, "tempo.idle")
            break
    for id, counter in view.mine.items():
        full, left = load(board, counter), days(board, counter)
        if counter.tempo != 100 and (counter.tempo < 100) == (left >= 500):
            yield Proposal(Tempo(view.seat, id, "normal"), 10, say("logistics.why_normal", unit=id), "tempo.normal")
            break
        flies = surges(board, counter) and board.figure(counter, "sorties") > 0
        bold = temper.aggression >= 60 and counter.tempo == 100 and flies
        if bold and full and counter.supply >= full and _plenty(found, view.seat):
            yield Proposal(Tempo(view.seat, id, "surge"), 5, say("logistics.why_surge", unit=id), "tempo.surge")
            break


def _plenty(found: Estimate, seat: str) -> bool:
    """Whether a nation's stocks hold twice what its counters want."""
    want = sum(n for (s, _), n in found.flow.wanted.items() if s == seat)
    return sum(supplies(found.scene)[seat].values()) >= 2 * want


def _loans(view: View, found: Estimate, temper: Temper) -> Iterator[Proposal]:
    """A loan to the partner under test that lacks something, without an agreement yet, where capital is left and the
    stocks hold: the patient pay more of their own aims for it. What comes of it when the partner lacks nothing is
    nothing: no capital is spent."""
    for other in debtors(found.scene, view.seat):
        pact = view.pact(other)
        front = pact is not None and pact.front
        lines = (line for line in view.lines if line.measure == "capital" and view.seat in line.subjects)
        dear = -sum(change(line, view.own.capital, -1) for line in lines) > THANKS * temper.patience
        spare = view.own.capital >= SPARE and _plenty(found, view.seat)
        short = next(iter(long_out(view, other)), "") if front and spare and not dear else ""
        if short:
            why = say("logistics.why_loan", seat=other, unit=short, points=loan_points(view.board))
            yield Proposal(Loan(view.seat, other, loan_points(view.board)), 27, why, "loan")


def long_out(view: View, other: Seat) -> Iterator[CounterId]:
    """Ships of an ally that stand at sea and will have less than three days before this turn ends, if nobody has
    brought them anything since the game opened: what anybody can tell who knows what such ships carry."""
    board, sites, full = view.board, view.board.theatre.sites, carried(view.board)
    gone = view.hour + view.kind.hours + 24 * SHORT_UNDER // 100
    for id, counter in view.counters.items():
        at_sea = counter.owner == other and sites[counter.at].sea
        if at_sea and daily_use(board, counter) and 24 * full[counter.formation] < gone:
            yield id


def _reloads(view: View, scene: Scene, temper: Temper) -> Iterator[Proposal]:
    """A ship with a third of its launchers empty, where it may reload and there is stock. The patient leave in store
    what counts for more there than what it would stop."""
    for id, counter in view.mine.items():
        for goods in may_reload(scene, id):
            formation = view.board.formation(counter)
            if goods == formation.system and temper.patience >= 50 and keeps(view, formation):
                continue
            field, n = room(view.board, counter)[goods]
            if 2 * n >= getattr(counter, field) and sum(pool(scene, view.seat, goods).values()) * 2 >= n:
                why = say("logistics.why_reload", unit=id, n=n, goods=goods)
                yield Proposal(Reload(view.seat, id, goods), 34, why, f"reload.{id}")


def keeps(view: View, formation: Formation) -> bool:
    """Whether one's own lines count a round that is left for more than what it would stop, a missile in ROUNDS."""
    leaker = max((-weight(view.lines, "leaked", p) for line in view.lines for p in line.subjects), default=0)
    return stored(view, "rounds", formation, ROUNDS) > leaker


def _repairs(view: View) -> Iterator[Proposal]:
    """Engineers to the worst-hit runway or port whose loss costs most."""
    scene = of_view(view, ())
    if sum(stores(scene, view.seat).values()) < 2 * REPAIR_POINTS:
        return
    sites, best = view.board.theatre.sites, []
    for place in territory(view.places, view.board, view.seat):
        for what in damaged(scene, place) if may_repair(scene, view.seat, place) else ():
            row = getattr(view.places[place], what)
            worth = {"runway": sites[place].air, "port": sites[place].port, "radar": 4}[what]
            if row > 1:
                best.append((row * worth, place, what))
    for n, place, what in sorted(best, key=lambda b: (-b[0], b[1], KINDS.index(b[2])))[:2]:
        why = say("logistics.why_repair", place=place, what=what)
        yield Proposal(Repair(view.seat, place, what), 20 + min(25, n), why, f"repair.{place}")
