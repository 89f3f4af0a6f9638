"""Scarcity settled inside a phase, so that it never depends on who is asked first."""

from collections.abc import Mapping


def share(amount: int, claims: Mapping[str, int]) -> dict[str, int]:
    """Split `amount` whole things over `claims` in proportion; nobody gets more than it claimed.

    Largest remainder, ties by name. The same whatever the order of `claims`; sums to min(amount, all claims).
    """
    total = sum(claims.values())
    if amount < 0 or (claims and min(claims.values()) < 0):
        raise ValueError("share: amounts and claims are counts; none may be negative")
    if total <= amount:
        return dict(claims)
    given = {k: amount * n // total for k, n in claims.items()}
    left = amount - sum(given.values())
    by_remainder = sorted(claims, key=lambda k: (-(amount * claims[k] % total), k))
    for k in by_remainder[:left]:
        given[k] += 1
    return given


def share_ranked(amount: int, claims: Mapping[str, int], rank: Mapping[str, int]) -> dict[str, int]:
    """The same by rank: all claims of rank 1 first, then 2, ...; equals share in proportion. Unranked come last."""
    if len(claims) == 1:
        return share(amount, claims)
    last = max(rank.values(), default=0) + 1
    given: dict[str, int] = {}
    for r in sorted({rank.get(k, last) for k in claims}):
        part = share(amount, {k: n for k, n in claims.items() if rank.get(k, last) == r})
        given.update(part)
        amount -= sum(part.values())
    return {k: given[k] for k in claims}
