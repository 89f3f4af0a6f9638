"""What a screen needs of the map, in one place."""

from game.ui.paint.painter import MapPainter
from game.ui.paint.search import find
from game.ui.paint.sheet import Atlas, read_atlas

__all__ = ["Atlas", "MapPainter", "find", "read_atlas"]
