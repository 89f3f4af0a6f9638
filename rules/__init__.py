"""The rulebook in the sequence of play: one line a chapter, and no other register."""

from game.core.rulebook import Chapter
from rules import assessment, intelligence, missile_defense, movement, politics

SEQUENCE: tuple[Chapter, ...] = (politics, intelligence, movement, missile_defense, assessment)
