"""Addresses: path-absolute, wherever the service is mounted."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.types import Scope


def mounted(scope: Scope, path: str) -> str:
    """A path of this service under the path at which it is mounted.

    Some servers put the mount's path before the request's, and some leave it to the application.
    """
    root: str = scope.get("root_path", "").rstrip("/")
    return path if path.startswith(f"{root}/") else root + path


def address(scope: Scope, path: str, parameters: Sequence[tuple[str, Any]]) -> str:
    """The address of a path of this service with these parameters."""
    return f"{mounted(scope, path)}?{urlencode(parameters, quote_via=quote)}"
