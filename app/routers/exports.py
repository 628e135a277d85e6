"""Files: every collection at an address of its own for each format, such as `/issues.csv`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field, create_model

from app.database.repository import Repository
from app.database.select import ALL, Model, Select
from app.exports import FORMATS, Format
from app.exports.response import export_response
from app.exports.table import About, NoticeSource, Record, Table, select_columns
from app.http.errors import RequestError, invalid_parameters
from app.http.messages import Message
from app.http.mount import expand_urls
from app.http.parameters import Choice, Flag, Integer
from app.http.parameters import Query as QueryModel
from app.http.route import Route
from app.http.threads import Threads
from app.models.notice import Notice
from app.models.record import Collection
from app.queries.query import ALWAYS, FIELDS, Names, Paging, field_names, flatten
from app.routers.responses import Records, RecordsDep


class WorkbookRoute(Route):
    """A route to a workbook, which is made before any of it is sent: one at a time."""

    threads = Threads("workbooks", at_once=1)


# FastAPI compares an address with one route after another, so the files' are kept apart, to come after all others.
router = APIRouter(route_class=Route)

MOST_ROWS = 1_000_000
_MOST_SHEET_ROWS = 1_000_000  # spreadsheets take 1,048,576 rows, and drop the others without a word

# Returns the records that a query asks for, and how many there are.
Read = Callable[[Any, Records], tuple[Iterable[Record], int]]


class _Csv(QueryModel):
    bom: Annotated[bool, Flag()] = Field(
        False, description="With a byte order mark, and `'` before text that looks like a formula: for Excel."
    )
    lang: Annotated[str, Choice("Language", ("zh", "en"))] | None = Field(
        None, description="The language of the headings; the fields' names if absent."
    )


class _Xlsx(QueryModel):
    lang: Annotated[str, Choice("Language", ("zh", "en"))] = Field("zh", description="The language of the headings.")


class _Ndjson(QueryModel):
    pass


_OPTIONS: dict[str, tuple[type[QueryModel], str]] = {
    "csv": (_Csv, "CSV"),
    "xlsx": (_Xlsx, "Excel"),
    "ndjson": (_Ndjson, "NDJSON"),
}


def add_exports(collection: APIRouter, path: str, model: type[Collection], query: type[Paging], read: Read) -> None:
    """Add the files of a collection, which take the list's parameters; `path` is the list's within its router."""
    for name, format in FORMATS.items():
        options, title = _OPTIONS[name]
        parameters = _query_model(model, query, options)
        function = _function(model, format, parameters, read)
        function.__name__ = f"export_{model.collection}_{name}"
        media_type = format.media_type.partition(";")[0]
        schema = {"type": "string"} | ({"format": "binary"} if name == "xlsx" else {})
        router.add_api_route(
            f"{collection.prefix}{path}.{format.suffix}",
            function,
            tags=collection.tags,
            summary=f"The {model.collection} as {title}",
            response_class=Response,
            route_class_override=WorkbookRoute if name == "xlsx" else None,
            responses={200: {"content": {media_type: {"schema": schema}}, "description": "The file."}},
        )


def records_of(model: Any, select: Callable[[Any, Repository], Select]) -> Read:
    """Return what reads the records of a model, cited, one after another."""

    def read(query: Any, records: Records) -> tuple[Iterable[Record], int]:
        selected = select(query, records.repository)
        return _records(model, selected, query, records), records.repository.database.count(selected)

    return read


def _records(model: Model, select: Select, query: Any, records: Records) -> Iterator[dict[str, Any]]:
    limit = query.limit or (MOST_ROWS if query.offset else None)
    repository, root, base = records.repository, records.root, records.base
    for record in repository.read(model, select, limit, query.offset):
        record["url"] = expand_urls(record["url"], root)
        record.update(repository.cite(model, record, base))
        yield record


def _query_model(model: type[Collection], query: type[Paging], options: type[QueryModel]) -> Any:
    limit: Any = Annotated[int, Integer(1, MOST_ROWS)] | None
    fields: Any = list[Annotated[Names, field_names(model)]]
    changed: dict[str, Any] = {
        "limit": (limit, Field(None, description="How many rows at most; all of them if absent.")),
        "fields": (fields, Field([], description=FIELDS)),
    }
    name = f"{model.__name__}{options.__name__.strip('_')}Query"
    return create_model(name, __base__=(options, query), **changed)


def _function(model: type[Collection], format: Format, parameters: Any, read: Read) -> Callable[..., Response]:
    def export(query: Any, records: Records) -> Response:
        rows_read, total = read(query, records)
        rows = min(query.limit or MOST_ROWS, max(0, total - query.offset))
        if format.suffix == "xlsx" and rows > _MOST_SHEET_ROWS:
            message = Message("sheet", {"most": _MOST_SHEET_ROWS, "rows": rows})
            raise invalid_parameters([RequestError("query", "limit", message, [f"1 to {_MOST_SHEET_ROWS}"])])
        notice = getattr(query, "notice", ALL)
        columns = select_columns(model, _column_names(model, flatten(query.fields), format))
        about = _about(records, notice, format)
        table = Table(columns, about, getattr(query, "lang", None), getattr(query, "bom", False))
        return export_response(format, model, rows_read, table, notice, {"X-Total-Count": str(total)})

    export.__doc__ = (
        f"The same records as `/{model.collection}`, under the same filters, all of them unless `limit` is given, as a "
        "file to be downloaded."
    )
    annotated = {"query": Annotated[parameters, Query()], "records": RecordsDep}
    export.__annotations__ = {**annotated, "return": Response}
    return export


def _column_names(model: type[Collection], names: list[str], format: Format) -> list[str] | None:
    """Return the columns that are asked for with those that are always there; None for all.

    These come first, but in a workbook last: people read it from the left, and they are names for programs.
    """
    always = [name for name in ALWAYS if name in model.model_fields]
    others = [name for name in names if name not in always]
    asked = [*others, *always] if format.suffix == "xlsx" else [*always, *others]
    return list(dict.fromkeys(asked)) if names else None


def _about(records: Records, notice: str, format: Format) -> About:
    """Where the records come from. Only a workbook tells of the notices, so they are read for it alone."""
    sources = []
    if format.suffix == "xlsx":
        notices = records.repository.records(Notice, Select.records(Notice))
        sources = [NoticeSource.of(record) for record in notices if notice in (ALL, record["notice"])]
    request = records.request
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{records.base}{request.scope['path']}{query}"
    return About(sources, records.repository.database.snapshot.data_version, url)
