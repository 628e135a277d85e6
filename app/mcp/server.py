"""The server: the protocol over HTTP and over standard input and output. Imports the SDK, so it is imported on use."""

import json
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import anyio
import mcp_types as types
from fastapi import FastAPI
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from starlette.types import Receive, Scope, Send

from app import __version__
from app.http.client import get
from app.http.errors import ProblemException, problem_document
from app.http.mount import root_path
from app.http.suggestions import nearest
from app.mcp.quotes import add_quotes
from app.mcp.tools import INSTRUCTIONS, TOOLS, Tool

LONGEST_REQUEST = 64 * 1024  # bytes
_RESOURCE = "zhenggai://{notice}/source.txt"
_RESOURCE_URI = re.compile(r"zhenggai://([^/?#]+)/source\.txt")
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Context = ServerRequestContext[Any, Any]


class NoticeServer:
    """Answers the protocol's requests from the API of an app."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.tools = {tool.name: tool for tool in TOOLS}
        self.server: Server[Any] = Server(
            "zhenggai",
            version=__version__,
            title="Zhenggai 整改数据",
            instructions=INSTRUCTIONS,
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            on_list_resources=self.list_resources,
            on_list_resource_templates=self.list_templates,
            on_read_resource=self.read_resource,
        )

    async def handle_http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one POST of the streamable HTTP transport; no state is kept between requests."""
        manager = StreamableHTTPSessionManager(
            self.server, json_response=True, stateless=True, max_request_body_size=LONGEST_REQUEST
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)

    def run_stdio(self) -> None:
        """Serve one client on standard input and output until it closes them."""

        async def run() -> None:
            async with stdio_server() as (read, write):
                await self.server.run(read, write, self.server.create_initialization_options())

        anyio.run(run)

    async def list_tools(self, *_: Any) -> types.ListToolsResult:
        """Return the tools."""
        return types.ListToolsResult(tools=[self._described(tool) for tool in TOOLS])

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Return what a tool finds, or the API's problem document."""
        if (tool := self.tools.get(params.name)) is None:
            near = nearest(params.name, list(self.tools)) or ", ".join(self.tools)
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {params.name!r}. Did you mean {near}?")
        try:
            url = tool.url(params.arguments or {})
        except ProblemException as problem:
            return _result(problem_document(problem), is_error=True)
        status, body = await self._get(context, url)
        content = json.loads(body)
        if status != HTTPStatus.OK:
            return _result(content, is_error=True)
        result = tool.cut(content)
        if "items" in result:
            pairs = zip(result["items"], content["items"], strict=True)
            result["items"] = [await self._quoted(context, item, record["notice"]) for item, record in pairs]
        else:
            result = await self._quoted(context, result, content["notice"])
        return _result(self._absolute(result))

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """Return the source text of every notice; the cursor is the offset of the page."""
        offset = params.cursor if params and params.cursor else "0"
        status, body = await self._get(context, f"/notices?offset={quote(offset)}&fields=title,title_en")
        if status != HTTPStatus.OK:
            raise MCPError(types.INVALID_PARAMS, json.loads(body)["detail"])
        page = json.loads(body)
        resources = [
            types.Resource(
                uri=_RESOURCE.format(notice=item["notice"]),
                name=f"{item['notice']}/source.txt",
                title=item["title"],
                description=f"Source text, which every `start` and `end` indexes. {item['title_en']}",
                mime_type="text/plain",
            )
            for item in page["items"]
        ]
        following = str(page["offset"] + page["limit"]) if page["next"] else None
        return types.ListResourcesResult(resources=resources, next_cursor=following)

    async def list_templates(self, *_: Any) -> types.ListResourceTemplatesResult:
        """Return the address of the source texts by notice."""
        template = types.ResourceTemplate(
            uri_template=_RESOURCE,
            name="source.txt",
            title="Source text of a notice",
            description="The text as published, which every `start` and `end` indexes in code points.",
            mime_type="text/plain",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Return a source text."""
        if (match := _RESOURCE_URI.fullmatch(str(params.uri))) is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no resource {params.uri!s}. Resources are {_RESOURCE}.")
        text = await self._source(context, match[1])
        contents = types.TextResourceContents(uri=str(params.uri), mime_type="text/plain", text=text)
        return types.ReadResourceResult(contents=[contents])

    async def _get(self, context: Context, url: str) -> tuple[int, bytes]:
        """Return the status and the body of the API's answer, at the mount that the client used."""
        root = root_path(context.request.scope) if context.request else ""
        response = await get(self.app, root + url, root)
        return response.status, response.body

    async def _quoted(self, context: Context, result: dict[str, Any], notice: str) -> dict[str, Any]:
        return add_quotes(result, await self._source(context, notice))

    async def _source(self, context: Context, notice: str) -> str:
        """Return the source text of a notice; `MCPError` with what the API says if there is none."""
        status, body = await self._get(context, f"/source.txt?notice={quote(notice)}")
        if status != HTTPStatus.OK:
            raise MCPError(types.INVALID_PARAMS, json.loads(body)["detail"])
        return body.decode()

    def _described(self, tool: Tool) -> types.Tool:
        return types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.input_schema(self.app.state.catalog),
            output_schema={"type": "object", "additionalProperties": True},
            annotations=_READ_ONLY,
        )

    def _absolute(self, value: Any) -> Any:
        """Return a result with absolute addresses, where the public address is known."""
        public = urlsplit(self.app.state.public_url or "")
        if not public.netloc:
            return value
        return _with_origin(value, f"{public.scheme}://{public.netloc}")


def _with_origin(value: Any, origin: str) -> Any:
    if isinstance(value, list):
        return [_with_origin(item, origin) for item in value]
    if isinstance(value, dict):
        return {name: origin + inner if name == "url" else _with_origin(inner, origin) for name, inner in value.items()}
    return value


def _result(content: dict[str, Any], is_error: bool = False) -> types.CallToolResult:
    text = types.TextContent(type="text", text=json.dumps(content, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=None if is_error else content, is_error=is_error)
