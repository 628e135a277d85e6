"""Counts of records over all notices, by the values of one field and of two."""

from sqlmodel import Field, SQLModel


class RecordCountRow(SQLModel, table=True):
    """How many records of a collection have a value in one field and another value in another.

    Pairs stand in both orders. An empty field stands for none: the other one alone is counted then, or, with both
    empty, all records.
    """

    __tablename__ = "record_count"
    __table_args__ = {"sqlite_with_rowid": False}

    collection: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    other_field: str = Field(primary_key=True)
    other_value: str = Field(primary_key=True)
    count: int
