"""The contract kept: every request is held to the operation's own entry in the OpenAPI document."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from fastapi import Request

from app.http.parameters import Given, check_parameters, refused
from app.http.representations import JSON, chosen, foreign, paged

Document = dict[str, Any]


# The one address that the document does not list takes nothing and answers JSON.
_DOCUMENT_ITSELF: Document = {"responses": {"200": {"content": {"application/json": {}}}}}


class Contract:
    """A dependency of every route. It runs before the route, so bad parameters are told before a missing thing."""

    def __init__(self, describe: Callable[[], Document]) -> None:
        self._describe = describe

    @cached_property
    def operations(self) -> dict[str, Document]:
        """The operations of the document by operationId: the names of the route functions."""
        paths = self._describe()["paths"].values()
        return {operation["operationId"]: operation for path in paths for operation in path.values()}

    @cached_property
    def paged(self) -> dict[str, Document]:
        """The same where they are answered in JSON."""
        return {name: paged(operation) for name, operation in self.operations.items()}

    async def __call__(self, request: Request) -> Given:
        """What the query gives; a refusal of what the document does not admit. Notes in which form to answer."""
        name = request.scope["endpoint"].__name__
        operation = self.operations.get(name, _DOCUMENT_ITSELF)
        first = dict(request.query_params)
        accept = ", ".join(request.headers.getlist("Accept"))
        form = chosen(first, accept, list(operation["responses"]["200"]["content"]))
        if form == JSON:
            operation = self.paged.get(name, operation)
        given = check_parameters(operation, request.query_params, request.app.state.catalog)
        if slips := list(foreign(form, first)):
            raise refused(slips)
        request.scope["form"] = form
        return given
