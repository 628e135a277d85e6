"""Organizations: the bodies that a notice names or singles out, wherever they stand."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.source import Span

_LEVEL = "(?:省|市|区|县|州|旗|镇|乡|街道|校|院|局|集团|学院|公司)"
_PARTY = (
    f"{_LEVEL}(?:委|政府|人大|政协|纪委监委|纪委|监委|总工会)"
    "(?:常委会|领导班子|办公室|组织部|宣传部|统战部|政法委|巡察办|巡视办|党校|督查室|机关工委)?"
)
_TEAM = (
    "(?:中央|[省市区县州旗]委|党委|党组)?第(?:[一二三四五六七八九十]+|[0-9]+)(?:巡视|巡察)组"
    "|[省市区县州旗]委(?:巡视|巡察)组"
)
_OWN = (
    "(?:[省市区县州旗]?[一-龥]{2,8}?(?:局|学院|大学|集团|公司|医院)|学院|学校|集团|公司|局|校|院|厅|委|办)"
    "(?:党委|党组|纪委|党总支)"
)
_GROUP = "(?:巡视|巡察)整改(?:工作)?领导小组"
_JOINED = "(?<=[立与动和、,，同强及由])[一-龥]{2,14}?(?:联盟|研究院|创新中心|研发中心|交易所)|[深上北]交所"
_SINGLED = "(?:相关|有关|某)"
# 区 and the like after these characters is no level of government.
_NOT_AFTER = re.compile("[社园城地校景片辖灾战选赛特新老市郊牧库小]$")
# Words for any body at all; they name and single out none.
_GENERIC = re.compile("^(?:各|全|所有|全体|部分|责任)")


@dataclass(frozen=True)
class Body:
    """A body at a place: `named` is false for one that is only singled out."""

    span: Span
    type: str
    named: bool
    rule: str


class BodyFinder:
    """Finds bodies by their names' endings and by who acts."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.types = lexicons.table("bodies.organizations")
        self.not_bodies = compiled(f"(?:{any_of(lexicons.words('bodies.not_bodies'))})$")
        leading = [*lexicons.words("clauses.prepositions"), *lexicons.words("bodies.directives"), "号", "做强", "成立"]
        self.leading = compiled(any_of(word for word in leading if len(word) > 1 or word in "对向与号"))
        ends = any_of(word for words in self.types.values() for word in words if len(word) > 1)
        offices = any_of(word for word in self.types["government_department"] if len(word) > 1)
        self.pattern = re.compile(
            rf"中共[^\s,，。、对]{{2,24}}?(?:委员会|党组|党委|工委|委)(?:办公室)?(?=[\s,，。(（关对]|$)|党中央|中央|国务院|{_TEAM}|{_OWN}|{_GROUP}"
            rf"|[省市区县州旗]委?[^\s,，。、的对和与“”(（0-9]{{1,12}}?(?:{offices}|局|领导小组|(?<!区)委员会|管委会)(?!议)"
            rf"|{_PARTY}|{_JOINED}|{_SINGLED}[^\s,，。、的对和与“”(（]{{0,4}}?(?:{ends}|镇|乡|村)"
        )

    def find(self, text: str, within: Span, acting: list[Span]) -> list[Body]:
        """Return the bodies of a section's text, the longest where they overlap. `acting` are those known to act."""
        spans = [part for span in acting if within.contains(span) for part in self._single(text, span)]
        spans += [
            Span(m.start() + self._lead(m[0]), m.end()) for m in self.pattern.finditer(text, within.start, within.end)
        ]
        found: list[Body] = []
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            name = text[span.start : span.end]
            type_ = self._type(name)
            if not type_ or self.not_bodies.search(name) or (found and span.start < found[-1].span.end):
                continue
            before = text[max(0, span.start - 1) : span.start]
            if _GENERIC.match(name) or (name[0] in "区市县镇乡" and _NOT_AFTER.search(before)):
                continue
            named = not re.search("相关|有关|某|涉事|涉及|承办|[0-9]+家", name)
            found.append(Body(span, type_, named, "lexicon:bodies.organizations"))
        return found

    def _lead(self, name: str) -> int:
        """Return how many characters before a name were taken with it: 对, 推动, 成立 …"""
        match = self.leading.match(name)
        return match.end() if match and match.end() < len(name) - 1 else 0

    def _single(self, text: str, span: Span) -> list[Span]:
        """Return the bodies of a span that names several joined by 、 or 和."""
        cuts = [m.span() for m in re.finditer("[、和]", text[span.start : span.end])]
        starts, ends = [0, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), span.end - span.start]
        parts = [Span(span.start + a, span.start + b) for a, b in zip(starts, ends, strict=True)]
        return parts if all(self._type(text[part.start : part.end]) for part in parts) else []

    def _type(self, name: str) -> str | None:
        """Return the type of a body by the longest ending that it has."""
        ends = [(len(word), code) for code, words in self.types.items() for word in words if name.endswith(word)]
        return max(ends)[1] if ends else None


def part(text: str, span: Span, actors: list[Span], prompters: list[Span]) -> tuple[str, float]:
    """Return the part that a body plays at a place, and how sure that is."""
    if span in actors:
        return "actor", 0.9
    if span in prompters:
        return "prompter", 0.8
    before = text[max(0, span.start - 3) : span.start]
    if re.search("(?:会同|联合|与|同|配合)$", before):
        return "partner", 0.7
    if re.search("(?:对|向|给|约谈)$", before):
        return "target", 0.6
    return "mentioned", 0.6
