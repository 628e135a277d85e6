"""The service with what it may be deployed with: an nginx before it that keeps its answers, a PostgreSQL behind it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
from nginx import CONFIG
from postgresql import cluster

from bench.driving import Unmeasurable
from bench.servers import Server, family, free_port, parent, program, started

# One worker. As root, it may only then read a folder that is root's own. Encodings are kept apart.
_CONTENT = """
  upstream service {{ server {place}; keepalive 16; }}
  proxy_cache_path {folder}/kept keys_zone=kept:10m use_temp_path=off;
  server {{
    listen 127.0.0.1:{port};
    keepalive_requests 100000000;
    location / {{
      proxy_pass http://service;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache kept;
      proxy_cache_key "$http_accept_encoding $request_uri";
    }}
  }}
"""


@contextmanager
def nginx(core: int, folder: Path, place: str) -> Iterator[Server]:
    """An nginx that keeps the answers of the service at a place, and sends them as they are."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not found:
        raise Unmeasurable("there is no nginx: make .venv/nginx")
    port = free_port()
    content = _CONTENT.format(place=place, folder=folder, port=port)
    config = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(user + CONFIG.format(folder=folder, content=content), encoding="utf-8")
    with started(program(found, "-e", folder / "error.log", "-c", config), core, port, {}) as server:
        yield server


@contextmanager
def postgresql(core: int) -> Iterator[tuple[str, int]]:
    """An empty PostgreSQL on a core: the address of a database in it, and the process from which all others come."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(cluster())
        except (OSError, subprocess.SubprocessError) as error:
            raise Unmeasurable(f"PostgreSQL does not start: {error}") from error
        with psycopg.connect(address) as connection:
            postmaster = parent(connection.info.backend_pid)
        for pid in family(postmaster):  # the first is the postmaster: whoever comes later is as it is
            with suppress(ProcessLookupError):
                os.sched_setaffinity(pid, {core})
        yield address, postmaster
