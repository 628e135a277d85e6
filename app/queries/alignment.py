"""Approximate alignment of a pattern with a text: the stretch of the text that takes the fewest edits."""

from collections.abc import Sequence
from typing import NamedTuple

_LAG = 30  # elements; an alignment so far behind the best one is given up
_NEVER = -(10**9)  # how far the pattern is read on a diagonal that is not reached


class Block(NamedTuple):
    """A run that stands in both: where it begins in the pattern and in the text, and its length."""

    pattern: int
    text: int
    size: int


class Frontier(NamedTuple):
    """After some edits, for each diagonal how far the pattern is read, and the diagonal before the last edit.

    Diagonals are numbered from 1; one more at each end is never reached.
    """

    reach: list[int]
    origins: list[int]


def align(pattern: Sequence[str], text: Sequence[str], most: int) -> list[list[Block]]:
    """Return the alignments of the whole pattern with any stretch of the text that take the fewest edits.

    An edit puts in, leaves out or replaces one element. The text is a little longer than the pattern; how much longer
    bounds how far the alignment may drift. Empty if more than `most` edits are needed. Each alignment is given as the
    runs that agree, in order. The algorithm is that of Landau and Vishkin (1989), which for each number of edits and
    each diagonal (place in the text less place in the pattern) keeps how far the pattern can be read.
    """
    size, diagonals = len(pattern), range(1, max(1, len(text) - len(pattern) + 1) + 1)
    reach = [_NEVER, *(_extend(pattern, text, 0, diagonal - 1) for diagonal in diagonals), _NEVER]
    frontiers = [Frontier(reach, list(range(len(reach))))]
    while (best := max(frontiers[-1].reach)) < size:
        if best < 0 or len(frontiers) > most:
            return []
        frontiers.append(_edit(pattern, text, frontiers[-1].reach))
    return [_blocks(frontiers, diagonal) for diagonal in diagonals if frontiers[-1].reach[diagonal] == size]


def _edit(pattern: Sequence[str], text: Sequence[str], reach: list[int]) -> Frontier:
    """Return the frontier after one more edit."""
    size, length = len(pattern), len(text)
    least = max(reach) - _LAG
    alive = [diagonal for diagonal, reached in enumerate(reach) if reached >= least]
    further, origins = [_NEVER] * len(reach), [0] * len(reach)
    for diagonal in range(max(1, alive[0] - 1), min(len(reach) - 2, alive[-1] + 1) + 1):
        reached, origin = reach[diagonal] + 1, diagonal  # one element is replaced,
        if reach[diagonal - 1] > reached:  # one more is in the text,
            reached, origin = reach[diagonal - 1], diagonal - 1
        if reach[diagonal + 1] >= reached:  # or one more is in the pattern
            reached, origin = reach[diagonal + 1] + 1, diagonal + 1
        if least <= reached <= length - diagonal + 1:
            further[diagonal], origins[diagonal] = _extend(pattern, text, min(reached, size), diagonal - 1), origin
    return Frontier(further, origins)


def _extend(pattern: Sequence[str], text: Sequence[str], reached: int, shift: int) -> int:
    """Return how far the pattern can be read on from there without an edit."""
    end = min(len(pattern), len(text) - shift)
    while reached < end and pattern[reached] == text[reached + shift]:
        reached += 1
    return reached


def _blocks(frontiers: list[Frontier], diagonal: int) -> list[Block]:
    """Return the runs that agree, by going back from the end of the pattern on a diagonal."""
    blocks = []
    for edits in range(len(frontiers) - 1, -1, -1):
        end, origin = frontiers[edits].reach[diagonal], frontiers[edits].origins[diagonal]
        start = frontiers[edits - 1].reach[origin] + (origin >= diagonal) if edits else 0
        if end > start:
            blocks.append(Block(start, start + diagonal - 1, end - start))
        diagonal = origin
    return blocks[::-1]
