"""Chunks: lines of text as the pieces of a stream, large enough to be worth sending."""

from collections.abc import Iterable, Iterator

SIZE = 64 * 1024


def chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines in UTF-8, gathered into pieces of at least `SIZE` characters, but for the last."""
    gathered, length = [], 0
    for line in lines:
        gathered.append(line)
        length += len(line)
        if length >= SIZE:
            yield "".join(gathered).encode()
            gathered, length = [], 0
    if gathered:
        yield "".join(gathered).encode()
