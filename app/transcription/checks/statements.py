"""Issues and their statements against the source: clause by clause, nothing left out, nobody made up."""

from app.models.statement import MEASURE
from app.transcription.document import MARKS, SourceDocument
from app.transcription.layout.notice import Statement
from app.transcription.source import Span


def check_issues(document: SourceDocument) -> None:
    """Every issue's problem stands in its heading, and its statements tile its text."""
    sections = {section.id: section for section in document.transcription.sections}
    for n, issue in enumerate(document.transcription.issues):
        path, section = f"$.issues[{n}]", sections.get(issue.section)
        document.find(f"{path}.problem", issue.problem, document.headings.get(issue.section))
        if section and section.heading is None:
            words = getattr(issue.problem, "exact", issue.problem)
            document.say(f"{path}.problem", f"{words!r} should stand in the heading of {section.id}, which has none")
        if body := document.bodies.get(issue.section):
            _tile(document, issue.number, body)
        elif section and not section.text:
            document.say(f"{path}.section", f"{section.id} has no text of its own")
        for topic in sorted({topic for topic in issue.topics if issue.topics.count(topic) > 1}):
            document.say(f"{path}.topics", f"{topic!r} stands twice")


def _tile(document: SourceDocument, issue: int, body: Span) -> None:
    cursor, path = body.start, "$.statements"
    for n, statement in enumerate(document.transcription.statements):
        if statement.issue == issue:
            path = f"$.statements[{n}]"
            if statement.quote.strip(MARKS) != statement.quote:
                document.say(
                    f"{path}.quote", f"{statement.quote!r} begins or ends in a mark; marks stand between clauses"
                )
            if span := document.follow(f"{path}.quote", statement.quote, cursor, body.end, MARKS):
                cursor = span.end
                _check_statement(document, path, statement, span, body)
    document.nothing_between(path, cursor, body.end, MARKS, f", behind the last clause of issue {issue}")


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
                document.say(f"{path}.{field}", f"only a measure has one; this is a {statement.role}")


def _check_measure(document: SourceDocument, path: str, measure: Statement) -> None:
    for field in ("kind", "modality"):
        if getattr(measure, field) is None:
            document.say(f"{path}.{field}", "every measure has one")
    if measure.modality is not None and (measure.modality == "reported") != (measure.modality_text is None):
        document.say(f"{path}.modality_text", "the words stand exactly where a measure is other than plainly reported")
