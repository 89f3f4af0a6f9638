"""The painted map: nothing on anything else, what is drawn is hit, pictures that repeat, symbols for all."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from functools import cache
from pathlib import Path

import attrs
import pygame
import pytest

from game.__main__ import chapters
from game.commands import common
from game.core.view import view
from game.io.fault import PackFault
from game.io.library import MAPS
from game.io.library import find as scenario_file
from game.io.pack_forces import DOMAINS, SYMBOLS
from game.io.theatre import read_outlines, read_theatre
from game.ui import kit
from game.ui.paint import staffed
from game.ui.paint.atlas import Atlas, MapPainter, find, read_atlas
from game.ui.paint.camera import Camera, looking_at
from game.ui.paint.counters import face_of, picture
from game.ui.paint.plan import Plan, inset_box, plan
from game.ui.paint.scene import affinity_of, scene_of
from game.ui.paint.things import Effect, Marker, Move, Options, Scene, Tint

SIZES = ((1280, 720, 1.0), (1920, 1080, 1.5), (1920, 1080, 2.0))
VIEWS = ((129.5, 35.5, 3.4), (127.0, 36.5, 1.9), (131.0, 34.5, 0.9), (122.0, 25.0, 2.6))


@cache
def shown(name: str, seat: str) -> tuple[Atlas, Scene]:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((1280, 720))
    setting, state = common.scenario(name, chapters)
    rules = common.book(chapters, setting)
    folder = scenario_file(name).parent
    seen = view(state, seat)
    return read_atlas(folder), scene_of(seen, read_outlines(folder / "theatre.geojson"), rings=rules.rings(seen))


def camera_of(atlas: Atlas, at: tuple[float, float, float], w: int, h: int) -> Camera:
    return looking_at(atlas.projection.forward(at[0], at[1]), at[2], w, h).held(atlas.extent)


def plans() -> list[Plan]:
    out = []
    for name, seat in (("one_sky", "JP"), ("one_sky", "KP"), ("one_sky", "US"), ("first_watch", "JP")):
        atlas, scene = shown(name, seat)
        for w, h, scale in SIZES:
            for at in VIEWS:
                covered = [pygame.Rect(w - 380, 50, 380, h - 50)]
                out.append(plan(scene, camera_of(atlas, at, w, h), atlas, Options(scale=scale), covered))
    return out


def test_no_name_lies_on_a_name_a_counter_or_a_panel() -> None:
    n = 0
    for made in plans():
        panel = pygame.Rect(made.camera.w - 380, 50, 380, made.camera.h - 50)
        taken = [("", pygame.Rect(s.rect)) for s in made.stacks]
        for item in made.names:
            ink = item.image.get_bounding_rect(200).move(item.rect.topleft).inflate(-4, -4)
            clash = [word for word, rect in taken if rect.colliderect(ink) and not (word and word == item.word)]
            assert not clash and not panel.colliderect(ink), (made.camera, item.what, clash)
            taken.append((item.word, ink))
            n += 1
    assert n > 500


def test_stacks_stand_apart() -> None:
    for made in plans():
        inside = pygame.Rect(0, 0, made.camera.w, made.camera.h)
        rects = [pygame.Rect(s.rect) for s in made.stacks]
        clear = [r for r in rects if inside.contains(r)]
        clashes = sum(r.collidelist(clear[n + 1 :]) >= 0 for n, r in enumerate(clear))
        assert clashes == 0, made.camera


def far(seat: str, legal: frozenset[str] | None = None) -> tuple[Scene, Plan]:
    """The whole theater of the full map, as it opens beside the panel."""
    atlas, scene = shown("week_one", seat)
    made = plan(
        scene,
        camera_of(atlas, (131.0, 33.0, 5.0), 1280, 720),
        atlas,
        Options(legal=legal),
        [pygame.Rect(892, 64, 376, 644)],
    )
    return scene, made


@pytest.mark.parametrize("seat", ["US", "JP", "KR", "CN", "KP"])
def test_from_afar_no_stack_of_the_full_map_lies_on_another_or_strays(seat: str) -> None:
    scene, made = far(seat)
    inside = pygame.Rect(0, 0, 1280, 720)
    rects = [pygame.Rect(s.rect) for s in made.stacks if inside.contains(pygame.Rect(s.rect))]
    assert len(rects) > 3 and all(r.collidelist(rects[n + 1 :]) < 0 for n, r in enumerate(rects))
    astray = [
        s.key
        for s in made.stacks
        if max(abs(a - b) for a, b in zip(pygame.Rect(s.rect).center, s.anchor, strict=True)) > 90
    ]
    assert not astray
    assert sorted(m.id for s in made.stacks for m in s.members) == sorted(
        m.id for m in scene.markers if m.at in made.where and inside.inflate(120, 120).collidepoint(made.where[m.at])
    )


def test_from_afar_neighbors_share_a_stack_and_zones_keep_their_own() -> None:
    scene, made = far("JP")
    zones = {zone.id for zone in scene.zones}
    shared = [s for s in made.stacks if len({m.at for m in s.members}) > 1]
    assert shared and not any(m.at in zones for s in shared for m in s.members)
    assert all(m.affinity == s.affinity for s in made.stacks for m in s.members)
    atlas, _ = shown("week_one", "JP")
    near = plan(scene, camera_of(atlas, (128.0, 36.5, 1.0), 1280, 720), atlas, Options(), [])
    assert all(len({m.at for m in s.members}) == 1 for s in near.stacks)


def test_a_place_under_a_neighbors_stack_has_a_dot_where_it_may_be_chosen() -> None:
    _, made = far("JP")
    tops = {s.at for s in made.stacks}
    under = {m.at for s in made.stacks for m in s.members} - tops
    assert under and not under & {place.id for place, _ in made.dots}
    _, lit = far("JP", frozenset(under))
    assert under <= {place.id for place, _ in lit.dots}


def test_ones_own_lie_on_top_and_an_ally_looks_paler() -> None:
    scene, made = far("JP")
    mixed = [s for s in made.stacks if len({m.ally for m in s.members}) == 2]
    assert mixed and not any(s.shown[0].ally for s in mixed)
    assert {m.ally for m in scene.markers if m.seat == "JP"} == {False}
    assert {m.ally for m in scene.markers if m.seat in ("US", "KR", "TW")} == {True}
    own = next(m for m in scene.markers if m.seat == "JP" and m.figures)
    assert apart(picture(face_of(own, 34)), picture(face_of(attrs.evolve(own, ally=True), 34))) > 10


@pytest.mark.parametrize("seat", ["JP", "KP", "KR"])
def test_what_is_drawn_is_hit(seat: str) -> None:
    atlas, scene = shown("one_sky", seat)
    painter, screen = MapPainter(atlas), pygame.Surface((1280, 720))
    options = Options()
    camera = camera_of(atlas, (128.5, 36.0, 1.9), 1280, 720)
    painter.paint(screen, screen.get_rect(), camera, scene, options)
    found: set[str] = set()
    for y in range(4, 720, 11):
        for x in range(4, 1280, 11):
            hit = painter.hit((x, y), camera, scene, options)
            if hit is not None:
                found |= {hit.id, *hit.members}
    window = pygame.Rect(0, 0, 1280, 720).inflate(-120, -120)
    at = {p.id: camera.px(*atlas.projection.forward(*p.at)) for p in scene.places}
    at.update((z.id, camera.px(*atlas.projection.forward(*z.at))) for z in scene.zones)
    wanted = {m.id for m in scene.markers if window.collidepoint(at[m.at])}
    wanted |= {p.id for p in scene.places if window.collidepoint(at[p.id]) and not p.inset}
    assert wanted and not wanted - found


def test_an_opened_stack_gives_every_member_to_the_pointer() -> None:
    atlas, scene = shown("one_sky", "JP")
    painter, screen = MapPainter(atlas), pygame.Surface((1280, 720))
    options = Options(opened="KOSA")
    camera = camera_of(atlas, (128.5, 36.0, 1.9), 1280, 720)
    painter.paint(screen, screen.get_rect(), camera, scene, options)
    hits = {painter.hit((x, y), camera, scene, options) for x in range(0, 1280, 8) for y in range(0, 720, 8)}
    there = {m.id for m in scene.markers if m.at == "KOSA"}
    assert len(there) > 1 and there <= {hit.id for hit in hits if hit is not None and hit.kind == "marker"}


def shrunk(surface: pygame.Surface) -> pygame.Surface:
    return pygame.transform.smoothscale(surface, (320, 180))


def apart(a: pygame.Surface, b: pygame.Surface) -> float:
    """Mean difference of two pictures' channels."""
    p, q = pygame.image.tobytes(a, "RGB"), pygame.image.tobytes(b, "RGB")
    return sum(abs(x - y) for x, y in zip(p, q, strict=True)) / len(p)


