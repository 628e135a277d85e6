"""A real nginx on the loopback, for what stands behind a proxy."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIG = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {content}
}}
"""
SECONDS = 600  # after which it ends by itself, should the tests not be there to end it


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def nginx(folder: Path, port: int, content: str) -> Iterator[None]:
    """Run nginx with the content of its `http` block, which listens on a port. `make test` brings an nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "there is no nginx: run `make .venv/nginx` as root, or install it"
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, content=content))
    command: list[str | Path] = ["timeout", str(SECONDS), program, "-e", folder / "error.log", "-c", config]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(200):
        assert process.poll() is None, "nginx did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx does not listen")
