"""Starting the workbench on the loopback address alone."""

import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from app.transcription.seed import load_seed
from app.workbench.app import create_workbench
from app.workbench.folder import UnusableNotice
from app.workbench.security import HOST


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
