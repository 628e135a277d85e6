"""Checks of issues, and of statements: clause by clause, these are the whole text of their sections."""

import re
from collections import defaultdict

from app.models.statement import MEASURE
from app.transcription.document import CLAUSE_MARKS, SourceDocument
from app.transcription.layout.notice import Issue, Statement
from app.transcription.layout.types import Quote
from app.transcription.source import QuoteError, Span

# Sections with these roles tell what was done or will be, so every clause of their text is a statement.
TILED_ROLES = ("leadership", "issue", "totals", "common_issues", "next_steps")
# What may be printed for an issue beside its clauses.
_PRINTED = ("status_text", "deadline_text", "responsible_text")
# A number in front of a clause: 一是, 第一，, (1), 1., ①.
_MARKER = re.compile(
    r"[一二三四五六七八九十]+是(?!否)|第?[一二三四五六七八九十]+[、\uff0c,]"
    r"|[(（](?:[0-9\uff10-\uff19]+|[一二三四五六七八九十]+)[)）]"
    r"|[0-9\uff10-\uff19]+(?:[、\uff0e)）]|\.(?![0-9]))|[①-⑳]"
)
_BRACKETS = ("([（【", ")]）】")
_OF_MEASURES = ("kind", "actor", "prompted_by", "directive", "directive_code", "modality", "modality_text")


def check_issues(document: SourceDocument) -> None:
    """Check that every issue's problem is in its heading, and what is printed for it alone where it says so."""
    sections = {section.id: section for section in document.transcription.sections}
    for n, gap in enumerate(document.transcription.notice.not_stated):
        if gap.field == "issues.status" and any(issue.status for issue in document.transcription.issues):
            document.report(f"$.notice.not_stated[{n}]", "says that no issue has a status, but one has")
    for n, issue in enumerate(document.transcription.issues):
        path, section = f"$.issues[{n}]", sections.get(issue.section)
        document.find(f"{path}.problem", issue.problem, document.heading_spans.get(issue.section))
        if section and section.heading is None:
            problem = getattr(issue.problem, "exact", issue.problem)
            message = f"{problem!r} should be in the heading of {section.id}, which has none"
            document.report(f"{path}.problem", message)
        if section and document.issue_span(issue, heading=False) is None:
            document.report(f"{path}.section", f"{section.id} has no text of its own")
        for topic in sorted({topic for topic in issue.topics if issue.topics.count(topic) > 1}):
            document.report(f"{path}.topics", f"{topic!r} is given twice")
        _check_printed(document, path, issue)


def _check_printed(document: SourceDocument, path: str, issue: Issue) -> None:
    """Find status, deadline and responsible bodies in the issue's own section, or in its row of an annex."""
    for name in _PRINTED:
        quote = getattr(issue, name)
        own, row = document.issue_span(issue), document.section_spans.get(issue.row or "")
        if span := document.find(f"{path}.{name}", quote, row if row and not _stands_in(document, quote, own) else own):
            document.apart.append(_with_brackets(document, span))
    if (issue.status is None) != (issue.status_text is None):
        document.report(f"{path}.status_text", "must be given if, and only if, there is a status")
    elif printed := document.spans.get(f"{path}.status_text"):
        words = document.source[printed]
        codes = document.longest_codes_in("issue_status", words)
        if issue.status not in codes:
            says = " or ".join(codes) or "no status that the vocabulary knows"
            document.report(f"{path}.status", f"{words!r} says {says}, not {issue.status}")


def _stands_in(document: SourceDocument, quote: Quote | None, within: Span | None) -> bool:
    try:
        return bool(quote and within and document.source.find(quote, within))
    except QuoteError:
        return False


def _with_brackets(document: SourceDocument, span: Span) -> Span:
    """Return a span with the brackets directly around it."""
    text, (opening, closing) = document.source.text, _BRACKETS
    start = span.start - (span.start > 0 and text[span.start - 1] in opening)
    return Span(start, span.end + (span.end < len(text) and text[span.end] in closing))


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
        if statement.marker is None and (printed := _MARKER.match(statement.quote)):
            document.report(f"{path}.marker", f"{printed[0]!r} is no part of the clause: it is its marker")
        elif statement.marker and (
            marker := document.expect_next(f"{path}.marker", statement.marker, cursor, body.end, CLAUSE_MARKS)
        ):
            cursor = marker.end
        if span := document.expect_next(f"{path}.quote", statement.quote, cursor, body.end, CLAUSE_MARKS):
            cursor = span.end
            _check_statement(document, path, statement, span, body)
    document.expect_blank(path, cursor, body.end, CLAUSE_MARKS, f", after the last clause of {section}")


def _check_statement(document: SourceDocument, path: str, statement: Statement, span: Span, body: Span) -> None:
    sentence = document.sentence(span, body)
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
    if code is not None and not document.prints(vocabulary, code, text):
        document.report(path, f"no word of {text[:80]!r} says {code}")
