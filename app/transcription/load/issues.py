"""Rows of categories, issues and the statements that their texts are made of."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.models.statement import MEASURE, StatementRow
from app.transcription.document import Desk
from app.transcription.layout.notice import Issue, Statement
from app.transcription.load.outline import heading


def issue_rows(desk: Desk) -> Iterator[SQLModel]:
    """Categories, issues and statements, with how many of each they hold."""
    numbers = {section.id: n for n, section in enumerate(desk.transcription.sections)}
    for position, category in enumerate(desk.transcription.categories):
        issues = [issue for issue in desk.transcription.issues if issue.category == category.number]
        yield CategoryRow(
            notice=desk.slug,
            position=position,
            number=category.number,
            section_id=category.section,
            framework=category.framework,
            title_en=desk.transcription.sections[numbers[category.section]].title_en or "",
            issue_count=len(issues),
            measure_count=sum(len(_measures(desk, issue)) for issue in issues),
            metric_count=sum(_metric_count(desk, issue) for issue in issues),
            **heading(desk, numbers[category.section]),
        )
    for n, issue in enumerate(desk.transcription.issues):
        yield _issue(desk, n, issue, numbers[issue.section])
    yield from _statements(desk)


def _issue(desk: Desk, n: int, issue: Issue, section: int) -> IssueRow:
    measures = _measures(desk, issue)
    return IssueRow(
        notice=desk.slug,
        position=n,
        number=issue.number,
        section_id=issue.section,
        category_number=issue.category,
        title_en=desk.transcription.sections[section].title_en or "",
        topics=issue.topics,
        kinds=list(dict.fromkeys(measure.kind for measure in measures if measure.kind)),
        statement_count=sum(statement.issue == issue.number for statement in desk.transcription.statements),
        measure_count=len(measures),
        metric_count=_metric_count(desk, issue),
        **heading(desk, section),
        **desk.printed("problem", desk.at[f"$.issues[{n}].problem"]),
        **desk.quoted("text", desk.bodies[issue.section]),
    )


def _measures(desk: Desk, issue: Issue) -> list[Statement]:
    return [s for s in desk.transcription.statements if s.issue == issue.number and s.role == MEASURE]


def _metric_count(desk: Desk, issue: Issue) -> int:
    return sum(metric.section == issue.section for metric in desk.transcription.metrics)


def _statements(desk: Desk) -> Iterator[StatementRow]:
    issues = {issue.number: issue for issue in desk.transcription.issues}
    for n, statement in enumerate(desk.transcription.statements):
        path, issue = f"$.statements[{n}]", issues[statement.issue]
        yield StatementRow(
            notice=desk.slug,
            position=n,
            issue_number=issue.number,
            category_number=issue.category,
            section_id=issue.section,
            **statement.model_dump(include={"id", "role", "text_en", "kind", "modality"}),
            **desk.quoted("text", desk.at[f"{path}.quote"]),
            **desk.printed("actor", desk.at.get(f"{path}.actor")),
            **desk.printed("prompted_by", desk.at.get(f"{path}.prompted_by")),
            **desk.printed("modality_text", desk.at.get(f"{path}.modality_text")),
        )
