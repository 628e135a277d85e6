"""The cache: finished responses kept in memory, found by what of a request decides which is sent."""

from collections.abc import Hashable
from threading import Lock

from cachetools import LRUCache
from starlette.types import Scope

from app.http.cached_response import CachedResponse
from app.http.conditional import CONDITIONAL, Preconditions

CAPACITY = 24 * 2**20  # bytes of responses that are kept
LONGEST_KEY = 1000  # characters; longer addresses are not worth the memory


class ResponseCache:
    """Keeps the responses that were asked for last."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.responses: LRUCache[Hashable, CachedResponse] = LRUCache(capacity, CachedResponse.size)
        self._lock = Lock()  # pages ask from their threads

    def find(self, scope: Scope) -> CachedResponse | None:
        """Return what is to be sent to a request, under its preconditions; None where the application must answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        encodings, conditions = b"", []
        for header in scope["headers"]:
            if header[0] == b"accept-encoding":
                encodings += header[1] + b","
            elif header[0] in CONDITIONAL:
                conditions.append(header)
            elif header[0] == b"range":
                return None
        with self._lock:
            response = self.responses.get(_key(scope, encodings))
        return response.under(Preconditions.of(conditions), scope) if response and conditions else response

    def keep(self, scope: Scope, response: CachedResponse) -> None:
        """Keep the response to a request, if it may be kept and fits in."""
        key = _key(scope, b"".join(value + b"," for name, value in scope["headers"] if name == b"accept-encoding"))
        fits = response.size() <= self.responses.maxsize and len(repr(key)) <= LONGEST_KEY
        if fits and response.is_cacheable:
            with self._lock:
                self.responses[key] = response


def _key(scope: Scope, encodings: bytes) -> Hashable:
    return scope["path"], scope["query_string"], scope.get("root_path", ""), encodings
