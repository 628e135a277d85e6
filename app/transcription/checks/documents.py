"""Checks of documents: each stands where it is claimed, and a measure that makes a text has its document."""

from app.models.statement import MEASURE
from app.transcription.document import SourceDocument
from app.transcription.layout.documents import Document

# Acts that bring a text about: a measure whose words say so has a document, or a reason why there is none.
_OWED_ACTS = ("made", "revised", "signed")


def check_documents(document: SourceDocument) -> None:
    """Check that every document stands where it is claimed, under its name in the first place."""
    for n, text in enumerate(document.transcription.documents):
        path = f"$.documents[{n}]"
        if not text.places:
            document.report(f"{path}.places", "a document stands somewhere")
        for m, place in enumerate(text.places):
            document.find(f"{path}.places[{m}].quote", place.quote, document.section_spans.get(place.section))
        _check_names(document, path, text)
    _check_measures(document)


def _check_names(document: SourceDocument, path: str, text: Document) -> None:
    first = document.spans.get(f"{path}.places[0].quote")
    if first and document.source[first] != text.name:
        document.report(f"{path}.name", f"{text.name!r} is not what its first place prints: {document.source[first]!r}")
    if text.issuer is not None and text.issuer not in document.source.text:
        document.report(f"{path}.issuer", f"{text.issuer!r} is not printed in the notice")


def _check_measures(document: SourceDocument) -> None:
    """Report measures that make, revise or sign something without a document and without a reason."""
    forms = document.printed_forms("document_act")
    verbs = [verb for act in _OWED_ACTS for verb in forms.get(act, [])]
    excused = {(entry.statement, entry.verb) for entry in document.transcription.undocumented}
    places = [span for path, span in document.spans.items() if path.startswith("$.documents[")]
    texts: dict[str, str] = {}
    for n, statement in enumerate(document.transcription.statements):
        span = document.spans.get(f"$.statements[{n}].quote")
        if span is None or statement.role != MEASURE:
            continue
        texts[statement.id] = document.source[span]
        owed = [verb for verb in verbs if verb in texts[statement.id] and (statement.id, verb) not in excused]
        if owed and not any(span.contains(place) for place in places):
            message = f"says {owed[0]!r}, but no document stands here, and no entry of `undocumented` says why"
            document.report(f"$.statements[{n}]", message)
    for n, entry in enumerate(document.transcription.undocumented):
        if entry.verb not in texts.get(entry.statement, ""):
            document.report(f"$.undocumented[{n}].verb", f"{entry.verb!r} does not stand in {entry.statement}")
