"""The cache: finished responses kept in memory, found by what of a request decides which is sent."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import Message, Scope

from app.http.conditional import CONDITIONAL, Preconditions
from app.http.errors import ProblemException, problem_response
from app.http.headers import RAW_HEADERS
from app.http.messages import Message as ErrorMessage

CAPACITY = 24 * 2**20  # bytes of responses that are kept
LONGEST_KEY = 1000  # characters; longer addresses are not worth the memory
OVERHEAD = 4000  # bytes that the headers and the key of a response take, at most
_OF_A_BODY = (b"content-length", b"content-type", b"content-encoding", b"content-disposition", b"content-range")

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class CachedResponse:
    """A finished response. Only one that may be kept has a tag, and only that is held to preconditions."""

    status: int
    headers: RawHeaders
    body: bytes

    @cached_property
    def validators(self) -> tuple[str, str | None] | None:
        """The response's ETag and Last-Modified."""
        headers = dict(self.headers)
        if self.status not in (200, 206) or b"etag" not in headers:
            return None
        return headers[b"etag"].decode("latin-1"), headers.get(b"last-modified", b"").decode("latin-1") or None

    @property
    def is_cacheable(self) -> bool:
        """Whether the same bytes may be sent to the next who asks."""
        return self.status == 200 and self.validators is not None

    def size(self) -> int:
        """Return how many bytes of memory it takes."""
        return len(self.body) + OVERHEAD

    def under(self, conditions: RawHeaders, scope: Scope) -> "CachedResponse":
        """Return the response, or the 304 or 412 that stands in its place under a request's conditional headers."""
        if not conditions or not self.validators:
            return self
        outcome = Preconditions.of(conditions).evaluate(*self.validators)
        if outcome == 412:
            problem = problem_response(Request(scope), ProblemException(412, ErrorMessage("precondition")))
            return CachedResponse(412, [*problem.raw_headers, *RAW_HEADERS], bytes(problem.body))
        return self._not_modified if outcome == 304 else self

    @cached_property
    def _not_modified(self) -> "CachedResponse":
        return CachedResponse(304, [(name, value) for name, value in self.headers if name not in _OF_A_BODY], b"")

    def messages(self, method: str) -> tuple[Message, Message]:
        """Return the response as ASGI sends it, without its body to HEAD."""
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        return start, {"type": "http.response.body", "body": b"" if method == "HEAD" else self.body}


class ResponseCache:
    """Keeps the responses that were asked for last."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.responses: LRUCache[Hashable, CachedResponse] = LRUCache(capacity, CachedResponse.size)
        self._lock = Lock()  # pages ask from their threads

    def find(self, scope: Scope) -> CachedResponse | None:
        """Return what is to be sent to a request, under its preconditions; None where the application must answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        encodings, conditional = b"", []
        for header in scope["headers"]:
            if header[0] == b"accept-encoding":
                encodings += header[1] + b","
            elif header[0] in CONDITIONAL:
                conditional.append(header)
            elif header[0] == b"range":
                return None
        with self._lock:
            response = self.responses.get(_key(scope, encodings))
        return response.under(conditional, scope) if response and conditional else response

    def keep(self, scope: Scope, response: CachedResponse) -> None:
        """Keep the response to a request, if it may be kept and fits in."""
        key = _key(scope, b"".join(value + b"," for name, value in scope["headers"] if name == b"accept-encoding"))
        fits = response.size() <= self.responses.maxsize and len(repr(key)) <= LONGEST_KEY
        if fits and response.is_cacheable:
            with self._lock:
                self.responses[key] = response


def conditions(scope: Scope) -> RawHeaders:
    """Return the conditional headers of a request."""
    return [header for header in scope["headers"] if header[0] in CONDITIONAL]


def _key(scope: Scope, encodings: bytes) -> Hashable:
    return scope["path"], scope["query_string"], scope.get("root_path", ""), encodings
