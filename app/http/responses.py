"""Responses of JSON that is text already."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Response

from app.models.decimal import format_json


def json_response(text: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a response whose body is JSON already."""
    return Response(text.encode(), media_type="application/json", headers=dict(headers or {}))


def with_fields(text: str, fields: Mapping[str, Any]) -> str:
    """Return a JSON object with further fields."""
    return f"{text[:-1]},{format_json(fields)[1:]}" if fields else text


def with_arrays(text: str, arrays: Mapping[str, Iterable[str]]) -> str:
    """Return a JSON object with further fields, arrays of JSON texts."""
    return text[:-1] + "".join(f',"{name}":[{",".join(items)}]' for name, items in arrays.items()) + "}"
