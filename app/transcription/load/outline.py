"""Rows of the notice itself, its sections and its contact lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import SQLModel

from app.models.contact import ContactRow
from app.models.notice import NoticeRow
from app.models.section import SectionRow
from app.transcription.document import CLAUSE_MARKS, SourceDocument
from app.transcription.source import Span

# Columns of the notice that are quoted, and the paths of their quotes.
_NOTICE_QUOTES = {
    **{name: f"$.notice.{name}" for name in ("title", "date_text", "source_name", "inspected_body")},
    **{f"inspection_{name}": f"$.notice.inspection.{name}" for name in ("text", "look_back_text", "team_text")},
    "inspection_period_text": "$.notice.inspection.period_text",
    "feedback_text": "$.notice.inspection.feedback_text",
    "rectification_period_text": "$.notice.rectification.period_text",
}
_BODIES, _TEAMS = "$.notice.further_bodies", "$.notice.inspection.further_teams"


def outline_rows(document: SourceDocument, position: int) -> Iterator[SQLModel]:
    """Yield the notice, its sections in order, and its contact lines."""
    yield _notice(document, position)
    yield from _sections(document)
    yield from _contact(document)


def _notice(document: SourceDocument, position: int) -> NoticeRow:
    notice = document.transcription.notice
    values = notice.model_dump(exclude={"residue", "inspection", "rectification", "further_bodies"})
    inspection = notice.inspection.model_dump(exclude={"feedback_date", "further_teams"})
    values |= {f"inspection_{name}": value for name, value in inspection.items()}
    values["feedback_date"] = notice.inspection.feedback_date
    for name in ("start_date", "end_date"):
        values[f"rectification_{name}"] = getattr(notice.rectification, name, None)
    values["further_inspected_bodies"] = [
        document.record_columns("text", document.spans[f"{_BODIES}[{n}].text"]) | {"text_en": body.text_en}
        for n, body in enumerate(notice.further_bodies)
    ]
    values["inspection_further_teams"] = [
        document.record_columns("text", document.spans[f"{_TEAMS}[{n}].text"]) | {"team": team.team}
        for n, team in enumerate(notice.inspection.further_teams)
    ]
    values["residue"] = [document.record_columns("text", line) for line in document.residue]
    values["read_twice"] = document.read_twice
    for name, path in _NOTICE_QUOTES.items():
        values |= document.field_columns(name, document.spans.get(path))
    values |= {"position": position, "text": document.source.text, "source_characters": document.source.whole.end}
    return NoticeRow(**values | _coverage(document))


def _coverage(document: SourceDocument) -> dict[str, int]:
    """Return the number of characters, white space apart, of the source, of all sections and of the residue.

    Residue that stands within a section is not counted as the section's.
    """
    sections = document.section_spans.values()
    within = [line for line in document.residue if any(section.contains(line) for section in sections)]
    return {
        "characters": _characters(document, [document.source.whole]),
        "characters_in_sections": _characters(document, sections) - _characters(document, within),
        "characters_in_residue": _characters(document, document.residue),
    }


def _characters(document: SourceDocument, spans: Iterable[Span]) -> int:
    return sum(len("".join(document.source[span].split())) for span in spans)


def _sections(document: SourceDocument) -> Iterator[SectionRow]:
    depths: dict[str | None, int] = {None: -1}
    for n, section in enumerate(document.transcription.sections):
        depths[section.id] = depths[section.parent] + 1
        yield SectionRow(
            notice=document.slug,
            position=n,
            id=section.id,
            parent_id=section.parent,
            depth=depths[section.id],
            role=section.role,
            title_en=section.title_en,
            translation=document.translation(section.title_en),
            labels=[
                document.record_columns("text", document.spans[f"$.sections[{n}].labels[{m}]"])
                for m in range(len(section.labels))
            ],
            **heading_columns(document, n),
            **document.record_columns("text", document.body_spans.get(section.id)),
        )


def heading_columns(document: SourceDocument, n: int) -> dict[str, Any]:
    """Return the columns of marker and title of the n-th section; null where it has none."""
    section = document.transcription.sections[n]
    heading = document.heading_spans.get(section.id)
    marker = Span(heading.start, heading.start + len(section.marker)) if heading and section.marker else None
    title = _title(heading, section.marker or "", document.source.text) if heading else None
    return document.field_columns("marker", marker) | document.field_columns("title", title)


def _title(heading: Span, marker: str, text: str) -> Span:
    """Return the span of a heading without its marker and its final punctuation."""
    start, end = heading.start + len(marker), heading.end
    while text[start].isspace():
        start += 1
    while text[end - 1] in CLAUSE_MARKS:
        end -= 1
    return Span(start, end)


def _contact(document: SourceDocument) -> Iterator[ContactRow]:
    for n, line in enumerate(document.transcription.contact):
        yield ContactRow(
            notice=document.slug,
            position=n,
            section_id=line.section,
            translation=document.translation(line.text_en or line.label_en),
            **line.model_dump(include={"id", "kind", "label_en", "text_en", "uri"}),
            **document.field_columns("label", document.spans.get(f"$.contact[{n}].label")),
            **document.record_columns("text", document.spans[f"$.contact[{n}].text"]),
        )
