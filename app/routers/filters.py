"""Parameters that narrow several collections alike."""

from typing import Annotated

from pydantic import Field

_LARGEST = 999_999

IssueFilter = Annotated[int, Field(ge=1, le=_LARGEST, json_schema_extra={"x-among": "issues"})] | None
CategoryFilter = Annotated[int, Field(ge=1, le=_LARGEST, json_schema_extra={"x-among": "categories"})] | None
SectionFilter = Annotated[str, Field(json_schema_extra={"x-among": "sections"})] | None
