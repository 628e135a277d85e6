"""`/contact`: how to reach the publisher."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.database.select import table_of
from app.http.responses import json_response
from app.http.route import Route
from app.models.contact import Contact
from app.models.notice import Notice, NoticeRow
from app.queries.pagination import NoticeQuery
from app.routers.dependencies import RepositoryDep
from app.routers.responses import find, urls

router = APIRouter(tags=["contact"], route_class=Route)


@router.get("/contact", summary="The contact lines", response_model=Contact)
async def get_contact(query: Annotated[NoticeQuery, Query()], request: Request, repository: RepositoryDep) -> Response:
    """Telephone, e-mail, postal address, the note for the envelope and postcode, as printed on the notice's date.

    `uri` is the machine form where there is one: a `tel:` with its extension (RFC 3966), a `mailto:`.
    """
    notice = table_of(NoticeRow).c
    slug = query.notice or repository.catalog.default
    (text,) = find(repository, repository.select(Notice, slug), notice.slug, slug, "notice", notice.contact)
    return json_response(urls(request, text))
