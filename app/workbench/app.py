"""The workbench's own small application: a page, its data, and the edits. It is no part of the service."""

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel, ConfigDict

from app.models.decimal import format_json
from app.transcription.layout.json_schema import schema
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.seed import load_seed
from app.workbench.differences import Differences, Settled
from app.workbench.editor import Editor
from app.workbench.edits import Edit
from app.workbench.folder import ChangedElsewhere, UnusableNotice
from app.workbench.records import KEYS, Refused
from app.workbench.security import HOST, OnlyThisPage

HERE = Path(__file__).parent
_TEMPLATES = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
_STATUS = {Refused: 422, ChangedElsewhere: 409, UnusableNotice: 409}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    base: str


class _EditBody(_Body):
    edit: Edit


class _SettledBody(_Body):
    settled: Settled


def create_workbench(
    seed: Path, slug: str, vocabularies: dict[str, Vocabulary], reader: str | None = None, token: str | None = None
) -> FastAPI:
    """Return the application for one notice; its address begins with `app.state.token`.

    Raise `UnusableNotice` if the notice's files can't be read.
    """
    editor = Editor(seed / slug, vocabularies, reader)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.token = token or secrets.token_urlsafe(24)
    app.add_middleware(OnlyThisPage, token=app.state.token)
    for error, status in _STATUS.items():
        app.add_exception_handler(error, _answer(status))
    app.add_exception_handler(RequestValidationError, _malformed)
    _add_pages(app, editor, schema(seed), vocabularies)
    _add_edits(app, editor)
    _add_differences(app, editor)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    return app


def edit_notice(seed: Path, slug: str, reader: str | None, port: int) -> None:
    """Serve the workbench until interrupted and print its address; raise `UnusableNotice` if there is no such draft."""
    if "/" in slug or not (seed / slug).is_dir():
        raise UnusableNotice(f"there is no folder {seed / slug}; python -m app draft makes one from a text")
    app = create_workbench(seed, slug, load_seed(seed).vocabularies, reader)
    with socket.create_server((HOST, port)) as listener:
        port = listener.getsockname()[1]
        print(f"Editing {slug} on http://{HOST}:{port}/{app.state.token}/ (for this browser alone)", flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        # The server has ended in good order by then; Ctrl+C is how one stops it.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listener])


def _add_pages(app: FastAPI, editor: Editor, layout: dict[str, Any], vocabularies: dict[str, Vocabulary]) -> None:
    frame = {
        "slug": editor.folder.slug,
        "reader": editor.folder.reader,
        "text": editor.folder.text,
        "keys": KEYS,
        "schema": layout,
        "vocabularies": {name: vocabulary.model_dump() for name, vocabulary in vocabularies.items()},
    }

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(_TEMPLATES.get_template("workbench.html").render(frame))

    @app.get("/frame")
    def get_frame() -> Response:
        return _json(frame)

    @app.get("/notice")
    def notice() -> Response:
        return _json(editor.view())

    @app.get("/missing")
    def missing() -> list[dict[str, Any]]:
        return editor.missing()

    @app.get("/findings")
    def findings() -> Response:
        found = editor.checker.findings()
        if found is None:
            return Response(status_code=204)  # A later request is answered instead.
        return JSONResponse({"version": found[0], "findings": found[1]})


def _add_edits(app: FastAPI, editor: Editor) -> None:
    @app.post("/edits")
    def edit(body: _EditBody) -> Response:
        return _json(editor.edit(body.edit, body.base))

    @app.post("/undo")
    def undo(body: _Body) -> Response:
        return _json(editor.undo(body.base))

    @app.post("/redo")
    def redo(body: _Body) -> Response:
        return _json(editor.redo(body.base))

    @app.post("/publish")
    def publish(body: _Body) -> Response:
        return _json(editor.publish(body.base))


def _add_differences(app: FastAPI, editor: Editor) -> None:
    differences = Differences(editor)

    def not_blind() -> None:
        if editor.folder.reader:
            raise HTTPException(403, "a reader does not see the other reading")

    @app.get("/settle")
    def page() -> HTMLResponse:
        not_blind()
        return HTMLResponse(_TEMPLATES.get_template("settle.html").render(slug=editor.folder.slug))

    @app.get("/differences")
    def get_differences() -> dict[str, Any]:
        not_blind()
        return differences.view()

    @app.post("/differences")
    def settle(body: _SettledBody) -> dict[str, Any]:
        not_blind()
        differences.settle(body.settled, body.base)
        return differences.view()

    @app.post("/adopt")
    def adopt(body: _Body) -> Response:
        not_blind()
        differences.adopt(body.base)
        return _json(editor.view())


def _json(content: Any) -> Response:
    # FastAPI would walk through every value of a notice, at each key, to no other end.
    return Response(format_json(content), media_type="application/json")


def _answer(status: int) -> Callable[[Request, Exception], Response]:
    return lambda _, error: JSONResponse({"detail": str(error)}, status)


def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return JSONResponse({"detail": f"{'.'.join(map(str, first['loc']))}: {first['msg']}"}, 422)
