"""What may be ordered at sea, why not, and how orders become duties (S1, S4, S6 to S11, S13, S16)."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from game.core.events import Drop, Effect, Event, Make
from game.core.ids import PlaceId
from game.core.luck import Luck
from game.core.model import Counter, State
from game.core.orders import Book, Doubt, Order, Plan, Refusal, Template
from game.core.reach import away, grounded, radius
from game.core.sea import CONTROL, DUTIES, REPORTED, TRADE, Duty
from game.core.setting import Board, TurnKind
from game.core.supply import SHIPMENTS, condition
from game.core.view import View
from game.core.words import Value, say
from rules.patrols.tables import SUPERIOR, Guard, Hunt, Inspect, Mine, Patrol, Sweep

PREY = ("convoys", "forces", "hold")
HOW = ("press", "calm")
BLOCKADE_RUNG = 4
#: Missiles a pulse that a step of a rival's ships seen is taken for (D).
RIVAL_WEIGHT = 2
AT_SEA: tuple[type[Order], ...] = (Hunt, Guard, Mine, Sweep, Inspect)


def plays(kind: TurnKind) -> bool:
    return "patrols.assign" in kind.pulse and kind.pulses > 0


def zones_in_reach(view: View, id: str, wing: Counter) -> tuple[PlaceId, ...]:
    """S1: sea zones that a wing may search, nearest first; none from a closed runway (M6)."""
    theatre = view.board.theatre
    if grounded(view.board, view.places, wing):
        return ()
    return tuple(p for p in theatre.within(wing.at, radius(view.board, view.parts, id, wing)) if theatre.sites[p].sea)


def duties_of(board: Board, counter: Counter) -> tuple[str, ...]:
    """What a counter can guard: groups that hunt submarines escort, groups and boats bar, missile groups blockade."""
    formation = board.formation(counter)
    out = []
    if formation.domain == "ship" and formation.figure("asw"):
        out.append("escort")
    if formation.domain in ("ship", "submarine"):
        out.append("barrier")
    if formation.domain == "ship" and formation.figure("antiship"):
        out.append("blockade")
    return tuple(out)


def options(view: View) -> Iterator[Template]:
    if not plays(view.kind):
        return
    board = view.board
    for id, counter in view.mine.items():
        formation = board.formation(counter)
        if away(board, view.parts, id, counter):
            continue
        if formation.figure("sorties"):
            zones = zones_in_reach(view, id, counter)
            if zones:
                yield Template(Patrol, view.seat, id, (("zone", zones),))
            continue
        if formation.domain == "submarine" and formation.figure("attack"):
            yield Template(Hunt, view.seat, id, (("prey", PREY),))
        able = duties_of(board, counter)
        if able:
            yield Template(Guard, view.seat, id, (("duty", able),))
        if formation.figure("mines"):
            yield Template(Mine, view.seat, id, (("mines", tuple(range(formation.figure("mines"), 0, -1))),))
        if formation.figure("clear"):
            yield Template(Sweep, view.seat, id)
        if formation.figure("grey"):
            yield Template(Inspect, view.seat, id, (("how", HOW),))


def _refuse(rule: str, what: str, order: Order, **values: Value) -> Refusal:
    return Refusal(rule, say(f"patrols.{what}", **values), say(f"patrols.{what}.do", **values), order.id)


def fault(view: View, plan: Plan, order: Order) -> Refusal | None:
    if not plays(view.kind):
        return _refuse("S16", "no_pulse", order, kind=view.kind.name)
    counter = view.mine.get(order.subject)
    if counter is None:
        return _refuse("S16", "not_yours", order, unit=order.subject)
    if isinstance(order, Patrol) and grounded(view.board, view.places, counter):
        return _refuse("S1", "grounded", order, unit=order.subject, place=counter.at)
    for template in options_of(view, order.subject):
        if type(order) is template.order:
            if all(getattr(order, name) in domain for name, domain in template.domains):
                return _one_duty(plan, order)
            if isinstance(order, Patrol):
                return _refuse("S1", "too_far", order, unit=order.subject, place=order.zone)
            return _refuse("S16", "no_choice", order, unit=order.subject)
    return _refuse("S16", "not_able", order, unit=order.subject, verb=order.VERB)


def options_of(view: View, id: str) -> Iterator[Template]:
    """The templates of one counter."""
    yield from options(attrs.evolve(view, mine={id: view.mine[id]}))


def rung(view: View, order: Order) -> int:
    """A blockade is rung 4 (game.md §3); other guards need none, nor boats that hold, nor coast guards that calm."""
    if (isinstance(order, Hunt) and order.prey == "hold") or (isinstance(order, Inspect) and order.how == "calm"):
        return 0
    return BLOCKADE_RUNG if isinstance(order, Guard) and order.duty == "blockade" else order.RUNG


def _one_duty(plan: Plan, order: Order) -> Refusal | None:
    others = (o for o in plan.orders if o.subject == order.subject and o.id != order.id)
    clash = next((o for o in others if type(o) in AT_SEA), None)
    if clash is not None and type(order) in AT_SEA:
        return _refuse("S16", "one_duty", order, unit=order.subject, verb=clash.VERB)
    return None


def doubt(view: View, plan: Plan) -> Iterator[Doubt]:
    """S16: duties that nothing comes of."""
    board = view.board
    to = {o.subject: getattr(o, "to", "") for o in plan.orders if o.VERB == "deploy"}
    trade = [row for row in view.part(TRADE).values() if board.same_side(view.seat, row.owner)]
    shipped = any(row.lift == "sea" for row in view.part(SHIPMENTS).values())
    for order in plan.orders:
        counter = view.mine.get(order.subject)
        if counter is None:
            continue
        at = to.get(order.subject, counter.at)
        if type(order) in AT_SEA and at in board.theatre.sites and not board.theatre.sites[at].sea:
            yield Doubt("S16", say("patrols.in_port", unit=order.subject, place=at), order.id)
        elif isinstance(order, Guard) and order.duty == "escort" and not shipped:
            if not any(at in row.zones for row in trade):
                yield Doubt("S7", say("patrols.nobody_sails", unit=order.subject, place=at), order.id)
        elif isinstance(order, Guard) and order.duty == "barrier" and not board.theatre.sites[at].choke_km:
            yield Doubt("S4", say("patrols.no_strait", unit=order.subject, place=at), order.id)
        elif isinstance(order, Patrol) and not condition(board, counter).attack:
            yield Doubt("S1", say("patrols.no_supply", unit=order.subject), order.id)
        elif order.VERB == "deploy" and _opens(view, order.subject, at):
            yield Doubt("S14", say("patrols.opens", unit=order.subject, place=counter.at), order.id)
        elif isinstance(order, Sweep) and at not in view.part(REPORTED):
            yield Doubt("S11", say("patrols.no_mines", unit=order.subject, place=at), order.id)


def _opens(view: View, id: str, to: PlaceId) -> bool:
    """Whether a group that goes leaves a zone that its side holds to rivals seen there, or to nobody."""
    board, here = view.board, view.mine[id].at
    row = view.part(CONTROL).get(here)
    if row is None or to == here or row.side != board.coalition.get(view.seat, "") or not row.side:
        return False
    side = (c for k, c in view.counters.items() if k != id and c.at == here and board.same_side(view.seat, c.owner))
    left = sum(c.steps * max(1, board.figure(c, "antiship")) for c in side if board.formation(c).domain == "ship")
    rivals = (c for c in view.contacts.values() if c.at == here and c.what == "ship")
    theirs = sum(max(1, c.steps) * RIVAL_WEIGHT for c in rivals if board.hostile(view.seat, c.nation))
    return left * 100 < SUPERIOR * max(1, theirs)


def duty(order: Order) -> Duty:
    """What an order has its counter do."""
    if isinstance(order, Patrol):
        return Duty(order.seat, "patrol", order.zone)
    if isinstance(order, Hunt):
        return Duty(order.seat, "hold" if order.prey == "hold" else "hunt", "", int(order.prey == "forces"))
    if isinstance(order, Guard):
        return Duty(order.seat, order.duty)
    if isinstance(order, Mine):
        return Duty(order.seat, "mine", "", order.mines)
    return Duty(order.seat, order.how if isinstance(order, Inspect) else "sweep")


def assign(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """Orders become duties; of two for one counter the first one counts. Duties whose counter is gone, and patrols
    out of reach, end."""
    taken: set[str] = set()
    kinds: tuple[type[Order], ...] = (Patrol, *AT_SEA)
    for kind in kinds:
        for order in book.of(kind):
            counter = before.counters.get(order.subject)
            if counter is None or counter.owner != order.seat or order.subject in taken:
                text = say("patrols.gone", unit=order.subject)
                yield Event("S16", order.seat, order.id, text, all_to=(order.seat,), order=order.id)
                continue
            taken.add(order.subject)
            given = duty(order)
            text = say("patrols.on_duty", unit=order.subject, duty=given.what, place=given.zone or counter.at)
            effects: tuple[Effect, ...] = (Make(DUTIES, order.subject, given),)
            if given.what == "hold":
                effects = (Drop(DUTIES, order.subject),) if order.subject in before.table(DUTIES) else ()
            yield Event("S16", order.seat, order.id, text, (), (), effects, (order.seat,), order=order.id)
    for id, row in before.table(DUTIES).items():
        if id not in taken and not _keeps(before, id, row):
            yield ended(id, row)


def _keeps(before: State, id: str, row: Duty) -> bool:
    """Whether a counter can still do what it was ordered to in an earlier turn."""
    counter, board = before.counters.get(id), before.setting.board
    if counter is None or grounded(board, before.places, counter):
        return False
    return not row.zone or board.theatre.km(counter.at, row.zone) <= radius(board, before.parts, id, counter)


def ended(id: str, row: Duty) -> Event:
    text = say("patrols.done", unit=id, duty=row.what)
    return Event("S16", row.owner, f"{id}.done", text, effects=(Drop(DUTIES, id),), all_to=(row.owner,))
