"""The service: its settings, its data, its middleware and its routers."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from app import __version__, docs
from app.cors import Cors
from app.database import Database
from app.errors import HANDLERS, CatchAll
from app.examples import add_examples
from app.head import Head
from app.known import Known
from app.models.vocabulary import with_codes
from app.openapi import Document, describe
from app.parameters import Parameters
from app.routers import (
    categories,
    contact,
    health,
    issues,
    measures,
    metrics,
    notice,
    numerals,
    reconciliation,
    sections,
    source,
    statements,
    vocabularies,
)
from app.settings import Settings

ROUTERS = (
    notice, sections, categories, issues, statements, measures, metrics, contact,
    vocabularies, numerals, reconciliation, source, health,
)  # fmt: skip
MIDDLEWARE = [Middleware(Cors), Middleware(Head), Middleware(CatchAll)]

DESCRIPTION = """\
What a Chinese government notice says it did about the problems that an inspection found, as typed, citable data.

Neutral: it says what the notice says, where, and no more. Every printed string has its place in `/source.txt`; what
the notice does not state is null or listed in `/notice` under `not_stated`. English texts, topics, kinds and labels
are ours and unofficial.

Read-only, open to every web page, no key. Collections answer `{items, total, limit, offset, next, previous}`; errors
are `application/problem+json`, and say what is allowed. A parameter that is not listed here is refused.
"""


class Service(FastAPI):
    """The app, whose OpenAPI document is filled from its data when first asked for."""

    @cached_property
    def document(self) -> Document:
        """The document as far as code alone tells it."""
        return describe(self)

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            document = with_codes(self.document, self.state.known.codes)
            add_examples(self, document)
            self.openapi_schema = document
        return self.openapi_schema


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Build and open the database before the first request, so that a fault shows at the start."""
    app.state.known.default  # noqa: B018
    yield


def create_app(settings: Settings) -> FastAPI:
    """A service over the data that the settings name; nothing is read before it is asked for."""
    app = Service(
        title="Zhenggai 整改数据",
        summary="Rectification notices as open data.",
        description=DESCRIPTION,
        version=__version__,
        license_info={"name": "Code MIT, transcription CC BY 4.0"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=MIDDLEWARE,
        exception_handlers=HANDLERS,  # type: ignore[arg-type]
        generate_unique_id_function=_name,
    )
    app.state.database = Database(settings.seed, settings.database)
    app.state.known = Known(app.state.database, settings.default)
    parameters = Depends(Parameters(lambda: app.document))
    for module in ROUTERS:
        app.include_router(module.router, dependencies=[parameters])
    docs.mount(app)
    return app


def _name(route: APIRoute) -> str:
    return route.name


app = create_app(Settings.read(os.environ))
