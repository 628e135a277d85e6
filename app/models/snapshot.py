"""The snapshot: which data and which software a database was built from."""

from datetime import date

from sqlmodel import Field, SQLModel


class SnapshotRow(SQLModel, table=True):
    """`shared` is the hash of the software and of what all notices share, `fingerprint` that of everything."""

    __tablename__ = "snapshot"

    data_version: str = Field(primary_key=True)
    fingerprint: str
    shared: str
    released: date


class LoadedRow(SQLModel, table=True):
    """A notice as it was loaded: the hash of its files, and that of its data."""

    __tablename__ = "loaded"

    slug: str = Field(primary_key=True, foreign_key="notice.slug")
    position: int
    files: str
    digest: str
