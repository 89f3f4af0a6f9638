"""The map at 1920 x 1080 by software, side by side with the least that a layered picture costs (goals F1, F2, F3).

The floor draws a cached picture with 200 long smooth lines on it, 120 counters of 64 px and 60 labels each frame, or
draws the lines, too; its dirty rectangle is two such patches; the naive coast is a ragged outline of 50,000 points,
filled and drawn smooth once. The map paints One Sky's sheet with 120 counters, 200 lanes and as many names as find
room.
"""

from __future__ import annotations

import math
import os
import random
from typing import Any

import attrs

from game.core.theatre import Theatre
from game.io.library import find
from game.io.theatre import read_outlines, read_theatre
from tests.bench.timing import Row, Times, calls, ratio, rounds

W, H = 1920, 1080
COUNTERS, LANES = 120, 200
NO_PYGAME = "pygame-ce is not installed"


def ragged(points: int, rng: random.Random) -> list[tuple[float, float]]:
    phase = [rng.random() * math.tau for _ in range(12)]
    out = []
    for i in range(points):
        t = math.tau * i / points
        r = 0.36 * H * (1 + sum(math.sin((2**k) * t + phase[k]) / 2 ** (k + 2) for k in range(12)))
        out.append((W / 2 + 1.5 * r * math.cos(t), H / 2 + r * math.sin(t)))
    return out


def floor_cases(pygame: Any, screen: Any) -> dict[str, Any]:
    """A plain frame with its lines drawn anew, the one with its lines kept, its dirty rectangle, the naive coast."""
    rng = random.Random(4)
    line = ragged(50_000, rng)
    cached = pygame.Surface((W, H)).convert()

    def coast() -> None:
        cached.fill((60, 90, 130))
        pygame.draw.polygon(cached, (180, 170, 130), line)
        pygame.draw.aalines(cached, (30, 30, 30), True, line)

    coast()
    counter = pygame.Surface((64, 64), pygame.SRCALPHA)
    pygame.draw.rect(counter, (200, 60, 60, 230), (2, 2, 60, 60), border_radius=6)
    counter = counter.convert_alpha()
    font = pygame.font.Font(None, 20)
    tokens = [(counter, (rng.randrange(W - 64), rng.randrange(H - 64))) for _ in range(120)]
    labels = [
        (
            font.render(f"XXIV Corps {n}", True, (255, 255, 255)).convert_alpha(),
            (rng.randrange(W - 90), rng.randrange(H)),
        )
        for n in range(60)
    ]
    ends = [((rng.random() * W, rng.random() * H), (rng.random() * W, rng.random() * H)) for _ in range(200)]
    static = cached.copy()
    for p, q in ends:
        pygame.draw.aaline(static, (240, 220, 60), p, q)
    first, second = pygame.Rect(400, 400, 64, 64), pygame.Rect(403, 403, 64, 64)

    def frame() -> None:
        screen.blit(cached, (0, 0))
        for p, q in ends:
            pygame.draw.aaline(screen, (240, 220, 60), p, q)
        screen.fblits(tokens)
        screen.fblits(labels)
        pygame.display.flip()

    def layered() -> None:
        screen.blit(static, (0, 0))
        screen.fblits(tokens)
        screen.fblits(labels)
        pygame.display.flip()

    def dirty() -> None:
        screen.blit(cached, first, first)
        screen.blit(cached, second, second)
        screen.blit(counter, second)
        pygame.display.update([first, second])

    return {"frame": frame, "layered": layered, "dirty": dirty, "coast": coast}


