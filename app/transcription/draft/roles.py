"""The role of a clause: something done, a result that is reported, or an attitude without a distinguishable act."""

import re

from app.transcription.draft.analysis import Analysis
from app.transcription.draft.lexicons import Lexicons, any_of, compiled

# Verbs that make an act of whatever follows, and numbers that tell by how much something changed.
_NOMINAL = ("进行", "开展", "予以", "给予", "作出", "做出", "启动")
_GAUGED = re.compile(
    r"(?:[%％]|百分点)(?:以上|以下|左右)?$|(?:增加|减少|提高|下降|增长|降低|上升)[了到至]?[0-9.]+[^,，]{0,6}$"
)
# 城区大班额全部消除: what is said of all of a thing.
_WHOLLY = re.compile("[^,，]{0,14}?(?:已?全部|均已)[^,，]{2,8}$")
_REACHED = re.compile(
    "(?<=.)[^不]得到[^的]|[由从][0-9.]+.{0,4}(?:提高|上升|提升|增加|下降|降低|减少|增长|降)"
    "|百分之[一二三四五六七八九十0-9.]+$|^[0-9]+[项个条]?正在|问题.{0,6}完成(?:整改)?[0-9]+"
    "|^[近约超逾数]?[0-9一二三四五六七八九十百千万]+[余多]?万?(?:人次|人|名)[^,，]{0,4}(?:参加|参与|受益|获)"
)
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
        self.final_effect = re.compile("(?:提升|提高|优化|改善|好转|增强|增多|减少|上市|清零|到位)$")
        self.reached = set(words("roles.outcome_heads"))
        soft = set(words("roles.soft_verbs"))
        self.concrete = {word for word in words("kinds.verbs") if word not in soft}
        self.acts_at_end = compiled(f"(?:{any_of(self.concrete)})$")
        self.adverbs = compiled(f"^(?:{any_of(words('clauses.adverbs'))})+")

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
        main = clause.main
        is_thing = clause.subject is not None and not clause.subject_is_body
        if is_thing and self.effects.search(clause.predicate):
            return "outcome", 0.85, "roles:a thing and its effect"
        begins = [main, self.adverbs.sub("", main)]
        if not clause.subject and any(self.outcome_heads.match(start) for start in begins):
            return "outcome", 0.8, "lexicon:roles.outcome_heads"
        if clause.preposition and clause.verb in self.reached:
            return "outcome", 0.7, "lexicon:roles.outcome_heads"
        if _REACHED.search(main):
            return "outcome", 0.85, "roles:a change that is measured or seen"
        if not self.acting.match(begins[1]) and (_GAUGED.search(main) or self.final_effect.search(main)):
            return "outcome", 0.8, "roles:a change that is measured or seen"
        is_whole = not clause.subject_is_body and _WHOLLY.match(main) and not self.acting.match(begins[1])
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
        if any(self.weak.match(start) for start in starts[1:]) and not clause.subject_is_body:
            return "commitment", 0.75, "lexicon:roles.commitment_heads"
        if self.tails.search(clause.text) and clause.verb not in self.concrete and clause.verb not in _NOMINAL:
            return "commitment", 0.8, "lexicon:roles.commitment_tails"
        if clause.subject and not clause.subject_is_body and not clause.verb:
            return "commitment", 0.5, "roles:a thing without a verb"
        return None

    def _ahead(self, clause: Analysis, section_role: str) -> Guess | None:
        """What lies ahead is an aim, unless it names an act."""
        is_act = (
            self.measures.match(clause.core) or clause.verb in self.concrete or self.acts_at_end.search(clause.text)
        )
        if section_role == "next_steps" and not is_act:
            return "commitment", 0.6, "roles:what lies ahead"
        return None
