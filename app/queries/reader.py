"""The reader: one request's way to the data. Routes say which rows; the reader finds them and writes the answer."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from app.database.catalog import ALL, Catalog
from app.database.engine import Database
from app.database.select import Selection, equal
from app.exports import FORMATS
from app.exports.encoding import parse_json
from app.exports.response import export_response
from app.exports.table import About, NoticeSource
from app.http.errors import not_found
from app.http.parameters import refused
from app.http.representations import JSON, too_many
from app.models.notice import Notice
from app.models.record import PUBLIC, ROOT, Collection, Record
from app.queries.filters import Scope, present
from app.queries.pagination import Paging, announced, neighbours

# Parameters that are named otherwise than the vocabulary of their codes.
VOCABULARIES = {"kind": "measure_kind"}

T = TypeVar("T")
Kind = type[Record] | type[Notice]


class Reader:
    """The request and what is known of the data, with the ways to read it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.catalog: Catalog = request.app.state.catalog
        self.database: Database = request.app.state.database
        self.form: str = request.scope.get("form", JSON)
        self.root: str = request.scope.get("root_path", "").rstrip("/")

    def notice(self, slug: str | None) -> str:
        return slug or self.catalog.default

    def label(self, name: str, value: Any, notice: str | None) -> tuple[str | None, str | None]:
        """The Chinese and English label of what a parameter takes: a code's, or a title in the notice asked for."""
        codes = self.catalog.labels.get(VOCABULARIES.get(name, name), {})
        titles = self.catalog.titles(name, self.notice(notice))
        return codes.get(value) or titles.get(value) or (None, None)

    def select(self, table: str, notice: str | None, *order: str) -> Selection:
        """The rows of a notice, or of all, in the notices' own order, unless other clauses come first."""
        chosen = Selection(table, order=order)
        return chosen if notice == ALL else chosen.where(equal("notice", self.notice(notice)))

    def scope(self, notice: str | None) -> Scope:
        """What conditions need to know of the notice that is asked about."""
        if notice == ALL:
            return Scope()
        return Scope(self.notice(notice), self.catalog.passages(self.notice(notice)))

    def fetch(self, chosen: Selection, columns: str) -> list[tuple[Any, ...]]:
        """Some columns of the rows."""
        return self.database.fetch(chosen.sql(columns), chosen.values)

    def objects(self, chosen: Selection, columns: Iterable[str]) -> list[dict[str, Any]]:
        """The same by the columns' names."""
        names = list(columns)
        return [dict(zip(names, row, strict=True)) for row in self.fetch(chosen, ", ".join(names))]

    def count(self, chosen: Selection) -> int:
        ((count,),) = self.database.fetch(chosen.unordered("count(*)"), chosen.values)
        return int(count)

    def written(self, record: Kind, chosen: Selection) -> list[str]:
        """The rows as JSON, each as it was written out when the database was built."""
        return [self.placed(text) for (text,) in self.fetch(chosen, record.public_json)]

    def part(self, record: Kind, chosen: Selection, query: Paging) -> Iterable[str]:
        """The same of the part that is asked for; for a file one after another, however many."""
        sql, values = chosen.part(record.public_json), [*chosen.values, self.most(query), query.offset]
        rows = self.database.fetch(sql, values) if self.form == JSON else self.database.stream(sql, values)
        return (self.placed(text) for (text,) in rows)

    def most(self, query: Paging) -> int:
        """How many rows at most; -1 for all."""
        return query.limit if self.form == JSON or "limit" in query.model_fields_set else -1

    def placed(self, text: str) -> str:
        """What was written out, with the path and the address at which the service is reached."""
        return text.replace(ROOT, self.root).replace(PUBLIC, self.public)

    @property
    def public(self) -> str:
        """The public address; without one, the path under which the service is mounted."""
        address: str | None = self.request.app.state.public_url
        return self.root if address is None else address.rstrip("/")

    def rows(self, record: Kind, chosen: Selection) -> list[dict[str, Any]]:
        """The rows as the public sees them."""
        return [parse_json(text) for text in self.written(record, chosen)]

    async def run(self, notice: str | None, function: Callable[..., T], *arguments: Any) -> T:
        """What a function answers about a notice, or in a thread, about all.

        One notice is small and the database a local file: asking it takes less time than handing on to a thread.
        """
        return await run_in_threadpool(function, *arguments) if notice == ALL else function(*arguments)

    async def page(self, record: Kind, chosen: Selection, query: Any) -> Response:
        """The part of the rows that is asked for. Two statements, however long the list."""
        return await self.run(query.notice, self.paged, record, chosen, query)

    def paged(self, record: Kind, chosen: Selection, query: Paging) -> Response:
        """The same, whoever asks."""
        return self.listed(record, self.part(record, chosen, query), self.count(chosen), query)

    def listed(self, record: type[Collection], items: Iterable[str], total: int, query: Paging) -> Response:
        """Items, written out, in the one envelope or as a file; announced in the headers."""
        if self.form != JSON:
            most, left = self.most(query), total - query.offset
            if slips := list(too_many(self.form, left if most < 0 else min(most, left))):
                raise refused(slips)
            return self._file(record, items, query, announced(total, {}) | {"Vary": "Accept"})
        links = neighbours(self.request, query, total)
        place = {"total": total, "limit": query.limit, "offset": query.offset, **links}
        written = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
        return answer(f'{{"items":[{",".join(items)}],{written[1:]}', announced(total, links) | {"Vary": "Accept"})

    def _file(self, record: type[Collection], items: Iterable[str], query: Any, headers: dict[str, str]) -> Response:
        notice = self.notice(getattr(query, "notice", ALL))
        chosen = Selection(Notice.table, () if notice == ALL else (equal(Notice.key, notice),))
        # Only a workbook names the notices.
        texts = self.written(Notice, chosen) if self.form == "xlsx" else ()
        sources = [NoticeSource.of(parse_json(text)) for text in texts]
        path, asked = self.request.scope["path"], self.request.url.query
        about = About(sources, self.database.snapshot.data_version, f"{self.public}{path}?{asked}".rstrip("?"))
        given = {"notice": notice, "about": about, "lang": query.lang, "bom": bool(query.excel), "headers": headers}
        return export_response(FORMATS[self.form], record, items, **given)

    def find(self, chosen: Selection, columns: str, key: str, given: str, what: str) -> tuple[Any, ...]:
        """The row whose key is `given`, in its canonical form; else a 404 that says what there is."""
        for value, *row in self.fetch(chosen.where(equal(key, given)), f"{key}, {columns}"):
            if str(value) == given:
                return tuple(row)
        raise not_found(key, given, what, [str(value) for (value,) in self.fetch(chosen, key)])

    def record(self, record: type[Record], notice: str | None, given: str) -> Response:
        """The record whose key is `given`, among those of the notice."""
        chosen = self.select(record.table, notice).where(present(record.public_json, True))
        (text,) = self.find(chosen, record.public_json, record.key, given, record.__name__.lower())
        return answer(self.placed(text))


def answer(text: str, headers: dict[str, str] | None = None) -> Response:
    """An answer that is JSON already."""
    return Response(text.encode(), media_type="application/json", headers=headers)


def extended(text: str, arrays: Mapping[str, Iterable[str]]) -> str:
    """A written object with further arrays of written objects."""
    return text[:-1] + "".join(f',"{name}":[{",".join(items)}]' for name, items in arrays.items()) + "}"


async def get_reader(request: Request) -> Reader:
    """A request's reader; a coroutine, since anything else would be handed on to a thread."""
    return Reader(request)


ReaderDep = Annotated[Reader, Depends(get_reader)]
