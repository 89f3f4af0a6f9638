"""What a frame looks like on the map: its kind and its numbers as passing sights, for a time t from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from game.core.ids import PlaceId
from game.core.view import View
from game.core.words import Value
from game.report.film import Frame
from game.ui.paint.things import Effect, Position
from game.words import Token, marked, tokens

#: How long a frame stands at single speed, in ms: for its sight, and for each letter to be read.
SIGHT_MS: Mapping[str, int] = {
    "raid": 2600,
    "hit": 2000,
    "move": 1500,
    "contact": 1200,
    "network": 1600,
    "sea": 1500,
    "supply": 1300,
}
READ_MS, LEAST_MS = 34, 1500
#: Part of a frame's time in which its sights pass; the rest is for reading.
BUSY = 0.72


def length_ms(frame: Frame, letters: int) -> int:
    return max(LEAST_MS, SIGHT_MS.get(frame.kind, 0) + letters * READ_MS // 2, letters * READ_MS)


def position(view: View, place: PlaceId) -> Position:
    site = view.board.theatre.sites[place]
    return site.lon_e3 / 1000, site.lat_e3 / 1000


def affinity(view: View, place: PlaceId) -> str:
    """Whose sight it is, by the owner of the place that it comes from; a sea zone is nobody's."""
    owner = view.board.theatre.sites[place].owner
    return "f" if owner and view.board.same_side(view.seat or "JP", owner) else "h" if owner else "u"


def effects(frame: Frame, view: View, t: float) -> tuple[Effect, ...]:
    """The sights of a frame at `t`; none once it has only to be read."""
    if t >= BUSY or not frame.places:
        return ()
    make = KINDS.get(frame.kind)
    return tuple(make(frame, view, t / BUSY)) if make is not None else ()


def _count(values: Mapping[str, Value], *names: str) -> int:
    found = (values.get(name, 0) for name in names)
    return next((n for n in found if isinstance(n, int) and not isinstance(n, bool) and n > 0), 0)


def _raid(frame: Frame, view: View, t: float) -> Iterator[Effect]:
    """Missiles on their way; where they meet their defense, what is stopped and what is not."""
    values = frame.message.as_dict()
    n = _count(values, "missiles", "fired", "flying") or 1
    if frame.link is None:
        yield Effect("pulse", position(view, frame.places[0]), t, affinity="h")
        return
    start, end = position(view, frame.link[0]), position(view, frame.link[1])
    whose = affinity(view, frame.link[0])
    leakers, met = _count(values, "leakers"), "leakers" in values
    flight = 0.6 if met else 0.85
    yield Effect("raid", end, min(1.0, t / flight), start, min(n, 24), whose)
    if met and t > 0.45 and n > leakers:
        yield Effect("intercept", end, min(1.0, (t - 0.45) / 0.4), start, min(n - leakers, 12), "f")
    if leakers and t > 0.62:
        yield Effect("burst", end, (t - 0.62) / 0.38, start, min(leakers, 8), whose)


def _hit(frame: Frame, view: View, t: float) -> Iterator[Effect]:
    end = position(view, frame.link[1] if frame.link else frame.places[0])
    values = frame.message.as_dict()
    yield Effect("burst", end, t, n=max(1, _count(values, "leakers", "hits")))
    lost = _count(values, "n", "lost")
    if lost and t > 0.35:
        whose = "h" if frame.message.id in OTHERS_LOST else "f"
        yield Effect("loss", end, (t - 0.35) / 0.65, n=lost, affinity=whose, label=f"-{lost}")


#: Losses that we are told of because we brought them about.
OTHERS_LOST = frozenset({"patrols.we_sank", "patrols.we_hit"})


def _move(frame: Frame, view: View, t: float) -> Iterator[Effect]:
    if frame.link is None:
        yield Effect("pulse", position(view, frame.places[0]), t, affinity="f")
        return
    unit = next((p.id for p in tokens(marked(frame.message)) if isinstance(p, Token) and p.kind == "u"), "")
    row = view.counters.get(unit)
    symbol = view.board.formation(row).symbol if row is not None else ""
    start, end = position(view, frame.link[0]), position(view, frame.link[1])
    yield Effect("travel", end, t, start, 1, "f", symbol)


def _pulse(whose: str) -> Callable[[Frame, View, float], Iterator[Effect]]:
    def sight(frame: Frame, view: View, t: float) -> Iterator[Effect]:
        yield Effect("pulse", position(view, frame.link[1] if frame.link else frame.places[0]), t, affinity=whose)

    return sight


KINDS: Mapping[str, Callable[[Frame, View, float], Iterator[Effect]]] = {
    "raid": _raid,
    "hit": _hit,
    "move": _move,
    "contact": _pulse("h"),
    "network": _pulse("u"),
    "sea": _pulse("u"),
    "supply": _pulse("f"),
    "order": _pulse("f"),
    "politics": _pulse("f"),
}
