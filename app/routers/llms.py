"""`/llms.txt`: what this is and how to use it rightly, for programs that read prose."""

from pathlib import Path
from string import Template

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from app.database.select import Select, equal, table_of
from app.exports.table import NoticeSource
from app.http.route import Route
from app.models.notice import Notice, NoticeRow, license_url
from app.routers.responses import RecordsDep

router = APIRouter(tags=["notice"], route_class=Route)

_DRAFT = (
    " It is a draft: a program's guesses are in it that nobody has looked at; say so with whatever you take from it."
)
_TEMPLATE = Path(__file__).with_name("llms.md")


@router.get("/llms.txt", summary="The service in prose, for language models", response_class=PlainTextResponse)
async def get_llms(records: RecordsDep) -> Response:
    """What the service is, what may not be inferred from it, its main addresses, how to cite: short, in Markdown.

    Written for language models and whoever else reads before asking. Addresses are absolute where the service knows its
    public one, else path-absolute.
    """
    select = Select.records(Notice).where(equal(table_of(NoticeRow).c.slug, records.repository.catalog.default))
    (record,) = records.repository.records(Notice, select)
    source = NoticeSource.of(record)
    title = f"{source.title} ({source.title_en})" if source.title_en else source.title
    address = source.source_url or f"{records.base}/source.txt"
    license = f"[{source.transcription_license}]({license_url(source.transcription_license)})"
    text = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        base=records.base,
        notice=f"{', '.join(filter(None, (title, source.source_name, source.date)))}.",
        draft=_DRAFT if source.stage == "draft" else "",
        license=license,
        source=f"[The source]({address}): the notice {'where it was published' if source.source_url else 'as text'}",
        rights=source.rights_en or source.rights,
    )
    return PlainTextResponse(text)
