"""A real server on a real socket: what `make serve` starts, asked by a real client."""

import gzip
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.settings import ROOT


def test_the_served_notice_is_the_transcribed_one(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        issues = client.get("/issues", params={"limit": 200}).json()
        source = client.get("/source.txt").content

    assert [issue["number"] for issue in issues["items"]] == list(range(1, 42))
    assert source == (ROOT / "seed/shanghai-putuo-2024/notice.txt").read_bytes()


def test_head_over_the_wire_has_the_length_and_no_body(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        with client.stream("GET", "/issues/8") as get:
            body = b"".join(get.iter_raw())
        head = client.head("/issues/8")

    assert head.headers["content-length"] == get.headers["content-length"] == str(len(body))
    assert head.content == b""


def test_a_large_file_comes_in_chunks_and_is_whole(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        total = client.get("/statements", params={"limit": 1}).json()["total"]
        with client.stream("GET", "/statements?format=ndjson", headers={"Accept-Encoding": "gzip"}) as answer:
            parts = list(answer.iter_raw())

    records = gzip.decompress(b"".join(parts)).splitlines()
    assert answer.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in answer.headers
    assert len(parts) > 1
    assert len(records) == len({json.loads(record)["id"] for record in records}) == total == 492


@pytest.mark.parametrize("condition", ["", 'If-None-Match: "other"\r\n', "If-None-Match: *\r\n"])
def test_head_of_a_large_file_ends_with_its_headers(server: str, condition: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    request = f"HEAD /statements?format=csv HTTP/1.1\r\nHost: {host}\r\n{condition}"

    with socket.create_connection((host, int(port)), timeout=20) as connection:
        # Were anything left after the first one's headers, it would stand where the second one's answer does.
        connection.sendall(f"{request}\r\n{request}Connection: close\r\n\r\n".encode())
        answers = b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    status = "304 Not Modified" if "*" in condition else "200 OK"
    first, second, rest = answers.split("\r\n\r\n")
    assert first.startswith(f"HTTP/1.1 {status}\r\n")
    assert second.startswith(f"HTTP/1.1 {status}\r\n")
    assert rest == ""


def test_a_client_that_leaves_a_large_file_leaves_the_server_well(server: str) -> None:
    with httpx.Client(base_url=server) as client:
        for _ in range(5):
            with client.stream("GET", "/statements?format=csv") as answer:
                next(answer.iter_raw())
        whole = client.get("/statements?format=csv").text

    assert whole.count("\r\n") == 493


def test_the_reference_and_all_it_needs_come_from_the_server_itself(server: str) -> None:
    with httpx.Client(base_url=server, follow_redirects=True) as client:
        page = client.get("/docs")
        parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)

        assert len(parts) >= 4
        assert not [part for part in parts if part.startswith(("http", "//"))]
        for part in parts:
            if not part.startswith("#"):
                assert client.get(part).status_code == 200, part


def test_a_taken_or_missing_seed_ends_the_start_with_a_message(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "serve"], cwd=ROOT, env=os.environ | {"NOTICE_SEED": str(tmp_path)},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "notices.json" in done.stderr
    assert "Traceback" not in done.stderr
