"""Citations: the words by which a place in a notice is cited, in Chinese and in English."""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

_LONGEST = 120  # characters of a quote; the place tells the whole
_ENDS = tuple("。！？…")
_SINGLE, _SINGLE_END = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"


class Passage(NamedTuple):
    """A stretch of the source: in which section, its words, its place."""

    section_id: str
    words: str
    start: int
    end: int

    def quote(self) -> str:
        """Return the first line of the words, quotation marks within it made single; …… where more follows."""
        whole = self.words.strip()
        cut = whole.partition("\n")[0][:_LONGEST]
        goes_on = len(cut) != len(whole) or len(self.words) < self.end - self.start
        return f"{cut.replace('“', _SINGLE).replace('”', _SINGLE_END)}{'……' if goes_on else ''}"


@dataclass(frozen=True)
class Work:
    """A notice as it is cited. `numbers` has each section's printed numbers, those above it first: `二、(一)8.`"""

    title: str
    title_en: str | None
    body: str
    body_en: str | None
    date: date | None
    date_text: str | None
    is_draft: bool
    numbers: Mapping[str, str]
    data_version: str

    def cite(self, passage: Passage | None, url: str, url_en: str) -> dict[str, str]:
        """Return the citations of a passage, or of the whole notice, in Chinese and in English.

        The English one has our translation of the notice's title, and the printed one beside it.
        """
        if passage is None:
            return {
                "citation": f"{self._head}。{self._foot}{url}",
                "citation_en": f"{self._head_en}. {self._foot_en}{url_en}",
            }
        quote, number, offsets = passage.quote(), self._numbers[passage.section_id], f"{passage.start}–{passage.end}"
        # None is put behind a mark that ends a sentence.
        stop, stop_en = ("", "") if quote.endswith(_ENDS) else ("。", ".")
        place = f"原文序号{number}，字符位置{offsets}" if number else f"字符位置{offsets}"
        place_en = f"section {number}, character offsets {offsets}" if number else f"character offsets {offsets}"
        return {
            "citation": f"{self._head}，{place}：“{quote}”{stop}{self._foot}{url}",
            "citation_en": f"{self._head_en}, {place_en}: “{quote}”{stop_en} {self._foot_en}{url_en}",
        }

    # What is the same in every citation of the notice: a file has one in every row.
    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return {id: number.rstrip("、.\N{FULLWIDTH FULL STOP}") for id, number in self.numbers.items()}

    @cached_property
    def _head(self) -> str:
        title = f"《{self.title}》" if self.body in self.title else f"{self.body}：《{self.title}》"
        day = f"{self.date.year}年{self.date.month}月{self.date.day}日" if self.date else self.date_text
        return f"{title}，{day}" if day else title

    @cached_property
    def _head_en(self) -> str:
        day = f"{self.date.day} {month_name[self.date.month]} {self.date.year}" if self.date else self.date_text
        return f"{self._title_en()}, {day}" if day else self._title_en()

    @cached_property
    def _foot(self) -> str:
        return f"整改数据{'（草稿，未经核对）' if self.is_draft else ''}，数据版本{self.data_version}，"

    @cached_property
    def _foot_en(self) -> str:
        return f"Zhenggai{' (draft, not reviewed)' if self.is_draft else ''}, data version {self.data_version}, "

    def _title_en(self) -> str:
        """The translated title beside the printed one; the printed one alone where there is no translation."""
        if not self.title_en:
            return f"《{self.title}》"
        body = self.body_en or ""
        title = self.title_en if body in self.title_en else f"{body}: {self.title_en}"
        return f"{title} [unofficial translation of 《{self.title}》]"
