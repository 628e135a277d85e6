"""Datasette over an SQLite file of the service's records, under the same server as the service."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from datasette.app import Datasette  # type: ignore[import-untyped]

from bench.questions import Parameters, Question, Records, query
from bench.servers import Server, uvicorn


@contextmanager
def start(core: int, folder: Path, records: Records) -> Iterator[Server]:
    """Datasette over an SQLite file. What it reads are views, for it pages these by offset, as the service does."""
    path = folder / "records.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, rows in records.items():
            # Of a column without a type, no number would be what an address writes.
            numbers = {column for row in rows for column, value in row.items() if isinstance(value, int | float)}
            columns = ", ".join(f'"{column}" {"numeric" if column in numbers else "text"}' for column in rows[0])
            connection.execute(f"create table {name}_table ({columns})")
            connection.execute(f"create view {name} as select * from {name}_table")
            places = ", ".join("?" * len(rows[0]))
            values = ([_stored(value) for value in row.values()] for row in rows)
            connection.executemany(f"insert into {name}_table values ({places})", values)
    with uvicorn("bench.datasette:create_app", core, {"BENCH_RECORDS": str(path)}) as server:
        yield server


def create_app() -> Any:
    """Datasette as an app: its own command writes a line for each request. It looks for no facets to suggest."""
    # On a busy machine the second that a statement may take is soon over.
    settings = {"suggest_facets": False, "sql_time_limit_ms": 20_000}
    return Datasette(immutables=[os.environ["BENCH_RECORDS"]], settings=settings).app()


def ask(question: Question) -> str:
    """The address of a question: a table's page, with a condition in SQL where a field holds several values."""
    given: Parameters = [("_shape", "objects"), ("_size", question.limit)]
    if question.offset:
        given.append(("_next", question.offset))
    if question.sort:
        given.append(("_sort_desc" if question.descending else "_sort", question.sort))
    given += [(f"{name}__in", ",".join(values)) for name, values in question.single.items()]
    for name, values in question.several.items():
        listed = ", ".join(f"'{value}'" for value in values)
        given.append(("_where", f"exists (select 1 from json_each({name}) where value in ({listed}))"))
    if question.word:
        given.append(("text__contains", question.word))
    return query(f"/records/{question.collection}.json", given)


def _stored(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
