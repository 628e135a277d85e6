"""The contract kept: every request is held to the operation's own entry in the OpenAPI document."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from fastapi import Request

from app.parameters import check_parameters, refused
from app.representations import chosen, foreign

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

    async def __call__(self, request: Request) -> None:
        """Refuse a request that the document does not admit; tell the route in which form to answer."""
        operation = self.operations.get(request.scope["endpoint"].__name__, _DOCUMENT_ITSELF)
        check_parameters(operation, request.query_params, request.app.state.known)
        given = request.query_params
        accept = ", ".join(request.headers.getlist("Accept"))
        form = chosen(given, accept, list(operation["responses"]["200"]["content"]))
        if slips := list(foreign(form, given)):
            raise refused(slips)
        request.scope["form"] = form
