"""Rows of the notice itself, its sections and its contact lines."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from app.models.contact import ContactRow
from app.models.notice import NoticeRow
from app.models.section import SectionRow
from app.transcription.checks.outline import title
from app.transcription.document import SourceDocument
from app.transcription.source import Span

_INSPECTION = ("text", "team_text", "period_text")


def outline_rows(document: SourceDocument, position: int) -> Iterator[SQLModel]:
    """The notice, then its sections in order, then its contact lines."""
    yield _notice(document, position)
    yield from _sections(document)
    yield from _contact(document)


def _notice(document: SourceDocument, position: int) -> NoticeRow:
    notice = document.transcription.notice
    values = notice.model_dump(exclude={"residue", "inspection"})
    values |= {f"inspection_{name}": value for name, value in notice.inspection.model_dump().items()}
    values["feedback_date"] = values.pop("inspection_feedback_date")
    places = {name: f"$.notice.{name}" for name in ("title", "date_text", "source_name", "inspected_body")}
    places |= {f"inspection_{name}": f"$.notice.inspection.{name}" for name in _INSPECTION}
    places["feedback_text"] = "$.notice.inspection.feedback_text"
    for name, path in places.items():
        values |= document.printed(name, document.at.get(path))
    values |= {"position": position, "text": document.source.text, "source_characters": document.source.whole.end}
    return NoticeRow(**values | _coverage(document))


def _coverage(document: SourceDocument) -> dict[str, int]:
    """How many non-blank characters the source has, and how many of them are in sections and in the residue."""
    residue = [document.at[f"$.notice.residue[{n}]"] for n in range(len(document.transcription.notice.residue))]
    parts = {"": [document.source.whole], "_in_sections": list(document.sections.values()), "_in_residue": residue}
    return {
        f"characters{name}": sum(len("".join(document.source[s].split())) for s in spans)
        for name, spans in parts.items()
    }


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
            **heading(document, n),
            **document.quoted("text", document.bodies.get(section.id)),
        )


def heading(document: SourceDocument, n: int) -> dict[str, Any]:
    """Marker and title of the n-th section with their places, as printed in its heading."""
    marker, place = document.transcription.sections[n].marker, document.at.get(f"$.sections[{n}].heading")
    number = Span(place.start, place.start + len(marker)) if place and marker else None
    words = title(place, marker, document.source.text) if place else None
    return document.printed("marker", number) | document.printed("title", words)


def _contact(document: SourceDocument) -> Iterator[ContactRow]:
    for n, line in enumerate(document.transcription.contact):
        yield ContactRow(
            notice=document.slug,
            position=n,
            section_id=line.section,
            **line.model_dump(include={"id", "kind", "label_en", "text_en", "uri"}),
            **document.printed("label", document.at.get(f"$.contact[{n}].label")),
            **document.quoted("text", document.at[f"$.contact[{n}].text"]),
        )
