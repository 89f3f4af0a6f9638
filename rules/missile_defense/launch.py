"""Raids: what may be fired at what, the launch, and what each seat's screen holds of it (MD1 to MD3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from game.core.events import Add, Effect, Event, Input, Make, Roll
from game.core.ids import PlaceId, Seat
from game.core.kept import kept
from game.core.luck import Luck
from game.core.model import UNKNOWN, Contact, Counter, Place, State
from game.core.odds import binomial
from game.core.orders import Book, Plan, Refusal, Template
from game.core.reach import raided, sees
from game.core.sensing import PASSING, launch_sensor, level_between
from game.core.setting import Board, Munition
from game.core.share import share
from game.core.supply import condition, refitting
from game.core.view import View
from game.core.words import say
from rules.missile_defense.tables import AIMS, CLASSES, FLIGHTS, WARNINGS, Cue, Flight, Raid, Salvo

#: Volleys are ordered in fours (D): fine enough to choose, few enough to read.
VOLLEY = 4


def refuse(rule: str, what: str, order: str, **values: int | str) -> Refusal:
    return Refusal(rule, say(f"missile_defense.{what}", **values), say(f"missile_defense.{what}.do", **values), order)


def munition_of(board: Board, counter: Counter) -> Munition | None:
    return board.munitions.get(board.formation(counter).missile)


def most_missiles(board: Board, counter: Counter) -> int:
    """The most that a launcher can fire in a pulse: its salvo by the steps it has left, what it holds, and its
    supply (LG10)."""
    formation = board.formation(counter)
    salvo = formation.figure("salvo") * counter.steps // formation.steps
    return min(counter.missiles, salvo * condition(board, counter).attack // 100)


def counts_to(most: int) -> tuple[int, ...]:
    """The numbers of missiles one may order, most first."""
    return tuple(sorted({most, *range(VOLLEY, most + 1, VOLLEY)}, reverse=True)) if most > 0 else ()


def in_reach(board: Board, munition: Munition, at: PlaceId, target: PlaceId) -> bool:
    return munition.figure("range_min") <= board.theatre.km(at, target) <= munition.figure("range")


def targets(view: View, counter: Counter) -> tuple[PlaceId, ...]:
    """Rivals' places on land within reach of a launcher where it stands, nearest first."""
    munition = munition_of(view.board, counter)
    if munition is None or munition.shares.get("ASBM"):
        return ()  # anti-ship ballistic missiles are for ships (MD13)
    allowed = open_targets(view.places, view.board, view.seat)
    return _reached(view.board, munition.id, counter.at, allowed)


@lru_cache(maxsize=1024)
def _reached(board: Board, munition: str, at: PlaceId, allowed: frozenset[PlaceId]) -> tuple[PlaceId, ...]:
    missile = board.munitions[munition]
    near = board.theatre.within(at, missile.figure("range"))
    return tuple([p for p in near if p in allowed and in_reach(board, missile, at, p)])


@kept(64)
def open_targets(places: dict[PlaceId, Place], board: Board, seat: Seat) -> frozenset[PlaceId]:
    """Rivals' places on land; where the scenario lists `missile_defense.targets`, those of them."""
    rivals = (p for p, row in places.items() if board.hostile(seat, row.owner))
    return raided(board).intersection(rivals)


def target_open(view: View, place: PlaceId) -> bool:
    return place in open_targets(view.places, view.board, view.seat)


def pulses_left(view: View) -> tuple[int, ...]:
    return tuple(range(max(1, view.pulse), view.kind.pulses + 1))


def raid_templates(view: View) -> Iterator[Template]:
    pulses = pulses_left(view)
    for id, counter in view.mine.items():
        armed = pulses and munition_of(view.board, counter) is not None
        counts = counts_to(most_missiles(view.board, counter)) if armed else ()
        places = targets(view, counter) if counts else ()
        if places:
            domains = (("target", places), ("missiles", counts), ("aim", tuple(AIMS)), ("pulse", pulses))
            yield Template(Raid, view.seat, id, domains)