def painted(
    camera: Camera, atlas: Atlas, scene: Scene, options: Options, painter: MapPainter | None = None
) -> pygame.Surface:
    screen = pygame.Surface((camera.w, camera.h))
    (painter or MapPainter(atlas)).paint(screen, screen.get_rect(), camera, scene, options)
    return screen


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("name", "seat", "at"), [("one_sky", "JP", VIEWS[1]), ("first_watch", "JP", VIEWS[2])])
def test_the_map_looks_as_it_did(name: str, seat: str, at: tuple[float, float, float]) -> None:
    atlas, scene = shown(name, seat)
    now = shrunk(painted(camera_of(atlas, at, 1280, 720), atlas, scene, Options()))
    path = GOLDEN / f"map_{name}_{seat}.png"
    if os.environ.get("TWOFRONTS_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        pygame.image.save(now, path)
    assert apart(now, pygame.image.load(path)) < 1.5


def test_a_dragged_picture_equals_one_made_there() -> None:
    atlas, scene = shown("one_sky", "JP")
    painter = MapPainter(atlas)
    camera = camera_of(atlas, VIEWS[1], 1280, 720)
    options = Options(layers=Options().layers - {"names", "graticule", "markers", "zones"})
    painted(camera, atlas, scene, options, painter)
    painted(camera.panned(30, 30), atlas, scene, options, painter)
    moved = camera.panned(120, -40)
    dragged = painted(moved, atlas, scene, options, painter)
    assert painter.made == 2
    assert apart(shrunk(dragged), shrunk(painted(moved, atlas, scene, options))) < 1.0


def test_the_picture_is_kept_at_rest_and_while_the_wheel_turns() -> None:
    atlas, scene = shown("one_sky", "JP")
    painter = MapPainter(atlas)
    camera = camera_of(atlas, VIEWS[1], 1280, 720)
    for _ in range(3):
        painted(camera, atlas, scene, Options(), painter)
    near = camera.zoomed(1.25, 600, 300)
    painted(near, atlas, scene, Options(moving=True), painter)
    assert painter.made == 1
    painted(near, atlas, scene, Options(), painter)
    assert painter.made == 2


def test_changes_hold_every_pixel_that_differs() -> None:
    atlas, scene = shown("one_sky", "JP")
    painter = MapPainter(atlas)
    camera = camera_of(atlas, VIEWS[1], 1280, 720)
    marker, end = scene.markers[0], (130.2, 35.9)
    looks = [
        Options(),
        Options(selected=marker.id),
        Options(selected=marker.id, hover="SJW"),
        Options(effects=(Effect("burst", end, 0.4), Effect("travel", end, 0.3, (129.0, 34.0), symbol="ftr"))),
        Options(effects=(Effect("loss", end, 0.2), Effect("raid", end, 0.6, (127.4, 39.0), 5))),
        Options(effects=(Effect("pulse", end, 0.7), Effect("intercept", end, 0.5))),
    ]
    for old in looks:
        before = painted(camera, atlas, scene, old, painter)
        for new in looks:
            after = painted(camera, atlas, scene, new, painter)
            rects = painter.changes(scene, old, scene, new, camera)
            assert rects is not None
            for rect in rects:
                before.blit(after, rect, rect)
            assert apart(before, after) == 0
            before = painted(camera, atlas, scene, old, painter)


def test_every_symbol_has_a_picture_in_four_affinities() -> None:
    keys = [s.lower() for s in SYMBOLS] + [*DOMAINS, "unknown"]
    for key in sorted(keys):
        for affinity in "fhnu":
            assert (kit.DATA / "symbols" / f"{key}_{affinity}.svg").is_file(), (key, affinity)
            assert kit.symbol(key, affinity, 24).get_bounding_rect(20).h >= 20


def test_states_of_a_counter_are_told_apart_without_color() -> None:
    plain = Marker("x", "y", "h", "ssm", figures="4–6", steps=3)
    states = [
        plain,
        attrs.evolve(plain, lost=1),
        attrs.evolve(plain, damaged=True),
        attrs.evolve(plain, flushed=True),
        attrs.evolve(plain, moving=True),
        attrs.evolve(plain, rounds=4, rounds_most=8),
        attrs.evolve(plain, quality=1, as_of="1a"),
        attrs.evolve(plain, quality=2, as_of="1a"),
        attrs.evolve(plain, quality=2, as_of="1a", age=60),
    ]
    grays = [pygame.image.tobytes(pygame.transform.grayscale(picture(face_of(m, 34))), "RGBA") for m in states]
    for n, one in enumerate(grays):
        for other in grays[n + 1 :]:
            assert sum(abs(a - b) > 24 for a, b in zip(one, other, strict=True)) >= 12


def test_an_enemy_unseen_is_nowhere_in_the_scene() -> None:
    _, scene = shown("one_sky", "JP")
    assert not any(m.affinity == "h" and m.quality == 0 for m in scene.markers)


def test_affinity_is_the_viewers() -> None:
    setting, _ = common.scenario("one_sky", chapters)
    board = setting.board
    assert [affinity_of(board, "JP", s) for s in ("JP", "KR", "KP", "")] == ["f", "f", "h", "u"]
    assert affinity_of(board, "KP", "JP") == "h" and affinity_of(board, "JP", "TW") == "n"


@pytest.mark.parametrize(
    ("words", "first"),
    [("east sea", "SJE"), ("SASEBO", "JSAS"), ("tsushima", "TSU"), ("pyeongtaek", "KHUM"), ("jiwa", "JIWA")],
)
def test_places_are_found_by_either_name(words: str, first: str) -> None:
    _, scene = shown("one_sky", "JP")
    assert find(scene, words)[0][0] == first


def test_finding_ignores_accents_and_nothing_finds_nothing() -> None:
    _, scene = shown("one_sky", "JP")
    assert find(scene, "  ") == [] and find(scene, "qqqq") == []
    assert find(scene, "Sásebo")[0][0] == "JSAS"


def test_an_order_gets_a_pale_counter_beside_what_stands_there() -> None:
    atlas, scene = shown("one_sky", "JP")
    busy = scene.markers[0].at
    start = next(m.at for m in scene.markers if m.at != busy)
    ordered = attrs.evolve(scene, moves=(Move("m", start, busy, symbol="ftr"),))
    made = plan(ordered, camera_of(atlas, VIEWS[1], 1280, 720), atlas, Options(), [])
    at = made.ghosts["m"]
    rect = pygame.Rect(0, 0, made.size, made.size)
    rect.center = (round(at[0]), round(at[1]))
    assert rect.collidelist([pygame.Rect(s.rect) for s in made.stacks]) < 0


def test_regions_of_the_sheet_name_places_of_the_map() -> None:
    atlas = read_atlas(MAPS / "northeast_asia")
    sites = read_theatre(MAPS / "northeast_asia" / "theatre.geojson").sites
    assert set(atlas.regions) == {"K", "T", "J"}
    assert all(id in sites for ids in atlas.regions.values() for id in ids)


@pytest.mark.parametrize(
    "text", ["{", "[1]", '{"projection": {}}', '{"projection": 3, "extent_km": [1, 2, 3, 4]}', '{"same_as": 3}']
)
def test_a_sheet_that_cannot_be_used_is_one_line_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "sheet.json").write_text(text, encoding="utf-8")
    (tmp_path / "theatre.geojson").write_text('{"features": []}', encoding="utf-8")
    if text == "[1]":
        assert read_atlas(tmp_path).raster is None
        return
    with pytest.raises(PackFault, match=r"sheet\.json"):
        read_atlas(tmp_path)


