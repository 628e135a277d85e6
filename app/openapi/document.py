"""The OpenAPI document: FastAPI's, with the vocabularies' codes and the one shape of errors.

Every closed list of values stands in it once, under a name of its own. Schemas mark such lists with `x-vocabulary`,
whose codes are data, or with `x-component`, whose values stand in code.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.database.catalog import Catalog
from app.http.errors import MEDIA_TYPE, Problem
from app.models.vocabulary import component_name

Document = dict[str, Any]

DESCRIPTION = """\
What a Chinese government notice says it did about the problems that an inspection found, as typed, citable data.

Neutral: it says what the notice says, where, and no more. Every printed string has its place in `/source.txt`; what
the notice does not state is null or listed in `/notice` under `not_stated`. English texts, topics, kinds and labels
are ours and unofficial.

Read-only, open to every web page, no key. Collections answer `{items, total, limit, offset, next, previous}`; errors
are `application/problem+json`, and say what is allowed. A parameter that is not listed here is refused. Only GET,
HEAD and OPTIONS are served; any other method gets a 405.
"""

TAGS = [
    {"name": "notice", "description": "The notice as a whole."},
    {"name": "sections", "description": "Its own outline."},
    {"name": "categories", "description": "The headings that hold issues."},
    {"name": "issues", "description": "The problems and what was done about each."},
    {"name": "statements", "description": "The text clause by clause."},
    {"name": "measures", "description": "The acts that are reported."},
    {"name": "metrics", "description": "Every figure."},
    {"name": "documents", "description": "Rules, plans, lists and the like that are named."},
    {"name": "organizations", "description": "Bodies that are named or singled out."},
    {"name": "contact", "description": "How to reach the publisher."},
    {"name": "search", "description": "Words and quotations."},
    {"name": "indicators", "description": "Headline figures that notices share."},
    {"name": "vocabularies", "description": "What every code means."},
    {"name": "glossary", "description": "Terms of the notices, explained."},
    {"name": "proof", "description": "The source, and that nothing of it is lost."},
    {"name": "dataset", "description": "Everything as files, to be taken away."},
    {"name": "health", "description": "For operators."},
]

GUIDE = "/en/guide"
_PREFIX = "#/components/schemas/"
_GROWS = "May grow: look an unknown code up at `/vocabularies`."

_PROBLEMS = {
    "404": "There is no such thing; `errors` says what there is.",
    "412": "A precondition (`If-Match`, `If-Unmodified-Since`) does not hold.",
    "422": "A parameter is unknown, repeated or out of range; `errors` says what is allowed.",
    "500": "Something went wrong here; `detail` holds the id under which the log has it.",
    "503": "The data does not answer at the moment; `Retry-After` says when to ask again.",
}
_HEADERS = {
    "ETag": "Changes when the answer does; send it back in `If-None-Match`.",
    "Last-Modified": "When this state of the data was released.",
    "Cache-Control": "How long the answer may be used unasked.",
}
_TOTAL = {"X-Total-Count": "How many items there are over all pages."}
_LINK = {"Link": "The next and the previous page (RFC 8288), where there are such."}
_HEALTH = ("/healthz", "/readyz")
_UNUSED = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> Document:
    """The document without what is read from the data: vocabularies are named, and their codes not yet listed."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        contact=app.contact,
        servers=[{"url": "/", "description": "This service."}],
        tags=app.openapi_tags,
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    for name in _UNUSED:
        schemas.pop(name, None)
    schemas |= _problem_schemas()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _document_headers(path, operation)
            _document_problems(path, operation)
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _without_null(parameter["schema"])
                if parameter["schema"].get("type") == "array":
                    parameter |= {"style": "form", "explode": True}
    # FastAPI takes whole addresses alone here, and the public one may not be known.
    guide = {"url": GUIDE, "description": "Guide: recipes, conventions, terms and promises."}
    return {**document, "security": [], "externalDocs": guide}


def _without_null(schema: Document) -> Document:
    """The schema of an optional parameter: what a query string holds is never null, but absent."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "description", "title")}
    return {**rest, **kinds[0]} if kinds else rest


def _problem_schemas() -> Document:
    schema = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _document_headers(path: str, operation: Document) -> None:
    if path in _HEALTH:
        return
    headers = dict(_HEADERS)
    if any(parameter["name"] == "limit" for parameter in operation.get("parameters", ())):
        headers |= _TOTAL if "." in path else _TOTAL | _LINK
    described = {
        name: {"description": text, "schema": {"type": "integer" if name == "X-Total-Count" else "string"}}
        for name, text in headers.items()
    }
    operation["responses"]["200"]["headers"] = described
    operation["responses"]["304"] = {
        "description": "The answer that you hold is still the answer.",
        "headers": described,
    }


def _document_problems(path: str, operation: Document) -> None:
    statuses = ["422", "500"]
    statuses += ["412"] if path not in _HEALTH else []
    statuses += ["404"] if "{" in path else []
    statuses += ["503"] if path != "/healthz" else []
    for status in sorted(statuses):
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][status] = {"description": _PROBLEMS[status], "content": content}


def with_components(document: Document, catalog: Catalog) -> Document:
    """Return a copy of the document in which marked lists are references to named components.

    `ValueError` where a component would take the name of another schema.
    """
    components: Document = {}
    copy: Document = _referring(document, catalog, components)
    if taken := components.keys() & copy["components"]["schemas"].keys():
        raise ValueError(f"two schemas have the name {', '.join(sorted(taken))}")
    copy["components"]["schemas"] |= dict(sorted(components.items()))
    return copy


def resolve(document: Document, schema: Document) -> Document:
    """Return the schema that a reference names, or the schema itself."""
    reference: str | None = schema.get("$ref")
    return document["components"]["schemas"][reference.removeprefix(_PREFIX)] if reference else schema


def _referring(schema: Any, catalog: Catalog, components: Document) -> Any:
    if isinstance(schema, list):
        return [_referring(part, catalog, components) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if name := _component(schema, catalog, components):
        rest = {key: schema[key] for key in ("description", "title", "default", "examples") if key in schema}
        return {"$ref": f"{_PREFIX}{name}", **rest}
    return {key: _referring(value, catalog, components) for key, value in schema.items()}


def _component(schema: Document, catalog: Catalog, components: Document) -> str | None:
    """Add the component that a schema marks; return its name, or None if it marks none."""
    if isinstance(vocabulary := schema.get("x-vocabulary"), str):
        name = component_name(vocabulary)
        labels = catalog.labels[vocabulary]
        codes = "; ".join(f"`{code}` {zh} {en}" for code, (zh, en) in labels.items())
        components[name] = {"type": "string", "title": name, "enum": list(labels), "description": f"{codes}. {_GROWS}"}
        return name
    component: str | None = schema.get("x-component")
    if component:
        values = schema["enum"]
        components[component] = {"type": "string", "title": component, "enum": values}
        names = [f"{value[1:]}_descending" if value.startswith("-") else value for value in values]
        if names != values:
            # `-number` is no identifier, so generators would number such values.
            components[component]["x-enum-varnames"] = names
    return component