def raid_fault(view: View, plan: Plan, order: Raid) -> Refusal | None:
    counter = view.mine.get(order.subject)
    munition = munition_of(view.board, counter) if counter else None
    if counter is None or munition is None or munition.shares.get("ASBM"):
        return refuse("MD1", "no_launcher", order.id, unit=order.subject)
    if order.pulse not in pulses_left(view):
        return refuse("MD1", "no_pulse", order.id, pulse=order.pulse, pulses=view.kind.pulses)
    most = most_missiles(view.board, counter)
    if order.missiles not in counts_to(most):
        return refuse("MD1", "too_many", order.id, unit=order.subject, missiles=order.missiles, most=most)
    if order.target not in view.places or not target_open(view, order.target):
        return refuse("MD1", "no_target", order.id, place=order.target)
    if not in_reach(view.board, munition, counter.at, order.target):
        km = view.board.theatre.km(counter.at, order.target)
        low, high = munition.figure("range_min"), munition.figure("range")
        return refuse("MD1", "out_of_range", order.id, place=order.target, km=km, low=low, high=high)
    if order.aim not in AIMS:
        return refuse("MD1", "no_aim", order.id, aim=order.aim)
    if flown(view, plan, order):
        return refuse("MD15", "one_flight", order.id, unit=order.subject, pulse=order.pulse)
    return None


def flown(view: View, plan: Plan, order: Raid | Salvo) -> bool:
    """Whether a wing's order has it fly twice in a pulse, at a place and at ships (MD15)."""
    wing = view.mine.get(order.subject)
    if wing is None or view.board.formation(wing).domain != "air":
        return False
    others = (o for o in plan.orders if o.subject == order.subject and o.id != order.id)
    return any(isinstance(o, (Raid, Salvo)) and o.pulse == order.pulse for o in others)


def rung_of_target(view: View, target: PlaceId) -> int:
    """Rungs by target (game.md §3): 7 a city or mainland China, 6 a base of Japan, Korea or the US, else 5."""
    site = view.board.theatre.sites.get(target)
    owner = view.places[target].owner if target in view.places else ""
    if site is not None and (site.kind == "city" or owner == "CN"):
        return 7
    return 6 if owner in ("JP", "KR", "US") else 5


def by_class(board: Board, munition: str, flying: int) -> tuple[int, ...]:
    """How many of `flying` missiles are of each class, in the order of CLASSES."""
    split = share(flying, _weights(board, munition, flying))
    return tuple(split.get(c, 0) for c in CLASSES)


def _weights(board: Board, munition: str, flying: int) -> dict[str, int]:
    # Claims of at least `flying` each make `share` split all of them in proportion.
    return {c: ppm * max(1, flying) for c, ppm in board.munitions[munition].shares.items()}