# Insets and plates -------------------------------------------------------------------------------------------------


def test_an_inset_with_forces_in_it_comes_out_from_under_a_panel() -> None:
    atlas, scene = shown("week_one", "US")
    inset = next(p.id for p in scene.places if p.inset)
    assert any(m.at == inset for m in scene.markers)
    w, h = 1280, 720
    camera = looking_at(atlas.projection.forward(130.0, 27.0), 4.4, w, h).panned(-335, -100)
    bare = plan(scene, camera, atlas, Options(), []).where[inset]
    panel = pygame.Rect(round(bare[0]) - 40, 60, w, h - 60)
    for covered in ([panel], [panel, pygame.Rect(0, 0, w, 52)]):
        made = plan(scene, camera, atlas, Options(), covered)
        box = inset_box(made.where[inset], made.size, 6)
        assert box.collidelist(covered) < 0 and pygame.Rect(0, 0, w, h).contains(box)
        others = [p for p in scene.places if not p.inset and box.collidepoint(made.where[p.id])]
        assert not others, "it hides no place of the map"
    empty = attrs.evolve(scene, markers=tuple(m for m in scene.markers if m.at != inset))
    assert plan(empty, camera, atlas, Options(), [panel]).where[inset] == bare, "one with nothing in it stays"


def test_who_holds_a_zone_is_a_plate_though_zones_go_unnamed() -> None:
    tint = Tint("ECS", "control", "ours", label="held")
    alone, named = staffed.plate("", [tint], 12), staffed.plate("ECS", [tint], 12)
    assert alone.get_height() >= 12 and abs(alone.get_height() - named.get_height()) <= 2
