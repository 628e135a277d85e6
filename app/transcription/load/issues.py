"""Rows of categories, issues and the statements that their texts are made of."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.models.statement import MEASURE, StatementRow
from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Issue, Statement
from app.transcription.load.outline import heading


def issue_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Categories, issues and statements, with how many of each they hold."""
    numbers = {section.id: n for n, section in enumerate(document.transcription.sections)}
    for position, category in enumerate(document.transcription.categories):
        issues = [issue for issue in document.transcription.issues if issue.category == category.number]
        yield CategoryRow(
            notice=document.slug,
            position=position,
            number=category.number,
            section_id=category.section,
            framework=category.framework,
            title_en=document.transcription.sections[numbers[category.section]].title_en or "",
            issue_count=len(issues),
            measure_count=sum(len(_measures(document, issue)) for issue in issues),
            metric_count=sum(_metric_count(document, issue) for issue in issues),
            **heading(document, numbers[category.section]),
        )
    for n, issue in enumerate(document.transcription.issues):
        yield _issue(document, n, issue, numbers[issue.section])
    yield from _statements(document)


def _issue(document: SourceDocument, n: int, issue: Issue, section: int) -> IssueRow:
    measures = _measures(document, issue)
    return IssueRow(
        notice=document.slug,
        position=n,
        number=issue.number,
        section_id=issue.section,
        category_number=issue.category,
        title_en=document.transcription.sections[section].title_en or "",
        topics=issue.topics,
        kinds=list(dict.fromkeys(measure.kind for measure in measures if measure.kind)),
        statement_count=sum(statement.issue == issue.number for statement in document.transcription.statements),
        measure_count=len(measures),
        metric_count=_metric_count(document, issue),
        **heading(document, section),
        **document.printed("problem", document.at[f"$.issues[{n}].problem"]),
        **document.quoted("text", document.bodies[issue.section]),
    )


def _measures(document: SourceDocument, issue: Issue) -> list[Statement]:
    return [s for s in document.transcription.statements if s.issue == issue.number and s.role == MEASURE]


def _metric_count(document: SourceDocument, issue: Issue) -> int:
    return sum(metric.section == issue.section for metric in document.transcription.metrics)


def _statements(document: SourceDocument) -> Iterator[StatementRow]:
    issues = {issue.number: issue for issue in document.transcription.issues}
    for n, statement in enumerate(document.transcription.statements):
        path, issue = f"$.statements[{n}]", issues[statement.issue]
        yield StatementRow(
            notice=document.slug,
            position=n,
            issue_number=issue.number,
            category_number=issue.category,
            section_id=issue.section,
            **statement.model_dump(include={"id", "role", "text_en", "kind", "modality"}),
            **document.quoted("text", document.at[f"{path}.quote"]),
            **document.printed("actor", document.at.get(f"{path}.actor")),
            **document.printed("prompted_by", document.at.get(f"{path}.prompted_by")),
            **document.printed("modality_text", document.at.get(f"{path}.modality_text")),
        )
