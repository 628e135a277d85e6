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
    residue = document.transcription.notice.residue
    for n in range(len(document.residue), len(residue)):
        if span := document.expect_next(f"$.notice.residue[{n}]", residue[n], cursor, end):
            document.residue.append(span)
            cursor = span.end
    document.expect_blank("$.sections", cursor, end)
    document.apart += document.residue
    _find_labels(document)
    _check_tree(document)


def _find_section(document: SourceDocument, path: str, section: Section, cursor: int) -> int:
    """Keep the spans of a section, which begins at or after `cursor`; return its end."""
    parts = {f"{path}.text[{n}]": paragraph for n, paragraph in enumerate(section.text)}
    if section.heading:
        parts = {f"{path}.heading": section.heading, **parts}
    spans: list[Span] = []
    for part, text in parts.items():
        cursor = _pass_residue(document, text, cursor)
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
        document.paragraphs += paragraphs
    return cursor


def _pass_residue(document: SourceDocument, text: str, cursor: int) -> int:
    """Keep the spans of the residue that stands before a text at `cursor`; return where the text may begin."""
    source, residue = document.source, document.transcription.notice.residue
    while len(document.residue) < len(residue):
        start, line = source.skip(cursor), residue[len(document.residue)]
        end = start + len(line)
        # A line of residue may begin as the text does: a menu may name the title. The longer one is meant.
        is_text = source.text.startswith(text, start) and len(text) > len(line)
        is_whole = not source.text[max(0, start - 1) : start].strip() and not source.text[end : end + 1].strip()
        if is_text or not is_whole or not source.text.startswith(line, start):
            break
        document.spans[f"$.notice.residue[{len(document.residue)}]"] = Span(start, end)
        document.residue.append(Span(start, end))
        cursor = end
    return cursor


def _find_labels(document: SourceDocument) -> None:
    """Keep the spans of the labels within the text of each section, which stand there in their order."""
    for n, section in enumerate(document.transcription.sections):
        body = document.body_spans.get(section.id)
        cursor = body.start if body else 0
        for m, label in enumerate(section.labels):
            found = document.source.text.find(label, cursor, body.end) if body else -1
            if found < 0:
                document.report(
                    f"$.sections[{n}].labels[{m}]", f"{label!r} does not stand in the text, or in its order"
                )
                continue
            span = Span(found, found + len(label))
            document.spans[f"$.sections[{n}].labels[{m}]"] = span
            document.apart.append(span)
            cursor = span.end


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
    categories = {category.section: category.number for category in transcription.categories}
    for n, issue in enumerate(transcription.issues):
        above = (categories[id] for id in _branch(parents.get(issue.section), parents) if id in categories)
        if issue.category != (nearest := next(above, None)):
            expected = f"it is under category {nearest}" if nearest else "it is under none"
            message = f"section {issue.section} is not under category {issue.category}: {expected}"
            document.report(f"$.issues[{n}].category", message)
    for n, metric in enumerate(transcription.metrics):
        sections = sections_by_role.get(metric.scope)
        if sections is not None and not sections.intersection(_branch(metric.section, parents)):
            document.report(f"$.metrics[{n}].scope", f"{metric.section} is within no {metric.scope}")


def _check_section_roles(document: SourceDocument, sections_by_role: dict[str, set[str]]) -> None:
    for n, section in enumerate(document.transcription.sections):
        for role, ids in sections_by_role.items():
            is_point = role == "issue" and section.id in document.issues
            if section.role == role and section.id not in ids and not is_point:
                document.report(f"$.sections[{n}].role", f"is {role!r}, but no {role} refers to {section.id}")
            if section.role != role and section.id in ids:
                message = f"{section.role!r} should be {role!r}, since a record of that kind refers to {section.id}"
                document.report(f"$.sections[{n}].role", message)
    without_heading = {section.id for section in document.transcription.sections if section.heading is None}
    for n, category in enumerate(document.transcription.categories):
        if category.section in without_heading:
            message = f"{category.section} has no heading to be the category's title"
            document.report(f"$.categories[{n}].section", message)


def _branch(section: str | None, parents: dict[str, str | None]) -> list[str]:
    """Return a section and its ancestors; a circle of parents, which is reported elsewhere, ends the search."""
    branch: list[str] = []
    while section is not None and section not in branch:
        branch.append(section)
        section = parents.get(section)
    return branch
