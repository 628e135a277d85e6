"""The route: a request's query validated by its model and handed to the function, with nothing between that costs more.

FastAPI resolves every field of a query model by itself, which takes longer than to answer most requests.
"""

import asyncio
import inspect
import re
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from operator import attrgetter
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import unquote, unquote_to_bytes

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.params import Depends
from fastapi.params import Query as QueryParameter
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from app.http.errors import RequestError, invalid_parameters
from app.http.messages import Message
from app.http.parameters import Lookup, Query
from app.http.threads import Threads
from app.http.validation import array_fields, request_errors

# Text that percent-decoding once more would turn into characters beyond ASCII.
_ENCODED = re.compile(r"(%[89A-Fa-f][0-9A-Fa-f]){2,}")

Resolver = Callable[[Request, BaseModel], Any]


class JSONText(Response):
    """A response whose content is JSON already, as text."""

    media_type = "application/json"


class Route(APIRoute):
    """A route whose function takes at most one query model, keys of the path, the request, and simple dependencies.

    A dependency is simple if it is a plain function of the request. A function that takes anything else is an error of
    the program: `TypeError` when the route is made. One that is no coroutine is called in a thread.
    """

    threads: Threads | None = None  # a line of their own

    def __init__(self, *arguments: Any, **named: Any) -> None:
        # The id of an operation is the name of its function.
        super().__init__(*arguments, **named | {"generate_unique_id_function": attrgetter("name")})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        hints = get_type_hints(self.endpoint, include_extras=True)
        names = inspect.signature(self.endpoint).parameters
        resolvers = {name: _resolver(name, hints[name], self.param_convertors) for name in names}
        models = [model for name in names if (model := _query_model(hints[name]))]
        is_async = inspect.iscoroutinefunction(self.endpoint)
        return partial(_handle, self.endpoint, is_async, models[0] if models else Query, resolvers, self.threads)


async def _handle(
    function: Callable[..., Any],
    is_async: bool,
    model: type[Query],
    resolvers: Mapping[str, Resolver],
    threads: Threads | None,
    request: Request,
) -> Response:
    # The query comes first, so that bad parameters are reported before a missing record.
    query = validate_query(model, request, request.app.state.catalog)
    arguments = {name: resolve(request, query) for name, resolve in resolvers.items()}
    if not is_async:
        result = await (threads.run if threads else run_in_threadpool)(function, **arguments)
    elif request.app.state.database.is_local or not arguments:
        result = await function(**arguments)
    else:
        # While another machine is waited for, others are answered; what asks nothing of it has no arguments.
        result = await run_in_threadpool(asyncio.run, function(**arguments))
    return result if isinstance(result, Response) else JSONText(result.model_dump_json(by_alias=True))


def validate_query(model: type[Query], request: Request, lookup: Lookup) -> Any:
    """Return a request's query as an instance of its model; `ProblemException` with all that is wrong in it."""
    given = _parse(request)
    arrays = array_fields(model)
    # An empty list is given where a parameter is not, because pydantic takes long to copy a list that is a default.
    values: dict[str, Any] = {name: [] for name in arrays}
    values |= {name: found if name in arrays else found[0] for name, found in given.items()}
    invalid = None
    try:
        query = model.model_validate(values, context=lookup)
    except ValidationError as error:
        invalid = error
    if invalid or any(len(found) > 1 and name not in arrays for name, found in given.items()):
        raise invalid_parameters(request_errors(model, given, invalid))
    return query


def _parse(request: Request) -> dict[str, list[str]]:
    """Return the values of every parameter; a query that is not UTF-8, or is encoded twice, is refused."""
    try:
        unquote_to_bytes(request.scope["query_string"].decode("ascii")).decode()
    except UnicodeDecodeError:
        raise invalid_parameters([RequestError("query", "", Message("encoding"))]) from None
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if _ENCODED.search(value) and (once := unquote(value, errors="ignore")) and not once.isascii():
            message = Message("encoded-twice", {"name": name, "value": value, "once": once})
            raise invalid_parameters([RequestError("query", name, message)])
        given.setdefault(name, []).append(value)
    return given


def _resolver(name: str, hint: Any, keys: Mapping[str, Any]) -> Resolver:
    """Return what makes an argument."""
    if hint is Request:
        return lambda request, _: request
    if name in keys:
        return lambda request, _: request.path_params[name]
    if _query_model(hint):
        return lambda _, query: query
    if get_origin(hint) is Annotated:
        for mark in get_args(hint)[1:]:
            if isinstance(mark, Depends) and mark.dependency:
                dependency = mark.dependency
                return lambda request, _: dependency(request)
    raise TypeError(f"a route can't resolve {name}: {hint}")


def _query_model(hint: Any) -> type[Query] | None:
    """Return the model of a query argument; None for any other argument."""
    if get_origin(hint) is not Annotated or not any(isinstance(mark, QueryParameter) for mark in get_args(hint)):
        return None
    model: type[Query] = get_args(hint)[0]
    return model
