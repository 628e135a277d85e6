"""Conditional requests (RFC 9110, 13 and 14): every header, fresh, stale or malformed, to every kind of response."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from asgi import run
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from app.http.conditional import parse_date

DOWNLOAD = "/dataset/metrics.csv"
REPRESENTATIONS = {
    "list": "/issues?limit=3",
    "record": "/issues/8",
    "facets": "/issues/facets",
    "search": f"/search?q={quote('消防')}&limit=3",
    "location": f"/locate?text={quote('消防')}",
    "text": "/source.txt",
    "short export": "/categories.csv",
    "long export": "/statements.csv",  # more than the cache keeps, so it is sent as it is made
    "workbook": "/categories.xlsx",
    "document": "/openapi.json",
    "linked data": "/dataset.jsonld",
    "page": "/zh/issues",
    "download": DOWNLOAD,
}
SLOW = ("long export", "workbook", "document")
OTHERS = {
    "missing record": ("/issues/999999", 404),
    "missing address": ("/nope", 404),
    "missing file": ("/dataset/nope.csv", 404),
    "bad query": ("/issues?limit=0", 422),
    "health": ("/healthz", 200),
    "readiness": ("/readyz", 200),
}
Headers = dict[str, str]


class Response(NamedTuple):
    """What went over the wire."""

    status: int
    headers: Headers
    body: bytes


async def respond(app: FastAPI, method: str, url: str, headers: Headers) -> Response:
    path, _, query = url.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": method, "path": path}
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    messages: list[Message] = []

    async def receive() -> Message:
        message: Message = await asyncio.get_running_loop().create_future()
        return message

    async def send(message: Message) -> None:
        messages.append(message)

    await app({**scope, "query_string": query.encode(), "headers": raw}, receive, send)
    found = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    assert len(found) == len(messages[0]["headers"]), "no header is sent twice"
    return Response(messages[0]["status"], found, b"".join(message.get("body", b"") for message in messages[1:]))


def respond_all(app: FastAPI, method: str, url: str, requests: Iterable[Headers]) -> list[Response]:
    async def respond_in_turn() -> list[Response]:
        return [await respond(app, method, url, headers) for headers in requests]

    return run(respond_in_turn())


class Forms:
    """What can be written of a representation's validators."""

    def __init__(self, headers: Headers) -> None:
        self.tag, self.weak = headers["etag"], headers["etag"].startswith("W/")
        self.strong = self.tag.removeprefix("W/")
        self.marked = f'{self.strong[:-1]}-gzip"'
        date = parse_date(headers["last-modified"])
        assert date
        self.date, self.earlier, self.later = date, date - timedelta(seconds=1), date + timedelta(days=40)

    def tags(self, *, fresh: bool) -> list[str]:
        """Return the values of a header of tags that match, weakly compared, or do not though they are well formed."""
        if not fresh:
            return ['"other"', 'W/"other", "another"', '"*"', f'"{self.tag[3:9]}"', '"a,b" , ""', ","]
        tag, strong = self.tag, self.strong
        return [tag, strong, f"W/{strong}", "*", f'"other", {tag}', f' {tag} ,"other"', f'"a,b",,{tag},', self.marked]


def imf(date: datetime) -> str:
    return f"{date:%a, %d %b %Y %H:%M:%S} GMT"


def rfc850(date: datetime) -> str:
    return f"{date:%A, %d-%b-%y %H:%M:%S} GMT"


def asctime(date: datetime) -> str:
    return f"{date:%a %b} {date.day:2} {date:%H:%M:%S %Y}"


