"""SQL statements: few for a response, and none about one notice that reads through all of them."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from asgi import Client
from bench.corpus import COMMON, grow
from fastapi import FastAPI
from operations import clear_cache

from app.database.checksum import seal
from app.main import create_app
from app.settings import Settings

LISTS = ["sections", "categories", "issues", "statements", "measures", "metrics", "numerals"]
NOTICE = "notice=shanghai-putuo-2024-2"
# Tables whose rows grow with the number of notices.
GROWING = ("section", "category", "issue", "issue_label", "statement", "metric", "numeral", "passage", "occurrence")
OF_ONE = [
    "/sections?limit=20",
    "/sections?role=issue",
    f"/sections?q={COMMON}",
    "/categories?limit=2",
    "/issues?limit=20",
    "/issues?category=1&topic=housing&kind=meeting&has_metrics=true",
    f"/issues?q={COMMON}&sort=-measure_count",
    "/issues/14",
    "/issues/facets?topic=housing",
    "/statements?role=outcome",
    "/measures?offset=300",
    "/measures?topic=housing&kind=meeting&has_actor=true&has_metrics=false",
    f"/measures?q={COMMON}",
    "/measures/facets?topic=housing",
    "/measures/m14-3",
    "/metrics?unit=item&sort=-value",
    "/metrics?year=2023&period=stated&has_note=false",
    "/metrics/facets?unit=item",
    "/metrics/rd-spending-increase",
    "/numerals?class=metric",
    f"/search?q={COMMON}",
    "/locate?text=147",
    "/contact",
    "/reconciliation",
    "/glossary?limit=5",
    "/indicators",
    "/notice",
]
OF_ALL = ["/issues?notice=all", "/measures?notice=all&offset=600", "/sections?notice=all", "/numerals?notice=all"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A service over four notices of the real one's shape, whose statistics tell SQLite that there are thousands."""
    folder = tmp_path_factory.mktemp("corpus")
    grow(folder / "seed", 4)
    app = create_app(Settings(seed=folder / "seed", database=folder / "var"))
    with closing(sqlite3.connect(app.state.database.file)) as connection, connection:
        for table, index, numbers in connection.execute("select tbl, idx, stat from sqlite_stat1").fetchall():
            if table in GROWING:
                update = "update sqlite_stat1 set stat = ? where tbl = ? and idx is ?"
                connection.execute(update, (grown(connection, index, numbers), table, index))
    seal(app.state.database.path)
    return app


def grown(connection: sqlite3.Connection, index: str | None, numbers: str) -> str:
    """Return an index's statistics for a thousand times as many notices: its rows, and its rows with equal columns."""
    rows, *equal = map(int, numbers.split())
    if index is None:
        return str(rows * 1000)
    # The statistics name the key of a table without numbers after the table.
    name = index if index.startswith(("ix_", "sqlite_")) else f"sqlite_autoindex_{index}_1"
    ((_, _, first),) = connection.execute(f"pragma index_info('{name}')").fetchmany(1)
    same = equal if first == "notice" else [number * 1000 for number in equal]
    return " ".join(map(str, [rows * 1000, *same]))


def statements(app: FastAPI, url: str) -> list[str]:
    """Return the SQL statements that answering an address takes, once the catalog is read."""
    client, found = Client(app), list[str]()
    # Neither of the two is answered from the cache, which tells responses apart by the encoding.
    assert client.get(url, headers={"Accept-Encoding": "first"}).status_code == 200
    # The connection that was idle last is the one that the response will be read through.
    with app.state.database.connection() as connection:
        connection.set_trace_callback(found.append)
    client.get(url, headers={"Accept-Encoding": "second"})
    connection.set_trace_callback(None)
    clear_cache(app)
    # SQLite reports what the index asks of its own tables as a comment.
    return [statement for statement in found if not statement.startswith("--")]


def plans(app: FastAPI, url: str) -> Iterator[str]:
    """Yield the steps of the plan of every statement."""
    found = statements(app, url)
    assert found
    for statement in found:
        for *_, step in app.state.database.execute(f"explain query plan {statement}"):
            yield step


@pytest.mark.parametrize("path", [f"/{name}?limit=200" for name in LISTS] + ["/issues/8", "/notice", "/contact"])
def test_a_response_costs_at_most_three_statements(seed_app: FastAPI, path: str) -> None:
    assert 1 <= len(statements(seed_app, path)) <= 3


@pytest.mark.parametrize("url", OF_ONE)
def test_a_question_about_one_notice_walks_through_no_table_of_all(corpus: FastAPI, url: str) -> None:
    steps = list(plans(corpus, url + ("&" if "?" in url else "?") + NOTICE))

    walked = [step for step in steps if re.match(rf"SCAN ({'|'.join(GROWING)})\b", step)]
    assert walked == []
    # The index of words is asked between two rows: `>` and `<`.
    assert [step for step in steps if "VIRTUAL TABLE" in step and not re.search(":M.*<.*>|:M.*>.*<", step)] == []


@pytest.mark.parametrize("url", OF_ALL)
def test_a_page_of_all_notices_is_read_in_their_order_without_sorting(corpus: FastAPI, url: str) -> None:
    assert [step for step in plans(corpus, url) if "TEMP B-TREE" in step] == []
