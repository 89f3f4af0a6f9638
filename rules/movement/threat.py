"""What rivals' missiles can reach by the public order of battle: what a staff goes by to spread its forces (M8)."""

from __future__ import annotations

from functools import lru_cache

from game.core.ids import PlaceId, Seat
from game.core.reach import raided
from game.core.setting import Board, Formation

#: Anti-ship ballistic missiles, and the range in km of coastal batteries whose row gives none (facts B2, D).
ASBM, COAST_KM = "ASBM", 200


@lru_cache(maxsize=64)
def wings(board: Board) -> dict[PlaceId, int]:
    """Squadrons by place, by the public order of battle: where rivals will look for them."""
    out: dict[PlaceId, int] = {}
    for f in board.formations.values():
        if f.domain == "air":
            out[f.base] = out.get(f.base, 0) + f.steps
    return out


@lru_cache(maxsize=64)
def fired_on(board: Board, seat: Seat) -> dict[PlaceId, int]:
    """Missiles a pulse that rivals' launchers can fire at each place on land, from where they are based."""
    return _reached(board, seat, sorted(raided(board)), at_ships=False)


@lru_cache(maxsize=64)
def hunted(board: Board, seat: Seat) -> dict[PlaceId, int]:
    """Missiles a pulse that rivals' brigades and batteries on land can fire at ships in each place and zone."""
    return _reached(board, seat, list(board.theatre.sites), at_ships=True)


def _reached(board: Board, seat: Seat, places: list[PlaceId], at_ships: bool) -> dict[PlaceId, int]:
    """Nothing where no missiles fly."""
    out: dict[PlaceId, int] = {}
    if "missile_defense" not in board.chapters:
        return out
    for f in board.formations.values():
        rival = f.owner in board.seats and f.base in board.theatre.sites and board.hostile(seat, f.owner)
        salvo, nearest, farthest = _arm(board, f, at_ships) if rival else (0, 0, 0)
        for place in places if salvo else ():
            if nearest <= board.theatre.km(f.base, place) <= farthest:
                out[place] = out.get(place, 0) + salvo
    return out


def _arm(board: Board, f: Formation, at_ships: bool) -> tuple[int, int, int]:
    """Missiles a pulse, nearest and farthest km of a launcher on land; zeros where it has nothing of the kind."""
    munition = board.munitions.get(f.missile)
    if munition is not None and bool(munition.shares.get(ASBM)) == at_ships:
        return f.figure("salvo"), munition.figure("range_min"), munition.figure("range")
    if munition is None and at_ships and f.domain == "missile":
        return f.figure("antiship") * f.steps, 0, f.figure("range", COAST_KM)
    return 0, 0, 0
