"""The role of a clause: something done, a result that is reported, or an attitude without a distinguishable act."""

import re

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of

# Heads after which nothing that follows makes an act.
Guess = tuple[str, float, str]


class RoleGuesser:
    """Guesses the role of a clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        words, table = lexicons.words, lexicons.table
        self.strong = re.compile(any_of(table("roles.commitment_heads")["strong"]))
        self.weak = re.compile(any_of(table("roles.commitment_heads")["weak"]))
        self.tails = re.compile(f"(?:{any_of(words('roles.commitment_tails'))})$")
        self.measures = re.compile(any_of(words("roles.measure_heads")))
        self.outcome_heads = re.compile(any_of(words("roles.outcome_heads")))
        self.outcome_marks = re.compile(any_of(words("roles.outcome_marks")))
        self.effects = re.compile(any_of(words("roles.effects")))
        self.adverbs = re.compile(f"^(?:{any_of(words('clauses.adverbs'))})+")

    def guess(self, clause: Analysis, section_role: str) -> Guess:
        """Return role, confidence and rule."""
        if section_role == "totals":
            return "outcome", 0.99, "roles:totals"
        if clause.directive and clause.actor:
            return "measure", 0.96, "roles:somebody is to act"
        return (
            self._outcome(clause)
            or self._commitment(clause)
            or self._ahead(clause, section_role)
            or ("measure", 0.9 if clause.verb else 0.6, "roles:an act" if clause.verb else "roles:nothing else")
        )

    def _outcome(self, clause: Analysis) -> Guess | None:
        is_thing = clause.subject is not None and not clause.subject_is_body
        if is_thing and self.effects.search(clause.core):
            return "outcome", 0.85, "roles:a thing and its effect"
        bare = self.adverbs.sub("", clause.text)
        if not clause.subject and not clause.preposition and (self.outcome_heads.match(bare) or self.outcome_heads.match(clause.text)):
            return "outcome", 0.8, "lexicon:roles.outcome_heads"
        if self.outcome_marks.search(clause.text) and not self.measures.match(clause.core) and (is_thing or not clause.verb):
            return "outcome", 0.8, "lexicon:roles.outcome_marks"
        return None

    def _commitment(self, clause: Analysis) -> Guess | None:
        starts = [clause.text, clause.core, self.adverbs.sub("", clause.text)]
        if any(self.strong.match(start) for start in starts) and not self.measures.match(clause.core):
            return "commitment", 0.92, "lexicon:roles.commitment_heads"
        if any(self.weak.match(start) for start in starts[1:]):
            return "commitment", 0.75, "lexicon:roles.commitment_heads"
        if self.tails.search(clause.text) and not self.measures.match(clause.core):
            return "commitment", 0.8, "lexicon:roles.commitment_tails"
        if clause.subject and not clause.subject_is_body and not clause.verb:
            return "commitment", 0.5, "roles:a thing without a verb"
        return None

    def _ahead(self, clause: Analysis, section_role: str) -> Guess | None:
        """What lies ahead is an aim, unless it names an act."""
        if section_role == "next_steps" and not self.measures.match(clause.core):
            return "commitment", 0.6, "roles:what lies ahead"
        return None
