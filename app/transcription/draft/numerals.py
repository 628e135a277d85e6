"""The class of every printed number: what it counts, or why it counts nothing."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.transcription.draft.clauses import masked
from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.lines import plain
from app.transcription.parsing.figures import longer_figure
from app.transcription.parsing.numerals import NUMERAL
from app.transcription.source import Span

_CN = "[〇零○一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:[0-9]{{4}}|{_CN}{{4}})(?:[-—\uff0d~至到](?:[0-9]{{4}}))?年(?:度)?(?:[0-9]{{1,2}}|{_CN}{{1,3}})?(?:[-—\uff0d至到][0-9]{{1,2}}(?![0-9]))?"
    rf"|(?:[0-9]{{1,2}}|{_CN}{{1,3}})(?:[-—\uff0d至到][0-9]{{1,2}})?月(?:份|底|初|末)?(?:[0-9]{{1,2}}|{_CN}{{1,3}})?"
    rf"|(?<![路街道巷弄村])(?:[0-9]{{1,2}}|{_CN}{{1,3}})[日号](?![^,，。]{{0,6}}楼)|(?:19|20)[0-9]{{2}}[-./—\uff0d](?:[0-9]{{4}}年|[0-9]{{1,2}}[-./][0-9]{{1,2}})"
    rf"|[0-9]{{1,2}}[:：][0-9]{{2}}"
)
_ORDINAL = re.compile(
    rf"第(?:[0-9]+|{_CN}+)|(?:[0-9]+|{_CN}+)届|{_CN}+次(?:、{_CN}+次)*(?:全会|全体|党代会|会议|扩大)|{_CN}期(?=工程|项目|主体|建设)|[\u2160-Ⅻ]"
)
_IDENTIFIER = re.compile(
    r"(?<=[路街道弄巷村区楼号栋室])[0-9]+(?=[号弄室楼栋]|$)|[0-9]+号(?=[^,，。]{0,8}(?:楼|室|信箱))|(?<![0-9])12[0-9]{3}(?=[热平渠、和及]|投诉)|(?<=\u3014)[0-9]{4}\u3015[0-9]+|[0-9]{5,}(?=热线|专线|平台)"
    r"|[0-9]{3,4}[-—\uff0d][0-9]{7,8}(?:转[0-9]+)?|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[\w.]+@[\w.]+"
)
_PART = re.compile("[百千万二三四五六七八九十]+分之(?:[0-9.]+|[零一二三四五六七八九十百]+)")
_ROUND = re.compile("(?:上|数|近|几|过|逾|超|约)$")
_CHARACTERS = {"一": "idiom", "半": "idiom", "百": "idiom", "零": "idiom", "倍": "idiom", "万": "idiom", "千": "idiom"}


@dataclass(frozen=True)
class Numeral:
    """A printed number with its class; `figure` is the whole figure of a number that counts."""

    span: Span
    code: str
    confidence: float
    rule: str
    figure: Span | None = None


class NumeralClassifier:
    """Classifies the numbers of a text. `units` are the printed units, longest first."""

    def __init__(self, text: str, lexicons: Lexicons, units: Iterable[str]) -> None:
        self.text, self.units = text, list(units)
        self.known = [(code, _Spans(re.finditer(any_of(words), text))) for code, words in self._lexicons(lexicons)]
        self.dates, self.ordinals, self.identifiers = (
            _Spans(pattern.finditer(plain(text))) for pattern in (_DATE, _ORDINAL, _IDENTIFIER)
        )
        self.quoted = masked(text)
        often = any_of([*lexicons.words("figures.frequency"), *lexicons.words("figures.other_frequency")])
        self.frequencies = re.compile(f"(?:{often})[^,，。;；]{{0,8}}$")
        self.end = 0

    def _lexicons(self, lexicons: Lexicons) -> Iterator[tuple[str, list[str]]]:
        for code in ("identifier", "ordinal", "unquantified", "date", "name", "idiom"):
            yield code, lexicons.words(f"numerals.{code}")

    def classify(self, within: Span, always: Callable[[Span], str | None]) -> Iterator[Numeral]:
        """Yield every number of a span; `always` returns the class that a place gives, as in markers and contacts."""
        for match in NUMERAL.finditer(self.text, within.start, within.end):
            span = Span(match.start(), match.end())
            by_place = always(span)
            yield Numeral(span, by_place, 0.99, "numerals:place") if by_place else self._classify(span, match[0])

    def _classify(self, span: Span, printed: str) -> Numeral:
        if span.start < self.end:
            # 百 in 百分点 belongs to the unit of the figure before it.
            return Numeral(span, "metric", 0.98, "numerals:inside a figure")
        if self.dates.cover(span):
            return Numeral(span, "date", 0.97, "numerals:date")
        is_quoted = self.quoted[span.start] == "□"
        for code, spans in self.known:
            # In quotes stands a name, unless the whole quotation is a known word.
            if spans.cover(span) and (not is_quoted or code == "name" or self._is_all(spans.around(span))):
                return Numeral(span, code, 0.93, f"lexicon:numerals.{code}")
        if printed[0] == "0" and len(printed) > 2 and "." not in printed:
            return Numeral(span, "identifier", 0.8, "numerals:begins with 0")
        for spans, code in ((self.ordinals, "ordinal"), (self.identifiers, "identifier")):
            if spans.cover(span):
                return Numeral(span, code, 0.95, f"numerals:{code}")
        return self._counts(span, printed) or self._other(span, printed)

    def _is_all(self, word: Span) -> bool:
        return self.text[word.start - 1 : word.start] in "“《" and self.text[word.end : word.end + 1] in "”》"

    def _counts(self, span: Span, printed: str) -> Numeral | None:
        """Return a number that counts, with its figure."""
        if self.quoted[span.start] == "□" and not re.search(
            "[(（][^()（）]*$", self.text[max(0, span.start - 30) : span.start]
        ):
            return None
        figure = self._figure(span, printed)
        has_unit = bool(figure and figure.end > span.end)
        is_digit = printed[0].isdigit()
        after = self.text[span.end : span.end + 1]
        if is_digit and (has_unit or not re.match("[A-Za-z+]", after or " ")):
            confidence = 0.96 if has_unit else 0.6
        elif not is_digit and self._is_count(span, printed, figure):
            confidence = 0.8
        else:
            return None
        self.end = figure.end if figure else span.end
        return Numeral(
            span, "metric", confidence, "numerals:figure" if has_unit else "numerals:a number", figure or span
        )

    def _is_count(self, span: Span, printed: str, figure: Span | None) -> bool:
        """Tell whether a number in Chinese characters counts: 十八条措施, 至少一次, 十大行动."""
        before, after = self.text[max(0, span.start - 12) : span.start], self.text[span.end : span.end + 8]
        if _PART.match(self.text, span.start):
            return True
        if printed in "半倍双" or (set(printed) <= set("百千万亿") and not (figure and figure.start < span.start)):
            return False
        if re.match("大[^的,，。]{2}", after) and len(printed) == 1:
            return True
        unit = self.text[span.end : figure.end] if figure else ""
        if not unit or not (figure and figure.end > span.end):
            return False
        often = self.frequencies.search(re.split("[,，。;；]", before)[-1])
        if figure.start < span.start or "余" in unit or (often and unit in ("次", "场", "期", "轮")):
            return True
        if unit == "成":
            return bool(re.search("[少加长降升高占达近约超]$", before))
        if unit == "级":
            return bool(re.match("级[^别联]", after)) and printed not in "一二"
        return len(printed) > 1 or (printed not in "一" and unit in ("条", "项", "家", "次", "名", "件", "份", "场"))

    def _figure(self, span: Span, printed: str) -> Span | None:
        """Return the longest figure around a number: qualifier, number and unit."""
        if part := _PART.match(self.text, span.start):
            return Span(span.start, part.end())
        if set(printed) <= set("十百千万亿") and (
            round_ := _ROUND.search(self.text, max(0, span.start - 2), span.start)
        ):
            # 近万人, 数十人: without its qualifier such a number counts nothing.
            whole = self._figure(Span(round_.start(), span.end), round_[0] + printed)
            return whole if whole and whole.end > span.end else span
        before, after = self.text[max(0, span.start - 12) : span.start], self.text[span.end : span.end + 12]
        longer = longer_figure(before, printed, re.split("[\n。]", after)[0], self.units)
        if longer is None:
            return span
        front = longer.index(printed)
        return Span(span.start - front, span.start - front + len(longer))

    def _other(self, span: Span, printed: str) -> Numeral:
        if self.quoted[span.start] == "□":
            return Numeral(span, "name", 0.85, "numerals:in quotes")
        code = _CHARACTERS.get(printed, "name")
        return Numeral(span, code, 0.55, "numerals:a single character" if len(printed) == 1 else "numerals:no unit")


class _Spans:
    """Spans in order, asked whether one of them covers another."""

    def __init__(self, matches: Iterable[re.Match[str]]) -> None:
        self.spans = [Span(match.start(), match.end()) for match in matches]
        self.starts = [span.start for span in self.spans]

    def cover(self, span: Span) -> bool:
        at = bisect_right(self.starts, span.start) - 1
        return at >= 0 and self.spans[at].contains(span)

    def around(self, span: Span) -> Span:
        """Return the span that covers another."""
        return self.spans[bisect_right(self.starts, span.start) - 1]
