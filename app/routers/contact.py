"""`/contact`: how to reach the publisher."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.models.contact import Contact, ContactLine
from app.pagination import NoticeQuery
from app.reader import ReaderDep
from app.route import Route

router = APIRouter(tags=["contact"], route_class=Route)


@router.get("/contact", summary="The contact lines")
async def get_contact(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Contact:
    """Telephone, e-mail, postal address, the note for the envelope and postcode, as printed on the notice's date.

    `uri` is the machine form where there is one: a `tel:` with its extension (RFC 3966), a `mailto:`.
    """
    slug = reader.notice(query.notice)
    found = reader.objects(reader.select("contact", slug), ContactLine.model_fields)
    lines = [ContactLine.model_validate(line) for line in found]
    url = f"{reader.root}/contact?notice={slug}"
    return Contact(notice=slug, uid=f"{slug}/contact", url=url, lines=lines)
