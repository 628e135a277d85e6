"""`/contact`: how to reach the publisher."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.http.route import JSONText, Route
from app.models.contact import ContactDetail
from app.queries.contact import read_contact
from app.queries.query import NoticeQuery
from app.routers.responses import RecordsDep

router = APIRouter(tags=["contact"], route_class=Route)


@router.get("/contact", summary="The contact lines", response_model=ContactDetail)
async def get_contact(query: Annotated[NoticeQuery, Query()], records: RecordsDep) -> Response:
    """Telephone, e-mail, postal address, the note for the envelope and postcode, as printed on the notice's date.

    `uri` is the machine form where there is one: a `tel:` with its extension (RFC 3966), a `mailto:`.
    """
    slug = query.notice
    return JSONText(read_contact(records.repository, slug, records.root, records.base))
