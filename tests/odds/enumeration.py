"""A raid enumerated threat by threat and shot by shot in exact fractions: the oracle for the engine.

Nothing is shared with the engine but the description of a layer: no binomials, no tables, a deal of its own.
A threat is its class; every tracking, aim and kill is a branch; equal situations are merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from attrs import evolve

from game.core.odds import PPM
from game.core.raid import Layer

Threats = tuple[int, ...]  # the class of every threat
Chances = dict[tuple[Threats, int], Fraction]  # (survivors, rounds spent)


def enumerate_raid(
    threats: tuple[int, ...], layers: tuple[Layer, ...]
) -> dict[tuple[tuple[int, ...], tuple[int, ...]], Fraction]:
    """Chance of every (leakers by class, rounds spent by layer: of the first class, then of the next)."""
    out: dict[tuple[tuple[int, ...], tuple[int, ...]], Fraction] = {((), ()): Fraction(1)}
    for c in range(len(threats)):
        alone = [evolve(layer, rounds=dealt(threats, layers, k)[c]) for k, layer in enumerate(layers)]
        out = {
            ((*left, more), (*spent, *fired)): chance * x
            for (left, spent), chance in out.items()
            for (more, fired), x in _one_class((c,) * threats[c], alone).items()
        }
    return out


def dealt(threats: tuple[int, ...], layers: tuple[Layer, ...], k: int) -> list[int]:
    """Rounds of layer ``k`` by class: shot after shot to whoever has fewest a missile, a missile counting half for
    every layer before that reaches it."""
    layer = layers[k]
    counts = [
        Fraction(n, 2 ** sum(1 for before in layers[:k] if before.kill[c])) if layer.kill[c] else Fraction(0)
        for c, n in enumerate(threats)
    ]
    given = [0] * len(threats)
    for _ in range(layer.rounds // layer.salvo):
        room = [
            c
            for c, n in enumerate(threats)
            if counts[c] and (not layer.per_threat or given[c] < n * layer.looks * (layer.per_threat // layer.salvo))
        ]
        if room:
            given[min(room, key=lambda c: (given[c] / counts[c], c))] += 1
    return [n * layer.salvo for n in given]


def _one_class(threats: Threats, layers: list[Layer]) -> dict[tuple[int, tuple[int, ...]], Fraction]:
    now: dict[tuple[Threats, tuple[int, ...]], Fraction] = {(threats, ()): Fraction(1)}
    for layer in layers:
        then: dict[tuple[Threats, tuple[int, ...]], Fraction] = {}
        for (live, spent), chance in now.items():
            for (left, fired), more in _meet(layer, live).items():
                key = (left, (*spent, fired))
                then[key] = then.get(key, Fraction(0)) + chance * more
        now = then
    out: dict[tuple[int, tuple[int, ...]], Fraction] = {}
    for (live, spent), chance in now.items():
        out[len(live), spent] = out.get((len(live), spent), Fraction(0)) + chance
    return out


def _meet(layer: Layer, live: Threats) -> Chances:
    out: Chances = {}
    for seen in product((False, True), repeat=len(live)):
        chance = Fraction(1)
        for threat, tracked in zip(live, seen, strict=True):
            in_time = Fraction(layer.track[threat], PPM) if layer.kill[threat] else Fraction(0)
            chance *= in_time if tracked else 1 - in_time
        if not chance:
            continue
        targets = tuple(threat for threat, tracked in zip(live, seen, strict=True) if tracked)
        passed = tuple(threat for threat, tracked in zip(live, seen, strict=True) if not tracked)
        for controlled in (True, False):
            ruled = Fraction(layer.control if controlled else PPM - layer.control, PPM)
            if ruled:
                for (left, fired), more in _fight(layer, targets, layer.rounds, 1, controlled).items():
                    key = (tuple(sorted(left + passed)), fired)
                    out[key] = out.get(key, Fraction(0)) + chance * ruled * more
    return out


def _fight(layer: Layer, targets: Threats, rounds: int, look: int, controlled: bool) -> Chances:
    shots = rounds // layer.salvo
    if layer.per_threat:
        shots = min(shots, len(targets) * (layer.per_threat // layer.salvo))
    elif look < layer.looks:
        shots = min(shots, len(targets))
    if not targets or not shots or look > layer.looks:
        return {(targets, 0): Fraction(1)}
    fired = shots * layer.salvo
    out: Chances = {}
    for left, chance in _fire(layer, targets, shots, controlled).items():
        for (last, more), then in _fight(layer, left, rounds - fired, look + 1, controlled).items():
            key = (last, fired + more)
            out[key] = out.get(key, Fraction(0)) + chance * then
    return out


def _fire(layer: Layer, targets: Threats, shots: int, controlled: bool) -> dict[Threats, Fraction]:
    """Survivors of one look, shot after shot at a line of targets that are alive or dead."""
    states = {(True,) * len(targets): Fraction(1)}
    for shot in range(shots):
        then: dict[tuple[bool, ...], Fraction] = {}
        for alive, chance in states.items():
            for after, more in _shot(layer, targets, alive, shot, controlled):
                then[after] = then.get(after, Fraction(0)) + chance * more
        states = then
    out: dict[Threats, Fraction] = {}
    for alive, chance in states.items():
        left = tuple(threat for threat, lives in zip(targets, alive, strict=True) if lives)
        out[left] = out.get(left, Fraction(0)) + chance
    return out


def _shot(
    layer: Layer, targets: Threats, alive: tuple[bool, ...], shot: int, controlled: bool
) -> Iterator[tuple[tuple[bool, ...], Fraction]]:
    aims = [shot % len(targets)] if controlled else range(len(targets))
    for aim in aims:
        miss = (1 - Fraction(layer.kill[targets[aim]], PPM)) ** layer.salvo
        yield (*alive[:aim], False, *alive[aim + 1 :]), (1 - miss) / len(aims)
        yield alive, miss / len(aims)
