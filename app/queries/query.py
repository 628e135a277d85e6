"""What queries share: the notice that is asked about, the page of a collection, and the fields of its records."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field, create_model

from app.database.select import ALL
from app.http.parameters import FieldNames, Integer, NoticeSlug, Query
from app.models.decimal import format_json, parse_json

MOST_ITEMS = 200
FURTHEST_OFFSET = 999_999

# What names a record is there whatever is asked for.
ALWAYS = ("notice", "uid", "url")
FIELDS = (
    "Only these fields, in this order, and `notice`, `uid` and `url`: names with commas between, or the parameter "
    "repeated. The schema of the response describes every field, as they are without this parameter."
)

Names = tuple[str, ...]

T = TypeVar("T")


class NoticeQuery(Query):
    """What every operation on the data takes."""

    notice: Annotated[str, NoticeSlug()] = Field(
        None, validate_default=True, description="Slug of the notice; the default notice if absent."
    )


class ListQuery(Query):
    """What every list, and whatever counts it, takes."""

    notice: Annotated[str, NoticeSlug((ALL,))] = Field(
        None, validate_default=True, description="Slug of the notice, or `all`; the default notice if absent."
    )


class Paging(Query):
    """Which part of a collection is asked for."""

    limit: Annotated[int, Integer(1, MOST_ITEMS)] = Field(50, description="How many items at most.")
    offset: Annotated[int, Integer(0, FURTHEST_OFFSET)] = Field(
        0, description="How many items to skip. Past the end the page is empty."
    )


class PageQuery(ListQuery, Paging):
    """What every collection takes."""


class RecordQuery(NoticeQuery):
    """What the address of one record takes. Each kind of record lists its own fields."""

    fields: list[Names] = Field([], description=FIELDS)


class Page(BaseModel, Generic[T]):
    """Some items of a collection, in the notice's own order."""

    items: list[T]
    total: int = Field(description="How many there are over all pages; also in `X-Total-Count`.")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null at the end. Also in `Link`.")
    previous: str | None = Field(description="Address of the page before; null at the start.")


def page_of(model: type[BaseModel]) -> Any:
    """Return the model of a page of records, under a name of its own in the OpenAPI document."""
    name = model.__name__
    page: Any = Page[model]  # type: ignore[valid-type]
    return create_model(f"{name}Page", __base__=page, __doc__=f"Some {name.lower()}s.")


def field_names(model: type[BaseModel]) -> FieldNames:
    """Return the type of a `fields` parameter for a record."""
    names = (info.serialization_alias or name for name, info in model.model_fields.items())
    return FieldNames(f"{model.__name__}Field", tuple(names))


def flatten(given: Iterable[Names]) -> list[str]:
    """Return the names in a `fields` parameter, each once; none if all fields are wanted."""
    return list(dict.fromkeys(name for names in given for name in names))


def only_fields(text: str, names: list[str]) -> str:
    """Return a record's JSON with some of its fields; all of them where no name is given."""
    if not names:
        return text
    record: dict[str, Any] = parse_json(text)
    return format_json({name: record[name] for name in dict.fromkeys((*ALWAYS, *names)) if name in record})


def with_fields(text: str, fields: Mapping[str, Any]) -> str:
    """Return a JSON object with further fields."""
    return f"{text[:-1]},{format_json(fields)[1:]}" if fields else text


def with_arrays(text: str, arrays: Mapping[str, Iterable[str]]) -> str:
    """Return a JSON object with further fields, arrays of JSON texts."""
    return text[:-1] + "".join(f',"{name}":[{",".join(items)}]' for name, items in arrays.items()) + "}"
