"""The period of a figure, from the words of its sentence."""

import re
from dataclasses import dataclass
from datetime import date

from app.transcription.draft.clauses import masked
from app.transcription.parsing.periods import parse_period
from app.transcription.source import Span

_YEAR = r"[0-9]{4}年(?:[0-9]{1,2}月(?:份|底|初|末)?)?(?:[0-9]{1,2}日)?(?:上半年|下半年|底|初|度)?"
_WORDS = re.compile(
    rf"(?P<as_of>截[至止](?:到)?(?:目前|{_YEAR}))"
    rf"|(?P<since>(?:自)?(?:{_YEAR}|[^,，。;；0-9]{{2,8}})以来)"
    rf"|(?P<now>目前)(?=[,，])"
    rf"|(?P<during>{_YEAR}(?:[-—至到](?:{_YEAR}|[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?))?|全年|上半年|下半年|近年来|今年|去年)"
)
# Where a year may stand for the sentence: at a clause's beginning, with at most a place before it.
_BEGINS = re.compile("(?:^|[,，、;；]|[一二三四五六]是)(?:在|于|自|从|到)?(?:全[区县市省州校院镇乡])?$")
_ENTERED = re.compile("(?:纳入|列入|入选|写入)$")
_TOTALS = re.compile("(?:反馈|指出)的?$|(?:指出|反馈)[^,，]{0,6}$")


@dataclass(frozen=True)
class Period:
    """The period of a figure with its words; `kind` is a code of `period_kind`."""

    kind: str
    words: Span | None
    start: date | None
    end: date | None
    confidence: float
    rule: str


def find_period(text: str, sentence: Span, value: Span) -> Period:
    """Return the period of the figure at `value`, from the words before it in its sentence."""
    clause_end = _clause_end(text, value.end, sentence.end)
    entered = re.search(rf"(?:纳入|列入|入选|写入){_YEAR}", text[value.end : clause_end])
    if entered:
        start = value.end + entered.start() + 2
        return _period(text, "named", Span(start, value.end + entered.end()), 0.75, "periods:a year in a name")
    best = None
    for match in _WORDS.finditer(text, sentence.start, value.start):
        kind = str(match.lastgroup)
        before = text[sentence.start : match.start()]
        is_attribute = before.endswith("对") and re.match("[^,，]{1,6}的[^,，]{0,4}$", text[match.end() : value.start])
        begins = _BEGINS.search(before) or match[0] in ("全年", "今年", "去年") or is_attribute
        if kind in ("during", "since", "now") and not begins:
            continue
        best = ("as_of" if kind == "now" else kind, Span(match.start(), match.end()))
    if best is None:
        return Period("none", None, None, None, 0.9, "periods:none printed")
    kind, words = best
    between = text[words.end : value.start]
    if kind == "during" and (_TOTALS.search(between) or re.search("[;；]", between)):
        return Period("none", None, None, None, 0.7, "periods:another clause")
    if kind == "as_of" and (_TOTALS.search(between) or _is_total(text, words, value, clause_end)):
        return Period("none", None, None, None, 0.7, "periods:a total has no day")
    return _period(text, kind, words, 0.85, f"periods:{kind}")


def _is_total(text: str, words: Span, value: Span, clause_end: int) -> bool:
    """Tell whether the figure says of how many things the words tell something: the 5 in 5个问题已完成4个."""
    before, after = text[words.end : value.start], text[value.end : clause_end]
    done = "已?(?:全部)?(?:完成|整改|到位|销号)"
    return not re.search(done, re.split("[,，;；]", before)[-1]) and bool(re.search(f"{done}[^,，]{{0,6}}[0-9]", after))


def _period(text: str, kind: str, words: Span, confidence: float, rule: str) -> Period:
    start, end = parse_period(text[words.start : words.end])
    if kind == "as_of":
        start = None
    return Period(kind, words, start, end, confidence, rule)


def _clause_end(text: str, start: int, end: int) -> int:
    clear = masked(text[start:end])
    stop = re.search("[,，;；。]", clear)
    return start + stop.start() if stop else end
