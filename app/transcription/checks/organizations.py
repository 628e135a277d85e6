"""Checks of organizations: each body stands where it is mentioned, and no place is taken twice."""

from app.transcription.document import SourceDocument
from app.transcription.source import Span


def check_organizations(document: SourceDocument) -> None:
    """Check that every mention is the body's name, at a place of its own, and that prompters are such."""
    taken: dict[Span, str] = {}
    for n, body in enumerate(document.transcription.organizations):
        path = f"$.organizations[{n}]"
        if not body.mentions:
            document.report(f"{path}.mentions", "a body stands somewhere")
        for m, mention in enumerate(body.mentions):
            where = f"{path}.mentions[{m}]"
            span = document.find(f"{where}.quote", mention.quote, document.section_spans.get(mention.section))
            if span is None:
                continue
            if document.source[span] != body.name:
                document.report(f"{where}.quote", f"{document.source[span]!r} is not {body.name!r}")
            if span in taken:
                document.report(where, f"stands at the same place as a mention of {taken[span]}")
            taken[span] = body.id
            _check_part(document, where, mention.part, span)


def _check_part(document: SourceDocument, path: str, part: str, span: Span) -> None:
    if part != "prompter":
        return
    prompters = (place for name, place in document.spans.items() if name.endswith(".prompted_by"))
    if not any(place.contains(span) for place in prompters):
        document.report(f"{path}.part", f"{document.source[span]!r} stands in no `prompted_by`")