FORMATS = (imf, rfc850, asctime)
MALFORMED_TAGS = [
    "",
    "nonsense",
    '"unclosed',
    "W/",
    'w/"lower"',
    "{tag}x",
    "x{tag}",
    "{tag} {tag}",
    "*, {tag}",
    '"{tag}"',
]
MALFORMED_DATES = [
    "",
    "yesterday",
    "0",
    "1795392000",
    "2026-11-23",
    "2026-11-23T00:00:00Z",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 01 Jan 9999999999 00:00:00 GMT",
    "Mon, 01 Jan 10000 00:00:00 GMT",
    "Mon, 00 Jan 2026 00:00:00 GMT",
    "Mon, 32 Jan 2026 00:00:00 GMT",
    "Mon, 30 Feb 2026 00:00:00 GMT",
    "Mon, 01 Jan 0000 00:00:00 GMT",
    "Mon, 01 Jan 2026 24:00:00 GMT",
    "Mon, 01 Jan 2026 00:60:00 GMT",
    "Mon, 01 Jan 2026 00:00:61 GMT",
    "Mon, 01 Jan 2026 00:00:00",
    "Mon, 01 Jan 2026 00:00:00 UTC",
    "Mon, 01 Jan 2026 00:00:00 +0000",
    "Mon, 01 jan 2026 00:00:00 GMT",
    "Mon, 1 Jan 2026 00:00:00 GMT",
    "Mon, 01 Jan 26 00:00:00 GMT",
    "Mon, 01-Jan-26 00:00:00 GMT",
    "Monday, 01-Jan-2026 00:00:00 GMT",
    "Monday, 01 Jan 2026 00:00:00 GMT",
    "Xyz, 01 Jan 2026 00:00:00 GMT",
    "Mon Jan 01 00:00:00 26",
    "Mon Jan  1 00:00:00 2026 GMT",
    "Mon, 01 Jan 2026 00:00:00 GMT, Mon, 01 Jan 2026 00:00:00 GMT",
    "Mon, ٠١ Jan 2026 00:00:00 GMT".encode().decode("latin-1"),
    "\xff",
    "x" * 10_000,
]


@pytest.fixture(scope="module")
def representations(seed_app: FastAPI) -> dict[str, Response]:
    """What each kind of representation is without any condition."""
    return {name: respond_all(seed_app, "GET", url, [{}])[0] for name, url in REPRESENTATIONS.items()}


def check(app: FastAPI, url: str, fresh: Response, headers: Headers, status: int) -> None:
    """Check the status of GET and HEAD, and that each holds what such a response has to."""
    (get,), (head,) = (respond_all(app, method, url, [headers]) for method in ("GET", "HEAD"))
    assert (get.status, head.status) == (status, status), headers
    assert get.headers == head.headers
    assert head.body == b""
    if status == 200:
        assert get == fresh
    elif status == 304:
        assert get.body == b""
        kept = {"etag", "last-modified", "cache-control", "vary", "access-control-allow-origin", "link"}
        assert {name: get.headers.get(name) for name in kept} == {name: fresh.headers.get(name) for name in kept}
        assert not {"content-type", "content-length", "content-encoding", "content-disposition"} & set(get.headers)
    else:
        assert get.headers["content-type"] == "application/problem+json"
        assert get.headers["cache-control"] == "no-store"
        assert get.headers["access-control-allow-origin"] == "*"
        assert not {"etag", "last-modified", "content-disposition", "x-total-count"} & set(get.headers)


every_kind = pytest.mark.parametrize("kind", REPRESENTATIONS)


@every_kind
def test_if_none_match(seed_app: FastAPI, representations: dict[str, Response], kind: str) -> None:
    run = partial(check, seed_app, REPRESENTATIONS[kind], representations[kind])
    forms = Forms(representations[kind].headers)

    for value in forms.tags(fresh=True):
        run({"If-None-Match": value}, 304)
    for value in forms.tags(fresh=False) + [value.format(tag=forms.strong) for value in MALFORMED_TAGS]:
        run({"If-None-Match": value}, 200)


@every_kind
def test_if_match(seed_app: FastAPI, representations: dict[str, Response], kind: str) -> None:
    """Tags are compared strongly, so a weak one never matches; `*` always does."""
    run = partial(check, seed_app, REPRESENTATIONS[kind], representations[kind])
    forms = Forms(representations[kind].headers)

    for value in forms.tags(fresh=True):
        strongly = not forms.weak and forms.strong in value and "W/" not in value
        run({"If-Match": value}, 200 if value == "*" or strongly else 412)
    for value in forms.tags(fresh=False) + [value.format(tag=forms.strong) for value in MALFORMED_TAGS]:
        run({"If-Match": value}, 412)


