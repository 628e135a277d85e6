"""Answers: finished bytes with their headers, and the one way by which they are sent, kept or new."""

from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from app.http.compression import SMALLEST, accepted, compressed, compressible
from app.http.conditional import unchanged

Raw = list[tuple[bytes, bytes]]

# What describes a body, and is left out where there is none.
_OF_A_BODY = (b"content-length", b"content-type", b"content-encoding", b"content-disposition")
_OVERHEAD = 3500  # bytes that an answer's headers, its key and its place in the store take, at most
_LONGEST = 1000  # characters; what reads longer headers remembers them, so they count as absent


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request's headers decides how it is answered."""

    bodiless: bool
    accept: str
    encoding: str | None
    none_match: str | None
    modified_since: str | None
    ranged: bool

    @classmethod
    def of(cls, scope: Scope) -> "Asked":
        found = {b"accept": "", b"accept-encoding": ""}
        for name, value in scope["headers"]:
            if name in _READ and (len(value) <= _LONGEST or name not in _REMEMBERED):
                text = value.decode("latin-1")
                # A header that is sent in several lines is one list.
                found[name] = f"{found[name]}, {text}" if found.get(name) else text
        return cls(
            scope["method"] == "HEAD",
            found[b"accept"],
            accepted(found[b"accept-encoding"]),
            found.get(b"if-none-match"),
            found.get(b"if-modified-since"),
            b"range" in found,
        )

    def holds(self, tag: str, modified: str | None) -> bool:
        """Whether the client holds the answer with this tag and date already."""
        if self.none_match is None and self.modified_since is None:
            return False
        return unchanged(self.none_match, self.modified_since, tag, modified)


_READ = {b"accept", b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_REMEMBERED = {b"accept-encoding", b"if-modified-since"}


@dataclass(frozen=True)
class Answer:
    """A finished answer in one encoding. Only one that may be kept has a tag, and is looked at for conditions."""

    status: int
    headers: Raw
    body: bytes
    tag: str | None
    modified: str | None

    @cached_property
    def unchanged(self) -> Raw:
        """The headers of a 304 in its place."""
        return without_body(self.headers)

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + _OVERHEAD

    def encoded(self, encoding: str | None) -> "Answer":
        """The same in an encoding, where it is worth it."""
        headers = MutableHeaders(raw=list(self.headers))
        if encoding is None or "Accept-Encoding" not in headers.get("Vary", ""):
            return self
        body = compressed(self.body, encoding)
        headers["Content-Encoding"], headers["Content-Length"] = encoding, str(len(body))
        return Answer(self.status, headers.raw, body, self.tag, self.modified)

    async def send(self, asked: Asked, send: Send) -> None:
        """Send it, or a 304 to whoever holds it."""
        if self.tag and asked.holds(self.tag, self.modified):
            await send({"type": "http.response.start", "status": 304, "headers": self.unchanged})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
            await send({"type": "http.response.body", "body": b"" if asked.bodiless else self.body})


def finished(start: Message, body: bytes) -> Answer:
    """The answer, as yet in no encoding, that an application's response makes."""
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Length"] = str(len(body))
    if len(body) >= SMALLEST and compressible(headers.get("Content-Type", "")):
        headers.add_vary_header("Accept-Encoding")
    return Answer(start["status"], headers.raw, body, headers.get("ETag"), headers.get("Last-Modified"))


def without_body(headers: Raw) -> Raw:
    """The headers that a 304 shares with the 200 in whose place it stands."""
    return [(name, value) for name, value in headers if name not in _OF_A_BODY]
