"""Fuzzy search: the stretch of a text that is most similar to some words, token by token."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from app.queries.alignment import Block, align
from app.queries.tokens import Figure, TokenizedText

Range = tuple[int, int]

_ENOUGH = 0.6  # of the characters of the longer one are in both
_SHORTEST = 4  # characters; fewer are like too much
_LONGEST_FIGURE = 12  # characters of words that are compared to each figure
_SHORT = 40  # tokens; longer words are found by their rarer seeds, at the likeliest place alone
_RARE = 20  # places at most where a rare seed stands
_SHARED = 0.05  # of the tokens of longer words begin a seed that they share with the likeliest place
_LIKELY = 200  # offsets that are ranked
_TRIED = 12  # places to which short words are compared
_SLACK = 16  # tokens that may be missing or put in; twice as many in longer words
_REACH = 20  # tokens within which a figure may stand that is out of order
_COMPARED = 60  # characters; longer stretches that differ count as different altogether


@dataclass(frozen=True)
class Candidate:
    """A range of the text's tokens that is similar to the words.

    `gaps` are the ranges of tokens, in the words and in the text, in which they differ. `similarity` is up to 1.
    """

    similarity: float
    tokens: Range
    gaps: list[tuple[Range, Range]]


class FuzzyIndex:
    """A tokenized text and where in it the seeds of similar texts stand."""

    def __init__(self, text: TokenizedText) -> None:
        self.text, self.keys = text, text.keys
        self.figures = {self.keys[place]: place for place in reversed(text.figures)}
        self.places: dict[tuple[str, str], list[int]] = {}
        for place, seed in _seeds(text):
            self.places.setdefault(seed, []).append(place)

    def search(self, words: TokenizedText) -> Candidate | None:
        """Return the stretch that is most similar to the words; None if nothing is similar enough."""
        found = [*self._stretches(words), *self._figures(words)]
        best = max(found, key=lambda candidate: candidate.similarity, default=None)
        return best if best and best.similarity >= _ENOUGH else None

    def _stretches(self, words: TokenizedText) -> Iterator[Candidate]:
        """Yield the stretches that take the fewest edits, at the likely places."""
        size = len(words.keys)
        if len("".join(words.keys)) < _SHORTEST:
            return
        slack, most = (min(size, _SLACK), size) if size <= _SHORT else (2 * _SLACK, size * 2 // 5)
        for offset in self._offsets(words):
            start, end = offset - slack, offset + size + slack
            for blocks in align(words.keys, self._window(start, end), most):
                if blocks:
                    blocks = [Block(a, start + b, length) for a, b, length in blocks]
                    widened = self._candidate(words, blocks, *self._widened(words, blocks))
                    yield widened
                    yield from self._with_moved_figures(words, blocks, widened)

    def _offsets(self, words: TokenizedText) -> list[int]:
        """Return where the words are likely to begin in the text, by the seeds that both share, likeliest first."""
        short = len(words.keys) <= _SHORT
        seeds = {seed: place for place, seed in _seeds(words)}  # one that is repeated says no more
        found = ((place, self.places.get(seed, [])) for seed, place in seeds.items())
        votes = Counter(b - a for a, places in found if short or len(places) <= _RARE for b in places)
        # Tokens that are missing or put in shift what follows, so neighbouring offsets vote together.
        likely = [offset for offset, _ in votes.most_common(_LIKELY)]
        ranked = sorted(likely, key=lambda offset: (-sum(votes[offset + shift] for shift in range(-4, 5)), offset))
        if not short:
            around = sum(votes[ranked[0] + shift] for shift in range(-2 * _SLACK, 2 * _SLACK + 1)) if ranked else 0
            return ranked[:1] if around >= len(words.keys) * _SHARED else []
        apart: list[int] = []
        for offset in ranked:
            if len(apart) < _TRIED and all(abs(offset - other) > 2 for other in apart):
                apart.append(offset)
        return apart

    def _window(self, start: int, end: int) -> list[str]:
        """Return the keys of a range of tokens, padded with empty ones where it reaches beyond the text."""
        return [""] * -start + self.keys[max(0, start) : end] + [""] * (end - len(self.keys))

    def _candidate(self, words: TokenizedText, blocks: list[Block], start: int, end: int, moved: int = 0) -> Candidate:
        """Return the candidate with these blocks; `moved` characters are in both, but out of order."""
        runs = [Block(0, start, 0), *blocks, Block(len(words.keys), end, 0)]
        between = (((a.pattern + a.size, b.pattern), (a.text + a.size, b.text)) for a, b in pairwise(runs))
        gaps = [(mine, theirs) for mine, theirs in between if mine[0] < mine[1] or theirs[0] < theirs[1]]
        common = moved + sum(len(_join(words.keys, block.pattern, block.pattern + block.size)) for block in blocks)
        common += sum(_common(_join(words.keys, *mine), _join(self.keys, *theirs)) for mine, theirs in gaps)
        longer = max(len("".join(words.keys)), len(_join(self.keys, start, end)))
        return Candidate(min(common, longer) / longer, (start, end), gaps)

    def _widened(self, words: TokenizedText, blocks: list[Block]) -> Range:
        """Return the range of blocks with what stands in place of the words before the first and after the last one."""
        first, last = blocks[0], blocks[-1]
        start = self._edge(words, first.pattern, first.text, -1)
        return start, self._edge(words, last.pattern + last.size, last.text + last.size, 1)

    def _edge(self, words: TokenizedText, mine: int, theirs: int, step: int) -> int:
        """Return the edge `theirs` moved outwards to what stands in place of the words beyond their edge `mine`.

        It moves by as many tokens as there are words at most, and over no punctuation that the words do not have.
        """
        beyond = words.keys[mine:] if step > 0 else words.keys[:mine]
        rest = "".join(beyond)
        figures = words.has_figure(mine, len(words.keys) if step > 0 else 0)
        best, edge, least = theirs, theirs, len(rest)
        for _ in beyond if len(rest) <= _COMPARED else ():
            if edge in (0, len(self.keys)) or (self.text.is_parted(edge) and not words.is_parted(mine)):
                break
            edge, mine = edge + step, mine + step
            printed = _join(self.keys, *sorted((theirs, edge)))
            distance = max(len(rest), len(printed)) - _common(rest, printed)
            # What has nothing in common is replaced as a whole, a figure by a figure.
            if distance < least or (distance == len(rest) and figures == self.text.has_figure(theirs, edge)):
                best, least = edge, distance
        return best

    def _with_moved_figures(self, words: TokenizedText, blocks: list[Block], widened: Candidate) -> Iterator[Candidate]:
        """Yield the candidate that reaches to figures of the words that stand close by, in place of no other figure."""
        missing = [
            place
            for mine, theirs in widened.gaps
            for place in sorted(words.figures.keys() & range(*mine))
            if len(words.keys[place]) > 1 and not self._is_replaced(words.figures[place], theirs)
        ]
        start, end, moved = blocks[0].text, blocks[-1].text + blocks[-1].size, 0
        near = range(max(0, start - _REACH), min(len(self.keys), end + _REACH))
        for place in missing:
            found = [other for other in near if self.keys[other] == words.keys[place]]
            if not found:
                continue
            figure = min(found, key=lambda other: max(start - other, other - end))
            if place >= blocks[-1].pattern + blocks[-1].size and figure >= end:
                blocks = [*blocks, Block(place, figure, 1)]
            elif place < blocks[0].pattern and figure < start:
                blocks = [Block(place, figure, 1), *blocks]
            else:
                moved += len(words.keys[place])
            start, end = min(start, figure), max(end, figure + 1)
        if missing:
            yield self._candidate(words, blocks, start, end, moved)

    def _is_replaced(self, figure: Figure, gap: Range) -> bool:
        """Whether another figure of the same kind, or the same number of another kind, stands in the gap."""
        others = [self.text.figures[place] for place in self.text.figures.keys() & range(*gap)]
        return any(figure.kind == other.kind or figure.number == other.number for other in others)

    def _figures(self, words: TokenizedText) -> Iterator[Candidate]:
        """Yield the figures that are like words that are little more than a figure."""
        text, size = "".join(words.keys), len(words.keys)
        if not words.figures or len(text) > _LONGEST_FIGURE:
            return
        for key, place in self.figures.items():
            similarity = _common(text, key) / max(len(text), len(key)) if len(text) >= _SHORTEST else 0
            if size == 1:
                similarity = max(similarity, words.figures[0].similarity(self.text.figures[place]))
            yield Candidate(similarity, (place, place + 1), [((0, size), (place, place + 1))])
        for mine, figure in words.figures.items():
            if figure.kind and words.keys[mine] in self.figures:
                place = self.figures[words.keys[mine]]
                gaps = [((0, mine), (place, place)), ((mine + 1, size), (place + 1, place + 1))]
                yield Candidate(_ENOUGH, (place, place + 1), [gap for gap in gaps if gap[0][0] < gap[0][1]])


def _seeds(text: TokenizedText) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield what similar texts share, with the token where it stands: two tokens in a row, a number, a unit."""
    yield from enumerate(pairwise(text.keys))
    for place, figure in text.figures.items():
        yield place, ("#", figure.number)
        if figure.unit:
            yield place, ("@", figure.unit)


def _join(keys: list[str], start: int, end: int) -> str:
    return "".join(keys[start:end])


@lru_cache(2000)
def _common(words: str, printed: str) -> int:
    """Return how many characters two short texts have in common, in order."""
    if not words or not printed or len(words) + len(printed) > _COMPARED:
        return 0
    blocks = SequenceMatcher(None, words, printed, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
