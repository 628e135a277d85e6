"""Issues and their statements against the source: clause by clause, nothing left out, nobody made up."""

from app.models.statement import MEASURE
from app.transcription.document import MARKS, Desk
from app.transcription.layout.notice import Statement
from app.transcription.source import Span


def check_issues(desk: Desk) -> None:
    """Every issue's problem stands in its heading, and its statements tile its text."""
    sections = {section.id: section for section in desk.transcription.sections}
    for n, issue in enumerate(desk.transcription.issues):
        path, section = f"$.issues[{n}]", sections.get(issue.section)
        desk.find(f"{path}.problem", issue.problem, desk.headings.get(issue.section))
        if section and section.heading is None:
            words = getattr(issue.problem, "exact", issue.problem)
            desk.say(f"{path}.problem", f"{words!r} should stand in the heading of {section.id}, which has none")
        if body := desk.bodies.get(issue.section):
            _tile(desk, issue.number, body)
        elif section and not section.text:
            desk.say(f"{path}.section", f"{section.id} has no text of its own")
        for topic in sorted({topic for topic in issue.topics if issue.topics.count(topic) > 1}):
            desk.say(f"{path}.topics", f"{topic!r} stands twice")


def _tile(desk: Desk, issue: int, body: Span) -> None:
    cursor, path = body.start, "$.statements"
    for n, statement in enumerate(desk.transcription.statements):
        if statement.issue == issue:
            path = f"$.statements[{n}]"
            if statement.quote.strip(MARKS) != statement.quote:
                desk.say(f"{path}.quote", f"{statement.quote!r} begins or ends in a mark; marks stand between clauses")
            if span := desk.follow(f"{path}.quote", statement.quote, cursor, body.end, MARKS):
                cursor = span.end
                _check_statement(desk, path, statement, span, body)
    desk.nothing_between(path, cursor, body.end, MARKS, f", behind the last clause of issue {issue}")


def _check_statement(desk: Desk, path: str, statement: Statement, span: Span, body: Span) -> None:
    sentence = desk.source.sentence(span, body)
    desk.find(f"{path}.actor", statement.actor, sentence)
    desk.find(f"{path}.prompted_by", statement.prompted_by, sentence)
    desk.find(f"{path}.modality_text", statement.modality_text, span)
    if statement.role == MEASURE:
        _check_measure(desk, path, statement)
    else:
        for field in ("kind", "actor", "prompted_by", "modality", "modality_text"):
            if getattr(statement, field) is not None:
                desk.say(f"{path}.{field}", f"only a measure has one; this is a {statement.role}")


def _check_measure(desk: Desk, path: str, measure: Statement) -> None:
    for field in ("kind", "modality"):
        if getattr(measure, field) is None:
            desk.say(f"{path}.{field}", "every measure has one")
    if measure.modality is not None and (measure.modality == "reported") != (measure.modality_text is None):
        desk.say(f"{path}.modality_text", "the words stand exactly where a measure is other than plainly reported")
