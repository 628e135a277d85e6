"""The app as whoever imports it gets it: no set-up, no effects, and a problem document where there is no data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from asgi import Client
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import ROOT, Settings

FRESH = "from app.main import app; from fastapi.testclient import TestClient; print(TestClient(app).get('/issues'))"


def run(script: str, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NOTICE_")}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, env=environment | settings, capture_output=True, text=True, check=False
    )


def test_a_fresh_checkout_answers_without_any_set_up(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for name in ("app", "seed"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))

    done = run(FRESH, cwd=tmp_path, PYTHONPATH=str(checkout))

    assert (done.stdout, done.returncode) == ("<Response [200 OK]>\n", 0)
    assert len(list((checkout / "var").glob("*.sqlite3"))) == 1


def test_importing_the_app_has_no_effects(tmp_path: Path) -> None:
    done = run("import app.main", NOTICE_DATABASE=str(tmp_path / "var"))

    assert done.returncode == 0
    assert not (tmp_path / "var").exists()


def test_the_data_answers_with_and_without_the_lifespan(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(database=tmp_path))) as started:
        assert started.get("/issues").status_code == 200
    assert Client(create_app(Settings(database=tmp_path))).get("/issues").status_code == 200


def test_readiness_says_when_the_data_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "bad.sqlite3").write_bytes(b"bad")
    client = Client(create_app(Settings(database=tmp_path / "bad.sqlite3")))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert str(tmp_path) not in response.text
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/issues", "/issues.csv", "/docs", "/nope", "/openapi.json", "/dataset"])
def test_data_that_cannot_be_read_is_a_problem_document_everywhere(tmp_path: Path, path: str) -> None:
    client = Client(create_app(Settings(seed=tmp_path, database=tmp_path / "var")), raise_server_exceptions=False)

    response = client.get(path)

    assert response.status_code == (404 if path == "/nope" else 500)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["access-control-allow-origin"] == "*"
    assert str(tmp_path) not in response.text
