"""The mount: the path at which the service is reached, completed in every request, and addresses under it."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from app.models.record import MOUNT


class Mount:
    """Completes `root_path` and `path` of every request, so that `path` always begins with `root_path` (ASGI).

    `mount` is the path of the public address, `""` where it has none. It counts where the server names no `root_path`.
    A proxy in front may strip it from the requests that it passes on, or leave it.

    `routes` returns the paths of the service's own routes. A mount that begins like one of them (`/zh`) has to be
    stripped by the proxy, since `/zh/issues` could be meant either way.
    """

    def __init__(self, app: ASGIApp, mount: str, routes: Callable[[], Iterable[str]]) -> None:
        self.app, self.mount, self.routes = app, mount, routes

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http" and (self.mount or scope.get("root_path")):
            scope = self._complete(scope)
        return self.app(scope, receive, send)

    def _complete(self, scope: Scope) -> Scope:
        path, root = scope["path"], root_path(scope)
        if not root:
            root, path = self.mount, self.mount + self._without_mount(path)
        elif not f"{path}/".startswith(f"{root}/"):
            # Some servers put their `root_path` before the path, and some leave it to the application.
            path = root + path
        return {**scope, "root_path": root, "path": path}

    def _without_mount(self, path: str) -> str:
        mount = unquote(self.mount)  # servers decode the path of a request
        if self._is_ambiguous or not f"{path}/".startswith(f"{mount}/"):
            return path
        return path.removeprefix(mount) or "/"

    @cached_property
    def _is_ambiguous(self) -> bool:
        """Whether the mount begins like a route."""
        first = self.mount.split("/")[1]
        return first in {route.split("/")[1] for route in self.routes() if "/" in route}


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
