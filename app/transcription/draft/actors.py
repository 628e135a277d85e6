"""Who acts in a clause, and what has them act: printed in the clause, or carried over within its sentence."""

from dataclasses import dataclass

from app.transcription.draft.analysis import Analysis
from app.transcription.source import Span


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

    def next(self, clause: Analysis, role: str, kind: str) -> Acting:
        """Return who acts in a clause; `kind` tells a meeting, past which a subject is not carried."""
        if clause.clause.is_first:
            self.subject, self.acting = None, Acting()
        if clause.clause.marker:
            self.subject, self.acting = None, Acting()
        if clause.subject:
            self.subject = clause.subject if clause.subject_is_body else None
            self.acting = Acting(self.subject, None, None, "actors:subject", 0.93)
        if clause.directive:
            acting = Acting(clause.actor, clause.directive, self.subject, "actors:directive", 0.95)
            self.acting = acting if clause.actor else Acting()
            self.after_meeting = False
            return acting
        acting = self.acting
        if self.after_meeting and not clause.subject and kind != "meeting":
            # What follows a meeting may be done by anybody.
            acting = self.acting = Acting()
        if not clause.subject and acting.actor:
            acting = Acting(acting.actor, acting.directive, acting.prompter, "actors:carried over", 0.8)
        if role == "outcome" and clause.subject is None:
            return Acting()
        self.after_meeting = kind == "meeting" and role == "measure" and not acting.directive
        return acting
