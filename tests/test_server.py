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
    with httpx.Client(base_url=server, timeout=600) as client:
        issues = client.get("/issues", params={"limit": 200}).json()
        source = client.get("/source.txt").content

    assert [issue["number"] for issue in issues["items"]] == list(range(1, 42))
    assert source == (ROOT / "seed/shanghai-putuo-2024/notice.txt").read_bytes()


def test_head_over_the_wire_has_the_length_and_no_body(server: str) -> None:
    with httpx.Client(base_url=server, timeout=600) as client:
        with client.stream("GET", "/issues/8") as get:
            body = b"".join(get.iter_raw())
        head = client.head("/issues/8")

    assert head.headers["content-length"] == get.headers["content-length"] == str(len(body))
    assert head.content == b""


def test_a_large_file_comes_in_chunks_and_is_whole(server: str) -> None:
    with httpx.Client(base_url=server, timeout=600) as client:
        total = client.get("/statements", params={"limit": 1}).json()["total"]
        with client.stream("GET", "/statements.ndjson", headers={"Accept-Encoding": "gzip"}) as response:
            parts = list(response.iter_raw())

    records = gzip.decompress(b"".join(parts)).splitlines()
    assert response.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in response.headers
    assert len(records) == len({json.loads(record)["id"] for record in records}) == total


@pytest.mark.parametrize("condition", ["", 'If-None-Match: "other"\r\n', "If-None-Match: *\r\n"])
def test_head_of_a_large_file_ends_with_its_headers(server: str, condition: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    request = f"HEAD /statements.csv HTTP/1.1\r\nHost: {host}\r\n{condition}"

    with socket.create_connection((host, int(port)), timeout=600) as connection:
        # Were anything left after the first one's headers, it would stand where the second one's answer does.
        connection.sendall(f"{request}\r\n{request}Connection: close\r\n\r\n".encode())
        responses = b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    status = "304 Not Modified" if "*" in condition else "200 OK"
    first, second, rest = responses.split("\r\n\r\n")
    assert first.startswith(f"HTTP/1.1 {status}\r\n")
    assert second.startswith(f"HTTP/1.1 {status}\r\n")
    assert rest == ""


def test_a_client_that_leaves_a_large_file_leaves_the_server_well(server: str) -> None:
    with httpx.Client(base_url=server, timeout=600) as client:
        for _ in range(5):
            with client.stream("GET", "/statements.csv") as response:
                next(response.iter_raw())
        whole = client.get("/statements.csv").text
        total = client.get("/statements", params={"limit": 1}).json()["total"]

    assert whole.count("\r\n") == total + 1


def raw_response(server: str, request: bytes) -> tuple[str, dict[str, str], bytes]:
    """Return the status line, headers and body with which the server answers bytes, until it closes the connection."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=600) as connection:
        connection.sendall(request)
        response = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = response.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return status, {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}, body


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("target", ["/search?q=消防", "/issues/十四", "/locate?text=整改"])
def test_raw_chinese_in_the_request_line_is_told_how_to_encode_it(server: str, target: str, encoding: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(encoding)

    status, headers, body = raw_response(server, request)

    assert status == "HTTP/1.1 400 Bad Request"
    assert headers["content-type"] == "application/problem+json"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cache-control"] == "no-store"
    assert int(headers["content-length"]) == len(body)
    problem = json.loads(body)
    assert list(problem) == ["type", "title", "status", "detail", "instance", "errors"]
    assert "%E6%B6%88%E9%98%B2" in problem["detail"]
    assert "百分号编码" in problem["detail"]


@pytest.mark.parametrize("request_line", ["nonsense", "GET  HTTP/1.1", "GET /issues HTTP/9.9", "GET /a\x00b HTTP/1.1"])
def test_a_malformed_request_is_a_problem_document(server: str, request_line: str) -> None:
    status, headers, body = raw_response(server, f"{request_line}\r\nHost: localhost\r\n\r\n".encode())

    assert status.startswith("HTTP/1.1 400 ")
    assert headers["content-type"] == "application/problem+json"
    assert json.loads(body)["status"] == 400


def test_the_reference_and_all_it_needs_come_from_the_server_itself(server: str) -> None:
    with httpx.Client(base_url=server, timeout=600, follow_redirects=True) as client:
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
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "notices.json" in done.stderr
    assert "Traceback" not in done.stderr
