"""The notice's own record: title, date, source, inspected body, and the inspection that it answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.lines import names_body, plain
from app.transcription.draft.nodes import Outline
from app.transcription.parsing.numerals import parse_numeral
from app.transcription.parsing.periods import Period, parse_period
from app.transcription.source import Span

_CN = "[〇零○一二三四五六七八九十]"
_NUMBER = rf"(?:[0-9]{{1,2}}|{_CN}{{1,3}})"
_YEAR = rf"(?:[0-9]{{4}}|{_CN}{{4}})"
_DAY = rf"(?:[0-9]{{4}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}|{_YEAR}年{_NUMBER}月{_NUMBER}日)"
_RANGE = re.compile(
    r"[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:起)?[-—\uff0d–~至到](?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}[日月]"
)
_INSPECTION = re.compile(
    r"(?:(?:十[一二三四五六七八九]?|二十|[一二三四五六七八九]|[0-9]{1,2})届)?[^\s,，。关于对]{0,8}?"
    r"(?:第?(?:[一二三四五六七八九十]+|[0-9]+)轮)?(?:常规|专项|提级|交叉|机动)?(?P<type>巡视|巡察)"
)
_TEAM = re.compile(
    r"(?:中央|[省市区县州旗]委|自治区党委|[^\s,，。]{0,6}?党委|[^\s,，。]{0,4}?党组)?"
    r"第(?:[一二三四五六七八九十]+|[0-9]+)(?:巡视|巡察)组"
)


@dataclass(frozen=True)
class Found:
    """A value with its place in the source, if it is printed, and the rule that found it."""

    value: object
    span: Span | None
    confidence: float
    rule: str


class MastheadReader:
    """Reads what the notice says of itself and of its inspection."""

    def __init__(self, text: str, outline: Outline, lexicons: Lexicons) -> None:
        self.text, self.outline, self.lexicons = text, outline, lexicons
        self.plain = plain(text)
        self.nodes = {node.id: node for node in outline.nodes}

    def title(self) -> Found:
        """Return the title; without one, the first line."""
        if self.outline.title:
            span = self.outline.title
            printed = self.text[span.start : span.end]
            # The day, or a remark, may stand in brackets behind the title.
            tail = re.search(rf"\s*[(（]?\s*{_DAY}\s*[)）]?$", printed)
            return Found(None, Span(span.start, span.start + tail.start()) if tail else span, 0.95, "masthead:title")
        parts = self.outline.nodes[0].parts if self.outline.nodes else []
        return Found(None, parts[0] if parts else Span(0, len(self.text)), 0.2, "masthead:first line")

    def day(self) -> Found:
        """Return the day of the notice: in the masthead, else in the signature."""
        for id, rule in (("s-masthead", "masthead:date"), ("s-signature", "masthead:date of the signature")):
            node = self.nodes.get(id)
            matches = [match for span in (node.paragraphs if node else []) for match in self._finditer(_DAY, span)]
            for match in matches:
                stated = _one_day(match[0])
                if stated:
                    return Found(stated, Span(match.start(), match.end()), 0.95 if len(matches) == 1 else 0.8, rule)
        node = self.nodes.get("s-masthead")
        for match in (
            m for span in (node.paragraphs[1:] if node else []) for m in self._finditer(f"{_YEAR}年{_NUMBER}月", span)
        ):
            return Found(None, Span(match.start(), match.end()), 0.7, "masthead:month")
        return Found(None, None, 0.5, "masthead:no date")

    def source_name(self) -> Found:
        """Return who published the notice, where a label says so."""
        node = self.nodes.get("s-masthead")
        labels = any_of(self.lexicons.table("masthead.labels")["source"])
        for span in node.paragraphs if node else []:
            for match in self._finditer(rf"(?:{labels})\s*[:：]\s*(?P<name>[^\s:：]+)", span):
                return Found(None, Span(match.start("name"), match.end("name")), 0.95, "masthead:source")
        return Found(None, None, 0.5, "masthead:no source line")

    def body(self) -> Found:
        """Return the inspected body: whom the title names, or whom the preface says was inspected."""
        title = self.title().span
        printed = self.text[title.start : title.end] if title else ""
        match = re.match(r"(?P<body>[^\s]{4,40}?)\s*(?:关于|对)", printed) if title else None
        if match and title:
            first = match["body"].split("、")[0]
            return Found(None, Span(title.start, title.start + len(first)), 0.93, "masthead:title")
        for span in self.nodes["s-masthead"].paragraphs if "s-masthead" in self.nodes else []:
            if names_body(self.text[span.start : span.end], self.lexicons):
                return Found(None, span, 0.85, "masthead:a line of its own")
        for node in self.outline.nodes:
            for span in node.paragraphs[:3] if node.role == "preface" else []:
                for inner in self._finditer(r"(?:对|向)(?P<body>[^,，。对]{3,30}?)(?:开展|进行|反馈)", span):
                    return Found(None, Span(inner.start("body"), inner.end("body")), 0.6, "masthead:preface")
        return Found(None, title, 0.2, "masthead:nothing else")

    def inspection(self) -> dict[str, Found]:
        """Return type, words, numbers, team and dates of the inspection."""
        parts = [span for span in (self.title().span, *self._preface()) if span]
        words = self._best_inspection(parts)
        printed = self.text[words.start : words.end] if words else ""
        team = next((Span(m.start(), m.end()) for part in parts for m in self._finditer(_TEAM.pattern, part)), None)
        kind = "xuncha" if "巡察" in printed else "xunshi" if "巡视" in printed else None
        rule = "masthead:inspection"
        found = {
            "type": Found(kind, None, 0.97, rule),
            "text": Found(None, words, 0.85, rule),
            "committee": Found(_number(printed, "届"), None, 0.9, rule),
            "round": Found(_number(printed, "轮"), None, 0.9, rule),
            "team": Found(_number(self.text[team.start : team.end] if team else "", ""), None, 0.9, rule),
            "team_text": Found(None, team, 0.9, rule),
        }
        if look_back := re.search("“?回头看”?", printed):
            start = words.start + look_back.start() if words else 0
            found["look_back_text"] = Found(None, Span(start, start + len(look_back[0])), 0.9, rule)
        return found | self._dates()

    def further_teams(self) -> list[tuple[int | None, Span]]:
        """Return number and words of the teams beside the first one."""
        teams = {
            self.text[m.start() : m.end()]: m for part in self._preface() for m in self._finditer(_TEAM.pattern, part)
        }
        return [(_number(words, ""), Span(m.start(), m.end())) for words, m in list(teams.items())[1:]]

    def _dates(self) -> dict[str, Found]:
        preface = self._preface()
        period = next(
            (Span(m.start(), m.end()) for part in preface for m in self._finditer(_RANGE.pattern, part)), None
        )
        start, end = _days(self.text[period.start : period.end]) if period else (None, None)
        feedback = self._feedback(preface, period)
        stated = _days(self.text[feedback.start : feedback.end])[0] if feedback else None
        rule = "masthead:preface"
        return {
            "start_date": Found(start, None, 0.9, rule),
            "end_date": Found(end, None, 0.9, rule),
            "period_text": Found(None, period, 0.9, rule),
            "feedback_date": Found(stated, None, 0.85, rule),
            "feedback_text": Found(None, feedback, 0.85, rule),
        }

    def _feedback(self, preface: list[Span], period: Span | None) -> Span | None:
        """Return the last day before the word for feedback."""
        words = any_of(self.lexicons.table("masthead.inspection")["feedback"])
        day = r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?"
        for part in preface:
            stop = next(self._finditer(words, part), None)
            if stop:
                days = [
                    m
                    for m in self._finditer(day, Span(part.start, stop.start()))
                    if not (period and period.start <= m.start() < period.end)
                ]
                if days:
                    return Span(days[-1].start(), days[-1].end())
        return None

    def _best_inspection(self, parts: list[Span]) -> Span | None:
        """Return the words that name the inspection: those with term and round before the bare word."""
        found = [(Span(m.start(), m.end()), m[0]) for part in parts for m in self._finditer(_INSPECTION.pattern, part)]
        ranked = sorted(found, key=lambda item: -(("届" in item[1]) * 2 + ("轮" in item[1]) * 2))
        if not ranked:
            return None
        span, printed = ranked[0]
        start = span.start
        if "届" not in printed and "轮" not in printed:
            by_whom = re.search("[省市区县州旗]委(?:常规|专项)?.{2}$", printed)
            start = span.start + by_whom.start() if by_whom else span.end - 2
        look_back = re.match("“?回头看”?", self.text[span.end :])
        return Span(start, span.end + (look_back.end() if look_back else 0))

    def _preface(self) -> list[Span]:
        nodes = [node for node in self.outline.nodes if node.role == "preface"]
        return [span for node in nodes for span in node.paragraphs[:3]]

    def _finditer(self, pattern: str, span: Span) -> Iterator[re.Match[str]]:
        return re.compile(pattern).finditer(self.plain, span.start, span.end)


def _days(words: str) -> Period:
    """Return the first and the last day that words state; None for both where they state only months."""
    return parse_period(words) if re.search("[日号]|[-./][0-9]{1,2}[-./]", words) else (None, None)


def _one_day(words: str) -> date | None:
    start, end = parse_period(words)
    return start if start == end else None


def _number(printed: str, mark: str) -> int | None:
    """Return the number before 届 or 轮, or the only number."""
    match = re.search(rf"([0-9]+|{_CN}+){mark}", printed)
    value = parse_numeral(match[1]) if match else None
    return int(value) if value is not None else None
