"""A draft of `notice.json` from a bare text: every value a guess, with its confidence and its rule."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.transcription.draft.bodies import DocumentDrafter, OrganizationDrafter
from app.transcription.draft.contact import ContactDrafter
from app.transcription.draft.guesses import Guesses
from app.transcription.draft.labels import number_of_label, read_labels, row_labels
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.masthead import Found, MastheadReader
from app.transcription.draft.metrics import MetricDrafter
from app.transcription.draft.nodes import Outline
from app.transcription.draft.outline import read_outline
from app.transcription.draft.quoting import quote
from app.transcription.draft.rows import RowReader, take_rows_as_issues
from app.transcription.draft.section_roles import assign_roles, is_point
from app.transcription.draft.sections import SectionDrafter
from app.transcription.draft.statements import Drafted, StatementDrafter
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Source, Span

# What a person has to write, in a field that can't be left out; nothing that says TODO can be published.
RIGHTS = "TODO：写明来源网页对转载、使用的说明"
TILED = ("leadership", "issue", "totals", "common_issues", "next_steps")


@dataclass(frozen=True)
class Draft:
    """A drafted notice: `notice.json`, the guesses in it, and remarks on what could not be placed."""

    notice: dict[str, Any]
    guesses: list[dict[str, Any]]
    remarks: list[str]


def draft_notice(
    text: str, slug: str, url: str | None, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary]
) -> Draft:
    """Draft the transcription of a text. Any text can be drafted; what can't be placed is left in one section."""
    drafter = _Drafter(text, lexicons, dict(vocabularies))
    return drafter.draft(slug, url)


