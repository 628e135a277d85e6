"""Checks of every list of records alike: unique ids, valid references, and the order of the source."""

from collections.abc import Iterable, Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Transcription
from app.transcription.source import Span

# The routes use these words in place of an id.
RESERVED_IDS = {"all", "facets", "search", "locate"}
# Of each list, the field whose span is the position of a record.
_POSITIONED_BY = {"statements": "quote", "metrics": "value_text", "numerals": "text", "contact": "text"}


def check_ids(document: SourceDocument) -> None:
    """Check that no identifying value is used twice or reserved."""
    for path, values in _identifiers(document.transcription).items():
        seen: set[str | int] = set()
        for n, value in enumerate(values):
            if value in seen:
                document.report(path.format(n), f"{value!r} is used already")
            if value in RESERVED_IDS:
                document.report(path.format(n), f"{value!r} is reserved for addresses")
            seen.add(value)


def check_references(document: SourceDocument) -> None:
    """Check that every reference names an existing record."""
    for path, reference, known in _references(document.transcription):
        if reference is not None and reference not in known:
            document.report(path, f"{reference!r} does not exist")


def check_order(document: SourceDocument) -> None:
    """Check that every list is in the order of the source, and that the numbers of the issues have no gap."""
    transcription = document.transcription
    for name in ("categories", "issues"):
        records = getattr(transcription, name)
        _check_list(document, name, (document.section_spans.get(record.section) for record in records))
    for name, field in _POSITIONED_BY.items():
        count = len(getattr(transcription, name))
        _check_list(document, name, (document.spans.get(f"$.{name}[{n}].{field}") for n in range(count)))
    numbers = {issue.number for issue in transcription.issues}
    for n, issue in enumerate(transcription.issues):
        if issue.number > 1 and issue.number - 1 not in numbers:
            message = f"there is an issue {issue.number}, but no issue {issue.number - 1}"
            document.report(f"$.issues[{n}].number", message)


def _check_list(document: SourceDocument, name: str, spans: Iterable[Span | None]) -> None:
    previous = None
    for n, span in enumerate(spans):
        if previous and span and span.start < previous.start:
            text, other = document.source[span][:20], document.source[previous][:20]
            document.report(f"$.{name}[{n}]", f"is out of order: the notice prints {text!r} before {other!r}")
        previous = span or previous


def _identifiers(transcription: Transcription) -> dict[str, list[str | int]]:
    """Return the values that must be unique, by the path of each, in which `{}` is the record's position."""
    return {
        "$.sections[{}].id": [section.id for section in transcription.sections],
        "$.categories[{}].number": [category.number for category in transcription.categories],
        "$.categories[{}].section": [category.section for category in transcription.categories],
        "$.issues[{}].number": [issue.number for issue in transcription.issues],
        "$.issues[{}].section": [issue.section for issue in transcription.issues],
        "$.statements[{}].id": [statement.id for statement in transcription.statements],
        "$.metrics[{}].id": [metric.id for metric in transcription.metrics],
        "$.metrics[{}].indicator": [metric.indicator or n for n, metric in enumerate(transcription.metrics)],
        "$.numerals[{}].id": [numeral.id for numeral in transcription.numerals],
        "$.contact[{}].id": [line.id for line in transcription.contact],
        "$.documents[{}].id": [text.id for text in transcription.documents],
        "$.organizations[{}].id": [body.id for body in transcription.organizations],
        "$.reconciliation[{}].metric": [declaration.metric for declaration in transcription.reconciliation],
    }


def _references(transcription: Transcription) -> Iterator[tuple[str, str | int | None, set[str] | set[int]]]:
    """Yield the path and value of every reference, with the values that exist."""
    sections = {section.id for section in transcription.sections}
    categories = {category.number for category in transcription.categories}
    metrics = {metric.id for metric in transcription.metrics}
    statements = {statement.id for statement in transcription.statements}
    for name in ("categories", "issues", "statements", "metrics", "numerals", "contact"):
        for n, record in enumerate(getattr(transcription, name)):
            yield f"$.{name}[{n}].section", record.section, sections
    for n, issue in enumerate(transcription.issues):
        yield f"$.issues[{n}].category", issue.category, categories
        yield f"$.issues[{n}].row", issue.row, sections
    for n, entry in enumerate(transcription.undocumented):
        yield f"$.undocumented[{n}].statement", entry.statement, statements
    for name, field in (("documents", "places"), ("organizations", "mentions")):
        for n, record in enumerate(getattr(transcription, name)):
            for m, place in enumerate(getattr(record, field)):
                yield f"$.{name}[{n}].{field}[{m}].section", place.section, sections
    for n, metric in enumerate(transcription.metrics):
        for relation in ("same_as", "part_of", "denominator"):
            yield f"$.metrics[{n}].{relation}", getattr(metric, relation), metrics
    for n, declaration in enumerate(transcription.reconciliation):
        yield f"$.reconciliation[{n}].metric", declaration.metric, metrics
