"""Checks of issues and their statements: the statements are, clause by clause, the whole text of the issue."""

from app.models.statement import MEASURE
from app.transcription.document import CLAUSE_MARKS, SourceDocument
from app.transcription.layout.notice import Statement
from app.transcription.source import Span


def check_issues(document: SourceDocument) -> None:
    """Check that every issue's problem is in its heading and that its statements cover its text."""
    sections = {section.id: section for section in document.transcription.sections}
    for n, issue in enumerate(document.transcription.issues):
        path, section = f"$.issues[{n}]", sections.get(issue.section)
        document.find(f"{path}.problem", issue.problem, document.heading_spans.get(issue.section))
        if section and section.heading is None:
            problem = getattr(issue.problem, "exact", issue.problem)
            message = f"{problem!r} should be in the heading of {section.id}, which has none"
            document.report(f"{path}.problem", message)
        if body := document.body_spans.get(issue.section):
            _check_clauses(document, issue.number, body)
        elif section and not section.text:
            document.report(f"{path}.section", f"{section.id} has no text of its own")
        for topic in sorted({topic for topic in issue.topics if issue.topics.count(topic) > 1}):
            document.report(f"{path}.topics", f"{topic!r} is given twice")


def _check_clauses(document: SourceDocument, issue: int, body: Span) -> None:
    cursor, path = body.start, "$.statements"
    for n, statement in enumerate(document.transcription.statements):
        if statement.issue == issue:
            path = f"$.statements[{n}]"
            if statement.quote.strip(CLAUSE_MARKS) != statement.quote:
                message = f"{statement.quote!r} begins or ends with punctuation, which belongs to no clause"
                document.report(f"{path}.quote", message)
            if span := document.expect_next(f"{path}.quote", statement.quote, cursor, body.end, CLAUSE_MARKS):
                cursor = span.end
                _check_statement(document, path, statement, span, body)
    document.expect_blank(path, cursor, body.end, CLAUSE_MARKS, f", after the last clause of issue {issue}")


def _check_statement(document: SourceDocument, path: str, statement: Statement, span: Span, body: Span) -> None:
    sentence = document.source.sentence(span, body)
    document.find(f"{path}.actor", statement.actor, sentence)
    document.find(f"{path}.prompted_by", statement.prompted_by, sentence)
    document.find(f"{path}.modality_text", statement.modality_text, span)
    if statement.role == MEASURE:
        _check_measure(document, path, statement)
    else:
        for field in ("kind", "actor", "prompted_by", "modality", "modality_text"):
            if getattr(statement, field) is not None:
                document.report(f"{path}.{field}", f"only a measure has one; the role of this is {statement.role}")


def _check_measure(document: SourceDocument, path: str, measure: Statement) -> None:
    for field in ("kind", "modality"):
        if getattr(measure, field) is None:
            document.report(f"{path}.{field}", "every measure has one")
    if measure.modality is not None and (measure.modality == "reported") != (measure.modality_text is None):
        document.report(f"{path}.modality_text", "must be given if, and only if, the modality is not 'reported'")
