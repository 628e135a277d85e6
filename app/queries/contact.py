"""The contact lines of a notice, with their citation."""

from app.database.repository import Repository
from app.database.select import Select, equal, table_of
from app.http.mount import expand_urls
from app.models.citation import Passage
from app.models.contact import ContactRow
from app.models.notice import Notice, NoticeRow
from app.models.record import cite
from app.queries.query import with_fields

_NOTICE, _CONTACT = table_of(NoticeRow), table_of(ContactRow)


def read_contact(repository: Repository, notice: str, mount: str, base: str) -> str:
    """Return the JSON of a notice's contact lines, cited from the first as far as the last."""
    select = Select.records(Notice, notice).where(equal(_NOTICE.c.slug, notice))
    ((text,),) = repository.database.fetch(select, _NOTICE.c.contact)
    columns = (_CONTACT.c.section_id, _CONTACT.c.text, _CONTACT.c.start, _CONTACT.c.end)
    lines = repository.database.fetch(Select.rows(_CONTACT, notice), *columns)
    passage = None
    if lines:
        section, first_text, start, _ = lines[0]
        passage = Passage(section, first_text, start, lines[-1][3])
    citations = cite(repository.catalog.work(notice), passage, base, None, f"/contact?notice={notice}")
    return with_fields(expand_urls(text, mount), citations)
