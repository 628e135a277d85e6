"""Rows of categories, issues and statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlmodel import SQLModel

from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.models.statement import MEASURE, StatementRow
from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Issue, Metric, Statement
from app.transcription.load.outline import heading_columns

R = TypeVar("R", Statement, Metric)

# What may be printed for an issue beside its text.
_PRINTED = ("status_text", "deadline_text", "responsible_text")
_UNCHANGED = {"id", "role", "text_en", "kind", "directive_code", "modality", "sanction"}


def issue_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield categories, issues and statements; the former two with the number of records in each."""
    numbers = {section.id: n for n, section in enumerate(document.transcription.sections)}
    statements = _by_issue(document, document.transcription.statements)
    metrics = _by_issue(document, document.transcription.metrics)
    for position, category in enumerate(document.transcription.categories):
        issues = [issue for issue in document.transcription.issues if issue.category == category.number]
        yield CategoryRow(
            notice=document.slug,
            position=position,
            number=category.number,
            section_id=category.section,
            framework=category.framework,
            title_en=(title_en := document.transcription.sections[numbers[category.section]].title_en),
            translation=document.translation(title_en),
            issue_count=len(issues),
            measure_count=sum(s.role == MEASURE for issue in issues for s in statements[issue.number]),
            metric_count=sum(len(metrics[issue.number]) for issue in issues),
            **heading_columns(document, numbers[category.section]),
        )
    for n, issue in enumerate(document.transcription.issues):
        counted = statements[issue.number], metrics[issue.number]
        yield _issue(document, n, issue, numbers[issue.section], *counted)
    yield from _statements(document)


def _by_issue(document: SourceDocument, records: Iterable[R]) -> dict[int, list[R]]:
    """Return records by the number of the issue in whose text they stand."""
    found: dict[int, list[R]] = defaultdict(list)
    for record in records:
        if issue := document.issues.get(record.section):
            found[issue.number].append(record)
    return found


def _issue(
    document: SourceDocument,
    n: int,
    issue: Issue,
    section: int,
    statements: Sequence[Statement],
    metrics: Sequence[Metric],
) -> IssueRow:
    measures, printed = [s for s in statements if s.role == MEASURE], dict[str, Any]()
    for name in _PRINTED:
        printed |= document.field_columns(name, document.spans.get(f"$.issues[{n}].{name}"))
    return IssueRow(
        notice=document.slug,
        position=n,
        number=issue.number,
        section_id=issue.section,
        category_number=issue.category,
        title_en=(title_en := document.transcription.sections[section].title_en),
        translation=document.translation(title_en),
        status=issue.status,
        topics=issue.topics,
        kinds=list(dict.fromkeys(measure.kind for measure in measures if measure.kind)),
        statement_count=len(statements),
        measure_count=len(measures),
        metric_count=len(metrics),
        **heading_columns(document, section),
        **document.field_columns("problem", document.spans[f"$.issues[{n}].problem"]),
        **printed,
        **document.record_columns("text", document.issue_span(issue, heading=False)),
    )


def _statements(document: SourceDocument) -> Iterator[StatementRow]:
    for n, statement in enumerate(document.transcription.statements):
        path, issue = f"$.statements[{n}]", document.issues.get(statement.section)
        columns = document.record_columns("text", document.spans[f"{path}.quote"])
        for name in ("marker", "actor", "prompted_by", "directive", "modality_text"):
            columns |= document.field_columns(name, document.spans.get(f"{path}.{name}"))
        yield StatementRow(
            notice=document.slug,
            position=n,
            issue_number=issue.number if issue else None,
            category_number=issue.category if issue else None,
            section_id=statement.section,
            translation=document.translation(statement.text_en),
            **{name: getattr(statement, name) for name in _UNCHANGED},
            **columns,
        )
