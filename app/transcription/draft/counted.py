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
        verbs = {
            *words("clauses.acts"),
            *words("kinds.verbs"),
            *words("clauses.further_verbs"),
            *words("roles.effects"),
        }
        ends = any_of(
            [*verbs, *words("clauses.adverbs"), *words("clauses.prepositions"), "被", "实现", "得到", "达", "先后"]
        )
        self.ends = re.compile(ends)
        self.nouns = re.compile(any_of(words("figures.counted")))
        self.leading = re.compile(any_of(words("figures.counted_verbs")))
        self.opening = re.compile(any_of([*words("clauses.prepositions"), *words("clauses.acts"), "中"]))
        self.to = re.compile("到|赴|前往")
        self.strong = re.compile("已|均|进行|开展|得到|达到|实现|先后|参与|纳入|列入")
        self.trailing = re.compile(
            "(?:达到?|为|共计?|累计|已达|超过|增加|减少|同比|环比|提高到?|下降|增长|上升|降低|占比?|实际|竣工|超计划|(?:相?较|比)[^,，]{1,6})+$"
        )
        self.codes = lexicons.table("figures.counted")

    def find(self, text: str, sentence: Span, value: Span, unit: str | None, last: "Counted | None") -> Counted:
        """Return what the figure at `value` counts; `last` is what the figure before it in the sentence counts."""
        after = self._after(text, value, sentence)
        if after:
            return self._counted(text, after, unit, 0.85, "counted:words after")
        between = text[last.span.end : value.start] if last else ""
        if last and not re.search("[,，;；]", between):
            # 41项问题已完成整改39项: the second is of the first.
            return Counted(last.span, last.code, 0.75, "counted:as the figure before")
        before = self._before(text, value, sentence)
        if before:
            return self._counted(text, before, unit, 0.7, "counted:words before")
        if last:
            return Counted(last.span, last.code, 0.55, "counted:as the figure before")
        clause = re.split("[,，;；。\n]", text[value.end : sentence.end])[0]
        rest = Span(value.end, value.end + len(clause)) if len(clause) > 1 else value
        return self._counted(text, rest, unit, 0.3, "counted:nothing else")

    def _after(self, text: str, value: Span, sentence: Span) -> Span | None:
        rest = text[value.end : min(sentence.end, value.end + _LONGEST)]
        start = 1 if rest[:1] in ("大", "的") else 0
        stop = _STOP.search(rest, start)
        rest = (rest[: stop.start()] if stop else rest).rstrip("、和及与")
        if self.opening.match(rest, start):
            return None
        end = self._noun_end(rest, start)
        return Span(value.end + start, value.end + end) if end - start >= 2 else None

    def _noun_end(self, rest: str, start: int) -> int:
        """Return where a noun ends: at a verb or an adverb that is no part of a known noun."""
        nouns = [(match.start(), match.end()) for match in self.nouns.finditer(rest, start)]
        end = len(rest)
        for match in self.ends.finditer(rest, start + 1):
            inside = any(first < match.end() and match.start() < last for first, last in nouns)
            if (
                match.start() - start >= 2
                and not inside
                and not rest[start : match.start()].endswith(("、", "和", "及"))
            ):
                # A verb may stand inside a noun that ends with a known one: 整改工作领导小组会议
                if not (nouns and nouns[-1][1] == len(rest) and not self.strong.search(rest, match.start())):
                    end = match.start()
                    break
        noun = rest[start:end]
        if to := self.to.search(noun, 2):
            return start + to.start()
        parts = re.split("[和及]", noun)
        return end if len(parts) == 1 or self.nouns.search(parts[-1]) else start + len(parts[0])

    def _before(self, text: str, value: Span, sentence: Span) -> Span | None:
        before = text[sentence.start : value.start]
        start = max(before.rfind(mark) for mark in ",，;；。：:\n") + 1
        clause = self.trailing.sub("", before[start:])
        noun = max((m.start() for m in self.nouns.finditer(clause) if m.end() == len(clause)), default=len(clause))
        noun = min((m.start() for m in self.nouns.finditer(clause) if m.end() == len(clause)), default=noun)
        cut = max(
            (m.end() for m in self.leading.finditer(clause) if m.end() <= noun and len(clause) - m.end() >= 2),
            default=0,
        )
        for match in re.finditer("[0-9]年(?:共)?|[的等对、]|一是|二是|三是|全[区县市省]", clause):
            cut = max(cut, match.end() if match.end() <= noun and len(clause) - match.end() >= 2 else 0)
        clause = clause[cut:]
        start += cut
        clause, start = clause.lstrip("、"), start + len(clause) - len(clause.lstrip("、"))
        if len(clause) < 2 or re.fullmatch(f"(?:{self.leading.pattern}|已经?|完成)+", clause):
            return None
        return Span(sentence.start + start, sentence.start + start + len(clause)) if len(clause) <= _LONGEST else None

    def _counted(self, text: str, span: Span, unit: str | None, confidence: float, rule: str) -> Counted:
        words = text[span.start : span.end]
        found = [(len(word), code) for code, known in self.codes.items() for word in known if words.endswith(word)]
        inside = [(len(word), code) for code, known in self.codes.items() for word in known if word in words]
        by_unit = _BY_UNIT.get(unit or "")
        if unit in ("元", "人", "名", "人次", "家") and by_unit:
            return Counted(span, by_unit, confidence, rule)
        code = max(found or inside, default=(0, by_unit or "task"))[1]
        return Counted(span, code, confidence, rule)
