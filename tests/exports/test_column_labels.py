"""Every field of every record has a label in both languages, and no label is left over."""

import re

import pytest
from pydantic import BaseModel

from app.exports.table import column_labels, columns_of
from app.models.agreement import Agreement
from app.models.category import Category
from app.models.change import CorrectionFields, ReleaseFields
from app.models.contact import ContactLine
from app.models.document import Document, DocumentPlace
from app.models.glossary import GlossaryEntry, Occurrence
from app.models.indicator import Indicator
from app.models.issue import Issue
from app.models.metric import Metric
from app.models.notice import Gap, Notice
from app.models.numeral import Numeral
from app.models.organization import Organization, OrganizationPlace
from app.models.reconciliation import Declaration
from app.models.record import Cited
from app.models.search_hit import Hit
from app.models.section import Section
from app.models.statement import Measure, Statement
from app.models.vocabulary import Term, Vocabulary
from app.release.tables import TABLES

RECORDS: list[type[BaseModel]] = [
    Notice, Section, Category, Issue, Statement, Measure, Metric, Numeral, Indicator, Hit,
    ContactLine, Declaration, Term, Vocabulary, Gap,
    GlossaryEntry, Occurrence, Document, DocumentPlace, Organization, OrganizationPlace,
    ReleaseFields, CorrectionFields, Agreement,
]  # fmt: skip
PLACE = re.compile("_(start|end)$")

every_record = pytest.mark.parametrize("record", RECORDS)


@every_record
def test_every_field_has_a_label_and_no_two_share_one(record: type[BaseModel]) -> None:
    columns = columns_of(record)

    assert all(column.zh and column.en for column in columns)
    assert len({column.zh for column in columns}) == len({column.en for column in columns}) == len(columns)


@every_record
def test_a_label_is_chinese_in_one_language_and_ascii_in_the_other(record: type[BaseModel]) -> None:
    for column in columns_of(record):
        assert re.search(r"[\u4e00-\u9fff]", column.zh), column
        assert column.en.isascii(), column


def test_no_label_is_left_over() -> None:
    records: list[type[BaseModel]] = [*RECORDS, Cited]
    fields = {record.__name__: {column.name for column in columns_of(record)} for record in records}
    added = {column.name for table in TABLES for column in table.added}  # what a table of the release has beyond
    for record, own in column_labels().items():
        if record != "*":
            assert own.keys() <= fields[record] | added, record
    used = {name for record, names in fields.items() for name in names - column_labels().get(record, {}).keys()}
    assert column_labels()["*"].keys() - used == set()


@every_record
def test_columns_follow_the_record(record: type[BaseModel]) -> None:
    named = [field.serialization_alias or name for name, field in record.model_fields.items()]

    assert [column.name for column in columns_of(record)] == named
