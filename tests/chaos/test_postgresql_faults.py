"""PostgreSQL that is stopped, slow, out of connections, lags behind, or loses what is served."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import psycopg
import pytest
from asgi import Client
from conftest import NEVER, SEED
from fastapi import FastAPI
from operations import clear_cache
from postgresql import PostgresServer, server, standby

from app.database.engine import Database
from app.database.errors import DatabaseError
from app.main import create_app
from app.settings import Settings

URLS = ["/issues?limit=3", "/measures?q=整改", "/metrics/facets", "/zh/issues/14", "/measures.csv?limit=9", "/readyz"]
long = pytest.mark.proof


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with server() as found:
        Database(SEED, found.get_uri()).engine.open()
        yield found


@contextmanager
def serving(address: str) -> Iterator[tuple[FastAPI, Client]]:
    """A service over a database, and a client of it."""
    app = create_app(Settings(database=address))
    try:
        yield app, Client(app)
    finally:
        app.state.database.engine.close()


def responses(app: FastAPI, client: Client) -> list[tuple[int, bytes]]:
    """Ask for everything, and nothing from memory."""
    clear_cache(app)
    return [(response.status_code, response.content) for response in map(client.get, URLS)]


def statuses(app: FastAPI, client: Client) -> set[int]:
    return {status for status, _ in responses(app, client)}


@long
def test_a_stopped_server_is_a_503_and_nothing_need_be_done_when_it_is_back(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.database.postgresql._PATIENCE", 0.5)
    with serving(postgres.get_uri()) as (app, client):
        right = responses(app, client)

        postgres.stop()
        try:
            away = [statuses(app, client) for _ in range(3)]
            alive = client.get("/healthz").status_code
            told = client.get("/issues").headers["retry-after"]
        finally:
            postgres.start()

        assert (away, alive) == ([{503}] * 3, 200)
        assert int(told) > 0
        until_as_before(app, client, right)


class Proxy:
    """Stands between a service and PostgreSQL, whose Unix socket is not reached over a network."""

    def __init__(self, socket_path: str) -> None:
        self.socket_path, self.connections = socket_path, list[socket.socket]()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.serve()

    def serve(self) -> None:
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def vanish(self) -> None:
        """Close every connection, and take none."""
        for connection in (self.listener, *self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.connections.clear()

    def come_back(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.serve()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client = listener.accept()[0]
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.socket_path)
                self.connections += [client, server]
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=self._forward, args=pair, daemon=True).start()

    @staticmethod
    def _forward(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@long
def test_a_network_that_is_gone_is_a_503_and_nothing_need_be_done_when_it_is_back(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.database.postgresql._PATIENCE", 0.5)
    proxy = Proxy(f"{postgres.pgdata}/.s.PGSQL.5432")
    with serving(f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres") as (app, client):
        right = responses(app, client)
        for _ in range(3):
            proxy.vanish()
            assert [statuses(app, client) for _ in range(2)] == [{503}] * 2
            assert client.get("/healthz").status_code == 200
            assert int(client.get("/issues").headers["retry-after"]) > 0

            proxy.come_back()
            until_as_before(app, client, right)
    proxy.vanish()


def until_as_before(app: FastAPI, client: Client, right: list[tuple[int, bytes]]) -> None:
    """Ask until everything is answered again; nothing else may be answered meanwhile but a 503."""
    for _ in range(1000):
        found = responses(app, client)
        assert all(mine[0] == 503 or mine == yours for mine, yours in zip(found, right, strict=True))
        if found == right:
            return
    pytest.fail("it does not come back")


def test_a_role_with_two_connections_serves_many_clients(postgres: PostgresServer) -> None:
    role(postgres, "few", "connection limit 2")
    with serving(as_role(postgres, "few")) as (app, client), ThreadPoolExecutor(16) as pool:
        right = responses(app, client)

        several = list(pool.map(lambda _: [client.get(url).content for url in URLS], range(16)))

    assert several == [[content for _, content in right]] * 16


@long
def test_no_connection_at_all_is_said_at_the_start_and_passes(postgres: PostgresServer) -> None:
    role(postgres, "none_left", "connection limit 1")
    address = as_role(postgres, "none_left")
    with serving(postgres.get_uri()) as (app, client):
        right = responses(app, client)
    with serving(address) as (app, client):
        with psycopg.connect(address):
            assert statuses(app, client) == {503}
            with pytest.raises(DatabaseError, match="too many connections"):
                app.state.database.engine.open()

        until_as_before(app, client, right)


def role(postgres: PostgresServer, name: str, limit: str) -> None:
    """Make a role that can only read, with a limit."""
    schema = Database(SEED, postgres.get_uri()).engine.schema  # type: ignore[union-attr]
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute(f"create role {name} login {limit}")
        connection.execute(f"grant usage on schema {schema} to {name}")
        connection.execute(f"grant select on all tables in schema {schema} to {name}")


def as_role(postgres: PostgresServer, name: str) -> str:
    return postgres.get_uri().replace("postgres:@", f"{name}:@", 1)


def test_a_statement_that_takes_too_long_is_a_503_and_holds_nobody_else_up(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.database.postgresql._SLOWEST", 1)
    with serving(postgres.get_uri()) as (app, client):
        right = responses(app, client)
        schema = app.state.database.engine.schema
        clear_cache(app)

        with psycopg.connect(postgres.get_uri()) as holder, ThreadPoolExecutor(4) as pool:
            holder.execute(f"lock table {schema}.metric in access exclusive mode")
            slow = [pool.submit(client.get, f"/metrics?limit={n}") for n in range(1, 5)]
            others = [client.get(url).status_code for url in ("/healthz", "/readyz", "/issues?limit=3")]
            assert [one.result().status_code for one in slow] == [503] * 4

        assert others == [200] * 3
        assert responses(app, client) == right


@long
def test_an_edition_that_is_dropped_while_it_is_served_is_a_503_until_it_is_loaded_again(
    postgres: PostgresServer,
) -> None:
    schema = Database(SEED, postgres.get_uri()).engine.schema  # type: ignore[union-attr]
    with serving(postgres.get_uri()) as (app, client):
        right = responses(app, client)
        with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
            connection.execute(f"drop schema {schema} cascade")

        assert statuses(app, client) == {503}
        Database(SEED, postgres.get_uri()).engine.open()

        assert responses(app, client) == right


@long
def test_a_standby_that_lags_behind_is_waited_for_and_serves_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with server() as primary, standby(primary) as copy, psycopg.connect(copy, autocommit=True) as replay:
        monkeypatch.setattr("app.database.postgresql._LAG", 0.5)
        with serving(copy) as (app, client):
            assert client.get("/issues").status_code == 503
        assert "is not on this standby: run `python -m app build` on its primary" in caplog.text

        replay.execute("select pg_wal_replay_pause()")
        with serving(primary.get_uri()) as (app, client):
            right = responses(app, client)
        monkeypatch.setattr("app.database.postgresql._LAG", NEVER)
        later = threading.Timer(1, replay.execute, ["select pg_wal_replay_resume()"])
        later.start()
        with serving(copy) as (app, client):
            assert responses(app, client) == right
        later.join()
