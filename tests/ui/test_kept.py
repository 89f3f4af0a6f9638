"""Panels that are kept as pictures while the map moves: they must show what a whole painting shows."""

from __future__ import annotations

import pygame
import pytest

from game.ui import kit
from tests.ui.driver import Driver
from tests.ui.turns import _Nothing, table


@pytest.fixture(scope="module")
def plan() -> Driver:
    at = table("one_sky", ("JP",))
    hand = Driver(_Nothing(), (1280, 720))
    at.sitting.begin(1000)
    at.next(hand.app)
    hand.wait(900)
    hand.work()
    hand.wait(900)
    hand.work()
    return hand


def drag(hand: Driver, steps: int) -> None:
    start = (420, 400)
    hand.move(start)
    hand._post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=2))
    for n in range(1, steps):
        hand._post(pygame.Event(pygame.MOUSEMOTION, pos=(420 + 5 * n, 400), rel=(5, 0), buttons=(0, 1, 0)))


def whole(hand: Driver) -> bytes:
    hand.app.front.shown.whole = True
    hand.app.front.refresh()
    return hand.pixels()


@pytest.mark.parametrize("key", ["", "2", "O"])
def test_a_frame_with_kept_panels_is_the_whole_painted(plan: Driver, key: str) -> None:
    """Also when something on a panel changes in the middle of a drag: no panel stays as it was."""
    drag(plan, 8)
    assert plan.app.front.kept.shown, "the panels were painted anew in each frame"
    if key:
        plan.key(key)
        plan._post(pygame.Event(pygame.MOUSEMOTION, pos=(400, 380), rel=(5, 0), buttons=(0, 1, 0)))
        plan._post(pygame.Event(pygame.MOUSEMOTION, pos=(390, 380), rel=(5, 0), buttons=(0, 1, 0)))
        plan._post(pygame.Event(pygame.MOUSEMOTION, pos=(380, 380), rel=(5, 0), buttons=(0, 1, 0)))
    kept = plan.pixels()
    painted = whole(plan)
    plan._post(pygame.Event(pygame.MOUSEBUTTONUP, pos=(380, 380), button=2))
    # Glass premultiplied rounds otherwise, by a step or two in a channel.
    assert max(abs(a - b) for a, b in zip(kept, painted, strict=True)) <= 3


@pytest.mark.parametrize(
    ("w", "h", "radius", "blur"), [(400, 300, 8, 9), (300, 30, 6, 9), (30, 300, 0, 6), (75, 76, 5, 9)]
)
def test_a_shadow_drawn_out_is_the_one_blurred(w: int, h: int, radius: int, blur: int) -> None:
    plain = pygame.Surface((w + 4 * blur, h + 4 * blur), pygame.SRCALPHA)
    pygame.draw.rect(plain, (0, 0, 0, 130), (2 * blur, 2 * blur, w, h), border_radius=radius)
    blurred = pygame.transform.gaussian_blur(plain.premul_alpha(), blur)
    drawn = pygame.Surface(plain.get_size(), pygame.SRCALPHA)
    kit.shadow(drawn, (2 * blur, 2 * blur, w, h), radius, blur, 130, 0)
    assert pygame.image.tobytes(drawn, "RGBA") == pygame.image.tobytes(blurred, "RGBA")
