"""Neighbours: what comes before and after a record in the notice."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def neighbours(keys: Sequence[T], key: T) -> tuple[T | None, T | None]:
    """The keys before and after one, in their order; None at the ends."""
    at = keys.index(key)
    return (keys[at - 1] if at else None), (keys[at + 1] if at + 1 < len(keys) else None)
