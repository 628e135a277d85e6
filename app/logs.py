"""Logs: uvicorn's lines, or one JSON object a line, and in those each request with an id that its errors show."""

import copy
import json
import logging
import time
from datetime import UTC, datetime
from typing import Any, Literal

from uvicorn.config import LOGGING_CONFIG

LogFormat = Literal["text", "json"]


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


def log_request(logger: logging.Logger, id: str, scope: Any, status: int, size: int, begin: float) -> None:
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
    logger.info("%s %s %s", scope["method"], scope["path"], status, extra={"fields": fields})
