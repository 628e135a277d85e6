"""`/changes`: releases of the data and their corrections, as a list and as a feed."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.exports.atom import MEDIA_TYPE, atom_feed
from app.http.route import Route
from app.models.change import Release
from app.models.decimal import parse_json
from app.queries.changes import read_releases
from app.queries.query import Page, Paging
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/changes", tags=["dataset"], route_class=Route)

_FEED_LENGTH = 50  # releases


class ReleasePage(Page[Release]):
    """Some releases, the newest first."""


class AtomResponse(Response):
    """An Atom feed."""

    media_type = MEDIA_TYPE


@router.get("", summary="List releases and corrections", response_model=ReleasePage)
async def list_changes(query: Annotated[Paging, Query()], records: RecordsDep) -> Response:
    """What changed in the data, release by release, the newest first; no data are served without a release.

    Each correction names the record by `uid` and `url`, the field, the value that was published before and the one that
    is right. Where one field was corrected several times, the newest correction says what the data say now.
    """
    items, total = read_releases(records.repository, query.limit, query.offset, records.root)
    return records.page(items, total, query)


@router.get(".atom", summary="Releases and corrections as a feed", response_class=AtomResponse)
async def get_changes_feed(records: RecordsDep) -> Response:
    """The newest releases as an Atom feed (RFC 4287), in English and Chinese, for feed readers.

    Addresses are absolute where the service knows its public one, else path-absolute; the ids of the entries are the
    same everywhere.
    """
    base = records.base
    releases, _ = read_releases(records.repository, _FEED_LENGTH, 0, base)
    return AtomResponse(atom_feed(base, [parse_json(release) for release in releases]))
