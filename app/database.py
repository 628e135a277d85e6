"""The database: built from `seed/` when there is none for this data and this software, then only ever read."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Annotated
from urllib.parse import quote
from weakref import finalize

from fastapi import Depends, Request
from sqlalchemy import Engine, NullPool, insert, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, SQLModel, col, create_engine, select

from app.models.edition import EditionRow
from app.models.passage import PassageRow, spaced
from app.transcription.edition import read_edition
from app.transcription.passage_rows import passage_rows
from app.transcription.rows import rows

_SOFTWARE = Path(__file__).resolve().parent
_CODE = (".py", ".json", ".md", ".sql")


class UnusableDatabase(Exception):
    """The database can't be built, or is not of this data; the message names the setting that mends it."""


class Database:
    """The data of one seed folder, opened when first asked for, so that importing the app has no effects.

    `place` is a folder, in which the file's name tells which data and software it is of, or a file (with a suffix).
    """

    def __init__(self, seed: Path, place: Path) -> None:
        self.seed, self.place = seed, place

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that the database is made from: the seed's files, and the code that loads them."""
        content = hashlib.sha256()
        files = [("seed", self.seed, path) for path in self.seed.rglob("*") if path.suffix in (".json", ".txt")]
        files += [("app", _SOFTWARE, path) for path in _SOFTWARE.rglob("*") if path.suffix in _CODE]
        # By names within the two folders, wherever they lie.
        for name, path in sorted((f"{kind}/{path.relative_to(root)}", path) for kind, root, path in files):
            content.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return content.hexdigest()

    @property
    def path(self) -> Path:
        if self.place.suffix and not self.place.is_dir():
            return self.place
        return self.place / f"notices-{self.fingerprint[:16]}.sqlite3"

    @property
    def release(self) -> Path:
        """The folder of what is made of the database for people to take away, beside it."""
        return self.path.parent / f"release-{self.fingerprint[:16]}"

    @cached_property
    def engine(self) -> Engine:
        """The database, built if it is not there, and opened so that SQLite itself refuses to write."""
        if not self.path.exists():
            build(self.seed, self.path, self.fingerprint)
        address = f"file:{quote(str(self.path.resolve()))}?mode=ro&immutable=1&uri=true"
        engine = create_engine(f"sqlite:///{address}", connect_args={"check_same_thread": False})
        finalize(self, engine.dispose)  # whoever drops the database leaves no connection open
        _check(engine, self.path, self.fingerprint)
        return engine

    @cached_property
    def edition(self) -> EditionRow:
        with Session(self.engine) as session:
            return session.exec(select(EditionRow)).one()


def build(seed: Path, path: Path, fingerprint: str) -> None:
    """Check the seed, build the database beside `path` and move it there; `Refused` if the check finds anything.

    Of several starters the first to finish wins, and the others drop their own: none can harm another.
    """
    edition = read_edition(seed)
    released = max(desk.transcription.notice.released for desk in edition.notices)
    record = EditionRow(data_version=edition.data_version, fingerprint=fingerprint, released=released)
    draft = _draft(path)
    try:
        loaded = [record, *rows(edition)]
        _fill(draft, [*loaded, *passage_rows(loaded)])
        draft.chmod(0o644)
        _move(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _move(draft: Path, path: Path) -> None:
    """Put the draft in its place, unless another starter has done so."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no links. The name tells the content, so replacing changes nothing.
        draft.replace(path)


def _draft(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        mend = "set NOTICE_DATABASE to a folder that can be, or to a database built beforehand"
        raise UnusableDatabase(f"{path.parent} can't be written ({error.strerror}): {mend}") from None
    os.close(handle)
    return Path(name)


def _fill(path: Path, records: list[SQLModel]) -> None:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        for table, group in groupby(records, type):
            session.exec(insert(table), params=[dict(record) for record in group])
        _index(session)
        session.commit()
        if dangling := session.connection().execute(text("pragma foreign_key_check")).all():
            raise UnusableDatabase(f"the load left dangling references: {dangling}")


def _index(session: Session) -> None:
    passages = session.exec(select(PassageRow).order_by(col(PassageRow.rowid)))
    entries = [{"rowid": p.rowid, "title": spaced(p.folded_title), "body": spaced(p.folded_body)} for p in passages]
    session.connection().execute(
        text("insert into passage_index (rowid, title, body) values (:rowid, :title, :body)"), entries
    )


def _check(engine: Engine, path: Path, fingerprint: str) -> None:
    try:
        with Session(engine) as session:
            found = session.exec(select(EditionRow.fingerprint)).one_or_none()
    except DatabaseError:
        found = None
    if found != fingerprint:
        mend = "remove it to have it built anew, or set NOTICE_DATABASE elsewhere"
        raise UnusableDatabase(f"{path} is no database of this data and this software: {mend}")


def get_session(request: Request) -> Iterator[Session]:
    """A session for one request."""
    with Session(request.app.state.database.engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]
