"""The snapshot: which data and which software a database was built from."""

from datetime import date

from sqlmodel import Field, SQLModel


class SnapshotRow(SQLModel):
    """`shared` is the hash of the software and of what all notices share, `fingerprint` that of everything."""

    data_version: str = Field(primary_key=True)
    fingerprint: str
    shared: str
    released: date


class SnapshotTable(SnapshotRow, table=True):
    __tablename__ = "snapshot"


class LoadedRow(SQLModel):
    """A notice as it was loaded: the hash of its files, and that of its data."""

    slug: str = Field(primary_key=True, foreign_key="notice.slug")
    position: int
    files: str
    digest: str


class LoadedTable(LoadedRow, table=True):
    __tablename__ = "loaded"
