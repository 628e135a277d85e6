"""`/llms.txt`: in the form of its convention, leading somewhere, complete, and claiming nothing that the data lacks."""

import re
from pathlib import Path

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

LINK = re.compile(r"^- \[[^\]]+\]\(([^)]+)\): \S.*\.$")
FILES = (".csv", ".xlsx", ".ndjson")
# Names of standards that have digits in them.
NAMES = r"CC-BY-4\.0|/by/4\.0/"


def get_text(client: TestClient) -> str:
    answer = client.get("/llms.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    return answer.text


def targets(text: str) -> list[str]:
    """Where the lines of its sections link to."""
    _, *sections = text.split("\n## ")
    found = [LINK.match(line) for section in sections for line in section.splitlines()[1:] if line]
    assert all(found), "a section holds links alone, each with a sentence"
    return [match[1] for match in found if match]


def test_it_has_the_form_of_its_convention(client: TestClient) -> None:
    lines = get_text(client).splitlines()

    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    assert [line for line in lines if line.startswith("#")][-1] == "## Optional"


def test_every_address_in_it_answers(client: TestClient) -> None:
    addresses = [target for target in targets(get_text(client)) if target.startswith("/")]

    assert len(addresses) > 20
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_it_names_every_address_but_those_of_health_and_files(client: TestClient) -> None:
    listed = {target.partition("?")[0] for target in targets(get_text(client))}
    paths = {path.partition("/{")[0] for path in client.get("/openapi.json").json()["paths"]}

    files = {path for path in paths if path.endswith(FILES)}
    assert paths - files - {"/healthz", "/readyz"} - listed == set()
    assert {path.rpartition(".")[2] for path in files & listed} == {path.rpartition(".")[2] for path in files}


def test_it_names_no_figure_that_the_notice_does_not_hold(client: TestClient) -> None:
    numbers = re.findall(r"[0-9]+", re.sub(rf"{NAMES}|%[0-9A-F]{{2}}", "", get_text(client)))
    notice = client.get("/notice").json()
    held = " ".join(str(notice[name]) for name in ("title", "title_en", "date", "source_url"))

    assert numbers
    assert set(numbers) <= set(re.findall(r"[0-9]+", held))


def test_it_speaks_of_the_default_notice_and_its_terms(both_notices: Path, tmp_path: Path) -> None:
    client = Client(create_app(Settings(seed=both_notices, database=tmp_path, default="linjiang-2025")))

    text, notice = get_text(client), client.get("/notice").json()

    for field in ("title", "title_en", "date", "source_url", "rights_en", "transcription_license"):
        assert notice[field] in text


@pytest.mark.parametrize(("root", "public"), [("/open", None), ("", "https://data.example/z"), ("/a", "https://b.c")])
def test_its_addresses_begin_as_those_of_citations_do(seed_app: FastAPI, root: str, public: str | None) -> None:
    app = create_app(
        Settings(seed=seed_app.state.database.seed, database=seed_app.state.database.place, public_url=public)
    )

    found = targets(get_text(Client(app, root_path=root)))

    base = public or root
    assert [target for target in found if not target.startswith((f"{base}/", "https://shpt.gov.cn/"))] == []
