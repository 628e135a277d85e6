"""The frame: one page under way, with its language, its words, its way to the data and the look they all share."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.database.catalog import Catalog
from app.http.links import address, mounted
from app.pages import highlight, static_files
from app.pages.client import Parameters, ask
from app.pages.validation import Slips
from app.pages.wording import WORDS
from app.queries.pagination import MOST_ITEMS as LARGEST_PAGE

LANGUAGES = ("zh", "en")
# The tags that browsers, fonts and screen readers go by.
TAGS = {"zh": "zh-CN", "en": "en"}
MAIN = ("issues", "measures", "metrics", "plots", "source", "locate")
# What an operation takes about files is nothing to a page.
_OF_FILES = {"format", "excel", "lang"}
ASIDE = ("glossary", "about", "docs")

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals |= {name: getattr(highlight, name) for name in ("pieces", "hits", "figures", "excerpt")}
TEMPLATES.filters["number"] = "{:,}".format


class Missing(Exception):
    """What a page is about is not there; holds the API's own problem document."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem


class Frame:
    """One page under way. Templates see it as `page`."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.path = mounted(request.scope, request.scope["path"]).removeprefix(
            request.scope.get("root_path", "").rstrip("/")
        )
        self.language = self.path[1:3] if self.path[1:3] in LANGUAGES else "en"
        self.words = WORDS[self.language]
        self.slips = Slips(self.words)
        self.notice = request.query_params.get("notice") or None

    # The first address asked, and what of the page's query went into it.
    source: str | None = None
    kept: Parameters = ()

    @property
    def catalog(self) -> Catalog:
        catalog: Catalog = self.request.app.state.catalog
        return catalog

    @cached_property
    def given(self) -> Parameters:
        """The query as it came, without what a form left empty."""
        return [(name, value) for name, value in self.request.query_params.multi_items() if value.strip()]

    async def ask(self, path: str, *more: tuple[str, Any], given: Parameters = ()) -> Any:
        """What the API answers at a path. The first one asked is what the page says it shows.

        Of `given` only what the operation takes is handed on, and what it refuses is left out and told in the page;
        the notice that the page is asked about goes along wherever it can. `Missing` where there is nothing.
        """
        takes = self._takes(path)
        named = {name for name, _ in more}
        notice = [("notice", self.notice)] if self.notice and "notice" in takes - named else []
        parameters = [*notice, *((n, v) for n, v in given if n in takes and n != "notice"), *more]
        answer = await ask(self.request, path, parameters)
        while answer.status == 422:
            left = self.slips.without(parameters, answer.content["errors"])
            if len(left) == len(parameters):
                break  # refused for what is not there: something needed
            parameters = left
            answer = await ask(self.request, path, parameters)
        if answer.status != 200:
            raise Missing(answer.content)
        if "notice" in takes - named and notice and notice[0] not in parameters:
            self.notice = None
        if self.source is None:
            self.source, self.kept = self.api(path, *parameters), parameters
        return answer.content

    async def all(self, path: str, *more: tuple[str, Any]) -> list[dict[str, Any]]:
        """Every record of a collection."""
        items: list[dict[str, Any]] = []
        while True:
            page = await self.ask(path, ("limit", LARGEST_PAGE), ("offset", len(items)), *more)
            items += page["items"]
            if len(items) >= page["total"] or not page["items"]:
                return items

    def _takes(self, path: str) -> set[str]:
        """The parameters of the operation at a path, from the OpenAPI document."""
        paths = self.request.app.document["paths"]
        deep = [name for name in paths if name.endswith("}") and name.rpartition("/")[0] == path.rpartition("/")[0]]
        operation = paths[path if path in paths else deep[0]]["get"]
        return {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"} - _OF_FILES

    def api(self, path: str, *parameters: tuple[str, Any]) -> str:
        """The address of data."""
        return self._address(path, parameters)

    def at(self, path: str, *parameters: tuple[str, Any], notice: str | None = None) -> str:
        """The address of a page in this language; that of another notice than the default one says so."""
        named = None if "notice" in dict(parameters) else notice or self.notice
        aside = [("notice", named)] if named and named != self.catalog.default else []
        return self._address(f"/{self.language}{path}", [*parameters, *aside])

    def other(self, language: str) -> str:
        """The address of this page in a language."""
        rest = self.path[3:] if self.path[1:3] in LANGUAGES else self.path
        return self._address(f"/{language}{rest}", self.request.query_params.multi_items())

    def here(self, name: str) -> str | None:
        """How the page stands to an entry of the navigation: `page` on it, `true` below it."""
        rest = self.path[3:].strip("/").split("/")
        return None if rest[0] != name else "page" if len(rest) == 1 else "true"

    def file(self, name: str) -> str:
        """The address of a style, a script or a picture."""
        return mounted(self.request.scope, f"/static/{static_files.digest()}/{name}")

    def _address(self, path: str, parameters: Parameters) -> str:
        return address(self.request.scope, path, parameters) if parameters else mounted(self.request.scope, path)

    def pick(self, record: Any, field: str) -> str:
        """A label of ours in the page's language: `title` or `title_en`."""
        text: str = record[field if self.language == "zh" else f"{field}_en"] or record[field]
        return text

    def term(self, vocabulary: str, code: Any) -> str:
        """What a code stands for, in the page's language."""
        return self.catalog.labels[vocabulary][code][LANGUAGES.index(self.language)]

    def render(self, template: str, status: int = 200, **context: Any) -> Response:
        """The finished page; 422 where something in its address was refused."""
        status = 422 if status == 200 and self.slips.told else status
        html = TEMPLATES.get_template(template).render(
            page=self, w=self.words, tag=TAGS[self.language], TAGS=TAGS, MAIN=MAIN, ASIDE=ASIDE, **context
        )
        headers = {"Content-Language": TAGS[self.language]} | ({} if status == 200 else {"Cache-Control": "no-store"})
        return HTMLResponse(html, status, headers)

    def missing(self, problem: dict[str, Any] | None = None) -> Response:
        """The page for what is not there, with what there is."""
        return self.render("missing.html", 404, slip=problem["errors"][0] if problem else None)


FrameDep = Annotated[Frame, Depends(Frame)]


async def tell_missing(request: Request, error: Any) -> Response:
    """The answer to `Missing`."""
    return Frame(request).missing(error.problem)
