"""What a figure counts: the words after it or before it, and their code."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.source import Span

_BY_UNIT = {
    "人": "person", "名": "person", "人次": "person", "次": "meeting", "场": "meeting", "元": "spending", "家": "unit",
    "起": "case", "件": "case", "平方米": "housing", "条": "measure", "级": "tier", "例": "result", "%": "site",
    "公里": "utility_line", "张": "bed", "份": "rule", "户": "housing",
}  # fmt: skip
_STOP = re.compile(r"[,，。;；:：\n0-9“”(（)）]")
_LONGEST = 24


@dataclass(frozen=True)
class Counted:
    """What is counted, as a span of the source, and its code in the vocabulary."""

    span: Span
    code: str
    confidence: float
    rule: str


class CountedFinder:
    """Finds what a figure counts."""

    def __init__(self, lexicons: Lexicons) -> None:
        words = lexicons.words
        verbs = {*words("clauses.acts"), *words("kinds.verbs"), *words("clauses.further_verbs"), *words("roles.effects")}
        ends = any_of([*verbs, *words("clauses.adverbs"), *words("clauses.prepositions"), "被", "实现", "得到", "达", "先后"])
        self.ends = re.compile(ends)
        self.nouns = re.compile(any_of(words("figures.counted")))
        self.leading = re.compile(f"^(?:{any_of([*words('figures.counted_verbs'), *words('clauses.adverbs')])})+")
        self.trailing = re.compile("(?:达到?|为|共计?|累计|已达|超过|较|比|增加|减少|同比|环比|提高到?|下降|增长|上升|降低|占比?|约|近|总数|总量)+$")
        self.codes = lexicons.table("figures.counted")

    def find(self, text: str, sentence: Span, value: Span, unit: str | None) -> Counted:
        """Return what the figure at `value` counts; without better words, those of its clause before it."""
        after = self._after(text, value, sentence)
        if after:
            return self._counted(text, after, unit, 0.85, "counted:words after")
        before = self._before(text, value, sentence)
        if before:
            return self._counted(text, before, unit, 0.7, "counted:words before")
        clause = re.split("[,，;；。\n]", text[value.end : sentence.end])[0]
        rest = Span(value.end, value.end + len(clause)) if len(clause) > 1 else Span(value.start, value.end)
        return self._counted(text, rest, unit, 0.3, "counted:nothing else")

    def _after(self, text: str, value: Span, sentence: Span) -> Span | None:
        rest = text[value.end : min(sentence.end, value.end + _LONGEST)]
        start = 1 if rest[:1] in ("大", "的") else 0
        stop = _STOP.search(rest, start)
        rest = rest[: stop.start()] if stop else rest
        # 3次会议、5次…: the next figure begins another count.
        rest = rest.split("、")[0] if re.search("、$", rest) and stop and stop[0].isdigit() else rest.rstrip("、")
        end = next((m.start() for m in self.ends.finditer(rest, start + 1) if self._ends_noun(rest, start, m)), len(rest))
        if end - start < 2:
            return None
        return Span(value.end + start, value.end + end)

    def _ends_noun(self, rest: str, start: int, match: re.Match[str]) -> bool:
        """Tell whether a verb ends the noun before it: 市考断面达到, but not 调研成果 or 重点工作."""
        if match.start() - start < 2:
            return False
        noun = rest[start : match.start()]
        longer = any(known.start() < match.start() < known.end() - start for known in self.nouns.finditer(rest, start))
        return not longer and not noun.endswith(("、", "和", "及"))

    def _before(self, text: str, value: Span, sentence: Span) -> Span | None:
        before = text[sentence.start : value.start]
        start = max(before.rfind(mark) for mark in ",，;；。：:\n") + 1
        clause = before[start:]
        clause = re.split("[0-9][^,，、]{1,4}、", clause)[-1]
        start = len(before) - len(clause)
        end = len(clause) - len(self.trailing.sub("", clause))
        clause = self.trailing.sub("", clause)
        lead = self.leading.match(clause)
        while lead and lead.end() < len(clause):
            start, clause = start + lead.end(), clause[lead.end() :]
            lead = self.leading.match(clause)
        if lead or len(clause) < 2:
            return None
        last = re.split("的|等|对", clause)[-1]
        if len(last) >= 2:
            start, clause = start + len(clause) - len(last), last
        if end < 0 or len(clause) > _LONGEST:
            clause, start = clause[-8:], start + len(clause) - 8
        return Span(sentence.start + start, sentence.start + start + len(clause))

    def _counted(self, text: str, span: Span, unit: str | None, confidence: float, rule: str) -> Counted:
        words = text[span.start : span.end]
        found = [(len(word), code) for code, known in self.codes.items() for word in known if words.endswith(word)]
        inside = [(len(word), code) for code, known in self.codes.items() for word in known if word in words]
        by_unit = _BY_UNIT.get(unit or "")
        if unit in ("元", "人", "名", "人次", "家") and by_unit:
            return Counted(span, by_unit, confidence, rule)
        code = max(found or inside, default=(0, by_unit or "task"))[1]
        return Counted(span, code, confidence, rule)
