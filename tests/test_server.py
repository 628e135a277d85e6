"""A real server on a real socket: what `make serve` starts, asked by a real client."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

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
