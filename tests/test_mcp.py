"""The Model Context Protocol: read-only tools for two clients over both transports, and a quote for every number."""

import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import mcp_types as types
import pytest
from asgi import run
from fastapi import FastAPI
from fastapi.testclient import TestClient
from fastmcp import Client as FastClient
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from paging import everything

from app.main import create_app
from app.mcp.server import NoticeServer
from app.settings import ROOT, Settings
from app.transcription.parsing.numerals import NUMERAL, parse_numeral

T = TypeVar("T")
NAMES = ["search", "get_record", "list_metrics", "list_measures", "locate_quotation", "not_stated"]
# Fields that hold a place, a name, an address or what the client itself said.
NO_FIGURES = re.compile(
    r".*(start|end|uid|url|_id|_code|number)|id|asked|same_as|part_of|denominator|field|type|kind|topics"
)
PRINTED = {"quote", "text", "value_text", "period_text", "comparison_text", "unit", "counted", "actor", "directive"}
PRINTED |= {"prompted_by", "modality_text", "problem", "name", "issuer", "stands", "sanction_text"}
PRINTED |= {"date_text", "inspection_text", "inspection_period_text", "feedback_text", "inspected_body", "source_name"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@asynccontextmanager
async def official(server: str, database: Path, transport: str) -> AsyncIterator[Client]:
    """A session of the SDK's own client."""
    environment = os.environ | {"NOTICE_DATABASE": str(database)}
    command = StdioServerParameters(command=sys.executable, args=["-m", "app", "mcp"], cwd=ROOT, env=environment)
    async with Client(f"{server}/mcp" if transport == "http" else stdio_client(command)) as client:
        yield client


@asynccontextmanager
async def fast(server: str, database: Path, transport: str) -> AsyncIterator[FastClient[Any]]:
    """A session of FastMCP's client."""
    environment = os.environ | {"NOTICE_DATABASE": str(database)}
    way: Any = StreamableHttpTransport(f"{server}/mcp")
    if transport == "stdio":
        way = StdioTransport(sys.executable, ["-m", "app", "mcp"], env=environment, cwd=str(ROOT), keep_alive=False)
    async with FastClient(way) as client:
        yield client


@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_the_sdks_client_lists_calls_and_reads(server: str, database: Path, client: TestClient, transport: str) -> None:
    async def session() -> tuple[Any, ...]:
        async with official(server, database, transport) as opened:
            tools = await opened.list_tools()
            result = await opened.call_tool("list_metrics", {"indicator": ["issues_done"]})
            (resource,) = (await opened.list_resources()).resources
            content = (await opened.read_resource(str(resource.uri))).contents[0]
            return tools.tools, result, content

    tools, result, content = run(session())

    assert [tool.name for tool in tools] == NAMES
    assert all(tool.annotations.read_only_hint for tool in tools)
    (item,) = result.structured_content["items"]
    (metric,) = client.get("/metrics?indicator=issues_done").json()["items"]
    assert {name: item[name] for name in item if name != "other_quotes"}.items() <= metric.items()
    assert json.loads(result.content[0].text) == result.structured_content
    assert content.text == client.get("/source.txt").text


@pytest.mark.parametrize("transport", ["http", "stdio"])
def test_fastmcps_client_lists_calls_and_reads(server: str, database: Path, client: TestClient, transport: str) -> None:
    async def session() -> tuple[Any, ...]:
        async with fast(server, database, transport) as opened:
            tools = await opened.list_tools()
            result = await opened.call_tool("locate_quotation", {"text": "已新建制度59项"})
            (resource,) = await opened.list_resources()
            return tools, result.structured_content, (await opened.read_resource(resource.uri))[0]

    tools, result, content = run(session())

    assert [tool.name for tool in tools] == NAMES
    assert result["status"] == "exact"
    assert result["places"][0]["quote"] == client.get("/locate?text=已新建制度59项").json()["places"][0]["sentence"]
    assert content.text == client.get("/source.txt").text


def call(app: FastAPI, *calls: tuple[str, dict[str, Any]]) -> list[types.CallToolResult]:
    """Results of calls in one session."""

    async def session() -> list[types.CallToolResult]:
        async with Client(NoticeServer(app).server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return run(session())


def content(app: FastAPI, *calls: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    results = call(app, *calls)
    assert not any(result.is_error for result in results), results
    return [result.structured_content or {} for result in results]


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a result, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def values(text: str) -> set[Decimal]:
    """The numbers in a text, in Arabic or Chinese numerals, in the printed unit and multiplied out."""
    found: set[Decimal] = set()
    for numeral in NUMERAL.findall(text):
        stem = numeral.rstrip("万亿")
        if (number := parse_numeral(stem)) is not None:
            power = 10 ** sum({"万": 4, "亿": 8}[character] for character in numeral[len(stem) :])
            found |= {number, number * power}
    return found


def without_a_quote(result: dict[str, Any], source: str) -> list[tuple[str, Any]]:
    """The fields of a result with a number that stands in none of its quotes."""
    quotes = [text for name, text in leaves(result) if name in PRINTED and isinstance(text, str)]
    assert all(quote in source for quote in quotes)
    known = values("\n".join(quotes))
    found = []
    for name, value in leaves(result):
        if name in PRINTED or NO_FIGURES.fullmatch(name) or value is None or isinstance(value, bool):
            continue
        if isinstance(value, int | float):
            numbers = {abs(Decimal(str(value)))}
        else:
            text = re.sub(r"(问题|issues? )[0-9]+|(?<=[0-9]),(?=[0-9]{3})", "", value)
            english = re.findall(r"([0-9.]*[0-9]) (million|billion)", text)
            numbers = {Decimal(n) * {"million": 10**6, "billion": 10**9}[word] for n, word in english}
            numbers |= {Decimal(n) for n in re.findall(r"[0-9]+(?:\.[0-9]+)?(?! [mb]illion)(?![0-9.])", text)}
        found += [(name, value)] if numbers - known else []
    return found


def test_every_number_of_every_figure_stands_in_a_quote_of_its_result(seed_app: FastAPI, client: TestClient) -> None:
    figures = everything(client, "/metrics")
    source = client.get("/source.txt").text

    listed = content(seed_app, ("list_metrics", {"limit": 200}))[0]["items"]
    alone = content(seed_app, *(("get_record", {"uid": figure["uid"]}) for figure in figures))
    located = content(seed_app, *(("locate_quotation", {"text": figure["value_text"]}) for figure in figures))

    assert listed == alone
    assert [item["uid"] for item in listed] == [figure["uid"] for figure in figures]
    for result in (*alone, *located):
        assert without_a_quote(result, source) == []


def test_every_number_of_every_other_result_stands_in_a_quote_of_it(seed_app: FastAPI, client: TestClient) -> None:
    source = client.get("/source.txt").text
    collections = ("issues", "sections", "categories", "documents", "organizations")
    uids = [record["uid"] for name in collections for record in everything(client, f"/{name}")]
    pages = [("list_measures", {"limit": 200, "offset": offset}) for offset in (0, 200, 400)]
    words = [("search", {"q": word, "limit": 200}) for word in ("4", "项", "fire", "Party")]

    lists = content(seed_app, *pages, *words)
    records = content(seed_app, ("not_stated", {}), *(("get_record", {"uid": uid}) for uid in uids))

    assert [page["more"] for page in lists[:3]] == [True, True, False]
    assert len(records) == len(uids) + 1
    for result in (*records, *(item for page in lists for item in page["items"])):
        assert without_a_quote(result, source) == []


def test_results_hold_no_count_of_ours(seed_app: FastAPI) -> None:
    results = content(
        seed_app,
        ("list_measures", {}),
        ("search", {"q": "项"}),
        ("get_record", {"uid": "shanghai-putuo-2024/issues/8"}),
    )

    assert [name for result in results for name, _ in leaves(result) if "count" in name and "counted" not in name] == []
    assert [name for result in results for name in result if name in ("total", "limit", "offset", "next")] == []


def test_who_was_made_to_act_is_said_beside_who_acts(seed_app: FastAPI, client: TestClient) -> None:
    (page,) = content(seed_app, ("list_measures", {"actor": ["区纪委监委"], "limit": 200}))

    measures = client.get("/measures?actor=区纪委监委&limit=200").json()["items"]
    assert [(m["actor"], m["directive"]) for m in page["items"]] == [(m["actor"], m["directive"]) for m in measures]
    assert {item["directive"] for item in page["items"]} - {None}


@pytest.mark.parametrize(
    ("tool", "arguments", "url"),
    [
        ("list_metrics", {"unit": ["persn"]}, "/metrics?limit=20&unit=persn"),
        ("list_metrics", {"untt": "person"}, "/metrics?limit=20&untt=person"),
        ("list_measures", {"limit": 500}, "/measures?limit=500"),
        ("search", {}, "/search?limit=20"),
        ("get_record", {"uid": "shanghai-putuo-2024/issues/99"}, "/issues/99?notice=shanghai-putuo-2024"),
        ("locate_quotation", {"text": ""}, "/locate?text="),
        ("not_stated", {"notice": "shanghai-puto-2024"}, "/notice?notice=shanghai-puto-2024"),
    ],
)
def test_an_error_is_the_problem_document_of_the_api(
    seed_app: FastAPI, client: TestClient, tool: str, arguments: dict[str, Any], url: str
) -> None:
    (result,) = call(seed_app, (tool, arguments))

    assert result.is_error
    assert json.loads(result.content[0].text) == client.get(url).json()  # type: ignore[union-attr]


def test_a_uid_of_no_collection_is_answered_with_those_that_there_are(seed_app: FastAPI) -> None:
    (result,) = call(seed_app, ("get_record", {"uid": "shanghai-putuo-2024/vocabularies/topic"}))

    (error,) = json.loads(result.content[0].text)["errors"]  # type: ignore[union-attr]
    assert "{notice}/metrics/{id}" in error["allowed"]


def test_an_unknown_tool_or_resource_is_refused_with_what_there_is(seed_app: FastAPI) -> None:
    async def session() -> None:
        async with Client(NoticeServer(seed_app).server) as client:
            with pytest.raises(MCPError, match="Did you mean list_metrics"):
                await client.call_tool("list_metric", {})
            with pytest.raises(MCPError, match="nowhere"):
                await client.read_resource("zhenggai://nowhere/source.txt")

    run(session())


def test_arguments_are_described_with_the_codes_that_the_api_takes(seed_app: FastAPI, client: TestClient) -> None:
    async def schemas() -> dict[str, Any]:
        async with Client(NoticeServer(seed_app).server) as opened:
            return {tool.name: tool.input_schema for tool in (await opened.list_tools()).tools}

    found = run(schemas())

    vocabularies = client.get("/vocabularies").json()["vocabularies"]
    codes = [term["code"] for term in vocabularies["unit"]["terms"]]
    assert found["list_metrics"]["properties"]["unit"]["items"]["enum"] == codes
    assert found["search"]["required"] == ["q"]
    assert found["list_measures"]["properties"]["limit"]["default"] == 20
    assert "x-" not in json.dumps(found)


def test_both_notices_are_served_and_quoted_from_their_own_text(both_app: FastAPI) -> None:
    client = TestClient(both_app)
    slugs = [notice["notice"] for notice in everything(client, "/notices")]

    (page,) = content(both_app, ("list_metrics", {"notice": "all", "limit": 200}))

    assert {item["uid"].split("/")[0] for item in page["items"]} == set(slugs)
    for item in page["items"]:
        source = client.get(f"/source.txt?notice={item['uid'].split('/')[0]}").text
        assert without_a_quote(item, source) == []


def post(client: TestClient, name: str, **arguments: Any) -> Any:
    """A call of a tool by a plain request."""
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    return client.post("/mcp", json=message, headers=headers)


def test_no_state_is_kept_between_requests(client: TestClient) -> None:
    answers = [post(client, "not_stated") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert not answers[0].json()["result"]["isError"]
    assert "mcp-session-id" not in answers[0].headers
    assert answers[0].headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_other_methods_are_told_which_one_is_served(client: TestClient, method: str) -> None:
    answer = client.request(method, "/mcp")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST, OPTIONS"
    assert answer.headers["content-type"] == "application/problem+json"


def test_web_pages_may_post(client: TestClient) -> None:
    preflight = client.options("/mcp", headers={"Origin": "https://example.org"}).headers

    assert "POST" in preflight["access-control-allow-methods"]
    assert "POST" not in client.options("/issues").headers["access-control-allow-methods"]


def test_addresses_lead_to_the_mount_and_are_absolute_where_the_public_one_is_known(
    seed_app: FastAPI, tmp_path: Path
) -> None:
    mounted = post(TestClient(seed_app, root_path="/open"), "list_metrics", limit=1)
    public = TestClient(create_app(Settings(database=tmp_path, public_url="https://data.example/open")))

    def url(answer: Any) -> str:
        return str(answer.json()["result"]["structuredContent"]["items"][0]["url"])

    assert url(mounted).startswith("/open/metrics/")
    assert url(post(public, "list_metrics", limit=1)).startswith("https://data.example/open/metrics/")


def test_the_sdk_is_imported_on_first_use_only() -> None:
    script = "import sys, app.main; print([name for name in sys.modules if name.split('.')[0] in ('mcp', 'mcp_types')])"

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_without_the_sdk_the_answer_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "app.mcp.server")
    monkeypatch.setitem(sys.modules, "mcp.server", None)

    answer = post(TestClient(create_app(Settings(database=tmp_path))), "not_stated")

    assert answer.status_code == 501
    assert "zhenggai[mcp]" in answer.json()["detail"]
