"""`/zh/source`: the whole notice, its headings, clauses and figures marked, and not a character of it changed."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Response
from markupsafe import Markup

from app.pages.annotate import Thread, tag, woven
from app.pages.context import Frame, FrameDep

router = APIRouter()

Record = dict[str, Any]
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@router.get("/source")
async def get_source(frame: FrameDep) -> Response:
    """The notice, marked."""
    notice = await frame.ask("/notice")
    sections = await frame.all("/sections")
    statements, metrics = await frame.all("/statements"), await frame.all("/metrics")
    issues = {issue["section_id"]: issue["number"] for issue in await frame.all("/issues")}
    terms = await frame.all("/glossary")
    frame.source = frame.api("/source.txt", ("notice", notice["notice"]))
    text = frame.catalog.text(notice["notice"])
    marked = Marked(frame, text, sections, statements, metrics, issues, terms)
    return frame.render("source.html", notice=notice, outline=outline(sections), marked=marked.whole(), metrics=metrics)


def begin(section: Record) -> int:
    """Where a section begins: at its number, its title, or its first words."""
    start: int = next(section[k] for k in ("marker_start", "title_start", "start") if section[k] is not None)
    return start


def outline(sections: list[Record]) -> list[Record]:
    """The headings for the table of contents: those with a title."""
    return [section for section in sections if section["title"]]


class Marked:
    """One notice's text with its marks, line by line."""

    def __init__(self, frame: Frame, text: str, sections: list[Record], *more: Any) -> None:
        statements, metrics, issues, terms = more
        self.frame, self.text, self.issues = frame, text, issues
        self.sections = {begin(section): section for section in sections}
        self.last = max(section["end"] or begin(section) for section in sections)
        self.figures = list(self._figures(metrics))
        clauses = [Thread(s["start"], s["end"], *tag("span", id=s["id"], class_=s["role"])) for s in statements]
        self.clauses = [clause for clause in clauses if not any(clause.cuts(figure) for figure in self.figures)]
        hints = [hint for entry in terms for hint in self._terms(entry)]
        self.terms = [hint for hint in hints if not any(hint.cuts(clause) for clause in self.clauses)]

    def _figures(self, metrics: list[Record]) -> Iterator[Thread]:
        """A mark for every place where a figure is printed, whichever and however many records are of it."""
        places: dict[tuple[int, int], list[Record]] = {}
        for metric in metrics:
            places.setdefault((metric["value_start"], metric["value_end"]), []).append(metric)
        for (start, end), (metric, *others) in places.items():
            anchors = Markup("").join(Markup('<span id="metric-{}"></span>').format(other["id"]) for other in others)
            href = self.frame.at(f"/metrics/{metric['id']}")
            opened, closed = tag(
                "a", class_="figure", id=f"metric-{metric['id']}", href=href, title=self.frame.pick(metric, "label")
            )
            yield Thread(start, end, anchors + opened, closed)

    def _terms(self, entry: Record) -> Iterator[Thread]:
        """A hint where a term first stands in a section's text, if it cuts no clause and is no part of a figure."""
        hint = f"{entry['pinyin']} · {entry['en']}: {self.frame.pick(entry, 'definition')}"
        tags = tag("a", class_="term", href=f"{self.frame.at('/glossary')}#{entry['id']}", title=hint)
        places = [Thread(place["start"], place["end"], *tags) for place in entry["places"]]
        for section in self.sections.values():
            inside = [place for place in places if (section["start"] or 0) <= place.start < (section["end"] or 0)]
            yield from [place for place in inside[:1] if not any(place.meets(one) for one in self.figures)]

    def whole(self) -> Markup:
        """The text, a block for every line; what stands between the lines stays as it is."""
        parts: list[Thread] = [Thread(*line.span(), *self._block(line.start(), line.end())) for line in self._lines()]
        inner = [thread for line in parts for thread in self._inside(line.start, line.end)]
        return woven(self.text, 0, len(self.text), [*parts, *inner])

    def _lines(self) -> Iterator[re.Match[str]]:
        return _LINE.finditer(self.text)

    def _block(self, start: int, end: int) -> tuple[Markup, Markup]:
        """The tags around a line; the line where a section without a heading begins is that section's anchor."""
        first = next((s for at, s in self.sections.items() if start <= at < end and not s["title"]), None)
        look = "residue" if start >= self.last else "line"
        return tag("div", class_=look, id=first["id"] if first else None)

    def _inside(self, start: int, end: int) -> list[Thread]:
        """The threads in a line: headings, clauses, figures. What runs over its end is left out."""
        headings = [self._heading(s) for at, s in self.sections.items() if start <= at < end and s["title"]]
        numbers = [number for at, s in self.sections.items() if start <= at < end and (number := self._number(s))]
        rest = (*self.clauses, *self.figures, *self.terms)
        return [*headings, *numbers, *(thread for thread in rest if start <= thread.start and thread.end <= end)]

    def _heading(self, section: Record) -> Thread:
        """A heading of the notice, one level below the page's own."""
        end = section["title_end"] + self.text.startswith("。", section["title_end"])
        return Thread(begin(section), end, *tag(f"h{min(section['depth'], 3) + 2}", id=section["id"]))

    def _number(self, section: Record) -> Thread | None:
        """The printed number of an issue, which leads to it."""
        number = self.issues.get(section["id"])
        if number is None or section["marker_start"] is None:
            return None
        name = self.frame.words["source_issue"].format(number=number)
        tags = tag("a", class_="number", href=self.frame.at(f"/issues/{number}"), title=name)
        return Thread(section["marker_start"], section["marker_end"], *tags)
