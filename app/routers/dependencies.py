"""What routes take beside a query: the repository, and keys in paths.

Any text is let in as a key: what is no key gets a 404 that says what there is.
"""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import WithJsonSchema

from app.database.repository import Repository
from app.models.vocabulary import Coded


def get_repository(request: Request) -> Repository:
    """Return the records of the service."""
    repository: Repository = request.app.state.repository
    return repository


RepositoryDep = Annotated[Repository, Depends(get_repository)]

_NUMBER = WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999})

CategoryNumber = Annotated[str, Path(description="The category's number."), _NUMBER]
IssueNumber = Annotated[str, Path(description="The issue's number."), _NUMBER]
SectionId = Annotated[str, Path(description="The section's id.")]
StatementId = Annotated[str, Path(description="The statement's id.")]
MeasureId = Annotated[str, Path(description="The measure's id.")]
DocumentId = Annotated[str, Path(description="The document's id.")]
OrganizationId = Annotated[str, Path(description="The organization's id.")]
MetricId = Annotated[str, Path(description="The metric's id.")]
NoticeSlug = Annotated[str, Path(description="The notice's slug.")]
IndicatorCode = Annotated[str, Path(description="The indicator's code."), Coded("indicator")]
GlossaryEntryId = Annotated[str, Path(description="The entry's id.")]
NumeralId = Annotated[str, Path(description="The numeral's id.")]
FileName = Annotated[str, Path(description="The file's name.")]
