"""Numerals: filters."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import table_of
from app.http.parameters import Code, Key
from app.models.numeral import Numeral, NumeralDetail, NumeralRow
from app.queries.filters import Filters, Sections, any_of, select_records
from app.queries.query import FIELDS, Names, PageQuery, RecordQuery, field_names

_numeral = table_of(NumeralRow)


class NumeralQuery(PageQuery):
    id: list[Annotated[str, Key("numerals")]] = Field([], description="Only the numerals with these ids.")
    class_: list[Annotated[str, Code("numeral_class")]] = Field(
        [], alias="class", description="Only numerals of these classes."
    )
    section: Sections = Field([], description="Only numerals printed in these sections.")
    fields: list[Annotated[Names, field_names(Numeral)]] = Field([], description=FIELDS)


class NumeralRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(NumeralDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "id": any_of(_numeral.c.id),
    "class_": any_of(_numeral.c["class"]),
    "section": any_of(_numeral.c.section_id),
}

select_numerals = partial(select_records, Numeral, FILTERS, {})
