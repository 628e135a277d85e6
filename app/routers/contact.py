"""`/contact`: how to reach the publisher."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.database.select import Selection
from app.http.route import Route
from app.models.contact import Contact
from app.models.notice import Notice
from app.queries.pagination import NoticeQuery
from app.queries.reader import ReaderDep, answer

router = APIRouter(tags=["contact"], route_class=Route)


@router.get("/contact", summary="The contact lines", response_model=Contact)
async def get_contact(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """Telephone, e-mail, postal address, the note for the envelope and postcode, as printed on the notice's date.

    `uri` is the machine form where there is one: a `tel:` with its extension (RFC 3966), a `mailto:`.
    """
    slug = reader.notice(query.notice)
    (text,) = reader.find(Selection(Notice.table), "contact", Notice.key, slug, "notice")
    return answer(reader.placed(text))
