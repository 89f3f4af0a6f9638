"""Munitions from national stock: batteries where they stand, others in port for a turn (LG12, LG13)."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.events import Add, Drop, Effect, Event, Input
from game.core.ids import CounterId, PlaceId, Seat
from game.core.luck import Luck
from game.core.model import Counter, State
from game.core.orders import Book
from game.core.reach import CLOSED
from game.core.setting import Board
from game.core.share import share, share_ranked
from game.core.supply import ANTISHIP, REFITS, Refit, refitting
from game.core.words import say
from rules.logistics.scene import Scene, of_state, staff
from rules.logistics.tables import RELOAD_PORTS, SHARED, Reload

#: Salvoes of anti-ship missiles that a step carries where its figure does not say (as a game opens, D).
ANTISHIP_LOAD = 2
#: Domains that a closed port keeps from loading.
AFLOAT = ("ship", "submarine")


def magazine(board: Board, counter: Counter) -> dict[str, tuple[str, int]]:
    """What a counter's launchers hold when full: munition -> (field of the counter, number)."""
    form = board.formation(counter)
    out: dict[str, tuple[str, int]] = {}
    rounds = counter.steps * (form.figure("magazine") or (form.figure("exo_rounds") if form.system else 0))
    if form.system and rounds:
        out[form.system] = ("rounds", rounds)
    store = form.figure("inventory") or form.figure("slbm")
    if store:
        missiles = store * counter.steps // form.steps
    elif form.domain in ("ship", "missile", "battery"):
        missiles = counter.steps * form.figure("antiship") * form.figure("antiship_load", ANTISHIP_LOAD)
    else:
        missiles = 0
    if missiles:
        out[form.missile or ANTISHIP] = ("missiles", missiles)
    return out


def room(board: Board, counter: Counter) -> dict[str, tuple[str, int]]:
    """What it could still take: munition -> (field, number); unknown counts take nothing."""
    out = {}
    for goods, (field, full) in magazine(board, counter).items():
        held = getattr(counter, field)
        if 0 <= held < full:
            out[goods] = (field, full - held)
    return out


def pool(scene: Scene, seat: Seat, goods: str, place: PlaceId = "") -> dict[str, int]:
    """Stocks that a nation may draw a munition from, the place's own first, then its others, then partners' at G2."""
    rows = []
    for key, stock in scene.stocks.items():
        if stock.commodity != goods or stock.amount <= 0:
            continue
        own = stock.owner == seat
        if own or (scene.level(seat, stock.owner) >= SHARED and scene.board.same_side(seat, stock.owner)):
            rows.append((not own, stock.place != place, key, stock.amount))
    return {key: n for _, _, key, n in sorted(rows)}


def draw(stocks: dict[str, int], amount: int) -> dict[str, int]:
    """Take `amount` from stocks in their order; takes it out of `stocks`, too."""
    out = {}
    for key, n in stocks.items():
        part = min(n, amount)
        if part:
            out[key] = part
            stocks[key] -= part
            amount -= part
    return out


def ports(scene: Scene, counter: Counter) -> frozenset[PlaceId]:
    """LG13: where a counter may reload: places of its own nation, or of an ally's at G2, and no closed port."""
    board = scene.board
    form = board.formation(counter)
    listed = board.tables.get("forces", {}).get("reload_at", {}).get(counter.formation)
    named = tuple(board.design("logistics", "reload_ports", RELOAD_PORTS))
    if listed:
        at = set(listed)
    elif form.domain == "ship" and any(p in named for p in _homes(scene, counter.owner)):
        at = set(named)
    else:
        at = {form.base}
    homes = _homes(scene, counter.owner)
    shut = form.domain in AFLOAT
    return frozenset(p for p in at if p in homes and not (shut and scene.places[p].port >= CLOSED))


def _homes(scene: Scene, seat: Seat) -> frozenset[PlaceId]:
    owners = {seat, *(s for s in scene.nations if scene.level(seat, s) >= SHARED and scene.board.same_side(seat, s))}
    return frozenset(p for p, row in scene.places.items() if row.owner in owners)