def crowd() -> Any:
    """A scene of COUNTERS counters and LANES lanes on the theatre of One Sky."""
    from game.ui.paint.scene import at_of
    from game.ui.paint.things import LaneLine, Marker, PlaceDot, Ring, Scene, Zone

    path = find("one_sky").parent / "theatre.geojson"
    theatre: Theatre = read_theatre(path)
    shapes = read_outlines(path)
    rng = random.Random(7)
    sites = [s for s in theatre.sites.values() if not s.inset]
    places = tuple(PlaceDot(s.id, s.name, at_of(s), s.kind, rng.choice("fh"), 1) for s in sites if not s.sea)
    zones = tuple(Zone(s.id, s.name, at_of(s), tuple(p[0] for p in shapes[s.id])) for s in sites if s.sea)
    ids = sorted(s.id for s in sites)
    symbols = ("ddg_bmd", "ftr", "ssm", "mec", "ssk", "md")
    markers = tuple(
        Marker(f"c{n}", rng.choice(ids), rng.choice("fh"), rng.choice(symbols), figures=f"{n % 9}–3", steps=1 + n % 4)
        for n in range(COUNTERS)
    )
    known = [lane for lane in theatre.lanes.values() if lane.a in ids and lane.b in ids]
    lanes = tuple(
        LaneLine(f"{lane.id}/{n}", "sea", lane.a, lane.b) for n in range(LANES) for lane in (known[n % len(known)],)
    )
    rings = tuple(Ring(f"r{n}", at_of(sites[n * 5]), 300 + 100 * n, "threat", "h", "") for n in range(4))
    return Scene(places, zones, lanes, rings, markers)


def map_cases(pygame: Any, screen: Any) -> dict[str, Any]:
    from game.ui.paint.atlas import MapPainter, read_atlas
    from game.ui.paint.camera import looking_at
    from game.ui.paint.things import LAYERS, Effect, Options

    atlas, scene = read_atlas(find("one_sky").parent), crowd()
    whole = screen.get_rect()
    options = Options(scale=1.5, layers=frozenset(LAYERS) - {"graticule"})
    base = looking_at(atlas.projection.forward(129, 32), 2.6, W, H)
    painter, zoomer = MapPainter(atlas), MapPainter(atlas)
    painter.paint(screen, whole, base, scene, options)
    painter.paint(screen, whole, base.panned(9, 9), scene, options)
    state = {"step": 0}

    def pan() -> None:
        state["step"] += 1
        by = 150 * math.sin(state["step"] / 7)
        painter.paint(screen, whole, base.panned(round(by), round(by / 2)), scene, attrs.evolve(options, moving=True))
        pygame.display.flip()

    def look(t: float) -> Options:
        return attrs.evolve(options, effects=(Effect("travel", (131.0, 33.0), t, (129.0, 31.0), symbol="ftr"),))

    looks = [look(n / 200) for n in range(200)]

    def move() -> None:
        state["step"] += 1
        old, new = looks[(state["step"] - 1) % 200], looks[state["step"] % 200]
        rects = painter.changes(scene, old, scene, new, base) or []
        for rect in rects:
            screen.set_clip(rect)
            painter.paint(screen, whole, base, scene, new)
        screen.set_clip(None)
        pygame.display.update(rects)

    cameras = [looking_at(atlas.projection.forward(129, 32), k, W, H) for k in (2.6, 2.61)]

    def zoom() -> None:
        state["step"] += 1
        zoomer.paint(screen, whole, cameras[state["step"] % 2], scene, options)

    return {"pan": pan, "move": move, "zoom": zoom}


def rows(n: int) -> tuple[list[Row], Times]:
    try:
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
        os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
        import pygame
    except ImportError:
        return [Row(f"F{i}", "the map", None, note=NO_PYGAME) for i in (1, 2, 3)], {}
    pygame.display.init()
    pygame.font.init()
    screen = pygame.display.set_mode((W, H))
    cases = {**floor_cases(pygame, screen), **map_cases(pygame, screen)}
    for _ in range(2):
        for call in cases.values():
            call()
    many = {"frame": 20, "layered": 40, "dirty": 400, "coast": 2, "pan": 20, "move": 100, "zoom": 2}
    times = rounds({name: calls(call, many[name]) for name, call in cases.items()}, n)
    return [
        Row("F1", "the map while panning / layered frame", ratio(times, "pan", "layered"), 2.5, 1.5),
        Row("F1", "... / frame with 200 lines drawn anew", ratio(times, "pan", "frame")),
        Row("F2", "one counter moved / layered frame", ratio(times, "move", "layered"), 0.1, 0.03),
        Row("F3", "the whole map anew on zoom / naive coast once", ratio(times, "zoom", "coast"), 1.2, 0.5),
    ], times