@every_kind
@pytest.mark.parametrize(
    ("header", "since", "before"), [("If-Modified-Since", 304, 200), ("If-Unmodified-Since", 200, 412)]
)
def test_dates(
    seed_app: FastAPI, representations: dict[str, Response], kind: str, header: str, since: int, before: int
) -> None:
    run = partial(check, seed_app, REPRESENTATIONS[kind], representations[kind])
    forms = Forms(representations[kind].headers)

    for write in FORMATS:
        run({header: write(forms.date)}, since)
        run({header: write(forms.later)}, since)
        run({header: write(forms.earlier)}, before)
    run({header: "Fri, 31 Dec 9999 23:59:60 GMT"}, since)
    run({header: "Thu, 01 Jan 1970 00:00:00 GMT"}, before)
    for value in MALFORMED_DATES[: 7 if kind in SLOW else None]:
        run({header: value}, 200)


# Four states of each header. The first two of Range can be answered; the last of each is malformed.
STATES = {
    "If-Match": (None, "{tag}", '"other"', "nonsense"),
    "If-Unmodified-Since": (None, "{date}", "{earlier}", "nonsense"),
    "If-None-Match": (None, "{tag}", '"other"', "nonsense"),
    "If-Modified-Since": (None, "{date}", "{earlier}", "nonsense"),
    "Range": (None, "bytes=5-9", "bytes=99999999-", "bytes=a"),
    "If-Range": (None, "{tag}", '"other"', "nonsense"),
}
# Whether the condition holds in each of the states; None where it is absent or to be ignored.
HOLDS = {
    "If-Match": (None, True, False, False),
    "If-Unmodified-Since": (None, True, False, None),
    "If-None-Match": (None, False, True, True),
    "If-Modified-Since": (None, False, True, None),
}


def expected(method: str, weak: bool, ranges: bool, state: dict[str, int]) -> int:
    """Return the status by RFC 9110, 13.2.2."""
    holds = {name: values[state[name]] for name, values in HOLDS.items()}
    if holds["If-Match"] is not None:
        if not holds["If-Match"] or weak:
            return 412
    elif holds["If-Unmodified-Since"] is False:
        return 412
    if holds["If-None-Match"] is not None:
        if not holds["If-None-Match"]:
            return 304
    elif holds["If-Modified-Since"] is False:
        return 304
    if method == "GET" and ranges and state["If-Range"] in (0, 1):
        return (200, 206, 416, 200)[state["Range"]]
    return 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@every_kind
def test_all_conditions_together(
    seed_app: FastAPI, representations: dict[str, Response], kind: str, method: str
) -> None:
    """Every state of every header with every other: of each pair of rivals one or both, and both that tell ranges."""
    forms, ranges = Forms(representations[kind].headers), kind == "download"
    values = {"tag": forms.tag, "date": imf(forms.date), "earlier": imf(forms.earlier)}
    sizes = [4, 4, 4, 4, *([4, 4] if ranges else [2, 1])]
    # Three at once where all six headers have a say, and two where four have.
    most = 3 if kind in ("record", "download") else 2
    states = [
        dict(zip(STATES, numbers, strict=True))
        for numbers in product(*map(range, sizes))
        if sum(number > 0 for number in numbers) <= most
    ]
    requests = [
        {name: value.format(**values) for name, number in state.items() if (value := STATES[name][number])}
        for state in states
    ]

    found = respond_all(seed_app, method, REPRESENTATIONS[kind], requests)

    statuses = [response.status for response in found]
    assert statuses == [expected(method, forms.weak, ranges, state) for state in states]
    whole = representations[kind].body
    bodies = {200: whole, 206: whole[5:10], 304: b""}
    for response in found:
        if method == "HEAD":
            assert response.body == b""
        elif response.status in bodies:
            assert response.body == bodies[response.status]


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_representation_has_no_conditions(seed_app: FastAPI, kind: str) -> None:
    url, status = OTHERS[kind]
    (fresh,) = respond_all(seed_app, "GET", url, [{}])

    assert fresh.status == status
    assert not {"etag", "last-modified"} & set(fresh.headers)
    assert fresh.headers["cache-control"] == "no-store"
    for header, values in STATES.items():
        for value in ("*", *filter(None, values)):
            given = {header: value.format(tag='"x"', date=imf(datetime.now(UTC)), earlier=imf(datetime(1999, 1, 1)))}
            for method in ("GET", "HEAD"):
                (response,) = respond_all(seed_app, method, url, [given])
                assert (response.status, response.headers) == (fresh.status, fresh.headers)
                assert response.body == (fresh.body if method == "GET" else b"")


