"""Who acts in a clause, and what has them act: printed in the clause, or carried over within its sentence."""

import re
from dataclasses import dataclass

from app.transcription.draft.analysis import Analysis
from app.transcription.source import Span

# What only those who met can do.
_ITS_OWN = re.compile(
    "[^,，]{0,4}?(?:逐[条项]|带头|研究|认领|传达|听取|审议|部署|剖析|检视|细化整改|分解任务|批评|表决|讨论|议定"
    "|成立[^,，]{0,24}(?:领导小组|工作组|工作专班)|下设|制[定订][^,，]{0,12}(?:整改[^,，]{0,6}方案|工作方案|清单)"
    "|建立[^,，]{0,14}清单|明确[^,，]{0,14}(?:责任|时限)|倒排)"
)
_TO_SOME = re.compile("(?:并?对|给予|约谈)[^,，]{0,14}[0-9]+[余多]?[名家位人]")


@dataclass(frozen=True)
class Acting:
    """The actor of a measure with the directive and the prompter, all as spans of the source."""

    actor: Span | None = None
    directive: Span | None = None
    prompter: Span | None = None
    rule: str = "actors:none printed"
    confidence: float = 0.9


class ActorCarrier:
    """Goes through the clauses of a section in order and keeps who acts."""

    def __init__(self) -> None:
        self.subject: Span | None = None
        self.acting = Acting()
        self.after_meeting = False

    def _is_reported(self, clause: Analysis) -> bool:
        """Tell whether a clause counts those to whom something was done, which is no longer what others were urged."""
        actor = self.acting.actor
        return bool(_TO_SOME.match(clause.main)) and bool(actor) and not clause.directive

    def next(self, clause: Analysis, role: str, kind: str) -> Acting:
        """Return who acts in a clause; `kind` tells a meeting, past which a subject is not carried."""
        if clause.clause.is_first:
            self.subject, self.acting = None, Acting()
        if clause.clause.marker or (self.acting.directive and self._is_reported(clause)):
            self.subject, self.acting = None, Acting()
        if clause.subject:
            self.subject = clause.subject if clause.subject_is_body else None
            self.acting = Acting(self.subject, None, None, "actors:subject", 0.93)
        if clause.directive:
            acting = Acting(clause.actor, clause.directive, self.subject, "actors:directive", 0.95)
            # What somebody was arranged to do ends with the clause.
            is_arranged = clause.text[clause.directive.start - clause.clause.span.start :].startswith(("组织", "安排"))
            self.acting = acting if clause.actor and not is_arranged else Acting()
            self.after_meeting = False
            return acting
        acting = self.acting
        if self.after_meeting and not clause.subject and not (kind == "meeting" or _ITS_OWN.match(clause.main)):
            # What follows a meeting may be done by anybody.
            acting = self.acting = Acting()
        if not clause.subject and acting.actor:
            acting = Acting(acting.actor, acting.directive, acting.prompter, "actors:carried over", 0.8)
        if role == "outcome" and clause.subject is None:
            return Acting()
        is_held = clause.verb.endswith(("召开", "举行")) and role == "measure"
        self.after_meeting = (is_held or (self.after_meeting and not clause.subject)) and not acting.directive
        return acting
