"""Roles: issues and categories stand on headings of their role, and a figure of one stands within it."""

from app.transcription.document import SourceDocument


def check_roles(document: SourceDocument) -> None:
    """Issues and categories are where they claim to be, none is forgotten, and no figure's scope is made up."""
    transcription = document.transcription
    standing = {
        "issue": {issue.section for issue in transcription.issues},
        "category": {category.section for category in transcription.categories},
    }
    _check_sections(document, standing)
    parents = {section.id: section.parent for section in transcription.sections}
    places = {category.number: category.section for category in transcription.categories}
    for n, issue in enumerate(transcription.issues):
        if parents.get(issue.section) != places.get(issue.category):
            document.say(
                f"$.issues[{n}].category", f"section {issue.section} does not stand under category {issue.category}"
            )
    for n, metric in enumerate(transcription.metrics):
        if metric.scope in standing and not standing[metric.scope] & _line(metric.section, parents):
            document.say(f"$.metrics[{n}].scope", f"{metric.section} stands in no {metric.scope}")


def _check_sections(document: SourceDocument, standing: dict[str, set[str]]) -> None:
    for n, section in enumerate(document.transcription.sections):
        for role, ids in standing.items():
            if section.role == role and section.id not in ids:
                said = f"{section.id} is a heading of the role {role}, but none stands for it"
                document.say(f"$.sections[{n}].role", said)
            if section.role != role and section.id in ids:
                document.say(
                    f"$.sections[{n}].role", f"{section.role!r} should be {role!r}: one stands on {section.id}"
                )
    headless = {section.id for section in document.transcription.sections if section.heading is None}
    for n, category in enumerate(document.transcription.categories):
        if category.section in headless:
            document.say(f"$.categories[{n}].section", f"{category.section} has no heading to be the category's title")


def _line(section: str | None, parents: dict[str, str | None]) -> set[str]:
    """A section and all those above it."""
    line: set[str] = set()
    while section is not None and section not in line:
        line.add(section)
        section = parents.get(section)
    return line
