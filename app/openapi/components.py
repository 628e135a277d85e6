"""Components: every closed list of values stands in the OpenAPI document once, under a name of its own.

Schemas mark such lists with `x-vocabulary`, whose codes are data, or with `x-component`, whose values stand in code.
"""

from typing import Any

from app.database.catalog import Catalog
from app.models.vocabulary import component_name

Document = dict[str, Any]

_PREFIX = "#/components/schemas/"
_GROWS = "May grow: look an unknown code up at `/vocabularies`."


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
