"""The tutorial's app: FastAPI and SQLModel as their documentation shows them, answering what the service answers.

It stands for what most people would write over the same tables: plain `def` routes, a session for each request, one
`select` for a page and one for its total, a response model. Nothing is kept but what a notice is cited by, which no
request has to look up; and nothing is made slower than there. Words are looked for as the service does.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import sqlalchemy
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from pydantic import BaseModel
from sqlalchemy import bindparam
from sqlmodel import Session, col, create_engine, func, select

from app.database.sqlite import match_query, matches
from app.models.citation import Work
from app.models.issue import Issue, IssueDetail, IssueTable
from app.models.metric import Metric, MetricTable
from app.models.notice import NoticeRow
from app.models.passage import PASSAGE_INDEX, PassageTable
from app.models.record import Record
from app.models.search_hit import Hit, Place
from app.models.section import SectionTable
from app.models.snapshot import SnapshotTable
from app.models.statement import Measure, StatementTable
from app.queries.passages import COLUMNS, Passage
from app.queries.search import ALL_COLUMNS, TITLE, highlights, lookups

T = TypeVar("T")
R = TypeVar("R", bound=Record)
router = APIRouter()

SORTS = {
    "value": col(MetricTable.sort_value),
    "period_start": col(MetricTable.period_start),
    "issue": col(MetricTable.issue_number),
    "unit": col(MetricTable.unit_code),
    "counted": col(MetricTable.counted_code),
}


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int
    limit: int
    offset: int
    next: str | None
    previous: str | None


class Paging(BaseModel):
    limit: int = Query(50, ge=1, le=200)
    offset: int = Query(0, ge=0)


def get_session(request: Request) -> Iterator[Session]:
    with Session(request.app.state.engine) as session:
        yield session


def get_notice(request: Request, notice: str | None = None) -> str:
    return notice or str(request.app.state.default)


SessionDep = Annotated[Session, Depends(get_session)]
NoticeDep = Annotated[str, Depends(get_notice)]
PagingDep = Annotated[Paging, Depends()]
Strings = Annotated[list[str], Query()]
Numbers = Annotated[list[int], Query()]


def make_page(request: Request, items: Sequence[Any], total: int, paging: Paging) -> Any:
    after, before = paging.offset + paging.limit, max(0, paging.offset - paging.limit)
    return {
        "items": items,
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": page_url(request, after) if after < total else None,
        "previous": page_url(request, before) if paging.offset > 0 else None,
    }


def page_url(request: Request, offset: int) -> str:
    parameters = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{request.url.path}?{urlencode([*parameters, ('offset', str(offset))], quote_via=quote)}"


def read_page(session: Session, request: Request, statement: Any, record: type[Record], paging: Paging) -> Any:
    rows = session.exec(statement.offset(paging.offset).limit(paging.limit)).all()
    total = session.exec(select(func.count()).select_from(statement.order_by(None).subquery())).one()
    return make_page(request, [public(record, row) for row in rows], total, paging)


def public(record: type[R], row: Any) -> R:
    """The public record of a row. The service is mounted at the root."""
    id = getattr(row, record.key)
    names = {"uid": f"{row.notice}/{record.collection}/{id}", "url": record.path(row.notice, id)}
    return record.model_validate(row, update=names)


@router.get("/issues", response_model=Page[Issue])
def read_issues(
    session: SessionDep,
    request: Request,
    notice: NoticeDep,
    paging: PagingDep,
    category: Numbers = [],  # noqa: B006
    topic: Strings = [],  # noqa: B006
) -> Any:
    statement = select(IssueTable).where(IssueTable.notice == notice)
    if category:
        statement = statement.where(col(IssueTable.category_number).in_(category))
    if topic:
        topics = func.json_each(IssueTable.topics).table_valued("value")
        statement = statement.where(select(topics.c.value).where(topics.c.value.in_(topic)).exists())
    return read_page(session, request, statement.order_by(col(IssueTable.position)), Issue, paging)


@router.get("/issues/{number}", response_model=IssueDetail)
def read_issue(session: SessionDep, request: Request, notice: NoticeDep, number: int) -> Any:
    issue = session.get(IssueTable, {"notice": notice, "number": number})
    if issue is None:
        raise HTTPException(status_code=404, detail="Issue not found")
    clauses = select(StatementTable).where(
        StatementTable.notice == notice, StatementTable.issue_number == number, StatementTable.role == "measure"
    )
    figures = select(MetricTable).where(MetricTable.notice == notice, MetricTable.issue_number == number)
    measures = session.exec(clauses.order_by(col(StatementTable.position))).all()
    metrics = session.exec(figures.order_by(col(MetricTable.position))).all()
    record = public(Issue, issue).model_dump()
    return {
        **record,
        **Issue.cite(record, request.app.state.works[notice], ""),
        "measures": [public(Measure, measure) for measure in measures],
        "metrics": [public(Metric, metric) for metric in metrics],
    }


@router.get("/metrics", response_model=Page[Metric])
def read_metrics(
    session: SessionDep,
    request: Request,
    notice: NoticeDep,
    paging: PagingDep,
    category: Numbers = [],  # noqa: B006
    unit: Strings = [],  # noqa: B006
    sort: str | None = None,
) -> Any:
    statement = select(MetricTable).where(MetricTable.notice == notice)
    if category:
        statement = statement.where(col(MetricTable.category_number).in_(category))
    if unit:
        statement = statement.where(col(MetricTable.unit_code).in_(unit))
    if sort:
        column = SORTS[sort.removeprefix("-")]
        statement = statement.order_by((column.desc() if sort.startswith("-") else column.asc()).nulls_last())
    return read_page(session, request, statement.order_by(col(MetricTable.position)), Metric, paging)


@router.get("/search", response_model=Page[Hit])
def search(
    session: SessionDep,
    request: Request,
    notice: NoticeDep,
    paging: PagingDep,
    q: str,
    type: Strings = [],  # noqa: B006
) -> Any:
    found = sqlalchemy.select(*COLUMNS).where(col(PassageTable.notice) == notice, within(q))
    if type:
        found = found.where(col(PassageTable.type).in_(type))
    titled = set(session.exec(select(PassageTable.rowid).where(within(q, TITLE))))
    sections: dict[str, list[Passage]] = {}
    for values in session.execute(found.order_by(col(PassageTable.rowid))):
        passage = Passage(*values)
        sections.setdefault(passage.section_id, []).append(passage)
    ranked = sorted(sections.values(), key=lambda group: not any(passage.rowid in titled for passage in group))
    source = session.exec(select(NoticeRow.text).where(NoticeRow.slug == notice)).one()
    hits = [make_hit(source, q, group) for group in ranked[paging.offset : paging.offset + paging.limit]]
    return make_page(request, hits, len(ranked), paging)


def within(q: str, columns: tuple[str, ...] = ALL_COLUMNS) -> Any:
    found = select(PASSAGE_INDEX.c.rowid).where(matches(bindparam(None, match_query(lookups(q, columns)))))
    return col(PassageTable.rowid).in_(found)


def make_hit(source: str, q: str, passages: list[Passage]) -> Hit:
    notice, section = passages[0].notice, passages[0].section_id
    start, end = min(passage.start for passage in passages), max(passage.end for passage in passages)
    places = [Place(start=start + first, end=start + last) for first, last in highlights(source[start:end], q)]
    first = places[0].start if places else start
    begin, finish = max(start, first - 40), min(end, first + 80)
    return Hit(
        notice=notice,
        uid=f"{notice}/search/{section}",
        url=f"/sections/{section}?notice={notice}",
        section_id=section,
        issue_number=next((int(passage.id) for passage in passages if passage.type == "issue"), None),
        excerpt=source[begin:finish],
        excerpt_start=begin,
        excerpt_end=finish,
        marks=places,
        records=[passage.link("") for passage in passages],
    )


def create_app(database: Path | None = None) -> FastAPI:
    """The app over a database that the service has built: the one given, else the one that `BENCH_DATABASE` names."""
    app = FastAPI()
    path = database or Path(os.environ["BENCH_DATABASE"])
    app.state.engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    with Session(app.state.engine) as session:
        notices = session.exec(select(NoticeRow).order_by(col(NoticeRow.position))).all()
        app.state.default = notices[0].slug
        app.state.works = {notice.slug: read_work(session, notice) for notice in notices}
    app.include_router(router)
    return app


def read_work(session: Session, notice: NoticeRow) -> Work:
    """What the records of a notice are cited by."""
    numbers: dict[str | None, str] = {None: ""}
    for section in session.exec(
        select(SectionTable).where(SectionTable.notice == notice.slug).order_by(col(SectionTable.position))
    ):
        numbers[section.id] = numbers[section.parent_id] + (section.marker or "")
    return Work(
        title=notice.title,
        title_en=notice.title_en,
        body=notice.inspected_body,
        body_en=notice.inspected_body_en,
        date=notice.date,
        date_text=notice.date_text,
        is_draft=notice.stage == "draft",
        numbers={id: number for id, number in numbers.items() if id is not None},
        data_version=session.exec(select(SnapshotTable.data_version)).one(),
    )
