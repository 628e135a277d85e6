"""Statements of a draft: clause by clause, with role, kind, actor, directive, modality and sanction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.transcription.draft.actors import Acting, ActorCarrier
from app.transcription.draft.analysis import Analyser, Analysis
from app.transcription.draft.clauses import Clause, Joiner, split_clauses
from app.transcription.draft.guesses import Guesses
from app.transcription.draft.kinds import NOTHING_FOUND, KindRanker
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.nodes import Node
from app.transcription.draft.quoting import quote
from app.transcription.draft.roles import RoleGuesser
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Source, Span

_PREFIXES = {"measure": "m", "outcome": "o", "commitment": "c"}
_BOUNDS = {"clauses:comma": 0.97}


@dataclass(frozen=True)
class Drafted:
    """A statement with its analysis, and what was guessed of it."""

    id: str
    node: Node
    clause: Clause
    role: str
    acting: Acting
    printed: dict[str, Any] = field(repr=False)


class StatementDrafter:
    """Drafts the statements of sections."""

    def __init__(
        self, source: Source, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary], guesses: Guesses
    ) -> None:
        self.source, self.text, self.guesses, self.lexicons = source, source.text, guesses, lexicons
        self.joiner = Joiner(lexicons)
        self.analyser, self.roles, self.kinds = Analyser(lexicons), RoleGuesser(lexicons), KindRanker(lexicons)
        self.sanctions = {term.code: term.forms for term in vocabularies["sanction"].terms}
        self.directives = {form: term.code for term in vocabularies["directive"].terms for form in term.forms}
        table = lexicons.table("roles.modality_words")
        self.modalities = {code: compiled(any_of(words)) for code, words in table.items()}
        self.ahead = compiled(any_of(lexicons.table("outline.section_roles")["next_steps"]))

    def draft(self, node: Node, stem: str, paragraphs: list[Span]) -> list[Drafted]:
        """Return the statements of a section; `stem` is what their ids share."""
        carrier, counts = ActorCarrier(), dict.fromkeys(_PREFIXES, 0)
        drafted = []
        for paragraph in paragraphs:
            for clause in split_clauses(self.text, paragraph, self.joiner):
                analysis = self.analyser.analyse(clause, self.text)
                ranked = self.kinds.rank(analysis)
                has_kind = ranked[0][2] != NOTHING_FOUND
                role, confidence, rule = self.roles.guess(analysis, node.role, has_kind=has_kind)
                counts[role] += 1
                id = f"{_PREFIXES[role]}{stem}-{counts[role]}"
                acting = carrier.next(analysis, role, ranked[0][0])
                printed = self._printed(id, node, clause)
                others = [other for other in _PREFIXES if other != role]
                printed["role"] = self.guesses.add(f"statements/{id}", "role", role, confidence, rule, others)
                if role == "measure":
                    printed |= self._measure(id, node, analysis, ranked, acting)
                printed |= self._sanction(id, analysis.text)
                drafted.append(
                    Drafted(id, node, clause, role, acting if role == "measure" else Acting(), _ordered(printed))
                )
        return drafted

    def _printed(self, id: str, node: Node, clause: Clause) -> dict[str, Any]:
        span = clause.span
        printed: dict[str, Any] = {"id": id, "section": node.id}
        if clause.marker:
            marker = self.text[clause.marker.start : clause.marker.end]
            printed["marker"] = self.guesses.add(f"statements/{id}", "marker", marker, 0.95, "clauses:marker")
        quoted = self.text[span.start : span.end]
        confidence = _BOUNDS.get(clause.rule, 0.85)
        printed["quote"] = self.guesses.add(f"statements/{id}", "quote", quoted, confidence, clause.rule)
        return printed

    def _measure(
        self, id: str, node: Node, analysis: Analysis, ranked: list[tuple[str, float, str]], acting: Acting
    ) -> dict[str, Any]:
        record = f"statements/{id}"
        kind, confidence, rule = ranked[0]
        printed: dict[str, Any] = {
            "kind": self.guesses.add(
                record, "kind", kind, min(max(confidence, 0.05), 0.97), rule, [other[0] for other in ranked[1:]]
            )
        }
        sentence = node.sentence(self.source, analysis.clause.span)
        for name, span in (("actor", acting.actor), ("prompted_by", acting.prompter), ("directive", acting.directive)):
            value = quote(self.text, span, sentence) if span and sentence.contains(span) else None
            if value is not None or name == "actor":
                self.guesses.add(record, name, value, acting.confidence, acting.rule)
            if value is not None:
                printed[name] = value
        if "directive" in printed and acting.directive:
            code = self.directives[self.text[acting.directive.start : acting.directive.end]]
            printed["directive_code"] = self.guesses.add(record, "directive_code", code, 0.97, "vocabulary:directive")
        return printed | self._modality(record, node, analysis)

    def _modality(self, record: str, node: Node, analysis: Analysis) -> dict[str, Any]:
        if node.role == "next_steps" and (words := self._heading_ahead(node)):
            self.guesses.add(record, "modality", "planned", 0.85, "modality:heading")
            return {"modality": "planned", "modality_text": words}
        printed = analysis.main
        verb = printed.find(analysis.verb) if analysis.verb else len(printed)
        for code, pattern in self.modalities.items():
            match = pattern.search(printed, 0, max(verb, 0) + len(analysis.verb) + 1)
            if match and match.start() <= max(verb, 0):
                start = analysis.clause.span.end - len(printed) + match.start()
                place = quote(self.text, Span(start, start + len(match[0])), analysis.clause.span)
                self.guesses.add(record, "modality", code, 0.85, "lexicon:roles.modality_words")
                return {"modality": code, "modality_text": place}
        return {"modality": self.guesses.add(record, "modality", "reported", 0.95, "modality:no word")}

    def _heading_ahead(self, node: Node) -> Any:
        """Return the words of a heading above that say what lies ahead."""
        above = node.parent
        while above:
            span = above.heading.span if above.heading else Span(0, 0)
            match = self.ahead.search(self.text, span.start, span.end)
            if match:
                return quote(self.text, Span(match.start(), match.end()), span)
            above = above.parent
        return None

    def _sanction(self, id: str, printed: str) -> dict[str, Any]:
        for code, forms in self.sanctions.items():
            if any(form in printed for form in forms):
                rule = "vocabulary:sanction"
                return {"sanction": self.guesses.add(f"statements/{id}", "sanction", code, 0.8, rule)}
        return {}


_ORDER = (
    "id", "section", "role", "marker", "quote", "kind", "actor", "prompted_by", "directive", "directive_code",
    "modality", "modality_text", "sanction",
)  # fmt: skip


def _ordered(printed: dict[str, Any]) -> dict[str, Any]:
    return {name: printed[name] for name in _ORDER if name in printed}
