"""The route: a request held to the contract and handed to its function, with nothing between that costs more."""

import inspect
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from app.http.contract import Contract
from app.http.parameters import Given
from app.queries.reader import Reader, ReaderDep, answer

Maker = Callable[[Request, Given], Any]
Plan = Mapping[str, Maker]


class Route(APIRoute):
    """Makes what a function takes, its query model, its keys and the reader, at once.

    The framework resolves every field of a query model by itself, which takes longer than to answer. What takes
    anything else is left to the framework.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        plan = _plan(self.endpoint, self.param_convertors)
        return super().get_route_handler() if plan is None else partial(_handle, self.endpoint, plan)


async def _handle(function: Callable[..., Any], plan: Plan, request: Request) -> Response:
    contract: Contract = request.app.state.contract
    given = await contract(request)
    arguments = {name: make(request, given) for name, make in plan.items()}
    if inspect.iscoroutinefunction(function):
        result = await function(**arguments)
    else:
        result = await run_in_threadpool(function, **arguments)
    return result if isinstance(result, Response) else answer(result.model_dump_json(by_alias=True))


def _plan(function: Callable[..., Any], keys: Mapping[str, Any]) -> Plan | None:
    """How each argument is made; None if there is one that can't be made here."""
    hints = get_type_hints(function, include_extras=True)
    makers = {name: _maker(name, hints[name], keys) for name in inspect.signature(function).parameters}
    plan = {name: maker for name, maker in makers.items() if maker}
    return plan if len(plan) == len(makers) else None


def _maker(name: str, hint: Any, keys: Mapping[str, Any]) -> Maker | None:
    if hint == ReaderDep:
        return lambda request, _: Reader(request)
    if name in keys:
        return lambda request, _: request.path_params[name]
    if get_origin(hint) is Annotated and any(isinstance(mark, Query) for mark in get_args(hint)):
        model: type[BaseModel] = get_args(hint)[0]
        return partial(_query, model, _arrays(model))
    return None


def _arrays(model: type[BaseModel]) -> frozenset[str]:
    """The parameters that take several values."""
    fields = model.model_fields.items()
    return frozenset(info.alias or name for name, info in fields if get_origin(info.annotation) is list)


def _query(model: type[BaseModel], arrays: frozenset[str], _: Request, given: Given) -> BaseModel:
    try:
        return model.model_validate({name: values if name in arrays else values[0] for name, values in given.items()})
    except ValidationError as error:
        slips = [{**slip, "loc": ("query", *slip["loc"])} for slip in error.errors()]
        raise RequestValidationError(slips) from None
