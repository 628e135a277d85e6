"""Compression of responses (zstd, br, gzip) by starlette-compress, for the media types that are served here."""

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

SMALLEST = 500  # bytes; shorter responses are sent as they are

for media_type in ("application/atom+xml", "application/problem+json", "application/x-ndjson", "text/csv"):
    add_compress_type(media_type)


class Compression:
    """Compresses responses, but for files under some paths: their tags are strong, so their bytes must not change."""

    def __init__(self, app: ASGIApp, excluded: tuple[str, ...]) -> None:
        self.app, self.excluded = app, excluded
        self.compress = CompressMiddleware(app, minimum_size=SMALLEST, gzip_level=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", "").rstrip("/"))
        await (self.app if path.startswith(self.excluded) else self.compress)(scope, receive, send)
