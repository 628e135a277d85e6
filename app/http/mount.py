"""The path at which the service is mounted, set where the server does not set it."""

from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send


class Mount:
    """Completes `root_path` and `path` of every request, so that `path` always begins with `root_path` (ASGI).

    `mount` is the path of the public address, `""` where it has none. It counts where the server names no `root_path`.
    A proxy in front may strip it from the requests that it passes on, or leave it.

    `routes` returns the paths of the service's own routes. A mount that begins like one of them (`/zh`) has to be
    stripped by the proxy, since `/zh/issues` could be meant either way.
    """

    def __init__(self, app: ASGIApp, mount: str, routes: Callable[[], Iterable[str]]) -> None:
        self.app, self.mount, self.routes = app, mount, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (self.mount or scope.get("root_path")):
            scope = self._complete(scope)
        await self.app(scope, receive, send)

    def _complete(self, scope: Scope) -> Scope:
        path: str = scope["path"]
        root: str = scope.get("root_path", "").rstrip("/")
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
