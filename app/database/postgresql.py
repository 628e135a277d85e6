"""PostgreSQL: the connection pool, the SQL dialect, the index in which words are looked up, and the load.

Each edition, a state of data and software, has a schema of its own, so several can be served from one database while
replicas are exchanged. A passage is found by the set of its characters, which an index holds, and is then compared with
the word itself. So a word is found as a substring of any length from one character, without a dictionary.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import TextLoader
from psycopg_pool import ConnectionPool, PoolTimeout
from sqlalchemy import BindParameter, Dialect, Text, and_, create_engine, func, literal_column, or_
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import psycopg as dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.database.errors import DatabaseError, Unavailable
from app.database.fingerprint import Fingerprint
from app.database.load import load
from app.database.postgresql_load import CHARACTERS, Loader, create_tables
from app.database.select import Clause, Condition, Row, rowid
from app.models.passage import PASSAGE_INDEX, Word
from app.transcription.seed import Seed

PREFIX = "zhenggai_"
_CONNECTIONS = 8  # of a process at most, as many as there are threads that read
_PATIENCE = 5.0  # seconds for which a connection is waited for
# A server that has vanished from the network answers nothing, not even that it is gone: it is given up after seconds.
_REACHING: dict[str, Any] = {
    "connect_timeout": 5, "tcp_user_timeout": 10_000,
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2,
}  # fmt: skip
_SLOWEST = 30  # seconds after which a statement is given up
# For the rows that an index finds. Where they don't fit, whole pages are looked through again: of a word that stands in
# every one of ten thousand notices, hundreds of thousands.
_WORK_MEMORY = "64MB"
_LAG = 60.0  # seconds for which a standby is waited for to receive what has been loaded
_LOCK = 0x7A686767  # "zhgg": whoever holds this advisory lock loads
_CHARACTERS = literal_column(CHARACTERS, ARRAY(Text))
logger = logging.getLogger("zhenggai")


class PostgreSQL:
    """The schema of one fingerprint in a database: loaded if it is not there, then only read."""

    name: Literal["postgresql"] = "postgresql"
    dialect: Dialect = dialect.dialect(paramstyle="format")  # type: ignore[no-untyped-call]

    @staticmethod
    def words_clause(words: Sequence[Word], numbers: Sequence[int]) -> Clause:
        """Match passages, in the index, that hold every word."""
        return words_clause(words, numbers)

    def __init__(self, address: str, fingerprint: Fingerprint, read_seed: Callable[[], Seed]) -> None:
        self.address, self.fingerprint, self._read_seed = address, fingerprint, read_seed
        self.schema = PREFIX + fingerprint.whole[:16]
        self._pool: ConnectionPool[psycopg.Connection[Row]] | None = None

    @property
    def place(self) -> str:
        """Where the data lies, without the user's name and password."""
        parts = urlsplit(self.address)
        return f"{parts.hostname or 'localhost'}{parts.path}, schema {self.schema}"

    def open(self) -> None:
        """Load the data if they are not there, and connect. Raises `DatabaseError`, and `InvalidSeed`."""
        if self._pool is None:
            try:
                self._load_if_missing()
            except psycopg.Error as error:
                raise self._database_error(error) from None
            except DBAPIError as error:
                raise self._database_error(error.orig) from None
            self._pool = ConnectionPool(
                self.address,
                kwargs=_REACHING | conninfo_to_dict(self.address),
                min_size=1,
                max_size=_CONNECTIONS,
                timeout=_PATIENCE,
                # Attempts come ever more seldom; after these the next question makes a new one at once.
                reconnect_timeout=_PATIENCE,
                configure=self._configure,
                open=True,
            )

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of an SQL statement. A connection that the server has closed is replaced by another."""
        self.open()
        assert self._pool
        failure: Exception | None = None
        for _ in range(_CONNECTIONS + 1):  # each of those that were idle may have been closed meanwhile
            try:
                with self._pool.connection() as connection:
                    return connection.execute(sql, values or None).fetchall()
            except psycopg.OperationalError as error:
                failure = error
                if isinstance(error, PoolTimeout | psycopg.errors.QueryCanceled):
                    break
            except psycopg.errors.UndefinedTable as error:
                failure = error  # somebody has dropped the schema
                break
        logger.error("PostgreSQL does not answer: %s", failure)
        raise Unavailable(str(failure))

    def prune(self) -> list[str]:
        """Drop the schemas of all other fingerprints; return their names."""
        with psycopg.connect(self.address) as connection:
            connection.execute(f"select pg_advisory_xact_lock({_LOCK})")
            pattern = PREFIX.replace("_", r"\_") + "%"
            rows = connection.execute("select nspname from pg_namespace where nspname like %s", (pattern,)).fetchall()
            names = [name for (name,) in rows if name != self.schema]
            for name in names:
                connection.execute(f'drop schema "{name}" cascade')
        return sorted(names)

    def close(self) -> None:
        """Close all connections."""
        if self._pool is not None:
            self._pool.close()

    def _configure(self, connection: psycopg.Connection[Row]) -> None:
        connection.autocommit = True
        connection.execute(f"set search_path to {self.schema}")
        connection.execute("set default_transaction_read_only to on")
        connection.execute(f"set statement_timeout to '{_SLOWEST}s'")
        connection.execute(f"set work_mem to '{_WORK_MEMORY}'")
        # A plan for any value reads far more than one for the values that are given: of a search, twenty times as long.
        connection.execute("set plan_cache_mode to force_custom_plan")
        for type in ("date", "json"):  # as SQLite has them
            connection.adapters.register_loader(type, TextLoader)

    def _load_if_missing(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            if _is_loaded(connection, self.schema, self.fingerprint.whole) or self._is_received(connection):
                return
        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: psycopg.connect(self.address), poolclass=NullPool
        )
        with engine.begin() as begun:
            begun.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
            driver: Any = begun.connection.driver_connection
            if _is_loaded(driver, self.schema, self.fingerprint.whole):
                return  # another process has loaded it while this one waited
            begun.exec_driver_sql(f"create schema {self.schema}")
            begun.exec_driver_sql(f"set local search_path to {self.schema}")
            metadata = create_tables()
            metadata.create_all(begun)
            loader = Loader(driver, metadata)
            load(self._read_seed(), self.fingerprint, loader)
            for statement in loader.finish():
                begun.exec_driver_sql(statement)

    def _is_received(self, connection: Any) -> bool:
        """Whether a standby receives the data in time; False if the server is none. `DatabaseError` if it does not."""
        if connection.execute("select pg_is_in_recovery()").fetchone() == (False,):
            return False
        logger.warning("%s has not come to this standby yet: it is waited for", self.place)
        end = time.monotonic() + _LAG
        while time.monotonic() < end:
            time.sleep(0.2)
            if _is_loaded(connection, self.schema, self.fingerprint.whole):
                return True
        raise DatabaseError(f"{self.place} is not on this standby: run `python -m app build` on its primary, or wait")

    def _database_error(self, error: BaseException | None) -> DatabaseError:
        remedy = "run `python -m app build` once with a role that may create schemas"
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            return DatabaseError(f"{self.place} is not loaded, and this role can't do it: {remedy}")
        return DatabaseError(f"{self.place} can't be read: {str(error).strip()} (NOTICE_DATABASE)")


def words_clause(words: Sequence[Word], numbers: Sequence[int]) -> Clause:
    """Match passages, in the index, that hold every word, between two numbers or anywhere."""
    shape = tuple(tuple(form.columns for form in word) for word in words)
    values: list[Any] = []
    for word in words:
        for form in word:
            values += [sorted(set(form.text)), form.text]
    return Clause(_hold_words, (shape,), (*values, *numbers))


def _hold_words(shape: Sequence[Sequence[Sequence[str]]], *values: BindParameter[Any]) -> Condition:
    given = iter(values)
    found = []
    for word in shape:
        forms = []
        for columns in word:
            characters, text = sql_cast(next(given), ARRAY(Text)), next(given)
            places = (func.strpos(PASSAGE_INDEX.c[name], sql_cast(text, Text)) > 0 for name in columns)
            # Where few rows are looked through without the index, most are ruled out by what costs less.
            forms.append(and_(or_(*places), _CHARACTERS.contains(characters)))
        found.append(or_(*forms))
    bounds = list(given)
    return and_(*found, *([rowid(PASSAGE_INDEX).between(bounds[0], bounds[1])] if bounds else []))


def _is_loaded(connection: Any, schema: str, fingerprint: str) -> bool:
    """Whether a schema is there; it is all there, since it was made in one transaction."""
    ((oid,),) = connection.execute("select to_regclass(%s)", (f"{schema}.snapshot",)).fetchall()
    if oid is None:
        return False
    found = connection.execute(f"select fingerprint from {schema}.snapshot").fetchall()
    if found != [(fingerprint,)]:
        raise DatabaseError(f"the schema {schema} is of other data: drop it to have it loaded anew")
    return True
