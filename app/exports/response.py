"""The response that carries an export: a file streamed as its records are read from the database."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.exports import FORMATS, Format
from app.exports.encoding import content_disposition, encode_chunks, parse_json
from app.exports.table import About, Language, Table, select_columns
from app.models.record import Collection


def export_response(
    format: Format,
    model: type[Collection],
    rows: Iterable[str],
    *,
    notice: str,
    about: About,
    columns: Sequence[str] | None = None,
    lang: Language | None = None,
    bom: bool = False,
    headers: Mapping[str, str] | None = None,
) -> StreamingResponse:
    """Return records, given as the JSON texts of `model`, as a file to be downloaded.

    `notice` is the slug of their notice, or `all`, and goes into the file's name. `columns` are the fields to write, in
    that order; None writes all of them. `about`, `lang` and `bom` are those of `Table`. Raise KeyError for an unknown
    column.
    """
    table = Table(select_columns(model, columns), about, lang, bom)
    if format is FORMATS["ndjson"] and columns is None:
        # The rows are the file's lines already, so they need not be parsed and written again.
        body = encode_chunks(f"{row}\n" for row in rows)
    else:
        body = format.write(map(parse_json, rows), table)
    disposition = content_disposition(
        f"整改数据-{model.collection_zh}-{notice}.{format.suffix}",
        f"zhenggai-{model.collection}-{notice}.{format.suffix}",
    )
    return _ExportResponse(body, rows, format.media_type, {**(headers or {}), "Content-Disposition": disposition})


class _ExportResponse(StreamingResponse):
    """A streamed body that closes its generators, and so the database cursor, when the client disconnects."""

    def __init__(self, body: Iterator[bytes], rows: Iterable[str], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(body, media_type=media_type, headers=headers)
        self.sources = (body, rows)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            for source in self.sources:
                if isinstance(source, Generator):
                    source.close()
