"""The snapshot: which data and which software a database was built from."""

from datetime import date

from sqlmodel import Field, SQLModel


class SnapshotRow(SQLModel, table=True):
    __tablename__ = "snapshot"

    data_version: str = Field(primary_key=True)
    fingerprint: str
    released: date
