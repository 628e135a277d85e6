"""Ids and references: every name is well formed and means one thing, and every reference leads somewhere."""

from collections.abc import Iterable, Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Transcription

# Words that addresses need for themselves.
RESERVED = {"all", "facets", "search", "locate"}


def check_identity(document: SourceDocument) -> None:
    """No id twice or reserved; no reference dangling."""
    transcription = document.transcription
    for path, names in _names(transcription).items():
        _unique(document, path, names)
    for path, reference, known in _references(transcription):
        if reference is not None and reference not in known:
            document.say(path, f"{reference!r} is not there")


def _names(transcription: Transcription) -> dict[str, list[str | int]]:
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
        "$.reconciliation[{}].metric": [declaration.metric for declaration in transcription.reconciliation],
    }


def _unique(document: SourceDocument, path: str, names: Iterable[str | int]) -> None:
    seen: set[str | int] = set()
    for n, name in enumerate(names):
        if name in seen:
            document.say(path.format(n), f"{name!r} stands for something else already")
        if name in RESERVED:
            document.say(path.format(n), f"{name!r} is reserved for addresses")
        seen.add(name)


def _references(transcription: Transcription) -> Iterator[tuple[str, str | int | None, set[str] | set[int]]]:
    sections = {section.id for section in transcription.sections}
    issues = {issue.number for issue in transcription.issues}
    categories = {category.number for category in transcription.categories}
    metrics = {metric.id for metric in transcription.metrics}
    for name in ("categories", "issues", "metrics", "numerals", "contact"):
        for n, record in enumerate(getattr(transcription, name)):
            yield f"$.{name}[{n}].section", record.section, sections
    for n, issue in enumerate(transcription.issues):
        yield f"$.issues[{n}].category", issue.category, categories
    for n, statement in enumerate(transcription.statements):
        yield f"$.statements[{n}].issue", statement.issue, issues
    for n, metric in enumerate(transcription.metrics):
        for relation in ("same_as", "part_of", "denominator"):
            yield f"$.metrics[{n}].{relation}", getattr(metric, relation), metrics
    for n, declaration in enumerate(transcription.reconciliation):
        yield f"$.reconciliation[{n}].metric", declaration.metric, metrics
