"""Compression: which encoding a client takes, and bytes in it, whole or as they come (RFC 9110, 8.4.1 and 12.5.3)."""

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import brotli
import zstandard

from app.http.negotiation import weights

SMALLEST = 500  # bytes; shorter answers are sent as they are
_KINDS = ("text/", "application/json", "application/problem+json", "application/ld+json", "application/x-ndjson")
_MORE = ("application/javascript", "image/svg+xml", "application/xml")


class Compressor(Protocol):
    """Compresses a stream part by part."""

    def compress(self, part: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, part: bytes, /) -> bytes:
        return bytes(self._compressor.process(part))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


_ENCODINGS: dict[str, Callable[[int], Compressor]] = {
    "zstd": lambda size: zstandard.ZstdCompressor(level=4).compressobj(size=size),
    "br": lambda _: _Brotli(),
    "gzip": lambda _: zlib.compressobj(6, zlib.DEFLATED, 31),  # 31: with gzip's own header
}


def compressor(encoding: str, size: int = -1) -> Compressor:
    """A compressor for one body, of so many bytes if that is known."""
    return _ENCODINGS[encoding](size)


def compressed(body: bytes, encoding: str) -> bytes:
    """A whole body in an encoding."""
    made = compressor(encoding, len(body))
    return made.compress(body) + made.flush()


def compressible(media_type: str) -> bool:
    """Whether bodies of the type are text."""
    return media_type.startswith((*_KINDS, *_MORE))


@lru_cache(1000)
def accepted(header: str) -> str | None:
    """The encoding to be used for an Accept-Encoding header: of those that it takes best, the first of ours."""
    given = weights(header)
    best = max(_ENCODINGS, key=lambda name: given.get(name, given.get("*", 0.0)))
    return best if given.get(best, given.get("*", 0.0)) > 0 else None
