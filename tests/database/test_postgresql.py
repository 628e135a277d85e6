"""PostgreSQL beside SQLite: the same bytes for every question, loaded once however many start, and read by anyone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from asgi import Client
from bench.addresses import Asker
from bench.corpus import grow
from fastapi import FastAPI
from operations import HEALTH, OPERATIONS, clear_cache, example, parameters
from postgresql import cluster, restart

from app.database.engine import Database
from app.database.errors import DatabaseError
from app.database.load import load
from app.main import create_app
from app.settings import ROOT, Settings

SEED = ROOT / "seed"
MANY = 2000 if os.environ.get("CHAOS") else 20  # questions that are made up
WORDS = [
    "整",
    "整改",
    "消防",
    "fire",
    "巡視整改",
    "区 街道",
    "２０２３",
    "A",
    "问题 整改 区",
    "。",
    "\ufdd0",
    *"%'\"\\_",
]
SEARCHED = ("search", "measures", "sections", "documents")
SORTS = ("value", "-value", "period_start", "-period_start", "unit", "-id")
OTHERS = [
    "/metrics?year=2023&year=2024",
    "/metrics?unit=item&value_min=3&value_max=90",
    "/issues/abc",
    "/issues/99",
    "/issues/99999999999999999999",
    "/issues/01",
    "/measures?has_actor=true&directed=false",
    "/nope",
]
FILES = [f"/{name}.{suffix}" for name in ("issues", "measures", "metrics", "search") for suffix in ("csv", "ndjson")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of an empty database."""
    with cluster() as found:
        yield found


@pytest.fixture(scope="module")
def app(address: str, both_app: FastAPI) -> Iterator[FastAPI]:
    """The service over both notices in PostgreSQL."""
    app = create_app(Settings(seed=both_app.state.database.seed, database=address))
    app.state.database.engine.open()
    yield app
    app.state.database.engine.close()


def questions() -> list[str]:
    """Addresses of every kind."""
    plain = [path for path in OPERATIONS if path not in HEALTH and not path.startswith(("/dataset", "/openapi"))]
    asked = [example(path) for path in plain]
    asked += [example(path, "notice=all") for path in plain if "notice" in {p["name"] for p in parameters(path)}]
    asked += [f"/{name}?q={quote(word)}&notice=all" for word in WORDS for name in SEARCHED]
    asked += [f"/metrics?sort={sort}&notice=all" for sort in SORTS]
    asked += OTHERS
    return list(dict.fromkeys([*asked, *Asker().take(MANY)]))


def test_every_question_gets_the_same_bytes(app: FastAPI, both_app: FastAPI) -> None:
    here, there = Client(both_app), Client(app)
    different = []

    for url in questions():
        mine, theirs = here.get(url), there.get(url)
        if (mine.status_code, mine.content, mine.headers) != (theirs.status_code, theirs.content, theirs.headers):
            different.append(url)

    assert different == []
    assert there.get("/readyz").json() == here.get("/readyz").json() | {"engine": "postgresql"}


@pytest.mark.parametrize("file", FILES)
def test_every_file_has_the_same_bytes(app: FastAPI, both_app: FastAPI, file: str) -> None:
    url = f"{file}?notice=all" + ("&q=%E6%95%B4%E6%94%B9" if "search" in file else "")

    assert Client(app).get(url).content == Client(both_app).get(url).content


def test_the_last_of_many_notices_is_found_as_well(address: str, tmp_path: Path) -> None:
    last = grow(tmp_path / "seed", 12)[-1]  # whose passages have numbers of more than 32 bits
    here, there = (create_app(Settings(seed=tmp_path / "seed", database=place)) for place in (tmp_path, address))
    try:
        for url in [f"/{name}?q=整改&limit=200&notice={notice}" for name in SEARCHED for notice in (last, "all")]:
            mine, theirs = Client(here).get(url), Client(there).get(url)
            assert mine.json()["total"] > 0, url
            assert mine.content == theirs.content, url
    finally:
        there.state.database.engine.close()


