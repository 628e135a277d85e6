"""The OpenAPI document: FastAPI's, with the vocabularies' codes and the one shape of errors."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.errors import MEDIA_TYPE, Problem

Document = dict[str, Any]

_PROBLEMS = {
    "404": "There is no such thing; `errors` says what there is.",
    "422": "A parameter is unknown, repeated or out of range; `errors` says what is allowed.",
    "500": "Something went wrong here; `detail` holds the id under which the log has it.",
    "503": "The data does not answer.",
}
_UNUSED = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> Document:
    """The document as far as code alone tells it: vocabularies are named, and their codes not yet listed."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = document["components"]["schemas"]
    for name in _UNUSED:
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _document_problems(path, operation)
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _without_null(parameter["schema"])
    return document


def _without_null(schema: Document) -> Document:
    """The schema of an optional parameter: what a query string holds is never null, but absent."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "description", "title")}
    return {**rest, **kinds[0]} if kinds else rest


def _problem_schemas() -> Document:
    schema = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _document_problems(path: str, operation: Document) -> None:
    statuses = ["422", "500"]
    statuses += ["404"] if "{" in path else []
    statuses += ["503"] if path == "/readyz" else []
    for status in sorted(statuses):
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][status] = {"description": _PROBLEMS[status], "content": content}
