"""What a figure counts: the words after it or before it, and their code."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.source import Span

_BY_UNIT = {
    "人": "person", "名": "person", "人次": "person", "次": "action", "场": "action", "场次": "action", "元": "funds",
    "家": "unit", "起": "case", "件": "case", "平方米": "housing", "条": "measure", "级": "tier", "例": "result",
    "公里": "utility_line", "张": "bed", "份": "document", "册": "document", "篇": "document", "户": "household",
    "期": "course", "门": "course", "台": "equipment", "辆": "equipment", "亩": "land", "公顷": "land",
    "所": "institution",
    "天": "time", "个工作日": "time", "小时": "time", "分钟": "time", "个月": "time", "栋": "building", "套": "housing",
}  # fmt: skip
_STOP = re.compile(r"[,，。;；:：\n0-9“”(（)）]")
# 至少一次研究党建: what is done at meetings.
_STATES = re.compile("正在|已|均|全部|尚|仍|未")
_MEETS = re.compile("(?:[^,，]{0,4}[0-9一二两三四五六]*次)?(?:专题)?(?:研究|学习|听取|召开|审议)")
_MARKER = re.compile("[(（][^()（）]{1,3}[)）]|[0-9]{1,2}[.、]|[一二三四五六七八九十]+是")
_LONGEST = 24
_VERBS = ("clauses.acts", "kinds.verbs", "clauses.further_verbs", "kinds.verb_classes")


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
        others = {word for word in words("clauses.adverbs") if len(word) > 1}
        verbs = {
            *words("clauses.acts"),
            *words("kinds.verbs"),
            *words("clauses.further_verbs"),
            *words("roles.effects"),
        }
        ends = any_of(
            [*verbs, *words("clauses.adverbs"), *words("clauses.prepositions"), "被", "实现", "得到", "达", "先后"]
        )
        self.ends = compiled(ends)
        acts = {word for name in _VERBS for word in words(name)}
        nouns = compiled(any_of(words("figures.counted")))
        leads = any_of(word for word in acts if len(word) > 1 and not nouns.search(word))
        self.lead = compiled(f"(?:{any_of(others)})*(?:{leads})")
        self.nouns = compiled(any_of(words("figures.counted")))
        self.leading = compiled(any_of(words("figures.counted_verbs")))
        opening = [*words("clauses.prepositions"), *words("clauses.acts"), *words("roles.effects"), "中"]
        self.opening = compiled(any_of(opening))
        self.to = re.compile("到|赴|前往")
        self.strong = re.compile(
            "已|均|参加|担任|进行|开展|得到|达到|实现|先后|参与|纳入|列入|依[规法纪]|全部|签订|新签|办理|限期|被|完成|通过|顺利|给予|予以|归还|立案|取得"
        )
        self.trailing = re.compile(
            "(?:达到?|[^,，]{0,1}为|缩短至?|[由从]?提升至|提高至|[降升增减缩延]至|保持在|控制在|稳定在|扩[展大]到|突破|均|全部|共计?|累计|已达|超过|增加|减少|同比(?:分别)?|环比|提高到?|下降|增长|上升|降低|占比?|由|从|实际|竣工|超计划|(?:相?较|比)[^,，]{1,6})+$"
        )
        self.codes = lexicons.table("figures.counted")

    def find(self, text: str, sentence: Span, value: Span, unit: str | None, last: "Counted | None") -> Counted:
        """Return what the figure at `value` counts; `last` is what the figure before it in the sentence counts."""
        after = self._after(text, value, sentence)
        if after and text[after.start : after.end].strip():
            return self._counted(text, after, unit, 0.85, "counted:words after")
        between = text[last.span.end : value.start] if last else ""
        if last and between and not re.search("[,，;；、]", between):
            # 41项问题已完成整改39项: the second is of the first.
            return Counted(last.span, last.code, 0.75, "counted:as the figure before")
        before = self._before(text, value, sentence)
        if before and text[before.start : before.end].strip():
            return self._counted(text, before, unit, 0.7, "counted:words before")
        if last:
            return Counted(last.span, last.code, 0.55, "counted:as the figure before")
        clause = re.split("[,，;；。\n]", text[value.end : sentence.end])[0]
        rest = Span(value.end, value.end + len(clause)) if len(clause.strip()) > 1 else value
        return self._counted(text, rest, unit, 0.3, "counted:nothing else")

    def _after(self, text: str, value: Span, sentence: Span) -> Span | None:
        rest = text[value.end : min(sentence.end, value.end + _LONGEST)]
        start = 1 if rest[:1] in ("大", "的") else 0
        stop = _STOP.search(rest, start)
        rest = (rest[: stop.start()] if stop else rest).rstrip("、和及与")
        if rest[:1] in "、和及" or _STATES.match(rest, start) or self.opening.match(rest, start):
            return None
        of = rest.find("的", start + 2)
        if of > 0 and not self.nouns.search(rest, start, of) and not self.strong.search(rest, start, of):
            # 3家服务不达标的企业: the attribute is left out.
            start = of + 1
        end = self._noun_end(rest, start)
        is_noun = end - start >= 2 or rest[start:end] in tuple("市县区镇乡村人户")
        return Span(value.end + start, value.end + end) if is_noun else None

    def _noun_end(self, rest: str, start: int) -> int:
        """Return where a noun ends: at a verb or an adverb that is no part of a known noun."""
        nouns = [(match.start(), match.end()) for match in self.nouns.finditer(rest, start)]
        end = len(rest)
        # A verb may stand inside a noun that ends with a known one: 整改工作领导小组会议
        ends_known = bool(nouns) and nouns[-1][1] == len(rest)
        for match in self.ends.finditer(rest, start + 1):
            inside = any(first < match.end() and match.start() < last for first, last in nouns)
            is_one = match.start() - start == 1 and rest[start] in "市县区镇乡村人户"
            is_joined = rest[start : match.start()].endswith(("、", "和", "及"))
            is_inside = ends_known and not self.strong.search(rest, match.start())
            if (match.start() - start >= 2 or is_one) and not (inside or is_joined or is_inside):
                end = match.start()
                break
        noun = rest[start:end]
        if to := self.to.search(noun, 2):
            return start + to.start()
        end -= len(noun) - len(noun.rstrip("中正"))
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
        cut = max(cut, marker.end() if (marker := _MARKER.match(clause)) else 0)
        while (lead := self.lead.match(clause, cut)) and lead.end() <= noun and len(clause) - lead.end() >= 2:
            cut = lead.end()
        clause = clause[cut:]
        start += cut
        clause, start = clause.lstrip("、"), start + len(clause) - len(clause.lstrip("、"))
        if len(clause) < 2 or re.fullmatch(f"(?:{self.leading.pattern}|已经?|完成)+", clause):
            return None
        return Span(sentence.start + start, sentence.start + start + len(clause)) if len(clause) <= _LONGEST else None

    def _counted(self, text: str, span: Span, unit: str | None, confidence: float, rule: str) -> Counted:
        printed = text[span.start : span.end]
        span = Span(span.start + len(printed) - len(printed.lstrip()), span.end - len(printed) + len(printed.rstrip()))
        words = text[span.start : span.end]
        found = [(len(word), code) for code, known in self.codes.items() for word in known if words.endswith(word)]
        inside = [(len(w), code) for code, known in self.codes.items() for w in known if len(w) > 1 and w in words]
        by_unit = _BY_UNIT.get(unit or "")
        if unit == "次" and _MEETS.match(text, span.end):
            by_unit = "meeting"
        if unit in ("人", "名", "人次") and by_unit:
            return Counted(span, by_unit, confidence, rule)
        # The unit tells more than a word somewhere in the middle, and cases are no persons: 立案5件.
        code = max(found or (by_unit and [(0, by_unit)]) or inside, default=(0, "other"))[1]
        code = "case" if code == "person" and unit in ("件", "起") else code
        return Counted(span, code, confidence, rule)
