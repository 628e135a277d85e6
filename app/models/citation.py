"""Citations: the words by which a place in a notice is cited, in Chinese and in English."""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_LONGEST = 120  # characters of a quote; the place tells the whole
_ENDS = "。！？…"
_WITHIN = str.maketrans("“”", "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")


@dataclass(frozen=True)
class Passage:
    """A stretch of the source: in which section, its words, its place."""

    section_id: str
    words: str
    start: int
    end: int

    @cached_property
    def quote(self) -> str:
        """The first line of the words in quotation marks, those within it made single; …… where more follows."""
        whole = self.words.strip()
        cut = whole.partition("\n")[0][:_LONGEST]
        goes_on = cut != whole or len(self.words) < self.end - self.start
        return f"“{cut.translate(_WITHIN)}{'……' if goes_on else ''}”"

    @property
    def ends_a_sentence(self) -> bool:
        """Whether the quote ends with a mark that ends a sentence, so that none is put behind it."""
        return self.quote[-2] in _ENDS


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

    def cite(self, passage: Passage | None, url: str) -> str:
        """The citation of a passage, or of the whole notice."""
        if not passage:
            return f"{self._head}。{self._foot}{url}"
        place = "，".join([self._head, *self._place(passage, "原文序号", "字符位置")])
        return f"{place}：{passage.quote}{'' if passage.ends_a_sentence else '。'}{self._foot}{url}"

    def cite_en(self, passage: Passage | None, url: str) -> str:
        """The same in English; the notice's title is our translation, and its own stands beside it."""
        if not passage:
            return f"{self._head_en}. {self._foot_en}{url}"
        place = ", ".join([self._head_en, *self._place(passage, "section ", "character offsets ")])
        return f"{place}: {passage.quote}{'' if passage.ends_a_sentence else '.'} {self._foot_en}{url}"

    # What is the same in every citation of the notice: a file has one in every row.
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

    def _place(self, passage: Passage, section: str, offsets: str) -> list[str]:
        """The section by its printed numbers, where it has any, and the offsets that `start` and `end` give."""
        number = self.numbers[passage.section_id].rstrip("、.\N{FULLWIDTH FULL STOP}")
        place = f"{offsets}{passage.start}–{passage.end}"
        return [f"{section}{number}", place] if number else [place]
