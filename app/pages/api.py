"""Requests of a page to the service's own API, and what the API refuses, explained in the page's language."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import Request

from app.database.errors import Unavailable
from app.database.select import ALL
from app.http import client
from app.http.mount import address, mounted
from app.queries.query import MOST_ITEMS

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

    `parameters` are the ones that were sent with the last request, `address` is the address with them.
    """

    status: int
    content: Any
    address: str
    parameters: Parameters


class PageNotFound(Exception):
    """The record that a page is about does not exist; holds the API's problem document, if that says so."""

    def __init__(self, problem: dict[str, Any] | None) -> None:
        self.problem = problem


class ApiClient:
    """The API as one page asks it.

    Requests change two attributes: `errors` collects the parameters that the API refused, each once, and `notice`
    becomes None where the API refused the notice that the page's address asks for.
    """

    def __init__(self, request: Request, messages: Mapping[str, str]) -> None:
        self.request, self.messages = request, messages
        self.notice: str | None = request.query_params.get("notice") or None
        self.errors: list[ParameterError] = []

    async def get_json(self, path: str, parameters: Parameters = ()) -> tuple[int, Any]:
        """Return the status and the JSON of a GET at a path of this service, mounted where the page is.

        Raise `Unavailable` where the data can't be read at the moment.
        """
        url = address(self.request.scope, quote(path), parameters)
        response = await client.get(self.request.app, url, self.request.scope.get("root_path", ""))
        if response.status == 503:
            raise Unavailable
        return response.status, json.loads(response.body)

    async def request_api(self, path: str, *parameters: tuple[str, Any], query: Parameters = ()) -> ApiResult:
        """Return what the API answers at a path, whatever the status.

        Of `query` only the parameters that the operation has are sent. The page's notice is added if the operation
        takes a notice and `parameters` name none. Refused parameters are reported in the page, and the request is
        repeated without them until the API accepts the rest, or refuses it for something that is missing (422).
        """
        names = self._query_parameters(path)
        adds_notice = self.notice is not None and "notice" in names and "notice" not in dict(parameters)
        notice = [("notice", self.notice)] if adds_notice else []
        sent = [*notice, *(pair for pair in query if pair[0] in names and pair[0] != "notice"), *parameters]
        while True:
            status, content = await self.get_json(path, sent)
            if status != 422:
                break
            self.report(content["errors"], sent)
            refused = {error["name"] for error in content["errors"]}
            accepted = [pair for pair in sent if pair[0] not in refused]
            if len(accepted) == len(sent):
                break
            sent = accepted
        if adds_notice and "notice" not in dict(sent):
            self.notice = None
        return ApiResult(status, content, self.api_url(path, *sent), sent)

    async def fetch(self, path: str, *parameters: tuple[str, Any], query: Parameters = ()) -> ApiResult:
        """Return the data at a path of the API, as `request_api` does; raise `PageNotFound` where there is none."""
        result = await self.request_api(path, *parameters, query=query)
        if result.status != 200:
            raise PageNotFound(result.content)
        return result

    async def fetch_record(self, collection: str, key: str) -> ApiResult:
        """Return a record by its key; raise `PageNotFound` where there is none."""
        path = f"{collection}/{key}"
        # Some addresses beside those of the records answer something else, such as `/issues/facets`.
        if path in self.request.app.document["paths"]:
            raise PageNotFound(None)
        return await self.fetch(path)

    async def fetch_notice(self, notice: str | None = None) -> dict[str, Any] | None:
        """Return the record of a notice, or of the page's own; None where the page is about all notices."""
        if (notice or self.notice) == ALL:
            return None
        result = await self.fetch("/notice", *([("notice", notice)] if notice else []))
        record: dict[str, Any] = result.content
        return record

    async def fetch_all(self, path: str, *parameters: tuple[str, Any]) -> ApiResult:
        """Return every record of a collection as the content, with the address of the first page of them."""
        result = await self.fetch(path, ("limit", MOST_ITEMS), ("offset", 0), *parameters)
        total, items = result.content["total"], list(result.content["items"])
        while len(items) < total:
            following = await self.fetch(path, ("limit", MOST_ITEMS), ("offset", len(items)), *parameters)
            if not following.content["items"]:
                break
            items += following.content["items"]
        return replace(result, content=items)

    async def fetch_each(
        self, path: str, name: str, values: Iterable[tuple[str, Any]]
    ) -> dict[tuple[str, str], dict[str, Any]]:
        """Return records by notice and id: those for which a parameter has any of some values, each with its notice."""
        parameters: dict[str, list[tuple[str, Any]]] = {}
        for notice, value in dict.fromkeys(values):
            parameters.setdefault(notice, []).append((name, value))
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for notice, pairs in parameters.items():
            result = await self.fetch_all(path, ("notice", notice), *pairs)
            found |= {(notice, record["id"]): record for record in result.content}
        return found

    def report(self, errors: list[dict[str, Any]], parameters: Parameters) -> None:
        """Add the errors of a problem document to those that the page shows, unless there is one of the parameter."""
        for error in errors:
            if error["name"] not in {reported.name for reported in self.errors}:
                values = [str(value) for name, value in parameters if name == error["name"]]
                self.errors.append(_explain(error, values, self.messages))

    def api_url(self, path: str, *parameters: tuple[str, Any]) -> str:
        """Return the address of a path of this service, with parameters if there are any."""
        scope = self.request.scope
        return address(scope, path, parameters) if parameters else mounted(scope, path)

    def field_names(self, path: str) -> list[str]:
        """Return the fields of the records at a path, by what its parameter `fields` takes in the OpenAPI document."""
        parameters = self.request.app.document["paths"][path]["get"]["parameters"]
        schema = next(parameter["schema"] for parameter in parameters if parameter["name"] == "fields")
        names: list[str] = schema["items"]["enum"]
        return names

    def _query_parameters(self, path: str) -> set[str]:
        """Return the names of the query parameters that the operation at a path has in the OpenAPI document."""
        paths = self.request.app.document["paths"]
        if path not in paths:
            # The path of a record: its operation is the one whose path ends in a placeholder.
            collection = path.rpartition("/")[0]
            path = next(name for name in paths if name.endswith("}") and name.rpartition("/")[0] == collection)
        parameters = paths[path]["get"].get("parameters", ())
        return {parameter["name"] for parameter in parameters if parameter["in"] == "query"} - {WHOLE}


def _explain(error: dict[str, Any], values: list[str], messages: Mapping[str, str]) -> ParameterError:
    """Return an error of a problem document with a message in the language of `messages`."""
    allowed = error["allowed"] or []
    key = "error_repeated" if len(values) > 1 else f"error_{error['name']}"
    template = messages["error_value"] if allowed else messages.get(key, messages["error_value"])
    shown = messages["list_mark"].join(values) if len(values) < 5 else "…"
    message = template.format(name=error["name"], values=shown)
    return ParameterError(
        error["name"], message, allowed[:_MAX_LISTED], len(allowed[_MAX_LISTED:]), error["suggestion"]
    )
