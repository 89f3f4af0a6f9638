"""Drawing primitives on pygame-ce: smooth boxes, shadows, text in three scripts, icons, APP-6 symbols, counters.

Everything that costs is kept, by value and bounded, so that a frame is a row of blits. Surfaces that come out of here
are shared: copy one before changing it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pygame

from game.ui.theme import EDGE, FACES, PLATE, TEXT

DATA = Path(__file__).parent / "data"
#: Boxes are drawn this much larger and scaled down, which is what makes their corners smooth.
OVER = 4
PREMUL = pygame.BLEND_PREMULTIPLIED

Rectangle = tuple[int, int, int, int]


@lru_cache(maxsize=256)
def font(face: str, size: int) -> pygame.Font:
    return pygame.font.Font(DATA / "fonts" / FACES[face], max(6, size))


def script(letter: str) -> str:
    """Which face a letter needs: "jp", "kr", or "" for the Latin ones."""
    o = ord(letter)
    if 0xAC00 <= o <= 0xD7AF or 0x1100 <= o <= 0x11FF or 0x3130 <= o <= 0x318F:
        return "kr"
    if 0x3000 <= o <= 0x30FF or 0x4E00 <= o <= 0x9FFF or 0xFF00 <= o <= 0xFFEF:
        return "jp"
    return ""


def runs(words: str, face: str) -> list[tuple[str, str]]:
    """A text as (face, piece): a font has no letters but its own script's."""
    out: list[tuple[str, str]] = []
    for letter in words:
        now = script(letter) or face
        if out and out[-1][0] == now:
            out[-1] = (now, out[-1][1] + letter)
        else:
            out.append((now, letter))
    return out


@lru_cache(maxsize=16384)
def width(words: str, face: str, size: int, track: int = 0) -> int:
    """How wide a text is in pixels."""
    if not words:
        return 0
    return sum(font(f, size).size(piece)[0] for f, piece in runs(words, face)) + track * (len(words) - 1)


@lru_cache(maxsize=256)
def line_height(face: str, size: int) -> int:
    return font(face, size).get_linesize()


@lru_cache(maxsize=4096)
def text(
    words: str,
    face: str = "sans",
    size: int = 14,
    color: str = TEXT,
    halo: str = "",
    halo_width: int = 2,
    track: int = 0,
) -> pygame.Surface:
    """A text as a surface. With a halo it is premultiplied: put it down with `PREMUL`."""
    pieces: list[tuple[pygame.Font, str, int]] = []  # font, letters, how far the pen moves
    for name, run in runs(words, face):
        f = font(name, size)
        pieces += [(f, letter, f.size(letter)[0] + track) for letter in run] if track else [(f, run, f.size(run)[0])]
    # get_ascent lies while an outline is set, so metrics come first.
    ascent = max((f.get_ascent() for f, _, _ in pieces), default=0)
    height = max((ascent - f.get_ascent() + f.get_height() for f, _, _ in pieces), default=1)
    pad = 2 * halo_width if halo else 0
    size_px = (
        max(1, sum(w for _, _, w in pieces) - (track if pieces else 0) + 2 * pad + 1),
        max(1, height + 2 * pad),
    )
    ink = _written(pieces, ascent, pad, size_px, color)
    if not halo:
        return ink
    glow = pygame.transform.gaussian_blur(_written(pieces, ascent, pad, size_px, halo).premul_alpha(), halo_width)
    out = pygame.Surface(size_px, pygame.SRCALPHA)
    for _ in range(4):
        out.blit(glow, (0, 0), special_flags=PREMUL)
    out.blit(ink.premul_alpha(), (0, 0), special_flags=PREMUL)
    return out


def _written(
    pieces: list[tuple[pygame.Font, str, int]], ascent: int, pad: int, size: tuple[int, int], color: str
) -> pygame.Surface:
    # Empty pixels in the ink's own color: straight alpha scaled or blitted then keeps clean edges.
    out = pygame.Surface(size, pygame.SRCALPHA)
    out.fill((*pygame.Color(color)[:3], 0))
    x = pad
    for f, letters, step in pieces:
        out.blit(f.render(letters, True, color), (x, pad + ascent - f.get_ascent()))
        x += step
    return out


def put(
    to: pygame.Surface,
    words: str,
    at: tuple[int, int],
    face: str = "sans",
    size: int = 14,
    color: str = TEXT,
    anchor: str = "topleft",
    track: int = 0,
) -> pygame.Rect:
    image = text(words, face, size, color, track=track)
    return to.blit(image, image.get_rect(**{anchor: at}))


