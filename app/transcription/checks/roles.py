"""Roles: issues and categories stand on headings of their role, and a figure of one stands within it."""

from app.transcription.document import Desk


def check_roles(desk: Desk) -> None:
    """Issues and categories are where they claim to be, none is forgotten, and no figure's scope is made up."""
    transcription = desk.transcription
    standing = {
        "issue": {issue.section for issue in transcription.issues},
        "category": {category.section for category in transcription.categories},
    }
    _check_sections(desk, standing)
    parents = {section.id: section.parent for section in transcription.sections}
    places = {category.number: category.section for category in transcription.categories}
    for n, issue in enumerate(transcription.issues):
        if parents.get(issue.section) != places.get(issue.category):
            desk.say(
                f"$.issues[{n}].category", f"section {issue.section} does not stand under category {issue.category}"
            )
    for n, metric in enumerate(transcription.metrics):
        if metric.scope in standing and not standing[metric.scope] & _line(metric.section, parents):
            desk.say(f"$.metrics[{n}].scope", f"{metric.section} stands in no {metric.scope}")


def _check_sections(desk: Desk, standing: dict[str, set[str]]) -> None:
    for n, section in enumerate(desk.transcription.sections):
        for role, ids in standing.items():
            if section.role == role and section.id not in ids:
                said = f"{section.id} is a heading of the role {role}, but none stands for it"
                desk.say(f"$.sections[{n}].role", said)
            if section.role != role and section.id in ids:
                desk.say(f"$.sections[{n}].role", f"{section.role!r} should be {role!r}: one stands on {section.id}")
    headless = {section.id for section in desk.transcription.sections if section.heading is None}
    for n, category in enumerate(desk.transcription.categories):
        if category.section in headless:
            desk.say(f"$.categories[{n}].section", f"{category.section} has no heading to be the category's title")


def _line(section: str | None, parents: dict[str, str | None]) -> set[str]:
    """A section and all those above it."""
    line: set[str] = set()
    while section is not None and section not in line:
        line.add(section)
        section = parents.get(section)
    return line
