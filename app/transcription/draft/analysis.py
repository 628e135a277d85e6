"""A clause taken apart: who acts, what has them act, the verb, and its object."""

import re
from dataclasses import dataclass

from app.transcription.draft.clauses import Clause, masked
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.words import WordFinder
from app.transcription.source import Span


@dataclass
class Analysis:
    """The parts of a clause, as spans of the source; `core` is what follows adverbs, directive and actor."""

    clause: Clause
    text: str
    clear: str
    subject: Span | None = None
    subject_is_body: bool = False
    directive: Span | None = None
    actor: Span | None = None
    preposition: str = ""
    verb: str = ""
    core: str = ""
    tail: str = ""
    main: str = ""
    predicate: str = ""


class Analyser:
    """Takes clauses apart with the words of the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.words = WordFinder(lexicons)

    def analyse(self, clause: Clause, text: str) -> Analysis:
        """Return the parts of a clause."""
        printed = text[clause.span.start : clause.span.end]
        found = Analysis(clause, printed, masked(printed))
        at = 0 if clause.rule == "clauses:object goes on" else self._after_adjunct(found.clear)
        found.main = found.predicate = found.text[at:]
        at = self._read_subject(found, self.words.skip(found.clear, at))
        at = self._read_directive(found, at)
        self._read_verb(found, at)
        return found

    def _after_adjunct(self, clear: str) -> int:
        """Return where the last comma-piece begins: what was joined before it is an adjunct, or a subject with one."""
        comma = max(clear.rfind(","), clear.rfind("，"))
        if comma < 0:
            return 0
        first = clear[:comma]
        subject = self.words.body(first, 0)
        has_directive = self.words.directive.match(first)
        is_subject = subject and not self.words.preposition.match(first) and not self.words.verb.match(first)
        return 0 if is_subject or has_directive or self.words.acting.match(first) else comma + 1

    def _read_subject(self, found: Analysis, at: int) -> int:
        clear, words = found.clear, self.words
        is_verb = words.verb.match(clear, at) and not words.like_verb.match(clear, at)
        end = None if is_verb or words.directive.match(clear, at) else words.body(clear, at)
        if end:
            start = at + (1 if clear[at] == "由" else 0)
            found.subject, found.subject_is_body = self._span(found, start, end), True
            found.predicate = found.text[end:]
            return words.skip(found.clear, end)
        if any(known.match(clear, at) for known in (words.preposition, words.verb, words.directive)):
            return at
        verb = (words.verb if words.acting.search(clear, at) else words.effect).search(clear, at)
        if verb and verb.start() > at:
            found.subject, found.predicate = self._span(found, at, verb.start()), found.text[verb.start() :]
            return self.words.skip(found.clear, verb.start())
        return at

    def _read_directive(self, found: Analysis, at: int) -> int:
        match = self.words.directive.match(found.clear, at)
        verb = self.words.verb.match(found.clear, at)
        if match is None or (verb and verb.end() > match.end()):
            return at
        # 组织村干部培训 arranges an event, and need not name who acts.
        is_certain = match[0] not in ("组织", "安排")
        end = self.words.body(found.clear, match.end()) or (
            is_certain and self.words.body(found.clear, match.end(), is_certain=True)
        )
        if not end:
            is_verb = self.words.verb.match(found.clear, self.words.skip(found.clear, match.end()))
            if is_verb and match[0] in ("推动", "督促", "支持", "鼓励", "指导", "引导"):
                found.directive = self._span(found, at, match.end())
                return self.words.skip(found.clear, match.end())
            return at
        found.directive = self._span(found, at, match.end())
        found.actor = self._span(found, match.end(), end)
        return self.words.skip(found.clear, end)

    def _read_verb(self, found: Analysis, at: int) -> None:
        clear = found.clear
        match = self.words.verb.match(clear, at)
        preposition = self.words.preposition.match(clear, at)
        if preposition and not (match and match.end() > preposition.end()):
            found.preposition = preposition[0]
            if self._read_inner_directive(found, preposition.end()):
                return
            match = self._verb_after(clear, preposition.end())
        elif match is None:
            match = self.words.verb.search(clear, at)
        found.core = found.text[at:]
        if match:
            found.verb = match[0]
            found.tail = found.text[match.end() :]

    def _read_inner_directive(self, found: Analysis, at: int) -> bool:
        """Read a directive after an adjunct: 围绕…督促…完善…"""
        for match in self.words.directive.finditer(found.clear, at):
            end = self.words.body(found.clear, match.end())
            if end and found.clear[match.start() - 1] not in "的和、":
                found.preposition = ""
                self._read_verb(found, self._read_directive(found, match.start()))
                return True
        return False

    def _verb_after(self, clear: str, at: int) -> re.Match[str] | None:
        """Return the verb that governs a clause which begins with a preposition."""
        nominal = [match for match in self.words.nominal.finditer(clear, at + 1) if match.end() < len(clear)]
        if nominal:
            return nominal[-1]
        for match in self.words.acting.finditer(clear, at + 1):
            if (
                clear[match.start() - 1] not in "、和与及的"
                and match.end() < len(clear)
                and clear[match.end()] not in "、和与及的"
            ):
                return match
        found = list(self.words.verb.finditer(clear, at + 1))
        return found[-1] if found else None

    def _span(self, found: Analysis, start: int, end: int) -> Span:
        return Span(found.clause.span.start + start, found.clause.span.start + end)
