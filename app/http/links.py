"""Links: path-absolute addresses, under the path at which the service is mounted."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.types import Scope

from app.models.record import MOUNT


def root_path(scope: Scope) -> str:
    """Return the path at which the service is mounted, without a slash at its end."""
    path: str = scope.get("root_path", "")
    return path.rstrip("/")


def route_path(scope: Scope) -> str:
    """Return the path of a request below the mount, as the routes have it."""
    path: str = scope["path"]
    return path.removeprefix(root_path(scope))


def mounted(scope: Scope, path: str) -> str:
    """Return the address of a path of this service."""
    return root_path(scope) + path


def address(scope: Scope, path: str, parameters: Sequence[tuple[str, Any]]) -> str:
    """Return the address of a path of this service with these parameters."""
    return f"{mounted(scope, path)}?{urlencode(parameters, quote_via=quote)}"


def expand_urls(text: str, mount: str) -> str:
    """Put the mount where serialized records have a placeholder for it."""
    return text.replace(MOUNT, mount)