@every_kind
def test_head_is_get_without_the_body(seed_app: FastAPI, representations: dict[str, Response], kind: str) -> None:
    (head,) = respond_all(seed_app, "HEAD", REPRESENTATIONS[kind], [{}])

    assert head == (200, representations[kind].headers, b"")
    assert representations[kind].body


@every_kind
def test_only_a_download_has_ranges(seed_app: FastAPI, representations: dict[str, Response], kind: str) -> None:
    (get,) = respond_all(seed_app, "GET", REPRESENTATIONS[kind], [{"Range": "bytes=0-0"}])
    (head,) = respond_all(seed_app, "HEAD", REPRESENTATIONS[kind], [{"Range": "bytes=0-0"}])

    assert head == (200, representations[kind].headers, b"")
    if kind == "download":
        assert (get.status, get.body) == (206, representations[kind].body[:1])
        assert get.headers["content-range"] == f"bytes 0-0/{len(representations[kind].body)}"
    else:
        assert get == representations[kind]


def test_a_412_is_in_the_language_that_the_client_reads(client: TestClient) -> None:
    for language, word in (("zh-CN", "前提条件"), ("en", "precondition")):
        response = client.get("/issues?limit=3", headers={"If-Match": '"x"', "Accept-Language": language})
        assert word in response.json()["detail"]
        assert response.json()["instance"] == "/issues?limit=3"


IF_RANGES: list[tuple[str, int]] = [
    ("{tag}", 206),
    ("W/{tag}", 200),
    ('"other"', 200),
    ("{marked}", 200),
    ("{tag}, {tag}", 200),
    ("*", 200),
    ("", 200),
    ("nonsense", 200),
    # A day is too coarse: of two versions of one day it does not tell which (RFC 9110, 8.8.2.2 and 13.1.5).
    ("{date}", 200),
    ("{earlier}", 200),
    ("{later}", 200),
    ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 200),
]


@pytest.mark.parametrize(("value", "status"), IF_RANGES)
def test_if_range(seed_app: FastAPI, representations: dict[str, Response], value: str, status: int) -> None:
    """A range is sent only of the very bytes of which the client has the beginning."""
    fresh = representations["download"]
    forms = Forms(fresh.headers)
    dates = {"date": imf(forms.date), "earlier": imf(forms.earlier), "later": imf(forms.later)}
    given = {"Range": "bytes=5-", "If-Range": value.format(tag=forms.tag, marked=forms.marked, **dates)}

    (response,) = respond_all(seed_app, "GET", DOWNLOAD, [given])

    assert response.status == status
    assert response.body == fresh.body[5 if status == 206 else 0 :]


RANGES: list[tuple[str, list[slice]]] = [
    ("bytes=0-0", [slice(0, 1)]),
    ("bytes=5-", [slice(5, None)]),
    ("bytes=-7", [slice(-7, None)]),
    ("bytes=-99999999", [slice(None)]),
    ("bytes=0-99999999999999999999999", [slice(None)]),
    ("BYTES=0-1", [slice(0, 2)]),
    ("bytes= 0-1 ", [slice(0, 2)]),
    ("bytes=,0-1,,", [slice(0, 2)]),
    ("bytes=0-1,99999999-", [slice(0, 2)]),
    ("bytes=0-3,2-5", [slice(0, 6)]),
    ("bytes=0-1,9-10", [slice(0, 2), slice(9, 11)]),
    ("bytes=9-10,0-1,-2", [slice(0, 2), slice(9, 11), slice(-2, None)]),
]


