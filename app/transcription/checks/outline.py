"""Checks of the sections: they cover the source in order, form a tree, and have the roles that records give them."""

import re

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Section
from app.transcription.source import Span

# What can only be the number of a heading: (一) 一、 1. 第一章. A point before a digit is a decimal point.
_MARKER = re.compile(
    r"[(（](?:[0-9]+|[一二三四五六七八九十百]+)[)）]"
    r"|(?:[0-9]+|[一二三四五六七八九十百]+)(?:[、\uff0e)）]|\.(?![0-9]))"
    r"|第[一二三四五六七八九十百]+[章节]|[①-⑳]"
)


def check_outline(document: SourceDocument) -> None:
    """Find every section; headings, paragraphs and the declared residue must cover the source from end to end."""
    cursor, end = 0, document.source.whole.end
    for n, section in enumerate(document.transcription.sections):
        cursor = _find_section(document, f"$.sections[{n}]", section, cursor)
        _check_heading(document, f"$.sections[{n}]", section)
    for n, text in enumerate(document.transcription.notice.residue):
        span = document.expect_next(f"$.notice.residue[{n}]", text, cursor, end)
        cursor = span.end if span else cursor
    document.expect_blank("$.sections", cursor, end)
    _check_tree(document)


def _find_section(document: SourceDocument, path: str, section: Section, cursor: int) -> int:
    """Keep the spans of a section, which begins at or after `cursor`; return its end."""
    parts = {f"{path}.text[{n}]": paragraph for n, paragraph in enumerate(section.text)}
    if section.heading:
        parts = {f"{path}.heading": section.heading, **parts}
    spans: list[Span] = []
    for part, text in parts.items():
        if span := document.expect_next(part, text, cursor, document.source.whole.end):
            spans.append(span)
            cursor = span.end
    if spans:
        document.section_spans[section.id] = Span(spans[0].start, cursor)
    heading = document.spans.get(f"{path}.heading")
    if heading:
        document.heading_spans[section.id] = heading
    if paragraphs := [span for span in spans if span != heading]:
        document.body_spans[section.id] = Span(paragraphs[0].start, cursor)
    return cursor


def _check_heading(document: SourceDocument, path: str, section: Section) -> None:
    heading, marker = section.heading, section.marker
    # A draft may still lack the English of a heading.
    if bool(heading) != bool(section.title_en) and not (heading and document.is_draft):
        document.report(f"{path}.title_en", "must be given if, and only if, there is a heading")
    if marker and not (heading and heading.startswith(marker)):
        document.report(f"{path}.marker", f"the heading does not begin with {marker!r}: {(heading or '')[:20]!r}")
    elif heading and (printed := _MARKER.match(heading)) and not (marker or "").startswith(printed[0]):
        document.report(f"{path}.marker", f"the heading begins with the marker {printed[0]!r}, not {marker!r}")
    if not heading and not section.text:
        document.report(path, "has neither heading nor text")


def _check_tree(document: SourceDocument) -> None:
    # The previous section and its ancestors: only one of these can be the parent of the next section.
    branch: list[str] = []
    for n, section in enumerate(document.transcription.sections):
        if section.parent is None:
            branch.clear()
        elif section.parent in branch:
            del branch[branch.index(section.parent) + 1 :]
        else:
            known = ", ".join(branch) or "none"
            message = f"{section.parent!r} is not a section above it; those are {known}"
            document.report(f"$.sections[{n}].parent", message)
        branch.append(section.id)


def check_roles(document: SourceDocument) -> None:
    """Check that issues and categories refer to sections of their role, none is missing, and scopes are true."""
    transcription = document.transcription
    sections_by_role = {
        "issue": {issue.section for issue in transcription.issues},
        "category": {category.section for category in transcription.categories},
    }
    _check_section_roles(document, sections_by_role)
    parents = {section.id: section.parent for section in transcription.sections}
    category_sections: dict[int | None, str] = {c.number: c.section for c in transcription.categories}
    for n, issue in enumerate(transcription.issues):
        if parents.get(issue.section) != category_sections.get(issue.category):
            message = f"section {issue.section} is not under category {issue.category}"
            document.report(f"$.issues[{n}].category", message)
    for n, metric in enumerate(transcription.metrics):
        sections = sections_by_role.get(metric.scope)
        if sections is not None and not sections & _branch(metric.section, parents):
            document.report(f"$.metrics[{n}].scope", f"{metric.section} is within no {metric.scope}")


def _check_section_roles(document: SourceDocument, sections_by_role: dict[str, set[str]]) -> None:
    for n, section in enumerate(document.transcription.sections):
        for role, ids in sections_by_role.items():
            if section.role == role and section.id not in ids:
                document.report(f"$.sections[{n}].role", f"is {role!r}, but no {role} refers to {section.id}")
            if section.role != role and section.id in ids:
                message = f"{section.role!r} should be {role!r}, since a record of that kind refers to {section.id}"
                document.report(f"$.sections[{n}].role", message)
    without_heading = {section.id for section in document.transcription.sections if section.heading is None}
    for n, category in enumerate(document.transcription.categories):
        if category.section in without_heading:
            message = f"{category.section} has no heading to be the category's title"
            document.report(f"$.categories[{n}].section", message)


def _branch(section: str | None, parents: dict[str, str | None]) -> set[str]:
    """Return a section and its ancestors; a circle of parents, which is reported elsewhere, ends the search."""
    branch: set[str] = set()
    while section is not None and section not in branch:
        branch.add(section)
        section = parents.get(section)
    return branch
