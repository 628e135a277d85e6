"""Keys in paths. Any string is let in, and what is no key gets a 404 that says what there is."""

from typing import Annotated

from fastapi import Path
from pydantic import WithJsonSchema

from app.models.vocabulary import Coded

_NUMBER = WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999})

CategoryNumber = Annotated[str, Path(description="The category's number."), _NUMBER]
IssueNumber = Annotated[str, Path(description="The issue's number."), _NUMBER]
SectionId = Annotated[str, Path(description="The section's id.")]
StatementId = Annotated[str, Path(description="The statement's id.")]
MeasureId = Annotated[str, Path(description="The measure's id.")]
MetricId = Annotated[str, Path(description="The metric's id.")]
NoticeSlug = Annotated[str, Path(description="The notice's slug.")]
IndicatorCode = Annotated[str, Path(description="The indicator's code."), Coded("indicator")]
GlossaryEntryId = Annotated[str, Path(description="The entry's id.")]
NumeralId = Annotated[str, Path(description="The numeral's id.")]
FileName = Annotated[str, Path(description="The file's name.")]