@pytest.mark.parametrize(("value", "parts"), RANGES)
def test_a_range_is_just_those_bytes(client: TestClient, value: str, parts: list[slice]) -> None:
    whole = client.get(DOWNLOAD).content

    response = client.get(DOWNLOAD, headers={"Range": value})

    assert response.status_code == 206
    assert int(response.headers["content-length"]) == len(response.content)
    if len(parts) == 1:
        assert response.content == whole[parts[0]]
        assert response.headers["content-range"].endswith(f"/{len(whole)}")
    else:
        boundary = response.headers["content-type"].partition("boundary=")[2].encode()
        found = [
            part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in response.content.split(b"--" + boundary)
        ]
        assert found[1:-1] == [whole[part] for part in parts]


MALFORMED_RANGES = [
    *("", "0-5", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,5-2", "bytes=--5"),
    *("bytes=1--2", "bytes=0-1;2-3", "bytes 0-5", "bytes =0-5", "lines=0-5", "bytes=0-5,lines=7-8", "bytes=0x1-0x2"),
    *("bytes=+1-2", "bytes=1.0-2", "bytes=٠-٥".encode().decode("latin-1"), f"bytes={'9' * 5000}-"),
    f"bytes={'0-0,' * 101}0-0",  # not malformed, but more than are honest
]


@pytest.mark.parametrize("value", MALFORMED_RANGES)
def test_a_range_that_is_not_well_formed_is_none(
    seed_app: FastAPI, representations: dict[str, Response], value: str
) -> None:
    assert respond_all(seed_app, "GET", DOWNLOAD, [{"Range": value}])[0] == representations["download"]


@pytest.mark.parametrize("value", ["bytes=99999999-", "bytes=99999999-999999999", "bytes=-0", "bytes=-0,99999999-"])
def test_a_range_past_the_end_is_refused_with_the_size(client: TestClient, value: str) -> None:
    size = len(client.get(DOWNLOAD).content)

    response = client.get(DOWNLOAD, headers={"Range": value})

    assert response.status_code == 416
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["content-range"] == f"bytes */{size}"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json()["type"] == "urn:zhenggai:problem:range-not-satisfiable"
    assert str(size) in response.json()["detail"]


def test_a_broken_download_is_taken_up_again(client: TestClient) -> None:
    whole = client.get(DOWNLOAD)

    first = client.get(DOWNLOAD, headers={"Range": "bytes=0-999"})
    rest = client.get(DOWNLOAD, headers={"Range": "bytes=1000-", "If-Range": first.headers["etag"]})

    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == whole.content


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)),
        ("Sun Nov  6 08:49:37 1994", datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_date_has_three_forms(text: str, date: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, 2026)

    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("now", "written", "year"),
    [
        (2026, 26, 2026),
        (2026, 76, 2076),
        (2026, 77, 1977),
        (2026, 0, 2000),
        (2060, 10, 2010),
        (2060, 99, 2099),
        (2099, 1, 2001),
    ],
)
def test_a_year_of_two_digits_is_at_most_fifty_years_ahead(
    monkeypatch: pytest.MonkeyPatch, now: int, written: int, year: int
) -> None:
    set_clock(monkeypatch, now)

    date = parse_date(f"Monday, 01-Jan-{written:02} 00:00:00 GMT")

    assert date == datetime(year, 1, 1, tzinfo=UTC)


def set_clock(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Clock":
            return cls(year, 6, 1, tzinfo=tz)

    monkeypatch.setattr("app.http.conditional.datetime", Clock)


@pytest.mark.parametrize("text", MALFORMED_DATES)
def test_nothing_else_is_a_date(text: str) -> None:
    assert parse_date(text) is None
