"""Categories: filters."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import table_of
from app.http.parameters import Key
from app.models.category import Category, CategoryDetail, CategoryRow
from app.queries.filters import Filters, any_of, select_records
from app.queries.query import FIELDS, Names, PageQuery, RecordQuery, field_names

_category = table_of(CategoryRow)


class CategoryQuery(PageQuery):
    number: list[Annotated[int, Key("categories", int)]] = Field(
        [], description="Only the categories with these numbers."
    )
    fields: list[Annotated[Names, field_names(Category)]] = Field([], description=FIELDS)


class CategoryRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(CategoryDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {"number": any_of(_category.c.number)}

select_categories = partial(select_records, Category, FILTERS, {})