class _Drafter:
    def __init__(self, text: str, lexicons: Lexicons, vocabularies: dict[str, Vocabulary]) -> None:
        self.source, self.text, self.lexicons = Source(text.encode()), text, lexicons
        self.guesses, self.vocabularies = Guesses(), vocabularies
        self.outline: Outline = read_outline(text, lexicons)
        assign_roles(self.outline, text, lexicons)
        take_rows_as_issues(self.outline, text)
        self.statements: list[Drafted] = []

    def draft(self, slug: str, url: str | None) -> Draft:
        record = self._notice(slug, url)
        sections, categories, issues = self._sections()
        documents = DocumentDrafter(self.text, self.lexicons, self.vocabularies, self.guesses)
        for statement in self.statements:
            documents.add(statement)
        contact = ContactDrafter(self.text, self.lexicons, self.guesses)
        for node in self.outline.nodes:
            contact.add(node)
        metrics = self._metrics(contact.places)
        notice = {
            "$schema": "../schema.json",
            "notice": record,
            "sections": sections,
            "categories": categories,
            "issues": issues,
            "statements": [statement.printed for statement in self.statements],
            "metrics": metrics.metrics,
            "numerals": metrics.numerals,
            "contact": contact.lines,
            "reconciliation": [],
            "documents": documents.documents,
            "undocumented": documents.undocumented,
            "organizations": self._organizations(),
        }
        return Draft(notice, self.guesses.guesses, self._remarks(notice, metrics))

    def _notice(self, slug: str, url: str | None) -> dict[str, Any]:
        reader, whole = MastheadReader(self.text, self.outline, self.lexicons), self.source.whole
        title, day, name, body = reader.title(), reader.day(), reader.source_name(), reader.body()
        printed: dict[str, Any] = {
            "slug": slug,
            "stage": "draft",
            "title": self._quoted("title", title, whole),
            "date": self._value("date", day),
            "date_text": self._quoted("date_text", day, whole),
            "source_name": self._quoted("source_name", name, whole),
            "source_url": url,
            "source_sha256": hashlib.sha256(self.text.encode()).hexdigest(),
            "residue": [self.text[span.start : span.end] for span in self.outline.residue],
            "inspected_body": self._quoted("inspected_body", body, whole),
            "inspection": self._inspection(reader),
            "rights": RIGHTS,
            "transcription_license": "CC-BY-4.0",
            "not_stated": [],
        }
        if printed["residue"]:
            self.guesses.add("notice", "residue", printed["residue"], 0.85, "lexicon:outline.residue")
        return {name: value for name, value in printed.items() if value is not None}

    def _inspection(self, reader: MastheadReader) -> dict[str, Any]:
        printed = {}
        for name, found in reader.inspection().items():
            field = f"inspection.{name}"
            is_quote = name == "text" or name.endswith("_text")
            value = self._quoted(field, found, self.source.whole) if is_quote else self._value(field, found)
            if value is not None:
                printed[name] = value
        teams = [
            {"team": team, "text": quote(self.text, span, self.source.whole)} for team, span in reader.further_teams()
        ]
        if teams:
            printed["further_teams"] = self.guesses.add(
                "notice", "inspection.further_teams", teams, 0.85, "masthead:teams"
            )
        return printed

    def _quoted(self, field: str, found: Found, within: Span) -> Any:
        value = quote(self.text, found.span, within) if found.span else None
        return self.guesses.add("notice", field, value, found.confidence, found.rule)

    def _value(self, field: str, found: Found) -> Any:
        return self.guesses.add("notice", field, found.value, found.confidence, found.rule)

    def _sections(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
        sections, categories, issues = [], list[dict[str, Any]](), list[dict[str, Any]]()
        drafter = SectionDrafter(self.text, self.lexicons, self.vocabularies, self.guesses)
        tiler = StatementDrafter(self.source, self.lexicons, self.vocabularies, self.guesses)
        numbers, whole = dict[str, int](), self.source.whole
        for node in self.outline.nodes:
            is_row = bool(node.cells) and node.role == "issue"
            labels, paragraphs = row_labels(node) if is_row else read_labels(self.text, node.paragraphs, self.lexicons)
            labels = labels if node.role in TILED else []
            sections.append(drafter.section(node, labels))
            if node.role == "category":
                numbers[node.id] = len(categories) + 1
                categories.append(drafter.category(numbers[node.id], node))
            stem = f"-{node.id}"
            if node.role == "issue" and not is_point(node):
                above = next((numbers[other.id] for other in node.ancestors if other.id in numbers), None)
                issues.append(drafter.issue(len(issues) + 1, node, above))
                whole, stem = self.outline.extent(node), str(len(issues))
            if node.role == "issue":
                drafter.add_fields(issues[-1], node, labels, whole)
            if node.role in TILED and node.paragraphs:
                self.statements += tiler.draft(node, stem, paragraphs)
        RowReader(self.text, self.lexicons, self.vocabularies, self.guesses).relate(self.outline, issues)
        return sections, categories, issues

    def _metrics(self, contact: list[Span]) -> MetricDrafter:
        """Return the numerals and figures; `contact` are the places of contact details, whose numbers identify."""
        drafter = MetricDrafter(self.source, self.lexicons, self.vocabularies, self.guesses)
        drafter.has_totals = any(node.role == "totals" for node in self.outline.nodes)
        for node in self.outline.nodes:
            markers = [s.clause.marker for s in self.statements if s.node is node and s.clause.marker]
            markers += [node.cells["number"]] if "number" in node.cells else []
            markers += [label for paragraph in node.paragraphs if (label := number_of_label(self.text, paragraph))]
            if node.heading:
                start = node.heading.span.start
                markers.append(Span(start, start + len(node.heading.marker)))
            drafter.add(node, markers, contact)
        drafter.relate_totals()
        return drafter

    def _organizations(self) -> list[dict[str, Any]]:
        drafter = OrganizationDrafter(self.text, self.lexicons, self.guesses)
        for node in self.outline.nodes:
            drafter.add(node, [statement for statement in self.statements if statement.node is node])
        return drafter.organizations

    def _remarks(self, notice: dict[str, Any], metrics: MetricDrafter) -> list[str]:
        """Return what a person should look at first."""
        remarks = []
        if self.outline.title is None:
            remarks.append("no title was found: is this a notice of rectification?")
        if not notice["issues"]:
            remarks.append("no issues were found: what stands between headings is left as it is")
        if not any(node.heading for node in self.outline.nodes):
            remarks.append("no headings were found: the whole text is left in one section")
        if "date" not in notice["notice"]:
            remarks.append("no date was found")
        for unit, count in metrics.unknown_units.items():
            remarks.append(f"{unit!r} is no unit of the vocabulary, so {count} of its figures have none")
        return remarks