@lru_cache(maxsize=16384)
def fitted(words: str, face: str, size: int, room: int, track: int = 0) -> str:
    """`words`, cut short with an ellipsis where they are wider than `room` pixels."""
    if width(words, face, size, track) <= room:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width(words[:middle].rstrip() + "…", face, size, track) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + "…" if low else ""


@lru_cache(maxsize=2048)
def box_image(w: int, h: int, radius: int, fill: str, border: str = "", line: int = 1) -> pygame.Surface:
    """A rounded box, premultiplied. `fill` may carry an alpha (#RRGGBBAA)."""
    big = pygame.Surface((w * OVER, h * OVER), pygame.SRCALPHA)
    whole = big.get_rect()
    if border:
        pygame.draw.rect(big, border, whole, border_radius=radius * OVER)
        inner = whole.inflate(-2 * line * OVER, -2 * line * OVER)
        pygame.draw.rect(big, fill, inner, border_radius=max(0, radius - line) * OVER)
    else:
        pygame.draw.rect(big, fill, whole, border_radius=radius * OVER)
    return pygame.transform.smoothscale(big.premul_alpha(), (w, h))


#: Larger boxes are put together from a small one's corners, which saves both time and memory.
SLICED = 96


def box(
    to: pygame.Surface,
    rect: Rectangle | pygame.Rect,
    radius: int = 4,
    fill: str = "",
    border: str = "",
    line: int = 1,
) -> None:
    """Paint a rounded box with smooth corners."""
    x, y, w, h = rect
    if w <= 0 or h <= 0:
        return
    edge = radius + line + 1
    if (w <= SLICED and h <= SLICED) or w <= 2 * edge or h <= 2 * edge:
        to.blit(box_image(w, h, radius, fill, border, line), (x, y), special_flags=PREMUL)
        return
    small = box_image(2 * edge + 2, 2 * edge + 2, radius, fill, border, line)
    far = edge + 2
    for sx, dx in ((0, x), (far, x + w - edge)):
        for sy, dy in ((0, y), (far, y + h - edge)):
            to.blit(small, (dx, dy), (sx, sy, edge, edge), special_flags=PREMUL)
    flat = _flat(fill)
    _strip(to, flat, (x + edge, y + line, w - 2 * edge, h - 2 * line))
    _strip(to, flat, (x + line, y + edge, edge - line, h - 2 * edge))
    _strip(to, flat, (x + w - edge, y + edge, edge - line, h - 2 * edge))
    if border:
        side = _flat(border)
        for rest in (
            (x + edge, y, w - 2 * edge, line),
            (x + edge, y + h - line, w - 2 * edge, line),
            (x, y + edge, line, h - 2 * edge),
            (x + w - line, y + edge, line, h - 2 * edge),
        ):
            _strip(to, side, rest)
    else:
        _strip(to, flat, (x + edge, y, w - 2 * edge, line))
        _strip(to, flat, (x + edge, y + h - line, w - 2 * edge, line))
        _strip(to, flat, (x, y + edge, line, h - 2 * edge))
        _strip(to, flat, (x + w - line, y + edge, line, h - 2 * edge))


def _flat(color: str) -> pygame.Color:
    return pygame.Color(color) if color else pygame.Color(0, 0, 0, 0)


def _strip(to: pygame.Surface, color: pygame.Color, rect: Rectangle) -> None:
    if rect[2] <= 0 or rect[3] <= 0 or not color.a:
        return
    if color.a == 255:
        to.fill(color, rect)
    else:
        flags = PREMUL if to.get_flags() & pygame.SRCALPHA else 0
        to.blit(_sheet(tuple(color), rect[2], rect[3], bool(flags)), rect[:2], special_flags=flags)


@lru_cache(maxsize=128)
def _sheet(color: tuple[int, int, int, int], w: int, h: int, premultiplied: bool = False) -> pygame.Surface:
    if premultiplied:
        out = pygame.Surface((w, h), pygame.SRCALPHA)
        out.fill(color)
        return out.premul_alpha()
    out = pygame.Surface((w, h))
    out.fill(color[:3])
    out.set_alpha(color[3])
    return out


@lru_cache(maxsize=64)
def _shadow(w: int, h: int, radius: int, blur: int, alpha: int) -> pygame.Surface:
    """A shadow with 2 * `blur` px of margin. Blurring takes long, so that a large one is a small one drawn out."""
    edge = radius + 4 * blur
    least = 2 * edge + 1
    if w > least or h > least:
        small = _shadow(min(w, least), min(h, least), radius, blur, alpha)
        return _drawn_out(small, (w + 4 * blur, h + 4 * blur), edge + 2 * blur)
    out = pygame.Surface((w + 4 * blur, h + 4 * blur), pygame.SRCALPHA)
    pygame.draw.rect(out, (0, 0, 0, alpha), (2 * blur, 2 * blur, w, h), border_radius=radius)
    return pygame.transform.gaussian_blur(out.premul_alpha(), blur)


