"""Citations: the words by which a place in a notice is cited, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_LONGEST = 120  # characters of a quote; the place tells the whole


@dataclass(frozen=True)
class Passage:
    """A stretch of the source: in which section, its words, its place."""

    section_id: str
    words: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The first line of the words, cut where it is long."""
        line = self.words.partition("\n")[0]
        return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"


@dataclass(frozen=True)
class Work:
    """A notice as it is cited. `numbers` has each section's printed numbers, those above it first: `二、(一)8.`"""

    title: str
    title_en: str
    body: str
    body_en: str
    date: date
    numbers: Mapping[str, str]
    data_version: str

    def cited(self, passage: Passage | None, url: str) -> str:
        """The citation of a passage, or of the whole notice."""
        parts = [self.title if self.body in self.title else f"{self.body}《{self.title}》", str(self.date)]
        if passage:
            place = f"{self.numbers[passage.section_id]}第{passage.start}至{passage.end}字"
            parts += [place, f"“{passage.quote}”"]
        return f"{','.join(parts)}。整改数据,数据版本{self.data_version},{url}"

    def cited_en(self, passage: Passage | None, url: str) -> str:
        """The same in English; the notice's title is our translation."""
        parts = [self.title_en if self.body_en in self.title_en else f"{self.body_en}: {self.title_en}", str(self.date)]
        if passage:
            place = f"{self.numbers[passage.section_id]} characters {passage.start} to {passage.end}"
            parts += [place.strip(), f"“{passage.quote}”"]
        return f"{', '.join(parts)}. Zhenggai, data version {self.data_version}, {url}"
