"""The response that carries an export: a file streamed as its records are read from the database."""

import logging
from collections.abc import Generator, Iterable, Iterator, Mapping

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send
from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]

from app.database.errors import Unavailable
from app.exports import Format
from app.exports.encoding import content_disposition
from app.exports.table import Record, Table
from app.models.record import Collection

logger = logging.getLogger("zhenggai")


def export_response(
    format: Format,
    model: type[Collection],
    records: Iterable[Record],
    table: Table,
    notice: str,
    headers: Mapping[str, str] | None = None,
) -> StreamingResponse:
    """Return records of a model as a file to be downloaded, written as they are read.

    `notice` is the slug of their notice, or `all`, and goes into the file's name. The first part is made at once, so
    that what can't be read or written is an error and not the beginning of a file. Raises `Unavailable` where there is
    no room for what has to be written to the disk first.
    """
    disposition = content_disposition(
        f"整改数据-{model.collection_zh}-{notice}.{format.suffix}",
        f"zhenggai-{model.collection}-{notice}.{format.suffix}",
    )
    rest = format.write(records, table)
    try:
        first = next(rest, b"")
    except (OSError, XlsxFileError) as error:
        logger.error("there is no room for a .%s file: %s", format.suffix, error)
        raise Unavailable(str(error)) from None
    body = _joined(first, rest)
    return _ExportResponse(body, records, format.media_type, {**(headers or {}), "Content-Disposition": disposition})


def _joined(first: bytes, rest: Iterator[bytes]) -> Generator[bytes]:
    try:
        yield first
        yield from rest
    finally:
        if isinstance(rest, Generator):
            rest.close()


class _ExportResponse(StreamingResponse):
    """A streamed body that closes its generators, and so the database cursor, when the client disconnects."""

    def __init__(
        self, body: Iterator[bytes], records: Iterable[Record], media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(body, media_type=media_type, headers=headers)
        # A generator that was not begun can't close what is in it.
        self.sources = (body, records)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            for source in self.sources:
                if isinstance(source, Generator):
                    source.close()
