"""Theatres for tests: the shipped ones, and small generated ones with many ties."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from game.core.theatre import Lane, Site, Theatre
from game.io.theatre import read_theatre

HERE = Path(__file__).parent
MAPS = HERE.parents[1] / "maps"
NORTHEAST = MAPS / "northeast_asia" / "theatre.geojson"
FIRST_WATCH = MAPS / "first_watch" / "theatre.geojson"


@cache
def northeast() -> Theatre:
    return read_theatre(NORTHEAST)


def theatre(lanes: Iterable[Lane], places: Sequence[str] = "ABCDEFG") -> Theatre:
    sites = {p: Site(p, p, "port", "JP", 35_000 + n * 500, 130_000 + n * n * 100) for n, p in enumerate(places)}
    return Theatre("test", "Test", sites, {lane.id: lane for lane in lanes})


def lane(a: str, b: str, km: int = 10, kind: str = "road", cap: int | None = None, closed: bool = False) -> Lane:
    return Lane(f"{a}-{b}:{kind}", a, b, kind, km, cap, closed=closed)


@st.composite
def lanes(draw: st.DrawFn, places: str = "ABCDEFG") -> list[Lane]:
    """Up to 14 lanes of one to three km, parallel ones of two kinds among them, some closed."""
    pairs = [(a, b, kind) for a in places for b in places for kind in ("road", "sea") if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14))
    km, cap = st.integers(1, 3), st.none() | st.integers(0, 4)
    return [lane(a, b, draw(km), kind, draw(cap), draw(st.integers(0, 9)) == 0) for a, b, kind in chosen]
