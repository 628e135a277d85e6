"""Telemetry: what an operator's collector is sent, where there is one, and nothing of it where there is none."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
from conftest import NEVER
from fastapi import FastAPI
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from running import running

from app.settings import ROOT


class Collector(BaseHTTPRequestHandler):
    """Keeps what is sent to it."""

    def do_POST(self) -> None:
        self.server.received.append((self.path, self.rfile.read(int(self.headers["content-length"]))))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def collector() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Run a collector; its address, and what it has been sent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    server.received = received = list[tuple[str, bytes]]()  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()


def test_a_collector_is_sent_a_span_for_each_request_by_its_route(seed_app: FastAPI, tmp_path: Path) -> None:
    with collector() as (address, received):
        settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        with running(seed_app, tmp_path / "log", **settings) as server:
            for url in ("/issues/14", "/measures?limit=1", "/nope", "/zh/issues/14", "/zh/issues/14"):
                httpx.get(server.address + url, timeout=NEVER)
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(NEVER) == 0

    spans = [span for path, content in received if path == "/v1/traces" for span in requests(content)]
    assert sorted(spans) == [
        ("GET", 200),  # one that was kept, and reached no route
        ("GET", 404),
        ("GET /issues/{number}", 200),
        ("GET /measures", 200),
        ("GET /zh/issues/{number}", 200),
    ]
    assert {path for path, _ in received} >= {"/v1/traces", "/v1/metrics"}


def requests(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name and the status of the spans of requests."""
    for resource in ExportTraceServiceRequest.FromString(content).resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                attributes = {each.key: each.value for each in span.attributes}
                if "http.response.status_code" in attributes:
                    yield span.name, attributes["http.response.status_code"].int_value


def test_without_a_collector_nothing_of_it_is_loaded() -> None:
    told = "import sys; import app.main; print([name for name in sys.modules if name.startswith('opentelemetry.sdk')])"

    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
