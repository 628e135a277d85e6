"""Documents and organizations of a draft, each once with its places, as they stand in `notice.json`."""

from typing import Any

from app.transcription.draft.documents import DocumentFinder, Named
from app.transcription.draft.guesses import Guesses
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.nodes import Node
from app.transcription.draft.organizations import Body, BodyFinder, part
from app.transcription.draft.quoting import quote
from app.transcription.draft.statements import Drafted
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Span

# Acts that bring a text about: a measure that prints such a verb has a document, or a reason why not.
_OWED = ("made", "revised", "signed")
_ISSUED = ("made", "revised")


class DocumentDrafter:
    """Drafts documents from the clauses of statements."""

    def __init__(self, text: str, lexicons: Lexicons, vocabularies: dict[str, Vocabulary], guesses: Guesses) -> None:
        self.text, self.finder, self.guesses = text, DocumentFinder(lexicons), guesses
        forms = {term.code: term.forms for term in vocabularies["document_act"].terms}
        self.owed = [form for act in _OWED for form in forms.get(act, [])]
        self.documents: list[dict[str, Any]] = []
        self.undocumented: list[dict[str, Any]] = []

    def add(self, statement: Drafted) -> None:
        """Add the documents of a statement, or why a measure that makes something has none."""
        found = self.finder.find(self.text, statement.clause.span)
        for named in found:
            self._add(statement, named)
        printed = self.text[statement.clause.span.start : statement.clause.span.end]
        verbs = [verb for verb in self.owed if verb in printed] if statement.role == "measure" and not found else []
        for verb in verbs:
            reason = "sanction_form" if "建议书" in printed else "no_topic"
            self.undocumented.append({"statement": statement.id, "verb": verb, "reason": reason})

    def _add(self, statement: Drafted, named: Named) -> None:
        name = self.text[named.span.start : named.span.end]
        node = statement.node
        place: dict[str, Any] = {"section": node.id, "quote": quote(self.text, named.span, node.whole)}
        known = next((d for d in self.documents if d["name"] == name and self._is_same(d, node, name)), None)
        if known:
            if all(other["quote"] != place["quote"] or other["section"] != node.id for other in known["places"]):
                known["places"].append(place | ({"act": named.act} if named.act != known["act"] else {}))
            return
        id = f"document-{len(self.documents) + 1}"
        record = f"documents/{id}"
        document: dict[str, Any] = {
            "id": id,
            "name": self.guesses.add(record, "name", name, named.confidence, named.rule),
        }
        document["type"] = self.guesses.add(record, "type", named.type, 0.9, "lexicon:documents.types")
        document["act"] = self.guesses.add(record, "act", named.act, 0.85, "lexicon:documents.acts")
        actor = statement.acting.actor
        if actor and named.act in _ISSUED:
            issuer = self.text[actor.start : actor.end]
            document["issuer"] = self.guesses.add(record, "issuer", issuer, 0.75, "documents:actor of the clause")
        self.documents.append(document | {"places": [place]})

    def _is_same(self, document: dict[str, Any], node: Node, name: str) -> bool:
        """Equal names in different sections are one document only if they are titles."""
        return name.startswith("《") or document["places"][0]["section"] == node.id


class OrganizationDrafter:
    """Drafts organizations from the text of sections and from who acts in their statements."""

    def __init__(self, text: str, lexicons: Lexicons, guesses: Guesses) -> None:
        self.text, self.finder, self.guesses = text, BodyFinder(lexicons), guesses
        self.organizations: list[dict[str, Any]] = []
        self.keys: dict[tuple[str, str], dict[str, Any]] = {}

    def add(self, node: Node, statements: list[Drafted]) -> None:
        """Add the bodies of a section."""
        actors = [s.acting.actor for s in statements if s.acting.actor]
        prompters = [s.acting.prompter for s in statements if s.acting.prompter]
        for span in node.parts:
            for body in self.finder.find(self.text, span, [*actors, *prompters]):
                self._add(node, body, actors, prompters)

    def _add(self, node: Node, body: Body, actors: list[Span], prompters: list[Span]) -> None:
        name = self.text[body.span.start : body.span.end]
        # What is only singled out may be another body in another section.
        key = (name, "" if body.named else node.id)
        organization = self.keys.get(key)
        if organization is None:
            id = f"organization-{len(self.organizations) + 1}"
            record = f"organizations/{id}"
            organization = {
                "id": id,
                "name": self.guesses.add(record, "name", name, 0.75, body.rule),
                "type": self.guesses.add(record, "type", body.type, 0.85, body.rule),
                "named": self.guesses.add(record, "named", body.named, 0.9, "organizations:words that single out"),
                "mentions": [],
            }
            self.organizations.append(organization)
            self.keys[key] = organization
        code, confidence = part(self.text, body.span, actors, prompters)
        number = len(organization["mentions"])
        place = {"section": node.id, "quote": quote(self.text, body.span, node.whole), "part": code}
        self.guesses.add(
            f"organizations/{organization['id']}", f"mentions.{number}.part", code, confidence, "organizations:place"
        )
        organization["mentions"].append(place)
