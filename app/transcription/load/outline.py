"""Rows of the notice itself, its sections and its contact lines."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from app.models.contact import ContactRow
from app.models.notice import NoticeRow
from app.models.section import SectionRow
from app.transcription.checks.outline import title
from app.transcription.document import Desk
from app.transcription.source import Span

_INSPECTION = ("text", "team_text", "period_text")


def outline_rows(desk: Desk, position: int) -> Iterator[SQLModel]:
    """The notice, then its sections in order, then its contact lines."""
    yield _notice(desk, position)
    yield from _sections(desk)
    yield from _contact(desk)


def _notice(desk: Desk, position: int) -> NoticeRow:
    notice = desk.transcription.notice
    values = notice.model_dump(exclude={"residue", "inspection"})
    values |= {f"inspection_{name}": value for name, value in notice.inspection.model_dump().items()}
    values["feedback_date"] = values.pop("inspection_feedback_date")
    places = {name: f"$.notice.{name}" for name in ("title", "date_text", "source_name", "inspected_body")}
    places |= {f"inspection_{name}": f"$.notice.inspection.{name}" for name in _INSPECTION}
    places["feedback_text"] = "$.notice.inspection.feedback_text"
    for name, path in places.items():
        values |= desk.printed(name, desk.at.get(path))
    values |= {"position": position, "text": desk.source.text, "source_characters": desk.source.whole.end}
    return NoticeRow(**values | _coverage(desk))


def _coverage(desk: Desk) -> dict[str, int]:
    """How many non-blank characters the source has, and how many of them are in sections and in the residue."""
    residue = [desk.at[f"$.notice.residue[{n}]"] for n in range(len(desk.transcription.notice.residue))]
    parts = {"": [desk.source.whole], "_in_sections": list(desk.sections.values()), "_in_residue": residue}
    return {
        f"characters{name}": sum(len("".join(desk.source[s].split())) for s in spans) for name, spans in parts.items()
    }


def _sections(desk: Desk) -> Iterator[SectionRow]:
    depths: dict[str | None, int] = {None: -1}
    for n, section in enumerate(desk.transcription.sections):
        depths[section.id] = depths[section.parent] + 1
        yield SectionRow(
            notice=desk.slug,
            position=n,
            id=section.id,
            parent_id=section.parent,
            depth=depths[section.id],
            role=section.role,
            title_en=section.title_en,
            **heading(desk, n),
            **desk.quoted("text", desk.bodies.get(section.id)),
        )


def heading(desk: Desk, n: int) -> dict[str, Any]:
    """Marker and title of the n-th section with their places, as printed in its heading."""
    marker, place = desk.transcription.sections[n].marker, desk.at.get(f"$.sections[{n}].heading")
    number = Span(place.start, place.start + len(marker)) if place and marker else None
    words = title(place, marker, desk.source.text) if place else None
    return desk.printed("marker", number) | desk.printed("title", words)


def _contact(desk: Desk) -> Iterator[ContactRow]:
    for n, line in enumerate(desk.transcription.contact):
        yield ContactRow(
            notice=desk.slug,
            position=n,
            section_id=line.section,
            **line.model_dump(include={"id", "kind", "label_en", "text_en", "uri"}),
            **desk.printed("label", desk.at.get(f"$.contact[{n}].label")),
            **desk.quoted("text", desk.at[f"$.contact[{n}].text"]),
        )