def launch(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    """MD1 to MD3 for every raid of this pulse."""
    for order in book.of(Raid):
        launcher = before.counters.get(order.subject)
        if order.pulse == before.pulse and launcher is not None:
            yield from _launch(before, order, launcher, luck)


def _launch(before: State, order: Raid, launcher: Counter, luck: Luck) -> Iterator[Event]:
    board = before.setting.board
    munition = munition_of(board, launcher)
    fired = 0 if order.subject in refitting(before.parts) else min(order.missiles, most_missiles(board, launcher))
    if munition is None or not fired or not in_reach(board, munition, launcher.at, order.target):
        text = say("missile_defense.not_fired", unit=order.subject, place=order.target)
        yield Event("MD1", order.seat, order.subject, text, all_to=(order.seat,), order=order.id)
        return
    reliability = munition.figure("reliability", 1_000_000)
    odds = binomial(fired, reliability, "low")
    draw = luck.draw("MD1", order.subject)
    place = odds.index(draw)
    flying = odds.outcomes[place]
    roll = Roll(f"MD1|{order.subject}", draw, f"{flying}/{fired}", odds.chance(place), odds.chance_up_to(place))
    key = f"{order.subject}>{order.target}"
    name = raid_name(luck, key, order.target)
    flight = Flight(order.seat, order.subject, launcher.at, order.target, munition.id, flying, order.aim)
    effects: list[Effect] = [
        Add("counters", order.subject, "missiles", -fired),
        *tally(before, f"{order.seat}.fired.{munition.id}", order.seat, fired),
        *tally(before, f"{order.seat}.aimed.{order.target}", order.seat, fired),
    ]
    if flying:
        effects.append(Make(FLIGHTS, key, flight))
    yield Event(
        "MD1",
        order.seat,
        order.subject,
        say("missile_defense.launched", unit=order.subject, place=order.target, fired=fired, flying=flying),
        (
            Input("missiles", fired, order.subject),
            Input("reliability", reliability, f"{munition.id}.reliability"),
            Input("aim", order.aim, order.id),
            Input("raid", name, order.id),
        ),
        (roll,),
        tuple(effects),
        all_to=(order.seat,),
        order=order.id,
    )
    if flying:
        yield from _warn(before, key, flight, luck)


def raid_name(luck: Luck, key: str, target: PlaceId) -> str:
    """What a raid is called at the table, "JIWA.K3F9QX": its key would tell the defenders whose launcher it was."""
    return f"{target}.{_label(luck, key)}"


def _label(luck: Luck, key: str) -> str:
    return luck.label("raid", key, str(luck.turn), str(luck.pulse))


def tally(before: State, key: str, owner: Seat, n: int) -> tuple[Effect, ...]:
    """Effects that raise a running count, made where it is new. Facts for objectives, never read by a rule."""
    from game.core.model import Tally

    if not n:
        return ()
    if key in before.tallies:
        return (Add("tallies", key, "n", n),)
    return (Make("tallies", key, Tally(owner, 0)), Add("tallies", key, "n", n))


def _radar_damage(places: dict[PlaceId, Place]) -> dict[PlaceId, int]:
    return {p: row.radar for p, row in places.items() if row.radar > 0}


def watchers(state: State, seats: Iterable[Seat], at: PlaceId) -> dict[Seat, str]:
    """The own sensor of each seat that sees a launch at `at`, "" for none."""
    down = _radar_damage(state.places)
    board = state.setting.board
    ranges, places, parts = board.having("launch_range"), state.places, state.parts
    able = [(k, c) for k, c in state.counters.items() if c.formation in ranges and sees(board, places, parts, k, c)]
    return {s: launch_sensor(board, able, down, s, at) for s in seats}


def cue_for(state: State, seat: Seat, sensors: dict[Seat, str], key: str, flight: Flight) -> Cue | None:
    """What `seat` holds of a raid in flight: by its own sensor, else the best that an ally passes in time."""
    if sensors.get(seat):
        return _cue(seat, key, flight, 3, seat, "own")
    board = state.setting.board
    best: tuple[int, Seat, str] | None = None
    for ally in sorted(sensors):
        if ally != seat and sensors[ally] and board.same_side(seat, ally):
            passing = PASSING[level_between(state.pacts, seat, ally)]
            # By telephone or through the hub the tracks come too late; that something was launched does not.
            quality = passing.quality if passing.delay == "pulse" else min(1, passing.quality)
            if quality and (best is None or quality > best[0]):
                best = (quality, ally, passing.route)
    return _cue(seat, key, flight, best[0], best[1], best[2]) if best else None


def _cue(seat: Seat, key: str, flight: Flight, quality: int, source: Seat, route: str) -> Cue:
    if quality == 1:
        return Cue(seat, key, flight.origin, "", UNKNOWN, "", 1, source, route)
    return Cue(seat, key, flight.origin, flight.target, flight.flying, flight.munition, quality, source, route)


def _warn(before: State, key: str, flight: Flight, luck: Luck) -> Iterator[Event]:
    """MD2 and MD3: the warning that each defending seat gets, and the contact that the launch gave away."""
    board = before.setting.board
    owner = before.places[flight.target].owner
    seats = [s for s in sorted(before.nations) if board.same_side(s, owner)]
    sources = [s for s in sorted(board.coalition) if board.same_side(s, owner)]
    sensors = watchers(before, sources, flight.origin)
    for seat in seats:
        cue = cue_for(before, seat, sensors, key, flight)
        if cue is None:
            continue
        contact_key = f"{seat}.{luck.label('contact', seat, flight.launcher)}"
        # Named by the label alone: at quality 1 not even the target is known.
        name = f"{seat}.{_label(luck, key)}"
        effects: list[Effect] = [Make(WARNINGS, name, cue)]
        old = before.contacts.get(contact_key)
        if old is None or (old.hour, old.quality) <= (before.hour, min(2, cue.quality)):
            effects.append(Make("contacts", contact_key, _contact(before, seat, flight, cue)))
        inputs = [
            Input("sensor", sensors[cue.source], "own" if cue.source == seat else cue.route),
            Input("source", cue.source, cue.route),
            Input("quality", cue.quality, "facts C1.7"),
        ]
        text = say(
            f"missile_defense.warning{cue.quality}",
            origin=flight.origin,
            place=cue.target,
            missiles=cue.missiles,
            source=cue.source,
            route=cue.route,
        )
        yield Event("MD2", seat, name, text, tuple(inputs), effects=tuple(effects), all_to=(seat,))


def _contact(before: State, seat: Seat, flight: Flight, cue: Cue) -> Contact:
    return Contact(
        seat,
        flight.launcher,
        flight.owner,
        "missile" if cue.quality > 1 else "",
        flight.origin,
        UNKNOWN,
        min(2, cue.quality),
        before.hour,
        before.turn,
        before.pulse,
        cue.source,
        cue.route,
    )
