"""Requests of a page to the service's own API, and what the API refuses, explained in the page's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import FastAPI, Request

from app.database.errors import Unavailable
from app.http import client
from app.http.mount import address, mounted

Parameters = Sequence[tuple[str, Any]]

WHOLE = "fields"  # the parameter that a page does not pass on, since it needs whole records
_MAX_LISTED = 12  # allowed values in a message


class ParameterError(NamedTuple):
    """A refused query parameter, with a message for the reader of the page."""

    name: str
    message: str
    allowed: list[str]
    unlisted: int  # how many more values are allowed than `allowed` lists
    suggestion: str | None


@dataclass(frozen=True)
class ApiResult:
    """What the API answers: data where `status` is 200, otherwise a problem document (RFC 9457).

    `parameters` are the ones that were sent with the last request, `address` is the address with them; `errors` tell of
    the parameters that the API refused before.
    """

    status: int
    content: Any
    address: str
    parameters: Parameters
    errors: list[ParameterError]


async def get_json(request: Request, path: str, parameters: Parameters = ()) -> tuple[int, Any]:
    """Return the status and the JSON of a GET at a path of this service, mounted where the page is.

    Raise `Unavailable` where the data can't be read at the moment.
    """
    url = address(request.scope, quote(path), parameters)
    response = await client.get(request.app, url, request.scope.get("root_path", ""))
    if response.status == 503:
        raise Unavailable
    return response.status, json.loads(response.body)


async def get_accepted(request: Request, path: str, parameters: Parameters, messages: Mapping[str, str]) -> ApiResult:
    """Return what the API answers at a path, without the parameters that it refuses.

    A 422 names the refused parameters; the request is repeated without them until the API accepts the rest, or refuses
    it for something that is missing. The result then has the status 422.
    """
    errors: list[ParameterError] = []
    while True:
        status, content = await get_json(request, path, parameters)
        if status != 422:
            break
        errors += explain_errors(content["errors"], parameters, messages)
        refused = {error["name"] for error in content["errors"]}
        accepted = [pair for pair in parameters if pair[0] not in refused]
        if len(accepted) == len(parameters):
            break
        parameters = accepted
    return ApiResult(status, content, api_url(request, path, parameters), parameters, errors)


def api_url(request: Request, path: str, parameters: Parameters = ()) -> str:
    """Return the address of a path of this service, with parameters if there are any."""
    return address(request.scope, path, parameters) if parameters else mounted(request.scope, path)


def query_parameters(app: FastAPI, path: str) -> set[str]:
    """Return the names of the query parameters that the operation at a path has in the OpenAPI document."""
    paths = app.document["paths"]  # type: ignore[attr-defined]
    if path not in paths:
        # The path of a record: its operation is the one whose path ends in a placeholder.
        collection = path.rpartition("/")[0]
        path = next(name for name in paths if name.endswith("}") and name.rpartition("/")[0] == collection)
    parameters = paths[path]["get"].get("parameters", ())
    return {parameter["name"] for parameter in parameters if parameter["in"] == "query"} - {WHOLE}


def field_names(request: Request, path: str) -> list[str]:
    """Return the fields of the records at a path, by what its parameter `fields` takes in the OpenAPI document."""
    parameters = request.app.document["paths"][path]["get"]["parameters"]
    schema = next(parameter["schema"] for parameter in parameters if parameter["name"] == "fields")
    names: list[str] = schema["items"]["enum"]
    return names


def explain_errors(
    errors: list[dict[str, Any]], parameters: Parameters, messages: Mapping[str, str]
) -> list[ParameterError]:
    """Return the errors of a problem document with messages in the language of `messages`."""
    return [_explain(error, [str(v) for name, v in parameters if name == error["name"]], messages) for error in errors]


def _explain(error: dict[str, Any], values: list[str], messages: Mapping[str, str]) -> ParameterError:
    allowed = error["allowed"] or []
    key = "error_repeated" if len(values) > 1 else f"error_{error['name']}"
    template = messages["error_value"] if allowed else messages.get(key, messages["error_value"])
    shown = messages["list_mark"].join(values) if len(values) < 5 else "…"
    message = template.format(name=error["name"], values=shown)
    return ParameterError(
        error["name"], message, allowed[:_MAX_LISTED], len(allowed[_MAX_LISTED:]), error["suggestion"]
    )