def may_reload(scene: Scene, id: CounterId) -> tuple[str, ...]:
    """Munitions that a counter may take aboard where it lies now; batteries need no order."""
    counter = scene.counters[id]
    wanted = room(scene.board, counter)
    if not wanted or scene.board.formation(counter).domain == "battery" or counter.at not in ports(scene, counter):
        return ()
    return tuple(goods for goods in wanted if pool(scene, counter.owner, goods, counter.at))


# The phase ------------------------------------------------------------------------------------------------------


def reload(before: State, book: Book, luck: Luck) -> Iterator[Event]:
    scene = of_state(before, book)
    stocks = {key: row.amount for key, row in before.stocks.items()}
    for id, refit in refitting(before.parts).items():
        yield _refitted(scene, book, id, refit, stocks)
    for seat in before.nations:
        yield from _batteries(scene, seat, stocks)


def _take(scene: Scene, seat: Seat, goods: str, place: PlaceId, n: int, stocks: dict[str, int]) -> list[Effect]:
    """Effects of drawing up to `n` of a munition; `stocks` keeps what is left."""
    open_ = {key: stocks[key] for key in pool(scene, seat, goods, place)}
    effects: list[Effect] = []
    for key, part in draw(open_, n).items():
        stocks[key] -= part
        effects.append(Add("stocks", key, "amount", -part))
    return effects


def _refitted(scene: Scene, book: Book, id: CounterId, refit: Refit, stocks: dict[str, int]) -> Event:
    """LG13: who has lain in port from first to last has its launchers filled as far as the stock goes."""
    counter = scene.counters.get(id)
    order = next((o.id for o in book.of(Reload) if o.subject == id and o.seat == refit.owner), "")
    effects: list[Effect] = [Drop(REFITS, id)]
    n = 0
    if counter is not None and counter.at == refit.place and counter.at in ports(scene, counter):
        field, want = room(scene.board, counter).get(refit.goods, ("", 0))
        taken = _take(scene, counter.owner, refit.goods, counter.at, want, stocks)
        n = -sum(fx.n for fx in taken if isinstance(fx, Add))
        effects += taken
        if n:
            effects.append(Add("counters", id, field, n))
    text = say("logistics.reloaded" if n else "logistics.not_reloaded", unit=id, n=n, goods=refit.goods)
    inputs = (Input("loaded", n, refit.goods),)
    return Event("LG13", refit.owner, id, text, inputs, effects=tuple(effects), all_to=(refit.owner,), order=order)


def _batteries(scene: Scene, seat: Seat, stocks: dict[str, int]) -> Iterator[Event]:
    """LG12: batteries draw interceptors from the nation's stock, by its priorities, then in proportion."""
    row = staff(scene, seat)
    order = {p: n for n, p in enumerate((row.first, row.second, row.third), 1) if p}
    wanted: dict[str, dict[CounterId, int]] = {}
    for id, counter in scene.counters.items():
        if counter.owner == seat and scene.board.formation(counter).domain == "battery":
            for goods, (_, n) in room(scene.board, counter).items():
                wanted.setdefault(goods, {})[id] = n
    for goods, claims in wanted.items():
        have = sum(stocks[key] for key in pool(scene, seat, goods))
        if not have:
            continue
        rank = {id: order.get(scene.counters[id].at, 4) for id in claims}
        given = {id: n for id, n in share_ranked(have, claims, rank).items() if n}
        effects = _take(scene, seat, goods, "", sum(given.values()), stocks)
        for id, n in given.items():
            field, _ = room(scene.board, scene.counters[id])[goods]
            effects.append(Add("counters", id, field, n))
        left = have - sum(given.values())
        text = say("logistics.batteries", n=sum(given.values()), goods=goods, left=left)
        inputs = tuple(Input("drawn", n, id) for id, n in given.items())
        yield Event("LG12", seat, f"{seat}.{goods}", text, inputs, effects=tuple(effects), all_to=(seat,))


__all__ = ["magazine", "may_reload", "pool", "ports", "reload", "room", "share"]