def test_starters_at_once_load_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []

    def counted(*arguments: Any) -> None:
        loaded.append(1)
        load(*arguments)

    monkeypatch.setattr("app.database.postgresql.load", counted)
    databases = [Database(SEED, address) for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda database: database.execute("select slug from notice"), databases))

    assert [len(answer) for answer in answers] == [1] * 20
    assert len(loaded) == 1
    for database in databases:
        database.engine.close()


def test_a_load_that_fails_leaves_nothing(address: str, seed: Path) -> None:
    notice = seed / "shanghai-putuo-2024" / "notice.json"
    notice.write_text(notice.read_text().replace('"9.37亿元"', '"9.73亿元"'))
    database = Database(seed, address)

    with pytest.raises(Exception, match=r"9\.73"):
        database.engine.open()

    with psycopg.connect(address) as connection:
        assert connection.execute("select to_regnamespace(%s)", (database.engine.schema,)).fetchone() == (None,)  # type: ignore[union-attr]


def test_a_role_that_can_only_read_serves_what_is_loaded_and_says_what_is_not(
    address: str, app: FastAPI, seed: Path
) -> None:
    schema = app.state.database.engine.schema
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create role reader login")
        connection.execute("revoke create on database postgres from public")
        connection.execute(f"grant usage on schema {schema} to reader")
        connection.execute(f"grant select on all tables in schema {schema} to reader")
    reader = address.replace("postgres:@", "reader:@", 1)
    reading = create_app(Settings(seed=app.state.database.seed, database=reader))
    other = Database(seed, reader)
    (seed / "vocabularies.json").write_text((seed / "vocabularies.json").read_text() + "\n")

    assert Client(reading).get("/issues").content == Client(app).get("/issues").content
    with pytest.raises(DatabaseError, match="python -m app build"):
        other.engine.open()
    reading.state.database.engine.close()


def test_nothing_can_be_written(app: FastAPI) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        app.state.database.execute("delete from metric")


def test_connections_that_the_server_ends_are_replaced(app: FastAPI, address: str) -> None:
    client = Client(app)
    before = client.get("/issues").content
    clear_cache(app)

    restart(address)

    assert client.get("/issues").content == before
    assert client.get("/readyz").status_code == 200


def test_a_server_that_is_away_is_a_503(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.database.postgresql._PATIENCE", 0.1)
    gone = create_app(Settings(seed=app.state.database.seed, database="postgresql://nobody:secret@127.0.0.1:1/none"))
    client = Client(gone)

    responses = [client.get(url) for url in ("/issues", "/readyz")]

    assert [response.status_code for response in responses] == [503, 503]
    assert client.get("/healthz").status_code == 200
    assert "secret" not in caplog.text
    assert "127.0.0.1/none" in caplog.text


def test_prune_leaves_the_edition_that_is_served(address: str, app: FastAPI) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create schema zhenggai_0000000000000000")
        connection.execute("create schema zhenggaixother")
    settings = {"NOTICE_SEED": str(app.state.database.seed), "NOTICE_DATABASE": address}

    done = subprocess.run(
        [sys.executable, "-m", "app", "prune"], cwd=ROOT, env=os.environ | settings,
        capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip

    assert "zhenggai_0000000000000000" in done.stdout.split()
    assert app.state.database.engine.schema not in done.stdout
    assert "zhenggaixother" not in done.stdout
    assert json.loads(Client(app).get("/readyz").text)["engine"] == "postgresql"


def test_prune_removes_files_of_other_editions_alone(tmp_path: Path) -> None:
    database = Database(SEED, tmp_path)
    database.engine.open()
    (tmp_path / "notices-0000000000000000.sqlite3").touch()
    (tmp_path / "release-0000000000000000").mkdir()
    (tmp_path / "mine.txt").touch()

    removed = database.prune()

    assert [Path(path).name for path in removed] == ["notices-0000000000000000.sqlite3", "release-0000000000000000"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["mine.txt", database.path.name])
