"""Logs: uvicorn's lines, or one JSON object a line, and in those each request with an id that its errors show.

Telemetry is FastAPI's.
"""

import copy
import json
import logging
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import LOGGING_CONFIG

LogFormat = Literal["text", "json"]
_logger = logging.getLogger("zhenggai.request")


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object; what is in its `fields` stands beside its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry = {"time": when, "level": record.levelname.lower(), "logger": record.name}
        entry |= getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def log_config(format: LogFormat) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes, for uvicorn's loggers and our own."""
    config = copy.deepcopy(LOGGING_CONFIG)
    config["loggers"]["zhenggai"] = {"handlers": ["default"], "level": "INFO", "propagate": False}
    if format == "json":
        config["formatters"] = {name: {"()": JsonFormatter} for name in config["formatters"]}
    return config


def telemetry_config(environment: Mapping[str, str]) -> TelemetryConfig:
    """Return what FastAPI takes: traces, metrics and logs go where OTEL_EXPORTER_OTLP_ENDPOINT says.

    Without any variable of OpenTelemetry all is off, since to look for a provider takes 3 µs of every request.
    """
    on = any(name.startswith("OTEL_") for name in environment)
    # Pages ask the API from within, where there is no client.
    return {
        "auto_configure": True, "tracing": on, "metrics": on, "logs": on, "exclude": lambda scope: "client" not in scope
    }  # fmt: skip


class RequestLog:
    """Logs every request, and names it by an id in the header `X-Request-ID` of an error.

    An id that a proxy in front has set is kept, where it is one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "client" not in scope:  # pages ask the API from within
            return await self.app(scope, receive, send)
        begin, status, size = time.perf_counter(), 500, 0
        id = request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": id}

        async def send_named(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= 400:
                    message = {**message, "headers": [*message["headers"], (b"x-request-id", id.encode())]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        finally:
            _log_request(id, scope, status, size, begin)


def request_id(scope: Scope) -> str:
    """Return the id that a proxy has given the request, or a new one."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"").decode("latin-1")
    return given if 0 < len(given) <= 64 and given.isascii() and given.isalnum() else uuid.uuid4().hex[:12]


def _log_request(id: str, scope: Any, status: int, size: int, begin: float) -> None:
    """Write the line of a finished request; `begin` is when it came, by `time.perf_counter()`."""
    query = scope["query_string"].decode("latin-1")
    fields = {
        "id": id,
        "method": scope["method"],
        "path": scope["path"],
        "query": query,
        "status": status,
        "bytes": size,
        "ms": round((time.perf_counter() - begin) * 1000, 2),
    }
    _logger.info("%s %s %s", scope["method"], scope["path"], status, extra={"fields": fields})
