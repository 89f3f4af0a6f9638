"""What the user wishes of the window, kept in the user's own configuration: scale, language, full screen.

A file that cannot be read is the plain wishes; nothing here can stop the window from opening.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from game.io.plain import CodecFault, dumps, loads
from game.io.record import SaveFault, read_bytes, write_new

SCALES = (0, 100, 125, 150, 175, 200)
_MOST_BYTES = 64 * 1024


@attrs.frozen(slots=True)
class Wishes:
    """`scale` in percent, 0 to fit the window; `language` names a folder of words; `full`: the whole screen."""

    scale: int = 0
    language: str = "en"
    full: bool = False


def read_wishes(folder: Path | None = None) -> Wishes:
    try:
        value = loads(read_bytes(_file(folder), _MOST_BYTES))
    except (SaveFault, CodecFault, OSError):
        return Wishes()
    if type(value) is not dict:
        return Wishes()
    plain = Wishes()
    scale, language, full = (value.get(name, getattr(plain, name)) for name in ("scale", "language", "full"))
    return Wishes(
        scale if type(scale) is int and scale in SCALES else plain.scale,
        language if type(language) is str and language.isalpha() and len(language) < 9 else plain.language,
        full is True,
    )


def keep_wishes(wishes: Wishes, folder: Path | None = None) -> None:
    """SaveFault or OSError if they cannot be written."""
    path = _file(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, dumps(attrs.asdict(wishes)).encode() + b"\n")


def _file(folder: Path | None) -> Path:
    if folder is None:
        from platformdirs import user_config_path

        folder = user_config_path("twofronts", appauthor=False)
    return folder / "window.json"
