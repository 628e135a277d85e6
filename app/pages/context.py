"""The context of one page: its language, notice and addresses, and the rendered response."""

from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse

from app.database.catalog import Catalog
from app.database.select import ALL
from app.http.mount import mounted, root_path, route_path
from app.pages import static_files
from app.pages.api import ApiClient, Parameters
from app.pages.language import DEFAULT_LANGUAGE, LANGUAGE_TAGS, LANGUAGES, MESSAGES
from app.pages.templating import ENVIRONMENT
from app.routers.responses import public_url


class PageContext(ApiClient):
    """What a page needs while it is made. Templates see it as `page`."""

    def __init__(self, request: Request) -> None:
        self.path = route_path(request.scope)
        has_language = self.path[1:3] in LANGUAGES
        self.language = self.path[1:3] if has_language else DEFAULT_LANGUAGE
        self.page_path = self.path[3:] if has_language else self.path  # the same in every language
        super().__init__(request, MESSAGES[self.language])

    @property
    def catalog(self) -> Catalog:
        catalog: Catalog = self.request.app.state.catalog
        return catalog

    @cached_property
    def query(self) -> Parameters:
        """The query of the page's address, without the fields that a form left empty."""
        return [(name, value) for name, value in self.request.query_params.multi_items() if value.strip()]

    def url(
        self,
        path: str,
        *parameters: tuple[str, Any],
        notice: str | None = None,
        fragment: str = "",
        language: str | None = None,
    ) -> str:
        """Return the address of a page, in this language unless another is named.

        The notice (of the parameters, else `notice`, else the page's own) is left out where it is the default one.
        """
        named = None if "notice" in dict(parameters) else notice or self.notice
        extra = [("notice", named)] if named and named != self.catalog.default else []
        url = self.api_url(f"/{language or self.language}{path}", *parameters, *extra)
        return f"{url}#{fragment}" if fragment else url

    def clause_url(self, notice: str, issue: int | None, statement: str) -> str:
        """Return the address of a clause: on the page of its issue, or in the source where it belongs to none."""
        return self.url("/source" if issue is None else f"/issues/{issue}", notice=notice, fragment=statement)

    def source_url(self, notice: str, start: int, end: int) -> str:
        """Return the address of the source with the characters from `start` to `end` marked in it."""
        return self.url("/source", ("span", f"{start}-{end}"), notice=notice, fragment="span")

    def url_in(self, language: str) -> str:
        """Return the address of this page in another language, with the whole query."""
        return self.api_url(f"/{language}{self.page_path}", *self.request.query_params.multi_items())

    def canonical_url(self, language: str, parameters: Parameters) -> str:
        """Return the one address of this page in a language, with the parameters that decide what it shows."""
        return self.absolute_url(self.url(self.page_path, *parameters, language=language))

    def absolute_url(self, url: str) -> str:
        """Return an address of this service with the public address, or as it is where that is not known."""
        return public_url(self.request) + url.removeprefix(root_path(self.request.scope))

    @property
    def has_draft(self) -> bool:
        """Whether the page's notice is a draft, or one of all is."""
        drafts = self.catalog.drafts
        return bool(drafts) if self.notice == ALL else (self.notice or self.catalog.default) in drafts

    @property
    def has_public_url(self) -> bool:
        """Whether the public address is known."""
        return self.request.app.state.public_url is not None

    def static_url(self, name: str) -> str:
        """Return the address of a stylesheet, a script or the icon."""
        return mounted(self.request.scope, f"/static/{static_files.digest()}/{name}")

    def aria_current(self, name: str) -> str | None:
        """Return the `aria-current` of a link in the navigation: `page` on that page, `true` on a page below it."""
        first, *rest = self.page_path.strip("/").split("/")
        if first != name:
            return None
        return "true" if rest else "page"

    def localized(self, record: Any, field: str) -> str:
        """Return a field in the page's language: `title` or `title_en`, which falls back to `title`."""
        text: str = record[field if self.language == "zh" else f"{field}_en"] or record[field]
        return text

    def label(self, vocabulary: str, code: Any) -> str:
        """Return the label of a code in the page's language: a message of the pages where they say it more plainly."""
        if plain := self.messages.get(f"{vocabulary}_{code}"):
            return plain
        return self.catalog.labels[vocabulary][code][LANGUAGES.index(self.language)]

    def render(
        self, template: str, *, source: str | None = None, query: Parameters = (), status: int = 200, **context: Any
    ) -> Response:
        """Return the page as HTML, with the status 422 instead of 200 where a parameter of its address was refused.

        `source` is the address of the data that the page shows; `query` are the parameters of the page's address that
        decide what it shows, without the notice.
        """
        status = 422 if status == 200 and self.errors else status
        tag = LANGUAGE_TAGS[self.language]
        html = ENVIRONMENT.get_template(template).render(
            page=self, messages=self.messages, language_tag=tag, source=source, query=query, status=status, **context
        )
        headers = {"Content-Language": tag} | ({} if status == 200 else {"Cache-Control": "no-store"})
        return HTMLResponse(html, status, headers)

    def render_not_found(self, problem: dict[str, Any] | None = None) -> Response:
        """Return the 404 page, with what the API's problem document says if there is one."""
        return self.render("not_found.html", status=404, error=problem["errors"][0] if problem else None)


PageDep = Annotated[PageContext, Depends(PageContext)]


async def handle_page_not_found(request: Request, error: Any) -> Response:
    """Answer a `PageNotFound` with the 404 page."""
    return PageContext(request).render_not_found(error.problem)
