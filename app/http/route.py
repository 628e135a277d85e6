"""The route: a request's query validated by its model and handed to the function, with nothing between that costs more.

FastAPI resolves every field of a query model by itself, which takes longer than to answer most requests.
"""

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.params import Depends
from fastapi.params import Query as QueryParameter
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.http.parameters import Query
from app.http.responses import json_response
from app.http.threads import Threads
from app.http.validation import validate_query

Resolver = Callable[[Request, BaseModel], Any]


class Route(APIRoute):
    """A route whose function takes at most one query model, keys of the path, the request, and simple dependencies.

    A dependency is simple if it is a plain function of the request. A function that takes anything else is an error of
    the program: `TypeError` when the route is made. One that is no coroutine is called in a thread.
    """

    threads: Threads | None = None  # a line of their own

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        hints = get_type_hints(self.endpoint, include_extras=True)
        names = inspect.signature(self.endpoint).parameters
        resolvers = {name: _resolver(name, hints[name], self.param_convertors) for name in names}
        models = [model for name in names if (model := _query_model(hints[name]))]
        return partial(_handle, self.endpoint, models[0] if models else Query, resolvers, self.threads)


async def _handle(
    function: Callable[..., Any],
    model: type[Query],
    resolvers: Mapping[str, Resolver],
    threads: Threads | None,
    request: Request,
) -> Response:
    # The query comes first, so that bad parameters are reported before a missing record.
    query = validate_query(model, request, request.app.state.catalog)
    arguments = {name: resolve(request, query) for name, resolve in resolvers.items()}
    if not inspect.iscoroutinefunction(function):
        result = await (threads.run if threads else run_in_threadpool)(function, **arguments)
    elif request.app.state.database.is_local or not arguments:
        result = await function(**arguments)
    else:
        # While another machine is waited for, others are answered; what asks nothing of it has no arguments.
        result = await run_in_threadpool(asyncio.run, function(**arguments))
    return result if isinstance(result, Response) else json_response(result.model_dump_json(by_alias=True))


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
