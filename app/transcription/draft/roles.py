"""The role of a clause: something done, a result that is reported, or an attitude without a distinguishable act."""

import re

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.signs import Signs

# Verbs that make an act of whatever follows, and numbers that tell by how much something changed.
_NOMINAL = ("进行", "开展", "予以", "给予", "作出", "做出", "启动")
Guess = tuple[str, float, str]


class RoleGuesser:
    """Guesses the role of a clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        words, table = lexicons.words, lexicons.table
        self.strong = compiled(any_of(table("roles.commitment_heads")["strong"]))
        self.weak = compiled(any_of(table("roles.commitment_heads")["weak"]))
        self.tails = compiled(f"(?:{any_of(words('roles.commitment_tails'))})$")
        self.measures = compiled(any_of(words("roles.measure_heads")))
        self.outcome_heads = compiled(any_of(words("roles.outcome_heads")))
        self.outcome_marks = compiled(any_of(words("roles.outcome_marks")))
        self.effects = compiled(any_of(words("roles.effects")))
        self.acting = compiled(any_of(words("clauses.acts")))
        self.signs = Signs(lexicons)
        self.reached = set(words("roles.outcome_heads"))
        soft = set(words("roles.soft_verbs"))
        self.concrete = {word for word in words("kinds.verbs") if word not in soft}
        self.acts_at_end = compiled(f"(?:{any_of(self.concrete)})$")
        self.adverbs = compiled(f"^(?:{any_of(words('clauses.adverbs'))})+")

    def guess(self, clause: Analysis, section_role: str, *, has_kind: bool) -> Guess:
        """Return role, confidence and rule. `has_kind` tells whether any word of a kind of measure was found."""
        if section_role == "totals":
            return "outcome", 0.99, "roles:totals"
        if clause.directive and clause.actor:
            return "measure", 0.96, "roles:somebody is to act"
        return (
            self._outcome(clause)
            or self._commitment(clause)
            or self._ahead(clause, section_role)
            or self._without_kind(clause, has_kind)
            or ("measure", 0.9 if clause.verb else 0.6, "roles:an act" if clause.verb else "roles:nothing else")
        )

    def _outcome(self, clause: Analysis) -> Guess | None:
        main = clause.main
        is_thing = clause.subject is not None and not clause.subject_is_body
        if self.signs.amounts.match(clause.predicate) and clause.subject:
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if is_thing and self.effects.search(clause.predicate):
            return "outcome", 0.85, "roles:a thing and its effect"
        begins = [main, self.adverbs.sub("", main)]
        if not clause.subject and any(self.outcome_heads.match(start) for start in begins):
            return "outcome", 0.8, "lexicon:roles.outcome_heads"
        if clause.preposition and clause.verb in self.reached:
            return "outcome", 0.7, "lexicon:roles.outcome_heads"
        is_said_of = not self.acting.match(begins[1]) or self.signs.quantity.match(begins[1])
        if not (clause.subject_is_body or clause.preposition) and is_said_of and self.signs.changed.match(begins[1]):
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if self.signs.reached.search(main):
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if not self.acting.match(begins[1]) and (self.signs.gauged.search(main) or self.signs.end.search(main)):
            return "outcome", 0.8, "roles:a change that is measured or seen"
        is_whole = not clause.subject_is_body and self.signs.wholly.match(main) and not self.acting.match(begins[1])
        if is_whole:
            return "outcome", 0.75, "roles:a thing and its effect"
        if self.outcome_marks.search(main) and not self.measures.match(clause.core) and (is_thing or not clause.verb):
            return "outcome", 0.8, "lexicon:roles.outcome_marks"
        return None

    def _commitment(self, clause: Analysis) -> Guess | None:
        starts = [clause.main, clause.core, self.adverbs.sub("", clause.main)]
        if self.measures.match(clause.core):
            return None
        if any(self.strong.match(start) for start in starts):
            return "commitment", 0.92, "lexicon:roles.commitment_heads"
        if self.signs.aim.match(clause.text):
            return "commitment", 0.85, "roles:a motto"
        if any(self.weak.match(start) for start in starts[1:]) and not clause.subject_is_body:
            return "commitment", 0.75, "lexicon:roles.commitment_heads"
        if self.tails.search(clause.text) and clause.verb not in self.concrete and clause.verb not in _NOMINAL:
            return "commitment", 0.8, "lexicon:roles.commitment_tails"
        if clause.subject and not clause.subject_is_body and not clause.verb:
            return "commitment", 0.5, "roles:a thing without a verb"
        return None

    def _without_kind(self, clause: Analysis, has_kind: bool) -> Guess | None:
        """What no word tells to be an act of some kind, nobody does and counts nothing is an aim rather than an act."""
        is_plain = not clause.subject_is_body and not clause.directive and not re.search("[0-9]", clause.text)
        return ("commitment", 0.45, "roles:no kind of act") if is_plain and not has_kind else None

    def _ahead(self, clause: Analysis, section_role: str) -> Guess | None:
        """What lies ahead is an aim, unless it names an act."""
        is_act = (
            self.measures.match(clause.core)
            or clause.verb in self.concrete
            or (clause.verb in _NOMINAL and len(clause.tail) > 2)
            or self.acts_at_end.search(clause.text)
            or clause.text.endswith("力度")
        )
        if section_role == "next_steps" and not is_act:
            return "commitment", 0.6, "roles:what lies ahead"
        return None