def _drawn_out(small: pygame.Surface, size: tuple[int, int], corner: int) -> pygame.Surface:
    """A larger one of an image whose middle row and column, beyond its corners, may be repeated."""
    out = pygame.Surface(size, pygame.SRCALPHA)

    def cuts(now: int, wanted: int) -> list[tuple[int, int, int, int]]:
        """(from, how much, to, how much there)"""
        if now == wanted:
            return [(0, now, 0, now)]
        return [
            (0, corner, 0, corner),
            (corner, 1, corner, wanted - 2 * corner),
            (now - corner, corner, wanted - corner, corner),
        ]

    for sx, sw, dx, dw in cuts(small.get_width(), size[0]):
        for sy, sh, dy, dh in cuts(small.get_height(), size[1]):
            part = pygame.transform.scale(small.subsurface((sx, sy, sw, sh)), (dw, dh))
            out.blit(part, (dx, dy), special_flags=PREMUL)
    return out


def shadow(
    to: pygame.Surface, rect: Rectangle | pygame.Rect, radius: int = 4, blur: int = 6, alpha: int = 120, down: int = 2
) -> None:
    x, y, w, h = rect
    if w > 0 and h > 0:
        to.blit(_shadow(w, h, radius, blur, alpha), (x - 2 * blur, y - 2 * blur + down), special_flags=PREMUL)


@lru_cache(maxsize=1024)
def icon(name: str, size: int, color: str = TEXT, stroke: float = 2) -> pygame.Surface:
    """A Lucide icon, drawn in one color."""
    svg = (DATA / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return pygame.image.load_sized_svg(io.BytesIO(svg.encode()), (size, size))


def put_icon(
    to: pygame.Surface, name: str, at: tuple[int, int], size: int, color: str = TEXT, anchor: str = "center"
) -> None:
    image = icon(name, size, color)
    to.blit(image, image.get_rect(**{anchor: at}))


@lru_cache(maxsize=1024)
def symbol(name: str, affinity: str, height: int) -> pygame.Surface:
    """An APP-6 symbol whose ink, not its frame, is `height` pixels high; one that is not known is a question mark."""
    path = DATA / "symbols" / f"{name}_{affinity}.svg"
    if not path.is_file():
        path = DATA / "symbols" / f"unknown_{affinity}.svg"
        if not path.is_file():
            return icon("circle-question-mark", height, EDGE[affinity])
    big = pygame.image.load_sized_svg(path, (height * 3, height))
    inked = max(1, big.get_bounding_rect(20).h)
    image = pygame.image.load_sized_svg(path, (3 * (height * height // inked), height * height // inked))
    return image.subsurface(image.get_bounding_rect(20)).copy()


def symbol_in(name: str, affinity: str, w: int, h: int) -> pygame.Surface:
    """An APP-6 symbol as large as fits into `w` x `h` pixels."""
    image = symbol(name, affinity, h)
    return image if image.get_width() <= w else symbol(name, affinity, max(4, h * w // image.get_width()))


@lru_cache(maxsize=1024)
def counter(name: str, affinity: str, size: int, figures: str = "", steps: int = 0, lost: int = 0) -> pygame.Surface:
    """A counter: plate, symbol, a dark strip with figures, a pip a step (hollow where lost); 4 px of margin."""
    margin = 4
    out = pygame.Surface((size + 2 * margin, size + 2 * margin), pygame.SRCALPHA)
    shadow(out, (margin, margin, size, size), 3, 2, 150, 1)
    edge = EDGE[affinity]
    box(out, (margin, margin, size, size), max(3, size // 9), PLATE[affinity], edge, 1)
    strip = max(9, round(size * 0.29)) if figures else 0
    if figures:
        box(out, (margin + 1, margin + size - strip - 1, size - 2, strip), 2, edge)
        points = max(9, round(strip * 0.96))
        while points > 7 and width(figures, "cond_bold", points) > size - 4:
            points -= 1
        words = text(figures, "cond_bold", points, "#FFFFFF")
        out.blit(words, words.get_rect(center=(margin + size // 2, margin + size - strip // 2 - 1)))
    pips = 5 if steps + lost else 2
    room = pygame.Rect(margin + 2, margin + pips, size - 4, size - 3 - pips - strip)
    image = symbol_in(name, affinity, room.w, room.h)
    out.blit(image, image.get_rect(center=room.center))
    for n in range(steps + lost):
        pip = (margin + size - 5 - 5 * n, margin + 2, 3, 2)
        if n < steps:
            pygame.draw.rect(out, edge, pip)
        else:
            pygame.draw.rect(out, edge, pip, 1)
    return out
