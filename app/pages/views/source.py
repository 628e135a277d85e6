"""`/zh/source`: the whole notice, with its headings, clauses, figures and terms marked and no character changed."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Response
from markupsafe import Markup

from app.pages.context import PageContext, PageDep
from app.pages.highlight import Annotation, annotate, tag
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)

Record = dict[str, Any]
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@router.get("/source")
@reads("span")
async def get_source(page: PageDep) -> Response:
    """Return the notice as an annotated text, with a table of contents."""
    notice = (await page.fetch("/notice")).content
    paths = ("sections", "statements", "metrics", "issues", "glossary")
    records = {path: (await page.fetch_all(f"/{path}")).content for path in paths}
    text = AnnotatedSource(
        page,
        page.catalog.text(notice["notice"]),
        sections=records["sections"],
        statements=records["statements"],
        metrics=records["metrics"],
        issues=records["issues"],
        glossary=records["glossary"],
        span=requested_span(page),
        residue=notice["residue"],
    )
    return page.render(
        "source.html",
        source=page.api_url("/source.txt", ("notice", notice["notice"])),
        notice=notice,
        outline=[section for section in records["sections"] if section["title"]],
        text=text.markup(),
        metrics=records["metrics"],
    )


def requested_span(page: PageContext) -> tuple[int, int]:
    """Return the characters that the page's address asks to mark (`span=11629-11636`), none if it does not."""
    asked = _SPAN.fullmatch(dict(page.query).get("span", ""))
    return (int(asked[1]), int(asked[2])) if asked else (0, 0)


def section_start(section: Record) -> int:
    """Return where a section begins: at its number, its title, or its first words."""
    start: int = next(section[key] for key in ("marker_start", "title_start", "start") if section[key] is not None)
    return start


class AnnotatedSource:
    """The text of a notice with the annotations of its records, line by line."""

    def __init__(
        self,
        page: PageContext,
        text: str,
        *,
        sections: list[Record],
        statements: list[Record],
        metrics: list[Record],
        issues: list[Record],
        glossary: list[Record],
        span: tuple[int, int],
        residue: list[Record],
    ) -> None:
        self.page, self.text, self.span = page, text, span
        self.sections = {section_start(section): section for section in sections}
        self.residue = [(line["start"], line["end"]) for line in residue]
        self.issue_numbers = {issue["section_id"]: issue["number"] for issue in issues}
        self.figures = list(self._figures(metrics))
        # Tags can't cross: figures come before clauses, and clauses before terms.
        clauses = [Annotation(s["start"], s["end"], *tag("span", id=s["id"], class_=s["role"])) for s in statements]
        self.clauses = [clause for clause in clauses if not any(map(clause.crosses, self.figures))]
        terms = [term for entry in glossary for term in self._terms(entry)]
        self.terms = [term for term in terms if not any(map(term.crosses, self.clauses))]

    def _figures(self, metrics: list[Record]) -> Iterator[Annotation]:
        """Yield a link for every place where a figure is printed, with an anchor for each metric of the place."""
        places: dict[tuple[int, int], list[Record]] = {}
        for metric in metrics:
            places.setdefault((metric["value_start"], metric["value_end"]), []).append(metric)
        for (start, end), (metric, *others) in places.items():
            anchors = Markup("").join(Markup('<span id="metric-{}"></span>').format(other["id"]) for other in others)
            id, href = f"metric-{metric['id']}", self.page.url(f"/metrics/{metric['id']}")
            title = self.page.localized(metric, "label")
            opening, closing = tag("a", class_="figure", id=id, href=href, title=title)
            yield Annotation(start, end, anchors + opening, closing)

    def _terms(self, entry: Record) -> Iterator[Annotation]:
        """Yield a link where a term first stands in the text of each section, unless that is within a figure."""
        explanation = f"{entry['pinyin']} · {entry['en']}: {self.page.localized(entry, 'definition')}"
        href = self.page.url("/glossary", fragment=entry["id"])
        tags = tag("a", class_="term", href=href, title=explanation)
        places = [Annotation(place["start"], place["end"], *tags) for place in entry["places"]]
        for section in self.sections.values():
            inside = [place for place in places if (section["start"] or 0) <= place.start < (section["end"] or 0)]
            if inside and not any(map(inside[0].overlaps, self.figures)):
                yield inside[0]

    def markup(self) -> Markup:
        """Return the text with a block for every line that is not blank."""
        annotations = []
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            within = self._within_line(start, end)
            annotations += [self._block(start, end), *within, *self._marks(start, end, within)]
        return annotate(self.text, 0, len(self.text), annotations)

    def _marks(self, start: int, end: int, others: list[Annotation]) -> Iterator[Annotation]:
        """Yield what a line has of the requested span, cut where other annotations begin or end, so that all nest."""
        first, last = max(start, self.span[0]), min(end, self.span[1])
        cuts = {cut for other in others for cut in (other.start, other.end) if first < cut < last}
        for begin, stop in pairwise(sorted({first, last} | cuts)) if first < last else ():
            yield Annotation(begin, stop, *tag("mark", id="span" if begin == self.span[0] else None))

    def _block(self, start: int, end: int) -> Annotation:
        """Return the block of a line. Where a section without a heading begins, it is that section's anchor."""
        untitled = (section for section in self._sections_from(start, end) if not section["title"])
        section = next(untitled, None)
        is_left_over = any(first <= start and start < last for first, last in self.residue)
        tags = tag("div", class_="residue" if is_left_over else "line", id=section["id"] if section else None)
        return Annotation(start, end, *tags)

    def _within_line(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations of a line, without those that continue in the next one."""
        sections = self._sections_from(start, end)
        headings = [self._heading(section) for section in sections if section["title"]]
        numbers = [number for section in sections if (number := self._issue_number(section))]
        others = (*self.clauses, *self.figures, *self.terms)
        return [*headings, *numbers, *(one for one in others if start <= one.start and one.end <= end)]

    def _sections_from(self, start: int, end: int) -> list[Record]:
        """Return the sections that begin in a line."""
        return [section for position, section in self.sections.items() if start <= position < end]

    def _heading(self, section: Record) -> Annotation:
        """Return a heading of the notice, one level below the page's own."""
        end = section["title_end"] + self.text.startswith("。", section["title_end"])
        return Annotation(section_start(section), end, *tag(f"h{min(section['depth'], 3) + 2}", id=section["id"]))

    def _issue_number(self, section: Record) -> Annotation | None:
        """Return the link of an issue's printed number to its page; None where the section is no issue."""
        number = self.issue_numbers.get(section["id"])
        if number is None or section["marker_start"] is None:
            return None
        title = self.page.messages["source_issue"].format(number=number)
        tags = tag("a", class_="number", href=self.page.url(f"/issues/{number}"), title=title)
        return Annotation(section["marker_start"], section["marker_end"], *tags)
