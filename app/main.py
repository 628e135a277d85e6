"""The service: its settings, its data, its middleware and its routers."""

import gc
import os
from asyncio import CancelledError
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import cache, cached_property
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from app import __version__, pages
from app.database.catalog import Catalog
from app.database.engine import Database
from app.database.repository import Repository
from app.http.caching import CacheMiddleware
from app.http.client import get_body
from app.http.errors import HANDLERS
from app.http.headers import ResponseHeaders
from app.http.mount import Mount
from app.http.response_cache import ResponseCache
from app.logs import RequestLog, telemetry_config
from app.mcp.endpoint import Endpoint
from app.openapi.document import DESCRIPTION, TAGS, Document, describe, with_components
from app.openapi.examples import add_examples
from app.release.agreement import with_agreement
from app.release.storage import Release
from app.routers import (
    categories,
    changes,
    contact,
    dataset,
    documents,
    exports,
    glossary,
    health,
    indicators,
    issues,
    llms,
    locate,
    measures,
    metrics,
    notices,
    numerals,
    openapi,
    organizations,
    reconciliation,
    search,
    sections,
    source,
    statements,
    vocabularies,
)
from app.settings import Settings

ROUTERS = (
    notices, sections, categories, issues, statements, measures, metrics, documents, organizations,
    contact, search, locate, indicators,
    vocabularies, glossary, numerals, reconciliation, source, dataset, changes, llms, health, openapi, exports,
)  # fmt: skip

_THREADS = 2  # they take turns with the event loop, so that with many of them it waits long
_WAITING_THREADS = 8  # where they wait for PostgreSQL

for media_type in ("application/problem+json", "application/x-ndjson", "text/csv"):
    add_compress_type(media_type)


class Service(FastAPI):
    """The app, whose OpenAPI document is completed from its data when it is first asked for.

    What is kept in `cache` is sent before FastAPI and the middleware see the request: they take as long as the rest.
    """

    cache: ResponseCache | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self.cache.find(scope) if self.cache else None
        if response is None:
            return await super().__call__(scope, receive, send)
        for message in response.messages(scope["method"]):
            await send(message)

    @cached_property
    def paths(self) -> list[str]:
        """The paths of the document, which takes ten times as long to be made."""
        listed = (route.path_format for route in iter_route_contexts(self.routes) if route.include_in_schema)
        return list(dict.fromkeys(path for path in listed if path))

    @cached_property
    def document(self) -> Document:
        """The document without what is read from the data."""
        return describe(self)

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = with_components(self.document, self.state.catalog)
            add_examples(self, document)
            self.openapi_schema = document
        return self.openapi_schema


@asynccontextmanager
async def lifespan(app: Service) -> AsyncIterator[None]:
    """Build and open the database before the first request, so that a fault shows at the start."""
    app.state.catalog.default  # noqa: B018
    app.state.database.snapshot  # noqa: B018
    current_default_thread_limiter().total_tokens = _THREADS if app.state.database.is_local else _WAITING_THREADS
    # FastAPI completes its routes when they are first looked at, which would hold up the first requests by 0.3 s.
    app.paths  # noqa: B018
    # What is there now stays: to look through all of it for garbage would hold up requests by 0.1 s time and again.
    gc.freeze()
    # A second signal ends a stop at once, which is nothing that a log should have a trace of.
    with suppress(CancelledError):
        yield


def create_app(settings: Settings) -> FastAPI:
    """Return a service over the data that the settings name; nothing is read before it is asked for."""
    database = Database(settings.seed, settings.database, settings.drafts)
    catalog = Catalog(database, settings.default)
    response_cache, telemetry = ResponseCache(), telemetry_config(os.environ)
    app = Service(
        title="Zhenggai",
        summary="Rectification notices as open data.",
        description=DESCRIPTION,
        version=__version__,
        license_info={"name": "Code MIT, transcription CC BY 4.0", "identifier": "MIT AND CC-BY-4.0"},
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry=telemetry,
        middleware=[
            *([Middleware(RequestLog)] if settings.log_format == "json" else []),
            Middleware(Mount, mount=settings.mount, routes=lambda: _paths(app)),
            Middleware(CacheMiddleware, cache=response_cache, uncompressed="/dataset/", parameters=pages.PARAMETERS),
            Middleware(CompressMiddleware, minimum_size=500, gzip_level=6),
            Middleware(ResponseHeaders, database=database, posted="/mcp"),
        ],
        exception_handlers=HANDLERS | pages.HANDLERS,
    )
    # Where requests are logged or traced, each goes through the middleware.
    app.cache = None if settings.log_format == "json" or telemetry["tracing"] else response_cache
    app.state.database, app.state.catalog, app.state.response_cache = database, catalog, response_cache
    app.state.repository = Repository(database, catalog)
    app.state.release = _release(app, settings, database)
    app.state.public_url = settings.public_url
    for module in ROUTERS:
        # Included routers are a tree, which FastAPI would search anew for every request.
        app.router.routes.extend(module.router.routes)
    app.router.routes.append(Route("/mcp", Endpoint(app), include_in_schema=False))
    app.include_router(pages.router)
    return app


def _release(app: FastAPI, settings: Settings, database: Database) -> Release:
    """The release. Its files do not tell where the service is, since they may be made before that is known."""

    @cache
    def anywhere() -> FastAPI:
        return app if settings.public_url is None else create_app(settings.model_copy(update={"public_url": None}))

    return Release(database.release, with_agreement(lambda url: get_body(anywhere(), url), settings.seed))


def _paths(app: FastAPI) -> Iterator[str]:
    """Yield the paths of all routes."""
    return (route.path for route in iter_route_contexts(app.routes) if route.path)


app = create_app(Settings.read(os.environ))
