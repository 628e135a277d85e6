"""Files: a list as CSV, Excel or NDJSON, sent as it is made, under a name that says what it is of."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass

from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from app.exports import FORMATS
from app.exports.chunks import chunks
from app.exports.columns import columns_of
from app.exports.disposition import disposition
from app.exports.json_text import parsed
from app.exports.table import About, Language, Table

# What the lists hold, in Chinese; in English the address itself says it.
NAMES = {
    "sections": "段落",
    "categories": "类别",
    "issues": "问题",
    "statements": "语句",
    "measures": "举措",
    "metrics": "数字",
    "numerals": "数字清点",
    "notices": "通报",
    "indicators": "指标",
    "search": "搜索",
    "glossary": "术语",
}


class Stream(StreamingResponse):
    """A body made of records as they are read; whoever leaves early ends the reading."""

    def __init__(
        self, body: Iterator[bytes], records: Iterable[str], media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(body, media_type=media_type, headers=headers)
        self.sources = (body, records)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            for source in self.sources:
                if isinstance(source, Generator):
                    source.close()


@dataclass(frozen=True)
class File:
    """What of a request makes the file."""

    form: str
    collection: str
    notice: str
    about: About
    language: Language
    excel: bool

    def response(self, record: type[BaseModel], items: Iterable[str], headers: Mapping[str, str]) -> StreamingResponse:
        """The records, given as JSON texts, as the file."""
        form = FORMATS[self.form]
        table = Table(columns_of(record), self.about, self.language, self.excel)
        # A record written out is a line of NDJSON already.
        lines = (f"{item}\n" for item in items)
        body = chunks(lines) if self.form == "ndjson" else form.write(map(parsed, items), table)
        return Stream(body, items, form.media_type, {**headers, "Content-Disposition": self._disposition(form.suffix)})

    def _disposition(self, suffix: str) -> str:
        """The file's name, Chinese for who reads such."""
        chinese = f"整改数据-{NAMES[self.collection]}-{self.notice}.{suffix}"
        return disposition(chinese, f"zhenggai-{self.collection}-{self.notice}.{suffix}")
