"""The rulebook in the sequence of play: one line a chapter, and no other register."""

from game.core.rulebook import Chapter
from rules import assessment, intelligence, logistics, missile_defense, movement, patrols, planning, politics

SEQUENCE: tuple[Chapter, ...] = (
    politics,
    planning,
    intelligence,
    logistics,
    movement,
    missile_defense,
    patrols,
    assessment,
)
