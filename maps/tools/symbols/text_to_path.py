"""Letters in SVG symbols become paths, since the reader in SDL draws no <text>; thin inner strokes become thicker.

python -m maps.tools.symbols.text_to_path FOLDER FONT.ttf      (needs fonttools; never at run time)
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

TEXT = re.compile(r"<text\b([^>]*)>([^<]*)</text>")
#: milsymbol reckons with Arial; the condensed face is narrower, so it may stand a little larger.
ENLARGED = 1.12


def attribute(tag: str, name: str, default: str = "") -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else default


def outlined(svg: str, font: Any) -> str:
    """The picture with each <text> drawn as a path in the glyphs of `font` (a fontTools TTFont)."""
    # By name: the type checker need not know a library that only rebuilding needs.
    svg_pen = import_module("fontTools.pens.svgPathPen").SVGPathPen
    moved_pen = import_module("fontTools.pens.transformPen").TransformPen

    glyphs, letters = font.getGlyphSet(), font.getBestCmap()
    em, capital = font["head"].unitsPerEm, font["OS/2"].sCapHeight

    def path(match: re.Match[str]) -> str:
        tag, words = match.group(1), match.group(2)
        scale = float(attribute(tag, "font-size", "40")) * ENLARGED / em
        width = sum(glyphs[letters[ord(c)]].width for c in words) * scale
        shift = {"middle": width / 2, "end": width}.get(attribute(tag, "text-anchor"), 0.0)
        x, y = float(attribute(tag, "x", "0")) - shift, float(attribute(tag, "y", "0"))
        if attribute(tag, "dominant-baseline") == "middle":
            y += capital * scale / 2 - 3
        drawn = ""
        for letter in words:
            glyph = glyphs[letters[ord(letter)]]
            pen = svg_pen(glyphs, lambda v: f"{v:.1f}".rstrip("0").rstrip("."))
            glyph.draw(moved_pen(pen, (scale, 0, 0, -scale, x, y)))
            drawn += pen.getCommands()
            x += glyph.width * scale
        return f'<path d="{drawn}" fill="{attribute(tag, "fill", "black")}" stroke="none"/>'

    return re.sub(r'stroke-width="[34]"', 'stroke-width="5"', TEXT.sub(path, svg))


def main(folder: Path, face: Path) -> None:
    font = import_module("fontTools.ttLib").TTFont(face)
    for file in sorted(folder.glob("*.svg")):
        svg = outlined(file.read_text(encoding="utf-8"), font)
        if "<text" in svg:
            raise SystemExit(f"{file}: a <text> is left; write it like the others")
        file.write_text(svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
