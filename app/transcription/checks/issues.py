"""Checks of issues, and of statements: clause by clause, these are the whole text of their sections."""

from collections import defaultdict

from app.models.statement import MEASURE
from app.transcription.document import CLAUSE_MARKS, SourceDocument
from app.transcription.layout.notice import Statement
from app.transcription.source import QuoteError, Span

# Sections with these roles tell what was done or will be, so every clause of their text is a statement.
TILED_ROLES = ("leadership", "issue", "totals", "common_issues", "next_steps")
_OF_MEASURES = ("kind", "actor", "prompted_by", "directive", "directive_code", "modality", "modality_text")


def check_issues(document: SourceDocument) -> None:
    """Check that every issue's problem is in its heading."""
    sections = {section.id: section for section in document.transcription.sections}
    for n, issue in enumerate(document.transcription.issues):
        path, section = f"$.issues[{n}]", sections.get(issue.section)
        document.find(f"{path}.problem", issue.problem, document.heading_spans.get(issue.section))
        if section and section.heading is None:
            problem = getattr(issue.problem, "exact", issue.problem)
            message = f"{problem!r} should be in the heading of {section.id}, which has none"
            document.report(f"{path}.problem", message)
        if section and not section.text:
            document.report(f"{path}.section", f"{section.id} has no text of its own")
        for topic in sorted({topic for topic in issue.topics if issue.topics.count(topic) > 1}):
            document.report(f"{path}.topics", f"{topic!r} is given twice")


def check_statements(document: SourceDocument) -> None:
    """Check that statements cover the text of every section that reports, and agree with their sentences."""
    statements: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
    for n, statement in enumerate(document.transcription.statements):
        statements[statement.section].append((f"$.statements[{n}]", statement))
    for section in document.transcription.sections:
        body = document.body_spans.get(section.id)
        if body and (section.role in TILED_ROLES or section.id in statements):
            _check_clauses(document, section.id, statements[section.id], body)


def _check_clauses(document: SourceDocument, section: str, statements: list[tuple[str, Statement]], body: Span) -> None:
    cursor, path = body.start, "$.statements"
    for path, statement in statements:
        if statement.quote.strip(CLAUSE_MARKS) != statement.quote:
            message = f"{statement.quote!r} begins or ends with punctuation, which belongs to no clause"
            document.report(f"{path}.quote", message)
        if span := document.expect_next(f"{path}.quote", statement.quote, cursor, body.end, CLAUSE_MARKS):
            cursor = span.end
            _check_statement(document, path, statement, span, body)
    document.expect_blank(path, cursor, body.end, CLAUSE_MARKS, f", after the last clause of {section}")


def _check_statement(document: SourceDocument, path: str, statement: Statement, span: Span, body: Span) -> None:
    sentence = document.source.sentence(span, body)
    for field in ("actor", "prompted_by", "directive"):
        document.find(f"{path}.{field}", getattr(statement, field), sentence)
    _find_modality(document, path, statement, span)
    if statement.role == MEASURE:
        _check_measure(document, path, statement)
    else:
        for field in _OF_MEASURES:
            if getattr(statement, field) is not None:
                document.report(f"{path}.{field}", f"only a measure has one; the role of this is {statement.role}")
    _check_code(document, f"{path}.sanction", "sanction", statement.sanction, document.source[span])


def _find_modality(document: SourceDocument, path: str, statement: Statement, clause: Span) -> None:
    """Find the words of the modality in a heading above that governs the whole section (下一步), or in the clause."""
    if statement.modality_text is None:
        return
    parents = {section.id: section.parent for section in document.transcription.sections}
    section = parents.get(statement.section)
    while section is not None:
        heading = document.heading_spans.get(section)
        try:
            if heading:
                document.spans[f"{path}.modality_text"] = document.source.find(statement.modality_text, heading)
                return
        except QuoteError:
            pass
        section = parents.get(section)
    document.find(f"{path}.modality_text", statement.modality_text, clause)


def _check_measure(document: SourceDocument, path: str, measure: Statement) -> None:
    for field in ("kind", "modality"):
        if getattr(measure, field) is None:
            document.report(f"{path}.{field}", "every measure has one")
    if measure.modality is not None and (measure.modality == "reported") != (measure.modality_text is None):
        document.report(f"{path}.modality_text", "must be given if, and only if, the modality is not 'reported'")
    if (measure.directive is None) != (measure.directive_code is None):
        document.report(f"{path}.directive_code", "must be given if, and only if, there is a directive")
    directive, actor = document.spans.get(f"{path}.directive"), document.spans.get(f"{path}.actor")
    if directive and actor and directive.start >= actor.start:
        message = f"{document.source[directive]!r} stands after the actor {document.source[actor]!r}"
        document.report(f"{path}.directive", message)
    if directive:
        _check_code(document, f"{path}.directive_code", "directive", measure.directive_code, document.source[directive])


def _check_code(document: SourceDocument, path: str, vocabulary: str, code: str | None, text: str) -> None:
    """Report a code of which no printed form stands in the text."""
    if code is not None and code not in document.codes_in(vocabulary, text):
        document.report(path, f"no word of {text[:80]!r} says {code}")
