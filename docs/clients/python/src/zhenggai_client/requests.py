"""Requests: parameters encoded, answers decoded, errors raised, lists read page by page."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from zhenggai_client.errors import ProblemError

Scalar = str | int | float | bool
Parameters = Mapping[str, Scalar | Sequence[Scalar] | None]

_PAGE = 200  # items, the most that a page has


def path(template: str, *keys: str | int) -> str:
    """Return a path with its keys in place."""
    return template.format(*(quote(str(key), safe="") for key in keys))


def _pairs(parameters: Parameters) -> httpx.QueryParams:
    """Return parameters as they stand in a query; None is left out, an array is repeated."""
    return httpx.QueryParams(
        [
            (name, value)  # httpx writes booleans in small letters
            for name, given in parameters.items()
            if given is not None
            for value in ([given] if isinstance(given, str | int | float) else given)
        ]
    )


def _checked(answer: httpx.Response) -> httpx.Response:
    """Return an answer; raise ProblemError for a problem document, httpx.HTTPStatusError for any other error."""
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        raise ProblemError(answer.json())
    return answer.raise_for_status()


class _Pages:
    """Where in a list one is that is read page by page: `limit` items from `offset` on, None for all."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = dict(parameters)
        limit, offset = self.parameters.pop("limit", None), self.parameters.pop("offset", None)
        self.left = limit if isinstance(limit, int) else None
        self.offset = offset if isinstance(offset, int) else 0
        self.ended = self.left == 0

    def next(self) -> Parameters:
        """Return the parameters of the next page."""
        return {**self.parameters, "offset": self.offset, "limit": min(_PAGE, self.left or _PAGE)}

    def take(self, page: Any) -> list[Any]:
        """Return the items of a page that has come."""
        items: list[Any] = page["items"]
        self.offset += len(items)
        self.left = None if self.left is None else self.left - len(items)
        self.ended = page["next"] is None or self.left == 0 or not items
        return items


class Requests:
    """A connection to the API. Settings of httpx, such as `timeout`, are passed on to its client."""

    def __init__(self, base_url: str, **settings: Any) -> None:
        self.http = httpx.Client(base_url=base_url, **settings)

    def __enter__(self) -> Self:
        self.http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.http.__exit__(kind, error, trace)

    def close(self) -> None:
        """Close the connection."""
        self.http.close()

    def _get(self, path: str, parameters: Parameters) -> httpx.Response:
        return _checked(self.http.get(path, params=_pairs(parameters)))

    def _iterate(self, path: str, parameters: Parameters) -> Iterator[Any]:
        pages = _Pages(parameters)
        while not pages.ended:
            yield from pages.take(self._get(path, pages.next()).json())


class AsyncRequests:
    """The same, asynchronous."""

    def __init__(self, base_url: str, **settings: Any) -> None:
        self.http = httpx.AsyncClient(base_url=base_url, **settings)

    async def __aenter__(self) -> Self:
        await self.http.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self.http.__aexit__(kind, error, trace)

    async def aclose(self) -> None:
        """Close the connection."""
        await self.http.aclose()

    async def _get(self, path: str, parameters: Parameters) -> httpx.Response:
        return _checked(await self.http.get(path, params=_pairs(parameters)))

    async def _iterate(self, path: str, parameters: Parameters) -> AsyncIterator[Any]:
        pages = _Pages(parameters)
        while not pages.ended:
            for item in pages.take((await self._get(path, pages.next())).json()):
                yield item
