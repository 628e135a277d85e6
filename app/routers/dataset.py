"""`/dataset`: everything as files, to be taken away."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from app import __version__
from app.database.select import Select
from app.exports.table import NoticeSource
from app.http.conditional import http_date
from app.http.errors import MEDIA_TYPE, not_found
from app.http.headers import CACHE_CONTROL
from app.http.route import Route
from app.http.threads import Threads
from app.models.dataset import Dataset, DatasetFile
from app.models.notice import Notice
from app.release.dcat import catalog
from app.release.download import Download
from app.release.manifest import MEDIA_TYPES, FileInfo
from app.release.storage import Release
from app.routers.responses import RecordsDep

FileName = Annotated[str, Path(description="The file's name.")]


class ReleaseRoute(Route):
    """A route to the release. Whoever comes while it is built waits behind the one who asked first."""

    threads = Threads("release", at_once=1)


router = APIRouter(prefix="/dataset", tags=["dataset"], route_class=ReleaseRoute)

_LINKED_DATA = "application/ld+json"
_OBJECT = {"type": "object", "additionalProperties": True}


def _schema(media_type: str) -> dict[str, Any]:
    """Return the schema of a file of the release. That of JSON tells nothing: the address stands for every file."""
    if media_type.endswith("json"):
        return {}
    return {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}


_FILES = {media_type: {"schema": _schema(media_type)} for media_type in MEDIA_TYPES}
_DOWNLOADS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": _FILES},
    206: {"description": "The range that was asked for.", "content": _FILES},
    416: {
        "description": "The range asked for lies past the file's end; `Content-Range` tells its size.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}


class LinkedData(JSONResponse):
    """JSON-LD."""

    media_type = _LINKED_DATA


def get_release(request: Request) -> Release:
    release: Release = request.app.state.release
    return release


ReleaseDep = Annotated[Release, Depends(get_release)]


@router.get("", summary="The release and its files")
def get_dataset(records: RecordsDep, release: ReleaseDep) -> Dataset:
    """All notices as CSV, JSON, SQLite and text, with descriptors, checksums and read-me files, and one zip of it all.

    The file formats say the same, and just what the API says. `sha256` proves a download; the bytes change only when
    the data or the software does.
    """
    snapshot = records.repository.database.snapshot
    files = [_file(file, f"{records.root}/dataset") for file in release.files.values()]
    return Dataset(
        url=f"{records.root}/dataset",
        data_version=snapshot.data_version,
        api_version=__version__,
        released=snapshot.released,
        archive=files[-1].url,
        total=len(files),
        files=files,
    )


@router.get(
    ".jsonld",
    summary="The release as linked data",
    response_class=LinkedData,
    responses={200: {"content": {_LINKED_DATA: {"schema": _OBJECT}}}},
)
def get_linked_dataset(records: RecordsDep, release: ReleaseDep) -> Response:
    """The same in DCAT 3 and schema.org, for catalogues and search engines that gather datasets.

    Addresses are absolute where the service knows its public one, else relative to this document's.
    """
    notices = [NoticeSource.of(notice) for notice in records.repository.records(Notice, Select.records(Notice))]
    return LinkedData(catalog(records.base, records.repository.database.snapshot, notices, release.files.values()))


@router.get("/{file}", summary="Download a file", response_class=FileResponse, responses=_DOWNLOADS)
def get_dataset_file(file: FileName, records: RecordsDep, release: ReleaseDep) -> Response:
    """One file, whole or in ranges: a broken download is taken up again with `Range` and `If-Range`.

    The ETag is strong, and part of the file's SHA-256; files are sent as they are, never compressed on the way.
    """
    if not (found := release.files.get(file)):
        raise not_found("file", file, "file", list(release.files))
    headers = {
        "ETag": f'"{found.sha256[:32]}"',
        "Last-Modified": http_date(records.repository.database.snapshot.released),
        # What a proxy compresses on the way has no ranges of these bytes.
        "Cache-Control": f"{CACHE_CONTROL}, no-transform",
    }
    path, identity = release.open(file)
    return Download(path, identity, headers, found.media_type)


def _file(file: FileInfo, root: str) -> DatasetFile:
    return DatasetFile(**file.model_dump(), url=f"{root}/{file.name}")
